//! System clients: registered, given another key, revoked. Each is an edit with its line in the log.

use cards_domain::access::ClientFunction;
use cards_domain::ids::{ClientId, OrganisationId};
use cards_store::Link;

pub use cards_store::clients::{ClientToken, TOKEN_LIFE, TokenHolder};
pub use cards_store::plain::{ClientKey, KeyAlgorithm, SystemClient};

use crate::{App, Call, Failure};

/// Keys that a client may have at a time: one, and the one that takes its place.
pub const MOST_KEYS: usize = 2;
/// Requests a minute that a client can be registered for.
pub const RATES: std::ops::RangeInclusive<u32> = 1..=6000;

/// Why a client is not registered or changed as asked.
#[derive(Debug, thiserror::Error)]
pub enum ClientFailure {
    /// There is no such client.
    #[error("there is no client with that id")]
    Unknown,
    /// Another client that is not revoked has that name.
    #[error("there is a client with that name already")]
    NameTaken,
    /// It has no name.
    #[error("a client needs a name")]
    NoName,
    /// It can do nothing.
    #[error("a client needs at least one function")]
    NoFunction,
    /// Too few or too many requests.
    #[error("a client may ask between 1 and 6000 times a minute")]
    Rate,
    /// A revocation is final.
    #[error("the client is revoked, which is final: register a new one")]
    Revoked,
    /// A third key.
    #[error("the client has two keys already: say which one to retire")]
    TooManyKeys,
    /// The last key.
    #[error("the client would be left without a key")]
    NoKeyLeft,
    /// The key's name is in use.
    #[error("the client has a key with that kid already")]
    KidTaken,
    /// No key has that name.
    #[error("the client has no key with that kid")]
    KidUnknown,
    /// The gate or the store says no.
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// A client to be registered.
#[derive(Clone, Debug)]
pub struct NewClient {
    /// What people call it.
    pub name: String,
    /// Who answers for it.
    pub organisation: OrganisationId,
    /// What it may do.
    pub functions: Vec<ClientFunction>,
    /// Its first key.
    pub key: ClientKey,
    /// Most requests in a minute.
    pub rate_per_minute: u32,
}

impl App {
    /// Registers a client.
    ///
    /// # Errors
    /// [`ClientFailure`] says what is wrong with it.
    pub fn register_client(
        &self,
        link: &mut Link,
        call: &Call,
        new: NewClient,
    ) -> Result<SystemClient, ClientFailure> {
        let mut functions = new.functions;
        functions.sort_unstable();
        functions.dedup();
        let client = SystemClient {
            id: ClientId(link.new_id()),
            name: new.name.trim().to_owned(),
            organisation: new.organisation,
            functions,
            keys: vec![new.key],
            rate_per_minute: new.rate_per_minute,
            revoked_at: None,
            version: 0,
        };
        if client.name.is_empty() {
            return Err(ClientFailure::NoName);
        }
        if client.functions.is_empty() {
            return Err(ClientFailure::NoFunction);
        }
        if !RATES.contains(&client.rate_per_minute) {
            return Err(ClientFailure::Rate);
        }
        let others = link.clients().map_err(Failure::from)?;
        let bears_it =
            |other: &SystemClient| other.revoked_at.is_none() && other.name == client.name;
        if others.iter().any(bears_it) {
            return Err(ClientFailure::NameTaken);
        }
        self.ledger.edit(link, call, &client)?;
        Ok(client)
    }

    /// Gives a client another key, retires one, or both. Both keys are good until the old one is
    /// retired, so that the client can change over when it likes.
    ///
    /// # Errors
    /// As [`App::register_client`].
    pub fn rotate_client_key(
        &self,
        link: &mut Link,
        call: &Call,
        id: ClientId,
        (add, retire): (Option<ClientKey>, Option<&str>),
    ) -> Result<SystemClient, ClientFailure> {
        let client = live(link, id)?;
        let keys = rotated(client.keys.clone(), add, retire)?;
        let after = SystemClient { keys, ..client };
        self.ledger.edit(link, call, &after)?;
        Ok(after)
    }

    /// Revokes a client for good: its keys and its tokens are good for nothing from now on.
    ///
    /// # Errors
    /// As [`App::register_client`].
    pub fn revoke_client(
        &self,
        link: &mut Link,
        call: &Call,
        id: ClientId,
    ) -> Result<SystemClient, ClientFailure> {
        let client = live(link, id)?;
        let revoked_at = Some(link.now());
        let after = SystemClient {
            revoked_at,
            ..client
        };
        self.ledger.edit(link, call, &after)?;
        Ok(after)
    }
}

fn live(link: &mut Link, id: ClientId) -> Result<SystemClient, ClientFailure> {
    let client = link.client(id).map_err(Failure::from)?;
    let client = client.ok_or(ClientFailure::Unknown)?;
    match client.revoked_at {
        Some(_) => Err(ClientFailure::Revoked),
        None => Ok(client),
    }
}

fn rotated(
    mut keys: Vec<ClientKey>,
    add: Option<ClientKey>,
    retire: Option<&str>,
) -> Result<Vec<ClientKey>, ClientFailure> {
    if let Some(add) = &add
        && keys.iter().any(|key| key.kid == add.kid)
    {
        return Err(ClientFailure::KidTaken);
    }
    if let Some(kid) = retire {
        let before = keys.len();
        keys.retain(|key| key.kid != kid);
        if keys.len() == before {
            return Err(ClientFailure::KidUnknown);
        }
    }
    keys.extend(add);
    match keys.len() {
        0 => Err(ClientFailure::NoKeyLeft),
        1..=MOST_KEYS => Ok(keys),
        _ => Err(ClientFailure::TooManyKeys),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn key(kid: &str) -> ClientKey {
        ClientKey {
            kid: kid.to_owned(),
            alg: KeyAlgorithm::Es256,
            jwk: Value::Null,
        }
    }

    fn kids(keys: &[ClientKey]) -> Vec<&str> {
        keys.iter().map(|key| key.kid.as_str()).collect()
    }

    #[test]
    fn a_new_key_stands_beside_the_old_one_until_that_is_retired() {
        let both = rotated(vec![key("a")], Some(key("b")), None).unwrap();
        assert_eq!(kids(&both), ["a", "b"]);
        let one = rotated(both.clone(), None, Some("a")).unwrap();
        assert_eq!(kids(&one), ["b"]);
        let next = rotated(both, Some(key("c")), Some("a")).unwrap();
        assert_eq!(kids(&next), ["b", "c"]);
    }

    #[test]
    fn a_client_has_never_three_keys_never_none_and_never_two_of_one_name() {
        let both = || vec![key("a"), key("b")];
        let third = rotated(both(), Some(key("c")), None);
        assert!(matches!(third, Err(ClientFailure::TooManyKeys)));
        let none = rotated(vec![key("a")], None, Some("a"));
        assert!(matches!(none, Err(ClientFailure::NoKeyLeft)));
        let twin = rotated(both(), Some(key("a")), Some("a"));
        assert!(matches!(twin, Err(ClientFailure::KidTaken)));
        let unknown = rotated(both(), None, Some("x"));
        assert!(matches!(unknown, Err(ClientFailure::KidUnknown)));
    }
}
