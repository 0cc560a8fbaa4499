//! Our words and those of `cards-pki`, one for one.

use cards_app::ports::{CertificateBasis, GatewayError};
use cards_domain::access::Loa;
use cards_domain::certificate::{CertificateStage, CrlReason, Profile, Usage};
use cards_pki::checker;
use cards_pki::crl::Reason;
use cards_pki::profile::{AuthorityRole, Identity, LeafKind, Level, Usage as LeafUsage};
use cards_pki::subject::{Subject, SubjectFault, SubjectFields};

/// What will never work like this, by its code.
pub(super) fn give_up(code: &str) -> GatewayError {
    GatewayError::GiveUp(format!("the certificate authority: {code}"))
}

/// What may work later, by its code.
pub(super) fn retry(code: &str) -> GatewayError {
    GatewayError::Retry(format!("the certificate authority: {code}"))
}

pub(super) fn issues(role: &AuthorityRole) -> Option<(Profile, Loa)> {
    match role {
        AuthorityRole::Root => None,
        AuthorityRole::Issuing {
            identity, level, ..
        } => Some((profile(*identity), loa(*level))),
    }
}

fn profile(identity: Identity) -> Profile {
    match identity {
        Identity::HsaId => Profile::HsaId,
        Identity::PersonId => Profile::PersonId,
    }
}

fn loa(level: Level) -> Loa {
    match level {
        Level::Two => Loa::Loa2,
        Level::Three => Loa::Loa3,
    }
}

pub(super) fn kind(profile: Profile, usage: Usage) -> LeafKind {
    let identity = match profile {
        Profile::HsaId => Identity::HsaId,
        Profile::PersonId => Identity::PersonId,
    };
    let usage = match usage {
        Usage::Authentication => LeafUsage::Authentication,
        Usage::Signature => LeafUsage::Signature,
    };
    LeafKind::new(identity, usage)
}

pub(super) fn subject(basis: &CertificateBasis) -> Result<Subject, SubjectFault> {
    Subject::new(SubjectFields {
        given_name: basis.given_name.clone(),
        surname: basis.surname.clone(),
        title: None,
        identifier: basis.identifier.clone(),
        organisation: Some(basis.organisation.clone()),
    })
}

pub(super) fn reason(reason: CrlReason) -> Reason {
    match reason {
        CrlReason::Unspecified => Reason::Unspecified,
        CrlReason::KeyCompromise => Reason::KeyCompromise,
        CrlReason::AffiliationChanged => Reason::AffiliationChanged,
        CrlReason::Superseded => Reason::Superseded,
        CrlReason::CessationOfOperation => Reason::CessationOfOperation,
        CrlReason::PrivilegeWithdrawn => Reason::PrivilegeWithdrawn,
    }
}

/// As [`reason`], the other way.
pub(super) fn reason_of_ours(reason: Reason) -> CrlReason {
    match reason {
        Reason::Unspecified => CrlReason::Unspecified,
        Reason::KeyCompromise => CrlReason::KeyCompromise,
        Reason::AffiliationChanged => CrlReason::AffiliationChanged,
        Reason::Superseded => CrlReason::Superseded,
        Reason::CessationOfOperation => CrlReason::CessationOfOperation,
        Reason::PrivilegeWithdrawn => CrlReason::PrivilegeWithdrawn,
    }
}

/// Where a certificate stands as far as its bytes go. One that has been signed and not yet been
/// confirmed counts as issued: the confirmation comes with the next round of errands.
pub(super) fn stage(stage: CertificateStage, is_signed: bool) -> checker::Stage {
    match stage {
        CertificateStage::Requested if is_signed => checker::Stage::Issued,
        CertificateStage::Requested => checker::Stage::Requested,
        CertificateStage::Issued
        | CertificateStage::Active
        | CertificateStage::OffCard
        | CertificateStage::Superseded => checker::Stage::Issued,
        CertificateStage::Revoked => checker::Stage::Revoked,
        CertificateStage::Expired if is_signed => checker::Stage::Expired,
        CertificateStage::Expired => checker::Stage::Requested,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator as _;

    #[test]
    fn every_reason_of_ours_is_the_same_word_of_the_standard() {
        for ours in CrlReason::iter() {
            assert_eq!(<&str>::from(ours), reason(ours).code());
            assert_eq!(reason_of_ours(reason(ours)), ours);
        }
    }
}
