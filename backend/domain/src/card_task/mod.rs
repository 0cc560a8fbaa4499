//! A card task (*kortuppgift*): something that must happen with a card in a reader. It is made in a
//! portal, fetched by the card client with a code that works once, done there, and reported step by
//! step. No PIN and no PUK ever comes here.

mod acts;
mod begin;
mod consequences;
mod decide;
mod offers;
mod steps;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use crate::access::{Actor, Function, Loa};
use crate::card::{Card, CardFacts};
use crate::certificate::{Certificate, CertificateStage, Profile, Usage};
use crate::chip_code::{ChipCode, ChipCodeFacts, CodeStage, VisitCheck};
use crate::ids::{CardId, CardTaskId, CertificateId, ChipCodeId, PairId, PersonId};

pub use acts::{CardTaskAction, CardTaskActionName, CardTaskEvent, Renewal};
pub use steps::{CauseError, TaskCause, TaskReport, TaskStep, TaskStepName, TaskTries};

/// How long a task may take from when it was offered.
pub const LONGEST: Duration = Duration::minutes(60);

/// How long a code or a token waits to be used.
pub const CODE_WAITS: Duration = Duration::minutes(10);

/// How many questions of a chip the office answers within one task.
pub const MOST_ANSWERS: u8 = 5;

/// What is to happen with the card.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// The holder uses the card for the first time.
    Register,
    /// The holder fetches the certificates for signing that the card lacks.
    FetchSigning,
    /// The holder chooses the code at the counter.
    ChooseCode,
    /// The holder chooses a new code at a visit, instead of one that is locked.
    UnlockVisit,
    /// The holder signs the receipt with the card.
    SignReceipt,
    /// A pair's certificate for signing leaves the card and stays valid.
    DeleteCertificate,
    /// Card and reader are tried, to find what is wrong with them.
    TestCard,
}

impl TaskKind {
    /// Which permission it asks for, beside the one to have tasks done at all.
    #[must_use]
    pub fn function(self) -> Function {
        match self {
            Self::Register => Function::ViewOwn,
            Self::FetchSigning | Self::DeleteCertificate => Function::RequestCertificate,
            Self::ChooseCode => Function::ActivateCard,
            Self::UnlockVisit => Function::Unlock,
            Self::SignReceipt => Function::SignReceipt,
            Self::TestCard => Function::UseCardReader,
        }
    }

    /// Whether the proof of the card is all that is to be done.
    #[must_use]
    pub fn ends_with_proof(self) -> bool {
        match self {
            Self::Register | Self::ChooseCode | Self::UnlockVisit | Self::SignReceipt => true,
            Self::FetchSigning | Self::DeleteCertificate | Self::TestCard => false,
        }
    }

    /// Whether the office answers a question of the chip for it: a card whose codes are chosen with
    /// the office's key has no code for signing until the first certificate for it is fetched.
    #[must_use]
    pub fn needs_office(self) -> bool {
        matches!(
            self,
            Self::ChooseCode | Self::UnlockVisit | Self::FetchSigning
        )
    }
}

/// Where a task stands.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum TaskStage {
    /// Waits for a card client.
    Offered,
    /// A card client has it.
    Begun,
    /// Done.
    Done,
    /// The card client gave up.
    Failed,
    /// Called off, or its card came to an end.
    Cancelled,
    /// Not done in time.
    Lapsed,
}

impl TaskStage {
    /// Whether something can still come of it without a new code.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Offered | Self::Begun)
    }

    /// Whether nothing can come of it any more: what has failed can be offered again.
    #[must_use]
    pub fn is_over(self) -> bool {
        match self {
            Self::Offered | Self::Begun | Self::Failed => false,
            Self::Done | Self::Cancelled | Self::Lapsed => true,
        }
    }
}

/// As what somebody has offered a task.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum TaskSide {
    /// As holder of the card.
    Holder,
    /// As officer.
    Officer,
}

/// Whose task it is: what the card client does, it does in this person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskOwner {
    /// The person.
    pub person: PersonId,
    /// As what.
    pub side: TaskSide,
    /// How surely the person was logged in when the task was offered.
    pub loa: Loa,
}

impl TaskOwner {
    /// The owner of a task that `by` offers; nobody but people has cards in readers.
    #[must_use]
    pub fn of(by: &Actor) -> Option<Self> {
        let (person, side, loa) = match by {
            Actor::Holder(holder) => (holder.person, TaskSide::Holder, holder.loa),
            Actor::Officer(officer) => (officer.person, TaskSide::Officer, officer.loa),
            Actor::Client(_) | Actor::System(_) => return None,
        };
        Some(Self { person, side, loa })
    }

    /// Whether both are the same person as the same: an officer's own card is another matter.
    #[must_use]
    pub fn is_same(self, other: Self) -> bool {
        (self.person, self.side) == (other.person, other.side)
    }
}

/// What a card client presents to fetch a task. Only SHA-256 is kept of either.
#[derive(Clone, PartialEq, Eq)]
pub struct TaskCodes {
    /// Of the code that is typed.
    pub code: [u8; 32],
    /// Of the token in the link.
    pub token: [u8; 32],
    /// Until when they can be used.
    pub until: DateTime<Utc>,
}

impl std::fmt::Debug for TaskCodes {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "TaskCodes(**** until {})", self.until)
    }
}

/// SHA-256 of something secret, which no text shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hashed(pub [u8; 32]);

impl std::fmt::Debug for Hashed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Hashed(****)")
    }
}

