//! The staging tables of one import: what the file has said so far, so that a file of any size is
//! read in the memory of one chunk. They are the transaction's own and end with it.

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Text, Timestamptz, Uuid as SqlUuid};
use serde::Serialize;
use serde::de::DeserializeOwned;
use strum::{EnumIter, EnumString, IntoStaticStr};
use uuid::Uuid;

use super::CHUNK;
use crate::error::{StoreError, unreadable};
use crate::tx::Tx;

/// For what the sealed entries are sealed.
const SEALED: &str = "feed.entry";
/// What nobody has brought a parent for in so long is forgotten.
const LONGEST_WAIT_DAYS: i64 = 90;

/// What an entry that waits is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum WaitingKind {
    /// A unit.
    Unit,
    /// An employment of a person.
    Person,
    /// An assignment.
    Assignment,
}

/// An entry that is put aside until the tree is known.
#[derive(Clone, Debug)]
pub struct Aside<T> {
    /// Its HSA-id in upper case.
    pub hsa_key: String,
    /// What it is.
    pub kind: WaitingKind,
    /// The entry.
    pub entry: T,
}

/// An entry taken up again.
#[derive(Clone, Debug)]
pub struct TakenUp<T> {
    /// Its place among those that were put aside.
    pub place: i64,
    /// It waits since an earlier import, and this file does not hold it.
    pub is_earlier: bool,
    /// What it is, with its HSA-id and content.
    pub aside: Aside<T>,
}

/// What the entries of a file have said of one person so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Heard {
    pub of_file: bool,
    pub mail: bool,
    pub test_person: bool,
    pub live_posts: i64,
}

#[derive(QueryableByName)]
struct Key {
    #[diesel(sql_type = Text)]
    key: String,
}

#[derive(QueryableByName)]
struct HeldRow {
    #[diesel(sql_type = BigInt)]
    place: i64,
    #[diesel(sql_type = Text)]
    hsa_key: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    is_earlier: bool,
    #[diesel(sql_type = Binary)]
    entry: Vec<u8>,
}

