//! Revoking a card, in all three portals: first the question whether it is only locked, then why
//! and who says so, then the last four digits; afterwards the case with what is left to do outside.
//! Officers and the servicedesk have the same pages; Mina sidor has pages of its own, made of the
//! same parts.

pub(crate) mod asked;
pub(crate) mod case;
pub(crate) mod confirm;
pub(crate) mod help;
pub(crate) mod judge;
pub(crate) mod losses;
pub(crate) mod question;
pub(crate) mod reasons;
pub(crate) mod record;
pub(crate) mod tasks;
#[cfg(test)]
pub(crate) mod tests;

use cards_app::queries::{CallBackNumbers, CardSheet, LossPage};
use cards_domain::ids::RevocationId;

use crate::layout::Portal;
use crate::pages::Setting;
use crate::text::Text;

pub(crate) use asked::{Asked, Teller};

/// What is wrong, and at which field.
pub(crate) type Faults = Vec<(String, String)>;

/// The fault of a field, if it has one.
pub(crate) fn fault_at(faults: &[(String, String)], field: &str) -> Option<String> {
    let fault = faults.iter().find(|(at, _)| at == field);
    fault.map(|(_, text)| text.clone())
}

/// The start of the portal in which a page is read.
pub(crate) fn home(s: &Setting) -> &'static str {
    s.frame("").portal().home()
}

/// Who reads a page of a desk.
fn teller(s: &Setting) -> Teller {
    match s.frame("").portal() {
        Portal::Servicedesk => Teller::Servicedesk,
        Portal::MinaSidor => Teller::Holder,
        Portal::IdAdmin | Portal::Open => Teller::Officer,
    }
}

/// The page on which the card is told of.
pub(crate) fn question_address(home: &str, sheet: &CardSheet) -> String {
    let act = if home == Portal::MinaSidor.home() {
        "tappat"
    } else {
        "sparra"
    };
    format!("{home}/kort/{}/{act}", sheet.card.id)
}

/// A case's page.
pub(crate) fn case_address(home: &str, case: RevocationId) -> String {
    format!("{home}/sparr/{case}")
}

/// The newest case about the card.
pub(crate) fn newest_case(page: &LossPage) -> Option<RevocationId> {
    page.card.parts.cases.first().map(|case| case.id)
}

/// The directory's numbers to the holder in one line.
fn numbers(t: Text, numbers: &[CallBackNumbers]) -> String {
    let of_one = |one: &CallBackNumbers| {
        let said = match (&one.phone, &one.mobile) {
            (Some(phone), Some(mobile)) => t.loss_or(phone, mobile),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => return None,
        };
        Some(t.loss_number_at(said, &one.organisation_name))
    };
    let all: Vec<String> = numbers.iter().filter_map(of_one).collect();
    all.join(", ")
}
