//! What a directory feed leaves to people: endings that a second person lets through, and numbers
//! that two officers decide about.

use std::io::Write as _;

use cards_acceptance::World;
use cards_app::import::{Decision, ImportReport};
use cards_app::{Call, Failure};
use cards_domain::access::Role;
use cards_domain::refusal::Refusal;
use cards_domain::values::{PersonNumber, luhn_check_digit};
use cards_server::{commands, demo};

const REGION: &str = "dn: o=Region Mälarvik,c=SE\nobjectClass: organization\no: Region Mälarvik\n\
    hsaIdentity: SE2399000013-0001\norgNo: 2399000013\n\n";

fn issuer(world: &World) -> Call {
    let person = "SE2399000013-1004";
    world.officer(person, Role::ResponsibleIssuer, None).call()
}

fn deputy(world: &World) -> Call {
    let person = "SE2399000013-1005";
    world.officer(person, Role::DeputyIssuer, None).call()
}

fn checked(body: &str) -> String {
    let digits: Vec<u8> = body.bytes().skip(2).map(|byte| byte - b'0').collect();
    format!("{body}{}", luhn_check_digit(&digits))
}

fn ewa(hsa: &str, number: &str) -> String {
    format!(
        "dn: cn=Ewa Żak,o=Region Mälarvik,c=SE\nobjectClass: inetOrgPerson\n\
         hsaIdentity: SE2399000013-{hsa}\npersonalIdentityNumber: {number}\n\
         givenName: Ewa\nsn: Żak\n\n"
    )
}

fn import(world: &World, call: &Call, text: &str, delta: bool) -> Result<ImportReport, Failure> {
    let file = world.folder().join("feed.ldif");
    std::fs::File::create(&file)
        .unwrap()
        .write_all(format!("version: 1\n\n{text}").as_bytes())
        .unwrap();
    commands::import::take_in(&mut world.link(), call, &file, false, delta)
}

fn live(world: &World) -> i64 {
    use diesel::prelude::*;
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        count: i64,
    }
    diesel::sql_query(
        "SELECT count(*) AS count FROM post JOIN organisation AS o ON o.id = organisation_id \
         WHERE o.hsa_key = 'SE2399000013-0001' AND post.last_day IS NULL",
    )
    .get_result::<Count>(&mut world.database.connect())
    .unwrap()
    .count
}

#[test]
fn whoever_took_the_feed_in_does_not_release_its_stop_and_a_second_officer_does_once() {
    let world = World::new();
    let (anders, siv) = (issuer(&world), deputy(&world));
    let before = live(&world);
    let report = import(&world, &anders, REGION, false).unwrap();
    assert_eq!((report.safety_stop.len(), report.ended), (1, 0));
    assert_eq!(live(&world), before, "nobody ended");

    let app = world.app();
    let mut link = world.link();
    let page = app.directory_page(&mut link, &anders).unwrap();
    let stop = &page.stops[0];
    assert!(stop.is_own && !stop.may_release);
    let id = stop.stop.id;
    let own = app.release_ending(&mut link, &anders, id, "Rätt.");
    assert!(matches!(
        own,
        Err(Failure::Refused(Refusal::SecondPersonNeeded))
    ));
    assert!(matches!(
        app.release_ending(&mut link, &world.karin().call(), id, "Rätt."),
        Err(Failure::Refused(Refusal::NotYourRole))
    ));
    assert_eq!(live(&world), before);

    app.release_ending(&mut link, &siv, id, "Rätt.").unwrap();
    assert_eq!(live(&world), 0);
    assert_eq!(world.lines(id, "edit", "done"), 1);
    app.release_ending(&mut link, &siv, id, "Rätt.").unwrap();
    assert_eq!(world.lines(id, "edit", "done"), 1, "once");
    let page = app.directory_page(&mut link, &siv).unwrap();
    assert!(page.stops.is_empty());
}

#[test]
fn a_stop_that_a_newer_feed_has_replaced_is_released_no_more() {
    let world = World::new();
    import(&world, &issuer(&world), REGION, false).unwrap();
    let mut link = world.link();
    let siv = deputy(&world);
    let id = world.app().directory_page(&mut link, &siv).unwrap().stops[0]
        .stop
        .id;
    import(&world, &demo::operator_call(world.app()), REGION, false).unwrap();
    let late = world.app().release_ending(&mut link, &siv, id, "Rätt.");
    assert!(matches!(late, Err(Failure::Conflict)));
}

