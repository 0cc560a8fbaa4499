//! The servicedesk's pages with made-up callers.

use askama::Template;
use cards_app::queries::Waiting;
use cards_domain::access::Role;
use cards_domain::card::CardStage;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::revocation::RevocationStage;

use super::person::Tests;
use super::{person, start};
use crate::id_admin::samples::*;
use crate::id_admin::tests::assert_sound;
use crate::layout::Portal;
use crate::locked_card::tests::locked;
use crate::pages::Setting;
use crate::text::Lang;

fn setting_of(lang: Lang) -> Setting {
    setting(lang, Portal::Servicedesk, Role::Servicedesk)
}

/// Somebody to be called back in so many minutes.
fn caller_waiting(minutes: i64) -> Waiting {
    let due = now() + chrono::Duration::minutes(minutes);
    Waiting {
        thing: uuid::Uuid::from_u128(700),
        number: Some("…7738".into()),
        person: MAJA,
        name: Some("Maja Lindqvist".into()),
        office: "Kortkontoret Björkvallen".into(),
        day: due.date_naive(),
        due,
    }
}

fn caller(lang: Lang, stage: CardStage, method: DeliveryMethod) -> String {
    let mut page = person_page(maja(), Vec::new());
    page.cards = vec![cards_app::queries::CardAndOffers {
        sheet: card(stage, method),
        offers: Vec::new(),
        codes: Vec::new(),
        letter: None,
    }];
    let view = person::view(
        &setting_of(lang),
        &page,
        (&[organisation()], &Tests::new()),
        false,
    );
    view.render().unwrap()
}

#[test]
fn every_page_is_sound_in_both_languages() {
    for lang in [Lang::Sv, Lang::En] {
        for callers in [Vec::new(), vec![caller_waiting(-5), caller_waiting(10)]] {
            let first = start::view(&setting_of(lang), &callers).render().unwrap();
            assert_sound("start", &first);
        }
        for stage in [sent(), unsigned(), active()] {
            assert_sound("caller", &caller(lang, stage, DeliveryMethod::Rek));
        }
    }
}

#[test]
fn every_call_begins_with_the_question_whether_the_card_is_locked_or_lost() {
    let question = "Har du slagit fel kod, eller är kortet borttappat?";
    assert!(
        start::view(&setting_of(Lang::Sv), &[])
            .render()
            .unwrap()
            .contains(question)
    );
    let page = caller(Lang::Sv, active(), DeliveryMethod::APost);
    assert!(page.contains(question) && page.contains("låst, inte spärrat"));
}

#[test]
fn a_registered_letter_gives_its_number_and_an_ordinary_one_the_reason_why_not() {
    let rek = caller(Lang::Sv, sent(), DeliveryMethod::Rek);
    assert!(rek.contains(REK_ID) && rek.contains("tracking.postnord.com"));
    let ordinary = caller(Lang::Sv, sent(), DeliveryMethod::APost);
    assert!(ordinary.contains("A-post kan inte spåras") && ordinary.contains("Inget att ge"));
}

#[test]
fn what_the_servicedesk_cannot_do_says_who_can_and_where() {
    let page = caller(Lang::Sv, sent(), DeliveryMethod::APost);
    for said in [
        "Kräver besök",
        "Kortkontoret Björkvallen",
        "det går inte att ångra",
        "Beställs av chefen eller en id-administratör",
    ] {
        assert!(page.contains(said), "{said}");
    }
    assert!(
        !page.contains("/aktivera"),
        "no way into what is not theirs"
    );
    assert!(
        page.contains("0990-20240") && page.contains("Anders Holm"),
        "contacts"
    );
}

fn caller_with(page: cards_app::queries::LockedPage) -> String {
    let mut person = person_page(maja(), Vec::new());
    person.cards = vec![page.page.card];
    let view = person::view(
        &setting_of(Lang::Sv),
        &person,
        (&[organisation()], &Tests::new()),
        false,
    );
    view.render().unwrap()
}

#[test]
fn a_card_that_works_can_be_stated_as_locked_or_lost_and_a_locked_one_shows_its_ways() {
    let works = caller_with(locked(Some("711"), false, false));
    assert!(
        works.contains("Ange att kortet är låst") && works.contains("/sparra"),
        "{works}"
    );
    let seven = caller_with(locked(Some("711"), true, false));
    assert!(
        seven.contains("Kräver besök") && seven.contains("/puk-brev"),
        "{seven}"
    );
    assert!(
        seven.contains("Låst") && !seven.contains("/las-upp"),
        "{seven}"
    );
    let old = caller_with(locked(Some("641"), true, false));
    assert!(
        old.contains("Bara med puk-koden i kodbrevet från Telia"),
        "{old}"
    );
}

