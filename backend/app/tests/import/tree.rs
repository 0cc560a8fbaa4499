//! Organisations, units, assignments: order of the file, what waits, what a feed never touches.

use crate::kit::{REGION, World, number, person, person_at, reasons};

const ASSIGNMENT: &str = "dn: cn=Vard,ou=Akuten,o=Region X,c=SE\nobjectClass: hsaCommission\n\
    cn: Vard\nhsaIdentity: SE2321000016-C1\nhsaCommissionPurpose: Vard\n\
    hsaCommissionRight: Las;alla;VE\n";

#[test]
fn the_order_of_the_file_does_not_matter() {
    let world = World::new();
    let elin = person("Elin Berg", "A1", &number(1), "");
    let mut entries: Vec<&str> = REGION.split_inclusive("\n\n").collect();
    let assignment = format!("{ASSIGNMENT}hsaCommissionMember: SE2321000016-A1;;\n\n");
    entries.extend([elin.as_str(), assignment.as_str()]);
    entries.reverse();
    let report = world.import(&entries.concat());
    assert_eq!(
        (
            report.organisations,
            report.units,
            report.persons,
            report.assignments
        ),
        (1, 1, 1, 1)
    );
    assert!(report.waiting.is_empty());
    assert_eq!(
        world.count("post JOIN unit ON unit.id = unit_id WHERE name = 'Akuten'"),
        1
    );
    assert_eq!(
        world.count("assignment_member WHERE post_id IS NOT NULL"),
        1
    );
}

#[test]
fn what_stands_below_something_unknown_waits_and_goes_in_later() {
    let world = World::new();
    let below = "dn: ou=Rum 1,ou=Vard,o=Region X,c=SE\nobjectClass: organizationalUnit\nou: Rum 1\n\
        hsaIdentity: SE2321000016-U3\n\n";
    let elin = person_at(
        "ou=Rum 1,ou=Vard,o=Region X,c=SE",
        "Elin Berg",
        "A1",
        &number(1),
        "",
    );
    let text = format!("{REGION}{below}{elin}");
    let report = world.import(&text);
    let dns = [
        "ou=Rum 1,ou=Vard,o=Region X,c=SE",
        "cn=Elin Berg,ou=Rum 1,ou=Vard,o=Region X,c=SE",
    ];
    assert_eq!(report.waiting, dns);
    assert_eq!(
        (report.units, report.persons, world.count("person")),
        (1, 0, 0)
    );
    let unit = "dn: ou=Vard,o=Region X,c=SE\nobjectClass: organizationalUnit\nou: Vard\n\
        hsaIdentity: SE2321000016-U2\n\n";
    let report = world.import(&format!("{text}{unit}"));
    assert_eq!(
        (report.units, report.persons, report.waiting.len()),
        (3, 1, 0)
    );
}

#[test]
fn a_member_who_is_not_known_waits_until_the_hsa_id_comes() {
    let world = World::new();
    let text = format!("{REGION}{ASSIGNMENT}hsaCommissionMember: SE2321000016-a1;20260101;\n\n");
    world.import(&text);
    assert_eq!(world.count("assignment_member WHERE post_id IS NULL"), 1);
    assert_eq!(world.import(&text).changed, 0);
    world.delta(&person("Elin Berg", "A1", &number(1), ""));
    assert_eq!(
        world.count("assignment_member JOIN post ON post.id = post_id"),
        1
    );
    let without = format!(
        "{REGION}{ASSIGNMENT}\n{}",
        person("Elin Berg", "A1", &number(1), "")
    );
    assert_eq!(
        (
            world.import(&without).changed,
            world.count("assignment_member")
        ),
        (1, 0)
    );
}

#[test]
fn a_delta_finds_the_unit_that_it_does_not_hold() {
    let world = World::new();
    world.import(REGION);
    let report = world.delta(&person("Elin Berg", "A1", &number(1), ""));
    assert_eq!((report.persons, report.waiting.len()), (1, 0));
    assert_eq!(
        world.count("post JOIN unit ON unit.id = unit_id WHERE name = 'Akuten'"),
        1
    );
}

#[test]
fn a_unit_below_itself_is_rejected() {
    let world = World::new();
    let below = "dn: ou=Rum,ou=Akuten,o=Region X,c=SE\nobjectClass: organizationalUnit\nou: Rum\n\
        hsaIdentity: SE2321000016-U2\n\n";
    world.import(&format!("{REGION}{below}"));
    let cycle = "dn: ou=Akuten,ou=Rum,ou=Akuten,o=Region X,c=SE\nobjectClass: organizationalUnit\n\
        ou: Akuten\nhsaIdentity: SE2321000016-U1\n\n";
    assert_eq!(reasons(&world.delta(cycle)), ["1 cycle"]);
}

#[test]
fn a_feed_changes_what_it_says_of_an_organisation_and_nothing_else() {
    let world = World::new();
    world.import(REGION);
    assert_eq!(world.count("organisation WHERE issuer_id = id AND activation_place = 'same_office_as_photo' AND NOT prerequisites_missing"), 1);
    world.run(
        "ALTER TABLE organisation DISABLE TRIGGER organisation_recorded;
         UPDATE organisation SET activation_place = 'own_organisation', routine_sv = 'Ring först',
             prerequisites_missing = true, contact_name = 'Ulla';
         ALTER TABLE organisation ENABLE TRIGGER organisation_recorded",
    );
    let renamed = REGION.replace("o: Region X", "o: Region Y");
    assert_eq!(world.import(&renamed).changed, 1);
    assert_eq!(world.count("organisation WHERE name = 'Region Y' AND activation_place = 'own_organisation' AND prerequisites_missing AND routine_sv = 'Ring först' AND contact_name = 'Ulla' AND version = 2"), 1);
}
