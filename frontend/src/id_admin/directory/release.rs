//! The second person's confirmation: the persons whom a feed no longer held are ended.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::import::EndingSheet;
use cards_app::{App, Call, Failure, Link as Db};
use cards_http::{Fault, IdAdminSession, SignedForm};
use serde::Deserialize;
use uuid::Uuid;

use super::{ADDRESS, preview, tables};
use crate::components::{Button, ErrorSummary, Field, Hidden, Icon, Link, Message, Table};
use crate::id_admin::released::ReleasedView;
use crate::layout::Frame;
use crate::pages::{Once, Reason, Setting, opened, sent};
use crate::text::Text;

const REASON: &str = "skal";

#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::id_admin) struct Given {
    skal: Option<String>,
}

impl Given {
    fn reason(&self) -> Reason {
        Reason::of(self.skal.as_deref())
    }
}

#[derive(Template)]
#[template(path = "id_admin/directory_release.html")]
pub(in crate::id_admin) struct ReleaseView {
    frame: Frame,
    t: Text,
    errors: ErrorSummary,
    means: String,
    consequences: Vec<(Icon, String)>,
    own: Option<Message>,
    first: Option<Table>,
    hidden: Hidden,
    action: String,
    reason: Field,
    release: Button,
    back: Link,
}

/// The stop and the reason to release it.
#[derive(Clone)]
struct Ending {
    id: Uuid,
    given: Given,
}

impl Once for Ending {
    type Said = String;
    type Sheet = EndingSheet;
    type Over = ReleasedView;
    type Form = ReleaseView;

    fn said(&self) -> Option<String> {
        self.given.reason().given().map(str::to_owned)
    }

    fn act(&self, app: &App, link: &mut Db, call: &Call, reason: String) -> Result<(), Failure> {
        app.release_ending(link, call, self.id, &reason)
    }

    fn read(&self, app: &App, link: &mut Db, call: &Call) -> Result<Self::Sheet, Failure> {
        app.ending_to_release(link, call, self.id)
    }

    fn done(&self) -> String {
        ADDRESS.to_owned()
    }

    fn over(&self, s: &Setting, sheet: &EndingSheet) -> Option<ReleasedView> {
        over_view(s, sheet)
    }

    fn form(&self, s: &Setting, sheet: &EndingSheet, again: bool) -> ReleaseView {
        let reason = self.given.reason();
        let wrong = again.then(|| reason.wrong(s.t, s.t.dir_release_reason_missing()));
        view(s, sheet, wrong)
    }
}

/// `GET /id-admin/katalog/stopp/{id}`.
pub(in crate::id_admin) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Fault> {
    let given = Given::default();
    opened((&request, &*session), &app, Ending { id: *id, given }).await
}

/// `POST /id-admin/katalog/stopp/{id}`.
pub(in crate::id_admin) async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<Uuid>,
    form: SignedForm<Given>,
) -> Result<HttpResponse, Fault> {
    let call = session.call(Some(form.fingerprint));
    let given = form.fields;
    sent((&request, &*session), &app, Ending { id: *id, given }, call).await
}

/// A stop that waits for nobody any more: it has been released, or a newer file came.
pub(in crate::id_admin) fn over_view(s: &Setting, sheet: &EndingSheet) -> Option<ReleasedView> {
    let t = s.t;
    let stop = &sheet.stop;
    let message = match (stop.released_at, stop.replaced_at) {
        (Some(at), _) => {
            let who = sheet.released_by.clone();
            let who = who.unwrap_or_else(|| t.night_somebody());
            let said = t.dir_stop_released(t.day_and_clock(at), who);
            let message = Message::info(t.night_released(), said);
            let reason = stop.reason.as_ref();
            reason
                .map(|reason| t.night_stop_reason(reason))
                .into_iter()
                .fold(message, Message::and)
        }
        (None, Some(at)) => Message::info(
            t.dir_stop_replaced(),
            t.dir_stop_replaced_at(t.day_and_clock(at)),
        ),
        (None, None) => return None,
    };
    let title = t.dir_stop_of(&sheet.organisation, stop.would_end);
    let back = Link::new(t.dir_back(), ADDRESS);
    Some(ReleasedView::new(s, title, message, back))
}

pub(in crate::id_admin) fn view(
    s: &Setting,
    sheet: &EndingSheet,
    wrong: Option<(&str, String)>,
) -> ReleaseView {
    let (typed, error) = wrong.unzip();
    let t = s.t;
    let stop = &sheet.stop;
    ReleaseView {
        frame: s.frame(t.dir_release_title(stop.would_end, &sheet.organisation)),
        t,
        errors: ErrorSummary::new(t, error.clone().map(|text| (REASON, text))),
        means: format!(
            "{} {}",
            preview::why_stopped(t, stop.reason_to_stop()),
            t.dir_stop_of_live(stop.would_end, stop.live)
        ),
        consequences: vec![
            (Icon::Person, t.dir_release_means(t.day(stop.last_day))),
            (Icon::Card, t.dir_release_cards()),
        ],
        own: sheet
            .is_own
            .then(|| Message::warning(t.dir_stops(), t.dir_stop_own())),
        first: tables::leaving(t, t.dir_leaving_first(), (&sheet.first, sheet.first_hidden)),
        hidden: s.hidden.clone(),
        action: format!("{ADDRESS}/stopp/{}", stop.id),
        reason: Field::lines(t, REASON, t.dir_release_reason(), 3)
            .hint(t.dir_release_reason_hint())
            .value(typed.unwrap_or_default())
            .error(error),
        release: Button::submit(t.dir_release_yes()).large().irreversible(),
        back: Link::new(t.dir_release_no(), ADDRESS),
    }
}
