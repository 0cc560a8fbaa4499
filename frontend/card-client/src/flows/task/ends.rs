//! How a task ends, and whether it is gone on with after something went wrong.

use super::{Stop, Work};
use crate::card::CodeState;
use crate::cause::Cause;
use crate::code::CodeName;
use crate::flows::{Desk, Outcome};
use crate::port::CardError;
use crate::task::{Problem, Step, TaskKind};
use std::time::Duration;

/// How long is waited after the office did not answer a card's question.
const PAUSE: Duration = Duration::from_secs(2);

impl Desk<'_> {
    /// Nothing was fetched, so nothing was done.
    pub(super) fn not_fetched(&mut self, stop: &Stop) -> Outcome {
        if let Stop::Office(problem) = stop {
            self.tell_problem(problem);
        }
        self.stopped()
    }

    pub(super) fn task_done(&mut self, work: &Work<'_>) -> Outcome {
        self.say(match work.sheet.kind {
            TaskKind::Register if work.sheet.registered => "task-register-before",
            TaskKind::Register => "task-register-done",
            TaskKind::FetchSigning => "task-fetch-done",
            TaskKind::ChooseCode | TaskKind::UnlockVisit => "task-choose-done",
            TaskKind::SignReceipt => "task-receipt-done",
            TaskKind::DeleteCertificate => "task-delete-done",
            TaskKind::TestCard | TaskKind::Unknown => "test-well",
        });
        Outcome::Well
    }

    /// Whether there is another round.
    pub(super) fn goes_on(&mut self, work: &mut Work<'_>, stop: &Stop) -> bool {
        match stop {
            Stop::Card(
                CardError::Gone | CardError::Uncertain | CardError::OtherCard | CardError::Failed,
            ) => self.waits_for_card(work),
            Stop::Code(which, CardError::Wrong) => self.asks_again(work, *which),
            // Only while the card waited for the office's answer: other calls have waited already.
            Stop::Office(Problem::NoContact) if work.typed.is_some() => {
                self.say("task-no-contact");
                (self.outside.pause)(PAUSE);
                true
            }
            _ => false,
        }
    }

    fn waits_for_card(&mut self, work: &mut Work<'_>) -> bool {
        self.say("task-interrupted");
        self.step(work, Step::WaitingForCard);
        let answer = self.ask("task-put-back");
        answer.is_some_and(|answer| !answer.to_lowercase().starts_with('n'))
    }

    fn asks_again(&mut self, work: &mut Work<'_>, which: CodeName) -> bool {
        *work.code(which) = None;
        let name = self.name(which);
        self.say_with("wrong-code", &[("name", name.into())]);
        // The next round asks before the last try.
        let info = self.port.read_card_info(&work.card);
        if let Ok(CodeState::Working(Some(left))) = info.map(|info| info.state(which)) {
            let tries = self.words.with("tries-left", &[("left", left.into())]);
            self.say_with("wrong-left", &[("tries", tries.into())]);
        }
        true
    }

    /// Says why, on the screen and on the page, and how it is gone on with.
    pub(super) fn not_done(&mut self, work: &Work<'_>, stop: &Stop) -> Outcome {
        let cause = match stop {
            Stop::Card(error) => self.told(Cause::from(*error)),
            Stop::Code(CodeName::Pin2, CardError::Locked) => self.told(Cause::Pin2Locked),
            Stop::Code(CodeName::Pin2, CardError::NotSet) => self.told(Cause::Pin2NotSet),
            Stop::Code(_, error) => self.told(Cause::from(*error)),
            Stop::Office(problem) => {
                self.tell_problem(problem);
                problem.cause()
            }
            Stop::Told(cause) => *cause,
            Stop::Person => Cause::Stopped,
        };
        if !matches!(stop, Stop::Office(Problem::TaskOver | Problem::NoSuchTask)) {
            self.report_locked(work);
            // A line that is gone cannot tell it; the task then waits until its time is over.
            let _ = work.held.given_up(cause);
            self.say("task-kept");
        }
        Outcome::NotWell
    }

    fn told(&mut self, cause: Cause) -> Cause {
        self.tell(cause);
        cause
    }

    pub(super) fn tell_problem(&mut self, problem: &Problem) {
        if let Problem::Refused(text) = problem
            && !text.is_empty()
        {
            self.say_with("task-office-says", &[("text", text.clone().into())]);
        }
        self.tell(problem.cause());
    }
}
