//! Questions that pages ask, each with its answer shaped for the page. Whoever asks about more than
//! one person hands in a [`Scope`](cards_domain::access::Scope), which only the policy makes.

mod cards;
mod cases;
mod events;
mod looks;
mod organisations;
mod people;
mod photos;
mod worklists;

pub use cards::{CardParts, CardSheet, OrderSheet};
pub use cases::CallBackNumbers;
pub use events::{Clock, Event};
pub use looks::LookedAt;
pub use organisations::{OrganisationSheet, PersonName as NamedPerson};
pub use people::{Hit, PersonSheet, PostSheet, SearchFor};
pub use photos::{NearOrder, Neighbours};
pub use worklists::{Waiting, Worklist, WorklistKind};
