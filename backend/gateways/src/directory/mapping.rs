//! Which attribute feeds which field: regions differ, so it is configuration.
//!
//! Names are compared without regard to case. Of several names for one field the first that the
//! entry has with a value is used; a table left out of the configuration keeps its defaults.

use serde::{Deserialize, Serialize};

/// The whole mapping. The default reads feeds shaped like the national directory, schema 5.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// Organisations.
    pub organisation: OrganisationMapping,
    /// Units.
    pub unit: UnitMapping,
    /// Persons.
    pub person: PersonMapping,
    /// Assignments (medarbetaruppdrag).
    pub assignment: AssignmentMapping,
    /// Object classes of entries that only build the tree above the organisations: passed over
    /// and counted.
    pub tree_classes: Vec<String>,
    /// Attributes that are known and not used: not counted as unknown.
    pub unused: Vec<String>,
}

impl Default for Mapping {
    fn default() -> Self {
        Self {
            organisation: OrganisationMapping::default(),
            unit: UnitMapping::default(),
            person: PersonMapping::default(),
            assignment: AssignmentMapping::default(),
            tree_classes: names(&["country", "locality", "domain", "dcObject"]),
            unused: names(&[
                "objectClass",
                "c",
                "cn",
                "fullName",
                "hsaHealthCareUnitManager",
            ]),
        }
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

/// A mapping of one kind of entry: object classes and attribute names by field.
macro_rules! kind_of_entry {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: [$($attribute:literal),+],)+ }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $($(#[$doc])* pub $field: Vec<String>,)+
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: names(&[$($attribute),+]),)+ }
            }
        }

        impl $name {
            /// Whether an attribute of this name feeds a field.
            pub(super) fn knows(&self, attribute: &str) -> bool {
                [$(&self.$field),+]
                    .into_iter()
                    .flatten()
                    .any(|name| name.eq_ignore_ascii_case(attribute))
            }
        }
    };
}

kind_of_entry! {
    /// Attribute names of an organisation.
    OrganisationMapping {
        /// An entry with any of these is an organisation.
        object_classes: ["organization", "hsaOrganisation"],
        /// Name, mandatory.
        name: ["o"],
        /// HSA-id, mandatory.
        hsa_id: ["hsaIdentity"],
        /// Organisation number.
        number: ["orgNo"],
        /// Kind of owner.
        owner_kind: ["management"],
        /// E-mail.
        mail: ["mail"],
        /// Telephone.
        phone: ["telephoneNumber"],
        /// First day.
        starts: ["startDate"],
        /// Last day.
        ends: ["endDate"],
        /// `TRUE` when only identity and days are left.
        archived: ["hsaArchivedObject"],
    }
}

kind_of_entry! {
    /// Attribute names of a unit.
    UnitMapping {
        /// An entry with any of these is a unit.
        object_classes: ["organizationalUnit", "hsaUnit"],
        /// Name, mandatory.
        name: ["ou"],
        /// HSA-id, mandatory.
        hsa_id: ["hsaIdentity"],
        /// HSA-id of the responsible care provider.
        provider: ["hsaResponsibleHealthCareProvider"],
        /// Workplace code.
        workplace_code: ["unitPrescriptionCode"],
        /// E-mail.
        mail: ["mail"],
        /// Telephone.
        phone: ["telephoneNumber"],
        /// Visiting address, `$` between lines.
        address: ["hsaVisitingAddress", "streetAddress"],
        /// Postcode.
        postcode: ["postalCode"],
        /// City.
        city: ["l"],
        /// First day.
        starts: ["startDate"],
        /// Last day.
        ends: ["endDate"],
        /// `TRUE` when only identity and days are left.
        archived: ["hsaArchivedObject"],
    }
}

kind_of_entry! {
    /// Attribute names of a person.
    PersonMapping {
        /// An entry with any of these is a person.
        object_classes: ["inetOrgPerson", "hsaPersonExtension"],
        /// HSA-id, mandatory.
        hsa_id: ["hsaIdentity"],
        /// Personal number, mandatory.
        number: ["personalIdentityNumber", "hsaPersonIdentityNumber"],
        /// Given names.
        given_name: ["givenName"],
        /// Middle name.
        middle_name: ["middleName", "hsaMiddleName"],
        /// Family name, mandatory.
        surname: ["sn"],
        /// E-mail.
        mail: ["mail"],
        /// Telephone.
        phone: ["telephoneNumber"],
        /// Mobile telephone.
        mobile: ["mobile"],
        /// Position.
        title: ["title"],
        /// Licensed professions.
        licences: ["hsaTitle"],
        /// Specialities by name.
        specialities: ["hsaSpecialityName"],
        /// Specialities by code.
        speciality_codes: ["hsaSpecialityCode"],
        /// Personal prescriber code.
        prescriber_code: ["hsaPersonPrescriptionCode"],
        /// Group prescriber code.
        group_prescriber_code: ["hsaGroupPrescriptionCode"],
        /// Position by code.
        position_code: ["paTitleCode"],
        /// `TRUE` or `1` when protected.
        protected: ["hsaProtectedPerson"],
        /// Serial number of the door chip.
        mifare: ["hsaMifareSerialNumber"],
        /// First day of employment.
        starts: ["hsaStartDate", "startDate"],
        /// Last day of employment.
        ends: ["hsaEndDate", "endDate"],
        /// `TRUE` or `1` for a test person.
        test_person: ["hsaFeignedPerson"],
        /// Roles, each `system;role`.
        system_roles: ["hsaSystemRole"],
    }
}

kind_of_entry! {
    /// Attribute names of an assignment.
    AssignmentMapping {
        /// An entry with any of these is an assignment.
        object_classes: ["hsaCommission"],
        /// HSA-id, mandatory.
        hsa_id: ["hsaIdentity"],
        /// Name, mandatory.
        name: ["cn"],
        /// Purpose.
        purpose: ["hsaCommissionPurpose"],
        /// Rights, each `activity;information type;scope`.
        rights: ["hsaCommissionRight"],
        /// Members, each `HSA-id;start;end`.
        members: ["hsaCommissionMember"],
    }
}
