//! Every change that the kit can make, from the order to the end of the card.

use cards_acceptance::World;
use cards_acceptance::people::{Officer, Person};
use cards_domain::card::{Card, CardAction, RevocationReason};
use cards_domain::chip_code::{ChipCode, ChipCodeAction, CodeName, CodeSource};
use cards_domain::delivery::{Delivery, DeliveryAction, DeliveryMethod};
use cards_domain::ids::{PukLetterId, RevocationId};
use cards_domain::order::{MadeCard, Order, OrderAction, Replacement, Told};
use cards_domain::puk_letter::{LetterReason, PukLetter, PukLetterAction, PukLetterRequest};
use cards_domain::receipt::{Receipt, ReceiptAction, TERMS_VERSION};
use cards_domain::revocation::{
    ExternalStep, Reporter, Revocation, RevocationAction, RevocationRequest, StepOutcome,
};
use cards_domain::signature::SignatureKind;
use chrono::{Duration, NaiveDate};

use super::{change, sent};
use crate::locked::old_card_locked;

/// Orders a card that needs no photo, in the budget.
fn order(world: &World, person: &Person, method: DeliveryMethod) -> Order {
    let call = sent(world.karin().call());
    world
        .app()
        .refresh_register(&mut world.link(), &call, person.id)
        .unwrap();
    let request = world.order_request(person, method);
    change(world, ("order", 6, 21), |link| {
        world.app().ledger.begin::<Order>(link, &call, &request)
    })
}

fn on_order(world: &World, budget: (&str, u64, u64), order: &Order, action: &OrderAction) -> Order {
    let call = sent(world.karin().call());
    let call = match action {
        OrderAction::Produce(_) | OrderAction::Dispatch { .. } => {
            let by = cards_domain::access::SystemActor::Manufacturer;
            cards_app::Call {
                actor: cards_domain::access::Actor::System(by),
                ..call
            }
        }
        _ => call,
    };
    change(world, budget, |link| {
        world
            .app()
            .ledger
            .act::<Order>(link, &call, order.id.0, action)
    })
}

fn made(order: &Order) -> MadeCard {
    let digits = order.number.bytes().filter(u8::is_ascii_digit);
    let tail: String = digits.map(char::from).collect();
    MadeCard {
        number: format!("9999{:0>12}", tail).parse().unwrap(),
        product_number: None,
        printed_name: "MAJA LINDQVIST".to_owned(),
        valid_to: NaiveDate::from_ymd_opt(2035, 1, 6).unwrap(),
    }
}

fn on_card(
    world: &World,
    budget: (&str, u64, u64),
    by: &Officer,
    card: &Card,
    action: &CardAction,
) -> Card {
    let call = sent(by.call());
    change(world, budget, |link| {
        world
            .app()
            .ledger
            .act::<Card>(link, &call, card.id.0, action)
    })
}

fn on_code(world: &World, budget: (&str, u64, u64), card: &Card, action: &ChipCodeAction) {
    let sheet = world.link().card_for_errand(card.id).unwrap().unwrap();
    let code = sheet.parts.code(CodeName::Pin1).unwrap().id;
    let call = sent(world.karin().call());
    change(world, budget, |link| {
        world
            .app()
            .ledger
            .act::<ChipCode>(link, &call, code.0, action)
    });
}

fn on_delivery(world: &World, budget: (&str, u64, u64), card: &Card, action: &DeliveryAction) {
    let sheet = world.link().card_for_errand(card.id).unwrap().unwrap();
    let delivery = sheet.delivery.unwrap().id;
    let call = sent(world.karin().call());
    change(world, budget, |link| {
        world
            .app()
            .ledger
            .act::<Delivery>(link, &call, delivery.0, action)
    });
}

fn sign(world: &World, budget: (&str, u64, u64), person: &Person, card: &Card) {
    let sheet = world.link().card_for_errand(card.id).unwrap().unwrap();
    let call = sent(person.call());
    let action = ReceiptAction::Sign {
        terms_version: TERMS_VERSION.to_owned(),
        signature: world.signature(SignatureKind::ReauthenticatedSession),
    };
    change(world, budget, |link| {
        let receipt = sheet.receipt.unwrap();
        world
            .app()
            .ledger
            .act::<Receipt>(link, &call, receipt.0, &action)
    });
}

fn report(world: &World, budget: (&str, u64, u64), card: &Card, reporter: Reporter) -> Revocation {
    let request = RevocationRequest {
        id: RevocationId(world.link().new_id()),
        card: card.id,
        person: card.person,
        reason: RevocationReason::Lost,
        reporter,
        last_four: card.number.as_ref().unwrap().last_four().to_owned(),
        wrong_in: None,
    };
    let call = sent(world.karin().call());
    change(world, budget, |link| {
        world
            .app()
            .ledger
            .begin::<Revocation>(link, &call, &request)
    })
}

fn on_case(
    world: &World,
    budget: (&str, u64, u64),
    case: &Revocation,
    action: &RevocationAction,
) -> Revocation {
    let call = sent(world.karin().call());
    change(world, budget, |link| {
        world
            .app()
            .ledger
            .act::<Revocation>(link, &call, case.id.0, action)
    })
}

