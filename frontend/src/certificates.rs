//! The certificates on a card, in plain names, and the two steps in which a pair is revoked. Officers
//! and holders have the same pages, each in their own frame.

pub(crate) mod authorities;
mod check;
mod page;
mod remove;
mod revoke;

pub(crate) use page::Reader;

use actix_web::web::{self, ServiceConfig};
use cards_app::queries::CardSheet;
use cards_domain::card::CardStage;
use cards_domain::certificate::{Certificate, CertificateStage, Profile, Usage};
use cards_domain::ids::CertificateId;
use cards_http::{HolderSession, IdAdminSession};

use crate::components::states::certificate as stages;
use crate::components::{Icon, Link, StateBadge, Tone};
use crate::text::Text;

/// Adds the pages of Mina sidor.
pub(crate) fn for_holders(config: &mut ServiceConfig) {
    routes::<HolderSession>(config, "/mina-sidor");
    config
        .route(
            "/mina-sidor/certifikat/{id}/ta-bort",
            web::get().to(remove::show),
        )
        .route(
            "/mina-sidor/certifikat/{id}/ta-bort",
            web::post().to(remove::send),
        );
}

/// Adds the pages of the card office, and that of the nightly examination.
pub(crate) fn for_officers(config: &mut ServiceConfig) {
    routes::<IdAdminSession>(config, "/id-admin");
    config.route("/id-admin/certifikat", web::get().to(check::show));
}

fn routes<S: page::Reader>(config: &mut ServiceConfig, own: &str) {
    config
        .route(
            &format!("{own}/kort/{{id}}/certifikat"),
            web::get().to(page::show::<S>),
        )
        .route(
            &format!("{own}/certifikat/{{id}}/sparra"),
            web::get().to(revoke::show::<S>),
        )
        .route(
            &format!("{own}/certifikat/{{id}}/sparra"),
            web::post().to(revoke::send::<S>),
        );
}

/// The page with the certificates of a card.
pub(crate) fn address(home: &str, card: &CardSheet) -> String {
    format!("{home}/kort/{}/certifikat", card.card.id)
}

/// The page on which a pair is revoked.
fn revoke_address(home: &str, certificate: CertificateId) -> String {
    format!("{home}/certifikat/{certificate}/sparra")
}

/// What a certificate is for, in the word that stands on buttons everywhere.
#[must_use]
pub(crate) fn usage(t: Text, usage: Usage) -> String {
    match usage {
        Usage::Authentication => t.certs_authentication(),
        Usage::Signature => t.certs_signature(),
    }
}

/// How a certificate names its holder; the number itself is nobody's to read here.
#[must_use]
pub(crate) fn profile(t: Text, profile: Profile) -> String {
    match profile {
        Profile::HsaId => t.certs_hsa_id(),
        Profile::PersonId => t.certs_person_id(),
    }
}

/// What people call the identity that a certificate gives (source text S4).
#[must_use]
pub(crate) fn identity(t: Text, profile: Profile) -> String {
    match profile {
        Profile::HsaId => t.certs_work_identity(),
        Profile::PersonId => t.certs_personal_identity(),
    }
}

/// Whether a certificate for signing is on the card.
pub(crate) fn can_sign(card: &CardSheet) -> bool {
    card.parts.certificates.iter().any(is_signing)
}

/// Whether a certificate for log-in is on the card.
pub(crate) fn can_log_in(card: &CardSheet) -> bool {
    let mut certificates = card.parts.certificates.iter();
    certificates
        .any(|one| one.usage == Usage::Authentication && one.stage == CertificateStage::Active)
}

fn is_signing(one: &Certificate) -> bool {
    one.usage == Usage::Signature && one.stage == CertificateStage::Active
}

/// The certificates of a card in one line, for a row of facts; `None` when it has none.
pub(crate) fn in_short(t: Text, card: &CardSheet) -> Option<String> {
    let living = card.parts.certificates.iter();
    let names: Vec<String> = living
        .filter(|certificate| !certificate.stage.is_over())
        .map(|certificate| {
            t.certs_named(usage(t, certificate.usage), profile(t, certificate.profile))
        })
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// A certificate as a row.
pub(crate) struct Row {
    pub usage: String,
    pub badge: StateBadge,
    pub note: String,
}

/// A pair as a panel.
pub(crate) struct Pair {
    pub title: String,
    pub about: String,
    pub rows: Vec<Row>,
    /// The one for signing, while it is on the card.
    pub signing: Option<CertificateId>,
    pub remove: Option<Link>,
    pub revoke: Option<Link>,
}

/// The certificates of a card, the living ones first; `revocable` are those that the reader may
/// revoke.
pub(crate) fn pairs(
    t: Text,
    home: &str,
    card: &CardSheet,
    revocable: &[CertificateId],
) -> Vec<Pair> {
    let mut pairs: Vec<(bool, &Certificate, Pair)> = Vec::new();
    for certificate in &card.parts.certificates {
        let row = row(t, card, certificate);
        let signing = is_signing(certificate).then_some(certificate.id);
        let revoke = revocable.contains(&certificate.id).then(|| {
            let named = profile(t, certificate.profile);
            Link::new(t.certs_revoke(named), revoke_address(home, certificate.id))
        });
        let known = pairs
            .iter_mut()
            .find(|(_, first, _)| first.pair == certificate.pair);
        if let Some((is_over, _, pair)) = known {
            *is_over &= certificate.stage.is_over();
            pair.rows.push(row);
            pair.signing = pair.signing.or(signing);
            pair.revoke = pair.revoke.take().or(revoke);
        } else {
            let pair = Pair {
                title: identity(t, certificate.profile),
                about: about(t, certificate.profile),
                rows: vec![row],
                signing,
                remove: None,
                revoke,
            };
            pairs.push((certificate.stage.is_over(), certificate, pair));
        }
    }
    pairs.sort_by_key(|(is_over, first, _)| (*is_over, first.profile));
    pairs.into_iter().map(|(_, _, pair)| pair).collect()
}

/// What one can do with the identity.
fn about(t: Text, profile: Profile) -> String {
    match profile {
        Profile::HsaId => t.certs_work_identity_means(),
        Profile::PersonId => t.certs_personal_identity_means(),
    }
}

fn row(t: Text, card: &CardSheet, certificate: &Certificate) -> Row {
    let since = t.day_of(certificate.since);
    let is_in_use = matches!(card.card.stage, CardStage::Active { .. });
    let until = t.certs_until(t.day(certificate.not_after));
    let (badge, note) = match certificate.stage {
        CertificateStage::Requested => (waiting(t.certs_requested()), until),
        CertificateStage::Issued => (waiting(t.certs_issued()), until),
        CertificateStage::Active if is_in_use => (stages::VALID.badge(t), until),
        CertificateStage::Active => (waiting(t.certs_waits_for_card()), until),
        CertificateStage::OffCard => (stages::VALID_OFF_CARD.badge(t), until),
        CertificateStage::Superseded => (stages::SUPERSEDED.badge(t), t.certs_since(since)),
        CertificateStage::Revoked => (stages::REVOKED.badge(t), t.certs_since(since)),
        CertificateStage::Expired => (stages::EXPIRED.badge(t), t.certs_since(since)),
    };
    Row {
        usage: usage(t, certificate.usage),
        badge,
        note,
    }
}

fn waiting(word: String) -> StateBadge {
    StateBadge::new(Tone::Info, Icon::Clock, word)
}
