//! Walks through a feed, a chunk at a time: organisations and units find their place in the tree,
//! persons and assignments go in by chunks, and what has no place yet is put aside in a staging
//! table and looked at again at the end. Only the tree of organisations and units, and the report,
//! are kept in memory.

mod held;

use std::collections::HashSet;

use cards_domain::ids::OrganisationId;
use cards_domain::values::HsaId;
use cards_store::directory::{
    Aside, CHUNK, OrganisationRecord, Placed, ProposalKind, ProposedEntry, Question, Taken,
    UnitRecord, WaitingKind,
};
use cards_store::{StoreError, Tx};

use super::ending::{Founded, end_missing};
use super::records;
use super::report::{ImportReport, RejectedEntry};
use super::tree::{Above, Tree};
use crate::Failure;
use crate::feed::{
    AssignmentEntry, DirectoryFeed, FeedEntry, FeedRefused, OrganisationEntry, PersonEntry, Place,
    Rejection, RejectionReason, UnitEntry,
};

/// Members of assignments that are in memory at a time, at most.
const MEMBERS: usize = 20_000;

/// Entries that are rejected or wait, at most: each is kept in memory and in the report.
const UNUSABLE: usize = 100_000;

/// How the file is taken in.
pub(super) struct Terms {
    pub founded: Founded,
    pub delta: bool,
    /// Organisations that the importer must not change.
    pub closed: HashSet<OrganisationId>,
    /// What finds no place is kept, and what was kept before is tried again. An officer's import
    /// does neither: a kept entry goes in later without the bounds of whoever sent it.
    pub keeps_waiting: bool,
}

/// Takes in the whole feed.
pub(super) fn read(
    tx: &mut Tx<'_>,
    mut feed: impl DirectoryFeed,
    terms: Terms,
) -> Result<ImportReport, Failure> {
    tx.guard_directory()?;
    tx.begin_feed()?;
    let tree = Tree::new(&tx.known_tree()?);
    let mut reading = Reading::new(terms, tree);
    for entry in feed.by_ref() {
        reading.collect(tx, entry)?;
    }
    reading.take_batch(tx)?;
    if let Some(why) = feed.cut_off() {
        return Err(Failure::Unavailable(format!(
            "the feed cannot be read to its end: {why}"
        )));
    }
    reading.report.unknown_attributes = feed.unknown_attributes();
    reading.place_what_was_held(tx)?;
    tx.survey_feed()?;
    tx.keep_returned()?;
    tx.withdraw_questions()?;
    if !reading.terms.delta {
        reading.end_missing(tx)?;
    }
    // Last, since it asks which posts are live.
    reading.report.changed += tx.settle_people()?;
    reading.report.persons = tx.persons_of_feed()?;
    Ok(reading.into_report())
}

/// A person or an assignment with its place in the tree.
struct Standing<E> {
    above: Above,
    entry: E,
    /// It stands in this file; otherwise it waits since an earlier one.
    of_file: bool,
}

/// A file on its way in.
struct Reading {
    terms: Terms,
    tree: Tree,
    report: ImportReport,
    organisations_of_file: Vec<(OrganisationId, String)>,
    /// Places of entries that wait.
    waiting: Vec<Place>,

    // Read, and not looked at yet.
    batch: Vec<Result<FeedEntry, Rejection>>,
    members: usize,

    // Ready to be written.
    organisations: Vec<OrganisationRecord>,
    units: Vec<UnitRecord>,
    employments: Vec<Standing<PersonEntry>>,
    assignments: Vec<Standing<AssignmentEntry>>,
    /// HSA-ids that wait no longer.
    came_in: Vec<String>,

    // Held back until the whole file is known.
    units_held: Vec<(UnitEntry, bool)>,
    /// The dn:s of the units that have found no place.
    units_waiting: HashSet<String>,
    aside: Vec<Aside<FeedEntry>>,
}

