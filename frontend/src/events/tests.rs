//! What each line of the log says, and that every act has its own sentence.

use std::collections::HashSet;

use cards_domain::access::SystemActor;
use cards_domain::card::CardActionName;
use cards_domain::card_task::CardTaskActionName;
use cards_domain::certificate::CertificateActionName;
use cards_domain::chip_code::ChipCodeActionName;
use cards_domain::delivery::DeliveryActionName;
use cards_domain::order::OrderActionName;
use cards_domain::photo::PhotoActionName;
use cards_domain::puk_letter::PukLetterActionName;
use cards_domain::receipt::ReceiptActionName;
use cards_domain::revocation::RevocationActionName;
use serde_json::{Value, json};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::*;
use crate::components::EventList;
use crate::text::Lang;

const TOVE: PersonId = PersonId(Uuid::from_u128(7));
const MAJA: PersonId = PersonId(Uuid::from_u128(8));

fn line(kind: &str, action: &str, outcome: &str, event: Value) -> LogEvent {
    let entry = Entry {
        line_id: Uuid::nil(),
        at: "2026-11-23T08:42:00Z".parse().unwrap(),
        channel: Channel::IdAdmin,
        actor_person: Some(TOVE),
        actor_system: None,
        kind: kind.to_owned(),
        action: action.to_owned(),
        subject: None,
        person: Some(MAJA),
        from_stage: None,
        to_stage: None,
        outcome: outcome.to_owned(),
        event,
        correlation: "B6M-2KD".to_owned(),
    };
    LogEvent {
        entry,
        actor_name: Some("Tove Hallgren".to_owned()),
    }
}

fn html(event: Event) -> String {
    EventList::new(vec![event]).to_string()
}

fn all<N: IntoEnumIterator + Into<&'static str>>(kind: &str) -> Vec<(String, &'static str)> {
    let names = N::iter().map(Into::into).chain(["begin"]);
    names.map(|action| (kind.to_owned(), action)).collect()
}

#[test]
fn everything_that_can_be_done_has_a_sentence_of_its_own_in_both_languages() {
    let done = [
        all::<OrderActionName>("card_order"),
        all::<DeliveryActionName>("delivery"),
        all::<CardActionName>("card"),
        all::<ChipCodeActionName>("chip_code"),
        all::<ReceiptActionName>("receipt"),
        all::<CertificateActionName>("certificate"),
        all::<CardTaskActionName>("card_task"),
        all::<PukLetterActionName>("puk_letter"),
        all::<PhotoActionName>("photo"),
        all::<RevocationActionName>("revocation"),
    ]
    .concat();
    let mut seen = HashSet::new();
    for (kind, action) in done {
        let [sv, en] = [Lang::Sv, Lang::En].map(|lang| {
            let told = sentences::done(Text::of(lang), &kind, action);
            told.unwrap_or_else(|| panic!("{kind} {action} has no sentence"))
                .2
        });
        assert_ne!(sv, en, "{kind} {action} is not translated");
        assert!(!sv.to_lowercase().contains("journal"), "{sv}");
        assert!(seen.insert(sv.clone()), "{sv} stands twice");
    }
}

#[test]
fn what_both_codes_of_a_card_did_together_is_told_once() {
    let code = line("chip_code", "begin", "done", Value::Null);
    let mut later = code.clone();
    later.entry.at += chrono::TimeDelta::seconds(1);
    let look = line("person", "look", "done", Value::Null);
    let events = [code.clone(), code, later, look.clone(), look];
    let kinds: Vec<&str> = told_once(Text::of(Lang::Sv), &events)
        .map(|event| event.entry.kind.as_str())
        .collect();
    assert_eq!(kinds, ["chip_code", "chip_code", "person", "person"]);
}

#[test]
fn what_became_of_the_code_for_signing_is_told_beside_that_of_the_other() {
    let locked = |name| {
        let event = json!({ "event": "locked", "code": name, "source": "card" });
        line("chip_code", "lock", "done", event)
    };
    let events = [locked("pin1"), locked("pin2")];
    assert_eq!(told_once(Text::of(Lang::Sv), &events).count(), 2);
}

#[test]
fn a_code_that_is_for_signing_is_named_when_it_comes_and_when_it_is_chosen() {
    let told =
        |action, event, name| told_of("chip_code", action, json!({ "event": event, "code": name }));
    for name in ["pin1", "puk"] {
        let begun = told("begin", "begun", name);
        assert!(begun.contains("Kortets kod finns men är inte vald"));
    }
    let begun = told("begin", "begun", "pin2");
    assert!(begun.contains("Kortet har en pin-kod för underskrift (PIN2)"));
    let set = told("set", "set", "pin2");
    assert!(set.contains("en fungerande pin-kod för underskrift (PIN2)"));
    let older = told_of("chip_code", "set", json!({ "event": "set" }));
    assert!(older.contains("Innehavaren har en fungerande pin-kod"));
    assert!(!older.contains("PIN2"), "{older}");
}

#[test]
fn that_a_card_has_shown_that_it_is_not_locked_is_not_told_as_opened_with_the_puk() {
    let told = |name| {
        let event = json!({ "event": "unlocked", "code": name, "way": { "way": "shown" } });
        told_of("chip_code", "show_unlocked", event)
    };
    assert!(told("pin1").contains("Kortet visar vid ett test att det inte är låst"));
    assert!(told("pin2").contains("att pin-koden för underskrift (PIN2) inte är låst"));
}

#[test]
fn an_officer_reads_that_the_holder_can_see_the_look() {
    let event = line("card", "look", "done", Value::Null);
    let mine = html(for_officer(Text::of(Lang::Sv), &event, TOVE));
    assert!(mine.contains("Du öppnade kortets sida") && mine.contains("kan se det i Mina sidor"));
    let others = html(for_officer(Text::of(Lang::Sv), &event, MAJA));
    assert!(others.contains("Tove Hallgren öppnade kortets sida"));
}

