//! One person's sheet, and who may be seen.

use std::collections::HashMap;

use cards_domain::access::Scope;
use cards_domain::calendar;
use cards_domain::ids::{OrganisationId, PersonId, UnitId};
use cards_domain::person::{Protection, Subject};
use cards_domain::values::{HsaId, PersonName, PersonNumber};
use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::pg::Pg;
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::kept::people::IdentityRow;
use crate::schema::{card, organisation, person, post, revocation, unit};

const ENDED: [&str; 2] = ["revoked", "expired"];
const OPEN_CASES: [&str; 2] = ["reported", "external_steps_pending"];

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
        Ok(self.read_sheets(query, Some(scope), today)?.pop())
    }

    /// The sheets of those of the persons who are in `scope`. Two statements, however many.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn people(
        &mut self,
        scope: &Scope,
        ids: &[PersonId],
    ) -> Result<Vec<PersonSheet>, StoreError> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let today = calendar::business_day(self.now());
        let wanted = person::table.filter(person::id.eq_any(ids)).into_boxed();
        self.read_sheets(visible(wanted, scope, today), Some(scope), today)
    }

    /// A person's sheet for the system's own errands, which have no scope.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn person_for_errand(&mut self, id: PersonId) -> Result<Option<PersonSheet>, StoreError> {
        Ok(self.people_for_errand(&[id])?.pop())
    }

    /// People's sheets for the system's own errands, in no order; unknown people are left out.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn people_for_errand(&mut self, ids: &[PersonId]) -> Result<Vec<PersonSheet>, StoreError> {
        let today = calendar::business_day(self.now());
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let query = person::table.filter(person::id.eq_any(ids)).into_boxed();
        self.read_sheets(query, None, today)
    }

    fn read_sheets(
        &mut self,
        query: Boxed<'_>,
        scope: Option<&Scope>,
        today: NaiveDate,
    ) -> Result<Vec<PersonSheet>, StoreError> {
        let rows: Vec<IdentityRow> = query
            .select(IdentityRow::as_select())
            .load(&mut self.conn)?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let found: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut posts: HashMap<Uuid, Vec<(Uuid, PostSheet)>> = HashMap::new();
        for (person, post) in self.posts(&found, scope, today)? {
            posts.entry(person).or_default().push((person, post));
        }
        let sheet = |row: &IdentityRow| {
            let posts = posts.remove(&row.id).unwrap_or_default();
            self.sheet(row, posts)
        };
        rows.iter().map(sheet).collect()
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
            .into_boxed();
        if let Some((false, organisations)) = scope.map(reach) {
            query = query.filter(post::organisation_id.eq_any(organisations));
        }
        let rows: Vec<PostRow> = query
            .order((post::person_id, organisation::name, post::hsa_key))
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

/// Whose posts the scope lets see: every one of one's own, else those in its organisations. Where else
/// somebody works is not needed to know who stands at the counter.
pub(super) fn reach(scope: &Scope) -> (bool, Vec<Uuid>) {
    let organisations = scope.organisations().iter().map(|id| id.0).collect();
    (scope.own().is_some(), organisations)
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
