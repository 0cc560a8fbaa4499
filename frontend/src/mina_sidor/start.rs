//! The start page: what the holder has to do, which cards work, which are coming, which have ended.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::queries::{CardSheet, HolderPage, OrderSheet};
use cards_domain::card::CardStage;
use cards_domain::order::OrderStage;
use cards_http::{Fault, HolderSession};
use chrono::{DateTime, Utc};

use super::situation::{self, Situation};
use super::{coming, duties, frame, locked, test_card};
use crate::components::{Fact, Facts, Link, LinkList, MyCard, TodoList, Tracking};
use crate::layout::{Frame, Portal};
use crate::loss::case_address;
use crate::pages::{self, ask};
use crate::text::Text;
use crate::{locked_card, open, states};

/// The start page's address.
pub(super) const HOME: &str = "/mina-sidor";

/// One card as the start page shows it.
pub(super) struct Panel {
    pub(super) card: MyCard,
    pub(super) tracking: Option<Tracking>,
    pub(super) notes: Vec<String>,
    pub(super) links: Option<LinkList>,
}

/// *Väntar på din underskrift*, *Fungerar nu*, *På väg* or *Har upphört*.
pub(super) struct Group {
    pub(super) id: &'static str,
    pub(super) title: String,
    pub(super) panels: Vec<Panel>,
}

#[derive(Template)]
#[template(path = "mina_sidor/start.html")]
pub(super) struct StartPage {
    frame: Frame,
    t: Text,
    title: String,
    summary: String,
    todo: Option<TodoList>,
    groups: Vec<Group>,
    last_look: String,
}

/// `GET /mina-sidor`: the start, or for whoever is not logged in the way to log in.
///
/// # Errors
/// The database is away, or the session does not fit.
pub async fn get(
    request: HttpRequest,
    session: Result<HolderSession, Fault>,
    app: web::Data<App>,
) -> Result<HttpResponse, Fault> {
    let session = match session {
        Ok(session) => session,
        Err(fault) => return open::entrance(&request, Portal::MinaSidor, fault),
    };
    let call = session.call(None);
    let (page, moment) = ask(&app, move |app, link| app.holder_page(link, &call)).await?;
    let view = view(frame::frame(&request, &session, moment), &page, moment.now);
    pages::ok(&view)
}

/// The page of these things at this time.
pub(super) fn view(frame: Frame, page: &HolderPage, now: DateTime<Utc>) -> StartPage {
    let t = frame.texts();
    let duties = duties::of(t, page, now);
    let count = i64::try_from(duties.len()).unwrap_or(i64::MAX);
    let name = page
        .person
        .name
        .given()
        .unwrap_or_else(|| page.person.name.surname());
    let title = t.ms_title(count, name);
    StartPage {
        frame: frame.titled(title.as_str()),
        t,
        title,
        summary: summary(t, page),
        todo: (!duties.is_empty()).then(|| TodoList::new(duties)),
        groups: groups(t, page),
        last_look: last_look(t, page),
    }
}

/// What works, what does not, what is about to be lost, what is coming.
fn summary(t: Text, page: &HolderPage) -> String {
    let (mut works, mut unsigned, mut on_way) = (Vec::new(), Vec::new(), Vec::new());
    for sheet in &page.cards {
        let organisation = &sheet.organisation_name;
        match Situation::of(sheet) {
            Situation::Works => works.push(t.ms_sum_works(organisation)),
            Situation::Locked => works.push(t.ms_sum_locked(organisation)),
            Situation::Unsigned => unsigned.push(t.ms_sum_unsigned(organisation)),
            Situation::Ordered | Situation::Sent => on_way.push(t.ms_sum_coming(organisation)),
            Situation::Missing => on_way.push(t.ms_sum_missing(organisation)),
            Situation::AtOffice => {
                on_way.push(t.ms_sum_at_office(organisation, &sheet.office.name));
            }
            Situation::Ended => {}
        }
    }
    on_way.extend(waiting(page).map(|order| t.ms_sum_coming(&order.organisation_name)));
    let sentences = [works, unsigned, on_way].concat();
    if sentences.is_empty() {
        t.ms_sum_none()
    } else {
        sentences.join(" ")
    }
}

/// Orders that no card has been begun for.
fn waiting(page: &HolderPage) -> impl Iterator<Item = &OrderSheet> {
    page.orders.iter().filter(|sheet| match sheet.order.stage {
        OrderStage::Draft
        | OrderStage::AwaitingPrerequisites
        | OrderStage::AwaitingPhoto
        | OrderStage::ReadyToSend => true,
        OrderStage::SentToManufacturer
        | OrderStage::Produced
        | OrderStage::Dispatched
        | OrderStage::Fulfilled
        | OrderStage::Cancelled
        | OrderStage::Rejected
        | OrderStage::ReplacedUndelivered
        | OrderStage::ActivationExpired => false,
    })
}

