//! The switches of the simulators: small JSON files that the demonstration's page edits while the
//! simulators run.

use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::files::{self, FileError};

/// A file with one value of `T`; while there is none, everything has its default.
#[derive(Debug)]
pub struct SwitchFile<T> {
    path: PathBuf,
    value: PhantomData<fn() -> T>,
}

impl<T> Clone for SwitchFile<T> {
    fn clone(&self) -> Self {
        Self::at(&self.path)
    }
}

impl<T> SwitchFile<T> {
    /// The file at `path`. Nothing is read yet.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            value: PhantomData,
        }
    }
}

impl<T: Default + Serialize + DeserializeOwned> SwitchFile<T> {
    /// How the switches stand.
    ///
    /// # Errors
    /// The file cannot be read or is not what it should be.
    pub fn read(&self) -> Result<T, FileError> {
        let Some(content) = files::read_if_there(&self.path)? else {
            return Ok(T::default());
        };
        serde_json::from_slice(&content)
            .map_err(|_| FileError::content(&self.path, "not a file of switches"))
    }

    /// Sets the switches.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, value: &T) -> Result<(), FileError> {
        let content = serde_json::to_vec_pretty(value)
            .map_err(|_| FileError::content(&self.path, "cannot be written as JSON"))?;
        if let Some(folder) = self.path.parent() {
            files::make_folder(folder)?;
        }
        files::write_whole(&self.path, &content)
    }
}

#[cfg(test)]
mod tests {
    use super::SwitchFile;
    use crate::population_register::Switches;
    use crate::test_folder::TestFolder;

    #[test]
    fn switches_without_a_file_have_their_defaults_and_keep_what_is_set() {
        let folder = TestFolder::new();
        let file = SwitchFile::at(&folder.path().join("new/faults.json"));
        assert_eq!(file.read().unwrap(), Switches::default());
        file.write(&Switches { down: true }).unwrap();
        assert!(file.clone().read().unwrap().down);
    }

    #[test]
    fn a_broken_file_is_told_by_its_name() {
        let folder = TestFolder::new();
        let path = folder.path().join("faults.json");
        std::fs::write(&path, "{").unwrap();
        let error = SwitchFile::<Switches>::at(&path).read().unwrap_err();
        assert!(error.to_string().contains("faults.json"));
    }
}
