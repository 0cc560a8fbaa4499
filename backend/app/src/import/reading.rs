//! Walks through a feed: organisations and units find their place in the tree, persons and
//! assignments go in by chunks, and what has no place yet is looked at again at the end.

use std::collections::HashSet;

use cards_domain::calendar;
use cards_domain::ids::OrganisationId;
use cards_domain::values::HsaId;
use cards_store::directory::{
    AssignmentRecord, CHUNK, EmploymentRecord, OrganisationRecord, PeopleOfFile, Placed, UnitRecord,
};
use cards_store::{StoreError, Tx};
use chrono::NaiveDate;

use super::ending::{Ending, end_missing};
use super::records;
use super::report::{ImportReport, RejectedEntry};
use super::tree::{Above, Tree};
use crate::Failure;
use crate::feed::{
    AssignmentEntry, DirectoryFeed, FeedEntry, OrganisationEntry, PersonEntry, Place,
    RejectionReason, UnitEntry,
};

/// Takes in the whole feed.
pub(super) fn read(
    tx: &mut Tx<'_>,
    mut feed: impl DirectoryFeed,
    delta: bool,
) -> Result<ImportReport, Failure> {
    tx.guard_directory()?;
    let tree = Tree::new(&tx.known_tree()?);
    let today = calendar::business_day(tx.now);
    let mut reading = Reading {
        today,
        tree,
        ..Reading::default()
    };
    for entry in feed.by_ref() {
        match entry {
            Ok(entry) => reading.take(tx, entry)?,
            Err(rejection) => {
                reading
                    .seen
                    .extend(rejection.hsa_id.as_ref().map(HsaId::search_key));
                reading.report.rejected.push(rejection.into());
            }
        }
    }
    if let Some(why) = feed.cut_off() {
        return Err(Failure::Unavailable(format!(
            "the feed cannot be read to its end: {why}"
        )));
    }
    reading.place_what_was_held(tx)?;
    if !delta {
        reading.end_missing(tx)?;
    }
    // Last, since it asks which posts are live.
    reading.report.changed += tx.settle_people(&reading.people)?;
    Ok(reading.into_report())
}

/// A file on its way in.
#[derive(Default)]
struct Reading {
    today: NaiveDate,
    tree: Tree,
    report: ImportReport,
    /// HSA-ids of the file, in upper case.
    seen: HashSet<String>,
    organisations_of_file: Vec<(OrganisationId, String)>,
    people: PeopleOfFile,
    /// Places of entries that wait.
    waiting: Vec<Place>,

    // Ready to be written.
    organisations: Vec<OrganisationRecord>,
    units: Vec<UnitRecord>,
    employments: Vec<(Place, EmploymentRecord)>,
    assignments: Vec<AssignmentRecord>,

    // Held back until the whole file is known.
    units_held: Vec<UnitEntry>,
    /// The dn:s of the units that have found no place.
    units_waiting: HashSet<String>,
    persons_held: Vec<PersonEntry>,
    assignments_held: Vec<AssignmentEntry>,
}

impl Reading {
    fn take(&mut self, tx: &mut Tx<'_>, entry: FeedEntry) -> Result<(), StoreError> {
        let (place, hsa_id) = match &entry {
            FeedEntry::Organisation(one) => (&one.place, &one.hsa_id),
            FeedEntry::Unit(one) => (&one.place, &one.hsa_id),
            FeedEntry::Person(one) => (&one.place, &one.hsa_id),
            FeedEntry::Assignment(one) => (&one.place, &one.hsa_id),
        };
        if !self.seen.insert(hsa_id.search_key()) {
            self.reject(place, RejectionReason::DuplicateHsaId);
            return Ok(());
        }
        match entry {
            FeedEntry::Organisation(one) => self.take_organisation(tx, one),
            FeedEntry::Unit(one) => match self.tree.in_file(&one.parent_dn) {
                Some(above) => self.take_unit(tx, above, one)?,
                None => self.units_held.push(one),
            },
            FeedEntry::Person(one) => self.take_person(tx, one)?,
            FeedEntry::Assignment(one) => match self.tree.in_file(&one.unit_dn) {
                Some(above) => self.take_assignment(tx, above, one)?,
                None => self.assignments_held.push(one),
            },
        }
        Ok(())
    }

    fn reject(&mut self, place: &Place, reason: RejectionReason) {
        self.report
            .rejected
            .push(RejectedEntry::new(place.line, place.dn.clone(), reason));
    }

    fn take_organisation(&mut self, tx: &Tx<'_>, mut entry: OrganisationEntry) {
        let dn_key = std::mem::take(&mut entry.place.key);
        let id = self
            .tree
            .organisation(&entry.hsa_id, dn_key, || tx.new_id());
        self.organisations_of_file
            .push((id, entry.hsa_id.as_str().to_owned()));
        self.organisations.push(records::organisation(id, entry));
        self.report.organisations += 1;
    }

