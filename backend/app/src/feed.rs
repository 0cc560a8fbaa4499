//! What a directory feed hands over: typed entries, ready to be matched with what is known, and
//! why an entry cannot be used.
//!
//! Values are personal data: `Debug` shows places and HSA-ids, never names or numbers.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{Read, Seek};

use cards_domain::values::{HsaId, OrganisationNumber, PersonName, PersonNumber};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// The entries of one file, in its order, each usable or rejected.
pub trait DirectoryFeed: Iterator<Item = Result<FeedEntry, Rejection>> {
    /// Once the iterator has ended: why the source could not be read to its end, without personal
    /// data. Nothing may then be concluded from what the feed did not hold.
    fn cut_off(&self) -> Option<String>;

    /// Once the iterator has ended: the source ends so that its end may be lost. What it held is
    /// whole and can be used; nobody may be ended for not being in it.
    fn may_lack_its_end(&self) -> bool {
        false
    }

    /// Attributes that fed no field, by name as written, and how often.
    fn unknown_attributes(&self) -> BTreeMap<String, u64> {
        BTreeMap::new()
    }
}

/// Entries that are in memory already.
impl DirectoryFeed for std::vec::IntoIter<Result<FeedEntry, Rejection>> {
    fn cut_off(&self) -> Option<String> {
        None
    }
}

impl<F: DirectoryFeed + ?Sized> DirectoryFeed for Box<F> {
    fn cut_off(&self) -> Option<String> {
        (**self).cut_off()
    }

    fn may_lack_its_end(&self) -> bool {
        (**self).may_lack_its_end()
    }

    fn unknown_attributes(&self) -> BTreeMap<String, u64> {
        (**self).unknown_attributes()
    }
}

/// Where a whole file is read from.
pub trait Source: Read + Seek + Send {}

impl<S: Read + Seek + Send> Source for S {}

/// Reads files of one format, by the mapping of the installation.
pub trait FeedFormat: Send + Sync {
    /// Looks through the whole file and stands at its first entry.
    ///
    /// # Errors
    /// [`FeedRefused`]; nothing of the file has been handed out.
    fn open<'a>(
        &'a self,
        source: Box<dyn Source + 'a>,
    ) -> Result<Box<dyn DirectoryFeed + 'a>, FeedRefused>;
}

/// Why a whole file is refused; nothing of it has gone in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedRefused {
    /// Bytes that are not UTF-8 text, as in Latin-1 or UTF-16.
    #[error("the file is not UTF-8 text: line {line} holds bytes that are not")]
    NotUtf8 {
        /// Line of the first such byte, from 1.
        line: u64,
    },
    /// A NUL, which no text in the database can hold.
    #[error("line {line} holds a NUL character")]
    Nul {
        /// Its line, from 1.
        line: u64,
    },
    /// Lines that end with a carriage return alone, so that the whole file is one line.
    #[error("the lines end with a carriage return alone; only LF and CR LF end a line")]
    LineEnds,
    /// Nothing in the file begins as an entry does: it is empty, or not a feed at all.
    #[error("the file has no entries: no line begins with dn:")]
    NoEntries,
    /// Another version of the format than the one that is read.
    #[error("line {line}: only LDIF version 1 is read")]
    Version {
        /// Where the version stands, from 1.
        line: u64,
    },
    /// The file could not be read.
    #[error("the file could not be read")]
    Unreadable,
    /// So many entries cannot be used or have no place that it can hardly be the right file.
    #[error("more than 100000 entries of the file cannot be used or have no place")]
    TooManyUnusable,
}

impl From<std::io::Error> for FeedRefused {
    fn from(_: std::io::Error) -> Self {
        Self::Unreadable
    }
}

/// One accepted entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every entry is a person, so a box would only cost"
)]
pub enum FeedEntry {
    /// A care provider or another employer.
    Organisation(OrganisationEntry),
    /// A unit below an organisation or another unit.
    Unit(UnitEntry),
    /// One employment of a person: one HSA-id.
    Person(PersonEntry),
    /// A medarbetaruppdrag.
    Assignment(AssignmentEntry),
}

