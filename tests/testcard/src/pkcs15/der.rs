//! The little of DER (ITU-T X.690) that the directories and requests need.

/// SEQUENCE.
pub const SEQUENCE: u8 = 0x30;

/// A value with its tag and length.
#[must_use]
pub fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut written = vec![tag];
    written.extend(length(content.len()));
    written.extend(content);
    written
}

/// A value made of others.
#[must_use]
pub fn of(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    value(tag, &parts.concat())
}

fn length(length: usize) -> Vec<u8> {
    let bytes = length.to_be_bytes();
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => vec![short],
        Ok(byte) => vec![0x81, byte],
        Err(_) => {
            let significant = bytes.iter().skip_while(|byte| **byte == 0);
            let mut written = vec![0x80];
            written.extend(significant);
            let count = u8::try_from(written.len() - 1).unwrap_or(8);
            if let Some(first) = written.first_mut() {
                *first |= count;
            }
            written
        }
    }
}

/// A non-negative INTEGER.
#[must_use]
pub fn integer(number: u16) -> Vec<u8> {
    let [high, low] = number.to_be_bytes();
    match (high, low) {
        (0, low) if low < 0x80 => value(0x02, &[low]),
        (high, low) if high == 0 || high < 0x80 => value(0x02, &[high, low]),
        (high, low) => value(0x02, &[0, high, low]),
    }
}

/// OCTET STRING.
#[must_use]
pub fn octets(bytes: &[u8]) -> Vec<u8> {
    value(0x04, bytes)
}

/// UTF8String.
#[must_use]
pub fn text(text: &str) -> Vec<u8> {
    value(0x0C, text.as_bytes())
}

/// BIT STRING of named bits, given by their numbers, without zeros at its end.
#[must_use]
pub fn bits(numbers: &[usize]) -> Vec<u8> {
    let Some(last) = numbers.iter().max() else {
        return value(0x03, &[0]);
    };
    let mut bytes = vec![0_u8; last / 8 + 1];
    for number in numbers {
        if let Some(byte) = bytes.get_mut(number / 8) {
            *byte |= 0x80 >> (number % 8);
        }
    }
    let unused = u8::try_from(7 - last % 8).unwrap_or(0);
    bytes.insert(0, unused);
    value(0x03, &bytes)
}

/// BIT STRING of whole bytes.
#[must_use]
pub fn bit_bytes(bytes: &[u8]) -> Vec<u8> {
    of(0x03, &[&[0], bytes])
}

/// OBJECT IDENTIFIER of P-256 (1.2.840.10045.3.1.7).
pub const P256: &[u8] = &[0x06, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7];
const EC_PUBLIC_KEY: &[u8] = &[0x06, 7, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1];
const ECDSA_SHA256: &[u8] = &[0x06, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2];
const RSA: &[u8] = &[0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1];
const RSA_SHA256: &[u8] = &[0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 11];
const NULL: &[u8] = &[0x05, 0];

/// SubjectPublicKeyInfo of a point on P-256 (RFC 5480).
#[must_use]
pub fn ec_public_info(point: &[u8]) -> Vec<u8> {
    let algorithm = of(SEQUENCE, &[EC_PUBLIC_KEY, P256]);
    of(SEQUENCE, &[&algorithm, &bit_bytes(point)])
}

/// SubjectPublicKeyInfo of an RSAPublicKey (RFC 3279).
#[must_use]
pub fn rsa_public_info(key: &[u8]) -> Vec<u8> {
    let algorithm = of(SEQUENCE, &[RSA, NULL]);
    of(SEQUENCE, &[&algorithm, &bit_bytes(key)])
}

/// How an algorithm that signs with SHA-256 is named (RFC 5758, RFC 4055).
#[must_use]
pub fn signature_algorithm(curve: bool) -> Vec<u8> {
    if curve {
        of(SEQUENCE, &[ECDSA_SHA256])
    } else {
        of(SEQUENCE, &[RSA_SHA256, NULL])
    }
}

/// How a DigestInfo (RFC 8017, 9.2) of SHA-256 (1), SHA-384 (2) or SHA-512 (3) begins.
#[must_use]
pub fn digest_info_prefix(arc: u8) -> Vec<u8> {
    let size = 16 * (arc + 1);
    let mut prefix = vec![SEQUENCE, size + 17, SEQUENCE, 13];
    prefix.extend([0x06, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, arc]);
    prefix.extend(NULL);
    prefix.extend([0x04, size]);
    prefix
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_take_as_many_bytes_as_they_need() {
        assert_eq!(value(4, &[0; 127]).get(..2), Some(&[4, 127][..]));
        assert_eq!(value(4, &[0; 200]).get(..3), Some(&[4, 0x81, 200][..]));
        assert_eq!(value(4, &[0; 300]).get(..4), Some(&[4, 0x82, 1, 44][..]));
    }

    #[test]
    fn integers_and_bits_are_the_shortest() {
        assert_eq!(integer(127), [2, 1, 127]);
        assert_eq!(integer(128), [2, 2, 0, 128]);
        assert_eq!(integer(2048), [2, 2, 8, 0]);
        assert_eq!(integer(40000), [2, 3, 0, 0x9C, 0x40]);
        assert_eq!(bits(&[0, 1]), [3, 2, 6, 0xC0]);
        assert_eq!(bits(&[9]), [3, 3, 6, 0, 0x40]);
    }

    #[test]
    fn the_digest_info_of_sha_256_is_the_one_in_rfc_8017() {
        let known = [
            0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
            0x01, 0x05, 0x00, 0x04, 0x20,
        ];
        assert_eq!(digest_info_prefix(1), known);
    }
}
