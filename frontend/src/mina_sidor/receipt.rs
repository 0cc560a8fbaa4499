//! The receipt: the holder reads the terms, signs with the electronic identification and comes
//! back here with the signature, which makes the card active.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
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
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::card::parsed;
use super::{frame, start, terms};
use crate::card_tasks::offer;
use crate::clocks::{self, Reader};
use crate::components::{Button, DeadlineBar, ErrorSummary, Fact, Facts, Hidden, Link, Message};
use crate::layout::Frame;
use crate::pages::{self, Moment, ask};
use crate::refusals;
use crate::text::Text;

/// What the signature is for; it can be used for nothing else.
const PURPOSE: &str = "receipt";
/// What the button for the card sends.
const BY_CARD: &str = "kort";
/// The box to tick, and the place the error summary leads to.
const ACCEPT: &str = "godkanner";

/// The form under the terms.
#[derive(Debug, Deserialize)]
pub struct Form {
    #[serde(default)]
    godkanner: cards_http::Tick,
    /// `kort`: signed with the card in a reader instead of by a log-in.
    med: Option<String>,
}

/// Where the browser comes back to after signing.
#[derive(Debug, Deserialize)]
pub struct Query {
    signature: Option<Uuid>,
}

/// What is to be done once the text is signed.
#[derive(Serialize, Deserialize)]
struct Payload {
    receipt: Uuid,
    terms_version: String,
}

/// What can be done with the receipt now.
enum Standing {
    /// It waits for the signature.
    Form {
        action: String,
        hidden: Hidden,
        error: Option<String>,
        by_card: Option<Button>,
    },
    /// The log-in is not sure enough to sign.
    LoaTooLow { log_in: Button },
    /// Nothing is to be signed.
    Nothing { to_card: Button },
}

#[derive(Template)]
#[template(path = "mina_sidor/receipt.html")]
pub(super) struct ReceiptView {
    frame: Frame,
    t: Text,
    title: String,
    lead: String,
    back: Link,
    errors: Option<ErrorSummary>,
    message: Option<Message>,
    terms: Vec<String>,
    version: &'static str,
    card_title: String,
    card: Facts,
    deadline: Option<DeadlineBar>,
    standing: Standing,
}

/// What stands on the page beside the question itself.
#[derive(Default)]
pub(super) struct Around {
    pub(super) status: StatusCode,
    pub(super) hidden: Hidden,
    pub(super) error: Option<String>,
    pub(super) message: Option<Message>,
    /// Whether the card itself can sign.
    pub(super) by_card: bool,
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
    let around = Around {
        hidden: pages::fields(&session),
        ..Around::default()
    };
    show(&request, &session, &app, id, around).await
}

