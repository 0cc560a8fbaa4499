//! The second person's confirmation: a stopped run goes on, or a known batch goes through.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::nightly::StopSheet;
use cards_app::{App, Call, Failure, Link as Db};
use cards_domain::access::{Function, Scope};
use cards_domain::ids::OrganisationId;
use cards_domain::refusal::Refusal;
use cards_http::{Fault, IdAdminSession, SignedForm};
use chrono::NaiveDate;
use serde::Deserialize;
use uuid::Uuid;

use super::super::released::ReleasedView;
use super::{ADDRESS, counted};
use crate::components::{Button, ErrorSummary, Field, Hidden, Icon, Link, Message};
use crate::layout::Frame;
use crate::pages::{Once, Reason, Setting, opened, sent};
use crate::text::Text;

const REASON: &str = "skal";

/// What is to be released: a stop, or a night beforehand.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in super::super) struct Asked {
    stopp: Option<String>,
    dag: Option<String>,
    organisation: Option<String>,
    skal: Option<String>,
}

/// The same, understood.
#[derive(Clone, Copy)]
enum Target {
    Stop(Uuid),
    Night(NaiveDate, Option<OrganisationId>),
}

impl Asked {
    fn target(&self) -> Option<Target> {
        if let Some(stop) = &self.stopp {
            return stop.parse().ok().map(Target::Stop);
        }
        let day = self.dag.as_deref()?.parse().ok()?;
        let of: Uuid = self.organisation.as_deref()?.parse().ok()?;
        let organisation = (!of.is_nil()).then_some(OrganisationId(of));
        Some(Target::Night(day, organisation))
    }

    fn reason(&self) -> Reason {
        Reason::of(self.skal.as_deref())
    }
}

impl Target {
    fn fields(self) -> Vec<(&'static str, String)> {
        match self {
            Self::Stop(id) => vec![("stopp", id.to_string())],
            Self::Night(day, organisation) => vec![
                ("dag", day.to_string()),
                (
                    "organisation",
                    organisation.map_or(Uuid::nil(), |id| id.0).to_string(),
                ),
            ],
        }
    }

    fn read(self, app: &App, link: &mut Db, call: &Call) -> Result<StopSheet, Failure> {
        match self {
            Self::Stop(id) => app.stop_to_release(link, call, id),
            Self::Night(day, organisation) => app.stop_to_expect(link, call, (day, organisation)),
        }
    }

    fn release(self, app: &App, link: &mut Db, call: &Call, reason: &str) -> Result<(), Failure> {
        match self {
            Self::Stop(id) => app.release_stop(link, call, id, reason).map(drop),
            Self::Night(day, organisation) => app
                .release_beforehand(link, call, (day, organisation), reason)
                .map(drop),
        }
    }
}

#[derive(Template)]
#[template(path = "id_admin/nightly_release.html")]
pub(in super::super) struct ReleaseView {
    frame: Frame,
    t: Text,
    errors: ErrorSummary,
    hidden: Hidden,
    action: String,
    means: String,
    consequences: Vec<(Icon, String)>,
    reason: Field,
    release: Button,
    back: Link,
}

/// Nobody learns from a missing page what there is to release.
fn known(call: &Call, asked: &Asked) -> Result<Target, Failure> {
    let scope = Scope::of(&call.actor, Function::ReleaseSafetyStop);
    if scope.organisations().is_empty() {
        return Err(Failure::Refused(Refusal::NotYourRole));
    }
    asked.target().ok_or(Failure::NotFound)
}

impl Once for Asked {
    type Said = String;
    type Sheet = StopSheet;
    type Over = ReleasedView;
    type Form = ReleaseView;

    fn said(&self) -> Option<String> {
        self.reason().given().map(str::to_owned)
    }

    fn may(&self, app: &App, link: &mut Db, call: &Call) -> Result<(), Failure> {
        let known = known(call, self);
        if let Err(Failure::Refused(refusal)) = &known {
            app.ledger
                .note_refused_edit(link, call, "safety_stop", refusal)?;
        }
        known.map(drop)
    }

