//! What must hold everywhere at once: imports, routes, words, database and log.

mod again;
mod api_scope;
mod architecture;
mod boxes;
mod browser;
mod cast;
mod constraints;
mod directory;
mod forms;
mod leaves;
mod mistyped;
mod protected;
mod registered;
mod routes;
#[path = "../../bench/weight.rs"]
mod scales;
mod sealed;
mod sessions;
mod weight;
mod words;
