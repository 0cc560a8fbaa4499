//! The card: takes commands, answers, and keeps what must survive. The command set follows ISO/IEC
//! 7816-4 and -8 with the data objects that OpenSC's driver `myeid` asks for.

mod code_commands;
mod data_objects;
mod file_commands;
mod key_commands;

use crate::apdu::{self, Answer, Command, Status};
use crate::codes::Which;
use crate::files::{APPLICATION, ROOT};
use crate::image::{CardFile, Image, ImageError};
use crate::office;
use crate::personalise::Family;

/// The answer to reset: T=1, historical bytes `MyEID`, by which OpenSC picks its driver.
pub const ATR: &[u8] = &[
    0x3B, 0xF5, 0x96, 0x00, 0x00, 0x81, 0x31, 0xFE, 0x45, 0x4D, 0x79, 0x45, 0x49, 0x44, 0x14,
];

/// What the card knows only while it has power.
#[derive(Default)]
struct Session {
    folder: u16,
    file: Option<u16>,
    pin1: bool,
    pin2: bool,
    challenge: Option<[u8; office::LENGTH]>,
    office: bool,
    signing_key: Option<u16>,
    /// The first half of a block that is too long for one command.
    half: Vec<u8>,
    /// A directory that is being rewritten, until its last byte has come.
    rewriting: Option<file_commands::Rewriting>,
}

impl Session {
    fn fresh() -> Self {
        Self {
            folder: ROOT,
            ..Self::default()
        }
    }

    fn proved(&mut self, which: Which, proved: bool) {
        match which {
            Which::Pin1 => self.pin1 = proved,
            Which::Pin2 => self.pin2 = proved,
            Which::Puk => {}
        }
    }

    fn has_proved(&self, which: Which) -> bool {
        match which {
            Which::Pin1 => self.pin1,
            Which::Pin2 => self.pin2,
            Which::Puk => false,
        }
    }
}

/// A card, in or out of a reader.
pub struct Card {
    image: Image,
    session: Session,
    place: Option<CardFile>,
    full: bool,
}

impl Card {
    /// A card that lives in memory only.
    #[must_use]
    pub(crate) fn in_memory(image: Image) -> Self {
        Self {
            image,
            session: Session::fresh(),
            place: None,
            full: false,
        }
    }

    /// Takes a card from its file.
    ///
    /// # Errors
    /// When there is none, or another process has it.
    pub fn open(place: CardFile) -> Result<Self, ImageError> {
        let mut card = Self::in_memory(place.load()?);
        card.place = Some(place);
        Ok(card)
    }

    /// Gives a card its file; what was there is replaced.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn kept_in(mut self, place: CardFile) -> Result<Self, ImageError> {
        place.store(&self.image)?;
        self.place = Some(place);
        Ok(self)
    }

    /// The number printed on the card.
    #[must_use]
    pub fn card_number(&self) -> &str {
        &self.image.card_number
    }

    /// How its codes work.
    #[must_use]
    pub fn family(&self) -> Family {
        self.image.family
    }

    /// Tries left of PIN1, PIN2 and PUK.
    #[must_use]
    pub fn tries_left(&self) -> [u8; 3] {
        [Which::Pin1, Which::Pin2, Which::Puk].map(|which| self.image.code(which).tries().0)
    }

    /// What is left of the memory, in bytes.
    #[must_use]
    pub fn free(&self) -> usize {
        if self.full { 0 } else { self.image.free() }
    }

    /// The numbers of the files in the application's folder.
    #[must_use]
    pub fn files(&self) -> Vec<u16> {
        self.image.files.in_folder(APPLICATION).collect()
    }

    pub(crate) fn image(&self) -> &Image {
        &self.image
    }

    pub(crate) fn image_mut(&mut self) -> &mut Image {
        &mut self.image
    }

    pub(crate) fn keep(&self) -> Result<(), ImageError> {
        match &self.place {
            Some(place) => place.store(&self.image),
            None => Ok(()),
        }
    }

    /// Says that the memory is full, whatever it holds.
    pub fn set_full(&mut self, full: bool) {
        self.full = full;
    }

    /// Power comes, or comes back: everything that was proved is forgotten, and what was left half
    /// done is mended.
    pub fn power_on(&mut self) {
        self.session = Session::fresh();
        if self.image.mend() {
            // When it cannot be written now, it is mended again at the next power.
            let _ = self.keep();
        }
    }

    /// Takes one command and gives the answer as it goes over the wire. What the command changed is
    /// on the disk before the answer is given.
    pub fn execute(&mut self, bytes: &[u8]) -> (Vec<u8>, Status) {
        let before = self.kept_state();
        let answer = Command::parse(bytes).and_then(|command| self.perform(&command));
        let kept = if self.kept_state() == before {
            Ok(())
        } else {
            self.keep()
        };
        apdu::encoded(answer.and_then(|data| kept.map(|()| data).map_err(|_| Status::BROKEN)))
    }

    /// What tells whether a command changed something that must be kept.
    fn kept_state(&self) -> (u16, [u8; 3], Option<u8>, [bool; 3]) {
        let set =
            [Which::Pin1, Which::Pin2, Which::Puk].map(|which| self.image.code(which).is_set());
        let office = self.image.office.as_ref().map(office::OfficeKey::left);
        (self.image.changes, self.tries_left(), office, set)
    }

    fn perform(&mut self, command: &Command<'_>) -> Answer {
        // OpenSC's driver sends DELETE FILE in the class of old telephone cards.
        if command.class != 0x00 && (command.class, command.instruction) != (0xA0, 0xE4) {
            return Err(Status::UNKNOWN_CLASS);
        }
        match command.instruction {
            0xA4 => self.select(command),
            0xB0 => self.read_binary(command),
            0xD6 => self.update_binary(command),
            0xE0 => self.create_file(command),
            0xE4 => self.delete_file(),
            0x20 => self.verify(command),
            0x24 => self.change_code(command),
            0x2C => self.reset_counter(command),
            0x2E => Ok(self.forget_proofs()),
            0x84 => self.get_challenge(command),
            0x82 => self.external_authenticate(command),
            0x22 => self.set_environment(command),
            0x2A => self.security_operation(command),
            0x46 => self.generate(command),
            0xCA => self.get_data(command),
            _ => Err(Status::UNKNOWN_COMMAND),
        }
    }
}
