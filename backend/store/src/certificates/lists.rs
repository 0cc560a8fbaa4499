//! The lists of revoked certificates. Which certificates stand on a list is never kept apart: it is
//! read from the certificates themselves whenever the list is built.

use cards_domain::card::RevocationReason;
use cards_domain::ids::CertificateId;
use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::connection::DefaultLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::Integer;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::prepared::Part;
use crate::schema::{authority, certificate, crl_shard, issuance};

/// One list of one authority.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShardName {
    /// Whose.
    pub authority: String,
    /// Which.
    pub shard: i32,
}

/// A serial on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedSerial {
    /// Lower-case hexadecimal.
    pub serial: String,
    /// Since when it is revoked.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: RevocationReason,
}

/// A list as it is published.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = crl_shard)]
pub struct ListRow {
    /// Whose.
    pub authority: String,
    /// Which.
    pub shard: i32,
    /// Its number, one more than that of the list before it.
    pub number: i64,
    /// When it was begun.
    pub this_update: DateTime<Utc>,
    /// When the next one will be there at the latest.
    pub next_update: DateTime<Utc>,
    /// How many certificates stand on it.
    pub entries: i32,
    /// The list (DER).
    pub der: Vec<u8>,
    /// When what stands on it last changed.
    pub changed_at: DateTime<Utc>,
}

/// How old a list is.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct ListAge {
    /// Whose.
    pub authority: String,
    /// Which.
    pub shard: i32,
    /// Its number.
    pub number: i64,
    /// When it was built.
    pub this_update: DateTime<Utc>,
    /// When the next one will be there at the latest.
    pub next_update: DateTime<Utc>,
    /// How many certificates stand on it.
    pub entries: i32,
    /// How long it is, in bytes.
    pub bytes: i32,
    /// When what stands on it last changed.
    pub changed_at: DateTime<Utc>,
}

/// A list that has been built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewList {
    /// Whose and which.
    pub name: ShardName,
    /// Its number; the list that is there has the one before.
    pub number: i64,
    /// When it was begun.
    pub this_update: DateTime<Utc>,
    /// When the next one will be there at the latest.
    pub next_update: DateTime<Utc>,
    /// How many certificates stand on it.
    pub entries: i32,
    /// The list (DER).
    pub der: Vec<u8>,
}

impl Link {
    /// On which list a certificate stands when it is revoked; `None` when no serial was reserved.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn list_of(&mut self, id: CertificateId) -> Result<Option<ShardName>, StoreError> {
        let place: Option<(Option<String>, Option<i32>)> = issuance::table
            .find(id.0)
            .select((issuance::authority, issuance::shard))
            .first(&mut self.conn)
            .optional()?;
        Ok(place.and_then(|(authority, shard)| {
            Some(ShardName {
                authority: authority?,
                shard: shard?,
            })
        }))
    }

    /// The revoked certificates of a list, by serial; without those whose last day was before
    /// `living_on`.
    ///
    /// # Errors
    /// The database cannot be asked, or a row is not what it must be.
    pub fn revoked_serials(
        &mut self,
        list: &ShardName,
        living_on: NaiveDate,
    ) -> Result<Vec<RevokedSerial>, StoreError> {
        let rows: Vec<(Option<String>, DateTime<Utc>, Option<String>)> = issuance::table
            .inner_join(certificate::table.on(certificate::id.eq(issuance::certificate_id)))
            .filter(issuance::authority.eq(&list.authority))
            .filter(issuance::shard.eq(list.shard))
            .filter(certificate::stage.eq("revoked"))
            .filter(certificate::not_after.ge(living_on))
            .order(issuance::serial)
            .select((issuance::serial, certificate::since, certificate::reason))
            .load(&mut self.conn)?;
        rows.into_iter()
            .map(|(serial, at, reason)| {
                let reason = reason.and_then(|reason| reason.parse().ok());
                Ok(RevokedSerial {
                    serial: serial.ok_or(unreadable("issuance", "serial"))?,
                    at,
                    reason: reason.ok_or(unreadable("certificate", "reason"))?,
                })
            })
            .collect()
    }

    /// A list as it is published.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn list(&mut self, name: &ShardName) -> Result<Option<ListRow>, StoreError> {
        Ok(crl_shard::table
            .find((&name.authority, name.shard))
            .select(ListRow::as_select())
            .first(&mut self.conn)
            .optional()?)
    }

    /// How old every list is.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn list_ages(&mut self) -> Result<Vec<ListAge>, StoreError> {
        Ok(crl_shard::table
            .order((crl_shard::authority, crl_shard::shard))
            .select((
                crl_shard::authority,
                crl_shard::shard,
                crl_shard::number,
                crl_shard::this_update,
                crl_shard::next_update,
                crl_shard::entries,
                Part::<Integer>::of("octet_length(crl_shard.der)"),
                crl_shard::changed_at,
            ))
            .load(&mut self.conn)?)
    }

    /// Publishes a list that has been built, in the place of the one before it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else has published a list with the number: what
    /// stands on it may be older than what stands on this one, so it must be built again.
    pub fn publish_list(&mut self, new: &NewList, changed: bool) -> Result<(), StoreError> {
        let values = (
            crl_shard::number.eq(new.number),
            crl_shard::this_update.eq(new.this_update),
            crl_shard::next_update.eq(new.next_update),
            crl_shard::entries.eq(new.entries),
            crl_shard::der.eq(&new.der),
        );
        let published = if new.number == 1 {
            diesel::insert_into(crl_shard::table)
                .values((
                    crl_shard::authority.eq(&new.name.authority),
                    crl_shard::shard.eq(new.name.shard),
                    crl_shard::changed_at.eq(new.this_update),
                    values,
                ))
                .on_conflict_do_nothing()
                .execute(&mut self.conn)?
        } else {
            let before = crl_shard::table
                .find((&new.name.authority, new.name.shard))
                .filter(crl_shard::number.eq(new.number - 1));
            let changed_at = changed.then_some(new.this_update);
            diesel::update(before)
                .set((values, changed_at.map(|at| crl_shard::changed_at.eq(at))))
                .execute(&mut self.conn)?
        };
        if published == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }

    /// The lists that are missing, or whose next one is due before `before`; at most `limit`.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn lists_due(
        &mut self,
        before: DateTime<Utc>,
        limit: usize,
    ) -> Result<Vec<ShardName>, StoreError> {
        let authorities: Vec<(String, i32)> = authority::table
            .order(authority::name)
            .select((authority::name, authority::shards))
            .load(&mut self.conn)?;
        let fresh: HashSet<(String, i32)> = crl_shard::table
            .filter(crl_shard::next_update.ge(before))
            .select((crl_shard::authority, crl_shard::shard))
            .load_iter::<(String, i32), DefaultLoadingMode>(&mut self.conn)?
            .collect::<QueryResult<_>>()?;
        let every = authorities.into_iter().flat_map(|(authority, shards)| {
            (0..shards).map(move |shard| ShardName {
                authority: authority.clone(),
                shard,
            })
        });
        let due = every.filter(|one| !fresh.contains(&(one.authority.clone(), one.shard)));
        Ok(due.take(limit).collect())
    }
}
