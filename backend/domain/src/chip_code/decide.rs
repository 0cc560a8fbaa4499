//! The lifecycle of a code: every action at every stage.

use chrono::{DateTime, Utc};

use super::{
    ChipCode, ChipCodeAction, ChipCodeActionName, ChipCodeEvent, ChipCodeFacts, CodeName,
    CodeSource, CodeStage, UnlockWay,
};
use crate::access::{Actor, Function};
use crate::consequences::{Consequences, FollowUp};
use crate::ids::PersonId;
use crate::lifecycle::{Lifecycle, ThingKind};
use crate::person::Subject;
use crate::puk_letter::PukLetterAction;
use crate::refusal::Refusal;

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
            ChipCodeAction::Set | ChipCodeAction::UnlockBeside(_) | ChipCodeAction::Drop => {
                Function::FollowUp
            }
            ChipCodeAction::Lock { .. }
            | ChipCodeAction::UnlockWithPuk
            | ChipCodeAction::ShowUnlocked => Function::StateLocked,
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
        use ChipCodeAction as A;
        use CodeStage as S;
        match (action, self.stage) {
            (A::Set, S::NotSet) => Ok(ChipCodeEvent::Set {
                code: Some(self.name),
            }),
            (A::Lock { source }, S::Ok) => Ok(self.locked(*source)),
            (A::Lock { source }, S::NotSet) if self.may_be_locked_unheard_of(*source) => {
                Ok(self.locked(*source))
            }
            // The code that opens the others is opened by nothing: a visit does without it.
            (
                A::UnlockAtVisit(_) | A::UnlockWithPuk | A::ShowUnlocked | A::UnlockBeside(_),
                S::Locked,
            ) if !self.name.is_pin() => Err(Refusal::PukLocked),
            (A::UnlockAtVisit(check), S::Locked) => self.at_visit(by, check, facts, now),
            (A::UnlockWithPuk, S::Locked) if facts.puk_locked => Err(Refusal::PukLocked),
            (A::UnlockWithPuk, S::Locked) => Ok(self.unlocked(UnlockWay::Puk {
                source: CodeSource::Stated,
            })),
            (A::ShowUnlocked, S::Locked) => Ok(self.unlocked(UnlockWay::Shown)),
            (A::UnlockBeside(way), S::Locked) => Ok(self.unlocked(way.clone())),
            (A::Drop, S::NotSet | S::Ok | S::Locked) => Ok(ChipCodeEvent::Dropped),
            (
                A::Lock { .. }
                | A::UnlockAtVisit(_)
                | A::UnlockWithPuk
                | A::ShowUnlocked
                | A::UnlockBeside(_),
                S::NotSet,
            ) => Err(Refusal::CodeNotSet),
            (
                A::UnlockAtVisit(_)
                | A::UnlockWithPuk
                | A::ShowUnlocked
                | A::UnlockBeside(_)
                | A::Set,
                S::Ok,
            ) => Err(Refusal::CodeNotLocked),
            (A::Lock { .. } | A::Set, S::Locked) => Err(Refusal::CodeLocked),
            (
                A::Set
                | A::Lock { .. }
                | A::UnlockAtVisit(_)
                | A::UnlockWithPuk
                | A::ShowUnlocked
                | A::UnlockBeside(_)
                | A::Drop,
                S::Gone,
            ) => Err(Refusal::CodeGone),
        }
    }

    fn evolve(mut self, event: &ChipCodeEvent, now: DateTime<Utc>) -> Self {
        self.stage = match event {
            ChipCodeEvent::Begun { .. } => CodeStage::NotSet,
            ChipCodeEvent::Set { .. } | ChipCodeEvent::Unlocked { .. } => CodeStage::Ok,
            ChipCodeEvent::Locked { .. } => CodeStage::Locked,
            ChipCodeEvent::Dropped => CodeStage::Gone,
        };
        self.since = now;
        self.version += 1;
        self
    }

    /// Whoever chooses a new code at a visit chooses one for each that is locked. When none is, a
    /// letter that was asked for because the card was locked is not needed any more.
    fn consequences(
        &self,
        event: &ChipCodeEvent,
        facts: &ChipCodeFacts,
        _: DateTime<Utc>,
    ) -> Consequences {
        let ChipCodeEvent::Unlocked { way, .. } = event else {
            return Consequences::default();
        };
        let follow_up = match (way, facts.locked_beside) {
            (UnlockWay::Visit { .. }, Some(other)) => {
                let beside = ChipCodeAction::UnlockBeside(way.clone());
                Some(FollowUp::ChipCode(other, beside))
            }
            (UnlockWay::Puk { .. } | UnlockWay::Shown, Some(_)) => None,
            (UnlockWay::Visit { .. } | UnlockWay::Puk { .. } | UnlockWay::Shown, None) => facts
                .letter
                .map(|letter| FollowUp::PukLetter(letter, PukLetterAction::Cancel)),
        };
        Consequences {
            follow_ups: follow_up.into_iter().collect(),
            ..Consequences::default()
        }
    }
}

impl ChipCode {
    pub(super) fn unlocked(&self, way: UnlockWay) -> ChipCodeEvent {
        let code = Some(self.name);
        ChipCodeEvent::Unlocked { code, way }
    }

    fn locked(&self, source: CodeSource) -> ChipCodeEvent {
        let code = Some(self.name);
        ChipCodeEvent::Locked { code, source }
    }

    /// A PUK whose letter was never seen can still be locked by wrong tries. So can a code for
    /// signing that was chosen while certificates were fetched that never came: the card knows.
    fn may_be_locked_unheard_of(&self, source: CodeSource) -> bool {
        match self.name {
            CodeName::Puk => true,
            CodeName::Pin2 => source == CodeSource::Card,
            CodeName::Pin1 => false,
        }
    }
}
