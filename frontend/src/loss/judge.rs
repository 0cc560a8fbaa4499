//! A report that has not been checked is carried out or taken back. Whoever comes second is told
//! when what they asked for was not done.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use cards_app::queries::CasePage;
use cards_app::{App, Failure, Fingerprint, Link as Db};
use cards_domain::card::CardStageName;
use cards_domain::ids::RevocationId;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::{
    Revocation, RevocationAction, RevocationActionName, RevocationStage,
};
use cards_http::signed_form::NoFields;
use cards_http::{Fault, Session, SignedForm};
use serde::Deserialize;

use super::asked::FOUR;
use super::case::{answer, told_view, view};
use super::record::Recorded;
use super::{case_address, home, question_address};
use crate::components::{Link, Message};
use crate::desk::Desk;
use crate::pages::{Setting, ask, see_other};

/// The card's last four digits, as they were typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Digits {
    fyra: String,
}

/// Carries the report out, confirmed with the card's last four digits.
pub(crate) async fn execute<D: Desk>(
    request: HttpRequest,
    session: D,
    app: web::Data<App>,
    id: web::Path<RevocationId>,
    form: SignedForm<Digits>,
) -> Result<HttpResponse, Fault> {
    let last_four = form.fields.fyra.trim().to_owned();
    let action = RevocationAction::Execute { last_four };
    judge((&request, &session), &app, *id, (action, form.fingerprint)).await
}

/// The report is taken back.
pub(crate) async fn withdraw<D: Desk>(
    request: HttpRequest,
    session: D,
    app: web::Data<App>,
    id: web::Path<RevocationId>,
    form: SignedForm<NoFields>,
) -> Result<HttpResponse, Fault> {
    let asked = (RevocationAction::Withdraw, form.fingerprint);
    judge((&request, &session), &app, *id, asked).await
}

/// Carries the report out, or takes it back. Whoever comes second sees what the first has done; if
/// that is not what was asked for, it is said that it was not done: nobody may go away believing
/// that a card is revoked.
async fn judge(
    (request, session): (&HttpRequest, &Session),
    app: &App,
    id: RevocationId,
    (action, sent): (RevocationAction, Fingerprint),
) -> Result<HttpResponse, Fault> {
    let asked = RevocationActionName::from(&action);
    let (look, call) = (session.call(None), session.call(Some(sent)));
    let work = move |app: &App, link: &mut Db| {
        app.case_page(link, &look, id)?;
        match app.ledger.act::<Revocation>(link, &call, id.0, &action) {
            Ok(_) => Ok(None),
            Err(Failure::Refused(
                why @ (Refusal::CardRevoked | Refusal::CaseEnded | Refusal::LastFourWrong),
            )) => Ok(Some((why, app.case_page(link, &look, id)?))),
            Err(other) => Err(other),
        }
    };
    let (refused, moment) = ask(app, work).await?;
    let done = see_other(case_address(session.portal.path(), id));
    let Some((why, page)) = refused else {
        return Ok(done);
    };
    let s = Setting::new(session, request, moment);
    if why == Refusal::LastFourWrong {
        let faults = vec![(FOUR.to_owned(), s.t.four_digits_wrong())];
        let again = view(&s, &page, (&Recorded::default(), &faults), false);
        return answer(StatusCode::UNPROCESSABLE_ENTITY, again);
    }
    match ended_otherwise(&s, &page, asked) {
        None => Ok(done),
        Some(told) => answer(StatusCode::CONFLICT, told_view(&s, &page, told)),
    }
}

/// What is said when the case had ended, and not in the way that was asked for.
pub(super) fn ended_otherwise(
    s: &Setting,
    page: &CasePage,
    asked: RevocationActionName,
) -> Option<Message> {
    let t = s.t;
    let is_taken_back = page.case.stage == RevocationStage::Withdrawn;
    match asked {
        // Nobody asks for it: it follows from the end of the card.
        RevocationActionName::EndWithCard => None,
        RevocationActionName::Execute if has_ended(page) => None,
        RevocationActionName::Withdraw | RevocationActionName::Record if is_taken_back => None,
        RevocationActionName::Execute => {
            let sheet = &page.loss.card;
            let anew = Link::new(t.loss_report_anew(), question_address(home(s), sheet));
            let when = t.day_and_clock(page.case.since);
            let told = Message::danger(t.loss_not_revoked(), t.loss_not_revoked_means(when));
            Some(told.link(anew).alert())
        }
        RevocationActionName::Withdraw | RevocationActionName::Record => {
            let when = page.case.executed_at.unwrap_or(page.case.since);
            let means = t.loss_not_withdrawn_means(t.day_and_clock(when));
            Some(Message::danger(t.loss_not_withdrawn(), means).alert())
        }
    }
}

/// Whether nobody can use the card any more: the case's page says why.
fn has_ended(page: &CasePage) -> bool {
    matches!(
        page.loss.card.card.stage(),
        CardStageName::Revoked | CardStageName::Expired
    )
}
