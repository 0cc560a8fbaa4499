//! The receipt that a holder signs when a card is handed over (*kvittens*). It is pending from
//! the moment the code is chosen; without a signature the card dies.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, EnumString, IntoStaticStr};

use crate::access::{Actor, Function};
use crate::card::{CardAction, RevocationReason};
use crate::consequences::{Consequences, Errand, FollowUp, MailKind};
use crate::ids::{CardId, PersonId, ReceiptId};
use crate::lifecycle::{Begin, Lifecycle, ThingKind};
use crate::person::Subject;
use crate::refusal::Refusal;
use crate::signature::{Signature, SignatureKind};

/// The version of the terms that holders accept. A new text is a new version.
pub const TERMS_VERSION: &str = "2026-11";

/// Where a receipt stands.
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
pub enum ReceiptStage {
    /// Waits for the holder.
    Pending,
    /// Signed.
    Signed,
    /// The holder did not want to sign.
    Refused,
    /// Five times 24 hours went by.
    TimedOut,
    /// The card came to an end for another reason.
    Lapsed,
}

/// A receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its id.
    pub id: ReceiptId,
    /// The card it is for.
    pub card: CardId,
    /// Who signs.
    pub person: PersonId,
    /// Which terms are accepted.
    pub terms_version: String,
    /// The signature.
    pub signature: Option<Signature>,
    /// Where it stands.
    pub stage: ReceiptStage,
    /// Since when.
    pub since: DateTime<Utc>,
    /// For the version check.
    pub version: i64,
}

/// A receipt to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRequest {
    /// The new id.
    pub id: ReceiptId,
    /// The card.
    pub card: CardId,
    /// The holder.
    pub person: PersonId,
}

/// What can be done to a receipt.
#[derive(Clone, Debug, PartialEq, Eq, EnumDiscriminants)]
#[strum_discriminants(
    name(ReceiptActionName),
    derive(EnumIter, EnumString, IntoStaticStr, Hash)
)]
#[strum_discriminants(strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The actions by name.")]
pub enum ReceiptAction {
    /// The holder accepts the terms and signs, in their own session or with the card.
    Sign {
        /// The terms shown.
        terms_version: String,
        /// The signature.
        signature: Signature,
    },
    /// The officer registers a receipt signed on paper.
    RegisterPaper {
        /// The terms on the paper.
        terms_version: String,
        /// The signature.
        signature: Signature,
    },
    /// The holder does not want to sign.
    Refuse,
    /// The time is up.
    TimeOut,
    /// The card came to an end for another reason.
    Lapse,
}

/// What has happened to a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ReceiptEvent {
    /// Laid before the holder.
    Begun,
    /// Signed.
    Signed {
        /// The signature.
        signature: Signature,
    },
    /// Refused by the holder.
    Refused,
    /// Timed out.
    TimedOut,
    /// Lapsed with its card.
    Lapsed,
}

/// What the rules need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptFacts {
    /// Whom it is about.
    pub subject: Subject,
    /// When the time is up.
    pub times_out_at: DateTime<Utc>,
}

impl Begin for Receipt {
    type Request = ReceiptRequest;
    const FUNCTION: Function = Function::FollowUp;

    fn begin(
        _: &Actor,
        request: &ReceiptRequest,
        _: &ReceiptFacts,
        now: DateTime<Utc>,
    ) -> Result<(Self, ReceiptEvent), Refusal> {
        let receipt = Self {
            id: request.id,
            card: request.card,
            person: request.person,
            terms_version: TERMS_VERSION.to_owned(),
            signature: None,
            stage: ReceiptStage::Pending,
            since: now,
            version: 1,
        };
        Ok((receipt, ReceiptEvent::Begun))
    }
}

impl Lifecycle for Receipt {
    const KIND: ThingKind = ThingKind::Receipt;
    type Stage = ReceiptStage;
    type Action = ReceiptAction;
    type ActionName = ReceiptActionName;
    type Event = ReceiptEvent;
    type Facts = ReceiptFacts;

