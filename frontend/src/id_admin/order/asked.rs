//! An act on an order that a form asks for, and what the form must say before it is done.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cards_app::queries::OrderPage;
use cards_app::{App, Fingerprint, Link as Db};
use cards_domain::ids::OrderId;
use cards_domain::order::{Order, OrderAction};
use cards_http::{Fault, Session};

use crate::id_admin::order_rows;
use crate::pages::{Setting, ask, see_other, show as show_with};

/// An act that a form asks for.
pub(super) struct Asked<L> {
    pub(super) order: OrderId,
    pub(super) action: OrderAction,
    pub(super) sent: Fingerprint,
    /// Whether the form lacks what its page has asked for; none where it lacks nothing. Who may not
    /// act lacks nothing: they are told so, whatever they have typed.
    pub(super) lacks: Option<L>,
}

/// Does what a form asks for, or shows its page again, with what it lacks.
pub(super) async fn act<V: Template>(
    (request, session): (&HttpRequest, &Session),
    app: &App,
    asked: Asked<impl FnOnce(&OrderPage) -> bool + Send + 'static>,
    again: impl FnOnce(&Setting, &OrderPage) -> V,
) -> Result<HttpResponse, Fault> {
    let (look, call) = (session.call(None), session.call(Some(asked.sent)));
    let (id, action, lacks) = (asked.order, asked.action, asked.lacks);
    let work = move |app: &App, link: &mut Db| {
        if let Some(lacks) = lacks {
            let page = app.order_page(link, &look, id)?;
            if lacks(&page) {
                return Ok(Err(Box::new(page)));
            }
        }
        Ok(Ok(app.ledger.act::<Order>(link, &call, id.0, &action)?))
    };
    let (outcome, moment) = ask(app, work).await?;
    match outcome {
        Ok(order) => Ok(see_other(order_rows::address(&order))),
        Err(page) => {
            let s = Setting::new(session, request, moment);
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &again(&s, &page))
        }
    }
}
