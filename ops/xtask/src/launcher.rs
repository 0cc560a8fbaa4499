//! PostgreSQL refuses root: how root runs it all the same.

use crate::apt;
use crate::failure::Failure;
use crate::places::{self, Account};
use crate::postgres::remove;
use crate::process;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How a server program is run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Launcher {
    /// As this user.
    Plain,
    /// As an ordinary user of a namespace in which that user is root outside.
    UserNamespace,
    /// As the account nobody.
    Nobody(Account),
}

impl Launcher {
    /// The way for a cluster in `home`.
    ///
    /// # Errors
    /// One sentence when root has no way left.
    pub fn choose(home: &Path) -> Result<Self, Failure> {
        if !apt::is_root() {
            return Ok(Self::Plain);
        }
        let nobody = places::account("nobody");
        if !nobody.is_some_and(|account| made_by(home, account)) && Self::UserNamespace.works() {
            return Ok(Self::UserNamespace);
        }
        nobody.map(Self::Nobody).filter(|launcher| launcher.works()).ok_or_else(|| {
            Failure::said(
                "PostgreSQL refuses root, and neither a user namespace nor the account nobody can \
                 be used here: start as an ordinary user, or name a running server in DATABASE_URL.",
            )
        })
    }

    /// Where the files go: `home`, or a folder outside the checkout when nobody cannot reach it.
    pub fn home(self, home: &Path) -> Result<PathBuf, Failure> {
        let Self::Nobody(account) = self else {
            return Ok(home.to_owned());
        };
        let outside = outside(home);
        if outside.exists() {
            return Ok(outside);
        }
        places::private_folder(home, Some(account))?;
        if process::succeeds(self.command(Path::new("test")).arg("-w").arg(home)) {
            return Ok(home.to_owned());
        }
        remove(home)?;
        Ok(outside)
    }

    /// The account that must own the files, when it is not this user.
    pub fn owner(self) -> Option<Account> {
        match self {
            Self::Nobody(account) => Some(account),
            Self::Plain | Self::UserNamespace => None,
        }
    }

    /// A program run this way.
    pub fn command(self, program: &Path) -> Command {
        let mut command = match self {
            Self::Plain => return Command::new(program),
            Self::UserNamespace => Command::new("unshare"),
            Self::Nobody(_) => Command::new("setpriv"),
        };
        if let Self::Nobody(account) = self {
            command.arg(format!("--reuid={}", account.user));
            command
                .arg(format!("--regid={}", account.group))
                .arg("--clear-groups");
        } else {
            command.args(["--user", "--map-user=1000", "--map-group=1000"]);
        }
        command.arg(program);
        command
    }

    fn works(self) -> bool {
        process::succeeds(&mut self.command(Path::new("true")))
    }
}

fn outside(home: &Path) -> PathBuf {
    places::outside("/var/tmp", home)
}

fn made_by(home: &Path, account: Account) -> bool {
    [home, &outside(home)]
        .iter()
        .any(|folder| fs::metadata(folder).is_ok_and(|found| found.uid() == account.user))
}
