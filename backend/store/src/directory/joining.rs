//! The person behind each employment of a feed: found by HSA-id and number, new, or a question for
//! people.

use std::collections::{HashMap, HashSet};

use cards_domain::calendar;
use cards_domain::ids::{OrganisationId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::crowd::{Crowd, Found};
use super::people::{EmploymentRecord, PostRow};
use super::persons::{Draft, PersonRow};
use super::proposals::ProposalKind;
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
    /// Nowhere: the HSA-id is that of a post in another organisation, which has not given it up.
    Elsewhere,
    /// Nowhere: the HSA-id belongs to an organisation which the importer must not change.
    Closed,
    /// Nowhere: the person has a tie to such an organisation.
    Shared,
}

/// What a record changed of its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alteration {
    /// Nobody knew the person.
    New,
    /// The name.
    Name,
    /// Anything else.
    Other,
}

/// A person who is new or was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Altered {
    /// Who.
    pub person: PersonId,
    /// With protected personal data.
    pub protected: bool,
    /// What was changed.
    pub what: Alteration,
}

/// What became of a chunk.
#[derive(Debug)]
pub struct Joined {
    /// Where each record went.
    pub placed: Vec<Placed>,
    /// How many persons and posts were new or different.
    pub changed: usize,
    /// The persons behind those.
    pub altered: Vec<Altered>,
}

/// How a chunk of a file is taken.
#[derive(Clone, Copy, Debug)]
pub struct Taken<'a> {
    /// The entries stand in the file; otherwise they wait since an earlier one.
    pub of_file: bool,
    /// Organisations that the importer must not change.
    pub closed: &'a HashSet<OrganisationId>,
    /// Organisations of which the file is the full feed, once it has been read to its end: whom it
    /// holds in another organisation, they have given up.
    pub giving: &'a HashSet<OrganisationId>,
}

impl Tx<'_> {
    /// Adds or changes persons and their posts, at most a chunk at a time. Joined by HSA-id
    /// first, then by number, former numbers among them; what does not fit changes nothing.
    ///
    /// # Errors
    /// The database cannot be asked, or a sealed person cannot be opened.
    pub fn put_employments(
        &mut self,
        records: &[EmploymentRecord],
        taken: Taken<'_>,
    ) -> Result<Joined, StoreError> {
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
        let staying = self.staying(&kept, records, (taken.giving, today))?;
        for ((record, key), index) in records.iter().zip(&keys).zip(&indexes) {
            let post = posts.get(key.as_str());
            if post.is_some_and(|row| taken.closed.contains(&OrganisationId(row.organisation_id))) {
                placed.push(Placed::Closed);
                continue;
            }
            if staying.contains(key) {
                placed.push(Placed::Elsewhere);
                continue;
            }
            let has_hsa_id = post.map(|row| row.person_id);
            let found = crowd.find((record, key, index), has_hsa_id, || self.entropy.id());
            let (goes, person) = placing(&found);
            placed.push(goes);
            let Some(person) = person else { continue };
            if matches!(found, Found::Person(_)) {
                crowd.hear(record, person, taken.of_file, today);
            }
            let id = post.map_or_else(|| self.entropy.id(), |row| row.id);
            rows.push(record.row(id, person, key.clone()));
        }
        let (changed, altered) = self.put_crowd(crowd, rows, kept)?;
        Ok(Joined {
            placed,
            changed,
            altered,
        })
    }

    /// HSA-ids of posts that the records hold in another organisation than is known, and that do
    /// not move there: the old organisation still has them, or the file names them twice.
    fn staying(
        &mut self,
        kept: &[PostRow],
        records: &[EmploymentRecord],
        (giving, today): (&HashSet<OrganisationId>, NaiveDate),
    ) -> Result<HashSet<String>, StoreError> {
        let homes: HashMap<String, OrganisationId> = records
            .iter()
            .map(|record| (record.hsa_id.search_key(), record.organisation))
            .collect();
        let moving = kept.iter().filter(|row| {
            let to = homes.get(&row.hsa_key);
            to.is_some_and(|to| to.0 != row.organisation_id) && !row.is_over(today)
        });
        let (may, stay): (Vec<&PostRow>, Vec<&PostRow>) =
            moving.partition(|row| giving.contains(&OrganisationId(row.organisation_id)));
        let may: Vec<String> = may.iter().map(|row| row.hsa_key.clone()).collect();
        let mut staying = self.stood_twice(&may)?;
        staying.extend(stay.iter().map(|row| row.hsa_key.clone()));
        Ok(staying)
    }

    fn put_crowd(
        &mut self,
        crowd: Crowd,
        mut rows: Vec<PostRow>,
        kept: Vec<PostRow>,
    ) -> Result<(usize, Vec<Altered>), StoreError> {
        let protected: HashSet<Uuid> = crowd.protected().into_iter().collect();
        for row in &mut rows {
            if protected.contains(&row.person_id) {
                row.hide();
            }
        }
        self.note_heard(&crowd.heard)?;
        let other_names = crowd.drafts.values().filter(|draft| draft.differs());
        let mut to_index: HashSet<Uuid> = other_names.map(|draft| draft.id).collect();
        let mut altered: HashMap<Uuid, Alteration> = crowd
            .drafts
            .values()
            .filter_map(|draft| Some((draft.id, draft.alteration()?)))
            .collect();
        let changed = self.put_persons(crowd.drafts.into_values())?;
        let posts = different(rows, kept, |row| row.id);
        upsert(self.conn, &posts)?;
        for post in &posts {
            let known = altered.entry(post.person_id);
            known.or_insert(Alteration::Other);
        }
        to_index.extend(posts.iter().map(|post| post.person_id));
        name_keys::refresh(self.conn, to_index)?;
        let altered = altered.into_iter().map(|(person, what)| Altered {
            person: PersonId(person),
            protected: protected.contains(&person),
            what,
        });
        let altered = altered.collect();
        self.hide_posts(&protected.into_iter().collect::<Vec<_>>())?;
        Ok((changed + posts.len(), altered))
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

/// Where a record goes, and to whom its post.
fn placing(found: &Found) -> (Placed, Option<Uuid>) {
    match *found {
        Found::Person(person) | Found::OwnPost(person) => {
            (Placed::With(PersonId(person)), Some(person))
        }
        Found::Question(kind, person) => (Placed::Asked(kind, PersonId(person)), None),
        Found::Dismissed => (Placed::Dismissed, None),
        Found::Foreign => (Placed::Shared, None),
    }
}
