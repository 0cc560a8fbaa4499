//! Whom another organisation has: a feed takes nobody over, and a transfer goes through when the
//! old organisation has given the person up.

use cards_app::import::{ImportOptions, ImportReport};

use crate::kit::{REGION, World, issuer_of, number, person, person_at, reasons};

const CLINIC: &str = "dn: o=Klinik AB,c=SE\nobjectClass: organization\no: Klinik AB\n\
    hsaIdentity: SE2321000016-K1\n\n\
    dn: ou=Mottagning,o=Klinik AB,c=SE\nobjectClass: organizationalUnit\nou: Mottagning\n\
    hsaIdentity: SE2321000016-KU\n\n";
const AT_CLINIC: &str = "post JOIN organisation AS o ON o.id = organisation_id \
    WHERE o.name = 'Klinik AB'";

fn elin() -> String {
    person("Elin Berg", "A1", &number(1), "mail: elin@x.example\n")
}

fn at_clinic(name: &str, number: &str, more: &str) -> String {
    person_at("ou=Mottagning,o=Klinik AB,c=SE", name, "a1", number, more)
}

/// A clinic's feed claims the region's Elin.
fn claimed(world: &World) -> ImportReport {
    world.import(&format!("{REGION}{}", elin()));
    let claim = at_clinic("Kapad Person", &number(1), "mail: kapad@x.example\n");
    world.import(&format!("{CLINIC}{claim}"))
}

fn assert_untouched(world: &World) {
    let kept =
        world.texts("SELECT surname || ' ' || mail || ' ' || protection AS text FROM person");
    assert_eq!(kept, ["Berg elin@x.example none"]);
    assert_eq!(world.count(AT_CLINIC), 0);
    assert_eq!(world.count("identity_proposal"), 0);
}

#[test]
fn a_feed_takes_over_nobody_of_another_organisation_and_changes_nothing_of_the_person() {
    let world = World::new();
    let report = claimed(&world);
    assert_eq!(reasons(&report), ["11 belongs_elsewhere"]);
    assert_eq!(report.rejected[0].attribute.as_deref(), Some("hsaIdentity"));
    assert_eq!((report.persons, report.ended), (0, 0));
    assert_untouched(&world);
    // Neither with another number, nor as a delta.
    for number in [number(1), number(2)] {
        let claim = at_clinic("Elin Berg", &number, "hsaProtectedPerson: TRUE\n");
        let report = world.delta(&format!("{CLINIC}{claim}"));
        assert_eq!(reasons(&report), ["11 belongs_elsewhere"]);
        assert_untouched(&world);
    }
}

#[test]
fn a_claim_does_not_lift_what_waits_for_people_about_the_person() {
    let world = World::new();
    let crowd = crate::kit::crowd(12);
    world.import(&format!("{REGION}{crowd}"));
    world.import(&format!("{REGION}{}", crate::kit::crowd(6)));
    assert_eq!(world.count("ending_stop_post"), 6);
    let claim = at_clinic("Bo Ek", &number(12), "").replace("-a1", "-P12");
    let report = world.import(&format!("{CLINIC}{claim}"));
    assert_eq!(reasons(&report), ["11 belongs_elsewhere"]);
    assert_eq!(
        world.count("ending_stop_post"),
        6,
        "the clinic says nothing of them"
    );
}

#[test]
fn whom_the_full_feed_of_both_organisations_holds_in_the_other_one_moves_there() {
    for order in [true, false] {
        let world = World::new();
        world.import(&format!("{REGION}{CLINIC}{}", elin()));
        let moved = at_clinic("Elin Berg", &number(1), "mail: elin@x.example\n");
        let text = if order {
            format!("{REGION}{CLINIC}{moved}")
        } else {
            format!("{moved}{CLINIC}{REGION}")
        };
        let delta = world.delta(&text);
        assert_eq!(delta.rejected.len(), 1, "a delta gives nobody up");
        let report = world.import(&text);
        assert_eq!((report.rejected.len(), report.persons), (0, 1));
        assert_eq!((report.ended, world.count(AT_CLINIC)), (0, 1));
        assert_eq!(world.import(&text).changed, 0);
    }
}

#[test]
fn whom_a_file_holds_in_both_organisations_stays_where_they_are() {
    let world = World::new();
    world.import(&format!("{REGION}{CLINIC}{}", elin()));
    let moved = at_clinic("Kapad Person", &number(1), "");
    let report = world.import(&format!("{REGION}{CLINIC}{moved}{}", elin()));
    let told: Vec<&str> = report
        .rejected
        .iter()
        .map(|one| one.reason.as_str())
        .collect();
    assert_eq!(told, ["belongs_elsewhere", "duplicate_hsa_id"]);
    assert_eq!(report.ended, 0);
    assert_untouched(&world);
}

#[test]
fn whom_the_old_organisation_has_ended_the_new_one_takes_over() {
    let world = World::new();
    world.import(&format!("{REGION}{}", elin()));
    assert_eq!(world.import(REGION).ended, 1);
    let moved = at_clinic("Elin Berg", &number(1), "mail: elin@x.example\n");
    let report = world.import(&format!("{CLINIC}{moved}"));
    assert_eq!((report.rejected.len(), report.persons), (0, 1));
    assert_eq!(world.count(AT_CLINIC), 1);
}

#[test]
fn a_unit_and_an_assignment_of_another_organisation_are_not_taken_over_either() {
    let assignment = |above: &str| {
        format!(
            "dn: cn=Vard,{above},c=SE\nobjectClass: hsaCommission\ncn: Vard\n\
             hsaIdentity: SE2321000016-C1\n\n"
        )
    };
    let unit = "dn: ou=Kapad,o=Klinik AB,c=SE\nobjectClass: organizationalUnit\nou: Kapad\n\
        hsaIdentity: SE2321000016-U1\n\n";
    let world = World::new();
    world.import(&format!("{REGION}{}", assignment("ou=Akuten,o=Region X")));
    let claim = format!("{CLINIC}{unit}{}", assignment("ou=Mottagning,o=Klinik AB"));
    let report = world.import(&claim);
    assert_eq!(
        reasons(&report),
        ["11 belongs_elsewhere", "16 belongs_elsewhere"]
    );
    assert_eq!(world.count("unit WHERE name = 'Akuten'"), 1);
    let at_home = "assignment JOIN organisation AS o ON o.id = organisation_id \
        WHERE o.name = 'Region X'";
    assert_eq!(world.count(at_home), 1);

    let region = REGION.split_inclusive("\n\n").next().unwrap();
    let both = format!("{region}{claim}");
    assert_eq!(
        world.import(&both).rejected.len(),
        0,
        "given up by a full feed"
    );
    assert_eq!(
        (
            world.count("unit WHERE name = 'Kapad'"),
            world.count(at_home)
        ),
        (1, 0)
    );
}

#[test]
fn an_officer_takes_nobody_over_either() {
    let world = World::new();
    world.import(&format!("{REGION}{CLINIC}{}", elin()));
    let call = issuer_of(&world, "SE2321000016-K1");
    let claim = at_clinic("Kapad Person", &number(1), "");
    let report = world
        .import_by(&call, &format!("{CLINIC}{claim}"), ImportOptions::default())
        .unwrap();
    assert_eq!(reasons(&report), ["11 not_yours"]);
    assert_untouched(&world);
}
