//! Cards that do not come as they should, gone the way that officer and holder go: page after page
//! over HTTP.

mod holder;
mod letter;
mod made;
mod office;
mod photo;
mod registered;

use cards_acceptance::site::Site;
use cards_acceptance::{Officer, Person, World};
use cards_domain::card::{Card, CardStage, RevocationReason};
use cards_domain::ids::OrderId;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::order::{Order, OrderRequest};
use cards_domain::photo::{Photo, PhotoAction, PhotoApproval, PhotoRequest, PhotoSource, Picture};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::desk::{Desk, Page};

fn order_at(order: OrderId) -> String {
    format!("/id-admin/bestallning/{order}")
}

fn anew_at(order: OrderId) -> String {
    format!("{}/bestall-nytt", order_at(order))
}

/// Orders anew from the page, with everything that it asks.
fn reorder(desk: &Desk, order: OrderId, told: &str, method: &str) -> Page {
    let at = anew_at(order);
    let page = desk.open(&at);
    let answers = [("hant", told), ("satt", method), ("rutin", "ja")];
    desk.send(&page, &at, &answers)
}

/// The order whose page an officer has been led to after ordering anew.
fn placed(page: &Page) -> OrderId {
    assert_eq!(page.status, 200, "{}", page.body);
    let id = page.path.strip_prefix("/id-admin/bestallning/");
    let id = id.and_then(|id| id.parse().ok());
    OrderId(id.unwrap_or_else(|| panic!("no order's page: {}", page.path)))
}

fn revoked_as(world: &World, card: &Card) -> Option<RevocationReason> {
    match world.card(card.id).stage {
        CardStage::Revoked { reason, .. } => Some(reason),
        _ => None,
    }
}

fn is_sent(world: &World, card: &Card) -> bool {
    matches!(world.card(card.id).stage, CardStage::Sent { .. })
}

/// How many orders there are for somebody.
fn orders_of(world: &World, person: &Person) -> i64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    diesel::sql_query("SELECT count(*) AS count FROM card_order WHERE person_id = $1")
        .bind::<SqlUuid, _>(person.id.0)
        .get_result::<Count>(&mut world.database.connect())
        .unwrap()
        .count
}

/// Fails unless these things were changed, each by its action, in one transaction and under one
/// code in the log.
fn assert_one_transaction(world: &World, changes: &[(Uuid, &str)]) {
    #[derive(Debug, QueryableByName)]
    struct Found {
        #[diesel(sql_type = BigInt)]
        lines: i64,
        #[diesel(sql_type = BigInt)]
        transactions: i64,
        #[diesel(sql_type = BigInt)]
        codes: i64,
    }
    let (things, actions): (Vec<Uuid>, Vec<&str>) = changes.iter().copied().unzip();
    let found: Found = diesel::sql_query(
        "SELECT count(*) AS lines, count(DISTINCT j.xmin::text) AS transactions, \
           count(DISTINCT j.correlation) AS codes FROM journal j \
         JOIN unnest($1, $2) AS c (thing, action) \
           ON j.subject_id = c.thing AND j.action = c.action \
         WHERE j.outcome = 'done'",
    )
    .bind::<Array<SqlUuid>, _>(things)
    .bind::<Array<Text>, _>(actions)
    .get_result(&mut world.database.connect())
    .unwrap();
    let expected = i64::try_from(changes.len()).unwrap();
    assert_eq!(
        (found.lines, found.transactions, found.codes),
        (expected, 1, 1),
        "{changes:?}: {found:?}"
    );
}

/// Orders a card with photo; it waits for the photo.
pub fn order_with_photo(world: &World, by: &Officer, person: &Person, sis_marked: bool) -> Order {
    let mut link = world.link();
    let call = by.call();
    world
        .app()
        .refresh_register(&mut link, &call, person.id)
        .unwrap();
    let products = link.orderable_products().unwrap();
    let product = products
        .iter()
        .find(|product| product.has_photo && product.sis_marked == sis_marked);
    let request = OrderRequest {
        product: product.unwrap().id,
        ..world.order_request(person, cards_domain::delivery::DeliveryMethod::APost)
    };
    world
        .app()
        .ledger
        .begin::<Order>(&mut link, &call, &request)
        .unwrap()
}

/// Takes a photo for an order at the desk and approves it.
pub fn take_photo(world: &World, by: &Officer, order: &Order) -> Photo {
    let mut link = world.link();
    let request = PhotoRequest {
        id: cards_domain::ids::PhotoId(link.new_id()),
        order: order.id,
        person: order.person,
        source: PhotoSource::Desk,
        picture: Picture {
            jpeg: b"a face".to_vec(),
            thumbnail: b"a small face".to_vec(),
        },
    };
    let (ledger, call) = (&world.app().ledger, by.call());
    let photo = ledger.begin::<Photo>(&mut link, &call, &request).unwrap();
    let seen = PhotoApproval {
        identity_seen: true,
        same_person: true,
    };
    let approve = PhotoAction::Approve(seen);
    ledger
        .act::<Photo>(&mut link, &call, photo.id(), &approve)
        .unwrap()
}

/// The card of an order, once made.
fn card_of(world: &World, order: OrderId) -> Card {
    world.card(world.order_now(order).card.unwrap())
}

/// Activates a card as the officer, over the counter.
fn hand_over(site: &Site, by: &Officer, holder: &Person, card: &Card) {
    let world = &site.world;
    let card = world.card(card.id);
    let check = world.check(&card, holder);
    world.unlock(&by.call(), &card, &check).unwrap();
    world.sign(holder, &card).unwrap();
    world.work();
    let card = world.card(card.id);
    assert!(matches!(card.stage, CardStage::Active { .. }), "{card:?}");
}
