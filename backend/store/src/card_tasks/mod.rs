//! Card tasks as card clients and pages ask for them: by code, by secret, by card; and what card
//! clients tell on their way, which changes nothing and has no line in the log.

mod evidence;
mod told;

use cards_domain::access::Actor;
use cards_domain::card_task::{CardTask, CardTaskFacts, Hashed, TaskKind};
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{CardId, CardTaskId, CertificateId, PersonId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use strum::IntoEnumIterator as _;
use uuid::Uuid;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::kept::Kept as _;
use crate::kept::card_task::{CardTaskRow, facts_of};
use crate::schema::{appointment, card_task, issuance};
use crate::seal::sha256;
use crate::sessions::{AppointmentRow, BRANCH, read_appointment};
use crate::tx::Tx;

pub use evidence::CardEvidence;

/// The tasks of a card that pages tell of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TasksOfCard {
    /// When the card first proved itself.
    pub registered_at: Option<DateTime<Utc>>,
    /// The newest task of each kind that it has had.
    pub latest: Vec<CardTask>,
}

impl TasksOfCard {
    /// The newest task of the kind.
    #[must_use]
    pub fn of(&self, kind: TaskKind) -> Option<&CardTask> {
        self.latest.iter().find(|task| task.kind == kind)
    }

    /// The tasks that wait for a card client or are in one at `now`.
    pub fn running(&self, now: DateTime<Utc>) -> impl Iterator<Item = &CardTask> {
        let live = move |task: &&CardTask| task.stage.is_live() && !task.is_overdue(now);
        self.latest.iter().filter(live)
    }
}

/// What has been issued for a certificate.
#[derive(Clone, PartialEq, Eq)]
pub struct IssuedKey {
    /// Which certificate.
    pub certificate: CertificateId,
    /// SHA-256 of its key (SubjectPublicKeyInfo).
    pub key: [u8; 32],
    /// The certificate (DER), once signed.
    pub der: Option<Vec<u8>>,
}

/// SHA-256 of a secret: what is kept of it.
#[must_use]
pub fn hashed(secret: &[u8]) -> Hashed {
    let mut hash = [0; 32];
    for (to, from) in hash.iter_mut().zip(sha256(&[secret])) {
        *to = from;
    }
    Hashed(hash)
}

