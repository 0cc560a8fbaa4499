//! The task's lifecycle: every action at every stage.

use chrono::{DateTime, Utc};

use super::begin::{complete, on_the_card, signed_check};
use super::{
    CODE_WAITS, CardTask, CardTaskAction, CardTaskActionName, CardTaskEvent, CardTaskFacts, Hashed,
    LONGEST, MOST_ANSWERS, Renewal, TaskCodes, TaskKind, TaskOwner, TaskStage,
};
use crate::access::{Actor, Function, permit};
use crate::calendar;
use crate::consequences::Consequences;
use crate::ids::PersonId;
use crate::lifecycle::{Lifecycle, ThingKind};
use crate::person::Subject;
use crate::refusal::Refusal;
use crate::unlock::unlock_ways;

impl Lifecycle for CardTask {
    const KIND: ThingKind = ThingKind::CardTask;
    type Stage = TaskStage;
    type Action = CardTaskAction;
    type ActionName = CardTaskActionName;
    type Event = CardTaskEvent;
    type Facts = CardTaskFacts;

    fn id(&self) -> uuid::Uuid {
        self.id.0
    }
    fn person(&self) -> PersonId {
        self.person
    }
    fn stage(&self) -> TaskStage {
        self.stage
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn action_name(action: &CardTaskAction) -> CardTaskActionName {
        action.into()
    }

    fn function(action: &CardTaskAction) -> Function {
        match action {
            CardTaskAction::Fetch { .. }
            | CardTaskAction::AnswerChip
            | CardTaskAction::Prove { .. }
            | CardTaskAction::Finish
            | CardTaskAction::GiveUp { .. }
            | CardTaskAction::Cancel
            | CardTaskAction::Renew(_) => Function::UseCardReader,
            CardTaskAction::Lapse => Function::ExecuteDeadline,
            CardTaskAction::EndWithCard => Function::FollowUp,
        }
    }

    fn subject(facts: &CardTaskFacts) -> &Subject {
        &facts.about_card.subject
    }

    /// Whoever may not do what the task is for may not have it done by a card client either.
    fn permitted(
        &self,
        by: &Actor,
        action: &CardTaskAction,
        facts: &CardTaskFacts,
    ) -> Result<(), Refusal> {
        let function = Self::function(action);
        permit(by, function, Self::subject(facts))?;
        if function == Function::UseCardReader {
            permit(by, self.kind.function(), Self::subject(facts))?;
        }
        Ok(())
    }

    fn decide(
        &self,
        by: &Actor,
        action: &CardTaskAction,
        facts: &CardTaskFacts,
        now: DateTime<Utc>,
    ) -> Result<CardTaskEvent, Refusal> {
        use CardTaskAction as A;
        use TaskStage as S;
        let kind = self.kind;
        match (action, self.stage) {
            (A::Renew(renewal), S::Offered | S::Begun | S::Failed) => {
                self.renew(by, renewal, facts, now)
            }
            (A::Lapse, S::Offered | S::Begun) => self.lapse(now),
            (A::EndWithCard, S::Offered | S::Begun) => Ok(CardTaskEvent::Cancelled { kind }),
            (_, S::Done | S::Failed | S::Cancelled | S::Lapsed) => Err(Refusal::TaskOver),
            (_, S::Offered | S::Begun) if self.is_overdue(now) => Err(Refusal::TaskOver),
            (
                A::Fetch {
                    with,
                    secret,
                    client,
                },
                S::Offered,
            ) => self.fetch(*with, *secret, client, now),
            // The code has been used.
            (A::Fetch { .. }, S::Begun) => Err(Refusal::TaskCodeGone),
            (A::Cancel, S::Offered | S::Begun) => Ok(CardTaskEvent::Cancelled { kind }),
            (A::AnswerChip, S::Begun) => self.answer(facts),
            (A::Prove { certificate }, S::Begun) => {
                let certificate = *certificate;
                Ok(CardTaskEvent::Proved { kind, certificate })
            }
            (A::Finish, S::Begun) => self.finish(facts),
            (A::GiveUp { cause }, S::Begun) => Ok(CardTaskEvent::GivenUp {
                kind,
                cause: cause.clone(),
            }),
            (A::AnswerChip | A::Prove { .. } | A::Finish | A::GiveUp { .. }, S::Offered) => {
                Err(Refusal::TaskNotBegun)
            }
        }
    }

    fn evolve(mut self, event: &CardTaskEvent, now: DateTime<Utc>) -> Self {
        let before = self.stage;
        self.stage = match event {
            CardTaskEvent::Offered { .. } => TaskStage::Offered,
            CardTaskEvent::Fetched { client, secret, .. } => {
                self.codes = None;
                self.secret = *secret;
                self.client = Some(client.clone());
                TaskStage::Begun
            }
            CardTaskEvent::ChipAnswered { .. } => {
                self.answers += 1;
                TaskStage::Begun
            }
            CardTaskEvent::Proved { certificate, .. } => {
                self.proved_at = self.proved_at.or(Some(now));
                self.proved_with = Some(*certificate);
                if self.kind.ends_with_proof() {
                    TaskStage::Done
                } else {
                    TaskStage::Begun
                }
            }
            CardTaskEvent::Finished { .. } => TaskStage::Done,
            CardTaskEvent::GivenUp { cause, .. } => {
                self.cause = Some(cause.clone());
                TaskStage::Failed
            }
            CardTaskEvent::Cancelled { .. } => TaskStage::Cancelled,
            CardTaskEvent::Renewed { owner, renewal, .. } => {
                self.renewed(*owner, renewal.as_deref(), now);
                TaskStage::Offered
            }
            CardTaskEvent::Lapsed { .. } => TaskStage::Lapsed,
        };
        if !self.stage.is_live() {
            self.codes = None;
        }
        if self.stage.is_over() {
            self.check = None;
        }
        if self.stage != before {
            self.since = now;
        }
        self.version += 1;
        self
    }

    fn consequences(
        &self,
        event: &CardTaskEvent,
        facts: &CardTaskFacts,
        _: DateTime<Utc>,
    ) -> Consequences {
        match event {
            CardTaskEvent::Finished {
                kind: TaskKind::FetchSigning,
            } => self.when_fetched(facts),
            CardTaskEvent::Offered { .. }
            | CardTaskEvent::Fetched { .. }
            | CardTaskEvent::ChipAnswered { .. }
            | CardTaskEvent::Proved { .. }
            | CardTaskEvent::Finished { .. }
            | CardTaskEvent::GivenUp { .. }
            | CardTaskEvent::Cancelled { .. }
            | CardTaskEvent::Renewed { .. }
            | CardTaskEvent::Lapsed { .. } => Consequences::default(),
        }
    }
}

impl CardTask {
    /// A task that is over, or whose time is, is not gone on with.
    pub(super) fn lives(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        if self.stage.is_live() && !self.is_overdue(now) {
            Ok(())
        } else {
            Err(Refusal::TaskOver)
        }
    }

