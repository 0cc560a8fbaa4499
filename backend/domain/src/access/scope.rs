//! What an actor may see. Every list query demands one, and only the policy makes them.

use super::{Actor, Function, Grant, Officer, Role, grant};
use crate::ids::{OrganisationId, PersonId};

/// The persons and things that a query may answer with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    organisations: Vec<OrganisationId>,
    protected_too: bool,
    own: Option<PersonId>,
}

impl Scope {
    /// What `actor` may see by virtue of `function`; empty when nothing.
    #[must_use]
    pub fn of(actor: &Actor, function: Function) -> Self {
        match actor {
            Actor::Officer(officer) => {
                let organisations =
                    branches(officer, |role| grant(role, function) == Grant::InBranch);
                let protected = branches(officer, |role| role == Role::IdAdminProtected);
                // One answer for the whole list, so the permission must reach all of it.
                let protected_too = !organisations.is_empty()
                    && organisations.iter().all(|one| protected.contains(one));
                Self {
                    organisations,
                    protected_too,
                    own: None,
                }
            }
            Actor::Holder(holder) => Self {
                organisations: Vec::new(),
                protected_too: true,
                own: Some(holder.person),
            },
            // A client that could list things would need a grant in its branch; there is none.
            Actor::Client(_) | Actor::System(_) => Self {
                organisations: Vec::new(),
                protected_too: false,
                own: None,
            },
        }
    }

    /// The organisations whose persons and cards are visible.
    #[must_use]
    pub fn organisations(&self) -> &[OrganisationId] {
        &self.organisations
    }

    /// Whether persons with protected personal data are visible.
    #[must_use]
    pub fn protected_too(&self) -> bool {
        self.protected_too
    }

    /// The one person whose own things are visible, for holders.
    #[must_use]
    pub fn own(&self) -> Option<PersonId> {
        self.own
    }
}

fn branches(officer: &Officer, wanted: impl Fn(Role) -> bool) -> Vec<OrganisationId> {
    let mut organisations: Vec<_> = officer
        .appointments
        .iter()
        .filter(|appointment| wanted(appointment.role))
        .flat_map(|appointment| appointment.branch.iter().copied())
        .collect();
    organisations.sort_unstable();
    organisations.dedup();
    organisations
}
