//! Whom a chunk of a feed is about: the persons who have its HSA-ids or numbers, or who are so like
//! one of its entries that people must say whether they are the same.

use std::collections::{HashMap, HashSet};

use cards_domain::values::{PersonNumberKind, search_key};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::people::{EmploymentRecord, PostRow};
use super::persons::{self, Draft};
use super::proposals::{Decided, ProposalKind};
use super::staging::Heard;
use crate::error::StoreError;
use crate::tx::Tx;

/// The persons that a chunk of a file is about.
pub(super) struct Crowd {
    pub drafts: HashMap<Uuid, Draft>,
    by_index: HashMap<Vec<u8>, Uuid>,
    by_birth: HashMap<Likeness, Uuid>,
    pub heard: HashMap<Uuid, Heard>,
    decided: Decided,
    /// Those with a tie to an organisation that the importer must not change.
    pub foreign: HashSet<Uuid>,
}

/// Birth date, folded names and kind of number: what a person with two numbers has in common.
type Likeness = (NaiveDate, String, Option<String>, PersonNumberKind);

/// What joining found.
pub(super) enum Found {
    Person(Uuid),
    Question(ProposalKind, Uuid),
    Dismissed,
    /// Somebody of another issuer.
    Foreign,
    /// A post in the importer's own branch, of somebody who is of another issuer's too.
    OwnPost(Uuid),
}

fn likeness(draft: &Draft) -> Option<Likeness> {
    Some((
        draft.number().birth_date()?,
        search_key(draft.surname()),
        draft.given().map(search_key),
        draft.number().kind(),
    ))
}

/// The kind that the same person's other number would be of.
fn other_kind(kind: PersonNumberKind) -> Option<PersonNumberKind> {
    match kind {
        PersonNumberKind::Personnummer => Some(PersonNumberKind::Samordningsnummer),
        PersonNumberKind::Samordningsnummer => Some(PersonNumberKind::Personnummer),
        PersonNumberKind::Reservnummer | PersonNumberKind::Passnummer => None,
    }
}

/// The likeness of whoever has the record's name and birth date with the other kind of number.
fn sought(record: &EmploymentRecord) -> Option<Likeness> {
    Some((
        record.number.birth_date()?,
        search_key(record.name.surname()),
        record.name.given().map(search_key),
        other_kind(record.number.kind())?,
    ))
}

impl Crowd {
    fn add(&mut self, draft: Draft) {
        self.by_index.insert(draft.index.clone(), draft.id);
        if let Some(likeness) = likeness(&draft) {
            self.by_birth.insert(likeness, draft.id);
        }
        self.drafts.insert(draft.id, draft);
    }

    pub fn protected(&self) -> Vec<Uuid> {
        let protected = self.drafts.values().filter(|draft| draft.is_protected());
        protected.map(|draft| draft.id).collect()
    }

    /// The person with the number, a new one, or a question.
    pub fn find(
        &mut self,
        (record, key, index): (&EmploymentRecord, &str, &[u8]),
        has_hsa_id: Option<Uuid>,
        new_id: impl FnOnce() -> Uuid,
    ) -> Found {
        let known = self.by_index.get(index).copied();
        let mut about = known.iter().chain(&has_hsa_id);
        if about.any(|person| self.foreign.contains(person)) {
            // The importer's own post of somebody who works elsewhere too is the importer's to say.
            return match (has_hsa_id, known) {
                (Some(has), Some(known)) if has == known => Found::OwnPost(known),
                _ => Found::Foreign,
            };
        }
        // Whoever is only like a person of somebody else's is not even hinted at.
        let like = sought(record)
            .and_then(|sought| self.by_birth.get(&sought).copied())
            .filter(|like| !self.foreign.contains(like));
        let question = match (has_hsa_id, known) {
            (Some(has), Some(known)) if has == known => return Found::Person(known),
            (Some(has), None) if like == Some(has) => (ProposalKind::NumberReplaced, has),
            (Some(has), _) => (ProposalKind::NumberDiffers, has),
            (None, Some(known)) => return Found::Person(known),
            (None, None) => match like {
                Some(like) if !self.decided.is_dismissed(key, index, like) => {
                    return Found::Question(ProposalKind::Joined, like);
                }
                _ => {
                    let id = new_id();
                    self.add(Draft::of(record, id, index.to_vec()));
                    return Found::Person(id);
                }
            },
        };
        let (kind, person) = question;
        if self.decided.is_dismissed(key, index, person) {
            Found::Dismissed
        } else {
            Found::Question(kind, person)
        }
    }