/// A card that has been posted, every step counted.
fn posted(world: &World, person: &Person, method: DeliveryMethod) -> Card {
    let order = order(world, person, method);
    let produce = OrderAction::Produce(made(&order));
    let order = on_order(world, ("produce", 1, 10), &order, &produce);
    let rek_id = (method == DeliveryMethod::Rek).then(|| "RR123456785SE".parse().unwrap());
    let dispatch = OrderAction::Dispatch { rek_id };
    let order = on_order(world, ("dispatch", 2, 14), &order, &dispatch);
    world.card(order.card.unwrap())
}

/// A card that is in use, every step counted.
fn in_use(world: &World, person: &Person) -> Card {
    let card = posted(world, person, DeliveryMethod::APost);
    let unlock = CardAction::Unlock(world.check(&card, person));
    on_card(world, ("unlock", 3, 14), &world.karin(), &card, &unlock);
    sign(world, ("sign", 2, 15), person, &card);
    world.card(card.id)
}

#[test]
fn a_card_goes_from_the_order_to_its_holders_hand_within_the_budget() {
    let world = World::new();
    let card = in_use(&world, &world.maja());
    assert_eq!(card.number, world.card(card.id).number);
    world.work();
}

#[test]
fn a_new_card_takes_the_place_of_the_one_before_within_the_budget() {
    let world = World::new();
    let maja = world.maja();
    let before = in_use(&world, &maja);
    world.work();
    let card = posted(&world, &maja, DeliveryMethod::APost);
    let unlock = CardAction::Unlock(world.check(&card, &maja));
    on_card(
        &world,
        ("unlock anew", 3, 14),
        &world.karin(),
        &card,
        &unlock,
    );
    sign(&world, ("sign anew", 5, 18), &maja, &card);
    assert_ne!(world.card(before.id).stage, world.card(card.id).stage);
    world.work();
}

#[test]
fn an_order_is_stopped_within_the_budget() {
    let world = World::new();
    let order = order(&world, &world.maja(), DeliveryMethod::APost);
    on_order(&world, ("cancel", 3, 12), &order, &OrderAction::Cancel);
    world.work();
}

#[test]
fn a_card_is_locked_opened_and_gets_a_letter_within_the_budget() {
    let world = World::new();
    let card = in_use(&world, &world.maja());
    let source = CodeSource::Stated;
    let lock = ChipCodeAction::Lock { source };
    on_code(&world, ("lock", 0, 9), &card, &lock);
    let call = sent(world.karin().call());
    let request = PukLetterRequest {
        id: PukLetterId(world.link().new_id()),
        card: card.id,
        person: card.person,
        reason: LetterReason::Locked,
        caller_identified: true,
    };
    let letter = change(&world, ("letter", 0, 8), |link| {
        world.app().ledger.begin::<PukLetter>(link, &call, &request)
    });
    let call = sent(world.tove().call());
    change(&world, ("approve letter", 0, 10), |link| {
        let action = PukLetterAction::Approve;
        world
            .app()
            .ledger
            .act::<PukLetter>(link, &call, letter.id.0, &action)
    });
    let open = ChipCodeAction::UnlockWithPuk;
    on_code(&world, ("open with puk", 1, 10), &card, &open);
    world.work();
}

#[test]
fn a_registered_letter_is_lost_and_found_at_the_office_within_the_budget() {
    let world = World::new();
    let card = posted(&world, &world.maja(), DeliveryMethod::Rek);
    on_delivery(&world, ("lose", 0, 10), &card, &DeliveryAction::Lose);
    let number = card.number.clone().unwrap();
    let receive = CardAction::ReceiveAtOffice { number };
    on_card(&world, ("receive", 0, 10), &world.karin(), &card, &receive);
    world.work();
}

#[test]
fn a_card_that_has_not_come_is_ordered_anew_within_the_budget() {
    let world = World::new();
    let maja = world.maja();
    let card = posted(&world, &maja, DeliveryMethod::APost);
    world.work();
    world.advance(Duration::days(31));
    let call = sent(world.karin().call());
    world
        .app()
        .refresh_register(&mut world.link(), &call, maja.id)
        .unwrap();
    let mut request = world.order_request(&maja, DeliveryMethod::Rek);
    request.replaces = Some(Replacement {
        order: card.order,
        told: Told::NotArrived,
    });
    change(&world, ("order anew", 11, 25), |link| {
        world.app().ledger.begin::<Order>(link, &call, &request)
    });
    world.work();
}

#[test]
fn a_card_is_revoked_within_the_budget() {
    let world = World::new();
    let maja = world.maja();
    let card = in_use(&world, &maja);
    report(&world, ("revoke", 3, 12), &card, Reporter::HolderInPerson);
    world.work();
}

#[test]
fn a_case_goes_its_way_within_the_budget() {
    let world = World::new();
    let elin = world.person("SE2399000013-1010");
    let card = old_card_locked(&world, &elin, "641");
    let case = report(&world, ("report", 0, 9), &card, Reporter::UnverifiedCaller);
    let execute = world.execution(card.id);
    let case = on_case(&world, ("execute", 4, 13), &case, &execute);
    let step = case
        .steps
        .first()
        .map_or(ExternalStep::Telia, |own| own.step);
    let by = NaiveDate::from_ymd_opt(2030, 1, 9).unwrap();
    let outcome = StepOutcome::HolderWillDo { by };
    let record = RevocationAction::Record { step, outcome };
    on_case(&world, ("record", 0, 9), &case, &record);
    world.work();
}
