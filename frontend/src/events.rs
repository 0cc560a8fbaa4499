//! Lines of the log as people read them. The word for it on screens is *händelser*.

mod attempts;
mod details;
mod sentences;
#[cfg(test)]
mod tests;

use cards_app::queries::Event as LogEvent;
use cards_app::{Channel, Entry};
use cards_domain::ids::PersonId;
use cards_domain::refusal::Refusal;

use crate::components::{Event, Icon, Tone};
use crate::refusals::refusal_text;
use crate::text::Text;

const LOOK: &str = "look";
/// A protected person's data were shown, which a look alone does not do.
const REVEAL: &str = "reveal";
const DONE: &str = "done";
/// A system client has asked whether a card is valid; it learned nothing about the person.
const CARD_STATUS: &str = "card_status";

/// The lines that are told. The codes of a card come and go together, with a line each, and so do its
/// certificates: what has the same sentence is told once.
pub fn told_once(t: Text, events: &[LogEvent]) -> impl Iterator<Item = &LogEvent> {
    let is_same = move |one: &Entry, other: &Entry| {
        let together = (
            &one.kind,
            &one.action,
            &one.outcome,
            one.at,
            &one.correlation,
        ) == (
            &other.kind,
            &other.action,
            &other.outcome,
            other.at,
            &other.correlation,
        );
        together
            && match one.kind.as_str() {
                "chip_code" => details::of(t, one) == details::of(t, other),
                "certificate" => one.event == other.event,
                _ => false,
            }
    };
    events.iter().enumerate().filter_map(move |(at, event)| {
        let before = events.iter().take(at);
        let mut before = before.map(|earlier| &earlier.entry);
        (!before.any(|earlier| is_same(&event.entry, earlier))).then_some(event)
    })
}

/// A line as officers read it; `reader` is the officer.
#[must_use]
pub fn for_officer(t: Text, event: &LogEvent, reader: PersonId) -> Event {
    let entry = &event.entry;
    let mine = entry.actor_person == Some(reader);
    if entry.kind == CARD_STATUS {
        return Event::new(Icon::Eye, t.event_card_checked(), t.day_and_clock(entry.at));
    }
    if is_seen(entry) {
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

/// Whether somebody saw something of the person, and nothing was done.
fn is_seen(entry: &Entry) -> bool {
    [LOOK, REVEAL].contains(&entry.action.as_str())
}

fn officers_look(t: Text, event: &LogEvent, mine: bool) -> String {
    let name = capitalised(&who(t, event));
    if event.entry.action == REVEAL {
        return if mine {
            t.event_you_revealed()
        } else {
            t.event_revealed(name)
        };
    }
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

fn told(t: Text, entry: &Entry, note: String) -> Event {
    if entry.outcome != DONE {
        return Event::new(Icon::Cross, refused(t, entry), note).toned(Tone::Warning);
    }
    let (icon, tone, text) = sentences::done(t, &entry.kind, &entry.action)
        .unwrap_or_else(|| (Icon::Dots, None, t.event_other()));
    let event = Event::new(icon, details::of(t, entry).unwrap_or(text), note);
    match tone {
        Some(tone) => event.toned(tone),
        None => event,
    }
}

fn portal(t: Text, channel: Channel) -> String {
    match channel {
        Channel::MinaSidor => t.portal_mina_sidor(),
        Channel::Servicedesk => t.portal_servicedesk(),
        Channel::IdAdmin
        | Channel::Api
        | Channel::CommandLine
        | Channel::Work
        | Channel::CardClient => t.portal_id_admin(),
    }
}

fn refused(t: Text, entry: &Entry) -> String {
    let what = attempts::act(t, &entry.kind, &entry.action);
    match serde_json::from_value::<Refusal>(entry.event.clone()) {
        Ok(refusal) => t.event_refused(what, refusal_text(t, &refusal).0),
        Err(_) => t.event_refused_without_reason(what),
    }
}

/// Who did it: a name, the holder, or a part of the system.
pub(crate) fn who(t: Text, event: &LogEvent) -> String {
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

/// The text with a capital first.
pub(crate) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}
