//! What moves the demonstration: its clock and the manufacturer's switches.

use actix_web::http::header::ORIGIN;
use actix_web::{HttpRequest, HttpResponse, web};
use cards_app::Failure;
use cards_http::{Fault, Notice, Site};
use chrono::TimeDelta;
use strum::EnumString;

use super::{DemoDesk, Desk, Factory};
use crate::pages;

/// No button moves the clock further.
const LONGEST_DAYS: i64 = 366;

/// The field that says how far the clock was moved when the page was shown, in microseconds: one
/// page moves it once.
pub(super) const SEEN: &str = "sedd";

/// The manufacturer's buttons.
#[derive(Clone, Copy, Debug, EnumString)]
#[strum(serialize_all = "lowercase")]
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
    form: String,
) -> Result<HttpResponse, Fault> {
    from_here(&request, &site.origin())?;
    let (from, by) = seen(&form)
        .zip(length(&form))
        .ok_or(Notice::UnreadableForm)?;
    // Sent twice, or from a page that stood open while somebody else moved the clock: it has been
    // moved, and the page says what time it is.
    super::ask(desk, move |desk| Ok(desk.advance(from, by))).await?;
    Ok(pages::see_other("/demo#klockan"))
}

/// How far the clock was moved when the page was shown.
fn seen(form: &str) -> Option<TimeDelta> {
    let micros = field(form, SEEN)?.parse().ok()?;
    Some(TimeDelta::microseconds(micros))
}

/// Forward only: a clock that goes back would contradict the log.
fn length(form: &str) -> Option<TimeDelta> {
    let number = |name| field(form, name).map_or(Some(0_i64), |text| text.parse().ok());
    let (days, hours) = (number("dagar")?, number("timmar")?);
    let is_fit = (0..=LONGEST_DAYS).contains(&days) && (0..=24).contains(&hours);
    let by = TimeDelta::try_days(days)?.checked_add(&TimeDelta::try_hours(hours)?)?;
    (is_fit && by > TimeDelta::zero()).then_some(by)
}

/// `POST /demo/tillverkaren`.
pub(super) async fn factory(
    request: HttpRequest,
    site: web::Data<Site>,
    desk: Desk,
    form: String,
) -> Result<HttpResponse, Fault> {
    from_here(&request, &site.origin())?;
    let act: Act = field(&form, "gor")
        .and_then(|act| act.parse().ok())
        .ok_or(Notice::UnreadableForm)?;
    super::ask(desk, move |desk| done(desk, act)).await?;
    Ok(pages::see_other("/demo#tillverkaren"))
}

fn done(desk: &dyn DemoDesk, act: Act) -> Result<(), Failure> {
    let factory = desk.factory()?;
    let after = match act {
        Act::Skynda => return desk.hurry(),
        Act::Pausa => Factory {
            is_paused: true,
            ..factory
        },
        Act::Fortsatt => Factory {
            is_paused: false,
            ..factory
        },
        Act::Misslyckas => Factory {
            fail_next: factory.fail_next.saturating_add(1),
            ..factory
        },
        Act::Tappa => Factory {
            lose_next: factory.lose_next.saturating_add(1),
            ..factory
        },
    };
    desk.set_factory(after)
}

fn field(form: &str, name: &str) -> Option<String> {
    let mut pairs = url::form_urlencoded::parse(form.as_bytes());
    pairs
        .find(|(given, _)| given == name)
        .map(|(_, value)| value.into_owned())
}

/// These forms belong to no session, so the sender's address is their one protection.
pub(super) fn from_here(request: &HttpRequest, origin: &str) -> Result<(), Fault> {
    let sender = request
        .headers()
        .get(ORIGIN)
        .and_then(|value| value.to_str().ok());
    if sender == Some(origin) {
        Ok(())
    } else {
        Err(Notice::ForeignForm.into())
    }
}
