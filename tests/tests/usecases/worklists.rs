//! The lists of what waits: each thing stands in its own until somebody has done what it waits for,
//! each officer sees what is theirs, and nothing waits unlisted.

mod each;
mod everything;
mod reach;

use std::collections::BTreeMap;

use cards_acceptance::{Person, World};
use cards_app::Call;
use cards_app::queries::WorklistKind;
use cards_domain::access::{Actor, Role};
use cards_domain::card::{Card, CardAction, RevocationReason};
use cards_domain::delivery::{Delivery, DeliveryAction, DeliveryMethod};
use cards_domain::ids::{PukLetterId, RevocationId};
use cards_domain::puk_letter::{LetterReason, PukLetter, PukLetterRequest};
use cards_domain::revocation::{Reporter, Revocation, RevocationRequest};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;
use strum::IntoEnumIterator as _;
use uuid::Uuid;

use crate::post::{order_with_photo, take_photo};

/// What stands in each of an officer's lists, the nearest first.
fn listed(world: &World, call: &Call) -> BTreeMap<WorklistKind, Vec<Uuid>> {
    let mut link = world.link();
    let lists = WorklistKind::iter().map(|kind| {
        let waiting = world
            .app()
            .worklist_page(&mut link, call, kind, (None, 200))
            .unwrap();
        (kind, waiting.into_iter().map(|one| one.thing).collect())
    });
    lists.collect()
}

/// Persons who work in the region and nowhere else, none of them named in the demonstration.
fn holders(world: &World, count: usize) -> Vec<Person> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Text)]
        hsa_id: String,
    }
    let found: Vec<Found> = diesel::sql_query(format!(
        "SELECT min(o.hsa_id) AS hsa_id FROM post o JOIN person p ON p.id = o.person_id \
         JOIN organisation g ON g.id = o.organisation_id \
         WHERE p.protection = 'none' AND p.number_kind = 'personnummer' \
         GROUP BY p.id HAVING count(*) = 1 AND min(g.hsa_id) = '{}' AND min(o.last_day) IS NULL \
           AND min(o.hsa_id) > 'SE2399000013-1099' ORDER BY 1 LIMIT {count}",
        cards_acceptance::people::REGION
    ))
    .load(&mut world.database.connect())
    .unwrap();
    found
        .into_iter()
        .map(|one| world.person(&one.hsa_id))
        .collect()
}

/// One thing of every kind that can wait, each of its own person.
struct OneOfEach {
    holders: Vec<Person>,
    /// By kind, what waits.
    things: BTreeMap<WorklistKind, Uuid>,
    /// The card that is lost in the post; it could still be activated.
    lost: Card,
    callback: Card,
}

impl OneOfEach {
    fn holder(&self, kind: WorklistKind) -> &Person {
        let place = WorklistKind::iter().position(|one| one == kind);
        &self.holders[place.unwrap()]
    }

    fn make(world: &World) -> Self {
        let holders = holders(world, WorklistKind::iter().count());
        let of = |kind: WorklistKind| {
            let place = WorklistKind::iter().position(|one| one == kind);
            &holders[place.unwrap()]
        };
        use WorklistKind as W;
        let lost = world.sent_card(of(W::NotArrived), DeliveryMethod::Rek);
        let callback = world.active_card(of(W::Callback));
        let things = [
            (W::Callback, told_by_a_stranger(world, &callback)),
            (W::OpenSteps, revoked_with_steps(world, of(W::OpenSteps))),
            (W::Unsigned, unlocked(world, of(W::Unsigned)).id.0),
            (W::PukRequests, letter_asked_for(world, of(W::PukRequests))),
            (W::AtOffice, at_the_office(world, of(W::AtOffice)).id.0),
            (W::ProductionFailed, failed(world, of(W::ProductionFailed))),
            (W::AwaitingPhoto, without_photo(world, of(W::AwaitingPhoto))),
            (
                W::AwaitingPrerequisites,
                without_papers(world, of(W::AwaitingPrerequisites)),
            ),
            (W::NotArrived, lose(world, &lost)),
            (W::ToCut, ended_at_the_office(world, of(W::ToCut)).id.0),
            (
                W::ToActivate,
                world
                    .sent_card(of(W::ToActivate), DeliveryMethod::APost)
                    .id
                    .0,
            ),
        ];
        world.work();
        Self {
            things: things.into(),
            holders,
            lost,
            callback,
        }
    }
}

