//! How the cards that are spoken to directly want to be spoken to. A card that is not here is never
//! sent a code over PC/SC: a wrong guess could cost its holder a try.

use crate::card::Opening;
use crate::code::CodeName;

/// What a family of cards calls its codes.
pub struct Dialect {
    pin1: u8,
    pin2: u8,
    puk: u8,
    /// The office's key, in EXTERNAL AUTHENTICATE.
    pub office: u8,
    /// How many bytes a code takes.
    pub field: usize,
    /// What it is filled up with.
    pub filler: u8,
    /// The data object with the number printed on the card.
    pub number: u8,
    /// The data object with all counters; its last byte is the office's key, FF where there is none.
    pub counters: u8,
}

/// Cards whose answer to reset says MyEID, with the data objects of this system's cards.
const MY_EID: Dialect = Dialect {
    pin1: 1,
    pin2: 2,
    puk: 3,
    office: 0x10,
    field: 8,
    filler: 0xFF,
    number: 0xD0,
    counters: 0xD2,
};

impl Dialect {
    /// The number of a code in commands.
    pub fn reference(&self, code: CodeName) -> u8 {
        match code {
            CodeName::Pin1 => self.pin1,
            CodeName::Pin2 => self.pin2,
            CodeName::Puk => self.puk,
        }
    }
}

/// The family that an answer to reset names.
pub fn of(answer_to_reset: &[u8]) -> Option<&'static Dialect> {
    let name = b"MyEID";
    let named = answer_to_reset.windows(name.len()).any(|part| part == name);
    named.then_some(&MY_EID)
}

/// What opens a card, by its counters: only cards of 7xx have an office's key.
pub fn opening(counters: &[u8]) -> Opening {
    match counters {
        [_, _, _, _, _, _, 0xFF] => Opening::Nothing,
        // A key that is locked opens nothing any more.
        [_, _, _, _, _, _, 0] => Opening::Nothing,
        [_, _, _, _, _, _, _] => Opening::Visit,
        _ => Opening::Untold,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_of_an_unknown_family_is_not_spoken_to() {
        assert!(of(b"\x3B\x00another").is_none());
        assert!(of(b"\x3B\xF5MyEID\x14").is_some());
    }

    #[test]
    fn only_a_card_with_a_working_office_key_is_opened_at_a_visit() {
        assert_eq!(opening(&[3, 3, 3, 3, 10, 10, 10]), Opening::Visit);
        assert_eq!(opening(&[3, 3, 3, 3, 10, 10, 0xFF]), Opening::Nothing);
        assert_eq!(opening(&[3, 3, 3, 3, 10, 10, 0]), Opening::Nothing);
        assert_eq!(opening(&[]), Opening::Untold);
    }
}
