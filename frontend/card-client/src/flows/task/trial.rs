//! *Testa kortet* for a page: names the cause here and tells it there, with what was seen.

use super::Work;
use super::cards::the_card;
use crate::card::{Card, CardInfo, CodeState, Holds, Reader};
use crate::cause::{Cause, Weight};
use crate::diagnosis;
use crate::flows::{Desk, Outcome};
use crate::task::{Held, Report, Sheet, Tries};

/// What was found.
#[derive(Default)]
struct Seen {
    readers: usize,
    cards: usize,
    causes: Vec<Cause>,
    info: Option<CardInfo>,
}

impl<'a> Desk<'a> {
    pub(super) fn try_card(&mut self, held: &Held<'a>, sheet: &Sheet) -> Outcome {
        let seen = self.look(sheet);
        for cause in &seen.causes {
            self.tell(*cause);
        }
        let stops = seen
            .causes
            .iter()
            .any(|cause| cause.weight() == Weight::Stops);
        if !stops {
            self.say("test-well");
        }
        let report = seen.report(self.port.module());
        match self.calling(|| held.report(&report)) {
            Ok(()) => self.say("task-test-told"),
            Err(stop) => {
                if let super::Stop::Office(problem) = stop {
                    self.tell_problem(&problem);
                }
                return Outcome::NotWell;
            }
        }
        if stops {
            Outcome::NotWell
        } else {
            Outcome::Well
        }
    }

    /// A card that has locked a code is told of, so that the office knows it before anybody calls.
    pub(super) fn report_locked(&mut self, work: &Work<'_>) {
        let info = self.port.read_card_info(&work.card).ok();
        let seen = Seen {
            readers: self.port.readers().map_or(0, |readers| readers.len()),
            cards: 1,
            causes: Vec::new(),
            info,
        };
        let report = seen.report(self.port.module());
        if !report.locked.is_empty() {
            // What is not heard now is found by whoever opens the card.
            let _ = work.held.report(&report);
        }
    }

    fn look(&mut self, sheet: &Sheet) -> Seen {
        let readers = match self.port.readers() {
            Ok(readers) => readers,
            Err(error) => {
                return Seen {
                    causes: vec![error.into()],
                    ..Seen::default()
                };
            }
        };
        let there = |reader: &&Reader| !matches!(reader.holds, Holds::Nothing);
        let mut seen = Seen {
            readers: readers.len(),
            cards: readers.iter().filter(there).count(),
            ..Seen::default()
        };
        let wanted = Card {
            reader: String::new(),
            label: String::new(),
            number: sheet.card(),
        };
        match (
            diagnosis::cards(Ok(readers.clone()), None),
            the_card(&readers, &wanted),
        ) {
            (Err(cause), _) => seen.causes.push(cause),
            (Ok(_), Some(card)) => self.look_at(&card, &mut seen),
            (Ok(_), None) => seen.causes.push(Cause::WrongCard),
        }
        seen
    }

    fn look_at(&mut self, card: &Card, seen: &mut Seen) {
        self.name_card(card);
        let info = self.port.read_card_info(card);
        let certificates = self.port.list_certificates(card);
        match (info, certificates) {
            (Ok(info), Ok(certificates)) => {
                seen.causes = diagnosis::of_card(&info, &certificates, (self.outside.now)());
                seen.info = Some(info);
            }
            (Err(error), _) | (_, Err(error)) => seen.causes.push(error.into()),
        }
    }
}

impl Seen {
    fn report(&self, module: Option<String>) -> Report {
        let left = |state: Option<CodeState>| match state {
            Some(CodeState::Working(left)) => left,
            Some(CodeState::Locked) => Some(0),
            _ => None,
        };
        let state = |of: fn(&CardInfo) -> CodeState| self.info.as_ref().map(of);
        let (pin1, pin2, puk) = (
            state(|info| info.pin1),
            state(|info| info.pin2),
            state(|info| info.puk),
        );
        let named = [("pin1", pin1), ("pin2", pin2), ("puk", puk)];
        let locked = named
            .into_iter()
            .filter(|(_, state)| *state == Some(CodeState::Locked));
        Report {
            cause: self.causes.first().map(|cause| cause.code()),
            readers: self.readers,
            cards: self.cards,
            module,
            tries: Tries {
                pin1: left(pin1),
                pin2: left(pin2),
                puk: left(puk),
            },
            locked: locked.map(|(name, _)| name).collect(),
        }
    }
}
