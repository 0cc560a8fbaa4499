//! Forms that have something done with a card: asked for, asked for again with a new code, called
//! off. Each leads to the page on which it is followed.

use actix_web::cookie::Cookie;
use actix_web::{HttpRequest, HttpResponse, web};
use cards_app::card_tasks::{OfferedTask, TaskWish};
use cards_app::{App, Call, Link as Db};
use cards_domain::card_task::{TaskKind, TaskStage};
use cards_domain::ids::{CardId, CardTaskId};
use cards_http::{Fault, Language, Notice, SignedForm};
use serde::Deserialize;
use uuid::Uuid;

use super::{address, pass};
use crate::certificates::Reader;
use crate::pages::{ask, see_other};

/// The field that says what is to happen.
pub(crate) const KIND: &str = "slag";
/// The field with the signed check that goes on when it is done.
pub(crate) const CHECK: &str = "kontroll";

/// What was asked for. A form that says nothing has the card tried.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    slag: Option<String>,
    kontroll: Option<Uuid>,
}

/// What is kept from page to page while a task is followed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    pub(super) kontroll: Option<Uuid>,
}

/// `POST …/kort/{id}/kortuppgift`.
pub(super) async fn send<S: Reader>(
    request: HttpRequest,
    session: S,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<Asked>,
) -> Result<HttpResponse, Fault> {
    let asked = &form.fields;
    let kind = asked.slag.as_deref().map(str::parse::<TaskKind>);
    let kind = kind.transpose().map_err(|_| Notice::UnreadableForm)?;
    let wish = TaskWish {
        kind: kind.unwrap_or(TaskKind::TestCard),
        card: *id,
        language: tag(session.language).to_owned(),
        pair: None,
        text: None,
        check: None,
    };
    let call = session.call(Some(form.fingerprint));
    let offered = begin(&app, call, wish).await?;
    Ok(to_page(&request, S::HOME, &offered, asked.kontroll))
}

/// `POST …/kortuppgift/{id}/ny-kod`: the same once more, to go on where it stopped. A new code may be
/// meant for the card program of another computer: here nothing opens by itself, other than where
/// what is over is tried again.
pub(super) async fn renew<S: Reader>(
    request: HttpRequest,
    session: S,
    app: web::Data<App>,
    id: web::Path<CardTaskId>,
    form: SignedForm<Kept>,
) -> Result<HttpResponse, Fault> {
    let (look, call) = (session.call(None), session.call(Some(form.fingerprint)));
    let (id, language) = (*id, tag(session.language).to_owned());
    let work = move |app: &App, link: &mut Db| {
        let task = app.task_page(link, &look, id)?.task;
        let wish = TaskWish {
            kind: task.kind,
            card: task.card,
            language,
            pair: task.pair,
            text: task.text,
            check: None,
        };
        let opens = matches!(task.stage, TaskStage::Failed | TaskStage::Done);
        Ok((app.offer_task(link, &call, wish)?, opens))
    };
    let ((offered, opens), _) = ask(&app, work).await?;
    let page = at(S::HOME, offered.id, form.fields.kontroll);
    Ok(keeping(
        see_other(page),
        &pass::kept(&request, &offered, opens),
    ))
}

/// `POST …/kortuppgift/{id}/avbryt`.
pub(super) async fn cancel<S: Reader>(
    session: S,
    app: web::Data<App>,
    id: web::Path<CardTaskId>,
    form: SignedForm<Kept>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(Some(form.fingerprint)), *id);
    ask(&app, move |app, link| app.cancel_task(link, &call, id)).await?;
    Ok(see_other(at(S::HOME, id, form.fields.kontroll)))
}

/// Asks for it.
///
/// # Errors
/// The card is not to be seen, or it cannot be done now.
pub(crate) async fn begin(app: &App, call: Call, wish: TaskWish) -> Result<OfferedTask, Fault> {
    let work = move |app: &App, link: &mut Db| app.offer_task(link, &call, wish);
    Ok(ask(app, work).await?.0)
}

/// On to the page of the task; this browser gets code and token, and opens the card program.
pub(crate) fn to_page(
    request: &HttpRequest,
    home: &str,
    offered: &OfferedTask,
    check: Option<Uuid>,
) -> HttpResponse {
    let answer = see_other(at(home, offered.id, check));
    keeping(answer, &pass::kept(request, offered, true))
}

/// A cookie that cannot be written leaves a page that offers a new code.
fn keeping(mut answer: HttpResponse, pass: &Cookie<'_>) -> HttpResponse {
    let _ = answer.add_cookie(pass);
    answer
}

/// The page of a task with what is kept.
pub(super) fn at(home: &str, id: CardTaskId, check: Option<Uuid>) -> String {
    let page = address(home, id);
    check.map_or_else(|| page.clone(), |check| format!("{page}?{CHECK}={check}"))
}

/// The language of the card program's texts.
pub(crate) fn tag(language: Language) -> &'static str {
    match language {
        Language::Sv => "sv",
        Language::En => "en",
    }
}