impl Reading {
    fn new(terms: Terms, tree: Tree) -> Self {
        Self {
            terms,
            tree,
            report: ImportReport::default(),
            organisations_of_file: Vec::new(),
            waiting: Vec::new(),
            batch: Vec::new(),
            members: 0,
            organisations: Vec::new(),
            units: Vec::new(),
            employments: Vec::new(),
            assignments: Vec::new(),
            came_in: Vec::new(),
            units_held: Vec::new(),
            units_waiting: HashSet::new(),
            aside: Vec::new(),
        }
    }

    fn collect(
        &mut self,
        tx: &mut Tx<'_>,
        entry: Result<FeedEntry, Rejection>,
    ) -> Result<(), Failure> {
        if let Ok(FeedEntry::Assignment(assignment)) = &entry {
            self.members += assignment.members.len();
        }
        self.batch.push(entry);
        if self.batch.len() >= CHUNK || self.members >= MEMBERS {
            self.take_batch(tx)?;
        }
        Ok(())
    }

    fn take_batch(&mut self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        self.members = 0;
        let batch = std::mem::take(&mut self.batch);
        let keys: Vec<String> = batch.iter().filter_map(key_of).collect();
        let mut fresh = tx.see_in_feed(&keys)?;
        for entry in batch {
            let is_fresh = key_of(&entry).is_some_and(|key| fresh.remove(&key));
            match entry {
                Err(rejection) => self.report.rejected.push(rejection.into()),
                Ok(entry) if is_fresh => self.take(tx, entry)?,
                Ok(entry) => self.reject(entry.place(), RejectionReason::DuplicateHsaId),
            }
        }
        self.check_unusable()
    }

    /// A file of which hardly anything can be used stops the import before it fills the memory.
    fn check_unusable(&self) -> Result<(), Failure> {
        if self.report.rejected.len() + self.waiting.len() > UNUSABLE {
            return Err(Failure::Unavailable(
                FeedRefused::TooManyUnusable.to_string(),
            ));
        }
        Ok(())
    }

    fn take(&mut self, tx: &mut Tx<'_>, entry: FeedEntry) -> Result<(), Failure> {
        match entry {
            FeedEntry::Organisation(one) => self.take_organisation(tx, one),
            FeedEntry::Unit(one) => match self.tree.in_file(&one.parent_dn) {
                Some(above) => self.take_unit(tx, above, one, true)?,
                None => self.units_held.push((one, true)),
            },
            FeedEntry::Person(one) if self.is_born_later(&one) => {
                self.reject(&one.place, RejectionReason::BornInFuture);
            }
            FeedEntry::Person(one) => match self.tree.in_file(&one.parent_dn) {
                Some(above) => self.employ(tx, above, one, true)?,
                None => self.put_aside(tx, FeedEntry::Person(one))?,
            },
            FeedEntry::Assignment(one) => match self.tree.in_file(&one.unit_dn) {
                Some(above) => self.assign(tx, above, one, true)?,
                None => self.put_aside(tx, FeedEntry::Assignment(one))?,
            },
        }
        Ok(())
    }

    fn is_born_later(&self, entry: &PersonEntry) -> bool {
        let born = entry.number.birth_date();
        born.is_some_and(|born| born > self.terms.founded.today)
    }

    fn reject(&mut self, place: &Place, reason: RejectionReason) {
        self.report
            .rejected
            .push(RejectedEntry::new(place.line, place.dn.clone(), reason));
    }

    /// What waits since an earlier file has no line in this one.
    fn reject_if(&mut self, of_file: bool, place: &Place, reason: RejectionReason) {
        if of_file {
            self.reject(place, reason);
        }
    }

    fn is_closed(&self, organisation: OrganisationId) -> bool {
        self.terms.closed.contains(&organisation)
    }

    fn put_aside(&mut self, tx: &mut Tx<'_>, entry: FeedEntry) -> Result<(), StoreError> {
        self.aside.push(aside(entry));
        if self.aside.len() >= CHUNK {
            tx.put_aside(&std::mem::take(&mut self.aside))?;
        }
        Ok(())
    }

