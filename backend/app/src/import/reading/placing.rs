//! An entry whose place in the tree is known, on its way to be written with others.

use cards_domain::ids::OrganisationId;
use cards_store::directory::{Aside, CHUNK, WaitingKind};
use cards_store::{StoreError, Tx};

use super::{MEMBERS, Reading, Standing};
use crate::Failure;
use crate::feed::{
    AssignmentEntry, FeedEntry, OrganisationEntry, PersonEntry, RejectionReason, UnitEntry,
};
use crate::import::records;
use crate::import::tree::Above;

impl Reading {
    pub(super) fn is_closed(&self, organisation: OrganisationId) -> bool {
        self.terms.closed.contains(&organisation)
    }

    pub(super) fn put_aside(
        &mut self,
        tx: &mut Tx<'_>,
        entry: FeedEntry,
    ) -> Result<(), StoreError> {
        self.aside.push(aside(entry));
        if self.aside.len() >= CHUNK {
            tx.put_aside(&std::mem::take(&mut self.aside))?;
        }
        Ok(())
    }

    pub(super) fn take_organisation(&mut self, tx: &Tx<'_>, mut entry: OrganisationEntry) {
        let known = self.tree.organisation_of(&entry.hsa_id);
        if known.is_some_and(|id| self.is_closed(id)) {
            self.reject(&entry.place, RejectionReason::NotYours);
            return;
        }
        if self.tree.in_file(&entry.place.key).is_some() {
            self.reject(&entry.place, RejectionReason::DuplicateDn);
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

    /// Whether the unit is known in another organisation than the one above it.
    pub(super) fn is_of_another(&self, entry: &UnitEntry, above: Above) -> bool {
        let home = self.tree.home_of(&entry.hsa_id);
        home.is_some_and(|home| home != above.organisation)
    }

    /// Whether a known unit is claimed by an organisation to which it has not been given.
    fn is_claimed(
        &self,
        tx: &mut Tx<'_>,
        entry: &UnitEntry,
        above: Above,
    ) -> Result<bool, StoreError> {
        let home = self.tree.home_of(&entry.hsa_id);
        let Some(home) = home.filter(|home| *home != above.organisation) else {
            return Ok(false);
        };
        if !self.giving.contains(&home) {
            return Ok(true);
        }
        Ok(!tx.stood_twice(&[entry.hsa_id.search_key()])?.is_empty())
    }

    pub(super) fn take_unit(
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
        if self.is_claimed(tx, &entry, above)? {
            self.reject_if(of_file, &entry.place, RejectionReason::BelongsElsewhere);
            return Ok(());
        }
        let dn_key = entry.place.key.clone();
        if self.tree.in_file(&dn_key).is_some() {
            self.reject_if(of_file, &entry.place, RejectionReason::DuplicateDn);
            return Ok(());
        }
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

    pub(super) fn employ(
        &mut self,
        tx: &mut Tx<'_>,
        above: Above,
        entry: PersonEntry,
        of_file: bool,
    ) -> Result<(), Failure> {
        if self.is_closed(above.organisation) {
            self.reject_person(&entry, RejectionReason::NotYours);
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

    pub(super) fn assign(
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
}

pub(super) fn aside(entry: FeedEntry) -> Aside<FeedEntry> {
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
