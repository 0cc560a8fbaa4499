//! The codes on a chip: the code for authentication (PIN1), the code for signing (PIN2) and the
//! code that unlocks them (PUK). Never their digits, only what is known of their state. *Locked*
//! is not *revoked*: a locked code can be opened.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, EnumString, IntoStaticStr};

use crate::access::{Actor, Function, Role, permit};
use crate::calendar;
use crate::card::shown_today;
use crate::consequences::{Consequences, FollowUp};
use crate::identity_check::{IdentityCheck, IdentityCheckRecord};
use crate::ids::{CardId, ChipCodeId, OfficeId, OrganisationId, PersonId, PukLetterId};
use crate::lifecycle::{Begin, Lifecycle, ThingKind};
use crate::offer::Offered;
use crate::person::Subject;
use crate::puk_letter::PukLetterAction;
use crate::refusal::Refusal;
use crate::signature::Signature;
use crate::unlock::unlock_ways;
use crate::values::{CardNumber, PersonNumber, ProductNumber};

/// Which code.
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
pub enum CodeName {
    /// For authentication.
    Pin1,
    /// For signing; exists only where the product has it.
    Pin2,
    /// Unlocks the others.
    Puk,
}

/// What is known of a code.
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
pub enum CodeStage {
    /// Not chosen yet, or, for a PUK, never heard of.
    NotSet,
    /// In use.
    Ok,
    /// Wrong too many times.
    Locked,
    /// The card is revoked or expired.
    Gone,
}

/// Who says that a code is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeSource {
    /// Holder, officer or servicedesk.
    Stated,
    /// Read from the card.
    Card,
}

/// A code on a chip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChipCode {
    /// Its id.
    pub id: ChipCodeId,
    /// On which card.
    pub card: CardId,
    /// Whose card.
    pub person: PersonId,
    /// Which code.
    pub name: CodeName,
    /// What is known of it.
    pub stage: CodeStage,
    /// Since when.
    pub since: DateTime<Utc>,
    /// For the version check.
    pub version: i64,
}

/// A code to be kept track of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChipCodeRequest {
    /// The new id.
    pub id: ChipCodeId,
    /// On which card.
    pub card: CardId,
    /// Whose card.
    pub person: PersonId,
    /// Which code.
    pub name: CodeName,
}

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
    /// It was opened with the PUK, in the card software.
    UnlockWithPuk {
        /// Who says so.
        source: CodeSource,
    },
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
        /// Who says so.
        source: CodeSource,
    },
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
    Begun,
    /// Set.
    Set,
    /// Locked.
    Locked {
        /// Who says so.
        source: CodeSource,
    },
    /// Unlocked.
    Unlocked {
        /// How.
        way: UnlockWay,
    },
    /// Gone with the card.
    Dropped,
}

/// What the rules need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChipCodeFacts {
    /// Whom it is about.
    pub subject: Subject,
    /// The holder's number.
    pub number: PersonNumber,
    /// The number on the card, once made.
    pub card_number: Option<CardNumber>,
    /// The product number on its back.
    pub product_number: Option<ProductNumber>,
    /// Last day of validity.
    pub valid_to: Option<NaiveDate>,
    /// The office of the photo, or the one named in the order.
    pub office: OfficeId,
    /// Its name, for the refusal that sends somebody there.
    pub office_name: String,
    /// The organisations in which the holder has a live post.
    pub holder_organisations: Vec<OrganisationId>,
    /// The PUK of the same card is locked.
    pub puk_locked: bool,
    /// When the card itself last showed, in a task at a visit, that a new code has been chosen.
    pub code_shown: Option<DateTime<Utc>>,
    /// A letter with the PUK that was asked for because the card was locked, and not been sent.
    pub letter: Option<PukLetterId>,
}

impl Begin for ChipCode {
    type Request = ChipCodeRequest;
    const FUNCTION: Function = Function::FollowUp;

    fn begin(
        _: &Actor,
        request: &ChipCodeRequest,
        _: &ChipCodeFacts,
        now: DateTime<Utc>,
    ) -> Result<(Self, ChipCodeEvent), Refusal> {
        let code = Self {
            id: request.id,
            card: request.card,
            person: request.person,
            name: request.name,
            stage: CodeStage::NotSet,
            since: now,
            version: 1,
        };
        Ok((code, ChipCodeEvent::Begun))
    }
}

