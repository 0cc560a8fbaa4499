//! Lines of the log as people read them. The word for it on screens is *händelser*.

mod sentences;

use cards_app::Entry;
use cards_app::queries::Event as LogEvent;
use cards_domain::card::CardEvent;
use cards_domain::ids::PersonId;
use cards_domain::refusal::Refusal;

use crate::components::{Event, Icon, Tone};
use crate::refusals::refusal_text;
use crate::states;
use crate::text::Text;

const LOOK: &str = "look";
const DONE: &str = "done";

/// A line as officers read it; `reader` is the officer.
#[must_use]
pub fn for_officer(t: Text, event: &LogEvent, reader: PersonId) -> Event {
    let entry = &event.entry;
    let mine = entry.actor_person == Some(reader);
    if entry.action == LOOK {
        let note = format!("{} · {}", t.day_and_clock(entry.at), t.event_holder_sees());
        return Event::new(Icon::Eye, officers_look(t, event, mine), note);
    }
    let who = if mine {
        t.event_by_you()
    } else {
        who(t, event)
    };
    told(t, entry, t.event_when_who(t.day_and_clock(entry.at), who))
}

/// A line as the holder reads it in Mina sidor: *Tove Hallgren öppnade din sida*.
#[must_use]
pub fn for_holder(t: Text, event: &LogEvent) -> Event {
    let entry = &event.entry;
    let when = format!("{} {}", t.day_of(entry.at), t.clock_for_holders(entry.at));
    if entry.action == LOOK {
        let text = t.event_looked_at_you(capitalised(&who(t, event)), yours(t, &entry.kind));
        return Event::new(Icon::Eye, text, when);
    }
    told(t, entry, t.event_when_who(when, who(t, event)))
}

fn officers_look(t: Text, event: &LogEvent, mine: bool) -> String {
    let name = capitalised(&who(t, event));
    match (event.entry.kind.as_str(), mine) {
        ("search", true) => t.event_you_searched(),
        ("search", false) => t.event_searched(name),
        (kind, true) => t.event_you_looked(whose(t, kind)),
        (kind, false) => t.event_looked(name, whose(t, kind)),
    }
}

fn whose(t: Text, kind: &str) -> String {
    match kind {
        "card" => t.event_the_card(),
        "order" => t.event_the_order(),
        _ => t.event_the_person(),
    }
}

fn yours(t: Text, kind: &str) -> String {
    match kind {
        "card" => t.event_your_card(),
        "order" => t.event_your_order(),
        _ => t.event_your_page(),
    }
}

fn told(t: Text, entry: &Entry, note: String) -> Event {
    if entry.outcome != DONE {
        return Event::new(Icon::Cross, refused(t, entry), note).toned(Tone::Warning);
    }
    let (icon, tone, text) = sentences::done(t, &entry.kind, &entry.action)
        .unwrap_or_else(|| (Icon::Dots, None, t.event_other()));
    let event = Event::new(icon, detailed(t, entry).unwrap_or(text), note);
    match tone {
        Some(tone) => event.toned(tone),
        None => event,
    }
}

/// A line whose event says more than its action does.
fn detailed(t: Text, entry: &Entry) -> Option<String> {
    if entry.kind != "card" {
        return None;
    }
    match serde_json::from_value(entry.event.clone()).ok()? {
        CardEvent::Unlocked { identity, .. } => {
            let document = states::document(t, identity.document);
            Some(t.event_unlocked_by(document.to_lowercase()))
        }
        CardEvent::Revoked { reason, .. } if entry.action == "revoke" => {
            Some(t.event_revoked_because(states::revocation_reason(t, reason)))
        }
        CardEvent::Revoked { .. }
        | CardEvent::Begun
        | CardEvent::Made(_)
        | CardEvent::Dispatched
        | CardEvent::ReceivedAtOffice
        | CardEvent::Activated
        | CardEvent::Expired
        | CardEvent::Destroyed => None,
    }
}

fn refused(t: Text, entry: &Entry) -> String {
    let what = sentences::attempted(t, &entry.kind, &entry.action);
    match serde_json::from_value::<Refusal>(entry.event.clone()) {
        Ok(refusal) => t.event_refused(what, refusal_text(t, &refusal).0),
        Err(_) => t.event_refused_without_reason(what),
    }
}

/// Who did it: a name, the holder, or a part of the system.
fn who(t: Text, event: &LogEvent) -> String {
    let entry = &event.entry;
    match (
        &event.actor_name,
        entry.actor_person,
        entry.actor_system.as_deref(),
    ) {
        (_, Some(actor), _) if Some(actor) == entry.person => t.event_by_holder(),
        (Some(name), _, _) => name.clone(),
        (None, Some(_), _) => t.event_by_officer(),
        (None, None, system) => system_name(t, system.unwrap_or_default()),
    }
}

fn system_name(t: Text, name: &str) -> String {
    match name {
        "manufacturer" => t.event_by_manufacturer(),
        "authority" => t.event_by_authority(),
        "letter_bureau" => t.event_by_letter_bureau(),
        "scheduler" => t.event_by_scheduler(),
        "directory" => t.event_by_directory(),
        "operator" => t.event_by_operator(),
        _ => t.event_by_ledger(),
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use cards_app::Channel;
    use cards_domain::access::SystemActor;
    use cards_domain::card::CardActionName;
    use cards_domain::certificate::CertificateAction;
    use cards_domain::chip_code::ChipCodeActionName;
    use cards_domain::delivery::DeliveryActionName;
    use cards_domain::order::OrderActionName;
    use cards_domain::puk_letter::PukLetterAction;
    use cards_domain::receipt::ReceiptActionName;
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
            all::<CertificateAction>("certificate"),
            all::<PukLetterAction>("puk_letter"),
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
    fn a_holder_reads_who_opened_the_page() {
        let event = line("person", "look", "done", Value::Null);
        assert!(
            html(for_holder(Text::of(Lang::Sv), &event)).contains("Tove Hallgren öppnade din sida")
        );
        assert!(
            html(for_holder(Text::of(Lang::En), &event)).contains("Tove Hallgren opened your page")
        );
    }

    #[test]
    fn an_officer_reads_that_the_holder_can_see_the_look() {
        let event = line("card", "look", "done", Value::Null);
        let mine = html(for_officer(Text::of(Lang::Sv), &event, TOVE));
        assert!(
            mine.contains("Du öppnade kortets sida") && mine.contains("kan se det i Mina sidor")
        );
        let others = html(for_officer(Text::of(Lang::Sv), &event, MAJA));
        assert!(others.contains("Tove Hallgren öppnade kortets sida"));
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
    fn every_part_of_the_system_has_a_name() {
        let t = Text::of(Lang::Sv);
        let names: HashSet<String> = SystemActor::iter()
            .map(|actor| system_name(t, actor.into()))
            .collect();
        assert_eq!(names.len(), SystemActor::iter().count());
    }
}
