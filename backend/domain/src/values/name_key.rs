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

/// Every ordered pair of the name's words, at most thirty; and a word that stands twice, as in
/// Hassan Hassan, with itself.
#[must_use]
pub fn name_keys(name: &PersonName) -> Vec<NameKey> {
    let words = distinct_words(name);
    if let [word] = words.as_slice()
        && !word.is_twice
    {
        return vec![key((&word.text, &word.heard), ("", ""))];
    }
    let pairs = words.iter().flat_map(|one| {
        let others = words.iter();
        let others = others.filter(|other| other.text != one.text || one.is_twice);
        others.map(|other| key((&one.text, &one.heard), (&other.text, &other.heard)))
    });
    pairs.collect()
}

/// A word of a name.
struct NameWord {
    text: String,
    heard: String,
    is_twice: bool,
}

fn distinct_words(name: &PersonName) -> Vec<NameWord> {
    let parts = [Some(name.surname()), name.given(), name.middle()];
    let mut words: Vec<NameWord> = Vec::new();
    for text in parts.into_iter().flatten().flat_map(name_words) {
        if let Some(known) = words.iter_mut().find(|known| known.text == text) {
            known.is_twice = true;
        } else if words.len() < MOST_WORDS {
            words.push(NameWord {
                heard: blurred(&sound(&text)),
                text,
                is_twice: false,
            });
        }
    }
    words
}

fn key((first, first_sound): (&str, &str), (second, second_sound): (&str, &str)) -> NameKey {
    NameKey {
        first: first.to_owned(),
        second: second.to_owned(),
        first_sound: first_sound.to_owned(),
        second_sound: second_sound.to_owned(),
    }
}
