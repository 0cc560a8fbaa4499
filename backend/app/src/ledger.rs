//! The gate. Every change of a thing with a lifecycle passes [`Ledger::act`], [`Ledger::act_many`]
//! or [`Ledger::begin`]; plain data passes [`Ledger::edit`]; a look passes [`Ledger::look`]. Each
//! is one transaction with its line in the log, a look one statement, and nothing outside is called
//! inside it.

mod besides;
mod errands;
mod follow;
mod lines;
mod looks;
mod repeats;
mod request;
mod steps;
mod visits;
mod would;

use cards_domain::access::{Actor, permit};
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{OrganisationId, PersonId};
use cards_domain::offer::{Offer, Offered, available};
use cards_domain::person::Subject;
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::directory::RegisterSnapshot;
use cards_store::kept::{Kept, KeptBegin};
use cards_store::plain::Plain;
use cards_store::queries::PersonSheet;
use uuid::Uuid;

use crate::{Call, Failure};
pub(crate) use lines::Told;
pub use looks::Which;
use request::{Stop, as_read, load, once, reread, write};
pub(crate) use steps::Step;
pub use visits::NotLetIn;

/// Most things changed in one transaction.
const CHUNK: usize = 500;

/// The gate for every change.
#[derive(Clone, Debug)]
pub struct Ledger {
    lengths: DeadlineLengths,
}

/// The answers for a set of things, in the order they were asked for. `None`: there is no such
/// thing.
pub type Answers<K> = Vec<Option<Result<K, Refusal>>>;

impl Ledger {
    /// A gate with these lengths of deadlines.
    #[must_use]
    pub fn new(lengths: DeadlineLengths) -> Self {
        Self { lengths }
    }

    /// The configured lengths.
    #[must_use]
    pub fn lengths(&self) -> &DeadlineLengths {
        &self.lengths
    }

    /// Does one action to one thing. The same call again gets the first answer.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for what does not exist or must not be known, [`Failure::Refused`]
    /// when the rules say no; both leave a line in the log. [`Failure::Conflict`] when something
    /// is not as the caller had read it, [`Failure::SignatureGone`] when the call's signature is
    /// used.
    pub fn act<K: Kept>(
        &self,
        link: &mut Link,
        call: &Call,
        id: Uuid,
        action: &K::Action,
    ) -> Result<K, Failure> {
        let done = once::<K>(link, call, |tx| {
            K::guard(tx, &[id])?;
            as_read(tx, call)?;
            let mut answers = self.step_many::<K>(tx, &Step::of(call), &[(id, action.clone())])?;
            answers.pop().flatten().ok_or(Failure::NotFound)
        });
        match done {
            Err(Stop::Repeated(id)) => reread::<K>(link, id),
            Err(Stop::Failed(failure)) => Err(failure),
            Ok(answer) => answer.map_err(Failure::from),
        }
    }

    /// Does one action each to many things: imports, reports, nightly runs. Chunks of at most 500,
    /// each with one guard and one transaction; a refusal of one thing does not stop the others.
    ///
    /// # Errors
    /// The store fails; chunks done before stay done.
    pub fn act_many<K: Kept>(
        &self,
        link: &mut Link,
        call: &Call,
        items: &[(Uuid, K::Action)],
    ) -> Result<Answers<K>, Failure> {
        let mut answers = Vec::with_capacity(items.len());
        for chunk in items.chunks(CHUNK) {
            let ids: Vec<Uuid> = chunk.iter().map(|(id, _)| *id).collect();
            let done = write(link, |tx| {
                K::guard(tx, &ids)?;
                let answers = self.step_many::<K>(tx, &Step::of(call), chunk)?;
                if answers.iter().all(Option::is_none) {
                    return Err(Failure::NotFound);
                }
                Ok(tx.record(answers)?)
            });
            match done {
                Err(Failure::NotFound) => answers.extend(chunk.iter().map(|_| None)),
                done => answers.extend(done?),
            }
        }
        Ok(answers)
    }

    /// Lets something new come into being.
    ///
    /// # Errors
    /// As [`Ledger::act`].
    pub fn begin<K: KeptBegin>(
        &self,
        link: &mut Link,
        call: &Call,
        request: &K::Request,
    ) -> Result<K, Failure> {
        let done = once::<K>(link, call, |tx| {
            tx.guard(&[K::holder(request)])?;
            as_read(tx, call)?;
            let mut answers =
                self.begin_many::<K>(tx, &Step::of(call), std::slice::from_ref(request))?;
            match answers.pop().flatten().ok_or(Failure::NotFound)? {
                // A new thing has moved on by what followed its beginning.
                Ok(thing) => Ok(Ok(load::<K>(tx, thing.id())?)),
                Err(refusal) => Ok(Err(refusal)),
            }
        });
        match done {
            Err(Stop::Repeated(id)) => reread::<K>(link, id),
            Err(Stop::Failed(failure)) => Err(failure),
            Ok(answer) => answer.map_err(Failure::from),
        }
    }

