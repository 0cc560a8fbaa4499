//! What became of the holder's own report, what they must do themselves, and who helps.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::CasePage;
use cards_app::{App, Link as Db};
use cards_domain::card::{CardStageName, RevocationReason};
use cards_domain::ids::RevocationId;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::revocation::{ExternalStep, RevocationStage};
use cards_http::{Fault, HolderSession, SignedForm};

use super::{HOME, Scene, picture};
use crate::components::{Button, ErrorSummary, Link, Message, MyCard, TaskList};
use crate::layout::Frame;
use crate::loss::asked::NO_ID;
use crate::loss::case::{self, Outcome};
use crate::loss::help::Own;
use crate::loss::record::Recorded;
use crate::loss::tasks::{self, Filled};
use crate::loss::{Asked, Faults, Teller, case_address, question_address};
use crate::mina_sidor::office::OfficeView;
use crate::pages::{self, ask, see_other};
use crate::text::Text;

#[derive(Template)]
#[template(path = "mina_sidor/lost_case.html")]
pub(super) struct CaseView {
    frame: Frame,
    t: Text,
    back: Link,
    errors: ErrorSummary,
    lead: String,
    waiting: Option<Waiting>,
    tasks: Option<TaskList>,
    card: MyCard,
    then: Vec<String>,
    not_you: Option<Message>,
    own: Own,
    office: OfficeView,
}

/// A report by somebody who is not known: the holder decides.
struct Waiting {
    revoke: Button,
}

pub(super) async fn show(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<RevocationId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.case_page(link, &call, id)).await?;
    let scene = Scene::new(&session, &request, moment);
    let nothing = (&Recorded::default(), &Faults::new()[..]);
    let is_without_id = asked.id == NO_ID;
    case::answer(StatusCode::OK, view(&scene, &page, nothing, is_without_id))
}

pub(super) async fn send(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<RevocationId>,
    form: SignedForm<Recorded>,
) -> Result<HttpResponse, Fault> {
    let calls = (session.call(None), session.call(Some(form.fingerprint)));
    let (recorded, t, id) = (form.fields.clone(), pages::text(session.language), *id);
    let work = move |app: &App, link: &mut Db| {
        let by = (t, Teller::Holder);
        case::record(app, link, (&calls.0, &calls.1), id, &recorded, by)
    };
    let ((page, outcome), moment) = ask(&app, work).await?;
    let scene = Scene::new(&session, &request, moment);
    match outcome {
        Outcome::Recorded => Ok(see_other(case_address(HOME, id))),
        Outcome::Incomplete(faults) => case::answer(
            StatusCode::UNPROCESSABLE_ENTITY,
            view(&scene, &page, (&form.fields, &faults), false),
        ),
    }
}

pub(super) fn view(
    scene: &Scene,
    page: &CasePage,
    (recorded, faults): (&Recorded, &[(String, String)]),
    is_without_id: bool,
) -> Result<CaseView, askama::Error> {
    let (t, s) = (scene.s.t, &scene.s);
    let (title, lead) = situation(t, page);
    let filled = Filled {
        hidden: &s.hidden,
        action: format!("{}/steg", case_address(HOME, page.case.id)),
        recorded,
        faults,
    };
    let waits = page.case.stage == RevocationStage::Reported && !is_revoked(page);
    let own = Own::of(t, &page.loss);
    Ok(CaseView {
        frame: scene.frame(title),
        t,
        back: Link::new(t.ms_back(), HOME),
        errors: ErrorSummary::new(t, faults.iter().cloned()),
        lead,
        waiting: waits.then(|| waiting(t, page)),
        tasks: tasks::list(t, Teller::Holder, page, &filled, s.now)?,
        card: picture(t, &page.loss),
        then: then(t, page, is_without_id),
        not_you: not_you(t, page, &own),
        own,
        office: OfficeView::new(t, &page.loss.card.office, s.now),
    })
}

fn situation(t: Text, page: &CasePage) -> (String, String) {
    match page.case.stage {
        RevocationStage::Reported if is_revoked(page) => {
            (t.loss_my_left_title(0), t.loss_my_closed_means())
        }
        RevocationStage::Reported => (t.loss_my_reported_title(), t.loss_my_reported_means()),
        RevocationStage::ExternalStepsPending => (
            t.loss_my_left_title(tasks::left(page)),
            t.loss_my_left_means(),
        ),
        RevocationStage::Closed => (t.loss_my_left_title(0), t.loss_my_closed_means()),
        RevocationStage::Withdrawn => (t.loss_my_withdrawn_title(), t.loss_my_withdrawn_means()),
    }
}

fn is_revoked(page: &CasePage) -> bool {
    page.loss.card.card.stage() == CardStageName::Revoked
}

fn waiting(t: Text, page: &CasePage) -> Waiting {
    let to = question_address(HOME, &page.loss.card);
    Waiting {
        revoke: Button::link(t.loss_my_reported_true(), to).large().full(),
    }
}

/// What comes next, once the card is revoked.
fn then(t: Text, page: &CasePage, is_without_id: bool) -> Vec<String> {
    if !is_revoked(page) {
        return Vec::new();
    }
    let photo = page
        .photo
        .as_ref()
        .map(|photo| t.loss_my_then_photo(t.day(photo.taken_on), t.day(photo.last_day)));
    let mut then: Vec<String> = police(t, page).into_iter().collect();
    then.push(t.loss_my_then_card());
    then.extend(photo);
    then.push(t.loss_my_then_reserve());
    then.extend(is_without_id.then(|| t.loss_my_without_id()));
    then.push(t.loss_my_then_found());
    then
}

/// A theft is reported, also where the case does not wait for it: only cards that are identity
/// cards have it as a step. Source text S3.
fn police(t: Text, page: &CasePage) -> Option<String> {
    let is_step = page
        .case
        .steps
        .iter()
        .any(|step| step.step == ExternalStep::Police);
    let is_stolen = page.case.reason == RevocationReason::Stolen;
    (is_stolen && !is_step).then(|| t.loss_my_then_police())
}

/// Whoever did not report the card themselves calls at once.
fn not_you(t: Text, page: &CasePage, own: &Own) -> Option<Message> {
    let message = match page.case.stage {
        RevocationStage::Withdrawn => return None,
        RevocationStage::Reported if !is_revoked(page) => {
            Message::neutral(t.loss_my_not_you(), t.loss_my_reported_false())
        }
        RevocationStage::Reported
        | RevocationStage::ExternalStepsPending
        | RevocationStage::Closed => {
            Message::neutral(t.loss_my_not_you(), t.loss_my_not_you_means())
        }
    };
    let office = page.loss.card.office.phone.as_ref();
    let office =
        office.map(|phone| Link::new(t.loss_my_call(phone), crate::mina_sidor::office::tel(phone)));
    let own = own
        .phone
        .as_ref()
        .map(|phone| Link::new(t.loss_my_call(&phone.label), phone.href.as_str()));
    let message = office.into_iter().chain(own).fold(message, Message::link);
    Some(message.with_icon(crate::components::Icon::Phone))
}
