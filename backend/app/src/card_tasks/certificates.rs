//! Certificates for signing on their way to a card in a reader, and off it.

use cards_domain::card_task::{CardTask, CardTaskAction, TaskKind};
use cards_domain::certificate::{
    Certificate, CertificateAction, CertificateRequest, CertificateStage, Profile, SigningRequest,
    Usage,
};
use cards_domain::ids::{CertificateId, PairId};
use cards_domain::refusal::Refusal;
use cards_store::Link;

use super::Bearer;
use crate::ports::GatewayError;
use crate::{App, Failure};

impl App {
    /// Asks for a certificate with what the card has signed (PKCS #10). The same key again is told
    /// the same certificate, so that a card client that was stopped can go on.
    ///
    /// # Errors
    /// [`Refusal::ProofNeeded`] before the card has proved itself, [`Refusal::ProofDoesNotHold`] for
    /// a request that cannot be read, [`Refusal::KeyInUse`] for a key that belongs to something
    /// else, and what the rules of certificates refuse.
    pub fn request_for_task(
        &self,
        link: &mut Link,
        bearer: &Bearer,
        (profile, der): (Profile, &[u8]),
    ) -> Result<CertificateId, Failure> {
        let Bearer { task, call } = bearer;
        proved(task, TaskKind::FetchSigning)?;
        let request = self.read_for_task(der)?;
        let facts = self.ledger.task_facts(link, &call.actor, task.card)?;
        let living = facts.ok_or(Failure::NotFound)?.certificates;
        if let Some(known) = link.certificate_of_key(&request.key)? {
            return same(known, profile, &living);
        }
        if !task.wanted(&living).contains(&(profile, Usage::Signature)) {
            return Err(Refusal::NothingToFetch.into());
        }
        let key = request.key;
        let asked = CertificateRequest {
            id: CertificateId(link.new_id()),
            card: task.card,
            person: task.person,
            profile,
            usage: Usage::Signature,
            new_pair: PairId(link.new_id()),
            request,
        };
        match self.ledger.begin::<Certificate>(link, call, &asked) {
            Ok(begun) => Ok(begun.id),
            // The same request at the same moment: what the other one was told.
            Err(Failure::Conflict | Failure::Refused(Refusal::KeyInUse)) => {
                let known = link.certificate_of_key(&key)?.ok_or(Failure::Conflict)?;
                let facts = self.ledger.task_facts(link, &call.actor, task.card)?;
                same(
                    known,
                    profile,
                    &facts.ok_or(Failure::NotFound)?.certificates,
                )
            }
            Err(failure) => Err(failure),
        }
    }

    fn read_for_task(&self, der: &[u8]) -> Result<SigningRequest, Failure> {
        self.authority()?
            .read_request(der)
            .map_err(|error| match error {
                GatewayError::GiveUp(_) => Refusal::ProofDoesNotHold.into(),
                GatewayError::Retry(text) => Failure::Unavailable(text),
            })
    }

    /// A certificate is on the card: its own key has signed so. When it was the last that the card
    /// lacked, the task is done.
    ///
    /// # Errors
    /// [`Refusal::ProofNeeded`], [`Refusal::ProofDoesNotHold`], or [`Refusal::CertificateNotThere`]
    /// for one that is not issued yet or not this card's.
    pub fn written_to_card(
        &self,
        link: &mut Link,
        bearer: &Bearer,
        (id, signature): (CertificateId, &[u8]),
    ) -> Result<(), Failure> {
        let Bearer { task, call } = bearer;
        proved(task, TaskKind::FetchSigning)?;
        let facts = self.ledger.task_facts(link, &call.actor, task.card)?;
        let facts = facts.ok_or(Failure::NotFound)?;
        let certificate = for_signing(&facts.certificates, id)?;
        let issued = link.issued_keys(&[id])?.pop().and_then(|own| own.der);
        let issued = issued.ok_or(Refusal::CertificateNotThere)?;
        let text = task.text_of_written(id);
        let office = &self.ports.card_office;
        if !office.holds(&issued, text.as_bytes(), signature) {
            return Err(Refusal::ProofDoesNotHold.into());
        }
        if certificate.stage != CertificateStage::Active {
            let number = facts.card.number.clone().ok_or(Failure::NotFound)?;
            let action = CertificateAction::WriteToCard { number };
            self.ledger.act::<Certificate>(link, call, id.0, &action)?;
        }
        self.finish_if_done(link, bearer)
    }

    /// A certificate has left the card; it stays valid.
    ///
    /// # Errors
    /// [`Refusal::ProofNeeded`], or [`Refusal::CertificateNotThere`] for one that is not the task's.
    pub fn deleted_from_card(
        &self,
        link: &mut Link,
        bearer: &Bearer,
        id: CertificateId,
    ) -> Result<(), Failure> {
        let Bearer { task, call } = bearer;
        proved(task, TaskKind::DeleteCertificate)?;
        let facts = self.ledger.task_facts(link, &call.actor, task.card)?;
        let certificates = facts.ok_or(Failure::NotFound)?.certificates;
        let certificate = for_signing(&certificates, id)?;
        if Some(certificate.pair) != task.pair {
            return Err(Refusal::CertificateNotThere.into());
        }
        if certificate.stage != CertificateStage::OffCard {
            let action = CertificateAction::TakeOffCard;
            self.ledger.act::<Certificate>(link, call, id.0, &action)?;
        }
        self.finish_if_done(link, bearer)
    }

    fn finish_if_done(&self, link: &mut Link, bearer: &Bearer) -> Result<(), Failure> {
        let Bearer { task, call } = bearer;
        let facts = self.ledger.task_facts(link, &call.actor, task.card)?;
        let facts = facts.ok_or(Failure::NotFound)?;
        if !task.is_complete(&facts) {
            return Ok(());
        }
        let action = CardTaskAction::Finish;
        match self.ledger.act::<CardTask>(link, call, task.id.0, &action) {
            // Two that were told at once: the other one has finished it.
            Ok(_) | Err(Failure::Refused(Refusal::TaskOver)) => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}

/// The task is one in which certificates are handled so, and the card has proved itself in it.
fn proved(task: &CardTask, kind: TaskKind) -> Result<(), Refusal> {
    if task.kind != kind {
        return Err(Refusal::CertificateNotForProduct);
    }
    if task.proved_with.is_none() {
        return Err(Refusal::ProofNeeded);
    }
    Ok(())
}

fn for_signing(certificates: &[Certificate], id: CertificateId) -> Result<&Certificate, Refusal> {
    let mut all = certificates.iter();
    let found = all.find(|one| one.id == id && one.usage == Usage::Signature);
    found.ok_or(Refusal::CertificateNotThere)
}

/// What was asked for before with the same key, if it was the same.
fn same(
    known: CertificateId,
    profile: Profile,
    living: &[Certificate],
) -> Result<CertificateId, Failure> {
    let certificate = for_signing(living, known).map_err(|_| Refusal::KeyInUse)?;
    if certificate.profile == profile {
        Ok(known)
    } else {
        Err(Refusal::KeyInUse.into())
    }
}
