//! A task from the portal, from its code to its end. Nothing is remembered on the computer: what is
//! done is read from the card and from the office's sheet, at each round anew. So a card that is
//! pulled, a program that is killed and a line that breaks are all gone on from in the same way.

mod cards;
mod codes;
mod ends;
mod proof;
mod receipt;
mod removal;
mod signing;
#[cfg(test)]
mod tests;
mod trial;

use super::{Desk, Outcome};
use crate::card::Card;
use crate::cause::Cause;
use crate::code::{Code, CodeName};
use crate::port::{CardError, CardPort};
use crate::task::{Held, Problem, Sheet, Step, TaskKind, Ticket};
use std::cell::Cell;
use std::time::Duration;

/// How often a task is gone on with after something went wrong.
const ROUNDS: usize = 12;

/// How long the office is waited for before it is asked again, in seconds.
const WAITS: [u64; 4] = [1, 2, 4, 8];

/// Why a round ended before the task was done.
#[derive(Debug)]
enum Stop {
    /// The card failed or left; it may come back.
    Card(CardError),
    /// The card did not take a code.
    Code(CodeName, CardError),
    /// The office did not do as it was asked.
    Office(Problem),
    /// It cannot be done; the holder has been told why.
    Told(Cause),
    /// The holder does not go on.
    Person,
}

/// A task in hand. Codes are kept for as long as it lasts: each is asked for once.
struct Work<'a> {
    held: Held<'a>,
    sheet: Sheet,
    card: Card,
    /// Whether the card has been named to the holder.
    named: bool,
    pin1: Option<Code>,
    pin2: Option<Code>,
    /// A new code that was typed, and is not known to be on the card.
    typed: Option<(CodeName, Code)>,
    /// Whether the holder was asked for a new code though the old one works, and her answer.
    anew: Option<bool>,
    /// Whether the holder has read the text and wants to sign it.
    agreed: bool,
}

impl Work<'_> {
    fn code(&mut self, which: CodeName) -> &mut Option<Code> {
        match which {
            CodeName::Pin2 => &mut self.pin2,
            CodeName::Pin1 | CodeName::Puk => &mut self.pin1,
        }
    }
}

impl<'a> Desk<'a> {
    /// *Hämta en uppgift*: fetches a task and does it.
    pub fn fetch_task(&mut self, ticket: Option<Ticket>) -> Outcome {
        let office = match self.office {
            Ok(office) => office,
            Err(cause) => return self.tell(cause),
        };
        if !office.known {
            self.say_with("task-server", &[("host", office.host.to_owned().into())]);
            if !self.agrees("task-server-question") {
                return self.stopped();
            }
        }
        let Some(ticket) = ticket.or_else(|| self.ask_ticket()) else {
            return self.tell(Cause::NoSuchTask);
        };
        match self.calling(|| office.fetch(&ticket)) {
            Ok((held, sheet)) => self.take_up(held, sheet),
            Err(stop) => self.not_fetched(&stop),
        }
    }

    fn ask_ticket(&mut self) -> Option<Ticket> {
        let typed = self.ask("task-code-question")?;
        Ticket::code(&typed)
    }

    fn take_up(&mut self, held: Held<'a>, sheet: Sheet) -> Outcome {
        let title = match sheet.kind {
            TaskKind::Register => "task-register",
            TaskKind::FetchSigning => "task-fetch",
            TaskKind::ChooseCode => "task-choose",
            TaskKind::UnlockVisit => "task-unlock",
            TaskKind::SignReceipt => "task-receipt",
            TaskKind::DeleteCertificate => "task-delete",
            TaskKind::TestCard => "task-test",
            TaskKind::Unknown => {
                self.tell(Cause::UnknownTask);
                // The page tells it too, unless the line is gone.
                let _ = held.given_up(Cause::UnknownTask);
                return Outcome::NotWell;
            }
        };
        self.say(title);
        self.say("task-here");
        if sheet.kind == TaskKind::TestCard {
            return self.try_card(&held, &sheet);
        }
        let card = Card {
            reader: String::new(),
            label: String::new(),
            number: sheet.card(),
        };
        self.go_through(Work {
            held,
            sheet,
            card,
            named: false,
            pin1: None,
            pin2: None,
            typed: None,
            anew: None,
            agreed: false,
        })
    }

    fn go_through(&mut self, mut work: Work<'a>) -> Outcome {
        let mut stop = Stop::Person;
        for number in 0..ROUNDS {
            stop = match self.round(&mut work, number > 0) {
                Ok(()) => return self.task_done(&work),
                Err(stop) => stop,
            };
            if !self.goes_on(&mut work, &stop) {
                break;
            }
        }
        self.not_done(&work, &stop)
    }

    /// Once from the card and the sheet to the end.
    fn round(&mut self, work: &mut Work<'a>, again: bool) -> Result<(), Stop> {
        if again {
            work.sheet = self.calling(|| work.held.sheet())?;
        }
        if work.sheet.kind == TaskKind::Register && work.sheet.registered {
            return Ok(());
        }
        self.find_card(work)?;
        match work.sheet.kind {
            TaskKind::Register => self.prove_card(work),
            TaskKind::SignReceipt => self.sign_receipt(work),
            TaskKind::FetchSigning => self.fetch_signing(work),
            TaskKind::ChooseCode | TaskKind::UnlockVisit => self.choose_at_office(work),
            TaskKind::DeleteCertificate => self.delete_signing(work),
            // They never come so far.
            TaskKind::TestCard | TaskKind::Unknown => Err(Stop::Told(Cause::UnknownTask)),
        }
    }

    /// Calls the office. One that does not answer is asked again, and the holder hears of it.
    fn calling<T>(&mut self, call: impl Fn() -> Result<T, Problem>) -> Result<T, Stop> {
        loop {
            for (number, wait) in WAITS.into_iter().enumerate() {
                match call() {
                    Err(Problem::NoContact) => {}
                    done => return done.map_err(Stop::Office),
                }
                if number == 0 {
                    self.say("task-no-contact");
                }
                (self.outside.pause)(Duration::from_secs(wait));
            }
            match call() {
                Err(Problem::NoContact) if self.agrees("task-contact-question") => {}
                done => return done.map_err(Stop::Office),
            }
        }
    }

    /// A call after which the task may be over: asked again, an office that has heard says so.
    fn calling_last(&mut self, call: impl Fn() -> Result<(), Problem>) -> Result<(), Stop> {
        let unheard = Cell::new(false);
        self.calling(|| match call() {
            Err(Problem::TaskOver) if unheard.get() => Ok(()),
            done => {
                unheard.set(unheard.get() || done == Err(Problem::NoContact));
                done
            }
        })
    }

    /// Tells a step. The page is the poorer without it, and nothing else.
    fn step(&self, work: &Work<'_>, step: Step) {
        let _ = work.held.step(step);
    }

    /// Does something that takes a code, which is asked for unless it is known.
    fn with_code<T>(
        &mut self,
        work: &mut Work<'_>,
        which: CodeName,
        act: impl FnOnce(&dyn CardPort, &Card, &Code) -> Result<T, CardError>,
    ) -> Result<T, Stop> {
        let code = self.code_of(work, which)?;
        act(self.port, &work.card, &code).map_err(|error| match error {
            CardError::Wrong | CardError::Locked | CardError::NotSet | CardError::BadForm => {
                Stop::Code(which, error)
            }
            other => Stop::Card(other),
        })
    }
}
