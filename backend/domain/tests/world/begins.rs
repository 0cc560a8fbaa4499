//! What the rules are told when something new is to come into being.

use cards_domain::access::Actor;
use cards_domain::card::{Card, CardFacts, CardRequest};
use cards_domain::chip_code::{ChipCode, ChipCodeFacts, ChipCodeRequest};
use cards_domain::delivery::{Delivery, DeliveryFacts, DeliveryRequest};
use cards_domain::lifecycle::Begin;
use cards_domain::order::{Order, OrderFacts, OrderRequest, ReplacedFacts};
use cards_domain::photo::{Photo, PhotoFacts, PhotoRequest};
use cards_domain::puk_letter::{PukLetter, PukLetterFacts, PukLetterRequest};
use cards_domain::receipt::{Receipt, ReceiptFacts, ReceiptRequest};
use cards_domain::revocation::{Revocation, RevocationFacts, RevocationRequest};
use chrono::Duration;

use super::{Kept, World, given};

pub trait KeptBegin: Kept + Begin {
    fn facts_to_begin(world: &mut World, by: &Actor, request: &Self::Request) -> Self::Facts;
}

impl KeptBegin for Order {
    /// The order that is replaced is not in the way of the new one.
    fn facts_to_begin(world: &mut World, _: &Actor, request: &OrderRequest) -> OrderFacts {
        let replaced = request.replaces.map(|replacement| replacement.order);
        let mut orders = world.orders.values();
        let open = orders.find(|order| !order.is_over() && Some(order.id) != replaced);
        let open_order = open.map(|order| order.number.clone());
        let replaced = replaced.map(|id| world.orders[&id.0].clone()).map(|order| {
            Box::new(ReplacedFacts {
                sending: world.sending_of(&order),
                card_number: world.number_of(&order),
                order,
            })
        });
        OrderFacts {
            open_order,
            replaced,
            ..world.order_facts()
        }
    }
}

impl KeptBegin for Delivery {
    fn facts_to_begin(world: &mut World, _: &Actor, request: &DeliveryRequest) -> DeliveryFacts {
        world.delivery_facts(request.order)
    }
}

impl KeptBegin for Card {
    fn facts_to_begin(world: &mut World, by: &Actor, request: &CardRequest) -> CardFacts {
        world.card_facts(request.office, by)
    }
}

impl KeptBegin for ChipCode {
    fn facts_to_begin(world: &mut World, _: &Actor, request: &ChipCodeRequest) -> ChipCodeFacts {
        world.code_facts(&world.cards[&request.card.0])
    }
}

impl KeptBegin for Receipt {
    fn facts_to_begin(world: &mut World, _: &Actor, _: &ReceiptRequest) -> ReceiptFacts {
        ReceiptFacts {
            subject: given::subject(),
            times_out_at: world.now + Duration::hours(5 * 24),
        }
    }
}

impl KeptBegin for Photo {
    fn facts_to_begin(world: &mut World, _: &Actor, request: &PhotoRequest) -> PhotoFacts {
        PhotoFacts {
            subject: given::subject(),
            order: world.orders[&request.order.0].stage,
        }
    }
}

impl KeptBegin for Revocation {
    fn facts_to_begin(
        world: &mut World,
        _: &Actor,
        request: &RevocationRequest,
    ) -> RevocationFacts {
        world.case_facts(request.card)
    }
}

impl KeptBegin for PukLetter {
    fn facts_to_begin(world: &mut World, _: &Actor, request: &PukLetterRequest) -> PukLetterFacts {
        world.letter_facts(request.card)
    }
}
