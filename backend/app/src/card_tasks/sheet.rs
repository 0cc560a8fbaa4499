//! What a card client is told of its task: no names, only what it needs to find the card and the
//! reader's holder's birthday.

use cards_domain::card_task::{CardTask, CardTaskFacts, TaskKind};
use cards_domain::certificate::{Certificate, CertificateStage, Profile, Usage};
use cards_domain::values::CardNumber;
use cards_store::Link;
use cards_store::card_tasks::IssuedKey;
use chrono::NaiveDate;

use super::Bearer;
use crate::{App, Failure};

/// A certificate of the card, as its card client must know it.
#[derive(Clone)]
pub struct SheetCertificate {
    /// The certificate.
    pub certificate: Certificate,
    /// SHA-256 of its key (SubjectPublicKeyInfo).
    pub key: [u8; 32],
    /// The certificate (DER), once signed.
    pub der: Option<Vec<u8>>,
}

/// A task, as its card client must know it. Shown to nobody else.
#[derive(Clone)]
pub struct TaskSheet {
    /// The task.
    pub task: CardTask,
    /// The number of the card; one that is not made yet has no tasks.
    pub number: CardNumber,
    /// The day on which the holder was born, where the number tells.
    pub birth: Option<NaiveDate>,
    /// What is left to be written to the card.
    pub wanted: Vec<(Profile, Usage)>,
    /// The certificates of the card that are not over; of a task that takes one off the card, that
    /// one only.
    pub certificates: Vec<SheetCertificate>,
    /// The card has proved itself, in this or another task.
    pub registered: bool,
}

impl std::fmt::Debug for TaskSheet {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "TaskSheet({}, ****)", self.task.id)
    }
}

/// A task that has been fetched. The secret is told now and never again.
#[derive(Clone)]
pub struct FetchedTask {
    /// What is shown with every call from now on: base64url.
    pub secret: String,
    /// The task.
    pub sheet: TaskSheet,
}

impl std::fmt::Debug for FetchedTask {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "FetchedTask({:?}, ****)", self.sheet)
    }
}

impl App {
    /// The task with what its card client must know of the card.
    ///
    /// # Errors
    /// The store fails, or the card is gone.
    pub fn task_sheet(&self, link: &mut Link, bearer: &Bearer) -> Result<TaskSheet, Failure> {
        let Bearer { task, call } = bearer;
        let facts = self.ledger.task_facts(link, &call.actor, task.card)?;
        let facts = facts.ok_or(Failure::NotFound)?;
        let number = facts.card.number.clone().ok_or(Failure::NotFound)?;
        let certificates = certificates(link, task, &facts)?;
        Ok(TaskSheet {
            number,
            birth: facts.about_card.number.birth_date(),
            wanted: task.wanted(&facts.certificates),
            certificates,
            registered: facts.registered,
            task: task.clone(),
        })
    }
}

fn certificates(
    link: &mut Link,
    task: &CardTask,
    facts: &CardTaskFacts,
) -> Result<Vec<SheetCertificate>, Failure> {
    let meant = facts.certificates.iter().filter(|one| is_meant(task, one));
    let meant: Vec<&Certificate> = meant.collect();
    let ids: Vec<_> = meant.iter().map(|one| one.id).collect();
    let issued = link.issued_keys(&ids)?;
    let with_key = |certificate: &Certificate| {
        let own = issued
            .iter()
            .find(|one| one.certificate == certificate.id)?;
        let IssuedKey { key, der, .. } = own.clone();
        Some(SheetCertificate {
            certificate: certificate.clone(),
            key,
            der,
        })
    };
    Ok(meant.into_iter().filter_map(with_key).collect())
}

fn is_meant(task: &CardTask, certificate: &Certificate) -> bool {
    let on_or_off = matches!(
        certificate.stage,
        CertificateStage::Active | CertificateStage::OffCard
    );
    match task.kind {
        TaskKind::DeleteCertificate => {
            certificate.usage == Usage::Signature
                && Some(certificate.pair) == task.pair
                && on_or_off
        }
        TaskKind::Register
        | TaskKind::FetchSigning
        | TaskKind::ChooseCode
        | TaskKind::UnlockVisit
        | TaskKind::SignReceipt
        | TaskKind::TestCard => true,
    }
}
