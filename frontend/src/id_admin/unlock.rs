//! A locked card at the counter: the holder is there with the card and a Swedish identity document,
//! chooses a new code, and the officer signs that it was so. For cards that no visit opens the page
//! tells the lawful way instead.

mod by_card;
mod check;
mod done;
#[cfg(test)]
mod tests;

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cards_app::queries::LockedPage;
use cards_app::sessions::UsedSignature;
use cards_app::{App, Call, Failure, Link as Db};
use cards_domain::chip_code::{
    ChipCodeAction, ChipCodeActionName, CodeName, CodeSource, VisitCheck,
};
use cards_domain::ids::CardId;
use cards_domain::refusal::Refusal;
use cards_http::signed_form::NoFields;
use cards_http::signing::{self, Wanted};
use cards_http::{Fault, IdAdminSession, Notice, SignedForm};
use serde::Deserialize;
use uuid::Uuid;

use super::doubt::{self, DoubtForm};
use super::identity::{self, Faults, Fields, Typed};
use super::parts::{self, Tick};
use check::{BY_CARD, CHOSEN, Draft, WAY};

use crate::components::{
    Button, CardPicture, Choice, DecisionBar, ErrorSummary, Hidden, Icon, Link, Message, StateBadge,
};
use crate::layout::Frame;
use crate::locked_card::ways::Ways;
use crate::locked_card::{self, badges, is_locked, picture, state};
use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::text::Text;

/// What the officer's signature is for.
const PURPOSE: &str = "unlock";

/// Adds the pages that the servicedesk has not: a visit, and that a PUK is locked too.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/id-admin/kort/{id}/las-upp", web::get().to(show))
        .route("/id-admin/kort/{id}/las-upp", web::post().to(send))
        .route("/id-admin/kort/{id}/upplast", web::get().to(done::show))
        .route("/id-admin/kort/{id}/puk-last", web::post().to(lock_puk));
}

/// The signature that the browser came back with.
#[derive(Clone, Deserialize)]
struct Signed {
    signature: Option<Uuid>,
    /// The one that was asked for and not made.
    utkast: Option<Uuid>,
}

#[derive(Template)]
#[template(path = "id_admin/unlock.html")]
struct UnlockView {
    frame: Frame,
    t: Text,
    title: String,
    means: String,
    ways_title: String,
    errors: ErrorSummary,
    refusal: Option<Message>,
    /// That the answers from before stand in the form.
    kept: Option<Message>,
    /// Somebody was not sure who this is.
    doubt: Option<Message>,
    unsure: Option<DoubtForm>,
    drawing: CardPicture,
    badges: Vec<StateBadge>,
    number: String,
    who: Vec<String>,
    form: Option<FormView>,
    ways: Ways,
    stop: Link,
}

struct FormView {
    hidden: Hidden,
    action: String,
    seen: Fields,
    how: Vec<(Icon, String)>,
    chosen: Tick,
    by_card: Option<Button>,
    decision: DecisionBar,
}

async fn lock_puk(
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<NoFields>,
) -> Result<HttpResponse, Fault> {
    let source = CodeSource::Stated;
    let (code, action) = ((*id, CodeName::Puk), ChipCodeAction::Lock { source });
    state::act(&session, &app, code, action, form.fingerprint).await?;
    Ok(see_other(address(*id)))
}

fn address(id: CardId) -> String {
    format!("/id-admin/kort/{id}/las-upp")
}

async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    signed: web::Query<Signed>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    if let Some(signature) = signed.signature {
        return finish(&request, &session, &app, id, signature).await;
    }
    let work = move |app: &App, link: &mut Db| {
        let page = app.locked_page(link, &call, id)?;
        let doubt = app.open_doubt(link, page.page.person.person)?;
        Ok((page, doubt))
    };
    let ((page, doubt), moment) = ask(&app, work).await?;
    let s = Setting::new(&session, &request, moment);
    let view = |refusal: Option<&Refusal>| view(&s, &page, &Typed::default(), &[], refusal);
    match may_open(&page) {
        Ok(()) => {
            let before = identity::before(&request, &session, signed.utkast, PURPOSE).await?;
            let mut form = filled(&s, &page, before);
            form.doubt = doubt::notice(&s, page.page.person.person, doubt.as_ref());
            ok(&form)
        }
        // The ways on the page are the answer: nothing has been refused that was tried.
        Err(Refusal::VisitDoesNotUnlock { .. }) => {
            let refusal = may_open(&page).err();
            ok(&view(refusal.as_ref()))
        }
        Err(refusal) => show_with(StatusCode::CONFLICT, &view(Some(&refusal))),
    }
}

