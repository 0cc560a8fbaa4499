//! *Mitt kort är låst*, for the holder who is logged in: it is stated, and the page tells how this
//! very card is opened, by its product number. A lost card is told apart first.

#[cfg(test)]
mod tests;

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cards_app::App;
use cards_app::queries::{CardAndOffers, CardSheet, HolderLocked};
use cards_domain::chip_code::{ChipCodeAction, ChipCodeActionName, CodeSource};
use cards_domain::puk_letter::{LetterReason, PukLetterStage};
use cards_domain::refusal::Refusal;
use cards_domain::unlock::{UnlockWays, unlock_ways};
use cards_http::signed_form::NoFields;
use cards_http::{Fault, HolderSession, Notice, SignedForm};
use chrono::{DateTime, Utc};

use super::card::parsed;
use super::office::OfficeView;
use super::{frame, start};
use crate::components::{Button, CardBack, CardSide, Facts, Hidden, Link, Message, MyCard};
use crate::layout::Frame;
use crate::locked_card::codes::{self, WhichCode};
use crate::locked_card::state;
use crate::pages::{self, ask, see_other};
use crate::text::Text;
use crate::{refusals, states};

/// Adds the pages.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/mina-sidor/kort/{id}/last", web::get().to(get))
        .route("/mina-sidor/kort/{id}/last", web::post().to(lock))
        .route("/mina-sidor/kort/{id}/upplast", web::post().to(opened))
        .route("/mina-sidor/kort/{id}/puk-brev", web::post().to(ask_letter));
}

/// The address of the page.
pub(super) fn address(sheet: &CardSheet) -> String {
    format!("{}/last", start::card_address(sheet))
}

/// A form that is one button.
pub(super) struct Act {
    action: String,
    hidden: Hidden,
    button: Button,
}

#[derive(Template)]
#[template(path = "mina_sidor/locked.html")]
pub(super) struct LockedPage {
    frame: Frame,
    t: Text,
    title: String,
    text: String,
    back: Link,
    card: MyCard,
    message: Option<Message>,
    /// The question, while the card is not stated as locked.
    ask: Option<Question>,
    answer: Option<Answer>,
}

/// Whether it is locked, and which code.
struct Question {
    action: String,
    hidden: Hidden,
    /// How the two codes differ, where there are two.
    which: Option<String>,
    buttons: Vec<Button>,
    lost: Link,
}

/// How this card is opened.
struct Answer {
    ways: UnlockWays,
    side: CardBack,
    office: OfficeView,
    letter: Letter,
    opened: Vec<Act>,
    also: Option<Act>,
    puk_locked: String,
}

/// What stands of the letter with the PUK.
struct Letter {
    standing: Option<String>,
    ask: Option<Act>,
    refused: Option<String>,
}

