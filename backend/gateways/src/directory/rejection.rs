//! Why an entry of the feed cannot be used.

use std::fmt;

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

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
    /// What is wrong.
    pub reason: RejectionReason,
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
    /// The HSA-id stood earlier in the same file. Found by the caller, who keeps the HSA-ids.
    DuplicateHsaId,
    /// The entry is its own ancestor. Found by the caller, who keeps the tree.
    Cycle,
}

impl RejectionReason {
    /// One English sentence for the report, without any personal data.
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
            Self::DuplicateHsaId => "The HSA-id stands earlier in the same file.",
            Self::Cycle => "The entry stands below itself.",
        }
    }
}
