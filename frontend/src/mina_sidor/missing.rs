//! A card that does not come: the holder says so, and says it when it comes after all.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::CardSheet;
use cards_app::{App, Failure};
use cards_domain::card::CardStage;
use cards_domain::delivery::{Delivery, DeliveryAction, DeliveryStage};
use cards_domain::refusal::Refusal;
use cards_http::signed_form::NoFields;
use cards_http::{Fault, HolderSession, SignedForm};

use super::card::parsed;
use super::office::OfficeView;
use super::situation::Situation;
use super::{duties, frame, start};
use crate::components::{Button, Hidden, Link, Message};
use crate::layout::Frame;
use crate::pages::{self, ask, see_other};
use crate::refusals;
use crate::text::Text;

#[derive(Template)]
#[template(path = "mina_sidor/missing.html")]
pub(super) struct MissingPage {
    frame: Frame,
    t: Text,
    title: String,
    text: Vec<String>,
    refusal: Option<Message>,
    report: Option<Report>,
    late: Option<Report>,
    track: Option<Button>,
    office: OfficeView,
    back: Link,
}

struct Report {
    action: String,
    hidden: Hidden,
    button: Button,
}

/// `GET /mina-sidor/kort/{id}/inte-kommit`.
///
/// # Errors
/// The card is not the holder's, or the database is away.
pub async fn get(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<String>,
) -> Result<HttpResponse, Fault> {
    let id = parsed(&id)?;
    let call = session.call(None);
    let asked = move |app: &App, link: &mut cards_app::Link| {
        let page = app.holder_page(link, &call)?;
        let sheet = page.cards.iter().find(|sheet| sheet.card.id == id);
        let sheet = sheet.ok_or(Failure::NotFound)?.clone();
        let verdict = app.may_report_missing(link, &call, &sheet)?;
        Ok((sheet, verdict))
    };
    let ((sheet, verdict), moment) = ask(&app, asked).await?;
    let frame = frame::frame(&request, &session, moment);
    let hidden = pages::fields(&session);
    pages::ok(&view(frame, &sheet, &verdict, &hidden, moment.now))
}

pub(super) fn view(
    frame: Frame,
    sheet: &CardSheet,
    verdict: &Result<(), Refusal>,
    hidden: &Hidden,
    now: chrono::DateTime<chrono::Utc>,
) -> MissingPage {
    let t = frame.texts();
    let home = start::card_address(sheet);
    let stage = sheet.delivery.as_ref().map(|delivery| delivery.stage);
    let is_missing = matches!(
        stage,
        Some(DeliveryStage::ReportedMissing | DeliveryStage::Lost)
    );
    let is_over = matches!(
        sheet.card.stage,
        CardStage::Revoked { .. } | CardStage::Expired { .. }
    );
    let (title, mut text) = situation(t, stage, is_over);
    let asks = !is_missing && stage != Some(DeliveryStage::LateArrival);
    let refusal = verdict.as_ref().err().filter(|_| asks);
    // What officers are told of the holder is told to the holder in words of their own.
    let told = refusal.and_then(|refusal| to_the_holder(t, refusal));
    let is_told = told.is_some();
    if let Some(told) = told {
        text = told;
    }
    let report = |part: &str, label: String| Report {
        action: format!("{home}/{part}"),
        hidden: hidden.clone(),
        button: Button::submit(label).large().full(),
    };
    MissingPage {
        frame: frame.titled(title.as_str()),
        t,
        title,
        text,
        refusal: refusal
            .filter(|_| !is_told)
            .map(|refusal| refusals::message(t, refusal)),
        report: verdict
            .is_ok()
            .then(|| report("inte-kommit", t.ms_report_missing())),
        late: is_missing.then(|| report("kom-sent", t.ms_report_late())),
        office: OfficeView::new(t, &sheet.office, now),
        track: rek_id(sheet).map(|rek_id| duties::tracing_button(t, &rek_id).secondary().full()),
        back: Link::new(t.ms_back(), start::HOME),
    }
}