/// `POST /mina-sidor/kort/{id}/kvittens`: the box is ticked, so the browser goes to the identity
/// provider with the whole text.
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
    let t = pages::text(session.language);
    if !form.fields.godkanner.is_set() {
        let around = Around {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            hidden: pages::fields(&session),
            error: Some(t.ms_receipt_accept_missing()),
            ..Around::default()
        };
        return show(&request, &session, &app, id, around).await;
    }
    let (page, _) = read(&app, session.call(None), id).await?;
    let receipt = page
        .receipt
        .ok_or(Failure::Refused(nothing_to_sign(&page.card)))?;
    if session.loa < Loa::Loa3 {
        return Err(Notice::Refused(Refusal::AssuranceTooLow).into());
    }
    if form.fields.med.as_deref() == Some(BY_CARD) {
        let call = session.call(Some(form.fingerprint));
        return with_card(&request, &session, &app, (call, &page)).await;
    }
    let payload = Payload {
        receipt: receipt.0,
        terms_version: TERMS_VERSION.to_owned(),
    };
    let wanted = signing::Wanted {
        purpose: PURPOSE,
        text: terms::signed_text(t, &page.card),
        payload: serde_json::to_value(payload).map_err(|_| Notice::Broken)?,
        return_to: format!("{}/kvittens", start::card_address(&page.card)),
    };
    signing::request(&request, &session, wanted).await
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
    };
    let offered = offer::begin(app, call, wish).await?;
    Ok(offer::to_page(request, start::HOME, &offered, None))
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
    let mut offers = offers.iter();
    let by_card =
        offers.any(|offer| offer.action == TaskKind::SignReceipt && offer.verdict.is_ok());
    let around = Around { by_card, ..around };
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
        Err(Failure::Refused(refusal)) => refused(request, session, app, id, &refusal).await,
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
    refusal: &Refusal,
) -> Result<HttpResponse, Fault> {
    let around = Around {
        status: StatusCode::CONFLICT,
        hidden: pages::fields(session),
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

/// The page of this receipt for somebody logged in as surely as `loa`.
pub(super) fn view(
    frame: Frame,
    page: &ReceiptPage,
    loa: Loa,
    around: Around,
    now: DateTime<Utc>,
) -> ReceiptView {
    let t = frame.texts();
    let too_late = page
        .clocks
        .first()
        .is_some_and(|clock| clocks::is_over(clock, now));
    let (title, lead) = situation(t, page, too_late);
    let rows = terms::card_rows(t, &page.card).into_iter();
    let error = around.error.clone();
    let errors = error.map(|error| ErrorSummary::new(t, [(ACCEPT, error)]));
    let waits = page.receipt.is_some() && !too_late;
    let low =
        (waits && loa < Loa::Loa3).then(|| Message::warning(t.ms_loa_title(), t.ms_loa_text()));
    ReceiptView {
        frame: frame.titled(title.as_str()),
        t,
        title,
        lead,
        back: Link::new(t.ms_back(), "/mina-sidor"),
        errors,
        message: around.message.clone().or(low),
        terms: if waits { terms::terms(t) } else { Vec::new() },
        version: TERMS_VERSION,
        card_title: if waits {
            t.ms_receipt_card()
        } else {
            t.ms_receipt_product()
        },
        card: Facts::new(rows.map(|(name, value)| Fact::plain(name, value)).collect()),
        deadline: page
            .clocks
            .first()
            .filter(|_| page.receipt.is_some())
            .map(|clock| clocks::bar(t, Reader::Holder, clock, now)),
        standing: if too_late {
            Standing::Nothing {
                to_card: Button::link(t.ms_too_late_button(), "/mina-sidor/kontakt").full(),
            }
        } else {
            standing(t, page, loa, around)
        },
    }
}

fn situation(t: Text, page: &ReceiptPage, too_late: bool) -> (String, String) {
    if too_late {
        return (t.ms_receipt_late_title(), t.ms_too_late_text());
    }
    if page.receipt.is_some() {
        return (t.ms_receipt_title(), t.ms_receipt_lead());
    }
    match page.card.card.stage {
        CardStage::Ordered | CardStage::Sent { .. } => {
            (t.ms_receipt_early_title(), t.ms_receipt_early_text())
        }
        CardStage::Active { .. } => (t.ms_receipt_signed_title(), t.ms_receipt_signed_text()),
        CardStage::UnlockedUnsigned { .. }
        | CardStage::Revoked { .. }
        | CardStage::Expired { .. } => (t.ms_receipt_ended_title(), t.ms_receipt_ended_text()),
    }
}

fn standing(t: Text, page: &ReceiptPage, loa: Loa, around: Around) -> Standing {
    let card = start::card_address(&page.card);
    if page.receipt.is_none() {
        return Standing::Nothing {
            to_card: Button::link(t.ms_receipt_to_card(), card).full(),
        };
    }
    let action = format!("{card}/kvittens");
    if loa < Loa::Loa3 {
        let address = format!("/mina-sidor/logga-in?niva=loa3&return_to={action}");
        let log_in = Button::link(t.ms_loa_button(), address).large().full();
        return Standing::LoaTooLow { log_in };
    }
    let by_card = Button::submit(t.receipt_by_card()).sending("med", BY_CARD);
    Standing::Form {
        action,
        hidden: around.hidden,
        error: around.error,
        by_card: around.by_card.then(|| by_card.secondary().full()),
    }
}
