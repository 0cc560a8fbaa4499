//! What is done with a case of revocation: a report carried out or taken back, and how a step
//! outside ended or stands.

use cards_app::{App, Link};
use cards_domain::calendar::business_day;
use cards_domain::revocation::{
    ExternalStep, NotApplicable, Revocation, RevocationAction, StepOutcome, StepOutcomeName,
};
use cards_domain::values::{PersonNumber, PersonNumberKind};
use chrono::NaiveDate;

use super::{ID, revocations};
use crate::asked::{Asked, Fields};
use crate::operation::{Content, Operation, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::shapes::case;

/// No other party's reference is longer.
const LONGEST_REFERENCE: usize = 60;

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
        asked.is_of(page.case.version)?;
        app.ledger
            .act::<Revocation>(link, &call, page.case.id.0, action)?;
    }
    revocations::one(app, link, asked)
}

fn execute(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    act(app, link, asked, &RevocationAction::Execute)
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
            let by = body.needed("by")?;
            Some(StepOutcome::HolderWillDo { by })
        }
        StepOutcomeName::NotApplicable => {
            let why: NotApplicable = body.needed("why")?;
            Some(StepOutcome::NotApplicable { why })
        }
    }
}

fn done(body: &mut Fields<'_>, today: NaiveDate) -> (Option<NaiveDate>, Option<String>) {
    (body.needed("on"), reference(body, today))
}

/// A reference may be left out. A person's number is not one, and would stay in the log.
fn reference(body: &mut Fields<'_>, today: NaiveDate) -> Option<String> {
    let text: String = body.optional("reference")?;
    let text = text.trim();
    if text.chars().count() > LONGEST_REFERENCE {
        body.note("reference", "at most 60 characters");
    }
    if is_of_person(text, today) {
        body.note("reference", "a person's number is no reference");
    }
    (!text.is_empty()).then(|| text.to_owned())
}

fn is_of_person(text: &str, today: NaiveDate) -> bool {
    use PersonNumberKind as K;
    PersonNumber::parse_at(text, today)
        .is_ok_and(|number| matches!(number.kind(), K::Personnummer | K::Samordningsnummer))
}
