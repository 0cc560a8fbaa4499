//! *Testa kortet*: names the cause, and proves that the key works when the holder wants that.

use super::{Desk, Outcome};
use crate::card::{Card, CardInfo, Certificate, CodeState, Usage};
use crate::diagnosis::{self, Cause, Weight};
use crate::port::CardError;
use crate::proof::{self, Proof};

impl Desk<'_> {
    /// Tests the card.
    pub fn test(&mut self) -> Outcome {
        let Some(card) = self.choose() else {
            return Outcome::NotWell;
        };
        self.name_card(&card);
        let Some(info) = self.info(&card) else {
            return Outcome::NotWell;
        };
        let certificates = match self.port.list_certificates(&card) {
            Ok(certificates) => certificates,
            Err(error) => return self.tell(error.into()),
        };
        let causes = diagnosis::of_card(&info, &certificates, (self.outside.now)());
        for cause in &causes {
            self.tell(*cause);
        }
        if causes.iter().any(|cause| cause.weight() == Weight::Stops) {
            self.look_at_the_others(&card);
            return Outcome::NotWell;
        }
        self.say("test-well");
        let mut outcome = Outcome::Well;
        for usage in [Usage::Authentication, Usage::Signature] {
            if let Some(certificate) = self.usable(&certificates, usage).cloned()
                && self.prove(&card, &info, &certificate) == Outcome::NotWell
            {
                outcome = Outcome::NotWell;
            }
        }
        outcome
    }

    fn usable<'c>(&self, certificates: &'c [Certificate], usage: Usage) -> Option<&'c Certificate> {
        let now = (self.outside.now)();
        certificates
            .iter()
            .find(|one| one.usage == usage && one.not_before <= now && now <= one.not_after)
    }

    /// A card that does not do may be the wrong one of several.
    fn look_at_the_others(&mut self, card: &Card) {
        let now = (self.outside.now)();
        let seen = self.port.readers();
        let others = diagnosis::cards(seen, None).unwrap_or_default();
        let works = |other: &&Card| {
            let info = self.port.read_card_info(other);
            let certificates = self.port.list_certificates(other);
            let (Ok(info), Ok(certificates)) = (info, certificates) else {
                return false;
            };
            let causes = diagnosis::of_card(&info, &certificates, now);
            causes.iter().all(|cause| cause.weight() == Weight::Note)
        };
        let better = others.iter().filter(|other| *other != card).find(works);
        if let Some(better) = better.cloned() {
            self.tell(Cause::WrongOfSeveral);
            self.name_card(&better);
        }
    }

    /// Signs a text with the certificate's key, if the holder agrees.
    fn prove(&mut self, card: &Card, info: &CardInfo, certificate: &Certificate) -> Outcome {
        let pin = certificate.usage.code();
        let agreed = match certificate.usage {
            Usage::Authentication => self.agrees("prove-authentication"),
            Usage::Signature => self.agrees("prove-signature"),
        };
        if !agreed {
            self.say("prove-left-out");
            return Outcome::Well;
        }
        if !self.dares(info, pin) {
            return Outcome::NotWell;
        }
        let Some(code) = self.code_in_use(pin, info) else {
            self.say("prove-left-out");
            return Outcome::NotWell;
        };
        let Some(challenge) = (self.outside.challenge)() else {
            return self.tell(Cause::SoftwareFailed);
        };
        let message = proof::message(&challenge);
        match self.port.sign(card, certificate, &code, &message) {
            Ok(signature) => self.judged(proof::judge(&certificate.der, &message, &signature)),
            Err(CardError::Wrong) => {
                self.tell(Cause::WrongCode);
                self.tell_tries(card, pin);
                Outcome::NotWell
            }
            Err(CardError::Locked) => {
                let mut now = info.clone();
                match pin {
                    crate::code::CodeName::Pin2 => now.pin2 = CodeState::Locked,
                    _ => now.pin1 = CodeState::Locked,
                }
                self.tell_locked(&now, pin)
            }
            Err(error) => self.tell(error.into()),
        }
    }

    fn judged(&mut self, proof: Proof) -> Outcome {
        match proof {
            Proof::True => {
                self.say("prove-done");
                Outcome::Well
            }
            Proof::False => self.tell(Cause::FalseSignature),
            Proof::UnknownKind => self.tell(Cause::UnknownKey),
        }
    }
}
