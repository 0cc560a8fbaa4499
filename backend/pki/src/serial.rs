//! Serial numbers: positive, unpredictable, unique by chance and checked by the store.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// RFC 5280 4.1.2.2: no more than 20 octets.
const LONGEST: usize = 20;

/// The serial number of a certificate: 1–20 octets, positive, without leading zeros.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Serial {
    // The length stands first, so that the order is that of the numbers.
    length: u8,
    bytes: [u8; LONGEST],
}

/// Why a text or bytes are no serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SerialFault {
    /// Something else than hexadecimal digits, or an odd number of them.
    #[error("a serial number is written in pairs of hexadecimal digits")]
    NotHex,
    /// More than 20 octets.
    #[error("a serial number has at most 20 octets")]
    TooLong,
    /// Zero, or nothing at all.
    #[error("a serial number is positive")]
    NotPositive,
}

impl SerialFault {
    /// Its stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotHex => "serial_not_hex",
            Self::TooLong => "serial_too_long",
            Self::NotPositive => "serial_not_positive",
        }
    }
}

impl Serial {
    /// A new serial number out of 16 random bytes, 126 bits of which are used: the first bit is
    /// cleared so that the number is positive, the second is set so that all have 16 octets.
    #[must_use]
    pub fn from_random(random: [u8; 16]) -> Self {
        let mut bytes = [0; LONGEST];
        for (to, from) in bytes.iter_mut().zip(random) {
            *to = from;
        }
        if let Some(first) = bytes.first_mut() {
            *first = (*first & 0x3f) | 0x40;
        }
        Self { length: 16, bytes }
    }

    /// Reads big-endian bytes; leading zeros are dropped.
    ///
    /// # Errors
    /// Zero, or more than 20 octets.
    pub fn from_bytes(given: &[u8]) -> Result<Self, SerialFault> {
        let zeros = given.iter().take_while(|byte| **byte == 0).count();
        let rest = given.get(zeros..).unwrap_or_default();
        if rest.is_empty() {
            return Err(SerialFault::NotPositive);
        }
        if rest.len() > LONGEST {
            return Err(SerialFault::TooLong);
        }
        let mut bytes = [0; LONGEST];
        for (to, from) in bytes.iter_mut().zip(rest) {
            *to = *from;
        }
        let length = u8::try_from(rest.len()).map_err(|_| SerialFault::TooLong)?;
        Ok(Self { length, bytes })
    }

    /// Reads hexadecimal digits in either case.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn from_hex(text: &str) -> Result<Self, SerialFault> {
        let digits: Vec<u8> = text
            .chars()
            .map(|digit| {
                digit
                    .to_digit(16)
                    .and_then(|value| u8::try_from(value).ok())
            })
            .collect::<Option<_>>()
            .ok_or(SerialFault::NotHex)?;
        let (pairs, rest) = digits.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(SerialFault::NotHex);
        }
        let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
        Self::from_bytes(&bytes)
    }

    /// Lower-case hexadecimal digits, two for each octet: 32 for numbers of ours.
    #[must_use]
    pub fn to_hex(&self) -> String {
        self.to_string()
    }

    /// Big-endian, without leading zeros.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes
            .get(..usize::from(self.length))
            .unwrap_or_default()
    }

    /// A number in `0..count` that is spread evenly over numbers of ours.
    pub(crate) fn spread(&self, count: u16) -> u16 {
        let mut last = self.as_bytes().iter().rev();
        let low = last.next().copied().unwrap_or(0);
        let high = last.next().copied().unwrap_or(0);
        u16::from_be_bytes([high, low]) % count.max(1)
    }
}

impl fmt::Display for Serial {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_bytes()
            .iter()
            .try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Serial {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Serial({self})")
    }
}

impl TryFrom<String> for Serial {
    type Error = SerialFault;
    fn try_from(text: String) -> Result<Self, SerialFault> {
        Self::from_hex(&text)
    }
}

impl From<Serial> for String {
    fn from(serial: Serial) -> Self {
        serial.to_hex()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_ours_is_positive_and_has_sixteen_octets() {
        for random in [[0; 16], [0xff; 16]] {
            let serial = Serial::from_random(random);
            assert_eq!(serial.as_bytes().len(), 16);
            assert!((0x40..0x80).contains(&serial.as_bytes()[0]));
            assert_eq!(serial.to_hex().len(), 32);
        }
    }

    #[test]
    fn a_number_is_read_back_from_its_text() {
        let serial = Serial::from_random(*b"0123456789abcdef");
        assert_eq!(Serial::from_hex(&serial.to_hex()), Ok(serial));
        assert_eq!(
            Serial::from_hex(&serial.to_hex().to_uppercase()),
            Ok(serial)
        );
    }

    #[test]
    fn a_text_that_is_no_number_is_refused() {
        assert_eq!(Serial::from_hex("0g"), Err(SerialFault::NotHex));
        assert_eq!(Serial::from_hex("abc"), Err(SerialFault::NotHex));
        assert_eq!(Serial::from_hex("0000"), Err(SerialFault::NotPositive));
        assert_eq!(
            Serial::from_hex(&"11".repeat(21)),
            Err(SerialFault::TooLong)
        );
    }

    #[test]
    fn numbers_are_ordered_as_numbers() {
        let small = Serial::from_hex("ff").unwrap();
        let great = Serial::from_hex("0100").unwrap();
        assert!(small < great);
    }
}
