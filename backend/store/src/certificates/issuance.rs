//! How far the issuing of a certificate has come. Each step fills its columns once: whoever comes
//! second finds them filled and goes on from there.

use std::collections::{HashMap, HashSet};

use cards_domain::certificate::{Certificate, CertificateStage};
use cards_domain::ids::CertificateId;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{self as sql, Array, Bytea, Integer, Jsonb, Text, Timestamptz};
use serde_json::Value;
use uuid::Uuid;

use super::{BASIS, DER, REQUEST, TBS};
use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::kept::Kept;
use crate::prepared::{Prepared as Statement, prepared};
use crate::queries::CardSheet;
use crate::schema::issuance;
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
    certificate_id: Uuid,
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

/// Certificates for which a step has been kept; those that had one already, or that have ended, are
/// not among them.
pub type KeptFor = HashSet<CertificateId>;

const RESERVE: &str = "UPDATE issuance AS i \
     SET authority = n.authority, serial = n.serial, shard = n.shard, reserved_at = n.at \
     FROM unnest($1, $2, $3, $4, $5) AS n (id, authority, serial, shard, at) \
     WHERE i.certificate_id = n.id AND i.serial IS NULL \
     RETURNING i.certificate_id";

const PREPARE: &str = "UPDATE issuance AS i \
     SET basis = n.basis, tbs = n.tbs, findings = n.findings, prepared_at = n.at \
     FROM unnest($1, $2, $3, $4, $5) AS n (id, basis, tbs, findings, at) \
     WHERE i.certificate_id = n.id AND i.tbs IS NULL \
       AND EXISTS (SELECT FROM certificate AS c WHERE c.id = n.id AND c.stage = $6) \
     RETURNING i.certificate_id";

const SIGN: &str = "UPDATE issuance AS i SET der = n.der, signed_at = n.at \
     FROM unnest($1, $2, $3) AS n (id, der, at) \
     WHERE i.certificate_id = n.id AND i.der IS NULL \
     RETURNING i.certificate_id";

#[derive(QueryableByName)]
struct KeptRow {
    #[diesel(sql_type = sql::Uuid)]
    certificate_id: Uuid,
}

/// The ids of what is to be kept, as a column.
fn ids<T>(made: &[(CertificateId, T)]) -> Vec<Uuid> {
    made.iter().map(|(id, _)| id.0).collect()
}

/// Something of what is to be kept, as a column.
fn column<T, C>(made: &[(CertificateId, T)], one: impl FnMut(&T) -> C) -> Vec<C> {
    made.iter().map(|(_, made)| made).map(one).collect()
}

impl Link {
    /// What is known of certificates that are to be issued, in that order; unknown ones are left out.
    ///
    /// # Errors
    /// The database cannot be asked, or a row cannot be opened.
    pub fn issuing(&mut self, wanted: &[CertificateId]) -> Result<Vec<Underway>, StoreError> {
        let wanted: Vec<Uuid> = wanted.iter().map(|id| id.0).collect();
        let known: Vec<(Certificate, Option<CardSheet>)> = self.read(|tx| {
            let certificates = Certificate::load(tx, &wanted)?;
            tx.see_cards(certificates.iter().map(|one| one.card))?;
            let card = |one: &Certificate| tx.around(one.card).map(|around| around.sheet.clone());
            let cards: Vec<_> = certificates.iter().map(card).collect();
            Ok::<_, StoreError>(certificates.into_iter().zip(cards).collect())
        })?;
        let mut begun = self.issuances(&wanted)?;
        let known = known.into_iter();
        Ok(known
            .filter_map(|(certificate, card)| {
                Some(Underway {
                    issuance: begun.remove(&certificate.id)?,
                    card: card?,
                    certificate,
                })
            })
            .collect())
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
        Ok(self.issuances(&[id.0])?.remove(&id))
    }

    fn issuances(&mut self, ids: &[Uuid]) -> Result<HashMap<CertificateId, Issuance>, StoreError> {
        let rows: Vec<IssuanceRow> = issuance::table
            .filter(issuance::certificate_id.eq_any(ids))
            .select(IssuanceRow::as_select())
            .load(&mut self.conn)?;
        let read = rows.into_iter().map(|row| row.read(self.seal()));
        read.map(|read| read.map(|issuance| (issuance.certificate, issuance)))
            .collect()
    }

    /// Keeps serials for certificates: all of them or, when one is taken, none. One that has a serial
    /// stays with it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a serial is taken.
    pub fn reserve_serials(
        &mut self,
        made: &[(CertificateId, Reservation)],
    ) -> Result<KeptFor, StoreError> {
        let keep = prepared(RESERVE)
            .bind::<Array<sql::Uuid>, _>(ids(made))
            .bind::<Array<Text>, _>(column(made, |one| one.authority.clone()))
            .bind::<Array<Text>, _>(column(made, |one| one.serial.clone()))
            .bind::<Array<Integer>, _>(column(made, |one| one.shard))
            .bind::<Array<Timestamptz>, _>(column(made, |one| one.at));
        self.kept(keep)
    }

    /// Keeps what is to be signed, as long as the certificate is asked for: what is kept already
    /// stays, and nothing is kept for one that has ended meanwhile, so that nobody signs it.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn keep_prepared(
        &mut self,
        made: &[(CertificateId, Prepared)],
    ) -> Result<KeptFor, StoreError> {
        let basis = self.sealed(BASIS, made, |one| &one.basis)?;
        let tbs = self.sealed(TBS, made, |one| &one.tbs)?;
        let requested = <&str>::from(CertificateStage::Requested);
        let keep = prepared(PREPARE)
            .bind::<Array<sql::Uuid>, _>(ids(made))
            .bind::<Array<Bytea>, _>(basis)
            .bind::<Array<Bytea>, _>(tbs)
            .bind::<Array<Jsonb>, _>(column(made, |one| serde_json::json!(one.findings)))
            .bind::<Array<Timestamptz>, _>(column(made, |one| one.at))
            .bind::<Text, _>(requested);
        self.kept(keep)
    }

    /// Keeps what was signed; what is kept already stays.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn keep_signed(&mut self, made: &[(CertificateId, Signed)]) -> Result<KeptFor, StoreError> {
        let keep = prepared(SIGN)
            .bind::<Array<sql::Uuid>, _>(ids(made))
            .bind::<Array<Bytea>, _>(self.sealed(DER, made, |one| &one.der)?)
            .bind::<Array<Timestamptz>, _>(column(made, |one| one.at));
        self.kept(keep)
    }

    fn kept(&mut self, statement: Statement) -> Result<KeptFor, StoreError> {
        let kept: Vec<KeptRow> = statement.load(&mut self.conn)?;
        let kept = kept.into_iter();
        Ok(kept.map(|row| CertificateId(row.certificate_id)).collect())
    }

    fn sealed<T>(
        &self,
        context: &'static str,
        made: &[(CertificateId, T)],
        one: impl Fn(&T) -> &Vec<u8>,
    ) -> Result<Vec<Vec<u8>>, StoreError> {
        let close = |made: &T| self.seal().close_bytes(self.entropy(), context, one(made));
        let sealed = made.iter().map(|(_, made)| close(made));
        Ok(sealed.collect::<Result<_, _>>()?)
    }
}