async fn get(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<String>,
) -> Result<HttpResponse, Fault> {
    let (id, call) = (parsed(&id)?, session.call(None));
    let (page, moment) = ask(&app, move |app, link| app.holder_locked(link, &call, id)).await?;
    let status = match refused(&page.card) {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let frame = frame::frame(&request, &session, moment);
    let hidden = pages::fields(&session);
    pages::show(status, &view(frame, &page, &hidden, moment.now))
}

async fn lock(
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<String>,
    form: SignedForm<WhichCode>,
) -> Result<HttpResponse, Fault> {
    let id = parsed(&id)?;
    let source = CodeSource::Stated;
    let (code, action) = ((id, form.fields.name()), ChipCodeAction::Lock { source });
    match state::act(&session, &app, code, action, form.fingerprint).await {
        // Somebody else has said it before.
        Ok(_) | Err(Fault::Notice(Notice::Refused(Refusal::CodeLocked))) => {
            Ok(see_other(format!("/mina-sidor/kort/{id}/last")))
        }
        Err(fault) => Err(fault),
    }
}

async fn opened(
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<String>,
    form: SignedForm<WhichCode>,
) -> Result<HttpResponse, Fault> {
    let id = parsed(&id)?;
    let action = ChipCodeAction::UnlockWithPuk;
    let code = (id, form.fields.name());
    state::act(&session, &app, code, action, form.fingerprint).await?;
    Ok(see_other(format!("/mina-sidor/kort/{id}")))
}

/// Asks for a letter: it is a request to those who approve it. Whoever is logged in has shown who
/// they are.
async fn ask_letter(
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<String>,
    form: SignedForm<NoFields>,
) -> Result<HttpResponse, Fault> {
    let id = parsed(&id)?;
    let (look, call) = (session.call(None), session.call(Some(form.fingerprint)));
    let work = move |app: &App, link: &mut cards_app::Link| {
        let page = app.holder_locked(link, &look, id)?;
        let reason = if page.card.sheet.parts.has_locked_pin() {
            LetterReason::Locked
        } else {
            LetterReason::NeverReceived
        };
        app.ask_for_letter(link, &call, id, (reason, true))
    };
    match ask(&app, work).await {
        Ok(_) => Ok(see_other(format!("/mina-sidor/kort/{id}/last"))),
        Err(Fault::Notice(Notice::Refused(Refusal::LetterAlreadyOpen))) => {
            Ok(see_other(format!("/mina-sidor/kort/{id}/last")))
        }
        Err(fault) => Err(fault),
    }
}

/// Whether the letter with the codes of a card that is to be fetched may never have come.
fn waits_for_letter(card: &CardAndOffers) -> bool {
    let has_letter = card.letter.is_some() || card.sheet.parts.open_letter().is_some();
    card.codes.is_empty() && has_letter
}

/// Why nothing can be said of the card's codes now.
fn refused(card: &CardAndOffers) -> Option<Refusal> {
    if card.sheet.parts.has_locked_pin() || waits_for_letter(card) {
        return None;
    }
    if card.codes.is_empty() {
        return Some(card.sheet.card.stands());
    }
    card.code_verdict(ChipCodeActionName::Lock).err()
}

/// The page of this card at this time.
pub(super) fn view(
    frame: Frame,
    page: &HolderLocked,
    hidden: &Hidden,
    now: DateTime<Utc>,
) -> LockedPage {
    let t = frame.texts();
    let card = &page.card;
    let sheet = &card.sheet;
    let is_locked = sheet.parts.has_locked_pin();
    let (title, text) = title(t, card);
    let refusal = refused(card);
    let question = (!is_locked && refusal.is_none() && !waits_for_letter(card))
        .then(|| question(t, card, hidden));
    LockedPage {
        frame: frame.titled(title.as_str()),
        t,
        title,
        text,
        back: Link::new(t.ms_back(), "/mina-sidor"),
        card: start::picture(t, sheet, String::new()).facts(Facts::new(start::numbers(t, sheet))),
        message: refusal.map(|refusal| refusals::message(t, &refusal).alert()),
        ask: question,
        answer: (is_locked || waits_for_letter(card)).then(|| answer(t, card, hidden, now)),
    }
}

fn title(t: Text, card: &CardAndOffers) -> (String, String) {
    if card.sheet.parts.is_locked() {
        (t.ul_ms_is_locked(), t.ul_ms_is_locked_means())
    } else if card.sheet.parts.is_signing_locked() {
        (
            t.ul_ms_signing_is_locked(),
            t.ul_ms_signing_is_locked_means(),
        )
    } else if waits_for_letter(card) {
        (t.ul_ms_no_letter(), t.ul_ms_no_letter_means())
    } else {
        (t.ul_ms_question(), t.ul_state_means())
    }
}

fn question(t: Text, card: &CardAndOffers, hidden: &Hidden) -> Question {
    let sheet = &card.sheet;
    let buttons = codes::lock_buttons(t, card, t.ul_ms_state());
    let buttons = buttons.into_iter().map(|button| button.large().full());
    Question {
        action: address(sheet),
        hidden: hidden.clone(),
        which: codes::are_two(card).then(|| t.codes_which()),
        buttons: buttons.collect(),
        lost: lost(t, sheet),
    }
}

/// The way to the page, from wherever the card is shown.
pub(super) fn link(t: Text, sheet: &CardSheet) -> Link {
    let label = if sheet.parts.has_locked_pin() {
        t.ms_unlock_link()
    } else {
        t.ul_ms_locked_link()
    };
    Link::new(label, address(sheet))
}

/// For whoever has lost the card: it is revoked, and that is final.
pub(super) fn lost(t: Text, sheet: &CardSheet) -> Link {
    let to = format!("{}/tappat", start::card_address(sheet));
    Link::new(t.ul_ms_lost(), to)
}

/// Where this very card has its product number.
fn side(t: Text, sheet: &CardSheet) -> CardBack {
    let side = if sheet.product.sis_marked {
        CardBack::new(t, CardSide::SisFront).note(t.locked_sis_note())
    } else {
        CardBack::new(t, CardSide::Back).note(t.locked_where_note())
    };
    match (&sheet.card.product_number, &sheet.card.number) {
        (Some(product), Some(number)) => side.of(product.to_string(), number.to_string()),
        _ => side,
    }
}

fn answer(t: Text, card: &CardAndOffers, hidden: &Hidden, now: DateTime<Utc>) -> Answer {
    let sheet = &card.sheet;
    let ways = unlock_ways(sheet.card.product_number.as_ref());
    let opened = codes::opened_buttons(t, card, &t.ul_ms_opened());
    let also = codes::also_locked(t, card);
    let act = |action: String, button: Button| Act {
        action,
        hidden: hidden.clone(),
        button: button.full(),
    };
    let to_opened = format!("{}/upplast", start::card_address(sheet));
    Answer {
        ways,
        side: side(t, sheet),
        office: OfficeView::new(t, &sheet.office, now),
        letter: letter(t, card, hidden),
        opened: opened
            .into_iter()
            .map(|button| act(to_opened.clone(), button))
            .collect(),
        also: also.map(|button| act(address(sheet), button)),
        puk_locked: puk_is_locked(t, sheet),
    }
}

/// What becomes of the card when its PUK is locked too.
pub(super) fn puk_is_locked(t: Text, sheet: &CardSheet) -> String {
    if unlock_ways(sheet.card.product_number.as_ref()).is_replaced_when_puk_is_locked() {
        t.locked_puk_locked_puk()
    } else {
        t.locked_puk_locked_visit()
    }
}

fn letter(t: Text, card: &CardAndOffers, hidden: &Hidden) -> Letter {
    let sheet = &card.sheet;
    let ask = Act {
        action: format!("{}/puk-brev", start::card_address(sheet)),
        hidden: hidden.clone(),
        button: Button::submit(t.ul_ms_ask_letter()).full(),
    };
    let mut letter = Letter {
        standing: None,
        ask: None,
        refused: None,
    };
    match (sheet.parts.open_letter(), &card.letter) {
        (Some(open), _) => letter.standing = Some(standing(t, open.stage)),
        (None, _) if sheet.parts.is_puk_locked() => {
            letter.refused = Some(refusals::sentence(t, &Refusal::PukLocked));
        }
        (None, Some(Ok(()))) => letter.ask = Some(ask),
        (None, Some(Err(refusal))) => letter.refused = Some(refusals::sentence(t, refusal)),
        (None, None) => {}
    }
    letter
}

/// Where the letter is, truthfully: it is not sent before the letter bureau is connected.
pub(super) fn standing(t: Text, stage: PukLetterStage) -> String {
    match stage {
        PukLetterStage::Requested => t.ul_ms_letter_requested(),
        PukLetterStage::Approved => t.ul_ms_letter_approved(),
        PukLetterStage::Printing
        | PukLetterStage::Mailed
        | PukLetterStage::AtServicePoint
        | PukLetterStage::Collected
        | PukLetterStage::Used
        | PukLetterStage::Rejected
        | PukLetterStage::Cancelled
        | PukLetterStage::ReturnedToSender
        | PukLetterStage::Failed
        | PukLetterStage::Closed => t.ul_ms_letter_stands(states::puk_letter(stage).word(t)),
    }
}
