//! The proof that a key works: it signs a text that nobody could take for anything else, and the
//! certificate's public key agrees.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm,
};
use x509_parser::parse_x509_certificate;
use x509_parser::public_key::PublicKey;

/// How long a challenge is, in bytes.
pub const CHALLENGE: usize = 32;

/// What the signed text begins with. A signature over it is of no use anywhere else.
const SENTENCE: &str =
    "kortklient: Testa kortet. Detta är ingen underskrift. This is no signature. ";

/// The text to be signed.
#[must_use]
pub fn message(challenge: &[u8; CHALLENGE]) -> Vec<u8> {
    let mut text = SENTENCE.to_owned();
    for byte in challenge {
        text.push_str(&format!("{byte:02x}"));
    }
    text.into_bytes()
}

/// What came of the proof.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Proof {
    /// Key and certificate belong together.
    True,
    /// They do not.
    False,
    /// A kind of key that this program cannot judge.
    UnknownKind,
}

/// Whether a signature over a message is that of a certificate's key (P-256 or RSA, SHA-256).
#[must_use]
pub fn judge(certificate: &[u8], message: &[u8], signature: &[u8]) -> Proof {
    let Ok((_, parsed)) = parse_x509_certificate(certificate) else {
        return Proof::UnknownKind;
    };
    let key = parsed.public_key();
    let algorithm: &dyn VerificationAlgorithm = match key.parsed() {
        Ok(PublicKey::RSA(_)) => &RSA_PKCS1_2048_8192_SHA256,
        Ok(PublicKey::EC(point)) if point.key_size() == 256 => &ECDSA_P256_SHA256_FIXED,
        _ => return Proof::UnknownKind,
    };
    let public = UnparsedPublicKey::new(algorithm, key.subject_public_key.data.as_ref());
    match public.verify(message, signature) {
        Ok(()) => Proof::True,
        Err(_) => Proof::False,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_says_that_it_is_no_signature_and_carries_the_whole_challenge() {
        let text = String::from_utf8(message(&[0xAB; CHALLENGE])).unwrap();
        assert!(text.starts_with("kortklient: Testa kortet. Detta är ingen underskrift."));
        assert!(text.ends_with(&"ab".repeat(CHALLENGE)));
    }

    #[test]
    fn what_is_no_certificate_is_not_judged() {
        assert_eq!(judge(b"nothing", b"text", b"signature"), Proof::UnknownKind);
    }
}
