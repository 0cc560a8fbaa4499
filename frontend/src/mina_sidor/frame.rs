//! What surrounds every page of Mina sidor: its menu, and where to ask, in the same place always.

use actix_web::HttpRequest;
use cards_http::Session;

use crate::components::Link;
use crate::layout::{Frame, NavItem};
use crate::pages::{Moment, Setting};
use crate::text::Text;

const START: &str = "/mina-sidor";
const LOOKS: &str = "/mina-sidor/vem-har-tittat";
const CONTACT: &str = "/mina-sidor/kontakt";

/// The frame of a page of the session; the page sets its title.
pub(super) fn frame(request: &HttpRequest, session: &Session, moment: Moment) -> Frame {
    let frame = Setting::new(session, request, moment).frame("");
    dressed(frame, request.path())
}

/// The frame with the menu of Mina sidor; `here` is the page's path.
pub(crate) fn dressed(frame: Frame, here: &str) -> Frame {
    let t = frame.texts();
    frame
        .nav(nav(t, here))
        .contact(Link::new(t.ms_nav_contact(), CONTACT))
}

fn nav(t: Text, here: &str) -> Vec<NavItem> {
    vec![
        NavItem::new(t.ms_nav_start(), START, here == START),
        NavItem::new(t.ms_nav_looks(), LOOKS, here == LOOKS),
    ]
}
