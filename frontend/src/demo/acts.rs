//! What moves the demonstration: its clock and the manufacturer's switches.

use actix_web::http::header::ORIGIN;
use actix_web::{HttpRequest, HttpResponse, web};
use cards_app::Failure;
use cards_http::{Fault, Notice, Site};
use chrono::TimeDelta;
use serde::Deserialize;

use super::{DemoDesk, Desk, Factory};
use crate::pages;

/// No button moves the clock further.
const LONGEST_DAYS: i64 = 366;

/// How far the clock is to move.
#[derive(Debug, Deserialize)]
pub(super) struct ClockForm {
    dagar: Option<i64>,
    timmar: Option<i64>,
}

/// What the manufacturer is to do.
#[derive(Debug, Deserialize)]
pub(super) struct FactoryForm {
    gor: Act,
}

/// The buttons.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Act {
    Skynda,
    Pausa,
    Fortsatt,
    Misslyckas,
    Tappa,
}

/// `POST /demo/klockan`.
pub(super) async fn clock(
    request: HttpRequest,
    site: web::Data<Site>,
    desk: Desk,
    form: web::Form<ClockForm>,
) -> Result<HttpResponse, Fault> {
    from_here(&request, &site.origin())?;
    let by = length(&form).ok_or(Notice::UnreadableForm)?;
    super::ask(desk, move |desk| {
        desk.advance(by);
        Ok(())
    })
    .await?;
    Ok(pages::see_other("/demo#klockan"))
}

/// Forward only: a clock that goes back would contradict the log.
fn length(form: &ClockForm) -> Option<TimeDelta> {
    let days = form.dagar.unwrap_or_default();
    let hours = form.timmar.unwrap_or_default();
    let is_fit = (0..=LONGEST_DAYS).contains(&days) && (0..=24).contains(&hours);
    let by = TimeDelta::try_days(days)?.checked_add(&TimeDelta::try_hours(hours)?)?;
    (is_fit && by > TimeDelta::zero()).then_some(by)
}

/// `POST /demo/tillverkaren`.
pub(super) async fn factory(
    request: HttpRequest,
    site: web::Data<Site>,
    desk: Desk,
    form: web::Form<FactoryForm>,
) -> Result<HttpResponse, Fault> {
    from_here(&request, &site.origin())?;
    let act = form.gor;
    super::ask(desk, move |desk| done(desk, act)).await?;
    Ok(pages::see_other("/demo#tillverkaren"))
}

fn done(desk: &dyn DemoDesk, act: Act) -> Result<(), Failure> {
    let factory = desk.factory()?;
    let after = match act {
        Act::Skynda => return desk.hurry(),
        Act::Pausa => Factory { is_paused: true, ..factory },
        Act::Fortsatt => Factory { is_paused: false, ..factory },
        Act::Misslyckas => Factory { fail_next: factory.fail_next.saturating_add(1), ..factory },
        Act::Tappa => Factory { lose_next: factory.lose_next.saturating_add(1), ..factory },
    };
    desk.set_factory(after)
}

/// These forms belong to no session, so the sender's address is their one protection.
pub(super) fn from_here(request: &HttpRequest, origin: &str) -> Result<(), Fault> {
    let sender = request.headers().get(ORIGIN).and_then(|value| value.to_str().ok());
    if sender == Some(origin) { Ok(()) } else { Err(Notice::ForeignForm.into()) }
}
