//! How a word of a name sounds in Swedish, so that a search finds Lindqvist when somebody writes
//! Lindkvist. Spelling is heard from left to right by a table of rules; the first that fits counts.

/// Where a rule applies.
#[derive(Clone, Copy)]
enum Place {
    Anywhere,
    Start,
    End,
    BeforeVowel,
    BeforeConsonant,
    /// Before e, i, y, ä or ö.
    BeforeSoft,
    /// First, and before a soft vowel.
    StartSoft,
    BetweenVowels,
    /// Before a consonant that makes an f sound as v: Gustafsson, Löfgren, but not Alfred or Kraft.
    BeforeMute,
}

use Place::{
    Anywhere, BeforeConsonant, BeforeMute, BeforeSoft, BeforeVowel, BetweenVowels, End, Start,
    StartSoft,
};

/// Letters, where, and what is heard. Longer spellings stand before those they begin with.
const RULES: &[(&str, Place, &str)] = &[
    // Hjelm, Ljung, Djurberg, Kjell, Rhodin.
    ("hj", Start, "j"),
    ("lj", Start, "j"),
    ("dj", Start, "j"),
    ("gj", Start, "j"),
    ("kj", Start, "k"),
    ("rh", Start, "r"),
    // Schön, Sjöberg; Schmidt.
    ("sch", BeforeVowel, "sj"),
    ("skj", BeforeVowel, "sj"),
    ("stj", BeforeVowel, "sj"),
    ("sh", BeforeVowel, "sj"),
    ("sch", Anywhere, "s"),
    // Lindqvist, Lindkvist, Lindquist; Christina, Kristina; Ericsson, Eriksson, Erixon.
    ("qu", Anywhere, "kv"),
    ("qv", Anywhere, "kv"),
    ("qw", Anywhere, "kv"),
    ("kw", Anywhere, "kv"),
    ("q", Anywhere, "k"),
    ("ck", Anywhere, "k"),
    ("ch", Anywhere, "k"),
    ("c", BeforeSoft, "s"),
    ("c", Anywhere, "k"),
    ("x", Anywhere, "ks"),
    // Frantzén, Franzén; Schultz, Schulz.
    ("ntz", Anywhere, "ns"),
    ("ltz", Anywhere, "ls"),
    ("z", Anywhere, "s"),
    // Gustafsson, Gustavsson; Sophia, Sofia; Wikström, Vikström.
    ("ff", End, "v"),
    ("ff", BeforeMute, "v"),
    ("ff", Anywhere, "f"),
    ("ph", End, "v"),
    ("ph", BeforeMute, "v"),
    ("ph", Anywhere, "f"),
    ("f", End, "v"),
    ("f", BeforeMute, "v"),
    ("w", Anywhere, "v"),
    // Elisabeth, Lindh, Brandt, Dahl, Sarah.
    ("th", Anywhere, "t"),
    ("dh", Anywhere, "d"),
    ("gh", Anywhere, "g"),
    ("kh", Anywhere, "k"),
    ("bh", Anywhere, "b"),
    ("dt", Anywhere, "t"),
    ("h", End, ""),
    ("h", BeforeConsonant, ""),
    // Göran, Jöran; Maja, Maya, Maia; Nyström; Sofie, Sofi.
    ("g", StartSoft, "j"),
    ("ie", End, "i"),
    ("i", BetweenVowels, "j"),
    ("y", BeforeVowel, "j"),
    ("y", Anywhere, "i"),
    // Kjaer, Soerensen.
    ("ae", Anywhere, "ä"),
    ("oe", Anywhere, "ö"),
];

/// How a folded word (see [`search_key`](super::search_key)) sounds: in letters, without doubles,
/// å, ä and ö kept.
#[must_use]
pub fn sound(word: &str) -> String {
    let mut heard = String::with_capacity(word.len());
    let mut rest = word;
    let mut before = None;
    while let Some(letter) = rest.chars().next() {
        let (length, sounds) = rule(before, rest).unwrap_or((letter.len_utf8(), None));
        let (taken, left) = rest.split_at(length);
        append(&mut heard, sounds.unwrap_or(taken));
        before = taken.chars().last();
        rest = left;
    }
    heard
}

/// A sound in which the vowels that searches confuse are one: a, å, ä and e; o and ö. Two words
/// that [`sounds_like`] takes for each other have the same, so an index can find them.
#[must_use]
pub fn blurred(sound: &str) -> String {
    let mut key = String::with_capacity(sound.len());
    for letter in sound.chars() {
        key.push(match letter {
            'å' | 'ä' | 'e' => 'a',
            'ö' => 'o',
            other => other,
        });
    }
    key
}

/// Whether a typed sound is that of a name, or with `beginning` of a name's beginning. E and ä are
/// heard alike. Whoever has no Swedish keyboard may write a for å and ä, and o for ö; an å, ä or ö
/// that was typed is meant.
#[must_use]
pub fn sounds_like(typed: &str, of_name: &str, beginning: bool) -> bool {
    let mut name = of_name.chars();
    let fits = typed
        .chars()
        .all(|letter| name.next().is_some_and(|other| is_heard(letter, other)));
    fits && (beginning || name.next().is_none())
}

fn is_heard(typed: char, of_name: char) -> bool {
    typed == of_name
        || matches!(
            (typed, of_name),
            ('a', 'å' | 'ä') | ('o', 'ö') | ('e', 'ä') | ('ä', 'e')
        )
}

/// How many bytes the rule takes, and what is heard for them.
fn rule(before: Option<char>, rest: &str) -> Option<(usize, Option<&'static str>)> {
    RULES.iter().find_map(|(letters, place, sounds)| {
        let after = rest.strip_prefix(letters)?.chars().next();
        applies(*place, before, after).then_some((letters.len(), Some(*sounds)))
    })
}

fn applies(place: Place, before: Option<char>, after: Option<char>) -> bool {
    let vowel = |letter: Option<char>| letter.is_some_and(is_vowel);
    let soft = || matches!(after, Some('e' | 'i' | 'y' | 'ä' | 'ö'));
    match place {
        Anywhere => true,
        Start => before.is_none() && after.is_some(),
        End => before.is_some() && after.is_none(),
        BeforeVowel => vowel(after),
        BeforeConsonant => after.is_some() && !vowel(after),
        BeforeSoft => soft(),
        StartSoft => before.is_none() && soft(),
        BetweenVowels => vowel(before) && vowel(after),
        BeforeMute => {
            before.is_some() && after.is_some_and(|letter| "sgkqbvmhdnwzcp".contains(letter))
        }
    }
}

fn is_vowel(letter: char) -> bool {
    "aeiouyåäö".contains(letter)
}

/// Doubled letters are heard as one.
fn append(heard: &mut String, sounds: &str) {
    for letter in sounds.chars() {
        if !heard.ends_with(letter) {
            heard.push(letter);
        }
    }
}
