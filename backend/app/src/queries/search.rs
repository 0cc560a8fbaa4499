//! One field that understands what was typed.

use cards_domain::access::{Function, Scope};
use cards_domain::values::{CardNumber, HsaId, PersonNumber, RekId};
use cards_store::Link;
use cards_store::queries::{Hit, SearchFor};
use chrono::NaiveDate;
use serde_json::json;

use crate::{App, Call, Failure};

/// Card numbers begin with this: 9 for national, 752 for Sweden.
const CARD_NUMBER_START: &str = "9752";

/// What a search found.
#[derive(Clone, Debug)]
pub struct SearchAnswer {
    /// How the text was understood; `None` when it could not be.
    pub understood: Option<SearchFor>,
    /// The persons in scope.
    pub hits: Vec<Hit>,
}

/// What a text in the search field means. A name is a family name, or a given name's beginning and
/// a family name, or the two the other way round with a comma.
#[must_use]
pub fn understand(text: &str, today: NaiveDate) -> Option<SearchFor> {
    let text = text.trim();
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let upper = compact.to_uppercase();
    if text.is_empty() || text.chars().any(char::is_control) {
        return None;
    }
    if upper.starts_with("K-") {
        return Some(SearchFor::OrderNumber(upper));
    }
    if upper.starts_with("SE")
        && let Ok(hsa_id) = HsaId::parse_import(&compact)
    {
        return Some(SearchFor::HsaId(hsa_id));
    }
    if compact.starts_with(CARD_NUMBER_START)
        && let Ok(number) = CardNumber::parse(&compact)
    {
        return Some(SearchFor::CardNumber(number));
    }
    // Before the numbers of persons: a passport number may be any letters and digits.
    if is_postal(&upper)
        && let Ok(rek_id) = RekId::parse(&upper)
    {
        return Some(SearchFor::RekId(rek_id));
    }
    if compact.chars().any(|c| c.is_ascii_digit()) {
        if let Ok(number) = PersonNumber::parse_at(&compact, today) {
            return Some(SearchFor::Number(number));
        }
        // As many digits as a personal number has are a mistyped one, not a letter's id.
        let is_mistyped = matches!(digits(&compact), 10 | 12);
        if let Ok(rek_id) = RekId::parse(&upper)
            && !is_mistyped
        {
            return Some(SearchFor::RekId(rek_id));
        }
        return None;
    }
    Some(name(text))
}

/// The shape of the postal union's ids: two letters, nine digits, two letters.
fn is_postal(text: &str) -> bool {
    let is_letter = |at: usize| !(2..11).contains(&at);
    text.len() == 13
        && text.bytes().enumerate().all(|(at, byte)| {
            if is_letter(at) {
                byte.is_ascii_uppercase()
            } else {
                byte.is_ascii_digit()
            }
        })
}

/// How many digits stand there; none when anything else does.
fn digits(text: &str) -> usize {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.len()
    } else {
        0
    }
}

fn name(text: &str) -> SearchFor {
    let (surname, given) = match text.split_once(',') {
        Some((surname, given)) => (surname, given),
        None => match text.rsplit_once(char::is_whitespace) {
            Some((given, surname)) => (surname, given),
            None => (text, ""),
        },
    };
    SearchFor::Name {
        surname: surname.trim().to_owned(),
        given: given.trim().to_owned(),
    }
}

impl App {
    /// The persons in the officer's scope that match. The search is one line in the log, with the
    /// ids of the hits and never with what was typed.
    ///
    /// # Errors
    /// The store fails.
    pub fn search(
        &self,
        link: &mut Link,
        call: &Call,
        text: &str,
    ) -> Result<SearchAnswer, Failure> {
        let today = cards_domain::calendar::business_day(link.now());
        let Some(wanted) = understand(text, today) else {
            return Ok(SearchAnswer {
                understood: None,
                hits: Vec::new(),
            });
        };
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let mut hits = link.search(&scope, &wanted)?;
        if hits.is_empty()
            && let Some(turned) = turned_round(&wanted)
        {
            hits = link.search(&scope, &turned)?;
        }
        let ids: Vec<_> = hits.iter().map(|hit| hit.person).collect();
        self.ledger
            .searched(link, call, &scope, json!({ "hits": ids }))?;
        Ok(SearchAnswer {
            understood: Some(wanted),
            hits,
        })
    }
}

/// Some write the family name first without a comma.
fn turned_round(wanted: &SearchFor) -> Option<SearchFor> {
    match wanted {
        SearchFor::Name { surname, given } if !given.is_empty() => Some(SearchFor::Name {
            surname: given.clone(),
            given: surname.clone(),
        }),
        SearchFor::Name { .. }
        | SearchFor::Number(_)
        | SearchFor::HsaId(_)
        | SearchFor::CardNumber(_)
        | SearchFor::OrderNumber(_)
        | SearchFor::RekId(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
    }

    #[test]
    fn each_kind_of_number_is_told_from_the_others() {
        let kind = |text| understand(text, today());
        assert!(matches!(kind("198504159800"), Some(SearchFor::Number(_))));
        assert_eq!(kind("198504159801"), None);
        assert!(matches!(
            kind("9752 2699 0041 7738"),
            Some(SearchFor::CardNumber(_))
        ));
        assert!(matches!(
            kind("k-2611-000482"),
            Some(SearchFor::OrderNumber(_))
        ));
        assert!(matches!(
            kind("SE2321000016-1000"),
            Some(SearchFor::HsaId(_))
        ));
        assert!(matches!(kind("RR482917367SE"), Some(SearchFor::RekId(_))));
        assert!(matches!(kind("AB123456"), Some(SearchFor::Number(_))));
        assert_eq!(kind("   "), None);
    }

    #[test]
    fn a_name_is_a_family_name_and_the_beginning_of_a_given_name() {
        let named = |surname: &str, given: &str| {
            Some(SearchFor::Name {
                surname: surname.to_owned(),
                given: given.to_owned(),
            })
        };
        assert_eq!(understand("Lindqvist", today()), named("Lindqvist", ""));
        assert_eq!(
            understand("Maj Lindqvist", today()),
            named("Lindqvist", "Maj")
        );
        assert_eq!(
            understand("Lindqvist, Maj", today()),
            named("Lindqvist", "Maj")
        );
    }
}
