//! The person behind each employment of a feed: found by HSA-id and number, new, or a question for
//! people.

use std::collections::{HashMap, HashSet};

use cards_domain::calendar;
use cards_domain::ids::{OrganisationId, PersonId};
use cards_domain::values::{PersonNumberKind, search_key};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Date, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::CHUNK;
use super::people::{EmploymentRecord, PostRow};
use super::persons::{self, Draft, PersonRow};
use super::proposals::{Decided, ProposalKind};
use super::staging::Heard;
use super::tree::different;
use super::upsert::upsert;
use crate::error::StoreError;
use crate::name_keys;
use crate::schema::post;
use crate::tx::Tx;

/// Where an employment went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// To this person.
    With(PersonId),
    /// Nowhere yet: people decide whether the entry is about this person.
    Asked(ProposalKind, PersonId),
    /// Nowhere: people have decided that the number is not this person's.
    Dismissed,
    /// Nowhere: the HSA-id, or the person, belongs to an organisation which the importer must not
    /// change.
    Closed,
}

/// How a chunk of a file is taken.
#[derive(Clone, Copy, Debug)]
pub struct Taken<'a> {
    /// The entries stand in the file; otherwise they wait since an earlier one.
    pub of_file: bool,
    /// Organisations that the importer must not change.
    pub closed: &'a HashSet<OrganisationId>,
}

/// The persons that a chunk of a file is about.
struct Crowd {
    drafts: HashMap<Uuid, Draft>,
    by_index: HashMap<Vec<u8>, Uuid>,
    by_birth: HashMap<Likeness, Uuid>,
    heard: HashMap<Uuid, Heard>,
    decided: Decided,
    /// Those with a tie to an organisation that the importer must not change.
    foreign: HashSet<Uuid>,
}

/// Birth date, folded names and kind of number: what a person with two numbers has in common.
type Likeness = (NaiveDate, String, Option<String>, PersonNumberKind);

/// What joining found.
enum Found {
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

    fn protected(&self) -> Vec<Uuid> {
        let protected = self.drafts.values().filter(|draft| draft.is_protected());
        protected.map(|draft| draft.id).collect()
    }

