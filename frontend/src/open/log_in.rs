//! The entrance of a portal for whoever is not logged in: what is needed, and one button.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::sessions::SessionEnd;
use cards_http::{EndedSession, Fault, Site};

use super::{card_test, locked};
use crate::components::{Button, Icon, Link, Message};
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
    out: Option<Message>,
    needs: Vec<String>,
    button: Button,
    /// Only where people can log in with the card itself.
    with_card: Option<Button>,
    other: String,
    locked: Link,
    lost: Link,
    test: Link,
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
            let ended = EndedSession::of(request);
            let frame = super::frame(request, Portal::Open);
            let site = request.app_data::<web::Data<Site>>();
            let takes_cards = site.is_some_and(|site| site.has_card_log_in());
            pages::ok(&view(frame, portal, (&log_in, takes_cards), ended))
        }
        Fault::Notice(_) => Err(fault),
    }
}

/// Why somebody who was logged in is so no longer. Whoever logged out knows.
fn out(t: Text, ended: EndedSession) -> Option<Message> {
    let title = match ended.why {
        SessionEnd::Idle => t.open_out_idle(ended.idle_minutes),
        SessionEnd::TooLong => t.open_out_too_long(),
        SessionEnd::LoggedOut => return None,
    };
    Some(Message::info(title, t.open_out_means()).with_icon(Icon::Clock))
}

/// The same way in, with the card instead.
fn with_card(t: Text, log_in: &str) -> Button {
    let address = log_in.replacen("/logga-in", "/logga-in/kort", 1);
    Button::link(t.open_log_in_card(), address)
        .large()
        .secondary()
}

/// The page for the portal; `log_in` is where the log-in begins, and whether it can be done with the
/// card, too; `ended` is the session that the browser had.
pub(super) fn view(
    frame: Frame,
    portal: Portal,
    (log_in, takes_cards): (&str, bool),
    ended: Option<EndedSession>,
) -> LogInPage {
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
        out: ended.and_then(|ended| out(t, ended)),
        needs,
        button: Button::link(t.open_log_in(), log_in).large(),
        with_card: takes_cards.then(|| with_card(t, log_in)),
        other,
        locked: Link::new(t.locked_link(), locked::ADDRESS),
        lost: Link::new(t.locked_lost_link(), locked::LOST),
        test: Link::new(t.test_link(), card_test::ADDRESS),
        to_start: Link::new(t.to_the_start(), "/"),
    }
}
