//! The file `kortklient.toml`: which server this computer's cards belong to.

use figment::Figment;
use figment::providers::{Format, Toml};
use serde::Deserialize;
use std::path::PathBuf;

/// What may be set.
#[derive(Clone, Default, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The server's address, `https://…`.
    pub server: Option<String>,
    /// The certificates (PEM) by which it proves itself, instead of the system's.
    pub root_certificate: Option<PathBuf>,
}

impl Settings {
    /// Reads the file's text; `None` when it cannot be understood.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Figment::from(Toml::string(text)).extract().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_names_a_server_and_its_root() {
        let text = "server = \"https://kort.example\"\nroot_certificate = \"/etc/root.pem\"\n";
        let read = Settings::read(text).unwrap();
        assert_eq!(read.server.as_deref(), Some("https://kort.example"));
        assert_eq!(read.root_certificate, Some("/etc/root.pem".into()));
        assert_eq!(Settings::read(""), Some(Settings::default()));
    }

    #[test]
    fn a_misspelt_setting_is_not_passed_over() {
        assert_eq!(Settings::read("sever = \"https://kort.example\""), None);
        assert_eq!(Settings::read("server = "), None);
    }
}
