//! Writes what has found its place, a chunk at a time, and says what became of each entry.

use cards_store::directory::{CHUNK, Placed, ProposalKind, ProposedEntry, Question, Taken};
use cards_store::{StoreError, Tx};

use super::altered::Alterations;
use super::{Reading, Standing};
use crate::Failure;
use crate::feed::{AssignmentEntry, FeedEntry, PersonEntry, RejectionReason};
use crate::import::records;

impl Reading {
    pub(super) fn write_tree(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        for chunk in std::mem::take(&mut self.organisations).chunks(CHUNK) {
            self.report.changed += tx.put_organisations(chunk)?;
        }
        for chunk in std::mem::take(&mut self.units).chunks(CHUNK) {
            self.report.changed += tx.put_units(chunk)?;
        }
        self.note_came_in(tx)
    }

    fn note_came_in(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let came_in = std::mem::take(&mut self.came_in);
        self.report.came_in += came_in.len();
        tx.stop_waiting(&came_in)
    }

    pub(super) fn write_employments(&mut self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        self.write_tree(tx)?;
        let (of_file, earlier): (Vec<_>, Vec<_>) = std::mem::take(&mut self.employments)
            .into_iter()
            .partition(|one| one.of_file);
        self.put_employments(tx, of_file, true)?;
        self.put_employments(tx, earlier, false)?;
        Ok(self.note_came_in(tx)?)
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
        let taken = Taken {
            of_file,
            closed: &self.terms.closed,
            giving: &self.giving,
        };
        let joined = tx.put_employments(&records, taken)?;
        self.report.changed += joined.changed;
        self.tell_renamed(tx, &joined.altered)?;
        let mut altered = Alterations::new(&joined.altered);
        let (mut questions, mut elsewhere) = (Vec::new(), Vec::new());
        for (one, placed) in employments.into_iter().zip(joined.placed) {
            let is_in = !matches!(placed, Placed::Closed | Placed::Shared | Placed::Elsewhere);
            if !of_file && is_in {
                self.came_in.push(one.entry.hsa_id.search_key());
            }
            if placed == Placed::Elsewhere {
                elsewhere.push(one);
                continue;
            }
            if let Placed::With(person) = placed {
                altered.note(&mut self.report, person, &one.entry);
            }
            questions.extend(self.judge(one, placed)?);
        }
        self.report.questions.extend(tx.ask_people(&questions)?);
        Ok(self.leave_elsewhere(tx, elsewhere)?)
    }

    /// Whom another organisation has: whether it gives them up is known at the end of the file. An
    /// entry for which it does not says nothing of them.
    fn leave_elsewhere(
        &mut self,
        tx: &mut Tx<'_>,
        elsewhere: Vec<Standing<PersonEntry>>,
    ) -> Result<(), StoreError> {
        let mut strangers = Vec::new();
        for one in elsewhere.into_iter().filter(|one| one.of_file) {
            if self.is_whole {
                self.reject_person(&one.entry, RejectionReason::BelongsElsewhere);
                strangers.push(one.entry.hsa_id.search_key());
            } else {
                self.put_aside(tx, FeedEntry::Person(one.entry))?;
            }
        }
        tx.unsee(&strangers)
    }

    /// Counts an employment, rejects it, or makes it a question.
    fn judge(
        &mut self,
        one: Standing<PersonEntry>,
        placed: Placed,
    ) -> Result<Option<Question>, Failure> {
        let of_file = one.of_file;
        let refused = match placed {
            Placed::With(_) => {
                self.report.hsa_ids += usize::from(of_file);
                return Ok(None);
            }
            Placed::Closed => Some(RejectionReason::NotYours),
            Placed::Elsewhere => Some(RejectionReason::BelongsElsewhere),
            Placed::Shared => Some(RejectionReason::SharedPerson),
            Placed::Dismissed | Placed::Asked(ProposalKind::NumberDiffers, _) => {
                Some(RejectionReason::NumberDiffers)
            }
            Placed::Asked(ProposalKind::NumberReplaced | ProposalKind::Joined, _) => {
                self.report.proposed += usize::from(of_file);
                None
            }
        };
        if let Some(reason) = refused.filter(|_| of_file) {
            self.reject_person(&one.entry, reason);
        }
        let Placed::Asked(kind, person) = placed else {
            return Ok(None);
        };
        Ok(Some(Question {
            kind,
            person,
            organisation: one.above.organisation,
            hsa_key: one.entry.hsa_id.search_key(),
            entry: proposed(one.entry)?,
        }))
    }

    pub(super) fn write_assignments(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        self.members = 0;
        self.write_tree(tx)?;
        let all = std::mem::take(&mut self.assignments);
        let keys: Vec<String> = all
            .iter()
            .map(|one| one.entry.hsa_id.search_key())
            .collect();
        let homes = tx.homes_of_assignments(&keys)?;
        let mut records = Vec::with_capacity(all.len());
        for (one, key) in all.into_iter().zip(keys) {
            let home = homes.get(&key).copied();
            if self.is_closed(one.above.organisation) || home.is_some_and(|id| self.is_closed(id)) {
                self.reject_if(one.of_file, &one.entry.place, RejectionReason::NotYours);
                continue;
            }
            if home.is_some_and(|home| home != one.above.organisation) {
                let is_given = home.is_some_and(|home| self.giving.contains(&home))
                    && tx.stood_twice(std::slice::from_ref(&key))?.is_empty();
                if !is_given {
                    self.leave_assignment(tx, one)?;
                    continue;
                }
            }
            self.report.assignments += usize::from(one.of_file);
            if !one.of_file {
                self.came_in.push(key);
            }
            records.push(records::assignment(one.above, one.entry));
        }
        self.report.changed += tx.put_assignments(&records)?;
        self.note_came_in(tx)
    }

    fn leave_assignment(
        &mut self,
        tx: &mut Tx<'_>,
        one: Standing<AssignmentEntry>,
    ) -> Result<(), StoreError> {
        if one.of_file && !self.is_whole {
            return self.put_aside(tx, FeedEntry::Assignment(one.entry));
        }
        self.reject_if(
            one.of_file,
            &one.entry.place,
            RejectionReason::BelongsElsewhere,
        );
        Ok(())
    }
}

fn proposed(mut entry: PersonEntry) -> Result<ProposedEntry, Failure> {
    // The same entry on another line, or under other names of its attributes, is the same.
    entry.place.line = 0;
    entry.place.hsa_attribute.clear();
    entry.number_attribute.clear();
    let (number, name) = (entry.number.clone(), entry.name.clone());
    let entry = serde_json::to_value(FeedEntry::Person(entry))
        .map_err(|_| Failure::Broken("an entry cannot be written".to_owned()))?;
    Ok(ProposedEntry {
        number,
        name,
        entry,
    })
}
