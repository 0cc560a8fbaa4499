//! A delegated responder (RFC 6960 4.2.2.2): its key signs answers and nothing else, so the
//! authority's own key is not used by whoever asks.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use der::{Decode, Encode};
use thiserror::Error;
use x509_cert::Certificate;
use x509_cert::ext::pkix::ExtendedKeyUsage;

use super::{Answer, AskedId, Hash, OcspFault, OcspRequest, OcspWindow, answer};
use crate::issuer::{Issuer, moment};
use crate::key::SigningKey;
use crate::names;
use crate::public_key::{sha1, sha256};
use crate::serial::Serial;

/// Who answers for one authority.
#[derive(Clone)]
pub struct Responder {
    authority: Arc<Hashes>,
    certificate: Arc<[u8]>,
    key: Arc<dyn SigningKey>,
    not_before: DateTime<Utc>,
    not_after: DateTime<Utc>,
}

/// What requests call the authority by.
struct Hashes {
    name: String,
    sha1: [Vec<u8>; 2],
    sha256: [Vec<u8>; 2],
}

/// Why a certificate is not that of a responder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ResponderFault {
    /// It is no certificate.
    #[error("the responder's certificate is malformed")]
    Malformed,
    /// It is not signed by the authority.
    #[error("the responder's certificate is not signed by its authority")]
    Unsigned,
    /// It is of another key.
    #[error("the responder's certificate is of another key")]
    WrongKey,
    /// It is not for signing answers.
    #[error("the responder's certificate is not for signing answers")]
    Usage,
}

impl ResponderFault {
    /// Its stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "responder_malformed",
            Self::Unsigned => "responder_unsigned",
            Self::WrongKey => "responder_wrong_key",
            Self::Usage => "responder_usage",
        }
    }
}

impl Responder {
    /// Takes a responder's certificate and key.
    ///
    /// # Errors
    /// The two do not belong together or not to the authority.
    pub fn new(
        issuer: &Issuer,
        certificate: Vec<u8>,
        key: Arc<dyn SigningKey>,
    ) -> Result<Self, ResponderFault> {
        if !issuer.has_signed(&certificate) {
            return Err(ResponderFault::Unsigned);
        }
        let read = Certificate::from_der(&certificate).map_err(|_| ResponderFault::Malformed)?;
        let tbs = &read.tbs_certificate;
        let spki = tbs.subject_public_key_info.to_der();
        if spki.map_err(|_| ResponderFault::Malformed)? != key.public_key().as_der() {
            return Err(ResponderFault::WrongKey);
        }
        if !is_for_answers(&read) {
            return Err(ResponderFault::Usage);
        }
        let moment = |time| moment(time).ok_or(ResponderFault::Malformed);
        Ok(Self {
            authority: Arc::new(Hashes::of(issuer)),
            not_before: moment(tbs.validity.not_before)?,
            not_after: moment(tbs.validity.not_after)?,
            certificate: certificate.into(),
            key,
        })
    }

    /// From when its certificate is valid.
    #[must_use]
    pub const fn not_before(&self) -> DateTime<Utc> {
        self.not_before
    }

    /// Its certificate's last moment.
    #[must_use]
    pub const fn not_after(&self) -> DateTime<Utc> {
        self.not_after
    }

    /// Its certificate.
    #[must_use]
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// The number that is asked about, if it is this authority that is asked. Else the answer is
    /// [`Answer::Unknown`].
    #[must_use]
    pub fn serial_asked(&self, id: &AskedId) -> Option<Serial> {
        let [name, key] = match id.hash? {
            Hash::Sha1 => &self.authority.sha1,
            Hash::Sha256 => &self.authority.sha256,
        };
        let ours = *name == id.issuer_name && *key == id.issuer_key;
        ours.then_some(id.serial).flatten()
    }

    /// Signs the answers, one for each id of the request and in their order.
    ///
    /// # Errors
    /// Too many or too few answers, or the key does not sign.
    pub fn answer(
        &self,
        request: &OcspRequest,
        answers: &[Answer],
        window: OcspWindow,
    ) -> Result<Vec<u8>, OcspFault> {
        if request.ids.len() != answers.len() {
            return Err(OcspFault::Answers);
        }
        let message = answer::data(self.key.public_key(), request, answers, window);
        let signature = self.key.sign(&message)?;
        let algorithm = self.key.algorithm().signature();
        Ok(answer::response(
            &message,
            algorithm,
            &signature,
            &self.certificate,
        ))
    }
}

pub(super) fn is_for_answers(certificate: &Certificate) -> bool {
    let usage = certificate.tbs_certificate.get::<ExtendedKeyUsage>();
    usage.is_ok_and(|found| found.is_some_and(|(_, usage)| usage.0 == [names::OCSP_SIGNING]))
}

impl Hashes {
    fn of(issuer: &Issuer) -> Self {
        let key = issuer.public_key().bits();
        Self {
            name: issuer.authority().to_owned(),
            sha1: [sha1(issuer.name()).to_vec(), sha1(key).to_vec()],
            sha256: [sha256(issuer.name()).to_vec(), sha256(key).to_vec()],
        }
    }
}

impl fmt::Debug for Responder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Responder({})", self.authority.name)
    }
}
