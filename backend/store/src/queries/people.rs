//! Finding persons, and one person's sheet.

use cards_domain::access::Scope;
use cards_domain::calendar;
use cards_domain::ids::{OrganisationId, PersonId, UnitId};
use cards_domain::person::{Protection, Subject};
use cards_domain::values::{CardNumber, HsaId, PersonName, PersonNumber, RekId, search_key};
use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::pg::Pg;
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::kept::people::IdentityRow;
use crate::schema::{card, card_order, delivery, organisation, person, post, revocation, unit};

const MOST_HITS: i64 = 50;
const ENDED: [&str; 2] = ["revoked", "expired"];
const OPEN_CASES: [&str; 2] = ["reported", "external_steps_pending"];

/// What somebody typed into the one search field, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchFor {
    /// A person's number.
    Number(PersonNumber),
    /// An HSA-id.
    HsaId(HsaId),
    /// A card's number.
    CardNumber(CardNumber),
    /// An order's number.
    OrderNumber(String),
    /// A tracking number.
    RekId(RekId),
    /// A family name and the beginning of a given name.
    Name {
        /// The whole family name.
        surname: String,
        /// The beginning of the given name; may be empty.
        given: String,
    },
}

/// A post of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostSheet {
    /// The HSA-id.
    pub hsa_id: HsaId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// The unit.
    pub unit: Option<UnitId>,
    /// Its name.
    pub unit_name: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// Last day of the employment.
    pub last_day: Option<NaiveDate>,
}

/// A person found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: PersonName,
    /// The number.
    pub number: PersonNumber,
    /// How the person is protected.
    pub protection: Protection,
    /// The posts in the actor's scope.
    pub posts: Vec<PostSheet>,
}

/// A person's sheet.
#[derive(Clone, Debug)]
pub struct PersonSheet {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: PersonName,
    /// The number.
    pub number: PersonNumber,
    /// Where mail goes.
    pub mail: Option<String>,
    /// The language of mails, `sv` or `en`.
    pub language: String,
    /// How the person is protected.
    pub protection: Protection,
    /// A made-up person.
    pub test_person: bool,
    /// Every live post.
    pub posts: Vec<PostSheet>,
}

impl PersonSheet {
    /// The person as the subject of an act judged where they work.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject {
            person: self.person,
            protected: self.protection.is_protected(),
            organisations: self.posts.iter().map(|post| post.organisation).collect(),
        }
    }
}

pub(super) type Boxed<'a> = person::BoxedQuery<'a, Pg>;

impl Link {
    /// The persons in `scope` that match, at most fifty.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn search(&mut self, scope: &Scope, wanted: &SearchFor) -> Result<Vec<Hit>, StoreError> {
        let query = matching(person::table.into_boxed(), self, wanted);
        let today = calendar::business_day(self.now());
        let query = visible(query, scope, today);
        let rows: Vec<IdentityRow> = query
            .order((
                diesel::dsl::sql::<diesel::sql_types::Text>("surname COLLATE \"sv-x-icu\""),
                diesel::dsl::sql::<diesel::sql_types::Text>("given_name COLLATE \"sv-x-icu\""),
                person::id,
            ))
            .limit(MOST_HITS)
            .select(IdentityRow::as_select())
            .load(&mut self.conn)?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut posts = self.posts(&ids, Some(scope), today)?;
        rows.iter()
            .map(|row| {
                let identity = row.read(self.seal())?;
                let (of_person, others) = std::mem::take(&mut posts)
                    .into_iter()
                    .partition(|(id, _)| *id == row.id);
                posts = others;
                let of_person: Vec<(Uuid, PostSheet)> = of_person;
                Ok(Hit {
                    person: PersonId(row.id),
                    name: identity.name,
                    number: identity.number,
                    protection: identity.protection,
                    posts: of_person.into_iter().map(|(_, post)| post).collect(),
                })
            })
            .collect()
    }

    /// A person's sheet, if the person is in `scope`.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn person(
        &mut self,
        scope: &Scope,
        id: PersonId,
    ) -> Result<Option<PersonSheet>, StoreError> {
        let today = calendar::business_day(self.now());
        let query = visible(
            person::table.filter(person::id.eq(id.0)).into_boxed(),
            scope,
            today,
        );
        self.read_sheet(query, today)
    }

    /// A person's sheet for the system's own errands, which have no scope.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn person_for_errand(&mut self, id: PersonId) -> Result<Option<PersonSheet>, StoreError> {
        let today = calendar::business_day(self.now());
        self.read_sheet(
            person::table.filter(person::id.eq(id.0)).into_boxed(),
            today,
        )
    }

    fn read_sheet(
        &mut self,
        query: Boxed<'_>,
        today: NaiveDate,
    ) -> Result<Option<PersonSheet>, StoreError> {
        let row: Option<IdentityRow> = query
            .select(IdentityRow::as_select())
            .first(&mut self.conn)
            .optional()?;
        let Some(row) = row else { return Ok(None) };
        let posts = self.posts(&[row.id], None, today)?;
        self.sheet(&row, posts).map(Some)
    }

    pub(super) fn sheet(
        &self,
        row: &IdentityRow,
        posts: Vec<(Uuid, PostSheet)>,
    ) -> Result<PersonSheet, StoreError> {
        let identity = row.read(self.seal())?;
        Ok(PersonSheet {
            person: PersonId(row.id),
            name: identity.name,
            number: identity.number,
            mail: identity.mail,
            language: row.language.clone(),
            protection: identity.protection,
            test_person: row.test_person,
            posts: posts.into_iter().map(|(_, post)| post).collect(),
        })
    }

    fn posts(
        &mut self,
        people: &[Uuid],
        scope: Option<&Scope>,
        today: NaiveDate,
    ) -> Result<Vec<(Uuid, PostSheet)>, StoreError> {
        let mut query = post::table
            .inner_join(organisation::table.on(organisation::id.eq(post::organisation_id)))
            .left_join(unit::table.on(unit::id.nullable().eq(post::unit_id)))
            .filter(post::person_id.eq_any(people))
            .filter(post::last_day.is_null().or(post::last_day.ge(today)))
            .order((post::person_id, organisation::name, post::hsa_key))
            .into_boxed();
        if let Some(scope) = scope {
            let organisations: Vec<Uuid> = scope.organisations().iter().map(|id| id.0).collect();
            query = query.filter(post::organisation_id.eq_any(organisations));
        }
        let rows: Vec<PostRow> = query
            .select((
                post::person_id,
                post::hsa_id,
                organisation::id,
                organisation::name,
                unit::id.nullable(),
                unit::name.nullable(),
                post::title,
                post::last_day,
            ))
            .load(&mut self.conn)?;
        rows.into_iter().map(read_post).collect()
    }
}

