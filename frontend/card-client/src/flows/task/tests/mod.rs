//! Tasks with a card and an office in memory.

mod certificates;
mod codes;
mod plain;
mod pulled;

use crate::card::Opening;
use crate::code::{Code, CodeName};
use crate::fake::FakeCards;
use crate::flows::{Desk, Outcome, Outside};
use crate::office::{CODE, PretendOffice};
use crate::talk::Talk;
use crate::task::key_id::is_own;
use crate::task::{Office, Ticket, hash_of_key};
use crate::words::{Language, Words};
use zeroize::Zeroizing;

const PIN1: &str = "147258";
const PIN2: &str = "258369";
const NEW: &str = "802417";
const NUMBER: &str = "975200000123";

/// A person who answers what she is asked, whenever that is.
struct Person {
    said: Vec<String>,
    pin1: &'static str,
    pin2: &'static str,
    new: Vec<&'static str>,
    /// Whether she puts the card back; otherwise she goes away.
    patient: bool,
    /// What she answers to other questions.
    yes: &'static str,
}

impl Person {
    fn new() -> Self {
        Self {
            said: Vec::new(),
            pin1: PIN1,
            pin2: PIN2,
            new: vec![NEW],
            patient: true,
            yes: "ja",
        }
    }

    fn text(&self) -> String {
        self.said.join("\n")
    }
}

impl Talk for Person {
    fn say(&mut self, line: &str) {
        self.said.push(line.to_owned());
    }

    fn ask(&mut self, question: &str) -> Option<String> {
        self.say(question);
        if question.contains("Sätt ") {
            return self.patient.then(String::new);
        }
        Some(self.yes.into())
    }

    fn ask_code(&mut self, question: &str, _: &Words) -> Option<Code> {
        self.say(question);
        let typed = if question.contains("en gång till") {
            self.new.first().copied()
        } else if question.contains("Skriv en ny") {
            if self.new.len() > 1
                && self
                    .said
                    .iter()
                    .any(|line| line.contains("går inte att välja"))
            {
                self.new.remove(0);
            }
            self.new.first().copied()
        } else if question.contains("(PIN1)") {
            Some(self.pin1)
        } else {
            Some(self.pin2)
        };
        typed.map(|typed| Code::typed(&Zeroizing::new(typed.to_owned())))
    }
}

/// A card in a reader, and the office that has a task for it.
struct Scene {
    cards: FakeCards,
    office: PretendOffice,
}

impl Scene {
    fn new(kind: &'static str) -> Self {
        let cards = FakeCards::new();
        let turned = |asked: &[u8]| asked.iter().rev().copied().collect();
        let office = PretendOffice::new(kind, NUMBER, Box::new(turned));
        let public = cards.chest.add_key(CodeName::Pin1, &[1]);
        let certificate = office.certify(&public, "person_id", "authentication");
        cards.chest.certify(&[1], &certificate);
        office.knows("person_id", "authentication", "active", &certificate);
        Self { cards, office }
    }

    /// A card of 7xx with codes that have not been chosen.
    fn seven(kind: &'static str, unset: [bool; 2]) -> Self {
        let scene = Self::new(kind);
        {
            let mut chip = scene.cards.chip.borrow_mut();
            chip.opening = Opening::Visit;
            chip.unset = unset;
        }
        scene
    }

    /// A pair for signing that the office knows at this stage.
    fn with_pair(self, id: &[u8], profile: &'static str, stage: &'static str) -> Self {
        let public = self.cards.chest.add_key(CodeName::Pin2, id);
        let certificate = self.office.certify(&public, profile, "signature");
        self.cards.chest.certify(id, &certificate);
        self.office.knows(profile, "signature", stage, &certificate);
        self
    }

    fn run(&self, person: &mut Person) -> Outcome {
        self.run_in(Language::Swedish, person, true)
    }

    fn run_in(&self, language: Language, person: &mut Person, known: bool) -> Outcome {
        let mut desk = Desk {
            port: &self.cards,
            talk: person,
            words: Words::of(language),
            outside: Outside {
                now: &|| 1_800_000_000,
                challenge: &|| Some([7; 32]),
                pause: &|_| {},
            },
            reader: None,
            office: Ok(Office {
                wire: &self.office,
                host: "kort.example",
                known,
            }),
        };
        desk.fetch_task(Ticket::code(CODE))
    }

    fn steps(&self) -> Vec<String> {
        self.office.books().steps.clone()
    }

    fn cause(&self) -> Option<String> {
        self.office.books().given_up.clone()
    }

    /// On the card there are these many working pairs for signing, each of which the office has as
    /// active, and nothing else.
    fn has_exactly(&self, pairs: usize) {
        let kept = self.cards.chest.pairs();
        assert_eq!(kept.len(), pairs, "{kept:?}");
        for pair in kept {
            let key = pair.whole().unwrap_or_else(|| panic!("{pair:?}"));
            let certificate = pair.certificate.clone().unwrap();
            let certified = crate::certificates::public_key(&certificate).unwrap();
            assert_eq!(key, certified);
            let books = self.office.books();
            let mut active = books.entries.iter().filter(|one| one.stage == "active");
            assert!(active.any(|one| one.key == hash_of_key(key) && one.der == certificate));
            assert!(is_own(&pair.id), "{pair:?}");
        }
    }
}

fn says(person: &Person, parts: &[&str]) {
    for part in parts {
        assert!(
            person.text().contains(part),
            "{part} is not in:\n{}",
            person.text()
        );
    }
}
