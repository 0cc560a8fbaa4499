//! Causes by their numbers. What each says to the holder is in `text/`.

use crate::port::{CardError, LookError};

/// A cause. The numbers are for ever: one that is no longer needed is not given to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// The service for smart cards does not run.
    NoService,
    /// No reader is connected.
    NoReader,
    /// No reader has the name that was asked for.
    NoSuchReader,
    /// There is no PKCS#11 module.
    NoModule,
    /// The computer's card software failed.
    SoftwareFailed,
    /// The readers are empty.
    NoCard,
    /// Something is in the reader and does not answer.
    MuteCard,
    /// Not an e-tjänstekort.
    UnknownCard,
    /// Several cards, and nobody chose.
    SeveralCards,
    /// This card does not do, but another one in another reader may.
    WrongOfSeveral,
    /// The card left its reader.
    CardGone,
    /// Another card came into the reader.
    OtherCard,
    /// The program does not know this kind of card.
    Unsupported,
    /// PIN1 has not been chosen.
    Pin1NotSet,
    /// PIN1 is locked.
    Pin1Locked,
    /// PIN2 is locked.
    Pin2Locked,
    /// The PUK is locked, and a visit opens the card.
    PukLockedVisit,
    /// The PUK is locked; the card works until its codes are.
    PukLocked,
    /// A wrong code was typed.
    WrongCode,
    /// PIN2 has not been chosen.
    Pin2NotSet,
    /// PIN1 has one try left.
    Pin1LastTry,
    /// PIN2 has one try left.
    Pin2LastTry,
    /// No certificate for *legitimering*.
    NoAuthentication,
    /// No certificate for *underskrift*.
    NoSignature,
    /// The certificate for *legitimering* has expired.
    AuthenticationExpired,
    /// The certificate for *underskrift* has expired.
    SignatureExpired,
    /// A certificate is not valid yet; the computer's clock may be wrong.
    NotYetValid,
    /// The certificate has no key on the card.
    NoKey,
    /// Key and certificate do not belong together.
    FalseSignature,
    /// A kind of key that cannot be judged.
    UnknownKey,
    /// The card has no room left.
    CardFull,
    /// The card does not take the office's answer.
    OfficeNotTaken,
    /// No server is known.
    NoServer,
    /// The server's address or root certificate cannot be used.
    BadServer,
    /// The server does not answer.
    NoContact,
    /// The server is not proved to be who it says.
    Untrusted,
    /// The code is wrong, used or too old.
    NoSuchTask,
    /// Too many codes were tried.
    TooManyTries,
    /// The task is done, cancelled or too old.
    TaskOver,
    /// The card is not the one of the task.
    WrongCard,
    /// The server does not believe the card's signature.
    ProofRefused,
    /// The certificate has been revoked.
    CertificateRevoked,
    /// The certificate takes longer than the program waits.
    NotIssuedYet,
    /// The certificate was not issued.
    NotIssued,
    /// The server refuses.
    OfficeRefused,
    /// The holder stopped.
    Stopped,
    /// The link that started the program cannot be used.
    BadLink,
    /// A task that this program does not know.
    UnknownTask,
}

/// Whether a cause stops the holder, or is only good to know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    /// The card cannot be used for what it is for.
    Stops,
    /// The card works, but not for everything.
    Note,
}

impl Cause {
    /// All of them.
    pub const ALL: [Self; 48] = [
        Self::NoService,
        Self::NoReader,
        Self::NoSuchReader,
        Self::NoModule,
        Self::SoftwareFailed,
        Self::NoCard,
        Self::MuteCard,
        Self::UnknownCard,
        Self::SeveralCards,
        Self::WrongOfSeveral,
        Self::CardGone,
        Self::OtherCard,
        Self::Unsupported,
        Self::Pin1NotSet,
        Self::Pin1Locked,
        Self::Pin2Locked,
        Self::PukLockedVisit,
        Self::PukLocked,
        Self::WrongCode,
        Self::Pin2NotSet,
        Self::Pin1LastTry,
        Self::Pin2LastTry,
        Self::NoAuthentication,
        Self::NoSignature,
        Self::AuthenticationExpired,
        Self::SignatureExpired,
        Self::NotYetValid,
        Self::NoKey,
        Self::FalseSignature,
        Self::UnknownKey,
        Self::CardFull,
        Self::OfficeNotTaken,
        Self::NoServer,
        Self::BadServer,
        Self::NoContact,
        Self::Untrusted,
        Self::NoSuchTask,
        Self::TooManyTries,
        Self::TaskOver,
        Self::WrongCard,
        Self::ProofRefused,
        Self::CertificateRevoked,
        Self::NotIssuedYet,
        Self::NotIssued,
        Self::OfficeRefused,
        Self::Stopped,
        Self::BadLink,
        Self::UnknownTask,
    ];

