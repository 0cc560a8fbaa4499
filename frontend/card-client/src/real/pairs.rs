//! PKCS#11: keys and certificates that are made, written and deleted under a PIN. Each act is a
//! session of its own, so a card that was pulled is met anew by the next.

use super::middleware::{Middleware, Token, log_in, log_out, told};
use crate::card::Pair;
use crate::code::Code;
use crate::der;
use crate::port::CardError;
use cryptoki::error::Error;
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{
    Attribute, AttributeType, CertificateType, KeyType, ObjectClass, ObjectHandle,
};
use cryptoki::session::Session;
use std::collections::BTreeMap;
use x509_parser::parse_x509_certificate;

/// What keys and certificates for signing are called on the card.
const LABEL: &[u8] = b"Underskrift";

/// How long an uncompressed point on P-256 is.
const POINT: usize = 65;

/// In this order: OpenSC loses sight of what a certificate belongs to when its key goes first.
const DELETED: [ObjectClass; 3] = [
    ObjectClass::CERTIFICATE,
    ObjectClass::PUBLIC_KEY,
    ObjectClass::PRIVATE_KEY,
];

impl Middleware {
    /// What lies in a token, by identifier.
    ///
    /// # Errors
    /// As [`crate::port::CardPort::pairs`].
    pub fn pairs(&self, token: &Token, code: &Code) -> Result<Vec<Pair>, CardError> {
        self.logged_in(token, code, false, pairs)
    }

    /// Makes a key pair on P-256.
    ///
    /// # Errors
    /// As [`crate::port::CardPort::make_pair`].
    pub fn make_pair(&self, token: &Token, code: &Code, id: &[u8]) -> Result<(), CardError> {
        self.logged_in(token, code, true, |session| make(session, id))
    }

    /// Writes a certificate.
    ///
    /// # Errors
    /// As [`crate::port::CardPort::write_certificate`].
    pub fn write_certificate(
        &self,
        token: &Token,
        code: &Code,
        id: &[u8],
        certificate: &[u8],
    ) -> Result<(), CardError> {
        let template = certificate_template(id, certificate).ok_or(CardError::Failed)?;
        self.logged_in(token, code, true, |session| {
            session.create_object(&template).map(drop)
        })
    }

    /// Deletes what has this identifier.
    ///
    /// # Errors
    /// As [`crate::port::CardPort::delete_pair`].
    pub fn delete_pair(&self, token: &Token, code: &Code, id: &[u8]) -> Result<(), CardError> {
        self.logged_in(token, code, true, |session| {
            for class in DELETED {
                let wanted = [Attribute::Class(class), Attribute::Id(id.to_vec())];
                for object in session.find_objects(&wanted)? {
                    session.destroy_object(object)?;
                }
            }
            Ok(())
        })
    }

    fn logged_in<T>(
        &self,
        token: &Token,
        code: &Code,
        write: bool,
        act: impl FnOnce(&Session) -> Result<T, Error>,
    ) -> Result<T, CardError> {
        let session = self.session(token, write)?;
        log_in(&session, code)?;
        let done = act(&session);
        log_out(&session);
        done.map_err(|error| told(&error))
    }
}

fn pairs(session: &Session) -> Result<Vec<Pair>, Error> {
    let mut found: BTreeMap<Vec<u8>, Pair> = BTreeMap::new();
    let mut add = |id: Vec<u8>, what: &dyn Fn(&mut Pair)| {
        let pair = found.entry(id.clone()).or_insert(Pair {
            id,
            private: false,
            public: None,
            certificate: None,
        });
        what(pair);
    };
    for object in objects(session, ObjectClass::PRIVATE_KEY)? {
        add(id_of(session, object)?, &|pair| pair.private = true);
    }
    for object in objects(session, ObjectClass::PUBLIC_KEY)? {
        let public = public_key(session, object)?;
        add(id_of(session, object)?, &|pair| {
            pair.public.clone_from(&public)
        });
    }
    for object in objects(session, ObjectClass::CERTIFICATE)? {
        let value = bytes_of(session, object, AttributeType::Value)?;
        add(id_of(session, object)?, &|pair| {
            pair.certificate = Some(value.clone())
        });
    }
    Ok(found.into_values().collect())
}

