//! Lists of revoked certificates (RFC 5280 section 5), one shard at a time.

mod reason;

use std::fmt;

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::issuer::Issuer;
use crate::key::{KeyFault, SigningKey};
use crate::names;
use crate::profile::{ProfileFault, Profiles, ROOT};
use crate::serial::Serial;
use crate::sign;
use crate::tbs::extensions::full_name;
use crate::time::utc_or_general;
use crate::wire::{element, group, header, integer, octets, oid, sequence, tag};

pub use reason::Reason;

/// A revoked certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// Its number.
    pub serial: Serial,
    /// Since when; whole seconds count.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: Reason,
}

/// Which certificates a list speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The certificates on cards that name this shard.
    Cards {
        /// The shard.
        shard: u16,
    },
    /// The issuing authorities; the root's only list.
    Authorities,
}

/// A list's number and how long it may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Greater than that of any earlier list of the same shard.
    pub number: u64,
    /// When it was made.
    pub this_update: DateTime<Utc>,
    /// By when there is a newer one.
    pub next_update: DateTime<Utc>,
}

/// A signed list in DER.
#[derive(Clone, PartialEq, Eq)]
pub struct Crl {
    der: Vec<u8>,
    entries: usize,
}

impl Crl {
    /// The bytes.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// The bytes.
    #[must_use]
    pub fn into_der(self) -> Vec<u8> {
        self.der
    }

    /// How many revoked certificates it names.
    #[must_use]
    pub const fn entries(&self) -> usize {
        self.entries
    }
}

impl fmt::Debug for Crl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "Crl({} entries, {} bytes)",
            self.entries,
            self.der.len()
        )
    }
}

/// Why there is no list.
#[derive(Debug, Error)]
pub enum CrlFault {
    /// The list would end before it begins.
    #[error("the list would end before it begins")]
    Window,
    /// There is no such shard.
    #[error("there is no such shard")]
    Shard,
    /// A certificate belongs to another shard.
    #[error("a revoked certificate belongs to another shard")]
    ForeignEntry,
    /// The authority is not the one that keeps such a list.
    #[error("the authority does not keep such a list")]
    WrongIssuer,
    /// The profiles lack the authority.
    #[error(transparent)]
    Profile(#[from] ProfileFault),
    /// The key does not sign.
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// The signature does not verify with the authority's public key.
    #[error("the list's signature does not verify")]
    Unverified,
}

impl CrlFault {
    /// Its stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Window => "crl_window",
            Self::Shard => "crl_shard",
            Self::ForeignEntry => "crl_foreign_entry",
            Self::WrongIssuer => "crl_wrong_issuer",
            Self::Profile(fault) => fault.code(),
            Self::Key(fault) => fault.code(),
            Self::Unverified => "crl_unverified",
        }
    }
}

/// The entries of a list, written as they come: about 49 bytes each are kept and nothing else.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    bytes: Vec<u8>,
    count: usize,
    shards: Option<ShardCheck>,
}

#[derive(Clone, Copy, Debug)]
struct ShardCheck {
    shard: u16,
    of: u16,
}

impl Entries {
    /// Entries of that scope: those of another shard are refused.
    #[must_use]
    pub fn of(profiles: &Profiles, scope: Scope) -> Self {
        let shards = match scope {
            Scope::Authorities => None,
            Scope::Cards { shard } => Some(ShardCheck {
                shard,
                of: profiles.shards,
            }),
        };
        Self {
            shards,
            ..Self::default()
        }
    }

    /// Adds a revoked certificate.
    ///
    /// # Errors
    /// It belongs to another shard.
    pub fn push(&mut self, revoked: &Revoked) -> Result<(), CrlFault> {
        let foreign = |check: ShardCheck| revoked.serial.spread(check.of) != check.shard;
        if self.shards.is_some_and(foreign) {
            return Err(CrlFault::ForeignEntry);
        }
        let serial = integer(revoked.serial.as_bytes());
        let at = utc_or_general(revoked.at);
        put_entry(&mut self.bytes, &[&serial, &at, revoked.reason.extension()]);
        self.count = self.count.saturating_add(1);
        Ok(())
    }
}

