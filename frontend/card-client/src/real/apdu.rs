//! The few commands that are sent to a card directly (ISO/IEC 7816-4), and how it answers.

use super::dialect::Dialect;
use crate::card::CodeState;
use crate::code::{Code, CodeName};
use crate::port::CardError;
use zeroize::Zeroizing;

/// VERIFY without a code: how many tries are left. Costs none.
pub fn ask_state(dialect: &Dialect, code: CodeName) -> [u8; 4] {
    [0x00, 0x20, 0x00, dialect.reference(code)]
}

/// GET DATA.
pub fn ask_data(object: u8) -> [u8; 5] {
    [0x00, 0xCA, 0x01, object, 0x00]
}

/// RESET RETRY COUNTER with the PUK and a new code; `None` when one does not fit its field.
pub fn reset(
    dialect: &Dialect,
    pin: CodeName,
    puk: &Code,
    new: &Code,
) -> Option<Zeroizing<Vec<u8>>> {
    let length = 2 * dialect.field;
    // Of exactly this size, so that it is never moved.
    let mut command = Zeroizing::new(Vec::with_capacity(5 + length));
    command.extend([0x00, 0x2C, 0x00, dialect.reference(pin)]);
    command.push(u8::try_from(length).ok()?);
    for code in [puk, new] {
        let digits = code.digits().as_bytes();
        let filler = dialect.field.checked_sub(digits.len())?;
        command.extend(digits);
        command.extend(std::iter::repeat_n(dialect.filler, filler));
    }
    Some(command)
}

/// GET CHALLENGE: eight random bytes, the card's question to the office.
pub fn ask_challenge() -> [u8; 5] {
    [0x00, 0x84, 0x00, 0x00, 0x08]
}

/// EXTERNAL AUTHENTICATE: the office's answer; `None` when it is too long.
pub fn office_answer(dialect: &Dialect, answer: &[u8]) -> Option<Vec<u8>> {
    let mut command = vec![0x00, 0x82, 0x00, dialect.office];
    command.push(u8::try_from(answer.len()).ok()?);
    command.extend(answer);
    Some(command)
}

/// RESET RETRY COUNTER with a new code alone, after the office's answer; `None` when it does not fit.
pub fn choose(dialect: &Dialect, pin: CodeName, new: &Code) -> Option<Zeroizing<Vec<u8>>> {
    let digits = new.digits().as_bytes();
    let filler = dialect.field.checked_sub(digits.len())?;
    let mut command = Zeroizing::new(Vec::with_capacity(5 + dialect.field));
    command.extend([0x00, 0x2C, 0x02, dialect.reference(pin)]);
    command.push(u8::try_from(dialect.field).ok()?);
    command.extend(digits);
    command.extend(std::iter::repeat_n(dialect.filler, filler));
    Some(command)
}

/// What the status after EXTERNAL AUTHENTICATE says.
///
/// # Errors
/// Anything but done.
pub fn answer_result(status: u16) -> Result<(), CardError> {
    match status {
        0x9000 => Ok(()),
        0x6983 => Err(CardError::NotTaken),
        _ if tries(status).is_some() => Err(CardError::NotTaken),
        0x6D00 | 0x6E00 | 0x6A81 | 0x6A88 => Err(CardError::Unsupported),
        _ => Err(CardError::Failed),
    }
}

/// What the status after an empty VERIFY says.
pub fn state(status: u16) -> CodeState {
    match (status, tries(status)) {
        (0x6983, _) | (_, Some(0)) => CodeState::Locked,
        (0x6984, _) => CodeState::NotSet,
        (_, Some(left)) => CodeState::Working(Some(left)),
        // Proved by some program that uses the card now.
        (0x9000, _) => CodeState::Working(None),
        _ => CodeState::Untold,
    }
}

/// What the status after RESET RETRY COUNTER says.
///
/// # Errors
/// Anything but done.
pub fn reset_result(status: u16) -> Result<(), CardError> {
    match status {
        0x9000 => Ok(()),
        0x6983 => Err(CardError::Locked),
        0x6984 => Err(CardError::NotSet),
        0x6700 | 0x6A80 => Err(CardError::BadForm),
        _ if tries(status).is_some() => Err(CardError::Wrong),
        0x6D00 | 0x6E00 | 0x6A81 | 0x6A88 => Err(CardError::Unsupported),
        _ => Err(CardError::Failed),
    }
}

/// 63 CX: X tries are left.
fn tries(status: u16) -> Option<u8> {
    let [first, second] = status.to_be_bytes();
    (first == 0x63 && second & 0xF0 == 0xC0).then_some(second & 0x0F)
}

#[cfg(test)]
mod tests {
    use super::super::dialect;
    use super::*;

    fn code(text: &str) -> Code {
        Code::typed(&Zeroizing::new(text.to_owned()))
    }

    #[test]
    fn the_two_codes_travel_in_fields_that_are_filled_up() {
        let dialect = dialect::of(b"\x3BMyEID").unwrap();
        let command = reset(dialect, CodeName::Pin2, &code("36925814"), &code("741852")).unwrap();
        assert_eq!(*command, *b"\x00\x2C\x00\x02\x1036925814741852\xFF\xFF");
        assert!(reset(dialect, CodeName::Pin2, &code("369258147"), &code("741852")).is_none());
    }

    #[test]
    fn a_code_is_chosen_after_the_office_has_answered() {
        let dialect = dialect::of(b"\x3BMyEID").unwrap();
        assert_eq!(ask_challenge(), *b"\x00\x84\x00\x00\x08");
        assert_eq!(
            office_answer(dialect, &[7; 8]).unwrap()[..5],
            *b"\x00\x82\x00\x10\x08"
        );
        let command = choose(dialect, CodeName::Pin1, &code("741852")).unwrap();
        assert_eq!(*command, *b"\x00\x2C\x02\x01\x08741852\xFF\xFF");
        assert!(choose(dialect, CodeName::Pin1, &code("741852963")).is_none());
        assert_eq!(answer_result(0x63C9), Err(CardError::NotTaken));
        assert_eq!(answer_result(0x6A88), Err(CardError::Unsupported));
    }

    #[test]
    fn the_state_of_a_code_is_read_from_the_status() {
        assert_eq!(state(0x63C2), CodeState::Working(Some(2)));
        assert_eq!(state(0x63C0), CodeState::Locked);
        assert_eq!(state(0x6983), CodeState::Locked);
        assert_eq!(state(0x6984), CodeState::NotSet);
        assert_eq!(state(0x9000), CodeState::Working(None));
        assert_eq!(state(0x6D00), CodeState::Untold);
    }

    #[test]
    fn a_wrong_puk_is_told_apart_from_a_code_that_the_card_does_not_take() {
        assert_eq!(reset_result(0x9000), Ok(()));
        assert_eq!(reset_result(0x63C9), Err(CardError::Wrong));
        assert_eq!(reset_result(0x6983), Err(CardError::Locked));
        assert_eq!(reset_result(0x6A80), Err(CardError::BadForm));
        assert_eq!(reset_result(0x6F00), Err(CardError::Failed));
    }
}
