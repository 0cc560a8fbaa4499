//! What runs by itself, for those who answer for it.

use cards_app::{App, Link};
use cards_domain::access::{Function, Scope};
use cards_domain::refusal::Refusal;

use crate::asked::Asked;
use crate::operation::{Content, Operation, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::shapes::running;

/// More dead errands than this are not told at once.
const MOST: i64 = 200;

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "nights",
        path: "/nights",
        subject: Subject::Operation,
        summary: "What the coming night would do, and what the last ones did",
        run: Run::Officer(nights),
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
        summary: "Outgoing tasks that could not be done, at most 200",
        run: Run::Officer(errands),
        success: Success {
            status: 200,
            meaning: "The tasks.",
            content: Content::List("Errand"),
        },
        refuses: true,
        ..Operation::READ
    },
];

fn nights(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = app.night_page(link, &asked.call(), None)?;
    Ok(Reply::json(running::night(&page)))
}

fn errands(_: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let scope = Scope::of(&asked.call().actor, Function::OperateErrands);
    if scope.organisations().is_empty() {
        return Err(Wrong::Refused(Refusal::NotYourRole));
    }
    let dead = link.buried_errands(MOST)?;
    let told = dead
        .iter()
        .map(|one| running::errand(one.id, &one.topic, (one.created_at, one.attempts)));
    Ok(Reply::list(told.collect()))
}
