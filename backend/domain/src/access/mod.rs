//! Who may do what to whom: actors, roles, and the policy that joins them. Default is no.

mod actor;
mod client;
mod policy;
mod role;
mod scope;

pub use actor::{Actor, Appointment, Holder, Loa, Officer, SystemActor};
pub use client::{Client, ClientFunction, client_grant};
pub use policy::{Grant, grant, permit, system_may};
pub use role::{Function, Role};
pub use scope::Scope;
