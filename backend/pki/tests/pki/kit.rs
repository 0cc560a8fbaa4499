//! An authority in memory, a holder with a card, and openssl.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use cards_pki::ceremony::{Authority, Founded, found};
use cards_pki::key::memory::{MemoryKey, MemoryVault};
use cards_pki::key::{Algorithm, SigningKey};
use cards_pki::profile::{Identity, LeafKind, Level, Profiles, Usage};
use cards_pki::serial::Serial;
use cards_pki::sign::{self, Certificate};
use cards_pki::subject::{CardNumber, Subject, SubjectFields};
use cards_pki::tbs::{self, LeafOrder, Tbs};
use chrono::{DateTime, Duration, Utc};

pub const LOGIN: LeafKind = LeafKind::new(Identity::HsaId, Usage::Authentication);
pub const SIGNATURE: LeafKind = LeafKind::new(Identity::PersonId, Usage::Signature);

pub fn noon() -> DateTime<Utc> {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

/// What openssl takes the time to be.
#[expect(clippy::disallowed_methods, reason = "openssl compares with the clock")]
pub fn real_now() -> DateTime<Utc> {
    std::time::SystemTime::now().into_utc()
}

trait IntoUtc {
    fn into_utc(self) -> DateTime<Utc>;
}

impl IntoUtc for std::time::SystemTime {
    fn into_utc(self) -> DateTime<Utc> {
        let since = self.duration_since(std::time::UNIX_EPOCH).unwrap();
        DateTime::from_timestamp(i64::try_from(since.as_secs()).unwrap(), 0).unwrap()
    }
}

/// Sixteen bytes that no other call gives.
pub fn random() -> [u8; 16] {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut bytes = [0x5a; 16];
    // Spread, so that the numbers fall into different shards.
    let spread = number.wrapping_mul(0x9e37_79b1);
    bytes[8..12].copy_from_slice(&number.to_be_bytes());
    bytes[12..].copy_from_slice(&spread.to_le_bytes());
    bytes
}

pub struct World {
    pub profiles: Profiles,
    pub founded: Founded,
    pub now: DateTime<Utc>,
}

pub struct Leaf {
    pub kind: LeafKind,
    pub serial: Serial,
    pub tbs: Tbs,
    pub certificate: Certificate,
    pub key: MemoryKey,
    pub subject: Subject,
    pub card: CardNumber,
    pub not_before: DateTime<Utc>,
    pub not_after: DateTime<Utc>,
}

pub fn holder(identity: Identity) -> Subject {
    Subject::new(SubjectFields {
        given_name: "Åsa Märta".into(),
        surname: "Öberg-Ek".into(),
        title: Some("Sjuksköterska".into()),
        identifier: match identity {
            Identity::HsaId => "SE2321000016-A1B2".into(),
            Identity::PersonId => "199001019802".into(),
        },
        organisation: Some("Region Exempel".into()),
    })
    .unwrap()
}

pub fn card() -> CardNumber {
    CardNumber::new("9752269000001234567").unwrap()
}

impl World {
    pub fn new() -> Self {
        Self::at(noon() - Duration::days(30), noon())
    }

    pub fn at(founded: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        Self::of(Profiles::demonstration(), founded, now)
    }

    pub fn of(profiles: Profiles, at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let vault = MemoryVault::new();
        let founded = found(&profiles, &vault, at, &mut random).unwrap();
        Self {
            profiles,
            founded,
            now,
        }
    }

    pub fn authority(&self, kind: LeafKind) -> &Authority {
        let profile = self.profiles.issuing(kind.identity, Level::Three).unwrap();
        self.founded.authority(&profile.name).unwrap()
    }

    pub fn issue(&self, kind: LeafKind) -> Leaf {
        self.issue_as(kind, &self.profiles)
    }

    /// Issues after other profiles than the world's.
    pub fn issue_as(&self, kind: LeafKind, profiles: &Profiles) -> Leaf {
        let authority = self.authority(kind);
        let key = MemoryKey::make(Algorithm::P256).unwrap();
        let (subject, card) = (holder(kind.identity), card());
        let serial = Serial::from_random(random());
        let not_before = self.now;
        let not_after = "2029-05-31T21:59:59Z".parse().unwrap();
        let order = LeafOrder {
            kind,
            subject: &subject,
            serial,
            not_before,
            not_after,
            key: key.public_key(),
            card_number: &card,
        };
        let tbs = tbs::leaf(profiles, &authority.issuer, &order).unwrap();
        let certificate =
            sign::certificate(&tbs, &authority.issuer, authority.key.as_ref()).unwrap();
        Leaf {
            kind,
            serial,
            tbs,
            certificate,
            key,
            subject,
            card,
            not_before,
            not_after,
        }
    }
}

/// A folder of the test's own, removed at its end.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("cards-pki-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn write(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, content).unwrap();
        path
    }

    pub fn certificate(&self, name: &str, der: &[u8]) -> PathBuf {
        self.write(name, sign::to_pem(der).as_bytes())
    }

    /// Runs openssl in the folder.
    pub fn openssl(&self, arguments: &[&str]) -> Output {
        Command::new("openssl")
            .args(arguments)
            .current_dir(&self.0)
            .stdin(Stdio::null())
            .output()
            .expect("openssl is needed for this test")
    }

    /// Runs openssl, which must succeed, and gives what it prints.
    pub fn openssl_says(&self, arguments: &[&str]) -> String {
        let output = self.openssl(arguments);
        let text = said(&output);
        assert!(output.status.success(), "openssl {arguments:?}: {text}");
        text
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn said(output: &Output) -> String {
    let out = String::from_utf8_lossy(&output.stdout);
    format!("{out}{}", String::from_utf8_lossy(&output.stderr))
}
