//! The imports themselves: one at a time, each kept with its report.

use diesel::prelude::*;
use serde_json::Value;

use crate::error::StoreError;
use crate::schema::import_run;
use crate::tx::Tx;

/// One reading of a feed.
#[derive(Clone, Debug)]
pub struct ImportRun {
    /// The file's name, without its folder.
    pub file_name: String,
    /// The file's hash.
    pub file_hash: Vec<u8>,
    /// The report, without names of persons.
    pub report: Value,
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

    /// Keeps an import with its report.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn keep_import(&mut self, run: &ImportRun) -> Result<(), StoreError> {
        diesel::insert_into(import_run::table)
            .values((
                import_run::id.eq(self.entropy.id()),
                import_run::at.eq(self.now),
                import_run::file_name.eq(&run.file_name),
                import_run::file_hash.eq(&run.file_hash),
                import_run::report.eq(&run.report),
            ))
            .execute(self.conn)?;
        Ok(())
    }
}
