//! Which card, and which code.

use super::{Desk, values_of};
use crate::card::Card;
use crate::code::CodeName;
use crate::diagnosis::{self, Cause};

impl Desk<'_> {
    /// The card to act on. Of several the holder chooses one; nothing is ever guessed.
    pub(super) fn choose(&mut self) -> Option<Card> {
        let cards = match diagnosis::cards(self.port.readers(), self.reader.as_deref()) {
            Ok(cards) => cards,
            Err(cause) => {
                self.tell(cause);
                return None;
            }
        };
        match cards.as_slice() {
            [only] => Some(only.clone()),
            several => self.choose_of(several),
        }
    }

    fn choose_of(&mut self, cards: &[Card]) -> Option<Card> {
        self.say("choose-several");
        for (number, card) in (1_u32..).zip(cards) {
            let mut values = values_of(card).to_vec();
            values.push(("number", number.to_string().into()));
            self.say_with("choose-line", &values);
        }
        let answer = self.ask("choose-question").unwrap_or_default();
        let chosen = answer
            .parse::<usize>()
            .ok()
            .and_then(|number| cards.get(number.checked_sub(1)?));
        if chosen.is_none() {
            self.tell(Cause::SeveralCards);
        }
        chosen.cloned()
    }

    /// Which of the two PINs, when it was not said before.
    pub(super) fn which_pin(&mut self, said: Option<CodeName>, question: &str) -> Option<CodeName> {
        if said.is_some() {
            return said;
        }
        self.talk.say(&self.words.text(question));
        for (number, pin) in ["1", "2"].into_iter().zip(CodeName::PINS) {
            let name = self.name(pin);
            self.say_with(
                "which-line",
                &[("number", number.into()), ("name", name.into())],
            );
        }
        let answer = self.ask("which-question");
        match answer.as_deref() {
            Some("1") => Some(CodeName::Pin1),
            Some("2") => Some(CodeName::Pin2),
            _ => {
                self.say("nothing-changed");
                None
            }
        }
    }
}