fn told_by_a_stranger(world: &World, card: &Card) -> Uuid {
    revocation(world, card, Reporter::UnverifiedCaller).id.0
}

fn revocation(world: &World, card: &Card, reporter: Reporter) -> Revocation {
    let mut link = world.link();
    let request = RevocationRequest {
        id: RevocationId(link.new_id()),
        card: card.id,
        person: card.person,
        reason: RevocationReason::Lost,
        reporter,
        last_four: card.number.as_ref().unwrap().last_four().to_owned(),
        wrong_in: None,
    };
    world
        .app()
        .ledger
        .begin::<Revocation>(&mut link, &world.karin().call(), &request)
        .unwrap()
}

/// An identity card, whose loss the police must hear of.
fn revoked_with_steps(world: &World, person: &Person) -> Uuid {
    let order = order_with_photo(world, &world.karin(), person, true);
    take_photo(world, &world.karin(), &order);
    world.work();
    let card = world.card(world.order_now(order.id).card.unwrap());
    revocation(world, &card, Reporter::HolderInPerson).id.0
}

fn unlocked(world: &World, person: &Person) -> Card {
    let card = world.sent_card(person, DeliveryMethod::APost);
    let check = world.check(&card, person);
    world.unlock(&world.karin().call(), &card, &check).unwrap()
}

fn letter_asked_for(world: &World, person: &Person) -> Uuid {
    let card = world.active_card(person);
    let mut link = world.link();
    let request = PukLetterRequest {
        id: PukLetterId(link.new_id()),
        card: card.id,
        person: person.id,
        reason: LetterReason::Locked,
        caller_identified: true,
    };
    let letter = world
        .app()
        .ledger
        .begin::<PukLetter>(&mut link, &world.karin().call(), &request)
        .unwrap();
    letter.id.0
}

fn at_the_office(world: &World, person: &Person) -> Card {
    let card = world.sent_card(person, DeliveryMethod::Rek);
    let number = card.number.clone().unwrap();
    let action = CardAction::ReceiveAtOffice { number };
    world
        .app()
        .ledger
        .act::<Card>(&mut world.link(), &world.karin().call(), card.id.0, &action)
        .unwrap()
}

/// A card that lay at the office and was revoked there.
fn ended_at_the_office(world: &World, person: &Person) -> Card {
    let card = at_the_office(world, person);
    revocation(world, &card, Reporter::HolderInPerson);
    card
}

/// An order that the manufacturer cannot carry out.
fn failed(world: &World, person: &Person) -> Uuid {
    let home = &world.system.demo.as_ref().unwrap().home;
    let switches = cards_gateways::manufacturer::Simulator::switches(home);
    let mut set = switches.read().unwrap();
    set.fail_next = 1;
    switches.write(&set).unwrap();
    let order = world.order(person, DeliveryMethod::APost);
    world.work();
    order.id.0
}

fn without_photo(world: &World, person: &Person) -> Uuid {
    order_with_photo(world, &world.karin(), person, false).id.0
}

/// An order of an organisation that owes an agreement.
fn without_papers(world: &World, person: &Person) -> Uuid {
    let owes = |owes: bool| {
        let region = world.region();
        // The trigger does not mind: this is not a change that anybody made.
        format!(
            "BEGIN; SET LOCAL session_replication_role = replica; \
             UPDATE organisation SET prerequisites_missing = {owes} WHERE id = '{region}'; COMMIT"
        )
    };
    let mut database = world.database.connect();
    database.batch_execute(&owes(true)).unwrap();
    let order = world.order(person, DeliveryMethod::APost);
    database.batch_execute(&owes(false)).unwrap();
    order.id.0
}

/// The post has lost a registered letter: its order.
fn lose(world: &World, card: &Card) -> Uuid {
    let mut link = world.link();
    let sheet = link.card_for_errand(card.id).unwrap().unwrap();
    let delivery = sheet.delivery.unwrap().id.0;
    let (call, lose) = (world.karin().call(), DeliveryAction::Lose);
    world
        .app()
        .ledger
        .act::<Delivery>(&mut link, &call, delivery, &lose)
        .unwrap();
    card.order.0
}

/// An officer's call, widened to persons with protected data.
fn protected_too(mut call: Call) -> Call {
    if let Actor::Officer(officer) = &mut call.actor {
        let mut also = officer.appointments[0].clone();
        also.role = Role::IdAdminProtected;
        officer.appointments.push(also);
    }
    call
}
