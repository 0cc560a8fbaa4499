//! Cards that do not come as they should, by example: the days of the acceptance examples, what is
//! traced instead, and what does not wait.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own example is wrong"
)]

mod world;

use cards_domain::access::Actor;
use cards_domain::card::{CardStage, RevocationReason};
use cards_domain::consequences::MailKind;
use cards_domain::deadline::DeadlineRule;
use cards_domain::delivery::{DeliveryAction, DeliveryMethod, DeliveryStage};
use cards_domain::ids::OrderId;
use cards_domain::lifecycle::Lifecycle;
use cards_domain::order::{Order, OrderStage, Told};
use cards_domain::photo::PhotoSource;
use cards_domain::product::CodeDelivery;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::RevocationStage;
use chrono::{Days, Duration, NaiveDate};
use strum::IntoEnumIterator;
use world::given::{self, day, noon};
use world::steps::Step;
use world::{Kept, World};

fn officer() -> Actor {
    given::almighty(given::colleague(1))
}

fn world_on(placed: NaiveDate, has_photo: bool) -> World {
    let mut world = World::new(has_photo, CodeDelivery::ChosenAtActivation);
    world.now = noon(placed);
    world
}

fn take_all(world: &mut World, steps: impl IntoIterator<Item = Step>) {
    for step in steps {
        assert_eq!(world.take(&officer(), &step), Some(Ok(())), "{step:?}");
    }
}

fn posted() -> [Step; 2] {
    let produce = Step::Produce {
        valid_days: 1_800,
        product: "711",
    };
    [produce, Step::Dispatch]
}

fn photographed(source: PhotoSource) -> [Step; 2] {
    [Step::TakePhoto(source), Step::ApprovePhoto { seen: true }]
}

/// A card without photo that was ordered and posted on the day.
fn in_the_post(method: DeliveryMethod, placed: NaiveDate) -> (World, OrderId) {
    let mut world = world_on(placed, false);
    let order = world.order(&officer(), method).unwrap();
    take_all(&mut world, posted());
    (world, order)
}

/// Whether the last card can be ordered anew on a day, by registered mail, in a copy of the world.
fn anew(world: &World, told: Told, on: NaiveDate) -> Result<(), Refusal> {
    let mut world = world.clone();
    world.now = noon(on);
    let ordered = world.order_instead(&officer(), DeliveryMethod::Rek, told);
    ordered.unwrap().map(drop)
}

/// The first day on which the last card can be ordered anew, and that the day before is refused
/// with its date.
fn allowed_from(world: &World, from: NaiveDate) {
    refused_until(world, from, &Refusal::UndeliveredTooSoon { from });
}

fn refused_until(world: &World, from: NaiveDate, refusal: &Refusal) {
    let before = anew(world, Told::NotArrived, from - Days::new(1));
    assert_eq!(before.as_ref(), Err(refusal));
    assert_eq!(anew(world, Told::NotArrived, from), Ok(()));
}

fn reason_of(world: &World, order: OrderId) -> Option<RevocationReason> {
    let card = world.orders.get(&order.0)?.card?;
    match world.cards.get(&card.0)?.stage {
        CardStage::Revoked { reason, .. } => Some(reason),
        _ => None,
    }
}

#[test]
fn example_2_with_a_photo_taken_for_it_the_thirty_days_begin_with_the_photo() {
    let mut world = world_on(day(2024, 2, 20), true);
    let first = world.order(&officer(), DeliveryMethod::APost).unwrap();
    world.now = noon(day(2024, 3, 1));
    take_all(
        &mut world,
        photographed(PhotoSource::Desk).into_iter().chain(posted()),
    );
    allowed_from(&world, day(2024, 3, 31));

    world.now = noon(day(2024, 3, 31));
    let method = DeliveryMethod::APost;
    let second = world.order_instead(&officer(), method, Told::NotArrived);
    let second = second.unwrap().unwrap();
    let stage = world.orders[&first.0].stage;
    assert_eq!(stage, OrderStage::ReplacedUndelivered);
    let reason = reason_of(&world, first);
    assert_eq!(reason, Some(RevocationReason::ReplacedUndelivered));

    // The stored photo is used at once: nobody has to come to the office again.
    take_all(&mut world, posted());
    let again = &world.orders[&second.0];
    assert_eq!(again.photo, world.orders[&first.0].photo);
    assert_eq!(again.undelivered_base(), Some(day(2024, 3, 31)));
    allowed_from(&world, day(2024, 4, 30));
}

