//! The room that officers and the servicedesk share: a card's own address, the loss of a card with its
//! case, a locked card and the letters with its PUK. The pages are the same; each desk has addresses of
//! its own and lets in its own sessions, for which the handlers are made.

use std::ops::Deref;

use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, HttpResponse};
use cards_app::{App, Failure, Link as Db};
use cards_domain::access::{Function, Scope};
use cards_domain::ids::CardId;
use cards_http::{Fault, IdAdminSession, PortalName, ServicedeskSession, Session};

use crate::locked_card::{letter, letter_form, state};
use crate::loss::{case, confirm, judge, question};
use crate::pages::{ask, see_other};

/// A session at one of the desks.
pub(crate) trait Desk: FromRequest + Deref<Target = Session> + 'static {
    /// The portal that it is a session of.
    const PORTAL: PortalName;
}

impl Desk for IdAdminSession {
    const PORTAL: PortalName = PortalName::IdAdmin;
}

impl Desk for ServicedeskSession {
    const PORTAL: PortalName = PortalName::Servicedesk;
}

/// Adds the pages that both desks have, at the addresses of one of them.
pub(crate) fn routes<D: Desk>(config: &mut ServiceConfig) {
    let desk = D::PORTAL.path();
    config.route(&format!("{desk}/kort/{{id}}"), web::get().to(card::<D>));
    of_loss::<D>(config, desk);
    of_locked_card::<D>(config, desk);
    of_letters::<D>(config, desk);
}

fn of_loss<D: Desk>(config: &mut ServiceConfig, desk: &str) {
    config
        .route(
            &format!("{desk}/kort/{{id}}/sparra"),
            web::get().to(question::show::<D>),
        )
        .route(
            &format!("{desk}/kort/{{id}}/sparra/bekrafta"),
            web::get().to(confirm::show::<D>),
        )
        .route(
            &format!("{desk}/kort/{{id}}/sparra/bekrafta"),
            web::post().to(confirm::send::<D>),
        )
        .route(
            &format!("{desk}/sparr/{{id}}"),
            web::get().to(case::show::<D>),
        )
        .route(
            &format!("{desk}/sparr/{{id}}/steg"),
            web::post().to(case::send::<D>),
        )
        .route(
            &format!("{desk}/sparr/{{id}}/verkstall"),
            web::post().to(judge::execute::<D>),
        )
        .route(
            &format!("{desk}/sparr/{{id}}/aterta"),
            web::post().to(judge::withdraw::<D>),
        );
}

/// That it is locked, and that its holder has opened it with the PUK. A visit is for officers alone.
fn of_locked_card<D: Desk>(config: &mut ServiceConfig, desk: &str) {
    config
        .route(
            &format!("{desk}/kort/{{id}}/last"),
            web::get().to(state::show::<D>),
        )
        .route(
            &format!("{desk}/kort/{{id}}/last"),
            web::post().to(state::lock::<D>),
        )
        .route(
            &format!("{desk}/kort/{{id}}/upplast"),
            web::post().to(state::opened::<D>),
        );
}

fn of_letters<D: Desk>(config: &mut ServiceConfig, desk: &str) {
    config
        .route(
            &format!("{desk}/kort/{{id}}/puk-brev"),
            web::get().to(letter_form::show::<D>),
        )
        .route(
            &format!("{desk}/kort/{{id}}/puk-brev"),
            web::post().to(letter_form::send::<D>),
        )
        .route(
            &format!("{desk}/puk-brev/{{id}}"),
            web::get().to(letter::show::<D>),
        )
        .route(
            &format!("{desk}/puk-brev/{{id}}/godkann"),
            web::post().to(letter::approve::<D>),
        )
        .route(
            &format!("{desk}/puk-brev/{{id}}/avsla"),
            web::post().to(letter::reject::<D>),
        )
        .route(
            &format!("{desk}/puk-brev/{{id}}/avbryt"),
            web::post().to(letter::cancel::<D>),
        );
}

/// A card's own address leads to the page of its holder, where the card stands, so that whatever knows
/// a card's id alone has a way back to it.
async fn card<D: Desk>(
    session: D,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    let scope = Scope::of(&session.actor, Function::ViewPerson);
    let id = *id;
    let find = move |_: &App, link: &mut Db| {
        let sheet = link.card(&scope, id)?.ok_or(Failure::NotFound)?;
        // Whose it is, is told to nobody who may not see the person.
        let holder = link.person(&scope, sheet.card.person)?;
        Ok(holder.ok_or(Failure::NotFound)?.person)
    };
    let (person, _) = ask(&app, find).await?;
    let home = session.portal.path();
    Ok(see_other(format!("{home}/person/{person}")))
}
