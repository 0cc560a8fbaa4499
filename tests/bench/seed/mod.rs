//! Fills a database with persons and cards: what the demonstration knows through the importer and
//! the gate, everybody else by COPY in batches. Each batch is one transaction with one line in the
//! log, which is what the database demands of changes; references and indexes are made afterwards,
//! and PostgreSQL checks every reference while it makes them.

mod bulk;
mod card;
mod log;
pub mod numbers;
mod people;
mod places;
pub mod rows;
mod sealed;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use cards_app::ports::Clock as _;
use cards_gateways::clock::SystemClock;
use cards_server::{Config, System, demo};
use cards_store::{MigrateSettings, Seal, migrate};
use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use uuid::Uuid;

use crate::{DatabaseOptions, SeedOptions};
use numbers::Numbers;
use places::Place;
use rows::Batch;
use sealed::Sealer;

/// Persons in one transaction.
const BATCH: u32 = 5_000;
/// Connections that fill at the same time.
const THREADS: usize = 2;

/// What every batch needs to know.
pub struct Scene {
    /// The time at which everything below has happened.
    now: DateTime<Utc>,
    /// The organisations with their offices and units.
    places: Vec<Place>,
    /// The product of every card.
    product: Uuid,
    numbers: Numbers,
    seal: Sealer,
}

/// Fills the database and says what it cost.
pub fn seed(options: &SeedOptions) {
    let begun = Instant::now();
    let mut conn = PgConnection::establish(&options.database.admin_url).unwrap();
    migrated(&options.database);
    let config = config(&options.database);
    fill_demonstration(&config);
    said("the demonstration's directory and offices", begun);

    let scene = Scene::new(&mut conn, &config);
    let laid_aside = bulk::lay_aside(&mut conn);
    places::copy(&mut conn, &scene);
    let copying = Instant::now();
    let rows = copy(&options.database.admin_url, &scene, options.persons);
    let took = copying.elapsed();
    said(
        &format!("{rows} rows by COPY, {} a second", rate(rows, took)),
        begun,
    );

    bulk::put_back(&options.database.admin_url, &laid_aside);
    migrated(&options.database);
    said("indexes and references", begun);
    conn.batch_execute("VACUUM (ANALYZE, FREEZE)").unwrap();
    said("VACUUM and ANALYZE", begun);
    count(&mut conn, options.persons);
}

/// The schema, and the lifecycles' own steps.
fn migrated(options: &DatabaseOptions) {
    let settings = MigrateSettings {
        admin_url: options.admin_url.clone(),
        app_password: None,
        now: SystemClock.now(),
    };
    migrate(&settings).unwrap();
}

/// The configuration of a system on the database.
pub fn config(options: &DatabaseOptions) -> Config {
    let checkout = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    serde_json::from_value(serde_json::json!({
        "environment": "test",
        "data_dir": options.folder,
        "http": { "listen": "127.0.0.1:1", "public_url": "http://127.0.0.1:1" },
        "database": { "admin_url": options.admin_url, "app_url": options.app_url },
        "demonstration": { "folder": checkout.join("ops/demo") },
    }))
    .unwrap()
}

fn fill_demonstration(config: &Config) {
    let system = System::build(config, "").unwrap();
    demo::fill_without_orders(&system.app, &config.demonstration.folder).unwrap();
}

impl Scene {
    fn new(conn: &mut PgConnection, config: &Config) -> Self {
        let now = SystemClock.now();
        let key = std::fs::read(config.data_dir.join("sealing.key")).unwrap();
        let seal = Seal::new(&key).unwrap();
        Self {
            now,
            places: places::all(conn),
            product: places::product(conn),
            numbers: Numbers::beside(conn),
            seal: Sealer::new(&key, seal),
        }
    }
}

