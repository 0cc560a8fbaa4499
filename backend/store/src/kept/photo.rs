//! Photos as rows. The pictures stand in a table of their own, encrypted, and are never read with
//! the photo.

use cards_domain::access::Actor;
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{OfficeId, OrderId, PersonId, PhotoId};
use cards_domain::order::OrderStage;
use cards_domain::photo::{KeptPhoto, Photo, PhotoFacts, PhotoRequest};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

use super::{Kept, KeptBegin, guard_table, in_order};
use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::rows::{self, Row};
use crate::schema::{card, card_order, office, photo, photo_picture};
use crate::tx::Tx;

const JPEG: &str = "photo_picture.jpeg";
const THUMBNAIL: &str = "photo_picture.thumbnail";

#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = photo)]
pub(crate) struct PhotoRow {
    id: Uuid,
    person_id: Uuid,
    order_id: Uuid,
    office_id: Uuid,
    taken_by: Uuid,
    taken_on: NaiveDate,
    source: String,
    stage: String,
    since: DateTime<Utc>,
    version: i64,
}

impl Row for PhotoRow {
    const TABLE: &'static str = "photo";
    const CHANGES: &'static [&'static str] = &["stage", "since"];
}

impl From<&Photo> for PhotoRow {
    fn from(thing: &Photo) -> Self {
        Self {
            id: thing.id.0,
            person_id: thing.person.0,
            order_id: thing.order.0,
            office_id: thing.office.0,
            taken_by: thing.taken_by.0,
            taken_on: thing.taken_on,
            source: <&str>::from(thing.source).to_owned(),
            stage: <&str>::from(thing.stage).to_owned(),
            since: thing.since,
            version: thing.version,
        }
    }
}

impl TryFrom<PhotoRow> for Photo {
    type Error = StoreError;

    fn try_from(row: PhotoRow) -> Result<Self, StoreError> {
        let bad = |what| move |_| unreadable("photo", what);
        Ok(Self {
            id: PhotoId(row.id),
            person: PersonId(row.person_id),
            order: OrderId(row.order_id),
            office: OfficeId(row.office_id),
            taken_by: PersonId(row.taken_by),
            taken_on: row.taken_on,
            source: row.source.parse().map_err(bad("source"))?,
            stage: row.stage.parse().map_err(bad("stage"))?,
            since: row.since,
            version: row.version,
            picture: None,
        })
    }
}

