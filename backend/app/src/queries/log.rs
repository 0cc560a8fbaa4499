//! The log as those read it who review: the lines of their organisations, newest first, all of them or
//! those about one person, by one person, about one thing or of some days.

use cards_domain::access::{Function, Scope};
use cards_domain::calendar::start_of_day;
use cards_domain::ids::PersonId;
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::queries::{LogOf, LogPlace, LookedAt, PersonSheet};
use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::coded::{Coded, named};
use super::search::SearchAnswer;
use crate::{App, Call, Failure, Which};

/// How many lines stand on a page.
const LINES: i64 = 50;

/// Which lines are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogAsked {
    /// About this person.
    pub about: Option<PersonId>,
    /// By this person.
    pub by: Option<PersonId>,
    /// About this card, order or the like.
    pub thing: Option<Uuid>,
    /// The first day.
    pub first: Option<NaiveDate>,
    /// The last day.
    pub last: Option<NaiveDate>,
}

/// A page of the log.
#[derive(Clone, Debug, Default)]
pub struct LogPage {
    /// The lines, with whom and what they are about.
    pub told: Coded,
    /// The person that they were asked for.
    pub about: Option<PersonSheet>,
    /// The name of whose acts they were asked for; none where that is protected or unknown.
    pub by: Option<String>,
    /// After which line the next page begins, if there is one.
    pub next: Option<LogPlace>,
}

impl App {
    /// A page of the log: the lines in the reader's organisations about persons in scope, and those
    /// about no person. That it was read is a line of its own, with whom it names; asked for one
    /// person, it is a look at that person, which the holder can see.
    ///
    /// # Errors
    /// [`Failure::Refused`] for those who do not read the log, [`Failure::NotFound`] for a person who
    /// is not in scope.
    pub fn log_page(
        &self,
        link: &mut Link,
        call: &Call,
        asked: LogAsked,
        after: Option<LogPlace>,
    ) -> Result<LogPage, Failure> {
        let scope = reading(call)?;
        let about = match asked.about {
            Some(id) => Some(self.log_looked_at(link, call, &scope, (id, after))?),
            None => None,
        };
        let mut lines = link.log_page(&lines_of(&scope, asked), after, LINES + 1)?;
        let is_more = lines.len() > usize::try_from(LINES).unwrap_or(usize::MAX);
        if is_more {
            lines.pop();
        }
        let next = lines.last().filter(|_| is_more).map(|(place, _)| *place);
        let events = lines.into_iter().map(|(_, event)| event).collect();
        let told = named(link, &scope, events)?;
        let hits: Vec<&PersonId> = told.people.keys().collect();
        let found = json!({ "log": written(asked), "hits": hits });
        self.ledger.searched(link, call, &scope, found)?;
        Ok(LogPage {
            told,
            about,
            by: match asked.by {
                Some(by) => link.open_names(&[by])?.pop().and_then(|(_, name)| name),
                None => None,
            },
            next,
        })
    }

    /// The person must be one of those whose lines the reader reviews. Pages after the first belong to
    /// the look that the first one is.
    fn log_looked_at(
        &self,
        link: &mut Link,
        call: &Call,
        scope: &Scope,
        (id, after): (PersonId, Option<LogPlace>),
    ) -> Result<PersonSheet, Failure> {
        link.person(scope, id)?.ok_or(Failure::NotFound)?;
        let which = match after {
            Some(_) => Which::NewOnly,
            None => Which::Every,
        };
        self.ledger.look(link, call, LookedAt::Person(id), which)
    }

    /// Whom a number means that somebody types to read the log about them. As [`App::search`].
    ///
    /// # Errors
    /// [`Failure::Refused`] for those who do not read the log, which leaves a line.
    pub fn search_for_log(
        &self,
        link: &mut Link,
        call: &Call,
        text: &str,
    ) -> Result<SearchAnswer, Failure> {
        if let Err(Failure::Refused(refusal)) = reading(call) {
            self.ledger
                .note_refused_edit(link, call, "search", &refusal)?;
            return Err(Failure::Refused(refusal));
        }
        self.search(link, call, text)
    }
}

fn reading(call: &Call) -> Result<Scope, Failure> {
    let scope = Scope::of(&call.actor, Function::ReadLog);
    if scope.organisations().is_empty() {
        return Err(Failure::Refused(Refusal::NotYourRole));
    }
    Ok(scope)
}

fn lines_of(scope: &Scope, asked: LogAsked) -> LogOf {
    LogOf {
        organisations: scope.organisations().to_vec(),
        about: asked.about,
        by: asked.by,
        thing: asked.thing,
        from: asked.first.map(start_of_day),
        until: asked.last.and_then(|day| day.succ_opt()).map(start_of_day),
    }
}

/// What was asked for, as the log keeps it: ids and days.
fn written(asked: LogAsked) -> serde_json::Value {
    json!({
        "about": asked.about, "by": asked.by, "thing": asked.thing,
        "first": asked.first, "last": asked.last,
    })
}
