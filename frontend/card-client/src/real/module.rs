//! Where the PKCS#11 module is.

use std::path::{Path, PathBuf};

/// Where OpenSC and Net iD put theirs, by system.
const KNOWN: &[&str] = &[
    "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib64/opensc-pkcs11.so",
    "/usr/lib64/pkcs11/opensc-pkcs11.so",
    "/usr/lib/opensc-pkcs11.so",
    "/usr/lib/pkcs11/opensc-pkcs11.so",
    "/usr/local/lib/opensc-pkcs11.so",
    "/usr/lib/libiidp11.so",
    "/Library/OpenSC/lib/opensc-pkcs11.so",
    "/Library/NetiD/lib/libiidp11.dylib",
    r"C:\Program Files\OpenSC Project\OpenSC\pkcs11\opensc-pkcs11.dll",
    r"C:\Windows\System32\iidp11.dll",
];

/// The one that was named, or the first that is there.
pub fn find(named: Option<PathBuf>) -> Option<PathBuf> {
    named.or_else(|| {
        let mut places = KNOWN.iter().map(Path::new);
        places.find(|place| place.exists()).map(Path::to_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_that_was_named_is_taken_even_when_others_are_there() {
        let named = PathBuf::from("/somewhere/else.so");
        assert_eq!(find(Some(named.clone())), Some(named));
    }
}