impl Kept for Photo {
    fn guard(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<(), StoreError> {
        guard_table(tx, "photo", ids)
    }

    fn load(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<Vec<Self>, StoreError> {
        let rows: Vec<PhotoRow> = photo::table
            .filter(photo::id.eq_any(ids))
            .select(PhotoRow::as_select())
            .load(tx.conn)?;
        let things = rows
            .into_iter()
            .map(Self::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        Ok(in_order(ids, things, |thing| thing.id.0))
    }

    fn facts(
        tx: &mut Tx<'_>,
        _: &Actor,
        things: &[Self],
        _: &DeadlineLengths,
    ) -> Result<Vec<PhotoFacts>, StoreError> {
        let orders: Vec<_> = things.iter().map(|thing| thing.order).collect();
        photo_facts(tx, &orders)?
            .into_iter()
            .map(|facts| facts.ok_or(unreadable("photo", "order_id")))
            .collect()
    }

    fn save(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows: Vec<_> = things.iter().map(PhotoRow::from).collect();
        rows::save(tx.conn, &rows)?;
        tx.memory
            .photos_changed(things.iter().map(|thing| thing.person));
        Ok(())
    }
}

impl KeptBegin for Photo {
    fn holder(request: &PhotoRequest) -> PersonId {
        request.person
    }

    fn facts_to_begin(
        tx: &mut Tx<'_>,
        _: &Actor,
        requests: &[PhotoRequest],
        _: &DeadlineLengths,
    ) -> Result<Vec<Option<PhotoFacts>>, StoreError> {
        let orders: Vec<_> = requests.iter().map(|request| request.order).collect();
        photo_facts(tx, &orders)
    }

    fn insert(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows: Vec<_> = things.iter().map(PhotoRow::from).collect();
        rows::insert(tx.conn, &rows)?;
        let pictures = things
            .iter()
            .filter_map(|thing| Some((thing, thing.picture.as_ref()?)))
            .map(|(thing, picture)| {
                Ok((
                    photo_picture::photo_id.eq(thing.id.0),
                    photo_picture::jpeg.eq(tx.seal.close_bytes(tx.entropy, JPEG, &picture.jpeg)?),
                    photo_picture::thumbnail.eq(tx.seal.close_bytes(
                        tx.entropy,
                        THUMBNAIL,
                        &picture.thumbnail,
                    )?),
                ))
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        diesel::insert_into(photo_picture::table)
            .values(pictures)
            .execute(tx.conn)?;
        tx.memory
            .photos_changed(things.iter().map(|thing| thing.person));
        Ok(())
    }
}

/// Each order's person, judged where the card is ordered, and where the order stands.
fn photo_facts(tx: &mut Tx<'_>, orders: &[OrderId]) -> Result<Vec<Option<PhotoFacts>>, StoreError> {
    let ids: Vec<Uuid> = orders.iter().map(|order| order.0).collect();
    let rows: Vec<(Uuid, Uuid, Uuid, String)> = card_order::table
        .filter(card_order::id.eq_any(ids))
        .select((
            card_order::id,
            card_order::person_id,
            card_order::organisation_id,
            card_order::stage,
        ))
        .load(tx.conn)?;
    let people = tx.people(rows.iter().map(|row| PersonId(row.1)))?;
    let mut found = HashMap::new();
    for (id, person, organisation, stage) in rows {
        let person = PersonId(person);
        let facts = people.get(&person).ok_or(unreadable("person", "id"))?;
        let order: OrderStage = stage
            .parse()
            .map_err(|_| unreadable("card_order", "stage"))?;
        let organisation = cards_domain::ids::OrganisationId(organisation);
        let subject = facts.subject(person, vec![organisation]);
        found.insert(OrderId(id), PhotoFacts { subject, order });
    }
    Ok(orders
        .iter()
        .map(|order| found.get(order).cloned())
        .collect())
}

/// Cards with the photo that should not have been issued: it shows somebody else.
#[diesel::dsl::auto_type]
fn misprinted() -> _ {
    card_order::table
        .inner_join(card::table.on(card::order_id.eq(card_order::id)))
        .filter(card_order::photo_id.eq(photo::id.nullable()))
        .filter(card::reason.eq("wrongly_issued"))
        .select(card::id)
}

/// A photo that was approved, with where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovedPhoto {
    /// The photo.
    pub photo: KeptPhoto,
    /// The name of the office where it was taken or brought in.
    pub office_name: String,
}

impl ApprovedPhoto {
    fn read((row, office_name): (PhotoRow, String)) -> Result<(PersonId, Self), StoreError> {
        let photo = Photo::try_from(row)?;
        let approved = Self {
            photo: photo.as_kept(),
            office_name,
        };
        Ok((photo.person, approved))
    }
}

impl Tx<'_> {
    /// Reads the newest approved photo of each of the persons, without those found to show somebody
    /// else.
    pub(super) fn approved_photos(
        &mut self,
        people: impl IntoIterator<Item = PersonId>,
    ) -> Result<(), StoreError> {
        let missing: Vec<PersonId> = people
            .into_iter()
            .filter(|person| !self.memory.photos.contains_key(person))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let ids: Vec<Uuid> = missing.iter().map(|person| person.0).collect();
        let rows: Vec<(PhotoRow, String)> = photo::table
            .inner_join(office::table.on(office::id.eq(photo::office_id)))
            .filter(photo::person_id.eq_any(ids))
            .filter(photo::stage.eq("approved"))
            .filter(not(exists(misprinted())))
            .distinct_on(photo::person_id)
            .order((
                photo::person_id,
                photo::taken_on.desc(),
                photo::since.desc(),
            ))
            .select((PhotoRow::as_select(), office::name))
            .load(self.conn)?;
        for person in missing {
            self.memory.photos.insert(person, None);
        }
        for row in rows {
            let (person, photo) = ApprovedPhoto::read(row)?;
            self.memory.photos.insert(person, Some(photo));
        }
        Ok(())
    }
}

/// Which copy of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureSize {
    /// As it is printed.
    Full,
    /// As it is shown in lists.
    Thumbnail,
}

impl Link {
    /// A photo without its picture.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn photo(&mut self, id: PhotoId) -> Result<Option<Photo>, StoreError> {
        self.read(|tx| Ok(Photo::load(tx, &[id.0])?.pop()))
    }

    /// The newest approved photo of a person, however old.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn kept_photo(&mut self, person: PersonId) -> Result<Option<KeptPhoto>, StoreError> {
        let approved = self.approved_photo(person)?;
        Ok(approved.map(|approved| approved.photo))
    }

    /// As [`Link::kept_photo`], with the name of the office.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn approved_photo(
        &mut self,
        person: PersonId,
    ) -> Result<Option<ApprovedPhoto>, StoreError> {
        self.read(|tx| {
            tx.approved_photos([person])?;
            Ok(tx.memory.photos.get(&person).cloned().flatten())
        })
    }

    /// The photo that was approved for an order.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn photo_of_order(&mut self, order: OrderId) -> Result<Option<ApprovedPhoto>, StoreError> {
        let row: Option<(PhotoRow, String)> = card_order::table
            .inner_join(photo::table.on(photo::id.nullable().eq(card_order::photo_id)))
            .inner_join(office::table.on(office::id.eq(photo::office_id)))
            .filter(card_order::id.eq(order.0))
            .select((PhotoRow::as_select(), office::name))
            .first(&mut self.conn)
            .optional()?;
        Ok(row
            .map(ApprovedPhoto::read)
            .transpose()?
            .map(|(_, photo)| photo))
    }

    /// The picture of a photo as JPEG. That it was looked at is for the caller to write down.
    ///
    /// # Errors
    /// The database cannot be asked, or the picture was sealed with another key.
    pub fn picture(
        &mut self,
        id: PhotoId,
        size: PictureSize,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let query = photo_picture::table.find(id.0);
        let (sealed, context) = match size {
            PictureSize::Full => (
                query
                    .select(photo_picture::jpeg)
                    .first::<Vec<u8>>(&mut self.conn)
                    .optional()?,
                JPEG,
            ),
            PictureSize::Thumbnail => (
                query
                    .select(photo_picture::thumbnail)
                    .first::<Vec<u8>>(&mut self.conn)
                    .optional()?,
                THUMBNAIL,
            ),
        };
        Ok(sealed
            .map(|bytes| self.seal().open_bytes(context, &bytes))
            .transpose()?)
    }
}
