//! Where the files of a private database lie. Usually inside the checkout; outside it only when
//! the system forces that: a socket path has at most 107 bytes, and an account that may run the
//! server has to reach its data.

use crate::failure::{Failure, at};
use std::fs::{self, DirBuilder};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, chown};
use std::path::{Path, PathBuf};

const LONGEST_SOCKET: usize = 107;
const SOCKET: &str = ".s.PGSQL.5432";

/// The account that owns a folder: its user and group numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Account {
    /// User number.
    pub user: u32,
    /// Group number.
    pub group: u32,
}

/// The folder for sockets: `inside` when a socket path in it is short enough, else one under
/// `/tmp` whose name comes from it.
pub fn sockets(inside: &Path) -> PathBuf {
    match inside.join(SOCKET).as_os_str().len() <= LONGEST_SOCKET {
        true => inside.to_owned(),
        false => outside("/tmp", inside),
    }
}

/// A folder outside the checkout, the same for the same folder inside.
pub fn outside(parent: &str, inside: &Path) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    inside.hash(&mut hasher);
    Path::new(parent).join(format!("kortkontor-{:016x}", hasher.finish()))
}

/// Makes a folder that only its owner reads, or takes the one that is there.
///
/// # Errors
/// When something of that name belongs to somebody else: whoever may write beside the socket
/// could pass for the database.
pub fn private_folder(path: &Path, owner: Option<Account>) -> Result<(), Failure> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(at(parent))?;
    }
    let made = DirBuilder::new().mode(0o700).create(path);
    match (made, owner) {
        (Ok(()), Some(account)) => own(path, account),
        (Ok(()), None) => Ok(()),
        (Err(_), _) => belongs(path, owner),
    }
}

fn belongs(path: &Path, owner: Option<Account>) -> Result<(), Failure> {
    let found = fs::symlink_metadata(path).map_err(at(path))?;
    let user = match owner {
        Some(account) => account.user,
        None => own_user()?,
    };
    match found.is_dir() && found.uid() == user && found.mode() & 0o022 == 0 {
        true => Ok(()),
        false => Err(Failure::said(format!(
            "{} is not this user's own folder: remove it and start again.",
            path.display()
        ))),
    }
}

/// Gives a file or folder to an account.
pub fn own(path: &Path, account: Account) -> Result<(), Failure> {
    chown(path, Some(account.user), Some(account.group)).map_err(at(path))
}

fn own_user() -> Result<u32, Failure> {
    number(&["-u"]).ok_or_else(|| Failure::said("`id -u` does not tell who runs this."))
}

/// The account of a named user, when the machine has one.
pub fn account(name: &str) -> Option<Account> {
    Some(Account {
        user: number(&["-u", name])?,
        group: number(&["-g", name])?,
    })
}

fn number(arguments: &[&str]) -> Option<u32> {
    let output = crate::process::capture(std::process::Command::new("id").args(arguments)).ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_checkout_keeps_its_sockets_inside() {
        let inside = Path::new("/home/anna/kortkontor/.run/up/pg/sock");
        assert_eq!(sockets(inside), inside);
    }

    #[test]
    fn a_long_checkout_gets_a_short_socket_folder_of_its_own() {
        let long = PathBuf::from(format!("/home/{}/sock", "a".repeat(90)));
        let other = PathBuf::from(format!("/home/{}/sock", "b".repeat(90)));
        assert!(sockets(&long).join(SOCKET).as_os_str().len() <= LONGEST_SOCKET);
        assert_eq!(sockets(&long), sockets(&long));
        assert_ne!(sockets(&long), sockets(&other));
    }

    #[test]
    fn the_longest_socket_path_that_fits_stays_inside() {
        let fits = LONGEST_SOCKET - SOCKET.len() - 1;
        let inside = PathBuf::from(format!("/{}", "a".repeat(fits - 1)));
        assert_eq!(sockets(&inside), inside);
        let one_more = PathBuf::from(format!("/{}", "a".repeat(fits)));
        assert_ne!(sockets(&one_more), one_more);
    }
}
