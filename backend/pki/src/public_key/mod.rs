//! Public keys that a certificate may hold: P-256, P-384 and RSA of 2048–4096 bits, none of them
//! of a shape that is known to be weak.

mod weak;

use aws_lc_rs::digest;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, ParsedPublicKey, UnparsedPublicKey,
};
use der::asn1::{AnyRef, UintRef};
use der::{Decode, Encode, Reader, SliceReader};
use thiserror::Error;
use x509_cert::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};

use crate::algorithm::SignatureAlgorithm;
use crate::names;
use crate::wire::{bits, element, oid, sequence, tag};

/// What kind of key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// The curve secp256r1.
    P256,
    /// The curve secp384r1.
    P384,
    /// RSA.
    Rsa {
        /// The length of the modulus.
        bits: u16,
    },
}

/// Why a public key is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyRefused {
    /// It is no `SubjectPublicKeyInfo` in DER.
    #[error("the public key is not a SubjectPublicKeyInfo in DER")]
    Malformed,
    /// Neither P-256, P-384 nor RSA.
    #[error("the public key is of a kind that is not allowed")]
    Kind,
    /// The point is compressed, at infinity or not on the curve.
    #[error("the public key is not a point on its curve, written in full")]
    Point,
    /// The modulus has fewer than 2048 or more than 4096 bits, or not whole bytes of them.
    #[error("the RSA modulus has a length that is not allowed")]
    Modulus,
    /// The exponent is even, below 65537 or above 32 bits.
    #[error("the RSA exponent is not allowed")]
    Exponent,
    /// The modulus is known to be weak: it has a small factor or the fingerprint of ROCA
    /// (CVE-2017-15361).
    #[error("the RSA modulus is of a kind known to be weak")]
    Weak,
}

impl KeyRefused {
    /// Its stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "key_malformed",
            Self::Kind => "key_kind",
            Self::Point => "key_point",
            Self::Modulus => "key_modulus",
            Self::Exponent => "key_exponent",
            Self::Weak => "key_weak",
        }
    }
}

/// A public key that may stand in a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    der: Vec<u8>,
    bits: Vec<u8>,
    kind: KeyKind,
}

impl PublicKey {
    /// Reads a `SubjectPublicKeyInfo` in DER.
    ///
    /// # Errors
    /// Why the key is refused.
    pub fn from_spki(der: &[u8]) -> Result<Self, KeyRefused> {
        let spki = SubjectPublicKeyInfoRef::from_der(der).map_err(|_| KeyRefused::Malformed)?;
        // What is signed is what was read: no second way of writing the same key.
        if spki.to_der().map_err(|_| KeyRefused::Malformed)? != der {
            return Err(KeyRefused::Malformed);
        }
        let bits = spki.subject_public_key.as_bytes();
        let bits = bits.ok_or(KeyRefused::Malformed)?;
        let kind = kind(&spki.algorithm, bits)?;
        Ok(Self {
            der: der.to_vec(),
            bits: bits.to_vec(),
            kind,
        })
    }

    /// A key on a curve from its point: `04 ‖ x ‖ y`.
    pub(crate) fn from_point(kind: KeyKind, point: &[u8]) -> Result<Self, KeyRefused> {
        let curve = match kind {
            KeyKind::P256 => names::SECP256R1,
            KeyKind::P384 => names::SECP384R1,
            KeyKind::Rsa { .. } => return Err(KeyRefused::Kind),
        };
        let algorithm = sequence(&[&oid(&names::EC_PUBLIC_KEY), &oid(&curve)]);
        Self::from_spki(&sequence(&[&algorithm, &bits(point)]))
    }

    /// An RSA key from `RSAPublicKey` in DER.
    pub(crate) fn from_rsa(key: &[u8]) -> Result<Self, KeyRefused> {
        let algorithm = sequence(&[&oid(&names::RSA), &element(tag::NULL, &[])]);
        Self::from_spki(&sequence(&[&algorithm, &bits(key)]))
    }

