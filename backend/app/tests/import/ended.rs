//! Whom a full feed ends, and when it ends nobody.

use cards_app::import::{SafetyStop, StopReason};

use crate::kit::{REGION, World, crowd, number, person};

const ENDED: &str = "post WHERE last_day = '2026-11-20'";

#[test]
fn a_person_whom_a_full_feed_no_longer_holds_is_ended_and_not_deleted() {
    let world = World::new();
    world.import(&format!("{REGION}{}", crowd(12)));
    let report = world.import(&format!("{REGION}{}", crowd(10)));
    assert_eq!((report.ended, report.safety_stop.len()), (2, 0));
    assert_eq!(
        (
            world.count(ENDED),
            world.count("post"),
            world.count("person")
        ),
        (2, 12, 12)
    );
    assert_eq!(world.import(&format!("{REGION}{}", crowd(10))).changed, 0);
    let back = world.import(&format!("{REGION}{}", crowd(12)));
    assert_eq!((back.changed, world.count(ENDED)), (2, 0));
}

#[test]
fn an_earlier_end_is_kept() {
    let world = World::new();
    let ended = person("Elin Berg", "A1", &number(400), "hsaEndDate: 20260131\n");
    world.import(&format!("{REGION}{ended}{}", crowd(1)));
    assert_eq!(world.import(&format!("{REGION}{}", crowd(1))).ended, 0);
    assert_eq!(world.count("post WHERE last_day = '2026-01-31'"), 1);
}

#[test]
fn a_feed_that_shrank_too_much_ends_nobody_and_says_so() {
    let world = World::new();
    world.import(&format!("{REGION}{}", crowd(12)));
    let report = world.import(&format!("{REGION}{}", crowd(6)));
    let organisation = "SE2321000016-R1".to_owned();
    assert_eq!(
        report.safety_stop,
        [SafetyStop {
            organisation,
            would_end: 6,
            of: 12,
            why: StopReason::TooMany,
        }]
    );
    assert_eq!(
        (report.ended, report.changed, world.count(ENDED)),
        (0, 0, 0)
    );
}

#[test]
fn a_delta_ends_nobody() {
    let world = World::new();
    world.import(&format!("{REGION}{}", crowd(3)));
    assert_eq!((world.delta(REGION).ended, world.count(ENDED)), (0, 0));
}

#[test]
fn a_feed_says_nothing_of_organisations_it_does_not_hold() {
    let world = World::new();
    world.import(&format!("{REGION}{}", crowd(3)));
    let other = "dn: o=Klinik AB,c=SE\nobjectClass: organization\no: Klinik AB\n\
        hsaIdentity: SE5560000001-K1\n\n";
    let report = world.import(other);
    assert_eq!(
        (report.organisations, report.ended, world.count(ENDED)),
        (1, 0, 0)
    );
}

#[test]
fn a_person_whose_entry_cannot_be_used_is_not_missing() {
    let world = World::new();
    world.import(&format!("{REGION}{}", crowd(3)));
    let broken = person("Bo Ek", "P3", &number(3), "hsaEndDate: i morgon\n");
    let report = world.import(&format!("{REGION}{}{broken}", crowd(2)));
    assert_eq!((report.rejected.len(), report.ended), (1, 0));
    let waits = person("Bo Ek", "P3", &number(3), "").replace("ou=Akuten", "ou=Okand");
    let report = world.import(&format!("{REGION}{}{waits}", crowd(2)));
    assert_eq!((report.waiting.len(), report.ended), (1, 0));
}