    fn take_organisation(&mut self, tx: &Tx<'_>, mut entry: OrganisationEntry) {
        let known = self.tree.organisation_of(&entry.hsa_id);
        if known.is_some_and(|id| self.is_closed(id)) {
            self.reject(&entry.place, RejectionReason::NotYours);
            return;
        }
        let dn_key = std::mem::take(&mut entry.place.key);
        let id = self
            .tree
            .organisation(&entry.hsa_id, dn_key, || tx.new_id());
        self.organisations_of_file
            .push((id, entry.hsa_id.as_str().to_owned()));
        self.report.flaws.without_number += usize::from(entry.number.is_none() && !entry.archived);
        self.organisations.push(records::organisation(id, entry));
        self.report.organisations += 1;
    }

    fn take_unit(
        &mut self,
        tx: &mut Tx<'_>,
        above: Above,
        entry: UnitEntry,
        of_file: bool,
    ) -> Result<(), StoreError> {
        let home = self.tree.home_of(&entry.hsa_id);
        if self.is_closed(above.organisation) || home.is_some_and(|id| self.is_closed(id)) {
            self.reject_if(of_file, &entry.place, RejectionReason::NotYours);
            return Ok(());
        }
        let dn_key = entry.place.key.clone();
        let Ok(id) = self.tree.unit(&entry.hsa_id, dn_key, above, || tx.new_id()) else {
            self.reject_if(of_file, &entry.place, RejectionReason::Cycle);
            return Ok(());
        };
        if of_file {
            let flaws = &mut self.report.flaws;
            flaws.without_mail += usize::from(entry.mail.is_none() && !entry.archived);
            flaws.without_code += usize::from(entry.workplace_code.is_none() && !entry.archived);
            self.report.units += 1;
        } else {
            self.came_in.push(entry.hsa_id.search_key());
        }
        self.units.push(records::unit(id, above, entry));
        if self.units.len() >= CHUNK {
            self.write_tree(tx)?;
        }
        Ok(())
    }

    fn employ(
        &mut self,
        tx: &mut Tx<'_>,
        above: Above,
        entry: PersonEntry,
        of_file: bool,
    ) -> Result<(), Failure> {
        if self.is_closed(above.organisation) {
            self.reject(&entry.place, RejectionReason::NotYours);
            return Ok(());
        }
        self.employments.push(Standing {
            above,
            entry,
            of_file,
        });
        if self.employments.len() >= CHUNK {
            self.write_employments(tx)?;
        }
        Ok(())
    }

    fn assign(
        &mut self,
        tx: &mut Tx<'_>,
        above: Above,
        entry: AssignmentEntry,
        of_file: bool,
    ) -> Result<(), StoreError> {
        self.members += entry.members.len();
        self.assignments.push(Standing {
            above,
            entry,
            of_file,
        });
        if self.assignments.len() >= CHUNK || self.members >= MEMBERS {
            self.write_assignments(tx)?;
        }
        Ok(())
    }

    fn write_tree(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        for chunk in std::mem::take(&mut self.organisations).chunks(CHUNK) {
            self.report.changed += tx.put_organisations(chunk)?;
        }
        for chunk in std::mem::take(&mut self.units).chunks(CHUNK) {
            self.report.changed += tx.put_units(chunk)?;
        }
        Ok(())
    }

    fn write_employments(&mut self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        self.write_tree(tx)?;
        let (of_file, earlier): (Vec<_>, Vec<_>) = std::mem::take(&mut self.employments)
            .into_iter()
            .partition(|one| one.of_file);
        self.put_employments(tx, of_file, true)?;
        self.put_employments(tx, earlier, false)
    }

    fn put_employments(
        &mut self,
        tx: &mut Tx<'_>,
        employments: Vec<Standing<PersonEntry>>,
        of_file: bool,
    ) -> Result<(), Failure> {
        if employments.is_empty() {
            return Ok(());
        }
        let records: Vec<_> = employments
            .iter()
            .map(|one| records::employment(one.above, one.entry.clone()))
            .collect();
        let closed = &self.terms.closed;
        let (placed, changed) = tx.put_employments(&records, Taken { of_file, closed })?;
        self.report.changed += changed;
        let mut questions = Vec::new();
        for (one, placed) in employments.into_iter().zip(placed) {
            if !of_file && placed != Placed::Closed {
                self.came_in.push(one.entry.hsa_id.search_key());
            }
            questions.extend(self.judge(one, placed)?);
        }
        Ok(tx.ask_people(&questions)?)
    }

