//! The lifecycle of a case: who may tell what, when the card follows, and when the case is over.

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};

use super::{
    CaseStep, ExternalStep, Reporter, Revocation, RevocationAction, RevocationActionName,
    RevocationEvent, RevocationFacts, RevocationRequest, RevocationStage, StepOutcome,
    external_steps,
};
use crate::access::{Actor, Function, permit};
use crate::calendar::{self, Due};
use crate::card::{CardAction, CardStageName, RevocationReason};
use crate::consequences::{Consequences, Errand, FollowUp, MailKind};
use crate::deadline::{DeadlineChange, DeadlineRule, Waits};
use crate::ids::PersonId;
use crate::lifecycle::{Begin, Lifecycle, ThingKind};
use crate::person::Subject;
use crate::refusal::Refusal;

impl Begin for Revocation {
    type Request = RevocationRequest;
    const FUNCTION: Function = Function::ReportLoss;

    fn begin(
        by: &Actor,
        request: &RevocationRequest,
        facts: &RevocationFacts,
        now: DateTime<Utc>,
    ) -> Result<(Self, RevocationEvent), Refusal> {
        may_give(by, request, facts)?;
        revocable(facts.card)?;
        // A second call tells nothing new; whoever is known revokes at once in spite of it, so that
        // a prank call keeps no holder from it.
        let executed = request.reporter != Reporter::UnverifiedCaller;
        if facts.already_reported && !executed {
            return Err(Refusal::AlreadyReported);
        }
        confirmed(facts, &request.last_four)?;
        let steps: Vec<CaseStep> = external_steps(
            request.reason,
            facts.product_number.as_ref(),
            facts.product.sis_marked,
        )
        .into_iter()
        .map(|step| CaseStep {
            step,
            outcome: None,
        })
        .collect();
        let case = Self {
            id: request.id,
            card: request.card,
            person: request.person,
            organisation: facts.organisation,
            reason: request.reason,
            reporter: request.reporter,
            stage: if executed {
                after_execution(&steps)
            } else {
                RevocationStage::Reported
            },
            steps,
            reported_at: now,
            executed_at: executed.then_some(now),
            since: now,
            version: 1,
        };
        let event = RevocationEvent::Begun {
            reason: request.reason,
            reporter: request.reporter,
            executed,
            wrong_in: request.wrong_in,
        };
        Ok((case, event))
    }
}

/// Whether the card can still be revoked. One that has not been made has no number to confirm by:
/// its order is stopped instead.
fn revocable(card: CardStageName) -> Result<(), Refusal> {
    match card {
        CardStageName::Sent | CardStageName::UnlockedUnsigned | CardStageName::Active => Ok(()),
        CardStageName::Ordered => Err(Refusal::CardNotSentYet),
        CardStageName::Revoked => Err(Refusal::CardRevoked),
        CardStageName::Expired => Err(Refusal::CardExpired),
    }
}

/// What cannot be undone is confirmed with the last four digits of the card's number: one click
/// revokes nothing, whoever told and whenever it is carried out.
fn confirmed(facts: &RevocationFacts, last_four: &str) -> Result<(), Refusal> {
    let number = facts.card_number.as_ref();
    let fits = number.is_some_and(|number| number.last_four() == last_four);
    fits.then_some(()).ok_or(Refusal::LastFourWrong)
}

/// Who may give which reason in whose name. The servicedesk registers losses for verified callers
/// and nothing else; a holder speaks for themselves; officers may give every reason that people
/// give.
fn may_give(
    by: &Actor,
    request: &RevocationRequest,
    facts: &RevocationFacts,
) -> Result<(), Refusal> {
    if !request.reason.is_for_people() {
        return Err(Refusal::ReasonNotForPeople);
    }
    match by {
        Actor::Holder(_) => {
            let own = request.reporter == Reporter::HolderLoggedIn && request.reason.is_loss();
            own.then_some(()).ok_or(Refusal::ReasonNotForPeople)
        }
        Actor::Officer(_) if request.reporter == Reporter::HolderLoggedIn => {
            Err(Refusal::ReporterUnknown)
        }
        Actor::Officer(_) if permit(by, Function::Revoke, &facts.subject).is_ok() => Ok(()),
        Actor::Officer(_) if !request.reason.is_loss() => Err(Refusal::NotYourRole),
        Actor::Officer(_) => match request.reporter {
            Reporter::CalledBack | Reporter::UnverifiedCaller => Ok(()),
            Reporter::HolderLoggedIn
            | Reporter::HolderInPerson
            | Reporter::KnownManager
            | Reporter::Office => Err(Refusal::ReporterUnknown),
        },
        // What the ledger finishes has been judged where it began.
        Actor::System(_) => Ok(()),
        Actor::Client(_) => Err(Refusal::NotYourRole),
    }
}

