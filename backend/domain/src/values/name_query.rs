//! A name that somebody looks for: what to ask an index of [name keys](super::name_key), and how
//! well a person's name answers.

use super::name::PersonName;
use super::name_key::name_words;
use super::sound::{blurred, sound, sounds_like};

/// What is typed beyond is not looked at.
const MOST_WORDS: usize = 5;
/// A sound this long is looked for as a beginning; a shorter one begins too many names.
const LONG_SOUND: usize = 4;

/// What was typed, understood as a name.
#[derive(Clone, PartialEq, Eq)]
pub struct NameQuery {
    words: Vec<Typed>,
    /// How many of the words stand before a comma, and so are of the family name.
    of_surname: Option<usize>,
}

#[derive(Clone, PartialEq, Eq)]
struct Typed {
    word: String,
    sound: String,
}

impl std::fmt::Debug for NameQuery {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("NameQuery(****)")
    }
}

/// How well a name answers, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// Everything typed is a whole family or given name, spelled so.
    Exact,
    /// A family or given name begins so.
    Beginning,
    /// It sounds so, or is typed without the marks of å, ä and ö.
    Variant,
    /// A later word of a double name, or a middle name.
    Part,
}

/// Words in an index: one, or all that begin in the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordRange {
    /// The first one.
    pub from: String,
    /// The first one beyond, in byte order; `None` when only `from` itself is meant.
    pub to: Option<String>,
}

impl WordRange {
    fn exactly(word: &str) -> Self {
        Self {
            from: word.to_owned(),
            to: None,
        }
    }

    fn beginning(word: &str) -> Self {
        Self {
            from: word.to_owned(),
            to: Some(format!("{word}{}", char::MAX)),
        }
    }

    /// All that begin so and are longer.
    fn longer(word: &str) -> Self {
        Self {
            from: format!("{word}\u{1}"),
            to: Some(format!("{word}{}", char::MAX)),
        }
    }
}

/// One place to look in an index of name keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Whether the words are blurred sounds.
    pub by_sound: bool,
    /// The first word of the pair.
    pub first: WordRange,
    /// The second; `None` for whatever it is.
    pub second: Option<WordRange>,
}

/// A word of a person's name.
struct Word {
    part: usize,
    /// A later word of its part, or of the middle name.
    is_inner: bool,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Equal,
    Begins,
    Sounds,
}

impl NameQuery {
    /// What was typed: words in any order, or a family name before a comma. `None` without words.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (before, after) = text.split_once(',').unwrap_or((text, ""));
        let mut words = name_words(before);
        let of_surname = (text.contains(',') && !words.is_empty()).then_some(words.len());
        words.extend(name_words(after));
        words.truncate(MOST_WORDS);
        let words: Vec<Typed> = words
            .into_iter()
            .map(|word| Typed {
                sound: sound(&word),
                word,
            })
            .collect();
        (!words.is_empty()).then_some(Self { words, of_surname })
    }

    /// How many letters were typed.
    #[must_use]
    pub fn letters(&self) -> usize {
        let lengths = self.words.iter().map(|typed| typed.word.chars().count());
        lengths.sum()
    }

    /// Whether there is only one word, so that another would narrow the search.
    #[must_use]
    pub fn is_one_word(&self) -> bool {
        self.words.len() == 1
    }

    /// Where to look, the best answers first. The two longest words decide; [`Self::likeness`]
    /// looks at the rest.
    #[must_use]
    pub fn probes(&self) -> Vec<Probe> {
        let mut longest: Vec<&Typed> = self.words.iter().collect();
        longest.sort_by_key(|typed| std::cmp::Reverse(typed.word.chars().count()));
        match longest.as_slice() {
            [] => Vec::new(),
            [one] => of_one(one),
            [one, other, ..] => of_two(one, other),
        }
    }

    /// How well a name answers; `None` when it does not.
    #[must_use]
    pub fn likeness(&self, name: &PersonName) -> Option<Likeness> {
        let words = words_of(name);
        let mut taken = Vec::with_capacity(self.words.len());
        self.best(&words, &mut taken)
    }

    /// Every typed word has a word of the name to itself; the best way of giving them out counts.
    fn best(&self, words: &[Word], taken: &mut Vec<(usize, Fit)>) -> Option<Likeness> {
        let Some(typed) = self.words.get(taken.len()) else {
            return Some(together(words, taken));
        };
        let is_surname = self.of_surname.map(|count| taken.len() < count);
        let mut best = None;
        for (at, word) in words.iter().enumerate() {
            let is_free = taken.iter().all(|(other, _)| *other != at);
            let is_meant = is_surname.is_none_or(|surname| surname == (word.part == SURNAME));
            let fit = if is_free && is_meant {
                fit(typed, &word.text)
            } else {
                None
            };
            let Some(fit) = fit else { continue };
            taken.push((at, fit));
            let found = self.best(words, taken);
            taken.pop();
            best = match (best, found) {
                (Some(one), Some(other)) => Some(std::cmp::min(one, other)),
                (one, other) => one.or(other),
            };
        }
        best
    }
}

