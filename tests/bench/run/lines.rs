//! The lines of the table.

use std::sync::Arc;

use cards_domain::ids::PersonId;
use cards_server::System;
use diesel::prelude::*;
use diesel::sql_types::{Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::figure::Figure;
use super::http::{Browser, Load};
use super::ledger::Counter;
use super::pgbench::Pgbench;
use super::server::Server;
use super::table::{Goal, Line};
use super::{THREADS, in_turn, threads};
use crate::{RunOptions, minimal};

/// Asks with so many clients for so many seconds.
pub type Ask<'a> = Box<dyn FnMut(u32, u32) -> Figure + 'a>;

/// The region whose officers ask.
pub const REGION: &str = "SE2399000013-0001";
/// An id-administrator of it.
pub const KARIN: &str = "SE2399000013-1001";
/// She has ordered nothing.
const TOVE: &str = "SE2399000013-1002";

const ONE_CARD: &str = "\\set n random(0, 125000)\n\
    SELECT id, person_id, organisation_id, number, stage, since, valid_to FROM card \
    WHERE number = '9752' || lpad((8 * :n)::text, 12, '0') LIMIT 1;\n";
const FIFTY_CARDS: &str = "\\set n random(0, 500000)\n\
    SELECT id, person_id, organisation_id, number, stage, since, valid_to FROM card \
    WHERE number > '9752' || lpad((2 * :n)::text, 12, '0') ORDER BY number LIMIT 50;\n";
const ACTIVATION: &str = "\\set n random(1, 900000)\nBEGIN;\n\
    SELECT id, version FROM bench.card WHERE n = :n FOR UPDATE;\n\
    UPDATE bench.card SET stage = 'active', since = now(), version = version + 1 WHERE n = :n;\n\
    INSERT INTO bench.event (card_id, at, action, said) \
      SELECT id, now(), 'unlock', '{\"event\": \"unlocked\"}' FROM bench.card WHERE n = :n;\n\
    INSERT INTO bench.errand (card_id, at, topic) \
      SELECT id, now(), 'notify' FROM bench.card WHERE n = :n;\nCOMMIT;\n";

/// Where pages of the list of all cards begin.
const AFTER: &str = "SELECT number AS text FROM (SELECT number, row_number() OVER (ORDER BY number) AS n \
    FROM card WHERE number IS NOT NULL) AS c WHERE n % 50 = 0 AND n < (SELECT count(number) - 50 FROM card)";
const WORKLIST: &str = "/api/v1/worklists/to_activate?limit=50";
/// How many pages down a deep one is.
const DEEP: u32 = 40;
/// Of the minimal endpoint's answers, at any depth.
const LIST_GOAL: Goal = Goal {
    ours: 2,
    least: 1,
    share: 0.35,
};

/// Everybody who is asked.
pub struct Bench<'a> {
    /// What was said on the command line.
    pub options: &'a RunOptions,
    /// The minimal server.
    pub minimal_url: String,
    /// The released server.
    pub ours: Server,
    /// The application in this process.
    pub system: Arc<System>,
}

#[derive(QueryableByName)]
struct One {
    #[diesel(sql_type = Text)]
    text: String,
}

/// The texts that a query gives as `text`.
pub fn texts(conn: &mut PgConnection, query: &str) -> Vec<String> {
    let found: Vec<One> = diesel::sql_query(query).load(conn).unwrap();
    found.into_iter().map(|one| one.text).collect()
}

