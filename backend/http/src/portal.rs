//! The three portals.

use cards_app::Channel;
use cards_domain::access::{Appointment, Loa, Role};
use strum::{EnumIter, IntoEnumIterator as _};

/// A portal with sessions of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter)]
pub enum PortalName {
    /// Officers, issuers, auditors.
    IdAdmin,
    /// Holders.
    MinaSidor,
    /// The servicedesk.
    Servicedesk,
}

impl PortalName {
    /// The three, in this order.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    /// Where it lives.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::IdAdmin => "/id-admin",
            Self::MinaSidor => "/mina-sidor",
            Self::Servicedesk => "/servicedesk",
        }
    }

    /// The portal that a path belongs to.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        Self::iter().find(|portal| portal.has(path))
    }

    pub(crate) fn has(self, path: &str) -> bool {
        path.strip_prefix(self.path())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The door as the log names it.
    #[must_use]
    pub fn channel(self) -> Channel {
        match self {
            Self::IdAdmin => Channel::IdAdmin,
            Self::MinaSidor => Channel::MinaSidor,
            Self::Servicedesk => Channel::Servicedesk,
        }
    }

    /// The level a log-in must have at least.
    #[must_use]
    pub fn required_loa(self) -> Loa {
        match self {
            Self::IdAdmin | Self::Servicedesk => Loa::Loa3,
            Self::MinaSidor => Loa::Loa2,
        }
    }

    /// Whether somebody with these appointments has anything to do here. Everybody is a holder.
    #[must_use]
    pub fn admits(self, appointments: &[Appointment]) -> bool {
        match self {
            Self::MinaSidor => true,
            Self::IdAdmin => appointments.iter().any(|one| one.role != Role::Servicedesk),
            Self::Servicedesk => appointments.iter().any(|one| one.role == Role::Servicedesk),
        }
    }

    /// The short name in cookies.
    pub(crate) fn cookie(self) -> &'static str {
        match self {
            Self::IdAdmin => "kk-id-admin",
            Self::MinaSidor => "kk-mina-sidor",
            Self::Servicedesk => "kk-servicedesk",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cards_domain::ids::AppointmentId;
    use uuid::Uuid;

    fn appointed(role: Role) -> Vec<Appointment> {
        vec![Appointment {
            id: AppointmentId(Uuid::nil()),
            role,
            branch: vec![],
            office: None,
        }]
    }

    #[test]
    fn a_path_belongs_to_the_portal_whose_whole_name_it_begins_with() {
        assert_eq!(PortalName::of_path("/id-admin"), Some(PortalName::IdAdmin));
        assert_eq!(
            PortalName::of_path("/mina-sidor/kort/1"),
            Some(PortalName::MinaSidor)
        );
        assert_eq!(PortalName::of_path("/id-administration"), None);
        assert_eq!(PortalName::of_path("/"), None);
    }

    #[test]
    fn a_servicedesk_appointment_opens_the_servicedesk_and_nothing_else() {
        let servicedesk = appointed(Role::Servicedesk);
        assert!(PortalName::Servicedesk.admits(&servicedesk));
        assert!(!PortalName::IdAdmin.admits(&servicedesk));
        let officer = appointed(Role::IdAdmin);
        assert!(PortalName::IdAdmin.admits(&officer));
        assert!(!PortalName::Servicedesk.admits(&officer));
    }

    #[test]
    fn somebody_without_appointment_is_a_holder_only() {
        assert!(PortalName::MinaSidor.admits(&[]));
        assert!(!PortalName::IdAdmin.admits(&[]) && !PortalName::Servicedesk.admits(&[]));
    }
}
