//! Who and what there is in a world: the demonstration's people and places, by name.

use cards_app::plain::Office;
use cards_domain::access::{Loa, Role};
use cards_domain::ids::OrganisationId;

use super::World;
use crate::people::{Officer, Person, REGION};

impl World {
    /// Somebody by HSA-id.
    #[must_use]
    pub fn person(&self, hsa_id: &str) -> Person {
        Person::find(&mut self.link(), hsa_id)
    }

    /// Maja Lindqvist, nurse.
    #[must_use]
    pub fn maja(&self) -> Person {
        self.person("SE2399000013-1008")
    }

    /// Karin Åkerblom, id-administrator at Björkvallen.
    #[must_use]
    pub fn karin(&self) -> Officer {
        self.officer("SE2399000013-1001", Role::IdAdmin, Some("Björkvallen"))
    }

    /// Tove Hallgren, id-administrator at the same office.
    #[must_use]
    pub fn tove(&self) -> Officer {
        self.officer("SE2399000013-1002", Role::IdAdmin, Some("Björkvallen"))
    }

    /// Leif Bergström, id-administrator at Tallhöjden.
    #[must_use]
    pub fn leif(&self) -> Officer {
        self.officer("SE2399000013-1003", Role::IdAdmin, Some("Tallhöjden"))
    }

    /// An officer of the region with one role.
    ///
    /// # Panics
    /// There is no such person or office.
    #[must_use]
    pub fn officer(&self, hsa_id: &str, role: Role, office: Option<&str>) -> Officer {
        let mut link = self.link();
        let office = office.map(|name| {
            link.offices()
                .unwrap()
                .into_iter()
                .find(|o| o.name.contains(name))
                .unwrap()
                .id
        });
        Officer {
            person: Person::find(&mut link, hsa_id),
            role,
            branch: vec![self.region()],
            office,
            loa: Loa::Loa3,
        }
    }

    /// The region.
    ///
    /// # Panics
    /// The feed does not have it.
    #[must_use]
    pub fn region(&self) -> OrganisationId {
        self.link().organisation_by_hsa_id(REGION).unwrap().unwrap()
    }

    /// An office by part of its name.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn office(&self, name: &str) -> Office {
        self.link()
            .offices()
            .unwrap()
            .into_iter()
            .find(|o| o.name.contains(name))
            .unwrap()
    }
}