#[test]
fn example_2_without_a_photo_the_thirty_days_begin_with_the_order() {
    let table = [
        (day(2024, 2, 29), day(2024, 3, 30)),
        (day(2023, 12, 15), day(2024, 1, 14)),
    ];
    for (placed, from) in table {
        let (world, _) = in_the_post(DeliveryMethod::APost, placed);
        allowed_from(&world, from);
    }
}

#[test]
fn with_an_uploaded_photo_the_thirty_days_begin_with_the_order_and_its_office_stands() {
    let mut world = world_on(day(2024, 2, 20), true);
    let order = world.order(&officer(), DeliveryMethod::APost).unwrap();
    world.now = noon(day(2024, 3, 1));
    let elsewhere = given::officer_at(
        given::OTHER_OFFICE,
        given::colleague(2),
        &[cards_domain::access::Role::IdAdmin],
    );
    let by = Actor::Officer(elsewhere);
    for step in photographed(PhotoSource::Upload) {
        assert_eq!(world.take(&by, &step), Some(Ok(())));
    }
    let order = &world.orders[&order.0];
    assert_eq!(order.undelivered_base(), Some(day(2024, 2, 20)));
    assert_eq!(order.office, given::OFFICE);
}

#[test]
fn the_thirtieth_day_begins_at_midnight_in_stockholm() {
    let (world, order) = in_the_post(DeliveryMethod::APost, day(2026, 3, 1));
    let order = &world.orders[&order.0];
    let facts = order.facts(&mut world.clone(), &officer());
    let at = |now| {
        let sending = facts.sending.as_ref();
        order.may_be_replaced(Told::NotArrived, sending, &facts.lengths, now)
    };
    // 31 March is in summer time: midnight in Stockholm is 22:00 UTC the day before.
    let midnight = noon(day(2026, 3, 30)) + Duration::hours(10);
    assert!(at(midnight - Duration::seconds(1)).is_err());
    assert_eq!(at(midnight), Ok(()));
}

#[test]
fn example_12_a_registered_letter_is_traced_on_day_45_and_replaced_once_it_came_back() {
    let placed = day(2026, 1, 15);
    let (world, _) = in_the_post(DeliveryMethod::Rek, placed);
    let day_45 = placed + Days::new(45);
    let rek_id = Some(given::rek_id());
    let traced = Err(Refusal::UndeliveredTraceable { rek_id });
    assert_eq!(anew(&world, Told::NotArrived, day_45), traced);
    for step in [Step::ReceiveAtOffice, Step::AtOffice(DeliveryAction::Lose)] {
        let mut world = world.clone();
        assert_eq!(world.take(&officer(), &step), Some(Ok(())));
        let next_day = placed + Days::new(1);
        assert_eq!(anew(&world, Told::NotArrived, next_day), Ok(()), "{step:?}");
    }
}

#[test]
fn a_registered_letter_that_somebody_has_fetched_is_never_given_up_by_the_calendar() {
    let (mut world, _) = in_the_post(DeliveryMethod::Rek, day(2026, 1, 15));
    take_all(&mut world, [Step::Post(DeliveryAction::Collect)]);
    let verdict = anew(&world, Told::NotArrived, day(2027, 1, 1));
    let rek_id = Some(given::rek_id());
    assert_eq!(verdict, Err(Refusal::UndeliveredTraceable { rek_id }));
}

