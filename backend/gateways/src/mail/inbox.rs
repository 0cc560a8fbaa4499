//! The demonstration's mail: one JSON file per mail in a folder, read by the inbox page.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cards_app::ports::{Clock, GatewayError, Mail, Mailer};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Demonstration;
use crate::files::{self, FileError};

/// A mail that lies in the inbox.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxMail {
    /// When it came.
    pub at: DateTime<Utc>,
    /// The mail.
    #[serde(flatten)]
    pub mail: Mail,
}

/// The inbox of everybody in the demonstration.
pub struct Inbox {
    folder: PathBuf,
    clock: Arc<dyn Clock>,
}

impl Inbox {
    /// The inbox in `folder`, which is made if missing.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn open(_: Demonstration, folder: &Path, clock: Arc<dyn Clock>) -> Result<Self, FileError> {
        files::make_folder(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            clock,
        })
    }

    /// The newest mails, newest first, `limit` at most.
    ///
    /// # Errors
    /// The folder or a mail in it cannot be read.
    pub fn list(&self, limit: usize) -> Result<Vec<InboxMail>, FileError> {
        let stems = files::stems(&self.folder, "", ".json")?;
        // The ids of errands rise with time, so the last names are the newest mails.
        let newest = stems.iter().rev().take(limit);
        let mut mails = newest
            .filter_map(|stem| self.read_file(stem).transpose())
            .collect::<Result<Vec<_>, _>>()?;
        mails.sort_by_key(|found| std::cmp::Reverse((found.at, found.mail.errand)));
        Ok(mails)
    }

    /// The mail of this errand, if there is one.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(&self, errand: Uuid) -> Result<Option<InboxMail>, FileError> {
        self.read_file(&errand.to_string())
    }

    fn read_file(&self, stem: &str) -> Result<Option<InboxMail>, FileError> {
        let path = self.folder.join(format!("{stem}.json"));
        files::read_if_there(&path)?
            .map(|content| {
                serde_json::from_slice(&content)
                    .map_err(|_| FileError::content(&path, "not a mail"))
            })
            .transpose()
    }

    fn keep(&self, mail: &Mail) -> Result<(), FileError> {
        let path = self.folder.join(format!("{}.json", mail.errand));
        let kept = InboxMail {
            at: self.clock.now(),
            mail: mail.clone(),
        };
        let content = serde_json::to_vec_pretty(&kept)
            .map_err(|_| FileError::content(&path, "cannot be written as JSON"))?;
        files::write_unless_there(&path, &content).map(drop)
    }
}

impl Mailer for Inbox {
    fn send(&self, mail: &Mail) -> Result<(), GatewayError> {
        self.keep(mail)
            .map_err(|error| GatewayError::Retry(format!("the inbox: {}", error.source.kind())))
    }
}

#[cfg(test)]
mod tests {
    use cards_domain::values::EmailAddress;

    use super::*;
    use crate::clock::AdjustableClock;
    use crate::test_folder::TestFolder;

    fn mail(errand: u128, subject: &str) -> Mail {
        Mail {
            errand: Uuid::from_u128(errand),
            to: EmailAddress::parse("maja@malarvik.example").unwrap(),
            language: "sv".to_owned(),
            subject: subject.to_owned(),
            text: "Text".to_owned(),
        }
    }

    fn open(folder: &TestFolder) -> (Inbox, AdjustableClock) {
        let demonstration = Demonstration::unless_production("test").unwrap();
        let clock = AdjustableClock::new(demonstration);
        let shared = Arc::new(clock.clone());
        let inbox = Inbox::open(demonstration, &folder.path().join("mails"), shared).unwrap();
        (inbox, clock)
    }

    #[test]
    fn mails_are_listed_newest_first_and_no_more_than_asked_for() {
        let folder = TestFolder::new();
        let (inbox, clock) = open(&folder);
        for errand in 1..=3 {
            inbox.send(&mail(errand, &format!("Nr {errand}"))).unwrap();
            clock.advance(chrono::Duration::minutes(1));
        }
        let subjects = |limit| -> Vec<String> {
            let found = inbox.list(limit).unwrap();
            found.into_iter().map(|kept| kept.mail.subject).collect()
        };
        assert_eq!(subjects(10), ["Nr 3", "Nr 2", "Nr 1"]);
        assert_eq!(subjects(2), ["Nr 3", "Nr 2"]);
    }

    #[test]
    fn a_repeated_errand_leaves_the_first_mail_alone() {
        let folder = TestFolder::new();
        let (inbox, clock) = open(&folder);
        inbox.send(&mail(1, "Först")).unwrap();
        let first = inbox.read(Uuid::from_u128(1)).unwrap().unwrap();
        clock.advance(chrono::Duration::days(1));
        inbox.send(&mail(1, "Sedan")).unwrap();
        assert!(inbox.list(10).unwrap() == [first]);
        assert!(inbox.read(Uuid::from_u128(2)).unwrap().is_none());
    }
}
