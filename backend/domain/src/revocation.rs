//! A card that is reported lost, stolen or known, and every other revocation that a person asks
//! for: who said so, that the card was made invalid, and what must still be done outside (source
//! text S3: Telia for older cards, the police for identity cards). A revocation is final; what can
//! be taken back is only a report that has not been carried out.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, EnumString, IntoStaticStr};

use crate::access::{Actor, Function, permit};
use crate::calendar::{self, Due};
use crate::card::{CardAction, CardStageName, RevocationReason};
use crate::consequences::{Consequences, Errand, FollowUp, MailKind};
use crate::deadline::{DeadlineChange, DeadlineRule};
use crate::ids::{CardId, OrganisationId, PersonId, RevocationId};
use crate::lifecycle::{Begin, Lifecycle, ThingKind};
use crate::person::Subject;
use crate::product::Product;
use crate::refusal::Refusal;
use crate::unlock;
use crate::values::{CardNumber, ProductNumber};

/// Where a case stands.
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
pub enum RevocationStage {
    /// Told by somebody whose identity has not been checked: nothing is revoked yet.
    Reported,
    /// The card is revoked; something must still be done outside.
    ExternalStepsPending,
    /// Done.
    Closed,
    /// Taken back before anything was revoked.
    Withdrawn,
}

/// Who told, and how their identity is known.
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
pub enum Reporter {
    /// The holder, logged in.
    HolderLoggedIn,
    /// The holder, before the officer.
    HolderInPerson,
    /// A caller, called back on the number in the directory.
    CalledBack,
    /// A manager whom the officer knows.
    KnownManager,
    /// Somebody on the telephone, not checked.
    UnverifiedCaller,
    /// The office itself, for instance because the card was printed wrongly.
    Office,
}

/// Whose data were wrong, when a card says something else than is so.
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
pub enum WrongIn {
    /// The population register.
    Register,
    /// The directory.
    Directory,
    /// The order: a name that was cut, another person that was chosen.
    Order,
    /// What the manufacturer printed is not what was ordered.
    Print,
}

/// A step outside.
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
pub enum ExternalStep {
    /// The personal e-legitimation on the card is revoked at Telia, 020-32 32 62.
    Telia,
    /// The loss of an identity card is reported to the police.
    Police,
}

/// How a step ended, or stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, EnumDiscriminants)]
#[strum_discriminants(
    name(StepOutcomeName),
    derive(EnumIter, EnumString, IntoStaticStr, Hash)
)]
#[strum_discriminants(strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The outcomes by name.")]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum StepOutcome {
    /// The holder has done it.
    DoneByHolder {
        /// When.
        on: NaiveDate,
        /// The other party's case number, if one was given.
        reference: Option<String>,
    },
    /// The office has done it.
    DoneByUs {
        /// When.
        on: NaiveDate,
        /// The other party's case number, if one was given.
        reference: Option<String>,
    },
    /// The holder has been told and will do it: the case stays open.
    HolderWillDo {
        /// Until when.
        by: NaiveDate,
    },
    /// It does not apply.
    NotApplicable {
        /// Why.
        why: NotApplicable,
    },
}

/// Why a step does not apply.
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
pub enum NotApplicable {
    /// The service does not cover reserve cards.
    ReserveCard,
    /// The holder has died.
    Deceased,
    /// There never was a personal e-legitimation on the card.
    NoPersonalEid,
}

impl StepOutcome {
    /// Whether nothing more is to be done.
    #[must_use]
    pub fn settles(&self) -> bool {
        match self {
            Self::DoneByHolder { .. } | Self::DoneByUs { .. } | Self::NotApplicable { .. } => true,
            Self::HolderWillDo { .. } => false,
        }
    }
}

/// A step of one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseStep {
    /// Which.
    pub step: ExternalStep,
    /// How it ended or stands; nothing when nobody has said.
    pub outcome: Option<StepOutcome>,
}

/// A case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// Its id.
    pub id: RevocationId,
    /// The card.
    pub card: CardId,
    /// The holder.
    pub person: PersonId,
    /// The issuer of the card.
    pub organisation: OrganisationId,
    /// Why.
    pub reason: RevocationReason,
    /// Who told.
    pub reporter: Reporter,
    /// What must be done outside.
    pub steps: Vec<CaseStep>,
    /// When it was told.
    pub reported_at: DateTime<Utc>,
    /// When the card was made invalid.
    pub executed_at: Option<DateTime<Utc>>,
    /// Where it stands.
    pub stage: RevocationStage,
    /// Since when.
    pub since: DateTime<Utc>,
    /// For the version check.
    pub version: i64,
}

/// What somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationRequest {
    /// The new id.
    pub id: RevocationId,
    /// The card.
    pub card: CardId,
    /// The holder.
    pub person: PersonId,
    /// Why.
    pub reason: RevocationReason,
    /// Who told.
    pub reporter: Reporter,
    /// The last four digits of the card's number, typed by whoever confirms: what cannot be
    /// undone is not done by one click.
    pub last_four: String,
    /// Whose data were wrong, where the reason is that something on the card is.
    pub wrong_in: Option<WrongIn>,
}

/// What can be done to a case.
#[derive(Clone, Debug, PartialEq, Eq, EnumDiscriminants)]
#[strum_discriminants(
    name(RevocationActionName),
    derive(EnumIter, EnumString, IntoStaticStr, Hash)
)]
#[strum_discriminants(strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The actions by name.")]
pub enum RevocationAction {
    /// The caller was called back, or the officer revokes on their own responsibility.
    Execute,
    /// Nothing is to be revoked after all.
    Withdraw,
    /// How a step outside ended or stands.
    Record {
        /// Which step.
        step: ExternalStep,
        /// How.
        outcome: StepOutcome,
    },
}

