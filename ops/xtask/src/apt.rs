//! Debian packages, installed with the rights at hand: as root, through sudo without a password,
//! or through sudo at a terminal where a person can type one.

use crate::failure::{Failure, warn};
use crate::process::{self, Stop};
use crate::project::on_path;
use std::io::IsTerminal;
use std::process::Command;

enum Rights {
    Root,
    Sudo,
    SudoWithPassword,
}

/// Installs these packages.
///
/// # Errors
/// One sentence that names the way out: no apt here, no rights, or apt itself failed.
pub fn install(packages: &[&str], stop: &Stop) -> Result<(), Failure> {
    let names = packages.join(" ");
    if on_path(&["apt-get"]).is_none() {
        return Err(Failure::said(format!(
            "This machine lacks what the Debian packages `{names}` bring and has no apt-get: \
             install their like with your own package manager and start again."
        )));
    }
    let rights = rights().ok_or_else(|| no_rights(&names))?;
    warn(&format!("Installing {names} ..."));
    // An index that cannot be refreshed may still hold the packages.
    let _stale = apt(&rights, &["update", "-q"], stop)?;
    let mut arguments = vec!["install", "-y", "-q", "--no-install-recommends"];
    arguments.extend(packages);
    match apt(&rights, &arguments, stop)? {
        true => Ok(()),
        false => Err(Failure::said(format!(
            "apt-get could not install `{names}`: see its message above, put it right and start again."
        ))),
    }
}

fn no_rights(names: &str) -> Failure {
    Failure::said(format!(
        "Installing needs rights that this user lacks: have an administrator run \
         `apt-get update && apt-get install -y {names}` and start again."
    ))
}

fn rights() -> Option<Rights> {
    if is_root() {
        return Some(Rights::Root);
    }
    on_path(&["sudo"])?;
    if process::succeeds(Command::new("sudo").args(["-n", "true"])) {
        return Some(Rights::Sudo);
    }
    std::io::stdin()
        .is_terminal()
        .then_some(Rights::SudoWithPassword)
}

/// Whether this command runs as root.
pub fn is_root() -> bool {
    let user = process::capture(Command::new("id").arg("-u"));
    user.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn apt(rights: &Rights, arguments: &[&str], stop: &Stop) -> Result<bool, Failure> {
    let mut command = match rights {
        Rights::Root => Command::new("env"),
        Rights::Sudo | Rights::SudoWithPassword => Command::new("sudo"),
    };
    if matches!(rights, Rights::Sudo) {
        command.arg("-n");
    }
    if !matches!(rights, Rights::Root) {
        command.arg("env");
    }
    command.args([
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-o",
        "DPkg::Lock::Timeout=300",
    ]);
    command.args(arguments);
    let status = match rights {
        Rights::SudoWithPassword => process::run_at_terminal(&mut command, stop)?,
        Rights::Root | Rights::Sudo => process::run_aside(&mut command, stop)?,
    };
    Ok(status.success())
}
