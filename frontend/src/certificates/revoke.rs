//! The second step: why, what is lost for ever, and the last four digits of the card's number.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::PairPage;
use cards_app::{App, Failure, Link as Db};
use cards_domain::card::RevocationReason;
use cards_domain::certificate::Usage;
use cards_domain::ids::CertificateId;
use cards_domain::refusal::Refusal;
use cards_http::{Fault, HolderSession, SignedForm};
use serde::Deserialize;

use super::page::Reader;
use super::{address, identity};
use crate::components::{
    Button, Choice, Choices, ErrorSummary, Field, Hidden, Icon, Link, Message,
};
use crate::layout::Frame;
use crate::pages::{Setting, ask, see_other, show as show_with};
use crate::text::Text;
use crate::{loss, refusals, states};

const REASON: &str = "orsak";
const FOUR: &str = "fyra";

/// What was filled in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    orsak: String,
    fyra: String,
}

type Faults = Vec<(String, String)>;

/// What both portals show.
struct Shown {
    t: Text,
    back: Link,
    errors: ErrorSummary,
    number: (String, String),
    about: String,
    losses: Vec<(Icon, String)>,
    warning: Message,
    form: Option<Form>,
}

struct Form {
    action: String,
    hidden: Hidden,
    reasons: Choices,
    four: Field,
    go: Button,
}

#[derive(Template)]
#[template(path = "certificates/revoke.html")]
struct RevokeOfHolder {
    frame: Frame,
    t: Text,
    shown: Shown,
}

#[derive(Template)]
#[template(path = "certificates/revoke_desk.html")]
struct RevokeOfOfficer {
    frame: Frame,
    t: Text,
    shown: Shown,
}

/// `GET …/certifikat/{id}/sparra`.
pub(super) async fn show<S: Reader>(
    request: HttpRequest,
    session: S,
    app: web::Data<App>,
    id: web::Path<CertificateId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.pair_page(link, &call, id)).await?;
    let s = Setting::new(&session, &request, moment);
    let status = match &page.verdict {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::CONFLICT,
    };
    told::<S>(
        (&s, status),
        &page,
        &Asked::default(),
        &Faults::new(),
        &request,
    )
}

/// What came of it.
enum Outcome {
    Revoked,
    Unanswered(Faults),
    Refused(Refusal),
}

/// `POST …/certifikat/{id}/sparra`.
pub(super) async fn send<S: Reader>(
    request: HttpRequest,
    session: S,
    app: web::Data<App>,
    id: web::Path<CertificateId>,
    form: SignedForm<Asked>,
) -> Result<HttpResponse, Fault> {
    let calls = (session.call(None), session.call(Some(form.fingerprint)));
    let (asked, t, id) = (
        form.fields.clone(),
        crate::pages::text(session.language),
        *id,
    );
    let work = move |app: &App, link: &mut Db| {
        let page = app.pair_page(link, &calls.0, id)?;
        let Some(reason) = chosen(&page, &asked) else {
            if let Err(refusal) = page.verdict.clone() {
                return Ok((page, Outcome::Refused(refusal)));
            }
            let faults = vec![(REASON.to_owned(), t.certs_reason_missing())];
            return Ok((page, Outcome::Unanswered(faults)));
        };
        let four = asked.fyra.trim().to_owned();
        let outcome = match app.revoke_pair(link, &calls.1, id, (reason, &four)) {
            Ok(_) => Outcome::Revoked,
            Err(Failure::Refused(Refusal::LastFourWrong)) => {
                Outcome::Unanswered(vec![(FOUR.to_owned(), t.loss_four_wrong())])
            }
            Err(Failure::Refused(refusal)) => Outcome::Refused(refusal),
            Err(other) => return Err(other),
        };
        Ok((page, outcome))
    };
    let ((mut page, outcome), moment) = ask(&app, work).await?;
    let (s, asked) = (Setting::new(&session, &request, moment), form.fields);
    match outcome {
        Outcome::Revoked => Ok(see_other(address(S::HOME, &page.card))),
        Outcome::Unanswered(faults) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            told::<S>((&s, status), &page, &asked, &faults, &request)
        }
        Outcome::Refused(refusal) => {
            page.verdict = Err(refusal);
            let status = StatusCode::CONFLICT;
            told::<S>((&s, status), &page, &asked, &Faults::new(), &request)
        }
    }
}

