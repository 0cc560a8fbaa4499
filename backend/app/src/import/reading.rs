//! Walks through a feed, a chunk at a time: organisations and units find their place in the tree,
//! persons and assignments go in by chunks, and what has no place yet is put aside in a staging
//! table and looked at again at the end. Only the tree of organisations and units, and the report,
//! are kept in memory.

mod altered;
mod doubts;
mod held;
mod naming;
mod placing;
mod writing;

use std::collections::HashSet;

use cards_domain::ids::OrganisationId;
use cards_domain::values::HsaId;
use cards_store::directory::{Aside, CHUNK, OrganisationRecord, UnitRecord};
use cards_store::journal::Line;
use cards_store::{StoreError, Tx};

use super::ending::{Founded, end_missing};
use super::report::ImportReport;
use super::tree::{Above, Tree};
use crate::Failure;
use crate::feed::{
    AssignmentEntry, DirectoryFeed, FeedEntry, FeedRefused, PersonEntry, Rejection,
    RejectionReason, UnitEntry,
};
pub(super) use doubts::Doubtful;
use doubts::Doubts;
use naming::Naming;

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
    /// What the line of the log is like that tells of one person; none for a rehearsal.
    pub told: Option<Line>,
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
    reading.know_the_whole_file(feed.may_lack_its_end());
    reading.place_what_was_held(tx)?;
    reading.settle_names(tx)?;
    reading.report.flaws.same_number = tx.sharing_numbers(&reading.organisations_of_file())?;
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
    /// Line and dn of the entries that wait.
    waiting: Vec<(u64, String)>,
    /// Dn:s of the report of which it is not known yet who may read them.
    naming: Vec<Naming>,
    doubts: Doubts,

    // Known once the file has been read to its end.
    is_whole: bool,
    doubtful: Doubtful,
    /// Organisations that have given up whom the file holds elsewhere.
    giving: HashSet<OrganisationId>,

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
            naming: Vec::new(),
            doubts: Doubts::default(),
            is_whole: false,
            doubtful: Doubtful::default(),
            giving: HashSet::new(),
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
        let keys: Vec<String> = batch.iter().flat_map(keys_of).collect();
        let mut fresh = tx.see_in_feed(&keys)?;
        for entry in batch {
            // Also the HSA-id of an entry that cannot be used has stood in the file then.
            let mut is_fresh = true;
            for key in keys_of(&entry) {
                is_fresh &= fresh.remove(&key);
            }
            match entry {
                Err(rejection) => self.take_rejection(rejection),
                Ok(entry) if is_fresh => self.take(tx, entry)?,
                Ok(FeedEntry::Person(one)) => {
                    self.reject_person(&one, RejectionReason::DuplicateHsaId);
                }
                Ok(entry) => self.reject(entry.place(), RejectionReason::DuplicateHsaId),
            }
        }
        self.settle_names_if_many(tx)?;
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
                Some(above) if !self.is_of_another(&one, above) => {
                    self.take_unit(tx, above, one, true)?;
                }
                _ => self.units_held.push((one, true)),
            },
            FeedEntry::Person(one) if self.is_born_later(&one) => {
                self.reject_person(&one, RejectionReason::BornInFuture);
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

    /// The end of the file: every organisation of it is known now, and whom it may hold unread.
    fn know_the_whole_file(&mut self, may_lack_its_end: bool) {
        self.is_whole = true;
        if may_lack_its_end {
            self.doubts.note_lost_end();
        }
        self.doubtful = std::mem::take(&mut self.doubts).settle(&self.tree);
        if self.terms.delta {
            return;
        }
        let mut given = self.organisations_of_file();
        given.retain(|id| self.doubtful.of(*id).is_none());
        self.giving = given.into_iter().collect();
    }

    fn organisations_of_file(&self) -> Vec<OrganisationId> {
        self.organisations_of_file
            .iter()
            .map(|(id, _)| *id)
            .collect()
    }

    fn end_missing(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let founded = self.terms.founded;
        let organisations = (self.organisations_of_file.as_slice(), &self.doubtful);
        end_missing(tx, founded, organisations, &mut self.report)
    }

    fn into_report(self) -> ImportReport {
        let mut report = self.report;
        report.rejected.sort_by_key(|entry| entry.line);
        let mut waiting = self.waiting;
        waiting.sort_by_key(|(line, _)| *line);
        report.waiting = waiting.into_iter().map(|(_, dn)| dn).collect();
        report
    }
}

/// The HSA-ids of an entry in upper case, as far as they could be read.
fn keys_of(entry: &Result<FeedEntry, Rejection>) -> Vec<String> {
    match entry {
        Ok(entry) => vec![entry.hsa_id().search_key()],
        Err(rejection) => rejection.hsa_ids.iter().map(HsaId::search_key).collect(),
    }
}