impl FeedEntry {
    /// An entry as it was kept; `None` when it cannot be read any more.
    #[must_use]
    pub fn deserialized(kept: &serde_json::Value) -> Option<Self> {
        Self::deserialize(kept).ok()
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> &Place {
        match self {
            Self::Organisation(one) => &one.place,
            Self::Unit(one) => &one.place,
            Self::Person(one) => &one.place,
            Self::Assignment(one) => &one.place,
        }
    }

    /// Its HSA-id.
    #[must_use]
    pub fn hsa_id(&self) -> &HsaId {
        match self {
            Self::Organisation(one) => &one.hsa_id,
            Self::Unit(one) => &one.hsa_id,
            Self::Person(one) => &one.hsa_id,
            Self::Assignment(one) => &one.hsa_id,
        }
    }
}

/// Where in the file an entry stands.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Line of the `dn`, from 1.
    pub line: u64,
    /// The distinguished name as written; holds names of persons.
    pub dn: String,
    /// The distinguished name in the form in which `parent_dn` and `unit_dn` are given: two
    /// writings of one name are equal in it.
    pub key: String,
    /// The attribute that gave the HSA-id, by its name in the file; empty once the entry is kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hsa_attribute: String,
}

/// A dn may hold a person's name: only the line is shown.
impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)
    }
}

/// An organisation. Days are inclusive; nothing is said of `last_day` coming after `starts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationEntry {
    /// Where it stands.
    pub place: Place,
    /// Its HSA-id.
    pub hsa_id: HsaId,
    /// Its name; of an archived entry without one, the name in the dn.
    pub name: String,
    /// Its organisation number; missing is a flaw of quality.
    pub number: Option<OrganisationNumber>,
    /// Kind of owner, as the directory words it.
    pub owner_kind: Option<String>,
    /// E-mail address.
    pub mail: Option<String>,
    /// Telephone number as written.
    pub phone: Option<String>,
    /// First day.
    pub starts: Option<NaiveDate>,
    /// Last day.
    pub last_day: Option<NaiveDate>,
    /// Only identity and days are left in the directory.
    pub archived: bool,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitEntry {
    /// Where it stands.
    pub place: Place,
    /// Its HSA-id.
    pub hsa_id: HsaId,
    /// Its name; of an archived entry without one, the name in the dn.
    pub name: String,
    /// The entry above, in the form of [`Place::key`].
    pub parent_dn: String,
    /// HSA-id of the responsible care provider.
    pub provider: Option<HsaId>,
    /// Workplace code; missing is a flaw of quality.
    pub workplace_code: Option<String>,
    /// E-mail address; missing is a flaw of quality.
    pub mail: Option<String>,
    /// Telephone number as written.
    pub phone: Option<String>,
    /// Visiting address, lines parted by `\n`.
    pub address: Option<String>,
    /// Postcode as written.
    pub postcode: Option<String>,
    /// City.
    pub city: Option<String>,
    /// First day.
    pub starts: Option<NaiveDate>,
    /// Last day.
    pub last_day: Option<NaiveDate>,
    /// Only identity and days are left in the directory.
    pub archived: bool,
}

/// One employment of a person: a person has one entry for each HSA-id.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonEntry {
    /// Where it stands.
    pub place: Place,
    /// The entry above, in the form of [`Place::key`].
    pub parent_dn: String,
    /// The HSA-id of this employment.
    pub hsa_id: HsaId,
    /// Personnummer, coordination, reserve or passport number.
    pub number: PersonNumber,
    /// The attribute that gave the number, by its name in the file; empty once the entry is kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number_attribute: String,
    /// The name, composed (NFC).
    pub name: PersonName,
    /// E-mail address.
    pub mail: Option<String>,
    /// Telephone number as written.
    pub phone: Option<String>,
    /// Mobile number as written.
    pub mobile: Option<String>,
    /// Position.
    pub title: Option<String>,
    /// Licensed professions.
    pub licences: Vec<String>,
    /// Specialities by name.
    pub specialities: Vec<String>,
    /// Specialities by code.
    pub speciality_codes: Vec<String>,
    /// Personal prescriber code.
    pub prescriber_code: Option<String>,
    /// Group prescriber code.
    pub group_prescriber_code: Option<String>,
    /// Position by code.
    pub position_code: Option<String>,
    /// Protected personal data.
    pub protected: bool,
    /// Serial number of the door chip.
    pub mifare: Option<String>,
    /// First day of the employment.
    pub starts: Option<NaiveDate>,
    /// Last day of the employment.
    pub last_day: Option<NaiveDate>,
    /// Nobody living: a test person.
    pub test_person: bool,
    /// Roles in systems, each `system;role`.
    pub system_roles: Vec<String>,
}

