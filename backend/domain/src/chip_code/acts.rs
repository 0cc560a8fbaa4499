//! What can be done to a code, and what has then happened.

use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, EnumString, IntoStaticStr};

use super::{CodeName, CodeSource};
use crate::identity_check::{IdentityCheck, IdentityCheckRecord};
use crate::signature::Signature;
use crate::values::CardNumber;

/// What can happen to a code.
#[derive(Clone, Debug, PartialEq, Eq, EnumDiscriminants)]
#[strum_discriminants(
    name(ChipCodeActionName),
    derive(EnumIter, EnumString, IntoStaticStr, Hash)
)]
#[strum_discriminants(strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The actions by name.")]
pub enum ChipCodeAction {
    /// The holder has chosen it in the card software, or shown that the letter's code works.
    Set,
    /// It is locked.
    Lock {
        /// Who says so.
        source: CodeSource,
    },
    /// It is opened at a visit: the holder chooses a new code in the card software.
    UnlockAtVisit(VisitCheck),
    /// It was opened with the PUK, in the card software, as somebody states.
    UnlockWithPuk,
    /// The card itself shows in a test that it has tries left, whatever was known before.
    ShowUnlocked,
    /// The visit that has opened the other code of the holder's opened this one as well.
    UnlockBeside(UnlockWay),
    /// The card is revoked or expired.
    Drop,
}

/// What the officer has seen to before a code is opened at a visit. Source text S3: in person, with
/// a valid physical **Swedish** identity document and the card itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitCheck {
    /// The check of the identity document.
    pub identity: IdentityCheck,
    /// The number typed or scanned **from the card**.
    pub number_on_card: CardNumber,
    /// The holder has chosen a new code in the card software.
    pub code_chosen: bool,
    /// The officer's signature.
    pub signature: Option<Signature>,
}

/// How a code was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum UnlockWay {
    /// At a visit.
    Visit {
        /// What is kept of the identity check.
        identity: IdentityCheckRecord,
        /// The officer's signature.
        signature: Signature,
        /// Who says that a new code was chosen.
        #[serde(default = "stated")]
        chosen: CodeSource,
    },
    /// With the PUK.
    Puk {
        /// Who says so. Older lines say that the card does, where it had shown that it was open.
        source: CodeSource,
    },
    /// The card has shown that it is not locked: it was opened with the PUK where nobody saw it, or
    /// it never was locked.
    Shown,
}

/// Before cards could say it themselves, the officer did.
fn stated() -> CodeSource {
    CodeSource::Stated
}

/// What has happened to a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ChipCodeEvent {
    /// Kept track of from now on.
    Begun {
        /// Which code; older lines did not tell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<CodeName>,
    },
    /// Set.
    Set {
        /// Which code; older lines did not tell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<CodeName>,
    },
    /// Locked.
    Locked {
        /// Which code; older lines did not tell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<CodeName>,
        /// Who says so.
        source: CodeSource,
    },
    /// Unlocked.
    Unlocked {
        /// Which code; older lines did not tell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<CodeName>,
        /// How.
        way: UnlockWay,
    },
    /// Gone with the card.
    Dropped,
}
