//! The receipt: the holder reads the terms, signs with the electronic identification and comes
//! back here with the signature, which makes the card active; or the card itself signs, in its reader.

mod view;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use cards_app::card_tasks::TaskWish;
use cards_app::queries::{CardSheet, ReceiptPage};
use cards_app::sessions::UsedSignature;
use cards_app::{App, Call, Failure, Lane, Link as Db};
use cards_domain::access::Loa;
use cards_domain::card::CardStage;
use cards_domain::card_task::TaskKind;
use cards_domain::ids::CardId;
use cards_domain::receipt::{Receipt, ReceiptAction, TERMS_VERSION};
use cards_domain::refusal::Refusal;
use cards_http::{Fault, HolderSession, Notice, SignedForm, signing};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::card::parsed;
use super::{frame, start, terms};
use crate::card_tasks::{offer, opening};
use crate::components::{Link, SigningWay};
use crate::pages::{self, Moment, ask};
use crate::refusals;
use crate::text::Text;
pub(super) use view::{Around, on_paper, view};

/// What the signature is for; it can be used for nothing else.
const PURPOSE: &str = "receipt";

/// The signed receipt, from the page of a card that is active.
pub(super) fn link(t: Text, sheet: &CardSheet) -> Link {
    let address = format!("{}/kvittens", start::card_address(sheet));
    Link::new(t.ms_receipt_link(), address)
}

/// The form under the terms.
#[derive(Debug, Deserialize)]
pub struct Form {
    #[serde(default)]
    godkanner: cards_http::Tick,
    /// A [`SigningWay`].
    med: Option<String>,
}

impl Form {
    fn way(&self) -> Option<SigningWay> {
        self.med.as_deref()?.parse().ok()
    }
}

/// Where the browser comes back to after signing.
#[derive(Debug, Deserialize)]
pub struct Query {
    signature: Option<Uuid>,
    /// `1` has a signed receipt on paper.
    papper: Option<String>,
}

/// What is to be done once the text is signed.
#[derive(Serialize, Deserialize)]
struct Payload {
    receipt: Uuid,
    terms_version: String,
}

/// `GET /mina-sidor/kort/{id}/kvittens`: the terms to sign; with `?signature=` the signature is
/// used, once, and the answer is a redirect.
///
/// # Errors
/// The card is not the holder's, the signature cannot be used, or the database is away.
pub async fn get(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<String>,
    query: web::Query<Query>,
) -> Result<HttpResponse, Fault> {
    let id = parsed(&id)?;
    if let Some(signature) = query.signature {
        return sign(&request, &session, &app, id, signature).await;
    }
    if query.papper.as_deref() == Some("1") {
        return paper(&request, &session, &app, id).await;
    }
    let around = Around {
        hidden: pages::fields(&session),
        ..Around::default()
    };
    show(&request, &session, &app, id, around).await
}

/// A signed receipt to print; any other has nothing to print and leads to the card.
async fn paper(
    request: &HttpRequest,
    session: &HolderSession,
    app: &App,
    id: CardId,
) -> Result<HttpResponse, Fault> {
    let call = session.call(None);
    let (page, moment) = ask(app, move |app, link| app.receipt_page(link, &call, id)).await?;
    match on_paper(frame::frame(request, session, moment), &page) {
        Some(paper) => pages::ok(&paper),
        None => Err(Fault::Elsewhere(start::card_address(&page.card))),
    }
}

/// `POST /mina-sidor/kort/{id}/kvittens`: the box is ticked, so the whole text goes to the identity
/// provider with the browser, or to the card program with a task.
///
/// # Errors
/// As for [`get`], or the identity provider is away.
pub async fn post(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<String>,
    form: SignedForm<Form>,
) -> Result<HttpResponse, Fault> {
    let id = parsed(&id)?;
    let (ticked, way) = (form.fields.godkanner.is_set(), form.fields.way());
    let (true, Some(way)) = (ticked, way) else {
        return incomplete(&request, &session, &app, id, (ticked, way)).await;
    };
    let (page, _) = read(&app, session.call(None), id).await?;
    let receipt = page
        .receipt
        .ok_or(Failure::Refused(nothing_to_sign(&page.card)))?;
    if session.loa < Loa::Loa3 {
        return Err(Notice::Refused(Refusal::AssuranceTooLow).into());
    }
    match way {
        SigningWay::Card => {
            let call = session.call(Some(form.fingerprint));
            with_card(&request, &session, &app, (call, &page)).await
        }
        SigningWay::LogIn => by_log_in(&request, &session, (receipt.0, &page)).await,
    }
}

/// What lacks is told, and what was chosen stays.
async fn incomplete(
    request: &HttpRequest,
    session: &HolderSession,
    app: &App,
    id: CardId,
    (ticked, way): (bool, Option<SigningWay>),
) -> Result<HttpResponse, Fault> {
    let t = pages::text(session.language);
    let around = Around {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        hidden: pages::fields(session),
        error: (!ticked).then(|| t.ms_receipt_accept_missing()),
        way_error: way.is_none().then(|| t.sign_choose()),
        is_accepted: ticked,
        chosen: way,
        ..Around::default()
    };
    show(request, session, app, id, around).await
}

