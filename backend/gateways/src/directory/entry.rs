//! The typed entries of a directory feed, ready to be matched with what is known.
//!
//! Values are personal data: `Debug` shows places and HSA-ids, never names or numbers.

use std::fmt;

use cards_domain::values::{HsaId, OrganisationNumber, PersonName, PersonNumber};
use chrono::NaiveDate;

/// One accepted entry.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// Where in the file an entry stands.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// Line of the `dn`, from 1.
    pub line: u64,
    /// The distinguished name as written; holds names of persons.
    pub dn: String,
    /// The distinguished name in the form in which `parent_dn` and `unit_dn` are given: two
    /// writings of one name are equal in it.
    pub key: String,
}

/// A dn may hold a person's name: only the line is shown.
impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)
    }
}

/// An organisation. Days are inclusive; nothing is said of `last_day` coming after `starts`.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, PartialEq, Eq)]
pub struct PersonEntry {
    /// Where it stands.
    pub place: Place,
    /// The entry above, in the form of [`Place::key`].
    pub parent_dn: String,
    /// The HSA-id of this employment.
    pub hsa_id: HsaId,
    /// Personnummer, coordination, reserve or passport number.
    pub number: PersonNumber,
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentMember {
    /// The HSA-id of the person's employment.
    pub hsa_id: HsaId,
    /// First day.
    pub starts: Option<NaiveDate>,
    /// Last day.
    pub last_day: Option<NaiveDate>,
}
