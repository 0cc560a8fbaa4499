//! What the pages of all portals share: asking the application, the frame around a page, and
//! answering with it.

mod dates;
mod notices;
mod once;
mod reason;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cards_app::{App, Failure, Lane, Link};
use cards_domain::access::{Actor, Function, Loa, Scope};
use cards_domain::ids::PersonId;
use cards_http::{Fault, Language, PortalName, Session};
use chrono::{DateTime, Utc};
use strum::IntoEnumIterator as _;

pub use notices::NoticePages;
pub(crate) use once::{Once, opened, sent};
pub(crate) use reason::Reason;

use crate::components::{Hidden, Icon, Message};
use crate::layout::{Frame, NavItem, Portal, User};
use crate::text::{Lang, Text};

const HTML: &str = "text/html; charset=utf-8";

/// When a page was asked for, and whether the worker gives signs of life.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The time.
    pub now: DateTime<Utc>,
    /// Whether mails, orders and reports are being taken care of.
    pub is_working: bool,
}

/// Does a page's work with a connection and notes the moment.
///
/// # Errors
/// What `work` answers, as the fault that a handler gives back.
pub async fn ask<T, F>(app: &App, work: F) -> Result<(T, Moment), Fault>
where
    T: Send + 'static,
    F: FnOnce(&App, &mut Link) -> Result<T, Failure> + Send + 'static,
{
    let asked = move |app: &App, link: &mut Link| {
        let answer = work(app, link)?;
        let (now, is_working) = (link.now(), app.is_working(link)?);
        Ok((answer, Moment { now, is_working }))
    };
    Ok(app.run(Lane::Short, asked).await?)
}

/// Everything around a page's own content: who reads, in which language, when.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The texts.
    pub t: Text,
    /// The time.
    pub now: DateTime<Utc>,
    /// Who reads.
    pub actor: Actor,
    /// The hidden fields of the page's one form that changes something.
    pub hidden: Hidden,
    frame: Frame,
}

impl Setting {
    /// The setting of a session's page.
    #[must_use]
    pub fn new(session: &Session, request: &HttpRequest, moment: Moment) -> Self {
        let t = text(session.language);
        let address = request
            .uri()
            .path_and_query()
            .map_or("/", |address| address.as_str());
        let portal = portal(session.portal);
        let frame = Frame::new(t, portal, "", address, &session.correlation)
            .nav(navigation(t, session, request.path()))
            .user(user(session));
        let frame = match portal {
            Portal::IdAdmin | Portal::Servicedesk => {
                frame.search(format!("{}/sok", portal.home()), fields(session))
            }
            Portal::MinaSidor | Portal::Open => frame,
        };
        Self::around(frame, session.actor.clone(), fields(session), moment)
    }

    /// A setting put together from its parts.
    #[must_use]
    pub fn around(frame: Frame, actor: Actor, hidden: Hidden, moment: Moment) -> Self {
        let t = frame.texts();
        let frame = if moment.is_working {
            frame
        } else {
            frame.banner(work_is_down(t))
        };
        Self {
            t,
            now: moment.now,
            actor,
            hidden,
            frame,
        }
    }

    /// The frame with the page's title.
    #[must_use]
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        self.frame.clone().titled(title)
    }

    /// The person who reads.
    #[must_use]
    pub fn reader(&self) -> Option<PersonId> {
        self.actor.person()
    }

    /// Whether the reader has the function for anybody at all.
    #[must_use]
    pub fn has(&self, function: Function) -> bool {
        !Scope::of(&self.actor, function).organisations().is_empty()
    }
}

/// Whether an officer only reads: no function of theirs changes anything.
#[must_use]
pub fn only_reads(actor: &Actor) -> bool {
    let reading = [
        Function::ViewOwn,
        Function::ViewPerson,
        Function::SeeRekId,
        Function::ReadLog,
    ];
    let mut working = Function::iter().filter(|function| !reading.contains(function));
    let has = |function| !Scope::of(actor, function).organisations().is_empty();
    !working.any(has)
}

/// The hidden fields of one form, under a key of its own.
#[must_use]
pub fn fields(session: &Session) -> Hidden {
    Hidden::new(session.form().pairs())
}

/// The texts of a language.
#[must_use]
pub fn text(language: Language) -> Text {
    Text::of(match language {
        Language::Sv => Lang::Sv,
        Language::En => Lang::En,
    })
}

/// The page, with status 200.
///
/// # Errors
/// The template cannot be written: a fault of ours.
pub fn ok(page: &impl Template) -> Result<HttpResponse, Fault> {
    show(StatusCode::OK, page)
}

/// The page, with another status.
///
/// # Errors
/// As [`ok`].
pub fn show(status: StatusCode, page: &impl Template) -> Result<HttpResponse, Fault> {
    let html = page
        .render()
        .map_err(|error| Failure::Broken(error.to_string()))?;
    Ok(HttpResponse::build(status)
        .content_type(HTML)
        .body(dates::unbroken(&html)))
}

/// On to another page, after a form.
#[must_use]
pub fn see_other(address: impl AsRef<str>) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, address.as_ref()))
        .finish()
}

/// That nothing leaves the house just now.
#[must_use]
pub fn work_is_down(t: Text) -> Message {
    Message::warning(t.work_is_down_title(), t.work_is_down_text()).with_icon(Icon::Gear)
}

fn portal(portal: PortalName) -> Portal {
    match portal {
        PortalName::IdAdmin => Portal::IdAdmin,
        PortalName::MinaSidor => Portal::MinaSidor,
        PortalName::Servicedesk => Portal::Servicedesk,
    }
}

fn user(session: &Session) -> User {
    let loa = match session.loa {
        Loa::Loa2 => "LoA2",
        Loa::Loa3 => "LoA3",
    };
    let place = session.office.as_ref();
    let place = place.map_or_else(|| loa.to_owned(), |office| format!("{office} · {loa}"));
    User {
        name: session.name.full(),
        place: if session.portal == PortalName::MinaSidor {
            String::new()
        } else {
            place
        },
        log_out_action: format!("{}/logga-ut", session.portal.path()),
        log_out_fields: fields(session),
    }
}

/// Mina sidor has a menu of its own.
fn navigation(t: Text, session: &Session, path: &str) -> Vec<NavItem> {
    let item = |label: String, href: &str| NavItem::new(label, href, path == href);
    match session.portal {
        PortalName::IdAdmin => {
            let mut items = vec![item(t.nav_start(), "/id-admin")];
            if !only_reads(&session.actor) {
                items.extend([
                    item(t.worklist_unsigned(), "/id-admin/att-gora/ej-kvitterade"),
                    item(t.worklist_to_activate(), "/id-admin/att-gora/att-aktivera"),
                ]);
            }
            let operates = Scope::of(&session.actor, Function::OperateErrands);
            if !operates.organisations().is_empty() {
                items.push(item(t.nav_errands(), "/id-admin/utgaende"));
            }
            let reads = Scope::of(&session.actor, Function::ReadLog);
            if !reads.organisations().is_empty() {
                items.push(item(t.nav_night(), "/id-admin/nattkorning"));
                items.push(item(t.nav_log(), "/id-admin/handelser"));
            }
            let imports = Scope::of(&session.actor, Function::ImportDirectory);
            if !imports.organisations().is_empty() {
                items.push(item(t.nav_directory(), "/id-admin/katalog"));
            }
            items
        }
        PortalName::Servicedesk => vec![item(t.nav_calls(), "/servicedesk")],
        PortalName::MinaSidor => Vec::new(),
    }
}
