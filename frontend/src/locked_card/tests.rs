//! The desk's pages of a locked card, for cards of every kind of product number.

use askama::Template;
use cards_app::queries::{CardAndOffers, CardPage, CodeOffers, LetterForm, LetterPage, LockedPage};
use cards_domain::access::Role;
use cards_domain::chip_code::{ChipCode, ChipCodeActionName, CodeName, CodeStage};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{CardId, ChipCodeId, PersonId, PukLetterId};
use cards_domain::offer::Offer;
use cards_domain::puk_letter::{LetterReason, PukLetter, PukLetterActionName, PukLetterStage};
use cards_domain::refusal::Refusal;
use uuid::Uuid;

use super::letter_form::Answers;
use super::{letter, letter_form, state};
use crate::id_admin::samples::*;
use crate::id_admin::tests::assert_sound;
use crate::layout::Portal;
use crate::pages::Setting;
use crate::text::Lang;

fn desks(lang: Lang) -> [Setting; 2] {
    [
        id_admin(lang),
        setting(lang, Portal::Servicedesk, Role::Servicedesk),
    ]
}

fn code(name: CodeName, stage: CodeStage) -> ChipCode {
    ChipCode {
        id: ChipCodeId(Uuid::from_u128(700)),
        card: CardId(Uuid::from_u128(100)),
        person: MAJA,
        name,
        stage,
        since: now(),
        version: 1,
    }
}

fn offers(name: CodeName, stage: CodeStage) -> CodeOffers {
    let locked = stage == CodeStage::Locked;
    let no = |refusal: Refusal| Err(refusal);
    let unlock = || {
        if locked {
            Ok(())
        } else {
            no(Refusal::CodeNotLocked)
        }
    };
    let lock = if locked {
        no(Refusal::CodeLocked)
    } else {
        Ok(())
    };
    let offer = |action, verdict| Offer { action, verdict };
    let offers = vec![
        offer(ChipCodeActionName::Lock, lock),
        offer(ChipCodeActionName::UnlockAtVisit, unlock()),
        offer(ChipCodeActionName::UnlockWithPuk, unlock()),
    ];
    CodeOffers { name, offers }
}

/// An active card with this product number.
pub(crate) fn locked(number: Option<&str>, is_locked: bool, puk_locked: bool) -> LockedPage {
    let mut sheet = card(active(), DeliveryMethod::APost);
    sheet.card.product_number = number.map(|number| number.parse().unwrap());
    let pin = if is_locked {
        CodeStage::Locked
    } else {
        CodeStage::Ok
    };
    let puk = if puk_locked {
        CodeStage::Locked
    } else {
        CodeStage::NotSet
    };
    sheet.parts.codes = vec![code(CodeName::Pin1, pin), code(CodeName::Puk, puk)];
    let mut page: CardPage = card_page(sheet.clone());
    page.card = CardAndOffers {
        sheet,
        offers: Vec::new(),
        codes: vec![offers(CodeName::Pin1, pin)],
        letter: Some(Ok(())),
    };
    LockedPage {
        page,
        puk: Some(offers(CodeName::Puk, puk)),
        events: Vec::new(),
    }
}

fn shown(s: &Setting, page: &LockedPage) -> String {
    state::view(s, page, None).render().unwrap()
}

#[test]
fn every_page_is_sound_in_both_languages_at_both_desks() {
    for lang in [Lang::Sv, Lang::En] {
        for s in desks(lang) {
            for number in [Some("711"), Some("641"), Some("541"), Some("473"), None] {
                for (is_locked, puk) in [(false, false), (true, false), (true, true)] {
                    assert_sound("state", &shown(&s, &locked(number, is_locked, puk)));
                }
            }
            assert_sound("form", &form(&s, Ok(()), &[]));
            assert_sound("form", &form(&s, Err(Refusal::LetterAlreadyOpen), &[]));
            for stage in <PukLetterStage as strum::IntoEnumIterator>::iter() {
                assert_sound("letter", &letter_of(&s, stage, true));
            }
        }
    }
}

#[test]
fn before_a_card_is_stated_as_locked_a_lost_one_is_told_apart() {
    for s in desks(Lang::Sv) {
        let page = shown(&s, &locked(Some("711"), false, false));
        assert!(page.contains("Låst är inte spärrat") && page.contains("/sparra"));
        assert!(page.contains("Ja, kortet är låst"), "{page}");
    }
}

