//! The holder's pages of a loss.

use askama::Template;
use cards_app::queries::CasePage;
use cards_domain::card::CardStage;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::RevocationStage;

use super::*;
use crate::id_admin::samples::{active, sent, unsigned};
use crate::layout::Portal;
use crate::loss::record::Recorded;
use crate::loss::tests::{assert_sound, case, loss, older, two_left};
use crate::text::Lang;

fn scene(lang: Lang) -> Scene {
    let role = cards_domain::access::Role::IdAdmin;
    Scene {
        s: crate::id_admin::samples::setting(lang, Portal::MinaSidor, role),
        path: HOME.to_owned(),
    }
}

fn question(lang: Lang, stage: CardStage) -> String {
    let view = view(
        &scene(lang),
        &older(loss(stage)),
        &Asked::default(),
        &Faults::new(),
    );
    view.render().unwrap()
}

fn confirmation(lang: Lang, stage: CardStage) -> String {
    let asked = Asked {
        orsak: "kuvert".into(),
        ..Asked::default()
    };
    let scene = scene(lang);
    let answer = asked.read(scene.s.t, Teller::Holder, true).unwrap();
    let page = older(loss(stage));
    let view = confirm::view(&scene, &page, &asked, answer, &Faults::new());
    view.render().unwrap()
}

fn case_html(lang: Lang, page: &CasePage) -> String {
    let nothing = (&Recorded::default(), &Faults::new()[..]);
    let view = super::case::view(&scene(lang), page, nothing, true).unwrap();
    view.render().unwrap()
}

#[test]
fn every_page_is_sound_in_both_languages() {
    for lang in [Lang::Sv, Lang::En] {
        for stage in [sent(), unsigned(), active()] {
            assert_sound("question", &question(lang, stage.clone()));
            assert_sound("confirm", &confirmation(lang, stage));
        }
        let refused = refused_view(&scene(lang), &loss(active()), &Refusal::CardRevoked);
        assert_sound("refused", &refused.render().unwrap());
        for stage in <RevocationStage as strum::IntoEnumIterator>::iter() {
            assert_sound("case", &case_html(lang, &case(stage, Vec::new())));
        }
        assert_sound("two left", &case_html(lang, &two_left()));
    }
}

#[test]
fn a_card_in_use_may_only_be_locked_and_one_in_the_post_only_late() {
    let used = question(Lang::Sv, active());
    assert!(used.contains("Är kortet bara låst?") && used.contains("/last"));
    let posted = question(Lang::Sv, sent());
    assert!(!posted.contains("Är kortet bara låst?") && posted.contains("/inte-kommit"));
}

#[test]
fn the_case_says_what_only_the_holder_can_do_and_offers_what_only_officers_may_say_to_nobody() {
    let html = case_html(Lang::Sv, &two_left());
    for said in [
        "tel:020323262",
        "114 14",
        "Jag har gjort det",
        "ett för dörrar och ett för e-legitimation",
        "Ditt sparade foto från 2026-02-12",
        "Var det inte du?",
        "tel:099020240",
        "Anders Holm",
        "Kortkontoret Björkvallen",
        "Till dess kan du bara få reservkort",
    ] {
        assert!(html.contains(said), "{said}");
    }
    for not_theirs in ["galler-inte", "done_by_us", "/verkstall", "/aterta"] {
        assert!(!html.contains(not_theirs), "{not_theirs}");
    }
}

#[test]
fn a_theft_is_still_to_be_reported_when_the_case_is_closed_and_no_police_step_was_asked_for() {
    let html = case_html(Lang::Sv, &case(RevocationStage::Closed, Vec::new()));
    assert!(html.contains("Anmäl stölden till polisen"), "{html}");
    assert!(!html.contains("behöver inte göra något mer"), "{html}");
    let asked = case_html(Lang::Sv, &two_left());
    assert!(
        !asked.contains("Anmäl stölden till polisen"),
        "it is a step"
    );
    let mut lost = case(RevocationStage::Closed, Vec::new());
    lost.case.reason = cards_domain::card::RevocationReason::Lost;
    let lost = case_html(Lang::Sv, &lost);
    assert!(
        !lost.contains("Anmäl stölden till polisen"),
        "nothing was stolen"
    );
}

#[test]
fn a_report_by_somebody_else_is_told_as_such_and_can_be_carried_out_by_the_holder() {
    let html = case_html(Lang::Sv, &case(RevocationStage::Reported, Vec::new()));
    assert!(html.contains("Någon har anmält ditt kort som borta"));
    assert!(html.contains("/tappat") && html.contains("Stämmer det inte? Ring oss."));
}
