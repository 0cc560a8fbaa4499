//! The card proves itself: its own key for log-in signs the task's challenge. That ties whatever
//! follows to the card in the reader, whoever has the code.

use cards_domain::card::CardStageName;
use cards_domain::card_task::{CardTask, CardTaskAction, TaskKind};
use cards_domain::certificate::{Certificate, CertificateStage, Usage};
use cards_domain::chip_code::ChipCode;
use cards_domain::ids::CertificateId;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::receipt::{Receipt, ReceiptAction, TERMS_VERSION};
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::card_tasks::CardEvidence;
use cards_store::queries::CardSheet;

use super::Bearer;
use crate::{App, Failure};

/// What the card has shown.
#[derive(Clone, Copy)]
pub struct CardProof<'a> {
    /// The certificate of its key (DER).
    pub certificate: &'a [u8],
    /// What the key has signed.
    pub signature: &'a [u8],
}

impl App {
    /// Takes the proof of the card. It is all that a task of most kinds is for: those are done with
    /// it, and a locked card is opened with it where the officer has signed the check. A proof that
    /// does not hold leaves a line in the log.
    ///
    /// # Errors
    /// [`Refusal::WrongCard`] for a certificate that is not an active one for log-in on this card,
    /// [`Refusal::CertificateEnded`] for one that is revoked or too old,
    /// [`Refusal::ProofDoesNotHold`].
    pub fn prove_card(
        &self,
        link: &mut Link,
        bearer: &Bearer,
        proof: CardProof<'_>,
    ) -> Result<(), Failure> {
        let Bearer { task, call } = bearer;
        let card = link.card_for_errand(task.card)?;
        let card = card.ok_or(Failure::NotFound)?;
        let certificate = match self.judge(link, task, &card, proof)? {
            Ok(certificate) => certificate,
            Err(refusal) => return self.refuse_proof(link, bearer, refusal),
        };
        if task.kind == TaskKind::SignReceipt {
            self.sign_receipt(link, bearer, &card, proof)?;
        }
        let action = CardTaskAction::Prove { certificate };
        self.ledger
            .act_and::<CardTask, ChipCode>(link, call, (task.id.0, &action), |task, facts| {
                let (code, action) = task.opens(facts)?;
                Some((code.0, action))
            })
            .map(drop)
    }

    fn judge(
        &self,
        link: &mut Link,
        task: &CardTask,
        card: &CardSheet,
        proof: CardProof<'_>,
    ) -> Result<Result<CertificateId, Refusal>, Failure> {
        let for_log_in = card.parts.certificates.iter();
        let for_log_in = for_log_in.filter(|one| one.usage == Usage::Authentication);
        let for_log_in: Vec<&Certificate> = for_log_in.collect();
        let ids: Vec<_> = for_log_in.iter().map(|one| one.id).collect();
        let issued = link.issued_keys(&ids)?;
        let shown = issued
            .iter()
            .find(|one| one.der.as_deref() == Some(proof.certificate))
            .and_then(|own| for_log_in.iter().find(|one| one.id == own.certificate));
        let Some(shown) = shown else {
            return Ok(Err(Refusal::WrongCard));
        };
        match shown.stage {
            CertificateStage::Active => {}
            CertificateStage::Superseded
            | CertificateStage::Revoked
            | CertificateStage::Expired => return Ok(Err(Refusal::CertificateEnded)),
            CertificateStage::Requested | CertificateStage::Issued | CertificateStage::OffCard => {
                return Ok(Err(Refusal::WrongCard));
            }
        }
        let text = task.text_of_proof();
        let office = &self.ports.card_office;
        let holds = office.holds(proof.certificate, text.as_bytes(), proof.signature);
        Ok(if holds {
            Ok(shown.id)
        } else {
            Err(Refusal::ProofDoesNotHold)
        })
    }

    fn refuse_proof(
        &self,
        link: &mut Link,
        Bearer { task, call }: &Bearer,
        refusal: Refusal,
    ) -> Result<(), Failure> {
        let facts = self.ledger.task_facts(link, &call.actor, task.card)?;
        let facts = facts.ok_or(Failure::NotFound)?;
        let action = CardTaskAction::Prove {
            certificate: CertificateId(uuid::Uuid::nil()),
        };
        self.ledger
            .note_refusal::<CardTask>(link, call, &action, (task, &facts), &refusal)?;
        Err(refusal.into())
    }

    /// The receipt is signed first, and the task is done with the proof: whoever comes again after a
    /// power cut between the two finds the receipt signed and goes on.
    fn sign_receipt(
        &self,
        link: &mut Link,
        Bearer { task, call }: &Bearer,
        card: &CardSheet,
        proof: CardProof<'_>,
    ) -> Result<(), Failure> {
        let Some(receipt) = card.receipt else {
            return match card.card.stage() {
                CardStageName::Active => Ok(()),
                CardStageName::Ordered
                | CardStageName::Sent
                | CardStageName::UnlockedUnsigned
                | CardStageName::Revoked
                | CardStageName::Expired => Err(Refusal::ReceiptEnded.into()),
            };
        };
        let signature = link.keep_card_signature(&CardEvidence {
            person: task.person,
            purpose: "receipt",
            text: &task.text_of_proof(),
            certificate: proof.certificate,
            signature: proof.signature,
        })?;
        let action = ReceiptAction::Sign {
            terms_version: TERMS_VERSION.to_owned(),
            signature,
        };
        self.ledger
            .act::<Receipt>(link, call, receipt.0, &action)
            .map(drop)
    }
}
