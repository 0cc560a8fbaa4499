//! What a feed leaves to people: endings that a second person lets through, and numbers that two
//! officers decide about.

use cards_domain::access::{Function, Scope, permit};
use cards_domain::ids::{OrganisationId, PersonId};
use cards_domain::person::Subject;
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::directory::{Decision, EndingRelease, EndingStop, Proposal};
use serde_json::json;
use uuid::Uuid;

use super::{ImportOptions, import_within};
use crate::feed::{FeedEntry, Rejection};
use crate::ledger::Told;
use crate::{App, Call, Failure};

/// How many persons of a stop are named.
const NAMED: i64 = 50;

/// A stop with what a page tells about it.
#[derive(Clone, Debug)]
pub struct EndingSheet {
    /// The stop.
    pub stop: EndingStop,
    /// The organisation's name.
    pub organisation: String,
    /// Whether the reader may release it.
    pub may_release: bool,
    /// The reader took the feed in, so somebody else must.
    pub is_own: bool,
    /// HSA-id and name of the first whose posts would end; no name where it is protected.
    pub first: Vec<(String, Option<String>)>,
    /// How many more of the first the reader may not see: their data is protected.
    pub first_hidden: usize,
    /// The name of the person who released it.
    pub released_by: Option<String>,
}

/// A question with what a page tells about it.
#[derive(Clone, Debug)]
pub struct ProposalSheet {
    /// The question. The entry in it is for those alone who may see the person.
    pub proposal: Proposal,
    /// The organisation's name.
    pub organisation: String,
    /// Name and number of the person who is known; `None` where they are protected.
    pub known: Option<(String, String)>,
    /// Name and number in the entry; `None` where they are protected.
    pub entry: Option<(String, String)>,
    /// Somebody else has the number of the entry: it cannot be given to this person.
    pub is_taken: bool,
    /// The first approval is the reader's own.
    pub is_own: bool,
    /// Name of the first who approved.
    pub first_by: Option<String>,
    /// Name of the one who decided.
    pub decided_by: Option<String>,
}

fn subject(person: PersonId, protected: bool, organisation: OrganisationId) -> Subject {
    Subject {
        person,
        protected,
        organisations: vec![organisation],
    }
}

fn nobody_in(organisation: OrganisationId) -> Subject {
    subject(PersonId(Uuid::nil()), false, organisation)
}

/// Whether the stop waits to be released still.
fn stands(stop: &EndingStop) -> bool {
    stop.released_at.is_none() && stop.replaced_at.is_none()
}

/// Whether a question is one that the actor may decide about: not even that it is asked is told to
/// others.
pub(super) fn may_decide(
    link: &mut Link,
    call: &Call,
    proposal: &Proposal,
) -> Result<bool, Failure> {
    let Some(person) = link.person_for_errand(proposal.person)? else {
        return Ok(false);
    };
    let hidden = person.protection.is_protected() || says_protected(proposal);
    let about = subject(proposal.person, hidden, proposal.organisation);
    let may = permit(&call.actor, Function::ImportDirectory, &about).is_ok();
    Ok(may && is_within(link, call, proposal.person)?)
}

/// Whether the entry itself calls the person protected.
fn says_protected(proposal: &Proposal) -> bool {
    FeedEntry::deserialized(&proposal.entry.entry)
        .is_some_and(|entry| matches!(entry, FeedEntry::Person(one) if one.protected))
}

/// Whether the known person has no tie beside the organisations that the actor answers for.
pub(super) fn is_within(link: &mut Link, call: &Call, person: PersonId) -> Result<bool, Failure> {
    let scope = Scope::of(&call.actor, Function::ImportDirectory);
    Ok(!link.is_tied_beside(person, scope.organisations())?)
}

/// A person with a row of a table: HSA-id, and the name where it is open.
type Named = (PersonId, (String, Option<String>));

/// Whom the reader may see, and how many more there are: not even the HSA-id of a person with
/// protected personal data is for everybody.
pub(super) fn shown(
    scope: &Scope,
    posts: Vec<(PersonId, String)>,
    names: &[(PersonId, Option<String>)],
) -> (Vec<Named>, usize) {
    let all = posts.len();
    let named = |(person, hsa_id): (PersonId, String)| {
        let name = names.iter().find(|(id, _)| *id == person);
        (person, (hsa_id, name.and_then(|(_, name)| name.clone())))
    };
    let may = |(_, (_, name)): &Named| name.is_some() || scope.protected_too();
    let rows: Vec<Named> = posts.into_iter().map(named).filter(may).collect();
    let hidden = all - rows.len();
    (rows, hidden)
}

