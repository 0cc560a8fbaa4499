//! What an actor may see. Every list query demands one, and only the policy makes them.

use super::{Actor, Function, Grant, Role, grant};
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
                let mut organisations: Vec<_> = officer
                    .appointments
                    .iter()
                    .filter(|appointment| grant(appointment.role, function) == Grant::InBranch)
                    .flat_map(|appointment| appointment.branch.iter().copied())
                    .collect();
                organisations.sort_unstable();
                organisations.dedup();
                Self {
                    organisations,
                    protected_too: officer.is(Role::IdAdminProtected),
                    own: None,
                }
            }
            Actor::Holder(holder) => Self {
                organisations: Vec::new(),
                protected_too: true,
                own: Some(holder.person),
            },
            Actor::System(_) => Self {
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
