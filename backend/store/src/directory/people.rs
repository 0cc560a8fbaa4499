//! Employments of a feed: the person behind each, found by HSA-id and number, and the post.

use std::collections::HashMap;

use cards_domain::calendar;
use cards_domain::ids::{OrganisationId, PersonId, UnitId};
use cards_domain::values::{HsaId, PersonName, PersonNumber};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use uuid::Uuid;

use super::CHUNK;
use super::persons::{self, Draft, PersonRow};
use super::tree::different;
use super::upsert::{FeedRow, upsert};
use crate::error::StoreError;
use crate::schema::post;
use crate::tx::Tx;

/// What the feed says of one employment and of the person who has it.
#[derive(Clone)]
pub struct EmploymentRecord {
    /// The HSA-id of the employment.
    pub hsa_id: HsaId,
    /// Its organisation.
    pub organisation: OrganisationId,
    /// Its unit; `None` directly below the organisation.
    pub unit: Option<UnitId>,
    /// The person's number.
    pub number: PersonNumber,
    /// The person's name.
    pub name: PersonName,
    /// E-mail address.
    pub mail: Option<String>,
    /// Protected personal data.
    pub protected: bool,
    /// Nobody living.
    pub test_person: bool,
    /// Position.
    pub title: Option<String>,
    /// Licensed professions.
    pub licences: Vec<String>,
    /// Specialities by name.
    pub specialities: Vec<String>,
    /// Specialities by code.
    pub speciality_codes: Vec<String>,
    /// Personal prescriber code.
    pub prescriber_code: Option<String>,
    /// Group prescriber code.
    pub group_prescriber_code: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Mobile number.
    pub mobile: Option<String>,
    /// Serial number of the door chip.
    pub mifare: Option<String>,
    /// Roles in systems.
    pub system_roles: Vec<String>,
    /// First day.
    pub starts: Option<NaiveDate>,
    /// Last day.
    pub last_day: Option<NaiveDate>,
}

/// Only the HSA-id is shown.
impl std::fmt::Debug for EmploymentRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EmploymentRecord")
            .field("hsa_id", &self.hsa_id)
            .finish_non_exhaustive()
    }
}

/// Where an employment went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// To this person.
    With(PersonId),
    /// Nowhere: the HSA-id belongs to somebody with another number.
    NumberDiffers,
}

/// What one file has said of its persons so far. Several entries can be one person: the first
/// decides the name, the first with a mail address decides that, and one that says *test person*
/// is enough.
#[derive(Debug, Default)]
pub struct PeopleOfFile(HashMap<Uuid, Heard>);

#[derive(Clone, Copy, Debug, Default)]
struct Heard {
    mail: bool,
    test_person: bool,
    live_posts: i64,
}

impl PeopleOfFile {
    /// How many persons the file has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    fn hear(&mut self, record: &EmploymentRecord, draft: &mut Draft, today: NaiveDate) {
        let first = !self.0.contains_key(&draft.id);
        let heard = self.0.entry(draft.id).or_default();
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

#[derive(Clone, PartialEq, Queryable, Selectable, Serialize)]
#[diesel(table_name = post)]
struct PostRow {
    id: Uuid,
    person_id: Uuid,
    organisation_id: Uuid,
    unit_id: Option<Uuid>,
    hsa_id: String,
    hsa_key: String,
    title: Option<String>,
    licences: Vec<String>,
    specialities: Vec<String>,
    speciality_codes: Vec<String>,
    prescriber_code: Option<String>,
    group_prescriber_code: Option<String>,
    phone: Option<String>,
    mobile: Option<String>,
    mifare: Option<String>,
    system_roles: Vec<String>,
    starts: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
}

impl FeedRow for PostRow {
    const TABLE: &'static str = "post";
    const COLUMNS: &'static [&'static str] = &[
        "person_id",
        "organisation_id",
        "unit_id",
        "hsa_id",
        "hsa_key",
        "title",
        "licences",
        "specialities",
        "speciality_codes",
        "prescriber_code",
        "group_prescriber_code",
        "phone",
        "mobile",
        "mifare",
        "system_roles",
        "starts",
        "last_day",
    ];
}

impl PostRow {
    /// Takes away what leads to a protected person: these columns are open, and nothing needs them
    /// so much that they would be sealed.
    fn hide(&mut self) {
        (self.title, self.phone, self.mobile) = (None, None, None);
    }
}

/// The persons that a chunk of a file is about.
struct Crowd {
    drafts: HashMap<Uuid, Draft>,
    by_index: HashMap<Vec<u8>, Uuid>,
}

impl Crowd {
    fn new(drafts: Vec<Draft>) -> Self {
        Self {
            by_index: drafts
                .iter()
                .map(|draft| (draft.index.clone(), draft.id))
                .collect(),
            drafts: drafts.into_iter().map(|draft| (draft.id, draft)).collect(),
        }
    }

    fn protected(&self) -> Vec<Uuid> {
        self.drafts
            .values()
            .filter(|draft| draft.is_protected())
            .map(|draft| draft.id)
            .collect()
    }

    /// The person with the number, or a new one; `None` when the HSA-id is somebody else's.
    fn find(
        &mut self,
        record: &EmploymentRecord,
        index: &[u8],
        has_hsa_id: Option<Uuid>,
        new_id: impl FnOnce() -> Uuid,
    ) -> Option<&mut Draft> {
        let known = self.by_index.get(index).copied();
        if has_hsa_id.is_some() && has_hsa_id != known {
            return None;
        }
        let id = known.unwrap_or_else(new_id);
        self.by_index.entry(index.to_vec()).or_insert(id);
        let make = || Draft::of(record, id, index.to_vec());
        Some(self.drafts.entry(id).or_insert_with(make))
    }
}

