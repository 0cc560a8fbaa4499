//! Feeds that officers have sent in, sealed piece by piece, for the hour between preview and
//! import. Nothing of them is ever on a disk in the open.

use cards_domain::ids::PersonId;
use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::db::Link;
use crate::error::StoreError;
use crate::schema::{feed_upload, feed_upload_part};
use crate::tx::Tx;

const PART: &str = "feed_upload_part.content";
const REPORT: &str = "feed_upload.report";

/// Bytes of every piece but the last.
pub const UPLOAD_PART: usize = 1024 * 1024;

/// A feed that was sent in.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Its id.
    pub id: Uuid,
    /// When it came.
    pub at: DateTime<Utc>,
    /// Who sent it.
    pub by: PersonId,
    /// The file's name, without its folder.
    pub file_name: String,
    /// It holds only what has changed.
    pub delta: bool,
    /// Bytes.
    pub size: u64,
    /// SHA-256; `None` while it is still coming.
    pub file_hash: Option<Vec<u8>>,
    /// What the preview said.
    pub report: Option<Value>,
    /// The import that took it in.
    pub import: Option<Uuid>,
}

/// What there is to take in of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The file, by this transaction alone.
    Free,
    /// Nothing any more: this import has taken it in.
    Done(Uuid),
    /// Nothing: it has been thrown away.
    Gone,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = feed_upload)]
struct UploadRow {
    id: Uuid,
    at: DateTime<Utc>,
    by_person: Uuid,
    file_name: String,
    delta: bool,
    size: i64,
    file_hash: Option<Vec<u8>>,
    report: Option<Vec<u8>>,
    import_id: Option<Uuid>,
}

impl Link {
    /// Begins an upload instead of what the same person sent earlier and did not take in; gives its
    /// id.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn begin_upload(
        &mut self,
        by: PersonId,
        file_name: &str,
        delta: bool,
    ) -> Result<Uuid, StoreError> {
        diesel::delete(
            feed_upload::table
                .filter(feed_upload::by_person.eq(by.0))
                .filter(feed_upload::import_id.is_null()),
        )
        .execute(&mut self.conn)?;
        let id = self.new_id();
        diesel::insert_into(feed_upload::table)
            .values((
                feed_upload::id.eq(id),
                feed_upload::at.eq(self.now()),
                feed_upload::by_person.eq(by.0),
                feed_upload::file_name.eq(file_name),
                feed_upload::delta.eq(delta),
                feed_upload::size.eq(0),
            ))
            .execute(&mut self.conn)?;
        Ok(id)
    }

    /// Keeps a piece. All but the last are [`UPLOAD_PART`] long.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn add_upload_part(
        &mut self,
        upload: Uuid,
        place: i64,
        content: &[u8],
    ) -> Result<(), StoreError> {
        let sealed = self.seal().close_bytes(self.entropy(), PART, content)?;
        diesel::insert_into(feed_upload_part::table)
            .values((
                feed_upload_part::upload_id.eq(upload),
                feed_upload_part::place.eq(place),
                feed_upload_part::content.eq(sealed),
            ))
            .execute(&mut self.conn)?;
        Ok(())
    }

    /// All of it has come.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn finish_upload(
        &mut self,
        upload: Uuid,
        size: u64,
        file_hash: &[u8],
    ) -> Result<(), StoreError> {
        diesel::update(feed_upload::table.find(upload))
            .set((
                feed_upload::size.eq(i64::try_from(size).unwrap_or(i64::MAX)),
                feed_upload::file_hash.eq(file_hash),
            ))
            .execute(&mut self.conn)?;
        Ok(())
    }

    /// Keeps what the preview said.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn keep_preview(&mut self, upload: Uuid, report: &Value) -> Result<(), StoreError> {
        let sealed = self.seal().close(self.entropy(), REPORT, report)?;
        diesel::update(feed_upload::table.find(upload))
            .set(feed_upload::report.eq(sealed))
            .execute(&mut self.conn)?;
        Ok(())
    }

    /// Throws away what came before `before`, and `also` one that broke off.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn drop_uploads(
        &mut self,
        before: DateTime<Utc>,
        also: Option<Uuid>,
    ) -> Result<(), StoreError> {
        let also = also.unwrap_or(Uuid::nil());
        diesel::delete(
            feed_upload::table.filter(feed_upload::at.lt(before).or(feed_upload::id.eq(also))),
        )
        .execute(&mut self.conn)?;
        Ok(())
    }

    /// One upload.
    ///
    /// # Errors
    /// The database cannot be asked, or its preview cannot be opened.
    pub fn upload(&mut self, id: Uuid) -> Result<Option<Upload>, StoreError> {
        let row: Option<UploadRow> = feed_upload::table
            .find(id)
            .select(UploadRow::as_select())
            .first(&mut self.conn)
            .optional()?;
        row.map(|row| {
            let report = row.report.map(|sealed| self.seal().open(REPORT, &sealed));
            Ok(Upload {
                id: row.id,
                at: row.at,
                by: PersonId(row.by_person),
                file_name: row.file_name,
                delta: row.delta,
                size: u64::try_from(row.size).unwrap_or_default(),
                file_hash: row.file_hash,
                report: report.transpose()?,
                import: row.import_id,
            })
        })
        .transpose()
    }

    /// A piece of it; `None` after the last.
    ///
    /// # Errors
    /// The database cannot be asked, or the piece cannot be opened.
    pub fn upload_part(&mut self, upload: Uuid, place: i64) -> Result<Option<Vec<u8>>, StoreError> {
        let sealed: Option<Vec<u8>> = feed_upload_part::table
            .find((upload, place))
            .select(feed_upload_part::content)
            .first(&mut self.conn)
            .optional()?;
        sealed
            .map(|sealed| Ok(self.seal().open_bytes(PART, &sealed)?))
            .transpose()
    }
}

impl Tx<'_> {
    /// Takes an upload for this transaction alone. Whoever takes it in at the same time waits, for
    /// as long as that import may take, and is told of its outcome.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn claim_upload(&mut self, id: Uuid) -> Result<Claim, StoreError> {
        self.conn
            .batch_execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")?;
        let import: Option<Option<Uuid>> = feed_upload::table
            .find(id)
            .for_update()
            .select(feed_upload::import_id)
            .first(self.conn)
            .optional()?;
        Ok(match import {
            None => Claim::Gone,
            Some(None) => Claim::Free,
            Some(Some(import)) => Claim::Done(import),
        })
    }

    /// The file was taken in; its content is thrown away.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn close_upload(&mut self, upload: Uuid, import: Uuid) -> Result<(), StoreError> {
        diesel::update(feed_upload::table.find(upload))
            .set((
                feed_upload::import_id.eq(import),
                feed_upload::report.eq(None::<Vec<u8>>),
            ))
            .execute(self.conn)?;
        diesel::delete(feed_upload_part::table.filter(feed_upload_part::upload_id.eq(upload)))
            .execute(self.conn)?;
        Ok(())
    }
}

/// SHA-256 of a file that comes in pieces.
pub struct FileDigest(aws_lc_rs::digest::Context);

impl Default for FileDigest {
    fn default() -> Self {
        Self(aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256))
    }
}

impl FileDigest {
    /// The next piece.
    pub fn add(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The hash of all of them.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.0.finish().as_ref().to_vec()
    }
}
