//! Why certificates are revoked: what people may say, and what the lists of revoked certificates
//! say to everybody. There is no hold, since a revocation is never lifted.

use strum::{EnumIter, IntoStaticStr};

use crate::card::RevocationReason;

/// The reasons of RFC 5280 that are used. *certificateHold* is none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum CrlReason {
    /// Nothing is told.
    Unspecified,
    /// Somebody else may have the key or its code.
    KeyCompromise,
    /// What it says of the holder no longer holds.
    AffiliationChanged,
    /// Another one has taken its place.
    Superseded,
    /// It is not used any more.
    CessationOfOperation,
    /// The holder may not have it any more.
    PrivilegeWithdrawn,
}

impl RevocationReason {
    /// The reason as the lists and the status service tell it.
    #[must_use]
    pub fn for_lists(self) -> CrlReason {
        match self {
            Self::Lost | Self::Stolen | Self::CodesCompromised => CrlReason::KeyCompromise,
            Self::NameChanged | Self::DataWrong => CrlReason::AffiliationChanged,
            Self::CardDamaged
            | Self::Superseded
            | Self::ReplacedUndelivered
            | Self::NotActivatedInTime
            | Self::ReceiptNotSigned
            | Self::WronglyIssued => CrlReason::Superseded,
            Self::EmploymentEnded | Self::NotReturned | Self::Returned | Self::PersonDeceased => {
                CrlReason::CessationOfOperation
            }
            Self::Misuse => CrlReason::PrivilegeWithdrawn,
            Self::IssuerDecision => CrlReason::Unspecified,
        }
    }
}

/// What holders may say when they revoke a pair of their own. A card that is lost is revoked as a
/// card: that ends every certificate on it.
pub const REASONS_OF_HOLDERS: &[RevocationReason] = &[
    RevocationReason::CodesCompromised,
    RevocationReason::DataWrong,
    RevocationReason::EmploymentEnded,
];

/// What officers may say when they revoke a pair.
pub const REASONS_OF_OFFICERS: &[RevocationReason] = &[
    RevocationReason::CodesCompromised,
    RevocationReason::DataWrong,
    RevocationReason::NameChanged,
    RevocationReason::EmploymentEnded,
    RevocationReason::WronglyIssued,
    RevocationReason::Misuse,
    RevocationReason::IssuerDecision,
];
