//! What is done with a case of revocation: a report carried out or taken back, and how a step
//! outside ended or stands.

use cards_app::{App, Link};
use cards_domain::calendar::business_day;
use cards_domain::revocation::{
    ExternalStep, NotApplicable, Revocation, RevocationAction, StepOutcome, StepOutcomeName,
};
use cards_domain::values::Reference;
use chrono::NaiveDate;

use super::{ID, revocations};
use crate::asked::Asked;
use crate::fields::{Fields, of_free_text};
use crate::operation::{Content, Operation, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::shapes::case;

const OF_CASE: Operation = Operation {
    subject: Subject::Revocations,
    parameters: &[ID],
    success: Success {
        status: 200,
        meaning: "The case as it stands now.",
        content: Content::Json("RevocationCasePage"),
    },
    ..Operation::CHANGE
};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "executeRevocation",
        path: "/revocations/{id}/execution",
        summary: "Carry out a report that waited for the caller to be checked: revokes for ever",
        run: Run::Officer(execute),
        body: Some(case::executed),
        ..OF_CASE
    },
    Operation {
        id: "withdrawRevocation",
        path: "/revocations/{id}/withdrawal",
        summary: "Take back a report: nothing is to be revoked after all",
        run: Run::Officer(withdraw),
        ..OF_CASE
    },
    Operation {
        id: "recordStep",
        path: "/revocations/{id}/steps",
        summary: "Write down how a step outside ended or stands",
        run: Run::Officer(record),
        body: Some(case::recorded),
        ..OF_CASE
    },
    Operation {
        id: "recordMyStep",
        path: "/me/revocations/{id}/steps",
        subject: Subject::Me,
        summary: "Write down how a step outside ended or stands, about one's own card",
        run: Run::Holder(record),
        body: Some(case::recorded),
        ..OF_CASE
    },
];

fn act(
    app: &App,
    link: &mut Link,
    asked: &Asked,
    action: &RevocationAction,
) -> Result<Reply, Wrong> {
    let call = asked.changing();
    if app.ledger.repeated::<Revocation>(link, &call)?.is_none() {
        let page = app.case_page(link, &asked.call(), asked.named("id")?)?;
        let call = asked.changing_as_read(&page.case)?;
        app.ledger
            .act::<Revocation>(link, &call, page.case.id.0, action)?;
    }
    revocations::one(app, link, asked)
}

fn execute(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let last_four = body.text("last_four").map(str::to_owned);
    let last_four = body.done(last_four)?;
    act(app, link, asked, &RevocationAction::Execute { last_four })
}

fn withdraw(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    act(app, link, asked, &RevocationAction::Withdraw)
}

fn record(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let step = body.needed::<ExternalStep>("step");
    let outcome = outcome(&mut body, business_day(link.now()));
    let (step, outcome) = body.done(step.zip(outcome))?;
    act(
        app,
        link,
        asked,
        &RevocationAction::Record { step, outcome },
    )
}

fn outcome(body: &mut Fields<'_>, today: NaiveDate) -> Option<StepOutcome> {
    match body.needed::<StepOutcomeName>("outcome")? {
        StepOutcomeName::DoneByHolder => {
            let (on, reference) = done(body, today);
            Some(StepOutcome::DoneByHolder { on: on?, reference })
        }
        StepOutcomeName::DoneByUs => {
            let (on, reference) = done(body, today);
            Some(StepOutcome::DoneByUs { on: on?, reference })
        }
        StepOutcomeName::HolderWillDo => {
            let by = body.day("by")?;
            Some(StepOutcome::HolderWillDo { by })
        }
        StepOutcomeName::NotApplicable => {
            let why: NotApplicable = body.needed("why")?;
            Some(StepOutcome::NotApplicable { why })
        }
    }
}

fn done(body: &mut Fields<'_>, today: NaiveDate) -> (Option<NaiveDate>, Option<Reference>) {
    (body.day("on"), reference(body, today))
}

/// A reference may be left out.
fn reference(body: &mut Fields<'_>, today: NaiveDate) -> Option<Reference> {
    let text: String = body.optional("reference")?;
    match Reference::parse(&text, today) {
        Ok(reference) => reference,
        Err(error) => {
            body.note("reference", of_free_text(error));
            None
        }
    }
}
