//! Who opens a locked code where: at a visit or with the PUK, and what people are offered.

use chrono::{DateTime, Utc};

use super::{
    ChipCode, ChipCodeAction, ChipCodeActionName, ChipCodeEvent, ChipCodeFacts, CodeSource,
    CodeStage, UnlockWay, VisitCheck,
};
use crate::access::{Actor, Function, Role, permit};
use crate::calendar;
use crate::card::shown_today;
use crate::identity_check::IdentityCheckRecord;
use crate::lifecycle::Lifecycle as _;
use crate::offer::Offered;
use crate::refusal::Refusal;
use crate::unlock::unlock_ways;

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

    /// Whether what the officer has seen to holds, before the holder chooses a code and the officer
    /// signs.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn examine(
        &self,
        by: &Actor,
        check: &VisitCheck,
        facts: &ChipCodeFacts,
        now: DateTime<Utc>,
    ) -> Result<IdentityCheckRecord, Refusal> {
        self.may_be_opened_by(by, facts, now)?;
        if facts.card_number.as_ref() != Some(&check.number_on_card) {
            return Err(Refusal::WrongCard);
        }
        let today = calendar::business_day(now);
        check.identity.hold(&facts.number, today)
    }

    pub(super) fn at_visit(
        &self,
        by: &Actor,
        check: &VisitCheck,
        facts: &ChipCodeFacts,
        now: DateTime<Utc>,
    ) -> Result<ChipCodeEvent, Refusal> {
        let identity = self.examine(by, check, facts, now)?;
        let shown = facts.code_shown.filter(|at| *at > self.since);
        let chosen = match (shown_today(shown, now), check.code_chosen) {
            (true, true | false) => CodeSource::Card,
            (false, true) => CodeSource::Stated,
            (false, false) => return Err(Refusal::CodeNotChosen),
        };
        let signature = check.signature.clone().ok_or(Refusal::SignatureNeeded)?;
        Ok(self.unlocked(UnlockWay::Visit {
            identity,
            signature,
            chosen,
        }))
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
                self.decide(by, &ChipCodeAction::UnlockWithPuk, facts, now)
                    .map(drop)
            }
            ChipCodeActionName::UnlockAtVisit => {
                permit(by, Function::Unlock, &facts.subject)?;
                match self.stage {
                    CodeStage::Locked if !self.name.is_pin() => Err(Refusal::PukLocked),
                    CodeStage::Locked => self.may_be_opened_by(by, facts, now),
                    CodeStage::NotSet => Err(Refusal::CodeNotSet),
                    CodeStage::Ok => Err(Refusal::CodeNotLocked),
                    CodeStage::Gone => Err(Refusal::CodeGone),
                }
            }
            ChipCodeActionName::Set
            | ChipCodeActionName::ShowUnlocked
            | ChipCodeActionName::UnlockBeside
            | ChipCodeActionName::Drop => Err(Refusal::NotYourRole),
        }
    }
}