fn chosen(page: &PairPage, asked: &Asked) -> Option<RevocationReason> {
    let reason: RevocationReason = asked.orsak.parse().ok()?;
    page.reasons.contains(&reason).then_some(reason)
}

fn told<S: Reader>(
    (s, status): (&Setting, StatusCode),
    page: &PairPage,
    asked: &Asked,
    faults: &Faults,
    request: &HttpRequest,
) -> Result<HttpResponse, Fault> {
    let shown = shown::<S>(s, page, asked, faults);
    let frame = S::framed(s, s.t.certs_revoke_title(), request.path());
    if S::HOME == HolderSession::HOME {
        let t = s.t;
        show_with(status, &RevokeOfHolder { frame, t, shown })
    } else {
        let t = s.t;
        let frame = frame.focus(t.certs_revoke_focus());
        show_with(status, &RevokeOfOfficer { frame, t, shown })
    }
}

fn shown<S: Reader>(s: &Setting, page: &PairPage, asked: &Asked, faults: &Faults) -> Shown {
    let t = s.t;
    let to = address(S::HOME, &page.card);
    let mut about = page.pair.iter();
    let first = about.next();
    Shown {
        t,
        back: Link::new(t.certs_back(), to),
        errors: ErrorSummary::new(t, faults.iter().cloned()),
        number: loss::confirm::split_number(&page.card),
        about: first.map_or_else(String::new, |one| identity(t, one.profile)),
        losses: losses(t, page),
        warning: match &page.verdict {
            Ok(()) => Message::warning(t.certs_irreversible(), t.certs_irreversible_means()),
            Err(refusal) => refusals::message(t, refusal).alert(),
        },
        form: page
            .verdict
            .is_ok()
            .then(|| form::<S>(s, page, asked, faults)),
    }
}

/// What cannot be done any more.
fn losses(t: Text, page: &PairPage) -> Vec<(Icon, String)> {
    let mut losses: Vec<(Icon, String)> = page
        .pair
        .iter()
        .map(|certificate| match certificate.usage {
            Usage::Authentication => (Icon::Ban, t.certs_no_log_in()),
            Usage::Signature => (Icon::Ban, t.certs_no_signing()),
        })
        .collect();
    losses.push((Icon::Check, t.certs_card_lives()));
    losses
}

fn form<S: Reader>(s: &Setting, page: &PairPage, asked: &Asked, faults: &Faults) -> Form {
    let t = s.t;
    let fault = |name: &str| {
        let mut faults = faults.iter();
        faults
            .find(|(field, _)| field == name)
            .map(|(_, text)| text.clone())
    };
    let rows = page
        .reasons
        .iter()
        .map(|reason| Choice::answer(<&str>::from(*reason), states::revocation_reason(t, *reason)));
    let id = page.pair.first().map(|one| one.id);
    Form {
        action: id.map_or_else(String::new, |id| super::revoke_address(S::HOME, id)),
        hidden: s.hidden.clone(),
        reasons: Choices::new(REASON, t.certs_reason(), rows.collect())
            .chosen(asked.orsak.as_str())
            .error(fault(REASON)),
        four: Field::digits(t, FOUR, t.certs_four(), 4)
            .hint(t.loss_four_hint())
            .max_length(4)
            .value(asked.fyra.as_str())
            .error(fault(FOUR)),
        go: Button::submit(t.certs_revoke_yes()).large().irreversible(),
    }
}
