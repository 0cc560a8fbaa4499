//! The receipt on paper: printed, signed with ink, kept by the office, and registered here. The
//! officer signs that it is so, as for every act at the counter.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::{CardPage, Event};
use cards_app::sessions::UsedSignature;
use cards_app::{App, Call, Failure, Link as Db};
use cards_domain::access::{Function, permit};
use cards_domain::card::CardEvent;
use cards_domain::identity_check::IdentityCheckRecord;
use cards_domain::ids::{CardId, ReceiptId};
use cards_domain::receipt::{ReceiptAction, TERMS_VERSION};
use cards_domain::refusal::Refusal;
use cards_domain::signature::{Signature, SignatureKind};
use cards_http::{Fault, IdAdminSession, Notice, SignedForm, signing};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::activate::steps;
use super::parts::{self, Tick};
use super::{cards, receipt};
use crate::components::{Button, ErrorSummary, Fact, Facts, Hidden, Link, Message, StepBar};
use crate::layout::Frame;
use crate::mina_sidor::terms;
use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::refusals;
use crate::states;
use crate::text::{Lang, Text};

/// What the officer's signature is for; it can be used for nothing else.
const PURPOSE: &str = "paper_receipt";
const SIGNED: &str = "underskriven";
/// How far back the check of the identity document is looked for.
const EVENTS: i64 = 200;

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Registered {
    #[serde(default)]
    underskriven: cards_http::Tick,
    villkor: Option<String>,
}

/// The signature that the browser came back with.
#[derive(Deserialize)]
pub(super) struct Signed {
    signature: Option<Uuid>,
}

/// What is registered once the officer has signed.
#[derive(Clone, Serialize, Deserialize)]
struct Paper {
    receipt: ReceiptId,
    terms_version: String,
}

#[derive(Template)]
#[template(path = "id_admin/paper.html")]
pub(super) struct PaperView {
    frame: Frame,
    t: Text,
    steps: StepBar,
    errors: ErrorSummary,
    refusal: Option<Message>,
    hidden: Hidden,
    action: String,
    signed: Tick,
    print: Link,
    register: Button,
    back: Link,
}

#[derive(Template)]
#[template(path = "id_admin/paper_print.html")]
pub(super) struct PrintView {
    frame: Frame,
    t: Text,
    office: String,
    organisation: String,
    holder: Facts,
    card: Facts,
    how: Option<Facts>,
    terms: Vec<String>,
    foot: String,
}

pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    signed: web::Query<Signed>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.card_page_again(link, &call, id)).await?;
    let setting = Setting::new(&session, &request, moment);
    if let Some(elsewhere) = receipt::elsewhere(&page) {
        return Ok(see_other(elsewhere));
    }
    receipt::may_receive(&setting, &page)?;
    let Some(signature) = signed.signature else {
        return ok(&view(&setting, &page, None, None));
    };
    let waiting = signing::waiting(&request, &session, signature, PURPOSE).await?;
    match register(&session, &app, page, signature, &waiting).await? {
        Outcome::Done => Ok(see_other(done(id))),
        outcome => told(&setting, outcome),
    }
}

fn done(id: CardId) -> String {
    format!("/id-admin/kort/{id}/klart")
}

pub(super) fn view(
    s: &Setting,
    page: &CardPage,
    error: Option<String>,
    refusal: Option<&Refusal>,
) -> PaperView {
    let t = s.t;
    let here = cards::receipt_address(&page.card.sheet);
    PaperView {
        frame: s.frame(t.receipt_on_paper()).focus(t.activate_the_card()),
        t,
        steps: steps(t, 4),
        errors: ErrorSummary::new(t, error.clone().map(|text| (SIGNED, text))),
        refusal: refusal.map(|refusal| refusals::message(t, refusal).alert()),
        hidden: s.hidden.clone().and("villkor", TERMS_VERSION),
        action: here.clone(),
        signed: Tick::new(SIGNED, t.paper_question(), t.paper_is_signed(), false).error(error),
        print: Link::new(t.print_receipt(), format!("{here}/utskrift")),
        register: Button::submit(t.sign_and_register_paper()).large(),
        back: Link::new(t.back_to_receipt(), here),
    }
}

