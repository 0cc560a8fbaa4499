//! Entries of a feed as the store takes them, once their place in the tree is known.

use cards_domain::ids::{OrganisationId, UnitId};
use cards_store::directory::{
    AssignmentRecord, EmploymentRecord, MemberRecord, OrganisationRecord, UnitRecord,
};

use super::tree::Above;
use crate::feed::{AssignmentEntry, OrganisationEntry, PersonEntry, UnitEntry};

pub(super) fn organisation(id: OrganisationId, entry: OrganisationEntry) -> OrganisationRecord {
    OrganisationRecord {
        id,
        hsa_id: entry.hsa_id,
        name: entry.name,
        number: entry.number,
        owner_kind: entry.owner_kind,
        mail: entry.mail,
        phone: entry.phone,
        starts: entry.starts,
        last_day: entry.last_day,
        archived: entry.archived,
    }
}

pub(super) fn unit(id: UnitId, above: Above, entry: UnitEntry) -> UnitRecord {
    UnitRecord {
        id,
        organisation: above.organisation,
        parent: above.unit,
        hsa_id: entry.hsa_id,
        name: entry.name,
        workplace_code: entry.workplace_code,
        mail: entry.mail,
        phone: entry.phone,
        address: entry.address,
        postcode: entry.postcode,
        city: entry.city,
        starts: entry.starts,
        last_day: entry.last_day,
        archived: entry.archived,
    }
}

pub(super) fn employment(above: Above, entry: PersonEntry) -> EmploymentRecord {
    EmploymentRecord {
        hsa_id: entry.hsa_id,
        organisation: above.organisation,
        unit: above.unit,
        number: entry.number,
        name: entry.name,
        mail: entry.mail,
        protected: entry.protected,
        test_person: entry.test_person,
        title: entry.title,
        licences: entry.licences,
        specialities: entry.specialities,
        speciality_codes: entry.speciality_codes,
        prescriber_code: entry.prescriber_code,
        group_prescriber_code: entry.group_prescriber_code,
        position_code: entry.position_code,
        phone: entry.phone,
        mobile: entry.mobile,
        mifare: entry.mifare,
        system_roles: entry.system_roles,
        starts: entry.starts,
        last_day: entry.last_day,
    }
}

pub(super) fn assignment(above: Above, entry: AssignmentEntry) -> AssignmentRecord {
    let member = |member: crate::feed::AssignmentMember| MemberRecord {
        hsa_id: member.hsa_id,
        starts: member.starts,
        last_day: member.last_day,
    };
    AssignmentRecord {
        unit: above.unit,
        organisation: above.organisation,
        hsa_id: entry.hsa_id,
        name: entry.name,
        purpose: entry.purpose,
        rights: entry.rights,
        members: entry.members.into_iter().map(member).collect(),
    }
}
