//! System clients: other systems that ask through the API. They do no identity acts.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use super::{Function, Grant};
use crate::ids::{ClientId, OrganisationId};

/// What a system client can be registered for. Whatever is not here no client can do, however it
/// was registered.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ClientFunction {
    /// Ask whether a card is valid.
    CheckCardStatus,
}

impl ClientFunction {
    /// The function it stands for.
    #[must_use]
    pub fn function(self) -> Function {
        match self {
            Self::CheckCardStatus => Function::CheckCardStatus,
        }
    }
}

/// What a client that is registered for `registered` may do by it.
#[must_use]
pub fn client_grant(registered: ClientFunction, function: Function) -> Grant {
    if registered.function() != function {
        return Grant::No;
    }
    match registered {
        // Whoever is shown a card cannot know from which issuer it comes.
        ClientFunction::CheckCardStatus => Grant::Everywhere,
    }
}

/// A system client, as it is registered at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its id.
    pub id: ClientId,
    /// The organisation it is appointed in and every organisation whose issuer that is.
    pub branch: Vec<OrganisationId>,
    /// What it is registered for.
    pub functions: Vec<ClientFunction>,
}
