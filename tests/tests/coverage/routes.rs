//! Every route, for every role, for things in its scope and outside it.

mod list;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::browser::{Answer, code_fields};
use crate::cast::{Cast, Things, Visitor};
use crate::registered::registered;

pub use list::{CASES, Case};

impl Case {
    /// Whether the address names a thing of a person.
    pub fn has_thing(&self) -> bool {
        self.is_of_portal() && (self.1.contains("{id}") || self.1.contains("{kod}"))
    }

    pub fn is_of_portal(&self) -> bool {
        crate::cast::PORTALS
            .iter()
            .any(|portal| self.1.starts_with(portal))
    }

    pub fn path(&self, things: &Things) -> String {
        let id = match self.1 {
            path if path.contains("/person/") => &things.person,
            path if path.contains("/bestallning/") => &things.order,
            path if path.contains("/sparr/") => &things.case,
            path if path.contains("/certifikat/") => &things.certificate,
            _ => &things.card,
        };
        let asset = cards_portal::assets::asset_url(cards_portal::assets::Asset::Css);
        self.1
            .replace("{id}", id)
            .replace("{foto}", &uuid::Uuid::nil().to_string())
            .replace("{photo}", &uuid::Uuid::nil().to_string())
            .replace("{kod}", &things.code)
            .replace("{lista}", "att-aktivera")
            .replace("{list}", "to_activate")
            .replace("{day}", "2026-11-23")
            .replace("{number}", "9752000000000000")
            .replace("{authority}", "person-hsa-id-3")
            .replace("{shard}", "0")
            .replace("{question:.+}", "MAMCAQE=")
            .replace("{tail:.*}", ".well-known/openid-configuration")
            .replace("/assets/{name}", asset)
    }

    /// Opens the page, or sends an empty form from a page of the portal.
    pub fn ask(&self, visitor: &Visitor, things: &Things) -> Answer {
        let path = self.path(things);
        match self.0 {
            "POST" => visitor
                .browser
                .send(&path, &visitor.browser.signed(&path, key_of(&path), &[])),
            "PUT" => visitor.browser.put(&path, "{}"),
            _ => visitor.browser.get(&path),
        }
    }
}

/// Every form has a key of its own, as a page would give it.
pub fn key_of(path: &str) -> u128 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    u128::from(hasher.finish())
}

#[test]
fn every_route_of_the_program_is_a_case_here() {
    let cases: BTreeSet<(String, String)> = CASES
        .iter()
        .map(|case| (case.0.to_owned(), case.1.to_owned()))
        .collect();
    let registered = registered();
    let untested: Vec<_> = registered.difference(&cases).collect();
    let gone: Vec<_> = cases.difference(&registered).collect();
    assert!(
        untested.is_empty() && gone.is_empty(),
        "without a case: {untested:?}; gone: {gone:?}"
    );
    assert_eq!(cases.len(), CASES.len(), "a case stands twice");
}

/// What is so for every answer, whoever asks for what.
fn assert_decent(at: &str, answer: &Answer) {
    assert!(
        answer.status < 500 && answer.status != 429,
        "{at}: {} {}",
        answer.status,
        answer.body
    );
    let code = answer.code();
    assert!(
        code.len() == 7 && code.as_bytes()[3] == b'-',
        "{at}: no code to read out: {code:?}"
    );
    let has = |name, part: &str| {
        assert!(
            answer.header(name).contains(part),
            "{at}: {name} lacks {part}"
        )
    };
    has("x-content-type-options", "nosniff");
    has("x-frame-options", "DENY");
    has("referrer-policy", "same-origin");
    has("cross-origin-opener-policy", "same-origin");
    let policy = answer.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{at}: {policy}");
    }
    assert!(
        !policy.contains("unsafe") && !policy.contains('*'),
        "{at}: {policy}"
    );
    // What everybody may read may be kept.
    let is_public = ["/assets/", "/pki/aia/", "/pki/crl/"];
    if !is_public.iter().any(|part| at.contains(part)) {
        has("cache-control", "no-store");
    }
    if answer.is_page() {
        assert!(
            code_fields(&answer.body).is_empty(),
            "{at}: {:?}",
            code_fields(&answer.body)
        );
        assert!(
            !answer.body.contains(" style=") && !answer.body.contains(" onclick="),
            "{at}: inline"
        );
    }
}

