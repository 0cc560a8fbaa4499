//! What the pages of the activation must say, and what they must never show or ask.

use cards_domain::card::{Card, CardStage, RevocationReason};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::identity_check::CheckStep;
use cards_domain::ids::CardId;
use cards_domain::refusal::Refusal;
use scraper::Html;
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{assert_sound, html, page, read, select};
use crate::id_admin::draft::{Circumstances, Draft, Typed};
use crate::id_admin::samples::*;
use crate::id_admin::{activate, done, paper};
use crate::text::{Lang, Text};

#[test]
fn nothing_at_the_counter_is_filled_in_beforehand() {
    let page = page("activate");
    for known in [NUMBER, "19850312-9804", "7738", "0041"] {
        assert!(
            !page.contains(known),
            "{known} could be copied from the page"
        );
    }
    assert!(
        page.contains("Maja Lindqvist"),
        "the name to compare with the card"
    );
    assert!(page.contains("Digitala id-kort godtas inte"));
    assert!(page.contains("Kortet har inget foto"));
    assert_eq!(page.matches("name=\"steg-").count(), 7);
}

#[test]
fn a_refused_check_keeps_what_was_typed_and_tells_it_at_the_field() {
    let s = id_admin(Lang::Sv);
    let on = "2026-11-02".parse().unwrap();
    let faults = crate::id_admin::draft::at_field(s.t, &Refusal::DocumentExpired { on });
    let typed = Typed::of(&[("giltig", "2026-11-02"), ("handling", "passport")]);
    let page = html(&activate::view(
        &s,
        &card_page(card(sent(), DeliveryMethod::APost)),
        &typed,
        &faults,
        None,
    ));
    assert_sound("refused check", &page);
    assert!(page.contains("href=\"#giltig\"") && page.contains("id=\"giltig-error\""));
    assert!(page.contains("value=\"2026-11-02\""));
    assert!(page.contains("value=\"passport\" checked"));
}

fn checked() -> Draft {
    let mut pairs = vec![
        ("kortnummer", CARD_NUMBER),
        ("namn", "ja"),
        ("handling", "passport"),
        ("nummer", NUMBER),
        ("fyra", "4417"),
        ("giltig", "2029-05-30"),
        ("ansikte", "ja"),
    ];
    let steps: Vec<String> = CheckStep::iter()
        .map(crate::id_admin::identity::step_name)
        .collect();
    pairs.extend(steps.iter().map(|name| (name.as_str(), "ja")));
    let card = CardId(Uuid::from_u128(100));
    Draft::read(Text::of(Lang::Sv), card, &Typed::of(&pairs), now())
        .ok()
        .unwrap()
}

#[test]
fn what_was_typed_right_passes_the_rules() {
    let page = card_page(card(sent(), DeliveryMethod::APost));
    let by = id_admin(Lang::Sv).actor;
    let card: &Card = &page.card.sheet.card;
    assert!(
        card.examine(&by, &checked().check(None, None), &page.facts, now())
            .is_ok()
    );
}

#[test]
fn the_officer_signs_exactly_what_was_checked_without_any_number_of_a_person() {
    let t = Text::of(Lang::Sv);
    let so = Circumstances {
        hsa_id: "SE2399000013-1002",
        here: "Kortkontoret Björkvallen",
        closed: None,
        has_photo: false,
    };
    let text = checked().text_to_sign(t, &so);
    for said in [
        "…7738",
        "SE2399000013-1002",
        "pass som slutar på 4417",
        "2029-05-30",
        "7. ",
    ] {
        assert!(text.contains(said), "{said} lacks in {text}");
    }
    assert!(!text.contains("9804") && !text.contains("Maja"), "{text}");
}

#[test]
fn a_check_survives_being_kept_with_the_signature() {
    let kept = serde_json::to_value(checked()).unwrap();
    let back: Draft = serde_json::from_value(kept).unwrap();
    assert_eq!(back.check(None, None), checked().check(None, None));
}

#[test]
fn no_code_is_ever_typed_here() {
    let page = page("code");
    let fields = Html::parse_document(&page);
    let visible = select(&fields, "main input:not([type=hidden])");
    assert!(visible.is_empty(), "{page}");
    assert!(page.contains("6 till 8 siffror") && page.contains("Koden skrivs aldrig här"));
}

#[test]
fn whoever_leaves_before_the_receipt_reads_when_the_card_is_revoked() {
    for name in ["receipt", "leave"] {
        assert!(page(name).contains("2026-11-28 09:09"), "{name}");
    }
    assert!(page("leave").contains("En spärr går inte att häva"));
    assert!(page("receipt").contains("kvittens/lamna"));
}

#[test]
fn the_waiting_page_can_be_told_to_stop_reloading() {
    assert!(page("receipt").contains("Sluta med det"));
}

#[test]
fn the_paper_shows_card_terms_and_how_the_identity_was_checked() {
    let identity = serde_json::json!({
        "event": "unlocked",
        "identity": { "document": "passport", "document_last_four": "4417", "valid_to": "2029-05-30" },
        "code": "chosen_in_software",
        "signature": { "kind": "reauthenticated_session", "at": "2026-11-23T08:09:30Z", "text_hash": "00", "evidence": null },
    });
    let entry = cards_app::Entry {
        line_id: Uuid::nil(),
        at: now(),
        channel: cards_app::Channel::IdAdmin,
        actor_person: None,
        actor_system: None,
        kind: "card".into(),
        action: "unlock".into(),
        subject: Some(Uuid::from_u128(100)),
        person: Some(MAJA),
        from_stage: None,
        to_stage: None,
        outcome: "done".into(),
        event: identity,
        correlation: "H3T-9WB".into(),
    };
    let event = cards_app::queries::Event {
        entry,
        actor_name: Some("Karin Åkerblom".into()),
    };
    let s = id_admin(Lang::En);
    let paper = html(&paper::print_view(
        &s,
        &card_page(card(unsigned(), DeliveryMethod::APost)),
        &[event],
    ));
    let words = read(&paper);
    assert!(
        words.contains("Pass, slutar på 4417, giltig till och med 2029-05-30"),
        "{words}"
    );
    assert!(words.contains("Karin Åkerblom") && words.contains(CARD_NUMBER));
    assert!(words.contains("Kortet är personligt"), "the terms");
}

#[test]
fn when_the_card_is_active_the_old_one_is_to_be_cut() {
    let mut old = card(
        CardStage::Revoked {
            at: at("2026-11-23T08:40:00Z"),
            reason: RevocationReason::Superseded,
        },
        DeliveryMethod::APost,
    );
    old.card.number = Some("975214800093 2216".replace(' ', "").parse().unwrap());
    let s = id_admin(Lang::Sv);
    let page = html(&done::view(
        &s,
        &card_page(card(active(), DeliveryMethod::APost)),
        &[old],
    ));
    assert!(page.contains("Kortet är aktivt"));
    assert!(page.contains("…2216") && page.contains("Klipp det genom chippet"));
}