    fn act(&self, app: &App, link: &mut Db, call: &Call, reason: String) -> Result<(), Failure> {
        known(call, self)?.release(app, link, call, &reason)
    }

    fn read(&self, app: &App, link: &mut Db, call: &Call) -> Result<Self::Sheet, Failure> {
        known(call, self)?.read(app, link, call)
    }

    fn done(&self) -> String {
        ADDRESS.to_owned()
    }

    fn over(&self, s: &Setting, sheet: &StopSheet) -> Option<ReleasedView> {
        let is_released = sheet.stop.released_at.is_some();
        is_released.then(|| released_view(s, sheet))
    }

    fn form(&self, s: &Setting, sheet: &StopSheet, again: bool) -> ReleaseView {
        let fields = self.target().map(Target::fields).unwrap_or_default();
        let reason = self.reason();
        let wrong = again.then(|| reason.wrong(s.t, s.t.night_release_reason_missing()));
        view(s, fields, sheet, wrong)
    }
}

/// `GET /id-admin/nattkorning/slapp`: what is about to be released.
pub(in super::super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Fault> {
    opened((&request, &*session), &app, asked.into_inner()).await
}

/// `POST /id-admin/nattkorning/slapp`.
pub(in super::super) async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    form: SignedForm<Asked>,
) -> Result<HttpResponse, Fault> {
    let call = session.call(Some(form.fingerprint));
    sent((&request, &*session), &app, form.fields, call).await
}

/// A stop that has been released already, by the reader or somebody else.
pub(in super::super) fn released_view(s: &Setting, sheet: &StopSheet) -> ReleasedView {
    let t = s.t;
    let panel = super::stop(t, sheet);
    let mut lines = panel.lines.into_iter();
    let first = Message::info(t.night_released(), lines.next().unwrap_or_default());
    let message = lines.fold(first, Message::and);
    let back = Link::new(t.night_to_the_page(), ADDRESS);
    ReleasedView::new(s, panel.title, message, back)
}

pub(in super::super) fn view(
    s: &Setting,
    fields: Vec<(&'static str, String)>,
    sheet: &StopSheet,
    wrong: Option<(&str, String)>,
) -> ReleaseView {
    let (typed, error) = wrong.unzip();
    let t = s.t;
    let stop = &sheet.stop;
    let is_stopped = stop.stopped_at.is_some();
    let title = match &sheet.organisation {
        Some(organisation) => t.night_release_title(organisation, stop.count),
        None => t.night_release_title_all(stop.count),
    };
    let hidden = fields
        .into_iter()
        .fold(s.hidden.clone(), |hidden, (name, value)| {
            hidden.and(name, value)
        });
    let (means, yes) = if is_stopped {
        (t.night_release_means(), t.night_release_yes())
    } else {
        (
            t.night_release_beforehand_means(t.close_day(stop.day)),
            t.night_release_yes_beforehand(),
        )
    };
    ReleaseView {
        frame: s.frame(title),
        t,
        errors: ErrorSummary::new(t, error.clone().map(|text| (REASON, text))),
        hidden,
        action: format!("{ADDRESS}/slapp"),
        means,
        consequences: consequences(t, sheet),
        reason: Field::lines(t, REASON, t.night_release_reason(), 3)
            .hint(t.night_release_reason_hint())
            .value(typed.unwrap_or_default())
            .error(error),
        release: Button::submit(yes).large().irreversible(),
        back: Link::new(t.night_release_no(), ADDRESS),
    }
}

fn consequences(t: Text, sheet: &StopSheet) -> Vec<(Icon, String)> {
    let counts = counted(t, sheet).into_iter();
    let mut lines: Vec<_> = counts.map(|line| (Icon::Card, line)).collect();
    lines.push((Icon::Ban, t.night_release_final()));
    if sheet.stop.stopped_at.is_some() {
        lines.push((Icon::Arrows, t.night_release_now()));
    }
    lines.push((Icon::Envelope, t.night_release_mail()));
    lines
}
