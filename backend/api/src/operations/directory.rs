//! The directory, for those who answer for it: the latest imports, and what they left to people.
//! Endings are released by a second person; a number that does not fit is decided about by two.

use cards_app::import::{Decision, ProposalSheet};
use cards_app::{App, Failure, Link};
use uuid::Uuid;

use super::ID;
use crate::asked::Asked;
use crate::operation::{Content, Operation, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::shapes::directory;

const fn told(name: &'static str, meaning: &'static str) -> Success {
    Success {
        status: 200,
        meaning,
        content: Content::Json(name),
    }
}

const READ: Operation = Operation {
    subject: Subject::Directory,
    parameters: &[ID],
    refuses: true,
    ..Operation::READ
};

const CHANGE: Operation = Operation {
    subject: Subject::Directory,
    parameters: &[ID],
    ..Operation::CHANGE
};

const STOP: Success = told("DirectoryStop", "The stop as it stands now.");
const QUESTION: Success = told("DirectoryQuestion", "The question as it stands now.");

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "directory",
        path: "/directory",
        summary: "The latest imports, the stops and questions that wait, and what the directory lacks",
        run: Run::Officer(page),
        parameters: &[],
        success: told("Directory", "The directory. Who is named is written down."),
        ..READ
    },
    Operation {
        id: "directoryImport",
        path: "/directory/imports/{id}",
        summary: "One import with its report, and the questions that it asked of the caller",
        run: Run::Officer(import),
        success: told(
            "DirectoryImportPage",
            "The import, without names of persons.",
        ),
        ..READ
    },
    Operation {
        id: "directoryStop",
        path: "/directory/stops/{id}",
        summary: "Persons whom a file no longer held and who were not ended for that",
        run: Run::Officer(stop),
        success: STOP,
        versioned: true,
        ..READ
    },
    Operation {
        id: "releaseDirectoryStop",
        path: "/directory/stops/{id}/release",
        summary: "End the persons of a stop, as somebody else than who took the file in",
        run: Run::Officer(release),
        body: Some(directory::release),
        success: STOP,
        ..CHANGE
    },
    Operation {
        id: "directoryQuestion",
        path: "/directory/questions/{id}",
        summary: "A number that does not fit whom it seems to be about",
        run: Run::Officer(question),
        success: QUESTION,
        versioned: true,
        ..READ
    },
    Operation {
        id: "answerDirectoryQuestion",
        path: "/directory/questions/{id}/answers",
        summary: "Say whether the entry is about the person: yes takes two officers, no one",
        run: Run::Officer(answer),
        body: Some(directory::answer),
        success: QUESTION,
        ..CHANGE
    },
];

fn page(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = app.directory_page(link, &asked.call())?;
    Ok(Reply::json(directory::page(&page)))
}

fn import(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let (sheet, questions) = app.import_sheet(link, &asked.call(), asked.named("id")?)?;
    Ok(Reply::json(directory::import_page(&sheet, &questions)))
}

fn stop(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let sheet = app.ending_to_release(link, &asked.call(), asked.named("id")?)?;
    Ok(Reply::json(directory::stop(&sheet)).version(sheet.stop.version))
}

fn release(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let reason = body.reason("reason");
    let reason = body.done(reason)?;
    let id: Uuid = asked.named("id")?;
    match app.ending_to_release(link, &asked.call(), id) {
        // The version of one that is over already was another when it was read.
        Ok(sheet) if sheet.stop.released_at.is_none() => asked.is_of(sheet.stop.version)?,
        // Whoever may not is told so by the act itself, which writes the attempt down.
        Ok(_) | Err(Failure::Refused(_)) => {}
        Err(failure) => return Err(failure.into()),
    }
    app.release_ending(link, &asked.changing(), id, &reason)?;
    stop(app, link, asked)
}

fn question(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let sheet = app.proposal_to_decide(link, &asked.call(), asked.named("id")?)?;
    Ok(Reply::json(directory::question(&sheet)).version(sheet.proposal.version))
}

fn answer(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let decision = body.needed::<Decision>("decision");
    let decision = body.done(decision)?;
    let id: Uuid = asked.named("id")?;
    let read = asked.expected().unwrap_or_default();
    let sheet = app.proposal_to_decide(link, &asked.call(), id)?;
    if !is_given(asked, &sheet, (decision, read)) {
        app.decide_proposal(link, &asked.changing(), id, (decision, read))?;
    }
    question(app, link, asked)
}

/// Whether the caller has given this answer to the question as it was read: it is sent twice.
fn is_given(asked: &Asked, sheet: &ProposalSheet, (decision, read): (Decision, i64)) -> bool {
    let one = &sheet.proposal;
    let by_caller = match (one.decision, decision) {
        (None, Decision::Approved) => one.first_by,
        (Some(given), _) if given == decision => one.decided_by,
        (None, Decision::Dismissed) | (Some(_), _) => None,
    };
    by_caller == Some(asked.caller.person) && one.version == read.saturating_add(1)
}