fn put_entry(out: &mut Vec<u8>, parts: &[&[u8]]) {
    let length = parts.iter().map(|part| part.len()).sum();
    header(out, tag::SEQUENCE, length);
    for part in parts {
        out.extend_from_slice(part);
    }
}

/// Builds and signs a list from what is revoked. The entries keep the order they come in.
///
/// # Errors
/// Why there is no list.
pub fn build(
    profiles: &Profiles,
    issuer: &Issuer,
    key: &dyn SigningKey,
    scope: Scope,
    window: Window,
    revoked: impl IntoIterator<Item = Revoked>,
) -> Result<Crl, CrlFault> {
    let mut entries = Entries::of(profiles, scope);
    revoked.into_iter().try_for_each(|one| entries.push(&one))?;
    seal(profiles, issuer, key, scope, window, entries)
}

/// Signs a list of entries that were gathered before, and lets go of them as soon as they are copied.
/// No entries make a valid list, too.
///
/// # Errors
/// Why there is no list.
pub fn seal(
    profiles: &Profiles,
    issuer: &Issuer,
    key: &dyn SigningKey,
    scope: Scope,
    window: Window,
    entries: Entries,
) -> Result<Crl, CrlFault> {
    let url = url(profiles, issuer, scope)?;
    if window.this_update >= window.next_update {
        return Err(CrlFault::Window);
    }
    let extensions = extensions(issuer, url.as_deref(), window);
    let message = message(issuer, &extensions, window, &entries);
    let Entries { count, bytes, .. } = entries;
    drop(bytes);
    let signed = sign::signed(&message, key)?;
    if !issuer.verifies(&message, &signed.signature) {
        return Err(CrlFault::Unverified);
    }
    Ok(Crl {
        der: signed.der,
        entries: count,
    })
}

fn url(profiles: &Profiles, issuer: &Issuer, scope: Scope) -> Result<Option<String>, CrlFault> {
    let is_root = issuer.authority() == ROOT;
    profiles.authority(issuer.authority())?;
    match scope {
        Scope::Cards { .. } if is_root => Err(CrlFault::WrongIssuer),
        Scope::Authorities if !is_root => Err(CrlFault::WrongIssuer),
        Scope::Cards { shard } if shard >= profiles.shards => Err(CrlFault::Shard),
        Scope::Cards { shard } => Ok(Some(profiles.crl_url(issuer.authority(), shard))),
        Scope::Authorities => Ok(None),
    }
}

fn message(issuer: &Issuer, extensions: &[u8], window: Window, entries: &Entries) -> Vec<u8> {
    let mut revoked = Vec::new();
    // RFC 5280 5.1.2.6: without entries the field must be absent.
    if entries.count > 0 {
        header(&mut revoked, tag::SEQUENCE, entries.bytes.len());
    }
    sequence(&[
        &integer(&[1]),
        &issuer.algorithm().signature().identifier(),
        issuer.name(),
        &utc_or_general(window.this_update),
        &utc_or_general(window.next_update),
        &revoked,
        &entries.bytes,
        &group(tag::explicit(0), &[extensions]),
    ])
}

/// A shard says that it is one, and of what; the root's list says nothing, for it speaks for
/// everything that the root has signed.
fn extensions(issuer: &Issuer, url: Option<&str>, window: Window) -> Vec<u8> {
    let key = element(tag::context(0), issuer.key_identifier());
    let key = sequence(&[&oid(&names::AUTHORITY_KEY_ID), &octets(&sequence(&[&key]))]);
    let number = integer(&window.number.to_be_bytes());
    let number = sequence(&[&oid(&names::CRL_NUMBER), &octets(&number)]);
    let point = url.map(|url| {
        let only_cards = element(tag::context(1), &[0xff]);
        sequence(&[
            &oid(&names::ISSUING_DISTRIBUTION_POINT),
            &element(tag::BOOLEAN, &[0xff]),
            &octets(&sequence(&[&full_name(url), &only_cards])),
        ])
    });
    sequence(&[&key, &number, &point.unwrap_or_default()])
}
