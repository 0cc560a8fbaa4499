//! One card: where it is, where to go with it, what to bring, and which days to keep in mind.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::{CardSheet, HolderPage};
use cards_app::{App, Call, Failure, Link as Db};
use cards_domain::card::CardStage;
use cards_domain::deadline::DeadlineRule;
use cards_domain::delivery::{DeliveryMethod, DeliveryStage};
use cards_domain::ids::CardId;
use cards_domain::product::{CodeDelivery, Product};
use cards_http::{Fault, HolderSession, Notice};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::in_reader::{InReader, Known};
use super::office::OfficeView;
use super::situation::Situation;
use super::{coming, duties, frame, locked, missing, receipt, start};
use crate::certificates::{self, Pair};
use crate::clocks::{self, Reader};
use crate::components::{
    Button, Copyable, DeadlineBar, Fact, Facts, Hidden, Link, LinkList, MyCard, Tracking,
};
use crate::layout::Frame;
use crate::pages::{self, ask};
use crate::states;
use crate::text::Text;

/// What a visit to the office is about.
struct Visit {
    office: OfficeView,
    bring: Vec<String>,
    not_enough: String,
    steps: Vec<String>,
}

#[derive(Template)]
#[template(path = "mina_sidor/card.html")]
pub(super) struct CardPage {
    frame: Frame,
    t: Text,
    title: String,
    text: Option<String>,
    back: Link,
    card: MyCard,
    ways_on: Option<LinkList>,
    sign: Option<Button>,
    tracking: Option<Tracking>,
    rek: Option<(Copyable, Button)>,
    notes: Vec<String>,
    visit: Option<Visit>,
    certificates: Vec<Pair>,
    all_certificates: Option<Link>,
    in_reader: Option<InReader>,
    deadlines: Vec<DeadlineBar>,
}

/// The id in an address; one that cannot be read leads nowhere.
pub(super) fn parsed(id: &str) -> Result<CardId, Fault> {
    id.parse::<Uuid>()
        .map(CardId)
        .map_err(|_| Notice::NotFound.into())
}

/// `GET /mina-sidor/kort/{id}`.
///
/// # Errors
/// The card is not the holder's, or the database is away.
pub async fn get(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<String>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), parsed(&id)?);
    let work = move |app: &App, link: &mut Db| {
        let (page, sheet) = own_card(app, link, &call, id)?;
        let known = Known::ask(app, link, &call, &sheet)?;
        Ok((page, sheet, known))
    };
    let ((page, sheet, known), moment) = ask(&app, work).await?;
    let frame = frame::frame(&request, &session, moment);
    let reader = (&known, pages::fields(&session));
    pages::ok(&view(frame, &page, &sheet, reader, moment.now))
}

/// A card of the holder's own, with everything else of the holder's.
///
/// # Errors
/// [`Failure::NotFound`] for any other card.
pub(super) fn own_card(
    app: &App,
    link: &mut Db,
    call: &Call,
    id: CardId,
) -> Result<(HolderPage, CardSheet), Failure> {
    let page = app.holder_page(link, call)?;
    let mut cards = page.cards.iter();
    let sheet = cards.find(|sheet| sheet.card.id == id).cloned();
    sheet.map(|sheet| (page, sheet)).ok_or(Failure::NotFound)
}

/// The way back to the card from a page about it.
pub(super) fn back_to(t: Text, sheet: &CardSheet) -> Link {
    let number = sheet.card.number.as_ref();
    let number = number.map(|number| number.short()).unwrap_or_default();
    Link::new(t.ms_open_card(number), start::card_address(sheet))
}