    /// Counts an employment, rejects it, or makes it a question.
    fn judge(
        &mut self,
        one: Standing<PersonEntry>,
        placed: Placed,
    ) -> Result<Option<Question>, Failure> {
        let (of_file, place) = (one.of_file, &one.entry.place);
        let (kind, person) = match placed {
            Placed::With(_) => {
                self.report.hsa_ids += usize::from(of_file);
                return Ok(None);
            }
            Placed::Closed => {
                self.reject_if(of_file, place, RejectionReason::NotYours);
                return Ok(None);
            }
            Placed::Dismissed => {
                self.reject_if(of_file, place, RejectionReason::NumberDiffers);
                return Ok(None);
            }
            Placed::Asked(kind, person) => (kind, person),
        };
        match kind {
            ProposalKind::NumberReplaced | ProposalKind::Joined => {
                self.report.proposed += usize::from(of_file);
            }
            ProposalKind::NumberDiffers => {
                self.reject_if(of_file, place, RejectionReason::NumberDiffers);
            }
        }
        Ok(Some(Question {
            kind,
            person,
            organisation: one.above.organisation,
            hsa_key: one.entry.hsa_id.search_key(),
            entry: proposed(one.entry)?,
        }))
    }

    fn write_assignments(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        self.members = 0;
        self.write_tree(tx)?;
        let all = std::mem::take(&mut self.assignments);
        let keys: Vec<String> = all
            .iter()
            .map(|one| one.entry.hsa_id.search_key())
            .collect();
        let not_ours = tx.assignments_in(&self.terms.closed, &keys)?;
        let mut records = Vec::with_capacity(all.len());
        for (one, key) in all.into_iter().zip(keys) {
            if not_ours.contains(&key) || self.is_closed(one.above.organisation) {
                self.reject_if(one.of_file, &one.entry.place, RejectionReason::NotYours);
                continue;
            }
            self.report.assignments += usize::from(one.of_file);
            if !one.of_file {
                self.came_in.push(key);
            }
            records.push(records::assignment(one.above, one.entry));
        }
        self.report.changed += tx.put_assignments(&records)?;
        Ok(())
    }

    fn end_missing(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let organisations = std::mem::take(&mut self.organisations_of_file);
        let founded = self.terms.founded;
        end_missing(tx, founded, &organisations, &mut self.report)
    }

    fn into_report(self) -> ImportReport {
        let mut report = self.report;
        report.rejected.sort_by_key(|entry| entry.line);
        let mut waiting = self.waiting;
        waiting.sort_by_key(|place| place.line);
        report.waiting = waiting.into_iter().map(|place| place.dn).collect();
        report
    }
}

/// The HSA-id of an entry in upper case, as far as it could be read.
fn key_of(entry: &Result<FeedEntry, Rejection>) -> Option<String> {
    match entry {
        Ok(entry) => Some(entry.hsa_id().search_key()),
        Err(rejection) => rejection.hsa_id.as_ref().map(HsaId::search_key),
    }
}

fn aside(entry: FeedEntry) -> Aside<FeedEntry> {
    Aside {
        hsa_key: entry.hsa_id().search_key(),
        kind: match entry {
            FeedEntry::Organisation(_) | FeedEntry::Unit(_) => WaitingKind::Unit,
            FeedEntry::Person(_) => WaitingKind::Person,
            FeedEntry::Assignment(_) => WaitingKind::Assignment,
        },
        entry,
    }
}

fn proposed(mut entry: PersonEntry) -> Result<ProposedEntry, Failure> {
    // The same entry on another line is the same.
    entry.place.line = 0;
    let (number, name) = (entry.number.clone(), entry.name.clone());
    let entry = serde_json::to_value(FeedEntry::Person(entry))
        .map_err(|_| Failure::Broken("an entry cannot be written".to_owned()))?;
    Ok(ProposedEntry {
        number,
        name,
        entry,
    })
}
