//! Readings of text that several values share, and the one place that says which characters nobody
//! sees.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The values of an all-digit ASCII text; `None` when any character is something else.
pub(super) fn digit_values(text: &str) -> Option<Vec<u8>> {
    text.bytes()
        .map(|byte| byte.is_ascii_digit().then(|| byte - b'0'))
        .collect()
}

/// Whether `text` is only ASCII digits (also true for the empty text).
pub(super) fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `text` is only ASCII letters and digits (also true for the empty text).
pub(super) fn all_alphanumeric(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// `text` composed (Unicode NFC), trimmed, with every run of white space as one space.
pub(super) fn tidy(text: &str) -> String {
    // Nearly every text is composed already, and the database gives nothing else.
    let composed: Cow<'_, str> = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    };
    let mut tidied = String::with_capacity(composed.len());
    for word in composed.split_whitespace() {
        if !tidied.is_empty() {
            tidied.push(' ');
        }
        tidied.push_str(word);
    }
    tidied
}

/// Whether a character is one that nobody sees but that changes what is seen or compared: controls,
/// marks of direction, joiners, fillers, soft hyphens, variation selectors and tags. No text value
/// holds one: two names that look alike would be two names, and a line of the log could be made to
/// read backwards.
#[must_use]
pub fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Whether any character of the text is one that nobody sees, see [`is_unseen`].
#[must_use]
pub fn has_unseen(text: &str) -> bool {
    text.chars().any(is_unseen)
}

/// The plain characters that somebody means who types, pastes or scans a number: the dashes of word
/// processors are hyphens, every space is a space, full-width and Arabic forms are ASCII, and what
/// nobody sees is left out. Everything else stays, to be refused by whoever reads it.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !has_unseen(text) {
        return Cow::Borrowed(text);
    }
    let seen = text
        .chars()
        .filter(|one| one.is_whitespace() || !is_unseen(*one));
    Cow::Owned(seen.map(meant).collect())
}

fn meant(character: char) -> char {
    let code = u32::from(character);
    let from = |first: char, plain: char| {
        char::from_u32(code - u32::from(first) + u32::from(plain)).unwrap_or(character)
    };
    match character {
        _ if character.is_whitespace() => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{ff01}'..='\u{ff5e}' => from('\u{ff01}', '!'),
        '\u{660}'..='\u{669}' => from('\u{660}', '0'),
        '\u{6f0}'..='\u{6f9}' => from('\u{6f0}', '0'),
        _ => character,
    }
}

/// [`plain`], without any space: a number written in groups.
pub(super) fn compact(text: &str) -> String {
    plain(text).split_whitespace().collect()
}
