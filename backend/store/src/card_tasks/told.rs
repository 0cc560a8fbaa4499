//! What card clients tell on their way: steps and reports.

use cards_domain::card_task::{TaskKind, TaskReport, TaskStep, TaskStepName};
use cards_domain::ids::{CardId, CardTaskId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::schema::{card_task, card_task_report, card_task_step};

/// The highest number of a step.
const MOST: i32 = 99;

impl Link {
    /// Notes a step, the first time that it is told. That the card is away or there again is noted
    /// each time that it has become so.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn note_task_step(
        &mut self,
        task: CardTaskId,
        step: TaskStepName,
        number: u8,
    ) -> Result<(), StoreError> {
        let number = match step {
            TaskStepName::WaitingForCard | TaskStepName::CardFound => self.next_time(task, step)?,
            TaskStepName::CodeAsked
            | TaskStepName::CodeChosen
            | TaskStepName::KeyMade
            | TaskStepName::RequestSent
            | TaskStepName::CertificateWritten
            | TaskStepName::OldRemoved => Some(i32::from(number)),
        };
        let Some(number) = number else { return Ok(()) };
        let now = self.now();
        diesel::insert_into(card_task_step::table)
            .values((
                card_task_step::task_id.eq(task.0),
                card_task_step::step.eq(<&str>::from(step)),
                card_task_step::number.eq(number),
                card_task_step::at.eq(now),
            ))
            .on_conflict_do_nothing()
            .execute(&mut self.conn)?;
        Ok(())
    }

    /// The number that puts a step after all others; none where it is the last one already, or there
    /// are no numbers left.
    fn next_time(
        &mut self,
        task: CardTaskId,
        step: TaskStepName,
    ) -> Result<Option<i32>, StoreError> {
        let told: Vec<(String, i32)> = card_task_step::table
            .filter(card_task_step::task_id.eq(task.0))
            .order((card_task_step::at, card_task_step::number))
            .select((card_task_step::step, card_task_step::number))
            .load(&mut self.conn)?;
        if told
            .last()
            .is_some_and(|(last, _)| last == <&str>::from(step))
        {
            return Ok(None);
        }
        let next = told.iter().map(|(_, number)| number + 1).max();
        Ok(Some(next.unwrap_or(0)).filter(|next| *next <= MOST))
    }

    /// The steps of a task, in the order in which they were told.
    ///
    /// # Errors
    /// The database cannot be asked, or a row is not what it must be.
    pub fn task_steps(&mut self, task: CardTaskId) -> Result<Vec<TaskStep>, StoreError> {
        let rows: Vec<(String, DateTime<Utc>)> = card_task_step::table
            .filter(card_task_step::task_id.eq(task.0))
            .order((card_task_step::at, card_task_step::number))
            .select((card_task_step::step, card_task_step::at))
            .load(&mut self.conn)?;
        rows.into_iter()
            .map(|(step, at)| {
                let step = step.parse();
                let step = step.map_err(|_| unreadable("card_task_step", "step"))?;
                Ok(TaskStep { step, at })
            })
            .collect()
    }

    /// Keeps what a card client has found, in place of what it had found before.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn keep_task_report(
        &mut self,
        task: CardTaskId,
        report: &TaskReport,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let written = serde_json::to_value(report);
        let written = written.map_err(|_| unreadable("card_task_report", "report"))?;
        let found = (
            card_task_report::report.eq(written),
            card_task_report::at.eq(now),
        );
        diesel::insert_into(card_task_report::table)
            .values((card_task_report::task_id.eq(task.0), found.clone()))
            .on_conflict(card_task_report::task_id)
            .do_update()
            .set(found)
            .execute(&mut self.conn)?;
        Ok(())
    }

    /// The newest report of a task of this kind that a card has had, and when it came. A task that was
    /// asked for after that and has told nothing yet changes nothing.
    ///
    /// # Errors
    /// The database cannot be asked, or the row is not what it must be.
    pub fn last_report(
        &mut self,
        card: CardId,
        kind: TaskKind,
    ) -> Result<Option<(DateTime<Utc>, TaskReport)>, StoreError> {
        let found: Option<(DateTime<Utc>, Value)> = card_task_report::table
            .inner_join(card_task::table.on(card_task::id.eq(card_task_report::task_id)))
            .filter(card_task::card_id.eq(card.0))
            .filter(card_task::kind.eq(<&str>::from(kind)))
            .order((card_task_report::at.desc(), card_task::id.desc()))
            .select((card_task_report::at, card_task_report::report))
            .first(&mut self.conn)
            .optional()?;
        let Some((at, report)) = found else {
            return Ok(None);
        };
        let report = serde_json::from_value(report);
        let report = report.map_err(|_| unreadable("card_task_report", "report"))?;
        Ok(Some((at, report)))
    }

    /// What the card client has found of card and reader.
    ///
    /// # Errors
    /// The database cannot be asked, or the row is not what it must be.
    pub fn task_report(&mut self, task: CardTaskId) -> Result<Option<TaskReport>, StoreError> {
        let found: Option<Value> = card_task_report::table
            .find(task.0)
            .select(card_task_report::report)
            .first(&mut self.conn)
            .optional()?;
        let read = found.map(serde_json::from_value).transpose();
        read.map_err(|_| unreadable("card_task_report", "report"))
    }
}
