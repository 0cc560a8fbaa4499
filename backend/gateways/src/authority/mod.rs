//! The certificate authority: `cards-pki` behind the application's port. The keys are in a token
//! behind PKCS#11; in memory only where nothing is real.

mod convert;
mod port;

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use cards_app::ports::Entropy;
use cards_pki::ceremony::{self, Authority, Founded};
use cards_pki::key::Vault;
use cards_pki::key::memory::MemoryVault;
use cards_pki::ocsp::Responder;
use cards_pki::profile::{ProfileFault, Profiles};
use chrono::{DateTime, Utc};

use crate::Demonstration;

pub use cards_pki::key::pkcs11::Token;

/// What the names of authorities begin with whose certificates nobody may take for real.
const MADE_UP: &str = "DEV";

/// Why there is no authority. Texts are for the operator and name no secret.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// The profiles do not hold together.
    #[error("the profiles: {0}")]
    Profiles(#[from] ProfileFault),
    /// The ceremony failed.
    #[error("{0} ({code})", code = .0.code())]
    Ceremony(#[from] ceremony::CeremonyFault),
    /// The set is that of the demonstration.
    #[error(
        "names that begin with {MADE_UP} are those of the demonstration: production needs profiles \
         of its own"
    )]
    MadeUp,
}

/// A founded set of authorities.
pub struct Authorities {
    profiles: Profiles,
    vault: Box<dyn Vault + Send + Sync>,
    entropy: Arc<dyn Entropy>,
    founded: RwLock<Founded>,
}

impl Authorities {
    /// The authorities whose keys are in the vault; those that are missing are founded.
    ///
    /// # Errors
    /// [`AuthorityError`].
    pub fn found(
        profiles: Profiles,
        vault: Box<dyn Vault + Send + Sync>,
        now: DateTime<Utc>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, AuthorityError> {
        let profiles = profiles.checked()?;
        let founded = founded(&profiles, &*vault, now, &*entropy)?;
        Ok(Self {
            profiles,
            vault,
            entropy,
            founded: RwLock::new(founded),
        })
    }

    /// Authorities whose keys are gone with the process.
    ///
    /// # Errors
    /// [`AuthorityError`].
    pub fn in_memory(
        _: Demonstration,
        profiles: Profiles,
        now: DateTime<Utc>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, AuthorityError> {
        Self::found(profiles, Box::new(MemoryVault::new()), now, entropy)
    }

    /// Who answers for the authority. The certificate of one whose life is almost over is renewed
    /// first, or taken from the token where another process has renewed it; where that fails the
    /// old one goes on answering.
    fn responder(&self, name: &str, now: DateTime<Utc>) -> Option<Responder> {
        let responder = self.authority(name)?.responder?;
        let life = responder.not_after() - responder.not_before();
        if responder.not_after() - now < life / 3 {
            match founded(&self.profiles, &*self.vault, now, &*self.entropy) {
                Ok(renewed) => {
                    *self.founded.write().unwrap_or_else(PoisonError::into_inner) = renewed;
                    return self.authority(name)?.responder;
                }
                Err(error) => tracing::error!(%error, "responders are not renewed"),
            }
        }
        Some(responder)
    }

    /// What is founded, for whoever runs the ceremony: name, common name, last day.
    #[must_use]
    pub fn told(&self) -> Vec<(String, String, DateTime<Utc>)> {
        let set = self.set();
        std::iter::once(&set.root)
            .chain(&set.issuing)
            .map(|authority| {
                let name = authority.issuer.authority().to_owned();
                let profile = self.profiles.authority(&name);
                let common = profile.map(|profile| self.profiles.common_name(profile));
                (
                    name,
                    common.unwrap_or_default(),
                    authority.issuer.not_after(),
                )
            })
            .collect()
    }

    fn set(&self) -> RwLockReadGuard<'_, Founded> {
        self.founded.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The authority of the name; its key can be used while nothing is locked.
    fn authority(&self, name: &str) -> Option<Authority> {
        self.set().authority(name).cloned()
    }
}

fn founded(
    profiles: &Profiles,
    vault: &dyn Vault,
    now: DateTime<Utc>,
    entropy: &dyn Entropy,
) -> Result<Founded, AuthorityError> {
    let mut random = || {
        let mut bytes = [0; 16];
        entropy.fill(&mut bytes);
        bytes
    };
    Ok(ceremony::found(profiles, vault, now, &mut random)?)
}

/// The profiles of the demonstration, with certificates that name `base_url`.
#[must_use]
pub fn demonstration_profiles(base_url: &str) -> Profiles {
    Profiles {
        base_url: base_url.trim_end_matches('/').to_owned(),
        ..Profiles::demonstration()
    }
}

/// The profiles, unless they are those of the demonstration or look like them.
///
/// # Errors
/// [`AuthorityError::MadeUp`].
pub fn fit_for_production(profiles: Profiles) -> Result<Profiles, AuthorityError> {
    let made_up = profiles.prefix.to_uppercase().starts_with(MADE_UP);
    let named = |one: &cards_pki::profile::AuthorityProfile| {
        one.common_name.to_uppercase().starts_with(MADE_UP)
    };
    if made_up || profiles.authorities.iter().any(named) {
        return Err(AuthorityError::MadeUp);
    }
    Ok(profiles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn production_refuses_authorities_whose_names_begin_with_dev() {
        let profiles = Profiles::demonstration();
        assert!(fit_for_production(profiles.clone()).is_err());
        let renamed = Profiles {
            prefix: "Dev region".to_owned(),
            ..profiles.clone()
        };
        assert!(fit_for_production(renamed).is_err());
        let own = Profiles {
            prefix: "Region Mälarvik".to_owned(),
            ..profiles
        };
        assert!(fit_for_production(own).is_ok());
    }
}
