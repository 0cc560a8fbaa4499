//! The terms a holder accepts, and the whole text that is signed. A new wording is a new version:
//! change `TERMS_VERSION` of the rules with it.

use cards_app::queries::CardSheet;
use cards_domain::receipt::TERMS_VERSION;

use crate::text::Text;

/// The terms, one sentence or two each, in the order they are read.
#[must_use]
pub fn terms(t: Text) -> Vec<String> {
    vec![
        t.ms_term_personal(),
        t.ms_term_lend(),
        t.ms_term_code(),
        t.ms_term_reader(),
        t.ms_term_loss(),
        t.ms_term_data(),
        t.ms_term_return(),
        t.ms_term_follow_up(),
    ]
}

/// What is said of the card: names and values, as they stand on the page and in the signed text.
#[must_use]
pub fn card_rows(t: Text, sheet: &CardSheet) -> Vec<(String, String)> {
    let card = &sheet.card;
    let rows = [
        (
            t.ms_card_number(),
            card.number.as_ref().map(ToString::to_string),
        ),
        (t.ms_receipt_product(), Some(sheet.product.name.clone())),
        (
            t.ms_product_number(),
            card.product_number.as_ref().map(ToString::to_string),
        ),
        (t.ms_receipt_printed_name(), card.printed_name.clone()),
        (t.ms_valid_to(), card.valid_to.map(|day| t.day(day))),
        (t.ms_receipt_issuer(), Some(sheet.organisation_name.clone())),
    ];
    rows.into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

/// The whole text that is signed: terms, card, and the sentence that was ticked.
#[must_use]
pub fn signed_text(t: Text, sheet: &CardSheet) -> String {
    let numbered = terms(t).into_iter().zip(1..);
    let terms: Vec<String> = numbered.map(|(term, at)| format!("{at}. {term}")).collect();
    let rows = card_rows(t, sheet).into_iter();
    let card: Vec<String> = rows
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    format!(
        "{}\n{}\n\n{}\n\n{}\n{}\n\n{}",
        t.ms_terms_title(),
        t.ms_terms_version(TERMS_VERSION),
        terms.join("\n"),
        t.ms_receipt_card(),
        card.join("\n"),
        t.ms_receipt_accept(),
    )
}
