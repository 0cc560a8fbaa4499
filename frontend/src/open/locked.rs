//! *Mitt kort är låst*: how to open a locked card, told by its product number to whoever asks,
//! without log-in. First of all it tells a locked card from a lost one, since only the latter is
//! revoked, and that for good.

mod answer;
mod pages;
mod parts;
#[cfg(test)]
mod tests;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use cards_app::App;
use cards_domain::values::ProductNumber;
use cards_http::Fault;
use serde::Deserialize;

use super::{Configured, Servicedesk};
use crate::components::Link;
use crate::layout::{Frame, NavItem, Portal};
use crate::pages::{ask, ok, show};

pub(super) use parts::Around;

/// The page's address. What is known of the card follows as a query: no personal data.
pub const ADDRESS: &str = "/mitt-kort-ar-last";
/// For whoever has lost the card.
pub const LOST: &str = "/mitt-kort-ar-last?vad=borttappat";
/// The card offices with their hours.
pub const OFFICES: &str = "/mitt-kort-ar-last?vad=kontor";

/// A number that begins with none of the digits that mean something.
const ANOTHER: &str = "000";

/// The query: what was answered so far.
#[derive(Clone, Debug, Default, Deserialize)]
struct Asked {
    nummer: Option<String>,
    vad: Option<String>,
    visa: Option<String>,
}

/// What is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    /// The questions.
    Questions,
    /// The questions, since the form came without an answer.
    Unanswered,
    /// The questions, since what was answered is no product number.
    Unreadable,
    /// What to do with a card of this number.
    Answer(Number),
    /// Where the number is to be found, and whom to ask.
    Unsure,
    /// What to do with a lost card.
    Lost,
    /// The card offices.
    Offices,
}

/// What is known of the product number.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Number {
    /// All of it.
    Whole(ProductNumber),
    /// What it begins with; kept as a number with zeros after it.
    First(ProductNumber),
    /// There is none.
    Missing,
    /// It begins with no known digit.
    Another(ProductNumber),
}

impl Number {
    fn product_number(&self) -> Option<&ProductNumber> {
        match self {
            Self::Whole(number) | Self::First(number) | Self::Another(number) => Some(number),
            Self::Missing => None,
        }
    }
}

impl Asked {
    fn wanted(&self) -> Wanted {
        match (self.vad.as_deref(), self.nummer.as_deref()) {
            (Some("borttappat"), _) => Wanted::Lost,
            (Some("kontor"), _) => Wanted::Offices,
            (_, None) if self.visa.is_some() => Wanted::Unanswered,
            (_, None) => Wanted::Questions,
            (_, Some("osaker")) => Wanted::Unsure,
            (_, Some(said)) => number(said).map_or(Wanted::Unreadable, Wanted::Answer),
        }
    }
}

/// The answer to the question of the product number: the words of the form, a first digit, or
/// all three digits.
fn number(said: &str) -> Option<Number> {
    let said = said.trim();
    match said {
        "inget" => Some(Number::Missing),
        "annan" => ProductNumber::parse(ANOTHER).ok().map(Number::Another),
        _ if said.len() == 1 => {
            let number = ProductNumber::parse(&format!("{said}00")).ok();
            number.map(Number::First)
        }
        _ => ProductNumber::parse(said).ok().map(Number::Whole),
    }
}

/// `GET /mitt-kort-ar-last`: the questions, or what was asked for. The advice stands even when the
/// database is away, only without the offices.
///
/// # Errors
/// The page cannot be rendered.
pub async fn get(
    request: HttpRequest,
    app: web::Data<App>,
    phone: Configured,
) -> Result<HttpResponse, Fault> {
    let asked = web::Query::<Asked>::from_query(request.query_string());
    let wanted = asked.map_or(Wanted::Unreadable, |asked| asked.wanted());
    let frame = dressed(super::frame(&request, Portal::MinaSidor));
    let servicedesk = Servicedesk::configured(frame.texts(), &phone);
    match &wanted {
        Wanted::Questions => ok(&pages::questions(frame, None)),
        Wanted::Unanswered | Wanted::Unreadable => {
            let error = pages::error(frame.texts(), wanted == Wanted::Unreadable);
            let page = pages::questions(frame, Some(error));
            show(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Wanted::Unsure => ok(&pages::unsure(frame)),
        Wanted::Answer(number) => {
            let around = around(&app).await;
            ok(&answer::view(frame, number, &around, servicedesk))
        }
        Wanted::Lost => ok(&pages::lost(frame, &around(&app).await, servicedesk)),
        Wanted::Offices => ok(&pages::offices(frame, &around(&app).await, servicedesk)),
    }
}

/// The offices and the time, or nothing when the database is away.
async fn around(app: &App) -> Option<Around> {
    let asked = ask(app, |_, link| Ok(link.offices()?)).await.ok();
    asked.map(|(offices, moment)| Around {
        offices,
        now: moment.now,
    })
}

/// The frame of Mina sidor for whoever is not logged in.
pub(super) fn dressed(frame: Frame) -> Frame {
    let t = frame.texts();
    let home = Portal::MinaSidor.home();
    frame
        .entrance(Link::new(t.locked_log_in(), home))
        .nav(vec![
            NavItem::new(t.locked_to_start(), "/", false),
            NavItem::new(t.locked_lost_log_in(), home, false),
        ])
        .contact(Link::new(t.locked_offices_link(), OFFICES))
}