/// The Rek-id of a letter that can be traced.
fn rek_id(sheet: &CardSheet) -> Option<String> {
    let delivery = sheet.delivery.as_ref()?;
    delivery.rek_id.as_ref().map(ToString::to_string)
}

/// Why a card cannot be missed yet, said to whoever waits for it.
fn to_the_holder(t: Text, refusal: &Refusal) -> Option<Vec<String>> {
    match refusal {
        Refusal::UndeliveredTooSoon { from } => {
            Some(vec![t.ms_missing_means(), t.ms_missing_from(t.day(*from))])
        }
        Refusal::UndeliveredTraceable { rek_id } => Some(vec![match rek_id {
            Some(rek_id) => t.ms_missing_rek(rek_id.to_string()),
            None => t.ms_rek_note(),
        }]),
        _ => None,
    }
}

fn situation(t: Text, stage: Option<DeliveryStage>, is_over: bool) -> (String, Vec<String>) {
    match (stage, is_over) {
        (Some(DeliveryStage::LateArrival), true) => (t.ms_late_title(), vec![t.ms_late_cut()]),
        (Some(DeliveryStage::LateArrival), false) => {
            (t.ms_late_title(), vec![t.ms_late_activate()])
        }
        (Some(DeliveryStage::ReportedMissing | DeliveryStage::Lost), true) => {
            (t.ms_missing_replaced_title(), vec![t.ms_missing_replaced()])
        }
        (Some(DeliveryStage::ReportedMissing | DeliveryStage::Lost), false) => {
            (t.ms_missing_told_title(), vec![t.ms_missing_told()])
        }
        _ => (t.ms_missing_title(), vec![t.ms_missing_means()]),
    }
}

/// `POST /mina-sidor/kort/{id}/inte-kommit`.
///
/// # Errors
/// The card is not the holder's, or it is too soon.
pub async fn report(
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<String>,
    form: SignedForm<NoFields>,
) -> Result<HttpResponse, Fault> {
    tell(session, app, &id, form, DeliveryAction::ReportMissing).await
}

/// `POST /mina-sidor/kort/{id}/kom-sent`.
///
/// # Errors
/// The card is not the holder's, or was never missed.
pub async fn late(
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<String>,
    form: SignedForm<NoFields>,
) -> Result<HttpResponse, Fault> {
    tell(session, app, &id, form, DeliveryAction::ReportLateArrival).await
}

async fn tell(
    session: HolderSession,
    app: web::Data<App>,
    id: &str,
    form: SignedForm<NoFields>,
    action: DeliveryAction,
) -> Result<HttpResponse, Fault> {
    let id = parsed(id)?;
    let (look, call) = (session.call(None), session.call(Some(form.fingerprint)));
    let work = move |app: &App, link: &mut cards_app::Link| {
        let page = app.holder_page(link, &look)?;
        let sheet = page.cards.iter().find(|sheet| sheet.card.id == id);
        let delivery = sheet
            .and_then(|sheet| sheet.delivery.as_ref())
            .ok_or(Failure::NotFound)?;
        app.ledger
            .act::<Delivery>(link, &call, delivery.id.0, &action)
    };
    ask(&app, work).await?;
    Ok(see_other(format!("/mina-sidor/kort/{id}/inte-kommit")))
}

/// The way to the page, for a card that is in the post or has been missed. Of a registered letter
/// the page tells how it is traced.
pub(super) fn link(t: Text, sheet: &CardSheet) -> Option<Link> {
    let delivery = sheet.delivery.as_ref()?;
    if Situation::of(sheet) == Situation::AtOffice {
        return None;
    }
    let asks = match delivery.stage {
        DeliveryStage::Posted
        | DeliveryStage::NoticeSent
        | DeliveryStage::AtServicePoint
        | DeliveryStage::ReportedMissing
        | DeliveryStage::Lost
        | DeliveryStage::LateArrival => true,
        DeliveryStage::Prepared
        | DeliveryStage::Collected
        | DeliveryStage::AssumedDelivered
        | DeliveryStage::ReturnedToSender => false,
    };
    let to = format!("{}/inte-kommit", start::card_address(sheet));
    asks.then(|| Link::new(t.ms_not_come(), to))
}
