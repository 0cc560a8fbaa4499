//! What a certificate says: of its holder as the directory has them, of the card, and until when.

use cards_domain::certificate::{Certificate, Profile};
use cards_store::certificates::{Prepared, Reservation, Underway};
use cards_store::queries::{CardSheet, PersonSheet};
use chrono::{DateTime, Utc};

use super::end_of;
use crate::Failure;
use crate::ports::{CertificateAuthority, CertificateBasis, CertificateOrder};
use crate::work::give_up;

/// The certificate before its signature, linted; its validity begins now.
pub(super) fn to_be_signed(
    authority: &dyn CertificateAuthority,
    (underway, reserved): (&Underway, &Reservation),
    holder: &PersonSheet,
    now: DateTime<Utc>,
) -> Result<Prepared, Failure> {
    let Underway {
        certificate,
        issuance,
        card,
    } = underway;
    let basis = basis(certificate, card, holder)?;
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
    Ok(Prepared {
        basis: serde_json::to_vec(&basis)
            .map_err(|_| Failure::Broken("a basis cannot be written".to_owned()))?,
        tbs: made.tbs,
        findings: made.findings,
        at: now,
    })
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
