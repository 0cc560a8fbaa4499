//! Value types: identifiers, names and addresses that are checked once, when they are read,
//! and can be trusted everywhere after that.
//!
//! Every type keeps its fields private, is made by `parse` (or `new`), gives its storage form with
//! `as_str` and what people see with `Display`. Types that hold personal data have a masked `Debug`,
//! and no error carries the text that was refused, so neither can leak into logs.

/// Gives a one-string value its storage form and its serde and `FromStr` plumbing.
///
/// The type must have a method `as_str(&self) -> &str` and the named reader must accept every
/// storage form.
macro_rules! stored_as_string {
    ($value:ty, $error:ty, $reader:ident) => {
        impl TryFrom<String> for $value {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::$reader(&text)
            }
        }

        impl From<$value> for String {
            fn from(value: $value) -> Self {
                value.as_str().to_owned()
            }
        }

        impl std::str::FromStr for $value {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }
    };
}

pub mod card_number;
pub mod email_address;
pub mod free_text;
pub mod hsa_id;
mod luhn;
pub mod name;
pub mod name_key;
pub mod name_query;
pub mod organisation_number;
pub mod person_number;
pub mod postal_address;
pub mod product_number;
pub mod rek_id;
pub mod sound;
mod text;

pub use card_number::{CardNumber, CardNumberError};
pub use email_address::{EmailAddress, EmailAddressError};
pub use free_text::{FreeTextError, LONGEST_REASON, LONGEST_REFERENCE, Reference, reason};
pub use hsa_id::{HsaId, HsaIdError};
pub use luhn::luhn_check_digit;
pub use name::{PersonName, PersonNameError, search_key};
pub use name_key::{NameKey, name_keys, name_words};
pub use name_query::{Likeness, NameQuery, Probe, WordRange};
pub use organisation_number::{OrganisationNumber, OrganisationNumberError};
pub use person_number::{
    Passnummer, PersonNumber, PersonNumberError, PersonNumberKind, Personnummer, Reservnummer,
    Samordningsnummer,
};
pub use postal_address::{PostalAddress, PostalAddressError, Postcode};
pub use product_number::{ProductClass, ProductNumber, ProductNumberError, class_of};
pub use rek_id::{RekId, RekIdError};
pub use sound::{blurred, sound, sounds_like};
pub use text::{has_unseen, is_unseen, plain};
