//! What can be done to a task, and what has then happened.

use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, EnumString, IntoStaticStr};

use super::{Hashed, TaskCause, TaskCodes, TaskKind, TaskOwner};
use crate::chip_code::VisitCheck;
use crate::ids::{CertificateId, PairId};

/// What can be done to a task.
#[derive(Clone, Debug, PartialEq, Eq, EnumDiscriminants)]
#[strum_discriminants(
    name(CardTaskActionName),
    derive(EnumIter, EnumString, IntoStaticStr, Hash)
)]
#[strum_discriminants(strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The actions by name.")]
pub enum CardTaskAction {
    /// A card client fetches it.
    Fetch {
        /// Of the code or the token.
        with: Hashed,
        /// Of the secret that it gets instead.
        secret: Hashed,
        /// Its name and version.
        client: String,
    },
    /// The office answers a question of the chip.
    AnswerChip,
    /// The card's own key has signed the challenge.
    Prove {
        /// The certificate of that key.
        certificate: CertificateId,
    },
    /// All is done.
    Finish,
    /// The card client gives up.
    GiveUp {
        /// Why.
        cause: TaskCause,
    },
    /// It is not wanted any more.
    Cancel,
    /// It is offered again, to go on where it stopped.
    Renew(Box<Renewal>),
    /// Its time is over.
    Lapse,
    /// Its card has come to an end.
    EndWithCard,
}

/// A task that is offered again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// The language of the card client's texts, `sv` or `en`.
    pub language: String,
    /// The pair whose certificate leaves the card.
    pub pair: Option<PairId>,
    /// The text to be signed.
    pub text: Option<String>,
    /// A check that the officer has signed now; without one, the owner's own from before stands.
    pub check: Option<VisitCheck>,
    /// Random bytes that nobody has seen.
    pub challenge: [u8; 32],
    /// What it can be fetched with.
    pub codes: TaskCodes,
}

/// What has happened to a task. What is secret, or stands in the task itself, is not told again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum CardTaskEvent {
    /// Offered.
    Offered {
        /// What is to happen.
        kind: TaskKind,
    },
    /// Fetched.
    Fetched {
        /// What is to happen.
        kind: TaskKind,
        /// Name and version of the card client.
        client: String,
        /// What it shows from now on.
        #[serde(skip)]
        secret: Option<Hashed>,
    },
    /// A question of the chip was answered.
    ChipAnswered {
        /// What is to happen.
        kind: TaskKind,
    },
    /// The card has proved itself.
    Proved {
        /// What is to happen.
        kind: TaskKind,
        /// By the key of this certificate.
        certificate: CertificateId,
    },
    /// Done.
    Finished {
        /// What has happened.
        kind: TaskKind,
    },
    /// The card client gave up.
    GivenUp {
        /// What was to happen.
        kind: TaskKind,
        /// Why.
        cause: TaskCause,
    },
    /// Called off.
    Cancelled {
        /// What was to happen.
        kind: TaskKind,
    },
    /// Offered again.
    Renewed {
        /// What is to happen.
        kind: TaskKind,
        /// Whose it is from now on.
        owner: TaskOwner,
        /// What is new.
        #[serde(skip)]
        renewal: Option<Box<Renewal>>,
    },
    /// Not done in time.
    Lapsed {
        /// What was to happen.
        kind: TaskKind,
    },
}
