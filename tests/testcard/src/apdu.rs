//! Commands and answers as ISO/IEC 7816-4 writes them, in the short form only.

use std::fmt;

/// The two bytes that end every answer (ISO/IEC 7816-4, SW1 and SW2).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Status(u16);

impl Status {
    /// Done.
    pub const DONE: Self = Self(0x9000);
    /// The length of the command does not fit.
    pub const WRONG_LENGTH: Self = Self(0x6700);
    /// A code or the office's answer must be given first.
    pub const NOT_ALLOWED_YET: Self = Self(0x6982);
    /// The code or key is locked.
    pub const LOCKED: Self = Self(0x6983);
    /// The code has never been chosen.
    pub const NOT_SET: Self = Self(0x6984);
    /// The command does not fit the state, for example a key that exists is made again.
    pub const CONDITIONS: Self = Self(0x6985);
    /// No file has been selected.
    pub const NO_FILE_SELECTED: Self = Self(0x6986);
    /// The data are not what the command wants, for example a code that is no number.
    pub const WRONG_DATA: Self = Self(0x6A80);
    /// The card does not do this.
    pub const NOT_SUPPORTED: Self = Self(0x6A81);
    /// There is no such file.
    pub const NO_FILE: Self = Self(0x6A82);
    /// The card's memory is full.
    pub const FULL: Self = Self(0x6A84);
    /// P1 or P2 is wrong.
    pub const WRONG_PARAMETERS: Self = Self(0x6A86);
    /// There is no such code, key or data object.
    pub const NO_REFERENCE: Self = Self(0x6A88);
    /// The file exists.
    pub const EXISTS: Self = Self(0x6A89);
    /// An offset lies outside the file.
    pub const OUTSIDE: Self = Self(0x6B00);
    /// The card does not know the command.
    pub const UNKNOWN_COMMAND: Self = Self(0x6D00);
    /// The card does not know the class of command.
    pub const UNKNOWN_CLASS: Self = Self(0x6E00);
    /// The card failed.
    pub const BROKEN: Self = Self(0x6F00);

    /// Wrong code; so many tries are left (63 CX).
    #[must_use]
    pub fn tries_left(tries: u8) -> Self {
        Self(0x63C0 | u16::from(tries.min(15)))
    }

    /// The two bytes as a number.
    #[must_use]
    pub fn number(self) -> u16 {
        self.0
    }
}

impl fmt::Debug for Status {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04X}", self.0)
    }
}

/// What a command leads to: data for the reader, or the reason why not.
pub type Answer = Result<Vec<u8>, Status>;

/// An answer as it goes over the wire.
#[must_use]
pub fn encoded(answer: Answer) -> (Vec<u8>, Status) {
    let (mut bytes, status) = match answer {
        Ok(data) => (data, Status::DONE),
        Err(status) => (Vec::new(), status),
    };
    bytes.extend(status.0.to_be_bytes());
    (bytes, status)
}

/// A command taken apart.
#[derive(Clone, Copy)]
pub struct Command<'a> {
    /// The class.
    pub class: u8,
    /// The instruction.
    pub instruction: u8,
    /// The first parameter.
    pub p1: u8,
    /// The second parameter.
    pub p2: u8,
    /// The data sent along.
    pub data: &'a [u8],
    /// How many bytes of answer are wanted, 1–256.
    pub wanted: Option<usize>,
}

impl<'a> Command<'a> {
    /// Takes a command apart.
    ///
    /// # Errors
    /// `WRONG_LENGTH` when the lengths in it do not add up, or it is in the extended form.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Status> {
        let [class, instruction, p1, p2, rest @ ..] = bytes else {
            return Err(Status::WRONG_LENGTH);
        };
        let (data, wanted) = body(rest).ok_or(Status::WRONG_LENGTH)?;
        Ok(Self {
            class: *class,
            instruction: *instruction,
            p1: *p1,
            p2: *p2,
            data,
            wanted,
        })
    }

    /// P1 and P2 as one number.
    #[must_use]
    pub fn parameters(&self) -> u16 {
        u16::from_be_bytes([self.p1, self.p2])
    }
}

fn body(rest: &[u8]) -> Option<(&[u8], Option<usize>)> {
    match rest {
        [] => Some((rest, None)),
        [wanted] => Some((&[], Some(length(*wanted)))),
        [sent, body @ ..] => {
            let (data, tail) = body.split_at_checked(usize::from(*sent))?;
            match tail {
                [] if !data.is_empty() => Some((data, None)),
                [wanted] => Some((data, Some(length(*wanted)))),
                _ => None,
            }
        }
    }
}

fn length(byte: u8) -> usize {
    if byte == 0 { 256 } else { usize::from(byte) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_short_forms_are_read() {
        let bare = Command::parse(&[0, 0xA4, 1, 2]).unwrap();
        assert_eq!((bare.data.len(), bare.wanted), (0, None));
        let reading = Command::parse(&[0, 0xB0, 1, 2, 0]).unwrap();
        assert_eq!(reading.wanted, Some(256));
        let writing = Command::parse(&[0, 0xD6, 1, 2, 2, 7, 8]).unwrap();
        assert_eq!((writing.data, writing.wanted), (&[7, 8][..], None));
        let both = Command::parse(&[0, 0x2A, 1, 2, 1, 7, 9]).unwrap();
        assert_eq!((both.data, both.wanted), (&[7][..], Some(9)));
    }

    #[test]
    fn lengths_that_do_not_add_up_are_refused() {
        for bytes in [
            &[0, 0xA4, 0][..],
            &[0, 0xD6, 0, 0, 3, 1][..],
            &[0, 0xD6, 0, 0, 1, 1, 1, 1][..],
            &[0, 0xD6, 0, 0, 0, 1, 0, 1][..],
        ] {
            assert!(Command::parse(bytes).is_err(), "{bytes:?}");
        }
    }
}