/// Situation R13.
#[test]
fn r13_an_open_envelope_or_a_damaged_card_does_not_wait_and_revokes_at_once() {
    let placed = day(2026, 1, 15);
    for method in DeliveryMethod::iter() {
        for (told, reason) in [
            (Told::EnvelopeOpened, RevocationReason::Stolen),
            (Told::CardDamaged, RevocationReason::CardDamaged),
        ] {
            let (mut world, first) = in_the_post(method, placed);
            world.now = noon(placed + Days::new(1));
            let again = world.order_instead(&officer(), DeliveryMethod::APost, told);
            assert!(again.unwrap().is_ok(), "{method:?} {told:?}");
            assert_eq!(reason_of(&world, first), Some(reason));
            let cases = world.cases.values().map(|case| (case.reason, case.stage));
            let stolen = (RevocationReason::Stolen, RevocationStage::Closed);
            let expected = (told == Told::EnvelopeOpened).then_some(stolen);
            assert_eq!(cases.collect::<Vec<_>>(), Vec::from_iter(expected));
        }
    }
}

/// Situation R15.
#[test]
fn r15_after_two_cards_that_did_not_come_the_third_is_not_sent_by_ordinary_mail() {
    let (mut world, _) = in_the_post(DeliveryMethod::APost, day(2026, 1, 15));
    let again = |world: &mut World, method| {
        world.now += Duration::days(31);
        let ordered = world.order_instead(&officer(), method, Told::NotArrived);
        ordered.unwrap().map(drop)
    };
    assert_eq!(again(&mut world, DeliveryMethod::APost), Ok(()));
    take_all(&mut world, posted());
    let third = again(&mut world.clone(), DeliveryMethod::APost);
    assert_eq!(third, Err(Refusal::ThirdLetter));
    for method in [DeliveryMethod::Rek, DeliveryMethod::ToOffice] {
        assert_eq!(again(&mut world.clone(), method), Ok(()), "{method:?}");
    }
}

#[test]
fn at_the_manufacturer_an_order_waits_for_the_thirtieth_day_whatever_its_way() {
    let placed = day(2026, 1, 15);
    for method in DeliveryMethod::iter() {
        let mut world = world_on(placed, false);
        world.order(&officer(), method).unwrap();
        let from = placed + Days::new(30);
        // What will be traced is not told that it cannot be.
        let refusal = match method {
            DeliveryMethod::Rek => Refusal::RekNotPostedYet { from },
            DeliveryMethod::APost | DeliveryMethod::ToOffice => {
                Refusal::UndeliveredTooSoon { from }
            }
        };
        refused_until(&world, from, &refusal);
        take_all(&mut world, posted().into_iter().take(1));
        refused_until(&world, from, &refusal);
    }
}

#[test]
fn only_an_order_that_has_left_and_not_ended_may_be_replaced() {
    let (world, order) = in_the_post(DeliveryMethod::APost, day(2026, 1, 15));
    let order = &world.orders[&order.0];
    let facts = order.facts(&mut world.clone(), &officer());
    for told in Told::iter() {
        let may = |stage: &OrderStage| {
            let order = Order {
                stage: *stage,
                ..order.clone()
            };
            let sending = facts.sending.as_ref();
            order
                .may_be_replaced(told, sending, &facts.lengths, noon(day(2027, 1, 1)))
                .is_ok()
        };
        let open: Vec<OrderStage> = OrderStage::iter().filter(may).collect();
        let left = [
            OrderStage::SentToManufacturer,
            OrderStage::Produced,
            OrderStage::Dispatched,
        ];
        let seen = if told == Told::NotArrived { 0 } else { 2 };
        assert_eq!(open, left[seen..], "{told:?}");
    }
}

#[test]
fn on_the_thirtieth_day_the_holder_is_asked_once_unless_the_post_can_be_asked() {
    let placed = day(2026, 1, 15);
    let asked = |method, action: Option<DeliveryAction>| {
        let (mut world, order) = in_the_post(method, placed);
        let by = officer();
        if let Some(action) = action {
            take_all(&mut world, [Step::AtOffice(action)]);
        }
        let mut nights = Vec::new();
        for days in [29, 30, 31] {
            world.now = noon(placed + Days::new(days));
            let before = world.mails.len();
            assert_eq!(world.take(&by, &Step::Night), None);
            let mails = &world.mails[before..];
            nights.push(mails.contains(&MailKind::HasItCome));
        }
        assert!(!world.runs(DeadlineRule::Undelivered, order.0));
        nights
    };
    assert_eq!(asked(DeliveryMethod::APost, None), [false, true, false]);
    // What goes to the office the holder does not wait for, and a registered letter is traced.
    assert_eq!(asked(DeliveryMethod::ToOffice, None), [false; 3]);
    assert_eq!(asked(DeliveryMethod::Rek, None), [false; 3]);
    // Somebody has said already what became of the letter.
    let lost = asked(DeliveryMethod::Rek, Some(DeliveryAction::Lose));
    assert_eq!(lost, [false; 3]);
}

