//! Keys and certificates in a token, by label.

use std::ffi::c_ulong;

use cryptoki::context::Function;
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, CertificateType, ObjectClass, ObjectHandle};
use cryptoki::session::Session;
use cryptoki::types::Ulong;
use der::{Decode, Encode};
use x509_cert::Certificate;

use super::super::{Algorithm, KeyFault};
use crate::names;
use crate::public_key::{KeyKind, PublicKey};
use crate::wire::{integer, oid, sequence};

type Answer<T> = Result<T, Error>;

fn labelled(class: ObjectClass, label: &str) -> [Attribute; 3] {
    [
        Attribute::Class(class),
        Attribute::Token(true),
        Attribute::Label(label.as_bytes().to_vec()),
    ]
}

pub(super) fn private_keys(session: &Session, label: &str) -> Answer<Vec<ObjectHandle>> {
    session.find_objects(&labelled(ObjectClass::PRIVATE_KEY, label))
}

/// The one key of that label.
pub(super) fn private_key(session: &Session, label: &str) -> Answer<ObjectHandle> {
    let found = private_keys(session, label)?;
    let gone = Error::Pkcs11(RvError::KeyHandleInvalid, Function::FindObjects);
    found.first().copied().ok_or(gone)
}

/// What a token tells of the public half.
pub(super) enum PublicHalf {
    Curve { parameters: Vec<u8>, point: Vec<u8> },
    Rsa { modulus: Vec<u8>, exponent: Vec<u8> },
}

pub(super) fn public_half(session: &Session, label: &str) -> Answer<Option<PublicHalf>> {
    let found = session.find_objects(&labelled(ObjectClass::PUBLIC_KEY, label))?;
    let Some(handle) = found.first() else {
        return Ok(None);
    };
    let wanted = [
        AttributeType::EcParams,
        AttributeType::EcPoint,
        AttributeType::Modulus,
        AttributeType::PublicExponent,
    ];
    let given = session.get_attributes(*handle, &wanted)?;
    Ok(match given.as_slice() {
        [Attribute::EcParams(parameters), Attribute::EcPoint(point)] => Some(PublicHalf::Curve {
            parameters: parameters.clone(),
            point: point.clone(),
        }),
        [
            Attribute::Modulus(modulus),
            Attribute::PublicExponent(exponent),
        ] => Some(PublicHalf::Rsa {
            modulus: modulus.clone(),
            exponent: exponent.clone(),
        }),
        _ => None,
    })
}

pub(super) fn read_public(half: PublicHalf) -> Result<PublicKey, KeyFault> {
    match half {
        PublicHalf::Rsa { modulus, exponent } => {
            let key = sequence(&[&integer(&modulus), &integer(&exponent)]);
            Ok(PublicKey::from_rsa(&key)?)
        }
        PublicHalf::Curve { parameters, point } => {
            let (kind, length) = if parameters == oid(&names::SECP256R1) {
                (KeyKind::P256, 65)
            } else if parameters == oid(&names::SECP384R1) {
                (KeyKind::P384, 97)
            } else {
                return Err(KeyFault::OtherAlgorithm);
            };
            // Tokens give the point in an OCTET STRING, some old ones without it.
            let bare = point.len().checked_sub(length);
            let bare = bare.and_then(|from| point.get(from..)).unwrap_or(&point);
            Ok(PublicKey::from_point(kind, bare)?)
        }
    }
}

/// Makes a pair in the token. The private key signs, is never shown and never leaves it.
pub(super) fn make_pair(
    session: &Session,
    label: &str,
    algorithm: Algorithm,
) -> Answer<ObjectHandle> {
    let mut public = vec![Attribute::Token(true), Attribute::Verify(true)];
    let mut private = vec![
        Attribute::Token(true),
        Attribute::Private(true),
        Attribute::Sensitive(true),
        Attribute::Extractable(false),
        Attribute::Sign(true),
    ];
    for template in [&mut public, &mut private] {
        template.push(Attribute::Label(label.as_bytes().to_vec()));
        template.push(Attribute::Id(label.as_bytes().to_vec()));
    }
    let mechanism = match algorithm.kind() {
        KeyKind::P256 => {
            public.push(Attribute::EcParams(oid(&names::SECP256R1)));
            Mechanism::EccKeyPairGen
        }
        KeyKind::P384 => {
            public.push(Attribute::EcParams(oid(&names::SECP384R1)));
            Mechanism::EccKeyPairGen
        }
        KeyKind::Rsa { bits } => {
            let length = c_ulong::from(bits);
            public.push(Attribute::ModulusBits(Ulong::from(length)));
            public.push(Attribute::PublicExponent(vec![1, 0, 1]));
            Mechanism::RsaPkcsKeyPairGen
        }
    };
    let (_, made) = session.generate_key_pair(&mechanism, &public, &private)?;
    Ok(made)
}

pub(super) fn certificates(session: &Session, label: &str) -> Answer<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    for handle in session.find_objects(&labelled(ObjectClass::CERTIFICATE, label))? {
        for given in session.get_attributes(handle, &[AttributeType::Value])? {
            if let Attribute::Value(der) = given {
                all.push(der);
            }
        }
    }
    Ok(all)
}

/// The new one is written before the old ones go: there is always one.
pub(super) fn keep_certificate(session: &Session, label: &str, der: &[u8]) -> Answer<()> {
    let before = session.find_objects(&labelled(ObjectClass::CERTIFICATE, label))?;
    let mut template = Vec::from(labelled(ObjectClass::CERTIFICATE, label));
    template.extend([
        Attribute::CertificateType(CertificateType::X_509),
        Attribute::Id(label.as_bytes().to_vec()),
        Attribute::Private(false),
        Attribute::Subject(subject(der).ok_or(Error::InvalidValue)?),
        Attribute::Value(der.to_vec()),
    ]);
    session.create_object(&template)?;
    before
        .into_iter()
        .try_for_each(|old| session.destroy_object(old))
}

fn subject(der: &[u8]) -> Option<Vec<u8>> {
    let certificate = Certificate::from_der(der).ok()?;
    certificate.tbs_certificate.subject.to_der().ok()
}