/// What came of the registration, or of asking for it.
enum Outcome {
    Done,
    /// The officer is to sign.
    Sign(Box<CardPage>, Paper),
    NotTicked(Box<CardPage>),
    Refused(Box<CardPage>, Refusal),
}

fn told(s: &Setting, outcome: Outcome) -> Result<HttpResponse, Fault> {
    match outcome {
        Outcome::Refused(page, refusal) => {
            show_with(StatusCode::CONFLICT, &view(s, &page, None, Some(&refusal)))
        }
        Outcome::NotTicked(page) => {
            let error = Some(s.t.paper_not_ticked());
            show_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &view(s, &page, error, None),
            )
        }
        Outcome::Done | Outcome::Sign(..) => Err(Notice::Broken.into()),
    }
}

pub(super) async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<Registered>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let fields = form.fields;
    let work = move |app: &App, link: &mut Db| examine(app, link, &call, id, &fields);
    let (outcome, moment) = ask(&app, work).await?;
    let setting = Setting::new(&session, &request, moment);
    match outcome {
        Outcome::Done => Ok(see_other(done(id))),
        Outcome::Sign(page, paper) => {
            signing::request(&request, &session, wanted(setting.t, &page, &paper)?).await
        }
        outcome => told(&setting, outcome),
    }
}

/// Whether the officer could register the paper, before they sign that it is there.
fn examine(
    app: &App,
    link: &mut Db,
    call: &Call,
    id: CardId,
    fields: &Registered,
) -> Result<Outcome, Failure> {
    let page = app.card_page_again(link, call, id)?;
    let Some(receipt) = page.card.sheet.receipt else {
        permit(
            &call.actor,
            Function::RecordPaperReceipt,
            &page.facts.subject,
        )?;
        let refusal = page.card.sheet.card.stands();
        let is_done = refusal == Refusal::CardAlreadyActive;
        return Ok(if is_done {
            Outcome::Done
        } else {
            Outcome::Refused(Box::new(page), refusal)
        });
    };
    let paper = Paper {
        receipt,
        terms_version: fields.villkor.clone().unwrap_or_default(),
    };
    let action = action(&paper, ink(&page, link.now(), None));
    match app.may_register_paper(link, call, (&page, receipt), &action) {
        Ok(()) if !fields.underskriven.is_set() => Ok(Outcome::NotTicked(Box::new(page))),
        Ok(()) => Ok(Outcome::Sign(Box::new(page), paper)),
        Err(failure) => refused(page, failure),
    }
}

/// Whose role it is not meets a page of its own; every other refusal stands over the form.
fn refused(page: CardPage, failure: Failure) -> Result<Outcome, Failure> {
    match failure {
        Failure::Refused(Refusal::NotYourRole) => Err(failure),
        Failure::Refused(refusal) => Ok(Outcome::Refused(Box::new(page), refusal)),
        other => Err(other),
    }
}

fn wanted(t: Text, page: &CardPage, paper: &Paper) -> Result<signing::Wanted, Fault> {
    let sheet = &page.card.sheet;
    let payload =
        serde_json::to_value(paper).map_err(|error| Failure::Broken(error.to_string()))?;
    let office = page.facts.here.as_ref();
    let office = office.map_or_else(|| sheet.office.name.clone(), |office| office.name.clone());
    Ok(signing::Wanted {
        purpose: PURPOSE,
        text: t.sign_paper(parts::card_name(sheet), &paper.terms_version, office),
        payload,
        return_to: format!("{}/papper", cards::receipt_address(sheet)),
    })
}

async fn register(
    session: &IdAdminSession,
    app: &App,
    page: CardPage,
    signature: Uuid,
    signed: &UsedSignature,
) -> Result<Outcome, Fault> {
    let paper: Paper =
        serde_json::from_value(signed.payload.clone()).map_err(|_| Notice::SignatureGone)?;
    if page.card.sheet.receipt != Some(paper.receipt) {
        return Err(Notice::SignatureGone.into());
    }
    let (look, call) = (
        session.call(None),
        session.signed(signature, signed, PURPOSE),
    );
    let evidence = signed.signature.evidence;
    let work = move |app: &App, link: &mut Db| {
        let action = action(&paper, ink(&page, link.now(), evidence));
        let of = (&page, paper.receipt);
        match app.register_paper(link, (&look, &call), of, &action) {
            Ok(_) => Ok(Outcome::Done),
            Err(failure) => refused(page, failure),
        }
    };
    let (outcome, _) = ask(app, work).await?;
    Ok(outcome)
}