/// A card with both codes, as each stands.
fn both(pin1: CodeStage, pin2: CodeStage) -> LockedPage {
    let is_locked = pin1 == CodeStage::Locked || pin2 == CodeStage::Locked;
    let mut page = locked(Some("711"), is_locked, false);
    page.page.card.sheet.parts.codes = vec![code(CodeName::Pin1, pin1), code(CodeName::Pin2, pin2)];
    page.page.card.codes = vec![offers(CodeName::Pin1, pin1), offers(CodeName::Pin2, pin2)];
    page
}

#[test]
fn what_can_be_done_is_told_for_each_code_and_of_the_card_where_one_allows_it() {
    use CodeStage::{Locked, Ok as Works};
    let (lock, open) = (ChipCodeActionName::Lock, ChipCodeActionName::UnlockWithPuk);
    let card = both(Works, Locked).page.card;
    assert!(card.codes_open(lock).eq([CodeName::Pin1]));
    assert!(card.codes_open(open).eq([CodeName::Pin2]));
    assert_eq!(
        (card.code_verdict(lock), card.code_verdict(open)),
        (Ok(()), Ok(()))
    );
    let card = both(Locked, Locked).page.card;
    assert_eq!(card.code_verdict(lock), Err(Refusal::CodeLocked));
    let none = CardAndOffers {
        codes: Vec::new(),
        ..card
    };
    assert_eq!(none.code_verdict(lock), Err(Refusal::NotYourRole));
}

#[test]
fn of_two_codes_the_one_that_is_locked_is_named_and_the_other_can_be_stated_too() {
    use CodeStage::{Locked, Ok as Works};
    let [officer, _] = desks(Lang::Sv);
    let asked = shown(&officer, &both(Works, Works));
    assert_eq!(asked.matches("name=\"kod\"").count(), 2, "{asked}");
    assert!(asked.contains("oklart vilken"), "{asked}");
    let signing = shown(&officer, &both(Works, Locked));
    assert!(signing.contains("Pin-koden för underskrift (PIN2) är låst"));
    assert!(signing.contains("Pin-kod för legitimering (PIN1) är också låst"));
    assert!(signing.contains("name=\"kod\" value=\"pin2\""), "{signing}");
    assert!(signing.contains("låser koden, inte kortet") && signing.contains("Så låses koden upp"));
    let first = shown(&officer, &both(Locked, Works));
    assert!(first.contains("Kortet är låst, inte spärrat"), "{first}");
    assert!(first.contains("låser kortet.") && first.contains("Så låses kortet upp"));
    let all = shown(&officer, &both(Locked, Locked));
    assert!(
        !all.contains("(PIN1) är också låst") && all.contains("(PIN2) är upplåst med puk-koden")
    );
    for lang in [Lang::Sv, Lang::En] {
        for s in desks(lang) {
            for pin1 in [Works, Locked] {
                for pin2 in [Works, Locked] {
                    assert_sound("both", &shown(&s, &both(pin1, pin2)));
                }
            }
        }
    }
}

#[test]
fn the_product_number_decides_the_ways() {
    let [officer, _] = desks(Lang::Sv);
    let seven = shown(&officer, &locked(Some("711"), true, false));
    assert!(
        seven.contains("fysisk svensk id-handling") && !seven.contains("Telia"),
        "{seven}"
    );
    for number in [Some("641"), Some("541"), None] {
        let page = shown(&officer, &locked(number, true, false));
        assert!(
            page.contains("kan inte låsas upp vid ett besök"),
            "{number:?}"
        );
        assert!(
            page.contains("kodbrevet från Telia") && page.contains("/puk-brev"),
            "{number:?}"
        );
        assert!(!page.contains("Produktnumret är okänt"), "{number:?}");
    }
    let other = shown(&officer, &locked(Some("473"), true, false));
    assert!(other.contains("Produktnumret är okänt"), "{other}");
}

#[test]
fn a_locked_puk_leads_to_a_new_card_except_where_a_visit_comes_first() {
    for s in desks(Lang::Sv) {
        let legacy = shown(&s, &locked(Some("641"), true, true));
        assert!(legacy.contains("måste bytas. Spärra det") && legacy.contains("/sparra"));
        assert!(!legacy.contains("/puk-brev"), "a letter opens nothing");
        let seven = shown(&s, &locked(Some("711"), true, true));
        assert!(seven.contains("Prova ett besök först"), "{seven}");
    }
}

#[test]
fn only_an_officer_states_that_the_puk_is_locked() {
    let [officer, servicedesk] = desks(Lang::Sv);
    let page = locked(Some("711"), true, false);
    assert!(shown(&officer, &page).contains("/puk-last"));
    assert!(!shown(&servicedesk, &page).contains("/puk-last"));
}

