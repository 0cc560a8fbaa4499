//! A caller's page: the cards and where they are, what can be done during the call and who does
//! the rest, and whom to send the caller to.

mod calls;

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::{CardAndOffers, CardSheet, OrganisationSheet, PersonPage};
use cards_app::{App, Failure, Link as Db};
use cards_domain::access::Function;
use cards_domain::card::CardStage;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{CardId, PersonId};
use cards_http::{Fault, ServicedeskSession};
use serde::Deserialize;

use crate::card_tasks::report::{self, LastTest};
use crate::components::{
    Button, CardRow, Empty, Fact, Facts, Icon, Message, PersonHeader, StateBadge, Tone, Tracking,
};
use crate::id_admin::parts;
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok};
use crate::text::Text;
use crate::{locked_card, states};

/// `visa=1` shows a protected person's data; that they were shown is written down.
#[derive(Deserialize)]
pub(super) struct Shown {
    visa: Option<String>,
}

#[derive(Template)]
#[template(path = "servicedesk/person.html")]
pub(super) struct PersonView {
    frame: Frame,
    t: Text,
    person: PersonHeader,
    triage: Message,
    outdated: Option<Message>,
    cards: Vec<CardView>,
    orders: Vec<OrderView>,
    nothing: Option<Empty>,
    contacts: Vec<Facts>,
}

/// A card with its letter and what can be done during the call.
struct CardView {
    caption: String,
    row: CardRow,
    acts: Vec<Act>,
}

/// What a caller asks for: the answer, and who does it.
struct Act {
    what: String,
    answer: String,
    code: Option<String>,
    track: Option<Button>,
    who: StateBadge,
}

/// The newest test of each card.
pub(super) type Tests = BTreeMap<CardId, LastTest>;

/// An order that has no card yet.
struct OrderView {
    number: String,
    state: StateBadge,
    facts: Facts,
    tracking: Tracking,
}

pub(super) async fn show(
    request: HttpRequest,
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<PersonId>,
    shown: web::Query<Shown>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let reveal = shown.visa.as_deref() == Some("1");
    let work = move |app: &App, link: &mut Db| {
        let page = if reveal {
            app.revealed_person_page(link, &call, id)?
        } else {
            app.person_page(link, &call, id)?
        };
        let mut organisations = Vec::new();
        let mut known = Vec::new();
        for post in &page.sheet.posts {
            if !known.contains(&post.organisation) {
                known.push(post.organisation);
                organisations.extend(link.organisation(post.organisation)?);
            }
        }
        let tests = tests_of(app, link, &page)?;
        Ok((page, organisations, tests))
    };
    let ((page, organisations, tests), moment) = ask(&app, work).await?;
    let s = Setting::new(&session, &request, moment);
    ok(&view(&s, &page, (&organisations, &tests), reveal))
}

/// What the card program has found of each card that works.
fn tests_of(app: &App, link: &mut Db, page: &PersonPage) -> Result<Tests, Failure> {
    let cards = page.cards.iter().map(|card| &card.sheet.card);
    let mut tests = Tests::new();
    for card in cards.filter(|card| works(&card.stage)) {
        if let Some(test) = report::last(app, link, card.id)? {
            tests.insert(card.id, test);
        }
    }
    Ok(tests)
}

fn works(stage: &CardStage) -> bool {
    match stage {
        CardStage::UnlockedUnsigned { .. } | CardStage::Active { .. } => true,
        CardStage::Ordered
        | CardStage::Sent { .. }
        | CardStage::Revoked { .. }
        | CardStage::Expired { .. } => false,
    }
}

pub(super) fn view(
    s: &Setting,
    page: &PersonPage,
    (organisations, tests): (&[OrganisationSheet], &Tests),
    reveal: bool,
) -> PersonView {
    let t = s.t;
    let home = format!("/servicedesk/person/{}", page.sheet.person);
    let hidden = page.sheet.protection.is_protected() && !reveal;
    let cards: Vec<CardView> = page
        .cards
        .iter()
        .map(|card| card_view(s, page, (card, tests.get(&card.sheet.card.id)), hidden))
        .collect();
    let orders = orders(t, page);
    PersonView {
        frame: s.frame(parts::shown_name(t, &page.sheet)),
        t,
        person: parts::header(s, &page.sheet, &home, reveal),
        triage: triage(t),
        outdated: crate::outdated::advice(t, page),
        nothing: (cards.is_empty() && orders.is_empty())
            .then(|| Empty::new(t.no_cards(), t.sd_no_cards_means())),
        cards,
        orders,
        contacts: contacts(s, page, organisations),
    }
}

/// The first question of every call. Holders say *spärrat* when the card is locked, and a
/// revocation cannot be undone.
pub(super) fn triage(t: Text) -> Message {
    Message::info(t.sd_triage(), t.sd_triage_locked())
        .and(t.sd_triage_lost())
        .with_icon(Icon::Phone)
}

