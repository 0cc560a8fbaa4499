//! The entrance of a portal for whoever is not logged in: what is needed, and one button.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cards_http::Fault;

use super::locked;
use crate::components::{Button, Link};
use crate::layout::{Frame, Portal};
use crate::pages;
use crate::text::Text;

#[derive(Template)]
#[template(path = "open/log_in.html")]
pub(super) struct LogInPage {
    frame: Frame,
    t: Text,
    title: String,
    lead: String,
    needs: Vec<String>,
    button: Button,
    other: String,
    locked: Link,
    to_start: Link,
}

/// What a portal's start answers when the session is missing: the page to log in, with status
/// 200. Every other fault stays what it is.
///
/// # Errors
/// The fault, when it is about something else than a missing session.
pub fn entrance(
    request: &HttpRequest,
    portal: Portal,
    fault: Fault,
) -> Result<HttpResponse, Fault> {
    match fault {
        Fault::Elsewhere(log_in) => {
            pages::ok(&view(super::frame(request, Portal::Open), portal, &log_in))
        }
        Fault::Notice(_) => Err(fault),
    }
}

/// The page for the portal; `log_in` is where the log-in begins.
pub(super) fn view(frame: Frame, portal: Portal, log_in: &str) -> LogInPage {
    let t = frame.texts();
    let (title, lead, needs, other) = match portal {
        Portal::MinaSidor => (
            t.open_log_in_holder(),
            t.open_log_in_holder_lead(),
            vec![t.open_need_eid(), t.open_need_level_to_sign()],
            t.open_other_holder(),
        ),
        Portal::Servicedesk => (
            t.open_log_in_servicedesk(),
            t.open_log_in_servicedesk_lead(),
            vec![t.open_need_card(), t.open_need_servicedesk()],
            t.open_other_officer(),
        ),
        Portal::IdAdmin | Portal::Open => (
            t.open_log_in_officer(),
            t.open_log_in_officer_lead(),
            vec![t.open_need_card(), t.open_need_appointment()],
            t.open_other_officer(),
        ),
    };
    LogInPage {
        frame: frame.titled(title.as_str()),
        t,
        title,
        lead,
        needs,
        button: Button::link(t.open_log_in(), log_in).large(),
        other,
        locked: Link::new(t.locked_link(), locked::ADDRESS),
        to_start: Link::new(t.to_the_start(), "/"),
    }
}
