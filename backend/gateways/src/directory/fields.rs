//! The fields of one raw entry, found by the names of the mapping.

use cards_app::feed::RejectionReason;
use cards_domain::values::HsaId;
use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization as _;

use super::ldif::RawEntry;
use super::moments::{self, End};

/// What is wrong with one attribute.
pub(super) struct Fault {
    pub attribute: Option<String>,
    pub reason: RejectionReason,
}

/// A value with the attribute it came from.
pub(super) struct Found<'a> {
    pub attribute: &'a str,
    pub value: String,
}

impl Found<'_> {
    /// The value as free text: without NUL, which no text in the database can hold.
    fn into_text(self) -> String {
        self.value.replace('\0', "")
    }

    pub fn fault(&self, reason: RejectionReason) -> Fault {
        Fault {
            attribute: Some(self.attribute.to_owned()),
            reason,
        }
    }
}

/// Reads fields of one entry. Values are trimmed and composed (NFC); an empty value is none.
pub(super) struct Fields<'a> {
    raw: &'a RawEntry,
}

impl<'a> Fields<'a> {
    pub fn new(raw: &'a RawEntry) -> Self {
        Self { raw }
    }

    /// All values under the first of `names` that has any.
    pub fn all(&self, names: &[String]) -> Result<Vec<Found<'a>>, Fault> {
        for name in names {
            if let Some(attribute) = self.not_text(name) {
                let attribute = Some(attribute.to_owned());
                return Err(Fault {
                    attribute,
                    reason: RejectionReason::NotText,
                });
            }
            let values: Vec<_> = self.under(name).collect();
            if !values.is_empty() {
                return Ok(values);
            }
        }
        Ok(vec![])
    }

    fn not_text(&self, name: &str) -> Option<&'a String> {
        self.raw
            .not_text
            .iter()
            .find(|attribute| attribute.eq_ignore_ascii_case(name))
    }

    fn under(&self, name: &str) -> impl Iterator<Item = Found<'a>> {
        let raw = self.raw;
        raw.attributes
            .iter()
            .filter(move |(attribute, _)| attribute.eq_ignore_ascii_case(name))
            .map(|(attribute, value)| Found {
                attribute,
                value: value.trim().nfc().collect(),
            })
            .filter(|found| !found.value.is_empty())
    }

    /// All values as text.
    pub fn texts(&self, names: &[String]) -> Result<Vec<String>, Fault> {
        Ok(self.all(names)?.into_iter().map(Found::into_text).collect())
    }

    /// The first value.
    pub fn first(&self, names: &[String]) -> Result<Option<Found<'a>>, Fault> {
        Ok(self.all(names)?.into_iter().next())
    }

    /// The first value as text.
    pub fn text(&self, names: &[String]) -> Result<Option<String>, Fault> {
        Ok(self.first(names)?.map(Found::into_text))
    }

    /// The value of an attribute that identifies: mandatory, and never two different ones.
    pub fn identity(&self, names: &[String]) -> Result<Found<'a>, Fault> {
        let found = self.required(names)?;
        let same = names
            .iter()
            .flat_map(|name| self.under(name))
            .all(|other| other.value.eq_ignore_ascii_case(&found.value));
        if same {
            Ok(found)
        } else {
            Err(found.fault(RejectionReason::SeveralValues))
        }
    }

    /// The first value of a mandatory attribute.
    pub fn required(&self, names: &[String]) -> Result<Found<'a>, Fault> {
        self.first(names)?.ok_or_else(|| Fault {
            attribute: names.first().cloned(),
            reason: RejectionReason::MissingAttribute,
        })
    }

    /// The HSA-id of the entry itself.
    pub fn hsa_id(&self, names: &[String]) -> Result<HsaId, Fault> {
        parse_hsa_id(&self.identity(names)?)
    }

    /// An HSA-id that refers to another entry.
    pub fn reference(&self, names: &[String]) -> Result<Option<HsaId>, Fault> {
        self.first(names)?.as_ref().map(parse_hsa_id).transpose()
    }

    /// `TRUE` or `1`; missing is false. Of several values one that is true is enough.
    pub fn flag(&self, names: &[String]) -> Result<bool, Fault> {
        let mut is_set = false;
        for found in self.all(names)? {
            is_set |= match found.value.to_ascii_uppercase().as_str() {
                "TRUE" | "1" => true,
                "FALSE" | "0" => false,
                _ => return Err(found.fault(RejectionReason::MalformedFlag)),
            };
        }
        Ok(is_set)
    }

    /// A first day.
    pub fn starts(&self, names: &[String]) -> Result<Option<NaiveDate>, Fault> {
        self.day(names, moments::first_day)
    }

    /// A last day; none when there is no end.
    pub fn last_day(&self, names: &[String]) -> Result<Option<NaiveDate>, Fault> {
        Ok(self.day(names, moments::last_day)?.and_then(End::day))
    }

    /// First and last day of an employment.
    pub fn employed(
        &self,
        starts: &[String],
        ends: &[String],
    ) -> Result<(Option<NaiveDate>, Option<NaiveDate>), Fault> {
        let (first, last) = (self.starts(starts)?, self.last_day(ends)?);
        if first.zip(last).is_some_and(|(first, last)| last < first) {
            let found = self.required(ends)?;
            return Err(found.fault(RejectionReason::EndsBeforeStart));
        }
        Ok((first, last))
    }

    fn day<D>(&self, names: &[String], read: fn(&str) -> Option<D>) -> Result<Option<D>, Fault> {
        let Some(found) = self.first(names)? else {
            return Ok(None);
        };
        match read(&found.value) {
            Some(day) => Ok(Some(day)),
            None => Err(found.fault(RejectionReason::MalformedDate)),
        }
    }

    /// All HSA-ids under these names, and whether all that stands there is one.
    pub fn hsa_ids(&self, names: &[String]) -> (Vec<HsaId>, bool) {
        let mut is_whole = names.iter().all(|name| self.not_text(name).is_none());
        let mut ids: Vec<HsaId> = Vec::new();
        for found in names.iter().flat_map(|name| self.under(name)) {
            match HsaId::parse_import(&found.value) {
                Ok(id) if ids.contains(&id) => {}
                Ok(id) => ids.push(id),
                Err(_) => is_whole = false,
            }
        }
        (ids, is_whole)
    }

    /// The name under which the entry has the first value of these.
    pub fn named(&self, names: &[String]) -> String {
        let found = names.iter().find_map(|name| self.under(name).next());
        found.map_or_else(String::new, |found| found.attribute.to_owned())
    }

    /// Whether anything at all stands under these names.
    pub fn has_any(&self, names: &[String]) -> bool {
        names
            .iter()
            .any(|name| self.not_text(name).is_some() || self.under(name).next().is_some())
    }

    /// Lines of an address: `$` parts them, `\24` and `\5C` stand for `$` and `\` (RFC 4517).
    pub fn address(&self, names: &[String]) -> Result<Option<String>, Fault> {
        let lines = |text: String| {
            let lines = text
                .split('$')
                .map(str::trim)
                .filter(|line| !line.is_empty());
            let lines = lines.map(|line| line.replace("\\24", "$").replace("\\5C", "\\"));
            lines.collect::<Vec<_>>().join("\n")
        };
        Ok(self.text(names)?.map(lines).filter(|text| !text.is_empty()))
    }
}

fn parse_hsa_id(found: &Found<'_>) -> Result<HsaId, Fault> {
    HsaId::parse_import(&found.value).map_err(|_| found.fault(RejectionReason::MalformedHsaId))
}
