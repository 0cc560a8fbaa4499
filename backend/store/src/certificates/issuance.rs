//! How far the issuing of a certificate has come. Each step fills its columns once: whoever comes
//! second finds them filled and goes on from there.

use cards_domain::certificate::{Certificate, CertificateStage};
use cards_domain::ids::CertificateId;
use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use serde_json::Value;

use super::{BASIS, DER, REQUEST, TBS};
use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::kept::Kept;
use crate::queries::CardSheet;
use crate::schema::{certificate, issuance};
use crate::seal::Seal;

/// A serial that is kept for a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// Which authority will sign.
    pub authority: String,
    /// Under which serial, lower-case hexadecimal.
    pub serial: String,
    /// On which of the authority's lists it will stand if it is revoked.
    pub shard: i32,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// A certificate that is ready to be signed.
#[derive(Clone, PartialEq, Eq)]
pub struct Prepared {
    /// What it says of holder and card.
    pub basis: Vec<u8>,
    /// The certificate before its signature.
    pub tbs: Vec<u8>,
    /// What the linter has against it, as codes.
    pub findings: Vec<String>,
    /// Since when; its validity begins then.
    pub at: DateTime<Utc>,
}

/// A certificate that has been signed.
#[derive(Clone, PartialEq, Eq)]
pub struct Signed {
    /// The certificate (DER).
    pub der: Vec<u8>,
    /// When.
    pub at: DateTime<Utc>,
}

/// How far the issuing of a certificate has come.
#[derive(Clone, PartialEq, Eq)]
pub struct Issuance {
    /// Which certificate.
    pub certificate: CertificateId,
    /// The request (PKCS #10, DER).
    pub request: Vec<u8>,
    /// The serial, once reserved.
    pub reserved: Option<Reservation>,
    /// What is to be signed, once made.
    pub prepared: Option<Prepared>,
    /// What was signed.
    pub signed: Option<Signed>,
}

impl std::fmt::Debug for Issuance {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (prepared, signed) = (self.prepared.is_some(), self.signed.is_some());
        let (id, reserved) = (self.certificate, &self.reserved);
        write!(
            out,
            "Issuance({id}, {reserved:?}, prepared: {prepared}, signed: {signed})"
        )
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = issuance)]
pub(super) struct IssuanceRow {
    certificate_id: uuid::Uuid,
    request: Vec<u8>,
    authority: Option<String>,
    serial: Option<String>,
    shard: Option<i32>,
    reserved_at: Option<DateTime<Utc>>,
    basis: Option<Vec<u8>>,
    tbs: Option<Vec<u8>>,
    findings: Option<Value>,
    prepared_at: Option<DateTime<Utc>>,
    der: Option<Vec<u8>>,
    signed_at: Option<DateTime<Utc>>,
}

impl IssuanceRow {
    pub(super) fn read(self, seal: &Seal) -> Result<Issuance, StoreError> {
        let reserved = match (self.authority, self.serial, self.shard, self.reserved_at) {
            (Some(authority), Some(serial), Some(shard), Some(at)) => Some(Reservation {
                authority,
                serial,
                shard,
                at,
            }),
            _ => None,
        };
        let prepared = match (self.basis, self.tbs, self.findings, self.prepared_at) {
            (Some(basis), Some(tbs), Some(findings), Some(at)) => Some(Prepared {
                basis: seal.open_bytes(BASIS, &basis)?,
                tbs: seal.open_bytes(TBS, &tbs)?,
                findings: serde_json::from_value(findings)
                    .map_err(|_| unreadable("issuance", "findings"))?,
                at,
            }),
            _ => None,
        };
        let signed = match (self.der, self.signed_at) {
            (Some(der), Some(at)) => Some(Signed {
                der: seal.open_bytes(DER, &der)?,
                at,
            }),
            _ => None,
        };
        Ok(Issuance {
            certificate: CertificateId(self.certificate_id),
            request: seal.open_bytes(REQUEST, &self.request)?,
            reserved,
            prepared,
            signed,
        })
    }
}

