//! The interactive mode: numbered lines, a number and Enter.

use super::{Desk, Outcome};
use crate::words::Words;

/// The lines of the menu, in the order of their numbers from 1.
const LINES: [&str; 6] = [
    "menu-status",
    "menu-test",
    "menu-change",
    "menu-unlock",
    "menu-task",
    "menu-language",
];

impl Desk<'_> {
    /// Does what the holder chooses until she has finished.
    pub fn menu(&mut self) -> Outcome {
        self.say("menu-welcome");
        loop {
            self.show_menu();
            let Some(answer) = self.ask("menu-question") else {
                return Outcome::Well;
            };
            if answer == "0" {
                return Outcome::Well;
            }
            self.chosen(&answer);
        }
    }

    /// Each flow has said how it ended.
    fn chosen(&mut self, answer: &str) {
        match answer {
            "1" => _ = self.status(),
            "2" => _ = self.test(),
            "3" => _ = self.change_pin(None),
            "4" => _ = self.unlock(None),
            "5" => _ = self.fetch_task(None),
            "6" => self.words = Words::of(self.words.language().other()),
            _ => self.say("menu-not-understood"),
        }
    }

    fn show_menu(&mut self) {
        self.talk.say("");
        for (number, key) in (1_u32..).zip(LINES) {
            self.menu_line(&number.to_string(), key);
        }
        self.menu_line("0", "menu-end");
    }

    fn menu_line(&mut self, number: &str, key: &str) {
        let text = self.words.text(key);
        self.talk.say(&format!("{number}. {text}"));
    }
}
