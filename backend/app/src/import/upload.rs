//! A feed from a page: it comes in pieces, is sealed piece by piece, rehearsed, and then taken in or
//! thrown away within the hour.

mod kept_file;

use cards_domain::access::Scope;
use cards_domain::ids::PersonId;
use cards_store::directory::{Alteration, FileDigest, Upload};
use cards_store::{Lane, Link};
use chrono::Duration;
use uuid::Uuid;

use super::decide::shown;
use super::page::importers;
use super::report::{Change, ImportReport};
use super::{DirectorySettings, ImportOptions, allow, import_as};
use crate::feed::FeedRefused;
use crate::{App, Call, Failure};
pub use kept_file::UploadedFile;

/// How long a file waits between preview and import.
const KEPT_MINUTES: i64 = 60;
/// The longest name of a file that is kept.
const LONGEST_NAME: usize = 200;

/// A file on its way in.
pub struct NewUpload {
    id: Uuid,
    place: i64,
    size: u64,
    most: u64,
    digest: FileDigest,
}

impl NewUpload {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Keeps the next piece: [`super::UPLOAD_PART`] bytes, or fewer for the last. `false` when the file is
    /// longer than is taken, and nothing of it is kept any more.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn add(&mut self, link: &mut Link, piece: &[u8]) -> Result<bool, Failure> {
        self.size = self.size.saturating_add(bytes(piece.len()));
        if self.size > self.most {
            self.give_up(link)?;
            return Ok(false);
        }
        self.digest.add(piece);
        link.add_upload_part(self.id, self.place, piece)?;
        self.place += 1;
        Ok(true)
    }

    /// All of it has come.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn finish(self, link: &mut Link) -> Result<Uuid, Failure> {
        link.finish_upload(self.id, self.size, &self.digest.finish())?;
        Ok(self.id)
    }

    /// Throws away what has come.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn give_up(&self, link: &mut Link) -> Result<(), Failure> {
        let before = link.now() - Duration::minutes(KEPT_MINUTES);
        Ok(link.drop_uploads(before, Some(self.id))?)
    }
}

/// A file that waits for its import.
#[derive(Clone, Debug)]
pub struct PreviewSheet {
    /// Its id.
    pub id: Uuid,
    /// The file's name.
    pub file_name: String,
    /// It holds only what has changed.
    pub delta: bool,
    /// What the import would report.
    pub report: ImportReport,
    /// HSA-id and name of the first who would end; no name where it is protected.
    pub leaving: Vec<(String, Option<String>)>,
    /// How many more of them the reader may not see: their data is protected.
    pub leaving_hidden: usize,
    /// The first who are new or would change, as far as the reader may see them.
    pub changes: Vec<ChangeSheet>,
    /// The import that took it in, when it has been.
    pub import: Option<Uuid>,
}

/// A person who is new or would change.
#[derive(Clone, Debug)]
pub struct ChangeSheet {
    /// Who; nobody yet where the person is new.
    pub person: PersonId,
    /// The HSA-id in the file.
    pub hsa_id: String,
    /// The name in the file; none where it is protected.
    pub name: Option<String>,
    /// The name that is known, where the file has another.
    pub before: Option<String>,
    /// What would change.
    pub what: Alteration,
}

/// Those of the report whom the reader may see, with the names that they have now.
fn changes(
    link: &mut Link,
    scope: &Scope,
    report: &ImportReport,
) -> Result<Vec<ChangeSheet>, Failure> {
    let seen = report.changes.iter();
    let seen: Vec<_> = seen
        .filter(|one| one.name.is_some() || scope.protected_too())
        .collect();
    let renamed = seen.iter().filter(|one| one.what == Alteration::Name);
    let renamed: Vec<PersonId> = renamed.map(|one| PersonId(one.person)).collect();
    let names = link.open_names(&renamed)?;
    let sheet = |one: &&Change| {
        let person = PersonId(one.person);
        let before = names.iter().find(|(known, _)| *known == person);
        ChangeSheet {
            person,
            hsa_id: one.hsa_id.clone(),
            name: one.name.clone(),
            before: before.and_then(|(_, name)| name.clone()),
            what: one.what,
        }
    };
    Ok(seen.iter().map(sheet).collect())
}

