//! The least that an answer can cost: a small actix server on the same database, with the same way
//! to it as ours (synchronous diesel, a runtime of its own with few threads, a pool as large). No
//! session, no scope, no log line, no rules.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::{App, HttpResponse, HttpServer, web};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, Pool};
use serde::Serialize;
use std::fmt::Write as _;
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

use crate::schema::card;

/// Rows on a page of a list.
pub const ROWS: i64 = 50;

/// The tables of the minimal activation.
mod own {
    diesel::table! {
        /// A card that can be activated again and again.
        bench.card (n) {
            n -> Int4,
            id -> Uuid,
            stage -> Text,
            since -> Timestamptz,
            version -> Int8,
        }
    }
    diesel::table! {
        /// What happened to it.
        bench.event (id) {
            id -> Int8,
            card_id -> Uuid,
            at -> Timestamptz,
            action -> Text,
            said -> Jsonb,
        }
    }
    diesel::table! {
        /// What is to be done outside.
        bench.errand (id) {
            id -> Int8,
            card_id -> Uuid,
            at -> Timestamptz,
            topic -> Text,
        }
    }
}

/// Tables of the minimal activation, with as many cards as a whole country has.
pub const TABLES: &str = "\
    DROP SCHEMA IF EXISTS bench CASCADE; CREATE SCHEMA bench; \
    CREATE TABLE bench.card AS SELECT n, gen_random_uuid() AS id, 'sent' AS stage, \
      now() AS since, 1::int8 AS version FROM generate_series(1, 1000000) AS n; \
    ALTER TABLE bench.card ADD PRIMARY KEY (n); \
    CREATE TABLE bench.event (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, \
      card_id uuid NOT NULL, at timestamptz NOT NULL, action text NOT NULL, said jsonb NOT NULL); \
    CREATE INDEX ON bench.event (card_id, id DESC); \
    CREATE TABLE bench.errand (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, \
      card_id uuid NOT NULL, at timestamptz NOT NULL, topic text NOT NULL); \
    ANALYZE bench.card; \
    GRANT USAGE ON SCHEMA bench TO kortkontor_app; \
    GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA bench TO kortkontor_app;";

/// A pool of connections.
pub type Connections = Pool<ConnectionManager<PgConnection>>;

/// A card as the answers show it.
#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = card, check_for_backend(diesel::pg::Pg))]
struct Shown {
    id: Uuid,
    person_id: Uuid,
    organisation_id: Uuid,
    number: Option<String>,
    stage: String,
    since: Option<DateTime<Utc>>,
    valid_to: Option<NaiveDate>,
}

struct Minimal {
    runtime: Runtime,
    pool: Connections,
}

impl Minimal {
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut PgConnection) -> T + Send + 'static,
    ) -> T {
        let pool = self.pool.clone();
        let done = self
            .runtime
            .spawn_blocking(move || work(&mut pool.get().unwrap()));
        done.await.unwrap()
    }
}

/// A pool as the application's.
pub fn pool(url: &str, threads: usize) -> Connections {
    Pool::builder()
        .max_size(u32::try_from(threads).unwrap())
        .test_on_check_out(true)
        .build(ConnectionManager::new(url))
        .unwrap()
}

/// Serves on `listener` until the thread ends.
pub fn serve(listener: TcpListener, url: &str, threads: usize) {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .max_blocking_threads(threads)
        .build()
        .unwrap();
    let minimal = Arc::new(Minimal {
        runtime,
        pool: pool(url, threads),
    });
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::from(Arc::clone(&minimal)))
            .route("/card/{number}", web::get().to(one))
            .route("/cards.json", web::get().to(list_as_json))
            .route("/cards.html", web::get().to(list_as_html))
    });
    let server = server.workers(2).listen(listener).unwrap().run();
    actix_web::rt::System::new().block_on(server).unwrap();
}

async fn one(minimal: web::Data<Minimal>, number: web::Path<String>) -> HttpResponse {
    let found: Option<Shown> = minimal
        .run(move |conn| {
            card::table
                .filter(card::number.eq(number.as_str()))
                .select(Shown::as_select())
                .first(conn)
                .optional()
                .unwrap()
        })
        .await;
    match found {
        Some(card) => HttpResponse::Ok().json(card),
        None => HttpResponse::NotFound().finish(),
    }
}

#[derive(serde::Deserialize)]
struct After {
    after: String,
}

async fn page(minimal: &Minimal, after: String) -> Vec<Shown> {
    minimal
        .run(move |conn| {
            card::table
                .filter(card::number.gt(after))
                .order(card::number)
                .limit(ROWS)
                .select(Shown::as_select())
                .load(conn)
                .unwrap()
        })
        .await
}

async fn list_as_json(minimal: web::Data<Minimal>, asked: web::Query<After>) -> HttpResponse {
    HttpResponse::Ok().json(page(&minimal, asked.into_inner().after).await)
}

async fn list_as_html(minimal: web::Data<Minimal>, asked: web::Query<After>) -> HttpResponse {
    let mut html = String::from("<!doctype html><title>Kort</title><table>");
    for card in page(&minimal, asked.into_inner().after).await {
        let number = card.number.unwrap_or_default();
        let _ = write!(
            html,
            "<tr><td><a href=\"/kort/{}\">{number}</a><td>{}<td>{}<td>{}",
            card.id,
            card.stage,
            card.since.map(|at| at.to_rfc3339()).unwrap_or_default(),
            card.valid_to.map(|day| day.to_string()).unwrap_or_default(),
        );
    }
    html += "</table>";
    HttpResponse::Ok().content_type("text/html").body(html)
}

/// The four statements of an activation: lock, update, event, errand. Durable.
pub fn activate(conn: &mut PgConnection, number: i32, now: DateTime<Utc>) {
    use own::{card, errand, event};
    conn.transaction(|conn| {
        let (id, version): (Uuid, i64) = card::table
            .find(number)
            .select((card::id, card::version))
            .for_update()
            .first(conn)?;
        diesel::update(card::table.find(number))
            .set((
                card::stage.eq("active"),
                card::since.eq(now),
                card::version.eq(version + 1),
            ))
            .execute(conn)?;
        diesel::insert_into(event::table)
            .values((
                event::card_id.eq(id),
                event::at.eq(now),
                event::action.eq("unlock"),
                event::said.eq(serde_json::json!({ "event": "unlocked" })),
            ))
            .execute(conn)?;
        diesel::insert_into(errand::table)
            .values((
                errand::card_id.eq(id),
                errand::at.eq(now),
                errand::topic.eq("notify"),
            ))
            .execute(conn)
    })
    .unwrap();
}
