//! Who calls, through which door, and how a repetition is recognised.

use cards_domain::access::Actor;
use cards_store::Fingerprint;
use cards_store::journal::Channel;

/// The circumstances of a call.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who.
    pub actor: Actor,
    /// Through which door.
    pub channel: Channel,
    /// The code that error pages show and the log keeps.
    pub correlation: String,
    /// The form's key and digest, where the call changes something.
    pub request: Option<Fingerprint>,
}

impl Call {
    /// A call by a part of the system.
    #[must_use]
    pub fn by_system(actor: cards_domain::access::SystemActor, correlation: String) -> Self {
        Self {
            actor: Actor::System(actor),
            channel: Channel::Work,
            correlation,
            request: None,
        }
    }

    /// Whose keys these are: nobody's repeated request meets somebody else's.
    pub(crate) fn key_owner(&self) -> String {
        match &self.actor {
            Actor::Officer(officer) => format!("officer:{}", officer.person),
            Actor::Holder(holder) => format!("holder:{}", holder.person),
            Actor::Client(client) => format!("client:{}", client.id),
            Actor::System(system) => format!("system:{}", <&str>::from(*system)),
        }
    }
}
