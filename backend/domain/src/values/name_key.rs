//! The words of a name, and the keys under which an index keeps a person: every ordered pair of
//! words, as they are written and as they sound. Whatever two words somebody types, in whichever
//! order, the pair is one place in the index.

use super::name::{PersonName, search_key};
use super::sound::{blurred, sound};

/// Of a name with more words, the rest is not searched for.
const MOST_WORDS: usize = 6;

/// One ordered pair of a name's words. Both are folded as [`search_key`] does; the sounds are
/// blurred, see [`blurred`]. `second` is empty when the name is a single word.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameKey {
    /// A word.
    pub first: String,
    /// Another word of the same name.
    pub second: String,
    /// How the first sounds.
    pub first_sound: String,
    /// How the second sounds.
    pub second_sound: String,
}

impl std::fmt::Debug for NameKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("NameKey(****)")
    }
}

/// The folded words of a text: what stands between spaces, hyphens and the like. An apostrophe
/// divides nothing.
#[must_use]
pub fn name_words(text: &str) -> Vec<String> {
    let whole: String = search_key(text)
        .chars()
        .filter(|letter| !matches!(letter, '\'' | '’' | '‘' | '`' | '´' | 'ʼ'))
        .collect();
    whole
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Every ordered pair of the name's words, at most thirty.
#[must_use]
pub fn name_keys(name: &PersonName) -> Vec<NameKey> {
    let parts = [Some(name.surname()), name.given(), name.middle()];
    let mut words: Vec<(String, String)> = Vec::new();
    for word in parts.into_iter().flatten().flat_map(name_words) {
        if words.len() < MOST_WORDS && !words.iter().any(|(known, _)| *known == word) {
            let heard = blurred(&sound(&word));
            words.push((word, heard));
        }
    }
    if let [(word, heard)] = words.as_slice() {
        return vec![key((word, heard), ("", ""))];
    }
    let pairs = words.iter().flat_map(|one| {
        words
            .iter()
            .filter(move |other| other.0 != one.0)
            .map(move |other| key((&one.0, &one.1), (&other.0, &other.1)))
    });
    pairs.collect()
}

fn key((first, first_sound): (&str, &str), (second, second_sound): (&str, &str)) -> NameKey {
    NameKey {
        first: first.to_owned(),
        second: second.to_owned(),
        first_sound: first_sound.to_owned(),
        second_sound: second_sound.to_owned(),
    }
}
