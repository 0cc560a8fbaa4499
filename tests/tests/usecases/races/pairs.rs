//! Sixteen at once on two cards of one person, every pair of actions. Nobody waits for ever, nothing
//! breaks, and what must always hold holds afterwards.

mod acts;
mod laws;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};

use cards_acceptance::people::MUNICIPALITY;
use cards_acceptance::{Officer, Person, World};
use cards_app::{Call, Failure, Fingerprint, Lane};
use cards_domain::card::{Card, CardAction};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{CardId, OfficeId, OrganisationId};
use cards_domain::order::{Order, OrderAction};
use cards_store::{Db, DbSettings, Seal};
use chrono::Duration;
use uuid::Uuid;

use acts::ACTS;

/// Each stage to begin at twice: in time, and when the time is up.
const ROUNDS: usize = 8;

/// Two cards of one person, at whatever stage.
struct Pair<'a> {
    world: &'a World,
    holder: Person,
    karin: Officer,
    tove: Officer,
    cards: [CardId; 2],
}

/// The issuers of the two cards.
fn issuers(world: &World) -> [OrganisationId; 2] {
    let municipality = world.link().organisation_by_hsa_id(MUNICIPALITY);
    [world.region(), municipality.unwrap().unwrap()]
}

impl<'a> Pair<'a> {
    /// Orders one card of each issuer and brings both to where this round begins.
    fn ready(world: &'a World, round: usize) -> Self {
        let branch = Vec::from(issuers(world));
        let widened = |officer: Officer| Officer {
            branch: branch.clone(),
            ..officer
        };
        let (karin, tove) = (widened(world.karin()), widened(world.tove()));
        let (holder, office) = (world.maja(), world.office("Björkvallen").id);
        let orders = issuers(world).map(|issuer| order(world, &karin, &holder, issuer, office));
        world.work();
        let cards = orders.map(|order| world.order_now(order.id).card.unwrap());
        let pair = Self {
            world,
            holder,
            karin,
            tove,
            cards,
        };
        pair.bring(round);
        pair
    }

    fn bring(&self, round: usize) {
        let world = self.world;
        for card in self.cards.map(|card| world.card(card)) {
            let check = world.check(&card, &self.holder);
            let unlock = || world.unlock(&self.karin.call(), &card, &check).unwrap();
            match round % 4 {
                0 => {}
                1 => drop(unlock()),
                2 => {
                    drop(unlock());
                    world.sign(&self.holder, &card).unwrap();
                }
                _ => {
                    let number = card.number.clone().unwrap();
                    let action = CardAction::ReceiveAtOffice { number };
                    let (mut link, call) = (world.link(), self.karin.call());
                    world
                        .app()
                        .ledger
                        .act::<Card>(&mut link, &call, card.id.0, &action)
                        .unwrap();
                }
            }
        }
        // In every other set of rounds the time is up, for receipts or for activation.
        let days = match (round / 4 % 2, round % 4) {
            (1, 1) => 5,
            (1, 0 | 3) => 92,
            _ => 0,
        };
        world.advance(Duration::days(days));
        world
            .app()
            .refresh_register(&mut world.link(), &self.karin.call(), self.holder.id)
            .unwrap();
        world.work();
    }

    /// Stops what is still under way, so that the next round can order.
    fn settle(&self) {
        let (mut link, call) = (self.world.link(), self.karin.call());
        for order in laws::open_orders(self.world, &self.holder) {
            self.world
                .app()
                .ledger
                .act::<Order>(&mut link, &call, order, &OrderAction::Cancel)
                .unwrap();
        }
        self.world.work();
    }
}

fn order(
    world: &World,
    by: &Officer,
    holder: &Person,
    issuer: OrganisationId,
    office: OfficeId,
) -> Order {
    let (mut link, call) = (world.link(), by.call());
    world
        .app()
        .refresh_register(&mut link, &call, holder.id)
        .unwrap();
    let mut request = world.order_request(holder, DeliveryMethod::APost);
    (request.organisation, request.office) = (issuer, office);
    world
        .app()
        .ledger
        .begin::<Order>(&mut link, &call, &request)
        .unwrap()
}

/// As many connections as there are threads.
fn wide_db(world: &World, threads: usize) -> Db {
    let settings = DbSettings {
        url: world.database.app_url(),
        threads,
        waiting: 1,
        statement_timeout: std::time::Duration::from_secs(30),
    };
    let entropy = Arc::new(cards_gateways::entropy::SystemEntropy::new());
    let seal = Seal::new(&[7; 32]).unwrap();
    Db::open(&settings, world.clock.clone(), entropy, seal).unwrap()
}

