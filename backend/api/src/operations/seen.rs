//! What an officer has seen at the counter: the identity document, the number on the card, and what
//! was confirmed. It is read twice: when it is to be signed, and from the signature when it is used.

use cards_domain::calendar::business_day;
use cards_domain::card::CounterCheck;
use cards_domain::chip_code::VisitCheck;
use cards_domain::identity_check::{self, IdentityCheck, LastDayError};
use cards_domain::values::{CardNumber, PersonNumber};
use chrono::{DateTime, NaiveDate, Utc};

use crate::fields::Fields;

/// How many characters of the document's own number are kept.
const KEPT: usize = 4;

/// The check before an activation. Code and signature come later.
pub(super) fn counter(body: &mut Fields<'_>, now: DateTime<Utc>) -> Option<CounterCheck> {
    let seen = document(body, now).zip(card_number(body));
    let confirmed = body
        .flag("printed_name_confirmed")
        .zip(body.flag("face_compared"));
    let exception = body.optional::<String>("exception");
    let ((identity, number_on_card), (printed_name_confirmed, face_compared)) =
        seen.zip(confirmed)?;
    Some(CounterCheck {
        identity,
        number_on_card,
        printed_name_confirmed,
        face_compared,
        code: None,
        signature: None,
        exception: exception.filter(|reason| !reason.trim().is_empty()),
    })
}

/// The check before a locked card is opened. The signature comes later.
pub(super) fn visit(body: &mut Fields<'_>, now: DateTime<Utc>) -> Option<VisitCheck> {
    let seen = document(body, now).zip(card_number(body));
    let ((identity, number_on_card), code_chosen) = seen.zip(body.flag("code_chosen"))?;
    Some(VisitCheck {
        identity,
        number_on_card,
        code_chosen,
        signature: None,
    })
}

fn document(body: &mut Fields<'_>, now: DateTime<Utc>) -> Option<IdentityCheck> {
    let document = body.needed("document");
    let four = last_four(body);
    let valid_to = last_day(body, now);
    let number = person_number(body, now);
    let steps = body.words("steps");
    match (document, four, valid_to, number, steps) {
        (
            Some(document),
            Some(document_last_four),
            Some(valid_to),
            Some(number_on_document),
            Some(steps),
        ) => Some(IdentityCheck {
            document,
            document_last_four,
            valid_to,
            number_on_document,
            steps,
        }),
        _ => None,
    }
}

fn card_number(body: &mut Fields<'_>) -> Option<CardNumber> {
    let read = CardNumber::parse(body.text("number_on_card")?).ok();
    if read.is_none() {
        body.note("number_on_card", "a card number has 9 to 20 digits");
    }
    read
}

fn person_number(body: &mut Fields<'_>, now: DateTime<Utc>) -> Option<PersonNumber> {
    let text = body.text("number_on_document")?;
    let read = PersonNumber::parse_at(text, business_day(now)).ok();
    if read.is_none() {
        body.note("number_on_document", "not the number of a person");
    }
    read
}

/// The document's last day.
fn last_day(body: &mut Fields<'_>, now: DateTime<Utc>) -> Option<NaiveDate> {
    let written = body.text("document_valid_to")?;
    let why = match identity_check::last_day(written, business_day(now)) {
        Ok(day) => return Some(day),
        Err(LastDayError::NotADay) => "a day as YYYY-MM-DD is needed",
        Err(LastDayError::TooFarAway) => "no document is valid that long",
    };
    body.note("document_valid_to", why);
    None
}

fn last_four(body: &mut Fields<'_>) -> Option<String> {
    let text = body.text("document_last_four")?;
    let is_right = text.chars().count() == KEPT && text.chars().all(char::is_alphanumeric);
    if !is_right {
        body.note("document_last_four", "four letters or digits");
    }
    is_right.then(|| text.to_uppercase())
}
