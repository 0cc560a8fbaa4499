//! One field that understands what was typed.

mod alike;

use cards_domain::access::{Function, Scope};
use cards_domain::ids::{PersonId, PhotoId};
use cards_domain::photo::PhotoStage;
use cards_domain::values::{CardNumber, HsaId, NameQuery, PersonNumber, RekId, plain};
use cards_store::Link;
use cards_store::kept::PictureSize;
use cards_store::plain::Office;
use cards_store::queries::{Found, Hit, SearchFor};
use chrono::{Duration, NaiveDate};
use serde_json::json;
use std::collections::HashSet;

use crate::{App, Call, Failure};

/// Card numbers begin with this: 9 for national, 752 for Sweden.
const CARD_NUMBER_START: &str = "9752";

/// What a search found.
#[derive(Clone, Debug)]
pub struct SearchAnswer {
    /// How the text was understood; `None` when it could not be.
    pub understood: Option<SearchFor>,
    /// The persons in scope, at most thirty, those that answer best first. A photo has only who
    /// may be taken for another of them.
    pub hits: Vec<Hit>,
    /// Those of them who may be taken for another of them.
    pub alike: HashSet<PersonId>,
    /// There are more than those: something more must be typed.
    pub more: bool,
    /// Where a number that finds nobody is to be taken, if it is right: the offices that may handle
    /// persons with protected personal data. They are the same whether or not the number exists.
    pub refer_to: Vec<Office>,
}

impl SearchAnswer {
    /// Marks who may be taken for another, and leaves the faces of the others out.
    #[must_use]
    pub fn new(understood: Option<SearchFor>, found: Found) -> Self {
        let alike = alike::among(&found.hits);
        let mut hits = found.hits;
        for hit in &mut hits {
            hit.photo = hit.photo.filter(|_| alike.contains(&hit.person));
        }
        Self {
            understood,
            hits,
            alike,
            more: found.more,
            refer_to: Vec::new(),
        }
    }

    /// Whether a number was understood and nobody in scope has it.
    #[must_use]
    pub fn is_empty_number(&self) -> bool {
        let is_number = !matches!(self.understood, None | Some(SearchFor::Name(_)));
        is_number && self.hits.is_empty()
    }

    /// Who is shown, and whose face is.
    fn people(&self) -> serde_json::Value {
        let ids = |hits: &mut dyn Iterator<Item = &Hit>| -> Vec<PersonId> {
            hits.map(|hit| hit.person).collect()
        };
        let mut people = json!({ "hits": ids(&mut self.hits.iter()) });
        let faces = ids(&mut self.hits.iter().filter(|hit| hit.photo.is_some()));
        if let (Some(members), false) = (people.as_object_mut(), faces.is_empty()) {
            members.insert(FACES.to_owned(), json!(faces));
        }
        people
    }
}

/// Whose faces a search has shown, in its line.
const FACES: &str = "faces";
/// A list of hits that was shown so long ago shows no faces any more.
const FACES_MINUTES: i64 = 5;

/// From so many letters a list is shown while somebody types.
const LIVE_LETTERS: usize = 3;

/// What a text in the search field means. Without a digit it is a name: words in any order, of
/// which each may be a beginning, or a family name before a comma.
#[must_use]
pub fn understand(text: &str, today: NaiveDate) -> Option<SearchFor> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return None;
    }
    // What is pasted from a letter or another program is read as what it looks like.
    let text = plain(text);
    let text = text.trim();
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let upper = compact.to_uppercase();
    if text.is_empty() {
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
    NameQuery::parse(text).map(SearchFor::Name)
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
        let (scope, mut answer) = find(link, call, text)?;
        if answer.understood.is_some() {
            self.ledger.searched(link, call, &scope, answer.people())?;
        }
        if answer.is_empty_number() && !scope.protected_too() {
            answer.refer_to = link.offices_for_protected()?;
        }
        Ok(answer)
    }

    /// What a name that is being typed finds, from three letters on; a number must be typed whole
    /// and sent, so that nobody tries numbers out letter by letter. Whom the list shows is written
    /// down once a minute, however it grows and shrinks.
    ///
    /// # Errors
    /// As [`App::search`].
    pub fn search_while_typing(
        &self,
        link: &mut Link,
        call: &Call,
        text: &str,
    ) -> Result<Option<SearchAnswer>, Failure> {
        let query = NameQuery::parse(text).filter(|query| query.letters() >= LIVE_LETTERS);
        if query.is_none() || text.chars().any(|letter| letter.is_ascii_digit()) {
            return Ok(None);
        }
        let (scope, answer) = find(link, call, text)?;
        if answer.understood.is_none() {
            return Ok(None);
        }
        let people = answer.people();
        self.ledger
            .searched_while_typing(link, call, &scope, people)?;
        Ok(Some(answer))
    }
}

impl App {
    /// The small picture in a list of hits, as JPEG. The search's line in the log names whose faces
    /// it shows, so that a list is not as many looks as it has namesakes.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a photo of somebody whom no search of the actor's has shown with
    /// a face within five minutes.
    pub fn face(&self, link: &mut Link, call: &Call, id: PhotoId) -> Result<Vec<u8>, Failure> {
        let photo = link.photo(id)?.ok_or(Failure::NotFound)?;
        let actor = call.actor.person().ok_or(Failure::NotFound)?;
        let since = link.now() - Duration::minutes(FACES_MINUTES);
        let shown = link.were_found(actor, &json!({ FACES: [photo.person] }), since)?;
        if !shown || photo.stage != PhotoStage::Approved {
            return Err(Failure::NotFound);
        }
        let picture = link.picture(id, PictureSize::Thumbnail)?;
        picture.ok_or(Failure::NotFound)
    }
}

/// Nothing is written down yet.
fn find(link: &mut Link, call: &Call, text: &str) -> Result<(Scope, SearchAnswer), Failure> {
    let today = cards_domain::calendar::business_day(link.now());
    let scope = Scope::of(&call.actor, Function::ViewPerson);
    let Some(wanted) = understand(text, today) else {
        return Ok((scope, SearchAnswer::new(None, Found::default())));
    };
    let found = link.search(&scope, &wanted)?;
    Ok((scope, SearchAnswer::new(Some(wanted), found)))
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
    fn what_has_no_digit_is_a_name_in_any_order() {
        for text in ["Lindqvist", "Maj Lindqvist", "Lindqvist, Maj", "王小明"] {
            let understood = understand(text, today());
            assert!(matches!(understood, Some(SearchFor::Name(_))), "{text}");
        }
        assert_eq!(understand("--", today()), None);
    }
}