/// Only what identifies the entry in the file is shown.
impl fmt::Debug for PersonEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersonEntry")
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

/// A medarbetaruppdrag with its members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentEntry {
    /// Where it stands.
    pub place: Place,
    /// Its HSA-id.
    pub hsa_id: HsaId,
    /// The unit (or organisation) above, in the form of [`Place::key`].
    pub unit_dn: String,
    /// Its name.
    pub name: String,
    /// Purpose, such as `Vård och behandling`.
    pub purpose: Option<String>,
    /// Rights, each `activity;information type;scope`.
    pub rights: Vec<String>,
    /// Who has it, in the order of the file.
    pub members: Vec<AssignmentMember>,
}

/// One person in an assignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentMember {
    /// The HSA-id of the person's employment.
    pub hsa_id: HsaId,
    /// First day.
    pub starts: Option<NaiveDate>,
    /// Last day.
    pub last_day: Option<NaiveDate>,
}

/// An entry that cannot be used; the rest of the file goes in.
#[derive(Clone, PartialEq, Eq)]
pub struct Rejection {
    /// Line of the entry's `dn`, from 1.
    pub line: u64,
    /// The distinguished name as written, empty when there is none. Holds names of persons: for
    /// the report only, never for the technical log.
    pub dn: String,
    /// The attribute at fault by its name in the file, when it is one attribute.
    pub attribute: Option<String>,
    /// The entry's HSA-ids as far as they could be read, past the fault too: whoever has one of
    /// them is not missing from the feed.
    pub hsa_ids: Vec<HsaId>,
    /// Whom the entry may be about besides; `None` when that is nobody.
    pub doubt: Option<Doubt>,
    /// Whom the dn names.
    pub named: Named,
    /// What is wrong.
    pub reason: RejectionReason,
}

/// Whom an entry whose HSA-id cannot be read may be about: none of them is missing for sure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Anybody below the entry with this dn, in the form of [`Place::key`].
    Below(String),
    /// Anybody at all.
    Anywhere,
}

/// Whom a dn names, as far as that decides who may read it.
#[derive(Clone, PartialEq, Eq)]
pub enum Named {
    /// Nobody: a unit, an organisation, an assignment, a thing.
    Nobody,
    /// Somebody whom the entry does not call protected, with the number as far as it can be read.
    Somebody(Option<PersonNumber>),
    /// Somebody whose data is protected, or of whom that cannot be told.
    Hidden,
}

/// A dn holds names of persons: it is left out.
impl fmt::Debug for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rejection")
            .field("line", &self.line)
            .field("attribute", &self.attribute)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

