//! *Skriv under* the receipt of a card, with its own key for *legitimering* and PIN1.

use super::{Stop, Work};
use crate::cause::Cause;
use crate::flows::Desk;

impl<'a> Desk<'a> {
    /// Shows the whole text before it asks. Whoever has said yes is not asked again in the same run,
    /// whatever happened to code or card since.
    pub(super) fn sign_receipt(&mut self, work: &mut Work<'a>) -> Result<(), Stop> {
        let text = work.sheet.text.clone().unwrap_or_default();
        if text.trim().is_empty() {
            self.tell(Cause::UnknownTask);
            return Err(Stop::Told(Cause::UnknownTask));
        }
        if !work.agreed {
            self.say("receipt-text");
            for line in text.lines() {
                self.talk.say(&shown(line));
            }
            self.say("receipt-end");
            if !self.agrees("receipt-question") {
                return Err(Stop::Person);
            }
            work.agreed = true;
        }
        self.prove_card(work)
    }
}

/// A line as a terminal may show it. What is signed are the bytes of the text itself.
fn shown(line: &str) -> String {
    let visible = |sign: char| if sign.is_control() { '\u{FFFD}' } else { sign };
    line.chars().map(visible).collect()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_text_cannot_hide_a_part_of_itself_with_control_characters() {
        assert_eq!(
            shown("Jag\u{1b}[8m lovar\t"),
            "Jag\u{FFFD}[8m lovar\u{FFFD}"
        );
    }
}
