//! The nightly examination of everything that has been issued: which process runs which night, what
//! it reads, and what it found. One row per night, claimed with a lease as the nightly run is.

use cards_domain::card::{CardStageName, RevocationReason};
use cards_domain::certificate::Certificate;
use cards_domain::ids::CertificateId;
use cards_domain::values::CardNumber;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::issuance::{Issuance, IssuanceRow};
use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::kept::certificate::CertificateRow;
use crate::schema::{card, certificate, certificate_check, issuance};

/// Something that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What, as a stable code.
    pub code: String,
    /// The certificate, if it is about one.
    pub certificate: Option<CertificateId>,
    /// The list, if it is about one: authority and number of the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<(String, i32)>,
    /// It has been put right.
    #[serde(default)]
    pub repaired: bool,
}

/// A night's examination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRun {
    /// The business day.
    pub day: NaiveDate,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it was done.
    pub finished_at: Option<DateTime<Utc>>,
    /// How many certificates were read.
    pub examined: i64,
    /// How much was put right.
    pub repaired: i64,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Why it was broken off.
    pub error: Option<String>,
}

#[derive(Queryable, QueryableByName, Selectable)]
#[diesel(table_name = certificate_check)]
struct CheckRow {
    day: NaiveDate,
    started_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    examined: i64,
    repaired: i64,
    findings: Value,
    error: Option<String>,
}

impl CheckRow {
    fn read(self) -> Result<CheckRun, StoreError> {
        let findings = serde_json::from_value(self.findings)
            .map_err(|_| unreadable("certificate_check", "findings"))?;
        Ok(CheckRun {
            day: self.day,
            started_at: self.started_at,
            finished_at: self.finished_at,
            examined: self.examined,
            repaired: self.repaired,
            findings,
            error: self.error,
        })
    }
}

/// A certificate as the examiner reads it.
#[derive(Clone, Debug)]
pub struct Examined {
    /// The certificate.
    pub certificate: Certificate,
    /// How far its issuing has come.
    pub issuance: Issuance,
    /// The number of its card.
    pub card_number: Option<CardNumber>,
    /// The last day of its card.
    pub card_valid_to: Option<NaiveDate>,
    /// Where its card stands.
    pub card: CardStageName,
    /// Why its card was revoked.
    pub card_reason: Option<RevocationReason>,
}

type ExaminedRow = (
    CertificateRow,
    IssuanceRow,
    Option<String>,
    Option<NaiveDate>,
    String,
    Option<String>,
);

impl Link {
    /// Takes the day's examination. `None` when it is finished or another process is at it.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn claim_check(
        &mut self,
        day: NaiveDate,
        runner: &str,
        lease: Duration,
    ) -> Result<Option<CheckRun>, StoreError> {
        use diesel::sql_types::{Date, Text, Timestamptz};
        let now = self.now();
        let row: Option<CheckRow> = diesel::sql_query(
            "INSERT INTO certificate_check AS c \
               (day, started_at, runner, lease_until, examined, repaired, findings) \
             VALUES ($1, $2, $3, $4, 0, 0, '[]'::jsonb) \
             ON CONFLICT (day) DO UPDATE \
               SET runner = excluded.runner, lease_until = excluded.lease_until, error = NULL \
               WHERE c.finished_at IS NULL AND (c.lease_until IS NULL OR c.lease_until < $2) \
             RETURNING *",
        )
        .bind::<Date, _>(day)
        .bind::<Timestamptz, _>(now)
        .bind::<Text, _>(runner)
        .bind::<Timestamptz, _>(now + lease)
        .get_result(&mut self.conn)
        .optional()?;
        row.map(CheckRow::read).transpose()
    }

    /// Notes what the day's examination found.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn finish_check(
        &mut self,
        day: NaiveDate,
        (examined, repaired): (i64, i64),
        findings: &[Finding],
    ) -> Result<(), StoreError> {
        let now = self.now();
        diesel::update(certificate_check::table.find(day))
            .set((
                certificate_check::finished_at.eq(now),
                certificate_check::lease_until.eq(None::<DateTime<Utc>>),
                certificate_check::examined.eq(examined),
                certificate_check::repaired.eq(repaired),
                certificate_check::findings.eq(serde_json::json!(findings)),
            ))
            .execute(&mut self.conn)?;
        Ok(())
    }

    /// Notes why the day's examination was broken off.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn break_off_check(&mut self, day: NaiveDate, error: &str) -> Result<(), StoreError> {
        diesel::update(certificate_check::table.find(day))
            .set((
                certificate_check::error.eq(error),
                certificate_check::lease_until.eq(None::<DateTime<Utc>>),
            ))
            .execute(&mut self.conn)?;
        Ok(())
    }

    /// The latest examinations, newest first.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn checks(&mut self, limit: i64) -> Result<Vec<CheckRun>, StoreError> {
        let rows: Vec<CheckRow> = certificate_check::table
            .order(certificate_check::day.desc())
            .limit(limit)
            .select(CheckRow::as_select())
            .load(&mut self.conn)?;
        rows.into_iter().map(CheckRow::read).collect()
    }

    /// The next certificates after `after`, in the order of their ids, at most `limit`.
    ///
    /// # Errors
    /// The database cannot be asked, or a row cannot be opened.
    pub fn certificates_to_examine(
        &mut self,
        after: Option<CertificateId>,
        limit: i64,
    ) -> Result<Vec<Examined>, StoreError> {
        let after = after.map_or(Uuid::nil(), |id| id.0);
        let rows: Vec<ExaminedRow> = certificate::table
            .inner_join(issuance::table.on(issuance::certificate_id.eq(certificate::id)))
            .inner_join(card::table.on(card::id.eq(certificate::card_id)))
            .filter(certificate::id.gt(after))
            .order(certificate::id)
            .limit(limit)
            .select((
                CertificateRow::as_select(),
                IssuanceRow::as_select(),
                card::number,
                card::valid_to,
                card::stage,
                card::reason,
            ))
            .load(&mut self.conn)?;
        rows.into_iter()
            .map(|(row, issuance, number, valid_to, stage, reason)| {
                let bad = |what| unreadable("card", what);
                let number = number.map(|number| number.parse()).transpose();
                let reason = reason.map(|reason| reason.parse()).transpose();
                Ok(Examined {
                    certificate: row.try_into()?,
                    issuance: issuance.read(self.seal())?,
                    card_number: number.map_err(|_| bad("number"))?,
                    card_valid_to: valid_to,
                    card: stage.parse().map_err(|_| bad("stage"))?,
                    card_reason: reason.map_err(|_| bad("reason"))?,
                })
            })
            .collect()
    }
}
