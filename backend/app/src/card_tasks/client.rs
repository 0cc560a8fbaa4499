//! What card clients ask for: fetching a task, telling how far they have come, an answer to a chip's
//! question, and giving up.

use cards_domain::card_task::{
    CardTask, CardTaskAction, TaskCause, TaskKind, TaskReport, TaskStepName,
};
use cards_domain::ids::CardTaskId;
use cards_domain::refusal::Refusal;
use cards_store::Link;

use super::{FetchedTask, owner, secrets};
use crate::ports::QUESTION_BYTES;
use crate::work::give_up;
use crate::{App, Call, Failure};

/// A card client that has shown the secret of its task.
#[derive(Clone, Debug)]
pub struct Bearer {
    /// The task, as it stood then.
    pub task: CardTask,
    /// In whose name the card client acts.
    pub call: Call,
}

/// What a card client reports of card and reader.
pub type ClientReport = TaskReport;

impl App {
    /// Swaps a code, as it was typed, or a token for the task and the secret to go on with. `client`
    /// is name and version of the card client.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for what is wrong, used or too old: who tries is told nothing.
    pub fn fetch_task(
        &self,
        link: &mut Link,
        presented: &Presented,
        client: &str,
        correlation: &str,
    ) -> Result<FetchedTask, Failure> {
        let with = presented.hashed();
        let found = link.task_by_code(with)?.ok_or(Failure::NotFound)?;
        let call = owner::call(link, &found, correlation)?;
        let secret = secrets::secret(&*self.ports.entropy);
        let action = CardTaskAction::Fetch {
            with,
            secret: secrets::shown(&secret),
            client: client.to_owned(),
        };
        let fetched = self
            .ledger
            .act::<CardTask>(link, &call, found.id.0, &action);
        let task = fetched.map_err(|failure| {
            if matches!(failure, Failure::Refused(_)) {
                Failure::NotFound
            } else {
                failure
            }
        })?;
        let sheet = self.task_sheet(link, &Bearer { task, call })?;
        Ok(FetchedTask { secret, sheet })
    }

    /// The task whose secret a card client shows.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for another task's secret or none; [`Refusal::TaskOver`] when the task
    /// is done, called off or too old.
    pub fn task_bearer(
        &self,
        link: &mut Link,
        id: CardTaskId,
        secret: &str,
        correlation: &str,
    ) -> Result<Bearer, Failure> {
        let found = link.task_by_secret(secrets::shown(secret))?;
        let task = found.filter(|task| task.id == id);
        let task = task.ok_or(Failure::NotFound)?;
        if !task.stage.is_live() || task.is_overdue(link.now()) {
            return Err(Refusal::TaskOver.into());
        }
        let call = owner::call(link, &task, correlation)?;
        Ok(Bearer { task, call })
    }

    /// Notes a step that a card client has come to; the same one again changes nothing.
    ///
    /// # Errors
    /// The store fails.
    pub fn task_step(
        &self,
        link: &mut Link,
        bearer: &Bearer,
        (step, number): (TaskStepName, u8),
    ) -> Result<(), Failure> {
        Ok(link.note_task_step(bearer.task.id, step, number)?)
    }

    /// The office's answer to a question of the chip in the reader. The question is not kept, that
    /// it was answered stands in the log.
    ///
    /// # Errors
    /// Refused for tasks that choose no code, for cards whose code the office cannot set, and after
    /// the fifth; the office has no key.
    pub fn answer_chip(
        &self,
        link: &mut Link,
        bearer: &Bearer,
        question: &[u8; QUESTION_BYTES],
    ) -> Result<Vec<u8>, Failure> {
        let Bearer { task, call } = bearer;
        let action = CardTaskAction::AnswerChip;
        self.ledger
            .act::<CardTask>(link, call, task.id.0, &action)?;
        let card = link.card_for_errand(task.card)?;
        let number = card.and_then(|sheet| sheet.card.number);
        let number = number.ok_or(Failure::NotFound)?;
        let office = &self.ports.card_office;
        office
            .answer(&number, question)
            .map_err(|error| give_up(&error))
    }

    /// Keeps what a card client has found. A code that the card says is locked counts as locked from
    /// now on, and one that it says works, as opened; a test is done with it.
    ///
    /// # Errors
    /// The store fails.
    pub fn task_report(
        &self,
        link: &mut Link,
        bearer: &Bearer,
        report: &ClientReport,
    ) -> Result<(), Failure> {
        let Bearer { task, call } = bearer;
        link.keep_task_report(task.id, report)?;
        self.hear_of_codes(link, bearer, report)?;
        if task.kind != TaskKind::TestCard {
            return Ok(());
        }
        self.ledger
            .act::<CardTask>(link, call, task.id.0, &CardTaskAction::Finish)
            .map(drop)
    }

    /// The card client gives up; the task can be offered again.
    ///
    /// # Errors
    /// The task is over.
    pub fn give_up_task(
        &self,
        link: &mut Link,
        bearer: &Bearer,
        cause: TaskCause,
    ) -> Result<(), Failure> {
        let action = CardTaskAction::GiveUp { cause };
        let id = bearer.task.id.0;
        self.ledger
            .act::<CardTask>(link, &bearer.call, id, &action)
            .map(drop)
    }
}

/// What a card client fetches its task with.
#[derive(Clone, PartialEq, Eq)]
pub enum Presented {
    /// What somebody has typed.
    Code(String),
    /// What the link carried.
    Token(String),
}

impl std::fmt::Debug for Presented {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Presented(****)")
    }
}

impl Presented {
    fn hashed(&self) -> cards_domain::card_task::Hashed {
        match self {
            Self::Code(code) => secrets::shown(&secrets::as_typed(code)),
            Self::Token(token) => secrets::shown(token),
        }
    }
}
