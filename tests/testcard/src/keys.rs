//! Private keys: made inside, used inside, never handed out.

use crate::apdu::Status;
use crate::hex::Bytes;
use crate::pkcs15::der;
use aws_lc_rs::digest::{self, Digest};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    self, ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair, RsaEncoding,
};
use serde::{Deserialize, Serialize};

/// What kinds of key the card can make.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum KeyKind {
    /// RSA of 2048 bits.
    Rsa2048,
    /// The elliptic curve P-256.
    P256,
}

/// Why a key could not be made or used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The cryptographic library refused.
    #[error("the cryptographic library refused")]
    Refused,
}

impl From<aws_lc_rs::error::Unspecified> for KeyError {
    fn from(_: aws_lc_rs::error::Unspecified) -> Self {
        Self::Refused
    }
}

impl From<aws_lc_rs::error::KeyRejected> for KeyError {
    fn from(_: aws_lc_rs::error::KeyRejected) -> Self {
        Self::Refused
    }
}

impl From<KeyError> for Status {
    fn from(_: KeyError) -> Self {
        Self::BROKEN
    }
}

impl KeyKind {
    /// The byte that names it in a file's description.
    #[must_use]
    pub fn byte(self) -> u8 {
        match self {
            Self::Rsa2048 => 0x11,
            Self::P256 => 0x22,
        }
    }

    /// The size in bits.
    #[must_use]
    pub fn bits(self) -> u16 {
        match self {
            Self::Rsa2048 => 2048,
            Self::P256 => 256,
        }
    }

    /// The kind that a file's description and size name.
    #[must_use]
    pub fn of(byte: u8, bits: u16) -> Option<Self> {
        [Self::Rsa2048, Self::P256]
            .into_iter()
            .find(|kind| kind.byte() == byte && kind.bits() == bits)
    }

    /// What a key of this kind takes of the card's memory, in bytes.
    #[must_use]
    pub fn room(self) -> usize {
        match self {
            Self::Rsa2048 => 1400,
            Self::P256 => 160,
        }
    }
}

/// A private key. There is no `Debug`.
#[derive(Clone, Serialize, Deserialize)]
pub struct PrivateKey {
    kind: KeyKind,
    pkcs8: Bytes,
}

