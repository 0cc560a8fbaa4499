//! What the rules know about a person: whom a thing belongs to and how it must be protected.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use crate::ids::{OrganisationId, PersonId};

/// Protected personal data, of the three kinds that Swedish law knows.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// No protection.
    #[default]
    None,
    /// *Sekretessmarkering*: a warning flag in the population register.
    Confidentiality,
    /// *Skyddad folkbokföring*: registered elsewhere than where the person lives.
    ProtectedRegistration,
    /// *Fingerade personuppgifter*: another identity.
    FictitiousIdentity,
}

impl Protection {
    /// Whether names, numbers and addresses must be kept from all but those with the permission.
    #[must_use]
    pub fn is_protected(self) -> bool {
        self != Self::None
    }
}

/// Whom an action is about, as far as permissions and separation of duties need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The holder.
    pub person: PersonId,
    /// Whether the holder has protected personal data.
    pub protected: bool,
    /// The organisations in whose name the action can be judged: the issuer of the thing, or,
    /// where nothing exists yet, those in which the person has a live post.
    pub organisations: Vec<OrganisationId>,
}
