//! PKCS#11: the tokens of the cards, their certificates, and what a PIN is needed for.

use crate::card::{CardNumber, CodeState};
use crate::code::{Code, CodeName};
use crate::port::{CardError, LookError};
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::{Slot, TokenInfo};
use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::path::Path;

/// How tokens name the code they belong to, in parentheses at the end of their label: OpenSC and Net
/// iD write it there. Labels have 32 bytes, so the end may be cut.
const NAMES: [(CodeName, &[&str]); 2] = [
    (
        CodeName::Pin1,
        &[
            "Legitimering",
            "Identifiering",
            "Identification",
            "Authentication",
        ],
    ),
    (
        CodeName::Pin2,
        &["Underskrift", "Signering", "Signature", "Signing"],
    ),
];

/// So much of a cut name must be left to tell the codes apart.
const LEAST: usize = 4;

/// One code of one card, as PKCS#11 shows it.
#[derive(Clone, Debug)]
pub struct Token {
    pub(super) slot: Slot,
    /// What the card calls itself.
    pub label: String,
    /// The card's number.
    pub number: CardNumber,
    /// Which code.
    pub code: CodeName,
    /// How many digits it may have.
    pub lengths: RangeInclusive<usize>,
    state: CodeState,
}

impl Token {
    /// What PKCS#11 tells of the code: one try left, locked, or nothing much.
    pub fn state(&self) -> CodeState {
        self.state
    }
}

/// A certificate as it lies on the card.
#[derive(Default)]
pub struct Stored {
    /// The identifier that it shares with its key.
    pub id: Vec<u8>,
    /// The certificate, DER.
    pub der: Vec<u8>,
}

/// A PKCS#11 module.
pub struct Middleware {
    module: Pkcs11,
    /// What the last look showed.
    pub(super) seen: RefCell<Vec<Token>>,
}

impl Middleware {
    /// Loads a module.
    ///
    /// # Errors
    /// [`LookError::NoModule`].
    pub fn load(path: &Path) -> Result<Self, LookError> {
        let module = Pkcs11::new(path).map_err(|_| LookError::NoModule)?;
        let started = module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK));
        started.map_err(|_| LookError::NoModule)?;
        Ok(Self {
            module,
            seen: RefCell::default(),
        })
    }

    /// The slots that say that they hold a token.
    pub(super) fn slots(&self) -> Result<Vec<Slot>, Error> {
        self.module.get_slots_with_token()
    }

    /// The token in a slot, unless it belongs to no code.
    pub(super) fn token(&self, slot: Slot) -> Result<Option<Token>, Error> {
        let info = self.module.get_token_info(slot)?;
        let named = split_label(info.label());
        Ok(named.map(|(label, code)| Token {
            slot,
            label,
            number: CardNumber::new(info.serial_number()),
            code,
            lengths: info.min_pin_length()..=info.max_pin_length(),
            state: state(&info),
        }))
    }

    /// The name of the reader behind a slot, unless it was unplugged. OpenSC looks into all readers
    /// before it tells: what a slot shows is asked for first, and this where it matters.
    pub(super) fn reader(&self, slot: Slot) -> Option<String> {
        let info = self.module.get_slot_info(slot).ok()?;
        Some(info.slot_description().trim().to_owned())
    }

    /// The certificates in a token.
    ///
    /// # Errors
    /// [`CardError::Gone`], [`CardError::OtherCard`], [`CardError::Failed`].
    pub fn certificates(&self, token: &Token) -> Result<Vec<Stored>, CardError> {
        let session = self.session(token, false)?;
        let wanted = [Attribute::Class(ObjectClass::CERTIFICATE)];
        let found = session
            .find_objects(&wanted)
            .map_err(|error| told(&error))?;
        found
            .into_iter()
            .map(|object| certificate(&session, object).map_err(|error| told(&error)))
            .collect()
    }

    /// Proves a code.
    ///
    /// # Errors
    /// As [`crate::port::CardPort::check_pin`].
    pub fn check(&self, token: &Token, code: &Code) -> Result<(), CardError> {
        let session = self.session(token, false)?;
        log_in(&session, code)?;
        log_out(&session);
        Ok(())
    }

    /// Changes a code. Middleware wants the old one proved first; a wrong one costs its try there.
    ///
    /// # Errors
    /// As [`crate::port::CardPort::change_pin`].
    pub fn change(&self, token: &Token, old: &Code, new: &Code) -> Result<(), CardError> {
        let session = self.session(token, true)?;
        log_in(&session, old)?;
        let changed = session.set_pin(old.secret(), new.secret());
        log_out(&session);
        changed.map_err(|error| match told(&error) {
            // The card has answered, so it has not changed.
            answered @ (CardError::Wrong
            | CardError::Locked
            | CardError::BadForm
            | CardError::NotSet
            | CardError::Unsupported) => answered,
            _ => CardError::Uncertain,
        })
    }

    /// Signs a message with the key that has this identifier.
    ///
    /// # Errors
    /// As [`crate::port::CardPort::sign`].
    pub fn sign(
        &self,
        token: &Token,
        id: &[u8],
        code: &Code,
        message: &[u8],
    ) -> Result<Vec<u8>, CardError> {
        let session = self.session(token, false)?;
        log_in(&session, code)?;
        let signed = sign(&session, id, code, message);
        log_out(&session);
        signed
    }

    /// A session with this very card: the slot may hold another one since it was looked at.
    pub(super) fn session(&self, token: &Token, write: bool) -> Result<Session, CardError> {
        let opened = if write {
            self.module.open_rw_session(token.slot)
        } else {
            self.module.open_ro_session(token.slot)
        };
        let session = opened.map_err(|error| told(&error))?;
        let shown = self.token(token.slot).ok().flatten();
        let now = shown.ok_or(CardError::Gone)?;
        if now.number == token.number && now.code == token.code {
            Ok(session)
        } else {
            Err(CardError::OtherCard)
        }
    }
}

