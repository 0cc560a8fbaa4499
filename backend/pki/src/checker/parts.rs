//! The examiner's own reading of DER: the three parts of everything that is signed (RFC 5280 4.1.1).
//! The parser takes other tags and lengths for the right ones; relying parties do not.

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const SEQUENCE: u8 = 0x30;
/// `[0]`, around the version of a certificate.
const VERSION: u8 = 0xa0;

/// What is signed, the algorithm that is named outside it, and the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    /// What is signed, with its header.
    pub signed: &'a [u8],
    /// The algorithm, with its header.
    pub algorithm: &'a [u8],
    /// The signature's own bytes.
    pub signature: &'a [u8],
}

impl<'a> Parts<'a> {
    /// The parts of the certificate or list at the beginning of these bytes; what follows it is not
    /// looked at. `None` when it is cut off, holds more than three parts, or has a tag or a form of
    /// length that DER does not allow there.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let (frame, _) = take(bytes)?;
        let (signed, rest) = take(frame.content_of(SEQUENCE)?)?;
        let (algorithm, rest) = take(rest)?;
        let (signature, rest) = take(rest)?;
        let (unused_bits, signature) = signature.content_of(BIT_STRING)?.split_first()?;
        signed.content_of(SEQUENCE)?;
        algorithm.content_of(SEQUENCE)?;
        (rest.is_empty() && *unused_bits == 0).then_some(Self {
            signed: signed.whole,
            algorithm: algorithm.whole,
            signature,
        })
    }

    /// Whether a certificate names the same algorithm outside what is signed and inside, to the last
    /// byte: only the one inside is signed.
    pub fn names_one_algorithm(&self) -> bool {
        self.algorithm_inside() == Some(self.algorithm)
    }

    /// It stands behind the version, if there is one, and the number (RFC 5280 4.1).
    fn algorithm_inside(&self) -> Option<&'a [u8]> {
        let (signed, _) = take(self.signed)?;
        let (first, rest) = take(signed.content)?;
        let (number, rest) = match first.tag {
            VERSION => take(rest)?,
            _ => (first, rest),
        };
        number.content_of(INTEGER)?;
        let (algorithm, _) = take(rest)?;
        algorithm.content_of(SEQUENCE)?;
        Some(algorithm.whole)
    }
}

/// One element.
#[derive(Clone, Copy)]
struct Element<'a> {
    tag: u8,
    content: &'a [u8],
    whole: &'a [u8],
}

impl<'a> Element<'a> {
    fn content_of(self, tag: u8) -> Option<&'a [u8]> {
        (self.tag == tag).then_some(self.content)
    }
}

/// The first element, and what follows it. Tags of more than one byte are none that is used here.
fn take(bytes: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let (tag, after_tag) = bytes.split_first()?;
    let (length, after_header) = length(after_tag)?;
    let (content, rest) = after_header.split_at_checked(length)?;
    let whole = bytes.get(..bytes.len() - rest.len())?;
    let tag = *tag;
    Some((
        Element {
            tag,
            content,
            whole,
        },
        rest,
    ))
}