    /// The person with the number, a new one, or a question.
    fn find(
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
    fn hear(&mut self, record: &EmploymentRecord, person: Uuid, of_file: bool, today: NaiveDate) {
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
struct Unsaid {
    #[diesel(sql_type = SqlUuid)]
    person_id: Uuid,
}

/// What a page of [`Tx::settle_people`] asks: persons for whom the file has no mail address or no
/// mark of a test person, though one is kept, unless a live post beside the file may have said it.
const UNSAID: &str = "SELECT f.person_id FROM feed_person AS f \
     JOIN person AS p ON p.id = f.person_id \
     WHERE f.person_id > $1 AND (NOT f.mail AND (p.mail IS NOT NULL OR p.sealed IS NOT NULL) \
         OR NOT f.test_person AND p.test_person) \
       AND f.live_posts >= (SELECT count(*) FROM post AS o WHERE o.person_id = f.person_id \
         AND (o.last_day IS NULL OR o.last_day >= $2)) \
     ORDER BY f.person_id LIMIT $3";

impl Tx<'_> {
    /// Adds or changes persons and their posts, at most [`CHUNK`] at a time. Joined by HSA-id
    /// first, then by number, former numbers among them; what does not fit changes nothing. Gives
    /// where each record went, and how many persons and posts were new or different.
    ///
    /// # Errors
    /// The database cannot be asked, or a sealed person cannot be opened.
    pub fn put_employments(
        &mut self,
        records: &[EmploymentRecord],
        taken: Taken<'_>,
    ) -> Result<(Vec<Placed>, usize), StoreError> {
        let keys: Vec<String> = records
            .iter()
            .map(|record| record.hsa_id.search_key())
            .collect();
        let kept: Vec<PostRow> = post::table
            .filter(post::hsa_key.eq_any(&keys))
            .select(PostRow::as_select())
            .load(self.conn)?;
        let indexes: Vec<Vec<u8>> = records
            .iter()
            .map(|record| self.seal.index(record.number.as_str()))
            .collect();
        let mut crowd = self.crowd(records, (&keys, &indexes), &kept)?;
        let known: Vec<Uuid> = crowd.drafts.keys().copied().collect();
        crowd.foreign = self.tied_to(&known, taken.closed)?;

        let today = calendar::business_day(self.now);
        let mut placed = Vec::with_capacity(records.len());
        let mut rows = Vec::with_capacity(records.len());
        let posts: HashMap<&str, &PostRow> =
            kept.iter().map(|row| (row.hsa_key.as_str(), row)).collect();
        for ((record, key), index) in records.iter().zip(&keys).zip(&indexes) {
            let post = posts.get(key.as_str());
            if post.is_some_and(|row| taken.closed.contains(&OrganisationId(row.organisation_id))) {
                placed.push(Placed::Closed);
                continue;
            }
            let has_hsa_id = post.map(|row| row.person_id);
            let found = crowd.find((record, key, index), has_hsa_id, || self.entropy.id());
            placed.push(match found {
                Found::Question(kind, person) => Placed::Asked(kind, PersonId(person)),
                Found::Dismissed => Placed::Dismissed,
                Found::Foreign => Placed::Closed,
                Found::OwnPost(person) => {
                    let id = post.map_or_else(|| self.entropy.id(), |row| row.id);
                    rows.push(record.row(id, person, key.clone()));
                    Placed::With(PersonId(person))
                }
                Found::Person(person) => {
                    crowd.hear(record, person, taken.of_file, today);
                    let id = post.map_or_else(|| self.entropy.id(), |row| row.id);
                    rows.push(record.row(id, person, key.clone()));
                    Placed::With(PersonId(person))
                }
            });
        }
        let changed = self.put_crowd(crowd, rows, kept)?;
        Ok((placed, changed))
    }

    /// Whom the records may be about: whoever has their HSA-ids, numbers or former numbers, or name
    /// and birth date with the other kind of number.
    fn crowd(
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
            found.extend(self.unsaid(
                "SELECT id AS person_id FROM person WHERE number_kind = 'samordningsnummer' \
                 AND left(number, 8) = ANY($1)",
                (coordination, Vec::new()),
            )?);
        }
        if !others.is_empty() {
            found.extend(self.unsaid(
                "SELECT p.id AS person_id FROM unnest($1, $2) AS w (surname, born) \
                 JOIN person AS p ON p.surname_key = w.surname AND left(p.number, 8) = w.born \
                 WHERE p.number_kind = 'personnummer'",
                others.into_iter().unzip(),
            )?);
        }
        Ok(found)
    }

    fn unsaid(
        &mut self,
        query: &str,
        (first, second): (Vec<String>, Vec<String>),
    ) -> Result<Vec<Uuid>, StoreError> {
        use diesel::sql_types::Array;
        let query = diesel::sql_query(query).bind::<Array<Text>, _>(first);
        let rows: Vec<Unsaid> = if second.is_empty() {
            query.load(self.conn)?
        } else {
            query.bind::<Array<Text>, _>(second).load(self.conn)?
        };
        Ok(rows.into_iter().map(|row| row.person_id).collect())
    }

    fn put_crowd(
        &mut self,
        crowd: Crowd,
        mut rows: Vec<PostRow>,
        kept: Vec<PostRow>,
    ) -> Result<usize, StoreError> {
        let protected: HashSet<Uuid> = crowd.protected().into_iter().collect();
        for row in &mut rows {
            if protected.contains(&row.person_id) {
                row.hide();
            }
        }
        self.note_heard(&crowd.heard)?;
        let other_names = crowd.drafts.values().filter(|draft| draft.differs());
        let mut to_index: HashSet<Uuid> = other_names.map(|draft| draft.id).collect();
        let changed = self.put_persons(crowd.drafts.into_values())?;
        let posts = different(rows, kept, |row| row.id);
        upsert(self.conn, &posts)?;
        to_index.extend(posts.iter().map(|post| post.person_id));
        name_keys::refresh(self.conn, to_index)?;
        self.hide_posts(&protected.into_iter().collect::<Vec<_>>())?;
        Ok(changed + posts.len())
    }

    /// A later entry, or a later part of the file, can be the one that says *protected*.
    fn hide_posts(&mut self, protected: &[Uuid]) -> Result<(), StoreError> {
        if protected.is_empty() {
            return Ok(());
        }
        let told = post::title
            .is_not_null()
            .or(post::phone.is_not_null())
            .or(post::mobile.is_not_null());
        diesel::update(
            post::table
                .filter(post::person_id.eq_any(protected))
                .filter(told),
        )
        .set((
            post::title.eq(None::<String>),
            post::phone.eq(None::<String>),
            post::mobile.eq(None::<String>),
            post::position_code.eq(None::<String>),
        ))
        .execute(self.conn)?;
        Ok(())
    }

    /// Once a whole file has been heard: takes away the mail address of persons for whom it has
    /// none, and the mark of a test person where no entry has it. A person with a live post beside
    /// the file is left alone: another file may have said it. Gives how many changed.
    ///
    /// # Errors
    /// The database cannot be asked, or a sealed person cannot be opened.
    pub fn settle_people(&mut self) -> Result<usize, StoreError> {
        let today = calendar::business_day(self.now);
        let (mut changed, mut after) = (0, Uuid::nil());
        loop {
            let page: Vec<Unsaid> = diesel::sql_query(UNSAID)
                .bind::<SqlUuid, _>(after)
                .bind::<Date, _>(today)
                .bind::<diesel::sql_types::BigInt, _>(i64::try_from(CHUNK).unwrap_or(i64::MAX))
                .load(self.conn)?;
            let ids: Vec<Uuid> = page.into_iter().map(|row| row.person_id).collect();
            let Some(last) = ids.last() else {
                return Ok(changed);
            };
            after = *last;
            let heard = self.heard_of(&ids)?;
            let mut drafts = persons::load(self, &ids, &[])?;
            for draft in &mut drafts {
                let heard = heard.get(&draft.id).copied().unwrap_or_default();
                if !heard.mail {
                    draft.mail(None);
                }
                draft.test_person(heard.test_person);
            }
            changed += self.put_persons(drafts.into_iter())?;
        }
    }

    pub(super) fn put_persons(
        &mut self,
        drafts: impl Iterator<Item = Draft>,
    ) -> Result<usize, StoreError> {
        let rows: Vec<PersonRow> = drafts
            .filter(Draft::differs)
            .map(|draft| draft.row(self))
            .collect::<Result<_, _>>()?;
        upsert(self.conn, &rows)?;
        Ok(rows.len())
    }
}

fn day_of(date: NaiveDate) -> u32 {
    use chrono::Datelike as _;
    date.day()
}
