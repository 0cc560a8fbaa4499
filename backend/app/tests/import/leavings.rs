//! What a feed leaves behind: entries that wait, numbers to decide about, endings to release.

use cards_domain::values::luhn_check_digit;

use crate::kit::{REGION, World, as_told, crowd, number, person, person_at, reasons};

const UNIT: &str = "dn: ou=Vard,o=Region X,c=SE\nobjectClass: organizationalUnit\nou: Vard\n\
    hsaIdentity: SE2321000016-U2\n\n";

/// The coordination number of somebody born the day of `number(place)`.
pub(crate) fn coordination(place: u32) -> String {
    let plain = number(place);
    let digits = |range: std::ops::Range<usize>| plain.get(range).unwrap();
    let day: u32 = digits(6..8).parse().unwrap();
    let body = format!("{}{}{}", digits(0..6), day + 60, digits(8..11));
    let digits: Vec<u8> = body.bytes().skip(2).map(|byte| byte - b'0').collect();
    format!("{body}{}", luhn_check_digit(&digits))
}

fn elin_below_the_unknown() -> String {
    person_at("ou=Vard,o=Region X,c=SE", "Elin Berg", "A1", &number(1), "")
}

#[test]
fn an_entry_that_waits_goes_in_with_the_file_that_brings_its_parent_and_is_no_entry_of_it() {
    for delta in [true, false] {
        let world = World::new();
        let first = world.import(&format!("{REGION}{}", elin_below_the_unknown()));
        assert_eq!((first.waiting.len(), first.persons), (1, 0));
        assert_eq!(world.count("feed_waiting WHERE kind = 'person'"), 1);
        let later = format!("{REGION}{UNIT}");
        let report = if delta {
            world.delta(&later)
        } else {
            world.import(&later)
        };
        assert_eq!((report.persons, report.hsa_ids, report.came_in), (0, 0, 1));
        assert_eq!(report.ended, 0, "the file brought their place");
        let unit = "post JOIN unit ON unit.id = unit_id WHERE unit.name = 'Vard'";
        assert_eq!((world.count(unit), world.count("feed_waiting")), (1, 0));
    }
}

#[test]
fn what_waits_stands_in_the_open_in_no_column() {
    let world = World::new();
    world.import(&format!("{REGION}{}", elin_below_the_unknown()));
    let rows = world.texts("SELECT w::text AS text FROM feed_waiting AS w");
    assert!(
        !rows[0].contains("Elin") && !rows[0].contains(&number(1)),
        "{rows:?}"
    );
}

#[test]
fn a_later_file_that_holds_the_hsa_id_replaces_what_waits() {
    let world = World::new();
    world.import(&format!("{REGION}{}", elin_below_the_unknown()));
    let report = world.import(&format!(
        "{REGION}{UNIT}{}",
        person("Per Ek", "a1", &number(2), "")
    ));
    assert_eq!((report.persons, report.came_in), (1, 0));
    assert_eq!(world.texts("SELECT surname AS text FROM person"), ["Ek"]);
    assert_eq!(world.count("feed_waiting"), 0);
}

#[test]
fn a_unit_that_waits_brings_with_it_what_waits_below_it() {
    let world = World::new();
    let room = "dn: ou=Rum,ou=Vard,o=Region X,c=SE\nobjectClass: organizationalUnit\nou: Rum\n\
        hsaIdentity: SE2321000016-U3\n\n";
    let elin = person_at(
        "ou=Rum,ou=Vard,o=Region X,c=SE",
        "Elin Berg",
        "A1",
        &number(1),
        "",
    );
    assert_eq!(
        world.import(&format!("{REGION}{room}{elin}")).waiting.len(),
        2
    );
    let report = world.delta(&format!("{REGION}{UNIT}"));
    assert_eq!((report.units, report.came_in), (2, 2));
    assert_eq!((world.count("unit"), world.count("person")), (3, 1));
}

#[test]
fn a_coordination_number_that_became_a_personnummer_is_proposed_and_changes_nothing() {
    let world = World::new();
    let with = |number: &str| format!("{REGION}{}", person("Elin Berg", "A1", number, ""));
    world.import(&with(&coordination(1)));
    for _ in 0..2 {
        let report = world.import(&with(&number(1)));
        assert_eq!((report.persons, report.hsa_ids, report.proposed), (0, 0, 1));
        assert_eq!(
            (report.rejected.len(), report.ended, report.changed),
            (0, 0, 0)
        );
    }
    assert_eq!(
        world.texts("SELECT number AS text FROM person"),
        [coordination(1)]
    );
    let asked = "identity_proposal WHERE kind = 'number_replaced' AND decided_at IS NULL";
    assert_eq!(
        world.count(asked),
        1,
        "asked once, however often it is said"
    );
    let row = world.texts("SELECT q::text AS text FROM identity_proposal AS q");
    assert!(
        !row[0].contains("Elin") && !row[0].contains(&number(1)),
        "{row:?}"
    );
    world.import(&with(&coordination(1)));
    assert_eq!(world.count(asked), 0, "what a feed takes back is not asked");
}

#[test]
fn another_hsa_id_with_the_other_number_is_proposed_for_joining_also_within_one_file() {
    let apart = World::new();
    apart.import(&format!(
        "{REGION}{}",
        person("Elin Berg", "A1", &coordination(1), "")
    ));
    let both = format!(
        "{REGION}{}{}",
        person("Elin Berg", "A1", &coordination(1), ""),
        person("Elin Berg", "A2", &number(1), "")
    );
    let together = World::new();
    for world in [apart, together] {
        let report = world.import(&both);
        assert_eq!((report.persons, report.hsa_ids, report.proposed), (1, 1, 1));
        assert_eq!(world.count("person"), 1);
        assert_eq!(world.count("identity_proposal WHERE kind = 'joined'"), 1);
    }
}