async fn by_log_in(
    request: &HttpRequest,
    session: &HolderSession,
    (receipt, page): (Uuid, &ReceiptPage),
) -> Result<HttpResponse, Fault> {
    let t = pages::text(session.language);
    let payload = Payload {
        receipt,
        terms_version: TERMS_VERSION.to_owned(),
    };
    let wanted = signing::Wanted {
        purpose: PURPOSE,
        text: terms::signed_text(t, &page.card),
        payload: serde_json::to_value(payload).map_err(|_| Notice::Broken)?,
        return_to: format!("{}/kvittens", start::card_address(&page.card)),
    };
    signing::request(request, session, wanted).await
}

/// The card signs the same text as the log-in would: the card program shows it.
async fn with_card(
    request: &HttpRequest,
    session: &HolderSession,
    app: &App,
    (call, page): (Call, &ReceiptPage),
) -> Result<HttpResponse, Fault> {
    let t = pages::text(session.language);
    let wish = TaskWish {
        kind: TaskKind::SignReceipt,
        card: page.card.card.id,
        language: offer::tag(session.language).to_owned(),
        pair: None,
        text: Some(terms::signed_text(t, &page.card)),
        check: None,
    };
    match offer::begin(app, call, wish).await {
        Ok(offered) => Ok(offer::to_page(request, start::HOME, &offered, None)),
        Err(Fault::Notice(Notice::Refused(refusal))) => {
            let id = page.card.card.id;
            refused(request, session, app, id, (&refusal, SigningWay::Card)).await
        }
        Err(fault) => Err(fault),
    }
}

async fn read(app: &App, call: Call, id: CardId) -> Result<(ReceiptPage, Moment), Fault> {
    ask(app, move |app, link| app.receipt_page(link, &call, id)).await
}

async fn show(
    request: &HttpRequest,
    session: &HolderSession,
    app: &App,
    id: CardId,
    around: Around,
) -> Result<HttpResponse, Fault> {
    let call = session.call(None);
    let work = move |app: &App, link: &mut Db| {
        let page = app.receipt_page(link, &call, id)?;
        let offers = app.task_offers(link, &call, &page.card)?;
        Ok((page, offers))
    };
    let ((page, offers), moment) = ask(app, work).await?;
    let offers = offers.into_iter();
    let mut verdicts = offers.filter(|offer| offer.action == TaskKind::SignReceipt);
    let verdict = verdicts.next().map(|offer| offer.verdict);
    let by_log_in = opening::is_phone(request).then_some(SigningWay::LogIn);
    let around = Around {
        no_card: verdict.unwrap_or(Err(Refusal::NotYourRole)).err(),
        chosen: around.chosen.or(by_log_in),
        ..around
    };
    let status = around.status;
    let frame = frame::frame(request, session, moment);
    pages::show(status, &view(frame, &page, session.loa, around, moment.now))
}

/// Uses the signature. Whoever reloads the address has a signature that is used up, and comes to
/// the card if it is active.
async fn sign(
    request: &HttpRequest,
    session: &HolderSession,
    app: &App,
    id: CardId,
    signature: Uuid,
) -> Result<HttpResponse, Fault> {
    let (page, _) = read(app, session.call(None), id).await?;
    let done = format!("{}/klart", start::card_address(&page.card));
    if matches!(page.card.card.stage, CardStage::Active { .. }) {
        return Err(Fault::Elsewhere(done));
    }
    let used = signing::waiting(request, session, signature, PURPOSE).await?;
    let payload: Payload =
        serde_json::from_value(used.payload.clone()).map_err(|_| Notice::Broken)?;
    if page
        .receipt
        .is_none_or(|receipt| receipt.0 != payload.receipt)
    {
        return Err(Notice::SignatureGone.into());
    }
    let call = session.signed(signature, &used, PURPOSE);
    match act(app, call, payload, used).await {
        Ok(_) => Err(Fault::Elsewhere(done)),
        Err(Failure::Refused(refusal)) => {
            refused(request, session, app, id, (&refusal, SigningWay::LogIn)).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn act(
    app: &App,
    call: Call,
    payload: Payload,
    used: UsedSignature,
) -> Result<Receipt, Failure> {
    let action = ReceiptAction::Sign {
        terms_version: payload.terms_version,
        signature: used.signature,
    };
    let work = move |app: &App, link: &mut cards_app::Link| {
        app.ledger
            .act::<Receipt>(link, &call, payload.receipt, &action)
    };
    app.run(Lane::Short, work).await
}

async fn refused(
    request: &HttpRequest,
    session: &HolderSession,
    app: &App,
    id: CardId,
    (refusal, chosen): (&Refusal, SigningWay),
) -> Result<HttpResponse, Fault> {
    let around = Around {
        status: StatusCode::CONFLICT,
        hidden: pages::fields(session),
        chosen: Some(chosen),
        message: Some(refusals::message(pages::text(session.language), refusal)),
        ..Around::default()
    };
    show(request, session, app, id, around).await
}

/// Why a card has no receipt that waits.
fn nothing_to_sign(sheet: &CardSheet) -> Refusal {
    match sheet.card.stage {
        CardStage::Ordered => Refusal::CardNotSentYet,
        CardStage::Sent { .. } => Refusal::CardNotActivated,
        CardStage::UnlockedUnsigned { .. } => Refusal::ReceiptEnded,
        CardStage::Active { .. } => Refusal::ReceiptSigned,
        CardStage::Revoked { .. } => Refusal::CardRevoked,
        CardStage::Expired { .. } => Refusal::CardExpired,
    }
}