/// A certificate that is being issued, with its card.
#[derive(Clone, Debug)]
pub struct Underway {
    /// The certificate.
    pub certificate: Certificate,
    /// How far its issuing has come.
    pub issuance: Issuance,
    /// The card that it is for.
    pub card: CardSheet,
}

impl Link {
    /// What is known of a certificate that is to be issued.
    ///
    /// # Errors
    /// The database cannot be asked, or the row cannot be opened.
    pub fn issuing(&mut self, id: CertificateId) -> Result<Option<Underway>, StoreError> {
        let Some(certificate) = self.certificate_for_errand(id)? else {
            return Ok(None);
        };
        let card = self.card_for_errand(certificate.card)?;
        let issuance = self.issuance(id)?;
        Ok(card.zip(issuance).map(|(card, issuance)| Underway {
            certificate,
            issuance,
            card,
        }))
    }

    /// A certificate for the system's own errands, which have no scope.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn certificate_for_errand(
        &mut self,
        id: CertificateId,
    ) -> Result<Option<Certificate>, StoreError> {
        self.read(|tx| Ok(Certificate::load(tx, &[id.0])?.pop()))
    }

    /// How far the issuing of a certificate has come.
    ///
    /// # Errors
    /// The database cannot be asked, or the row cannot be opened.
    pub fn issuance(&mut self, id: CertificateId) -> Result<Option<Issuance>, StoreError> {
        let row: Option<IssuanceRow> = issuance::table
            .find(id.0)
            .select(IssuanceRow::as_select())
            .first(&mut self.conn)
            .optional()?;
        row.map(|row| row.read(self.seal())).transpose()
    }

    /// Keeps a serial for a certificate. Gives whether it is kept: one that has a serial stays with it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the serial is taken.
    pub fn reserve_serial(
        &mut self,
        id: CertificateId,
        reserved: &Reservation,
    ) -> Result<bool, StoreError> {
        let kept = diesel::update(issuance::table.find(id.0))
            .filter(issuance::serial.is_null())
            .set((
                issuance::authority.eq(&reserved.authority),
                issuance::serial.eq(&reserved.serial),
                issuance::shard.eq(reserved.shard),
                issuance::reserved_at.eq(reserved.at),
            ))
            .execute(&mut self.conn)?;
        Ok(kept == 1)
    }

    /// Keeps what is to be signed, as long as the certificate is asked for. Gives whether it is kept:
    /// what is kept already stays, and nothing is kept for one that has ended meanwhile, so that
    /// nobody signs it.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn keep_prepared(
        &mut self,
        id: CertificateId,
        prepared: &Prepared,
    ) -> Result<bool, StoreError> {
        let (basis, tbs) = (
            self.seal()
                .close_bytes(self.entropy(), BASIS, &prepared.basis)?,
            self.seal()
                .close_bytes(self.entropy(), TBS, &prepared.tbs)?,
        );
        let asked_for = certificate::table
            .find(id.0)
            .filter(certificate::stage.eq(<&str>::from(CertificateStage::Requested)));
        let kept = diesel::update(issuance::table.find(id.0))
            .filter(issuance::tbs.is_null().and(exists(asked_for)))
            .set((
                issuance::basis.eq(basis),
                issuance::tbs.eq(tbs),
                issuance::findings.eq(serde_json::json!(prepared.findings)),
                issuance::prepared_at.eq(prepared.at),
            ))
            .execute(&mut self.conn)?;
        Ok(kept == 1)
    }

    /// Keeps what was signed. Gives whether it is kept: what is kept already stays.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn keep_signed(&mut self, id: CertificateId, signed: &Signed) -> Result<bool, StoreError> {
        let sealed = self.seal().close_bytes(self.entropy(), DER, &signed.der)?;
        let kept = diesel::update(issuance::table.find(id.0))
            .filter(issuance::der.is_null())
            .set((issuance::der.eq(sealed), issuance::signed_at.eq(signed.at)))
            .execute(&mut self.conn)?;
        Ok(kept == 1)
    }
}
