//! The imports themselves: one at a time, each kept with its report.

use cards_domain::ids::{OrganisationId, PersonId};
use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde_json::Value;
use uuid::Uuid;

use crate::db::Link;
use crate::error::StoreError;
use crate::schema::{appointment, import_run};
use crate::tx::Tx;

/// One reading of a feed.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = import_run)]
pub struct ImportRun {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// The file's name, without its folder.
    pub file_name: String,
    /// The file's hash.
    pub file_hash: Vec<u8>,
    /// The file held only what had changed.
    pub delta: bool,
    /// Who took it in; `None` for a command on the server.
    pub by_person: Option<Uuid>,
    /// The report, without names of persons.
    pub report: Value,
}

/// What the directory lacks in some organisations: flaws of quality, none of them a fault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, QueryableByName)]
pub struct Flaws {
    /// Organisations without organisation number.
    #[diesel(sql_type = BigInt)]
    pub without_number: i64,
    /// Units without mail address.
    #[diesel(sql_type = BigInt)]
    pub without_mail: i64,
    /// Units without workplace code.
    #[diesel(sql_type = BigInt)]
    pub without_code: i64,
}

impl ImportRun {
    /// Who took it in.
    #[must_use]
    pub fn by(&self) -> Option<PersonId> {
        self.by_person.map(PersonId)
    }
}

/// The imports that `reader` sees.
fn seen_by<'q>(
    reader: PersonId,
    organisations: &[OrganisationId],
    roles: &'q [&'q str],
) -> import_run::BoxedQuery<'q, Pg> {
    let organisations: Vec<Uuid> = organisations.iter().map(|id| id.0).collect();
    let colleagues = appointment::table
        .filter(appointment::organisation_id.eq_any(organisations))
        .filter(appointment::role.eq_any(roles))
        .select(appointment::person_id.nullable());
    import_run::table
        .filter(
            import_run::by_person
                .is_null()
                .or(import_run::by_person.eq(reader.0))
                .or(import_run::by_person.eq_any(colleagues)),
        )
        .into_boxed()
}

impl Tx<'_> {
    /// Lets one import at a time change the directory.
    ///
    /// # Errors
    /// The wait was too long.
    pub fn guard_directory(&mut self) -> Result<(), StoreError> {
        diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended('directory', 0))")
            .execute(self.conn)?;
        Ok(())
    }

    /// How many of these organisations have the organisation number of another one.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn sharing_numbers(
        &mut self,
        organisations: &[OrganisationId],
    ) -> Result<usize, StoreError> {
        #[derive(QueryableByName)]
        struct Sharing {
            #[diesel(sql_type = BigInt)]
            count: i64,
        }
        let ids: Vec<Uuid> = organisations.iter().map(|id| id.0).collect();
        let sharing: Sharing = diesel::sql_query(
            "SELECT count(*) AS count FROM organisation AS o WHERE o.id = ANY($1) \
             AND EXISTS (SELECT FROM organisation AS x WHERE x.number = o.number AND x.id <> o.id)",
        )
        .bind::<diesel::sql_types::Array<diesel::sql_types::Uuid>, _>(ids)
        .get_result(self.conn)?;
        Ok(usize::try_from(sharing.count).unwrap_or_default())
    }

    /// Keeps an import with its report.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn keep_import(&mut self, run: &ImportRun) -> Result<(), StoreError> {
        diesel::insert_into(import_run::table)
            .values((
                import_run::id.eq(run.id),
                import_run::at.eq(run.at),
                import_run::file_name.eq(&run.file_name),
                import_run::file_hash.eq(&run.file_hash),
                import_run::report.eq(&run.report),
                import_run::delta.eq(run.delta),
                import_run::by_person.eq(run.by_person),
            ))
            .execute(self.conn)?;
        Ok(())
    }
}

impl Link {
    /// The latest imports that `reader` sees, newest first: the reader's own, those of commands on
    /// the server, and those of whoever has or had one of the `roles` in the reader's
    /// organisations.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn imports(
        &mut self,
        (reader, organisations): (PersonId, &[OrganisationId]),
        roles: &[&str],
        most: i64,
    ) -> Result<Vec<ImportRun>, StoreError> {
        Ok(seen_by(reader, organisations, roles)
            .order((import_run::at.desc(), import_run::id))
            .limit(most)
            .select(ImportRun::as_select())
            .load(&mut self.conn)?)
    }

    /// One of those imports.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn import_run(
        &mut self,
        (reader, organisations): (PersonId, &[OrganisationId]),
        roles: &[&str],
        id: Uuid,
    ) -> Result<Option<ImportRun>, StoreError> {
        Ok(seen_by(reader, organisations, roles)
            .filter(import_run::id.eq(id))
            .select(ImportRun::as_select())
            .first(&mut self.conn)
            .optional()?)
    }

    /// What the directory lacks in these organisations, beside what is archived.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn directory_flaws(
        &mut self,
        organisations: &[OrganisationId],
    ) -> Result<Flaws, StoreError> {
        let ids: Vec<Uuid> = organisations.iter().map(|id| id.0).collect();
        Ok(diesel::sql_query(
            "SELECT (SELECT count(*) FROM organisation WHERE id = ANY($1) AND number IS NULL \
               AND NOT archived) AS without_number, \
             (SELECT count(*) FROM unit WHERE organisation_id = ANY($1) AND mail IS NULL \
               AND NOT archived) AS without_mail, \
             (SELECT count(*) FROM unit WHERE organisation_id = ANY($1) \
               AND workplace_code IS NULL AND NOT archived) AS without_code",
        )
        .bind::<diesel::sql_types::Array<diesel::sql_types::Uuid>, _>(ids)
        .get_result(&mut self.conn)?)
    }

    /// How many entries wait for their parent.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn waiting_entries(&mut self) -> Result<i64, StoreError> {
        Ok(crate::schema::feed_waiting::table
            .count()
            .get_result(&mut self.conn)?)
    }
}
