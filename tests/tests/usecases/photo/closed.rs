//! The card's own office has closed, for good or for a time.

use cards_app::plain::Office;
use cards_domain::card::CardStageName;
use cards_domain::lifecycle::Lifecycle as _;
use cards_server::demo::operator_call;
use chrono::NaiveDate;

use super::*;

fn close(world: &World, name: &str, opens_on: Option<NaiveDate>, successor: Option<&str>) {
    let today = cards_domain::calendar::business_day(world.app().db.now());
    let office = Office {
        closed_on: Some(today),
        opens_on,
        successor: successor.map(|name| world.office(name).id),
        ..world.office(name)
    };
    let call = operator_call(world.app());
    world
        .app()
        .ledger
        .edit(&mut world.link(), &call, &office)
        .unwrap();
}

/// A card with photo that belongs to Tallhöjden, in the post.
fn of_tallhojden(world: &World, person: &Person) -> Card {
    let order = photographed(world, &world.leif(), person, PhotoSource::Desk);
    let card = card_of(world, order.id);
    assert_eq!(card.office, world.office("Tallhöjden").id);
    card
}

/// R52: the office has closed for July.
#[test]
fn r52_another_office_of_the_issuer_stands_in_with_a_reason_while_the_own_one_is_closed() {
    let world = World::new();
    let (maja, karin) = (world.maja(), world.karin());
    let card = of_tallhojden(&world, &maja);
    let mut check = world.check(&card, &maja);
    let office = world.office("Tallhöjden").name;
    refused(
        world.unlock(&karin.call(), &card, &check),
        &Refusal::WrongOffice {
            office: office.clone(),
        },
    );
    close(
        &world,
        "Tallhöjden",
        NaiveDate::from_ymd_opt(2030, 8, 1),
        None,
    );
    let page = world
        .app()
        .card_page(&mut world.link(), &karin.call(), card.id)
        .unwrap();
    let closed = page.closed.unwrap();
    assert_eq!(closed.name, office);
    assert_eq!(closed.opens_on, NaiveDate::from_ymd_opt(2030, 8, 1));
    for reason in [None, Some("Stängt".to_owned())] {
        check.exception = reason;
        refused(
            world.unlock(&karin.call(), &card, &check),
            &Refusal::ExceptionReasonNeeded {
                office: office.clone(),
            },
        );
    }
    let reason = "Tallhöjden är stängt hela sommaren.";
    check.exception = Some(reason.to_owned());
    world.unlock(&karin.call(), &card, &check).unwrap();
    let told: Told = diesel::sql_query(
        "SELECT event->>'exception' AS told FROM journal WHERE subject_id = $1 \
         AND action = 'unlock' AND outcome = 'done'",
    )
    .bind::<SqlUuid, _>(card.id.0)
    .get_result(&mut world.database.connect())
    .unwrap();
    assert_eq!(told.told, reason);
    world.sign(&maja, &card).unwrap();
    world.work();
}

/// R52: the office has closed for good and another one has taken over.
#[test]
fn r52_the_successor_of_a_closed_office_activates_without_an_exception() {
    let world = World::new();
    let (maja, karin) = (world.maja(), world.karin());
    let card = of_tallhojden(&world, &maja);
    close(&world, "Tallhöjden", None, Some("Björkvallen"));
    let page = world
        .app()
        .card_page(&mut world.link(), &karin.call(), card.id)
        .unwrap();
    assert_eq!(page.closed, None);
    let check = world.check(&card, &maja);
    world.unlock(&karin.call(), &card, &check).unwrap();
    assert_eq!(world.card(card.id).stage(), CardStageName::UnlockedUnsigned);
    world.sign(&maja, &card).unwrap();
    world.work();
}

/// R52: the office that took over is another one than where the holder has come.
#[test]
fn r52_who_comes_to_a_third_office_is_told_which_one_has_taken_over() {
    let world = World::new();
    let (maja, karin) = (world.maja(), world.karin());
    let card = of_tallhojden(&world, &maja);
    close(&world, "Tallhöjden", None, Some("Strandängen"));
    let page = world
        .app()
        .card_page(&mut world.link(), &karin.call(), card.id)
        .unwrap();
    let closed = page.closed.unwrap();
    assert_eq!(
        closed.successor.as_deref(),
        Some("Kortkontoret Strandängen")
    );
    assert_eq!(closed.opens_on, None);
    assert!(
        closed.name.contains("Tallhöjden"),
        "a closed office still has its name"
    );
}
