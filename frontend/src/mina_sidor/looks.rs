//! Who has looked at the holder's details.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::queries::Event;
use cards_http::{Fault, HolderSession};

use super::frame;
use crate::components::{Empty, EventList, Link};
use crate::events;
use crate::layout::Frame;
use crate::pages::{self, ask};
use crate::text::Text;

#[derive(Template)]
#[template(path = "mina_sidor/looks.html")]
pub(super) struct LooksPage {
    frame: Frame,
    t: Text,
    back: Link,
    events: Option<EventList>,
    empty: Empty,
}

/// `GET /mina-sidor/vem-har-tittat`.
///
/// # Errors
/// The database is away.
pub async fn get(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
) -> Result<HttpResponse, Fault> {
    let call = session.call(None);
    let (looks, moment) = ask(&app, move |app, link| app.holder_looks(link, &call)).await?;
    pages::ok(&view(frame::frame(&request, &session, moment), &looks))
}

/// The page of these looks.
pub(super) fn view(frame: Frame, looks: &[Event]) -> LooksPage {
    let t = frame.texts();
    let rows: Vec<_> = looks
        .iter()
        .map(|look| events::for_holder(t, look))
        .collect();
    LooksPage {
        frame: frame.titled(t.ms_looks_title()),
        t,
        back: Link::new(t.ms_back(), "/mina-sidor"),
        events: (!rows.is_empty()).then(|| EventList::new(rows)),
        empty: Empty::new(t.ms_looks_none_title(), t.ms_looks_none_text()),
    }
}
