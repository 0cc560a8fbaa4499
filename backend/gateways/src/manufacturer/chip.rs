//! The chip of a simulated card: makes its keys itself and asks for certificates for them. A real
//! chip never lets a key out; this one keeps it in the factory's memory, so that the card can be
//! played with later. Nobody can hold the card, and no key of it is trusted outside the
//! demonstration.

use std::path::Path;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cards_app::ports::{KeyRequest, WantedKey};
use cards_domain::certificate::{Profile, Usage};
use serde::{Deserialize, Serialize};
use x509_cert::der::asn1::BitString;
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::der::{Decode as _, Encode as _};
use x509_cert::name::Name;
use x509_cert::request::{CertReq, CertReqInfo, Version};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::factory::Work;
use crate::files::{self, FileError};

const ECDSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");

/// A key on a chip, and its certificate once that has been written.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ChipKey {
    /// Whom its certificate names the holder as.
    pub profile: Profile,
    /// What it is for.
    pub usage: Usage,
    /// The key: elliptic curve P-256, PKCS#8 in Base64.
    pkcs8: String,
    /// Its certificate, DER in Base64.
    certificate: Option<String>,
}

impl std::fmt::Debug for ChipKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "ChipKey({:?}, {:?})", self.profile, self.usage)
    }
}

impl ChipKey {
    /// A new key. `None` when the system could not make one.
    pub(super) fn make(wanted: WantedKey) -> Option<Self> {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).ok()?;
        let document = pair.to_pkcs8v1().ok()?;
        Some(Self {
            profile: wanted.profile,
            usage: wanted.usage,
            pkcs8: STANDARD.encode(document.as_ref()),
            certificate: None,
        })
    }

    fn pair(&self) -> Option<EcdsaKeyPair> {
        let document = STANDARD.decode(&self.pkcs8).ok()?;
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &document).ok()
    }

    fn public(pair: &EcdsaKeyPair) -> Option<SubjectPublicKeyInfoOwned> {
        let der = AsDer::as_der(pair.public_key()).ok()?;
        SubjectPublicKeyInfoOwned::from_der(der.as_ref()).ok()
    }

    /// The request (PKCS #10), signed with the key. Names nobody: who holds the card is for the
    /// issuer to say.
    pub(super) fn request(&self) -> Option<KeyRequest> {
        let pair = self.pair()?;
        let info = CertReqInfo {
            version: Version::V1,
            subject: Name::default(),
            public_key: Self::public(&pair)?,
            attributes: Default::default(),
        };
        let signature = pair.sign(&SystemRandom::new(), &info.to_der().ok()?).ok()?;
        let request = CertReq {
            info,
            algorithm: AlgorithmIdentifierOwned {
                oid: ECDSA_WITH_SHA256,
                parameters: None,
            },
            signature: BitString::from_bytes(signature.as_ref()).ok()?,
        };
        Some(KeyRequest {
            profile: self.profile,
            usage: self.usage,
            request: request.to_der().ok()?,
        })
    }

    /// Writes a certificate beside the key; one for another key is not taken.
    pub(super) fn write(&mut self, der: &[u8]) -> bool {
        let own = self.pair().as_ref().and_then(Self::public);
        let certified = x509_cert::Certificate::from_der(der)
            .map(|certificate| certificate.tbs_certificate.subject_public_key_info)
            .ok();
        let fits = own.is_some() && own == certified;
        if fits {
            self.certificate = Some(STANDARD.encode(der));
        }
        fits
    }

    /// Whether its certificate has been written.
    pub(super) fn is_written(&self) -> bool {
        self.certificate.is_some()
    }
}

/// A chip as it is kept in a file of its own, from which a card for a virtual reader can be made.
#[derive(Serialize)]
struct ChipFile<'a> {
    /// The number on the card, digits only.
    number: &'a str,
    /// Which product; it tells how the codes work.
    product_number: Option<&'a str>,
    /// What is on the chip.
    keys: &'a [ChipKey],
}

/// Keeps the chip of a card that has been made in `chips/<number>.json` of the factory's folder,
/// readable by its owner only. A card without keys has nothing to keep.
pub(super) fn keep(home: &Path, work: &Work) -> Result<(), FileError> {
    let Some(number) = work.number.as_ref().filter(|_| !work.keys.is_empty()) else {
        return Ok(());
    };
    let folder = home.join("chips");
    files::make_folder(&folder)?;
    let number = number.as_str();
    let path = folder.join(format!("{number}.json"));
    let product = work.job.product_number.as_ref();
    let content = serde_json::to_vec(&ChipFile {
        number,
        product_number: product.map(|product| product.as_str()),
        keys: &work.keys,
    });
    let content = content.map_err(|_| FileError::content(&path, "cannot be written as JSON"))?;
    files::write_whole(&path, &content)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> ChipKey {
        ChipKey::make(WantedKey {
            profile: Profile::HsaId,
            usage: Usage::Authentication,
        })
        .unwrap()
    }

    #[test]
    fn a_chip_proves_that_it_has_the_key_and_names_nobody() {
        let request = cards_pki::request::read(&key().request().unwrap().request);
        assert!(request.is_ok(), "{:?}", request.err());
    }

    #[test]
    fn a_chip_takes_no_certificate_for_another_key() {
        let mut key = key();
        assert!(!key.write(b"no certificate"));
        assert!(!key.is_written());
    }
}