const SURNAME: usize = 0;
const MIDDLE: usize = 2;

fn words_of(name: &PersonName) -> Vec<Word> {
    let parts = [Some(name.surname()), name.given(), name.middle()];
    let mut all = Vec::new();
    for (part, text) in parts.into_iter().enumerate() {
        let words = text.map(name_words).unwrap_or_default();
        all.extend(words.into_iter().enumerate().map(|(place, text)| Word {
            part,
            is_inner: place > 0 || part == MIDDLE,
            text,
        }));
    }
    all
}

fn fit(typed: &Typed, word: &str) -> Option<Fit> {
    if word == typed.word {
        return Some(Fit::Equal);
    }
    if word.starts_with(&typed.word) {
        return Some(Fit::Begins);
    }
    let is_long = typed.sound.chars().count() >= LONG_SOUND;
    sounds_like(&typed.sound, &sound(word), is_long).then_some(Fit::Sounds)
}

fn together(words: &[Word], taken: &[(usize, Fit)]) -> Likeness {
    let is_taken = |at: usize| taken.iter().any(|(other, _)| *other == at);
    let found = || {
        taken
            .iter()
            .filter_map(|(at, fit)| Some((words.get(*at)?, *fit)))
    };
    let is_touched = |part: usize| found().any(|(word, _)| word.part == part);
    let is_whole = words
        .iter()
        .enumerate()
        .all(|(at, word)| is_taken(at) || !is_touched(word.part));
    if is_whole && found().all(|(word, fit)| fit == Fit::Equal && word.part != MIDDLE) {
        return Likeness::Exact;
    }
    let each = found().map(|(word, fit)| match (word.is_inner, fit) {
        (true, _) => Likeness::Part,
        (false, Fit::Equal | Fit::Begins) => Likeness::Beginning,
        (false, Fit::Sounds) => Likeness::Variant,
    });
    each.max().unwrap_or(Likeness::Part)
}

fn of_one(typed: &Typed) -> Vec<Probe> {
    let written = |first| Probe {
        by_sound: false,
        first,
        second: None,
    };
    vec![
        written(WordRange::exactly(&typed.word)),
        written(WordRange::longer(&typed.word)),
        Probe {
            by_sound: true,
            first: heard(typed),
            second: None,
        },
    ]
}

fn of_two(one: &Typed, other: &Typed) -> Vec<Probe> {
    let written = |first, second: &Typed| Probe {
        by_sound: false,
        first,
        second: Some(WordRange::beginning(&second.word)),
    };
    let sounding = |first: &Typed, second: &Typed| Probe {
        by_sound: true,
        first: WordRange::exactly(&blurred(&first.sound)),
        second: Some(heard(second)),
    };
    vec![
        written(WordRange::exactly(&one.word), other),
        written(WordRange::exactly(&other.word), one),
        written(WordRange::longer(&one.word), other),
        sounding(one, other),
        sounding(other, one),
    ]
}

fn heard(typed: &Typed) -> WordRange {
    let key = blurred(&typed.sound);
    if key.chars().count() >= LONG_SOUND {
        WordRange::beginning(&key)
    } else {
        WordRange::exactly(&key)
    }
}
