//! What a holder can do, step by step, as a conversation. Each flow names the card it will act on
//! before it acts.

mod change;
mod choose;
mod menu;
mod new_code;
mod status;
mod task;
mod test;
#[cfg(test)]
mod tests;
mod uncertain;
mod unlock;

use crate::card::{Card, CardInfo, CodeState, Opening};
use crate::code::CodeName;
use crate::diagnosis::Cause;
use crate::port::{CardError, CardPort};
use crate::proof::CHALLENGE;
use crate::talk::Talk;
use crate::task::Office;
use crate::words::{Value, Words};
use std::time::Duration;

/// How a flow ended; the program's exit status.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Done, or everything is well.
    Well,
    /// Not done, or something is wrong.
    NotWell,
}

/// What the flows get from outside.
pub struct Outside<'a> {
    /// Seconds since 1970.
    pub now: &'a dyn Fn() -> i64,
    /// Random bytes for a challenge; `None` when the system has none.
    pub challenge: &'a dyn Fn() -> Option<[u8; CHALLENGE]>,
    /// Waits.
    pub pause: &'a dyn Fn(Duration),
}

/// A holder at her computer.
pub struct Desk<'a> {
    /// The readers and cards.
    pub port: &'a dyn CardPort,
    /// The conversation.
    pub talk: &'a mut dyn Talk,
    /// In which language.
    pub words: Words,
    /// Clock and randomness.
    pub outside: Outside<'a>,
    /// A piece of the reader's name, when the holder gave one.
    pub reader: Option<String>,
    /// Where tasks come from, or why they cannot.
    pub office: Result<Office<'a>, Cause>,
}

impl Desk<'_> {
    fn say(&mut self, key: &str) {
        self.talk.say(&self.words.text(key));
    }

    fn say_with(&mut self, key: &str, values: &[(&'static str, Value<'_>)]) {
        self.talk.say(&self.words.with(key, values));
    }

    fn ask(&mut self, key: &str) -> Option<String> {
        self.talk.ask(&self.words.text(key))
    }

    /// Whether the holder answers a question with yes. Anything else is no.
    fn agrees(&mut self, key: &str) -> bool {
        let answer = self.ask(key).unwrap_or_default().to_lowercase();
        // Both languages' words, whichever the question was asked in.
        ["j", "ja", "y", "yes"].contains(&answer.as_str())
    }

    fn name(&self, code: CodeName) -> String {
        self.words.text(code.key())
    }

    /// Says what is wrong, what to do, and what to tell the servicedesk.
    fn tell(&mut self, cause: Cause) -> Outcome {
        let text = self.words.text(&cause.cause_key());
        self.say_with("cause", &[("text", text.into())]);
        let step = self.words.text(&cause.step_key());
        self.say_with("step", &[("text", step.into())]);
        self.say_with("desk-code", &[("code", cause.code().into())]);
        Outcome::NotWell
    }

    /// Says which card will be acted on.
    fn name_card(&mut self, card: &Card) {
        self.say_with("this-card", &values_of(card));
    }

    fn info(&mut self, card: &Card) -> Option<CardInfo> {
        match self.port.read_card_info(card) {
            Ok(info) => Some(info),
            Err(error) => {
                self.tell(error.into());
                None
            }
        }
    }

    /// Says how many tries a code has left after a wrong one, and what that means.
    fn tell_tries(&mut self, card: &Card, code: CodeName) {
        let Ok(info) = self.port.read_card_info(card) else {
            return;
        };
        match info.state(code) {
            CodeState::Working(Some(left)) => {
                let tries = self.words.with("tries-left", &[("left", left.into())]);
                self.say_with("wrong-left", &[("tries", tries.into())]);
                if left == 1 {
                    self.warn_of_last_try(&info, code);
                }
            }
            CodeState::Locked => {
                self.tell_locked(&info, code);
            }
            _ => {}
        }
    }

    /// What a last wrong try leads to.
    fn warn_of_last_try(&mut self, info: &CardInfo, code: CodeName) {
        let name = self.name(code);
        self.say_with("last-try", &[("name", name.into())]);
        match (code, info.opening) {
            (CodeName::Puk, Opening::Visit) => self.say("last-puk-visit"),
            (CodeName::Puk, Opening::Nothing) => self.say("last-puk-nothing"),
            (CodeName::Puk, Opening::Untold) => self.say("last-puk-untold"),
            (_, Opening::Visit) if info.puk == CodeState::Locked => self.say("last-pin-visit"),
            (_, _) if info.puk == CodeState::Locked => self.say("last-pin-nothing"),
            (_, _) => self.say("last-pin"),
        }
    }

    /// Says that a code is locked, that this is not the end of the card, and what opens it.
    fn tell_locked(&mut self, info: &CardInfo, code: CodeName) -> Outcome {
        let name = self.name(code);
        self.say_with("locked-now", &[("name", name.into())]);
        self.say("locked-is-not-revoked");
        let puk_locked = info.puk == CodeState::Locked;
        match (puk_locked, info.opening) {
            (false, _) => self.say("locked-open-with-puk"),
            (true, Opening::Visit) => self.say("puk-locked-visit"),
            (true, Opening::Nothing) => self.say("puk-locked-nothing"),
            (true, Opening::Untold) => self.say("puk-locked-untold"),
        }
        let cause = match (code, info.opening) {
            (CodeName::Pin1, _) => Cause::Pin1Locked,
            (CodeName::Pin2, _) => Cause::Pin2Locked,
            (CodeName::Puk, Opening::Visit) => Cause::PukLockedVisit,
            (CodeName::Puk, _) => Cause::PukLocked,
        };
        self.say_with("desk-code", &[("code", cause.code().into())]);
        Outcome::NotWell
    }

    /// Says that a code is chosen when the card is activated.
    fn tell_not_set(&mut self, code: CodeName) -> Outcome {
        self.tell(match code {
            CodeName::Pin2 => Cause::Pin2NotSet,
            CodeName::Pin1 | CodeName::Puk => Cause::Pin1NotSet,
        })
    }

    /// Before the last try the holder is asked whether she really wants it.
    fn dares(&mut self, info: &CardInfo, code: CodeName) -> bool {
        if info.state(code) != CodeState::Working(Some(1)) {
            return true;
        }
        self.warn_of_last_try(info, code);
        let dares = self.agrees("last-try-question");
        if !dares {
            self.say("nothing-changed");
        }
        dares
    }

    /// The holder gave up, or there is nobody to answer.
    fn stopped(&mut self) -> Outcome {
        self.say("nothing-changed");
        Outcome::NotWell
    }

    /// What every act may fail with, where the flow has nothing better to say.
    fn failed(&mut self, error: CardError) -> Outcome {
        let outcome = self.tell(error.into());
        self.say("nothing-changed");
        outcome
    }
}

/// The placeholders by which a card is named.
fn values_of(card: &Card) -> [(&'static str, Value<'static>); 3] {
    [
        ("label", card.label.clone().into()),
        ("digits", card.number.last_four().to_owned().into()),
        ("reader", card.reader.clone().into()),
    ]
}
