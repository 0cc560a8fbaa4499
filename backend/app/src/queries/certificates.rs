//! The certificates of a card, and the page on which a pair of them is revoked.

use cards_domain::access::Actor;
use cards_domain::card::RevocationReason;
use cards_domain::certificate::{
    Certificate, CertificateAction, CertificateActionName, REASONS_OF_HOLDERS, REASONS_OF_OFFICERS,
};
use cards_domain::ids::{CardId, CertificateId};
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::queries::{CardSheet, PersonSheet};

use crate::{App, Call, Failure};

/// The certificates of a card.
#[derive(Clone, Debug)]
pub struct CertificatesPage {
    /// Whose.
    pub person: PersonSheet,
    /// The card with its certificates.
    pub card: CardSheet,
    /// Those that the reader may revoke here and now.
    pub revocable: Vec<CertificateId>,
}

/// A pair that is to be revoked.
#[derive(Clone, Debug)]
pub struct PairPage {
    /// Whose.
    pub person: PersonSheet,
    /// The card.
    pub card: CardSheet,
    /// The certificates that would be revoked, or the one that was asked for where none would.
    pub pair: Vec<Certificate>,
    /// What the reader may give as a reason.
    pub reasons: &'static [RevocationReason],
    /// Whether the pair may be revoked.
    pub verdict: Result<(), Refusal>,
}

impl App {
    /// The certificates of a card: of one in scope for officers, of one's own for holders.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for any other card.
    pub fn certificates_page(
        &self,
        link: &mut Link,
        call: &Call,
        id: CardId,
    ) -> Result<CertificatesPage, Failure> {
        link.reading(call.actor.office(), |link| {
            let (person, card) = self.seen(link, call, id)?;
            let revocable = self.revocable(link, call, &card)?;
            Ok(CertificatesPage {
                person,
                card,
                revocable,
            })
        })
    }

    /// Which of a card's certificates the caller may revoke here and now.
    ///
    /// # Errors
    /// The store fails.
    pub fn revocable(
        &self,
        link: &mut Link,
        call: &Call,
        card: &CardSheet,
    ) -> Result<Vec<CertificateId>, Failure> {
        let certificates = &card.parts.certificates;
        let offers = self.ledger.available(link, &call.actor, certificates)?;
        let open = certificates.iter().zip(offers).filter(|(_, offers)| {
            let mut offers = offers.iter();
            offers.any(|offer| offer.action == CertificateActionName::Revoke && offer.is_open())
        });
        Ok(open.map(|(certificate, _)| certificate.id).collect())
    }

    /// The page on which a pair is revoked, by any of its certificates.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a certificate on a card that the caller may not see.
    pub fn pair_page(
        &self,
        link: &mut Link,
        call: &Call,
        id: CertificateId,
    ) -> Result<PairPage, Failure> {
        link.reading(call.actor.office(), |link| self.read_pair(link, call, id))
    }

    fn read_pair(
        &self,
        link: &mut Link,
        call: &Call,
        id: CertificateId,
    ) -> Result<PairPage, Failure> {
        let asked = link.certificate_for_errand(id)?.ok_or(Failure::NotFound)?;
        let (person, card) = self.seen(link, call, asked.card)?;
        let verdict = self.could_end(link, call, &asked)?;
        let living = card.parts.certificates.iter();
        let pair: Vec<Certificate> = living
            .filter(|one| one.pair == asked.pair && !one.stage.is_over())
            .cloned()
            .collect();
        Ok(PairPage {
            pair: if pair.is_empty() { vec![asked] } else { pair },
            reasons: match &call.actor {
                Actor::Holder(_) => REASONS_OF_HOLDERS,
                Actor::Officer(_) | Actor::Client(_) | Actor::System(_) => REASONS_OF_OFFICERS,
            },
            verdict,
            person,
            card,
        })
    }

    fn could_end(
        &self,
        link: &mut Link,
        call: &Call,
        certificate: &Certificate,
    ) -> Result<Result<(), Refusal>, Failure> {
        use cards_domain::offer::Offered as _;
        let things = std::slice::from_ref(certificate);
        let facts = self.ledger.facts(link, &call.actor, things)?;
        let facts = facts.first().ok_or(Failure::NotFound)?;
        let action = CertificateActionName::Revoke;
        Ok(certificate.could(&call.actor, action, facts, link.now()))
    }

    /// Revokes a pair, by any of its certificates, confirmed with the last four digits of the
    /// card's number.
    ///
    /// # Errors
    /// As [`crate::Ledger::act`]; [`Failure::NotFound`] for a certificate on a card that the caller
    /// may not see.
    pub fn revoke_pair(
        &self,
        link: &mut Link,
        call: &Call,
        id: CertificateId,
        (reason, last_four): (RevocationReason, &str),
    ) -> Result<Certificate, Failure> {
        let asked = link.certificate_for_errand(id)?.ok_or(Failure::NotFound)?;
        self.seen(link, call, asked.card)?;
        let action = CertificateAction::Revoke {
            reason,
            last_four: last_four.to_owned(),
        };
        self.ledger.act::<Certificate>(link, call, id.0, &action)
    }
}