#[test]
fn a_letter_said_lost_that_came_after_all_is_not_asked_for() {
    let (mut world, _) = in_the_post(DeliveryMethod::Rek, day(2026, 1, 15));
    let found = [DeliveryAction::Lose, DeliveryAction::ReportLateArrival];
    take_all(&mut world, found.map(Step::AtOffice));
    world.now = noon(day(2026, 3, 1));
    world.night();
    assert!(!world.mails.contains(&MailKind::HasItCome));
    assert_eq!(world.unlock(&officer()), Some(Ok(())));
}

#[test]
fn the_first_card_that_comes_after_the_second_was_ordered_is_noted_and_stays_revoked() {
    let (mut world, first) = in_the_post(DeliveryMethod::APost, day(2026, 1, 15));
    world.now += Duration::days(30);
    let method = DeliveryMethod::APost;
    let again = world.order_instead(&officer(), method, Told::NotArrived);
    assert!(again.unwrap().is_ok());
    let late = Step::HolderSays {
        what: DeliveryAction::ReportLateArrival,
        first: true,
    };
    take_all(&mut world, [late]);
    let delivery = world.deliveries.values().next().unwrap();
    assert_eq!(delivery.stage, DeliveryStage::LateArrival);
    assert!(reason_of(&world, first).is_some());
}

#[test]
fn a_letter_that_came_back_is_handed_over_at_the_office() {
    for method in DeliveryMethod::iter() {
        let (mut world, _) = in_the_post(method, day(2026, 1, 15));
        take_all(&mut world, [Step::ReceiveAtOffice]);
        assert_eq!(world.mails.last(), Some(&MailKind::CardAtOffice));
        let again = world.take(&officer(), &Step::ReceiveAtOffice);
        assert_eq!(again, Some(Err(Refusal::CardAtOffice)));
        let another = given::almighty(given::colleague(2));
        assert_eq!(world.unlock(&another), Some(Ok(())), "{method:?}");
        let card = world.cards.values().next().unwrap();
        assert_eq!(<&str>::from(card.stage()), "unlocked_unsigned");
    }
}

#[test]
fn a_stored_photo_that_is_too_old_is_taken_anew_and_a_first_order_is_always_asked_for_one() {
    let mut world = world_on(day(2024, 3, 1), true);
    world.order(&officer(), DeliveryMethod::Rek).unwrap();
    let rek = photographed(PhotoSource::Desk).into_iter().chain(posted());
    take_all(
        &mut world,
        rek.chain([Step::AtOffice(DeliveryAction::Lose)]),
    );
    let stage = |world: &World| world.orders.values().next_back().unwrap().stage;
    let again = |on: NaiveDate| {
        let mut world = world.clone();
        world.now = noon(on);
        let ordered = world.order_instead(&officer(), DeliveryMethod::Rek, Told::NotArrived);
        assert!(ordered.unwrap().is_ok());
        stage(&world)
    };
    assert_eq!(again(day(2025, 3, 1)), OrderStage::SentToManufacturer);
    assert_eq!(again(day(2025, 3, 2)), OrderStage::AwaitingPhoto);

    take_all(&mut world, [Step::Cancel]);
    assert!(world.order(&officer(), DeliveryMethod::Rek).is_ok());
    assert_eq!(stage(&world), OrderStage::AwaitingPhoto);
    take_all(&mut world, [Step::UseStoredPhoto]);
    assert_eq!(stage(&world), OrderStage::SentToManufacturer);
}
