//! Whether profiles that somebody has written can be issued from.

use std::collections::BTreeSet;

use thiserror::Error;
use x509_cert::spki::ObjectIdentifier;

use super::{AuthorityRole, LeafProfile, Profiles, SubjectField};
use crate::subject::LONGEST_TEXT;

/// Why profiles cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProfileFault {
    /// No authority of that name, or for that holder and level.
    #[error("there is no such authority among the profiles")]
    NoAuthority,
    /// No certificate of that kind.
    #[error("certificates of that kind are not among the profiles")]
    NoLeaf,
    /// Not exactly one root, by the name `root`.
    #[error("the profiles have not exactly one root, by the name root")]
    Root,
    /// Two authorities or two leaves of the same kind.
    #[error("two profiles are of the same name or kind")]
    Twice,
    /// A name or common name that does not fit.
    #[error("a name among the profiles is empty, too long or of letters that are not allowed")]
    Name,
    /// The address is not `http://…` or `https://…` without a slash at the end.
    #[error("base_url is not an address without a slash at its end")]
    BaseUrl,
    /// A policy or a key usage is not an object identifier.
    #[error("an object identifier among the profiles is not one")]
    Oid,
    /// A number that must be positive is zero, or far too large.
    #[error("a number among the profiles is zero or too large")]
    Number,
    /// A subject lacks a field that makes a holder known.
    #[error("a subject among the profiles lacks a field, or has one twice")]
    Subject,
}

impl ProfileFault {
    /// Its stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoAuthority => "profile_no_authority",
            Self::NoLeaf => "profile_no_leaf",
            Self::Root => "profile_root",
            Self::Twice => "profile_twice",
            Self::Name => "profile_name",
            Self::BaseUrl => "profile_base_url",
            Self::Oid => "profile_oid",
            Self::Number => "profile_number",
            Self::Subject => "profile_subject",
        }
    }
}

impl Profiles {
    /// The same profiles, if they can be issued from.
    ///
    /// # Errors
    /// The first thing that cannot be.
    pub fn checked(self) -> Result<Self, ProfileFault> {
        self.check_numbers()?;
        self.check_names()?;
        self.check_roles()?;
        self.leaves.iter().try_for_each(check_leaf)?;
        let kinds: BTreeSet<_> = self.leaves.iter().map(|leaf| leaf.kind).collect();
        if kinds.len() != self.leaves.len() {
            return Err(ProfileFault::Twice);
        }
        Ok(self)
    }

    fn check_numbers(&self) -> Result<(), ProfileFault> {
        let fits = |value: u32, most: u32| value > 0 && value <= most;
        let good = fits(u32::from(self.shards), 4096)
            && fits(self.crl_hours, 24 * 30)
            && fits(self.ocsp_hours, 24 * 7)
            && fits(self.responder_days, 366)
            && self.authorities.iter().all(|one| fits(one.years, 50));
        good.then_some(()).ok_or(ProfileFault::Number)
    }

    fn check_names(&self) -> Result<(), ProfileFault> {
        let shown = |text: &str| {
            !text.trim().is_empty()
                && text.chars().count() <= LONGEST_TEXT
                && !text.chars().any(char::is_control)
        };
        let slug = |text: &str| {
            let known =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            (1..=40).contains(&text.len()) && text.bytes().all(known)
        };
        let country =
            self.country.len() == 2 && self.country.bytes().all(|one| one.is_ascii_uppercase());
        let authorities = self
            .authorities
            .iter()
            .all(|one| slug(&one.name) && shown(&self.common_name(one)));
        if !country || !shown(&self.organisation) || !authorities {
            return Err(ProfileFault::Name);
        }
        let scheme = self.base_url.starts_with("http://") || self.base_url.starts_with("https://");
        let plain = self.base_url.is_ascii() && !self.base_url.contains(char::is_whitespace);
        if !scheme || !plain || self.base_url.ends_with('/') {
            return Err(ProfileFault::BaseUrl);
        }
        Ok(())
    }

