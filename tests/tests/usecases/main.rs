//! The application through its gate: a real database, a clock that stands still, simulated
//! outside parties.

mod api;
mod budget;
mod card_log_in;
mod card_status;
mod card_tasks;
mod certificates;
mod counter;
mod database;
mod demo_cards;
mod desk;
mod directory_data;
mod directory_feed;
mod errands;
mod gate;
mod lanes;
mod locked;
mod log;
mod looks;
mod loss;
mod measured;
mod mina_sidor;
mod nightly;
mod other_feed;
mod own_process;
mod photo;
mod post;
mod races;
mod search;
mod situations;
mod straight_way;
#[expect(dead_code, reason = "the tests of the routes use the rest")]
#[path = "../coverage/browser.rs"]
mod web;
mod worklists;
