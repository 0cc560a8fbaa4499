//! A request for a certificate (PKCS#10, RFC 2986). It names nobody: what a certificate says of its
//! holder comes from the office's records.

use crate::der::{self, BIT_STRING, SEQUENCE, unsigned, value};
use aws_lc_rs::digest::{SHA256, digest};

/// A request before its key has signed it.
pub struct Unsigned(Vec<u8>);

impl Unsigned {
    /// A request for a certificate of this key (SubjectPublicKeyInfo, DER).
    #[must_use]
    pub fn of_key(key: &[u8]) -> Self {
        let nobody = value(SEQUENCE, &[]);
        let no_attributes = value(0xA0, &[]);
        Self(value(
            SEQUENCE,
            &[&unsigned(&[0]), &nobody, key, &no_attributes],
        ))
    }

    /// What the key signs.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The request, with a signature on P-256 as PKCS#11 gives it.
    #[must_use]
    pub fn signed(&self, signature: &[u8]) -> Vec<u8> {
        let signature = der::ecdsa_signature(signature);
        let signature = value(BIT_STRING, &[&[0], &signature]);
        value(SEQUENCE, &[&self.0, der::ECDSA_SHA256, &signature])
    }
}

/// SHA-256 of a public key, hexadecimal, by which the office lists it.
#[must_use]
pub fn hash_of_key(key: &[u8]) -> String {
    hexadecimal(digest(&SHA256, key).as_ref())
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Hexadecimal as bytes; `None` when it is not.
#[must_use]
pub fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let (pairs, odd) = text.as_bytes().as_chunks::<2>();
    if !odd.is_empty() {
        return None;
    }
    let byte = |pair: &[u8; 2]| {
        let digits = std::str::from_utf8(pair).ok()?;
        // The number's own reader would take a sign.
        let plain = digits.bytes().all(|sign| sign.is_ascii_hexdigit());
        plain.then(|| u8::from_str_radix(digits, 16).ok())?
    };
    pairs.iter().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
    use x509_parser::certification_request::X509CertificationRequest;
    use x509_parser::prelude::FromDer;

    #[test]
    fn a_request_is_read_by_others_names_nobody_and_proves_its_key() {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let key = der::curve_key(pair.public_key().as_ref());
        let unsigned = Unsigned::of_key(&key);
        let signature = pair.sign(&SystemRandom::new(), unsigned.bytes()).unwrap();
        let request = unsigned.signed(signature.as_ref());
        let (rest, read) = X509CertificationRequest::from_der(&request).unwrap();
        assert!(rest.is_empty());
        let info = &read.certification_request_info;
        assert_eq!(info.subject_pki.raw, key);
        assert_eq!(info.subject.iter().count(), 0);
        let point = info.subject_pki.subject_public_key.data.as_ref();
        let algorithm = &aws_lc_rs::signature::ECDSA_P256_SHA256_ASN1;
        let public = aws_lc_rs::signature::UnparsedPublicKey::new(algorithm, point);
        public
            .verify(info.raw, read.signature_value.data.as_ref())
            .unwrap();
    }

    #[test]
    fn hexadecimal_goes_both_ways() {
        assert_eq!(hexadecimal(&[0, 0xAB]), "00ab");
        assert_eq!(from_hexadecimal("00AB"), Some(vec![0, 0xAB]));
        assert_eq!(from_hexadecimal("0"), None);
        assert_eq!(from_hexadecimal("0g"), None);
        assert_eq!(from_hexadecimal("+1"), None);
    }
}
