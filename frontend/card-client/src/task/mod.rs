//! A task from the portal: fetched with a code or a token, done with the card in the reader, and told
//! step by step. What is said over the wire is here; what happens with the card is in `flows/task`.

mod https;
pub mod key_id;
mod office;
pub mod place;
mod request;
mod settings;
mod sheet;
mod ticket;
mod wire;

pub use https::Https;
pub use office::{Held, Office, Problem, Report, Step, Tries};
pub use place::{Link, Place, Server};
pub use request::{Unsigned, hash_of_key};
pub use settings::Settings;
pub use sheet::{ListedCertificate, Profile, Sheet, Stage, TaskKind, Usage, Wanted};
pub use ticket::Ticket;
pub use wire::{Call, Reply, Wire, WireFault};
