//! Writing DER: the few shapes that certificates, lists and answers need. Nothing here reads.

use x509_cert::spki::ObjectIdentifier;

/// Universal and context tags, as they stand in DER.
pub(crate) mod tag {
    pub(crate) const BOOLEAN: u8 = 0x01;
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const NULL: u8 = 0x05;
    pub(crate) const OID: u8 = 0x06;
    pub(crate) const ENUMERATED: u8 = 0x0a;
    pub(crate) const UTF8_STRING: u8 = 0x0c;
    pub(crate) const PRINTABLE_STRING: u8 = 0x13;
    pub(crate) const UTC_TIME: u8 = 0x17;
    pub(crate) const GENERALIZED_TIME: u8 = 0x18;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;
    /// `[n]` primitive; only 0–6 are used.
    pub(crate) const fn context(number: u8) -> u8 {
        0x80 | number
    }
    /// `[n]` constructed; only 0–6 are used.
    pub(crate) const fn explicit(number: u8) -> u8 {
        0xa0 | number
    }
}

/// Adds a tag and a length in the shortest form.
pub(crate) fn header(out: &mut Vec<u8>, tag: u8, length: usize) {
    out.push(tag);
    if let Ok(short @ 0..=0x7f) = u8::try_from(length) {
        out.push(short);
        return;
    }
    let bytes = length.to_be_bytes();
    let significant = bytes.iter().skip_while(|byte| **byte == 0);
    out.push(0x80 | u8::try_from(significant.clone().count()).unwrap_or(0));
    out.extend(significant);
}

/// Adds one whole element.
pub(crate) fn put(out: &mut Vec<u8>, tag: u8, content: &[u8]) {
    header(out, tag, content.len());
    out.extend_from_slice(content);
}

/// One whole element.
pub(crate) fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len().saturating_add(6));
    put(&mut out, tag, content);
    out
}

/// An element around several that follow one another.
pub(crate) fn group(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length = parts.iter().map(|part| part.len()).sum();
    let mut out = Vec::with_capacity(6_usize.saturating_add(length));
    header(&mut out, tag, length);
    for part in parts {
        out.extend_from_slice(part);
    }
    out
}

/// `SEQUENCE { parts }`.
pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    group(tag::SEQUENCE, parts)
}

/// A non-negative INTEGER from big-endian bytes.
pub(crate) fn integer(magnitude: &[u8]) -> Vec<u8> {
    let zeros = magnitude.iter().take_while(|byte| **byte == 0).count();
    let rest = magnitude.get(zeros..).unwrap_or_default();
    match rest.first() {
        None => element(tag::INTEGER, &[0]),
        Some(0x80..) => group(tag::INTEGER, &[&[0], rest]),
        Some(_) => element(tag::INTEGER, rest),
    }
}

/// An OBJECT IDENTIFIER.
pub(crate) fn oid(id: &ObjectIdentifier) -> Vec<u8> {
    element(tag::OID, id.as_bytes())
}

/// A BIT STRING of whole bytes.
pub(crate) fn bits(content: &[u8]) -> Vec<u8> {
    group(tag::BIT_STRING, &[&[0], content])
}

/// A BIT STRING of named bits, without trailing zeros (X.690 11.2.2).
pub(crate) fn named_bits(bits: u16) -> Vec<u8> {
    let [high, low] = bits.to_be_bytes();
    let unused = u8::try_from(bits.trailing_zeros()).unwrap_or(0);
    match (high, low) {
        (0, 0) => element(tag::BIT_STRING, &[0]),
        (high, 0) => element(tag::BIT_STRING, &[unused.saturating_sub(8), high]),
        (high, low) => element(tag::BIT_STRING, &[unused, high, low]),
    }
}

/// An OCTET STRING.
pub(crate) fn octets(content: &[u8]) -> Vec<u8> {
    element(tag::OCTET_STRING, content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_take_the_shortest_form() {
        let head = |length: usize| {
            let mut out = Vec::new();
            header(&mut out, tag::SEQUENCE, length);
            out
        };
        assert_eq!(head(0x7f), [0x30, 0x7f]);
        assert_eq!(head(0x80), [0x30, 0x81, 0x80]);
        assert_eq!(head(0x1234), [0x30, 0x82, 0x12, 0x34]);
        assert_eq!(head(0x01_0000), [0x30, 0x83, 1, 0, 0]);
    }

    #[test]
    fn integers_are_positive_and_minimal() {
        assert_eq!(integer(&[]), [2, 1, 0]);
        assert_eq!(integer(&[0, 0, 5]), [2, 1, 5]);
        assert_eq!(integer(&[0x80]), [2, 2, 0, 0x80]);
    }

    #[test]
    fn named_bits_lose_their_trailing_zeros() {
        assert_eq!(named_bits(0x8000), [3, 2, 7, 0x80]);
        assert_eq!(named_bits(0x4000), [3, 2, 6, 0x40]);
        assert_eq!(named_bits(0x0600), [3, 2, 1, 0x06]);
        assert_eq!(named_bits(0x0080), [3, 3, 7, 0, 0x80]);
        assert_eq!(named_bits(0), [3, 1, 0]);
    }

    #[test]
    fn bit_strings_of_bytes_have_no_unused_bits() {
        assert_eq!(bits(&[0xaa]), [3, 2, 0, 0xaa]);
    }
}
