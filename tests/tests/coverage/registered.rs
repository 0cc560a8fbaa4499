//! The routes that the program registers, read from its source: what is not in the table of cases
//! cannot have been tested.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cards_acceptance::world::checkout;

const PORTALS: [&str; 3] = ["/id-admin", "/mina-sidor", "/servicedesk"];
/// The portals in which somebody acts for others.
const DESKS: [&str; 2] = ["/id-admin", "/servicedesk"];
/// The portals in which somebody acts on a certificate: holders on their own, officers on those of
/// others.
const OWNERS: [&str; 2] = ["/id-admin", "/mina-sidor"];
/// Where routes are registered. The middleware's and the pages' own tests register some, too.
const SOURCES: [&str; 4] = [
    "backend/api/src",
    "backend/http/src",
    "backend/server/src",
    "frontend/src",
];

/// Method and path of every route, sorted.
pub fn registered() -> BTreeSet<(String, String)> {
    let files = SOURCES
        .iter()
        .flat_map(|folder| sources(&checkout().join(folder)));
    let written = files.flat_map(|file| of_source(&std::fs::read_to_string(file).unwrap()));
    // The API's operations register themselves.
    let described = cards_api::operations()
        .map(|operation| (operation.verb.method().to_string(), operation.full_path()));
    written.chain(described).collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![path]
            }
        })
        .filter(|path| {
            path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs")
        })
        .collect()
}

fn of_source(source: &str) -> Vec<(String, String)> {
    let source = source
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let pieces: Vec<&str> = source.split(".route(").collect();
    let calls = pieces.windows(2).scan("", |scope, pair| {
        let [before, call] = [pair[0], pair[1]];
        *scope = scope_after(before, scope);
        Some((*scope, call))
    });
    calls
        .flat_map(|(scope, call)| {
            let routes = of_call(call);
            let routes = routes.unwrap_or_else(|| panic!("cannot read the route {call:.120}"));
            let within = |(method, path)| (method, format!("{scope}{path}"));
            routes.into_iter().map(within).collect::<Vec<_>>()
        })
        .collect()
}

/// The scope that a route stands in after `text`: the last one opened, until its statement ends.
fn scope_after<'a>(text: &'a str, scope: &'a str) -> &'a str {
    const OPENING: &str = "web::scope(\"";
    let rest = text.rsplit_once(OPENING).map(|(_, rest)| rest);
    match rest {
        Some(rest) if !rest.contains(';') => rest.split('"').next().unwrap_or_default(),
        Some(_) => "",
        None if text.contains(';') => "",
        None => scope,
    }
}

/// `"/path", web::get().to(…)`, or `&format!("{path}/more"), web::…` for the portals and
/// `&format!("{desk}/more"), …` for the desks, `{own}` for those with certificates.
fn of_call(call: &str) -> Option<Vec<(String, String)>> {
    let path = call.split('"').nth(1)?;
    let method = call.split_once("web::")?.1.split_once("()")?.0;
    let method = if method == "route" { "ANY" } else { method }.to_uppercase();
    let under = |homes: &[&str], rest: &str| -> Vec<String> {
        let rest = rest.replace("{{", "{").replace("}}", "}");
        homes.iter().map(|home| format!("{home}{rest}")).collect()
    };
    let paths = if let Some(rest) = path.strip_prefix("{path}") {
        under(&PORTALS, rest)
    } else if let Some(rest) = path.strip_prefix("{desk}") {
        under(&DESKS, rest)
    } else if let Some(rest) = path.strip_prefix("{own}") {
        under(&OWNERS, rest)
    } else if let Some(rest) = path.strip_prefix("{PATH}") {
        under(&[cards_http::demo::PATH], rest)
    } else {
        vec![path.to_owned()]
    };
    Some(
        paths
            .into_iter()
            .map(|path| (method.clone(), path))
            .collect(),
    )
}

#[test]
fn routes_are_read_from_the_source_in_every_way_they_are_written() {
    let source = r#"
        config.route("/a", web::get().to(a)).route(
            "/b/{id}",
            web::post().to(b),
        );
        config.route(&format!("{path}/in"), web::get().to(c));
        config.route("/d", web::get().to(d)).service(
            web::scope("/v1")
                .app_data(x)
                .route("/e", web::get().to(e))
                .route("/f", web::get().to(f)),
        );
        config.route("/g", web::get().to(g));
        config.route(&format!("{desk}/h/{{id}}"), web::post().to(h::<D>));
    "#;
    let read = of_source(source);
    let told: Vec<String> = read
        .iter()
        .map(|(method, path)| format!("{method} {path}"))
        .collect();
    let of_portals = [
        "GET /id-admin/in",
        "GET /mina-sidor/in",
        "GET /servicedesk/in",
    ];
    assert_eq!(
        told,
        [
            &["GET /a", "POST /b/{id}"][..],
            &of_portals,
            &["GET /d", "GET /v1/e", "GET /v1/f", "GET /g"],
            &["POST /id-admin/h/{id}", "POST /servicedesk/h/{id}"],
        ]
        .concat()
    );
}