/// What has happened to a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum RevocationEvent {
    /// Told.
    Begun {
        /// Why.
        reason: RevocationReason,
        /// By whom.
        reporter: Reporter,
        /// Whether the card was revoked at once.
        executed: bool,
        /// Whose data were wrong.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wrong_in: Option<WrongIn>,
    },
    /// The card was revoked, later than the report.
    Executed,
    /// Taken back.
    Withdrawn,
    /// A step outside.
    Recorded {
        /// Which.
        step: ExternalStep,
        /// How.
        outcome: StepOutcome,
    },
}

/// What the rules need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationFacts {
    /// Whom it is about.
    pub subject: Subject,
    /// The issuer of the card.
    pub organisation: OrganisationId,
    /// Where the card stands.
    pub card: CardStageName,
    /// Its number, once made.
    pub card_number: Option<CardNumber>,
    /// The product number on its back.
    pub product_number: Option<ProductNumber>,
    /// Its product.
    pub product: Product,
    /// Another case for the same card waits for its caller to be checked.
    pub already_reported: bool,
}

impl RevocationReason {
    /// Whether holders and the servicedesk may give it: source text S3 names loss and suspicion
    /// that somebody knows a code.
    #[must_use]
    pub fn is_loss(self) -> bool {
        match self {
            Self::Lost | Self::Stolen | Self::CodesCompromised => true,
            Self::CardDamaged
            | Self::Superseded
            | Self::ReplacedUndelivered
            | Self::NameChanged
            | Self::DataWrong
            | Self::EmploymentEnded
            | Self::NotReturned
            | Self::Returned
            | Self::NotActivatedInTime
            | Self::ReceiptNotSigned
            | Self::WronglyIssued
            | Self::PersonDeceased
            | Self::Misuse
            | Self::IssuerDecision => false,
        }
    }

    /// Whether a person may give it at all; the others are for deadlines and other things to say.
    #[must_use]
    pub fn is_for_people(self) -> bool {
        match self {
            Self::Lost
            | Self::Stolen
            | Self::CodesCompromised
            | Self::CardDamaged
            | Self::NameChanged
            | Self::DataWrong
            | Self::EmploymentEnded
            | Self::Returned
            | Self::WronglyIssued
            | Self::PersonDeceased
            | Self::Misuse
            | Self::IssuerDecision => true,
            Self::Superseded
            | Self::ReplacedUndelivered
            | Self::NotReturned
            | Self::NotActivatedInTime
            | Self::ReceiptNotSigned => false,
        }
    }
}

/// What must be done outside, by reason and product. The columns of source text S3 add up: an older
/// card that is also an identity card has both.
#[must_use]
pub fn external_steps(
    reason: RevocationReason,
    product_number: Option<&ProductNumber>,
    sis_marked: bool,
) -> Vec<ExternalStep> {
    use RevocationReason as R;
    let (telia, police) = match reason {
        R::Lost | R::Stolen | R::Misuse => (true, true),
        R::CodesCompromised => (true, false),
        R::CardDamaged
        | R::Superseded
        | R::ReplacedUndelivered
        | R::NameChanged
        | R::DataWrong
        | R::EmploymentEnded
        | R::NotReturned
        | R::Returned
        | R::NotActivatedInTime
        | R::ReceiptNotSigned
        | R::WronglyIssued
        | R::PersonDeceased
        | R::IssuerDecision => (false, false),
    };
    let telia = telia && unlock::unlock_ways(product_number).telia_step;
    let telia = telia.then_some(ExternalStep::Telia);
    let police = (police && sis_marked).then_some(ExternalStep::Police);
    telia.into_iter().chain(police).collect()
}

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
        let fits = facts
            .card_number
            .as_ref()
            .is_some_and(|number| number.last_four() == request.last_four);
        if !fits {
            return Err(Refusal::LastFourWrong);
        }
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
            RevocationAction::Execute
            | RevocationAction::Withdraw
            | RevocationAction::Record { .. } => Function::ReportLoss,
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
            (RevocationAction::Execute, S::Reported) => self
                .may_judge(by, facts)
                .map(|()| RevocationEvent::Executed),
            // What somebody has told on the telephone is not for a log-in at level 2 to undo.
            (RevocationAction::Withdraw, S::Reported) if matches!(by, Actor::Holder(_)) => {
                Err(Refusal::NotYourRole)
            }
            (RevocationAction::Withdraw, S::Reported) => self
                .may_judge(by, facts)
                .map(|()| RevocationEvent::Withdrawn),
            (RevocationAction::Record { step, outcome }, S::ExternalStepsPending) => {
                self.record(by, *step, outcome, now)
            }
            (RevocationAction::Record { .. }, S::Reported) => Err(Refusal::NotRevokedYet),
            (
                RevocationAction::Execute | RevocationAction::Withdraw,
                S::ExternalStepsPending | S::Closed,
            ) => Err(Refusal::CardRevoked),
            (RevocationAction::Record { .. }, S::Closed)
            | (
                RevocationAction::Execute
                | RevocationAction::Withdraw
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
            RevocationEvent::Withdrawn => self.stage = RevocationStage::Withdrawn,
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
                    base: calendar::business_day(now),
                    due: Due::after(now, Duration::minutes(CALLBACK_MINUTES)),
                }],
                ..Consequences::default()
            },
            RevocationEvent::Executed => self.when_executed(facts, vec![self.stop(callback)]),
            RevocationEvent::Withdrawn => Consequences {
                deadlines: vec![self.stop(callback)],
                ..Consequences::default()
            },
            RevocationEvent::Recorded { .. } => Consequences::default(),
        }
    }
}

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
