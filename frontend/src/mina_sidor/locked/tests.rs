//! *Mitt kort är låst* for cards of every kind, in both languages.

use askama::Template;
use cards_app::queries::{CardAndOffers, CodeOffers, HolderLocked};
use cards_domain::card::CardStage;
use cards_domain::chip_code::{ChipCode, ChipCodeActionName, CodeName, CodeStage};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{ChipCodeId, PersonId, PukLetterId};
use cards_domain::offer::Offer;
use cards_domain::product::CodeDelivery;
use cards_domain::puk_letter::{LetterReason, PukLetter, PukLetterStage};
use cards_domain::refusal::Refusal;
use uuid::Uuid;

use crate::components::Hidden;
use crate::id_admin::tests::assert_sound;
use crate::mina_sidor::samples::*;
use crate::text::Lang;

fn mine(number: Option<&str>, pin: Option<CodeStage>) -> HolderLocked {
    let stage = if pin.is_some() { active() } else { sent() };
    of_stage(stage, number, pin)
}

fn of_stage(stage: CardStage, number: Option<&str>, pin: Option<CodeStage>) -> HolderLocked {
    let mut sheet = card(1, stage, DeliveryMethod::APost);
    sheet.card.product_number = number.map(|number| number.parse().unwrap());
    sheet.parts.codes = pin
        .map(|stage| ChipCode {
            id: ChipCodeId(Uuid::from_u128(700)),
            card: sheet.card.id,
            person: PersonId(Uuid::from_u128(1)),
            name: CodeName::Pin1,
            stage,
            since: now(),
            version: 1,
        })
        .into_iter()
        .collect();
    let is_locked = pin == Some(CodeStage::Locked);
    let yes = |is: bool, refusal: Refusal| if is { Ok(()) } else { Err(refusal) };
    let offers = match pin {
        Some(_) => vec![
            Offer {
                action: ChipCodeActionName::Lock,
                verdict: yes(!is_locked, Refusal::CodeLocked),
            },
            Offer {
                action: ChipCodeActionName::UnlockWithPuk,
                verdict: yes(is_locked, Refusal::CodeNotLocked),
            },
        ],
        None => Vec::new(),
    };
    let name = CodeName::Pin1;
    HolderLocked {
        page: page(vec![sheet.clone()], Vec::new()),
        card: CardAndOffers {
            sheet,
            offers: Vec::new(),
            codes: pin
                .map(|_| CodeOffers { name, offers })
                .into_iter()
                .collect(),
            letter: pin.map(|_| Ok(())),
        },
    }
}

fn html(lang: Lang, page: &HolderLocked) -> String {
    let hidden = Hidden::new([("_csrf", "exempel"), ("_key", "exempel")]);
    let view = super::view(frame(lang), page, &hidden, now());
    view.render().unwrap()
}

#[test]
fn every_page_is_sound_in_both_languages() {
    for lang in [Lang::Sv, Lang::En] {
        for number in [Some("711"), Some("641"), Some("473"), None] {
            for pin in [None, Some(CodeStage::Ok), Some(CodeStage::Locked)] {
                assert_sound("locked", &html(lang, &mine(number, pin)));
            }
        }
    }
}

#[test]
fn the_question_tells_a_locked_card_from_a_lost_one() {
    let page = html(Lang::Sv, &mine(Some("711"), Some(CodeStage::Ok)));
    assert!(
        page.contains("Är ditt kort låst?") && page.contains("/tappat"),
        "{page}"
    );
    assert!(page.contains("Ja, mitt kort är låst"));
}

#[test]
fn the_answer_goes_by_the_product_number() {
    let seven = html(Lang::Sv, &mine(Some("711"), Some(CodeStage::Locked)));
    assert!(seven.contains("Besök en id-administratör") && seven.contains("Be om puk-brev"));
    assert!(seven.contains("Jag har låst upp med puk-koden"));
    for number in [Some("641"), Some("512"), None] {
        let old = html(Lang::Sv, &mine(number, Some(CodeStage::Locked)));
        assert!(!old.contains("Besök en id-administratör"), "{number:?}");
        assert!(old.contains("Leta fram kodbrevet från Telia"), "{number:?}");
        assert!(
            old.contains("Ett besök på kortkontoret hjälper inte"),
            "{number:?}"
        );
    }
}

#[test]
fn a_letter_that_is_open_is_shown_where_it_stands_and_not_asked_for_again() {
    for (stage, said) in [
        (PukLetterStage::Requested, "väntar på att godkännas"),
        (PukLetterStage::Approved, "godkänt men inte skickat"),
    ] {
        let mut page = mine(Some("711"), Some(CodeStage::Locked));
        let sheet = &mut page.card.sheet;
        sheet.parts.letters = vec![PukLetter {
            id: PukLetterId(Uuid::from_u128(800)),
            card: sheet.card.id,
            person: sheet.card.person,
            reason: LetterReason::Locked,
            requested_by: sheet.card.person,
            stage,
            since: now(),
            version: 1,
        }];
        let page = html(Lang::Sv, &page);
        assert!(
            page.contains(said) && !page.contains("Be om puk-brev"),
            "{page}"
        );
    }
}

#[test]
fn a_card_whose_code_letter_never_came_can_have_a_new_one_before_it_is_fetched() {
    let mut page = mine(Some("512"), None);
    page.card.sheet.product.code_delivery = CodeDelivery::CodeLetter;
    page.card.letter = Some(Ok(()));
    let page = html(Lang::Sv, &page);
    assert!(page.contains("Har kodbrevet inte kommit?"), "{page}");
    assert!(page.contains("/puk-brev"), "{page}");
}

#[test]
fn an_ended_card_says_that_it_is_revoked_and_asks_nothing() {
    let page = html(Lang::Sv, &of_stage(revoked(), Some("711"), None));
    assert!(
        page.contains("går inte att häva") && !page.contains("<form class=\"stack\""),
        "{page}"
    );
}

#[test]
fn the_card_is_drawn_with_its_own_numbers() {
    for lang in [Lang::Sv, Lang::En] {
        let page = mine(Some("731"), Some(CodeStage::Locked));
        let number = page.card.sheet.card.number.clone().unwrap();
        let html = html(lang, &page);
        let drawing = html.split("class=\"cardside\"").nth(1).unwrap();
        let drawing = drawing.split("</svg>").next().unwrap();
        assert!(drawing.contains(">731<"), "{drawing}");
        assert!(drawing.contains(&number.to_string()), "{drawing}");
        assert!(!drawing.contains("723"), "{drawing}");
    }
}
