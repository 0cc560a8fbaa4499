//! The people of the tests: those of the demonstration, by name.

use cards_app::{Call, Channel, Link};
use cards_domain::access::{Actor, Appointment, Holder, Loa, Role};
use cards_domain::ids::{AppointmentId, OfficeId, OrganisationId, PersonId};
use cards_domain::values::PersonNumber;

/// The region's HSA-id.
pub const REGION: &str = "SE2399000013-0001";
/// The municipality's HSA-id.
pub const MUNICIPALITY: &str = "SE2199000015-0001";

/// Somebody in the directory.
#[derive(Clone, Debug)]
pub struct Person {
    /// The HSA-id to log in with.
    pub hsa_id: String,
    /// The id.
    pub id: PersonId,
    /// The number.
    pub number: PersonNumber,
    /// The full name.
    pub name: String,
}

/// An officer and what they are appointed to.
#[derive(Clone, Debug)]
pub struct Officer {
    /// Who.
    pub person: Person,
    /// As what.
    pub role: Role,
    /// Where.
    pub branch: Vec<OrganisationId>,
    /// At which office.
    pub office: Option<OfficeId>,
    /// How surely logged in.
    pub loa: Loa,
}

impl Officer {
    /// A call by the officer.
    #[must_use]
    pub fn call(&self) -> Call {
        let appointment = Appointment {
            id: AppointmentId(uuid::Uuid::nil()),
            role: self.role,
            branch: self.branch.clone(),
            office: self.office,
        };
        Call {
            actor: Actor::Officer(cards_domain::access::Officer {
                person: self.person.id,
                loa: self.loa,
                appointments: vec![appointment],
            }),
            channel: Channel::IdAdmin,
            correlation: "TEST-01".to_owned(),
            request: None,
        }
    }
}

impl Person {
    /// A call by the person as holder.
    #[must_use]
    pub fn call(&self) -> Call {
        Call {
            actor: Actor::Holder(Holder {
                person: self.id,
                loa: Loa::Loa3,
            }),
            channel: Channel::MinaSidor,
            correlation: "TEST-02".to_owned(),
            request: None,
        }
    }

    /// Somebody by HSA-id.
    ///
    /// # Panics
    /// The demonstration's feed has nobody with it.
    #[must_use]
    pub fn find(link: &mut Link, hsa_id: &str) -> Self {
        let id = link
            .person_by_hsa_id(&hsa_id.to_uppercase())
            .unwrap()
            .unwrap();
        let sheet = link.person_for_errand(id).unwrap().unwrap();
        Self {
            hsa_id: hsa_id.to_owned(),
            id,
            number: sheet.number,
            name: sheet.name.full(),
        }
    }
}
