//! The log, for those who review: all of their organisations', or what happened under one code that
//! somebody has read out from a page or a problem.

use cards_app::queries::{LogAsked, LogPlace};
use cards_app::{App, Link};
use cards_http::Correlation;
use serde_json::Value;

use crate::asked::Asked;
use crate::operation::{Content, Operation, Parameter, Place, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::schema::{day, id, text};
use crate::shapes::event;

const fn among(name: &'static str, meaning: &'static str, schema: fn() -> Value) -> Parameter {
    Parameter {
        name,
        place: Place::Query { needed: false },
        meaning,
        schema,
    }
}

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "log",
        path: "/log",
        subject: Subject::Operation,
        summary: "The log of the caller's organisations, newest first, or what is asked for of it",
        run: Run::Officer(log),
        parameters: &[
            among(
                "about",
                "About this person: a look that the person can see.",
                id,
            ),
            among("by", "By this person.", id),
            among("thing", "About this card, order or the like.", id),
            among("first", "The first day.", day),
            among("last", "The last day.", day),
            among("after", "Where the page begins, as next says.", text),
        ],
        success: Success {
            status: 200,
            meaning: "A page of fifty. Whom it names is written down as found.",
            content: Content::Json("Log"),
        },
        refuses: true,
        ..Operation::READ
    },
    Operation {
        id: "eventsWithCode",
        path: "/events",
        subject: Subject::Operation,
        summary: "What happened under a code: about persons in scope, and about no person",
        run: Run::Officer(with_code),
        parameters: &[Parameter {
            name: "code",
            place: Place::Query { needed: true },
            meaning: "The code: the correlation of an answer, or one that stood on a page.",
            schema: text,
        }],
        success: Success {
            status: 200,
            meaning: "All of them, newest first. Whom they name is written down as found.",
            content: Content::List("CodedEvent"),
        },
        refuses: true,
        ..Operation::READ
    },
];

fn log(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let of = LogAsked {
        about: asked.if_chosen("about")?,
        by: asked.if_chosen("by")?,
        thing: asked.if_chosen("thing")?,
        first: asked.if_chosen("first")?,
        last: asked.if_chosen("last")?,
    };
    let after = asked.after(|text| text.parse::<LogPlace>().ok())?;
    let page = app.log_page(link, &asked.call(), of, after)?;
    let told = page.told.events.iter();
    let told: Vec<Value> = told.map(|one| event::coded(one, &page.told)).collect();
    let next = page.next.map(|place| asked.same_after(&place.to_string()));
    Ok(Reply::json(event::log(&told, next.as_deref())))
}

fn with_code(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let code = asked.query("code").and_then(Correlation::read);
    let code = code.map(|code| code.0);
    let coded = app.events_with_code(link, &asked.call(), code.as_deref())?;
    if code.is_none() {
        return Err(Wrong::Parameter("code"));
    }
    let told = coded.events.iter().map(|one| event::coded(one, &coded));
    Ok(Reply::list(told.collect()))
}
