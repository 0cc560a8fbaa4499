//! Small readings of text that several values share.

use unicode_normalization::UnicodeNormalization;

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
    let composed: String = text.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}