pub(super) type PostRow = (
    Uuid,
    String,
    Uuid,
    String,
    Option<Uuid>,
    Option<String>,
    Option<String>,
    Option<NaiveDate>,
);

pub(super) fn read_post(row: PostRow) -> Result<(Uuid, PostSheet), StoreError> {
    let (person, hsa_id, organisation, organisation_name, unit, unit_name, title, last_day) = row;
    let hsa_id = HsaId::parse_import(&hsa_id).map_err(|_| unreadable("post", "hsa_id"))?;
    let organisation = OrganisationId(organisation);
    let unit = unit.map(UnitId);
    Ok((
        person,
        PostSheet {
            hsa_id,
            organisation,
            organisation_name,
            unit,
            unit_name,
            title,
            last_day,
        },
    ))
}

/// Visible is a person with a live post, with a card that has not ended, or with a case of revocation
/// that somebody must still do something about, in one of the scope's organisations; a holder sees
/// only themselves.
pub(super) fn visible<'a>(query: Boxed<'a>, scope: &Scope, today: NaiveDate) -> Boxed<'a> {
    if let Some(own) = scope.own() {
        return query.filter(person::id.eq(own.0));
    }
    let organisations: Vec<Uuid> = scope.organisations().iter().map(|id| id.0).collect();
    let has_post = exists(
        post::table
            .filter(post::person_id.eq(person::id))
            .filter(post::organisation_id.eq_any(organisations.clone()))
            .filter(post::last_day.is_null().or(post::last_day.ge(today))),
    );
    let has_card = exists(
        card::table
            .filter(card::person_id.eq(person::id))
            .filter(card::organisation_id.eq_any(organisations.clone()))
            .filter(card::stage.ne_all(ENDED)),
    );
    let has_case = exists(
        revocation::table
            .filter(revocation::person_id.eq(person::id))
            .filter(revocation::organisation_id.eq_any(organisations))
            .filter(revocation::stage.eq_any(OPEN_CASES)),
    );
    let query = query.filter(has_post.or(has_card).or(has_case));
    if scope.protected_too() {
        query
    } else {
        query.filter(person::protection.eq("none"))
    }
}

fn matching<'a>(query: Boxed<'a>, link: &Link, wanted: &SearchFor) -> Boxed<'a> {
    match wanted {
        SearchFor::Number(number) => {
            query.filter(person::number_index.eq(link.seal().index(number.as_str())))
        }
        SearchFor::HsaId(hsa_id) => query.filter(exists(
            post::table
                .filter(post::person_id.eq(person::id))
                .filter(post::hsa_key.eq(hsa_id.search_key())),
        )),
        SearchFor::CardNumber(number) => query.filter(exists(
            card::table
                .filter(card::person_id.eq(person::id))
                .filter(card::number.eq(number.as_str().to_owned())),
        )),
        SearchFor::OrderNumber(number) => query.filter(exists(
            card_order::table
                .filter(card_order::person_id.eq(person::id))
                .filter(card_order::number.eq(number.clone())),
        )),
        SearchFor::RekId(rek_id) => query.filter(exists(
            delivery::table
                .filter(delivery::person_id.eq(person::id))
                .filter(delivery::rek_id.eq(rek_id.as_str().to_owned())),
        )),
        SearchFor::Name { surname, given } => {
            let query = query.filter(person::surname_key.eq(search_key(surname)));
            let from = search_key(given);
            if from.is_empty() {
                return query;
            }
            // A half-open range uses the index where LIKE with a parameter does not.
            let mut to = from.clone();
            to.push(char::MAX);
            query
                .filter(person::given_key.ge(from))
                .filter(person::given_key.lt(to))
        }
    }
}
