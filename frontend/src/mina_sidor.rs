//! Mina sidor: what a holder sees and does. Every page is made of the holder's own things alone;
//! somebody else's are answered like what does not exist.

pub mod card;
mod change_code;
mod coming;
pub mod contact;
pub mod directory;
pub mod done;
mod duties;
mod fetch_signing;
mod frame;
mod in_reader;
mod known;
mod locked;
pub mod looks;
mod lost;
pub mod missing;
pub(crate) mod office;
mod photo;
pub mod receipt;
#[cfg(test)]
pub(crate) mod samples;
mod situation;
pub mod start;
pub mod terms;
pub(crate) mod test_card;
#[cfg(test)]
mod tests;

pub(crate) use frame::dressed;

use actix_web::web;

/// Adds the pages. Those of the log-in come before them.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/mina-sidor", web::get().to(start::get))
        .route("/mina-sidor/vem-har-tittat", web::get().to(looks::get))
        .route("/mina-sidor/kontakt", web::get().to(contact::get))
        .route("/mina-sidor/katalogen", web::get().to(directory::get))
        .route("/mina-sidor/kort/{id}", web::get().to(card::get))
        .route(
            "/mina-sidor/kort/{id}/kvittens",
            web::get().to(receipt::get),
        )
        .route(
            "/mina-sidor/kort/{id}/kvittens",
            web::post().to(receipt::post),
        )
        .route(
            "/mina-sidor/kort/{id}/inte-kommit",
            web::get().to(missing::get),
        )
        .route(
            "/mina-sidor/kort/{id}/inte-kommit",
            web::post().to(missing::report),
        )
        .route(
            "/mina-sidor/kort/{id}/kom-sent",
            web::post().to(missing::late),
        )
        .route("/mina-sidor/kort/{id}/klart", web::get().to(done::get));
    locked::routes(config);
    lost::routes(config);
    change_code::routes(config);
    fetch_signing::routes(config);
    test_card::routes(config);
    crate::certificates::for_holders(config);
    crate::card_tasks::for_holders(config);
}
