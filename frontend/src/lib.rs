//! The portals: id-administration, Mina sidor and the servicedesk, as server-rendered pages.
//!
//! A page is a view struct with `frame: Frame` and `t: Text` whose template extends one of the
//! frames in `templates/layout`; what stands on it are components. See `frontend/README.md`.

pub mod assets;
pub mod catalogue;
pub mod components;
pub mod errors;
pub mod events;
pub mod layout;
pub mod pages;
pub mod refusals;
pub mod states;
pub mod text;
