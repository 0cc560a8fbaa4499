//! The four kinds of entry, each built from its fields.

use cards_app::feed::{
    AssignmentEntry, AssignmentMember, FeedEntry, OrganisationEntry, PersonEntry, Place,
    RejectionReason, UnitEntry,
};
use cards_domain::values::{
    EmailAddress, HsaId, OrganisationNumber, OrganisationNumberError, PersonName, PersonNameError,
    PersonNumber, PersonNumberError, has_unseen,
};

use super::dn::Dn;
use super::fields::{Fault, Fields, Found};
use super::ldif::RawEntry;
use super::mapping::{AssignmentMapping, Mapping, OrganisationMapping, PersonMapping, UnitMapping};
use super::moments;

/// The longest name of anything, in characters.
const NAME_LIMIT: usize = 100;

/// What an entry describes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Organisation,
    Unit,
    Person,
    Assignment,
}

impl Kind {
    /// The kind by object class, the most special first; `None` for an entry of the tree above.
    pub fn of(raw: &RawEntry, mapping: &Mapping) -> Result<Option<Self>, Fault> {
        let object_class = "objectClass".to_owned();
        let classes = Fields::new(raw).texts(std::slice::from_ref(&object_class))?;
        let any = |names: &[String]| {
            names
                .iter()
                .any(|name| classes.iter().any(|class| class.eq_ignore_ascii_case(name)))
        };
        let kinds = [
            (Self::Assignment, &mapping.assignment.object_classes),
            (Self::Person, &mapping.person.object_classes),
            (Self::Organisation, &mapping.organisation.object_classes),
            (Self::Unit, &mapping.unit.object_classes),
        ];
        match kinds.into_iter().find(|(_, names)| any(names)) {
            Some((kind, _)) => Ok(Some(kind)),
            None if any(&mapping.tree_classes) => Ok(None),
            None => Err(Fault {
                attribute: Some(object_class),
                reason: if classes.is_empty() {
                    RejectionReason::MissingAttribute
                } else {
                    RejectionReason::UnknownObjectClass
                },
            }),
        }
    }

    /// The names of the HSA-id of an entry of this kind.
    pub fn hsa_id(self, mapping: &Mapping) -> &[String] {
        match self {
            Self::Organisation => &mapping.organisation.hsa_id,
            Self::Unit => &mapping.unit.hsa_id,
            Self::Person => &mapping.person.hsa_id,
            Self::Assignment => &mapping.assignment.hsa_id,
        }
    }

    /// Whether an attribute of this name feeds a field of this kind.
    pub fn knows(self, attribute: &str, mapping: &Mapping) -> bool {
        match self {
            Self::Organisation => mapping.organisation.knows(attribute),
            Self::Unit => mapping.unit.knows(attribute),
            Self::Person => mapping.person.knows(attribute),
            Self::Assignment => mapping.assignment.knows(attribute),
        }
    }
}

/// One entry being built.
pub(super) struct Build<'a> {
    pub fields: Fields<'a>,
    pub place: Place,
    pub dn: &'a Dn,
    /// Attributes whose value was left out of the entry.
    pub left_out: &'a mut Vec<String>,
}