    /// Saves plain data: permission, version check, a line with the changed fields.
    ///
    /// # Errors
    /// As [`Ledger::act`]; [`Failure::Conflict`] when somebody else saved first.
    pub fn edit<P: Plain>(&self, link: &mut Link, call: &Call, after: &P) -> Result<(), Failure> {
        self.edit_telling(link, call, after, None)
    }

    /// As [`Ledger::edit`]; what it changes about a person stands in a line of that person's.
    ///
    /// # Errors
    /// As [`Ledger::edit`].
    pub(crate) fn edit_telling<P: Plain>(
        &self,
        link: &mut Link,
        call: &Call,
        after: &P,
        told: Option<Told>,
    ) -> Result<(), Failure> {
        let edited = write(link, |tx| {
            let subject = Subject {
                person: PersonId(Uuid::nil()),
                protected: false,
                organisations: vec![after.organisation()],
            };
            if let Err(refusal) = permit(&call.actor, P::FUNCTION, &subject) {
                tx.line(lines::of_refused_edit(tx, call, after, &refusal));
                return Ok(tx.record(Err(refusal))?);
            }
            let before = P::load(tx, after.id())?;
            if before.as_ref().map_or(0, Plain::version) != after.version() {
                return Err(Failure::Conflict);
            }
            after.save(tx)?;
            let line = lines::of_edit(tx, call, before.as_ref(), after);
            let told = told.map(|told| lines::of_person(tx, call, told, &line));
            tx.line(line);
            if let Some(told) = told {
                tx.line(told);
            }
            Ok(tx.record(Ok(()))?)
        })?;
        edited.map_err(Failure::from)
    }

    /// Writes down that an action would have been refused, when a page has asked before acting.
    ///
    /// # Errors
    /// The store fails.
    pub(crate) fn note_refusal<K: Kept>(
        &self,
        link: &mut Link,
        call: &Call,
        action: &K::Action,
        (thing, facts): (&K, &K::Facts),
        refusal: &Refusal,
    ) -> Result<(), Failure> {
        let name: &'static str = K::action_name(action).into();
        write(link, |tx| {
            let line = lines::of_refusal(tx, &Step::of(call), name, (thing, facts), refusal);
            tx.line(line);
            Ok(tx.record(())?)
        })
    }

    /// Writes down that plain data would not have been this person's to change, when that is known
    /// before there is anything to change.
    ///
    /// # Errors
    /// The store fails.
    pub fn note_refused_edit(
        &self,
        link: &mut Link,
        call: &Call,
        kind: &'static str,
        refusal: &Refusal,
    ) -> Result<(), Failure> {
        Ok(link.note(lines::of_refused_kind(link.new_id(), call, kind, refusal))?)
    }

    /// Keeps what the population register has answered about a person.
    ///
    /// # Errors
    /// The store fails.
    pub fn keep_register_answer(
        &self,
        link: &mut Link,
        call: &Call,
        about: &PersonSheet,
        answer: &RegisterSnapshot,
    ) -> Result<(), Failure> {
        write(link, |tx| {
            tx.keep_register_answer(about.person, answer)?;
            tx.line(lines::of_register_answer(tx, call, about));
            Ok(tx.record(())?)
        })
    }

    /// What can be done with each of the things, and for the rest why not.
    ///
    /// # Errors
    /// The store fails.
    pub fn available<K: Kept + Offered>(
        &self,
        link: &mut Link,
        by: &Actor,
        things: &[K],
    ) -> Result<Vec<Vec<Offer<K::ActionName>>>, Failure> {
        link.read(|tx| {
            tx.asked_at(by.office());
            let facts = K::facts(tx, by, things, &self.lengths)?;
            let now = tx.now;
            Ok(things
                .iter()
                .zip(&facts)
                .map(|(thing, facts)| available(by, thing, facts, now))
                .collect())
        })
    }

    /// What the rules would be told about each of the things.
    ///
    /// # Errors
    /// The store fails.
    pub fn facts<K: Kept>(
        &self,
        link: &mut Link,
        by: &Actor,
        things: &[K],
    ) -> Result<Vec<K::Facts>, Failure> {
        link.read(|tx| {
            tx.asked_at(by.office());
            Ok(K::facts(tx, by, things, &self.lengths)?)
        })
    }

    /// Whether something new could come into being, without making it.
    ///
    /// # Errors
    /// [`Failure::NotFound`] or the refusal that would meet the attempt.
    pub fn could_begin<K: KeptBegin>(
        &self,
        link: &mut Link,
        by: &Actor,
        request: &K::Request,
    ) -> Result<(), Failure> {
        link.read(|tx| {
            let asked = std::slice::from_ref(request);
            let facts = K::facts_to_begin(tx, by, asked, &self.lengths)?;
            let facts = facts
                .into_iter()
                .next()
                .flatten()
                .ok_or(Failure::NotFound)?;
            permit(by, K::FUNCTION, K::subject(&facts))?;
            K::begin(by, request, &facts, tx.now)?;
            Ok(())
        })
    }
}

/// The first of the organisations in which an act is judged, for the log.
fn organisation(subject: &Subject) -> Option<OrganisationId> {
    subject.organisations.first().copied()
}