#[derive(QueryableByName)]
struct HeardRow {
    #[diesel(sql_type = SqlUuid)]
    person_id: Uuid,
    #[diesel(sql_type = Bool)]
    of_file: bool,
    #[diesel(sql_type = Bool)]
    mail: bool,
    #[diesel(sql_type = Bool)]
    test_person: bool,
    #[diesel(sql_type = BigInt)]
    live_posts: i64,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Three columns as arrays, for `unnest`.
type Columns = (Vec<String>, Vec<String>, Vec<Vec<u8>>);

impl Tx<'_> {
    /// Makes the staging tables. The statements of a large import may take longer than those of a
    /// page.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn begin_feed(&mut self) -> Result<(), StoreError> {
        self.conn.batch_execute(
            "SET LOCAL statement_timeout = 0; \
             CREATE TEMP TABLE feed_seen (hsa_key text PRIMARY KEY, \
               twice boolean NOT NULL DEFAULT false) ON COMMIT DROP; \
             CREATE TEMP TABLE feed_asked (id uuid PRIMARY KEY) ON COMMIT DROP; \
             CREATE TEMP TABLE feed_person (person_id uuid PRIMARY KEY, of_file boolean NOT NULL, \
               mail boolean NOT NULL, test_person boolean NOT NULL, live_posts bigint NOT NULL) \
               ON COMMIT DROP; \
             CREATE TEMP TABLE feed_held (place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, \
               hsa_key text NOT NULL, kind text NOT NULL, is_earlier boolean NOT NULL, \
               entry bytea NOT NULL) ON COMMIT DROP",
        )?;
        Ok(())
    }

    /// Notes HSA-ids of the file; gives those that had not stood in it before.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn see_in_feed(&mut self, keys: &[String]) -> Result<HashSet<String>, StoreError> {
        if keys.is_empty() {
            return Ok(HashSet::new());
        }
        let new: Vec<Key> = diesel::sql_query(
            "INSERT INTO feed_seen (hsa_key) SELECT DISTINCT k FROM unnest($1) AS k \
             ON CONFLICT DO NOTHING RETURNING hsa_key AS key",
        )
        .bind::<Array<Text>, _>(keys)
        .load(self.conn)?;
        let new: HashSet<String> = new.into_iter().map(|row| row.key).collect();
        if new.len() < keys.len() {
            self.note_twice(keys, &new)?;
        }
        Ok(new)
    }

    /// Notes which of the HSA-ids stand more than once in the file.
    fn note_twice(&mut self, keys: &[String], new: &HashSet<String>) -> Result<(), StoreError> {
        let mut once: HashSet<&String> = HashSet::new();
        let again = keys
            .iter()
            .filter(|&key| !new.contains(key) || !once.insert(key));
        let again: Vec<&String> = again.collect();
        diesel::sql_query("UPDATE feed_seen SET twice = true WHERE hsa_key = ANY($1)")
            .bind::<Array<Text>, _>(again)
            .execute(self.conn)?;
        Ok(())
    }

    /// Which of the HSA-ids stand more than once in the file.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn stood_twice(&mut self, keys: &[String]) -> Result<HashSet<String>, StoreError> {
        if keys.is_empty() {
            return Ok(HashSet::new());
        }
        let twice: Vec<Key> = diesel::sql_query(
            "SELECT hsa_key AS key FROM feed_seen WHERE twice AND hsa_key = ANY($1)",
        )
        .bind::<Array<Text>, _>(keys)
        .load(self.conn)?;
        Ok(twice.into_iter().map(|row| row.key).collect())
    }

    /// Takes these HSA-ids for not seen: an entry that claims another organisation's person says
    /// nothing of that person.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn unsee(&mut self, keys: &[String]) -> Result<(), StoreError> {
        if keys.is_empty() {
            return Ok(());
        }
        diesel::sql_query("DELETE FROM feed_seen WHERE NOT twice AND hsa_key = ANY($1)")
            .bind::<Array<Text>, _>(keys)
            .execute(self.conn)?;
        Ok(())
    }

    /// Tells the planner what the staging tables hold, before they are asked as a whole.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn survey_feed(&mut self) -> Result<(), StoreError> {
        self.conn
            .batch_execute("ANALYZE feed_seen; ANALYZE feed_person")?;
        Ok(())
    }

    /// Puts entries aside until the tree of the file is known.
    ///
    /// # Errors
    /// The database cannot be asked, or an entry cannot be sealed.
    pub fn put_aside<T: Serialize>(&mut self, entries: &[Aside<T>]) -> Result<(), StoreError> {
        if entries.is_empty() {
            return Ok(());
        }
        let (keys, kinds, sealed) = self.columns(entries)?;
        diesel::sql_query(
            "INSERT INTO feed_held (hsa_key, kind, is_earlier, entry) \
             SELECT k, w, false, e FROM unnest($1, $2, $3) AS u (k, w, e)",
        )
        .bind::<Array<Text>, _>(keys)
        .bind::<Array<Text>, _>(kinds)
        .bind::<Array<Binary>, _>(sealed)
        .execute(self.conn)?;
        Ok(())
    }

    fn columns<T: Serialize>(&self, entries: &[Aside<T>]) -> Result<Columns, StoreError> {
        let mut columns = Columns::default();
        for one in entries {
            columns.0.push(one.hsa_key.clone());
            columns.1.push(<&str>::from(one.kind).to_owned());
            let sealed = self.seal.close(self.entropy, SEALED, &one.entry)?;
            columns.2.push(sealed);
        }
        Ok(columns)
    }

    /// Takes entries up again, in the order in which they were put aside: those of these kinds
    /// after `after`, at most [`CHUNK`].
    ///
    /// # Errors
    /// The database cannot be asked, or an entry cannot be opened.
    pub fn take_up<T: DeserializeOwned>(
        &mut self,
        kinds: &[WaitingKind],
        after: i64,
    ) -> Result<Vec<TakenUp<T>>, StoreError> {
        let kinds: Vec<&str> = kinds.iter().map(|kind| <&str>::from(*kind)).collect();
        let rows: Vec<HeldRow> = diesel::sql_query(
            "SELECT place, hsa_key, kind, is_earlier, entry FROM feed_held \
             WHERE kind = ANY($1) AND place > $2 ORDER BY place LIMIT $3",
        )
        .bind::<Array<Text>, _>(kinds)
        .bind::<BigInt, _>(after)
        .bind::<BigInt, _>(i64::try_from(CHUNK).unwrap_or(i64::MAX))
        .load(self.conn)?;
        rows.into_iter()
            .map(|row| {
                Ok(TakenUp {
                    place: row.place,
                    is_earlier: row.is_earlier,
                    aside: Aside {
                        hsa_key: row.hsa_key,
                        kind: row
                            .kind
                            .parse()
                            .map_err(|_| unreadable("feed_held", "kind"))?,
                        entry: self.seal.open(SEALED, &row.entry)?,
                    },
                })
            })
            .collect()
    }

    /// Puts aside with the rest what waits since earlier imports; what this file holds itself no
    /// longer waits, nor what has waited for 90 days.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn take_up_waiting(&mut self) -> Result<(), StoreError> {
        diesel::sql_query("DELETE FROM feed_waiting WHERE since < $1")
            .bind::<Timestamptz, _>(self.now - TimeDelta::days(LONGEST_WAIT_DAYS))
            .execute(self.conn)?;
        self.conn.batch_execute(
            "DELETE FROM feed_waiting AS w USING feed_seen AS s WHERE s.hsa_key = w.hsa_key; \
             INSERT INTO feed_held (hsa_key, kind, is_earlier, entry) \
             SELECT hsa_key, kind, true, entry FROM feed_waiting ORDER BY since, hsa_key",
        )?;
        Ok(())
    }

    /// Lets entries wait for a later import.
    ///
    /// # Errors
    /// The database cannot be asked, or an entry cannot be sealed.
    pub fn let_wait<T: Serialize>(&mut self, entries: &[Aside<T>]) -> Result<(), StoreError> {
        if entries.is_empty() {
            return Ok(());
        }
        let (keys, kinds, sealed) = self.columns(entries)?;
        diesel::sql_query(
            "INSERT INTO feed_waiting (hsa_key, kind, since, entry) \
             SELECT k, w, $4, e FROM unnest($1, $2, $3) AS u (k, w, e) ON CONFLICT DO NOTHING",
        )
        .bind::<Array<Text>, _>(keys)
        .bind::<Array<Text>, _>(kinds)
        .bind::<Array<Binary>, _>(sealed)
        .bind::<Timestamptz, _>(self.now)
        .execute(self.conn)?;
        Ok(())
    }

    /// What has gone in waits no longer, and the file that brought its place does not end it.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn stop_waiting(&mut self, keys: &[String]) -> Result<(), StoreError> {
        if keys.is_empty() {
            return Ok(());
        }
        diesel::sql_query("DELETE FROM feed_waiting WHERE hsa_key = ANY($1)")
            .bind::<Array<Text>, _>(keys)
            .execute(self.conn)?;
        diesel::sql_query(
            "INSERT INTO feed_seen (hsa_key) SELECT DISTINCT k FROM unnest($1) AS k \
             ON CONFLICT DO NOTHING",
        )
        .bind::<Array<Text>, _>(keys)
        .execute(self.conn)?;
        Ok(())
    }

    /// How many different persons the file itself has.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn persons_of_feed(&mut self) -> Result<usize, StoreError> {
        let row: Count =
            diesel::sql_query("SELECT count(*) AS count FROM feed_person WHERE of_file")
                .get_result(self.conn)?;
        Ok(usize::try_from(row.count).unwrap_or_default())
    }

    /// What the file has said of these persons so far.
    pub(super) fn heard_of(
        &mut self,
        persons: &[Uuid],
    ) -> Result<HashMap<Uuid, Heard>, StoreError> {
        let rows: Vec<HeardRow> = diesel::sql_query(
            "SELECT person_id, of_file, mail, test_person, live_posts FROM feed_person \
             WHERE person_id = ANY($1)",
        )
        .bind::<Array<SqlUuid>, _>(persons)
        .load(self.conn)?;
        let heard = |row: HeardRow| {
            let heard = Heard {
                of_file: row.of_file,
                mail: row.mail,
                test_person: row.test_person,
                live_posts: row.live_posts,
            };
            (row.person_id, heard)
        };
        Ok(rows.into_iter().map(heard).collect())
    }

    /// Notes what the file has said.
    pub(super) fn note_heard(&mut self, heard: &HashMap<Uuid, Heard>) -> Result<(), StoreError> {
        let flags = |of: fn(&Heard) -> bool| heard.values().map(of).collect::<Vec<bool>>();
        diesel::sql_query(
            "INSERT INTO feed_person (person_id, of_file, mail, test_person, live_posts) \
             SELECT * FROM unnest($1, $2, $3, $4, $5) \
             ON CONFLICT (person_id) DO UPDATE SET of_file = excluded.of_file, \
               mail = excluded.mail, test_person = excluded.test_person, \
               live_posts = excluded.live_posts",
        )
        .bind::<Array<SqlUuid>, _>(heard.keys().copied().collect::<Vec<Uuid>>())
        .bind::<Array<Bool>, _>(flags(|one| one.of_file))
        .bind::<Array<Bool>, _>(flags(|one| one.mail))
        .bind::<Array<Bool>, _>(flags(|one| one.test_person))
        .bind::<Array<BigInt>, _>(
            heard
                .values()
                .map(|one| one.live_posts)
                .collect::<Vec<i64>>(),
        )
        .execute(self.conn)?;
        Ok(())
    }
}
