//! Tickets of people who have shown their card and are on their way into a portal. The table holds
//! hashes only.

use cards_domain::certificate::Certificate;
use cards_domain::ids::CertificateId;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::journal::Channel;
use crate::schema::{card_log_in, issuance};
use crate::seal::sha256;

/// How long a browser may take from the one address to the other.
const LONGEST: TimeDelta = TimeDelta::seconds(60);

/// Who is on the way, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketFor {
    /// One of the three portals.
    pub portal: Channel,
    /// SHA-256 of the secret in the cookie of the browser that began.
    pub browser_hash: [u8; 32],
    /// The certificate that was shown.
    pub certificate: CertificateId,
}

/// The secret that takes somebody into a portal once. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Ticket(pub [u8; 32]);

impl std::fmt::Debug for Ticket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ticket(…)")
    }
}

type Row = (String, Vec<u8>, Uuid, DateTime<Utc>);

impl Link {
    /// The certificate with this serial of an authority, and what was signed (DER).
    ///
    /// # Errors
    /// The database cannot be asked, or the row cannot be opened.
    pub fn certificate_by_serial(
        &mut self,
        authority: &str,
        serial: &str,
    ) -> Result<Option<(Certificate, Vec<u8>)>, StoreError> {
        let id: Option<Uuid> = issuance::table
            .filter(issuance::authority.eq(authority))
            .filter(issuance::serial.eq(serial))
            .select(issuance::certificate_id)
            .first(&mut self.conn)
            .optional()?;
        let Some(id) = id.map(CertificateId) else {
            return Ok(None);
        };
        let signed = self.issuance(id)?.and_then(|issuance| issuance.signed);
        let certificate = self.certificate_for_errand(id)?;
        Ok(certificate.zip(signed.map(|signed| signed.der)))
    }

    /// Makes a ticket, and forgets those that are too old.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn put_ticket(&mut self, made: &TicketFor) -> Result<Ticket, StoreError> {
        let now = self.now();
        let mut ticket = Ticket([0; 32]);
        self.entropy().fill(&mut ticket.0);
        diesel::delete(card_log_in::table.filter(card_log_in::made_at.lt(now - LONGEST)))
            .execute(&mut self.conn)?;
        diesel::insert_into(card_log_in::table)
            .values((
                card_log_in::ticket_hash.eq(sha256(&[&ticket.0])),
                card_log_in::browser_hash.eq(made.browser_hash.to_vec()),
                card_log_in::portal.eq(<&str>::from(made.portal)),
                card_log_in::certificate_id.eq(made.certificate.0),
                card_log_in::made_at.eq(now),
            ))
            .execute(&mut self.conn)?;
        Ok(ticket)
    }

    /// Whom the ticket is for. It can be taken once, within a minute; whoever tries it in another
    /// browser has used it up.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn take_ticket(
        &mut self,
        ticket: &[u8],
        browser_hash: [u8; 32],
    ) -> Result<Option<TicketFor>, StoreError> {
        let earliest = self.now() - LONGEST;
        let row: Option<Row> = diesel::delete(card_log_in::table.find(sha256(&[ticket])))
            .returning((
                card_log_in::portal,
                card_log_in::browser_hash,
                card_log_in::certificate_id,
                card_log_in::made_at,
            ))
            .get_result(&mut self.conn)
            .optional()?;
        row.filter(|row| row.3 >= earliest && row.1 == browser_hash)
            .map(|(portal, _, certificate, _)| {
                Ok(TicketFor {
                    portal: portal
                        .parse()
                        .map_err(|_| unreadable("card_log_in", "portal"))?,
                    browser_hash,
                    certificate: CertificateId(certificate),
                })
            })
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_not_printed() {
        assert!(!format!("{:?}", Ticket([77; 32])).contains("77"));
    }
}
