//! The card is active: what the holder does from now on.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::queries::CardSheet;
use cards_domain::card::CardStage;
use cards_http::{Fault, HolderSession};

use super::card::parsed;
use super::{frame, start};
use crate::components::{Button, MyCard};
use crate::layout::Frame;
use crate::pages::{self, ask};
use crate::text::Text;

#[derive(Template)]
#[template(path = "mina_sidor/done.html")]
pub(super) struct DonePage {
    frame: Frame,
    t: Text,
    card: MyCard,
    until: String,
    to_start: Button,
}

/// `GET /mina-sidor/kort/{id}/klart`; a card that is not active has its own page instead.
///
/// # Errors
/// The card is not the holder's, or the database is away.
pub async fn get(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<String>,
) -> Result<HttpResponse, Fault> {
    let id = parsed(&id)?;
    let call = session.call(None);
    let (page, moment) = ask(&app, move |app, link| app.receipt_page(link, &call, id)).await?;
    if !matches!(page.card.card.stage, CardStage::Active { .. }) {
        return Err(Fault::Elsewhere(start::card_address(&page.card)));
    }
    let view = view(frame::frame(&request, &session, moment), &page.card);
    pages::ok(&view)
}

/// The page of an active card.
pub(super) fn view(frame: Frame, sheet: &CardSheet) -> DonePage {
    let t = frame.texts();
    let until = sheet
        .card
        .valid_to
        .map(|day| t.day(day))
        .unwrap_or_default();
    DonePage {
        frame: frame.titled(t.ms_done_title()),
        t,
        card: start::picture(t, sheet, t.ms_until(until.as_str())),
        until,
        to_start: Button::link(t.ms_back(), "/mina-sidor").full(),
    }
}
