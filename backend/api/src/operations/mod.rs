//! Every operation there is.

mod card_changes;
mod cards;
mod case_changes;
mod certificates;
mod directory;
mod events;
mod feeds;
mod me;
mod my_changes;
mod order_changes;
mod orders;
mod persons;
mod photos;
mod puk_letters;
mod registers;
mod revocations;
mod running;
mod seen;
mod signatures;
mod signed;
mod stops;
mod systems;
mod work;

use cards_app::Call;
use cards_app::queries::EventPage;
use cards_domain::access::{Function, permit};
use cards_domain::person::Subject as About;

use crate::asked::Asked;
use crate::operation::{Operation, Parameter, Place};
use crate::reply::Wrong;
use crate::schema::id;

/// By what they are about.
static ALL: [&[Operation]; 22] = [
    me::OPERATIONS,
    my_changes::OPERATIONS,
    persons::OPERATIONS,
    cards::OPERATIONS,
    card_changes::OPERATIONS,
    certificates::OPERATIONS,
    events::OPERATIONS,
    orders::OPERATIONS,
    order_changes::OPERATIONS,
    photos::OPERATIONS,
    puk_letters::OPERATIONS,
    revocations::OPERATIONS,
    case_changes::OPERATIONS,
    signatures::OPERATIONS,
    signed::OPERATIONS,
    work::OPERATIONS,
    registers::OPERATIONS,
    feeds::OPERATIONS,
    directory::OPERATIONS,
    running::OPERATIONS,
    stops::OPERATIONS,
    systems::OPERATIONS,
];

/// Every operation.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    ALL.iter().copied().flatten()
}

/// The thing that the path names.
const ID: Parameter = Parameter {
    name: "id",
    place: Place::Path,
    meaning: "Its id.",
    schema: id,
};

/// Which lines of the log are asked for: after which, and one more than a page holds.
fn lines(asked: &Asked) -> Result<EventPage, Wrong> {
    let after = asked.after(|text| text.parse().ok())?;
    Ok((after, asked.one_more()))
}

/// Whether the caller may see the tracking numbers of these letters.
fn sees_rek_id(call: &Call, about: &About) -> bool {
    permit(&call.actor, Function::SeeRekId, about).is_ok()
}
