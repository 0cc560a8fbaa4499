//! The second step before the certificate for signing leaves the card: what is lost, what stays, and
//! the last four digits of the card's number. It is done in the card program.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::card_tasks::TaskWish;
use cards_app::queries::PairPage;
use cards_app::{App, Call, Failure, Link as Db};
use cards_domain::card_task::TaskKind;
use cards_domain::certificate::Certificate;
use cards_domain::ids::CertificateId;
use cards_domain::refusal::Refusal;
use cards_http::{Fault, HolderSession, SignedForm};
use serde::Deserialize;

use super::page::Reader as _;
use super::{address, identity, is_signing};
use crate::card_tasks::offer;
use crate::components::{Button, ErrorSummary, Field, Hidden, Icon, Link, Message};
use crate::layout::Frame;
use crate::mina_sidor;
use crate::pages::{Setting, ask, show as show_with};
use crate::text::Text;
use crate::{loss, refusals};

const FOUR: &str = "fyra";

/// What was filled in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    fyra: String,
}

struct Form {
    action: String,
    hidden: Hidden,
    four: Field,
    go: Button,
}

#[derive(Template)]
#[template(path = "certificates/remove.html")]
pub(super) struct RemoveView {
    frame: Frame,
    t: Text,
    back: Link,
    errors: ErrorSummary,
    number: (String, String),
    about: String,
    told: Vec<(Icon, String)>,
    warning: Message,
    form: Option<Form>,
}

/// The address of the page.
pub(super) fn page_of(certificate: CertificateId) -> String {
    format!("{}/certifikat/{certificate}/ta-bort", HolderSession::HOME)
}

/// Whether the certificate for signing of a pair may leave its card now.
fn read(
    app: &App,
    link: &mut Db,
    call: &Call,
    id: CertificateId,
) -> Result<(PairPage, Result<(), Refusal>), Failure> {
    let page = app.pair_page(link, call, id)?;
    let offers = app.task_offers(link, call, &page.card)?;
    let mut offers = offers.into_iter();
    let offer = offers.find(|offer| offer.action == TaskKind::DeleteCertificate);
    let verdict = offer.map_or(Err(Refusal::NotYourRole), |offer| offer.verdict);
    let verdict = verdict.and_then(|()| {
        let there = signing(&page).is_some();
        there.then_some(()).ok_or(Refusal::CertificateNotThere)
    });
    Ok((page, verdict))
}

/// The pair's certificate for signing, while it is on the card.
fn signing(page: &PairPage) -> Option<&Certificate> {
    page.pair.iter().find(|one| is_signing(one))
}

/// `GET /mina-sidor/certifikat/{id}/ta-bort`.
pub(super) async fn show(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<CertificateId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (read, moment) = ask(&app, move |app, link| read(app, link, &call, id)).await?;
    let s = Setting::new(&session, &request, moment);
    let status = match &read.1 {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::CONFLICT,
    };
    show_with(status, &view(&s, &read, request.path(), None))
}

/// `POST /mina-sidor/certifikat/{id}/ta-bort`: on to the task, when the digits are right.
pub(super) async fn send(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<CertificateId>,
    form: SignedForm<Asked>,
) -> Result<HttpResponse, Fault> {
    let (look, id) = (session.call(None), *id);
    let (read, moment) = ask(&app, move |app, link| read(app, link, &look, id)).await?;
    let number = read.0.card.card.number.as_ref();
    let is_right = number.is_some_and(|number| number.last_four() == form.fields.fyra.trim());
    if read.1.is_ok() && !is_right {
        let s = Setting::new(&session, &request, moment);
        let page = view(&s, &read, request.path(), Some(form.fields.fyra.as_str()));
        return show_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let wish = TaskWish {
        kind: TaskKind::DeleteCertificate,
        card: read.0.card.card.id,
        language: offer::tag(session.language).to_owned(),
        pair: read.0.pair.first().map(|one| one.pair),
        text: None,
        check: None,
    };
    let offered = offer::begin(&app, session.call(Some(form.fingerprint)), wish).await?;
    Ok(offer::to_page(
        &request,
        HolderSession::HOME,
        &offered,
        None,
    ))
}

/// The page; `wrong` are digits that are not the card's.
fn view(
    s: &Setting,
    (page, verdict): &(PairPage, Result<(), Refusal>),
    path: &str,
    wrong: Option<&str>,
) -> RemoveView {
    let t = s.t;
    let error = wrong.map(|_| t.loss_four_wrong());
    let first = page.pair.first();
    RemoveView {
        frame: mina_sidor::dressed(s.frame(t.remove_title()), path),
        t,
        back: Link::new(t.certs_back(), address(HolderSession::HOME, &page.card)),
        errors: ErrorSummary::new(t, error.iter().map(|text| (FOUR, text.as_str()))),
        number: loss::confirm::split_number(&page.card),
        about: first.map_or_else(String::new, |one| identity(t, one.profile)),
        told: vec![
            (Icon::Ban, t.remove_no_way_back()),
            (Icon::Check, t.remove_stays()),
            (Icon::Check, t.remove_others()),
        ],
        warning: match verdict {
            Ok(()) => Message::warning(t.remove_warning(), t.remove_warning_means()),
            Err(refusal) => refusals::message(t, refusal).alert(),
        },
        form: verdict.is_ok().then(|| Form {
            action: path.to_owned(),
            hidden: s.hidden.clone(),
            four: Field::digits(t, FOUR, t.certs_four(), 4)
                .hint(t.loss_four_hint())
                .max_length(4)
                .value(wrong.unwrap_or_default())
                .error(error),
            go: Button::submit(t.remove_yes()).large().irreversible(),
        }),
    }
}
