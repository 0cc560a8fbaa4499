//! What must hold everywhere at once: imports, routes, words, database and log.

mod architecture;
mod browser;
mod cast;
mod constraints;
mod forms;
mod leaves;
mod registered;
mod routes;
mod sealed;
mod sessions;
mod words;