/// The page of this card at this time.
pub(super) fn view(
    frame: Frame,
    page: &HolderPage,
    sheet: &CardSheet,
    (known, hidden): (&Known, Hidden),
    now: DateTime<Utc>,
) -> CardPage {
    let t = frame.texts();
    let (title, text) = situation(t, sheet);
    let stands = Situation::of(sheet);
    let is_coming = matches!(
        sheet.card.stage,
        CardStage::Ordered | CardStage::Sent { .. }
    );
    let order = page
        .orders
        .iter()
        .find(|order| order.order.id == sheet.card.order);
    let order = order.map(|order| &order.order);
    let method = sheet.delivery.as_ref().map(|sent| sent.method);
    let method = method.or_else(|| order.map(|order| order.method));
    CardPage {
        frame: frame.titled(title.as_str()),
        t,
        title,
        text,
        back: Link::new(t.ms_back(), start::HOME),
        card: picture(t, sheet),
        ways_on: ways_on(t, sheet),
        sign: sign(t, sheet),
        tracking: is_coming.then(|| coming::tracking(t, sheet, order)),
        rek: rek(t, sheet),
        notes: if is_coming {
            coming::notes(t, page, sheet, method)
        } else {
            Vec::new()
        },
        // What has not come is activated nowhere.
        visit: (is_coming && stands != Situation::Missing).then(|| visit(t, sheet, now)),
        certificates: certificates::pairs(t, start::HOME, sheet, &[]),
        all_certificates: all_certificates(t, sheet),
        in_reader: known.section(t, sheet, hidden, now),
        deadlines: deadlines(t, page, sheet, now),
    }
}

fn situation(t: Text, sheet: &CardSheet) -> (String, Option<String>) {
    let until = sheet
        .card
        .valid_to
        .map(|day| t.day(day))
        .unwrap_or_default();
    match Situation::of(sheet) {
        Situation::Ordered => (t.ms_card_ordered_title(), Some(t.ms_card_ordered_text())),
        Situation::Sent => (t.ms_card_sent_title(), None),
        Situation::Missing => (t.ms_missing_told_title(), Some(t.ms_missing_told())),
        Situation::AtOffice => (
            t.ms_card_at_office_title(&sheet.office.name),
            Some(t.ms_card_at_office_text()),
        ),
        Situation::Locked => (t.ms_card_locked_title(), Some(t.ms_card_locked_text(until))),
        Situation::Unsigned => (t.ms_card_unsigned_title(), None),
        Situation::Works => (t.ms_card_active_title(until), Some(t.ms_card_active_text())),
        Situation::Ended => ended(t, sheet),
    }
}

fn ended(t: Text, sheet: &CardSheet) -> (String, Option<String>) {
    match sheet.card.stage {
        CardStage::Revoked { .. } => (t.ms_card_revoked_title(), Some(t.ms_card_revoked_text())),
        CardStage::Expired { .. }
        | CardStage::Ordered
        | CardStage::Sent { .. }
        | CardStage::UnlockedUnsigned { .. }
        | CardStage::Active { .. } => (t.ms_card_expired_title(), Some(t.ms_card_expired_text())),
    }
}

fn picture(t: Text, sheet: &CardSheet) -> MyCard {
    let note = match &sheet.card.stage {
        CardStage::Revoked { at, reason } => {
            t.ms_revoked_on(t.day_of(*at), states::revocation_reason(t, *reason))
        }
        CardStage::Ordered
        | CardStage::Sent { .. }
        | CardStage::UnlockedUnsigned { .. }
        | CardStage::Active { .. }
        | CardStage::Expired { .. } => String::new(),
    };
    let mut facts = start::numbers(t, sheet);
    facts.extend(
        sheet
            .card
            .valid_to
            .map(|day| Fact::plain(t.ms_valid_to(), t.day(day))),
    );
    facts.extend(crate::locked_card::codes::facts(t, sheet));
    facts.push(Fact::plain(
        t.ms_order_number(),
        sheet.order_number.as_str(),
    ));
    start::picture(t, sheet, note).facts(Facts::new(facts))
}

