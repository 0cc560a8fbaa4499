//! The officers' portal, `/id-admin`: start and worklists, search, persons, orders, and the
//! activation at the counter.

pub(crate) mod activate;
mod anew;
mod cards;
mod code;
mod directory;
mod done;
mod doubt;
mod draft;
mod errands;
mod events;
mod identity;
mod in_hand;
mod log;
mod nightly;
mod order;
mod order_form;
mod order_rows;
mod paper;
pub(crate) mod parts;
mod person;
mod photo;
mod receipt;
mod refuse;
mod released;
pub(crate) mod search;
mod signed_check;
mod signed_texts;
mod start;
mod unlock;
mod worklist;

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
pub(crate) mod tests;

pub use signed_texts::PortalTexts;

pub(crate) use cards::{ended, facts as card_facts};
pub(crate) use order_rows::{facts as order_facts, tracking as order_tracking};

use actix_web::web::{self, ServiceConfig};
use cards_http::IdAdminSession;

/// Adds the portal's pages. The routes of the log-in stand before them.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/id-admin", web::get().to(start::show))
        .route("/id-admin/att-gora/{lista}", web::get().to(worklist::show))
        .route("/id-admin/utgaende", web::get().to(errands::show))
        .route(
            "/id-admin/utgaende/{id}/forsok-igen",
            web::post().to(errands::retry),
        )
        .route("/id-admin/nattkorning", web::get().to(nightly::show))
        .route(
            "/id-admin/nattkorning/slapp",
            web::get().to(nightly::release::show),
        )
        .route(
            "/id-admin/nattkorning/slapp",
            web::post().to(nightly::release::send),
        )
        .route("/id-admin/sok", web::get().to(search::back_to_id_admin))
        .route("/id-admin/sok", web::post().to(search::find_for_id_admin))
        .route("/id-admin/person/{id}", web::get().to(person::show))
        .route(
            "/id-admin/person/{id}/handelser",
            web::get().to(events::of_person),
        )
        .route(
            "/id-admin/person/{id}/bestall",
            web::get().to(order_form::show),
        )
        .route(
            "/id-admin/person/{id}/bestall",
            web::post().to(order_form::send),
        )
        .route("/id-admin/handelser", web::get().to(log::show))
        .route("/id-admin/handelser", web::post().to(log::find))
        .route("/id-admin/handelser/{kod}", web::get().to(events::of_code))
        .route("/id-admin/bestallning/{id}", web::get().to(order::show))
        .route(
            "/id-admin/bestallning/{id}/komplettera",
            web::post().to(order::complete),
        )
        .route(
            "/id-admin/bestallning/{id}/avbryt",
            web::get().to(order::cancel::confirm),
        )
        .route(
            "/id-admin/bestallning/{id}/avbryt",
            web::post().to(order::cancel::send),
        );
    directory::routes(config);
    crate::certificates::for_officers(config);
    crate::card_tasks::for_officers(config);
    ways_on(config);
    photo::routes(config);
    crate::desk::routes::<IdAdminSession>(config);
    unlock::routes(config);
    counter(config);
}

/// What is done when a card does not come as it should, or lies in the officer's hand.
fn ways_on(config: &mut ServiceConfig) {
    config
        .route(
            "/id-admin/bestallning/{id}/bestall-nytt",
            web::get().to(anew::show),
        )
        .route(
            "/id-admin/bestallning/{id}/bestall-nytt",
            web::post().to(anew::send),
        )
        .route(
            "/id-admin/bestallning/{id}/sandning",
            web::post().to(order::said),
        )
        .route(
            "/id-admin/bestallning/{id}/skicka",
            web::post().to(order::send_again),
        )
        .route(
            "/id-admin/kort/{id}/ta-emot",
            web::get().to(in_hand::receive),
        )
        .route(
            "/id-admin/kort/{id}/ta-emot",
            web::post().to(in_hand::received),
        )
        .route(
            "/id-admin/kort/{id}/makulera",
            web::get().to(in_hand::destroy),
        )
        .route(
            "/id-admin/kort/{id}/makulera",
            web::post().to(in_hand::destroyed),
        );
}

/// The activation, step by step.
fn counter(config: &mut ServiceConfig) {
    config
        .route(
            "/id-admin/kort/{id}/aktivera",
            web::get().to(activate::show),
        )
        .route(
            "/id-admin/kort/{id}/aktivera",
            web::post().to(activate::send),
        )
        .route("/id-admin/kort/{id}/tveka", web::post().to(doubt::send))
        .route(
            "/id-admin/kort/{id}/aktivera/kod",
            web::get().to(code::show),
        )
        .route(
            "/id-admin/kort/{id}/aktivera/kod",
            web::post().to(code::send),
        )
        .route("/id-admin/kort/{id}/kvittens", web::get().to(receipt::show))
        .route("/id-admin/kort/{id}/kvittens", web::post().to(paper::send))
        .route(
            "/id-admin/kort/{id}/kvittens/papper",
            web::get().to(paper::show),
        )
        .route(
            "/id-admin/kort/{id}/kvittens/lamna",
            web::get().to(receipt::leave),
        )
        .route(
            "/id-admin/kort/{id}/kvittens/vagra",
            web::get().to(refuse::show),
        )
        .route(
            "/id-admin/kort/{id}/kvittens/vagra",
            web::post().to(refuse::send),
        )
        .route(
            "/id-admin/kort/{id}/kvittens/utskrift",
            web::get().to(paper::print),
        )
        .route("/id-admin/kort/{id}/klart", web::get().to(done::show));
}