/// Throws away files that nobody took in within the hour.
///
/// # Errors
/// The database cannot be asked.
pub fn forget_uploads(link: &mut Link) -> Result<(), Failure> {
    Ok(link.drop_uploads(link.now() - Duration::minutes(KEPT_MINUTES), None)?)
}

impl App {
    fn directory_settings(&self) -> Result<&DirectorySettings, Failure> {
        self.directory
            .as_ref()
            .ok_or_else(|| Failure::Broken("no format of directory feeds is set".to_owned()))
    }

    /// The longest file that is taken from a page, in bytes.
    #[must_use]
    pub fn most_upload(&self) -> u64 {
        self.directory.as_ref().map_or(0, |set| set.most_upload)
    }

    /// Whether the actor may send a file at all. Nobody else's attempt stays unwritten.
    ///
    /// # Errors
    /// [`Failure::Refused`] when the actor may not import.
    pub fn let_in(&self, link: &mut Link, call: &Call) -> Result<(), Failure> {
        match allow(call) {
            Ok(_) => Ok(()),
            Err(Failure::Refused(refusal)) => {
                self.ledger
                    .note_refused_edit(link, call, "feed_upload", &refusal)?;
                Err(Failure::Refused(refusal))
            }
            Err(other) => Err(other),
        }
    }

    /// Begins to keep a file.
    ///
    /// # Errors
    /// [`Failure::Refused`] when the actor may not import.
    pub fn begin_upload(
        &self,
        link: &mut Link,
        call: &Call,
        (file_name, delta): (&str, bool),
    ) -> Result<NewUpload, Failure> {
        self.let_in(link, call)?;
        let by = call.actor.person().ok_or(Failure::NotFound)?;
        forget_uploads(link)?;
        let name: String = file_name
            .chars()
            .filter(|character| !character.is_control())
            .take(LONGEST_NAME)
            .collect();
        Ok(NewUpload {
            id: link.begin_upload(by, &name, delta)?,
            place: 0,
            size: 0,
            most: self.most_upload(),
            digest: FileDigest::default(),
        })
    }

    /// Rehearses the import of a file that has come, and keeps what it reported.
    ///
    /// # Errors
    /// As [`super::import_directory`]; inside, that the whole file is refused: it is thrown away.
    pub fn preview_upload(
        &self,
        link: &mut Link,
        call: &Call,
        id: Uuid,
    ) -> Result<Result<(), FeedRefused>, Failure> {
        let upload = self.own_upload(link, call, id)?;
        let report = match self.read_upload(link, call, &upload, true)? {
            Ok((report, _)) => report,
            Err(refused) => {
                link.drop_uploads(link.now() - Duration::minutes(KEPT_MINUTES), Some(id))?;
                return Ok(Err(refused));
            }
        };
        let kept = serde_json::to_value(report.shown())
            .map_err(|_| Failure::Broken("the report cannot be written".to_owned()))?;
        link.keep_preview(id, &kept)?;
        Ok(Ok(()))
    }

