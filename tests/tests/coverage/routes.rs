//! Every route, for every role, for things in its scope and outside it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::browser::{Answer, code_fields};
use crate::cast::{Cast, Things, Visitor};
use crate::registered::registered;

/// Method and path of a route. Those that end a session come last.
pub struct Case(pub &'static str, pub &'static str);

/// Every route there is; [`registered`] tells when one is missing.
pub const CASES: &[Case] = &[
    Case("GET", "/"),
    Case("GET", "/api"),
    Case("GET", "/api/openapi.json"),
    Case("POST", "/api/v1/token"),
    Case("GET", "/api/v1/card-status/{number}"),
    Case("GET", "/api/v1/me"),
    Case("GET", "/api/v1/me/cards"),
    Case("GET", "/api/v1/me/cards/{id}"),
    Case("POST", "/api/v1/me/cards/{id}/locks"),
    Case("POST", "/api/v1/me/cards/{id}/puk-unlocks"),
    Case("POST", "/api/v1/me/cards/{id}/puk-letters"),
    Case("POST", "/api/v1/me/cards/{id}/delivery-reports"),
    Case("POST", "/api/v1/me/cards/{id}/receipt"),
    Case("POST", "/api/v1/me/signatures"),
    Case("PUT", "/api/v1/me/signatures/{id}"),
    Case("GET", "/api/v1/me/orders"),
    Case("GET", "/api/v1/me/events"),
    Case("GET", "/api/v1/me/employments"),
    Case("GET", "/api/v1/me/contacts"),
    Case("POST", "/api/v1/me/cards/{id}/revocations"),
    Case("GET", "/api/v1/me/revocations/{id}"),
    Case("POST", "/api/v1/me/revocations/{id}/steps"),
    Case("POST", "/api/v1/persons/searches"),
    Case("GET", "/api/v1/persons/{id}"),
    Case("GET", "/api/v1/persons/{id}/cards"),
    Case("GET", "/api/v1/persons/{id}/orders"),
    Case("GET", "/api/v1/persons/{id}/employments"),
    Case("GET", "/api/v1/persons/{id}/events"),
    Case("GET", "/api/v1/persons/{id}/photo"),
    Case("GET", "/api/v1/cards"),
    Case("GET", "/api/v1/cards/{id}"),
    Case("GET", "/api/v1/cards/{id}/events"),
    Case("GET", "/api/v1/cards/{id}/call-back-numbers"),
    Case("GET", "/api/v1/cards/{id}/misprint"),
    Case("POST", "/api/v1/cards/{id}/revocations"),
    Case("POST", "/api/v1/cards/{id}/reception"),
    Case("POST", "/api/v1/cards/{id}/destruction"),
    Case("POST", "/api/v1/cards/{id}/locks"),
    Case("POST", "/api/v1/cards/{id}/puk-unlocks"),
    Case("POST", "/api/v1/cards/{id}/puk-letters"),
    Case("POST", "/api/v1/cards/{id}/doubts"),
    Case("POST", "/api/v1/cards/{id}/receipt-refusals"),
    Case("POST", "/api/v1/cards/{id}/activation"),
    Case("POST", "/api/v1/cards/{id}/visit-unlocks"),
    Case("GET", "/api/v1/cards/{id}/paper-receipt"),
    Case("POST", "/api/v1/cards/{id}/paper-receipts"),
    Case("GET", "/api/v1/puk-letters/{id}"),
    Case("POST", "/api/v1/puk-letters/{id}/approval"),
    Case("POST", "/api/v1/puk-letters/{id}/rejection"),
    Case("POST", "/api/v1/puk-letters/{id}/cancellation"),
    Case("POST", "/api/v1/orders"),
    Case("GET", "/api/v1/orders/{id}"),
    Case("POST", "/api/v1/orders/{id}/replacements"),
    Case("POST", "/api/v1/orders/{id}/cancellation"),
    Case("POST", "/api/v1/orders/{id}/prerequisites"),
    Case("POST", "/api/v1/orders/{id}/sending"),
    Case("POST", "/api/v1/orders/{id}/delivery-reports"),
    Case("POST", "/api/v1/orders/{id}/stored-photo"),
    Case("POST", "/api/v1/orders/{id}/photos"),
    Case("GET", "/api/v1/orders/{id}/photos/{photo}"),
    Case("GET", "/api/v1/orders/{id}/photos/{photo}/picture"),
    Case("POST", "/api/v1/orders/{id}/photos/{photo}/approval"),
    Case("POST", "/api/v1/orders/{id}/photos/{photo}/rejection"),
    Case("GET", "/api/v1/revocations/{id}"),
    Case("POST", "/api/v1/revocations/{id}/execution"),
    Case("POST", "/api/v1/revocations/{id}/withdrawal"),
    Case("POST", "/api/v1/revocations/{id}/steps"),
    Case("POST", "/api/v1/signatures"),
    Case("PUT", "/api/v1/signatures/{id}"),
    Case("GET", "/api/v1/worklists"),
    Case("GET", "/api/v1/worklists/{list}"),
    Case("GET", "/api/v1/products"),
    Case("GET", "/api/v1/offices"),
    Case("GET", "/api/v1/organisations"),
    Case("GET", "/api/v1/directory"),
    Case("POST", "/api/v1/directory/files"),
    Case("GET", "/api/v1/directory/files/{id}"),
    Case("POST", "/api/v1/directory/files/{id}/import"),
    Case("GET", "/api/v1/directory/imports/{id}"),
    Case("GET", "/api/v1/directory/stops/{id}"),
    Case("POST", "/api/v1/directory/stops/{id}/release"),
    Case("GET", "/api/v1/directory/questions/{id}"),
    Case("POST", "/api/v1/directory/questions/{id}/answers"),
    Case("GET", "/api/v1/events"),
    Case("GET", "/api/v1/log"),
    Case("GET", "/api/v1/nights"),
    Case("POST", "/api/v1/nights/{day}/releases"),
    Case("GET", "/api/v1/stops/{id}"),
    Case("POST", "/api/v1/stops/{id}/release"),
    Case("GET", "/api/v1/errands"),
    Case("POST", "/api/v1/errands/{id}/retries"),
    Case("GET", "/assets/{name}"),
    Case("POST", "/pki/ocsp/{authority}"),
    Case("GET", "/pki/ocsp/{authority}/{question:.+}"),
    Case("GET", "/pki/crl/{authority}/{shard}.crl"),
    Case("GET", "/pki/aia/{authority}.cer"),
    Case("GET", "/health/live"),
    Case("GET", "/health/ready"),
    Case("GET", "/demo"),
    Case("GET", "/demo/brev"),
    Case("GET", "/demo/komponenter"),
    Case("GET", "/demo/mejl"),
    Case("GET", "/demo/mejl/{id}"),
    Case("POST", "/demo/klockan"),
    Case("POST", "/demo/tillverkaren"),
    Case("ANY", "/demo/idp/{tail:.*}"),
    Case("GET", "/id-admin"),
    Case("GET", "/id-admin/logga-in"),
    Case("GET", "/id-admin/inloggad"),
    Case("GET", "/id-admin/att-gora/{lista}"),
    Case("GET", "/id-admin/utgaende"),
    Case("GET", "/id-admin/certifikat"),
    Case("GET", "/id-admin/kort/{id}/certifikat"),
    Case("GET", "/id-admin/certifikat/{id}/sparra"),
    Case("POST", "/id-admin/certifikat/{id}/sparra"),
    Case("GET", "/id-admin/nattkorning"),
    Case("GET", "/id-admin/nattkorning/slapp"),
    Case("POST", "/id-admin/nattkorning/slapp"),
    Case("GET", "/id-admin/katalog"),
    Case("POST", "/id-admin/katalog"),
    Case("GET", "/id-admin/katalog/fil/{id}"),
    Case("POST", "/id-admin/katalog/fil/{id}"),
    Case("GET", "/id-admin/katalog/inlasning/{id}"),
    Case("GET", "/id-admin/katalog/stopp/{id}"),
    Case("POST", "/id-admin/katalog/stopp/{id}"),
    Case("GET", "/id-admin/katalog/fraga/{id}"),
    Case("POST", "/id-admin/katalog/fraga/{id}"),
    Case("GET", "/id-admin/sok"),
    Case("POST", "/id-admin/sok"),
    Case("GET", "/id-admin/kort/{id}"),
    Case("GET", "/id-admin/person/{id}"),
    Case("GET", "/id-admin/person/{id}/handelser"),
    Case("GET", "/id-admin/person/{id}/bestall"),
    Case("POST", "/id-admin/person/{id}/bestall"),
    Case("GET", "/id-admin/handelser"),
    Case("POST", "/id-admin/handelser"),
    Case("GET", "/id-admin/handelser/{kod}"),
    Case("GET", "/id-admin/bestallning/{id}"),
    Case("POST", "/id-admin/bestallning/{id}/komplettera"),
    Case("GET", "/id-admin/bestallning/{id}/avbryt"),
    Case("POST", "/id-admin/bestallning/{id}/avbryt"),
    Case("GET", "/id-admin/bestallning/{id}/foto"),
    Case("POST", "/id-admin/bestallning/{id}/foto"),
    Case("POST", "/id-admin/bestallning/{id}/foto/sparat"),
    Case("GET", "/id-admin/bestallning/{id}/foto/{foto}"),
    Case("POST", "/id-admin/bestallning/{id}/foto/{foto}"),
    Case("GET", "/id-admin/foto/{id}"),
    Case("GET", "/id-admin/foto/{id}/liten"),
    Case("GET", "/id-admin/kort/{id}/fel-tryck"),
    Case("POST", "/id-admin/kort/{id}/fel-tryck"),
    Case("GET", "/id-admin/kort/{id}/fel-tryck/klart"),
    Case("GET", "/id-admin/kort/{id}/aktivera"),
    Case("POST", "/id-admin/kort/{id}/aktivera"),
    Case("POST", "/id-admin/kort/{id}/tveka"),
    Case("GET", "/id-admin/kort/{id}/aktivera/kod"),
    Case("POST", "/id-admin/kort/{id}/aktivera/kod"),
    Case("GET", "/id-admin/kort/{id}/kvittens"),
    Case("POST", "/id-admin/kort/{id}/kvittens"),
    Case("GET", "/id-admin/kort/{id}/kvittens/papper"),
    Case("GET", "/id-admin/kort/{id}/kvittens/lamna"),
    Case("GET", "/id-admin/kort/{id}/kvittens/utskrift"),
    Case("GET", "/id-admin/kort/{id}/klart"),
    Case("GET", "/id-admin/kort/{id}/last"),
    Case("POST", "/id-admin/kort/{id}/last"),
    Case("GET", "/id-admin/kort/{id}/las-upp"),
    Case("POST", "/id-admin/kort/{id}/las-upp"),
    Case("GET", "/id-admin/kort/{id}/upplast"),
    Case("POST", "/id-admin/kort/{id}/upplast"),
    Case("POST", "/id-admin/kort/{id}/puk-last"),
    Case("GET", "/id-admin/kort/{id}/puk-brev"),
    Case("POST", "/id-admin/kort/{id}/puk-brev"),
    Case("GET", "/id-admin/puk-brev/{id}"),
    Case("POST", "/id-admin/puk-brev/{id}/godkann"),
    Case("POST", "/id-admin/puk-brev/{id}/avsla"),
    Case("POST", "/id-admin/puk-brev/{id}/avbryt"),
    Case("GET", "/id-admin/bestallning/{id}/bestall-nytt"),
    Case("POST", "/id-admin/bestallning/{id}/bestall-nytt"),
    Case("POST", "/id-admin/bestallning/{id}/sandning"),
    Case("POST", "/id-admin/bestallning/{id}/skicka"),
    Case("GET", "/id-admin/kort/{id}/ta-emot"),
    Case("POST", "/id-admin/kort/{id}/ta-emot"),
    Case("GET", "/id-admin/kort/{id}/makulera"),
    Case("POST", "/id-admin/kort/{id}/makulera"),
    Case("GET", "/id-admin/kort/{id}/kvittens/vagra"),
    Case("POST", "/id-admin/kort/{id}/kvittens/vagra"),
    Case("GET", "/id-admin/kort/{id}/sparra"),
    Case("GET", "/id-admin/kort/{id}/sparra/bekrafta"),
    Case("POST", "/id-admin/kort/{id}/sparra/bekrafta"),
    Case("GET", "/id-admin/sparr/{id}"),
    Case("POST", "/id-admin/sparr/{id}/steg"),
    Case("POST", "/id-admin/sparr/{id}/verkstall"),
    Case("POST", "/id-admin/sparr/{id}/aterta"),
    Case("GET", "/mina-sidor"),
    Case("GET", "/mina-sidor/logga-in"),
    Case("GET", "/mina-sidor/inloggad"),
    Case("GET", "/mina-sidor/vem-har-tittat"),
    Case("GET", "/mina-sidor/kontakt"),
    Case("GET", "/mina-sidor/katalogen"),
    Case("GET", "/mina-sidor/kort/{id}"),
    Case("GET", "/mina-sidor/kort/{id}/certifikat"),
    Case("GET", "/mina-sidor/certifikat/{id}/sparra"),
    Case("POST", "/mina-sidor/certifikat/{id}/sparra"),
    Case("GET", "/mina-sidor/kort/{id}/kvittens"),
    Case("POST", "/mina-sidor/kort/{id}/kvittens"),
    Case("GET", "/mina-sidor/kort/{id}/klart"),
    Case("GET", "/mina-sidor/kort/{id}/last"),
    Case("POST", "/mina-sidor/kort/{id}/last"),
    Case("POST", "/mina-sidor/kort/{id}/upplast"),
    Case("POST", "/mina-sidor/kort/{id}/puk-brev"),
    Case("GET", "/mina-sidor/kort/{id}/inte-kommit"),
    Case("POST", "/mina-sidor/kort/{id}/inte-kommit"),
    Case("POST", "/mina-sidor/kort/{id}/kom-sent"),
    Case("GET", "/mina-sidor/kort/{id}/tappat"),
    Case("GET", "/mina-sidor/kort/{id}/tappat/bekrafta"),
    Case("POST", "/mina-sidor/kort/{id}/tappat/bekrafta"),
    Case("GET", "/mina-sidor/sparr/{id}"),
    Case("POST", "/mina-sidor/sparr/{id}/steg"),
    Case("GET", "/servicedesk"),
    Case("GET", "/servicedesk/logga-in"),
    Case("GET", "/servicedesk/inloggad"),
    Case("GET", "/servicedesk/sok"),
    Case("POST", "/servicedesk/sok"),
    Case("GET", "/servicedesk/kort/{id}"),
    Case("GET", "/servicedesk/person/{id}"),
    Case("GET", "/servicedesk/kort/{id}/last"),
    Case("POST", "/servicedesk/kort/{id}/last"),
    Case("POST", "/servicedesk/kort/{id}/upplast"),
    Case("GET", "/servicedesk/kort/{id}/puk-brev"),
    Case("POST", "/servicedesk/kort/{id}/puk-brev"),
    Case("GET", "/servicedesk/puk-brev/{id}"),
    Case("POST", "/servicedesk/puk-brev/{id}/godkann"),
    Case("POST", "/servicedesk/puk-brev/{id}/avsla"),
    Case("POST", "/servicedesk/puk-brev/{id}/avbryt"),
    Case("GET", "/servicedesk/kort/{id}/sparra"),
    Case("GET", "/servicedesk/kort/{id}/sparra/bekrafta"),
    Case("POST", "/servicedesk/kort/{id}/sparra/bekrafta"),
    Case("GET", "/servicedesk/sparr/{id}"),
    Case("POST", "/servicedesk/sparr/{id}/steg"),
    Case("POST", "/servicedesk/sparr/{id}/verkstall"),
    Case("POST", "/servicedesk/sparr/{id}/aterta"),
    Case("POST", "/id-admin/logga-ut"),
    Case("POST", "/mina-sidor/logga-ut"),
    Case("POST", "/servicedesk/logga-ut"),
];

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
