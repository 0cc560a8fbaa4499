//! The little DER (ITU-T X.690) that is written here: public keys, requests and signatures on P-256.

/// SEQUENCE.
pub const SEQUENCE: u8 = 0x30;
/// INTEGER.
pub const INTEGER: u8 = 0x02;
/// BIT STRING.
pub const BIT_STRING: u8 = 0x03;

/// id-ecPublicKey with the curve secp256r1 (RFC 5480).
const P256: &[u8] =
    b"\x30\x13\x06\x07\x2A\x86\x48\xCE\x3D\x02\x01\x06\x08\x2A\x86\x48\xCE\x3D\x03\x01\x07";
/// rsaEncryption (RFC 8017).
const RSA: &[u8] = b"\x30\x0D\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01\x05\x00";
/// ecdsa-with-SHA256 (RFC 5758).
pub const ECDSA_SHA256: &[u8] = b"\x30\x0A\x06\x08\x2A\x86\x48\xCE\x3D\x04\x03\x02";
/// The object identifier of secp256r1, as PKCS#11 names the curve.
pub const SECP256R1: &[u8] = b"\x06\x08\x2A\x86\x48\xCE\x3D\x03\x01\x07";

/// A value of these parts, with its tag and length.
#[must_use]
pub fn value(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut written = vec![tag];
    match u8::try_from(content.len()) {
        Ok(short) if short < 0x80 => written.push(short),
        _ => {
            let length = without_zeros(&content.len().to_be_bytes()).to_vec();
            // No content has more than 2^64 bytes: at most eight bytes of length.
            written.push(0x80 | u8::try_from(length.len()).unwrap_or_default());
            written.extend(length);
        }
    }
    written.extend(content);
    written
}

/// A number that is not negative, given with its highest byte first.
#[must_use]
pub fn unsigned(number: &[u8]) -> Vec<u8> {
    let number = without_zeros(number);
    match number.first() {
        Some(first) if *first < 0x80 => value(INTEGER, &[number]),
        _ => value(INTEGER, &[&[0], number]),
    }
}

fn without_zeros(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|byte| *byte != 0);
    bytes
        .get(first.unwrap_or(bytes.len())..)
        .unwrap_or_default()
}

/// A SubjectPublicKeyInfo of a point on P-256, uncompressed.
#[must_use]
pub fn curve_key(point: &[u8]) -> Vec<u8> {
    value(SEQUENCE, &[P256, &value(BIT_STRING, &[&[0], point])])
}

/// A SubjectPublicKeyInfo of an RSA key.
#[must_use]
pub fn rsa_key(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let key = value(SEQUENCE, &[&unsigned(modulus), &unsigned(exponent)]);
    value(SEQUENCE, &[RSA, &value(BIT_STRING, &[&[0], &key])])
}

/// Ecdsa-Sig-Value (RFC 3279) of the two numbers as PKCS#11 gives them, one after the other.
#[must_use]
pub fn ecdsa_signature(numbers: &[u8]) -> Vec<u8> {
    let (first, second) = numbers
        .split_at_checked(numbers.len() / 2)
        .unwrap_or_default();
    value(SEQUENCE, &[&unsigned(first), &unsigned(second)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_in_one_byte_or_with_their_own_length_before() {
        assert_eq!(value(4, &[&[7; 3]]), [4, 3, 7, 7, 7]);
        assert_eq!(value(4, &[&[7; 128]])[..3], [4, 0x81, 128]);
        assert_eq!(value(4, &[&[7; 300]])[..4], [4, 0x82, 1, 44]);
    }

    #[test]
    fn a_number_has_as_few_bytes_as_it_needs_and_is_never_negative() {
        assert_eq!(unsigned(&[0, 0, 5]), [2, 1, 5]);
        assert_eq!(unsigned(&[0x80]), [2, 2, 0, 0x80]);
        assert_eq!(unsigned(&[0]), [2, 1, 0]);
    }

    #[test]
    fn a_signature_is_a_sequence_of_its_two_numbers() {
        assert_eq!(
            ecdsa_signature(&[0, 1, 0xFF, 2]),
            [0x30, 8, 2, 1, 1, 2, 3, 0, 0xFF, 2]
        );
    }
}