#[test]
fn a_protected_caller_is_hidden_until_asked() {
    let page = person_page(protected(), Vec::new());
    let hidden = person::view(&setting_of(Lang::Sv), &page, (&[], &Tests::new()), false)
        .render()
        .unwrap();
    assert!(!hidden.contains("Lindqvist") && !hidden.contains("19850312"));
    assert!(hidden.contains("/servicedesk/person/") && hidden.contains("visa=1"));
}

#[test]
fn the_start_says_who_is_to_be_called_back_and_leads_to_the_case() {
    let html = |callers: &[Waiting]| {
        let view = start::view(&setting_of(Lang::Sv), callers);
        view.render().unwrap()
    };
    let page = html(&[caller_waiting(-5), caller_waiting(10)]);
    assert!(page.contains("/servicedesk/sparr/00000000-0000-0000-0000-0000000002bc"));
    assert!(
        page.contains("Skulle ha ringts upp 2026-11-23 09:37"),
        "{page}"
    );
    assert!(page.contains("Ring upp före 2026-11-23 09:52"), "{page}");
    assert!(html(&[]).contains("Ingen väntar på att bli uppringd"));
}

/// A card with a case about it.
fn card_with_case(stage: RevocationStage) -> cards_app::queries::PersonPage {
    let mut page = person_page(maja(), Vec::new());
    let mut sheet = card(active(), DeliveryMethod::APost);
    sheet.parts.cases = vec![crate::loss::tests::case(stage, Vec::new()).case];
    page.cards = vec![cards_app::queries::CardAndOffers {
        sheet,
        offers: Vec::new(),
        codes: Vec::new(),
        letter: None,
    }];
    page
}

#[test]
fn a_case_that_is_open_stands_first_and_a_report_that_waits_is_not_told_again() {
    let html = |stage| {
        let page = card_with_case(stage);
        let view = person::view(
            &setting_of(Lang::Sv),
            &page,
            (&[organisation()], &Tests::new()),
            false,
        );
        view.render().unwrap()
    };
    let waits = html(RevocationStage::Reported);
    assert!(waits.contains("Öppna spärrärendet") && waits.contains("/servicedesk/sparr/"));
    assert!(waits.contains("Kortet är inte spärrat än"), "{waits}");
    assert!(!waits.contains("/sparra"), "{waits}");
    let over = html(RevocationStage::Withdrawn);
    assert!(
        !over.contains("Öppna spärrärendet") && over.contains("/sparra"),
        "{over}"
    );
}

#[test]
fn a_card_in_use_has_no_letter_to_trace_and_the_contacts_come_after_what_can_be_done() {
    let page = caller(Lang::Sv, active(), DeliveryMethod::Rek);
    assert!(!page.contains("Ge Rek-id"), "{page}");
    let at = |text: &str| page.find(text).unwrap();
    assert!(at("Vad kan göras i samtalet?") < at("Hänvisa hit"));
    let sent = caller(Lang::Sv, sent(), DeliveryMethod::Rek);
    assert!(sent.contains("Ge Rek-id"));
}

#[test]
fn a_caller_is_asked_for_the_number_and_shows_no_document() {
    let s = setting_of(Lang::Sv);
    let again = crate::id_admin::search::again(&s, "/servicedesk", "198503129805");
    let again = again.render().unwrap();
    assert!(again.contains("Fråga efter hela personnumret"), "{again}");
    assert!(!again.contains("id-handlingen"), "{again}");
}

#[test]
fn a_card_that_was_sent_before_a_new_name_is_told_as_perhaps_outdated() {
    let mut page = card_with_case(RevocationStage::Withdrawn);
    let order = page.cards[0].sheet.card.order;
    page.outdated = vec![cards_app::queries::Outdated {
        order,
        name: true,
        number: false,
    }];
    let html = |page: &cards_app::queries::PersonPage| {
        let view = person::view(&setting_of(Lang::Sv), page, (&[], &Tests::new()), false);
        view.render().unwrap()
    };
    let told = html(&page);
    assert!(
        told.contains("Ett kort kan ha det gamla namnet") && told.contains("7738"),
        "{told}"
    );
    page.cards[0].sheet.card.stage = CardStage::Expired { at: now() };
    assert!(!html(&page).contains("gamla namnet"), "it is over");
}
