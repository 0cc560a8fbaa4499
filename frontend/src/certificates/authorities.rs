//! The authorities behind the cards' certificates in plain names: what stands in their own
//! certificates, the files to install, and the fingerprints to compare them by.

use aws_lc_rs::digest::{self, SHA1_FOR_LEGACY_USE_ONLY, SHA256};
use cards_app::App;
use cards_app::ports::AuthoritySheet;
use chrono::{DateTime, NaiveDate};
use x509_parser::prelude::{FromDer as _, X509Certificate};

/// An authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Authority {
    /// Its name in addresses and lists.
    pub(crate) technical: String,
    /// What its certificate calls it; the technical name where the certificate cannot be read.
    pub(crate) name: String,
    /// Where its certificate lies.
    pub(crate) href: String,
    /// Whether it stands at the top of the chain.
    pub(crate) is_root: bool,
    /// The last day of its certificate, in UTC.
    pub(crate) until: Option<NaiveDate>,
    /// SHA-256 of the file, in pairs of hexadecimal digits.
    pub(crate) sha256: String,
    /// SHA-1 of the file, which Windows shows.
    pub(crate) sha1: String,
}

/// All authorities, the root first; none where no certificates are issued.
pub(crate) fn of(app: &App) -> Vec<Authority> {
    let authority = app.ports.authority.as_ref();
    let sheets = authority.map(|authority| authority.authorities());
    sheets.unwrap_or_default().iter().map(read).collect()
}

/// What the certificate calls the authority with this technical name.
pub(crate) fn name_of(all: &[Authority], technical: &str) -> String {
    let known = all.iter().find(|one| one.technical == technical);
    known.map_or_else(|| technical.to_owned(), |one| one.name.clone())
}

pub(crate) fn read(sheet: &AuthoritySheet) -> Authority {
    let (name, until) = inside(&sheet.certificate).unwrap_or_default();
    Authority {
        technical: sheet.name.clone(),
        name: name.unwrap_or_else(|| sheet.name.clone()),
        href: format!("{}/aia/{}.cer", cards_http::pki::PKI_PATH, sheet.name),
        is_root: sheet.issues.is_none(),
        until,
        sha256: pairs(digest::digest(&SHA256, &sheet.certificate).as_ref()),
        sha1: pairs(digest::digest(&SHA1_FOR_LEGACY_USE_ONLY, &sheet.certificate).as_ref()),
    }
}

/// The common name and the last day in a certificate (DER).
fn inside(der: &[u8]) -> Option<(Option<String>, Option<NaiveDate>)> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let mut names = certificate.subject().iter_common_name();
    let name = names.next().and_then(|name| name.as_str().ok());
    let ends = certificate.validity().not_after.timestamp();
    let ends = DateTime::from_timestamp(ends, 0).map(|at| at.date_naive());
    Some((name.map(str::to_owned), ends))
}

/// Bytes as people compare them: `3A:0F:…`.
fn pairs(bytes: &[u8]) -> String {
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(certificate: Vec<u8>) -> AuthoritySheet {
        AuthoritySheet {
            name: "person-hsa-id-3".to_owned(),
            issues: None,
            certificate,
            shards: 1,
        }
    }

    #[test]
    fn a_file_is_compared_by_its_fingerprints_as_other_programs_show_them() {
        let read = read(&sheet(b"abc".to_vec()));
        // The examples of FIPS 180-2.
        assert!(read.sha256.starts_with("BA:78:16:BF:8F:01:CF:EA"));
        assert_eq!(
            read.sha1,
            "A9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D"
        );
    }

    #[test]
    fn what_is_no_certificate_keeps_its_technical_name() {
        let read = read(&sheet(b"no certificate".to_vec()));
        assert_eq!((read.name.as_str(), read.until), ("person-hsa-id-3", None));
        assert_eq!(read.href, "/pki/aia/person-hsa-id-3.cer");
        assert_eq!(name_of(&[read], "person-hsa-id-3"), "person-hsa-id-3");
        assert_eq!(name_of(&[], "root"), "root");
    }
}
