//! The rules that carry a date, a place or a document, by example: each with the last case on one
//! side and the first on the other.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own example is wrong"
)]

mod world;

use cards_domain::calendar;
use cards_domain::card::Card;
use cards_domain::deadline::DeadlineRule;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::identity_check::{CheckStep, IdentityCheck};
use cards_domain::ids::OfficeId;
use cards_domain::order::{Order, OrderStage, RegisterFacts};
use cards_domain::place::{ActivationPlace, OfficeFacts, PlaceFacts};
use cards_domain::product::{CodeDelivery, Product};
use cards_domain::receipt::{Receipt, ReceiptAction, ReceiptStage};
use cards_domain::refusal::Refusal;
use cards_domain::values::PersonNumber;
use cards_domain::{access::SystemActor, lifecycle::Begin, order::OrderFacts, order::OrderRequest};
use chrono::{Days, Duration, NaiveDate};
use strum::IntoEnumIterator;
use uuid::Uuid;
use world::given::{self, day, noon};
use world::walk::Step;
use world::{Kept, World};

fn office(id: u128, organisation: u128) -> OfficeFacts {
    OfficeFacts {
        id: OfficeId(Uuid::from_u128(id)),
        name: format!("office {id}"),
        organisation: cards_domain::ids::OrganisationId(Uuid::from_u128(organisation)),
        closed: false,
        successor: None,
    }
}

/// Office 1 took the photo and belongs to the issuer 10; the holder works in 20.
fn place(policy: ActivationPlace) -> PlaceFacts {
    PlaceFacts {
        policy,
        required: office(1, 10),
        issuer: office(1, 10).organisation,
        holder_organisations: vec![office(3, 20).organisation],
    }
}

#[test]
fn a_card_is_activated_where_the_policy_of_the_issuer_says() {
    use ActivationPlace as P;
    let [photo, issuer, own, foreign] =
        [office(1, 10), office(2, 10), office(3, 20), office(4, 30)];
    let table = [
        (P::SameOfficeAsPhoto, [true, false, false, false]),
        (P::AnyOfficeOfIssuer, [true, true, false, false]),
        (P::OwnOrganisation, [true, false, true, false]),
    ];
    for (policy, allowed) in table {
        let here = [&photo, &issuer, &own, &foreign];
        let verdicts = here.map(|here| place(policy).allow(here).is_ok());
        assert_eq!(verdicts, allowed, "{policy:?}");
    }
}

#[test]
fn who_comes_to_the_wrong_office_is_told_which_one_is_right() {
    let refused = place(ActivationPlace::SameOfficeAsPhoto).allow(&office(2, 10));
    let office = "office 1".to_owned();
    assert_eq!(refused, Err(Refusal::WrongOffice { office }));
}

#[test]
fn an_office_that_has_closed_is_replaced_by_its_successor_or_by_any_of_the_issuer() {
    let closed = |successor: Option<u128>| {
        let mut place = place(ActivationPlace::SameOfficeAsPhoto);
        place.required.closed = true;
        place.required.successor = successor.map(|id| OfficeId(Uuid::from_u128(id)));
        place
    };
    let allowed = |place: &PlaceFacts, here: &OfficeFacts| place.allow(here).is_ok();
    assert!(allowed(&closed(Some(3)), &office(3, 20)));
    assert!(!allowed(&closed(Some(3)), &office(2, 10)));
    assert!(allowed(&closed(None), &office(2, 10)));
    assert!(!allowed(&closed(None), &office(3, 20)));
}

#[test]
fn nothing_is_activated_at_an_office_that_has_closed() {
    let here = OfficeFacts {
        closed: true,
        ..office(1, 10)
    };
    for policy in ActivationPlace::iter() {
        assert!(place(policy).allow(&here).is_err(), "{policy:?}");
    }
}

#[test]
fn an_identity_document_holds_through_its_last_day() {
    let today = day(2026, 11, 2);
    let until = |valid_to| {
        let check = IdentityCheck {
            valid_to,
            ..given::identity()
        };
        check
            .hold(&given::number(), today)
            .map(|record| record.valid_to)
    };
    assert_eq!(until(today), Ok(today));
    let yesterday = day(2026, 11, 1);
    assert_eq!(
        until(yesterday),
        Err(Refusal::DocumentExpired { on: yesterday })
    );
}

#[test]
fn an_identity_document_of_another_person_is_refused_before_anything_else() {
    let check = IdentityCheck {
        number_on_document: given::another_number(),
        valid_to: day(2000, 1, 1),
        steps: Vec::new(),
        ..given::identity()
    };
    let verdict = check.hold(&given::number(), day(2026, 11, 2));
    assert_eq!(verdict, Err(Refusal::DocumentOfAnotherPerson));
}

