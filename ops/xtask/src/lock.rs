//! Locks between commands of the same checkout. The system lets go of a lock when its process
//! ends, however it ends, so a lock never outlives its command.

use crate::failure::{Failure, at};
use crate::process::Stop;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

/// Takes the lock, or `None` when another command holds it.
pub fn try_take(path: &Path) -> Result<Option<File>, Failure> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(at(path))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(at(path)(error)),
    }
}

/// Takes the lock as soon as the command that holds it has ended.
pub fn take(path: &Path, stop: &Stop) -> Result<File, Failure> {
    loop {
        if let Some(file) = try_take(path)? {
            return Ok(file);
        }
        stop.check()?;
        std::thread::sleep(Duration::from_millis(100));
    }
}
