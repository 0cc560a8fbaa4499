//! The proof that the holder sits there with the card: its key for *legitimering* signs what the
//! office asked, with PIN1.

use super::{Stop, Work};
use crate::card::{Certificate, CodeState, Usage};
use crate::cause::Cause;
use crate::certificates;
use crate::code::{Code, CodeName};
use crate::flows::Desk;
use crate::proof::{Proof, judge};
use crate::task::{Stage, Step, hash_of_key};

impl<'a> Desk<'a> {
    /// *Legitimera*. Once in a task is enough.
    pub(super) fn prove_card(&mut self, work: &mut Work<'a>) -> Result<(), Stop> {
        if work.sheet.proved {
            return Ok(());
        }
        let certificate = self.certificate_for_proof(work)?;
        let message = work.sheet.text_of_proof();
        let signature = self.with_code(work, CodeName::Pin1, |port, card, code| {
            port.sign(card, &certificate, code, &message)
        })?;
        match judge(&certificate.der, &message, &signature) {
            // A kind of key that is not known here may be known there.
            Proof::True | Proof::UnknownKind => {}
            Proof::False => {
                self.tell(Cause::FalseSignature);
                return Err(Stop::Told(Cause::FalseSignature));
            }
        }
        self.calling(|| work.held.proof(&certificate.der, &signature))?;
        work.sheet.proved = true;
        Ok(())
    }

    /// The one that the office knows as active, or any that is valid.
    fn certificate_for_proof(&mut self, work: &Work<'_>) -> Result<Certificate, Stop> {
        let all = self
            .port
            .list_certificates(&work.card)
            .map_err(Stop::Card)?;
        let now = (self.outside.now)();
        let mut usable: Vec<Certificate> = all
            .into_iter()
            .filter(|one| one.usage == Usage::Authentication)
            .filter(|one| one.not_before <= now && now <= one.not_after)
            .collect();
        usable.sort_by_key(|one| !is_active(work, one));
        match usable.into_iter().next() {
            Some(certificate) => Ok(certificate),
            None => {
                self.tell(Cause::NoAuthentication);
                Err(Stop::Told(Cause::NoAuthentication))
            }
        }
    }

    /// A code of the card: the one that is known, or asked for.
    pub(super) fn code_of(&mut self, work: &mut Work<'_>, which: CodeName) -> Result<Code, Stop> {
        if let Some(code) = work.code(which) {
            return Ok(code.clone());
        }
        let info = self.card_info(work)?;
        match info.state(which) {
            CodeState::NotSet => {
                self.tell_not_set(which);
                let pin2 = which == CodeName::Pin2;
                return Err(Stop::Told(if pin2 {
                    Cause::Pin2NotSet
                } else {
                    Cause::Pin1NotSet
                }));
            }
            CodeState::Locked => {
                self.tell_locked(&info, which);
                let pin2 = which == CodeName::Pin2;
                return Err(Stop::Told(if pin2 {
                    Cause::Pin2Locked
                } else {
                    Cause::Pin1Locked
                }));
            }
            CodeState::Working(_) | CodeState::Untold => {}
        }
        if !self.dares(&info, which) {
            return Err(Stop::Person);
        }
        self.step(work, Step::CodeAsked);
        let code = self.code_in_use(which, &info).ok_or(Stop::Person)?;
        *work.code(which) = Some(code.clone());
        Ok(code)
    }
}

fn is_active(work: &Work<'_>, certificate: &Certificate) -> bool {
    let key = certificates::public_key(&certificate.der);
    let hash = key.map(|key| hash_of_key(&key)).unwrap_or_default();
    let listed = work.sheet.of_key(&hash);
    listed.is_some_and(|listed| listed.stage == Stage::Active)
}
