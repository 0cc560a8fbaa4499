//! The officer's page of a locked card.

use askama::Template;
use cards_domain::refusal::Refusal;

use super::{Typed, done, may_open, view};
use crate::id_admin::samples::*;
use crate::id_admin::tests::assert_sound;
use crate::locked_card::tests::locked;
use crate::text::Lang;

fn html(lang: Lang, number: Option<&str>, refusal: Option<&Refusal>) -> String {
    let page = locked(number, true, false);
    let view = view(&id_admin(lang), &page, &Typed::default(), &[], refusal);
    view.render().unwrap()
}

#[test]
fn every_page_is_sound_in_both_languages() {
    for lang in [Lang::Sv, Lang::En] {
        assert_sound("form", &html(lang, Some("711"), None));
        let refusal = Refusal::WrongOffice {
            office: "Kortkontoret Björkvallen".into(),
        };
        assert_sound("refused", &html(lang, Some("711"), Some(&refusal)));
        let done = done::view(&id_admin(lang), &locked(Some("711"), false, false));
        assert_sound("done", &done.render().unwrap());
    }
}

#[test]
fn documents_that_people_try_are_shown_as_not_accepted() {
    let page = html(Lang::Sv, Some("711"), None);
    for said in [
        "Utländskt pass eller id-kort",
        "Bank-id eller Freja",
        "vald",
    ] {
        assert!(page.contains(said), "{said}");
    }
    assert!(!page.contains("value=\"foreign"), "{page}");
}

#[test]
fn a_wrong_office_is_told_where_a_locked_card_is_opened() {
    let refusal = Refusal::WrongOffice {
        office: "Kortkontoret Björkvallen".into(),
    };
    let page = html(Lang::Sv, Some("711"), Some(&refusal));
    assert!(
        page.contains("låses upp på Kortkontoret Björkvallen"),
        "{page}"
    );
    assert!(!page.contains("Kortet aktiveras på"), "{page}");
}

#[test]
fn ways_are_numbered_where_there_are_several() {
    let with_form = html(Lang::Sv, Some("711"), None);
    assert_eq!(
        with_form.matches("class=\"wayn\"").count(),
        0,
        "only one other way"
    );
    let refusal = Refusal::WrongOffice {
        office: "Kortkontoret Björkvallen".into(),
    };
    let all = html(Lang::Sv, Some("711"), Some(&refusal));
    assert_eq!(all.matches("class=\"wayn\"").count(), 2);
}

#[test]
fn a_card_that_works_cannot_be_opened() {
    assert_eq!(
        may_open(&locked(Some("711"), false, false)),
        Err(Refusal::CodeNotLocked)
    );
}
