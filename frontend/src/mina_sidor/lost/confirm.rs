//! The holder confirms with the last four digits of the card's number.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::LossPage;
use cards_app::{App, Link as Db};
use cards_domain::card::CardStageName;
use cards_domain::ids::CardId;
use cards_domain::lifecycle::Lifecycle as _;
use cards_http::{Fault, HolderSession, SignedForm};

use super::{HOME, Scene, refused, start};
use crate::components::{Button, ErrorSummary, Field, Hidden, Link, Message, MyCard};
use crate::layout::Frame;
use crate::loss::asked::Answer;
use crate::loss::confirm::{self, Outcome, after, number};
use crate::loss::losses::{Losses, losses};
use crate::loss::question::unlock_address;
use crate::loss::{Asked, Faults, Teller, question_address};
use crate::pages::{self, ask, ok, see_other, show as show_with};
use crate::text::Text;

#[derive(Template)]
#[template(path = "mina_sidor/lost_confirm.html")]
pub(super) struct ConfirmView {
    frame: Frame,
    t: Text,
    back: Link,
    errors: ErrorSummary,
    card: MyCard,
    number: (String, String),
    losses: Losses,
    warning: Message,
    action: String,
    hidden: Hidden,
    four: Field,
    go: Button,
}

pub(super) async fn show(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.loss_page(link, &call, id)).await?;
    let scene = Scene::new(&session, &request, moment);
    if let Err(refusal) = &page.verdict {
        return refused(&scene, &page, refusal);
    }
    match asked.read(scene.s.t, Teller::Holder, true) {
        Ok(answer) => ok(&view(&scene, &page, &asked, answer, &Faults::new())),
        Err(faults) => again(&scene, &page, &asked, &faults),
    }
}

fn again(
    scene: &Scene,
    page: &LossPage,
    asked: &Asked,
    faults: &[(String, String)],
) -> Result<HttpResponse, Fault> {
    let view = super::view(scene, page, asked, faults);
    show_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

pub(super) async fn send(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<Asked>,
) -> Result<HttpResponse, Fault> {
    let calls = (session.call(None), session.call(Some(form.fingerprint)));
    let (asked, t, id) = (form.fields.clone(), pages::text(session.language), *id);
    let work = move |app: &App, link: &mut Db| {
        let by = (t, Teller::Holder);
        confirm::tell(app, link, (&calls.0, &calls.1), id, &asked, by)
    };
    let ((page, outcome), moment) = ask(&app, work).await?;
    let (scene, asked) = (Scene::new(&session, &request, moment), form.fields);
    match outcome {
        Outcome::Told(case) => Ok(see_other(after(HOME, case, &asked))),
        Outcome::Unanswered(faults) => again(&scene, &page, &asked, &faults),
        Outcome::Unconfirmed(answer, faults) => show_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &view(&scene, &page, &asked, answer, &faults),
        ),
        Outcome::Refused(refusal) => refused(&scene, &page, &refusal),
    }
}

pub(super) fn view(
    scene: &Scene,
    page: &LossPage,
    asked: &Asked,
    answer: Answer,
    faults: &[(String, String)],
) -> ConfirmView {
    let t = scene.s.t;
    let home = question_address(HOME, &page.card);
    let query = asked.query(Teller::Holder);
    ConfirmView {
        frame: scene.frame(t.loss_my_confirm()),
        t,
        back: Link::new(t.loss_change(), format!("{home}?{query}")),
        errors: ErrorSummary::new(t, faults.iter().cloned()),
        card: start::picture(t, &page.card, String::new()),
        number: number(page),
        losses: losses(t, Teller::Holder, &page.card, answer.reason),
        warning: irreversible(t, page),
        action: format!("{home}/bekrafta"),
        hidden: asked.carried(&scene.s.hidden),
        four: confirm::four(t, t.loss_my_four(), asked, faults),
        go: Button::submit(t.loss_yes()).large().full().irreversible(),
    }
}

/// The last words before what cannot be undone.
fn irreversible(t: Text, page: &LossPage) -> Message {
    if page.card.card.stage() == CardStageName::Sent {
        return Message::warning(t.loss_irreversible(), t.loss_irreversible_late());
    }
    let to = unlock_address(HOME, &page.card);
    Message::warning(t.loss_irreversible(), t.loss_irreversible_locked())
        .link(Link::new(t.loss_unlock_instead(), to))
}