fn after_execution(steps: &[CaseStep]) -> RevocationStage {
    let settled = |step: &CaseStep| step.outcome.as_ref().is_some_and(StepOutcome::settles);
    if steps.iter().all(settled) {
        RevocationStage::Closed
    } else {
        RevocationStage::ExternalStepsPending
    }
}

impl Lifecycle for Revocation {
    const KIND: ThingKind = ThingKind::Revocation;
    type Stage = RevocationStage;
    type Action = RevocationAction;
    type ActionName = RevocationActionName;
    type Event = RevocationEvent;
    type Facts = RevocationFacts;

    fn id(&self) -> uuid::Uuid {
        self.id.0
    }
    fn person(&self) -> PersonId {
        self.person
    }
    fn stage(&self) -> RevocationStage {
        self.stage
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn action_name(action: &RevocationAction) -> RevocationActionName {
        action.into()
    }
    fn function(action: &RevocationAction) -> Function {
        match action {
            RevocationAction::Execute { .. }
            | RevocationAction::Withdraw
            | RevocationAction::Record { .. } => Function::ReportLoss,
            RevocationAction::EndWithCard => Function::FollowUp,
        }
    }
    fn subject(facts: &RevocationFacts) -> &Subject {
        &facts.subject
    }

    fn decide(
        &self,
        by: &Actor,
        action: &RevocationAction,
        facts: &RevocationFacts,
        now: DateTime<Utc>,
    ) -> Result<RevocationEvent, Refusal> {
        use RevocationStage as S;
        match (action, self.stage) {
            (RevocationAction::Execute { last_four }, S::Reported) => self
                .may_judge(by, facts)
                .and_then(|()| confirmed(facts, last_four))
                .map(|()| RevocationEvent::Executed),
            // What somebody has told on the telephone is not for a log-in at level 2 to undo.
            (RevocationAction::Withdraw, S::Reported) if matches!(by, Actor::Holder(_)) => {
                Err(Refusal::NotYourRole)
            }
            (RevocationAction::Withdraw, S::Reported) => self
                .may_judge(by, facts)
                .map(|()| RevocationEvent::Withdrawn),
            (RevocationAction::EndWithCard, S::Reported) => Ok(RevocationEvent::EndedWithCard),
            (RevocationAction::Record { step, outcome }, S::ExternalStepsPending) => {
                self.record(by, *step, outcome, now)
            }
            (RevocationAction::Record { .. }, S::Reported) => Err(Refusal::NotRevokedYet),
            (
                RevocationAction::Execute { .. }
                | RevocationAction::Withdraw
                | RevocationAction::EndWithCard,
                S::ExternalStepsPending | S::Closed,
            ) => Err(Refusal::CardRevoked),
            (RevocationAction::Record { .. }, S::Closed)
            | (
                RevocationAction::Execute { .. }
                | RevocationAction::Withdraw
                | RevocationAction::EndWithCard
                | RevocationAction::Record { .. },
                S::Withdrawn,
            ) => Err(Refusal::CaseEnded),
        }
    }

    fn evolve(mut self, event: &RevocationEvent, now: DateTime<Utc>) -> Self {
        match event {
            RevocationEvent::Begun { .. } => {}
            RevocationEvent::Executed => {
                self.executed_at = Some(now);
                self.stage = after_execution(&self.steps);
            }
            RevocationEvent::Withdrawn | RevocationEvent::EndedWithCard => {
                self.stage = RevocationStage::Withdrawn;
            }
            RevocationEvent::Recorded { step, outcome } => {
                for own in self.steps.iter_mut().filter(|own| own.step == *step) {
                    own.outcome = Some(outcome.clone());
                }
                self.stage = after_execution(&self.steps);
            }
        }
        self.since = now;
        self.version += 1;
        self
    }

    fn consequences(
        &self,
        event: &RevocationEvent,
        facts: &RevocationFacts,
        now: DateTime<Utc>,
    ) -> Consequences {
        let callback = DeadlineRule::CallerCallback;
        match event {
            RevocationEvent::Begun { executed: true, .. } => self.when_executed(facts, Vec::new()),
            RevocationEvent::Begun {
                executed: false, ..
            } => Consequences {
                deadlines: vec![DeadlineChange::Start {
                    rule: callback,
                    thing: self.id.0,
                    waits: Waits {
                        organisation: self.organisation,
                        office: None,
                    },
                    base: calendar::business_day(now),
                    due: Due::after(now, Duration::minutes(CALLBACK_MINUTES)),
                }],
                ..Consequences::default()
            },
            RevocationEvent::Executed => self.when_executed(facts, vec![self.stop(callback)]),
            RevocationEvent::Withdrawn | RevocationEvent::EndedWithCard => Consequences {
                deadlines: vec![self.stop(callback)],
                ..Consequences::default()
            },
            RevocationEvent::Recorded { .. } => Consequences::default(),
        }
    }
}

/// A holder has told others of a loss at most so long before telling us.
const HOLDER_DAYS_BEFORE: u64 = 90;

/// Within this time an unverified caller is called back.
pub const CALLBACK_MINUTES: i64 = 15;

impl Revocation {
    /// Whether somebody must still do something.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self.stage {
            RevocationStage::Reported | RevocationStage::ExternalStepsPending => true,
            RevocationStage::Closed | RevocationStage::Withdrawn => false,
        }
    }

    /// Whether the actor may carry out or take back the report: who could not have given its reason
    /// does neither.
    fn may_judge(&self, by: &Actor, facts: &RevocationFacts) -> Result<(), Refusal> {
        match by {
            _ if self.reason.is_loss() => Ok(()),
            Actor::Officer(_) => permit(by, Function::Revoke, &facts.subject),
            Actor::Holder(_) | Actor::Client(_) | Actor::System(_) => {
                Err(Refusal::ReasonNotForPeople)
            }
        }
    }

    /// The first day on which a step can have been done. We cannot have done it before anybody told
    /// us; a holder may have called Telia or the police some time before us, but a day long before
    /// that is a mistyped one.
    fn first_day_of(&self, outcome: &StepOutcome) -> NaiveDate {
        let reported = calendar::business_day(self.reported_at);
        match outcome {
            StepOutcome::DoneByHolder { .. } => reported
                .checked_sub_days(Days::new(HOLDER_DAYS_BEFORE))
                .unwrap_or(reported),
            StepOutcome::DoneByUs { .. }
            | StepOutcome::HolderWillDo { .. }
            | StepOutcome::NotApplicable { .. } => reported,
        }
    }

    fn record(
        &self,
        by: &Actor,
        step: ExternalStep,
        outcome: &StepOutcome,
        now: DateTime<Utc>,
    ) -> Result<RevocationEvent, Refusal> {
        if !self.steps.iter().any(|own| own.step == step) {
            return Err(Refusal::StepNotAsked);
        }
        let today = calendar::business_day(now);
        match outcome {
            StepOutcome::DoneByHolder { on, .. } | StepOutcome::DoneByUs { on, .. }
                if *on > today =>
            {
                return Err(Refusal::DayInTheFuture);
            }
            StepOutcome::DoneByHolder { on, .. } | StepOutcome::DoneByUs { on, .. }
                if *on < self.first_day_of(outcome) =>
            {
                let from = self.first_day_of(outcome);
                return Err(Refusal::DayTooEarly { from });
            }
            StepOutcome::HolderWillDo { by } if *by < today => return Err(Refusal::DayHasPassed),
            StepOutcome::DoneByUs { .. } | StepOutcome::NotApplicable { .. }
                if matches!(by, Actor::Holder(_)) =>
            {
                return Err(Refusal::NotYourRole);
            }
            StepOutcome::DoneByHolder { .. }
            | StepOutcome::DoneByUs { .. }
            | StepOutcome::HolderWillDo { .. }
            | StepOutcome::NotApplicable { .. } => {}
        }
        Ok(RevocationEvent::Recorded {
            step,
            outcome: outcome.clone(),
        })
    }

    fn stop(&self, rule: DeadlineRule) -> DeadlineChange {
        DeadlineChange::Stop {
            rule,
            thing: self.id.0,
        }
    }

    /// The card becomes invalid, unless it has come to its end meanwhile, and the holder is told.
    fn when_executed(
        &self,
        facts: &RevocationFacts,
        deadlines: Vec<DeadlineChange>,
    ) -> Consequences {
        let reason = self.reason;
        let revoke = revocable(facts.card)
            .is_ok()
            .then_some(FollowUp::Card(self.card, CardAction::Revoke { reason }));
        let notify = (reason != RevocationReason::PersonDeceased).then_some(Errand::Notify {
            person: self.person,
            mail: MailKind::CardRevoked,
            about: self.card.0,
        });
        Consequences {
            follow_ups: revoke.into_iter().collect(),
            errands: notify.into_iter().collect(),
            deadlines,
        }
    }
}
