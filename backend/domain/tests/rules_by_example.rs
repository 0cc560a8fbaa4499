//! The rules that carry a date, a place or a document, by example: each with the last case on one
//! side and the first on the other.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own example is wrong"
)]

mod world;

use cards_domain::access::{Actor, Role};
use cards_domain::calendar;
use cards_domain::card::{Card, CardAction, CounterCheck};
use cards_domain::deadline::DeadlineRule;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::identity_check::{CheckStep, IdentityCheck};
use cards_domain::ids::{OfficeId, OrderId};
use cards_domain::order::{Order, OrderStage, RegisterFacts};
use cards_domain::place::{ActivationPlace, OfficeFacts, PlaceFacts};
use cards_domain::product::{CodeDelivery, Product};
use cards_domain::receipt::{Receipt, ReceiptAction, ReceiptStage};
use cards_domain::refusal::Refusal;
use cards_domain::values::{PersonName, PersonNumber};
use cards_domain::{access::SystemActor, lifecycle::Begin, order::OrderFacts, order::OrderRequest};
use chrono::{Days, Duration, NaiveDate};
use strum::IntoEnumIterator;
use uuid::Uuid;
use world::given::{self, OfficeState, day, noon};
use world::{Kept, KeptBegin, World};

fn office(id: u128, organisation: u128) -> OfficeFacts {
    OfficeFacts {
        id: OfficeId(Uuid::from_u128(id)),
        name: format!("office {id}"),
        organisation: cards_domain::ids::OrganisationId(Uuid::from_u128(organisation)),
        closed: false,
        opens_again: false,
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

/// Situation R52. For good: the successor, else any office of the issuer, and elsewhere at the
/// issuer's with the officer's reason. For a time: only with a reason. Never at another issuer's.
#[test]
fn r52_a_card_of_a_closed_office_is_activated_where_the_table_says() {
    use OfficeState as O;
    let activated = |state, here, reason: Option<&str>| {
        let mut world = posted(day(2026, 6, 1));
        world.office = state;
        let by = Actor::Officer(given::officer_at(
            here,
            given::colleague(2),
            &[Role::IdAdmin],
        ));
        let number = card(&world).number.unwrap();
        let check = CounterCheck {
            exception: reason.map(str::to_owned),
            ..given::perfect_check(&number, &world.product, world.now)
        };
        world.act::<Card>(&by, card(&world).id.0, &CardAction::Unlock(check))
    };
    let office = || "the office".to_owned();
    let needs_reason = || Err(Refusal::ExceptionReasonNeeded { office: office() });
    let wrong = || Err(Refusal::WrongOffice { office: office() });
    let moved = Some("Innehavaren har flyttat");
    let elsewhere = given::OTHER_OFFICE;
    let table = [
        (O::Open, elsewhere, moved, wrong()),
        (O::ClosedForATime, elsewhere, None, needs_reason()),
        (O::ClosedForATime, elsewhere, Some("ok"), needs_reason()),
        (O::ClosedForATime, elsewhere, moved, Ok(())),
        (O::ClosedForATime, given::OFFICE, moved, wrong()),
        (O::ClosedForGood, elsewhere, None, Ok(())),
        (O::TakenOver, elsewhere, None, Ok(())),
        (O::TakenOver, THIRD_OFFICE, None, needs_reason()),
        (O::TakenOver, THIRD_OFFICE, moved, Ok(())),
    ];
    for (state, here, reason, expected) in table {
        assert_eq!(
            activated(state, here, reason),
            expected,
            "{state:?} {reason:?}"
        );
    }
}

const THIRD_OFFICE: OfficeId = OfficeId(Uuid::from_u128(6));

#[test]
fn an_exception_for_a_closed_office_is_never_made_at_an_office_of_another_issuer() {
    let mut place = place(ActivationPlace::SameOfficeAsPhoto);
    place.required.closed = true;
    assert!(place.may_except(&office(2, 10)));
    assert!(!place.may_except(&office(4, 30)));
    place.required.closed = false;
    assert!(!place.may_except(&office(2, 10)));
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

/// A world in which a card was posted on the day.
fn posted(on: NaiveDate) -> World {
    let mut world = World::new(false, CodeDelivery::ChosenAtActivation);
    world.now = noon(on);
    let officer = given::almighty(given::colleague(1));
    world.order(&officer, DeliveryMethod::APost).unwrap();
    assert_eq!(world.produce(1_800, "711"), Some(Ok(())));
    assert_eq!(world.dispatch(), Some(Ok(())));
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
    let id = OrderId(Uuid::from_u128(7));
    let mut request = given::order_request(id, DeliveryMethod::APost);
    let mut facts = Order::facts_to_begin(&mut world, &officer, &request);
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
    let named = |given, surname: &str| {
        let name = PersonName::new(given, None, surname).unwrap();
        begin(|_, facts| facts.name = name)
    };
    let too_long = "Ö".repeat(65);
    for refused in [
        named(None, "Ett"),
        named(Some("Eva"), &too_long),
        named(Some(&too_long), "Ek"),
    ] {
        assert_eq!(refused, Err(Refusal::NameNotForCertificate));
    }
    assert_eq!(named(Some("Eva"), &"Ö".repeat(64)), Ok(OrderStage::Draft));
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
