//! What a directory feed leaves to people: endings that a second person lets through, and numbers
//! that two officers decide about.

use std::io::Write as _;

use cards_acceptance::World;
use cards_app::import::{Decision, ImportReport};
use cards_app::{Call, Failure};
use cards_domain::access::Role;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::OrganisationId;
use cards_domain::refusal::Refusal;
use cards_domain::values::{PersonNumber, luhn_check_digit};
use cards_server::{commands, demo};
use uuid::Uuid;

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

/// Somebody who answers for another branch than the region's.
fn issuer_elsewhere(world: &World) -> Call {
    let person = "SE2399000013-1005";
    let mut officer = world.officer(person, Role::ResponsibleIssuer, None);
    officer.branch = vec![OrganisationId(Uuid::from_u128(77))];
    officer.call()
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
    let sheet = app.ending_to_release(&mut link, &anders, id).unwrap();
    assert!(sheet.stop.released_at.is_some() && !sheet.may_release);
    assert!(sheet.released_by.is_some(), "who");
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
    let sheet = world.app().ending_to_release(&mut link, &siv, id).unwrap();
    assert!(sheet.stop.replaced_at.is_some() && !sheet.may_release);
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
    assert_eq!(
        world.lines(before.id.0, "change_number", "done"),
        1,
        "told among the person's own events, by the second yes alone"
    );
    for event in link.events_of(before.id, false, 50).unwrap() {
        let told = event.entry.event.to_string();
        assert!(!told.contains(&new) && !told.contains(&old), "{told}");
    }
    let answered = app.proposal_to_decide(&mut link, &anders, id).unwrap();
    let by = (answered.first_by.as_deref(), answered.decided_by.as_deref());
    assert_eq!(by, (Some("Anders Holm"), Some("Siv Lantz")));
    let late = app.decide_proposal(&mut link, &anders, id, (Decision::Approved, 3));
    assert!(matches!(late, Err(Failure::Conflict)), "it is answered");
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
fn an_officers_import_is_whole_for_the_officer_and_without_its_places_for_the_colleagues() {
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
    assert!(others.iter().any(|sheet| sheet.run.id == id));
    let (colleagues, _) = app.import_sheet(&mut link, &siv, id).unwrap();
    assert_eq!(colleagues.by.as_deref(), Some("Anders Holm"));
    assert_eq!(colleagues.report.waiting, ["…"], "how many, but not which");
    let elsewhere = issuer_elsewhere(&world);
    let others = app.directory_page(&mut link, &elsewhere).unwrap().imports;
    assert!(others.iter().all(|sheet| sheet.run.id != id));
    let refused = app.import_sheet(&mut link, &elsewhere, id);
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

fn lindqvist(surname: &str) -> String {
    let number = "198504159800";
    format!(
        "dn: cn=Maja,o=Region Mälarvik,c=SE\nobjectClass: inetOrgPerson\n\
         hsaIdentity: SE2399000013-1008\npersonalIdentityNumber: {number}\n\
         givenName: Maja\nsn: {surname}\n\n"
    )
}

#[test]
fn a_new_name_from_the_directory_is_told_once_among_the_persons_events() {
    let world = World::new();
    let maja = world.maja();
    let operator = demo::operator_call(world.app());
    let file = world.folder().join("feed.ldif");
    let feed = format!("version: 1\n\n{REGION}{}", lindqvist("Ek"));
    std::fs::write(&file, feed).unwrap();
    let named = || world.lines(maja.id.0, "change_name", "done");
    let rehearsed =
        commands::import::take_in(&mut world.link(), &operator, &file, true, true).unwrap();
    assert_eq!(
        (rehearsed.people_changed, named()),
        (1, 0),
        "a rehearsal tells nobody"
    );
    for _ in 0..2 {
        commands::import::take_in(&mut world.link(), &operator, &file, false, true).unwrap();
        assert_eq!(named(), 1, "a name that is known is no news");
    }
    let events = world.link().events_of(maja.id, false, 10).unwrap();
    let told = events
        .iter()
        .find(|event| event.entry.action == "change_name");
    let told = told.unwrap();
    assert_eq!(told.entry.actor_system.as_deref(), Some("operator"));
    assert!(
        !told.entry.event.to_string().contains("Ek"),
        "no name in the log"
    );
}

#[test]
fn a_card_that_was_sent_to_be_made_before_a_new_name_is_told_as_perhaps_outdated() {
    let world = World::new();
    let maja = world.maja();
    let karin = world.karin().call();
    let open = || {
        let page = world.app().person_page(&mut world.link(), &karin, maja.id);
        page.unwrap().outdated
    };
    let order = world.order(&maja, DeliveryMethod::APost);
    world.work();
    assert!(open().is_empty());
    world.advance(chrono::Duration::minutes(1));
    let operator = demo::operator_call(world.app());
    let feed = format!("{REGION}{}", lindqvist("Ek"));
    import(&world, &operator, &feed, true).unwrap();
    let outdated = open();
    assert_eq!(outdated.len(), 1);
    assert_eq!(outdated[0].order, order.id);
    assert!(outdated[0].name && !outdated[0].number);
}

#[test]
fn an_import_leads_whoever_may_decide_to_the_questions_that_it_asked() {
    let world = World::new();
    let (old, new) = (checked("19900772980"), checked("19900712981"));
    let operator = demo::operator_call(world.app());
    let feed = |number: &str| format!("{REGION}{}", ewa("9901", number));
    import(&world, &operator, &feed(&old), true).unwrap();
    let anders = issuer(&world);
    import(&world, &anders, &feed(&new), true).unwrap();
    let app = world.app();
    let mut link = world.link();
    let page = app.directory_page(&mut link, &anders).unwrap();
    let own = page.imports.iter().find(|one| one.run.by_person.is_some());
    let id = own.unwrap().run.id;
    let question = page.proposals[0].proposal.id;
    for officer in [&anders, &deputy(&world)] {
        let (_, asked) = app.import_sheet(&mut link, officer, id).unwrap();
        let asked: Vec<_> = asked.iter().map(|one| (one.id, one.decision)).collect();
        assert_eq!(asked, [(question, None)]);
    }
    app.decide_proposal(&mut link, &anders, question, (Decision::Dismissed, 1))
        .unwrap();
    let (_, asked) = app.import_sheet(&mut link, &anders, id).unwrap();
    assert_eq!(asked[0].decision, Some(Decision::Dismissed));
}

#[test]
fn an_officers_file_changes_the_own_post_of_somebody_who_works_elsewhere_too_and_no_new_one() {
    let world = World::new();
    let anders = issuer(&world);
    let name = world.maja().name;
    let own = import(
        &world,
        &anders,
        &format!("{REGION}{}", lindqvist("Ek")),
        true,
    )
    .unwrap();
    assert_eq!((own.hsa_ids, own.rejected.len()), (1, 0), "the own post");
    assert_eq!(
        world.maja().name,
        name,
        "the name is for both issuers to say"
    );
    let second = lindqvist("Ek").replace("-1008", "-9908");
    let new = import(&world, &anders, &format!("{REGION}{second}"), true).unwrap();
    let reasons: Vec<_> = new.rejected.iter().map(|one| one.reason.as_str()).collect();
    assert_eq!(
        reasons,
        ["shared_person"],
        "and not that the region is another's"
    );
}

#[test]
fn a_file_without_entries_is_refused_and_leaves_no_import() {
    let world = World::new();
    let operator = demo::operator_call(world.app());
    let file = world.folder().join("feed.ldif");
    for text in ["", "version: 1\n", "<html>500</html>\n", "a;b\n1;2\n"] {
        std::fs::write(&file, text).unwrap();
        let refused = commands::import::take_in(&mut world.link(), &operator, &file, false, false);
        let said = matches!(refused, Err(Failure::Unavailable(why)) if why.contains("no entries"));
        assert!(said, "{text:?}");
    }
}

/// A protected person of the region whose entry cannot be used, in a file that an officer sends who
/// may not see whom the register protects.
#[test]
fn a_protected_name_in_an_entry_that_cannot_be_used_is_shown_to_nobody() {
    let world = World::new();
    let anders = issuer(&world);
    let ylva = "dn: cn=Ylva Sandin,o=Region Mälarvik,c=SE\nobjectClass: inetOrgPerson\n\
        hsaIdentity: SE2399000013-1012\npersonalIdentityNumber: 198501019800\nsn: Sandin\n\n";
    let text = format!("version: 1\n\n{REGION}{ylva}");
    let app = world.app();
    let mut link = world.link();
    let mut upload = app
        .begin_upload(&mut link, &anders, ("region.ldif", true))
        .unwrap();
    assert!(upload.add(&mut link, text.as_bytes()).unwrap());
    let id = upload.finish(&mut link).unwrap();
    app.preview_upload(&mut link, &anders, id).unwrap().unwrap();
    let preview = app.preview_sheet(&mut link, &anders, id).unwrap();
    assert_eq!(preview.report.rejected[0].reason, "wrong_check_digit");
    assert_eq!(preview.report.rejected[0].dn, "…,o=Region Mälarvik,c=SE");
    app.import_upload(&mut link, &anders, id).unwrap();
    let kept = app.directory_page(&mut link, &anders).unwrap().imports;
    assert!(
        kept.iter()
            .all(|one| !format!("{:?}", one.run.report).contains("Sandin"))
    );
}
