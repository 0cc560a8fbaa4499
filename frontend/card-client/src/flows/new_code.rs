//! Choosing a new code: twice the same, and none that a thief would try first.

use super::Desk;
use crate::card::{Card, CardInfo};
use crate::certificates;
use crate::code::{Code, CodeName};
use crate::weak::{Facts, Weakness, weakness};

/// How often somebody may try to choose.
const ATTEMPTS: usize = 5;

/// A code that the new one must not be, and why.
pub(super) struct Known<'a> {
    pub code: &'a Code,
    pub why: Weakness,
}

impl Desk<'_> {
    /// A code that is on the card already. One that cannot be right is not sent: it would cost a try.
    pub(super) fn code_in_use(&mut self, code: CodeName, info: &CardInfo) -> Option<Code> {
        for _ in 0..ATTEMPTS {
            let name = self.name(code);
            let question = self.words.with("type-code", &[("name", name.into())]);
            let typed = self.talk.ask_code(&question, &self.words)?;
            if typed.is_empty() {
                return None;
            }
            if typed.has_form(&info.lengths) {
                return Some(typed);
            }
            self.say_with("not-a-code", &lengths(info));
        }
        None
    }

    /// A new code, typed twice and not weak. In between nothing is sent to the card: it is not even
    /// read, because the terminal shows what is typed while the program is busy between two questions.
    pub(super) fn new_code(
        &mut self,
        pin: CodeName,
        info: &CardInfo,
        facts: &Facts,
        known: Option<&Known<'_>>,
    ) -> Option<Code> {
        self.say_with("new-code-rules", &lengths(info));
        for _ in 0..ATTEMPTS {
            let name = self.name(pin);
            let question = self.words.with("type-new", &[("name", name.into())]);
            let new = self.talk.ask_code(&question, &self.words)?;
            if new.is_empty() {
                return None;
            }
            let taken = known.filter(|known| new == *known.code);
            let weak = taken
                .map(|known| known.why)
                .or_else(|| weakness(new.digits(), &info.lengths, facts));
            if let Some(weak) = weak {
                let why = self.words.with(weak.key(), &lengths(info));
                self.say_with("weak", &[("why", why.into())]);
                continue;
            }
            let again = self
                .talk
                .ask_code(&self.words.text("type-again"), &self.words)?;
            if again == new {
                return Some(new);
            }
            self.say("not-the-same");
        }
        None
    }

    /// What the card shows of its holder, to be read before anything is asked. A card that shows nothing must not keep anybody from
    /// changing a code.
    pub(super) fn facts(&self, card: &Card) -> Facts {
        let certificates = self.port.list_certificates(card).unwrap_or_default();
        certificates::facts(&card.number, &certificates)
    }
}

fn lengths(info: &CardInfo) -> [(&'static str, crate::words::Value<'static>); 2] {
    let number = |length: &usize| length.to_string().into();
    [
        ("least", number(info.lengths.start())),
        ("most", number(info.lengths.end())),
    ]
}