/// A cell: the statuses for each of the things, or one where all are the same.
fn cell(statuses: &[u16]) -> String {
    let told: Vec<String> = statuses.iter().map(ToString::to_string).collect();
    match told.split_first() {
        Some((first, rest)) if rest.iter().all(|one| one == first) => first.clone(),
        _ => told.join("/"),
    }
}

fn statuses(case: &Case, visitor: &Visitor, things: &[&Things]) -> Vec<u16> {
    let asked = if case.has_thing() {
        things
    } else {
        &things[..1]
    };
    let mut statuses = Vec::new();
    for one in asked {
        let answer = case.ask(visitor, one);
        let at = format!(
            "{} {} as {} ({})",
            case.0,
            case.path(one),
            visitor.role,
            one.name
        );
        assert_decent(&at, &answer);
        let may_see = matches!(visitor.role, "protected") || !case.is_of_portal();
        assert!(
            may_see || !answer.body.contains("Sandin"),
            "{at}: a protected person is named"
        );
        statuses.push(answer.status);
    }
    statuses
}

/// Review the table as a whole: a 200 that should be a 404 is a leak, a 404 that should be a 200
/// keeps somebody from their work. For nobody 303 leads to the log-in and 401 is a form that came
/// without a session.
#[test]
fn every_route_answers_every_role_as_the_table_says() {
    let cast = Cast::assemble();
    let things = [
        &cast.posted,
        &cast.unsigned,
        &cast.protected,
        &cast.elsewhere,
    ];
    let visitors = cast.visitors();
    let names: Vec<&str> = things.iter().map(|one| one.name).collect();
    let mut table = format!(
        "cells: {}; one number where all are alike\n\n{:50}",
        names.join("/"),
        ""
    );
    for visitor in &visitors {
        write!(table, "{:16}", visitor.role).unwrap();
    }
    for case in CASES {
        write!(table, "\n{:50}", format!("{:4} {}", case.0, case.1)).unwrap();
        for visitor in &visitors {
            write!(table, "{:16}", cell(&statuses(case, visitor, &things))).unwrap();
        }
    }
    let table: Vec<&str> = table.lines().map(str::trim_end).collect();
    insta::assert_snapshot!(table.join("\n"));
    cast.site.world.work();
}

/// The page without what differs between two requests of any kind.
fn without_accidents(answer: &Answer, things: &Things) -> String {
    let mut body = answer.body.replace(answer.code(), "CODE");
    for (name, id) in [
        ("PERSON", &things.person),
        ("ORDER", &things.order),
        ("CARD", &things.card),
        ("LINE", &things.code),
    ] {
        body = body.replace(id.as_str(), name);
    }
    let mut parts = body.split(r#"name="_csrf" value=""#);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.split_once('"').map_or(part, |(_, rest)| rest);
        let (before, after) = rest
            .split_once(r#"name="_key" value=""#)
            .unwrap_or((rest, ""));
        text.push_str(before);
        text.push_str(after.split_once('"').map_or(after, |(_, rest)| rest));
    }
    text
}

/// The things that a visitor must not come to know of.
fn hidden_from<'a>(cast: &'a Cast, visitor: &Visitor) -> Vec<&'a Things> {
    match visitor.role {
        "elsewhere" => vec![&cast.posted, &cast.unsigned, &cast.protected],
        "holder" => vec![&cast.unsigned, &cast.protected, &cast.elsewhere],
        "protected" => vec![&cast.elsewhere],
        _ => vec![&cast.protected, &cast.elsewhere],
    }
}

#[test]
fn what_is_out_of_scope_answers_exactly_like_what_does_not_exist() {
    let cast = Cast::assemble();
    let unknown = Things::unknown();
    let (mut compared, mut told_apart) = (0, Vec::new());
    for visitor in cast.visitors() {
        for case in CASES.iter().filter(|case| case.has_thing()) {
            let none = case.ask(&visitor, &unknown);
            for things in hidden_from(&cast, &visitor) {
                let there = case.ask(&visitor, things);
                let at = format!(
                    "{} {} as {} ({})",
                    case.0, case.1, visitor.role, things.name
                );
                compared += 1;
                if there.status != none.status {
                    told_apart.push(format!("{at}: {}, unknown {}", there.status, none.status));
                } else if without_accidents(&there, things) != without_accidents(&none, &unknown) {
                    told_apart.push(format!("{at}: another page: {}", there.body));
                }
            }
        }
    }
    assert!(told_apart.is_empty(), "{}", told_apart.join("\n"));
    assert!(compared > 300, "{compared} comparisons");
    cast.site.world.work();
}