fn groups(t: Text, page: &HolderPage) -> Vec<Group> {
    let (mut locked, mut unsigned, mut works) = (Vec::new(), Vec::new(), Vec::new());
    let (mut on_way, mut ended) = (Vec::new(), Vec::new());
    for sheet in &page.cards {
        match Situation::of(sheet) {
            Situation::Locked => locked.push(working(t, page, sheet)),
            Situation::Unsigned => unsigned.push(working(t, page, sheet)),
            Situation::Works => works.push(working(t, page, sheet)),
            Situation::Ordered | Situation::Sent | Situation::Missing | Situation::AtOffice => {
                on_way.push(coming::card(t, page, sheet));
            }
            Situation::Ended => ended.push(over(t, sheet)),
        }
    }
    on_way.extend(waiting(page).map(|order| coming::order(t, order)));
    let group = |id, title, panels| Group { id, title, panels };
    let all = vec![
        group("last", t.ms_locked(), locked),
        group("kvittera", t.ms_unsigned(), unsigned),
        group("fungerar", t.ms_works(), works),
        group("pa-vag", t.ms_coming(), on_way),
        group("upphort", t.ms_ended(), ended),
    ];
    all.into_iter()
        .filter(|group| !group.panels.is_empty())
        .collect()
}

fn working(t: Text, page: &HolderPage, sheet: &CardSheet) -> Panel {
    let card = &sheet.card;
    let until = card
        .valid_to
        .map(|day| t.ms_until(t.day(day)))
        .unwrap_or_default();
    let note = match card.stage {
        CardStage::UnlockedUnsigned { .. } => t.ms_must_sign(),
        CardStage::Ordered
        | CardStage::Sent { .. }
        | CardStage::Active { .. }
        | CardStage::Revoked { .. }
        | CardStage::Expired { .. } => until,
    };
    let mut facts = numbers(t, sheet);
    let post = page
        .person
        .posts
        .iter()
        .find(|post| post.organisation == card.organisation);
    facts.extend(post.map(|post| Fact::copyable(t, t.ms_your_hsa_id(), post.hsa_id.to_string())));
    Panel {
        card: picture(t, sheet, note).facts(Facts::new(facts)),
        tracking: None,
        notes: Vec::new(),
        links: Some(LinkList::new(links(t, sheet))),
    }
}

fn over(t: Text, sheet: &CardSheet) -> Panel {
    let note = match &sheet.card.stage {
        CardStage::Revoked { at, reason } => {
            t.ms_revoked_on(t.day_of(*at), states::revocation_reason(t, *reason))
        }
        CardStage::Expired { at } => t.ms_expired_on(
            sheet
                .card
                .valid_to
                .map_or_else(|| t.day_of(*at), |day| t.day(day)),
        ),
        CardStage::Ordered
        | CardStage::Sent { .. }
        | CardStage::UnlockedUnsigned { .. }
        | CardStage::Active { .. } => String::new(),
    };
    Panel {
        card: picture(t, sheet, note).facts(Facts::new(numbers(t, sheet))),
        tracking: None,
        notes: Vec::new(),
        links: case_link(t, sheet).map(|link| LinkList::new(vec![link])),
    }
}

/// The way to the case in which the card was revoked, with what is left to do.
pub(super) fn case_link(t: Text, sheet: &CardSheet) -> Option<Link> {
    let case = situation::case(sheet)?;
    Some(Link::new(t.ms_to_case(), case_address(HOME, case)))
}

/// The card drawn in its state.
pub(super) fn picture(t: Text, sheet: &CardSheet, note: String) -> MyCard {
    let state = states::card(&sheet.card.stage).badge(t);
    let drawing = locked_card::picture(sheet);
    let card = MyCard::new(drawing, state, &sheet.organisation_name, note);
    let codes = locked_card::badges(t, sheet).into_iter().skip(1);
    codes.fold(card, MyCard::beside)
}

/// The numbers that a holder needs on the telephone.
pub(super) fn numbers(t: Text, sheet: &CardSheet) -> Vec<Fact> {
    let number = sheet.card.number.as_ref();
    let product = sheet.card.product_number.as_ref();
    [
        number.map(|number| Fact::plain(t.ms_card_number(), number.short())),
        product.map(|product| Fact::plain(t.ms_product_number(), product.to_string())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn to_card(t: Text, sheet: &CardSheet) -> Link {
    let number = sheet
        .card
        .number
        .as_ref()
        .map(|number| number.short())
        .unwrap_or_default();
    Link::new(t.ms_open_card(number), card_address(sheet))
}

/// The card's page, and the ways on when it is locked or lost.
fn links(t: Text, sheet: &CardSheet) -> Vec<Link> {
    vec![
        to_card(t, sheet),
        Link::new(t.test_title(), test_card::address(sheet)),
        locked::link(t, sheet),
        locked::lost(t, sheet),
    ]
}

/// The card's own page.
pub(super) fn card_address(sheet: &CardSheet) -> String {
    format!("/mina-sidor/kort/{}", sheet.card.id)
}

fn last_look(t: Text, page: &HolderPage) -> String {
    page.last_look.as_ref().map_or_else(
        || t.ms_no_look(),
        |look| {
            let who = look
                .actor_name
                .clone()
                .unwrap_or_else(|| t.ms_somebody_protected());
            t.ms_last_look(who, t.day_of(look.entry.at))
        },
    )
}
