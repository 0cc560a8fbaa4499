//! The look at the bytes before they are signed: what is wrong with them is never signed. It reads
//! them with another library than the one that wrote them, and knows from the profiles alone what
//! must stand there.

mod extensions;
mod flaw;
mod frame;

use der::{Decode, Encode};
use x509_cert::TbsCertificate;

use crate::issuer::Issuer;
use crate::profile::{AuthorityProfile, AuthorityRole, LeafKind, Profiles};
use crate::tbs::Tbs;

pub use flaw::Flaw;

/// What is wrong with a certificate for a card. Nothing: it may be signed.
#[must_use]
pub fn leaf(profiles: &Profiles, issuer: &Issuer, kind: LeafKind, tbs: &Tbs) -> Vec<Flaw> {
    let Some(read) = canonical(tbs) else {
        return vec![Flaw::NotDer];
    };
    let mut flaws = Vec::new();
    frame::common(&read, &mut flaws);
    frame::under(&read, issuer, &mut flaws);
    frame::real_name(profiles, issuer, &mut flaws);
    frame::holder(profiles, kind, &read, &mut flaws);
    extensions::leaf(profiles, issuer, kind, &read, &mut flaws);
    flaws
}

/// What is wrong with the certificate of an authority.
pub(crate) fn authority(profiles: &Profiles, profile: &AuthorityProfile, tbs: &Tbs) -> Vec<Flaw> {
    let Some(read) = canonical(tbs) else {
        return vec![Flaw::NotDer];
    };
    let mut flaws = Vec::new();
    frame::common(&read, &mut flaws);
    let is_root = matches!(profile.role, AuthorityRole::Root);
    if is_root != (read.issuer == read.subject) {
        flaws.push(Flaw::IssuerName);
    }
    frame::own_name(&profiles.common_name(profile), &read, &mut flaws);
    extensions::authority(profile, &read, &mut flaws);
    flaws
}

/// What is wrong with the certificate of a responder.
pub(crate) fn responder(issuer: &Issuer, tbs: &Tbs) -> Vec<Flaw> {
    let Some(read) = canonical(tbs) else {
        return vec![Flaw::NotDer];
    };
    let mut flaws = Vec::new();
    frame::common(&read, &mut flaws);
    frame::under(&read, issuer, &mut flaws);
    extensions::responder(issuer, &read, &mut flaws);
    flaws
}

/// The certificate, if its bytes are the one way of writing it.
fn canonical(tbs: &Tbs) -> Option<TbsCertificate> {
    let read = TbsCertificate::from_der(tbs.as_der()).ok()?;
    let again = read.to_der().ok()?;
    (again == tbs.as_der()).then_some(read)
}