impl Tx<'_> {
    /// Adds or changes persons and their posts, at most [`CHUNK`] at a time. Joined by HSA-id
    /// first, then by number; a known HSA-id with another number changes nothing. Gives where each
    /// record went, and how many persons and posts were new or different.
    ///
    /// # Errors
    /// The database cannot be asked, or a sealed person cannot be opened.
    pub fn put_employments(
        &mut self,
        records: &[EmploymentRecord],
        file: &mut PeopleOfFile,
    ) -> Result<(Vec<Placed>, usize), StoreError> {
        let keys: Vec<String> = records
            .iter()
            .map(|record| record.hsa_id.search_key())
            .collect();
        let kept: Vec<PostRow> = post::table
            .filter(post::hsa_key.eq_any(&keys))
            .select(PostRow::as_select())
            .load(self.conn)?;
        let posts: HashMap<String, (Uuid, Uuid)> = kept
            .iter()
            .map(|row| (row.hsa_key.clone(), (row.id, row.person_id)))
            .collect();
        let indexes: Vec<Vec<u8>> = records
            .iter()
            .map(|record| self.seal.index(record.number.as_str()))
            .collect();
        let ids: Vec<Uuid> = kept.iter().map(|row| row.person_id).collect();
        let mut crowd = Crowd::new(persons::load(self, &ids, &indexes)?);

        let today = calendar::business_day(self.now);
        let mut placed = Vec::with_capacity(records.len());
        let mut rows = Vec::with_capacity(records.len());
        for ((record, key), index) in records.iter().zip(keys).zip(&indexes) {
            let post = posts.get(&key).copied();
            let has_hsa_id = post.map(|(_, person)| person);
            let Some(draft) = crowd.find(record, index, has_hsa_id, || self.entropy.id()) else {
                placed.push(Placed::NumberDiffers);
                continue;
            };
            file.hear(record, draft, today);
            placed.push(Placed::With(PersonId(draft.id)));
            let id = post.map_or_else(|| self.entropy.id(), |(id, _)| id);
            rows.push(record.row(id, draft.id, key));
        }
        let protected = crowd.protected();
        for row in rows
            .iter_mut()
            .filter(|row| protected.contains(&row.person_id))
        {
            row.hide();
        }
        let changed = self.put_persons(crowd.drafts.into_values())?;
        let posts = different(rows, kept, |row| row.id);
        upsert(self.conn, &posts)?;
        self.hide_posts(&protected)?;
        Ok((placed, changed + posts.len()))
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
    pub fn settle_people(&mut self, file: &PeopleOfFile) -> Result<usize, StoreError> {
        let mut unsaid: Vec<(Uuid, Heard)> = file
            .0
            .iter()
            .filter(|(_, heard)| !heard.mail || !heard.test_person)
            .map(|(id, heard)| (*id, *heard))
            .collect();
        unsaid.sort_unstable_by_key(|(id, _)| *id);
        let mut changed = 0;
        for chunk in unsaid.chunks(CHUNK) {
            let heard: HashMap<Uuid, Heard> = chunk.iter().copied().collect();
            let ids: Vec<Uuid> = heard.keys().copied().collect();
            let posts = self.live_posts_of(&ids)?;
            let mut drafts = persons::load(self, &ids, &[])?;
            for draft in &mut drafts {
                let heard = heard.get(&draft.id).copied().unwrap_or_default();
                if posts
                    .get(&draft.id)
                    .is_some_and(|posts| *posts > heard.live_posts)
                {
                    continue;
                }
                if !heard.mail {
                    draft.mail(None);
                }
                draft.test_person(heard.test_person);
            }
            changed += self.put_persons(drafts.into_iter())?;
        }
        Ok(changed)
    }

    fn live_posts_of(&mut self, persons: &[Uuid]) -> Result<HashMap<Uuid, i64>, StoreError> {
        let today = calendar::business_day(self.now);
        let counts: Vec<(Uuid, i64)> = post::table
            .filter(post::person_id.eq_any(persons))
            .filter(post::last_day.is_null().or(post::last_day.ge(today)))
            .group_by(post::person_id)
            .select((post::person_id, diesel::dsl::count_star()))
            .load(self.conn)?;
        Ok(counts.into_iter().collect())
    }

    fn put_persons(&mut self, drafts: impl Iterator<Item = Draft>) -> Result<usize, StoreError> {
        let rows: Vec<PersonRow> = drafts
            .filter(Draft::differs)
            .map(|draft| draft.row(self))
            .collect::<Result<_, _>>()?;
        upsert(self.conn, &rows)?;
        Ok(rows.len())
    }
}

impl EmploymentRecord {
    fn row(&self, id: Uuid, person: Uuid, hsa_key: String) -> PostRow {
        PostRow {
            id,
            person_id: person,
            organisation_id: self.organisation.0,
            unit_id: self.unit.map(|unit| unit.0),
            hsa_id: self.hsa_id.as_str().to_owned(),
            hsa_key,
            title: self.title.clone(),
            licences: self.licences.clone(),
            specialities: self.specialities.clone(),
            speciality_codes: self.speciality_codes.clone(),
            prescriber_code: self.prescriber_code.clone(),
            group_prescriber_code: self.group_prescriber_code.clone(),
            phone: self.phone.clone(),
            mobile: self.mobile.clone(),
            mifare: self.mifare.clone(),
            system_roles: self.system_roles.clone(),
            starts: self.starts,
            last_day: self.last_day,
        }
    }
}
