//! What fetches a task: a short code typed by hand, or the token in a link. Good for one use.

use secrecy::{ExposeSecret, SecretString};
use std::fmt;

/// How many characters a code has.
const CODE: usize = 8;

/// The characters of codes: Crockford's 32.
const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How long a token may be: 32 bytes take 43 characters.
const TOKEN: std::ops::RangeInclusive<usize> = 22..=128;

/// A code or a token. Shown masked.
#[derive(Clone)]
pub enum Ticket {
    /// Typed by hand.
    Code(SecretString),
    /// From a link.
    Token(SecretString),
}

impl Ticket {
    /// A code as somebody typed it: in any case, with dashes and blanks anywhere, I and L for 1, O for
    /// 0. `None` when it is none.
    #[must_use]
    pub fn code(typed: &str) -> Option<Self> {
        let read: String = typed
            .chars()
            .filter(|sign| !sign.is_whitespace() && *sign != '-')
            .map(|sign| match sign.to_ascii_uppercase() {
                'I' | 'L' => '1',
                'O' => '0',
                other => other,
            })
            .collect();
        let is_code =
            read.chars().count() == CODE && read.chars().all(|sign| ALPHABET.contains(sign));
        is_code.then(|| Self::Code(read.into()))
    }

    /// A token (base64url); `None` when it is none.
    #[must_use]
    pub fn token(text: &str) -> Option<Self> {
        let base64url = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let is_token = TOKEN.contains(&text.len()) && text.bytes().all(base64url);
        is_token.then(|| Self::Token(text.into()))
    }

    /// Its name in the protocol, and itself.
    #[must_use]
    pub fn named(&self) -> (&'static str, &str) {
        match self {
            Self::Code(code) => ("code", code.expose_secret()),
            Self::Token(token) => ("token", token.expose_secret()),
        }
    }
}

impl PartialEq for Ticket {
    fn eq(&self, other: &Self) -> bool {
        self.named() == other.named()
    }
}

impl Eq for Ticket {}

impl fmt::Debug for Ticket {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Ticket({}: …)", self.named().0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        for typed in ["K7QF-M2P1", "k7qfm2p1", " K7QF M2PI ", "k7qf-m2pl"] {
            assert_eq!(
                Ticket::code(typed).unwrap().named(),
                ("code", "K7QFM2P1"),
                "{typed}"
            );
        }
        assert_eq!(Ticket::code("OOOO0000").unwrap().named().1, "00000000");
    }

    #[test]
    fn what_cannot_be_a_code_is_not_sent() {
        for typed in [
            "",
            "K7QFM2P",
            "K7QFM2P12",
            "U7QFM2P1",
            "K7QF_M2P1",
            "ÅÄÖÅÄÖÅÄ",
        ] {
            assert!(Ticket::code(typed).is_none(), "{typed}");
        }
        for token in [
            "",
            "short",
            "abcdefghijklmnopqrstuvwxyz/+=",
            "abcdefghijklmnopqrstuvwxyzå",
        ] {
            assert!(Ticket::token(token).is_none(), "{token}");
        }
    }

    #[test]
    fn a_ticket_is_never_shown() {
        assert_eq!(
            format!("{:?}", Ticket::code("K7QFM2P1").unwrap()),
            "Ticket(code: …)"
        );
    }
}
