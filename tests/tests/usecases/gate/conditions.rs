//! What must still hold when an act is done: the version that was read, and the signature that it is
//! done with. Both are looked at where nobody else can come between.

use std::sync::Barrier;

use cards_acceptance::World;
use cards_app::sessions::{NewSignature, SignatureUse};
use cards_app::{Call, Channel, Failure, Fingerprint, Link};
use cards_domain::card::{Card, CardAction, RevocationReason};
use cards_domain::chip_code::{ChipCode, ChipCodeAction, CodeName, CodeSource};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::CardId;
use cards_domain::refusal::Refusal;
use uuid::Uuid;

const PURPOSE: &str = "test";

/// A signature of the caller's that has been made and waits to be used.
fn signature(link: &mut Link, call: &Call) -> SignatureUse {
    let person = call.actor.person().unwrap();
    let asked = link
        .request_signature(&NewSignature {
            person,
            portal: Channel::IdAdmin,
            purpose: PURPOSE,
            text: "text",
            payload: serde_json::Value::Null,
        })
        .unwrap();
    let now = link.now();
    assert!(link.mark_signed(asked.id, person, now, "token").unwrap());
    SignatureUse {
        id: asked.id,
        person,
        portal: Channel::IdAdmin,
        purpose: PURPOSE,
    }
}

fn waits(link: &mut Link, of: &SignatureUse) -> bool {
    let found = link.waiting_signature(of.id, of.person, of.portal, of.purpose);
    found.unwrap().is_some()
}

fn keyed(call: &Call, key: u128) -> Call {
    let request = Fingerprint::of(Uuid::from_u128(key), b"form");
    Call {
        request: Some(request.into()),
        ..call.clone()
    }
}

fn lock(world: &World, call: &Call, card: CardId) -> Result<ChipCode, Failure> {
    let source = CodeSource::Stated;
    let action = ChipCodeAction::Lock { source };
    let code = (card, CodeName::Pin1);
    world
        .app()
        .act_on_code(&mut world.link(), call, code, &action)
}

fn is_locked(world: &World, call: &Call, card: CardId) -> bool {
    let page = world
        .app()
        .card_page_again(&mut world.link(), call, card)
        .unwrap();
    page.card.sheet.parts.is_locked()
}

fn two_cards(world: &World) -> [Card; 2] {
    let elin = world.person("SE2399000013-1010");
    [&world.maja(), &elin].map(|person| world.active_card(person))
}

#[test]
fn a_signature_is_used_up_by_one_act_and_left_by_a_refusal() {
    let world = World::new();
    let (mut link, karin) = (world.link(), world.karin().call());
    let [one, other] = two_cards(&world);
    let signed = signature(&mut link, &karin);
    let revoke = CardAction::Revoke {
        reason: RevocationReason::Lost,
    };
    let refused = keyed(&karin, 1).signed(signed.clone());
    let ledger = &world.app().ledger;
    let answer = ledger.act::<Card>(&mut link, &refused, one.id.0, &revoke);
    assert!(
        matches!(answer, Err(Failure::Refused(Refusal::NotYourRole))),
        "{answer:?}"
    );
    assert!(waits(&mut link, &signed), "a refusal leaves it");

    let first = keyed(&karin, 2).signed(signed.clone());
    let done = lock(&world, &first, one.id).unwrap();
    assert!(!waits(&mut link, &signed));
    let again = lock(&world, &first, one.id).unwrap();
    assert_eq!(again, done, "the same request gets the first answer");
    let second = keyed(&karin, 3).signed(signed.clone());
    let answer = lock(&world, &second, other.id);
    assert!(matches!(answer, Err(Failure::SignatureGone)), "{answer:?}");
    assert!(!is_locked(&world, &karin, other.id), "nothing is done");

    let of_another = SignatureUse {
        person: world.tove().person.id,
        ..signature(&mut link, &karin)
    };
    let foreign = keyed(&karin, 4).signed(of_another);
    assert!(matches!(
        lock(&world, &foreign, other.id),
        Err(Failure::SignatureGone)
    ));
    world.work();
}

#[test]
fn of_two_acts_with_one_signature_at_the_same_moment_one_is_done() {
    let world = World::new();
    let karin = world.karin().call();
    let cards = two_cards(&world);
    for round in 0..8 {
        let signed = signature(&mut world.link(), &karin);
        let both = Barrier::new(2);
        let outcomes: Vec<Result<ChipCode, Failure>> = std::thread::scope(|scope| {
            let acts = cards.iter().zip(1..).map(|(card, thread)| {
                let call = keyed(&karin, 100 * round + thread).signed(signed.clone());
                let (world, both, card) = (&world, &both, card.id);
                scope.spawn(move || {
                    both.wait();
                    lock(world, &call, card)
                })
            });
            let acts: Vec<_> = acts.collect();
            acts.into_iter().map(|act| act.join().unwrap()).collect()
        });
        let done = outcomes.iter().filter(|one| one.is_ok()).count();
        let gone = outcomes
            .iter()
            .filter(|one| matches!(one, Err(Failure::SignatureGone)));
        assert_eq!((done, gone.count()), (1, 1), "{outcomes:?}");
        open(&world, &karin, &cards, 100 * round + 50);
    }
    world.work();
}

/// Opens what is locked, for the next round.
fn open(world: &World, call: &Call, cards: &[Card], key: u128) {
    let action = ChipCodeAction::UnlockWithPuk;
    for (card, more) in cards.iter().zip(0..) {
        if is_locked(world, call, card.id) {
            let code = (card.id, CodeName::Pin1);
            let call = keyed(call, key + more);
            let mut link = world.link();
            world
                .app()
                .act_on_code(&mut link, &call, code, &action)
                .unwrap();
        }
    }
}

#[test]
fn what_has_changed_since_it_was_read_stops_the_act_in_its_own_transaction() {
    let world = World::new();
    let karin = world.karin().call();
    let stale = world.sent_card(&world.maja(), DeliveryMethod::APost);
    let number = stale.number.clone().unwrap();
    let receive = CardAction::ReceiveAtOffice { number };
    let first = keyed(&karin, 1).as_read(&stale);
    let ledger = &world.app().ledger;
    let mut link = world.link();
    let now = ledger
        .act::<Card>(&mut link, &first, stale.id.0, &receive)
        .unwrap();
    assert!(now.version > stale.version);

    let late = keyed(&karin, 2).as_read(&stale);
    let revoked = CardAction::Destroy;
    let answer = ledger.act::<Card>(&mut link, &late, stale.id.0, &revoked);
    assert!(matches!(answer, Err(Failure::Conflict)), "{answer:?}");
    let answer = lock(&world, &late, stale.id);
    assert!(
        matches!(answer, Err(Failure::Conflict)),
        "of a part as well: {answer:?}"
    );
    assert_eq!(world.lines(stale.id.0, "destroy", "card_still_lives"), 0);
    let in_time = keyed(&karin, 3).as_read(&now);
    let answer = ledger.act::<Card>(&mut link, &in_time, stale.id.0, &revoked);
    assert!(
        matches!(answer, Err(Failure::Refused(Refusal::CardStillLives))),
        "{answer:?}"
    );
    world.work();
}
