//! Measures ours beside the least that an answer can cost and beside the bare SQL, all in one run
//! on one machine: figures of different runs say nothing of each other.

mod bounds;
pub mod certificates;
mod figure;
mod http;
mod import;
mod ledger;
mod lighthouse;
mod lines;
mod pages;
mod pgbench;
mod server;
mod table;
mod threads;

use std::fmt::Write as _;
use std::sync::Arc;

use cards_app::ports::Clock as _;
use cards_gateways::clock::SystemClock;
use cards_server::System;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use crate::{RunOptions, minimal, seed};
use figure::Figure;
use lines::Bench;

/// Clients of each line.
const CLIENTS: [u32; 2] = [1, 16];
/// Connections and threads of ours and of the minimal server: the default.
const THREADS: usize = 4;

/// Measures everything and writes the page.
pub fn run(options: &RunOptions) {
    let mut conn = PgConnection::establish(&options.database.admin_url).unwrap();
    conn.batch_execute(minimal::TABLES).unwrap();
    let minimal_url = serve_minimal(options);
    let ours = server::Server::start(options);
    let system = Arc::new(System::build(&seed::config(&options.database), "").unwrap());
    let bench = Bench {
        options,
        minimal_url,
        ours,
        system,
    };
    let lines = bench.lines(&mut conn);
    let mut page = head(options, &mut conn);
    for line in &lines {
        line.write(&mut page);
    }
    bench.searches(&mut page, &mut conn);
    bench.imports(&mut page);
    bench.certificates(&mut page, &mut conn);
    bench.pages(&mut page);
    print!("{page}");
    if options.only.is_none() {
        std::fs::write(&options.results, page).unwrap();
    }
}

/// The minimal server, for as long as this process lives.
fn serve_minimal(options: &RunOptions) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let database = options.database.app_url.clone();
    std::thread::spawn(move || minimal::serve(listener, &database, THREADS));
    url
}

/// Runs everybody in turn, so that what else the machine does hits all alike.
fn in_turn(options: &RunOptions, asked: &mut [(&str, lines::Ask<'_>)]) -> Vec<table::Measured> {
    let mut all: Vec<[Vec<Figure>; 2]> = asked.iter().map(|_| Default::default()).collect();
    for (_, ask) in asked.iter_mut() {
        ask(CLIENTS[1], 1);
    }
    for (place, clients) in CLIENTS.into_iter().enumerate() {
        for _ in 0..options.runs {
            for ((_, ask), figures) in asked.iter_mut().zip(&mut all) {
                figures[place].push(ask(clients, options.seconds));
                // What a slow one has left undone is not charged to the next.
                std::thread::sleep(std::time::Duration::from_millis(200));
            }
        }
    }
    asked
        .iter()
        .zip(all)
        .map(|((name, _), figures)| table::Measured {
            name: (*name).to_owned(),
            figures: figures.map(|runs| Figure::median(&runs)),
        })
        .collect()
}

fn head(options: &RunOptions, conn: &mut PgConnection) -> String {
    #[derive(QueryableByName)]
    struct Size {
        #[diesel(sql_type = diesel::sql_types::Text)]
        version: String,
        #[diesel(sql_type = diesel::sql_types::Text)]
        size: String,
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        persons: i64,
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        cards: i64,
    }
    let found: Size = diesel::sql_query(
        "SELECT current_setting('server_version') AS version, \
           pg_size_pretty(pg_database_size(current_database())) AS size, \
           (SELECT count(*) FROM person) AS persons, (SELECT count(*) FROM card) AS cards",
    )
    .get_result(conn)
    .unwrap();
    let mut page = String::from("# What answers cost\n\n");
    let _ = write!(
        page,
        "Written by `cargo xtask bench`; [README](README.md) says how to read it.\n\n\
         {} · {} · PostgreSQL {} ({}; the rest default) · {} persons, {} cards, {} · \
         {} runs of {} s each, medians · {THREADS} connections a server\n",
        SystemClock.now().format("%Y-%m-%d %H:%M UTC"),
        table::machine(),
        found.version,
        options.settings,
        found.persons,
        found.cards,
        found.size,
        options.runs,
        options.seconds,
    );
    page
}