/// A call with a key of its own.
fn keyed(mut call: Call, key: usize) -> Call {
    let key = Uuid::from_u128(u128::try_from(key).unwrap());
    call.request = Some(Fingerprint::of(key, b"race").into());
    call
}

/// Whether it was done. What the rules say no to is no; anything else is a fault.
fn verdict(name: &str, answer: Result<(), Failure>) -> bool {
    match answer {
        Ok(()) => true,
        Err(Failure::Refused(_) | Failure::Conflict | Failure::NotFound) => false,
        Err(
            fault @ (Failure::KeyReused
            | Failure::SignatureGone
            | Failure::Busy
            | Failure::Unavailable(_)
            | Failure::Broken(_)),
        ) => panic!("{name}: {fault:?}"),
    }
}

/// In each round every thread does one act to one card, all of them at once, and then another to the
/// other card: every act meets every other, on the same card and on different ones.
#[test]
fn of_sixteen_threads_on_two_cards_of_one_person_none_deadlocks_and_every_law_holds() {
    let world = World::new();
    let db = wide_db(&world, ACTS.len());
    let done = AtomicUsize::new(0);
    let mut ended = BTreeSet::new();
    for round in 0..ROUNDS {
        let pair = Pair::ready(&world, round);
        let barrier = Barrier::new(ACTS.len());
        std::thread::scope(|scope| {
            for turn in 0..ACTS.len() {
                let (pair, db, done, barrier) = (&pair, &db, &done, &barrier);
                scope.spawn(move || {
                    let mut link = db.link(Lane::Short).unwrap();
                    for (step, place) in [turn, (turn + round) % ACTS.len()].into_iter().enumerate()
                    {
                        let (name, act) = ACTS[place];
                        let card = pair.cards[(turn + round + step) % 2];
                        let key = (round * ACTS.len() + turn) * 2 + step + 1;
                        barrier.wait();
                        if verdict(name, act(pair, &mut link, card, key)) {
                            done.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                });
            }
        });
        laws::assert_all(&world, &ended);
        ended.extend(laws::ended(&world));
        pair.settle();
    }
    laws::assert_all(&world, &ended);
    let done = done.into_inner();
    assert!(
        done >= 2 * ROUNDS,
        "{done} acts were done in {ROUNDS} rounds"
    );
}

/// Does acts one after the other to one card of a pair; each must be done.
fn alone(pair: &Pair<'_>, card: usize, acts: &[&'static str], done: &mut BTreeSet<&'static str>) {
    let mut link = pair.world.link();
    for name in acts {
        let act = ACTS.iter().find(|(known, _)| known == name);
        let (_, act) = act.unwrap_or_else(|| panic!("no act “{name}”"));
        let key = 100_000 + done.len() * 100 + acts.len() * 10 + card;
        let answer = act(pair, &mut link, pair.cards[card], key);
        assert!(answer.is_ok(), "{name}: {answer:?}");
        done.insert(name);
    }
}

/// Otherwise the race could be one of refusals.
#[test]
fn each_act_of_the_race_is_possible_alone() {
    let world = World::new();
    let mut done = BTreeSet::new();
    let pair = Pair::ready(&world, 0);
    alone(
        &pair,
        0,
        &["receive", "unlock", "sign", "lock", "unlock at a visit"],
        &mut done,
    );
    alone(
        &pair,
        0,
        &["lock", "ask for a letter", "approve the letter"],
        &mut done,
    );
    alone(
        &pair,
        0,
        &["tell of a loss as a stranger", "carry out the report"],
        &mut done,
    );
    alone(&pair, 1, &["report a loss"], &mut done);
    pair.settle();
    let pair = Pair::ready(&world, 0);
    alone(&pair, 0, &["unlock", "refuse to sign"], &mut done);
    alone(&pair, 1, &["replace"], &mut done);
    pair.settle();
    let pair = Pair::ready(&world, 0);
    alone(&pair, 0, &["cancel"], &mut done);
    world.advance(Duration::days(92));
    alone(
        &pair,
        1,
        &["say that it is missing", "run out of time"],
        &mut done,
    );
    pair.settle();
    let pair = Pair::ready(&world, 4);
    alone(&pair, 0, &["the whole night at once"], &mut done);
    laws::assert_all(&world, &BTreeSet::new());
    assert_eq!(done, ACTS.iter().map(|(name, _)| *name).collect());
    pair.settle();
}
