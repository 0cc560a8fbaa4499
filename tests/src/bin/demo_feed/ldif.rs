//! Writes LDIF (RFC 2849): base64 for what is not plain ASCII, lines of at most 76 characters.

use std::collections::HashSet;

const WIDTH: usize = 76;
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A feed being written.
pub struct Ldif {
    pub text: String,
    names: HashSet<String>,
}

impl Ldif {
    pub fn new() -> Self {
        Self {
            text: "version: 1\n".to_owned(),
            names: HashSet::new(),
        }
    }

    /// A line that readers skip.
    pub fn comment(&mut self, text: &str) {
        self.text.push_str(&format!("\n# {text}\n"));
    }

    /// `name`, or `name 2` and so on when the dn below `above` is taken.
    pub fn free_name(&mut self, name: &str, above: &str) -> String {
        let numbered = (2..1000).map(|number| format!("{name} {number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        names
            .find(|name| self.names.insert(format!("{name},{above}")))
            .unwrap_or_default()
    }

    /// Begins an entry.
    pub fn entry(&mut self, dn: &str) {
        self.text.push('\n');
        self.line("dn", dn);
    }

    /// One attribute; an empty value is left out.
    pub fn line(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        let plain = value.bytes().all(|byte| (b' '..=b'~').contains(&byte))
            && !value.starts_with([' ', ':', '<'])
            && !value.ends_with(' ');
        let line = if plain {
            format!("{name}: {value}")
        } else {
            format!("{name}:: {}", base64(value.as_bytes()))
        };
        let mut width = 0;
        for character in line.chars() {
            if width == WIDTH {
                self.text.push_str("\n ");
                width = 1;
            }
            self.text.push(character);
            width += 1;
        }
        self.text.push('\n');
    }
}

fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let joined = (0..3).fold(0_u32, |joined, place| {
            (joined << 8) | u32::from(chunk.get(place).copied().unwrap_or(0))
        });
        for place in 0..4_usize {
            let six = usize::try_from((joined >> (18 - 6 * place)) & 63).unwrap_or(0);
            let letter = ALPHABET.get(six).copied().unwrap_or(b'=');
            text.push(if place > chunk.len() {
                '='
            } else {
                char::from(letter)
            });
        }
    }
    text
}
