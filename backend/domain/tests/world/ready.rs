//! Worlds in which something has come as far as an example needs it.

use cards_domain::access::{Actor, Role};
use cards_domain::card::Card;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::product::CodeDelivery;
use cards_domain::signature::SignatureKind;

use super::{World, given};

/// An officer with every role.
pub fn officer() -> Actor {
    given::almighty(given::colleague(1))
}

/// An officer with one role.
pub fn with_role(role: Role) -> Actor {
    Actor::Officer(given::officer(given::colleague(2), &[role]))
}

/// A card that was posted, with the product number on its back.
pub fn posted(product: &str, code_delivery: CodeDelivery) -> World {
    let mut world = World::new(false, code_delivery);
    world.order(&officer(), DeliveryMethod::APost).unwrap();
    assert_eq!(world.produce(1_800, product), Some(Ok(())));
    assert_eq!(world.dispatch(), Some(Ok(())));
    world
}

/// A card that is active and signed for.
pub fn active(product: &str) -> World {
    let mut world = posted(product, CodeDelivery::ChosenAtActivation);
    assert_eq!(world.unlock(&officer()), Some(Ok(())));
    let kind = SignatureKind::CardSignature;
    assert_eq!(world.sign(&given::holder(), kind), Some(Ok(())));
    world
}

/// The last card that was made.
pub fn card(world: &World) -> &Card {
    world.cards.values().next_back().unwrap()
}
