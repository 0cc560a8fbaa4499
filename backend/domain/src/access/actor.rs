//! Who acts.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use super::{Client, Role};
use crate::ids::{AppointmentId, OfficeId, OrganisationId, PersonId};

/// Level of assurance of a log-in or of a card.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Loa {
    /// Level 2: enough for a holder to see and to report.
    Loa2,
    /// Level 3: needed to sign and for every officer.
    Loa3,
}

/// A live appointment: a role in a branch of organisations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// Its id.
    pub id: AppointmentId,
    /// As what.
    pub role: Role,
    /// The organisation appointed in and every organisation whose issuer it is.
    pub branch: Vec<OrganisationId>,
    /// The office at which the officer works.
    pub office: Option<OfficeId>,
}

/// An officer, with the appointments that are live at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// The person.
    pub person: PersonId,
    /// How surely the log-in was made.
    pub loa: Loa,
    /// What the person is appointed to now.
    pub appointments: Vec<Appointment>,
}

impl Officer {
    /// The office at which the officer works today.
    #[must_use]
    pub fn office(&self) -> Option<OfficeId> {
        self.appointments
            .iter()
            .find_map(|appointment| appointment.office)
    }

    /// Whether one of the appointments has the role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.appointments
            .iter()
            .any(|appointment| appointment.role == role)
    }
}

/// A holder, logged in to see and manage their own cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The person.
    pub person: PersonId,
    /// How surely the log-in was made.
    pub loa: Loa,
}

/// A part of the system, or an outside party whose answer it carries.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum SystemActor {
    /// The ledger, finishing what somebody's change began.
    Ledger,
    /// The card manufacturer.
    Manufacturer,
    /// The certificate authority.
    Authority,
    /// The letter bureau.
    LetterBureau,
    /// The nightly run.
    Scheduler,
    /// The directory feed.
    Directory,
    /// Somebody with access to the server, through the command line.
    Operator,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// An officer: id-administrator, servicedesk, issuer, auditor.
    Officer(Officer),
    /// A holder, for their own cards.
    Holder(Holder),
    /// Another system that asks through the API.
    Client(Client),
    /// The system itself.
    System(SystemActor),
}

impl Actor {
    /// The person behind the act, if there is one.
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Officer(officer) => Some(officer.person),
            Self::Holder(holder) => Some(holder.person),
            Self::Client(_) | Self::System(_) => None,
        }
    }

    /// The office at which the act is done.
    #[must_use]
    pub fn office(&self) -> Option<OfficeId> {
        match self {
            Self::Officer(officer) => officer.office(),
            Self::Holder(_) | Self::Client(_) | Self::System(_) => None,
        }
    }
}