/// The form, empty, or with the answers that the officer gave before a signature that was not made.
fn filled(s: &Setting, page: &LockedPage, before: Option<Draft>) -> UnlockView {
    let before = before.filter(|draft| draft.card == page.page.card.sheet.card.id);
    let kept = before.is_some().then(|| identity::kept(s.t));
    let typed = before.map(|draft| draft.typed()).unwrap_or_default();
    UnlockView {
        kept,
        ..view(s, page, &typed, &[], None)
    }
}

/// Whether the reader may open the card here and now, before anything is checked.
fn may_open(page: &LockedPage) -> Result<(), Refusal> {
    let card = &page.page.card;
    if card.codes.is_empty() {
        return Err(card.sheet.card.stands());
    }
    card.code_verdict(ChipCodeActionName::UnlockAtVisit)
}

/// What came of the check.
enum Outcome {
    Holds(Box<Draft>),
    Faults(Faults),
    Refused(Refusal),
}

async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<Typed>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (typed, t) = (form.fields.clone(), crate::pages::text(session.language));
    let work = move |app: &App, link: &mut Db| {
        let page = app.locked_page(link, &call, id)?;
        let outcome = examine(app, link, &call, &page, &typed, t)?;
        let doubt = app.open_doubt(link, page.page.person.person)?;
        Ok::<_, Failure>((page, outcome, doubt))
    };
    let ((page, outcome, doubt), moment) = ask(&app, work).await?;
    let s = Setting::new(&session, &request, moment);
    let again = |status, faults: &[(&'static str, String)], refusal: Option<&Refusal>| {
        let mut form = view(&s, &page, &form.fields, faults, refusal);
        form.doubt = doubt::notice(&s, page.page.person.person, doubt.as_ref());
        show_with(status, &form)
    };
    match outcome {
        Outcome::Holds(draft) => {
            signing::request(&request, &session, wanted(t, &page, &draft)?).await
        }
        Outcome::Faults(faults) => again(StatusCode::UNPROCESSABLE_ENTITY, &faults, None),
        Outcome::Refused(refusal) => again(StatusCode::CONFLICT, &[], Some(&refusal)),
    }
}

fn examine(
    app: &App,
    link: &mut Db,
    call: &Call,
    page: &LockedPage,
    typed: &Typed,
    t: Text,
) -> Result<Outcome, Failure> {
    let sheet = &page.page.card.sheet;
    let Some(code) = sheet.parts.pin_to_open() else {
        return Ok(Outcome::Refused(sheet.card.stands()));
    };
    let draft = match Draft::read(t, sheet.card.id, typed, link.now()) {
        Ok(draft) => draft,
        Err(faults) => {
            return Ok(may_open(page).map_or_else(Outcome::Refused, |()| Outcome::Faults(faults)));
        }
    };
    let facts = app.code_facts(link, call, code)?;
    match app.examine_unlock(link, call, (code, &facts), &draft.check(None)) {
        Ok(()) => Ok(Outcome::Holds(Box::new(draft))),
        Err(Failure::Refused(refusal)) => {
            let now = link.now();
            let right = (sheet.card.number.as_ref(), &facts.number);
            let still = |check: &VisitCheck| check::still(code, &call.actor, check, &facts, now);
            Ok(match draft.faults_beside(t, &refusal, right, still) {
                faults if faults.is_empty() => Outcome::Refused(refusal),
                faults => Outcome::Faults(faults),
            })
        }
        Err(other) => Err(other),
    }
}

fn wanted(t: Text, page: &LockedPage, draft: &Draft) -> Result<Wanted, Fault> {
    let payload =
        serde_json::to_value(draft).map_err(|error| Failure::Broken(error.to_string()))?;
    let page = &page.page;
    let here = page.facts.here.as_ref();
    let here = here.map_or(&page.card.sheet.office.name, |office| &office.name);
    Ok(Wanted {
        purpose: PURPOSE,
        text: draft.text_to_sign(t, &super::activate::hsa_id(page), here),
        payload,
        return_to: address(page.card.sheet.card.id),
    })
}

