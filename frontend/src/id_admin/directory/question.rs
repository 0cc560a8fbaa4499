//! A number that does not fit whom it seems to be about: two officers decide.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::import::{Decision, ProposalSheet};
use cards_app::{App, Call, Failure, Link as Db};
use cards_http::{Fault, IdAdminSession, SignedForm};
use serde::Deserialize;
use uuid::Uuid;

use super::{ADDRESS, kind, said};
use crate::components::{
    Button, Choice, Choices, ErrorSummary, Fact, Facts, Hidden, Link, Message,
};
use crate::layout::Frame;
use crate::pages::{Once, Setting, opened, sent};
use crate::text::Text;

const ANSWER: &str = "svar";

#[derive(Clone, Debug, Default, Deserialize)]
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

/// The question and what was answered.
#[derive(Clone)]
struct Question {
    id: Uuid,
    answered: Answered,
}

impl Once for Question {
    /// A form without a version showed nothing that could be decided.
    type Said = (Decision, i64);
    type Sheet = ProposalSheet;
    type Over = QuestionView;
    type Form = QuestionView;

    fn said(&self) -> Option<Self::Said> {
        let version = self.answered.version.unwrap_or_default();
        Some((self.answered.decision()?, version))
    }

    fn act(&self, app: &App, link: &mut Db, call: &Call, said: Self::Said) -> Result<(), Failure> {
        app.decide_proposal(link, call, self.id, said)
    }

    fn read(&self, app: &App, link: &mut Db, call: &Call) -> Result<Self::Sheet, Failure> {
        app.proposal_to_decide(link, call, self.id)
    }

    fn done(&self) -> String {
        format!("{ADDRESS}/fraga/{}", self.id)
    }

    fn over(&self, s: &Setting, sheet: &ProposalSheet) -> Option<QuestionView> {
        let is_decided = sheet.proposal.decided_at.is_some();
        is_decided.then(|| view(s, sheet, None))
    }

    fn form(&self, s: &Setting, sheet: &ProposalSheet, again: bool) -> QuestionView {
        view(s, sheet, again.then(|| s.t.dir_question_unanswered()))
    }
}

/// `GET /id-admin/katalog/fraga/{id}`.
pub(in crate::id_admin) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Fault> {
    let question = Question {
        id: *id,
        answered: Answered::default(),
    };
    opened((&request, &*session), &app, question).await
}

/// `POST /id-admin/katalog/fraga/{id}`.
pub(in crate::id_admin) async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<Uuid>,
    form: SignedForm<Answered>,
) -> Result<HttpResponse, Fault> {
    let call = session.call(Some(form.fingerprint));
    let question = Question {
        id: *id,
        answered: form.fields,
    };
    sent((&request, &*session), &app, question, call).await
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
