//! An authority as its own certificate shows it: what those that it signs must agree with.

use chrono::{DateTime, Utc};
use der::{Decode, Encode};
use thiserror::Error;
use x509_cert::Certificate;
use x509_cert::ext::pkix::{BasicConstraints, SubjectKeyIdentifier};

use crate::algorithm::SignatureAlgorithm;
use crate::key::Algorithm;
use crate::names;
use crate::profile::{ProfileFault, Profiles};
use crate::public_key::{KeyRefused, PublicKey};

/// An authority's certificate and what is taken from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    authority: String,
    der: Vec<u8>,
    name: Vec<u8>,
    key: PublicKey,
    key_identifier: Vec<u8>,
    algorithm: Algorithm,
    not_before: DateTime<Utc>,
    not_after: DateTime<Utc>,
}

/// Why a certificate is not that of an authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum IssuerFault {
    /// It is no certificate in DER.
    #[error("the authority's certificate is malformed")]
    Malformed,
    /// The profiles have no such authority.
    #[error(transparent)]
    Profile(#[from] ProfileFault),
    /// It is of another name than the profile says.
    #[error("the authority's certificate is of another name than the profile")]
    Name,
    /// Its key is refused.
    #[error("the authority's key is refused: {0}")]
    Key(#[from] KeyRefused),
    /// Its key is of another algorithm than the profile says.
    #[error("the authority's key is of another algorithm than the profile")]
    Algorithm,
    /// It is not an authority's, or lacks the name of its key.
    #[error("the certificate is not that of an authority")]
    NotAnAuthority,
}

impl IssuerFault {
    /// Its stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "issuer_malformed",
            Self::Profile(fault) => fault.code(),
            Self::Name => "issuer_name",
            Self::Key(refused) => refused.code(),
            Self::Algorithm => "issuer_algorithm",
            Self::NotAnAuthority => "issuer_not_an_authority",
        }
    }
}

impl Issuer {
    /// Reads the certificate of the authority of that name.
    ///
    /// # Errors
    /// Why it is not that authority's.
    pub fn from_certificate(
        profiles: &Profiles,
        authority: &str,
        der: Vec<u8>,
    ) -> Result<Self, IssuerFault> {
        let profile = profiles.authority(authority)?;
        let certificate = Certificate::from_der(&der).map_err(|_| IssuerFault::Malformed)?;
        let tbs = &certificate.tbs_certificate;
        let spki = tbs.subject_public_key_info.to_der();
        let key = PublicKey::from_spki(&spki.map_err(|_| IssuerFault::Malformed)?)?;
        if key.kind() != profile.algorithm.kind() {
            return Err(IssuerFault::Algorithm);
        }
        if common_name(&certificate).as_deref() != Some(profiles.common_name(profile).as_str()) {
            return Err(IssuerFault::Name);
        }
        let key_identifier = key_identifier(&certificate).ok_or(IssuerFault::NotAnAuthority)?;
        Ok(Self {
            authority: authority.to_owned(),
            name: tbs.subject.to_der().map_err(|_| IssuerFault::Malformed)?,
            key,
            key_identifier,
            algorithm: profile.algorithm,
            not_before: moment(tbs.validity.not_before).ok_or(IssuerFault::Malformed)?,
            not_after: moment(tbs.validity.not_after).ok_or(IssuerFault::Malformed)?,
            der,
        })
    }

    /// Its name among the profiles.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Its certificate.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// Its public key.
    #[must_use]
    pub const fn public_key(&self) -> &PublicKey {
        &self.key
    }

    /// What it signs with.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// From when it is valid.
    #[must_use]
    pub const fn not_before(&self) -> DateTime<Utc> {
        self.not_before
    }

    /// Its last moment.
    #[must_use]
    pub const fn not_after(&self) -> DateTime<Utc> {
        self.not_after
    }

    /// Its name as it stands in its certificate, in DER.
    pub(crate) fn name(&self) -> &[u8] {
        &self.name
    }

    /// What its certificate calls its key by.
    pub(crate) fn key_identifier(&self) -> &[u8] {
        &self.key_identifier
    }

    /// Whether a signature is this authority's.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let algorithm: SignatureAlgorithm = self.algorithm.signature();
        self.key.verifies(algorithm, message, signature)
    }

    /// Whether a certificate (DER) names this authority and bears its signature.
    pub(crate) fn has_signed(&self, certificate: &[u8]) -> bool {
        let Ok(read) = Certificate::from_der(certificate) else {
            return false;
        };
        let tbs = &read.tbs_certificate;
        let named = tbs.issuer.to_der().is_ok_and(|name| name == self.name);
        let message = tbs.to_der().unwrap_or_default();
        let signature = read.signature.as_bytes().unwrap_or_default();
        named && self.verifies(&message, signature)
    }
}

fn common_name(certificate: &Certificate) -> Option<String> {
    let parts = certificate.tbs_certificate.subject.0.iter();
    let mut parts = parts.flat_map(|part| part.0.iter());
    let found = parts.find(|part| part.oid == names::COMMON_NAME)?;
    String::from_utf8(found.value.value().to_vec()).ok()
}

fn key_identifier(certificate: &Certificate) -> Option<Vec<u8>> {
    let tbs = &certificate.tbs_certificate;
    let (_, constraints) = tbs.get::<BasicConstraints>().ok()??;
    let (_, identifier) = tbs.get::<SubjectKeyIdentifier>().ok()??;
    constraints.ca.then(|| identifier.0.into_bytes())
}

/// A certificate's time.
pub(crate) fn moment(time: x509_cert::time::Time) -> Option<DateTime<Utc>> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).ok()?;
    DateTime::from_timestamp(seconds, 0)
}