impl Bench<'_> {
    /// Whether a line is asked for.
    pub fn wants(&self, name: &str) -> bool {
        let only = self.options.only.as_deref();
        only.is_none_or(|only| name.contains(only))
    }

    fn pgbench(&self) -> Pgbench {
        Pgbench {
            program: self.options.pgbench.clone(),
            url: self.options.database.admin_url.clone(),
            folder: self.options.database.folder.clone(),
        }
    }

    fn load(&self, name: &str, url: &str, paths: &[String]) -> Load {
        Load::new(&self.options.database.folder, (name, url), paths)
    }

    /// Requests to ours, in Karin's name: by her session, or by a token of hers.
    fn ours(&self, name: &str, paths: &[String]) -> Load {
        let mut load = self.load(name, &self.ours.url, paths);
        load.headers = vec![Browser::new(&self.ours.url).log_in("/id-admin", KARIN)];
        load
    }

    /// Requests to the API; `None` while the server has no answer to the first of them.
    fn api(&self, name: &str, paths: &[String]) -> Option<Load> {
        let browser = Browser::new(&self.ours.url);
        let token = browser.access_token(KARIN)?;
        let (header, value) = token.split_once(": ")?;
        let first = browser.get(paths.first()?, &[(header, value)]);
        if first.status != 200 {
            println!("{name}: {} says {}", paths[0], first.status);
            return None;
        }
        let mut load = self.load(name, &self.ours.url, paths);
        load.headers = vec![token];
        Some(load)
    }

    /// Asks the API with a fresh token each time, since tokens live for minutes.
    fn ask_api(&self, mut load: Load) -> Ask<'_> {
        Box::new(move |clients, seconds| {
            load.headers.clear();
            load.headers
                .extend(Browser::new(&self.ours.url).access_token(KARIN));
            load.run(clients, seconds)
        })
    }

    /// Every line that is wanted.
    pub fn lines(&self, conn: &mut PgConnection) -> Vec<Line> {
        let mut lines = Vec::new();
        if self.wants("card by number") {
            lines.push(self.card_by_number(conn));
        }
        if self.wants("person page") {
            lines.push(self.person_page(conn));
        }
        if self.wants("list of 50") {
            lines.extend(self.lists(conn));
        }
        if self.wants("activation") {
            lines.push(self.activation(conn));
        }
        lines
    }

    fn card_by_number(&self, conn: &mut PgConnection) -> Line {
        let numbers = texts(
            conn,
            &format!(
                "SELECT c.number AS text FROM card c JOIN organisation o ON o.id = c.organisation_id \
                 JOIN person p ON p.id = c.person_id \
                 WHERE o.hsa_id = '{REGION}' AND c.number IS NOT NULL AND p.protection = 'none' \
                   AND c.stage NOT IN ('revoked', 'expired') ORDER BY random() LIMIT 20000"
            ),
        );
        let paths = |before: &str| -> Vec<String> {
            numbers
                .iter()
                .map(|number| format!("{before}{number}"))
                .collect()
        };
        let least = self.load("card-minimal", &self.minimal_url, &paths("/card/"));
        let pgbench = self.pgbench();
        let mut asked: Vec<(&str, Ask<'_>)> = vec![
            (
                "pgbench",
                Box::new(move |c, s| pgbench.run(("card.sql", ONE_CARD), c, s)),
            ),
            ("minimal endpoint", Box::new(move |c, s| least.run(c, s))),
        ];
        let api = self.api("card-api", &paths("/api/v1/cards?number="));
        let has_api = api.is_some();
        asked.extend(api.map(|load| ("API, signed in, with its look", self.ask_api(load))));
        Line {
            title: "Card by number".to_owned(),
            measured: in_turn(self.options, &mut asked),
            goal: has_api.then_some(Goal {
                ours: 2,
                least: 1,
                share: 0.35,
            }),
            note: if has_api {
                String::new()
            } else {
                "Ours is not measured: this build has no card by number for persons.".to_owned()
            },
        }
    }

    fn person_page(&self, conn: &mut PgConnection) -> Line {
        let people = texts(
            conn,
            &format!(
                "SELECT p.id::text AS text FROM person p JOIN post t ON t.person_id = p.id \
                 JOIN organisation o ON o.id = t.organisation_id WHERE o.hsa_id = '{REGION}' \
                   AND p.protection = 'none' ORDER BY random() LIMIT 20000"
            ),
        );
        let paths: Vec<String> = people
            .iter()
            .map(|id| format!("/id-admin/person/{id}"))
            .collect();
        let page = self.ours("person-page", &paths);
        let mut asked: Vec<(&str, Ask<'_>)> = vec![(
            "portal, signed in, with its look",
            Box::new(move |c, s| page.run(c, s)),
        )];
        Line {
            title: "Person page (posts, cards, offers, looks)".to_owned(),
            measured: in_turn(self.options, &mut asked),
            goal: None,
            note: "No goal of its own.".to_owned(),
        }
    }

    /// Pages of lists from everywhere: the first one and deep ones.
    fn lists(&self, conn: &mut PgConnection) -> Vec<Line> {
        let deep = texts(conn, AFTER);
        vec![self.json_list(&deep), self.html_list(&deep)]
    }

    fn least_list(&self, kind: &str, deep: &[String]) -> Load {
        let paths: Vec<String> = deep
            .iter()
            .map(|after| format!("/cards.{kind}?after={after}"))
            .collect();
        self.load(&format!("list-minimal-{kind}"), &self.minimal_url, &paths)
    }

    fn json_list(&self, deep: &[String]) -> Line {
        let (least, sql) = (self.least_list("json", deep), self.pgbench());
        let mut asked: Vec<(&str, Ask<'_>)> = vec![
            (
                "pgbench",
                Box::new(move |c, s| sql.run(("fifty.sql", FIFTY_CARDS), c, s)),
            ),
            ("minimal endpoint", Box::new(move |c, s| least.run(c, s))),
        ];
        let api = self.api("list-api", &[WORKLIST.to_owned()]);
        let deep_api = api
            .as_ref()
            .and_then(|_| self.api("list-api-deep", &self.deep_page()));
        let has_api = api.is_some();
        asked.extend(api.map(|load| ("API, worklist, first page", self.ask_api(load))));
        asked.extend(deep_api.map(|load| ("API, worklist, a deep page", self.ask_api(load))));
        let note = if has_api {
            ""
        } else {
            "Ours is not measured: this build has no such list for persons."
        };
        Line {
            title: "List of 50, JSON".to_owned(),
            measured: in_turn(self.options, &mut asked),
            goal: has_api.then_some(LIST_GOAL),
            note: note.to_owned(),
        }
    }

    fn html_list(&self, deep: &[String]) -> Line {
        let (least, sql) = (self.least_list("html", deep), self.pgbench());
        let portal = self.ours(
            "list-portal",
            &["/id-admin/att-gora/att-aktivera".to_owned()],
        );
        let mut asked: Vec<(&str, Ask<'_>)> = vec![
            (
                "pgbench",
                Box::new(move |c, s| sql.run(("fifty.sql", FIFTY_CARDS), c, s)),
            ),
            ("minimal endpoint", Box::new(move |c, s| least.run(c, s))),
            ("portal, worklist", Box::new(move |c, s| portal.run(c, s))),
        ];
        Line {
            title: "List of 50, HTML".to_owned(),
            measured: in_turn(self.options, &mut asked),
            goal: Some(LIST_GOAL),
            note: String::new(),
        }
    }

    /// The address of a page far down the worklist, found by following the answers.
    fn deep_page(&self) -> Vec<String> {
        let browser = Browser::new(&self.ours.url);
        let token = browser.access_token(KARIN).unwrap_or_default();
        let mut path = WORKLIST.to_owned();
        for _ in 0..DEEP {
            let header = token.split_once(": ").unwrap_or_default();
            let answer = browser.get(&path, &[header]);
            let said: serde_json::Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            match said.get("next").and_then(serde_json::Value::as_str) {
                Some(next) => next.clone_into(&mut path),
                None => break,
            }
        }
        vec![path]
    }

    fn activation(&self, conn: &mut PgConnection) -> Line {
        let tove = person(conn, TOVE);
        let counter = Counter::open(&self.system.app, conn, tove);
        let pool = minimal::pool(&self.options.database.app_url, THREADS);
        let pgbench = self.pgbench();
        let draw = std::sync::atomic::AtomicU32::new(0);
        let mut asked: Vec<(&str, Ask<'_>)> = vec![
            (
                "pgbench",
                Box::new(move |c, s| pgbench.run(("activation.sql", ACTIVATION), c, s)),
            ),
            (
                "minimal transaction",
                Box::new(|c, s| {
                    threads::run(
                        (c, s),
                        || (),
                        |()| {
                            let next = draw.fetch_add(7919, std::sync::atomic::Ordering::Relaxed);
                            let now = self.system.app.db.now();
                            let number = i32::try_from(1 + next % 900_000).unwrap();
                            minimal::activate(&mut pool.get().unwrap(), number, now);
                            true
                        },
                    )
                }),
            ),
            ("through the gate", Box::new(|c, s| counter.run(c, s))),
        ];
        let measured = in_turn(self.options, &mut asked);
        drop(asked);
        Line {
            title:
                "Activation at the counter (card unlocked, codes set, sending ended, receipt begun)"
                    .to_owned(),
            measured,
            goal: Some(Goal {
                ours: 2,
                least: 1,
                share: 0.40,
            }),
            note: format!(
                "Called by threads in one process, without HTTP: an activation needs a signature. \
                 {} sent cards were left.",
                counter.left()
            ),
        }
    }
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// The one id that a query gives.
pub fn one_id(conn: &mut PgConnection, query: &str) -> Uuid {
    diesel::sql_query(query).get_result::<Id>(conn).unwrap().id
}

/// Somebody by HSA-id.
pub fn person(conn: &mut PgConnection, hsa_id: &str) -> PersonId {
    PersonId(one_id(
        conn,
        &format!("SELECT person_id AS id FROM post WHERE hsa_id = '{hsa_id}'"),
    ))
}