/// The card's name and the code that a token's label names.
fn split_label(label: &str) -> Option<(String, CodeName)> {
    let (card, code) = label.trim().rsplit_once('(')?;
    let code = code.trim_end_matches(')').trim();
    let fits = |name: &&str| code.len() >= LEAST && name.starts_with(code);
    let (which, _) = NAMES
        .into_iter()
        .find(|(_, names)| names.iter().any(fits))?;
    Some((card.trim().to_owned(), which))
}

fn state(info: &TokenInfo) -> CodeState {
    if !info.user_pin_initialized() {
        CodeState::NotSet
    } else if info.user_pin_locked() {
        CodeState::Locked
    } else if info.user_pin_final_try() {
        CodeState::Working(Some(1))
    } else {
        CodeState::Working(None)
    }
}

pub(super) fn log_in(session: &Session, code: &Code) -> Result<(), CardError> {
    let proved = session.login(UserType::User, Some(code.secret()));
    proved.map_err(|error| told(&error))
}

/// The card forgets that the code was given; when it is gone it has forgotten.
pub(super) fn log_out(session: &Session) {
    let _ = session.logout();
}

fn certificate(session: &Session, object: ObjectHandle) -> Result<Stored, Error> {
    let wanted = [AttributeType::Id, AttributeType::Value];
    let mut stored = Stored::default();
    for attribute in session.get_attributes(object, &wanted)? {
        match attribute {
            Attribute::Id(bytes) => stored.id = bytes,
            Attribute::Value(bytes) => stored.der = bytes,
            _ => {}
        }
    }
    Ok(stored)
}

fn sign(session: &Session, id: &[u8], code: &Code, message: &[u8]) -> Result<Vec<u8>, CardError> {
    let wanted = [
        Attribute::Class(ObjectClass::PRIVATE_KEY),
        Attribute::Id(id.to_vec()),
    ];
    let found = session
        .find_objects(&wanted)
        .map_err(|error| told(&error))?;
    let key = *found.first().ok_or(CardError::NoKey)?;
    let asked = [AttributeType::KeyType, AttributeType::AlwaysAuthenticate];
    let attributes = session
        .get_attributes(key, &asked)
        .map_err(|error| told(&error))?;
    let mechanism = if attributes.contains(&Attribute::KeyType(KeyType::EC)) {
        Mechanism::EcdsaSha256
    } else {
        Mechanism::Sha256RsaPkcs
    };
    let signed = if attributes.contains(&Attribute::AlwaysAuthenticate(true)) {
        sign_with_own_proof(session, key, &mechanism, code, message)
    } else {
        session.sign(&mechanism, key, message)
    };
    signed.map_err(|error| told(&error))
}

/// Some keys want the code again for each signature.
fn sign_with_own_proof(
    session: &Session,
    key: ObjectHandle,
    mechanism: &Mechanism<'_>,
    code: &Code,
    message: &[u8],
) -> Result<Vec<u8>, Error> {
    session.sign_init(mechanism, key)?;
    session.login(UserType::ContextSpecific, Some(code.secret()))?;
    session.sign_update(message)?;
    session.sign_final()
}

/// What a module's answer means.
pub(super) fn told(error: &Error) -> CardError {
    let Error::Pkcs11(answer, _) = error else {
        return CardError::Failed;
    };
    match answer {
        RvError::PinIncorrect => CardError::Wrong,
        RvError::PinLocked => CardError::Locked,
        RvError::UserPinNotInitialized | RvError::PinExpired => CardError::NotSet,
        RvError::PinLenRange | RvError::PinInvalid | RvError::PinTooWeak => CardError::BadForm,
        RvError::TokenNotPresent
        | RvError::TokenNotRecognized
        | RvError::DeviceRemoved
        | RvError::SessionHandleInvalid
        | RvError::SessionClosed
        | RvError::SlotIdInvalid => CardError::Gone,
        RvError::DeviceMemory => CardError::Full,
        RvError::FunctionNotSupported | RvError::MechanismInvalid => CardError::Unsupported,
        _ => CardError::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn a_label_names_the_card_and_the_code_even_when_it_is_cut() {
        let of = |label: &str| split_label(label);
        assert_eq!(
            of("SITHS e-id kort (Legitimering)"),
            Some(("SITHS e-id kort".into(), CodeName::Pin1))
        );
        assert_eq!(
            of("TEST e-id kort (Underskrift)"),
            Some(("TEST e-id kort".into(), CodeName::Pin2))
        );
        assert_eq!(
            of("A card with a long name (Undersk"),
            Some(("A card with a long name".into(), CodeName::Pin2))
        );
        for other in ["SoftHSM token", "PIV (Card PIN)", "A card (", "A card (Un"] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