impl App {
    /// One stop, for somebody who may release it, also when it no longer stands.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is none in the actor's branch, [`Failure::Refused`] when
    /// the actor may not release it.
    pub fn ending_to_release(
        &self,
        link: &mut Link,
        call: &Call,
        id: Uuid,
    ) -> Result<EndingSheet, Failure> {
        let (stop, organisation) = link.ending_stop(id)?.ok_or(Failure::NotFound)?;
        let home = OrganisationId(stop.organisation_id);
        permit(&call.actor, Function::ReleaseSafetyStop, &nobody_in(home))?;
        self.ending_sheet(link, call, stop, organisation)
    }

    pub(super) fn ending_sheet(
        &self,
        link: &mut Link,
        call: &Call,
        stop: EndingStop,
        organisation: String,
    ) -> Result<EndingSheet, Failure> {
        let home = nobody_in(OrganisationId(stop.organisation_id));
        let person = call.actor.person().map(|person| person.0);
        let is_own = stop.imported_by.is_some() && stop.imported_by == person;
        let may = permit(&call.actor, Function::ReleaseSafetyStop, &home).is_ok();
        let posts = link.stopped_posts(stop.id, NAMED)?;
        let people: Vec<PersonId> = posts.iter().map(|(person, _)| *person).collect();
        let names = link.open_names(&people)?;
        let released_by = match stop.released_by {
            Some(person) => link.open_names(&[PersonId(person)])?.pop(),
            None => None,
        };
        let scope = Scope::of(&call.actor, Function::ImportDirectory);
        let (first, first_hidden) = shown(&scope, posts, &names);
        let people: Vec<PersonId> = first.iter().map(|(person, _)| *person).collect();
        let found = json!({ "ending_stop": stop.id, "hits": people });
        self.ledger.searched(link, call, &scope, found)?;
        Ok(EndingSheet {
            may_release: may && !is_own && stands(&stop),
            released_by: released_by.and_then(|(_, name)| name),
            is_own,
            organisation,
            first: first.into_iter().map(|(_, row)| row).collect(),
            first_hidden,
            stop,
        })
    }

    /// Ends the posts that a stop holds. Releasing it once more changes nothing.
    ///
    /// # Errors
    /// As [`App::ending_to_release`]; [`Refusal::SecondPersonNeeded`] for whoever took the feed in.
    pub fn release_ending(
        &self,
        link: &mut Link,
        call: &Call,
        id: Uuid,
        reason: &str,
    ) -> Result<(), Failure> {
        let (stop, _) = link.ending_stop(id)?.ok_or(Failure::NotFound)?;
        let person = call.actor.person();
        let home = nobody_in(OrganisationId(stop.organisation_id));
        let may = permit(&call.actor, Function::ReleaseSafetyStop, &home);
        if stop.released_at.is_some() && stop.released_by == person.map(|id| id.0) {
            // Sent twice by the same person.
            return Ok(may?);
        }
        let own = stop.imported_by.is_some() && stop.imported_by == person.map(|id| id.0);
        if own && may.is_ok() {
            let refusal = Refusal::SecondPersonNeeded;
            self.ledger
                .note_refused_edit(link, call, "ending_stop", &refusal)?;
            return Err(refusal.into());
        }
        if !stands(&stop) {
            may?;
            return Err(Failure::Conflict);
        }
        let released = EndingStop {
            released_by: person.map(|id| id.0),
            released_at: Some(link.now()),
            reason: Some(reason.to_owned()),
            ..stop
        };
        match self.ledger.edit(link, call, &EndingRelease(released)) {
            Err(Failure::Conflict) => {
                // Somebody was faster: perhaps the first of the reader's own two clicks.
                let (stop, _) = link.ending_stop(id)?.ok_or(Failure::NotFound)?;
                let own =
                    stop.released_at.is_some() && stop.released_by == person.map(|person| person.0);
                own.then_some(()).ok_or(Failure::Conflict)
            }
            done => done,
        }
    }

    /// One question, for somebody who may decide about it, also when it is decided. The look is
    /// written down.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is none in the actor's branch, [`Failure::Refused`] when
    /// the actor may not decide.
    pub fn proposal_to_decide(
        &self,
        link: &mut Link,
        call: &Call,
        id: Uuid,
    ) -> Result<ProposalSheet, Failure> {
        let proposal = link.proposal(id)?.ok_or(Failure::NotFound)?;
        let sheet = self.proposal_sheet(link, call, proposal)?;
        let proposal = &sheet.proposal;
        let protected = sheet.known.is_none();
        permit(
            &call.actor,
            Function::ImportDirectory,
            &subject(proposal.person, protected, proposal.organisation),
        )?;
        if !is_within(link, call, proposal.person)? {
            return Err(Failure::NotFound);
        }
        let scope = Scope::of(&call.actor, Function::ImportDirectory);
        let found = json!({ "identity_proposal": id, "hits": [proposal.person] });
        self.ledger.searched(link, call, &scope, found)?;
        Ok(sheet)
    }

