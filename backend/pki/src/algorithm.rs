//! Which keys an authority may have, and which signatures are made and believed.

use aws_lc_rs::signature::{self, VerificationAlgorithm};
use serde::{Deserialize, Serialize};
use x509_cert::spki::ObjectIdentifier;

use crate::names;
use crate::public_key::KeyKind;
use crate::wire::{element, oid, sequence, tag};

/// The key of an authority or a responder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Algorithm {
    /// ECDSA over P-256, signing with SHA-256.
    P256,
    /// ECDSA over P-384, signing with SHA-384.
    P384,
    /// RSA of 2048 bits, PKCS#1 v1.5 with SHA-256.
    Rsa2048,
    /// RSA of 3072 bits, PKCS#1 v1.5 with SHA-256.
    Rsa3072,
    /// RSA of 4096 bits, PKCS#1 v1.5 with SHA-256.
    Rsa4096,
}

impl Algorithm {
    /// The signature that such a key makes.
    #[must_use]
    pub const fn signature(self) -> SignatureAlgorithm {
        match self {
            Self::P256 => SignatureAlgorithm::EcdsaSha256,
            Self::P384 => SignatureAlgorithm::EcdsaSha384,
            Self::Rsa2048 | Self::Rsa3072 | Self::Rsa4096 => SignatureAlgorithm::RsaSha256,
        }
    }

    /// The public key's kind.
    #[must_use]
    pub const fn kind(self) -> KeyKind {
        match self {
            Self::P256 => KeyKind::P256,
            Self::P384 => KeyKind::P384,
            Self::Rsa2048 => KeyKind::Rsa { bits: 2048 },
            Self::Rsa3072 => KeyKind::Rsa { bits: 3072 },
            Self::Rsa4096 => KeyKind::Rsa { bits: 4096 },
        }
    }

    /// The algorithm of a public key, if it is one that an authority may have.
    #[must_use]
    pub const fn of(kind: KeyKind) -> Option<Self> {
        match kind {
            KeyKind::P256 => Some(Self::P256),
            KeyKind::P384 => Some(Self::P384),
            KeyKind::Rsa { bits: 2048 } => Some(Self::Rsa2048),
            KeyKind::Rsa { bits: 3072 } => Some(Self::Rsa3072),
            KeyKind::Rsa { bits: 4096 } => Some(Self::Rsa4096),
            KeyKind::Rsa { .. } => None,
        }
    }
}

/// A signature's algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureAlgorithm {
    /// `ecdsa-with-SHA256`.
    EcdsaSha256,
    /// `ecdsa-with-SHA384`.
    EcdsaSha384,
    /// `ecdsa-with-SHA512`; read, never made.
    EcdsaSha512,
    /// `sha256WithRSAEncryption`.
    RsaSha256,
    /// `sha384WithRSAEncryption`; read, never made.
    RsaSha384,
    /// `sha512WithRSAEncryption`; read, never made.
    RsaSha512,
}

impl SignatureAlgorithm {
    const ALL: [Self; 6] = [
        Self::EcdsaSha256,
        Self::EcdsaSha384,
        Self::EcdsaSha512,
        Self::RsaSha256,
        Self::RsaSha384,
        Self::RsaSha512,
    ];

    const fn oid(self) -> ObjectIdentifier {
        match self {
            Self::EcdsaSha256 => names::ECDSA_SHA256,
            Self::EcdsaSha384 => names::ECDSA_SHA384,
            Self::EcdsaSha512 => names::ECDSA_SHA512,
            Self::RsaSha256 => names::RSA_SHA256,
            Self::RsaSha384 => names::RSA_SHA384,
            Self::RsaSha512 => names::RSA_SHA512,
        }
    }

    /// The `AlgorithmIdentifier`: without parameters for ECDSA (RFC 5758), with NULL for RSA (RFC 4055).
    pub(crate) fn identifier(self) -> Vec<u8> {
        match self {
            Self::EcdsaSha256 | Self::EcdsaSha384 | Self::EcdsaSha512 => {
                sequence(&[&oid(&self.oid())])
            }
            Self::RsaSha256 | Self::RsaSha384 | Self::RsaSha512 => {
                sequence(&[&oid(&self.oid()), &element(tag::NULL, &[])])
            }
        }
    }

    /// The algorithm that an `AlgorithmIdentifier` names, if it is known and written as it should.
    pub(crate) fn read(identifier: &[u8]) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|one| one.identifier() == identifier)
    }

    /// How a signature of that kind by that key is verified; none where the two do not go together.
    pub(crate) fn verifier(self, kind: KeyKind) -> Option<&'static dyn VerificationAlgorithm> {
        match (self, kind) {
            (Self::EcdsaSha256, KeyKind::P256) => Some(&signature::ECDSA_P256_SHA256_ASN1),
            (Self::EcdsaSha384, KeyKind::P256) => Some(&signature::ECDSA_P256_SHA384_ASN1),
            (Self::EcdsaSha512, KeyKind::P256) => Some(&signature::ECDSA_P256_SHA512_ASN1),
            (Self::EcdsaSha256, KeyKind::P384) => Some(&signature::ECDSA_P384_SHA256_ASN1),
            (Self::EcdsaSha384, KeyKind::P384) => Some(&signature::ECDSA_P384_SHA384_ASN1),
            (Self::EcdsaSha512, KeyKind::P384) => Some(&signature::ECDSA_P384_SHA512_ASN1),
            (Self::RsaSha256, KeyKind::Rsa { .. }) => Some(&signature::RSA_PKCS1_2048_8192_SHA256),
            (Self::RsaSha384, KeyKind::Rsa { .. }) => Some(&signature::RSA_PKCS1_2048_8192_SHA384),
            (Self::RsaSha512, KeyKind::Rsa { .. }) => Some(&signature::RSA_PKCS1_2048_8192_SHA512),
            (Self::EcdsaSha256 | Self::EcdsaSha384 | Self::EcdsaSha512, KeyKind::Rsa { .. })
            | (
                Self::RsaSha256 | Self::RsaSha384 | Self::RsaSha512,
                KeyKind::P256 | KeyKind::P384,
            ) => None,
        }
    }
}