    fn fetch(
        &self,
        with: Hashed,
        secret: Hashed,
        client: &str,
        now: DateTime<Utc>,
    ) -> Result<CardTaskEvent, Refusal> {
        let codes = self.codes.as_ref().ok_or(Refusal::TaskCodeGone)?;
        let theirs = with.0 == codes.code || with.0 == codes.token;
        if !theirs || now >= codes.until {
            return Err(Refusal::TaskCodeGone);
        }
        Ok(CardTaskEvent::Fetched {
            kind: self.kind,
            client: client.to_owned(),
            secret: Some(secret),
        })
    }

    /// The office answers cards whose codes it can set, for tasks that set one, and not for ever.
    fn answer(&self, facts: &CardTaskFacts) -> Result<CardTaskEvent, Refusal> {
        let product_number = facts.card.product_number.clone();
        if !self.kind.needs_office() || !unlock_ways(product_number.as_ref()).visit {
            return Err(Refusal::VisitDoesNotUnlock { product_number });
        }
        // Whoever chooses the code for signing has shown that the card is hers: with the other code.
        if self.kind == TaskKind::FetchSigning && self.proved_with.is_none() {
            return Err(Refusal::ProofNeeded);
        }
        if self.answers >= MOST_ANSWERS {
            return Err(Refusal::TooManyAnswers);
        }
        let kind = self.kind;
        Ok(CardTaskEvent::ChipAnswered { kind })
    }

    /// Whether what the kind is for has happened, as far as the card's things tell.
    #[must_use]
    pub fn is_complete(&self, facts: &CardTaskFacts) -> bool {
        match self.kind {
            TaskKind::FetchSigning => self.wanted(&facts.certificates).is_empty(),
            TaskKind::DeleteCertificate => on_the_card(facts, self.pair).is_err(),
            TaskKind::TestCard => true,
            TaskKind::Register
            | TaskKind::ChooseCode
            | TaskKind::UnlockVisit
            | TaskKind::SignReceipt => false,
        }
    }

    fn finish(&self, facts: &CardTaskFacts) -> Result<CardTaskEvent, Refusal> {
        let kind = self.kind;
        if kind != TaskKind::TestCard && self.proved_with.is_none() {
            return Err(Refusal::ProofNeeded);
        }
        if !self.is_complete(facts) {
            return Err(Refusal::CertificateNotThere);
        }
        Ok(CardTaskEvent::Finished { kind })
    }

    fn renew(
        &self,
        by: &Actor,
        renewal: &Renewal,
        facts: &CardTaskFacts,
        now: DateTime<Utc>,
    ) -> Result<CardTaskEvent, Refusal> {
        let owner = TaskOwner::of(by).ok_or(Refusal::NotYourRole)?;
        self.kind.may_be_offered(by, facts, now)?;
        complete(self.kind, renewal.pair, renewal.text.as_deref(), facts)?;
        signed_check(by, renewal.check.as_ref(), facts, now)?;
        Ok(CardTaskEvent::Renewed {
            kind: self.kind,
            owner,
            renewal: Some(Box::new(renewal.clone())),
        })
    }

    /// Whoever had it has it no more, and whoever fetches it proves the card again.
    fn renewed(&mut self, owner: TaskOwner, renewal: Option<&Renewal>, now: DateTime<Utc>) {
        // Nobody has a card opened with what another officer has seen.
        let own = self.check.take();
        self.check = own.filter(|_| self.owner.person == owner.person);
        self.owner = owner;
        self.secret = None;
        self.client = None;
        self.cause = None;
        self.proved_with = None;
        self.answers = 0;
        self.expires_at = now + LONGEST;
        if let Some(renewal) = renewal {
            self.language.clone_from(&renewal.language);
            self.pair = renewal.pair;
            self.text.clone_from(&renewal.text);
            self.check = renewal.check.clone().or(self.check.take());
            self.challenge = renewal.challenge;
            self.codes = Some(TaskCodes {
                until: renewal.codes.until.min(now + CODE_WAITS),
                ..renewal.codes.clone()
            });
        }
    }

    fn lapse(&self, now: DateTime<Utc>) -> Result<CardTaskEvent, Refusal> {
        if now < self.expires_at {
            let from = calendar::business_day(self.expires_at);
            return Err(Refusal::NotDue { from });
        }
        Ok(CardTaskEvent::Lapsed { kind: self.kind })
    }
}
