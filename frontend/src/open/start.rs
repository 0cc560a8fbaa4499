//! The start: what this is, and the three ways in.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cards_http::Fault;

use super::{card_test, locked};
use crate::components::Link;
use crate::demo::Desk;
use crate::layout::{Frame, Portal};
use crate::pages;
use crate::text::Text;

/// A portal to choose.
struct Way {
    id: &'static str,
    title: String,
    text: String,
    href: &'static str,
}

#[derive(Template)]
#[template(path = "open/start.html")]
pub(super) struct StartPage {
    frame: Frame,
    t: Text,
    ways: [Way; 3],
    locked: Link,
    lost: Link,
    test: Link,
    is_demonstration: bool,
}

/// `GET /`. In the demonstration, which alone has a desk, the page leads to that as well.
///
/// # Errors
/// The page cannot be rendered.
pub async fn get(request: HttpRequest, desk: Option<Desk>) -> Result<HttpResponse, Fault> {
    pages::ok(&view(super::frame(&request, Portal::Open), desk.is_some()))
}

/// The page.
pub(super) fn view(frame: Frame, is_demonstration: bool) -> StartPage {
    let t = frame.texts();
    let way = |id, title, text, portal: Portal| Way {
        id,
        title,
        text,
        href: portal.home(),
    };
    let ways = [
        way(
            "mina-sidor",
            t.portal_mina_sidor(),
            t.open_way_holder(),
            Portal::MinaSidor,
        ),
        way(
            "id-admin",
            t.portal_id_admin(),
            t.open_way_officer(),
            Portal::IdAdmin,
        ),
        way(
            "servicedesk",
            t.portal_servicedesk(),
            t.open_way_servicedesk(),
            Portal::Servicedesk,
        ),
    ];
    StartPage {
        frame: frame.titled(t.open_title()),
        t,
        ways,
        locked: Link::new(t.locked_link(), locked::ADDRESS),
        lost: Link::new(t.locked_lost_link(), locked::LOST),
        test: Link::new(t.test_link(), card_test::ADDRESS),
        is_demonstration,
    }
}
