//! Looks: nothing is shown that is not written down, and it costs next to nothing.

use std::sync::Arc;

use cards_acceptance::{Person, World};
use cards_app::queries::LookedAt;
use cards_app::{Failure, Lane, Which};
use cards_domain::access::{Function, Role, Scope};
use cards_domain::delivery::DeliveryMethod;
use cards_store::{Db, DbSettings, Seal};
use chrono::Duration;
use diesel::connection::SimpleConnection as _;
use uuid::Uuid;

fn looks(world: &World, thing: Uuid) -> i64 {
    world.lines(thing, "look", "done")
}

/// How many statements `work` sends.
fn spent<T>(world: &World, work: impl FnOnce() -> T) -> (T, u64) {
    let before = world.app().db.statements();
    let done = work();
    (done, world.app().db.statements() - before)
}

#[test]
fn a_look_is_one_statement_with_what_is_shown() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let karin = world.karin().call();
    let mut link = world.link();
    let things = [
        LookedAt::Person(maja.id),
        LookedAt::Card(card.id),
        LookedAt::Order(card.order),
    ];
    for at in things {
        let before = looks(&world, at.id());
        let ledger = &world.app().ledger;
        let (sheet, statements) =
            spent(&world, || ledger.look(&mut link, &karin, at, Which::Every));
        let sheet = sheet.unwrap();
        assert_eq!(sheet.person, maja.id, "{at:?}");
        assert!(!sheet.posts.is_empty(), "{at:?}");
        assert_eq!(statements, 1, "{at:?}");
        assert_eq!(looks(&world, at.id()), before + 1, "{at:?}");
    }
    let seen = link.looks_at(maja.id, 3).unwrap();
    assert_eq!(seen.len(), 3, "the holder sees each of them");
}

#[test]
fn a_holder_sees_one_row_for_each_looker_and_day_with_role_times_and_what_was_opened() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let (karin, tove) = (world.karin().call(), world.tove().call());
    let look = |call: &cards_app::Call, at: LookedAt| {
        let mut link = world.link();
        let ledger = &world.app().ledger;
        ledger.look(&mut link, call, at, Which::Every).unwrap();
    };
    let mine = || {
        let mut link = world.link();
        world.app().holder_looks(&mut link, &maja.call()).unwrap()
    };
    assert!(mine().is_empty());
    look(&karin, LookedAt::Person(maja.id));
    let first = world.app().db.now();
    world.advance(Duration::minutes(12));
    look(&karin, LookedAt::Card(card.id));
    look(&tove, LookedAt::Order(card.order));
    let last = world.app().db.now();
    // Half past midnight in Sweden is still the day before in London.
    let midnight = "2030-01-07T23:30:00Z".parse::<chrono::DateTime<chrono::Utc>>();
    world.advance(midnight.unwrap() - last);
    look(&karin, LookedAt::Card(card.id));

    let days = mine();
    assert_eq!(days.len(), 3, "{days:?}");
    assert_eq!(days[0].day, "2030-01-08".parse().unwrap());
    assert_eq!((days[0].times, days[0].kinds.join(" ")), (1, "card".into()));
    let of_karin = days[1..].iter().find(|day| day.times == 2).unwrap();
    assert_eq!((of_karin.first, of_karin.last), (first, last));
    assert_eq!(of_karin.kinds, ["card", "person"]);
    assert_eq!(of_karin.actor_name.as_deref(), Some("Karin Åkerblom"));
    assert!(of_karin.roles.contains(&Role::IdAdmin), "{of_karin:?}");
    let of_tove = days[1..].iter().find(|day| day.times == 1).unwrap();
    assert_eq!(of_tove.actor_name.as_deref(), Some("Tove Hallgren"));
    assert_eq!(of_tove.kinds, ["order"]);
}

#[test]
fn a_look_shows_the_same_sheet_as_any_other_reading() {
    let world = World::new();
    let karin = world.karin().call();
    let scope = Scope::of(&karin.actor, Function::ViewPerson);
    let mut link = world.link();
    for hsa_id in ["SE2399000013-1008", "SE2399000013-1001"] {
        let person = world.person(hsa_id);
        let at = LookedAt::Person(person.id);
        let looked = world
            .app()
            .ledger
            .look(&mut link, &karin, at, Which::Every)
            .unwrap();
        let read = link.person(&scope, person.id).unwrap().unwrap();
        assert_eq!(looked.posts, read.posts);
        assert_eq!(looked.name, read.name);
        assert_eq!(looked.number, read.number);
    }
}

#[test]
fn where_else_somebody_works_is_no_officers_business() {
    let world = World::new();
    let (maja, karin) = (world.maja(), world.karin().call());
    let mut link = world.link();
    let everywhere = link.person_for_errand(maja.id).unwrap().unwrap().posts;
    assert!(everywhere.len() > 1, "Maja works in two organisations");
    let at = LookedAt::Person(maja.id);
    let ledger = &world.app().ledger;
    let seen = ledger.look(&mut link, &karin, at, Which::Every).unwrap();
    let region = world.region();
    assert_eq!(seen.posts.len(), 1);
    assert!(seen.posts.iter().all(|post| post.organisation == region));
    let own = Scope::of(&maja.call().actor, Function::ViewOwn);
    let own = link.person(&own, maja.id).unwrap().unwrap();
    assert_eq!(own.posts.len(), everywhere.len(), "it is the holder's own");
}

