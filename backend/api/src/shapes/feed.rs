//! A file of the directory: what its import would do, or did.

use cards_app::import::{Alteration, ChangeSheet, ImportReport, PreviewSheet, StopReason};
use serde_json::{Value, json};

use super::directory::Holds;
use super::word;
use crate::schema::{
    id, list, named, nullable, number, object, open, text, text_like, word as words,
};

/// The words of [`Alteration`].
const ALTERATIONS: [&str; 3] = ["new", "name", "other"];

/// A file that waits to be taken in, with what its import would do.
pub(crate) fn preview(sheet: &PreviewSheet) -> Value {
    json!({
        "id": sheet.id,
        "file_name": sheet.file_name,
        "content": word(Holds::of(sheet.delta)),
        "report": report(&sheet.report),
        "leaving": sheet.leaving.iter().map(leaver).collect::<Vec<_>>(),
        "leaving_hidden": sheet.leaving_hidden,
        "changes": sheet.changes.iter().map(change).collect::<Vec<_>>(),
        "import": sheet.import,
    })
}

/// HSA-id and name of somebody whose post ends; no name where it is protected.
pub(crate) fn leaver((hsa_id, name): &(String, Option<String>)) -> Value {
    json!({ "hsa_id": hsa_id, "name": name })
}

fn change(one: &ChangeSheet) -> Value {
    let [new, name, other] = ALTERATIONS;
    let (what, person) = match one.what {
        // The id is one of this rehearsal alone.
        Alteration::New => (new, None),
        Alteration::Name => (name, Some(one.person)),
        Alteration::Other => (other, Some(one.person)),
    };
    json!({
        "what": what, "person": person, "hsa_id": one.hsa_id, "name": one.name,
        "name_before": one.before,
    })
}

/// What an import reports: counts of accepted entries, and each entry that did not go in.
pub(crate) fn report(report: &ImportReport) -> Value {
    let rejected = report.rejected.iter().map(|one| {
        json!({
            "line": one.line, "dn": one.dn, "attribute": one.attribute, "reason": one.reason,
        })
    });
    let stops = report.safety_stop.iter().map(|one| {
        json!({
            "organisation": one.organisation, "would_end": one.would_end, "of": one.of,
            "why": word(one.why),
        })
    });
    let flaws = &report.flaws;
    json!({
        "organisations": report.organisations,
        "units": report.units,
        "persons": report.persons,
        "hsa_ids": report.hsa_ids,
        "assignments": report.assignments,
        "rejected": rejected.collect::<Vec<_>>(),
        "waiting": report.waiting,
        "ended": report.ended,
        "changed": report.changed,
        "people_changed": report.people_changed,
        "proposed": report.proposed,
        "came_in": report.came_in,
        "safety_stop": stops.collect::<Vec<_>>(),
        "unknown_attributes": report.unknown_attributes,
        "flaws": {
            "without_number": flaws.without_number, "without_mail": flaws.without_mail,
            "without_code": flaws.without_code, "same_number": flaws.same_number,
        },
    })
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    let leaver = object(&[("hsa_id", text()), ("name", nullable(&text()))]);
    let change = object(&[
        ("what", json!({ "type": "string", "enum": ALTERATIONS })),
        ("person", nullable(&id())),
        ("hsa_id", text()),
        ("name", nullable(&text())),
        ("name_before", nullable(&text())),
    ]);
    let preview = object(&[
        ("id", id()),
        ("file_name", text()),
        ("content", words::<Holds>()),
        ("report", named("ImportReport")),
        ("leaving", list(&named("Leaver"))),
        ("leaving_hidden", number()),
        ("changes", list(&change)),
        ("import", nullable(&id())),
    ]);
    vec![
        ("DirectoryFile", preview),
        ("ImportReport", report_schema()),
        ("Leaver", leaver),
    ]
}

fn report_schema() -> Value {
    let rejected = object(&[
        ("line", number()),
        ("dn", text()),
        ("attribute", nullable(&text())),
        ("reason", text_like("^[a-z_]+$")),
    ]);
    let stop = object(&[
        ("organisation", text()),
        ("would_end", number()),
        ("of", number()),
        ("why", words::<StopReason>()),
    ]);
    let counts = [
        "without_number",
        "without_mail",
        "without_code",
        "same_number",
    ];
    let flaws = object(&counts.map(|name| (name, number())));
    let counts = [
        "organisations",
        "units",
        "persons",
        "hsa_ids",
        "assignments",
        "ended",
        "changed",
        "people_changed",
        "proposed",
        "came_in",
    ];
    let more = [
        ("rejected", list(&rejected)),
        ("waiting", list(&text())),
        ("safety_stop", list(&stop)),
        ("unknown_attributes", open()),
        ("flaws", flaws),
    ];
    let members: Vec<_> = counts
        .map(|name| (name, number()))
        .into_iter()
        .chain(more)
        .collect();
    object(&members)
}
