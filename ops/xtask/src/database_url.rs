//! Addresses of databases in the form `postgresql://user:password@host:port/name?key=value`.

use crate::failure::Failure;
use std::fmt::Write;

/// Percent-encodes a value for the part after `?`.
pub fn encode(value: &str) -> String {
    value.bytes().fold(String::new(), |mut text, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' | b'~' => {
                text.push(char::from(byte));
            }
            _ => {
                let _never_fails = write!(text, "%{byte:02X}");
            }
        }
        text
    })
}

/// The same database for another role, without any password.
///
/// # Errors
/// When the text is not an address of that form; the text itself is not repeated, because it may
/// hold a password.
pub fn for_role(url: &str, role: &str) -> Result<String, Failure> {
    let rest = url
        .strip_prefix("postgresql://")
        .or_else(|| url.strip_prefix("postgres://"));
    let rest = rest.ok_or_else(|| {
        Failure::said("DATABASE_URL must have the form postgresql://user@host:port/database.")
    })?;
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, database) = place.split_once('/').unwrap_or((place, ""));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let mut pairs: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .filter(|pair| !pair.starts_with("user=") && !pair.starts_with("password="))
        .collect();
    let user = format!("user={role}");
    if host.is_empty() {
        pairs.push(&user);
    }
    let at = if host.is_empty() {
        String::new()
    } else {
        format!("{role}@{host}")
    };
    let mark = if pairs.is_empty() { "" } else { "?" };
    Ok(format!(
        "postgresql://{at}/{database}{mark}{}",
        pairs.join("&")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_role_takes_the_place_of_user_and_password() {
        let cases = [
            (
                "postgres://anna:p%40ss@db:5433/kort",
                "postgresql://app@db:5433/kort",
            ),
            (
                "postgresql://db/kort?sslmode=require",
                "postgresql://app@db/kort?sslmode=require",
            ),
            (
                "postgresql:///kort?host=/run/pg&user=postgres&password=x",
                "postgresql:///kort?host=/run/pg&user=app",
            ),
            ("postgresql://a:b@h1,h2:2/k", "postgresql://app@h1,h2:2/k"),
            ("postgresql://localhost", "postgresql://app@localhost/"),
        ];
        for (given, wanted) in cases {
            assert_eq!(for_role(given, "app").unwrap(), wanted);
        }
    }

    #[test]
    fn a_refused_address_is_not_repeated() {
        let Err(Failure::Said(sentence)) = for_role("host=db password=secret", "app") else {
            panic!("not an address");
        };
        assert!(!sentence.contains("secret"));
    }

    #[test]
    fn a_path_with_odd_signs_survives_as_a_value() {
        assert_eq!(encode("/tmp/å b&c"), "/tmp/%C3%A5%20b%26c");
    }
}