#[test]
fn every_one_of_the_seven_steps_is_needed() {
    assert_eq!(CheckStep::iter().count(), 7);
    for missing in CheckStep::iter() {
        let steps = CheckStep::iter().filter(|step| *step != missing).collect();
        let check = IdentityCheck {
            steps,
            ..given::identity()
        };
        let verdict = check.hold(&given::number(), day(2026, 11, 2));
        assert_eq!(verdict, Err(Refusal::CheckIncomplete), "{missing:?}");
    }
}

/// An order placed on a day, with or without a photo taken for it on another.
fn order(
    method: DeliveryMethod,
    placed: NaiveDate,
    photo_on: Option<NaiveDate>,
) -> (Order, OrderFacts) {
    let mut world = World::new(false, CodeDelivery::ChosenAtActivation);
    world.now = noon(placed);
    let officer = given::almighty(given::colleague(1));
    let id = world.order(&officer, method).unwrap();
    let order = Order {
        photo_on,
        ..world.orders.get(&id.0).unwrap().clone()
    };
    let facts = order.facts(&mut world, &officer);
    (order, facts)
}

#[test]
fn an_ordinary_letter_is_given_up_on_the_thirtieth_day_and_not_on_the_twenty_ninth() {
    let placed = day(2026, 1, 15);
    let photo = day(2026, 1, 20);
    for (photo_on, base) in [(None, placed), (Some(photo), photo)] {
        let (order, facts) = order(DeliveryMethod::APost, placed, photo_on);
        let on = |days| order.may_be_replaced(&facts, None, noon(base + Days::new(days)));
        let from = base + Days::new(30);
        assert_eq!(on(29), Err(Refusal::UndeliveredTooSoon { from }));
        assert_eq!(on(30), Ok(()));
    }
}

#[test]
fn the_thirtieth_day_begins_at_midnight_in_stockholm() {
    let placed = day(2026, 3, 1);
    let (order, facts) = order(DeliveryMethod::APost, placed, None);
    // 31 March is in summer time: midnight in Stockholm is 22:00 UTC the day before.
    let midnight = noon(day(2026, 3, 30)) + Duration::hours(10);
    let before = midnight - Duration::seconds(1);
    assert!(order.may_be_replaced(&facts, None, before).is_err());
    assert_eq!(order.may_be_replaced(&facts, None, midnight), Ok(()));
}

#[test]
fn a_registered_letter_is_traced_with_its_number_and_never_given_up_by_the_calendar() {
    let (order, facts) = order(DeliveryMethod::Rek, day(2026, 1, 15), None);
    let rek_id = given::rek_id();
    let verdict = order.may_be_replaced(&facts, Some(&rek_id), noon(day(2027, 1, 1)));
    let rek_id = Some(rek_id);
    assert_eq!(verdict, Err(Refusal::UndeliveredTraceable { rek_id }));
}

#[test]
fn only_an_order_that_has_left_and_not_ended_may_be_replaced() {
    let (order, facts) = order(DeliveryMethod::APost, day(2026, 1, 15), None);
    let open: Vec<OrderStage> = OrderStage::iter()
        .filter(|stage| {
            let order = Order {
                stage: *stage,
                ..order.clone()
            };
            order
                .may_be_replaced(&facts, None, noon(day(2027, 1, 1)))
                .is_ok()
        })
        .collect();
    assert_eq!(
        open,
        [
            OrderStage::SentToManufacturer,
            OrderStage::Produced,
            OrderStage::Dispatched
        ]
    );
}

/// A world in which a card was posted on the day.
fn posted(on: NaiveDate) -> World {
    let mut world = World::new(false, CodeDelivery::ChosenAtActivation);
    world.now = noon(on);
    let officer = given::almighty(given::colleague(1));
    let order = Step::Order {
        registered: false,
        missing: false,
    };
    for step in [order, Step::Produce { valid_days: 1_800 }, Step::Dispatch] {
        assert_eq!(world.take(&officer, &step), Some(Ok(())));
    }
    world
}

fn card(world: &World) -> Card {
    world.cards.values().next_back().unwrap().clone()
}

#[test]
fn the_last_day_to_activate_is_three_calendar_months_after_the_posting() {
    let table = [
        (day(2026, 1, 15), day(2026, 4, 15)),
        (day(2026, 11, 30), day(2027, 2, 28)),
        (day(2027, 11, 30), day(2028, 2, 29)),
        (day(2026, 1, 31), day(2026, 4, 30)),
    ];
    let officer = given::almighty(given::colleague(2));
    for (on, last_day) in table {
        let mut world = posted(on);
        let facts = card(&world).facts(&mut world, &officer);
        assert_eq!(card(&world).last_day_to_activate(&facts), Some(last_day));
        let due = world.clocks[&(DeadlineRule::Activation.into(), card(&world).id.0)];
        assert_eq!(due.day, last_day);

        world.now = noon(last_day);
        assert_eq!(world.clone().unlock(&officer), Some(Ok(())));
        world.night();
        assert!(!world.cards.is_empty() && world.clone().unlock(&officer) == Some(Ok(())));

        world.now = noon(last_day + Days::new(1));
        let late = Some(Err(Refusal::ActivationTooLate { last_day }));
        assert_eq!(world.clone().unlock(&officer), late);
        world.night();
        assert_eq!(world.unlock(&officer), Some(Err(Refusal::CardRevoked)));
    }
}

