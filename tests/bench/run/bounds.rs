//! What is measured against a bound instead of the minimal server: searches and imports.

use std::fmt::Write as _;

use cards_domain::ids::{OfficeId, OrganisationId};
use diesel::prelude::*;

use super::lines::{Ask, Bench, KARIN, REGION, one_id, person, texts};
use super::table::reached;
use super::{import, in_turn, ledger};

impl Bench<'_> {
    /// Searches by every key.
    pub fn searches(&self, page: &mut String, conn: &mut PgConnection) {
        if !self.wants("search") {
            return;
        }
        let call = ledger::officer_call(
            person(conn, KARIN),
            OrganisationId(one_id(
                conn,
                &format!("SELECT id FROM organisation WHERE hsa_id = '{REGION}'"),
            )),
            OfficeId(one_id(
                conn,
                "SELECT id FROM office WHERE name LIKE '%Björkvallen' LIMIT 1",
            )),
        );
        page.push_str(
            "\n### Search, a quarter of the persons in scope\n\n\
             | key | 1 client: a second | p50 ms | p99 ms | 16 clients: a second | p50 ms | p99 ms | goal p99 ≤ 50 ms |\n\
             |---|---|---|---|---|---|---|---|\n",
        );
        for (name, texts) in keys(conn) {
            let mut asked: Vec<(&str, Ask<'_>)> = vec![(
                "search",
                Box::new(|c, s| ledger::search(&self.system.app, &call, &texts, (c, s))),
            )];
            let measured = in_turn(self.options, &mut asked);
            let _ = write!(page, "| {name} ");
            for figure in &measured[0].figures {
                let _ = write!(
                    page,
                    "| {:.0} | {:.2} | {:.2} ",
                    figure.per_second, figure.p50, figure.p99
                );
            }
            let _ = writeln!(page, "| {} |", reached(measured[0].figures[1].p99 <= 50.0));
        }
        let _ = writeln!(
            page,
            "\n- Called by threads in one process: an officer may search {} a minute.",
            60
        );
    }

    /// Imports of two sizes.
    pub fn imports(&self, page: &mut String) {
        if !self.wants("import") {
            return;
        }
        let (small, large) = (
            import::import(self.options, 20_000),
            import::import(self.options, 100_000),
        );
        let least = import::staging(self.options, large.persons);
        page.push_str(
            "\n### Import of new persons\n\n| | seconds | most memory, MB |\n|---|---|---|\n",
        );
        for import in [&small, &large] {
            let _ = writeln!(
                page,
                "| {} persons, validated, every rule | {:.1} | {} |",
                import.persons, import.seconds, import.megabytes
            );
        }
        let times = large.seconds / least;
        let _ = writeln!(
            page,
            "| {} persons by COPY to staging and upsert | {least:.1} | |\n",
            large.persons
        );
        let _ = writeln!(
            page,
            "- Import of {}: **{times:.1} ×** staging and upsert, goal 6 ×: {}",
            large.persons,
            reached(times <= 6.0)
        );
        let grown = large.megabytes.saturating_sub(small.megabytes);
        let _ = writeln!(
            page,
            "- Memory: {grown} MB more for five times as many, goal flat (at most 16 MB): {}",
            reached(grown <= 16)
        );
    }
}

/// Texts that people type, by what they are.
fn keys(conn: &mut PgConnection) -> Vec<(&'static str, Vec<String>)> {
    let mut some = |what: &str, from: &str| {
        texts(
            conn,
            &format!("SELECT {what} AS text FROM {from} ORDER BY random() LIMIT 2000"),
        )
    };
    let name = |text: &[&str]| text.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    vec![
        (
            "personal number",
            some(
                "number",
                "person WHERE number_kind = 'personnummer' AND number IS NOT NULL",
            ),
        ),
        (
            "card number",
            some("number", "card WHERE number IS NOT NULL"),
        ),
        ("order number", some("number", "card_order")),
        ("HSA-id", some("hsa_id", "post")),
        (
            "registered letter",
            some("rek_id", "delivery WHERE rek_id IS NOT NULL"),
        ),
        (
            "given name and surname",
            some(
                "given_name || ' ' || surname",
                "person WHERE protection = 'none'",
            ),
        ),
        (
            "surname, the most common",
            name(&["Andersson", "Johansson", "Karlsson", "Eriksson"]),
        ),
        (
            "surname by its beginning",
            name(&["Ander", "Johan", "Lind", "Berg", "Eri"]),
        ),
        (
            "surname spelt otherwise",
            name(&["Lindkvist", "Ericsson", "Wikström", "Carlsson", "Holmqvist"]),
        ),
        (
            "given name alone",
            name(&["Anna", "Maria", "Erik", "Lars", "Karl"]),
        ),
    ]
}
