//! *Kortet är upplåst*: what was done, as it stands in the log.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::queries::LockedPage;
use cards_domain::ids::CardId;
use cards_http::{Fault, IdAdminSession};

use super::address;
use crate::components::{Button, CardPicture, EventList, Link, StateBadge};
use crate::events;
use crate::id_admin::parts;
use crate::layout::Frame;
use crate::locked_card::{badges, is_locked, picture};
use crate::pages::{Setting, ask, ok, see_other};
use crate::text::Text;

/// How many of the codes' events are shown.
const SHOWN: usize = 3;

#[derive(Template)]
#[template(path = "id_admin/unlocked.html")]
pub(super) struct DoneView {
    frame: Frame,
    t: Text,
    drawing: CardPicture,
    badges: Vec<StateBadge>,
    number: String,
    events: EventList,
    back: Button,
    start: Link,
}

pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.locked_page(link, &call, id)).await?;
    let has_codes = !page.page.card.codes.is_empty();
    if is_locked(&page) || !has_codes {
        return Ok(see_other(address(id)));
    }
    ok(&view(&Setting::new(&session, &request, moment), &page))
}

pub(super) fn view(s: &Setting, page: &LockedPage) -> DoneView {
    let t = s.t;
    let sheet = &page.page.card.sheet;
    let reader = s.reader().unwrap_or(page.page.person.person);
    let told = events::told_once(t, &page.events).take(SHOWN);
    let told = told.map(|event| events::for_officer(t, event, reader));
    DoneView {
        frame: s.frame(t.ul_done_title()).focus(t.ul_unlock()),
        t,
        drawing: picture(sheet),
        badges: badges(t, sheet),
        number: parts::card_number(&sheet.card),
        events: EventList::new(told.collect()),
        back: Button::link(
            t.back_to_the_person(),
            parts::person_address(&page.page.person),
        )
        .large(),
        start: Link::new(t.next_visitor(), "/id-admin"),
    }
}
