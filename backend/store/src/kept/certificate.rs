//! Certificates as rows. How far the issuing of one has come stands in a row of its own, which
//! begins with the request.

use std::collections::HashSet;

use cards_domain::access::Actor;
use cards_domain::card::CardStageName;
use cards_domain::certificate::{
    Certificate, CertificateFacts, CertificateRequest, Profile, SigningRequest,
};
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{CardId, CertificateId, PairId, PersonId};
use cards_domain::lifecycle::Lifecycle;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::around::Around;
use super::{Kept, KeptBegin, guard_table, in_order};
use crate::certificates::REQUEST;
use crate::error::{StoreError, unreadable};
use crate::rows::{self, Row};
use crate::schema::{certificate, issuance};
use crate::tx::Tx;

#[derive(Queryable, Selectable, Serialize, Deserialize)]
#[diesel(table_name = certificate)]
pub(crate) struct CertificateRow {
    id: Uuid,
    card_id: Uuid,
    person_id: Uuid,
    stage: String,
    since: DateTime<Utc>,
    version: i64,
    profile: String,
    usage: String,
    pair_id: Uuid,
    loa: String,
    not_after: NaiveDate,
    reason: Option<String>,
}

impl Row for CertificateRow {
    const TABLE: &'static str = "certificate";
    const CHANGES: &'static [&'static str] = &["stage", "since", "reason"];
}

impl From<&Certificate> for CertificateRow {
    fn from(thing: &Certificate) -> Self {
        Self {
            id: thing.id.0,
            card_id: thing.card.0,
            person_id: thing.person.0,
            stage: <&str>::from(thing.stage).to_owned(),
            since: thing.since,
            version: thing.version,
            profile: <&str>::from(thing.profile).to_owned(),
            usage: <&str>::from(thing.usage).to_owned(),
            pair_id: thing.pair.0,
            loa: <&str>::from(thing.loa).to_owned(),
            not_after: thing.not_after,
            reason: thing.reason.map(|reason| <&str>::from(reason).to_owned()),
        }
    }
}

impl TryFrom<CertificateRow> for Certificate {
    type Error = StoreError;

    fn try_from(row: CertificateRow) -> Result<Self, StoreError> {
        let bad = |what| move |_| unreadable("certificate", what);
        let reason = row.reason.map(|reason| reason.parse()).transpose();
        Ok(Self {
            id: CertificateId(row.id),
            card: CardId(row.card_id),
            person: PersonId(row.person_id),
            profile: row.profile.parse().map_err(bad("profile"))?,
            usage: row.usage.parse().map_err(bad("usage"))?,
            pair: PairId(row.pair_id),
            loa: row.loa.parse().map_err(bad("loa"))?,
            not_after: row.not_after,
            reason: reason.map_err(bad("reason"))?,
            stage: row.stage.parse().map_err(bad("stage"))?,
            since: row.since,
            version: row.version,
            request: None,
        })
    }
}

impl Kept for Certificate {
    fn guard(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<(), StoreError> {
        guard_table(tx, "certificate", ids)
    }

    fn load(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<Vec<Self>, StoreError> {
        if let Some(known) = tx.memory.certificates(ids) {
            return Ok(known);
        }
        let rows: Vec<CertificateRow> = certificate::table
            .filter(certificate::id.eq_any(ids))
            .select(CertificateRow::as_select())
            .load(tx.conn)?;
        let things = rows
            .into_iter()
            .map(Self::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        Ok(in_order(ids, things, |thing| thing.id.0))
    }

    fn facts(
        tx: &mut Tx<'_>,
        _: &Actor,
        things: &[Self],
        _: &DeadlineLengths,
    ) -> Result<Vec<CertificateFacts>, StoreError> {
        tx.see_cards(things.iter().map(|thing| thing.card))?;
        things
            .iter()
            .map(|thing| {
                let around = tx.around_known(thing.card)?;
                let beside = living(around)
                    .filter(|other| other.pair == thing.pair && other.id != thing.id)
                    .map(|other| other.id)
                    .collect();
                Ok(CertificateFacts {
                    pair: Some(thing.pair),
                    beside,
                    ..about(around)
                })
            })
            .collect()
    }

    fn save(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows: Vec<_> = things.iter().map(CertificateRow::from).collect();
        rows::save(tx.conn, &rows)?;
        tx.memory.certificates_changed(things);
        Ok(())
    }
}

impl KeptBegin for Certificate {
    fn holder(request: &CertificateRequest) -> PersonId {
        request.person
    }

    fn facts_to_begin(
        tx: &mut Tx<'_>,
        _: &Actor,
        requests: &[CertificateRequest],
        _: &DeadlineLengths,
    ) -> Result<Vec<Option<CertificateFacts>>, StoreError> {
        tx.see_cards(requests.iter().map(|request| request.card))?;
        let keys = requests.iter().map(|request| request.request.key.to_vec());
        let known: Vec<Vec<u8>> = issuance::table
            .filter(issuance::key_hash.eq_any(keys.collect::<Vec<_>>()))
            .select(issuance::key_hash)
            .load(tx.conn)?;
        let known: HashSet<Vec<u8>> = known.into_iter().collect();
        Ok(requests
            .iter()
            .map(|request| {
                // A card of somebody else is no card for this request.
                let around = tx
                    .around(request.card)
                    .filter(|around| around.sheet.card.person == request.person)?;
                Some(CertificateFacts {
                    key_known: known.contains(request.request.key.as_slice()),
                    pair: pair(around, request.profile),
                    ..about(around)
                })
            })
            .collect())
    }

    fn insert(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows: Vec<_> = things.iter().map(CertificateRow::from).collect();
        rows::insert(tx.conn, &rows)?;
        let begun = things
            .iter()
            .filter_map(|thing| Some((thing.id, thing.request.as_ref()?)))
            .map(|(id, request)| {
                let SigningRequest { der, key } = request;
                Ok((
                    issuance::certificate_id.eq(id.0),
                    issuance::request.eq(tx.seal.close_bytes(tx.entropy, REQUEST, der)?),
                    issuance::key_hash.eq(key.to_vec()),
                ))
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        diesel::insert_into(issuance::table)
            .values(begun)
            .execute(tx.conn)?;
        tx.memory.certificates_changed(things);
        Ok(())
    }
}

/// The certificates of a card that are not over.
pub(super) fn living(around: &Around) -> impl Iterator<Item = &Certificate> {
    let certificates = around.sheet.parts.certificates.iter();
    certificates.filter(|certificate| !certificate.stage.is_over())
}

/// The pair of the profile that is on the card.
fn pair(around: &Around, profile: Profile) -> Option<PairId> {
    let mut same = living(around).filter(|certificate| certificate.profile == profile);
    same.next().map(|certificate| certificate.pair)
}

fn about(around: &Around) -> CertificateFacts {
    let card = &around.sheet.card;
    let stage: CardStageName = card.stage();
    CertificateFacts {
        subject: around.subject(),
        card: stage,
        card_number: card.number.clone(),
        valid_to: card.valid_to,
        product: around.sheet.product.clone(),
        key_known: false,
        pair: None,
        beside: Vec::new(),
    }
}