    /// The `SubjectPublicKeyInfo` in DER.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> KeyKind {
        self.kind
    }

    /// SHA-256 over the `SubjectPublicKeyInfo`.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        sha256(&self.der)
    }

    /// SHA-1 over the key's bits: RFC 5280 4.2.1.2, first method. It names the key and guards nothing.
    #[must_use]
    pub fn key_identifier(&self) -> [u8; 20] {
        sha1(&self.bits)
    }

    /// The content of the BIT STRING, which OCSP names an issuer's key by.
    pub(crate) fn bits(&self) -> &[u8] {
        &self.bits
    }

    /// Whether the signature is this key's.
    #[must_use]
    pub fn verifies(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> bool {
        algorithm.verifier(self.kind).is_some_and(|verifier| {
            UnparsedPublicKey::new(verifier, &self.bits)
                .verify(message, signature)
                .is_ok()
        })
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    sized(&digest::SHA256, bytes)
}

pub(crate) fn sha1(bytes: &[u8]) -> [u8; 20] {
    sized(&digest::SHA1_FOR_LEGACY_USE_ONLY, bytes)
}

fn sized<const N: usize>(algorithm: &'static digest::Algorithm, bytes: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    let digest = digest::digest(algorithm, bytes);
    for (to, from) in out.iter_mut().zip(digest.as_ref()) {
        *to = *from;
    }
    out
}

fn kind(algorithm: &AlgorithmIdentifierRef<'_>, bits: &[u8]) -> Result<KeyKind, KeyRefused> {
    if algorithm.oid == names::EC_PUBLIC_KEY {
        let curve = algorithm.parameters_oid().map_err(|_| KeyRefused::Kind)?;
        return on_curve(curve, bits);
    }
    if algorithm.oid == names::RSA {
        if algorithm.parameters != Some(AnyRef::NULL) {
            return Err(KeyRefused::Malformed);
        }
        return rsa(bits);
    }
    Err(KeyRefused::Kind)
}

fn on_curve(curve: der::oid::ObjectIdentifier, point: &[u8]) -> Result<KeyKind, KeyRefused> {
    let (kind, length, verifier) = if curve == names::SECP256R1 {
        (KeyKind::P256, 65, &ECDSA_P256_SHA256_ASN1)
    } else if curve == names::SECP384R1 {
        (KeyKind::P384, 97, &ECDSA_P384_SHA384_ASN1)
    } else {
        return Err(KeyRefused::Kind);
    };
    if point.len() != length || point.first() != Some(&4) {
        return Err(KeyRefused::Point);
    }
    ParsedPublicKey::new(verifier, point).map_err(|_| KeyRefused::Point)?;
    Ok(kind)
}

fn rsa(key: &[u8]) -> Result<KeyKind, KeyRefused> {
    let (modulus, exponent) = rsa_parts(key).map_err(|_| KeyRefused::Malformed)?;
    let modulus = modulus.as_bytes();
    let leading = modulus.first().map_or(8, |first| first.leading_zeros());
    let length = u16::try_from(modulus.len().saturating_mul(8));
    let length = length.map_err(|_| KeyRefused::Modulus)?;
    if leading != 0 || !(2048..=4096).contains(&length) {
        return Err(KeyRefused::Modulus);
    }
    if !exponent_allowed(exponent.as_bytes()) {
        return Err(KeyRefused::Exponent);
    }
    if weak::is_weak(modulus) {
        return Err(KeyRefused::Weak);
    }
    Ok(KeyKind::Rsa { bits: length })
}

fn rsa_parts(key: &[u8]) -> der::Result<(UintRef<'_>, UintRef<'_>)> {
    let mut reader = SliceReader::new(key)?;
    let parts = reader.sequence(|inner| Ok((inner.decode()?, inner.decode()?)))?;
    reader.finish(parts)
}

fn exponent_allowed(exponent: &[u8]) -> bool {
    let value = exponent
        .iter()
        .try_fold(0_u32, |sum, byte| {
            sum.checked_mul(256)
                .and_then(|sum| sum.checked_add(u32::from(*byte)))
        })
        .unwrap_or(0);
    value >= 65537 && value % 2 == 1
}
