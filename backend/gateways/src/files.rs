//! Files that hold personal data or keys: readable by the owner only, written whole or not at all.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A file or folder could not be read or written. Names it; such names hold ids only.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}", path.display())]
pub struct FileError {
    /// Which one.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl FileError {
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self {
            path: path.to_owned(),
            source,
        }
    }

    /// An error about what a file says, not about reading it.
    pub(crate) fn content(path: &Path, what: &str) -> Self {
        Self {
            path: path.to_owned(),
            source: io::Error::new(io::ErrorKind::InvalidData, what.to_owned()),
        }
    }
}

/// Makes the folder and those above it, for the owner only, unless it is there.
pub(crate) fn make_folder(folder: &Path) -> Result<(), FileError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(FileError::at(folder))
}

/// Writes the file so that a reader, also after a crash, finds the old content or all of the new.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<(), FileError> {
    let draft = write_draft(path, content)?;
    fs::rename(&draft, path)
        .map_err(FileError::at(path))
        .and_then(|()| sync_folder_of(path))
}

/// Writes the file unless there is one; tells whether it was written.
pub(crate) fn write_unless_there(path: &Path, content: &[u8]) -> Result<bool, FileError> {
    let draft = write_draft(path, content)?;
    let linked = match fs::hard_link(&draft, path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(FileError::at(path)(error)),
    };
    fs::remove_file(&draft).map_err(FileError::at(&draft))?;
    sync_folder_of(path)?;
    linked
}

fn write_draft(path: &Path, content: &[u8]) -> Result<PathBuf, FileError> {
    static DRAFTS: AtomicU64 = AtomicU64::new(0);
    let number = DRAFTS.fetch_add(1, Ordering::Relaxed);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = path.with_file_name(format!(".{name}.{}-{number}", std::process::id()));
    let written = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&draft)
        .and_then(|mut file| file.write_all(content).and_then(|()| file.sync_all()));
    written.map_err(FileError::at(&draft)).map(|()| draft)
}

fn sync_folder_of(path: &Path) -> Result<(), FileError> {
    let folder = path.parent().unwrap_or(path);
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(FileError::at(folder))
}

/// The content, or `None` when there is no such file.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, FileError> {
    match fs::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FileError::at(path)(error)),
    }
}

/// Moves a file into `folder` under its own name, over one that is there; no file is no error.
pub(crate) fn move_into(path: &Path, folder: &Path) -> Result<(), FileError> {
    make_folder(folder)?;
    let target = folder.join(path.file_name().unwrap_or_default());
    match fs::rename(path, target) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(FileError::at(path)(error)),
        _ => Ok(()),
    }
}

/// Removes a file; no file is no error.
pub(crate) fn remove(path: &Path) -> Result<(), FileError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(FileError::at(path)(error)),
        _ => Ok(()),
    }
}

/// The names of the files in `folder` that begin with `prefix` and end with `suffix`, without the
/// suffix, in alphabetical order.
pub(crate) fn stems(folder: &Path, prefix: &str, suffix: &str) -> Result<Vec<String>, FileError> {
    let mut stems = Vec::new();
    for entry in fs::read_dir(folder).map_err(FileError::at(folder))? {
        let name = entry.map_err(FileError::at(folder))?.file_name();
        let stem = name.to_str().and_then(|name| name.strip_suffix(suffix));
        stems.extend(
            stem.filter(|stem| stem.starts_with(prefix))
                .map(str::to_owned),
        );
    }
    stems.sort_unstable();
    Ok(stems)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::test_folder::TestFolder;

    #[test]
    fn only_the_owner_may_read_what_is_written() {
        let folder = TestFolder::new();
        let inner = folder.path().join("a/b");
        make_folder(&inner).unwrap();
        write_whole(&inner.join("file"), b"text").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&inner), 0o700);
        assert_eq!(mode(&inner.join("file")), 0o600);
    }

    #[test]
    fn writing_again_replaces_all_and_leaves_no_draft() {
        let folder = TestFolder::new();
        let path = folder.path().join("file");
        write_whole(&path, b"a longer text").unwrap();
        write_whole(&path, b"text").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"text");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_is_there_is_kept_by_the_careful_writer() {
        let folder = TestFolder::new();
        let path = folder.path().join("file");
        assert!(write_unless_there(&path, b"first").unwrap());
        assert!(!write_unless_there(&path, b"second").unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
