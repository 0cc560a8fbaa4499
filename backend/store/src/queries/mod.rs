//! Questions that pages ask, each with its answer shaped for the page. Whoever asks about more than
//! one person hands in a [`Scope`](cards_domain::access::Scope), which only the policy makes.

mod cards;
mod events;
mod organisations;
mod people;
mod worklists;

pub use cards::{CardSheet, OrderSheet};
pub use events::{Clock, Event};
pub use organisations::{OrganisationSheet, PersonName as NamedPerson};
pub use people::{Hit, PersonSheet, PostSheet, SearchFor};
pub use worklists::{Waiting, Worklist, WorklistKind};