/// The officer has signed: the code is opened, which uses up the signature; a refusal leaves it.
/// Whoever reloads the address comes to what was done.
async fn finish(
    request: &HttpRequest,
    session: &IdAdminSession,
    app: &App,
    id: CardId,
    signature: Uuid,
) -> Result<HttpResponse, Fault> {
    let done = see_other(format!("/id-admin/kort/{id}/upplast"));
    let waiting = match signing::waiting(request, session, signature, PURPOSE).await {
        Ok(waiting) => waiting,
        Err(Fault::Notice(Notice::SignatureGone)) => {
            let running = by_card::running(session, app, id).await?;
            return Ok(running.map_or(done, see_other));
        }
        Err(fault) => return Err(fault),
    };
    if let Some(task) = by_card::begin(request, session, app, (id, signature), &waiting).await? {
        return Ok(task);
    }
    unlock(session, app, id, signature, &waiting).await?;
    Ok(done)
}

async fn unlock(
    session: &IdAdminSession,
    app: &App,
    id: CardId,
    signature: Uuid,
    signed: &UsedSignature,
) -> Result<(), Fault> {
    let draft = draft_of(signed, id).ok_or(Notice::SignatureGone)?;
    let check = draft.check(Some(signed.signature.clone()));
    let call = session.signed(signature, signed, PURPOSE);
    let work = move |app: &App, link: &mut Db| app.open_at_visit(link, &call, id, check.clone());
    ask(app, work).await?;
    Ok(())
}

fn draft_of(signed: &UsedSignature, id: CardId) -> Option<Draft> {
    let draft: Option<Draft> = serde_json::from_value(signed.payload.clone()).ok();
    draft.filter(|draft| draft.card == id)
}

fn view(
    s: &Setting,
    page: &LockedPage,
    typed: &Typed,
    faults: &[(&'static str, String)],
    refusal: Option<&Refusal>,
) -> UnlockView {
    let t = s.t;
    let sheet = &page.page.card.sheet;
    let title = if is_locked(page) {
        locked_card::locked_title(t, sheet)
    } else {
        t.ul_not_locked_title()
    };
    let (means, ways_title) = locked_card::locked_means(t, page);
    let message = refusal.map(|refusal| {
        let (why, instead) = locked_card::refusal_text(t, refusal);
        Message::neutral(why, instead).alert()
    });
    UnlockView {
        frame: s.frame(title.as_str()).focus(t.ul_unlock()),
        t,
        title,
        means,
        ways_title,
        errors: ErrorSummary::new(t, faults.iter().cloned()),
        refusal: message,
        kept: None,
        doubt: None,
        unsure: refusal
            .is_none()
            .then(|| DoubtForm::new(s, sheet.card.id, parts::STOPPED_UNLOCK)),
        drawing: picture(sheet),
        badges: badges(t, sheet),
        number: parts::card_number(&sheet.card),
        who: vec![
            parts::shown_name(t, &page.page.person),
            parts::work(&page.page.person.posts),
        ],
        form: refusal.is_none().then(|| form_view(s, page, typed, faults)),
        ways: Ways::new(s, page, refusal.is_some()),
        stop: Link::new(t.ul_stop(), parts::person_address(&page.page.person)),
    }
}

fn form_view(
    s: &Setting,
    page: &LockedPage,
    typed: &Typed,
    faults: &[(&'static str, String)],
) -> FormView {
    let t = s.t;
    let sheet = &page.page.card.sheet;
    let product = &sheet.product;
    let (least, most) = (product.pin_min.to_string(), product.pin_max.to_string());
    let foreign = Choice::rejected(t.ul_foreign(), t.ul_foreign_not_accepted());
    let chosen = Tick::new(
        CHOSEN,
        t.ul_chosen(),
        t.ul_is_chosen(),
        typed.is_ticked(CHOSEN),
    );
    let which = locked_card::codes::chosen_anew(t, sheet);
    FormView {
        hidden: s.hidden.clone(),
        action: address(sheet.card.id),
        seen: identity::fields(t, typed, faults, vec![foreign]),
        how: [(Icon::Reader, t.code_put_in_reader(parts::card_name(sheet)))]
            .into_iter()
            .chain(which.map(|which| (Icon::Info, which)))
            .chain([
                (Icon::Eye, t.code_look_away()),
                (Icon::Padlock, t.code_choose(least, most)),
                (Icon::Ban, t.code_never_here()),
            ])
            .collect(),
        chosen: chosen.error(identity::error_at(faults, CHOSEN)),
        by_card: by_card::is_possible(sheet).then(|| {
            Button::submit(t.unlock_by_card())
                .sending(WAY, BY_CARD)
                .secondary()
        }),
        decision: DecisionBar::new(
            t.activate_decision(),
            Some(DoubtForm::button(s)),
            Button::submit(t.sign_the_check()).of_form("kontroll"),
        ),
    }
}
