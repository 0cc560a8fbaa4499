//! Log-in with the card itself: whose certificate was shown, whether it lets its holder in, and the
//! ticket that takes the holder from the address that asks for the card to the portal's own.

use cards_domain::access::Loa;
use cards_domain::calendar::business_day;
use cards_domain::certificate::{CardRefused, Certificate};
use cards_domain::ids::{CertificateId, PersonId};
use cards_domain::lifecycle::Lifecycle as _;
use cards_store::Link;
use cards_store::journal::Channel;
use cards_store::sessions::{Ticket, TicketFor};

use crate::ledger::NotLetIn;
use crate::{App, Failure};

/// A certificate that somebody has shown and proved to have the key of.
#[derive(Clone, PartialEq, Eq)]
pub struct ShownCertificate {
    /// The certificate (DER).
    pub der: Vec<u8>,
    /// Whether its chain ends at one of our authorities, is valid now and is for log-in.
    pub is_trusted: bool,
}

impl std::fmt::Debug for ShownCertificate {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "ShownCertificate(…, trusted: {})", self.is_trusted)
    }
}

/// Where somebody with a card is going.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnTheWay {
    /// One of the three portals.
    pub portal: Channel,
    /// SHA-256 of the secret that the browser was given before it left.
    pub browser_hash: [u8; 32],
}

/// Whom a card lets in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardHolder {
    /// The holder.
    pub person: PersonId,
    /// The level of the card.
    pub loa: Loa,
    /// Which certificate it was: authority and serial.
    pub evidence: String,
}

/// A card that was shown, or the reason why it lets nobody in.
type Judged<T> = Result<T, CardRefused>;

impl App {
    /// A ticket for whoever has shown a certificate; the way with a ticket ends in `OnTheWay`.
    /// A refusal of somebody known leaves a line in the log, and so does a strange certificate.
    ///
    /// # Errors
    /// The database cannot be reached, or there is no authority.
    pub fn show_card(
        &self,
        link: &mut Link,
        shown: Option<&ShownCertificate>,
        to: OnTheWay,
        correlation: &str,
    ) -> Result<Judged<Ticket>, Failure> {
        let Some(shown) = shown else {
            return Ok(Err(CardRefused::NoCertificate));
        };
        let known = self.one_of_ours(link, &shown.der)?;
        let why = match &known {
            None => Err(CardRefused::UnknownCertificate),
            Some(certificate) => self.judged(link, certificate)?,
        };
        // What the table knows is told first; a chain that does not hold is never let in.
        let why = why.and(if shown.is_trusted {
            Ok(())
        } else {
            Err(CardRefused::UnknownCertificate)
        });
        match (why, known) {
            (Ok(()), Some(certificate)) => {
                let made = TicketFor {
                    portal: to.portal,
                    browser_hash: to.browser_hash,
                    certificate: certificate.id,
                };
                Ok(Ok(link.put_ticket(&made)?))
            }
            (Ok(()), None) => Ok(Err(CardRefused::UnknownCertificate)),
            (Err(why), known) => {
                self.note_refused_card(link, known.as_ref(), (to.portal, why), correlation)?;
                Ok(Err(why))
            }
        }
    }

    /// Whom a ticket lets into the portal, asked once more how the card stands now. `None` when the
    /// ticket is used up, too old, for another portal or another browser's.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub fn take_card_ticket(
        &self,
        link: &mut Link,
        ticket: &[u8],
        to: OnTheWay,
        correlation: &str,
    ) -> Result<Option<Judged<CardHolder>>, Failure> {
        let taken = link.take_ticket(ticket, to.browser_hash)?;
        let Some(taken) = taken.filter(|taken| taken.portal == to.portal) else {
            return Ok(None);
        };
        let certificate = link.certificate_for_errand(taken.certificate)?;
        let certificate = certificate.ok_or(Failure::NotFound)?;
        if let Err(why) = self.judged(link, &certificate)? {
            self.note_refused_card(link, Some(&certificate), (to.portal, why), correlation)?;
            return Ok(Some(Err(why)));
        }
        Ok(Some(Ok(CardHolder {
            person: certificate.person,
            loa: certificate.loa,
            evidence: evidence(link, certificate.id)?,
        })))
    }

    /// The certificate in our table with the authority and serial that this one names, if it is the
    /// same to the last byte.
    fn one_of_ours(&self, link: &mut Link, der: &[u8]) -> Result<Option<Certificate>, Failure> {
        let Some((authority, serial)) = self.authority()?.name_of(der) else {
            return Ok(None);
        };
        let found = link.certificate_by_serial(&authority, &serial)?;
        Ok(found
            .filter(|(_, signed)| signed == der)
            .map(|(certificate, _)| certificate))
    }

    fn judged(&self, link: &mut Link, certificate: &Certificate) -> Result<Judged<()>, Failure> {
        let sheet = link.card_for_errand(certificate.card)?;
        let sheet = sheet.ok_or(Failure::NotFound)?;
        Ok(certificate.lets_in(sheet.card.stage(), business_day(link.now())))
    }

    fn note_refused_card(
        &self,
        link: &mut Link,
        certificate: Option<&Certificate>,
        (portal, why): (Channel, CardRefused),
        correlation: &str,
    ) -> Result<(), Failure> {
        let Some(why) = NotLetIn::by_card(why) else {
            return Ok(());
        };
        let (person, loa) = match certificate {
            Some(certificate) => (Some(certificate.person), certificate.loa),
            None => (None, Loa::Loa2),
        };
        self.ledger
            .not_let_in(link, (portal, person, loa), why, correlation)
    }
}

fn evidence(link: &mut Link, id: CertificateId) -> Result<String, Failure> {
    let reserved = link.issuance(id)?.and_then(|issuance| issuance.reserved);
    let reserved = reserved.ok_or(Failure::NotFound)?;
    let (authority, serial) = (reserved.authority, reserved.serial);
    Ok(format!("card certificate {authority} {serial}"))
}