    /// What the holder tells the servicedesk: K1 computer, K2 card, K3 codes, K4 certificates, K5
    /// keys, K6 tasks and the server.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoService => "K101",
            Self::NoReader => "K102",
            Self::NoSuchReader => "K103",
            Self::NoModule => "K104",
            Self::SoftwareFailed => "K105",
            Self::NoCard => "K201",
            Self::MuteCard => "K202",
            Self::UnknownCard => "K203",
            Self::SeveralCards => "K204",
            Self::WrongOfSeveral => "K205",
            Self::CardGone => "K206",
            Self::OtherCard => "K207",
            Self::Unsupported => "K208",
            Self::Pin1NotSet => "K301",
            Self::Pin1Locked => "K302",
            Self::Pin2Locked => "K303",
            Self::PukLockedVisit => "K304",
            Self::PukLocked => "K305",
            Self::WrongCode => "K306",
            Self::Pin2NotSet => "K307",
            Self::Pin1LastTry => "K309",
            Self::Pin2LastTry => "K310",
            Self::NoAuthentication => "K401",
            Self::NoSignature => "K402",
            Self::AuthenticationExpired => "K403",
            Self::SignatureExpired => "K404",
            Self::NotYetValid => "K405",
            Self::NoKey => "K501",
            Self::FalseSignature => "K502",
            Self::UnknownKey => "K503",
            Self::CardFull => "K209",
            Self::OfficeNotTaken => "K308",
            Self::NoServer => "K601",
            Self::BadServer => "K602",
            Self::NoContact => "K603",
            Self::Untrusted => "K604",
            Self::NoSuchTask => "K605",
            Self::TooManyTries => "K606",
            Self::TaskOver => "K607",
            Self::WrongCard => "K608",
            Self::ProofRefused => "K609",
            Self::CertificateRevoked => "K610",
            Self::NotIssuedYet => "K611",
            Self::NotIssued => "K612",
            Self::OfficeRefused => "K613",
            Self::Stopped => "K614",
            Self::BadLink => "K615",
            Self::UnknownTask => "K616",
        }
    }

    /// The key of its explanation in `text/`.
    #[must_use]
    pub fn cause_key(self) -> String {
        format!("cause-{}", self.code().to_lowercase())
    }

    /// The key of the next step in `text/`.
    #[must_use]
    pub fn step_key(self) -> String {
        format!("step-{}", self.code().to_lowercase())
    }

    /// A missing signing certificate is how cards come from the factory, a locked PUK does no harm
    /// until a PIN is locked, and a code with one try left works.
    #[must_use]
    pub fn weight(self) -> Weight {
        match self {
            Self::Pin1LastTry
            | Self::Pin2LastTry
            | Self::NoSignature
            | Self::PukLocked
            | Self::PukLockedVisit
            | Self::UnknownKey => Weight::Note,
            _ => Weight::Stops,
        }
    }
}

impl From<LookError> for Cause {
    fn from(error: LookError) -> Self {
        match error {
            LookError::NoService => Self::NoService,
            LookError::NoModule => Self::NoModule,
            LookError::Failed => Self::SoftwareFailed,
        }
    }
}

impl From<CardError> for Cause {
    fn from(error: CardError) -> Self {
        match error {
            CardError::Wrong | CardError::BadForm => Self::WrongCode,
            CardError::Locked => Self::Pin1Locked,
            CardError::NotSet => Self::Pin1NotSet,
            CardError::OtherCard => Self::OtherCard,
            CardError::Gone | CardError::Uncertain => Self::CardGone,
            CardError::NoKey => Self::NoKey,
            CardError::Unsupported => Self::Unsupported,
            CardError::Full => Self::CardFull,
            CardError::NoAnswer => Self::NoContact,
            CardError::NotTaken => Self::OfficeNotTaken,
            CardError::Failed => Self::SoftwareFailed,
        }
    }
}
