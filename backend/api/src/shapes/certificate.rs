//! Certificates on cards.

use cards_app::queries::PairPage;
use cards_domain::card::RevocationReason;
use cards_domain::certificate::{Certificate, CertificateStage, Profile, Usage};
use cards_domain::ids::CertificateId;
use serde_json::{Value, json};

use super::{at, on, verdict, word};
use crate::schema::{
    day, flag, id, list, moment, named, nullable, number, object, text, word as words,
};

/// A certificate.
pub(crate) fn certificate(certificate: &Certificate) -> Value {
    json!({
        "id": certificate.id,
        "version": certificate.version,
        "card": certificate.card,
        "pair": certificate.pair,
        "profile": word(certificate.profile),
        "usage": word(certificate.usage),
        "last_day": on(certificate.not_after),
        "stage": word(certificate.stage),
        "since": at(certificate.since),
        "reason": certificate.reason.map_or(Value::Null, word),
    })
}

/// One of a card's, and whether the caller may revoke it here and now.
pub(crate) fn listed(one: &Certificate, revocable: &[CertificateId]) -> Value {
    let mut told = certificate(one);
    if let Some(members) = told.as_object_mut() {
        members.insert("revocable".to_owned(), json!(revocable.contains(&one.id)));
    }
    told
}

/// A certificate, what ends with it, and for which reasons the caller may end it.
pub(crate) fn page(one: &Certificate, page: &PairPage) -> Value {
    let mut told = certificate(one);
    let ends: Vec<CertificateId> = page.pair.iter().map(|one| one.id).collect();
    let reasons: Vec<Value> = page.reasons.iter().copied().map(word).collect();
    if let Some(members) = told.as_object_mut() {
        members.insert("ends_together".to_owned(), json!(ends));
        members.insert("reasons".to_owned(), json!(reasons));
        let revoke = verdict("revoke", &page.verdict);
        members.insert("actions".to_owned(), json!([revoke]));
    }
    told
}

/// What is sent to revoke one.
pub(crate) fn revoking() -> Value {
    object(&[
        ("reason", words::<RevocationReason>()),
        ("last_four", text()),
    ])
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    let listed = [members(), vec![("revocable", flag())]].concat();
    let page = [
        members(),
        vec![
            ("ends_together", list(&id())),
            ("reasons", list(&words::<RevocationReason>())),
            ("actions", list(&named("Action"))),
        ],
    ]
    .concat();
    vec![
        ("Certificate", object(&listed)),
        ("CertificatePage", object(&page)),
    ]
}

fn members() -> Vec<(&'static str, Value)> {
    vec![
        ("id", id()),
        ("version", number()),
        ("card", id()),
        ("pair", id()),
        ("profile", words::<Profile>()),
        ("usage", words::<Usage>()),
        ("last_day", day()),
        ("stage", words::<CertificateStage>()),
        ("since", moment()),
        ("reason", nullable(&words::<RevocationReason>())),
    ]
}
