//! Whom a file changes: the first of them for the report, and each new name for the log.

use std::collections::HashMap;

use cards_domain::ids::PersonId;
use cards_store::directory::{Alteration, Altered};
use cards_store::journal::Line;
use cards_store::{StoreError, Tx};

use super::Reading;
use crate::feed::PersonEntry;
use crate::import::report::{Change, ImportReport};

/// So many of those who change are named in a report.
const NAMED: usize = 50;

/// The persons of one chunk who are new or changed, until each has been noted.
pub(super) struct Alterations(HashMap<PersonId, Altered>);

impl Alterations {
    pub(super) fn new(altered: &[Altered]) -> Self {
        Self(altered.iter().map(|one| (one.person, *one)).collect())
    }

    /// Notes in the report what the entry brought, once a person and chunk. Names of protected
    /// persons stay out of it.
    pub(super) fn note(
        &mut self,
        report: &mut ImportReport,
        person: PersonId,
        entry: &PersonEntry,
    ) {
        let Some(one) = self.0.remove(&person) else {
            return;
        };
        report.people_changed += 1;
        if report.changes.len() < NAMED {
            report.changes.push(Change {
                person: person.0,
                hsa_id: entry.hsa_id.to_string(),
                name: (!one.protected).then(|| entry.name.full()),
                what: one.what,
            });
        }
    }
}

impl Reading {
    /// A line in the log for each person whose name the file changes: the name itself is in none.
    pub(super) fn tell_renamed(
        &self,
        tx: &mut Tx<'_>,
        altered: &[Altered],
    ) -> Result<(), StoreError> {
        let Some(told) = &self.terms.told else {
            return Ok(());
        };
        let renamed = altered.iter().filter(|one| one.what == Alteration::Name);
        for one in renamed {
            let line = Line {
                line_id: tx.new_id(),
                subject: Some(one.person.0),
                person: Some(one.person),
                protected: one.protected,
                ..told.clone()
            };
            tx.line(line);
        }
        // A file can rename a whole region.
        tx.write_lines()
    }
}