    fn id(&self) -> uuid::Uuid {
        self.id.0
    }
    fn person(&self) -> PersonId {
        self.person
    }
    fn stage(&self) -> ReceiptStage {
        self.stage
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn action_name(action: &ReceiptAction) -> ReceiptActionName {
        action.into()
    }

    fn function(action: &ReceiptAction) -> Function {
        match action {
            ReceiptAction::Sign { .. } => Function::SignReceipt,
            ReceiptAction::RegisterPaper { .. } | ReceiptAction::Refuse => {
                Function::RecordPaperReceipt
            }
            ReceiptAction::TimeOut => Function::ExecuteDeadline,
            ReceiptAction::Lapse => Function::FollowUp,
        }
    }

    fn subject(facts: &ReceiptFacts) -> &Subject {
        &facts.subject
    }

    fn decide(
        &self,
        _: &Actor,
        action: &ReceiptAction,
        facts: &ReceiptFacts,
        now: DateTime<Utc>,
    ) -> Result<ReceiptEvent, Refusal> {
        match self.stage {
            ReceiptStage::Pending => {}
            ReceiptStage::Signed => return Err(Refusal::ReceiptSigned),
            ReceiptStage::Refused | ReceiptStage::TimedOut | ReceiptStage::Lapsed => {
                return Err(Refusal::ReceiptEnded);
            }
        }
        match action {
            ReceiptAction::Sign {
                terms_version,
                signature,
            } => self.in_time(facts, now)?.sign(
                terms_version,
                signature,
                signature.kind != SignatureKind::Paper,
            ),
            ReceiptAction::RegisterPaper {
                terms_version,
                signature,
            } => self.in_time(facts, now)?.sign(
                terms_version,
                signature,
                signature.kind == SignatureKind::Paper,
            ),
            ReceiptAction::Refuse => Ok(ReceiptEvent::Refused),
            ReceiptAction::TimeOut if now < facts.times_out_at => Err(Refusal::NotDue {
                from: crate::calendar::business_day(facts.times_out_at),
            }),
            ReceiptAction::TimeOut => Ok(ReceiptEvent::TimedOut),
            ReceiptAction::Lapse => Ok(ReceiptEvent::Lapsed),
        }
    }

    fn evolve(mut self, event: &ReceiptEvent, now: DateTime<Utc>) -> Self {
        self.stage = match event {
            ReceiptEvent::Begun => ReceiptStage::Pending,
            ReceiptEvent::Signed { signature } => {
                self.signature = Some(signature.clone());
                ReceiptStage::Signed
            }
            ReceiptEvent::Refused => ReceiptStage::Refused,
            ReceiptEvent::TimedOut => ReceiptStage::TimedOut,
            ReceiptEvent::Lapsed => ReceiptStage::Lapsed,
        };
        self.since = now;
        self.version += 1;
        self
    }

    fn consequences(
        &self,
        event: &ReceiptEvent,
        _: &ReceiptFacts,
        _: DateTime<Utc>,
    ) -> Consequences {
        let mut consequences = Consequences::default();
        match event {
            ReceiptEvent::Begun => consequences.errands.push(Errand::Notify {
                person: self.person,
                mail: MailKind::SignTheReceipt,
                about: self.card.0,
            }),
            ReceiptEvent::Signed { .. } => {
                consequences
                    .follow_ups
                    .push(FollowUp::Card(self.card, CardAction::ConfirmReceipt));
            }
            ReceiptEvent::Refused | ReceiptEvent::TimedOut => {
                let reason = RevocationReason::ReceiptNotSigned;
                consequences.follow_ups.push(FollowUp::Card(
                    self.card,
                    CardAction::EndWithReceipt { reason },
                ));
            }
            ReceiptEvent::Lapsed => {}
        }
        consequences
    }
}

impl Receipt {
    /// The receipt, while there is time. After that the nightly run revokes the card, and until it
    /// has come nobody may slip in.
    fn in_time(&self, facts: &ReceiptFacts, now: DateTime<Utc>) -> Result<&Self, Refusal> {
        if now < facts.times_out_at {
            Ok(self)
        } else {
            let on = crate::calendar::business_day(facts.times_out_at);
            Err(Refusal::ReceiptTooLate { on })
        }
    }

    fn sign(
        &self,
        terms_version: &str,
        signature: &Signature,
        kind_fits: bool,
    ) -> Result<ReceiptEvent, Refusal> {
        if terms_version != self.terms_version {
            return Err(Refusal::WrongTerms);
        }
        if !kind_fits {
            return Err(Refusal::SignatureNeeded);
        }
        Ok(ReceiptEvent::Signed {
            signature: signature.clone(),
        })
    }
}