fn objects(session: &Session, class: ObjectClass) -> Result<Vec<ObjectHandle>, Error> {
    session.find_objects(&[Attribute::Class(class)])
}

fn id_of(session: &Session, object: ObjectHandle) -> Result<Vec<u8>, Error> {
    bytes_of(session, object, AttributeType::Id)
}

/// A value of bytes; empty when the object has none.
fn bytes_of(
    session: &Session,
    object: ObjectHandle,
    what: AttributeType,
) -> Result<Vec<u8>, Error> {
    let found = session.get_attributes(object, &[what])?;
    Ok(found.into_iter().fold(Vec::new(), |_, one| match one {
        Attribute::Id(bytes)
        | Attribute::Value(bytes)
        | Attribute::EcPoint(bytes)
        | Attribute::Modulus(bytes)
        | Attribute::PublicExponent(bytes) => bytes,
        _ => Vec::new(),
    }))
}

/// A public key as a SubjectPublicKeyInfo; `None` for a kind that is not made here.
fn public_key(session: &Session, object: ObjectHandle) -> Result<Option<Vec<u8>>, Error> {
    let kind = session.get_attributes(object, &[AttributeType::KeyType])?;
    if kind.contains(&Attribute::KeyType(KeyType::EC)) {
        let point = bytes_of(session, object, AttributeType::EcPoint)?;
        // Tokens give the point in an OCTET STRING, some old ones without it.
        let bare = point
            .len()
            .checked_sub(POINT)
            .and_then(|from| point.get(from..));
        return Ok(bare.map(der::curve_key));
    }
    let modulus = bytes_of(session, object, AttributeType::Modulus)?;
    let exponent = bytes_of(session, object, AttributeType::PublicExponent)?;
    let whole = !modulus.is_empty() && !exponent.is_empty();
    Ok(whole.then(|| der::rsa_key(&modulus, &exponent)))
}

fn make(session: &Session, id: &[u8]) -> Result<(), Error> {
    let common = || {
        vec![
            Attribute::Token(true),
            Attribute::KeyType(KeyType::EC),
            Attribute::Id(id.to_vec()),
            Attribute::Label(LABEL.to_vec()),
        ]
    };
    let mut public = common();
    public.extend([
        Attribute::Class(ObjectClass::PUBLIC_KEY),
        Attribute::Verify(true),
        Attribute::EcParams(der::SECP256R1.to_vec()),
    ]);
    let mut private = common();
    private.extend([
        Attribute::Class(ObjectClass::PRIVATE_KEY),
        Attribute::Private(true),
        Attribute::Sensitive(true),
        Attribute::Sign(true),
    ]);
    let made = session.generate_key_pair(&Mechanism::EccKeyPairGen, &public, &private);
    made.map(drop)
}

fn certificate_template(id: &[u8], certificate: &[u8]) -> Option<Vec<Attribute>> {
    let (_, parsed) = parse_x509_certificate(certificate).ok()?;
    let serial = der::value(der::INTEGER, &[parsed.raw_serial()]);
    Some(vec![
        Attribute::Class(ObjectClass::CERTIFICATE),
        Attribute::CertificateType(CertificateType::X_509),
        Attribute::Token(true),
        Attribute::Private(false),
        Attribute::Id(id.to_vec()),
        Attribute::Label(LABEL.to_vec()),
        Attribute::Subject(parsed.subject().as_raw().to_vec()),
        Attribute::Issuer(parsed.issuer().as_raw().to_vec()),
        Attribute::SerialNumber(serial),
        Attribute::Value(certificate.to_vec()),
    ])
}
