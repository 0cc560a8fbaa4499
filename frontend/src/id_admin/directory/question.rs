//! A number that does not fit whom it seems to be about: two officers decide.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::import::{Decision, ProposalSheet};
use cards_app::{App, Failure};
use cards_http::{Fault, IdAdminSession, Notice, SignedForm};
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
    /// The form; none once the question is answered.
    form: Option<AnswerForm>,
    back: Link,
}

/// Yes or no.
struct AnswerForm {
    hidden: Hidden,
    action: String,
    version: i64,
    answers: Choices,
    send: Button,
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
        Some(decision) => match app.decide_proposal(link, &call, id, (decision, version)) {
            // Somebody else has answered meanwhile: the page says who, and what.
            Err(Failure::Conflict) => app.proposal_to_decide(link, &look, id).map(Some),
            done => done.map(|()| None),
        },
        None => app.proposal_to_decide(link, &look, id).map(Some),
    })
    .await?;
    let Some(sheet) = sheet else {
        return Ok(see_other(format!("{ADDRESS}/fraga/{id}")));
    };
    let setting = Setting::new(&session, &request, moment);
    if sheet.proposal.decided_at.is_some() {
        return show_with(StatusCode::CONFLICT, &view(&setting, &sheet, None));
    }
    if decision.is_some() {
        return Err(Notice::Conflict.into());
    }
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
    let is_decided = proposal.decided_at.is_some();
    let taken = || Message::warning(t.dir_question_taken(), t.dir_question_taken_text());
    let said = answered(t, sheet).or_else(|| said(t, sheet));
    let mut facts = vec![
        Fact::plain(t.dir_question_known(), told(&sheet.known)),
        Fact::plain(t.dir_question_entry(), told(&sheet.entry)),
    ];
    if is_decided {
        // What was known then is not known any more.
        facts.clear();
    }
    facts.extend([
        Fact::plain(t.dir_question_hsa(), proposal.hsa_key.clone()),
        Fact::plain(t.dir_question_organisation(), sheet.organisation.clone()),
        Fact::plain(
            t.dir_question_since(),
            t.day_and_clock(proposal.proposed_at),
        ),
    ]);
    QuestionView {
        frame: s.frame(t.dir_question_title()),
        t,
        errors: ErrorSummary::new(t, error.clone().map(|text| (ANSWER, text))),
        kind: kind(t, proposal.kind),
        facts: Facts::new(facts),
        said: said.map(|text| Message::info(t.dir_questions(), text)),
        taken: (sheet.is_taken && !is_decided).then(taken),
        form: (!is_decided).then(|| form(s, sheet, error)),
        back: Link::new(t.dir_back(), ADDRESS),
    }
}

/// What was answered, by whom and when; nothing while the question waits.
fn answered(t: Text, sheet: &ProposalSheet) -> Option<String> {
    let proposal = &sheet.proposal;
    let when = t.day_and_clock(proposal.decided_at?);
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| t.dir_somebody());
    let second = name(&sheet.decided_by);
    Some(match proposal.decision? {
        Decision::Approved => t.dir_answered_yes(name(&sheet.first_by), second, when),
        Decision::Dismissed => t.dir_answered_no(second, when),
    })
}

fn form(s: &Setting, sheet: &ProposalSheet, error: Option<String>) -> AnswerForm {
    let t = s.t;
    let proposal = &sheet.proposal;
    let mut answers = vec![Choice::explained(
        "nej",
        t.dir_question_no(),
        t.dir_question_no_means(),
    )];
    if !sheet.is_taken && !sheet.is_own {
        let yes = Choice::explained("ja", t.dir_question_yes(), t.dir_question_yes_means());
        answers.insert(0, yes);
    }
    AnswerForm {
        hidden: s.hidden.clone(),
        action: format!("{ADDRESS}/fraga/{}", proposal.id),
        version: proposal.version,
        answers: Choices::new(ANSWER, t.dir_question_title(), answers).error(error),
        send: Button::submit(t.dir_question_send()),
    }
}
