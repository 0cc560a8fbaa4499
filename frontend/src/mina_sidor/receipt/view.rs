//! The page of a receipt: the terms, the card, and what can be done with the receipt now; once it is
//! signed, what was signed and when, on the screen and on paper.

use actix_web::http::StatusCode;
use askama::Template;
use cards_app::queries::ReceiptPage;
use cards_domain::access::Loa;
use cards_domain::card::CardStage;
use cards_domain::receipt::TERMS_VERSION;
use cards_domain::refusal::Refusal;
use cards_domain::signature::SignatureKind;
use chrono::{DateTime, Utc};

use super::super::{start, terms};
use crate::clocks::{self, Reader};
use crate::components::{
    Button, Choices, DeadlineBar, ErrorSummary, Fact, Facts, Hidden, Link, Message, SigningWay,
};
use crate::layout::Frame;
use crate::refusals;
use crate::text::Text;

/// The box to tick, and the place the error summary leads to.
const ACCEPT: &str = "godkanner";

/// What can be done with the receipt now.
enum Standing {
    /// It waits for the signature.
    Form {
        action: String,
        hidden: Hidden,
        error: Option<String>,
        is_accepted: bool,
        ways: Choices,
        /// What a touched window begins with, where nobody has chosen.
        touched: Option<&'static str>,
    },
    /// The log-in is not sure enough to sign.
    LoaTooLow { log_in: Button },
    /// It is signed: the way to it on paper.
    Signed { to_card: Button, print: Link },
    /// Nothing is to be signed.
    Nothing { to_card: Button },
}

#[derive(Template)]
#[template(path = "mina_sidor/receipt.html")]
pub(in crate::mina_sidor) struct ReceiptView {
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

/// A signed receipt on paper, for the holder to keep.
#[derive(Template)]
#[template(path = "mina_sidor/receipt_paper.html")]
pub(in crate::mina_sidor) struct PaperView {
    frame: Frame,
    t: Text,
    holder: String,
    terms: Vec<String>,
    version: &'static str,
    card: Facts,
    sentence: Option<String>,
}

/// What stands on the page beside the question itself.
#[derive(Default)]
pub(in crate::mina_sidor) struct Around {
    pub(in crate::mina_sidor) status: StatusCode,
    pub(in crate::mina_sidor) hidden: Hidden,
    /// What is wrong with the box.
    pub(in crate::mina_sidor) error: Option<String>,
    /// What is wrong with the way to sign.
    pub(in crate::mina_sidor) way_error: Option<String>,
    pub(in crate::mina_sidor) message: Option<Message>,
    /// Whether the box has been ticked already.
    pub(in crate::mina_sidor) is_accepted: bool,
    /// The way to sign that has been chosen already.
    pub(in crate::mina_sidor) chosen: Option<SigningWay>,
    /// Why the card itself cannot sign, if it cannot.
    pub(in crate::mina_sidor) no_card: Option<Refusal>,
}

/// The page of this receipt for somebody logged in as surely as `loa`.
pub(in crate::mina_sidor) fn view(
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
    let errors = errors(t, &around);
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
        terms: if waits {
            terms::terms(t)
        } else {
            signed_terms(t, page)
        },
        version: TERMS_VERSION,
        card_title: if waits {
            t.ms_receipt_card()
        } else {
            t.ms_receipt_product()
        },
        card: facts(t, page),
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

/// The signed receipt on paper; none where nothing is signed.
pub(in crate::mina_sidor) fn on_paper(frame: Frame, page: &ReceiptPage) -> Option<PaperView> {
    let t = frame.texts();
    let signed = page.signed.as_ref()?;
    let is_known = signed.terms_version == TERMS_VERSION;
    Some(PaperView {
        frame: frame.titled(t.ms_receipt_paper_title()),
        t,
        holder: page.person.name.to_string(),
        terms: signed_terms(t, page),
        version: TERMS_VERSION,
        card: facts(t, page),
        sentence: is_known.then(|| t.ms_receipt_accept()),
    })
}

/// The terms that were signed, as long as they are the words that are known here.
fn signed_terms(t: Text, page: &ReceiptPage) -> Vec<String> {
    match &page.signed {
        Some(signed) if signed.terms_version == TERMS_VERSION => terms::terms(t),
        Some(_) | None => Vec::new(),
    }
}

/// What is said of the card, and of a signed receipt when and how it was signed.
fn facts(t: Text, page: &ReceiptPage) -> Facts {
    let rows = terms::card_rows(t, &page.card).into_iter();
    let mut facts: Vec<Fact> = rows.map(|(name, value)| Fact::plain(name, value)).collect();
    if let Some(signed) = &page.signed {
        let signature = signed.signature.as_ref();
        let at = signature.map_or(signed.since, |signature| signature.at);
        facts.push(Fact::plain(t.ms_receipt_signed_at(), t.day_and_clock(at)));
        facts.extend(signature.map(|one| Fact::plain(t.ms_receipt_signed_how(), how(t, one.kind))));
        let version = signed.terms_version.as_str();
        facts.push(Fact::plain(t.ms_terms_title(), t.ms_terms_version(version)));
    }
    Facts::new(facts)
}

fn how(t: Text, kind: SignatureKind) -> String {
    match kind {
        SignatureKind::ReauthenticatedSession => t.ms_receipt_by_log_in(),
        SignatureKind::CardSignature => t.ms_receipt_by_card(),
        SignatureKind::Paper => t.ms_receipt_by_paper(),
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
        CardStage::Active { .. } => (
            t.ms_receipt_signed_title(),
            t.ms_receipt_already_signed_text(),
        ),
        CardStage::UnlockedUnsigned { .. }
        | CardStage::Revoked { .. }
        | CardStage::Expired { .. } => (t.ms_receipt_ended_title(), t.ms_receipt_ended_text()),
    }
}

fn standing(t: Text, page: &ReceiptPage, loa: Loa, around: Around) -> Standing {
    let card = start::card_address(&page.card);
    if page.receipt.is_none() {
        let to_card = Button::link(t.ms_receipt_to_card(), card.as_str()).full();
        let print = Link::new(t.test_print(), format!("{card}/kvittens?papper=1"));
        return match page.signed {
            Some(_) => Standing::Signed { to_card, print },
            None => Standing::Nothing { to_card },
        };
    }
    let action = format!("{card}/kvittens");
    if loa < Loa::Loa3 {
        let address = format!("/mina-sidor/logga-in?niva=loa3&return_to={action}");
        let log_in = Button::link(t.ms_loa_button(), address).large().full();
        return Standing::LoaTooLow { log_in };
    }
    let no_card = around.no_card.as_ref().map(|refusal| why_not(t, refusal));
    let ways = SigningWay::asked(t, no_card, around.chosen);
    Standing::Form {
        action,
        hidden: around.hidden,
        error: around.error,
        is_accepted: around.is_accepted,
        ways: ways.error(around.way_error),
        touched: around.chosen.is_none().then(|| SigningWay::LogIn.into()),
    }
}

fn errors(t: Text, around: &Around) -> Option<ErrorSummary> {
    let places = [
        (ACCEPT, around.error.clone()),
        (SigningWay::FIELD, around.way_error.clone()),
    ];
    let told = places.into_iter();
    let told = told.filter_map(|(place, error)| Some((place, error?)));
    let mut told = told.peekable();
    told.peek()?;
    Some(ErrorSummary::new(t, told))
}

fn why_not(t: Text, refusal: &Refusal) -> String {
    let (why, instead) = refusals::refusal_text(t, refusal);
    format!("{why} {instead}")
}