#[test]
fn namesakes_of_another_day_or_with_numbers_of_one_kind_are_two_persons() {
    let world = World::new();
    let report = world.import(&format!(
        "{REGION}{}{}{}{}",
        person("Elin Berg", "A1", &coordination(1), ""),
        person("Elin Berg", "A2", &number(2), ""),
        person("Eva Berg", "A3", &number(1), ""),
        person("Elin Berg", "A4", "19500102998R", "")
    ));
    assert_eq!((report.persons, report.proposed), (4, 0), "{report:?}");
}

#[test]
fn any_other_number_of_a_known_hsa_id_stops_for_people() {
    let world = World::new();
    let with = |name, number: &str| format!("{REGION}{}", person(name, "A1", number, ""));
    world.import(&with("Elin Berg", &coordination(1)));
    for (name, number) in [
        ("Elin Berg", number(2)),
        ("Eva Berg", number(1)),
        ("Elin Berg", "AB12345".to_owned()),
    ] {
        let report = world.import(&with(name, &number));
        assert_eq!(reasons(&report), ["11 number_differs"]);
        assert_eq!((report.proposed, report.changed), (0, 0));
        let asked = "identity_proposal WHERE kind = 'number_differs'";
        assert_eq!(world.count(asked), 1, "only what was said last");
    }
}

#[test]
fn a_stop_holds_the_posts_that_would_end_and_a_newer_full_feed_replaces_it() {
    let world = World::new();
    world.import(&format!("{REGION}{}", crowd(12)));
    world.import(&format!("{REGION}{}", crowd(6)));
    let open = "ending_stop WHERE released_at IS NULL AND replaced_at IS NULL";
    assert_eq!(world.count(open), 1);
    assert_eq!(world.count("ending_stop_post"), 6);
    world.import(&format!("{REGION}{}", crowd(5)));
    assert_eq!(
        (world.count(open), world.count("ending_stop")),
        (1, 2),
        "the older one no longer stands"
    );
    world.import(&format!("{REGION}{}", crowd(12)));
    assert_eq!(world.count(open), 0, "everybody is back");
}

#[test]
fn whom_a_delta_holds_a_release_ends_no_more() {
    let world = World::new();
    world.import(&format!("{REGION}{}", crowd(12)));
    world.import(&format!("{REGION}{}", crowd(6)));
    world.delta(&format!(
        "{REGION}{}",
        person("Bo Ek", "P12", &number(12), "")
    ));
    assert_eq!(world.count("ending_stop_post"), 5);
}

#[test]
fn a_rehearsal_leaves_nothing_behind() {
    let world = World::new();
    world.import(&format!(
        "{REGION}{}{}",
        crowd(12),
        person("Elin Berg", "A1", &coordination(99), "")
    ));
    let text = format!(
        "{REGION}{}{}",
        person("Elin Berg", "A1", &number(99), ""),
        person_at("ou=Vard,o=Region X,c=SE", "Ida Ek", "A2", &number(98), "")
    );
    let options = cards_app::import::ImportOptions {
        dry_run: true,
        ..Default::default()
    };
    let rehearsed = world.import_with(&text, options).unwrap();
    for table in ["ending_stop", "identity_proposal", "feed_waiting"] {
        assert_eq!(world.count(table), 0, "{table}");
    }
    let done = world.import(&text);
    assert_eq!(
        (done.proposed, done.waiting.len(), done.safety_stop.len()),
        (1, 1, 1)
    );
    assert!(
        as_told(rehearsed) == as_told(done),
        "a rehearsal reports what the import does"
    );
    for table in ["ending_stop", "identity_proposal", "feed_waiting"] {
        assert_eq!(world.count(table), 1, "{table}");
    }
}

#[test]
fn what_organisations_and_units_lack_is_counted_and_stays_readable() {
    let world = World::new();
    let report = world.import(REGION);
    let flaws = report.flaws;
    assert_eq!(
        (flaws.without_number, flaws.without_mail, flaws.without_code),
        (1, 1, 1)
    );
    let id: uuid::Uuid = world.texts("SELECT id::text AS text FROM organisation")[0]
        .parse()
        .unwrap();
    let organisation = cards_domain::ids::OrganisationId(id);
    let kept = world.link().directory_flaws(&[organisation]).unwrap();
    assert_eq!(
        (kept.without_number, kept.without_mail, kept.without_code),
        (1, 1, 1)
    );
}

#[test]
fn attributes_that_feed_no_field_are_counted() {
    let world = World::new();
    let report = world.import(&format!(
        "{REGION}{}",
        person("Elin Berg", "A1", &number(1), "regionOwn: x\n")
    ));
    assert_eq!(report.unknown_attributes.get("regionOwn"), Some(&1));
    assert_eq!(report.persons, 1);
}

#[test]
fn a_file_of_persons_before_their_units_goes_in_by_way_of_the_staging_table() {
    let world = World::new();
    let persons = crowd(1_201);
    let report = world.import(&format!("{persons}{REGION}"));
    assert_eq!(
        (report.persons, report.hsa_ids, report.waiting.len()),
        (1_201, 1_201, 0)
    );
    assert_eq!(world.import(&format!("{persons}{REGION}")).changed, 0);
}

#[test]
fn the_second_of_two_hsa_ids_is_found_however_far_apart_they_stand() {
    let world = World::new();
    let again = person("Bo Ek", "p1", &number(1), "");
    let report = world.import(&format!("{REGION}{}{again}", crowd(1_201)));
    assert_eq!((report.rejected.len(), report.persons), (1, 1_201));
    assert_eq!(report.rejected[0].reason, "duplicate_hsa_id");
}
