//! The servicedesk's pages with made-up callers.

use askama::Template;
use cards_domain::access::Role;
use cards_domain::card::CardStage;
use cards_domain::delivery::DeliveryMethod;

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

fn caller(lang: Lang, stage: CardStage, method: DeliveryMethod) -> String {
    let mut page = person_page(maja(), Vec::new());
    page.cards = vec![cards_app::queries::CardAndOffers {
        sheet: card(stage, method),
        offers: Vec::new(),
        code: Vec::new(),
        letter: None,
    }];
    let view = person::view(&setting_of(lang), &page, &[organisation()], false);
    view.render().unwrap()
}

#[test]
fn every_page_is_sound_in_both_languages() {
    for lang in [Lang::Sv, Lang::En] {
        let first = start::view(&setting_of(lang)).render().unwrap();
        assert_sound("start", &first);
        for stage in [sent(), unsigned(), active()] {
            assert_sound("caller", &caller(lang, stage, DeliveryMethod::Rek));
        }
    }
}

#[test]
fn every_call_begins_with_the_question_whether_the_card_is_locked_or_lost() {
    let question = "Har du slagit fel kod, eller är kortet borttappat?";
    assert!(
        start::view(&setting_of(Lang::Sv))
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
    let view = person::view(&setting_of(Lang::Sv), &person, &[organisation()], false);
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
    let hidden = person::view(&setting_of(Lang::Sv), &page, &[], false)
        .render()
        .unwrap();
    assert!(!hidden.contains("Lindqvist") && !hidden.contains("19850312"));
    assert!(hidden.contains("/servicedesk/person/") && hidden.contains("visa=1"));
}