/// The reasons, each with a stable code in snake case (`strum`) and a sentence without personal
/// data ([`RejectionReason::sentence`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum RejectionReason {
    /// The entry has `changetype` or `control`.
    ChangeRecord,
    /// A line that is not `name: value`, or a second `dn`.
    MalformedLine,
    /// The entry does not begin with `dn`.
    MissingDn,
    /// The `dn` is not a distinguished name.
    MalformedDn,
    /// The value after `::` is not base64.
    MalformedBase64,
    /// The value is not text in UTF-8.
    NotText,
    /// The value is a URL after `:<`.
    ValueByReference,
    /// The entry is larger than the limit.
    EntryTooLarge,
    /// None of the object classes is known.
    UnknownObjectClass,
    /// A mandatory attribute is missing or empty.
    MissingAttribute,
    /// An attribute that must have one value has several different ones.
    SeveralValues,
    /// Not an HSA-id.
    MalformedHsaId,
    /// Not an organisation number, or a wrong check digit.
    MalformedOrganisationNumber,
    /// A personal number of a kind or with characters that are not accepted.
    MalformedPersonNumber,
    /// A personnummer or coordination number whose date does not exist.
    NoSuchDate,
    /// A personnummer or coordination number with a wrong check digit.
    WrongCheckDigit,
    /// A birth date after today. Found by the caller, who knows the day.
    BornInFuture,
    /// A name with characters that no name has.
    MalformedName,
    /// A name of more than 100 characters.
    NameTooLong,
    /// Not generalized time and not a date.
    MalformedDate,
    /// Neither true nor false.
    MalformedFlag,
    /// Not `HSA-id;start;end`.
    MalformedMember,
    /// The last day of an employment comes before its first.
    EndsBeforeStart,
    /// The dn stood earlier in the same file. Found by the caller, who keeps the tree.
    DuplicateDn,
    /// The HSA-id stood earlier in the same file. Found by the caller, who keeps the HSA-ids.
    DuplicateHsaId,
    /// The HSA-id belongs to somebody with another number: a human decides. Found by the caller,
    /// who knows the persons.
    NumberDiffers,
    /// The HSA-id is known in another organisation, which has not given it up. Found by the caller,
    /// who knows what is known.
    BelongsElsewhere,
    /// The entry is of an organisation of the importer's, and about somebody for whom another
    /// issuer answers too. Found by the caller, who knows the persons.
    SharedPerson,
    /// The entry is its own ancestor. Found by the caller, who keeps the tree.
    Cycle,
    /// The organisation is not one that the importer answers for. Found by the caller, who knows
    /// who imports.
    NotYours,
}

impl RejectionReason {
    /// One English sentence for the report, without any personal data.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::ChangeRecord => "Change records are not read; send the entry as it is.",
            Self::MalformedLine => "A line is not an attribute with a value.",
            Self::MissingDn => "The entry does not begin with a dn.",
            Self::MalformedDn => "The dn is not a distinguished name.",
            Self::MalformedBase64 => "The value is not valid base64.",
            Self::NotText => "The value is not text in UTF-8.",
            Self::ValueByReference => "Values by reference to another file are not read.",
            Self::EntryTooLarge => "The entry is too large.",
            Self::UnknownObjectClass => "No object class of the entry is known.",
            Self::MissingAttribute => "A mandatory attribute is missing or empty.",
            Self::SeveralValues => "The attribute has several different values.",
            Self::MalformedHsaId => "The HSA-id is not well formed.",
            Self::MalformedOrganisationNumber => "The organisation number is not valid.",
            Self::MalformedPersonNumber => "The personal number is of no accepted kind.",
            Self::NoSuchDate => "The date in the personal number does not exist.",
            Self::WrongCheckDigit => "The check digit of the personal number is wrong.",
            Self::BornInFuture => "The birth date in the personal number is in the future.",
            Self::MalformedName => "The name holds characters that are not accepted.",
            Self::NameTooLong => "The name is longer than 100 characters.",
            Self::MalformedDate => "The time is neither generalized time nor a date.",
            Self::MalformedFlag => "The value is neither TRUE nor FALSE.",
            Self::MalformedMember => "A member is not of the form HSA-id;start;end.",
            Self::EndsBeforeStart => "The last day comes before the first.",
            Self::DuplicateDn => "The dn stands earlier in the same file.",
            Self::DuplicateHsaId => "The HSA-id stands earlier in the same file.",
            Self::NumberDiffers => "The HSA-id belongs to somebody with another number.",
            Self::BelongsElsewhere => {
                "The HSA-id belongs to another organisation, which has not given it up."
            }
            Self::SharedPerson => "The person belongs to another issuer too.",
            Self::Cycle => "The entry stands below itself.",
            Self::NotYours => "The organisation is not one that the importer answers for.",
        }
    }
}
