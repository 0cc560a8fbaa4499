//! Issuing, step by step. Each step is kept before the next is made, and each begins with what is
//! kept: whoever goes on after a crash goes on with the same serial, and whatever may have been
//! signed can be revoked. No transaction is open and nothing is locked while something is signed.

use cards_domain::access::SystemActor;
use cards_domain::certificate::{Certificate, CertificateAction, CertificateStage, Profile};
use cards_domain::ids::CertificateId;
use cards_store::certificates::{Issuance, Prepared, Reservation, Signed, Underway};
use cards_store::queries::{CardSheet, PersonSheet};
use cards_store::{Link, StoreError};

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
    pub fn issue(&self, link: &mut Link, id: CertificateId) -> Result<Issuing, Failure> {
        let mut underway = link.issuing(id)?.ok_or(Failure::NotFound)?;
        loop {
            match self.step_of_issuing(link, &mut underway)? {
                end @ (Issuing::Issued | Issuing::Done) => return Ok(end),
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
        let mut underway = link.issuing(id)?.ok_or(Failure::NotFound)?;
        self.step_of_issuing(link, &mut underway)
    }

    fn step_of_issuing(
        &self,
        link: &mut Link,
        underway: &mut Underway,
    ) -> Result<Issuing, Failure> {
        let authority = self.authority()?;
        if underway.certificate.stage != CertificateStage::Requested {
            return Ok(Issuing::Done);
        }
        let Some(reserved) = underway.issuance.reserved.clone() else {
            let reserved = self.reserve(link, &*authority, &underway.certificate)?;
            return go_on(
                link,
                underway,
                reserved,
                Issuing::Reserved,
                |issuance, kept| {
                    issuance.reserved = Some(kept);
                },
            );
        };
        let Some(prepared) = &underway.issuance.prepared else {
            let prepared = self.prepare(link, &*authority, (underway, &reserved))?;
            return go_on(
                link,
                underway,
                prepared,
                Issuing::Prepared,
                |issuance, kept| {
                    issuance.prepared = Some(kept);
                },
            );
        };
        if !prepared.findings.is_empty() {
            let codes = prepared.findings.join(", ");
            return Err(Failure::Broken(format!("the linter says no: {codes}")));
        }
        if underway.issuance.signed.is_none() {
            let der = authority.sign(&reserved.authority, &prepared.tbs);
            let signed = Signed {
                der: der.map_err(|error| give_up(&error))?,
                at: link.now(),
            };
            let kept = link.keep_signed(underway.certificate.id, &signed)?;
            let signed = kept.then_some(signed);
            return go_on(link, underway, signed, Issuing::Signed, |issuance, kept| {
                issuance.signed = Some(kept);
            });
        }
        self.confirm(link, underway.certificate.id, &reserved)
    }

    /// A serial that nobody has, at the authority for the profile and the level of the card; `None`
    /// when it has one.
    fn reserve(
        &self,
        link: &mut Link,
        authority: &dyn CertificateAuthority,
        certificate: &Certificate,
    ) -> Result<Option<Reservation>, Failure> {
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
            let reserved = Reservation {
                authority: issuing.name.clone(),
                serial: place.serial,
                shard: place.shard.into(),
                at: link.now(),
            };
            match link.reserve_serial(certificate.id, &reserved) {
                Err(StoreError::Conflict) => {}
                kept => return Ok(kept?.then_some(reserved)),
            }
        }
        Err(Failure::Conflict)
    }

    /// What is to be signed; `None` when it is kept already, or the certificate has ended.
    fn prepare(
        &self,
        link: &mut Link,
        authority: &dyn CertificateAuthority,
        (underway, reserved): (&Underway, &Reservation),
    ) -> Result<Option<Prepared>, Failure> {
        let Underway {
            certificate,
            issuance,
            card,
        } = underway;
        let person = link.person_for_errand(certificate.person)?;
        let basis = basis(certificate, card, &person.ok_or(Failure::NotFound)?)?;
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
        let prepared = Prepared {
            basis,
            tbs: made.tbs,
            findings: made.findings,
            at: now,
        };
        let kept = link.keep_prepared(certificate.id, &prepared)?;
        Ok(kept.then_some(prepared))
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

/// Goes on with what has just been kept; where somebody else was first, or the certificate has ended,
/// with what is kept instead.
fn go_on<K>(
    link: &mut Link,
    underway: &mut Underway,
    kept: Option<K>,
    step: Issuing,
    keep: impl FnOnce(&mut Issuance, K),
) -> Result<Issuing, Failure> {
    match kept {
        Some(kept) => keep(&mut underway.issuance, kept),
        None => {
            *underway = link
                .issuing(underway.certificate.id)?
                .ok_or(Failure::NotFound)?;
        }
    }
    Ok(step)
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
