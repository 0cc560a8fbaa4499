//! The directory: what came in, what waits for people, and what was asked.

use cards_app::import::{
    AskedSheet, Decision, DirectoryPage, EndingSheet, ImportSheet, ProposalKind, ProposalSheet,
    StopReason,
};
use cards_domain::values::LONGEST_REASON;
use serde_json::{Value, json};
use strum::{EnumIter, EnumString, IntoStaticStr};

use super::{at, at_if, feed, moment_if, on, reference, word};
use crate::schema::{
    day, flag, id, list, moment, named, nullable, number, object, text, text_of, word as words,
};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum Holds {
    /// Everything of the organisations that are in it: who is not in it is ended.
    Everything,
    /// What has changed: nobody is ended.
    Changes,
}

impl Holds {
    pub(crate) fn of(delta: bool) -> Self {
        if delta {
            Self::Changes
        } else {
            Self::Everything
        }
    }
}

/// The directory as its page shows it.
pub(crate) fn page(page: &DirectoryPage) -> Value {
    let flaws = &page.flaws;
    json!({
        "imports": page.imports.iter().map(import).collect::<Vec<_>>(),
        "stops": page.stops.iter().map(stop).collect::<Vec<_>>(),
        "questions": page.proposals.iter().map(question).collect::<Vec<_>>(),
        "flaws": {
            "without_number": flaws.without_number, "without_mail": flaws.without_mail,
            "without_code": flaws.without_code,
        },
        "waiting": page.waiting,
    })
}

/// An import with its report. Who took it in stands by name; nobody for a command on the server.
pub(crate) fn import(sheet: &ImportSheet) -> Value {
    let run = &sheet.run;
    json!({
        "id": run.id,
        "at": at(run.at),
        "file_name": run.file_name,
        "content": word(Holds::of(run.delta)),
        "by": sheet.by,
        "by_command": run.by_person.is_none(),
        "report": feed::report(&sheet.report),
    })
}

/// An import, with what it asked.
pub(crate) fn import_page(sheet: &ImportSheet, asked: &[AskedSheet]) -> Value {
    let mut told = import(sheet);
    let questions = asked.iter().map(
        |one| json!({ "id": one.id, "kind": word(one.kind), "decision": one.decision.map(word) }),
    );
    if let Some(members) = told.as_object_mut() {
        members.insert("questions".to_owned(), questions.collect());
    }
    told
}

/// Endings that wait for a second person, or that have been released or replaced.
pub(crate) fn stop(sheet: &EndingSheet) -> Value {
    let stop = &sheet.stop;
    json!({
        "id": stop.id,
        "version": stop.version,
        "import": stop.import_id,
        "organisation": reference(stop.organisation_id, &sheet.organisation),
        "why": word(stop.reason_to_stop()),
        "would_end": stop.would_end,
        "live": stop.live,
        "last_day": on(stop.last_day),
        "stopped_at": at(stop.stopped_at),
        "may_release": sheet.may_release,
        "is_own": sheet.is_own,
        "first": sheet.first.iter().map(feed::leaver).collect::<Vec<_>>(),
        "first_hidden": sheet.first_hidden,
        "released_at": at_if(stop.released_at),
        "released_by": sheet.released_by,
        "reason": stop.reason,
        "replaced_at": at_if(stop.replaced_at),
    })
}

/// A question about a number. Once it is answered, what was known then is not known any more.
pub(crate) fn question(sheet: &ProposalSheet) -> Value {
    let one = &sheet.proposal;
    let waits = one.decided_at.is_none();
    let named = |of: &Option<(String, String)>| {
        let open = of.as_ref().filter(|_| waits);
        open.map(|(name, number)| json!({ "name": name, "number": number }))
    };
    json!({
        "id": one.id,
        "version": one.version,
        "kind": word(one.kind),
        "organisation": reference(one.organisation, &sheet.organisation),
        "hsa_id": one.hsa_key,
        "asked_at": at(one.proposed_at),
        "known": named(&sheet.known),
        "entry": named(&sheet.entry),
        "is_taken": sheet.is_taken,
        "is_own": sheet.is_own,
        "first_by": sheet.first_by,
        "decided_by": sheet.decided_by,
        "decided_at": at_if(one.decided_at),
        "decision": one.decision.map(word),
    })
}

/// What is sent to release a stop.
pub(crate) fn release() -> Value {
    object(&[("reason", text_of(LONGEST_REASON))])
}

/// What is sent to answer a question.
pub(crate) fn answer() -> Value {
    object(&[("decision", words::<Decision>())])
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    let flaws = object(&[
        ("without_number", number()),
        ("without_mail", number()),
        ("without_code", number()),
    ]);
    let page = object(&[
        ("imports", list(&named("DirectoryImport"))),
        ("stops", list(&named("DirectoryStop"))),
        ("questions", list(&named("DirectoryQuestion"))),
        ("flaws", flaws),
        ("waiting", number()),
    ]);
    let asked = object(&[
        ("id", id()),
        ("kind", words::<ProposalKind>()),
        ("decision", nullable(&words::<Decision>())),
    ]);
    let import_page = [import_members(), vec![("questions", list(&asked))]].concat();
    vec![
        ("Directory", page),
        ("DirectoryImport", object(&import_members())),
        ("DirectoryImportPage", object(&import_page)),
        ("DirectoryQuestion", question_schema()),
        ("DirectoryStop", stop_schema()),
    ]
}

fn import_members() -> Vec<(&'static str, Value)> {
    vec![
        ("id", id()),
        ("at", moment()),
        ("file_name", text()),
        ("content", words::<Holds>()),
        ("by", nullable(&text())),
        ("by_command", flag()),
        ("report", named("ImportReport")),
    ]
}

fn stop_schema() -> Value {
    object(&[
        ("id", id()),
        ("version", number()),
        ("import", id()),
        ("organisation", named("Reference")),
        ("why", words::<StopReason>()),
        ("would_end", number()),
        ("live", number()),
        ("last_day", day()),
        ("stopped_at", moment()),
        ("may_release", flag()),
        ("is_own", flag()),
        ("first", list(&named("Leaver"))),
        ("first_hidden", number()),
        ("released_at", moment_if()),
        ("released_by", nullable(&text())),
        ("reason", nullable(&text())),
        ("replaced_at", moment_if()),
    ])
}

fn question_schema() -> Value {
    let named = nullable(&object(&[("name", text()), ("number", text())]));
    object(&[
        ("id", id()),
        ("version", number()),
        ("kind", words::<ProposalKind>()),
        ("organisation", crate::schema::named("Reference")),
        ("hsa_id", text()),
        ("asked_at", moment()),
        ("known", named.clone()),
        ("entry", named),
        ("is_taken", flag()),
        ("is_own", flag()),
        ("first_by", nullable(&text())),
        ("decided_by", nullable(&text())),
        ("decided_at", moment_if()),
        ("decision", nullable(&words::<Decision>())),
    ])
}