/// What to do when the card is locked or lost, when it or its code letter never came, and what a
/// revoked card has left.
fn ways_on(t: Text, sheet: &CardSheet) -> Option<LinkList> {
    let has_letter = sheet.product.code_delivery == CodeDelivery::CodeLetter;
    let links: Vec<Link> = match sheet.card.stage {
        CardStage::UnlockedUnsigned { .. } => vec![locked::link(t, sheet), locked::lost(t, sheet)],
        CardStage::Active { .. } => vec![
            locked::link(t, sheet),
            locked::lost(t, sheet),
            receipt::link(t, sheet),
        ],
        CardStage::Sent { .. } => {
            let letter = Link::new(t.ul_ms_no_letter(), locked::address(sheet));
            missing::link(t, sheet)
                .into_iter()
                .chain(has_letter.then_some(letter))
                .chain(coming::can_be_lost(sheet).then(|| locked::lost(t, sheet)))
                .collect()
        }
        CardStage::Ordered => vec![locked::lost(t, sheet)],
        CardStage::Revoked { .. } | CardStage::Expired { .. } => {
            start::case_link(t, sheet).into_iter().collect()
        }
    };
    (!links.is_empty()).then(|| LinkList::new(links))
}

/// The page on which a pair can be revoked.
fn all_certificates(t: Text, sheet: &CardSheet) -> Option<Link> {
    let has_some = !sheet.parts.certificates.is_empty();
    has_some.then(|| Link::new(t.certs_link(), certificates::address(start::HOME, sheet)))
}

fn sign(t: Text, sheet: &CardSheet) -> Option<Button> {
    sheet.receipt?;
    let address = format!("{}/kvittens", start::card_address(sheet));
    Some(Button::link(t.ms_sign_button(), address).large().full())
}

/// The Rek-id of a letter under way, to copy, and the way to Postnord's page of it.
fn rek(t: Text, sheet: &CardSheet) -> Option<(Copyable, Button)> {
    let delivery = sheet
        .delivery
        .as_ref()
        .filter(|sent| sent.method == DeliveryMethod::Rek)?;
    let is_under_way = matches!(
        delivery.stage,
        DeliveryStage::Posted | DeliveryStage::NoticeSent | DeliveryStage::AtServicePoint
    );
    let rek_id = delivery
        .rek_id
        .as_ref()
        .filter(|_| is_under_way)?
        .to_string();
    let button = duties::tracing_button(t, &rek_id).secondary().full();
    Some((Copyable::new(rek_id, t.copy(t.ms_rek_id())), button))
}

fn visit(t: Text, sheet: &CardSheet, now: DateTime<Utc>) -> Visit {
    Visit {
        office: OfficeView::new(t, &sheet.office, now),
        bring: bring(t, sheet),
        not_enough: t.ms_bring_no_digital(),
        steps: steps(t, &sheet.product),
    }
}

/// A card that lies at the office is handed out there.
fn bring(t: Text, sheet: &CardSheet) -> Vec<String> {
    let product = &sheet.product;
    let card = (Situation::of(sheet) != Situation::AtOffice).then(|| t.ms_bring_card());
    let code = match product.code_delivery {
        CodeDelivery::CodeLetter | CodeDelivery::Envelope => t.ms_bring_letter(),
        CodeDelivery::ChosenAtActivation => t.ms_bring_code(product.pin_min, product.pin_max),
    };
    card.into_iter().chain([t.ms_bring_id(), code]).collect()
}

fn steps(t: Text, product: &Product) -> Vec<String> {
    let code = match product.code_delivery {
        CodeDelivery::CodeLetter | CodeDelivery::Envelope => t.ms_step_letter(),
        CodeDelivery::ChosenAtActivation => t.ms_step_code(),
    };
    vec![t.ms_step_check(), code, t.ms_step_sign()]
}

fn deadlines(
    t: Text,
    page: &HolderPage,
    sheet: &CardSheet,
    now: DateTime<Utc>,
) -> Vec<DeadlineBar> {
    let stands = Situation::of(sheet);
    let rules = [
        DeadlineRule::ReceiptSignature,
        DeadlineRule::Activation,
        DeadlineRule::Undelivered,
        DeadlineRule::CardExpiry,
    ];
    let matters = |rule: &DeadlineRule| match stands {
        Situation::AtOffice => *rule != DeadlineRule::Undelivered,
        Situation::Missing => *rule != DeadlineRule::Activation,
        _ => true,
    };
    let clocks = rules
        .into_iter()
        .filter(matters)
        .filter_map(|rule| duties::clock_of(page, sheet, rule));
    clocks
        .map(|clock| clocks::bar(t, Reader::Holder, clock, now))
        .collect()
}
