//! E-mail addresses, checked well enough to be put in a mail's header.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The text is not an e-mail address that can be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct EmailAddressError;

/// An e-mail address: `local@domain`, ASCII, 254 characters at most, no quoted local part and a
/// domain with at least one dot. The domain is stored in lower case.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

stored_as_string!(EmailAddress, EmailAddressError, parse);

impl EmailAddress {
    /// Reads an address; white space around it is ignored.
    ///
    /// # Errors
    /// [`EmailAddressError`].
    pub fn parse(input: &str) -> Result<Self, EmailAddressError> {
        let text = input.trim();
        let (local, domain) = text.split_once('@').ok_or(EmailAddressError)?;
        if text.len() <= 254 && is_local_part(local) && is_domain(domain) {
            Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
        } else {
            Err(EmailAddressError)
        }
    }

    /// The address as it is stored and written to.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_local_part(local: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    local.len() <= 64
        && local
            .split('.')
            .all(|atom| !atom.is_empty() && atom.bytes().all(allowed))
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.') && domain.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("EmailAddress(****)")
    }
}
