//! The certificates of the office in memory.

use crate::der::{self, BIT_STRING, SEQUENCE, unsigned, value};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::EcdsaKeyPair;

/// A certificate for a key, signed by the authority.
pub fn certificate(authority: &EcdsaKeyPair, key: &[u8], profile: &str, usage: &str) -> Vec<u8> {
    let name = if profile == "hsa_id" {
        "SE2321000016-DEV1"
    } else {
        "197903159809"
    };
    let bits: &[u8] = if usage == "signature" {
        &[6, 0x40]
    } else {
        &[7, 0x80]
    };
    let usage = value(4, &[&value(BIT_STRING, &[bits])]);
    let extension = value(
        SEQUENCE,
        &[b"\x06\x03\x55\x1D\x0F", b"\x01\x01\xFF", &usage],
    );
    let extensions = value(0xA3, &[&value(SEQUENCE, &[&extension])]);
    let dates = [
        value(0x17, &[b"260101000000Z"]),
        value(0x17, &[b"460101000000Z"]),
    ]
    .concat();
    let to_be_signed = value(
        SEQUENCE,
        &[
            &value(0xA0, &[&unsigned(&[2])]),
            &unsigned(&[7, 7]),
            der::ECDSA_SHA256,
            &named(b"\x06\x03\x55\x04\x03", 0x0C, b"DEV-CA"),
            &value(SEQUENCE, &[&dates]),
            &named(b"\x06\x03\x55\x04\x05", 0x13, name.as_bytes()),
            key,
            &extensions,
        ],
    );
    let signature = authority.sign(&SystemRandom::new(), &to_be_signed).unwrap();
    let signature = value(BIT_STRING, &[&[0], signature.as_ref()]);
    value(SEQUENCE, &[&to_be_signed, der::ECDSA_SHA256, &signature])
}

/// A Name with one part.
fn named(oid: &[u8], kind: u8, text: &[u8]) -> Vec<u8> {
    let part = value(SEQUENCE, &[oid, &value(kind, &[text])]);
    value(SEQUENCE, &[&value(0x31, &[&part])])
}
