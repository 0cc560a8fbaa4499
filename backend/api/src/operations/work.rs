//! What waits for an officer.

use cards_app::queries::WorklistKind;
use cards_app::{App, Link};

use crate::asked::Asked;
use crate::operation::{Content, Operation, Parameter, Place, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::schema::word;
use crate::shapes::work;

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "worklists",
        path: "/worklists",
        subject: Subject::Work,
        summary: "How much waits at the officer's office, or in the branch, and what comes first",
        run: Run::Officer(lists),
        success: Success {
            status: 200,
            meaning: "The lists that are not empty, the most urgent first.",
            content: Content::List("Worklist"),
        },
        ..Operation::READ
    },
    Operation {
        id: "worklist",
        path: "/worklists/{list}",
        subject: Subject::Work,
        summary: "What stands in one list, the nearest first",
        run: Run::Officer(list),
        parameters: &[Parameter {
            name: "list",
            place: Place::Path,
            meaning: "Which list.",
            schema: word::<WorklistKind>,
        }],
        success: Success {
            status: 200,
            meaning: "A page.",
            content: Content::Page("Waiting"),
        },
        ..Operation::READ
    },
];

fn lists(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = app.start_page(link, &asked.call())?;
    Ok(Reply::list(page.worklists.iter().map(work::list).collect()))
}

fn list(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = (asked.after(work::place)?, asked.one_more());
    let found = app.worklist_page(link, &asked.call(), asked.named("list")?, page)?;
    Ok(Reply::page(asked, found, work::cursor, work::waiting))
}
