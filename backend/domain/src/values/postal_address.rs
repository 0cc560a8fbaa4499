//! Swedish postal addresses.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::{all_digits, compact, has_unseen, tidy};

/// The longest line of an address, in characters.
const MAX_LINE: usize = 100;

/// Why an address cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PostalAddressError {
    /// The c/o line is longer than 100 characters or holds characters that nobody sees.
    #[error("the c/o line cannot be used")]
    Co,
    /// The street line is empty, longer than 100 characters or holds characters that nobody sees.
    #[error("the street line cannot be used")]
    Street,
    /// The postcode is not five digits.
    #[error("a postcode has five digits")]
    Postcode,
    /// The town is empty, longer than 100 characters or holds characters that nobody sees.
    #[error("the town cannot be used")]
    City,
}

/// A Swedish postcode, stored as five digits and shown as `123 45`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Postcode(String);

stored_as_string!(Postcode, PostalAddressError, parse);

impl Postcode {
    /// Reads five digits; white space anywhere is ignored.
    ///
    /// # Errors
    /// [`PostalAddressError::Postcode`].
    pub fn parse(input: &str) -> Result<Self, PostalAddressError> {
        let digits = compact(input);
        if digits.len() == 5 && all_digits(&digits) {
            Ok(Self(digits))
        } else {
            Err(PostalAddressError::Postcode)
        }
    }

    /// The storage form: five digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (area, rest) = self.0.split_at_checked(3).unwrap_or((&self.0, ""));
        write!(out, "{area} {rest}")
    }
}

impl fmt::Debug for Postcode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Postcode(*****)")
    }
}

/// A postal address in Sweden. Serialised as an object with `co`, `street`, `postcode` and `city`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Lines")]
pub struct PostalAddress {
    co: Option<String>,
    street: String,
    postcode: Postcode,
    city: String,
}

#[derive(Deserialize)]
struct Lines {
    co: Option<String>,
    street: String,
    postcode: String,
    city: String,
}

impl TryFrom<Lines> for PostalAddress {
    type Error = PostalAddressError;

    fn try_from(lines: Lines) -> Result<Self, Self::Error> {
        Self::new(
            lines.co.as_deref(),
            &lines.street,
            &lines.postcode,
            &lines.city,
        )
    }
}

impl PostalAddress {
    /// An address of these lines, each tidied; a blank c/o line is none. `co` is the name only,
    /// without the letters c/o.
    ///
    /// # Errors
    /// The first line that cannot be used.
    pub fn new(
        co: Option<&str>,
        street: &str,
        postcode: &str,
        city: &str,
    ) -> Result<Self, PostalAddressError> {
        let co = match co.map(tidy) {
            Some(text) if !text.is_empty() => Some(line(&text, PostalAddressError::Co)?),
            _ => None,
        };
        Ok(Self {
            co,
            street: line(street, PostalAddressError::Street)?,
            postcode: Postcode::parse(postcode)?,
            city: line(city, PostalAddressError::City)?,
        })
    }

    /// The name to write after c/o.
    #[must_use]
    pub fn co(&self) -> Option<&str> {
        self.co.as_deref()
    }

    /// Street and number, or box.
    #[must_use]
    pub fn street(&self) -> &str {
        &self.street
    }

    /// The postcode.
    #[must_use]
    pub fn postcode(&self) -> &Postcode {
        &self.postcode
    }

    /// The postal town.
    #[must_use]
    pub fn city(&self) -> &str {
        &self.city
    }

    /// The lines as written on an envelope under the name.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let co = self.co.iter().map(|name| format!("c/o {name}"));
        co.chain([
            self.street.clone(),
            format!("{} {}", self.postcode, self.city),
        ])
        .collect()
    }
}

fn line(text: &str, error: PostalAddressError) -> Result<String, PostalAddressError> {
    let text = tidy(text);
    let fits = (1..=MAX_LINE).contains(&text.chars().count());
    if fits && !has_unseen(&text) {
        Ok(text)
    } else {
        Err(error)
    }
}

impl fmt::Display for PostalAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.lines().join(", "))
    }
}

impl fmt::Debug for PostalAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("PostalAddress(****)")
    }
}
