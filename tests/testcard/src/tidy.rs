//! The directories are the truth. An object of PKCS#15 is made and removed with several commands; a
//! host that is cut off between them would leave a file that nothing names, or a name without its
//! file, and neither can be seen or mended through PKCS#11. So a file that is new stays only once a
//! directory names it, and a file that was deleted is gone for good only once none does.

use crate::files::{APPLICATION, Content, Files};
use crate::image::Image;
use crate::pkcs15;

impl Image {
    /// When power comes: whatever was half made goes, whatever was half removed comes back. Says
    /// whether anything did.
    pub fn mend(&mut self) -> bool {
        let orphans: Vec<u16> = self
            .files
            .in_folder(APPLICATION)
            .filter(|id| !pkcs15::is_own(*id) && !is_named(&self.files, *id))
            .collect();
        for id in &orphans {
            // It was found a moment ago.
            let _ = self.files.remove(APPLICATION, *id);
        }
        let deleted = std::mem::take(&mut self.deleted);
        let changed = !orphans.is_empty() || !deleted.is_empty();
        for file in deleted {
            if is_named(&self.files, file.id) {
                // A number that was taken meanwhile belongs to the new file.
                let _ = self.files.add(file);
            }
        }
        changed
    }

    /// When a directory has been rewritten: deleted files that no directory names are gone.
    pub fn forget_deleted(&mut self) {
        let files = &self.files;
        self.deleted.retain(|file| is_named(files, file.id));
    }
}

/// Whether a directory names the file, by its path from the root or its number alone.
fn is_named(files: &Files, id: u16) -> bool {
    let [high, low] = id.to_be_bytes();
    let spelt = [[0x50, 0x15, high, low], [0x04, 0x02, high, low]];
    let directories = files
        .in_folder(APPLICATION)
        .filter(|directory| pkcs15::is_directory(*directory))
        .filter_map(|directory| files.get(APPLICATION, directory));
    directories
        .filter_map(|file| match &file.content {
            Content::Bytes(bytes) => Some(&bytes.0),
            _ => None,
        })
        .any(|bytes| {
            bytes
                .windows(4)
                .any(|window| spelt.iter().any(|it| it == window))
        })
}