/// A length in its shortest form (X.690 10.1), at most four bytes long.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let count = match first {
        0..=0x7f => return Some((usize::from(*first), rest)),
        0x81..=0x84 => usize::from(first & 0x7f),
        _ => return None,
    };
    let (digits, rest) = rest.split_at_checked(count)?;
    let length = digits.iter().try_fold(0_usize, |sum, digit| {
        sum.checked_mul(256)?.checked_add(usize::from(*digit))
    })?;
    let is_shortest = digits.first() != Some(&0) && length > 0x7f;
    is_shortest.then_some((length, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{bits, element, integer, octets, sequence};

    /// An algorithm, and another of the same length.
    const ALGORITHM: [u8; 5] = [0x30, 3, 6, 1, 0x2a];
    const OTHER: [u8; 5] = [0x30, 3, 6, 1, 0x2b];

    /// What is signed: version, number, algorithm, the other algorithm, and so much more.
    fn signed(more: usize) -> Vec<u8> {
        let version = element(VERSION, &integer(&[2]));
        let more = octets(&vec![7; more]);
        sequence(&[&version, &integer(&[9]), &ALGORITHM, &OTHER, &more])
    }

    fn certificate(signed: &[u8], outside: &[u8]) -> Vec<u8> {
        sequence(&[signed, outside, &bits(&[0xaa, 0xbb])])
    }

    #[test]
    fn the_parts_are_found_behind_headers_of_every_length() {
        for (more, header) in [(0, 2), (100, 3), (300, 4), (70_000, 5)] {
            let signed = signed(more);
            let certificate = certificate(&signed, &ALGORITHM);
            let rest = signed.len() + ALGORITHM.len() + bits(&[0xaa, 0xbb]).len();
            assert_eq!(certificate.len() - rest, header, "as it was meant");
            let parts = Parts::read(&certificate).unwrap();
            let wanted = Parts {
                signed: &signed,
                algorithm: &ALGORITHM,
                signature: &[0xaa, 0xbb],
            };
            assert_eq!(parts, wanted);
            assert!(parts.names_one_algorithm());
        }
    }

    #[test]
    fn another_algorithm_outside_is_seen_even_if_it_stands_elsewhere_inside() {
        let (signed, tagged) = (signed(0), [0x31, 3, 6, 1, 0x2a]);
        let named = |outside: &[u8]| {
            let certificate = certificate(&signed, outside);
            Parts::read(&certificate).map(|parts| parts.names_one_algorithm())
        };
        assert_eq!(named(&ALGORITHM), Some(true));
        assert_eq!(named(&OTHER), Some(false));
        assert_eq!(named(&[0x30, 0]), Some(false));
        assert_eq!(named(&tagged), None, "no SEQUENCE");
    }

    #[test]
    fn a_certificate_without_version_has_its_algorithm_behind_its_number() {
        let signed = sequence(&[&integer(&[9]), &ALGORITHM]);
        let named = |signed: &[u8]| {
            let certificate = certificate(signed, &ALGORITHM);
            Parts::read(&certificate).unwrap().names_one_algorithm()
        };
        assert!(named(&signed));
        assert!(!named(&sequence(&[&ALGORITHM, &ALGORITHM])), "no number");
        assert!(!named(&sequence(&[])), "nothing");
    }

    #[test]
    fn what_follows_a_certificate_is_not_its_own_and_what_follows_inside_it_is_a_fault() {
        let (signed, signature) = (signed(200), bits(&[0xaa, 0xbb]));
        let good = certificate(&signed, &ALGORITHM);
        let longer = [good.as_slice(), &[0, 0]].concat();
        assert_eq!(Parts::read(&longer), Parts::read(&good));
        let fuller = sequence(&[&signed, &ALGORITHM, &signature, &[5, 0]]);
        assert_eq!(Parts::read(&fuller), None);
    }

    #[test]
    fn what_is_cut_off_anywhere_has_no_parts() {
        for more in [0, 100, 300] {
            let certificate = certificate(&signed(more), &ALGORITHM);
            for end in 0..certificate.len() {
                assert_eq!(Parts::read(&certificate[..end]), None, "{end}");
            }
        }
    }

    #[test]
    fn other_tags_and_other_forms_of_length_are_not_taken_for_the_right_ones() {
        let good = certificate(&signed(100), &ALGORITHM);
        assert_eq!(good[..2], [0x30, 0x81]);
        let begun = |header: &[u8]| [header, &good[3..]].concat();
        assert!(Parts::read(&begun(&[0x30, 0x81, good[2]])).is_some());
        for (header, fault) in [
            (&[0x50, 0x81, good[2]][..], "application 16"),
            (&[0x10, 0x81, good[2]], "a primitive one"),
            (&[0x30, 0x82, 0, good[2]], "a zero before the length"),
            (&[0x30, 0x80], "a length that is not told"),
            (&[0x30, 0x85, 0, 0, 0, 0, good[2]], "five bytes of length"),
            (&[0x30, 0xff], "a length of no form"),
        ] {
            assert_eq!(Parts::read(&begun(header)), None, "{fault}");
        }
        let long_short = [&[0x30, 0x81, 0x04][..], &ALGORITHM[1..]].concat();
        assert_eq!(Parts::read(&certificate(&signed(0), &long_short)), None);
        let odd_bits = sequence(&[&signed(0), &ALGORITHM, &[3, 2, 1, 0xaa]]);
        assert_eq!(Parts::read(&odd_bits), None, "bits that are not used");
        let octets = sequence(&[&signed(0), &ALGORITHM, &octets(&[0, 0xaa])]);
        assert_eq!(Parts::read(&octets), None, "no BIT STRING");
    }
}