#[test]
fn that_protected_data_were_shown_is_told_beside_the_look() {
    let event = line("person", "reveal", "done", Value::Null);
    let mine = html(for_officer(Text::of(Lang::Sv), &event, TOVE));
    assert!(
        mine.contains("Du visade personens skyddade uppgifter"),
        "{mine}"
    );
    let others = html(for_officer(Text::of(Lang::Sv), &event, MAJA));
    assert!(
        others.contains("Tove Hallgren visade personens skyddade uppgifter"),
        "{others}"
    );
}

#[test]
fn a_refusal_is_told_with_its_reason() {
    let refusal = json!({ "code": "document_expired", "on": "2026-11-02" });
    let event = line("card", "unlock", "document_expired", refusal);
    let text = html(for_officer(Text::of(Lang::Sv), &event, MAJA));
    assert!(
        text.contains("Ett försök att aktivera kortet fick nej"),
        "{text}"
    );
    assert!(text.contains("gick ut 2026-11-02"), "{text}");
}

#[test]
fn a_check_tells_the_kind_of_document_and_an_erased_event_still_reads() {
    let event = json!({
        "event": "revoked", "reason": "lost", "ended_by": "itself",
    });
    let text = html(for_officer(
        Text::of(Lang::Sv),
        &line("card", "revoke", "done", event),
        MAJA,
    ));
    assert!(text.contains("Kortet spärrat: tappat"), "{text}");
    let erased = line("card", "unlock", "done", Value::Null);
    assert!(html(for_officer(Text::of(Lang::Sv), &erased, MAJA)).contains("kortet upplåst"));
}

#[test]
fn a_log_in_names_its_portal_and_a_refused_one_is_a_no() {
    let level = json!({ "level": "loa3" });
    let log_in = line("session", "log_in", "done", level.clone());
    let text = html(for_officer(Text::of(Lang::Sv), &log_in, MAJA));
    assert!(text.contains("Inloggad i Id-administration"), "{text}");
    let log_out = line("session", "log_out", "done", level.clone());
    let text = html(for_officer(Text::of(Lang::En), &log_out, MAJA));
    assert!(text.contains("Logged out of ID administration"), "{text}");
    let refused = line("session", "log_in_refused", "no_appointment", level);
    let text = html(for_officer(Text::of(Lang::Sv), &refused, MAJA));
    assert!(text.contains("Ett försök att logga in fick nej"), "{text}");
}

#[test]
fn every_part_of_the_system_has_a_name() {
    let t = Text::of(Lang::Sv);
    let names: HashSet<String> = SystemActor::iter()
        .map(|actor| system_name(t, actor.into()))
        .collect();
    assert_eq!(names.len(), SystemActor::iter().count());
}

fn told_of(kind: &str, action: &str, event: Value) -> String {
    html(for_officer(
        Text::of(Lang::Sv),
        &line(kind, action, "done", event),
        MAJA,
    ))
}

#[test]
fn an_order_says_what_became_of_the_card_that_it_replaces() {
    let replaces = json!({ "order": Uuid::nil(), "told": "envelope_opened" });
    let begun = json!({ "event": "begun", "replaces": replaces });
    let text = told_of("card_order", "begin", begun);
    assert!(
        text.contains("kom i ett öppnat eller tomt kuvert"),
        "{text}"
    );
    let replaced = json!({ "event": "replaced", "told": "not_arrived" });
    let text = told_of("card_order", "replace_undelivered", replaced);
    assert!(text.contains("kom inte fram"), "{text}");
}

#[test]
fn a_report_that_waits_for_its_caller_is_not_told_as_a_revocation() {
    let begun = |reporter, executed| json!({ "event": "begun", "reason": "lost", "reporter": reporter, "executed": executed });
    let waits = told_of("revocation", "begin", begun("unverified_caller", false));
    assert!(waits.contains("inte spärrat"), "{waits}");
    let done = told_of("revocation", "begin", begun("holder_logged_in", true));
    assert!(
        done.contains("tappat") && !done.contains("inte spärrat"),
        "{done}"
    );
}

#[test]
fn a_step_outside_a_photo_and_a_letter_tell_their_reasons() {
    let outcome = json!({ "outcome": "done_by_holder", "on": "2026-11-24", "reference": null });
    let step = json!({ "event": "recorded", "step": "police", "outcome": outcome });
    let text = told_of("revocation", "record", step);
    assert!(
        text.contains("Polisanmälan: gjort av innehavaren 2026-11-24"),
        "{text}"
    );
    let photo = json!({ "event": "rejected", "fault": "covered" });
    assert!(told_of("photo", "reject", photo).contains("Foto underkänt: "));
    let letter = json!({ "event": "rejected", "why": "visit_instead" });
    assert!(told_of("puk_letter", "reject", letter).contains("besök"));
}

#[test]
fn a_system_that_asks_whether_a_card_is_valid_has_looked_at_nobody() {
    let text = told_of("card_status", "look", Value::Null);
    assert!(text.contains("frågade om kortet gäller"), "{text}");
    assert!(
        !text.contains("Tove") && !text.contains("Mina sidor"),
        "{text}"
    );
}

#[test]
fn a_new_name_and_a_new_number_from_the_directory_are_told_without_either() {
    let name = told_of("person", "change_name", Value::Null);
    assert!(
        name.contains("Namnet ändrat efter en fil från katalogen"),
        "{name}"
    );
    let number = told_of("person", "change_number", Value::Null);
    assert!(number.contains("två utgivare har bekräftat"), "{number}");
}
