//! Who calls, through which door, and how a repetition is recognised.

use cards_domain::access::Actor;
use cards_domain::lifecycle::{Lifecycle, ThingKind};
use cards_store::Fingerprint;
use cards_store::journal::Channel;
use cards_store::sessions::SignatureUse;
use uuid::Uuid;

/// The circumstances of a call.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who.
    pub actor: Actor,
    /// Through which door.
    pub channel: Channel,
    /// The code that error pages show and the log keeps.
    pub correlation: String,
    /// What was sent, where the call changes something.
    pub request: Option<Request>,
}

/// A request that changes something, and what must hold for it still when the change is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The form's key and digest.
    pub fingerprint: Fingerprint,
    /// What the caller had read.
    pub as_read: Option<AsRead>,
    /// The signature that the act is done with; it is used up with it.
    pub signature: Option<SignatureUse>,
}

/// A thing as somebody has read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsRead {
    /// Of which kind.
    pub kind: ThingKind,
    /// Which one.
    pub id: Uuid,
    /// In which version.
    pub version: i64,
}

impl From<Fingerprint> for Request {
    fn from(fingerprint: Fingerprint) -> Self {
        Self {
            fingerprint,
            as_read: None,
            signature: None,
        }
    }
}

impl Call {
    /// The same call, which changes something only while `thing` is as it was read: if somebody
    /// else has changed it meanwhile, the ledger answers [`crate::Failure::Conflict`].
    #[must_use]
    pub fn as_read<K: Lifecycle>(mut self, thing: &K) -> Self {
        if let Some(request) = &mut self.request {
            request.as_read = Some(AsRead {
                kind: K::KIND,
                id: thing.id(),
                version: thing.version(),
            });
        }
        self
    }

    /// The same call, done with a signature. It is used up in the transaction of the act: of two
    /// calls with one signature one is done, the other [`crate::Failure::SignatureGone`]. A refusal
    /// leaves it.
    #[must_use]
    pub fn signed(mut self, signature: SignatureUse) -> Self {
        if let Some(request) = &mut self.request {
            request.signature = Some(signature);
        }
        self
    }

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
