//! What the status service is told about a serial: nothing but where its certificate stands.

use std::collections::HashMap;

use cards_domain::card::RevocationReason;
use cards_domain::certificate::CertificateStage;
use cards_domain::ids::CertificateId;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::schema::{certificate, issuance};

/// Where the certificate with a serial stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SerialStatus {
    /// Nothing has been signed with it yet.
    Reserved,
    /// Signed, and not revoked.
    Good,
    /// Revoked, whether it had been signed or not.
    Revoked {
        /// When.
        at: DateTime<Utc>,
        /// Why.
        reason: RevocationReason,
    },
}

type Row = (
    Option<String>,
    String,
    DateTime<Utc>,
    Option<String>,
    Option<DateTime<Utc>>,
);

impl Link {
    /// The certificate that has a serial of an authority.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn certificate_with_serial(
        &mut self,
        authority: &str,
        serial: &str,
    ) -> Result<Option<CertificateId>, StoreError> {
        let found: Option<uuid::Uuid> = issuance::table
            .filter(
                issuance::authority
                    .eq(authority)
                    .and(issuance::serial.eq(serial)),
            )
            .select(issuance::certificate_id)
            .first(&mut self.conn)
            .optional()?;
        Ok(found.map(CertificateId))
    }

    /// Where the certificates with these serials of an authority stand; serials that were never
    /// reserved are left out.
    ///
    /// # Errors
    /// The database cannot be asked, or a row is not what it must be.
    pub fn serial_statuses(
        &mut self,
        authority: &str,
        serials: &[String],
    ) -> Result<HashMap<String, SerialStatus>, StoreError> {
        let rows: Vec<Row> = issuance::table
            .inner_join(certificate::table.on(certificate::id.eq(issuance::certificate_id)))
            .filter(issuance::authority.eq(authority))
            .filter(issuance::serial.eq_any(serials))
            .select((
                issuance::serial,
                certificate::stage,
                certificate::since,
                certificate::reason,
                issuance::signed_at,
            ))
            .load(&mut self.conn)?;
        rows.into_iter().map(read).collect()
    }
}

fn read(row: Row) -> Result<(String, SerialStatus), StoreError> {
    let (serial, stage, since, reason, signed_at) = row;
    let serial = serial.ok_or(unreadable("issuance", "serial"))?;
    let stage: CertificateStage = stage
        .parse()
        .map_err(|_| unreadable("certificate", "stage"))?;
    let status = if stage == CertificateStage::Revoked {
        let reason = reason.and_then(|reason| reason.parse().ok());
        SerialStatus::Revoked {
            at: since,
            reason: reason.ok_or(unreadable("certificate", "reason"))?,
        }
    } else if signed_at.is_some() {
        SerialStatus::Good
    } else {
        SerialStatus::Reserved
    };
    Ok((serial, status))
}
