//! Why a certificate was revoked, as far as lists and answers tell. There is no way to say
//! certificateHold: a revocation is final.

use serde::{Deserialize, Serialize};

/// The reasons of RFC 5280 5.3.1 that are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nothing is told; lists then leave the reason out.
    Unspecified,
    /// Somebody else may have the key.
    KeyCompromise,
    /// The name or the employment no longer holds.
    AffiliationChanged,
    /// There is a newer one.
    Superseded,
    /// It is no longer needed.
    CessationOfOperation,
    /// The holder may no longer use it.
    PrivilegeWithdrawn,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 6] = [
        Self::Unspecified,
        Self::KeyCompromise,
        Self::AffiliationChanged,
        Self::Superseded,
        Self::CessationOfOperation,
        Self::PrivilegeWithdrawn,
    ];

    /// Its number in RFC 5280.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Unspecified => 0,
            Self::KeyCompromise => 1,
            Self::AffiliationChanged => 3,
            Self::Superseded => 4,
            Self::CessationOfOperation => 5,
            Self::PrivilegeWithdrawn => 9,
        }
    }

    /// The reason of that number; none for those that are never used, among them
    /// certificateHold (6).
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.number() == number)
    }

    /// Its stable text.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::KeyCompromise => "key_compromise",
            Self::AffiliationChanged => "affiliation_changed",
            Self::Superseded => "superseded",
            Self::CessationOfOperation => "cessation_of_operation",
            Self::PrivilegeWithdrawn => "privilege_withdrawn",
        }
    }

    /// The reason of that stable text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == text)
    }

    /// `crlEntryExtensions` with the reason; empty for one that is not told (RFC 5280 5.3.1).
    pub(super) const fn extension(self) -> &'static [u8] {
        match self {
            Self::Unspecified => &[],
            Self::KeyCompromise => const { &entry(1) },
            Self::AffiliationChanged => const { &entry(3) },
            Self::Superseded => const { &entry(4) },
            Self::CessationOfOperation => const { &entry(5) },
            Self::PrivilegeWithdrawn => const { &entry(9) },
        }
    }
}

/// SEQUENCE { SEQUENCE { 2.5.29.21, OCTET STRING { ENUMERATED number } } }.
const fn entry(number: u8) -> [u8; 14] {
    [
        0x30, 12, 0x30, 10, 6, 3, 0x55, 0x1d, 0x15, 4, 3, 0x0a, 1, number,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_reason_says_hold_or_take_off_the_list() {
        assert_eq!(Reason::from_number(6), None);
        assert_eq!(Reason::from_number(8), None);
        for one in Reason::ALL {
            assert_eq!(Reason::from_number(one.number()), Some(one));
            assert_eq!(Reason::parse(one.code()), Some(one));
            let told = one.extension().last().copied().unwrap_or(0);
            assert_eq!(told, one.number());
        }
    }
}