#[test]
fn two_officers_give_a_person_the_personnummer_and_the_old_number_still_finds_the_person() {
    let world = World::new();
    let (old, new) = (checked("19900772980"), checked("19900712981"));
    let operator = demo::operator_call(world.app());
    let feed = |number: &str| format!("{REGION}{}", ewa("9901", number));
    import(&world, &operator, &feed(&old), true).unwrap();
    let before = world.person("SE2399000013-9901");
    let report = import(&world, &operator, &feed(&new), true).unwrap();
    assert_eq!((report.proposed, report.rejected.len()), (1, 0));

    let (anders, siv) = (issuer(&world), deputy(&world));
    let app = world.app();
    let mut link = world.link();
    let page = app.directory_page(&mut link, &anders).unwrap();
    let id = page.proposals[0].proposal.id;
    let late = (Decision::Approved, 7);
    assert!(
        matches!(
            app.decide_proposal(&mut link, &anders, id, late),
            Err(Failure::Conflict)
        ),
        "another version was looked at"
    );
    app.decide_proposal(&mut link, &anders, id, (Decision::Approved, 1))
        .unwrap();
    let number = |text: &str| PersonNumber::parse(text).unwrap();
    assert!(
        link.person_by_number(&number(&new)).unwrap().is_none(),
        "one alone changes nothing"
    );
    let twice = app.decide_proposal(&mut link, &anders, id, (Decision::Approved, 2));
    assert!(matches!(
        twice,
        Err(Failure::Refused(Refusal::SecondPersonNeeded))
    ));
    app.decide_proposal(&mut link, &siv, id, (Decision::Approved, 2))
        .unwrap();
    for either in [&old, &new] {
        let found = link.person_by_number(&number(either)).unwrap();
        assert_eq!(found, Some(before.id), "{either}");
    }
    assert_eq!(world.lines(id, "edit", "done"), 2);
    let again = import(&world, &operator, &feed(&new), true).unwrap();
    assert_eq!((again.hsa_ids, again.proposed, again.changed), (1, 0, 0));
    let old_again = import(&world, &operator, &feed(&old), true).unwrap();
    assert_eq!((old_again.hsa_ids, old_again.proposed), (1, 0));
    assert_eq!(world.person("SE2399000013-9901").number.as_str(), new);
}

#[test]
fn another_employers_entry_joins_the_person_when_two_officers_have_said_so() {
    let world = World::new();
    let (old, new) = (checked("19900772980"), checked("19900712981"));
    let operator = demo::operator_call(world.app());
    let both = format!("{REGION}{}{}", ewa("9901", &old), ewa("9902", &new));
    let report = import(&world, &operator, &both, true).unwrap();
    assert_eq!((report.persons, report.proposed), (1, 1));
    let app = world.app();
    let mut link = world.link();
    let page = app.directory_page(&mut link, &issuer(&world)).unwrap();
    let id = page.proposals[0].proposal.id;
    for (officer, version) in [(issuer(&world), 1), (deputy(&world), 2)] {
        app.decide_proposal(&mut link, &officer, id, (Decision::Approved, version))
            .unwrap();
    }
    let (one, other) = (
        world.person("SE2399000013-9901"),
        world.person("SE2399000013-9902"),
    );
    assert_eq!(one.id, other.id);
    assert_eq!(one.number.as_str(), new);
}

#[test]
fn a_no_makes_the_entry_a_person_of_its_own_and_is_not_asked_again() {
    let world = World::new();
    let (old, new) = (checked("19900772980"), checked("19900712981"));
    let operator = demo::operator_call(world.app());
    let both = format!("{REGION}{}{}", ewa("9901", &old), ewa("9902", &new));
    import(&world, &operator, &both, true).unwrap();
    let app = world.app();
    let mut link = world.link();
    let page = app.directory_page(&mut link, &issuer(&world)).unwrap();
    let id = page.proposals[0].proposal.id;
    app.decide_proposal(&mut link, &issuer(&world), id, (Decision::Dismissed, 1))
        .unwrap();
    assert_ne!(
        world.person("SE2399000013-9901").id,
        world.person("SE2399000013-9902").id
    );
    let report = import(&world, &operator, &both, true).unwrap();
    assert_eq!((report.persons, report.proposed), (2, 0));
}

#[test]
fn an_officer_changes_no_organisation_beside_the_own_branch() {
    let world = World::new();
    let feed = "dn: o=Strandängens kommun,c=SE\nobjectClass: organization\n\
        o: Kapad kommun\nhsaIdentity: SE2199000015-0001\n\n\
        dn: o=Ny vård AB,c=SE\nobjectClass: organization\no: Ny vård AB\n\
        hsaIdentity: SE5590000020-0001\n\n";
    let report = import(&world, &issuer(&world), feed, false).unwrap();
    let reasons: Vec<_> = report
        .rejected
        .iter()
        .map(|one| one.reason.as_str())
        .collect();
    assert_eq!(reasons, ["not_yours"]);
    assert_eq!((report.organisations, report.ended), (1, 0));
    let karin = import(&world, &world.karin().call(), feed, false);
    assert!(matches!(karin, Err(Failure::Refused(Refusal::NotYourRole))));
}

#[test]
fn an_officers_import_is_shown_to_the_officer_alone_and_the_operators_without_its_places() {
    let world = World::new();
    let (anders, siv) = (issuer(&world), deputy(&world));
    let lost = ewa("9901", &checked("19900712981")).replace("o=Region", "ou=Okänd,o=Region");
    import(&world, &anders, &format!("{REGION}{lost}"), true).unwrap();
    let app = world.app();
    let mut link = world.link();
    let own = app.directory_page(&mut link, &anders).unwrap().imports;
    let own = own.iter().find(|sheet| sheet.run.by_person.is_some());
    let own = own.unwrap();
    let id = own.run.id;
    assert!(own.report.waiting[0].contains("Okänd"));
    assert!(app.import_sheet(&mut link, &anders, id).is_ok());
    let others = app.directory_page(&mut link, &siv).unwrap().imports;
    assert!(others.iter().all(|sheet| sheet.run.id != id));
    let refused = app.import_sheet(&mut link, &siv, id);
    assert!(matches!(refused, Err(Failure::NotFound)));

    let operator = demo::operator_call(world.app());
    import(&world, &operator, &format!("{REGION}{lost}"), true).unwrap();
    let page = app.directory_page(&mut link, &siv).unwrap();
    let seen = page
        .imports
        .iter()
        .find(|sheet| sheet.report.waiting.len() == 1);
    assert_eq!(seen.unwrap().report.waiting, ["…"]);
}
