//! Stops of nightly runs, which a second person lets go on.

use cards_app::{App, Call, Failure, Link};
use cards_domain::access::{Function, Scope};
use cards_domain::ids::OrganisationId;
use cards_domain::refusal::Refusal;
use chrono::NaiveDate;
use uuid::Uuid;

use super::ID;
use crate::asked::Asked;
use crate::operation::{Change, Content, Operation, Parameter, Place, Run, Subject, Success, Verb};
use crate::reply::{Reply, Wrong};
use crate::schema::day;
use crate::shapes::running;

const OF_STOP: Operation = Operation {
    subject: Subject::Operation,
    success: Success {
        status: 200,
        meaning: "The stop, released.",
        content: Content::Json("Stop"),
    },
    ..Operation::CHANGE
};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "stop",
        verb: Verb::Get,
        path: "/stops/{id}",
        summary: "A stop, for somebody who may release it, also when it has been released",
        run: Run::Officer(one),
        parameters: &[ID],
        change: Change::None,
        success: Success {
            status: 200,
            meaning: "The stop.",
            content: Content::Json("Stop"),
        },
        ..OF_STOP
    },
    Operation {
        id: "releaseStop",
        path: "/stops/{id}/release",
        summary: "Let a run that has stopped go on: revokes exactly what it had stopped at",
        run: Run::Officer(release),
        parameters: &[ID],
        body: Some(running::release),
        ..OF_STOP
    },
    Operation {
        id: "releaseBeforehand",
        path: "/nights/{day}/releases",
        summary: "Let the run of a night go on beforehand, up to the number that is counted now",
        run: Run::Officer(release_beforehand),
        parameters: &[Parameter {
            name: "day",
            place: Place::Path,
            meaning: "The business day of the run.",
            schema: day,
        }],
        body: Some(running::release_beforehand),
        change: Change::New,
        ..OF_STOP
    },
];

fn one(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let sheet = app.stop_to_release(link, &asked.call(), asked.named("id")?)?;
    Ok(Reply::json(running::stop(&sheet.stop)).version(sheet.stop.version))
}

/// Nobody learns from a missing stop what there is to release. Who tries without the role is
/// written down.
fn judge(app: &App, link: &mut Link, call: &Call) -> Result<(), Failure> {
    let scope = Scope::of(&call.actor, Function::ReleaseSafetyStop);
    if !scope.organisations().is_empty() {
        return Ok(());
    }
    let refusal = Refusal::NotYourRole;
    app.ledger
        .note_refused_edit(link, call, "safety_stop", &refusal)?;
    Err(Failure::Refused(refusal))
}

fn release(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let reason = body.reason("reason");
    let reason = body.done(reason)?;
    let call = asked.changing();
    judge(app, link, &call)?;
    let id: Uuid = asked.named("id")?;
    let stop = link.safety_stop(id)?.ok_or(Failure::NotFound)?;
    // The version of one that is released already was another when it was read.
    if stop.released_at.is_none() {
        app.stop_to_release(link, &asked.call(), id)?;
        asked.is_of(stop.version)?;
    }
    app.release_stop(link, &call, id, &reason)?;
    told(link, id)
}

fn release_beforehand(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let reason = body.reason("reason");
    let organisation = body.optional_id::<OrganisationId>("organisation");
    let reason = body.done(reason)?;
    let call = asked.changing();
    judge(app, link, &call)?;
    let day: NaiveDate = asked.named("day")?;
    let stop = app.release_beforehand(link, &call, (day, organisation), &reason)?;
    told(link, stop.id)
}

fn told(link: &mut Link, id: Uuid) -> Result<Reply, Wrong> {
    let stop = link.safety_stop(id)?.ok_or(Failure::NotFound)?;
    Ok(Reply::json(running::stop(&stop)).version(stop.version))
}
