//! What happened under one code that somebody has read out.

use std::collections::{BTreeSet, HashMap};

use cards_domain::access::{Function, Scope};
use cards_domain::ids::PersonId;
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::queries::{Event, PersonSheet, ThingName};
use serde_json::json;
use uuid::Uuid;

use crate::{App, Call, Failure};

/// What happened under one code, with the names of whom and what it was about.
#[derive(Clone, Debug, Default)]
pub struct Coded {
    /// The lines, newest first.
    pub events: Vec<Event>,
    /// Whom they are about.
    pub people: HashMap<PersonId, PersonSheet>,
    /// What they are about.
    pub things: HashMap<Uuid, ThingName>,
}

impl App {
    /// The lines under a code about persons in the reader's scope, and those about no person, the
    /// newest first. Whom they name is written down as found. `None`: what was asked for can be no
    /// code, and is neither looked for nor written down.
    ///
    /// # Errors
    /// [`Failure::Refused`] for those who do not read the log.
    pub fn events_with_code(
        &self,
        link: &mut Link,
        call: &Call,
        code: Option<&str>,
    ) -> Result<Coded, Failure> {
        let scope = Scope::of(&call.actor, Function::ReadLog);
        if scope.organisations().is_empty() {
            return Err(Failure::Refused(Refusal::NotYourRole));
        }
        let Some(code) = code else {
            return Ok(Coded::default());
        };
        let mut events = link.events_with_code(code)?;
        events.reverse();
        let coded = named(link, &scope, events)?;
        let hits: Vec<&PersonId> = coded.people.keys().collect();
        let found = json!({ "code": code, "hits": hits });
        self.ledger.searched(link, call, &scope, found)?;
        Ok(coded)
    }
}

/// Those of the lines that are about persons in scope or about no person, with the names of whom and
/// what they are about.
pub(super) fn named(
    link: &mut Link,
    scope: &Scope,
    mut events: Vec<Event>,
) -> Result<Coded, Failure> {
    let about: BTreeSet<PersonId> = events.iter().filter_map(|one| one.entry.person).collect();
    let about: Vec<PersonId> = about.into_iter().collect();
    let people = link.people(scope, &about)?;
    let people: HashMap<_, _> = people.into_iter().map(|one| (one.person, one)).collect();
    events.retain(|event| {
        let person = event.entry.person;
        person.is_none_or(|person| people.contains_key(&person))
    });
    let subjects: BTreeSet<Uuid> = events.iter().filter_map(|one| one.entry.subject).collect();
    let subjects: Vec<Uuid> = subjects.into_iter().collect();
    let things = link.names_of_things(&subjects)?;
    Ok(Coded {
        events,
        people,
        things,
    })
}
