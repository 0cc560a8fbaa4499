//! Addresses in which an id or a query cannot be read: answered like those that do not exist, by every
//! route, as a page of the portal.

use scraper::{Html, Selector};

use crate::browser::Answer;
use crate::cast::{Cast, Things, Visitor};
use crate::routes::CASES;

/// In which portal who finds their way.
const AT_HOME: [(&str, &str); 3] = [
    ("/id-admin", "id_admin"),
    ("/mina-sidor", "holder"),
    ("/servicedesk", "servicedesk"),
];

fn in_portals(visitors: &[Visitor]) -> impl Iterator<Item = (&'static str, &Visitor)> {
    AT_HOME.into_iter().map(|(portal, role)| {
        let mut visitors = visitors.iter();
        (portal, visitors.find(|one| one.role == role).unwrap())
    })
}

fn heading(answer: &Answer) -> String {
    let page = Html::parse_document(&answer.body);
    let heading = page.select(&Selector::parse("h1").unwrap()).next();
    heading.map(|one| one.text().collect()).unwrap_or_default()
}

fn assert_is_page(at: &str, answer: &Answer) {
    let is_page = answer.is_page() || (300..400).contains(&answer.status);
    assert!(is_page, "{at}: {} {}", answer.status, answer.body);
    assert!(!answer.body.contains("parsing"), "{at}: {}", answer.body);
}

#[test]
fn an_id_that_cannot_be_read_has_the_page_of_one_that_nothing_has() {
    let cast = Cast::assemble();
    let visitors = cast.visitors();
    for (portal, visitor) in in_portals(&visitors) {
        let cases = CASES.iter().filter(|case| case.1.starts_with(portal));
        for case in cases.filter(|case| case.1.contains("{id}")) {
            let mistyped = Things {
                person: "abc".to_owned(),
                order: "abc".to_owned(),
                card: "abc".to_owned(),
                case: "abc".to_owned(),
                certificate: "abc".to_owned(),
                ..Things::unknown()
            };
            let at = format!("{} {}", case.0, case.path(&mistyped));
            let answer = case.ask(visitor, &mistyped);
            assert_is_page(&at, &answer);
            // Of what is not for the role the page of another one may say so first.
            let unknown = case.ask(visitor, &Things::unknown());
            if case.0 == "GET" && unknown.status == 404 {
                let told = (answer.status, heading(&answer));
                assert_eq!(told, (404, heading(&unknown)), "{at}");
            }
        }
    }
}

#[test]
fn a_query_that_cannot_be_read_has_a_page() {
    let cast = Cast::assemble();
    let visitors = cast.visitors();
    for (portal, visitor) in in_portals(&visitors) {
        let cases = CASES.iter().filter(|case| case.1.starts_with(portal));
        for case in cases.filter(|case| case.0 == "GET") {
            for query in ["signature=abc", "kontroll=abc", "utkast=abc", "sida=%FF"] {
                let at = format!("{}?{query}", case.path(&cast.posted));
                assert_is_page(&at, &visitor.browser.get(&at));
            }
        }
    }
}
