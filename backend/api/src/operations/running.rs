//! What runs by itself, for those who answer for it.

use cards_app::{App, Link};
use cards_domain::access::{Function, Scope};
use cards_domain::refusal::Refusal;

use super::ID;
use crate::asked::Asked;
use crate::operation::{Change, Content, Operation, Parameter, Place, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::schema::day;
use crate::shapes::running::{self, Stage};

/// More dead errands than this are not told at once.
const MOST: i64 = 200;

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "nights",
        path: "/nights",
        subject: Subject::Operation,
        summary: "What the coming night would do, and what the last ones did",
        run: Run::Officer(nights),
        parameters: &[Parameter {
            name: "day",
            place: Place::Query { needed: false },
            meaning: "The business day of another run than the coming one.",
            schema: day,
        }],
        success: Success {
            status: 200,
            meaning: "The nights. That somebody looked is written down.",
            content: Content::Json("Nights"),
        },
        refuses: true,
        ..Operation::READ
    },
    Operation {
        id: "deadErrands",
        path: "/errands",
        subject: Subject::Operation,
        summary: "Outgoing tasks that were given up, at most 200, and how many wait",
        run: Run::Officer(errands),
        success: Success {
            status: 200,
            meaning: "The tasks.",
            content: Content::Json("Errands"),
        },
        refuses: true,
        ..Operation::READ
    },
    Operation {
        id: "retryErrand",
        path: "/errands/{id}/retries",
        subject: Subject::Operation,
        summary: "Have an outgoing task that was given up tried anew; once more changes nothing",
        run: Run::Officer(retry),
        parameters: &[ID],
        change: Change::New,
        success: Success {
            status: 200,
            meaning: "The task as it stands now.",
            content: Content::Json("Errand"),
        },
        versioned: false,
        ..Operation::CHANGE
    },
];

fn nights(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = app.night_page(link, &asked.call(), asked.if_chosen("day")?)?;
    Ok(Reply::json(running::night(&page)))
}

fn errands(_: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let scope = Scope::of(&asked.call().actor, Function::OperateErrands);
    if scope.organisations().is_empty() {
        return Err(Wrong::Refused(Refusal::NotYourRole));
    }
    let dead = link.buried_errands(MOST)?;
    let told = dead.iter().map(|one| {
        running::errand(
            one.id,
            &one.topic,
            (one.created_at, one.attempts),
            Stage::Dead,
        )
    });
    let told: Vec<_> = told.collect();
    Ok(Reply::json(running::errands(
        &told,
        link.waiting_errands()?,
    )))
}

fn retry(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let one = app.retry_errand(link, &asked.changing(), asked.named("id")?)?;
    let stage = match (one.done_at, one.dead_at) {
        (Some(_), _) => Stage::Done,
        (None, Some(_)) => Stage::Dead,
        (None, None) => Stage::Waiting,
    };
    let times = (one.created_at, one.attempts);
    Ok(Reply::json(running::errand(
        one.id, &one.topic, times, stage,
    )))
}