    /// What the import of a file would do.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when it is not the actor's, or has been thrown away.
    pub fn preview_sheet(
        &self,
        link: &mut Link,
        call: &Call,
        id: Uuid,
    ) -> Result<PreviewSheet, Failure> {
        let upload = self.own_upload(link, call, id)?;
        let report: ImportReport = match upload.report {
            Some(report) => serde_json::from_value(report)
                .map_err(|_| Failure::Broken("a kept report cannot be read".to_owned()))?,
            None if upload.import.is_some() => ImportReport::default(),
            None => return Err(Failure::NotFound),
        };
        let people: Vec<PersonId> = report
            .leaving
            .iter()
            .map(|one| PersonId(one.person))
            .collect();
        let names = link.open_names(&people)?;
        let scope = importers(call)?;
        let posts = report.leaving.iter();
        let posts = posts.map(|one| (PersonId(one.person), one.hsa_id.clone()));
        let (leaving, leaving_hidden) = shown(&scope, posts.collect(), &names);
        let changes = changes(link, &scope, &report)?;
        let mut people: Vec<PersonId> = leaving.iter().map(|(person, _)| *person).collect();
        let known = changes.iter().filter(|one| one.what != Alteration::New);
        people.extend(known.map(|one| one.person));
        if !people.is_empty() {
            let found = serde_json::json!({ "feed_upload": id, "hits": people });
            self.ledger.searched(link, call, &scope, found)?;
        }
        Ok(PreviewSheet {
            id,
            file_name: upload.file_name,
            delta: upload.delta,
            leaving: leaving.into_iter().map(|(_, row)| row).collect(),
            leaving_hidden,
            changes,
            report,
            import: upload.import,
        })
    }

    /// Takes in the file that was previewed; gives the import. Doing it once more changes nothing.
    ///
    /// # Errors
    /// As [`super::import_directory`]; [`Failure::NotFound`] when the file has been thrown away.
    pub fn import_upload(&self, link: &mut Link, call: &Call, id: Uuid) -> Result<Uuid, Failure> {
        self.let_in(link, call)?;
        let upload = self.own_upload(link, call, id)?;
        if let Some(import) = upload.import {
            return Ok(import);
        }
        if upload.report.is_none() {
            return Err(Failure::NotFound);
        }
        let done = self.read_upload(link, call, &upload, false);
        let refused = |refused: FeedRefused| Failure::Unavailable(refused.to_string());
        match done.and_then(|done| done.map_err(refused)) {
            Ok((_, import)) => Ok(import),
            // Sent twice: the file is gone, since the other request has just taken it in.
            Err(failure) => {
                let import = link.upload(id)?.and_then(|upload| upload.import);
                import.ok_or(failure)
            }
        }
    }

    /// The actor's own file, no older than the hour.
    fn own_upload(&self, link: &mut Link, call: &Call, id: Uuid) -> Result<Upload, Failure> {
        importers(call)?;
        let upload = link.upload(id)?.ok_or(Failure::NotFound)?;
        let is_old = upload.at + Duration::minutes(KEPT_MINUTES) < link.now();
        let is_own = Some(upload.by) == call.actor.person();
        if is_old || !is_own || upload.file_hash.is_none() {
            return Err(Failure::NotFound);
        }
        Ok(upload)
    }

    fn read_upload(
        &self,
        link: &mut Link,
        call: &Call,
        upload: &Upload,
        dry_run: bool,
    ) -> Result<Result<(ImportReport, Uuid), FeedRefused>, Failure> {
        let settings = self.directory_settings()?;
        // The other lane's connection, so that imports side by side never wait for each other's.
        let source = UploadedFile::new(self.db.link(Lane::Short)?, upload);
        let feed = match settings.format.open(Box::new(source)) {
            Ok(feed) => feed,
            Err(refused) => return Ok(Err(refused)),
        };
        let options = ImportOptions {
            file_name: upload.file_name.clone(),
            file_hash: upload.file_hash.clone().unwrap_or_default(),
            delta: upload.delta,
            dry_run,
            only_waiting: false,
            upload: Some(upload.id),
        };
        match import_as(link, call, feed, options) {
            Err(Failure::Unavailable(why)) if why == FeedRefused::TooManyUnusable.to_string() => {
                Ok(Err(FeedRefused::TooManyUnusable))
            }
            done => done.map(Ok),
        }
    }
}

/// No machine holds more than this says.
fn bytes(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