/// Fills on several connections at once; gives the number of rows.
fn copy(admin_url: &str, scene: &Scene, persons: u32) -> u64 {
    let next = AtomicU32::new(0);
    let fill = || {
        let mut conn = PgConnection::establish(admin_url).unwrap();
        // Two triggers a row would ask for a lawful step and a line in the log, of rows that come
        // in as they stand under one line a batch: most of the time. CHECKs are asked as ever, and
        // references when they are put back.
        conn.batch_execute("SET session_replication_role = replica")
            .unwrap();
        let mut rows = 0;
        loop {
            let first = next.fetch_add(BATCH, Ordering::Relaxed);
            if first >= persons {
                return rows;
            }
            let mut batch = Batch::default();
            for number in first..persons.min(first + BATCH) {
                people::add(&mut batch, scene, number);
            }
            let line = log::of_batch(scene, first, &batch);
            rows += batch.copy(&mut conn, line);
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(fill)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .sum()
    })
}

fn said(what: &str, begun: Instant) {
    println!("{:6.1} s  {what}", begun.elapsed().as_secs_f64());
}

fn rate(rows: u64, took: Duration) -> u128 {
    u128::from(rows) * 1000 / took.as_millis().max(1)
}

/// The figures that were asked for, from the database itself.
fn count(conn: &mut PgConnection, persons: u32) {
    use crate::schema::{card, person};
    let people: i64 = person::table.count().get_result(conn).unwrap();
    let cards: i64 = card::table.count().get_result(conn).unwrap();
    println!("{people} persons, {cards} cards");
    assert!(people >= i64::from(persons), "persons are missing");
}

/// As many bytes as a keyed hash has, of a text that nobody must find.
pub fn digest(text: &str) -> Vec<u8> {
    sealed::sha256(&[text.as_bytes()])
}

/// An id of a kind of thing: shaped like the application's own, so that it is stored as closely.
pub fn id(kind: u16, number: u32) -> Uuid {
    let head = 0x018c_c251_f400_7000 | u64::from(kind);
    Uuid::from_u128(u128::from(head) << 64 | 0x8000 << 48 | u128::from(number))
}

/// Kinds of ids.
pub mod kind {
    /// Organisations, then what stands below them.
    pub const ORGANISATION: u16 = 1;
    /// Units.
    pub const UNIT: u16 = 2;
    /// Offices.
    pub const OFFICE: u16 = 3;
    /// Appointments.
    pub const APPOINTMENT: u16 = 4;
    /// Assignments, one to each unit.
    pub const ASSIGNMENT: u16 = 5;
    /// Persons.
    pub const PERSON: u16 = 6;
    /// A person's first post.
    pub const POST: u16 = 7;
    /// A person's second post.
    pub const SECOND_POST: u16 = 8;
    /// Orders.
    pub const ORDER: u16 = 9;
    /// Cards.
    pub const CARD: u16 = 10;
    /// Sendings.
    pub const DELIVERY: u16 = 11;
    /// PINs.
    pub const PIN: u16 = 12;
    /// PUKs.
    pub const PUK: u16 = 13;
    /// Receipts.
    pub const RECEIPT: u16 = 14;
    /// Clocks of cards.
    pub const DEADLINE: u16 = 15;
    /// Clocks of orders.
    pub const ORDER_DEADLINE: u16 = 16;
    /// Lines in the log about cards.
    pub const LINE: u16 = 17;
    /// Lines in the log about batches.
    pub const BATCH_LINE: u16 = 18;
}

/// A number that looks random and is always the same for the same person and question.
pub fn draw(number: u32, question: u32) -> u32 {
    let mixed = (u64::from(number) << 32 | u64::from(question)).wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap()
}

/// One of `words`, the first ones more often, as names are.
pub fn skewed<'a>(words: &[&'a str], number: u32, question: u32) -> &'a str {
    let end = u64::try_from(words.len()).unwrap();
    let drawn = u64::from(draw(number, question));
    // The square of a fraction gathers at its beginning.
    let place = (((drawn * drawn) >> 32) * end) >> 32;
    words[usize::try_from(place).unwrap()]
}
