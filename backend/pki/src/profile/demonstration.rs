//! The built-in set: the trees of the real authorities, each name prefixed `DEV` so that nobody
//! takes them for real.

use super::{
    Algorithm, AuthorityProfile, AuthorityRole, Identity, KeyUse, LeafKind, LeafProfile, Level,
    Profiles, ROOT, SubjectField, Usage,
};

/// Policies of the demonstration, one for each level. The arc is the number that RFC 5612 sets
/// aside for examples; an installation puts policies of its own here.
const POLICY_LEVEL_2: &str = "1.3.6.1.4.1.32473.1.5.2";
const POLICY_LEVEL_3: &str = "1.3.6.1.4.1.32473.1.5.3";

const CLIENT_AUTHENTICATION: &str = "1.3.6.1.5.5.7.3.2";

impl Profiles {
    /// The set of the demonstration: every name begins with `DEV`.
    #[must_use]
    pub fn demonstration() -> Self {
        Self {
            prefix: "DEV".into(),
            country: "SE".into(),
            organisation: "Kortkontor Demo".into(),
            // RFC 5280 4.2.1.6: the host is a full name or an address, and `localhost` is neither.
            base_url: "http://127.0.0.1:8450/pki".into(),
            shards: 128,
            crl_hours: 24,
            ocsp_hours: 1,
            responder_days: 90,
            authorities: authorities(),
            leaves: LeafKind::ALL.map(leaf).into(),
        }
    }
}

fn authorities() -> Vec<AuthorityProfile> {
    vec![
        AuthorityProfile {
            name: ROOT.into(),
            common_name: "SITHS e-id Root CA v2".into(),
            algorithm: Algorithm::P384,
            years: 20,
            role: AuthorityRole::Root,
        },
        issuing("person-hsa-id-3", Identity::HsaId, Level::Three),
        issuing("person-id-3", Identity::PersonId, Level::Three),
        issuing("person-hsa-id-2", Identity::HsaId, Level::Two),
        issuing("person-id-2", Identity::PersonId, Level::Two),
    ]
}

fn issuing(name: &str, identity: Identity, level: Level) -> AuthorityProfile {
    let holder = match identity {
        Identity::HsaId => "HSA-id",
        Identity::PersonId => "ID",
    };
    let (number, policy) = match level {
        Level::Two => (2, POLICY_LEVEL_2),
        Level::Three => (3, POLICY_LEVEL_3),
    };
    AuthorityProfile {
        name: name.into(),
        common_name: format!("SITHS e-id Person {holder} {number} CA v1"),
        algorithm: Algorithm::P256,
        years: 15,
        role: AuthorityRole::Issuing {
            identity,
            level,
            policy: policy.into(),
        },
    }
}

fn leaf(kind: LeafKind) -> LeafProfile {
    let (key_usage, extended_key_usage) = match kind.usage {
        Usage::Authentication => (
            KeyUse::DigitalSignature,
            vec![CLIENT_AUTHENTICATION.to_owned()],
        ),
        Usage::Signature => (KeyUse::NonRepudiation, Vec::new()),
    };
    LeafProfile {
        kind,
        subject: vec![
            SubjectField::Country,
            SubjectField::Organisation,
            SubjectField::CommonName,
            SubjectField::Surname,
            SubjectField::GivenName,
            SubjectField::Title,
            SubjectField::SerialNumber,
        ],
        key_usage,
        extended_key_usage,
    }
}
