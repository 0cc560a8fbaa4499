//! What is rejected, with line, dn and reason, and when a whole file is refused.

use std::vec::IntoIter;

use cards_app::Failure;
use cards_app::feed::{DirectoryFeed, FeedEntry, Rejection};
use cards_app::import::{ImportOptions, import_directory};
use cards_domain::access::{Actor, Loa, Officer};
use cards_domain::ids::PersonId;
use cards_gateways::directory::{Mapping, open, read_feed};

use crate::kit::{REGION, World, number, operator, person, reasons};

type Entry = Result<FeedEntry, Rejection>;

fn entries(text: &str) -> IntoIter<Entry> {
    let mapping = Mapping::default();
    let reader = open(std::io::Cursor::new(text.as_bytes())).unwrap();
    read_feed(reader, &mapping).collect::<Vec<_>>().into_iter()
}

#[test]
fn an_entry_that_cannot_be_used_is_reported_and_the_rest_goes_in() {
    let world = World::new();
    let report = world.import(&format!(
        "{REGION}{}{}{}",
        person("Elin Berg", "A1", "198501019800", ""),
        person("Per Ek", "A2", "203001019809", ""),
        person("Siv Alm", "A3", &number(1), ""),
    ));
    assert_eq!(report.persons, 1);
    assert_eq!(world.texts("SELECT surname AS text FROM person"), ["Alm"]);
    let first = &report.rejected[0];
    assert_eq!(first.line, 11);
    assert_eq!(first.dn, "cn=Elin Berg,ou=Akuten,o=Region X,c=SE");
    assert_eq!(first.attribute.as_deref(), Some("personalIdentityNumber"));
    assert_eq!(first.reason, "wrong_check_digit");
}

#[test]
fn somebody_born_in_the_future_is_rejected() {
    let world = World::new();
    let mut birth = "20300101981".to_owned();
    let digits: Vec<u8> = birth.bytes().skip(2).map(|byte| byte - b'0').collect();
    birth.push_str(&cards_domain::values::luhn_check_digit(&digits).to_string());
    let report = world.import(&format!(
        "{REGION}{}",
        person("Elin Berg", "A1", &birth, "")
    ));
    assert_eq!(reasons(&report), ["11 born_in_future"]);
}

#[test]
fn the_second_of_two_entries_with_one_hsa_id_is_rejected() {
    let world = World::new();
    let report = world.import(&format!(
        "{REGION}{}{}",
        person("Elin Berg", "A1", &number(1), ""),
        person("Per Ek", "a1", &number(2), ""),
    ));
    assert_eq!(reasons(&report), ["18 duplicate_hsa_id"]);
    assert_eq!((report.persons, world.count("person")), (1, 1));
}

/// A source that fails before its end.
struct Broken(IntoIter<Entry>);

impl Iterator for Broken {
    type Item = Entry;
    fn next(&mut self) -> Option<Entry> {
        self.0.next()
    }
}

impl DirectoryFeed for Broken {
    fn cut_off(&self) -> Option<String> {
        Some("the disk is gone".to_owned())
    }
}

#[test]
fn of_a_feed_that_breaks_off_nothing_goes_in() {
    let world = World::new();
    let feed = Broken(entries(REGION));
    let refused = import_directory(
        &mut world.link(),
        &operator(),
        feed,
        ImportOptions::default(),
    );
    assert!(matches!(refused, Err(Failure::Unavailable(why)) if why.contains("the disk is gone")));
    assert_eq!(world.count("organisation"), 0);
}

#[test]
fn no_officer_may_take_in_a_feed() {
    let world = World::new();
    let officer = Officer {
        person: PersonId(uuid::Uuid::nil()),
        loa: Loa::Loa3,
        appointments: vec![],
    };
    let call = cards_app::Call {
        actor: Actor::Officer(officer),
        ..operator()
    };
    let refused = import_directory(
        &mut world.link(),
        &call,
        entries(REGION),
        ImportOptions::default(),
    );
    assert!(matches!(
        refused,
        Err(Failure::NotFound | Failure::Refused(_))
    ));
    assert_eq!(world.count("organisation"), 0);
}
