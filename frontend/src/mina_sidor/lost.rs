//! *Jag har tappat mitt kort*: first whether it is only locked, then what has happened, then the
//! last four digits. It works at level 2 and before the card is activated, and only for one's own
//! card: anybody else's does not exist.

mod case;
mod confirm;
mod duties;

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cards_app::App;
use cards_app::queries::LossPage;
use cards_domain::card::CardStageName;
use cards_domain::ids::CardId;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::refusal::Refusal;
use cards_http::{Fault, HolderSession};

use super::start::HOME;
use super::{frame, start};
use crate::components::{Button, Choices, ErrorSummary, Link, Message, MyCard};
use crate::layout::Frame;
use crate::loss::asked::{self, REASON};
use crate::loss::question::unlock_address;
use crate::loss::reasons::Reasons;
use crate::loss::{Asked, Faults, Teller, case_address, fault_at, newest_case, question_address};
use crate::pages::{Moment, Setting, ask, ok, show as show_with};
use crate::refusals;
use crate::text::Text;

pub(super) use duties::{left, reported};

/// Adds the pages.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/mina-sidor/kort/{id}/tappat", web::get().to(show))
        .route(
            "/mina-sidor/kort/{id}/tappat/bekrafta",
            web::get().to(confirm::show),
        )
        .route(
            "/mina-sidor/kort/{id}/tappat/bekrafta",
            web::post().to(confirm::send),
        )
        .route("/mina-sidor/sparr/{id}", web::get().to(case::show))
        .route("/mina-sidor/sparr/{id}/steg", web::post().to(case::send));
}

/// A page of the session, with the menu of Mina sidor.
struct Scene {
    s: Setting,
    path: String,
}

impl Scene {
    fn new(session: &HolderSession, request: &HttpRequest, moment: Moment) -> Self {
        Self {
            s: Setting::new(session, request, moment),
            path: request.path().to_owned(),
        }
    }

    fn frame(&self, title: impl Into<String>) -> Frame {
        frame::dressed(self.s.frame(title), &self.path)
    }
}

#[derive(Template)]
#[template(path = "mina_sidor/lost.html")]
struct LostView {
    frame: Frame,
    t: Text,
    back: Link,
    errors: ErrorSummary,
    lead: Option<String>,
    card: MyCard,
    first: Option<Message>,
    refusal: Option<Message>,
    form: Option<Form>,
}

struct Form {
    action: String,
    reasons: Reasons,
    has_id: Choices,
    go: Button,
}

async fn show(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.loss_page(link, &call, id)).await?;
    let scene = Scene::new(&session, &request, moment);
    match &page.verdict {
        Ok(()) => ok(&view(&scene, &page, &asked, &Faults::new())),
        Err(refusal) => refused(&scene, &page, refusal),
    }
}

/// The page of a card that cannot be revoked; a case that there is leads on.
fn refused(scene: &Scene, page: &LossPage, refusal: &Refusal) -> Result<HttpResponse, Fault> {
    show_with(StatusCode::CONFLICT, &refused_view(scene, page, refusal))
}

fn refused_view(scene: &Scene, page: &LossPage, refusal: &Refusal) -> LostView {
    let t = scene.s.t;
    let title = if *refusal == Refusal::CardRevoked {
        t.loss_my_already_title()
    } else {
        t.loss_cannot_title()
    };
    let message = refusals::message(t, refusal).alert();
    let case = newest_case(page).map(|case| case_address(HOME, case));
    LostView {
        refusal: Some(match case {
            Some(case) => message.link(Link::new(t.loss_my_to_case(), case)),
            None => message,
        }),
        ..around(scene, page, title)
    }
}

fn view(scene: &Scene, page: &LossPage, asked: &Asked, faults: &[(String, String)]) -> LostView {
    let t = scene.s.t;
    let home = question_address(HOME, &page.card);
    LostView {
        lead: Some(t.loss_my_lead()),
        errors: ErrorSummary::new(t, faults.iter().cloned()),
        first: first(t, page),
        form: Some(Form {
            action: format!("{home}/bekrafta"),
            reasons: Reasons::new(t, Teller::Holder, &asked.orsak, fault_at(faults, REASON)),
            has_id: asked::has_id(t, Teller::Holder, &asked.id),
            go: Button::submit(t.loss_continue()).large().full(),
        }),
        ..around(scene, page, t.loss_my_title())
    }
}

fn around(scene: &Scene, page: &LossPage, title: String) -> LostView {
    let t = scene.s.t;
    let number = page.card.card.number.as_ref();
    let number = number.map(|number| number.short()).unwrap_or_default();
    LostView {
        frame: scene.frame(title),
        t,
        back: Link::new(t.ms_open_card(number), start::card_address(&page.card)),
        errors: ErrorSummary::new(t, Faults::new()),
        lead: None,
        card: picture(t, page),
        first: None,
        refusal: None,
        form: None,
    }
}

/// The card in its state, with its number.
fn picture(t: Text, page: &LossPage) -> MyCard {
    let facts = start::numbers(t, &page.card);
    let note = String::new();
    start::picture(t, &page.card, note).facts(crate::components::Facts::new(facts))
}

/// What must be asked before anything irreversible.
fn first(t: Text, page: &LossPage) -> Option<Message> {
    let sheet = &page.card;
    match sheet.card.stage() {
        CardStageName::Sent => {
            let to = format!("{}/inte-kommit", start::card_address(sheet));
            let message = Message::info(t.loss_not_come(), t.loss_my_not_come_means());
            Some(message.link(Link::new(t.loss_my_not_come_report(), to)))
        }
        CardStageName::UnlockedUnsigned | CardStageName::Active => {
            let to = unlock_address(HOME, sheet);
            let message = Message::info(t.loss_only_locked(), t.loss_my_only_locked_means());
            Some(message.link(Link::new(t.loss_unlock_instead(), to)))
        }
        CardStageName::Ordered | CardStageName::Revoked | CardStageName::Expired => None,
    }
}

#[cfg(test)]
mod tests;
