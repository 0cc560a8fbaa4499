//! A certificate for this machine, and the root that clients are told to trust, for demonstrations
//! and tests. The root's key is thrown away once it has signed: nobody can make another certificate
//! that such a client would trust. Both may speak for `localhost` and 127.0.0.1 only.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, Error,
    ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    NameConstraints,
};

/// How long both are valid. Browsers take no server certificate for more than 398 days.
const VALID: TimeDelta = TimeDelta::days(390);
/// With less left than this, new ones are made.
const NEAR_THE_END: TimeDelta = TimeDelta::days(30);
/// Clocks of other machines may be behind.
const BEFORE: TimeDelta = TimeDelta::days(1);
const NAMES: [&str; 2] = ["localhost", "127.0.0.1"];

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub(super) enum OwnCertificateError {
    /// A file.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// The certificate.
    #[error("{0}")]
    Made(#[from] Error),
}

/// The files of the server's certificate and key in `folder`; beside them lies `root.pem`. They are
/// made where they are missing or near their end, all anew.
pub(super) fn kept(
    folder: &Path,
    now: DateTime<Utc>,
) -> Result<(PathBuf, PathBuf), OwnCertificateError> {
    let (certificate, key) = (folder.join("server.pem"), folder.join("server.key"));
    let until = folder.join("until");
    if !(certificate.exists() && key.exists() && lasts(&until, now)) {
        std::fs::create_dir_all(folder)?;
        let made = make(now)?;
        std::fs::write(folder.join("root.pem"), made.root)?;
        std::fs::write(&certificate, made.certificate)?;
        crate::wire::write_secret(&key, made.key.as_bytes())?;
        // Written last: without it everything is made anew.
        std::fs::write(&until, (now + VALID).to_rfc3339())?;
    }
    Ok((certificate, key))
}

fn lasts(until: &Path, now: DateTime<Utc>) -> bool {
    std::fs::read_to_string(until)
        .ok()
        .and_then(|text| DateTime::parse_from_rfc3339(&text).ok())
        .is_some_and(|until| until.to_utc() - now > NEAR_THE_END)
}

/// PEM each.
struct Made {
    root: String,
    certificate: String,
    key: String,
}

fn make(now: DateTime<Utc>) -> Result<Made, Error> {
    let root_key = KeyPair::generate()?;
    let root = root(now);
    let root_pem = root.self_signed(&root_key)?.pem();
    let issuer = Issuer::new(root, root_key);
    let key = KeyPair::generate()?;
    let mut server = dated(
        CertificateParams::new(NAMES.map(str::to_owned).to_vec())?,
        now,
    );
    server.distinguished_name = named("DEV Kortkontor localhost");
    server.use_authority_key_identifier_extension = true;
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let certificate = server.signed_by(&key, &issuer)?;
    Ok(Made {
        root: root_pem,
        certificate: certificate.pem(),
        key: key.serialize_pem(),
    })
}

fn root(now: DateTime<Utc>) -> CertificateParams {
    let mut root = dated(CertificateParams::default(), now);
    root.distinguished_name = named("DEV Kortkontor TLS root of this machine");
    root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    root.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![
            GeneralSubtree::DnsName("localhost".to_owned()),
            GeneralSubtree::IpAddress(CidrSubnet::V4([127, 0, 0, 1], [255; 4])),
        ],
        excluded_subtrees: Vec::new(),
    });
    root
}

fn named(name: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    names.push(DnType::CommonName, name);
    names
}

fn dated(mut params: CertificateParams, now: DateTime<Utc>) -> CertificateParams {
    let midnight = |at: DateTime<Utc>| {
        let (month, day) = (u8::try_from(at.month()), u8::try_from(at.day()));
        rcgen::date_time_ymd(at.year(), month.unwrap_or(1), day.unwrap_or(1))
    };
    params.not_before = midnight(now - BEFORE);
    params.not_after = midnight(now + VALID);
    params
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("kk-tls-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn the_same_certificate_is_used_until_near_its_end() {
        let folder = folder("reuse");
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(21_000);
        let text = |at| {
            let (certificate, _) = kept(&folder, at).unwrap();
            std::fs::read_to_string(certificate).unwrap()
        };
        let first = text(now);
        assert_eq!(text(now + TimeDelta::days(359)), first);
        assert_ne!(text(now + TimeDelta::days(361)), first);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn only_the_owner_can_read_the_key_and_the_roots_key_is_nowhere() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = folder("secret");
        let (_, key) = kept(&folder, DateTime::UNIX_EPOCH + TimeDelta::days(21_000)).unwrap();
        let mode = std::fs::metadata(&key).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let private = std::fs::read_dir(&folder).unwrap().filter(|entry| {
            let text = std::fs::read_to_string(entry.as_ref().unwrap().path()).unwrap();
            text.contains("PRIVATE KEY")
        });
        assert_eq!(private.count(), 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
