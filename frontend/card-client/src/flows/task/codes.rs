//! Choosing a code that the card asks the office for: at the counter, at a visit, and PIN2 before the
//! first certificate for signing.

use super::{Stop, Work};
use crate::card::{CardInfo, CodeState, Opening};
use crate::cause::Cause;
use crate::code::{Code, CodeName};
use crate::flows::Desk;
use crate::port::CardError;
use crate::task::{Step, TaskKind};
use crate::weak::Facts;

impl<'a> Desk<'a> {
    /// *Välj pin-kod* and *lås upp vid besök*: what is not set or locked gets a new code, and PIN1
    /// proves it.
    pub(super) fn choose_at_office(&mut self, work: &mut Work<'a>) -> Result<(), Stop> {
        let info = self.card_info(work)?;
        let mut needed = needed(work.sheet.kind, &info);
        if needed.is_empty() && work.pin1.is_none() && self.wants_anew(work) {
            needed.push(CodeName::Pin1);
        }
        for pin in needed {
            self.choose_pin(work, pin, &info)?;
        }
        self.prove_card(work)
    }

    /// A code that works already was chosen by an earlier run, or is forgotten.
    fn wants_anew(&mut self, work: &mut Work<'_>) -> bool {
        if work.anew.is_none() {
            self.say("task-choose-before");
            work.anew = Some(!self.agrees("task-choose-keep"));
        }
        work.anew == Some(true)
    }

    /// PIN2, unless it has been chosen.
    pub(super) fn have_signing_code(&mut self, work: &mut Work<'a>) -> Result<(), Stop> {
        let info = self.card_info(work)?;
        if info.pin2 != CodeState::NotSet {
            return Ok(());
        }
        self.say("task-choose-pin2");
        self.choose_pin(work, CodeName::Pin2, &info)
    }

    /// A new code: chosen twice, not weak, and set with the office's answer to the card's question.
    fn choose_pin(
        &mut self,
        work: &mut Work<'a>,
        pin: CodeName,
        info: &CardInfo,
    ) -> Result<(), Stop> {
        if info.opening == Opening::Nothing {
            self.tell(Cause::Unsupported);
            return Err(Stop::Told(Cause::Unsupported));
        }
        let new = self.new_code_for(work, pin, info)?;
        self.say("writing");
        let mut problem = None;
        let held = work.held.clone();
        let done = self
            .port
            .choose_with_office(&work.card, pin, &new, &mut |question| {
                let answer = held.card_challenge(question);
                answer.map_err(|error| problem = Some(error)).ok()
            });
        if let Some(problem) = problem {
            return Err(Stop::Office(problem));
        }
        match done {
            Ok(()) => {
                self.now_chosen(work, pin, new);
                self.step(work, Step::CodeChosen);
                let name = self.name(pin);
                self.say_with("changed", &[("name", name.into())]);
                Ok(())
            }
            Err(CardError::Uncertain) => {
                // If the card shows that a code was set, it is this one.
                *work.code(pin) = Some(new);
                Err(Stop::Card(CardError::Uncertain))
            }
            Err(CardError::BadForm) => {
                work.typed = None;
                self.say("card-refuses-code");
                Err(Stop::Told(Cause::WrongCode))
            }
            Err(error) => Err(Stop::Card(error)),
        }
    }

    fn now_chosen(&mut self, work: &mut Work<'_>, pin: CodeName, new: Code) {
        work.typed = None;
        *work.code(pin) = Some(new);
        // What was asked for has happened.
        work.anew = work.anew.map(|_| false);
    }

    /// The code that was typed before the card was pulled, or one that is chosen now.
    fn new_code_for(
        &mut self,
        work: &mut Work<'_>,
        pin: CodeName,
        info: &CardInfo,
    ) -> Result<Code, Stop> {
        if let Some((which, code)) = &work.typed
            && *which == pin
        {
            return Ok(code.clone());
        }
        let facts = self.facts_of(work);
        self.step(work, Step::CodeAsked);
        let new = self.new_code(pin, info, &facts, None).ok_or(Stop::Person)?;
        work.typed = Some((pin, new.clone()));
        Ok(new)
    }

    /// What the card shows of its holder, and what the sheet tells.
    fn facts_of(&self, work: &Work<'_>) -> Facts {
        let mut facts = self.facts(&work.card);
        facts.births.extend(work.sheet.birth());
        facts.numbers.push(work.sheet.card().digits().to_owned());
        facts
    }
}

/// The codes to be chosen, by the card itself: PIN2 has time until something is to be signed, unless
/// it is locked.
fn needed(kind: TaskKind, info: &CardInfo) -> Vec<CodeName> {
    let pins = CodeName::PINS.into_iter();
    pins.filter(|pin| match info.state(*pin) {
        CodeState::NotSet => *pin == CodeName::Pin1,
        CodeState::Locked => kind == TaskKind::UnlockVisit || *pin == CodeName::Pin1,
        CodeState::Working(_) | CodeState::Untold => false,
    })
    .collect()
}
