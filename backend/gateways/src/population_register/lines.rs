//! The simulator's file: UTF-8, `;` between fields, no quoting, one heading line.

use std::collections::HashMap;

use cards_app::ports::RegisterEntry;
use cards_domain::person::Protection;
use cards_domain::values::{PersonName, PersonNumber, PostalAddress};
use chrono::NaiveDate;

use super::invented;
use crate::files::FileError;

/// The heading line, which tells the fields and their order.
pub(super) const HEADING: &str = "number;given;middle;surname;calling_name;co;street;postcode;\
                                  city;protection;deceased;special_address";

/// The simulator's file cannot be used. Tells the line, never what stands in it.
#[derive(Debug, thiserror::Error)]
pub enum RegisterFileError {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// It is not UTF-8.
    #[error("the register file is not UTF-8")]
    Encoding,
    /// It begins with another heading.
    #[error("the register file has another heading than expected")]
    Heading,
    /// A line that cannot be used.
    #[error("line {line} of the register file: {what}")]
    Line {
        /// Counted from 1, the heading included.
        line: usize,
        /// What is wrong.
        what: &'static str,
    },
}

pub(super) fn parse(text: &str) -> Result<HashMap<PersonNumber, RegisterEntry>, RegisterFileError> {
    let mut lines = text.lines().zip(1..);
    if lines.next().is_none_or(|(heading, _)| heading != HEADING) {
        return Err(RegisterFileError::Heading);
    }
    let mut entries = HashMap::new();
    for (text, line) in lines.filter(|(text, _)| !text.is_empty()) {
        let wrong = |what| RegisterFileError::Line { line, what };
        let (number, entry) = parse_line(text).map_err(wrong)?;
        if entries.insert(number, entry).is_some() {
            return Err(wrong("the number stands there twice"));
        }
    }
    Ok(entries)
}

fn parse_line(line: &str) -> Result<(PersonNumber, RegisterEntry), &'static str> {
    let fields: Vec<&str> = line.split(';').collect();
    let Ok(
        [
            number,
            given,
            middle,
            surname,
            calling,
            co,
            street,
            postcode,
            city,
            protection,
            deceased,
            special,
        ],
    ) = <[&str; 12]>::try_from(fields)
    else {
        return Err("not twelve fields");
    };
    let number = PersonNumber::parse(number).map_err(|_| "not a person number")?;
    let protection: Protection = protection.parse().map_err(|_| "unknown protection")?;
    let entry = RegisterEntry {
        name: PersonName::new(Some(given), Some(middle), surname).map_err(|_| "not a name")?,
        calling_name: some(calling).map(str::to_owned),
        address: address(co, street, postcode, city, protection)?,
        protection,
        deceased_on: some(deceased).map(day).transpose()?,
        special_address: special_address(special),
    };
    Ok((number, entry))
}

/// What is written in the last field of a protected person is a note, not an address.
fn special_address(text: &str) -> Option<PostalAddress> {
    let mut parts = text.split(',').map(str::trim);
    let (street, postcode, city) = (parts.next()?, parts.next()?, parts.next()?);
    PostalAddress::new(None, street, postcode, city).ok()
}

fn address(
    co: &str,
    street: &str,
    postcode: &str,
    city: &str,
    protection: Protection,
) -> Result<Option<PostalAddress>, &'static str> {
    if protection.is_protected() {
        return Ok(invented::forwarding());
    }
    if street.is_empty() {
        return Ok(None);
    }
    PostalAddress::new(Some(co), street, postcode, city)
        .map(Some)
        .map_err(|_| "not an address")
}

fn day(text: &str) -> Result<NaiveDate, &'static str> {
    text.parse().map_err(|_| "not a date")
}

fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}