impl Build<'_> {
    pub fn entry(self, kind: Kind, mapping: &Mapping) -> Result<FeedEntry, Fault> {
        match kind {
            Kind::Organisation => self
                .organisation(&mapping.organisation)
                .map(FeedEntry::Organisation),
            Kind::Unit => self.unit(&mapping.unit).map(FeedEntry::Unit),
            Kind::Person => self.person(&mapping.person).map(FeedEntry::Person),
            Kind::Assignment => self
                .assignment(&mapping.assignment)
                .map(FeedEntry::Assignment),
        }
    }

    fn organisation(mut self, names: &OrganisationMapping) -> Result<OrganisationEntry, Fault> {
        let archived = self.fields.flag(&names.archived)?;
        Ok(OrganisationEntry {
            hsa_id: self.fields.hsa_id(&names.hsa_id)?,
            name: self.name(&names.name, archived)?,
            number: self.organisation_number(&names.number)?,
            owner_kind: self.fields.text(&names.owner_kind)?,
            mail: self.mail(&names.mail)?,
            phone: self.fields.text(&names.phone)?,
            starts: self.fields.starts(&names.starts)?,
            last_day: self.fields.last_day(&names.ends)?,
            archived,
            place: self.place,
        })
    }

    fn unit(mut self, names: &UnitMapping) -> Result<UnitEntry, Fault> {
        let archived = self.fields.flag(&names.archived)?;
        Ok(UnitEntry {
            hsa_id: self.fields.hsa_id(&names.hsa_id)?,
            name: self.name(&names.name, archived)?,
            parent_dn: self.dn.parent(),
            provider: self.fields.reference(&names.provider)?,
            workplace_code: self.fields.text(&names.workplace_code)?,
            mail: self.mail(&names.mail)?,
            phone: self.fields.text(&names.phone)?,
            address: self.fields.address(&names.address)?,
            postcode: self.fields.text(&names.postcode)?,
            city: self.fields.text(&names.city)?,
            starts: self.fields.starts(&names.starts)?,
            last_day: self.fields.last_day(&names.ends)?,
            archived,
            place: self.place,
        })
    }

    fn person(mut self, names: &PersonMapping) -> Result<PersonEntry, Fault> {
        let hsa_id = self.fields.hsa_id(&names.hsa_id)?;
        let (number, number_attribute) = self.person_number(&names.number)?;
        let name = self.person_name(names)?;
        let (starts, last_day) = self.fields.employed(&names.starts, &names.ends)?;
        Ok(PersonEntry {
            parent_dn: self.dn.parent(),
            hsa_id,
            number,
            number_attribute,
            name,
            mail: self.mail(&names.mail)?,
            phone: self.fields.text(&names.phone)?,
            mobile: self.fields.text(&names.mobile)?,
            title: self.fields.text(&names.title)?,
            licences: self.fields.texts(&names.licences)?,
            specialities: self.fields.texts(&names.specialities)?,
            speciality_codes: self.fields.texts(&names.speciality_codes)?,
            prescriber_code: self.fields.text(&names.prescriber_code)?,
            group_prescriber_code: self.fields.text(&names.group_prescriber_code)?,
            position_code: self.fields.text(&names.position_code)?,
            protected: self.fields.flag(&names.protected)?,
            mifare: self.fields.text(&names.mifare)?,
            starts,
            last_day,
            test_person: self.fields.flag(&names.test_person)?,
            system_roles: self.fields.texts(&names.system_roles)?,
            place: self.place,
        })
    }

    fn assignment(self, names: &AssignmentMapping) -> Result<AssignmentEntry, Fault> {
        let members = self.fields.all(&names.members)?;
        Ok(AssignmentEntry {
            hsa_id: self.fields.hsa_id(&names.hsa_id)?,
            unit_dn: self.dn.parent(),
            name: self.name(&names.name, false)?,
            purpose: self.fields.text(&names.purpose)?,
            rights: self.fields.texts(&names.rights)?,
            members: members.iter().map(member).collect::<Result<_, _>>()?,
            place: self.place,
        })
    }

    /// The name of anything but a person. Of an archived entry the directory may have kept no
    /// more than the dn.
    fn name(&self, names: &[String], archived: bool) -> Result<String, Fault> {
        let found = match self.fields.required(names) {
            Err(_) if archived => {
                let attribute = names.first().map_or("dn", String::as_str);
                Found {
                    attribute,
                    value: self.dn.first_value().to_owned(),
                }
            }
            found => found?,
        };
        let name = found.value.split_whitespace().collect::<Vec<_>>().join(" ");
        if has_unseen(&name) {
            return Err(found.fault(RejectionReason::MalformedName));
        }
        if name.chars().count() > NAME_LIMIT {
            return Err(found.fault(RejectionReason::NameTooLong));
        }
        Ok(name)
    }

    /// A sole trader has a personal number instead: the entry is used without it.
    fn organisation_number(
        &mut self,
        names: &[String],
    ) -> Result<Option<OrganisationNumber>, Fault> {
        let Some(found) = self.fields.first(names)? else {
            return Ok(None);
        };
        match OrganisationNumber::parse(&found.value) {
            Ok(number) => Ok(Some(number)),
            Err(OrganisationNumberError::LooksLikePerson) => {
                self.left_out.push(found.attribute.to_owned());
                Ok(None)
            }
            Err(_) => Err(found.fault(RejectionReason::MalformedOrganisationNumber)),
        }
    }

    /// The number, and the attribute that gave it.
    fn person_number(&self, names: &[String]) -> Result<(PersonNumber, String), Fault> {
        let found = self.fields.identity(names)?;
        let number = PersonNumber::parse(&found.value).map_err(|error| {
            found.fault(match error {
                PersonNumberError::NotANumber | PersonNumberError::WrongLength => {
                    RejectionReason::MalformedPersonNumber
                }
                PersonNumberError::NoSuchDate => RejectionReason::NoSuchDate,
                PersonNumberError::WrongCheckDigit => RejectionReason::WrongCheckDigit,
                PersonNumberError::InFuture => RejectionReason::BornInFuture,
            })
        })?;
        Ok((number, found.attribute.to_owned()))
    }

    fn person_name(&self, names: &PersonMapping) -> Result<PersonName, Fault> {
        let surname = self.fields.required(&names.surname)?;
        let given = self.fields.first(&names.given_name)?;
        let middle = self.fields.first(&names.middle_name)?;
        let parts = [given.as_ref(), middle.as_ref(), Some(&surname)];
        // Each part alone first, so that the report can name the attribute.
        for part in parts.into_iter().flatten() {
            PersonName::new(None, None, &part.value)
                .map_err(|error| part.fault(reason_of_name(error)))?;
        }
        let value = |found: &Option<Found<'_>>| found.as_ref().map(|found| found.value.clone());
        PersonName::new(
            value(&given).as_deref(),
            value(&middle).as_deref(),
            &surname.value,
        )
        .map_err(|error| surname.fault(reason_of_name(error)))
    }

    /// An address that nothing can be sent to is no reason to do without the entry.
    fn mail(&mut self, names: &[String]) -> Result<Option<String>, Fault> {
        let Some(found) = self.fields.first(names)? else {
            return Ok(None);
        };
        let address = EmailAddress::parse(&found.value).ok();
        if address.is_none() {
            self.left_out.push(found.attribute.to_owned());
        }
        Ok(address.map(|address| address.as_str().to_owned()))
    }
}

fn reason_of_name(error: PersonNameError) -> RejectionReason {
    match error {
        PersonNameError::NoSurname => RejectionReason::MissingAttribute,
        PersonNameError::TooLong => RejectionReason::NameTooLong,
        PersonNameError::ControlCharacter => RejectionReason::MalformedName,
    }
}

/// `HSA-id;start;end`, where start and end may be empty.
fn member(found: &Found<'_>) -> Result<AssignmentMember, Fault> {
    let malformed = || found.fault(RejectionReason::MalformedMember);
    let parts = found.value.split(';').map(str::trim).collect::<Vec<_>>();
    let [hsa_id, starts, ends] = parts.as_slice() else {
        return Err(malformed());
    };
    Ok(AssignmentMember {
        hsa_id: HsaId::parse_import(hsa_id).map_err(|_| malformed())?,
        starts: match *starts {
            "" => None,
            text => Some(moments::first_day(text).ok_or_else(malformed)?),
        },
        last_day: match *ends {
            "" => None,
            text => moments::last_day(text).ok_or_else(malformed)?.day(),
        },
    })
}
