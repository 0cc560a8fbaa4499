//! Card tasks: offered on a page, fetched by a card client, done with the card in a reader, and
//! followed on the page. Whoever offers a task owns it; what the card client does, it does in the
//! owner's name and with the owner's permissions of that moment.

mod certificates;
mod client;
mod codes;
mod owner;
mod proof;
mod secrets;
mod sheet;

use cards_domain::access::Actor;
use cards_domain::card::Card;
use cards_domain::card_task::{
    CardTask, CardTaskAction, CardTaskActionName, CardTaskRequest, LONGEST, Renewal, TaskKind,
    TaskOwner, TaskReport, TaskSide, TaskStage, TaskStep,
};
use cards_domain::certificate::Certificate;
use cards_domain::chip_code::VisitCheck;
use cards_domain::ids::{CardId, CardTaskId, PairId};
use cards_domain::offer::{Offer, Offered as _};
use cards_store::Link;
use cards_store::queries::CardSheet;
use chrono::{DateTime, Utc};

use crate::{App, Call, Failure};

pub use cards_store::card_tasks::TasksOfCard;
pub use client::{Bearer, ClientReport, Presented};
pub use proof::CardProof;
pub use secrets::as_typed;
pub use sheet::{FetchedTask, SheetCertificate, TaskSheet};

/// What somebody wants done with a card in a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskWish {
    /// What.
    pub kind: TaskKind,
    /// With which card.
    pub card: CardId,
    /// The language of the card client's texts: `en`, or else Swedish.
    pub language: String,
    /// For [`TaskKind::DeleteCertificate`]: the pair whose certificate for signing leaves the card.
    pub pair: Option<PairId>,
    /// For [`TaskKind::SignReceipt`]: the whole text that the holder has read, in the language of
    /// the page. The card client shows it and the card signs it.
    pub text: Option<String>,
    /// For [`TaskKind::UnlockVisit`]: what the officer has seen to and signed. The card is opened
    /// with it as soon as it has shown the new code.
    pub check: Option<VisitCheck>,
}

impl TaskWish {
    fn without_what_is_not_asked(self) -> Self {
        let language = if self.language == "en" { "en" } else { "sv" };
        Self {
            language: language.to_owned(),
            pair: self
                .pair
                .filter(|_| self.kind == TaskKind::DeleteCertificate),
            text: self.text.filter(|_| self.kind == TaskKind::SignReceipt),
            check: self.check.filter(|_| self.kind == TaskKind::UnlockVisit),
            ..self
        }
    }
}

/// A task that waits for a card client. Code and token are shown now and never again.
#[derive(Clone, PartialEq, Eq)]
pub struct OfferedTask {
    /// The task.
    pub id: CardTaskId,
    /// What is typed: `XXXX-XXXX`.
    pub code: String,
    /// What the link carries: base64url.
    pub token: String,
    /// Until when they can be used.
    pub until: DateTime<Utc>,
}

impl std::fmt::Debug for OfferedTask {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "OfferedTask({}, **** until {})", self.id, self.until)
    }
}

/// A task as its page shows it.
#[derive(Clone, Debug)]
pub struct TaskPage {
    /// The task. Over at [`CardTask::is_overdue`] even before that is noted.
    pub task: CardTask,
    /// Its card.
    pub card: CardSheet,
    /// What the card client has told, the oldest first.
    pub steps: Vec<TaskStep>,
    /// What it has found of card and reader.
    pub report: Option<TaskReport>,
    /// The certificates of the card that are not over.
    pub certificates: Vec<Certificate>,
    /// What the reader has to do with it.
    pub reach: Reach,
}

/// What the reader of a task's page has to do with the task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Whether the reader has offered it. The codes of others are nobody's business, and what they
    /// have begun is theirs to begin anew or to end.
    pub is_own: bool,
    /// Whether it could be offered again, by this reader and now.
    pub may_renew: bool,
    /// Whether the reader could call it off.
    pub may_cancel: bool,
    /// Who has it done, where that is an officer whose name is not protected.
    pub officer: Option<String>,
}

