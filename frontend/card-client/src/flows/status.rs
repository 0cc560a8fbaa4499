//! *Läget*: readers, cards, codes and certificates.

use super::{Desk, Outcome, values_of};
use crate::card::{Card, Certificate, CodeState, Holds, Identity, Usage};
use crate::code::CodeName;
use crate::diagnosis::{self, Cause};

impl Desk<'_> {
    /// Shows what is in the readers.
    pub fn status(&mut self) -> Outcome {
        let readers = match self.port.readers() {
            Ok(readers) if readers.is_empty() => return self.tell(Cause::NoReader),
            Ok(readers) => readers,
            Err(error) => return self.tell(error.into()),
        };
        let mut usable = false;
        for reader in &readers {
            self.say_with("status-reader", &[("reader", reader.name.clone().into())]);
            match &reader.holds {
                Holds::Nothing => self.say("status-empty"),
                Holds::Mute => self.say("status-mute"),
                Holds::Unknown => self.say("status-unknown"),
                Holds::Card(card) => usable |= self.status_of(card),
            }
        }
        if usable {
            return Outcome::Well;
        }
        match diagnosis::cards(Ok(readers), None) {
            Ok(_) => Outcome::NotWell,
            Err(cause) => self.tell(cause),
        }
    }

    fn status_of(&mut self, card: &Card) -> bool {
        self.say_with("status-card", &values_of(card));
        let Some(info) = self.info(card) else {
            return false;
        };
        for code in [CodeName::Pin1, CodeName::Pin2, CodeName::Puk] {
            let state = self.state(info.state(code));
            let name = self.name(code);
            self.say_with(
                "status-code",
                &[("name", name.into()), ("state", state.into())],
            );
        }
        match self.port.list_certificates(card) {
            Ok(certificates) => self.status_of_certificates(&certificates),
            Err(error) => {
                self.tell(error.into());
                return false;
            }
        }
        true
    }

    fn state(&self, state: CodeState) -> String {
        match state {
            CodeState::NotSet => self.words.text("state-not-set"),
            CodeState::Locked => self.words.text("state-locked"),
            CodeState::Untold => self.words.text("state-untold"),
            CodeState::Working(None) => self.words.text("state-working"),
            CodeState::Working(Some(left)) => {
                let tries = self.words.with("tries-left", &[("left", left.into())]);
                self.words.with("state-left", &[("tries", tries.into())])
            }
        }
    }

    fn status_of_certificates(&mut self, certificates: &[Certificate]) {
        let now = (self.outside.now)();
        for usage in [Usage::Authentication, Usage::Signature] {
            let own: Vec<&Certificate> = certificates
                .iter()
                .filter(|one| one.usage == usage)
                .collect();
            let name = self.words.text(match usage {
                Usage::Authentication => "usage-authentication",
                Usage::Signature => "usage-signature",
            });
            if own.is_empty() {
                self.say_with("certificate-none", &[("name", name.clone().into())]);
            }
            for one in own {
                let key = match (now < one.not_before, now > one.not_after) {
                    (true, _) => "certificate-early",
                    (_, true) => "certificate-expired",
                    _ => "certificate-valid",
                };
                let identity = self.words.text(match one.identity {
                    Identity::Work => "identity-work",
                    Identity::Personal => "identity-personal",
                    Identity::Other => "identity-other",
                });
                let values = [
                    ("name", name.clone().into()),
                    ("identity", identity.into()),
                    ("day", one.last_day.clone().into()),
                ];
                self.talk.say(&self.words.with(key, &values));
            }
        }
    }
}