impl PrivateKey {
    /// Makes a key.
    ///
    /// # Errors
    /// When the library cannot.
    pub fn generate(kind: KeyKind) -> Result<Self, KeyError> {
        let pkcs8 = match kind {
            KeyKind::P256 => EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING)?
                .to_pkcs8v1()?
                .as_ref()
                .to_vec(),
            KeyKind::Rsa2048 => {
                let pair = RsaKeyPair::generate(KeySize::Rsa2048)?;
                AsDer::<Pkcs8V1Der<'static>>::as_der(&pair)?
                    .as_ref()
                    .to_vec()
            }
        };
        Ok(Self {
            kind,
            pkcs8: Bytes(pkcs8),
        })
    }

    /// A key that was made elsewhere (PKCS#8, DER).
    ///
    /// # Errors
    /// When it is not a key of this kind.
    pub fn import(kind: KeyKind, pkcs8: &[u8]) -> Result<Self, KeyError> {
        let key = Self {
            kind,
            pkcs8: Bytes(pkcs8.to_vec()),
        };
        key.public()?;
        Ok(key)
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    fn curve(&self) -> Result<EcdsaKeyPair, KeyError> {
        Ok(EcdsaKeyPair::from_pkcs8(
            &ECDSA_P256_SHA256_ASN1_SIGNING,
            &self.pkcs8.0,
        )?)
    }

    fn rsa(&self) -> Result<RsaKeyPair, KeyError> {
        Ok(RsaKeyPair::from_pkcs8(&self.pkcs8.0)?)
    }

    /// The public key: an uncompressed point, or the modulus alone.
    ///
    /// # Errors
    /// When the library cannot read the key.
    pub fn public(&self) -> Result<Vec<u8>, KeyError> {
        match self.kind {
            KeyKind::P256 => Ok(self.curve()?.public_key().as_ref().to_vec()),
            KeyKind::Rsa2048 => Ok(self
                .rsa()?
                .public_key()
                .modulus()
                .big_endian_without_leading_zero()
                .to_vec()),
        }
    }

    /// The public key as a SubjectPublicKeyInfo (RFC 5280), in DER.
    ///
    /// # Errors
    /// When the library cannot read the key.
    pub fn public_info(&self) -> Result<Vec<u8>, KeyError> {
        Ok(match self.kind {
            KeyKind::P256 => der::ec_public_info(&self.public()?),
            KeyKind::Rsa2048 => der::rsa_public_info(self.rsa()?.public_key().as_ref()),
        })
    }

    /// Signs a digest as a host prepared it: 32 bytes for the curve, a DigestInfo for RSA.
    ///
    /// # Errors
    /// `WRONG_DATA` when it is neither.
    pub fn sign_prepared(&self, prepared: &[u8]) -> Result<Vec<u8>, Status> {
        match self.kind {
            KeyKind::P256 => self.sign_curve(prepared),
            KeyKind::Rsa2048 => self.sign_rsa(prepared),
        }
    }

    fn sign_curve(&self, prepared: &[u8]) -> Result<Vec<u8>, Status> {
        // A longer digest counts with its first bits only (FIPS 186-5, 6.4.1).
        let first = prepared.first_chunk::<32>().ok_or(Status::WRONG_DATA)?;
        let digest = imported(first, &digest::SHA256)?;
        let signed = self.curve()?.sign_digest(&digest);
        signed
            .map(|signature| signature.as_ref().to_vec())
            .map_err(|_| Status::BROKEN)
    }

    fn sign_rsa(&self, prepared: &[u8]) -> Result<Vec<u8>, Status> {
        let (encoding, digest) = digest_info(prepared)?;
        let pair = self.rsa()?;
        let mut signature = vec![0; pair.public_modulus_len()];
        pair.sign_digest(encoding, &digest, &mut signature)
            .map_err(|_| Status::BROKEN)?;
        Ok(signature)
    }

    /// Signs a whole message with SHA-256: for requests for certificates.
    ///
    /// # Errors
    /// When the library cannot.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let random = SystemRandom::new();
        match self.kind {
            KeyKind::P256 => Ok(self.curve()?.sign(&random, message)?.as_ref().to_vec()),
            KeyKind::Rsa2048 => {
                let pair = self.rsa()?;
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(
                    &signature::RSA_PKCS1_SHA256,
                    &random,
                    message,
                    &mut signature,
                )?;
                Ok(signature)
            }
        }
    }
}

fn imported(bytes: &[u8], algorithm: &'static digest::Algorithm) -> Result<Digest, Status> {
    Digest::import_less_safe(bytes, algorithm).map_err(|_| Status::WRONG_DATA)
}

/// The digest inside a DigestInfo (RFC 8017, 9.2), and how RSA pads it.
fn digest_info(prepared: &[u8]) -> Result<(&'static dyn RsaEncoding, Digest), Status> {
    let known: [(&'static dyn RsaEncoding, &'static digest::Algorithm, u8); 3] = [
        (&signature::RSA_PKCS1_SHA256, &digest::SHA256, 1),
        (&signature::RSA_PKCS1_SHA384, &digest::SHA384, 2),
        (&signature::RSA_PKCS1_SHA512, &digest::SHA512, 3),
    ];
    for (encoding, algorithm, arc) in known {
        let Some(value) = prepared.strip_prefix(der::digest_info_prefix(arc).as_slice()) else {
            continue;
        };
        return Ok((encoding, imported(value, algorithm)?));
    }
    Err(Status::WRONG_DATA)
}