impl Lifecycle for ChipCode {
    const KIND: ThingKind = ThingKind::ChipCode;
    type Stage = CodeStage;
    type Action = ChipCodeAction;
    type ActionName = ChipCodeActionName;
    type Event = ChipCodeEvent;
    type Facts = ChipCodeFacts;

    fn id(&self) -> uuid::Uuid {
        self.id.0
    }
    fn person(&self) -> PersonId {
        self.person
    }
    fn stage(&self) -> CodeStage {
        self.stage
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn action_name(action: &ChipCodeAction) -> ChipCodeActionName {
        action.into()
    }

    fn function(action: &ChipCodeAction) -> Function {
        match action {
            ChipCodeAction::Set | ChipCodeAction::Drop => Function::FollowUp,
            ChipCodeAction::Lock { .. } | ChipCodeAction::UnlockWithPuk { .. } => {
                Function::StateLocked
            }
            ChipCodeAction::UnlockAtVisit(_) => Function::Unlock,
        }
    }

    fn subject(facts: &ChipCodeFacts) -> &Subject {
        &facts.subject
    }

    fn decide(
        &self,
        by: &Actor,
        action: &ChipCodeAction,
        facts: &ChipCodeFacts,
        now: DateTime<Utc>,
    ) -> Result<ChipCodeEvent, Refusal> {
        use CodeStage as S;
        match (action, self.stage) {
            (ChipCodeAction::Set, S::NotSet) => Ok(ChipCodeEvent::Set),
            (ChipCodeAction::Lock { source }, S::Ok) => {
                Ok(ChipCodeEvent::Locked { source: *source })
            }
            // A PUK whose letter was never seen can still be locked by wrong tries.
            (ChipCodeAction::Lock { source }, S::NotSet) if self.name == CodeName::Puk => {
                Ok(ChipCodeEvent::Locked { source: *source })
            }
            // The code that opens the others is opened by nothing: a visit does without it.
            (
                ChipCodeAction::UnlockAtVisit(_) | ChipCodeAction::UnlockWithPuk { .. },
                S::Locked,
            ) if self.name == CodeName::Puk => Err(Refusal::PukLocked),
            (ChipCodeAction::UnlockAtVisit(check), S::Locked) => {
                self.at_visit(by, check, facts, now)
            }
            (ChipCodeAction::UnlockWithPuk { .. }, S::Locked) if facts.puk_locked => {
                Err(Refusal::PukLocked)
            }
            (ChipCodeAction::UnlockWithPuk { source }, S::Locked) => Ok(ChipCodeEvent::Unlocked {
                way: UnlockWay::Puk { source: *source },
            }),
            (ChipCodeAction::Drop, S::NotSet | S::Ok | S::Locked) => Ok(ChipCodeEvent::Dropped),
            (
                ChipCodeAction::Lock { .. }
                | ChipCodeAction::UnlockAtVisit(_)
                | ChipCodeAction::UnlockWithPuk { .. },
                S::NotSet,
            ) => Err(Refusal::CodeNotSet),
            (
                ChipCodeAction::UnlockAtVisit(_)
                | ChipCodeAction::UnlockWithPuk { .. }
                | ChipCodeAction::Set,
                S::Ok,
            ) => Err(Refusal::CodeNotLocked),
            (ChipCodeAction::Lock { .. } | ChipCodeAction::Set, S::Locked) => {
                Err(Refusal::CodeLocked)
            }
            (
                ChipCodeAction::Set
                | ChipCodeAction::Lock { .. }
                | ChipCodeAction::UnlockAtVisit(_)
                | ChipCodeAction::UnlockWithPuk { .. }
                | ChipCodeAction::Drop,
                S::Gone,
            ) => Err(Refusal::CodeGone),
        }
    }

    fn evolve(mut self, event: &ChipCodeEvent, now: DateTime<Utc>) -> Self {
        self.stage = match event {
            ChipCodeEvent::Begun => CodeStage::NotSet,
            ChipCodeEvent::Set | ChipCodeEvent::Unlocked { .. } => CodeStage::Ok,
            ChipCodeEvent::Locked { .. } => CodeStage::Locked,
            ChipCodeEvent::Dropped => CodeStage::Gone,
        };
        self.since = now;
        self.version += 1;
        self
    }

    /// A letter that was asked for because the card was locked is not needed any more.
    fn consequences(
        &self,
        event: &ChipCodeEvent,
        facts: &ChipCodeFacts,
        _: DateTime<Utc>,
    ) -> Consequences {
        match event {
            ChipCodeEvent::Unlocked { .. } => Consequences {
                follow_ups: facts
                    .letter
                    .map(|letter| FollowUp::PukLetter(letter, PukLetterAction::Cancel))
                    .into_iter()
                    .collect(),
                ..Consequences::default()
            },
            ChipCodeEvent::Begun
            | ChipCodeEvent::Set
            | ChipCodeEvent::Locked { .. }
            | ChipCodeEvent::Dropped => Consequences::default(),
        }
    }
}

impl ChipCode {
    /// Whether the code could be opened at a visit here, before anything is checked. Source text
    /// S3: only cards whose product number begins with 7, at the office of the photo or by an
    /// id-administrator of the holder's own organisation.
    ///
    /// # Errors
    /// The refusal that names the lawful way instead.
    pub fn may_be_opened_by(
        &self,
        by: &Actor,
        facts: &ChipCodeFacts,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        if !unlock_ways(facts.product_number.as_ref()).visit {
            return Err(Refusal::VisitDoesNotUnlock {
                product_number: facts.product_number.clone(),
            });
        }
        let here = by.office().ok_or(Refusal::NoOffice)?;
        let own_organisation = match by {
            Actor::Officer(officer) => officer.appointments.iter().any(|appointment| {
                appointment.role == Role::IdAdmin
                    && facts
                        .holder_organisations
                        .iter()
                        .any(|organisation| appointment.branch.contains(organisation))
            }),
            Actor::Holder(_) | Actor::System(_) | Actor::Client(_) => false,
        };
        if here != facts.office && !own_organisation {
            return Err(Refusal::WrongOffice {
                office: facts.office_name.clone(),
            });
        }
        match facts.valid_to {
            Some(last_day) if last_day < calendar::business_day(now) => Err(Refusal::CardExpired),
            _ => Ok(()),
        }
    }

