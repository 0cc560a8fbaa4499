//! A person with protected personal data on the officers' pages: no page shows the name or the
//! number but those that must, and each of these leaves a line of its own.

use std::collections::{BTreeSet, VecDeque};

use crate::browser::Browser;
use crate::cast::Cast;

const LEIF: &str = "SE2399000013-1003";
const YLVA: &str = "SE2399000013-1012";
/// What shows the name on purpose, and writes it down.
const REVEALING: [&str; 3] = ["visa=1", "/aktivera", "/utskrift"];

fn links(page: &str) -> impl Iterator<Item = String> + '_ {
    let after = page.split("href=\"").skip(1);
    after.filter_map(|rest| Some(rest.split('"').next()?.replace("&amp;", "&")))
}

#[test]
fn no_page_about_a_protected_person_shows_name_or_number_before_it_is_asked_for() {
    let cast = Cast::assemble();
    let world = &cast.site.world;
    let ylva = world.person(YLVA);
    let mut browser = Browser::new(&cast.site);
    browser.log_in("/id-admin", LEIF, "loa3");
    let own = &cast.protected;
    let start = format!("/id-admin/person/{}", own.person);
    let mut ahead = VecDeque::from([start.clone()]);
    let mut seen = BTreeSet::new();
    while let Some(path) = ahead.pop_front() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let page = browser.get(&path).body;
        let number = ylva.number.as_str();
        let (short, last) = (number.get(2..).unwrap(), number.get(8..).unwrap());
        let dashed = format!("{}-{last}", number.get(..8).unwrap());
        for secret in ylva.name.split(' ').chain([number, short, &dashed]) {
            assert!(!page.contains(secret), "{path} shows {secret}");
        }
        let about = |link: &String| {
            [&own.person, &own.order, &own.card, &own.case]
                .iter()
                .any(|id| link.contains(id.as_str()))
        };
        let hides = |link: &String| !REVEALING.iter().any(|part| link.contains(part));
        ahead.extend(
            links(&page)
                .filter(|link| link.starts_with("/id-admin/"))
                .filter(about)
                .filter(hides),
        );
    }
    assert!(seen.len() > 5, "only {seen:?}");
    assert_eq!(world.lines(ylva.id.0, "reveal", "done"), 0);

    let shown = browser.get(&format!("{start}?visa=1")).body;
    assert!(shown.contains(&ylva.name), "{shown}");
    assert_eq!(world.lines(ylva.id.0, "reveal", "done"), 1);
    let card = own.card.parse().unwrap();
    let form = browser.get(&format!("/id-admin/kort/{card}/aktivera"));
    let named = form.body.contains(&ylva.name);
    assert_eq!(world.lines(card, "reveal", "done"), i64::from(named));
    let told = world.link().looks_at(ylva.id, 100).unwrap();
    assert!(told.iter().any(|event| event.entry.action == "reveal"));
}

#[test]
fn asking_for_the_data_of_somebody_who_is_not_protected_is_a_look_and_nothing_more() {
    let cast = Cast::assemble();
    let world = &cast.site.world;
    let mut browser = Browser::new(&cast.site);
    browser.log_in("/id-admin", LEIF, "loa3");
    let person = cast.posted.person.parse().unwrap();
    let page = browser.get(&format!("/id-admin/person/{person}?visa=1"));
    assert_eq!(page.status, 200);
    assert!(world.lines(person, "look", "done") > 0);
    assert_eq!(world.lines(person, "reveal", "done"), 0);
}
