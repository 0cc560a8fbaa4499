//! Everything that the document describes, done: each journey goes a way that people go, through the
//! server, and every step must succeed. At the end no operation may be left that nobody has seen
//! succeed.

mod certificates;
mod directory;
mod letters;
mod life;
mod nights;
mod orders;
mod post;
mod reading;
mod receipts;
mod reports;
mod systems;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use cards_acceptance::World;
use cards_acceptance::site::Site;
use cards_domain::card::Card;
use serde_json::{Value, json};

use super::kit::{Answer, Program};
use super::schema::seen_in;
use super::{ANDERS, KARIN, MAJA};

/// Another officer at Karin's office.
const TOVE: &str = "SE2399000013-1002";
/// The deputy issuer.
const SIV: &str = "SE2399000013-1005";
/// The servicedesk.
const FARID: &str = "SE2399000013-1006";
/// Others who may have cards.
const ELIAS: &str = "SE2399000013-1010";
const NOOR: &str = "SE2399000013-1011";

/// A way through the API. It is gone once, whoever asks for it first; then what succeeded on it is
/// known.
pub struct Journey {
    way: fn(),
    seen: OnceLock<BTreeSet<String>>,
}

impl Journey {
    pub const fn of(way: fn()) -> Self {
        Self {
            way,
            seen: OnceLock::new(),
        }
    }

    /// The operations that succeeded.
    pub fn go(&self) -> &BTreeSet<String> {
        self.seen.get_or_init(|| seen_in(self.way))
    }
}

/// Every journey.
static ALL: [&Journey; 16] = [
    &life::WITHOUT_PHOTO,
    &life::WITH_PHOTO,
    &orders::STOPPED,
    &orders::HELD_UP,
    &orders::STORED_PHOTO,
    &post::MISSING,
    &receipts::ON_PAPER,
    &receipts::REFUSED,
    &letters::PUK,
    &certificates::PAIRS,
    &reports::OF_A_CALLER,
    &nights::STOPS,
    &nights::ERRANDS,
    &directory::FILE,
    &reading::EVERYTHING,
    &systems::RELYING,
];

#[test]
fn every_operation_of_the_document_has_been_seen_to_succeed() {
    let site = Site::start();
    let document = Program::with(&site, "").follow("/api/openapi.json").json;
    let items = document["paths"].as_object().unwrap().values();
    let operations = items.flat_map(|item| item.as_object().unwrap().values());
    let described: BTreeSet<String> = operations
        .map(|one| one["operationId"].as_str().unwrap().to_owned())
        .collect();
    assert!(described.len() > 80, "{} operations", described.len());
    let seen: BTreeSet<String> = ALL
        .iter()
        .flat_map(|journey| journey.go().clone())
        .collect();
    let unseen: Vec<_> = described.difference(&seen).collect();
    assert!(unseen.is_empty(), "never seen to succeed: {unseen:?}");
}

/// The last four digits of a card's number.
fn four(card: &Card) -> &str {
    card.number.as_ref().unwrap().last_four()
}

/// What is sent to order a card for somebody, with or without photo.
fn order(world: &World, who: &str, has_photo: bool) -> Value {
    let method = cards_domain::delivery::DeliveryMethod::APost;
    let request = world.order_request(&world.person(who), method);
    let products = world.link().orderable_products().unwrap();
    let product = products.iter().find(|one| one.has_photo == has_photo);
    json!({
        "person": request.person, "organisation": request.organisation,
        "product": product.unwrap().id, "office": request.office,
        "method": "a_post", "routine_confirmed": true,
    })
}

/// The card of an order once it has been made and posted.
fn card_of(site: &Site, officer: &Program<'_>, order: &Answer) -> Card {
    site.world.work();
    let order = officer.read(&format!("/orders/{}", order.id()));
    let id = order["card"].as_str().unwrap();
    site.world.card(id.parse().unwrap())
}

/// The check of a card at the counter, with a passport.
fn check(world: &World, who: &str, card: &Card) -> Value {
    json!({
        "purpose": "activation", "card": card.id, "document": "passport",
        "document_last_four": "44a7", "document_valid_to": "2033-05-30",
        "number_on_document": world.person(who).number.as_str(),
        "steps": ["accepted_kind", "valid", "unaltered", "security_details", "photo_matches",
            "age_and_sex_match", "signature_matches"],
        "number_on_card": card.number.as_ref().unwrap().as_str(),
        "printed_name_confirmed": true, "face_compared": true,
    })
}

/// Activates a card with a signed check.
fn activate(site: &Site, (officer, who): (&Program<'_>, &str), (holder, card): (&str, &Card)) {
    let signature = officer.signed("/signatures", who, &check(&site.world, holder, card));
    let body = json!({ "signature": signature, "code_works": true });
    let done = officer.act(&format!("/cards/{}", card.id), "activation", &body);
    assert_eq!(done.json["stage"], "unlocked_unsigned");
}