    fn take_unit(
        &mut self,
        tx: &mut Tx<'_>,
        above: Above,
        entry: UnitEntry,
    ) -> Result<(), StoreError> {
        let dn_key = entry.place.key.clone();
        let Ok(id) = self.tree.unit(&entry.hsa_id, dn_key, above, || tx.new_id()) else {
            self.reject(&entry.place, RejectionReason::Cycle);
            return Ok(());
        };
        self.units.push(records::unit(id, above, entry));
        self.report.units += 1;
        if self.units.len() >= CHUNK {
            self.write_tree(tx)
        } else {
            Ok(())
        }
    }

    fn take_person(&mut self, tx: &mut Tx<'_>, entry: PersonEntry) -> Result<(), StoreError> {
        if entry
            .number
            .birth_date()
            .is_some_and(|born| born > self.today)
        {
            self.reject(&entry.place, RejectionReason::BornInFuture);
            return Ok(());
        }
        match self.tree.in_file(&entry.parent_dn) {
            Some(above) => self.employ(tx, above, entry),
            None => {
                self.persons_held.push(entry);
                Ok(())
            }
        }
    }

    fn employ(
        &mut self,
        tx: &mut Tx<'_>,
        above: Above,
        entry: PersonEntry,
    ) -> Result<(), StoreError> {
        self.employments
            .push((entry.place.clone(), records::employment(above, entry)));
        if self.employments.len() >= CHUNK {
            self.write_employments(tx)
        } else {
            Ok(())
        }
    }

    fn take_assignment(
        &mut self,
        tx: &mut Tx<'_>,
        above: Above,
        entry: AssignmentEntry,
    ) -> Result<(), StoreError> {
        self.assignments.push(records::assignment(above, entry));
        self.report.assignments += 1;
        if self.assignments.len() >= CHUNK {
            self.write_assignments(tx)
        } else {
            Ok(())
        }
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

    fn write_employments(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        self.write_tree(tx)?;
        let (places, employments): (Vec<Place>, Vec<EmploymentRecord>) =
            std::mem::take(&mut self.employments).into_iter().unzip();
        let (placed, changed) = tx.put_employments(&employments, &mut self.people)?;
        self.report.changed += changed;
        for (place, placed) in places.iter().zip(placed) {
            match placed {
                Placed::With(_) => self.report.hsa_ids += 1,
                Placed::NumberDiffers => self.reject(place, RejectionReason::NumberDiffers),
            }
        }
        Ok(())
    }

    fn write_assignments(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        self.write_tree(tx)?;
        self.report.changed += tx.put_assignments(&std::mem::take(&mut self.assignments))?;
        Ok(())
    }

    /// Places what came before the entry above it, or whose entry above is known from before.
    fn place_what_was_held(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        self.place_units(tx)?;
        for entry in std::mem::take(&mut self.persons_held) {
            match self.above(&entry.parent_dn) {
                Some(above) => self.employ(tx, above, entry)?,
                None => self.waiting.push(entry.place),
            }
        }
        for entry in std::mem::take(&mut self.assignments_held) {
            match self.above(&entry.unit_dn) {
                Some(above) => self.take_assignment(tx, above, entry)?,
                None => self.waiting.push(entry.place),
            }
        }
        self.write_employments(tx)?;
        self.write_assignments(tx)?;
        self.report.changed += tx.join_waiting_members()?;
        Ok(())
    }

    /// Places units from the top down, as long as one of them finds its place.
    fn place_units(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        loop {
            let held = std::mem::take(&mut self.units_held);
            // A unit below one that waits itself must wait, whatever was known before.
            let waiting: HashSet<String> = held.iter().map(|one| one.place.key.clone()).collect();
            let before = held.len();
            for entry in held {
                let above = match self.tree.in_file(&entry.parent_dn) {
                    None if waiting.contains(&entry.parent_dn) => None,
                    None => self.tree.known_before(&entry.parent_dn),
                    in_file => in_file,
                };
                match above {
                    Some(above) => self.take_unit(tx, above, entry)?,
                    None => self.units_held.push(entry),
                }
            }
            if self.units_held.len() == before {
                self.units_waiting = waiting;
                return Ok(());
            }
        }
    }

    /// The entry above, in the file or known before; none while that entry waits itself.
    fn above(&self, dn_key: &str) -> Option<Above> {
        let known = || self.tree.known_before(dn_key);
        let in_file = self.tree.in_file(dn_key);
        if self.units_waiting.contains(dn_key) {
            in_file
        } else {
            in_file.or_else(known)
        }
    }

    fn end_missing(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        for (id, hsa_id) in std::mem::take(&mut self.organisations_of_file) {
            match end_missing(tx, (id, &hsa_id), &self.seen, self.today)? {
                Ending::Ended(persons, posts) => {
                    self.report.ended += persons;
                    self.report.changed += posts;
                }
                Ending::Stopped(stop) => self.report.safety_stop.push(stop),
            }
        }
        Ok(())
    }

    fn into_report(self) -> ImportReport {
        let mut report = self.report;
        report.persons = self.people.count();
        report.rejected.sort_by_key(|entry| entry.line);
        let mut waiting = self.waiting;
        waiting.extend(self.units_held.into_iter().map(|unit| unit.place));
        waiting.sort_by_key(|place| place.line);
        report.waiting = waiting.into_iter().map(|place| place.dn).collect();
        report
    }
}
