//! Bytes as text, for the card's file and for people.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes written as hexadecimal digits. They may be secret, so they are never shown by `Debug`.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&written(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        read(&text)
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("not hexadecimal digits"))
    }
}

/// Bytes as capital hexadecimal digits without spaces.
#[must_use]
pub fn written(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// The bytes that a text of hexadecimal digits names; white space and colons are skipped.
#[must_use]
pub fn read(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != ':')
        .map(|letter| {
            letter
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        })
        .collect::<Option<_>>()?;
    let (pairs, odd) = digits.as_chunks::<2>();
    odd.is_empty()
        .then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_can_be_read() {
        assert_eq!(read(&written(&[0, 255, 16])), Some(vec![0, 255, 16]));
        assert_eq!(read("00:2c 00"), Some(vec![0, 0x2C, 0]));
        assert_eq!(read("0"), None);
        assert_eq!(read("zz"), None);
    }
}