#[test]
fn nothing_is_shown_when_the_line_cannot_be_written() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let karin = world.karin().call();
    let revoked = "REVOKE INSERT ON journal FROM kortkontor_app";
    world.database.connect().batch_execute(revoked).unwrap();
    let mut link = world.link();
    let app = world.app();
    assert!(matches!(
        app.person_page(&mut link, &karin, maja.id),
        Err(Failure::Broken(_) | Failure::Unavailable(_))
    ));
    assert!(matches!(
        app.card_page(&mut link, &karin, card.id),
        Err(Failure::Broken(_) | Failure::Unavailable(_))
    ));
    assert!(matches!(
        app.order_page(&mut link, &karin, card.order),
        Err(Failure::Broken(_) | Failure::Unavailable(_))
    ));
}

#[test]
fn what_is_out_of_scope_is_not_found_and_leaves_no_look() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let mut stranger = world.karin();
    stranger.branch = Vec::new();
    let mut link = world.link();
    for at in [
        LookedAt::Person(maja.id),
        LookedAt::Card(card.id),
        LookedAt::Order(card.order),
    ] {
        let before = looks(&world, at.id());
        let answer = world
            .app()
            .ledger
            .look(&mut link, &stranger.call(), at, Which::Every);
        assert!(matches!(answer, Err(Failure::NotFound)), "{at:?}");
        assert_eq!(looks(&world, at.id()), before, "{at:?}");
    }
}

#[test]
fn a_page_that_reloads_itself_is_one_look_in_five_minutes_and_each_officer_has_their_own() {
    let world = World::new();
    let card = world.sent_card(&world.maja(), DeliveryMethod::APost);
    let (karin, tove) = (world.karin().call(), world.tove().call());
    let mut link = world.link();
    let mut again = |call| {
        world
            .app()
            .card_page_again(&mut link, call, card.id)
            .unwrap();
        looks(&world, card.id.0)
    };
    assert_eq!(again(&karin), 1);
    assert_eq!(again(&karin), 1);
    assert_eq!(again(&tove), 2);
    world.advance(Duration::minutes(5));
    assert_eq!(again(&karin), 2, "five minutes later to the second");
    world.advance(Duration::seconds(1));
    assert_eq!(again(&karin), 3);
    world
        .app()
        .card_page(&mut world.link(), &karin, card.id)
        .unwrap();
    assert_eq!(looks(&world, card.id.0), 4, "every other opening is a look");
}

/// The world's database, reached over connections that were told to wait for the disk.
fn waiting_db(world: &World) -> Db {
    let url = format!(
        "{}&options=-c%20synchronous_commit%3Don",
        world.database.app_url()
    );
    let settings = DbSettings {
        url,
        threads: 1,
        waiting: 1,
        statement_timeout: std::time::Duration::from_secs(10),
    };
    let entropy = Arc::new(cards_gateways::entropy::SystemEntropy::new());
    Db::open(
        &settings,
        world.clock.clone(),
        entropy,
        Seal::new(&[7; 32]).unwrap(),
    )
    .unwrap()
}

#[test]
fn a_look_does_not_wait_for_the_disk_and_what_comes_after_it_does() {
    let world = World::new();
    let maja: Person = world.maja();
    let db = waiting_db(&world);
    let mut link = db.link(Lane::Short).unwrap();
    assert!(link.waits_for_the_disk().unwrap());
    let karin = world.karin().call();
    let at = LookedAt::Person(maja.id);
    world
        .app()
        .ledger
        .look(&mut link, &karin, at, Which::Every)
        .unwrap();
    assert_eq!(looks(&world, maja.id.0), 1);
    assert!(link.waits_for_the_disk().unwrap());
}

#[test]
fn a_persons_page_a_cards_page_and_a_search_stay_within_their_budget_of_statements() {
    let world = World::new();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let karin = world.karin().call();
    let mut link = world.link();
    let app = world.app();
    let (page, statements) = spent(&world, || app.person_page(&mut link, &karin, maja.id));
    assert_eq!(page.unwrap().cards.len(), 1);
    assert!(statements <= 9, "{statements} statements for a person");
    let (page, statements) = spent(&world, || app.card_page(&mut link, &karin, card.id));
    assert_eq!(page.unwrap().card.sheet.card.id, card.id);
    assert!(statements <= 4, "{statements} statements for a card");
    let number = card.number.as_ref().unwrap().as_str();
    let (answer, statements) = spent(&world, || app.search(&mut link, &karin, number));
    assert_eq!(answer.unwrap().hits.len(), 1);
    assert!(
        statements <= 3,
        "{statements} statements for a card's number"
    );
}
