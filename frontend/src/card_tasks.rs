//! What is to happen with a card in a reader: asked for on a page, done in the card program, and
//! followed here. Holders and officers have the same page, each in their own frame.

mod buttons;
mod counter;
pub(crate) mod offer;
pub(crate) mod opening;
mod page;
mod pass;
pub(crate) mod report;
mod steps;
#[cfg(test)]
mod tests;
pub(crate) mod words;

use actix_web::web::{self, ServiceConfig};
use cards_domain::card_task::TaskKind;
use cards_domain::ids::{CardId, CardTaskId};
use cards_http::{HolderSession, IdAdminSession};

use crate::certificates::Reader;
use crate::components::{Button, Hidden};

/// Adds the pages of Mina sidor.
pub(crate) fn for_holders(config: &mut ServiceConfig) {
    routes::<HolderSession>(config, HolderSession::HOME);
}

/// Adds the pages of the card office.
pub(crate) fn for_officers(config: &mut ServiceConfig) {
    routes::<IdAdminSession>(config, IdAdminSession::HOME);
}

fn routes<S: Reader>(config: &mut ServiceConfig, own: &str) {
    config
        .route(
            &format!("{own}/kort/{{id}}/kortuppgift"),
            web::post().to(offer::send::<S>),
        )
        .route(
            &format!("{own}/kortuppgift/{{id}}"),
            web::get().to(page::show::<S>),
        )
        .route(
            &format!("{own}/kortuppgift/{{id}}/ny-kod"),
            web::post().to(offer::renew::<S>),
        )
        .route(
            &format!("{own}/kortuppgift/{{id}}/avbryt"),
            web::post().to(offer::cancel::<S>),
        );
}

/// The page of a task.
pub(crate) fn address(home: &str, id: CardTaskId) -> String {
    format!("{home}/kortuppgift/{id}")
}

/// A form that is one button: it has something done with a card.
#[derive(Clone)]
pub(crate) struct OfferForm {
    pub(crate) action: String,
    pub(crate) hidden: Hidden,
    pub(crate) button: Button,
}

impl OfferForm {
    /// The form for this kind of task; nothing more is said with it.
    pub(crate) fn new(
        home: &str,
        (card, kind): (CardId, TaskKind),
        hidden: Hidden,
        button: Button,
    ) -> Self {
        Self {
            action: format!("{home}/kort/{card}/kortuppgift"),
            hidden: hidden.and(offer::KIND, <&str>::from(kind)),
            button,
        }
    }
}
