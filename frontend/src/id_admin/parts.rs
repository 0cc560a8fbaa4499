//! Parts that several of the officers' pages share.

use askama::Template;
use cards_app::plain::Office;
use cards_app::queries::{CardSheet, PersonSheet, PostSheet};
use cards_domain::access::{Function, permit};
use cards_domain::card::Card;
use cards_domain::ids::PersonId;
use cards_domain::person::Subject;
use cards_domain::values::{PersonNumberKind, RekId};
use chrono::{DateTime, Datelike, Utc};

use crate::components::{Button, Fact, Facts, Icon, Link, PersonHeader, finished_html};
use crate::pages::Setting;
use crate::text::Text;

/// Where Postnord shows a registered letter.
const POSTNORD: &str = "https://tracking.postnord.com/se/?id=";
/// Keys of the opening hours, in the order of the week.
const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// One box to tick, with its own question, hint and error.
#[derive(Clone, Debug, Template)]
#[template(path = "id_admin/tick.html")]
pub(crate) struct Tick {
    name: &'static str,
    legend: String,
    label: String,
    is_checked: bool,
    error: Option<String>,
}

impl Tick {
    pub(crate) fn new(
        name: &'static str,
        legend: impl Into<String>,
        label: impl Into<String>,
        is_checked: bool,
    ) -> Self {
        let (legend, label) = (legend.into(), label.into());
        Self {
            name,
            legend,
            label,
            is_checked,
            error: None,
        }
    }

    pub(crate) fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }
}

finished_html!(Tick);

/// The address of a person's page.
pub(crate) fn person_address(sheet: &PersonSheet) -> String {
    format!("/id-admin/person/{}", sheet.person)
}

/// What an officer stops because they are not sure, as the address of the person's page says it.
pub(crate) const STOPPED_ACTIVATION: &str = "aktivering";
pub(crate) const STOPPED_UNLOCK: &str = "upplasning";

/// The person's page, on which the officer reads what not to do now.
pub(crate) fn stopped_address(person: PersonId, what: &str) -> String {
    format!("/id-admin/person/{person}?stoppad={what}")
}

/// The person's name as it may stand in headings and links: for a protected person an HSA-id.
pub(crate) fn shown_name(t: Text, sheet: &PersonSheet) -> String {
    if sheet.protection.is_protected() {
        hsa_id(&sheet.posts).unwrap_or_else(|| t.protected_data())
    } else {
        sheet.name.full()
    }
}

fn hsa_id(posts: &[PostSheet]) -> Option<String> {
    posts.first().map(|post| post.hsa_id.to_string())
}

/// The head of a person's page. A protected person's is bare until `reveal`.
pub(crate) fn header(s: &Setting, sheet: &PersonSheet, home: &str, reveal: bool) -> PersonHeader {
    let t = s.t;
    if sheet.protection.is_protected() && !reveal {
        let button = Button::link(t.show_data(), format!("{home}?visa=1"));
        return PersonHeader::protected(t, shown_name(t, sheet), Some(button));
    }
    let header = PersonHeader::new(t, sheet.name.full(), work(&sheet.posts));
    let header = header.facts(Facts::new(person_facts(t, sheet)));
    if sheet.protection.is_protected() {
        header.note(t.protected_shown())
    } else {
        header
    }
}

/// Title, unit and organisation of the first post.
pub(crate) fn work(posts: &[PostSheet]) -> String {
    let Some(post) = posts.first() else {
        return String::new();
    };
    let place = [
        post.title.as_deref(),
        post.unit_name.as_deref(),
        Some(&post.organisation_name),
    ];
    place.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn person_facts(t: Text, sheet: &PersonSheet) -> Vec<Fact> {
    let kind = number_kind(t, sheet.number.kind());
    let mut facts = vec![Fact::copyable(t, kind, sheet.number.to_string())];
    facts.extend(sheet.posts.iter().map(|post| {
        Fact::copyable(
            t,
            t.hsa_id_of(&post.organisation_name),
            post.hsa_id.to_string(),
        )
    }));
    facts
}

fn number_kind(t: Text, kind: PersonNumberKind) -> String {
    match kind {
        PersonNumberKind::Personnummer => t.personnummer(),
        PersonNumberKind::Samordningsnummer => t.samordningsnummer(),
        PersonNumberKind::Reservnummer => t.reservnummer(),
        PersonNumberKind::Passnummer => t.passnummer(),
    }
}

/// Whom an act on the card would be about.
pub(crate) fn subject(person: &PersonSheet, card: &Card) -> Subject {
    Subject {
        person: person.person,
        protected: person.protection.is_protected(),
        organisations: vec![card.organisation],
    }
}

/// Whether the reader may do `function` to the card.
pub(crate) fn may(s: &Setting, function: Function, person: &PersonSheet, card: &Card) -> bool {
    permit(&s.actor, function, &subject(person, card)).is_ok()
}

/// Where a registered letter can be followed.
pub(crate) fn postnord(t: Text, rek_id: &RekId) -> Button {
    Button::link(t.track_at_postnord(), format!("{POSTNORD}{rek_id}")).with_icon(Icon::Outside)
}

/// The number on the card, or the order's number while there is none.
pub(crate) fn card_name(sheet: &CardSheet) -> String {
    sheet
        .card
        .number
        .as_ref()
        .map_or_else(|| sheet.order_number.clone(), |number| number.short())
}

/// The whole number on the card, in groups of four.
pub(crate) fn card_number(card: &Card) -> String {
    card.number
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// The product number, or the product's name where it has none.
pub(crate) fn product(sheet: &CardSheet) -> String {
    let number = sheet
        .card
        .product_number
        .as_ref()
        .or(sheet.product.number.as_ref());
    number.map_or_else(|| sheet.product.name.clone(), ToString::to_string)
}

/// Where the office is and when it is open today.
pub(crate) fn office_facts(t: Text, office: &Office, now: DateTime<Utc>) -> Facts {
    let rows = [
        (t.office(), Some(office.name.clone())),
        (t.visiting_address(), Some(address(office))),
        (t.phone(), office.phone.clone()),
        (t.open_today(), Some(hours_today(t, office, now))),
    ];
    let rows = rows
        .into_iter()
        .filter_map(|(term, value)| Some(Fact::plain(term, value?)));
    Facts::new(rows.collect())
}

fn address(office: &Office) -> String {
    let parts = [Some(office.address.as_str()), office.floor.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The office's hours on the day of `now`.
pub(crate) fn hours_today(t: Text, office: &Office, now: DateTime<Utc>) -> String {
    let weekday = cards_domain::calendar::business_day(now)
        .weekday()
        .num_days_from_monday();
    let key = usize::try_from(weekday).ok().and_then(|at| WEEK.get(at));
    let hours = key.and_then(|key| office.hours.get(*key));
    hours.map_or_else(|| t.closed_today(), |hours| hours.replace('-', "–"))
}

/// The way back to the person.
pub(crate) fn back_to(t: Text, sheet: &PersonSheet) -> Link {
    Link::new(shown_name(t, sheet), person_address(sheet))
}
