//! Founding the authorities: keys are made in the vault, the root signs itself and the issuing
//! authorities, and each of these a responder. What exists is found again and never replaced, so
//! the ceremony is run at every start; only responders are renewed, after two thirds of their life.

use std::sync::Arc;

use chrono::{DateTime, Duration, Months, Utc};
use thiserror::Error;

use crate::issuer::{Issuer, IssuerFault};
use crate::key::{KeyFault, SigningKey, Vault};
use crate::lint::{self, Flaw};
use crate::ocsp::{Responder, ResponderFault};
use crate::profile::{AuthorityProfile, AuthorityRole, ProfileFault, Profiles};
use crate::serial::Serial;
use crate::sign::{self, SignFault};
use crate::tbs::{self, OwnOrder, TbsFault};
use crate::time::whole;

/// The root and the issuing authorities, with their keys.
#[derive(Clone, Debug)]
pub struct Founded {
    /// The root. It signs nothing but issuing authorities and the list of those revoked.
    pub root: Authority,
    /// The issuing authorities, in the profiles' order.
    pub issuing: Vec<Authority>,
}

/// An authority that can sign.
#[derive(Clone, Debug)]
pub struct Authority {
    /// Its certificate.
    pub issuer: Issuer,
    /// Its key.
    pub key: Arc<dyn SigningKey>,
    /// Who answers for it; the root has none.
    pub responder: Option<Responder>,
}

