//! What surrounds every page of Mina sidor, and how it is sent.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cards_app::{App, Failure, Link};
use cards_http::{Fault, Notice, Session};
use chrono::{DateTime, Utc};

use crate::components;
use crate::components::{Hidden, Message};
use crate::layout::{Frame, NavItem, Portal, User};
use crate::text::{Lang, Text};

const START: &str = "/mina-sidor";
const LOOKS: &str = "/mina-sidor/vem-har-tittat";
const CONTACT: &str = "/mina-sidor/kontakt";

/// What every page asks beside its own question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    /// When the page is made.
    pub now: DateTime<Utc>,
    /// Whether mails and orders are being sent.
    pub is_working: bool,
}

impl Moment {
    pub(super) fn read(app: &App, link: &mut Link) -> Result<Self, Failure> {
        Ok(Self { now: link.now(), is_working: app.is_working(link)? })
    }
}

/// The texts in the session's language.
pub(super) fn texts(session: &Session) -> Text {
    Text::of(Lang::from_tag(session.language.tag()))
}

/// The frame of a page of the session; the page sets its title.
pub(super) fn frame(request: &HttpRequest, session: &Session, moment: Moment) -> Frame {
    let t = texts(session);
    let address = request.uri().path_and_query().map_or(START, |address| address.as_str());
    let user = User {
        name: session.name.full(),
        place: String::new(),
        log_out_action: "/mina-sidor/logga-ut".to_owned(),
        log_out_fields: Hidden::new(session.form().pairs()),
    };
    let frame = Frame::new(t, Portal::MinaSidor, "", address, session.correlation.as_str())
        .nav(nav(t, request.path()))
        .contact(components::Link::new(t.ms_nav_contact(), CONTACT))
        .user(user);
    if moment.is_working { frame } else { frame.banner(down(t)) }
}

fn nav(t: Text, here: &str) -> Vec<NavItem> {
    vec![
        NavItem::new(t.ms_nav_start(), START, here == START),
        NavItem::new(t.ms_nav_looks(), LOOKS, here == LOOKS),
        NavItem::new(t.ms_nav_contact(), CONTACT, here == CONTACT),
    ]
}

fn down(t: Text) -> Message {
    Message::warning(t.ms_work_is_down_title(), t.ms_work_is_down_text())
}

/// Sends a page.
pub(super) fn send(status: StatusCode, page: &impl Template) -> Result<HttpResponse, Fault> {
    let html = page.render().map_err(|error| {
        tracing::error!(%error, "a page could not be rendered");
        Notice::Broken
    })?;
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html))
}