fn action(paper: &Paper, signature: Signature) -> ReceiptAction {
    ReceiptAction::RegisterPaper {
        terms_version: paper.terms_version.clone(),
        signature,
    }
}

/// The holder's ink. The evidence that it is there is the officer's own signature. The paper is in
/// Swedish, whatever language the officer reads.
fn ink(page: &CardPage, now: DateTime<Utc>, evidence: Option<Uuid>) -> Signature {
    let text = terms::signed_text(Text::of(Lang::Sv), &page.card.sheet);
    let hash = Sha256::digest(text.as_bytes());
    let text_hash = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    Signature {
        kind: SignatureKind::Paper,
        at: now,
        text_hash,
        evidence,
    }
}

pub(super) async fn print(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let work = move |app: &App, link: &mut Db| {
        let page = app.card_page(link, &call, id)?;
        app.reveal_on_card(link, &call, &page)?;
        let events = link.events_of(page.person.person, false, EVENTS)?;
        Ok((page, events))
    };
    let ((page, events), moment) = ask(&app, work).await?;
    let setting = Setting::new(&session, &request, moment);
    receipt::may_receive(&setting, &page)?;
    ok(&print_view(&setting, &page, &events))
}

pub(super) fn print_view(s: &Setting, page: &CardPage, events: &[Event]) -> PrintView {
    let t = Text::of(Lang::Sv);
    let sheet = &page.card.sheet;
    let card = terms::card_rows(t, sheet).into_iter();
    PrintView {
        frame: s.frame(t.paper_title()).focus(s.t.printing()),
        t,
        office: sheet.office.name.clone(),
        organisation: sheet.organisation_name.clone(),
        holder: holder(t, page),
        card: Facts::new(card.map(|(term, value)| Fact::plain(term, value)).collect()),
        how: how(t, page, events),
        terms: terms::terms(t),
        foot: t.paper_foot(
            format!("{}-{}", sheet.order_number, parts::card_name(sheet)),
            TERMS_VERSION,
        ),
    }
}

fn holder(t: Text, page: &CardPage) -> Facts {
    let person = &page.person;
    let post = person
        .posts
        .iter()
        .find(|post| post.organisation == page.card.sheet.card.organisation);
    let mut facts = vec![
        Fact::plain(t.name(), person.name.full()),
        Fact::plain(t.number(), person.number.to_string()),
    ];
    facts.extend(post.map(|post| Fact::plain(t.hsa_id(), post.hsa_id.to_string())));
    Facts::new(facts)
}

/// The check that was made when the card was unlocked, from the log.
fn how(t: Text, page: &CardPage, events: &[Event]) -> Option<Facts> {
    let id = page.card.sheet.card.id.0;
    let unlocked = events.iter().find_map(|event| {
        let is_it = event.entry.subject == Some(id) && event.entry.action == "unlock";
        match serde_json::from_value(event.entry.event.clone())
            .ok()
            .filter(|_| is_it)?
        {
            CardEvent::Unlocked { identity, .. } => Some((event, identity)),
            _ => None,
        }
    });
    let (event, identity) = unlocked?;
    let officer = event
        .actor_name
        .clone()
        .unwrap_or_else(|| t.event_by_officer());
    Some(Facts::new(vec![
        Fact::plain(t.physical_document(), document(t, &identity)),
        Fact::plain(t.checked_by(), officer),
        Fact::plain(t.unlocked_on(), t.day_and_clock(event.entry.at)),
    ]))
}

fn document(t: Text, identity: &IdentityCheckRecord) -> String {
    let kind = states::document(t, identity.document);
    t.document_seen(kind, &identity.document_last_four, t.day(identity.valid_to))
}
