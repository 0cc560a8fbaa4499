//! The servicedesk's start: the search and the first question of every call.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_http::{Fault, ServicedeskSession};

use super::person::triage;
use crate::components::{Message, SearchBand};
use crate::layout::{Frame, Portal};
use crate::open::entrance;
use crate::pages::{Setting, ask, ok};
use crate::text::Text;

#[derive(Template)]
#[template(path = "servicedesk/start.html")]
pub(super) struct StartView {
    frame: Frame,
    t: Text,
    search: SearchBand,
    triage: Message,
}

/// `GET /servicedesk`: the start, or for whoever is not logged in the way to log in.
pub(super) async fn show(
    request: HttpRequest,
    session: Result<ServicedeskSession, Fault>,
    app: web::Data<App>,
) -> Result<HttpResponse, Fault> {
    let session = match session {
        Ok(session) => session,
        Err(fault) => return entrance(&request, Portal::Servicedesk, fault),
    };
    let ((), moment) = ask(&app, |_, _| Ok(())).await?;
    ok(&view(&Setting::new(&session, &request, moment)))
}

pub(super) fn view(s: &Setting) -> StartView {
    let t = s.t;
    StartView {
        frame: s.frame(t.nav_calls()).without_search(),
        t,
        search: SearchBand::new(t, t.sd_who_calls(), "/servicedesk/sok", s.hidden.clone()),
        triage: triage(t),
    }
}