    pub(super) fn proposal_sheet(
        &self,
        link: &mut Link,
        call: &Call,
        proposal: Proposal,
    ) -> Result<ProposalSheet, Failure> {
        let person = link
            .person_for_errand(proposal.person)?
            .ok_or(Failure::NotFound)?;
        let scope = Scope::of(&call.actor, Function::ImportDirectory);
        let is_protected = person.protection.is_protected() || says_protected(&proposal);
        let hidden = is_protected && !scope.protected_too();
        let named = |name: &cards_domain::values::PersonName,
                     number: &cards_domain::values::PersonNumber| {
            (!hidden).then(|| (name.full(), number.to_string()))
        };
        let organisation = link.issuers_of(&[proposal.organisation])?.pop();
        let first_by = open_name(link, proposal.first_by)?;
        let decided_by = open_name(link, proposal.decided_by)?;
        Ok(ProposalSheet {
            organisation: organisation.map(|(_, _, name)| name).unwrap_or_default(),
            known: named(&person.name, &person.number),
            entry: named(&proposal.entry.name, &proposal.entry.number),
            is_taken: link.is_taken(&proposal.entry.number, proposal.person)?,
            is_own: proposal.first_by.is_some() && proposal.first_by == call.actor.person(),
            first_by,
            decided_by,
            proposal,
        })
    }

    /// Says that the entry is about the person, or that it is not. The first approval waits for a
    /// second one, by somebody else; then the number finds the person, and the entry goes in.
    ///
    /// # Errors
    /// As [`App::proposal_to_decide`]; [`Refusal::SecondPersonNeeded`] for the second approval by
    /// the same person; [`Failure::Conflict`] when another `version` was looked at, or when it is
    /// decided.
    pub fn decide_proposal(
        &self,
        link: &mut Link,
        call: &Call,
        id: Uuid,
        (decision, version): (Decision, i64),
    ) -> Result<(), Failure> {
        let sheet = self.proposal_to_decide(link, call, id)?;
        if sheet.proposal.version != version || sheet.proposal.decided_at.is_some() {
            return Err(Failure::Conflict);
        }
        let officer = call.actor.person();
        let now = link.now();
        let mut proposal = sheet.proposal;
        match (decision, proposal.first_by) {
            (Decision::Approved, _) if sheet.is_taken => return Err(Failure::Conflict),
            (Decision::Approved, None) => {
                (proposal.first_by, proposal.first_at) = (officer, Some(now));
            }
            (Decision::Approved, Some(_)) if sheet.is_own => {
                let refusal = Refusal::SecondPersonNeeded;
                self.ledger
                    .note_refused_edit(link, call, "identity_proposal", &refusal)?;
                return Err(refusal.into());
            }
            (Decision::Approved | Decision::Dismissed, _) => {
                (proposal.decided_by, proposal.decided_at) = (officer, Some(now));
                proposal.decision = Some(decision);
            }
        }
        let told = new_number(link, &proposal)?;
        self.ledger.edit_telling(link, call, &proposal, told)?;
        if proposal.decision.is_some() {
            take_in_what_waits(link, call);
        }
        Ok(())
    }
}

/// What an approval that is complete changes about the person: the number, if it takes the place of
/// the one that is known.
fn new_number(link: &mut Link, proposal: &Proposal) -> Result<Option<Told>, Failure> {
    if proposal.decision != Some(Decision::Approved) {
        return Ok(None);
    }
    let known = link.person_for_errand(proposal.person)?;
    let known = known.filter(|known| proposal.renumbers(&known.number));
    Ok(known.map(|known| Told {
        person: proposal.person,
        protected: known.protection.is_protected(),
        action: "change_number",
    }))
}

/// A person's name, unless it is protected.
fn open_name(link: &mut Link, person: Option<PersonId>) -> Result<Option<String>, Failure> {
    let Some(person) = person else {
        return Ok(None);
    };
    Ok(link.open_names(&[person])?.pop().and_then(|(_, name)| name))
}

/// The entry was let wait with the decision; whatever keeps it from going in now, it goes in with
/// the next feed.
fn take_in_what_waits(link: &mut Link, call: &Call) {
    let system = cards_domain::access::SystemActor::Directory;
    // No further than the deciding officer reaches: the entry names its place itself.
    let branch = Scope::of(&call.actor, Function::ImportDirectory);
    let branch = Some(branch.organisations().to_vec());
    let call = Call::by_system(system, call.correlation.clone());
    let nothing: Vec<Result<FeedEntry, Rejection>> = Vec::new();
    let options = ImportOptions {
        delta: true,
        only_waiting: true,
        ..ImportOptions::default()
    };
    let done = import_within(link, &call, branch, nothing.into_iter(), options);
    if let Err(failure) = done {
        tracing::warn!(%failure, "an approved entry waits for the next feed");
    }
}
