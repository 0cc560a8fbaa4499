//! Situations that officers meet, each named after its row: namesakes (R1), a cut in the middle of
//! an activation (R34), a holder who does not want to sign (R35), a signature that is not made,
//! coming back.

mod again;
mod cut;
mod namesakes;
mod unsigned;
mod unwilling;

use cards_acceptance::Person;
use cards_acceptance::site::Site;
use cards_domain::card::Card;
use cards_domain::identity_check::CheckStep;
use strum::IntoEnumIterator as _;

use crate::desk::{Desk, Page};
use crate::web::{Fields, form};

fn counter_at(card: &Card) -> String {
    format!("/id-admin/kort/{}/aktivera", card.id)
}

fn receipt_at(card: &Card) -> String {
    format!("/id-admin/kort/{}/kvittens", card.id)
}

/// What an officer fills in at the counter.
fn check(number_on_card: &str, number_on_document: &str) -> Fields {
    let mut fields: Fields = [
        ("kortnummer", number_on_card),
        ("namn", "ja"),
        ("handling", "passport"),
        ("nummer", number_on_document),
        ("fyra", "4417"),
        ("giltig", "2033-05-30"),
        ("ansikte", "ja"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    fields.extend(
        CheckStep::iter().map(|step| (format!("steg-{}", <&str>::from(step)), "ja".to_owned())),
    );
    fields
}

/// Sends the check of a card and a document from the counter's page.
fn check_at_the_counter(desk: &Desk, card: &Card, check: &Fields) -> Page {
    let at = counter_at(card);
    let page = desk.open(&at);
    let answers: Vec<(&str, &str)> = check
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    desk.send(&page, &at, &answers)
}

/// From the counter to the page on which the holder chooses a code: the check is signed.
fn checked(desk: &Desk, card: &Card, holder: &Person) -> Page {
    let number = card.number.as_ref().unwrap().to_string();
    let asked = check_at_the_counter(desk, card, &check(&number, holder.number.as_str()));
    let page = desk.sign(&asked);
    assert_eq!(page.status, 200, "{}", page.body);
    page
}

/// The form on the page that says that the code is chosen, as it will be sent.
fn code_is_chosen(page: &Page) -> (String, Fields) {
    let form = form(&page.body, r#"form:has(input[name="signature"])"#).unwrap();
    (form.action, form.fields)
}

/// An unlocked card, by the pages.
fn unlocked(site: &Site, desk: &Desk, holder: &Person, card: &Card) {
    let page = checked(desk, card, holder);
    let (action, fields) = code_is_chosen(&page);
    let sent = desk.browser.send(&action, &fields);
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!(site.world.lines(card.id.0, "unlock", "done"), 1);
}