fn card_view(
    s: &Setting,
    page: &PersonPage,
    (card, test): (&CardAndOffers, Option<&LastTest>),
    hidden: bool,
) -> CardView {
    let t = s.t;
    let sheet = &card.sheet;
    let stage = &sheet.card.stage;
    let row = CardRow::new(
        locked_card::picture(sheet),
        locked_card::badges(t, sheet),
        parts::card_number(&sheet.card),
    );
    let is_over = matches!(stage, CardStage::Revoked { .. } | CardStage::Expired { .. });
    let row = if is_over {
        row.note(crate::id_admin::ended(t, sheet), None)
    } else {
        row.facts(crate::id_admin::card_facts(t, sheet, hidden))
    };
    let mut acts: Vec<Act> = calls::case(s, page, sheet).into_iter().collect();
    // A card that has arrived has no letter to be traced.
    if matches!(stage, CardStage::Ordered | CardStage::Sent { .. }) {
        acts.push(rek_id(s, page, sheet));
    }
    if !is_over {
        acts.extend(visits(t, sheet));
        acts.extend(calls::acts(s, page, card));
    }
    if works(stage) {
        acts.push(last_test(t, test));
    }
    acts.push(new_card(t, sheet));
    CardView {
        caption: t.sd_acts_for(parts::card_name(sheet)),
        row,
        acts,
    }
}

/// The number to trace a registered letter by, for those who may give it out.
fn rek_id(s: &Setting, page: &PersonPage, sheet: &CardSheet) -> Act {
    let t = s.t;
    let sees = parts::may(s, Function::SeeRekId, &page.sheet, &sheet.card);
    let act = |answer: String, who: String, tone: Tone, icon: Icon| Act {
        what: t.sd_give_rek_id(),
        answer,
        code: None,
        track: None,
        who: StateBadge::new(tone, icon, who).outlined(),
    };
    let nothing = |answer: String| act(answer, t.sd_nothing_to_give(), Tone::Neutral, Icon::Cross);
    let Some(delivery) = &sheet.delivery else {
        return nothing(t.sd_nothing_sent());
    };
    match (delivery.method, delivery.rek_id.as_ref().filter(|_| sees)) {
        (DeliveryMethod::APost, _) => nothing(t.a_post_not_traceable()),
        (DeliveryMethod::ToOffice, _) => nothing(t.to_office_note()),
        (DeliveryMethod::Rek, None) => nothing(t.rek_id_comes()),
        (DeliveryMethod::Rek, Some(rek_id)) => Act {
            code: Some(rek_id.to_string()),
            track: Some(parts::postnord(t, rek_id).secondary()),
            ..act(t.rek_id_give(), t.sd_you(), Tone::Success, Icon::Check)
        },
    }
}

/// What needs the holder, the card and a document at the counter.
fn visits(t: Text, sheet: &CardSheet) -> Vec<Act> {
    let office = &sheet.office.name;
    let visit = |what: String, answer: String| Act {
        what,
        answer,
        code: None,
        track: None,
        who: StateBadge::new(Tone::Neutral, Icon::Home, t.sd_needs_visit()).outlined(),
    };
    match sheet.card.stage {
        CardStage::Sent { .. } => vec![visit(t.activate_the_card(), t.sd_activate(office))],
        CardStage::UnlockedUnsigned { .. } => vec![visit(t.take_receipt(), t.sd_receipt(office))],
        CardStage::Ordered
        | CardStage::Active { .. }
        | CardStage::Revoked { .. }
        | CardStage::Expired { .. } => Vec::new(),
    }
}

/// What the card program found: the caller reads the same on the screen.
fn last_test(t: Text, test: Option<&LastTest>) -> Act {
    Act {
        what: t.sd_test(),
        answer: test.map_or_else(|| t.sd_test_never(), |test| report::in_short(t, test)),
        code: None,
        track: None,
        who: StateBadge::new(Tone::Neutral, Icon::Reader, t.sd_test_who()).outlined(),
    }
}

fn new_card(t: Text, sheet: &CardSheet) -> Act {
    Act {
        what: t.order_card(),
        answer: t.sd_order_means(&sheet.organisation_name),
        code: None,
        track: None,
        who: StateBadge::new(Tone::Neutral, Icon::Person, t.sd_by_manager()).outlined(),
    }
}

/// The orders whose card is not among the cards.
fn orders(t: Text, page: &PersonPage) -> Vec<OrderView> {
    let has_card = |id| page.cards.iter().any(|card| Some(card.sheet.card.id) == id);
    page.orders
        .iter()
        .map(|order| &order.sheet)
        .filter(|sheet| !sheet.order.is_over() && !has_card(sheet.order.card))
        .map(|sheet| OrderView {
            number: sheet.order.number.clone(),
            state: states::order(sheet.order.stage).badge(t),
            facts: crate::id_admin::order_facts(t, sheet),
            tracking: crate::id_admin::order_tracking(t, &sheet.order, None),
        })
        .collect()
}

/// The offices where the cards are activated, then whom to ask at the workplaces.
fn contacts(s: &Setting, page: &PersonPage, organisations: &[OrganisationSheet]) -> Vec<Facts> {
    let t = s.t;
    let cards = page.cards.iter().map(|card| &card.sheet.office);
    let mut offices: Vec<_> = cards
        .chain(page.orders.iter().map(|order| &order.sheet.office))
        .collect();
    offices.sort_by_key(|office| office.id);
    offices.dedup_by_key(|office| office.id);
    let offices = offices
        .into_iter()
        .map(|office| parts::office_facts(t, office, s.now));
    offices
        .chain(organisations.iter().map(|sheet| workplace(t, sheet)))
        .collect()
}

fn workplace(t: Text, sheet: &OrganisationSheet) -> Facts {
    let policy = &sheet.policy;
    let rows = [
        (t.organisation(), Some(&sheet.name)),
        (t.sd_contact(), policy.contact_name.as_ref()),
        (t.phone(), policy.contact_phone.as_ref()),
        (t.sd_mail(), policy.contact_mail.as_ref()),
    ];
    let rows = rows
        .into_iter()
        .filter_map(|(term, value)| Some(Fact::plain(term, value?)));
    Facts::new(rows.collect())
}
