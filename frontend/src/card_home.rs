//! A card's own address at the desks. It leads to the page of its holder, where the card stands, so
//! that whatever knows a card's id alone has a way back to it.

use actix_web::{HttpResponse, web};
use cards_app::{App, Failure};
use cards_domain::access::{Function, Scope};
use cards_domain::ids::CardId;
use cards_http::{Fault, IdAdminSession, ServicedeskSession, Session};

use crate::pages::{ask, see_other};

/// `GET /id-admin/kort/{id}`.
pub(crate) async fn of_id_admin(
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    lead(&session, &app, *id).await
}

/// `GET /servicedesk/kort/{id}`.
pub(crate) async fn of_servicedesk(
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    lead(&session, &app, *id).await
}

async fn lead(session: &Session, app: &App, id: CardId) -> Result<HttpResponse, Fault> {
    let scope = Scope::of(&session.actor, Function::ViewPerson);
    let find = move |_: &App, link: &mut cards_app::Link| {
        let sheet = link.card(&scope, id)?.ok_or(Failure::NotFound)?;
        // Whose it is, is told to nobody who may not see the person.
        let holder = link.person(&scope, sheet.card.person)?;
        Ok(holder.ok_or(Failure::NotFound)?.person)
    };
    let (person, _) = ask(app, find).await?;
    let home = session.portal.path();
    Ok(see_other(format!("{home}/person/{person}")))
}