/// Why the authorities are not founded.
#[derive(Debug, Error)]
pub enum CeremonyFault {
    /// The profiles cannot be issued from.
    #[error(transparent)]
    Profile(#[from] ProfileFault),
    /// The vault.
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// An authority's own certificate.
    #[error(transparent)]
    Issuer(#[from] IssuerFault),
    /// A certificate was not built.
    #[error(transparent)]
    Tbs(#[from] TbsFault),
    /// A certificate was built with a flaw.
    #[error("an authority's certificate has a flaw: {}", .0.code())]
    Flaw(Flaw),
    /// A certificate was not signed.
    #[error(transparent)]
    Sign(#[from] SignFault),
    /// A responder's certificate.
    #[error(transparent)]
    Responder(#[from] ResponderFault),
    /// The vault holds a certificate that is not of the key and the authority above it.
    #[error("the vault holds a certificate of {0} that does not fit its key or its issuer")]
    Foreign(String),
}

impl CeremonyFault {
    /// Its stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Profile(fault) => fault.code(),
            Self::Key(fault) => fault.code(),
            Self::Issuer(fault) => fault.code(),
            Self::Tbs(fault) => fault.code(),
            Self::Flaw(flaw) => flaw.code(),
            Self::Sign(fault) => fault.code(),
            Self::Responder(fault) => fault.code(),
            Self::Foreign(_) => "ceremony_foreign_certificate",
        }
    }
}

impl Founded {
    /// The authority of that name, the root included.
    #[must_use]
    pub fn authority(&self, name: &str) -> Option<&Authority> {
        std::iter::once(&self.root)
            .chain(&self.issuing)
            .find(|one| one.issuer.authority() == name)
    }
}

/// Finds the authorities of the profiles in the vault and makes those that are missing.
///
/// `random` gives 16 new random bytes at each call. Run it in one process at a time.
///
/// # Errors
/// What stands in the way; what was made until then is found again the next time.
pub fn found(
    profiles: &Profiles,
    vault: &dyn Vault,
    now: DateTime<Utc>,
    random: &mut dyn FnMut() -> [u8; 16],
) -> Result<Founded, CeremonyFault> {
    let mut ceremony = Ceremony {
        profiles,
        vault,
        now: whole(now),
        random,
    };
    let root = ceremony.authority(profiles.root()?, None)?;
    let issuing = profiles
        .authorities
        .iter()
        .filter(|one| matches!(one.role, AuthorityRole::Issuing { .. }));
    let issuing = issuing
        .map(|one| ceremony.issuing(one, &root))
        .collect::<Result<_, _>>()?;
    Ok(Founded { root, issuing })
}

struct Ceremony<'a> {
    profiles: &'a Profiles,
    vault: &'a dyn Vault,
    now: DateTime<Utc>,
    random: &'a mut dyn FnMut() -> [u8; 16],
}

impl Ceremony<'_> {
    fn serial(&mut self) -> Serial {
        Serial::from_random((self.random)())
    }

    fn issuing(
        &mut self,
        profile: &AuthorityProfile,
        root: &Authority,
    ) -> Result<Authority, CeremonyFault> {
        let mut authority = self.authority(profile, Some(root))?;
        authority.responder = Some(self.responder(&authority)?);
        Ok(authority)
    }

    fn authority(
        &mut self,
        profile: &AuthorityProfile,
        root: Option<&Authority>,
    ) -> Result<Authority, CeremonyFault> {
        let key = self.vault.key(&profile.name, profile.algorithm)?;
        let kept = self.vault.certificates(&profile.name)?;
        let der = match kept.into_iter().next() {
            Some(der) => der,
            None => self.make(profile, root, key.as_ref())?,
        };
        let issuer = Issuer::from_certificate(self.profiles, &profile.name, der)?;
        let above = root.map_or(&issuer, |root| &root.issuer);
        if issuer.public_key() != key.public_key() || !above.has_signed(issuer.as_der()) {
            return Err(CeremonyFault::Foreign(profile.name.clone()));
        }
        Ok(Authority {
            issuer,
            key,
            responder: None,
        })
    }

    fn make(
        &mut self,
        profile: &AuthorityProfile,
        root: Option<&Authority>,
        key: &dyn SigningKey,
    ) -> Result<Vec<u8>, CeremonyFault> {
        let months = Months::new(profile.years.saturating_mul(12));
        let end = self.now.checked_add_months(months);
        let end = end.ok_or(ProfileFault::Number)?;
        let order = OwnOrder {
            serial: self.serial(),
            not_before: self.now,
            not_after: root.map_or(end, |root| end.min(root.issuer.not_after())),
            key: key.public_key(),
        };
        let tbs = match root {
            None => tbs::root(self.profiles, profile, order)?,
            Some(root) => tbs::issuing(self.profiles, profile, &root.issuer, order)?,
        };
        unflawed(&lint::authority(self.profiles, profile, &tbs))?;
        let certificate = match root {
            None => sign::own(&tbs, key)?,
            Some(root) => sign::certificate(&tbs, &root.issuer, root.key.as_ref())?,
        };
        self.vault
            .keep_certificate(&profile.name, certificate.as_der())?;
        Ok(certificate.into_der())
    }

    fn responder(&mut self, authority: &Authority) -> Result<Responder, CeremonyFault> {
        let label = format!("{}-ocsp", authority.issuer.authority());
        let key = self.vault.key(&label, authority.issuer.algorithm())?;
        for der in self.vault.certificates(&label)? {
            let known = Responder::new(&authority.issuer, der, Arc::clone(&key));
            if let Some(known) = known.ok().filter(|one| self.lives_on(one)) {
                return Ok(known);
            }
        }
        let end = self.now + Duration::days(i64::from(self.profiles.responder_days));
        let order = OwnOrder {
            serial: self.serial(),
            not_before: self.now,
            not_after: end.min(authority.issuer.not_after()),
            key: key.public_key(),
        };
        let tbs = tbs::responder(self.profiles, &authority.issuer, order)?;
        unflawed(&lint::responder(&authority.issuer, &tbs))?;
        let certificate = sign::certificate(&tbs, &authority.issuer, authority.key.as_ref())?;
        self.vault.keep_certificate(&label, certificate.as_der())?;
        Ok(Responder::new(
            &authority.issuer,
            certificate.into_der(),
            key,
        )?)
    }

    /// Whether a third of the responder's life or more is left.
    fn lives_on(&self, responder: &Responder) -> bool {
        let third = Duration::days(i64::from(self.profiles.responder_days)) / 3;
        responder.not_before() <= self.now && responder.not_after() - self.now >= third
    }
}

fn unflawed(flaws: &[Flaw]) -> Result<(), CeremonyFault> {
    match flaws.first() {
        None => Ok(()),
        Some(flaw) => Err(CeremonyFault::Flaw(*flaw)),
    }
}
