//! A card in memory, and a conversation that is written down: for tests of the flows.

use crate::card::{
    Card, CardInfo, CardNumber, Certificate, CodeState, Holds, Opening, Pair, Reader,
};
use crate::code::{Code, CodeName};
use crate::fake_chip::Chest;
use crate::port::{Answering, CardError, CardPort, LookError};
use crate::talk::Talk;
use crate::words::Words;
use std::cell::RefCell;
use std::collections::VecDeque;
use zeroize::Zeroizing;

/// What the reader's contacts lose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Loss {
    /// The command takes effect, its answer is lost.
    Answer,
    /// The command itself is lost.
    Command,
    /// An act of several commands is cut off in their midst.
    Half,
}

/// Codes and tries of the card in memory.
pub struct Chip {
    pub tries: [u8; 3],
    /// PIN1, PIN2.
    pub unset: [bool; 2],
    pub opening: Opening,
}

/// A card in one reader, and whatever else lies in others.
pub struct FakeCards {
    pub card: Card,
    pub chip: RefCell<Chip>,
    pub kept: RefCell<[String; 3]>,
    pub others: Vec<Reader>,
    pub certificates: Vec<Certificate>,
    pub loss: Option<Loss>,
    pub signature: Vec<u8>,
    pub full: bool,
    pub chest: Chest,
    pub sent: RefCell<Vec<&'static str>>,
}

fn place(code: CodeName) -> usize {
    match code {
        CodeName::Pin1 => 0,
        CodeName::Pin2 => 1,
        CodeName::Puk => 2,
    }
}

pub fn card(reader: &str, number: &str) -> Card {
    Card {
        reader: reader.into(),
        label: "TEST e-id kort".into(),
        number: CardNumber::new(number),
    }
}

impl FakeCards {
    pub fn new() -> Self {
        Self {
            card: card("Left", "975200000123"),
            chip: RefCell::new(Chip {
                tries: [3, 3, 10],
                unset: [false; 2],
                opening: Opening::Nothing,
            }),
            kept: RefCell::new(["147258".into(), "258369".into(), "36925814".into()]),
            others: Vec::new(),
            certificates: Vec::new(),
            loss: None,
            signature: Vec::new(),
            full: false,
            chest: Chest::default(),
            sent: RefCell::default(),
        }
    }

    pub fn with_tries(self, code: CodeName, tries: u8) -> Self {
        self.chip.borrow_mut().tries[place(code)] = tries;
        self
    }

    pub fn code(&self, code: CodeName) -> String {
        self.kept.borrow()[place(code)].clone()
    }

    pub fn tries(&self, code: CodeName) -> u8 {
        self.chip.borrow().tries[place(code)]
    }

    fn try_code(&self, name: CodeName, code: &Code) -> Result<(), CardError> {
        let mut chip = self.chip.borrow_mut();
        let left = &mut chip.tries[place(name)];
        if *left == 0 {
            return Err(CardError::Locked);
        }
        if self.code(name) == code.digits() {
            *left = if name == CodeName::Puk { 10 } else { 3 };
            return Ok(());
        }
        *left -= 1;
        Err(CardError::Wrong)
    }

    fn must_be(&self, card: &Card) -> Result<(), CardError> {
        if *card == self.card {
            Ok(())
        } else {
            Err(CardError::OtherCard)
        }
    }

    fn write(&self, pin: CodeName, new: &Code) -> Result<(), CardError> {
        if self.loss != Some(Loss::Command) {
            self.kept.borrow_mut()[place(pin)] = new.digits().to_owned();
            self.chip.borrow_mut().tries[place(pin)] = 3;
        }
        match self.loss {
            Some(_) => Err(CardError::Uncertain),
            None => Ok(()),
        }
    }

    fn state(&self, code: CodeName) -> CodeState {
        let chip = self.chip.borrow();
        match chip.tries[place(code)] {
            _ if chip.unset.get(place(code)) == Some(&true) => CodeState::NotSet,
            0 => CodeState::Locked,
            left => CodeState::Working(Some(left)),
        }
    }
}

impl CardPort for FakeCards {
    fn readers(&self) -> Result<Vec<Reader>, LookError> {
        let mut readers = self.others.clone();
        // Somebody puts it back.
        self.chest.gone.set(false);
        readers.push(Reader {
            name: self.card.reader.clone(),
            holds: Holds::Card(self.card.clone()),
        });
        Ok(readers)
    }

    fn read_card_info(&self, _: &Card) -> Result<CardInfo, CardError> {
        Ok(CardInfo {
            pin1: self.state(CodeName::Pin1),
            pin2: self.state(CodeName::Pin2),
            puk: self.state(CodeName::Puk),
            opening: self.chip.borrow().opening,
            lengths: 6..=8,
        })
    }

