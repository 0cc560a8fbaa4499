//! What officers are told about a night.

use cards_acceptance::World;
use cards_app::{Call, Failure};
use cards_domain::access::Role;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::refusal::Refusal;

use super::crowd::{crowd, everything};
use super::{NIGHT_AFTER, go_to, run};

fn issuer(world: &World) -> Call {
    let person = "SE2399000013-1004";
    world.officer(person, Role::ResponsibleIssuer, None).call()
}

#[test]
fn the_page_names_the_cards_and_writes_nothing_but_that_somebody_has_looked() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::Rek);
    go_to(&world, NIGHT_AFTER);
    let digest = |world: &World| {
        let all = everything(world);
        let (_, rest) = all.split_once(' ').unwrap();
        rest.to_owned()
    };
    let before = digest(&world);
    let page = world
        .app()
        .night_page(&mut world.link(), &issuer(&world), None)
        .unwrap();
    assert_eq!(digest(&world), before);
    let first = &page.first[0];
    assert_eq!(first.card, Some(card.id));
    assert_eq!(first.name.as_deref(), Some(maja.name.as_str()));
    assert_eq!(
        first.number,
        card.number.as_ref().map(|number| number.short())
    );
    assert_eq!(page.report.organisations[0].rules["activation"].goes, 1);
    assert!(page.may_release && page.nights.is_empty());
    run(&world).unwrap();
    world.work();
}

#[test]
fn a_protected_person_is_counted_but_neither_named_nor_numbered() {
    let world = World::new();
    let ylva = world.person("SE2399000013-1012");
    let leif = cards_acceptance::Officer {
        role: Role::IdAdmin,
        ..world.leif()
    };
    let mut call = leif.call();
    if let cards_domain::access::Actor::Officer(officer) = &mut call.actor {
        let mut also = officer.appointments[0].clone();
        also.role = Role::IdAdminProtected;
        officer.appointments.push(also);
    }
    let mut link = world.link();
    world
        .app()
        .refresh_register(&mut link, &call, ylva.id)
        .unwrap();
    let request = world.order_request(&ylva, DeliveryMethod::Rek);
    world
        .app()
        .ledger
        .begin::<cards_domain::order::Order>(&mut link, &call, &request)
        .unwrap();
    world.work();
    go_to(&world, NIGHT_AFTER);
    let page = world
        .app()
        .night_page(&mut link, &issuer(&world), None)
        .unwrap();
    let first = &page.first[0];
    assert_eq!((&first.name, &first.number), (&None, &None));
    assert!(!first.may_open);
    assert_eq!(page.report.organisations[0].rules["activation"].goes, 1);
    run(&world).unwrap();
    world.work();
    let inbox = &world.system.demo.as_ref().unwrap().inbox;
    for mail in inbox.list(10).unwrap() {
        assert!(
            !mail.mail.text.contains(&ylva.name),
            "{}",
            mail.mail.subject
        );
    }
}

#[test]
fn who_may_not_read_the_log_is_refused_the_page_and_another_branch_sees_nothing_of_this_one() {
    let mut world = World::new();
    world.may_leave_errands = true;
    let card = world.sent_card(&world.maja(), DeliveryMethod::Rek);
    crowd(&world, &card, 1..6, 0);
    go_to(&world, NIGHT_AFTER);
    run(&world).unwrap();
    let mut link = world.link();
    let refused = world
        .app()
        .night_page(&mut link, &world.karin().call(), None);
    assert!(matches!(
        refused,
        Err(Failure::Refused(Refusal::NotYourRole))
    ));
    let mut stranger = world.officer("SE2399000013-1004", Role::ResponsibleIssuer, None);
    let municipality = cards_acceptance::people::MUNICIPALITY;
    stranger.branch = vec![link.organisation_by_hsa_id(municipality).unwrap().unwrap()];
    let page = world
        .app()
        .night_page(&mut link, &stranger.call(), None)
        .unwrap();
    assert!(page.report.organisations.is_empty() && page.first.is_empty());
    assert!(page.stops.is_empty(), "{:?}", page.stops);
    let page = world.app().night_page(&mut link, &issuer(&world), None);
    let stop = &page.unwrap().stops[0];
    assert!(stop.may_release);
    assert_eq!(stop.stop.count, 6);
}
