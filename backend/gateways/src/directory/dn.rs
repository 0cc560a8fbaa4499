//! Distinguished names (RFC 4514) as far as the feed needs them: the parent, the first value, and
//! a form in which two writings of one name are equal.

use unicode_normalization::UnicodeNormalization as _;

/// A distinguished name in comparable form: components lower-cased, composed (NFC), without
/// optional spaces and with escapes written one way.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Dn {
    components: Vec<String>,
    first_value: String,
}

impl Dn {
    /// `None` unless every component is `type=value` (or several joined by `+`).
    pub fn parse(text: &str) -> Option<Self> {
        let components = split(text, &[',', ';']);
        let first = components.first()?;
        let first_value = split(first, &['+']).first().and_then(|part| pair(part))?.1;
        let components = components
            .iter()
            .map(|part| component(part))
            .collect::<Option<_>>()?;
        Some(Self {
            components,
            first_value: first_value.trim().to_owned(),
        })
    }

    /// The whole name in comparable form.
    pub fn key(&self) -> String {
        self.components.join(",")
    }

    /// The name of the entry above in comparable form, empty at the top.
    pub fn parent(&self) -> String {
        self.components
            .iter()
            .skip(1)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(",")
    }

    /// The value of the first component as written, unescaped and composed.
    pub fn first_value(&self) -> &str {
        &self.first_value
    }
}

/// Splits at unescaped, unquoted separators; the escapes stay.
fn split(text: &str, separators: &[char]) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut escaped, mut quoted) = (false, false);
    for character in text.chars() {
        if !escaped && !quoted && separators.contains(&character) {
            parts.push(String::new());
            continue;
        }
        quoted ^= character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        if let Some(part) = parts.last_mut() {
            part.push(character);
        }
    }
    parts
}

fn component(part: &str) -> Option<String> {
    let mut pairs = split(part, &['+'])
        .iter()
        .map(|one| {
            let (name, value) = pair(one)?;
            Some(format!("{}={}", name.to_lowercase(), escape(&fold(&value))))
        })
        .collect::<Option<Vec<_>>>()?;
    pairs.sort();
    Some(pairs.join("+"))
}

/// Type and unescaped value of `type=value`.
fn pair(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=')?;
    let (name, value) = (name.trim(), unescape(trim_value(value))?);
    let known = !name.is_empty()
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || ".-".contains(character));
    (known && !value.is_empty()).then(|| (name.to_owned(), value.nfc().collect()))
}

/// Spaces around a value do not count, except an escaped one at the end.
fn trim_value(value: &str) -> &str {
    let start = value.trim_start_matches(' ');
    let end = start.trim_end_matches(' ');
    if end.ends_with('\\') && end.len() < start.len() {
        start.get(..=end.len()).unwrap_or(start)
    } else {
        end
    }
}

/// Takes away `\` escapes (`\,`, `\C3\A5`) and surrounding quotes.
fn unescape(value: &str) -> Option<String> {
    let quoted = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = quoted.unwrap_or(value).bytes();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        let first = rest.next()?;
        match (hex(first), rest.clone().next().and_then(hex)) {
            (Some(high), Some(low)) => {
                rest.next();
                bytes.push(high << 4 | low);
            }
            _ => bytes.push(first),
        }
    }
    String::from_utf8(bytes).ok()
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

fn fold(value: &str) -> String {
    value
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
        .nfc()
        .collect()
}

fn escape(value: &str) -> String {
    value
        .chars()
        .fold(String::with_capacity(value.len()), |mut text, character| {
            if ",+;\\\"=<>".contains(character) {
                text.push('\\');
            }
            text.push(character);
            text
        })
}

#[cfg(test)]
mod tests {
    use super::Dn;

    fn key(text: &str) -> String {
        Dn::parse(text).unwrap().key()
    }

    #[test]
    fn two_writings_of_one_name_have_the_same_key() {
        assert_eq!(
            key("OU=Akuten , O=Region X,C=SE"),
            "ou=akuten,o=region x,c=se"
        );
        assert_eq!(key("ou=V\\C3\\A5rd,c=SE"), key("ou=Va\u{30a}rd,c=se"));
        assert_eq!(key("cn=\"A, B\",c=SE"), key("cn=A\\, B,c=SE"));
        assert_eq!(key("cn=A+ou=B,c=SE"), key("OU=b + CN=a,c=SE"));
    }

    #[test]
    fn an_escaped_comma_does_not_end_a_component() {
        let dn = Dn::parse("cn=A\\, B,ou=Y,c=SE").unwrap();
        assert_eq!(dn.parent(), "ou=y,c=se");
        assert_eq!(dn.first_value(), "A, B");
    }

    #[test]
    fn the_top_has_an_empty_parent() {
        assert_eq!(Dn::parse("c=SE").unwrap().parent(), "");
    }

    #[test]
    fn what_is_not_type_and_value_is_no_name() {
        for text in ["", "Akuten", "ou=", "=x", "ou=A,,c=SE", "ou=A,c", "ou=A\\"] {
            assert!(Dn::parse(text).is_none(), "{text:?}");
        }
    }
}