impl App {
    /// Offers a task. A task of the kind that the card has already, and that is not over or failed
    /// within the hour, is offered again with a new code: it goes on where it stopped, and the old
    /// code and whoever had fetched it are of no use any more.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a card that the caller may not see, and the refusals of
    /// [`TaskKind::may_be_offered`].
    pub fn offer_task(
        &self,
        link: &mut Link,
        call: &Call,
        wish: TaskWish,
    ) -> Result<OfferedTask, Failure> {
        let card = self.card_of(link, call, wish.card)?.card;
        let wish = wish.without_what_is_not_asked();
        let now = link.now();
        let drawn = secrets::draw(&*self.ports.entropy, now);
        let latest = link.latest_task(wish.card, wish.kind)?;
        let mut task = match latest.filter(|task| goes_on(task, now)) {
            Some(task) => self.renew_task(link, call, (task.id, &wish), &drawn)?,
            None => self.begin_task(link, call, (&card, &wish), &drawn)?,
        };
        // The same form again: nobody has the first code any more.
        if !drawn.opens(&task) {
            let anew = Call {
                request: None,
                ..call.clone()
            };
            task = self.renew_task(link, &anew, (task.id, &wish), &drawn)?;
        }
        Ok(drawn.offered(&task))
    }

    fn begin_task(
        &self,
        link: &mut Link,
        call: &Call,
        (card, wish): (&Card, &TaskWish),
        drawn: &secrets::Drawn,
    ) -> Result<CardTask, Failure> {
        let request = CardTaskRequest {
            id: CardTaskId(link.new_id()),
            card: card.id,
            person: card.person,
            kind: wish.kind,
            language: wish.language.clone(),
            pair: wish.pair,
            text: wish.text.clone(),
            check: wish.check.clone(),
            challenge: drawn.challenge,
            codes: drawn.codes.clone(),
        };
        self.ledger.begin::<CardTask>(link, call, &request)
    }

    fn renew_task(
        &self,
        link: &mut Link,
        call: &Call,
        (id, wish): (CardTaskId, &TaskWish),
        drawn: &secrets::Drawn,
    ) -> Result<CardTask, Failure> {
        let renewal = Renewal {
            language: wish.language.clone(),
            pair: wish.pair,
            text: wish.text.clone(),
            check: wish.check.clone(),
            challenge: drawn.challenge,
            codes: drawn.codes.clone(),
        };
        let action = CardTaskAction::Renew(Box::new(renewal));
        self.ledger.act::<CardTask>(link, call, id.0, &action)
    }

    /// Calls a task off.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a task of a card that the caller may not see; a refusal when it is
    /// over.
    pub fn cancel_task(&self, link: &mut Link, call: &Call, id: CardTaskId) -> Result<(), Failure> {
        self.seen_task(link, call, id)?;
        self.ledger
            .act::<CardTask>(link, call, id.0, &CardTaskAction::Cancel)
            .map(drop)
    }

    /// A task for its page: for the holder of the card, and for officers who may see the card.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for anybody else.
    pub fn task_page(
        &self,
        link: &mut Link,
        call: &Call,
        id: CardTaskId,
    ) -> Result<TaskPage, Failure> {
        link.reading(call.actor.office(), |link| {
            let (task, card) = self.seen_task(link, call, id)?;
            let certificates = card.parts.certificates.iter();
            let certificates = certificates.filter(|one| !one.stage.is_over());
            Ok(TaskPage {
                reach: self.reach(link, &call.actor, &task)?,
                steps: link.task_steps(id)?,
                report: link.task_report(id)?,
                certificates: certificates.cloned().collect(),
                task,
                card,
            })
        })
    }

