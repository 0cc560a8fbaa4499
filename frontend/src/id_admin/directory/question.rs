//! A number that does not fit whom it seems to be about: two officers decide.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::import::{Decision, ProposalSheet};
use cards_http::{Fault, IdAdminSession, SignedForm};
use serde::Deserialize;
use uuid::Uuid;

use super::{ADDRESS, kind, said};
use crate::components::{
    Button, Choice, Choices, ErrorSummary, Fact, Facts, Hidden, Link, Message,
};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::text::Text;

const ANSWER: &str = "svar";

#[derive(Debug, Deserialize)]
pub(in crate::id_admin) struct Answered {
    svar: Option<String>,
    /// The version that was shown.
    version: Option<i64>,
}

impl Answered {
    fn decision(&self) -> Option<Decision> {
        match self.svar.as_deref()? {
            "ja" => Some(Decision::Approved),
            "nej" => Some(Decision::Dismissed),
            _ => None,
        }
    }
}

#[derive(Template)]
#[template(path = "id_admin/directory_question.html")]
pub(in crate::id_admin) struct QuestionView {
    frame: Frame,
    t: Text,
    errors: ErrorSummary,
    kind: String,
    facts: Facts,
    said: Option<Message>,
    taken: Option<Message>,
    hidden: Hidden,
    action: String,
    version: i64,
    answers: Choices,
    send: Button,
    back: Link,
}

/// `GET /id-admin/katalog/fraga/{id}`.
pub(in crate::id_admin) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (sheet, moment) = ask(&app, move |app, link| {
        app.proposal_to_decide(link, &call, id)
    })
    .await?;
    let setting = Setting::new(&session, &request, moment);
    ok(&view(&setting, &sheet, None))
}

/// `POST /id-admin/katalog/fraga/{id}`.
pub(in crate::id_admin) async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<Uuid>,
    form: SignedForm<Answered>,
) -> Result<HttpResponse, Fault> {
    let (look, call, id) = (
        session.call(None),
        session.call(Some(form.fingerprint)),
        *id,
    );
    let decision = form.fields.decision();
    // A form without it showed nothing that could be decided.
    let version = form.fields.version.unwrap_or_default();
    let (sheet, moment) = ask(&app, move |app, link| match decision {
        Some(decision) => app
            .decide_proposal(link, &call, id, (decision, version))
            .map(|()| None),
        None => app.proposal_to_decide(link, &look, id).map(Some),
    })
    .await?;
    let Some(sheet) = sheet else {
        return Ok(see_other(ADDRESS));
    };
    let setting = Setting::new(&session, &request, moment);
    let error = Some(setting.t.dir_question_unanswered());
    show_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &view(&setting, &sheet, error),
    )
}

pub(in crate::id_admin) fn view(
    s: &Setting,
    sheet: &ProposalSheet,
    error: Option<String>,
) -> QuestionView {
    let t = s.t;
    let proposal = &sheet.proposal;
    let told = |of: &Option<(String, String)>| {
        of.as_ref().map_or_else(
            || t.protected_data(),
            |(name, number)| format!("{name}, {number}"),
        )
    };
    let taken = || Message::warning(t.dir_question_taken(), t.dir_question_taken_text());
    let mut answers = vec![Choice::explained(
        "nej",
        t.dir_question_no(),
        t.dir_question_no_means(),
    )];
    if !sheet.is_taken && !sheet.is_own {
        let yes = Choice::explained("ja", t.dir_question_yes(), t.dir_question_yes_means());
        answers.insert(0, yes);
    }
    QuestionView {
        frame: s.frame(t.dir_question_title()),
        t,
        errors: ErrorSummary::new(t, error.clone().map(|text| (ANSWER, text))),
        kind: kind(t, proposal.kind),
        facts: Facts::new(vec![
            Fact::plain(t.dir_question_known(), told(&sheet.known)),
            Fact::plain(t.dir_question_entry(), told(&sheet.entry)),
            Fact::plain(t.dir_question_hsa(), proposal.hsa_key.clone()),
            Fact::plain(t.dir_question_organisation(), sheet.organisation.clone()),
            Fact::plain(
                t.dir_question_since(),
                t.day_and_clock(proposal.proposed_at),
            ),
        ]),
        said: said(t, sheet).map(|text| Message::info(t.dir_questions(), text)),
        taken: sheet.is_taken.then(taken),
        hidden: s.hidden.clone(),
        action: format!("{ADDRESS}/fraga/{}", proposal.id),
        version: proposal.version,
        answers: Choices::new(ANSWER, t.dir_question_title(), answers).error(error),
        send: Button::submit(t.dir_question_send()),
        back: Link::new(t.dir_back(), ADDRESS),
    }
}