fn form(s: &Setting, verdict: Result<(), Refusal>, errors: &[(&'static str, String)]) -> String {
    let page = LetterForm {
        page: locked(Some("641"), true, false).page,
        register: None,
        reasons: vec![LetterReason::Locked, LetterReason::LostCodes],
        verdict,
    };
    let answers = Answers::default();
    let refusal = page.verdict.clone().err();
    let view = letter_form::view(s, &page, &answers, errors, refusal.as_ref());
    view.render().unwrap()
}

#[test]
fn the_form_of_a_letter_has_no_field_for_an_address() {
    let [officer, _] = desks(Lang::Sv);
    let page = form(&officer, Ok(()), &[]);
    assert!(
        page.contains("cirka tre dagar") && page.contains("Avgift"),
        "{page}"
    );
    assert!(
        !page.contains("type=\"text\"") && !page.contains("<textarea"),
        "{page}"
    );
    assert!(page.contains("Kortet är låst") && page.contains("Kodbrevet är borta"));
}

#[test]
fn a_letter_that_cannot_be_asked_for_shows_why_and_no_form() {
    let [officer, _] = desks(Lang::Sv);
    let page = form(&officer, Err(Refusal::LetterAlreadyOpen), &[]);
    assert!(page.contains("finns redan ett puk-brev") && !page.contains("name=\"skal\""));
}

fn letter_of(s: &Setting, stage: PukLetterStage, may: bool) -> String {
    letter::view(s, &letter_page(stage, may), None)
        .render()
        .unwrap()
}

fn letter_page(stage: PukLetterStage, may: bool) -> LetterPage {
    let is_open = may && stage == PukLetterStage::Requested;
    let offer = |action| Offer {
        action,
        verdict: if is_open {
            Ok(())
        } else {
            Err(Refusal::OwnCard)
        },
    };
    LetterPage {
        person: maja(),
        card: card(active(), DeliveryMethod::APost),
        letter: PukLetter {
            id: PukLetterId(Uuid::from_u128(800)),
            card: CardId(Uuid::from_u128(100)),
            person: MAJA,
            reason: LetterReason::Locked,
            requested_by: PersonId(Uuid::from_u128(9)),
            stage,
            since: now(),
            version: 1,
        },
        offers: vec![
            offer(PukLetterActionName::Approve),
            offer(PukLetterActionName::Reject),
            offer(PukLetterActionName::Cancel),
        ],
        register: None,
        requested_by: Some("Farid Nazari".into()),
    }
}

#[test]
fn an_approved_letter_is_not_said_to_be_sent() {
    for s in desks(Lang::Sv) {
        let page = letter_of(&s, PukLetterStage::Approved, true);
        assert!(page.contains("Inget är skickat än"), "{page}");
        assert!(!page.contains("/godkann"), "{page}");
    }
}

#[test]
fn whoever_approves_reads_who_asked_and_how_the_holder_is_known() {
    let [officer, _] = desks(Lang::Sv);
    let by_desk = letter_of(&officer, PukLetterStage::Requested, true);
    assert!(by_desk.contains("Begärt av"), "{by_desk}");
    assert!(by_desk.contains("Farid Nazari, som kontrollerade namn, HSA-id och kortnummer"));
    let mut page = letter_page(PukLetterStage::Requested, true);
    page.letter.requested_by = MAJA;
    page.requested_by = None;
    let own = letter::view(&officer, &page, None).render().unwrap();
    assert!(own.contains("Innehavaren, inloggad i Mina sidor"), "{own}");
}

#[test]
fn a_visit_is_no_reason_to_turn_down_a_letter_for_a_card_that_no_visit_opens() {
    let [officer, _] = desks(Lang::Sv);
    for (number, is_offered) in [("711", true), ("641", false), ("541", false)] {
        let mut page = letter_page(PukLetterStage::Requested, true);
        page.card.card.product_number = number.parse().ok();
        let html = letter::view(&officer, &page, None).render().unwrap();
        let said = html.contains("Ett besök öppnar kortet snabbare");
        assert_eq!(said, is_offered, "{number}");
    }
}

#[test]
fn a_letter_that_waits_is_approved_or_turned_down_with_a_reason() {
    let [officer, _] = desks(Lang::Sv);
    let page = letter_of(&officer, PukLetterStage::Requested, true);
    for said in [
        "/godkann",
        "/avsla",
        "/avbryt",
        "Ett besök öppnar kortet snabbare",
    ] {
        assert!(page.contains(said), "{said}");
    }
    let own = letter_of(&officer, PukLetterStage::Requested, false);
    assert!(
        !own.contains("/godkann") && own.contains("Be en kollega"),
        "{own}"
    );
}
