//! Questions that pages ask, each with its answer shaped for the page. Whoever asks about more than
//! one person hands in a [`Scope`](cards_domain::access::Scope), which only the policy makes.

mod cards;
mod cases;
mod employment;
mod events;
mod log;
mod lookers;
mod looks;
mod numbered;
mod organisations;
mod outdated;
mod pages;
mod people;
mod photos;
mod repeats;
mod search;
mod things;
mod worklists;

pub use crate::kept::{CardParts, CardSheet, OrderSheet};
pub use cases::CallBackNumbers;
pub use employment::{AssignmentSheet, EmploymentSheet, WorkplaceSheet};
pub use events::{Clock, Event};
pub use log::{LogOf, LogPlace, NoPlace};
pub use lookers::DayOfLooks;
pub use looks::LookedAt;
pub use numbered::NumberedCard;
pub use organisations::{OrganisationSheet, PersonName as NamedPerson};
pub use outdated::Outdated;
pub use pages::EventsOf;
pub use people::{PersonSheet, PostSheet};
pub use photos::{NearOrder, Neighbours};
pub use search::{Found, Hit, SearchFor};
pub use things::ThingName;
pub use worklists::{COUNTED, Waiting, WaitingAfter, Worklist, WorklistKind};