impl Link {
    /// A task, for whoever has been let in otherwise.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn card_task(&mut self, id: CardTaskId) -> Result<Option<CardTask>, StoreError> {
        self.read(|tx| Ok(CardTask::load(tx, &[id.0])?.pop()))
    }

    /// The task that can be fetched with a code or a token of this hash, old or not.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn task_by_code(&mut self, hash: Hashed) -> Result<Option<CardTask>, StoreError> {
        let bytes = hash.0.to_vec();
        let by_code = card_task::code_hash.eq(bytes.clone());
        let by_token = card_task::token_hash.eq(bytes);
        let row = card_task::table
            .filter(by_code.or(by_token))
            .select(CardTaskRow::as_select())
            .first(&mut self.conn)
            .optional()?;
        self.opened(row)
    }

    /// The task whose card client shows a secret of this hash.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn task_by_secret(&mut self, hash: Hashed) -> Result<Option<CardTask>, StoreError> {
        let row = card_task::table
            .filter(card_task::secret_hash.eq(hash.0.to_vec()))
            .select(CardTaskRow::as_select())
            .first(&mut self.conn)
            .optional()?;
        self.opened(row)
    }

    /// The newest task of a kind that a card has had.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn latest_task(
        &mut self,
        card: CardId,
        kind: TaskKind,
    ) -> Result<Option<CardTask>, StoreError> {
        let row = card_task::table
            .filter(card_task::card_id.eq(card.0))
            .filter(card_task::kind.eq(<&str>::from(kind)))
            .order(card_task::id.desc())
            .select(CardTaskRow::as_select())
            .first(&mut self.conn)
            .optional()?;
        self.opened(row)
    }

    /// The tasks of a card that pages tell of.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn tasks_of(&mut self, card: CardId) -> Result<TasksOfCard, StoreError> {
        let rows: Vec<CardTaskRow> = card_task::table
            .filter(card_task::card_id.eq(card.0))
            .distinct_on(card_task::kind)
            .order((card_task::kind, card_task::id.desc()))
            .select(CardTaskRow::as_select())
            .load(&mut self.conn)?;
        let rows = rows.into_iter().map(|row| row.read(self.seal()));
        let mut latest = rows.collect::<Result<Vec<_>, _>>()?;
        latest.sort_by_key(|task| TaskKind::iter().position(|kind| kind == task.kind));
        let registered_at = card_task::table
            .filter(card_task::card_id.eq(card.0))
            .select(diesel::dsl::min(card_task::proved_at))
            .first(&mut self.conn)?;
        Ok(TasksOfCard {
            registered_at,
            latest,
        })
    }

    /// Tasks whose time is over and that have not been ended, the oldest first.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn overdue_tasks(&mut self, limit: i64) -> Result<Vec<CardTaskId>, StoreError> {
        let now = self.now();
        let ids: Vec<Uuid> = card_task::table
            .filter(card_task::stage.eq_any(["offered", "begun"]))
            .filter(card_task::expires_at.le(now))
            .order(card_task::expires_at)
            .limit(limit)
            .select(card_task::id)
            .load(&mut self.conn)?;
        Ok(ids.into_iter().map(CardTaskId).collect())
    }

    /// What an officer is appointed to now, the oldest first.
    ///
    /// # Errors
    /// The database cannot be asked, or a row is not what it must be.
    pub fn live_appointments(
        &mut self,
        person: PersonId,
    ) -> Result<Vec<cards_domain::access::Appointment>, StoreError> {
        use crate::prepared::Part;
        use diesel::sql_types::{Array, Uuid as SqlUuid};
        let now = self.now();
        let not_over = appointment::ends_at
            .is_null()
            .or(appointment::ends_at.gt(now));
        let rows: Vec<AppointmentRow> = appointment::table
            .filter(appointment::person_id.eq(person.0))
            .filter(appointment::starts_at.le(now))
            .filter(not_over)
            .order((appointment::starts_at, appointment::id))
            .select((
                appointment::id,
                appointment::role,
                appointment::office_id,
                Part::<Array<SqlUuid>>::of(BRANCH),
            ))
            .load(&mut self.conn)?;
        rows.into_iter().map(read_appointment).collect()
    }

    /// Key and certificate of each of these, in no order.
    ///
    /// # Errors
    /// The database cannot be asked, or a row cannot be opened.
    pub fn issued_keys(&mut self, ids: &[CertificateId]) -> Result<Vec<IssuedKey>, StoreError> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let rows: Vec<(Uuid, Vec<u8>, Option<Vec<u8>>)> = issuance::table
            .filter(issuance::certificate_id.eq_any(ids))
            .select((issuance::certificate_id, issuance::key_hash, issuance::der))
            .load(&mut self.conn)?;
        rows.into_iter()
            .map(|(id, key, der)| {
                let der = der.map(|der| self.seal().open_bytes(crate::certificates::DER, &der));
                let key = <[u8; 32]>::try_from(key);
                Ok(IssuedKey {
                    certificate: CertificateId(id),
                    key: key.map_err(|_| unreadable("issuance", "key_hash"))?,
                    der: der.transpose()?,
                })
            })
            .collect()
    }

    /// The certificate that was asked for with this key.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn certificate_of_key(
        &mut self,
        key: &[u8; 32],
    ) -> Result<Option<CertificateId>, StoreError> {
        let found: Option<Uuid> = issuance::table
            .filter(issuance::key_hash.eq(key.to_vec()))
            .select(issuance::certificate_id)
            .first(&mut self.conn)
            .optional()?;
        Ok(found.map(CertificateId))
    }

    fn opened(&self, row: Option<CardTaskRow>) -> Result<Option<CardTask>, StoreError> {
        row.map(|row| row.read(self.seal())).transpose()
    }
}

/// What the rules of tasks are told about a card; `None` for one that is not there.
///
/// # Errors
/// The database cannot be asked, or a row is not what it must be.
pub fn facts(
    tx: &mut Tx<'_>,
    by: &Actor,
    card: CardId,
    lengths: &DeadlineLengths,
) -> Result<Option<CardTaskFacts>, StoreError> {
    tx.asked_at(by.office());
    let mut facts = facts_of(tx, by, &[card], lengths)?;
    Ok(facts.pop().flatten())
}