#[test]
fn a_receipt_times_out_after_five_times_twenty_four_hours_whatever_the_clocks_do() {
    // The clocks go back on 25 October 2026: five days by the calendar are 121 hours.
    for chosen in [day(2026, 6, 1), day(2026, 10, 23)] {
        let mut world = posted(chosen);
        let officer = given::almighty(given::colleague(2));
        assert_eq!(world.unlock(&officer), Some(Ok(())));
        let (id, receipt) = world.receipts.last_key_value().unwrap();
        let (id, since) = (*id, receipt.since);
        let scheduler = given::system(SystemActor::Scheduler);

        world.now = since + Duration::hours(120) - Duration::seconds(1);
        let early = world.act::<Receipt>(&scheduler, id, &ReceiptAction::TimeOut);
        let from = calendar::business_day(since + Duration::hours(120));
        assert_eq!(early, Err(Refusal::NotDue { from }));
        world.night();
        assert_eq!(world.receipts[&id].stage, ReceiptStage::Pending);

        world.now = since + Duration::hours(120);
        world.night();
        assert_eq!(world.receipts[&id].stage, ReceiptStage::TimedOut);
        assert_eq!(world.unlock(&officer), Some(Err(Refusal::CardRevoked)));
    }
}

fn begin(change: impl FnOnce(&mut OrderRequest, &mut OrderFacts)) -> Result<OrderStage, Refusal> {
    let mut world = World::new(false, CodeDelivery::ChosenAtActivation);
    let officer = given::almighty(given::colleague(1));
    let mut facts = Order::facts_for_new(&mut world, &officer, None);
    let mut request = OrderRequest {
        id: cards_domain::ids::OrderId(Uuid::from_u128(7)),
        person: given::HOLDER,
        organisation: given::ORGANISATION,
        product: given::PRODUCT,
        office: given::OFFICE,
        method: DeliveryMethod::APost,
        routine_confirmed: true,
    };
    change(&mut request, &mut facts);
    Order::begin(&officer, &request, &facts, noon(day(2026, 11, 2))).map(|(order, _)| order.stage)
}

#[test]
fn a_card_is_ordered_for_somebody_who_may_have_it_and_can_get_it() {
    assert_eq!(begin(|_, _| {}), Ok(OrderStage::Draft));
    let register = |register| begin(|_, facts: &mut OrderFacts| facts.register = register);
    assert_eq!(
        register(RegisterFacts::Silent),
        Err(Refusal::RegisterSilent)
    );
    assert_eq!(register(RegisterFacts::Deceased), Err(Refusal::Deceased));
    let nowhere = register(RegisterFacts::NoAddress);
    assert_eq!(nowhere, Err(Refusal::NoRegisteredAddress));
    let no_post = begin(|_, facts| facts.subject.organisations.clear());
    assert_eq!(no_post, Err(Refusal::NoPost));
    let unread = begin(|request, _| request.routine_confirmed = false);
    assert_eq!(unread, Err(Refusal::RoutineNotConfirmed));
}

#[test]
fn a_product_that_is_no_longer_sold_and_a_second_order_are_refused() {
    let old = begin(|_, facts| {
        facts.product = Product {
            orderable: false,
            ..facts.product.clone()
        };
    });
    assert_eq!(old, Err(Refusal::ProductNotOrderable));
    let order_number = "K-2611-000001".to_owned();
    let twice = begin(|_, facts| facts.open_order = Some(order_number.clone()));
    assert_eq!(twice, Err(Refusal::AlreadyOrdered { order_number }));
}

#[test]
fn an_ordinary_card_is_for_those_who_have_a_personnummer_and_are_eighteen_today() {
    let aged = |number: &str| {
        let number = PersonNumber::parse(number).unwrap();
        begin(|_, facts| facts.number = number)
    };
    assert_eq!(aged(EIGHTEEN_TODAY), Ok(OrderStage::Draft));
    let from = day(2026, 11, 3);
    assert_eq!(aged(EIGHTEEN_TOMORROW), Err(Refusal::TooYoung { from }));
    assert_eq!(aged(COORDINATION), Err(Refusal::NoPersonnummer));
}

/// Born 2 November 2008.
const EIGHTEEN_TODAY: &str = "200811029800";
/// Born 3 November 2008.
const EIGHTEEN_TOMORROW: &str = "200811039809";
/// A samordningsnummer: the day of birth plus sixty.
const COORDINATION: &str = "198503729801";