    fn check_roles(&self) -> Result<(), ProfileFault> {
        let names: BTreeSet<_> = self.authorities.iter().map(|one| &one.name).collect();
        let mut kinds = BTreeSet::new();
        if names.len() != self.authorities.len() {
            return Err(ProfileFault::Twice);
        }
        for one in &self.authorities {
            match &one.role {
                AuthorityRole::Root if one.name == super::ROOT => {}
                AuthorityRole::Root => return Err(ProfileFault::Root),
                AuthorityRole::Issuing { .. } if one.name == super::ROOT => {
                    return Err(ProfileFault::Root);
                }
                AuthorityRole::Issuing {
                    identity,
                    level,
                    policy,
                } => {
                    read_oid(policy)?;
                    if !kinds.insert((*identity, *level)) {
                        return Err(ProfileFault::Twice);
                    }
                }
            }
        }
        self.root().map(|_| ()).map_err(|_| ProfileFault::Root)
    }
}

fn check_leaf(leaf: &LeafProfile) -> Result<(), ProfileFault> {
    leaf.extended_key_usage
        .iter()
        .try_for_each(|one| read_oid(one).map(|_| ()))?;
    let fields: BTreeSet<_> = leaf.subject.iter().collect();
    let needed = [
        SubjectField::Country,
        SubjectField::CommonName,
        SubjectField::SerialNumber,
    ];
    let has_all = needed.iter().all(|field| leaf.subject.contains(field));
    if !has_all || fields.len() != leaf.subject.len() {
        return Err(ProfileFault::Subject);
    }
    Ok(())
}

/// An object identifier from its text.
pub(crate) fn read_oid(text: &str) -> Result<ObjectIdentifier, ProfileFault> {
    ObjectIdentifier::new(text).map_err(|_| ProfileFault::Oid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Identity, LeafKind, Level, ROOT};

    fn with(change: impl FnOnce(&mut Profiles)) -> Result<Profiles, ProfileFault> {
        let mut profiles = Profiles::demonstration();
        change(&mut profiles);
        profiles.checked()
    }

    #[test]
    fn the_built_in_set_can_be_issued_from_and_no_name_lacks_its_prefix() {
        let profiles = with(|_| ()).unwrap();
        for one in &profiles.authorities {
            assert!(profiles.common_name(one).starts_with("DEV SITHS e-id "));
        }
        for kind in LeafKind::ALL {
            profiles.leaf(kind).unwrap();
            profiles.issuing(kind.identity, Level::Three).unwrap();
            profiles.issuing(kind.identity, Level::Two).unwrap();
            assert_eq!(LeafKind::parse(kind.as_str()), Some(kind));
        }
        let three = profiles.issuing(Identity::HsaId, Level::Three).unwrap();
        assert_eq!(
            profiles.common_name(three),
            "DEV SITHS e-id Person HSA-id 3 CA v1"
        );
    }

    #[test]
    fn profiles_that_cannot_be_issued_from_are_refused() {
        let fault = |change: fn(&mut Profiles)| with(change).unwrap_err();
        assert_eq!(fault(|all| all.shards = 0), ProfileFault::Number);
        assert_eq!(
            fault(|all| all.country = "Sweden".into()),
            ProfileFault::Name
        );
        assert_eq!(fault(|all| all.base_url.push('/')), ProfileFault::BaseUrl);
        assert_eq!(
            fault(|all| all.base_url = "ldap://x".into()),
            ProfileFault::BaseUrl
        );
        assert_eq!(
            fault(|all| all.authorities.retain(|one| one.name != ROOT)),
            ProfileFault::Root
        );
        assert_eq!(
            fault(|all| all.authorities[1].name = "person-id-3".into()),
            ProfileFault::Twice
        );
        assert_eq!(
            fault(|all| all.leaves[0].kind = all.leaves[1].kind),
            ProfileFault::Twice
        );
        assert_eq!(
            fault(|all| all.leaves[0].extended_key_usage.push("x".into())),
            ProfileFault::Oid
        );
        assert_eq!(
            fault(|all| all.leaves[0].subject.truncate(3)),
            ProfileFault::Subject
        );
    }
}
