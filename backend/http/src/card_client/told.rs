//! The task sheet as it travels.

use cards_app::card_tasks::{SheetCertificate, TaskSheet};
use cards_domain::card_task::{TaskKind, hex};
use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::base64;

/// A task sheet, without the secret.
pub(super) fn sheet(sheet: &TaskSheet) -> Value {
    let task = &sheet.task;
    let wanted = sheet.wanted.iter();
    let wanted: Vec<Value> = wanted
        .map(|(profile, usage)| json!({ "profile": profile, "usage": usage }))
        .collect();
    let certificates: Vec<Value> = sheet.certificates.iter().map(certificate).collect();
    let removed = sheet.certificates.iter().map(|one| one.certificate.id);
    let remove = (task.kind == TaskKind::DeleteCertificate).then(|| removed.collect::<Vec<_>>());
    json!({
        "task": task.id,
        "kind": task.kind,
        "language": task.language,
        "expires_at": task.expires_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        "card": { "number": sheet.number.as_str() },
        "holder": { "birth": sheet.birth },
        "challenge": hex(&task.challenge),
        "wanted": wanted,
        "certificates": certificates,
        "remove": remove,
        "text": task.text,
        "proved": task.proved_with.is_some(),
        "registered": sheet.registered,
    })
}

fn certificate(one: &SheetCertificate) -> Value {
    json!({
        "id": one.certificate.id,
        "profile": one.certificate.profile,
        "usage": one.certificate.usage,
        "stage": one.certificate.stage,
        "key": hex(&one.key),
        "der": one.der.as_deref().map(base64),
    })
}