    fn list_certificates(&self, card: &Card) -> Result<Vec<Certificate>, CardError> {
        Ok(if *card == self.card {
            [self.certificates.clone(), self.chest.certificates()].concat()
        } else {
            Vec::new()
        })
    }

    fn check_pin(&self, card: &Card, pin: CodeName, code: &Code) -> Result<(), CardError> {
        self.must_be(card)?;
        self.sent.borrow_mut().push("check");
        self.try_code(pin, code)
    }

    fn change_pin(
        &self,
        card: &Card,
        pin: CodeName,
        old: &Code,
        new: &Code,
    ) -> Result<(), CardError> {
        self.must_be(card)?;
        self.sent.borrow_mut().push("change");
        self.try_code(pin, old)?;
        self.write(pin, new)
    }

    fn unblock_with_puk(
        &self,
        card: &Card,
        pin: CodeName,
        puk: &Code,
        new: &Code,
    ) -> Result<(), CardError> {
        self.must_be(card)?;
        self.sent.borrow_mut().push("unblock");
        self.try_code(CodeName::Puk, puk)?;
        self.write(pin, new)
    }

    fn sign_with(
        &self,
        card: &Card,
        pin: CodeName,
        code: &Code,
        id: &[u8],
        message: &[u8],
    ) -> Result<Vec<u8>, CardError> {
        self.must_be(card)?;
        self.chest.touch(|_| {
            self.sent.borrow_mut().push("sign");
            self.try_code(pin, code)?;
            let signed = self.chest.sign(pin, id, message);
            Ok(signed.unwrap_or_else(|| self.signature.clone()))
        })
    }

    fn pairs(&self, card: &Card, code: &Code) -> Result<Vec<Pair>, CardError> {
        self.must_be(card)?;
        self.chest.touch(|_| {
            self.try_code(CodeName::Pin2, code)?;
            Ok(self.chest.pairs())
        })
    }

    fn make_pair(&self, card: &Card, code: &Code, id: &[u8]) -> Result<(), CardError> {
        self.must_be(card)?;
        self.chest.touch(|half| {
            self.sent.borrow_mut().push("make");
            self.try_code(CodeName::Pin2, code)?;
            self.chest.make(id, half)
        })
    }

    fn write_certificate(
        &self,
        card: &Card,
        code: &Code,
        id: &[u8],
        certificate: &[u8],
    ) -> Result<(), CardError> {
        self.must_be(card)?;
        self.chest.touch(|half| {
            self.sent.borrow_mut().push("write");
            self.try_code(CodeName::Pin2, code)?;
            if self.full {
                return Err(CardError::Full);
            }
            if !half {
                self.chest.certify(id, certificate);
            }
            Ok(())
        })
    }

    fn delete_pair(&self, card: &Card, code: &Code, id: &[u8]) -> Result<(), CardError> {
        self.must_be(card)?;
        self.chest.touch(|half| {
            self.sent.borrow_mut().push("delete");
            self.try_code(CodeName::Pin2, code)?;
            self.chest.delete(id, half);
            Ok(())
        })
    }

    fn choose_with_office(
        &self,
        card: &Card,
        pin: CodeName,
        new: &Code,
        answer: &mut Answering<'_>,
    ) -> Result<(), CardError> {
        self.must_be(card)?;
        self.chest.touch(|half| {
            self.sent.borrow_mut().push("choose");
            // The pretended office turns the question round.
            match answer(b"question").ok_or(CardError::NoAnswer)?.as_slice() {
                b"noitseuq" => {}
                _ => return Err(CardError::NotTaken),
            }
            if !half {
                self.kept.borrow_mut()[place(pin)] = new.digits().to_owned();
                let mut chip = self.chip.borrow_mut();
                chip.tries[place(pin)] = 3;
                chip.unset[place(pin)] = false;
            }
            Ok(())
        })
    }

    fn module(&self) -> Option<String> {
        Some("fake.so".into())
    }
}

/// A conversation with answers that are known beforehand.
pub struct Script {
    answers: VecDeque<String>,
    pub said: Vec<String>,
}

impl Script {
    pub fn new(answers: &[&str]) -> Self {
        Self {
            answers: answers.iter().map(|&answer| answer.to_owned()).collect(),
            said: Vec::new(),
        }
    }

    pub fn text(&self) -> String {
        self.said.join("\n")
    }

    /// Answers that nobody asked for.
    pub fn left(&self) -> usize {
        self.answers.len()
    }
}

impl Talk for Script {
    fn say(&mut self, line: &str) {
        self.said.push(line.to_owned());
    }

    fn ask(&mut self, question: &str) -> Option<String> {
        self.say(question);
        self.answers.pop_front()
    }

    fn ask_code(&mut self, question: &str, _: &Words) -> Option<Code> {
        self.say(question);
        let answer = self.answers.pop_front()?;
        Some(Code::typed(&Zeroizing::new(answer)))
    }
}
