//! *Byt pin-kod*: how a code is changed in the card program. It is never typed on a page.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cards_app::queries::CardSheet;
use cards_http::{Fault, HolderSession};

use super::card::{own_card, parsed};
use super::{frame, locked, start};
use crate::components::Link;
use crate::layout::Frame;
use crate::pages::{self, ask};
use crate::text::{Lang, Text};

/// Adds the page.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/mina-sidor/kort/{id}/byt-kod", web::get().to(get));
}

/// The address of the page.
pub(super) fn address(sheet: &CardSheet) -> String {
    format!("{}/byt-kod", start::card_address(sheet))
}

#[derive(Template)]
#[template(path = "mina_sidor/change_code.html")]
pub(super) struct ChangePage {
    frame: Frame,
    t: Text,
    back: Link,
    number: String,
    command: &'static str,
    digits: (String, String),
    locked: Link,
    known: Link,
}

async fn get(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<cards_app::App>,
    id: web::Path<String>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), parsed(&id)?);
    let work = move |app: &cards_app::App, link: &mut cards_app::Link| {
        own_card(app, link, &call, id).map(|(_, sheet)| sheet)
    };
    let (sheet, moment) = ask(&app, work).await?;
    pages::ok(&view(frame::frame(&request, &session, moment), &sheet))
}

/// The page of this card.
pub(super) fn view(frame: Frame, sheet: &CardSheet) -> ChangePage {
    let t = frame.texts();
    let number = sheet.card.number.as_ref();
    ChangePage {
        frame: frame.titled(t.change_title()),
        t,
        back: super::card::back_to(t, sheet),
        number: number.map(|number| number.short()).unwrap_or_default(),
        command: match t.lang() {
            Lang::Sv => "kortklient byt-kod",
            Lang::En => "kortklient change-pin",
        },
        digits: (
            sheet.product.pin_min.to_string(),
            sheet.product.pin_max.to_string(),
        ),
        locked: Link::new(t.ms_unlock_link(), locked::address(sheet)),
        known: locked::lost(t, sheet),
    }
}
