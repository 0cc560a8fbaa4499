//! The check of a physical identity document at the counter.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use crate::calendar::{add_months, written_day};
use crate::refusal::Refusal;
use crate::values::PersonNumber;

/// No passport, identity card or driving licence is valid longer than ten years from its issue; one
/// more leaves room for a document that was made out ahead.
const LONGEST_VALID_MONTHS: u32 = 11 * 12;

/// The documents that count as full identity documents for assurance level 3. Digital identity
/// cards have no value here on purpose: source text S3 does not accept them, so they cannot be
/// recorded.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Swedish driving licence.
    DrivingLicence,
    /// Swedish passport.
    Passport,
    /// Swedish national identity card.
    NationalIdCard,
    /// SIS-marked identity card (never the card being handled).
    SisCard,
    /// The Tax Agency's identity card.
    TaxAgencyIdCard,
}

/// The seven steps of the Swedish Bankers' Association, in the order they are ticked off.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CheckStep {
    /// The document is of an accepted kind.
    AcceptedKind,
    /// It is valid today and not reported lost.
    Valid,
    /// It is whole and unaltered.
    Unaltered,
    /// The security details show when it is tilted.
    SecurityDetails,
    /// The photo is the person.
    PhotoMatches,
    /// Age and sex agree with the number.
    AgeAndSexMatch,
    /// The signature is like the one on the document.
    SignatureMatches,
}

/// What the officer saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityCheck {
    /// Which document.
    pub document: DocumentKind,
    /// Last four characters of the document's own number; no more is kept.
    pub document_last_four: String,
    /// Last day of validity.
    pub valid_to: NaiveDate,
    /// The person number as typed or scanned **from the document**.
    pub number_on_document: PersonNumber,
    /// The steps that were ticked.
    pub steps: Vec<CheckStep>,
}

/// What is kept of a check: enough for the auditor, nothing that could be misused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityCheckRecord {
    /// Which document.
    pub document: DocumentKind,
    /// Last four characters of its number.
    pub document_last_four: String,
    /// Last day of validity.
    pub valid_to: NaiveDate,
}

/// Why a document's last day cannot be what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LastDayError {
    /// Not a day with a year of four digits, as `2029-05-30`.
    #[error("not a day as YYYY-MM-DD")]
    NotADay,
    /// No document is valid that long: the year has been mistyped.
    #[error("no document is valid that long")]
    TooFarAway,
}

/// The last day of a document's validity, as it was typed from it or sent by a program.
///
/// # Errors
/// It is no day, or one on which no document of today can still be valid.
pub fn last_day(written: &str, today: NaiveDate) -> Result<NaiveDate, LastDayError> {
    let day = written_day(written).ok_or(LastDayError::NotADay)?;
    if day > add_months(today, LONGEST_VALID_MONTHS) {
        return Err(LastDayError::TooFarAway);
    }
    Ok(day)
}

impl IdentityCheck {
    /// Whether the check holds for the person on `today`.
    ///
    /// # Errors
    /// The number is another person's, the document has expired, or a step is missing.
    pub fn hold(
        &self,
        number: &PersonNumber,
        today: NaiveDate,
    ) -> Result<IdentityCheckRecord, Refusal> {
        if &self.number_on_document != number {
            return Err(Refusal::DocumentOfAnotherPerson);
        }
        if self.valid_to < today {
            return Err(Refusal::DocumentExpired { on: self.valid_to });
        }
        use strum::IntoEnumIterator;
        if !CheckStep::iter().all(|step| self.steps.contains(&step)) {
            return Err(Refusal::CheckIncomplete);
        }
        Ok(IdentityCheckRecord {
            document: self.document,
            document_last_four: self.document_last_four.clone(),
            valid_to: self.valid_to,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> Result<NaiveDate, LastDayError> {
        last_day(written, "2026-11-23".parse().unwrap())
    }

    #[test]
    fn a_year_of_two_digits_is_no_year() {
        for written in [
            "24-05-01",
            "0024-05-01",
            "1899-12-31",
            "2024-05",
            "20240501",
            "",
        ] {
            assert_eq!(read(written), Err(LastDayError::NotADay), "{written}");
        }
        // What has expired is a day: the check refuses it by its own words.
        assert_eq!(read(" 1999-12-31 "), Ok("1999-12-31".parse().unwrap()));
    }

    #[test]
    fn no_document_is_valid_for_more_than_eleven_years_from_today() {
        assert!(read("2037-11-23").is_ok());
        assert_eq!(read("2037-11-24"), Err(LastDayError::TooFarAway));
    }
}
