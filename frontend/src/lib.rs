//! The portals: id-administration, Mina sidor and the servicedesk, as server-rendered pages.
//!
//! A page is a view struct with `frame: Frame` and `t: Text` whose template extends one of the
//! frames in `templates/layout`; what stands on it are components. See `frontend/README.md`.

pub mod assets;
mod card_tasks;
pub mod catalogue;
mod causes;
mod certificates;
pub mod clocks;
pub mod components;
pub mod demo;
mod desk;
mod employment;
pub mod errors;
pub mod events;
pub mod id_admin;
pub mod layout;
mod locked_card;
mod loss;
pub mod mina_sidor;
pub mod open;
mod outdated;
pub mod pages;
pub mod refusals;
mod relying_systems;
pub mod servicedesk;
pub mod states;
pub mod text;