    /// What the record says of its person. Several entries can be one person: the first decides
    /// the name, the first with a mail address decides that, and one that says *test person* is
    /// enough.
    pub fn hear(
        &mut self,
        record: &EmploymentRecord,
        person: Uuid,
        of_file: bool,
        today: NaiveDate,
    ) {
        let first = !self.heard.contains_key(&person);
        let heard = self.heard.entry(person).or_default();
        let Some(draft) = self.drafts.get_mut(&person) else {
            return;
        };
        heard.of_file |= of_file;
        heard.live_posts += i64::from(record.last_day.is_none_or(|day| day >= today));
        if first {
            draft.name(&record.name);
        }
        if !heard.mail && record.mail.is_some() {
            draft.mail(record.mail.as_ref());
            heard.mail = true;
        }
        if record.test_person {
            draft.test_person(true);
            heard.test_person = true;
        }
        if record.protected {
            draft.protect();
        }
    }
}

#[derive(QueryableByName)]
struct Like {
    #[diesel(sql_type = SqlUuid)]
    person_id: Uuid,
}

impl Tx<'_> {
    /// Whom the records may be about: whoever has their HSA-ids, numbers or former numbers, or name
    /// and birth date with the other kind of number.
    pub(super) fn crowd(
        &mut self,
        records: &[EmploymentRecord],
        (keys, indexes): (&[String], &[Vec<u8>]),
        kept: &[PostRow],
    ) -> Result<Crowd, StoreError> {
        let former = self.former_numbers(indexes)?;
        let ids: Vec<Uuid> = kept
            .iter()
            .map(|row| row.person_id)
            .chain(former.iter().map(|(_, person)| *person))
            .collect();
        let mut crowd = Crowd {
            drafts: HashMap::new(),
            by_index: HashMap::new(),
            by_birth: HashMap::new(),
            heard: HashMap::new(),
            decided: self.dismissed(keys)?,
            foreign: HashSet::new(),
        };
        for draft in persons::load(self, &ids, indexes)? {
            crowd.add(draft);
        }
        for (index, person) in former {
            crowd.by_index.entry(index).or_insert(person);
        }
        let unknown = records
            .iter()
            .zip(indexes)
            .filter(|(_, index)| !crowd.by_index.contains_key(*index))
            .map(|(record, _)| record);
        let like = self.alike(unknown)?;
        let new: Vec<Uuid> = like
            .into_iter()
            .filter(|id| !crowd.drafts.contains_key(id))
            .collect();
        if !new.is_empty() {
            for draft in persons::load(self, &new, &[])? {
                crowd.add(draft);
            }
        }
        let ids: Vec<Uuid> = crowd.drafts.keys().copied().collect();
        crowd.heard = self.heard_of(&ids)?;
        Ok(crowd)
    }

    /// Persons with the name and birth date of one of the records and the other kind of number.
    /// Those with protected personal data have no name to be found by.
    fn alike<'r>(
        &mut self,
        records: impl Iterator<Item = &'r EmploymentRecord>,
    ) -> Result<Vec<Uuid>, StoreError> {
        let (mut coordination, mut others) = (Vec::new(), Vec::new());
        for (born, surname, _, kind) in records.filter_map(sought) {
            if kind == PersonNumberKind::Samordningsnummer {
                coordination.push(format!("{}{}", born.format("%Y%m"), day_of(born) + 60));
            } else {
                others.push((surname, born.format("%Y%m%d").to_string()));
            }
        }
        let mut found = Vec::new();
        if !coordination.is_empty() {
            found.extend(self.persons_like(
                "SELECT id AS person_id FROM person WHERE number_kind = 'samordningsnummer' \
                 AND left(number, 8) = ANY($1)",
                (coordination, Vec::new()),
            )?);
        }
        if !others.is_empty() {
            found.extend(self.persons_like(
                "SELECT p.id AS person_id FROM unnest($1, $2) AS w (surname, born) \
                 JOIN person AS p ON p.surname_key = w.surname AND left(p.number, 8) = w.born \
                 WHERE p.number_kind = 'personnummer'",
                others.into_iter().unzip(),
            )?);
        }
        Ok(found)
    }

    fn persons_like(
        &mut self,
        query: &str,
        (first, second): (Vec<String>, Vec<String>),
    ) -> Result<Vec<Uuid>, StoreError> {
        let query = diesel::sql_query(query).bind::<Array<Text>, _>(first);
        let rows: Vec<Like> = if second.is_empty() {
            query.load(self.conn)?
        } else {
            query.bind::<Array<Text>, _>(second).load(self.conn)?
        };
        Ok(rows.into_iter().map(|row| row.person_id).collect())
    }
}

fn day_of(date: NaiveDate) -> u32 {
    use chrono::Datelike as _;
    date.day()
}
