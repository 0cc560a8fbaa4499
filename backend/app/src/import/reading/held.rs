//! The end of a file: what came before the entry above it, whose entry above is known from before,
//! or what waits since an earlier file.

use std::collections::HashSet;

use cards_store::directory::{Aside, TakenUp, WaitingKind};
use cards_store::{StoreError, Tx};

use super::placing::aside;
use super::{Above, Reading};
use crate::Failure;
use crate::feed::{FeedEntry, Place};
use crate::import::report::shortened;

impl Reading {
    /// Places what was held back, and lets the rest wait.
    pub(super) fn place_what_was_held(&mut self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        tx.put_aside(&std::mem::take(&mut self.aside))?;
        if self.terms.keeps_waiting {
            tx.take_up_waiting()?;
        }
        self.take_up_units(tx)?;
        self.place_units(tx)?;
        self.let_units_wait(tx)?;
        self.place_the_rest(tx)?;
        self.write_employments(tx)?;
        self.write_assignments(tx)?;
        self.report.changed += tx.join_waiting_members()?;
        Ok(())
    }

    /// Units that wait since earlier imports, beside those of the file.
    fn take_up_units(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let mut after = 0;
        loop {
            let page: Vec<TakenUp<FeedEntry>> = tx.take_up(&[WaitingKind::Unit], after)?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = last.place;
            for taken in page {
                if let FeedEntry::Unit(unit) = taken.aside.entry {
                    self.units_held.push((unit, false));
                }
            }
        }
    }

    /// Places units from the top down, as long as one of them finds its place.
    fn place_units(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        loop {
            let held = std::mem::take(&mut self.units_held);
            // A unit below one that waits itself must wait, whatever was known before.
            let waiting: HashSet<String> =
                held.iter().map(|(one, _)| one.place.key.clone()).collect();
            let before = held.len();
            for (entry, of_file) in held {
                let above = match self.tree.in_file(&entry.parent_dn) {
                    None if waiting.contains(&entry.parent_dn) => None,
                    None => self.tree.known_before(&entry.parent_dn),
                    in_file => in_file,
                };
                match above {
                    Some(above) => self.take_unit(tx, above, entry, of_file)?,
                    None => self.units_held.push((entry, of_file)),
                }
            }
            if self.units_held.len() == before {
                self.units_waiting = waiting;
                return Ok(());
            }
        }
    }

    fn let_units_wait(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let mut entries = Vec::new();
        for (unit, of_file) in std::mem::take(&mut self.units_held) {
            if of_file {
                self.note_waiting(&unit.place);
                entries.push(aside(FeedEntry::Unit(unit)));
            }
        }
        self.keep(tx, &entries)
    }

    fn note_waiting(&mut self, place: &Place) {
        self.waiting.push((place.line, shortened(&place.dn)));
    }

    fn keep(&self, tx: &mut Tx<'_>, entries: &[Aside<FeedEntry>]) -> Result<(), StoreError> {
        if self.terms.keeps_waiting {
            tx.let_wait(entries)?;
        }
        Ok(())
    }

    fn place_the_rest(&mut self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        let mut after = 0;
        loop {
            let kinds = [WaitingKind::Person, WaitingKind::Assignment];
            let page: Vec<TakenUp<FeedEntry>> = tx.take_up(&kinds, after)?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = last.place;
            let mut waiting = Vec::new();
            for taken in page {
                waiting.extend(self.place(tx, taken)?);
            }
            self.keep(tx, &waiting)?;
            self.settle_names_if_many(tx)?;
            self.check_unusable()?;
        }
    }

    /// Places one entry; gives it back when it must wait from now on.
    fn place(
        &mut self,
        tx: &mut Tx<'_>,
        taken: TakenUp<FeedEntry>,
    ) -> Result<Option<Aside<FeedEntry>>, Failure> {
        let of_file = !taken.is_earlier;
        let above = match &taken.aside.entry {
            FeedEntry::Person(one) => self.above(&one.parent_dn),
            FeedEntry::Assignment(one) => self.above(&one.unit_dn),
            FeedEntry::Organisation(_) | FeedEntry::Unit(_) => None,
        };
        // What waits since an earlier import goes in with somebody who may put it there.
        let above = above.filter(|above| of_file || !self.is_closed(above.organisation));
        match (above, taken.aside.entry) {
            (Some(above), FeedEntry::Person(one)) => self.employ(tx, above, one, of_file)?,
            (Some(above), FeedEntry::Assignment(one)) => self.assign(tx, above, one, of_file)?,
            (_, entry) if of_file => {
                self.note_waiting(entry.place());
                if let FeedEntry::Person(one) = &entry {
                    self.name(one);
                }
                return Ok(Some(aside(entry)));
            }
            _ => {}
        }
        Ok(None)
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
}
