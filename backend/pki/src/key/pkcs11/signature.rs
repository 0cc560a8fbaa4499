//! What a token is given to sign, and what becomes of its answer.

use aws_lc_rs::digest;
use cryptoki::mechanism::Mechanism;

use super::super::{Algorithm, KeyFault};
use crate::wire::{integer, sequence};

/// The mechanism and what it is given. ECDSA tokens are given the hash, for not all hash by
/// themselves; RSA tokens hash, so that padding and hash cannot come apart.
pub(super) fn input(algorithm: Algorithm, message: &[u8]) -> (Mechanism<'static>, Vec<u8>) {
    let hashed = |hash| digest::digest(hash, message).as_ref().to_vec();
    match algorithm {
        Algorithm::P256 => (Mechanism::Ecdsa, hashed(&digest::SHA256)),
        Algorithm::P384 => (Mechanism::Ecdsa, hashed(&digest::SHA384)),
        Algorithm::Rsa2048 | Algorithm::Rsa3072 | Algorithm::Rsa4096 => {
            (Mechanism::Sha256RsaPkcs, message.to_vec())
        }
    }
}

/// The signature as certificates hold it: a token gives `r ‖ s`, certificates hold a SEQUENCE.
pub(super) fn output(algorithm: Algorithm, raw: Vec<u8>) -> Result<Vec<u8>, KeyFault> {
    match algorithm {
        Algorithm::P256 | Algorithm::P384 => {
            let half = raw.len() / 2;
            let (r, s) = raw.split_at_checked(half).ok_or(KeyFault::Signature)?;
            if r.is_empty() || r.len() != s.len() {
                return Err(KeyFault::Signature);
            }
            Ok(sequence(&[&integer(r), &integer(s)]))
        }
        Algorithm::Rsa2048 | Algorithm::Rsa3072 | Algorithm::Rsa4096 => Ok(raw),
    }
}
