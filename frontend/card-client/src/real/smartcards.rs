//! PC/SC: what is in the readers, and the commands that PKCS#11 has no name for. Each act is one
//! transaction, in which the card's number is read first.

use super::apdu;
use super::dialect::{self, Dialect};
use crate::card::{Card, CardInfo, CardNumber, CodeState};
use crate::code::{Code, CodeName};
use crate::port::{Answering, CardError, LookError};
use pcsc::{
    Context, Disposition, Error, MAX_BUFFER_SIZE, Protocols, ReaderState, Scope, ShareMode, State,
    Transaction,
};
use std::ffi::CString;
use std::time::Duration;

/// What a reader's contacts meet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Contact {
    /// No card.
    Nothing,
    /// A card that does not answer.
    Mute,
    /// A card that answers.
    Answers,
}

/// The service for smart cards.
pub struct Smartcards(Context);

impl Smartcards {
    /// Reaches the service.
    ///
    /// # Errors
    /// When it does not run.
    pub fn reach() -> Result<Self, LookError> {
        match Context::establish(Scope::User) {
            Ok(context) => Ok(Self(context)),
            Err(Error::NoService | Error::ServiceStopped) => Err(LookError::NoService),
            Err(_) => Err(LookError::Failed),
        }
    }

    /// The readers and what is in them.
    ///
    /// # Errors
    /// When the service fails.
    pub fn places(&self) -> Result<Vec<(String, Contact)>, LookError> {
        let names = self.0.list_readers_owned().map_err(|_| LookError::Failed)?;
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let mut states: Vec<ReaderState> = names
            .into_iter()
            .map(|name| ReaderState::new(name, State::UNAWARE))
            .collect();
        match self.0.get_status_change(Duration::ZERO, &mut states) {
            Ok(()) | Err(Error::Timeout) => {}
            Err(_) => return Err(LookError::Failed),
        }
        Ok(states
            .iter()
            .map(|state| {
                let name = state.name().to_string_lossy().into_owned();
                (name, contact(state.event_state()))
            })
            .collect())
    }

    /// Adds to what PKCS#11 told what the card itself tells.
    ///
    /// # Errors
    /// [`CardError::Unsupported`] for a card that is not spoken to directly.
    pub fn info(&self, card: &Card, told: &CardInfo) -> Result<CardInfo, CardError> {
        self.with(card, |chip| {
            let state = |code, before| -> Result<CodeState, CardError> {
                let (_, status) = chip.send(&apdu::ask_state(chip.dialect, code))?;
                Ok(match apdu::state(status) {
                    CodeState::Untold => before,
                    read => read,
                })
            };
            let (counters, _) = chip.send(&apdu::ask_data(chip.dialect.counters))?;
            Ok(CardInfo {
                pin1: state(CodeName::Pin1, told.pin1)?,
                pin2: state(CodeName::Pin2, told.pin2)?,
                puk: state(CodeName::Puk, told.puk)?,
                opening: dialect::opening(&counters),
                lengths: told.lengths.clone(),
            })
        })
    }

    /// Chooses a new PIN with the PUK.
    ///
    /// # Errors
    /// As [`crate::port::CardPort::unblock_with_puk`].
    pub fn unblock(
        &self,
        card: &Card,
        pin: CodeName,
        puk: &Code,
        new: &Code,
    ) -> Result<(), CardError> {
        self.with(card, |chip| {
            let command = apdu::reset(chip.dialect, pin, puk, new).ok_or(CardError::BadForm)?;
            match chip.send(&command) {
                Ok((_, status)) => apdu::reset_result(status),
                // The command was on its way: the card may have heard it.
                Err(_) => Err(CardError::Uncertain),
            }
        })
    }

    /// Chooses a PIN with the office's answer to the card's question. It all happens within one
    /// transaction, the office's answer too: a card forgets its question when another command comes
    /// between. Where the system ends a transaction that takes too long, nothing has changed.
    ///
    /// # Errors
    /// As [`crate::port::CardPort::choose_with_office`].
    pub fn choose(
        &self,
        card: &Card,
        pin: CodeName,
        new: &Code,
        answer: &mut Answering<'_>,
    ) -> Result<(), CardError> {
        self.with(card, |chip| {
            let command = apdu::choose(chip.dialect, pin, new).ok_or(CardError::BadForm)?;
            let (challenge, status) = chip.send(&apdu::ask_challenge())?;
            if status != 0x9000 {
                return Err(CardError::Unsupported);
            }
            let answer = answer(&challenge).ok_or(CardError::NoAnswer)?;
            let answer = apdu::office_answer(chip.dialect, &answer).ok_or(CardError::NotTaken)?;
            let (_, status) = chip.send(&answer)?;
            apdu::answer_result(status)?;
            match chip.send(&command) {
                Ok((_, status)) => apdu::reset_result(status),
                // The command was on its way: the card may have heard it.
                Err(_) => Err(CardError::Uncertain),
            }
        })
    }

    /// Does something with this card and no other, undisturbed by other programs.
    fn with<T>(
        &self,
        card: &Card,
        act: impl FnOnce(&Chip<'_>) -> Result<T, CardError>,
    ) -> Result<T, CardError> {
        let name = CString::new(card.reader.as_str()).map_err(|_| CardError::Failed)?;
        let mut connected = self
            .0
            .connect(&name, ShareMode::Shared, Protocols::ANY)
            .map_err(before_anything)?;
        let transaction = connected.transaction().map_err(before_anything)?;
        let status = transaction.status2_owned().map_err(before_anything)?;
        let dialect = dialect::of(status.atr()).ok_or(CardError::Unsupported)?;
        let chip = Chip {
            transaction,
            dialect,
        };
        chip.must_be(&card.number)?;
        let done = act(&chip);
        // The card stays as it is; when it is gone there is nothing to end.
        let _ = chip.transaction.end(Disposition::LeaveCard);
        done
    }
}

fn contact(state: State) -> Contact {
    if state.contains(State::MUTE) {
        Contact::Mute
    } else if state.contains(State::PRESENT) {
        Contact::Answers
    } else {
        Contact::Nothing
    }
}

/// A card within a transaction.
struct Chip<'t> {
    transaction: Transaction<'t>,
    dialect: &'static Dialect,
}

impl Chip<'_> {
    /// Sends a command; its data and status.
    fn send(&self, command: &[u8]) -> Result<(Vec<u8>, u16), CardError> {
        let mut room = [0; MAX_BUFFER_SIZE];
        let answer = self
            .transaction
            .transmit(command, &mut room)
            .map_err(before_anything)?;
        let (data, status) = answer.split_last_chunk::<2>().ok_or(CardError::Gone)?;
        Ok((data.to_vec(), u16::from_be_bytes(*status)))
    }

    fn must_be(&self, number: &CardNumber) -> Result<(), CardError> {
        let (data, status) = self.send(&apdu::ask_data(self.dialect.number))?;
        if status != 0x9000 {
            return Err(CardError::Unsupported);
        }
        let whole = CardNumber::new(&String::from_utf8_lossy(&data));
        if number.is_end_of(&whole) {
            Ok(())
        } else {
            Err(CardError::OtherCard)
        }
    }
}

/// A failure while nothing had been changed yet.
fn before_anything(error: Error) -> CardError {
    match error {
        Error::NoSmartcard
        | Error::RemovedCard
        | Error::ResetCard
        | Error::UnpoweredCard
        | Error::UnresponsiveCard
        | Error::NotTransacted
        | Error::CommError
        | Error::ReaderUnavailable
        | Error::UnknownReader
        | Error::InvalidHandle => CardError::Gone,
        _ => CardError::Failed,
    }
}
