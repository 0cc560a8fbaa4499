//! What an officer's file must not do to persons and organisations of others.

use crate::kit::{REGION, World, number, person, person_at, reasons};
use crate::leavings::coordination;

const CLINIC: &str = "dn: o=Klinik AB,c=SE\nobjectClass: organization\no: Klinik AB\n\
    hsaIdentity: SE2321000016-K1\n\n";

fn at_clinic(number: &str) -> String {
    person_at(
        "o=Klinik AB,c=SE",
        "Elin Berg",
        "K2",
        number,
        "mail: elin@x.example\n",
    )
}

#[test]
fn a_number_of_somebody_elses_person_is_rejected_and_changes_nothing_of_the_person() {
    let world = World::new();
    world.import(&format!("{REGION}{CLINIC}{}", at_clinic(&number(1))));
    let taken = person(
        "Kapad Person",
        "A1",
        &number(1),
        "mail: kapad@x.example\nhsaProtectedPerson: TRUE\n",
    );
    let report = world.officers(&format!("{REGION}{taken}"));
    assert_eq!(reasons(&report), ["11 shared_person"]);
    assert_eq!((report.persons, report.changed), (0, 0));
    let kept =
        world.texts("SELECT surname || ' ' || mail || ' ' || protection AS text FROM person");
    assert_eq!(kept, ["Berg elin@x.example none"]);
    assert_eq!(world.count("post"), 1);
    // The operator answers for every organisation.
    let more = person("Elin Berg", "A1", &number(1), "mail: elin@x.example\n");
    let report = world.delta(&format!("{REGION}{more}"));
    assert_eq!((report.hsa_ids, report.rejected.len()), (1, 0));
}

#[test]
fn a_person_of_the_own_organisation_is_changed_by_an_officers_file() {
    let world = World::new();
    world.import(&format!(
        "{REGION}{CLINIC}{}",
        person("Elin Berg", "A1", &number(1), "")
    ));
    let report = world.officers(&format!(
        "{REGION}{}",
        person("Elin Ek", "A2", &number(1), "")
    ));
    assert_eq!((report.hsa_ids, report.rejected.len()), (1, 0));
    assert_eq!(world.texts("SELECT surname AS text FROM person"), ["Ek"]);
}

#[test]
fn a_namesake_of_somebody_elses_person_is_never_asked_about_by_an_officers_file() {
    let world = World::new();
    world.import(&format!("{REGION}{CLINIC}{}", at_clinic(&coordination(1))));
    let report = world.officers(&format!(
        "{REGION}{}",
        person("Elin Berg", "A1", &number(1), "")
    ));
    assert_eq!((report.proposed, report.persons), (0, 1));
    assert_eq!(world.count("identity_proposal"), 0);
    assert_eq!(world.count("person"), 2);
}

#[test]
fn an_officers_file_keeps_nothing_that_waits_and_takes_in_nothing_that_waited() {
    let world = World::new();
    world.import(REGION);
    let below = |hsa| person_at("ou=Vard,o=Region X,c=SE", "Elin Berg", hsa, &number(1), "");
    let report = world.officers(&format!("{REGION}{}", below("A1")));
    assert_eq!((report.waiting.len(), world.count("feed_waiting")), (1, 0));
    world.delta(&format!("{REGION}{}", below("A1")));
    assert_eq!(world.count("feed_waiting"), 1);
    let unit = "dn: ou=Vard,o=Region X,c=SE\nobjectClass: organizationalUnit\nou: Vard\n\
        hsaIdentity: SE2321000016-U2\n\n";
    let report = world.officers(&format!("{REGION}{unit}"));
    assert_eq!((report.came_in, world.count("feed_waiting")), (0, 1));
    assert_eq!(world.delta(&format!("{REGION}{unit}")).came_in, 1);
}

#[test]
fn an_approval_does_not_outlive_the_entry_that_was_approved() {
    let world = World::new();
    let with =
        |number: &str, more: &str| format!("{REGION}{}", person("Elin Berg", "A1", number, more));
    world.import(&with(&coordination(1), ""));
    world.delta(&with(&number(1), ""));
    world.run(
        "UPDATE identity_proposal SET first_by = (SELECT id FROM person), first_at = now(), \
         version = 2",
    );
    let approved = "identity_proposal WHERE first_by IS NOT NULL AND version = 2";
    // The same entry, also on another line.
    world.delta(&format!("{CLINIC}{}", with(&number(1), "")));
    assert_eq!(world.count(approved), 1);
    world.delta(&with(&number(1), "mail: annan@x.example\n"));
    assert_eq!(world.count(approved), 0);
    let again = "identity_proposal WHERE first_by IS NULL AND first_at IS NULL AND version = 3";
    assert_eq!(world.count(again), 1);
}