/// A card task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardTask {
    /// Its id.
    pub id: CardTaskId,
    /// The card.
    pub card: CardId,
    /// The holder.
    pub person: PersonId,
    /// What is to happen.
    pub kind: TaskKind,
    /// Whose task it is.
    pub owner: TaskOwner,
    /// The language of the card client's texts, `sv` or `en`.
    pub language: String,
    /// The pair whose certificate leaves the card.
    pub pair: Option<PairId>,
    /// The text to be signed with the card. Kept encrypted.
    pub text: Option<String>,
    /// What the officer has signed before the holder chooses a code: the card is opened with it as
    /// soon as it has shown the new one. Kept encrypted, until the task is over.
    pub check: Option<VisitCheck>,
    /// What the card's proof is bound to: new with every offer.
    pub challenge: [u8; 32],
    /// What it can be fetched with, until it is.
    pub codes: Option<TaskCodes>,
    /// What the card client that has fetched it shows with every call.
    pub secret: Option<Hashed>,
    /// Name and version of that card client.
    pub client: Option<String>,
    /// When it was first offered.
    pub offered_at: DateTime<Utc>,
    /// When it lapses.
    pub expires_at: DateTime<Utc>,
    /// When the card was first proved within it.
    pub proved_at: Option<DateTime<Utc>>,
    /// The certificate whose key has been proved since it was last fetched.
    pub proved_with: Option<CertificateId>,
    /// How many questions of the chip have been answered since it was last offered.
    pub answers: u8,
    /// Why the card client gave up.
    pub cause: Option<TaskCause>,
    /// Where it stands.
    pub stage: TaskStage,
    /// Since when.
    pub since: DateTime<Utc>,
    /// For the version check.
    pub version: i64,
}

/// A task to be offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardTaskRequest {
    /// The new id.
    pub id: CardTaskId,
    /// The card.
    pub card: CardId,
    /// The holder.
    pub person: PersonId,
    /// What is to happen.
    pub kind: TaskKind,
    /// The language of the card client's texts, `sv` or `en`.
    pub language: String,
    /// The pair whose certificate leaves the card: for [`TaskKind::DeleteCertificate`].
    pub pair: Option<PairId>,
    /// The text to be signed: for [`TaskKind::SignReceipt`].
    pub text: Option<String>,
    /// The check that the officer has signed: for [`TaskKind::UnlockVisit`].
    pub check: Option<VisitCheck>,
    /// Random bytes that nobody has seen.
    pub challenge: [u8; 32],
    /// What it can be fetched with.
    pub codes: TaskCodes,
}

/// What the rules need to know.
#[derive(Clone, Debug)]
pub struct CardTaskFacts {
    /// The card.
    pub card: Card,
    /// What the rules of the card are told.
    pub about_card: CardFacts,
    /// The code that a visit is about, with what its rules are told: the one for authentication,
    /// or the one for signing where only that one is locked.
    pub code: Option<(ChipCode, ChipCodeFacts)>,
    /// The code for signing and where it stands, if the card has one.
    pub signing_code: Option<(ChipCodeId, CodeStage)>,
    /// The certificates of the card that are not over.
    pub certificates: Vec<Certificate>,
    /// The card has proved itself before, in this or another task.
    pub registered: bool,
}

/// The certificates for signing that a card lacks: one for each profile that the holder can log in
/// with, and that has none on the card. One that was taken off is none: its key went with it.
#[must_use]
pub fn lacking_for_signing(certificates: &[Certificate]) -> Vec<(Profile, Usage)> {
    let on_the_card = |profile, usage| {
        certificates.iter().any(|one| {
            (one.profile, one.usage, one.stage) == (profile, usage, CertificateStage::Active)
        })
    };
    [Profile::HsaId, Profile::PersonId]
        .into_iter()
        .filter(|profile| on_the_card(*profile, Usage::Authentication))
        .filter(|profile| !on_the_card(*profile, Usage::Signature))
        .map(|profile| (profile, Usage::Signature))
        .collect()
}

impl CardTask {
    /// What is left for it to write to the card.
    #[must_use]
    pub fn wanted(&self, certificates: &[Certificate]) -> Vec<(Profile, Usage)> {
        match self.kind {
            TaskKind::FetchSigning => lacking_for_signing(certificates),
            TaskKind::Register
            | TaskKind::ChooseCode
            | TaskKind::UnlockVisit
            | TaskKind::SignReceipt
            | TaskKind::DeleteCertificate
            | TaskKind::TestCard => Vec::new(),
        }
    }

    /// Whether its time is over at `now`, noted or not.
    #[must_use]
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.stage.is_live() && now >= self.expires_at
    }

    /// What the card's own key signs to prove that it is in the reader: UTF-8, SHA-256.
    #[must_use]
    pub fn text_of_proof(&self) -> String {
        let (kind, id) = (<&str>::from(self.kind), self.id);
        let challenge = hex(&self.challenge);
        let text = self.text.as_deref().unwrap_or_default();
        format!("kortkontor card task v1\n{kind}\n{id}\n{challenge}\n{text}")
    }

    /// What the key of a certificate that was written to the card signs: UTF-8, SHA-256.
    #[must_use]
    pub fn text_of_written(&self, certificate: CertificateId) -> String {
        let challenge = hex(&self.challenge);
        format!("kortkontor certificate v1\n{certificate}\n{challenge}\n")
    }
}

/// Bytes in lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