    fn at_visit(
        &self,
        by: &Actor,
        check: &VisitCheck,
        facts: &ChipCodeFacts,
        now: DateTime<Utc>,
    ) -> Result<ChipCodeEvent, Refusal> {
        self.may_be_opened_by(by, facts, now)?;
        if facts.card_number.as_ref() != Some(&check.number_on_card) {
            return Err(Refusal::WrongCard);
        }
        let identity = check
            .identity
            .hold(&facts.number, calendar::business_day(now))?;
        let shown = facts.code_shown.filter(|at| *at > self.since);
        let chosen = match (shown_today(shown, now), check.code_chosen) {
            (true, true | false) => CodeSource::Card,
            (false, true) => CodeSource::Stated,
            (false, false) => return Err(Refusal::CodeNotChosen),
        };
        let signature = check.signature.clone().ok_or(Refusal::SignatureNeeded)?;
        Ok(ChipCodeEvent::Unlocked {
            way: UnlockWay::Visit {
                identity,
                signature,
                chosen,
            },
        })
    }
}

impl Offered for ChipCode {
    fn for_people() -> Vec<ChipCodeActionName> {
        vec![
            ChipCodeActionName::Lock,
            ChipCodeActionName::UnlockAtVisit,
            ChipCodeActionName::UnlockWithPuk,
        ]
    }

    fn could(
        &self,
        by: &Actor,
        action: ChipCodeActionName,
        facts: &ChipCodeFacts,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let source = CodeSource::Stated;
        match action {
            ChipCodeActionName::Lock => {
                permit(by, Function::StateLocked, &facts.subject)?;
                self.decide(by, &ChipCodeAction::Lock { source }, facts, now)
                    .map(drop)
            }
            ChipCodeActionName::UnlockWithPuk => {
                permit(by, Function::StateLocked, &facts.subject)?;
                self.decide(by, &ChipCodeAction::UnlockWithPuk { source }, facts, now)
                    .map(drop)
            }
            ChipCodeActionName::UnlockAtVisit => {
                permit(by, Function::Unlock, &facts.subject)?;
                match self.stage {
                    CodeStage::Locked if self.name == CodeName::Puk => Err(Refusal::PukLocked),
                    CodeStage::Locked => self.may_be_opened_by(by, facts, now),
                    CodeStage::NotSet => Err(Refusal::CodeNotSet),
                    CodeStage::Ok => Err(Refusal::CodeNotLocked),
                    CodeStage::Gone => Err(Refusal::CodeGone),
                }
            }
            ChipCodeActionName::Set | ChipCodeActionName::Drop => Err(Refusal::NotYourRole),
        }
    }
}
