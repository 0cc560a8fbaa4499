//! Issuing, step by step. Each step is kept before the next is made, and each begins with what is
//! kept: whoever goes on after a crash goes on with the same serial, and whatever may have been
//! signed can be revoked. No transaction is open and nothing is locked while something is signed.

use cards_domain::access::SystemActor;
use cards_domain::certificate::{Certificate, CertificateAction, CertificateStage, Profile};
use cards_domain::ids::CertificateId;
use cards_store::Link;
use cards_store::certificates::{Issuance, Prepared, Reservation};
use cards_store::queries::{CardSheet, PersonSheet};

use super::end_of;
use crate::ports::{CertificateAuthority, CertificateBasis, CertificateOrder};
use crate::work::give_up;
use crate::{App, Failure};

/// How many serials are tried when one is taken.
const TRIES: usize = 4;

/// What a step of issuing has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issuing {
    /// A serial is kept for it.
    Reserved,
    /// What is to be signed is made, linted and kept.
    Prepared,
    /// It is signed, and what was signed is kept.
    Signed,
    /// The certificate is issued.
    Issued,
    /// There is nothing to be done: it has been issued before, or it has ended.
    Done,
}

impl App {
    /// The errand: every step that is left.
    ///
    /// # Errors
    /// Something outside does not answer (the errand is tried again), or the certificate must not
    /// be signed.
    pub(crate) fn issue(&self, link: &mut Link, id: CertificateId) -> Result<(), Failure> {
        loop {
            match self.next_step_of_issuing(link, id)? {
                Issuing::Issued | Issuing::Done => return Ok(()),
                Issuing::Reserved | Issuing::Prepared | Issuing::Signed => {}
            }
        }
    }

    /// The next step of issuing a certificate, and no more.
    ///
    /// # Errors
    /// As the errand's.
    pub fn next_step_of_issuing(
        &self,
        link: &mut Link,
        id: CertificateId,
    ) -> Result<Issuing, Failure> {
        let authority = self.authority()?;
        let certificate = link.certificate_for_errand(id)?.ok_or(Failure::NotFound)?;
        if certificate.stage != CertificateStage::Requested {
            return Ok(Issuing::Done);
        }
        let issuance = link.issuance(id)?.ok_or(Failure::NotFound)?;
        let Some(reserved) = &issuance.reserved else {
            self.reserve(link, &*authority, &certificate)?;
            return Ok(Issuing::Reserved);
        };
        let Some(prepared) = &issuance.prepared else {
            self.prepare(link, &*authority, (&certificate, &issuance, reserved))?;
            return Ok(Issuing::Prepared);
        };
        if !prepared.findings.is_empty() {
            let codes = prepared.findings.join(", ");
            return Err(Failure::Broken(format!("the linter says no: {codes}")));
        }
        if issuance.signed.is_none() {
            let der = authority.sign(&reserved.authority, &prepared.tbs);
            link.keep_signed(id, &der.map_err(|error| give_up(&error))?)?;
            return Ok(Issuing::Signed);
        }
        self.confirm(link, id, reserved)
    }

    /// A serial that nobody has, at the authority for the profile and the level of the card.
    fn reserve(
        &self,
        link: &mut Link,
        authority: &dyn CertificateAuthority,
        certificate: &Certificate,
    ) -> Result<(), Failure> {
        self.keep_authorities(link)?;
        let wanted = Some((certificate.profile, certificate.loa));
        let mut sheets = authority.authorities().into_iter();
        let issuing = sheets.find(|sheet| sheet.issues == wanted);
        let issuing = issuing.ok_or_else(|| {
            Failure::Unavailable("no authority issues for the profile and level".to_owned())
        })?;
        for _ in 0..TRIES {
            let mut random = [0; 16];
            link.fill(&mut random);
            let place = authority.place(random);
            let names = (issuing.name.as_str(), place.serial.as_str());
            match link.reserve_serial(certificate.id, (names.0, names.1, place.shard.into())) {
                Err(cards_store::StoreError::Conflict) => {}
                done => return Ok(done?),
            }
        }
        Err(Failure::Conflict)
    }

    fn prepare(
        &self,
        link: &mut Link,
        authority: &dyn CertificateAuthority,
        (certificate, issuance, reserved): (&Certificate, &Issuance, &Reservation),
    ) -> Result<(), Failure> {
        let card = link.card_for_errand(certificate.card)?;
        let person = link.person_for_errand(certificate.person)?;
        let (card, person) = card.zip(person).ok_or(Failure::NotFound)?;
        let basis = basis(certificate, &card, &person)?;
        let now = link.now();
        let made = authority
            .prepare(&CertificateOrder {
                authority: &reserved.authority,
                profile: certificate.profile,
                usage: certificate.usage,
                serial: &reserved.serial,
                basis: &basis,
                request: &issuance.request,
                not_before: now,
                not_after: end_of(certificate.not_after),
            })
            .map_err(|error| give_up(&error))?;
        let basis = serde_json::to_vec(&basis)
            .map_err(|_| Failure::Broken("a basis cannot be written".to_owned()))?;
        Ok(link.keep_prepared(
            certificate.id,
            &Prepared {
                basis,
                tbs: made.tbs,
                findings: made.findings,
                at: now,
            },
        )?)
    }

    /// Tells the ledger. A certificate whose card was revoked while it was signed has ended: what
    /// was signed is kept, and stands on the list.
    fn confirm(
        &self,
        link: &mut Link,
        id: CertificateId,
        reserved: &Reservation,
    ) -> Result<Issuing, Failure> {
        let issue = CertificateAction::Issue {
            authority: reserved.authority.clone(),
            serial: reserved.serial.clone(),
        };
        let call = self.system_call(SystemActor::Authority);
        match self.ledger.act::<Certificate>(link, &call, id.0, &issue) {
            Ok(_) => {
                self.counts.certificate_issued();
                Ok(Issuing::Issued)
            }
            Err(Failure::Refused(cards_domain::refusal::Refusal::CertificateEnded)) => {
                Ok(Issuing::Done)
            }
            Err(failure) => Err(failure),
        }
    }
}

/// What the certificate says, as the directory and the card have it now.
fn basis(
    certificate: &Certificate,
    card: &CardSheet,
    person: &PersonSheet,
) -> Result<CertificateBasis, Failure> {
    let identifier = match certificate.profile {
        Profile::PersonId => person.number.as_str().to_owned(),
        Profile::HsaId => hsa_id(card, person)?,
    };
    let number = card.card.number.as_ref();
    let number = number.ok_or_else(|| Failure::Broken("the card has no number".to_owned()))?;
    Ok(CertificateBasis {
        given_name: person.name.given().unwrap_or_default().to_owned(),
        surname: person.name.surname().to_owned(),
        identifier,
        organisation: card.organisation_name.clone(),
        card_number: number.as_str().to_owned(),
    })
}

/// The HSA-id of the post with the issuer; of any other one where somebody else issues the card.
fn hsa_id(card: &CardSheet, person: &PersonSheet) -> Result<String, Failure> {
    let posts = &person.posts;
    let with_the_issuer = posts
        .iter()
        .find(|post| post.organisation == card.card.organisation);
    let post = with_the_issuer.or(posts.first());
    // The letters of the country may have come in small ones; certificates have them in large ones.
    post.and_then(|post| post.hsa_id.as_str().get(2..))
        .map(|rest| format!("SE{rest}"))
        .ok_or_else(|| Failure::Broken("the holder has no HSA-id".to_owned()))
}