    fn reach(&self, link: &mut Link, by: &Actor, task: &CardTask) -> Result<Reach, Failure> {
        let owner = task.owner;
        let is_own = TaskOwner::of(by).is_some_and(|own| own.is_same(owner));
        let officer = match owner.side {
            TaskSide::Officer if !is_own => link.name_of_actor(owner.person)?,
            TaskSide::Officer | TaskSide::Holder => None,
        };
        let facts = self.ledger.task_facts(link, by, task.card)?;
        let (facts, now) = (facts.ok_or(Failure::NotFound)?, link.now());
        let cancel = task.could(by, CardTaskActionName::Cancel, &facts, now);
        Ok(Reach {
            is_own,
            may_renew: is_own && task.kind.may_be_offered(by, &facts, now).is_ok(),
            may_cancel: is_own && cancel.is_ok(),
            officer,
        })
    }

    /// The newest task of each kind that a card has had, and when the card first proved itself. For
    /// a page whose card has been looked at.
    ///
    /// # Errors
    /// The store fails.
    pub fn tasks_of(&self, link: &mut Link, card: CardId) -> Result<TasksOfCard, Failure> {
        Ok(link.tasks_of(card)?)
    }

    /// What the newest finished test of a card has found, and when. For a page whose card has been
    /// looked at.
    ///
    /// # Errors
    /// The store fails.
    pub fn last_test(
        &self,
        link: &mut Link,
        card: CardId,
    ) -> Result<Option<(DateTime<Utc>, TaskReport)>, Failure> {
        Ok(link.last_report(card, TaskKind::TestCard)?)
    }

    /// What could be done with the card in a reader, and for the rest why not. For a page whose card
    /// has been looked at.
    ///
    /// # Errors
    /// The store fails.
    pub fn task_offers(
        &self,
        link: &mut Link,
        call: &Call,
        card: &CardSheet,
    ) -> Result<Vec<Offer<TaskKind>>, Failure> {
        let facts = self
            .ledger
            .task_facts(link, &call.actor, card.card.id)?
            .ok_or(Failure::NotFound)?;
        Ok(CardTask::offers(&call.actor, &facts, link.now()))
    }

    /// Ends the tasks whose time is over. Gives how many.
    ///
    /// # Errors
    /// The store fails.
    pub(crate) fn lapse_tasks(&self, link: &mut Link) -> Result<usize, Failure> {
        use cards_domain::access::SystemActor;
        let overdue = link.overdue_tasks(LAPSED_AT_ONCE)?;
        let items: Vec<_> = overdue
            .into_iter()
            .map(|id| (id.0, CardTaskAction::Lapse))
            .collect();
        if items.is_empty() {
            return Ok(0);
        }
        let call = self.system_call(SystemActor::Scheduler);
        self.ledger.act_many::<CardTask>(link, &call, &items)?;
        Ok(items.len())
    }

    /// A task with its card, for whoever may see the card.
    fn seen_task(
        &self,
        link: &mut Link,
        call: &Call,
        id: CardTaskId,
    ) -> Result<(CardTask, CardSheet), Failure> {
        let task = link.card_task(id)?.ok_or(Failure::NotFound)?;
        let card = self.card_of(link, call, task.card)?;
        Ok((task, card))
    }

    fn card_of(&self, link: &mut Link, call: &Call, id: CardId) -> Result<CardSheet, Failure> {
        self.seen(link, call, id).map(|(_, card)| card)
    }
}

/// The sweep comes every minute.
const LAPSED_AT_ONCE: i64 = 500;

/// Whether a task is offered again instead of a new one.
fn goes_on(task: &CardTask, now: DateTime<Utc>) -> bool {
    match task.stage {
        TaskStage::Offered | TaskStage::Begun => true,
        TaskStage::Failed => now - task.since < LONGEST,
        TaskStage::Done | TaskStage::Cancelled | TaskStage::Lapsed => false,
    }
}
