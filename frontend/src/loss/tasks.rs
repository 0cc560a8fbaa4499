//! The numbered tasks of a case: the card, which is revoked, and each step outside with its forms.

use askama::Template;
use cards_app::queries::CasePage;
use cards_domain::calendar;
use cards_domain::revocation::{
    CaseStep, ExternalStep, NotApplicable, RevocationStage, StepOutcome, StepOutcomeName,
};
use cards_domain::unlock::TELIA_REVOCATION_PHONE;
use chrono::{DateTime, Utc};
use strum::IntoEnumIterator as _;

use super::asked::Teller;
use super::fault_at;
use super::record::{BY, BY_WHOM, DAY, KIND, Kind, REFERENCE, Recorded, STEP, WHY, field};
use crate::components::{
    Button, Choice, Choices, Field, Hidden, Link, Task, TaskList, states as vocabulary,
};
use crate::id_admin::parts;
use crate::mina_sidor::office::tel;
use crate::states;
use crate::text::Text;

/// What the forms of a case are filled with.
pub(crate) struct Filled<'a> {
    pub(crate) hidden: &'a Hidden,
    /// Where they are sent.
    pub(crate) action: String,
    pub(crate) recorded: &'a Recorded,
    pub(crate) faults: &'a [(String, String)],
}

#[derive(Template)]
#[template(path = "loss/step.html")]
struct StepForms {
    phone: Option<Link>,
    say: Option<String>,
    stands: Option<String>,
    action: String,
    done: Part,
    by_whom: Option<Choices>,
    day: Field,
    reference: Field,
    will: Option<(Part, Field)>,
    not: Option<(Part, Choices)>,
}

/// One form of a step.
struct Part {
    summary: String,
    text: Option<String>,
    hidden: Hidden,
    button: Button,
    is_open: bool,
}

/// How many steps are not settled.
pub(crate) fn left(page: &CasePage) -> i64 {
    let steps = page.case.steps.iter();
    let open = steps.filter(|step| !is_settled(step)).count();
    i64::try_from(open).unwrap_or(i64::MAX)
}

fn is_settled(step: &CaseStep) -> bool {
    step.outcome.as_ref().is_some_and(StepOutcome::settles)
}

/// The tasks; nothing before the card is revoked.
///
/// # Errors
/// A template cannot be written.
pub(crate) fn list(
    t: Text,
    teller: Teller,
    page: &CasePage,
    filled: &Filled<'_>,
    now: DateTime<Utc>,
) -> Result<Option<TaskList>, askama::Error> {
    let Some(at) = page.case.executed_at else {
        return Ok(None);
    };
    let reason = states::revocation_reason(t, page.case.reason);
    let first = match teller {
        Teller::Holder => t.loss_my_revoked_at(t.day_and_clock(at), reason),
        Teller::Officer | Teller::Servicedesk => {
            let who = states::reporter(t, page.case.reporter);
            t.loss_revoked_here_means(t.day_and_clock(at), reason, who)
        }
    };
    let mut tasks = vec![Task::done(t.loss_revoked_here(), first)];
    for step in &page.case.steps {
        tasks.push(task(t, teller, page, step, filled, now)?);
    }
    Ok(Some(TaskList::new(tasks)))
}

fn task(
    t: Text,
    teller: Teller,
    page: &CasePage,
    step: &CaseStep,
    filled: &Filled<'_>,
    now: DateTime<Utc>,
) -> Result<Task, askama::Error> {
    let (title, means) = words(t, teller, step.step);
    if is_settled(step) {
        return Ok(Task::done(title, told(t, step)));
    }
    let left = vocabulary::revocation::STEPS_LEFT
        .badge(t)
        .saying(t.loss_left_to_do());
    let task = Task::open(title, means, left);
    let may_record =
        page.record.is_ok() && page.case.stage == RevocationStage::ExternalStepsPending;
    if !may_record {
        return Ok(task);
    }
    task.with(&forms(t, teller, page, step, filled, now))
}

fn words(t: Text, teller: Teller, step: ExternalStep) -> (String, String) {
    match (step, teller) {
        (ExternalStep::Telia, Teller::Holder) => (t.loss_my_telia(), t.loss_my_telia_means()),
        (ExternalStep::Telia, _) => (t.loss_telia(), t.loss_telia_means()),
        (ExternalStep::Police, Teller::Holder) => (t.loss_my_police(), t.loss_my_police_means()),
        (ExternalStep::Police, _) => (t.loss_police(), t.loss_police_means()),
    }
}

/// How a step ended, with the other party's reference.
fn told(t: Text, step: &CaseStep) -> String {
    let Some(outcome) = &step.outcome else {
        return String::new();
    };
    let done = t.loss_done_now(states::step_outcome(t, outcome));
    match outcome {
        StepOutcome::DoneByHolder {
            reference: Some(reference),
            ..
        }
        | StepOutcome::DoneByUs {
            reference: Some(reference),
            ..
        } => format!("{done} {}", t.loss_reference_is(reference.as_str())),
        StepOutcome::DoneByHolder { .. }
        | StepOutcome::DoneByUs { .. }
        | StepOutcome::HolderWillDo { .. }
        | StepOutcome::NotApplicable { .. } => done,
    }
}

fn forms(
    t: Text,
    teller: Teller,
    page: &CasePage,
    step: &CaseStep,
    filled: &Filled<'_>,
    now: DateTime<Utc>,
) -> StepForms {
    let is_desk = teller != Teller::Holder;
    let is_telia = step.step == ExternalStep::Telia;
    let number = parts::card_number(&page.loss.card.card);
    StepForms {
        phone: is_telia.then(|| phone(t, teller)),
        say: (is_telia && is_desk).then(|| t.loss_telia_say(number)),
        stands: match &step.outcome {
            Some(StepOutcome::HolderWillDo { by }) => Some(t.loss_holder_does(t.day(*by))),
            _ => None,
        },
        action: filled.action.clone(),
        done: done(t, teller, step.step, filled),
        by_whom: is_desk.then(|| by_whom(t, step.step, filled)),
        day: day(t, teller, step.step, filled, now),
        reference: reference(t, teller, step.step, filled),
        will: is_desk.then(|| will(t, step.step, filled)),
        not: is_desk.then(|| not(t, step.step, filled)),
    }
}

fn phone(t: Text, teller: Teller) -> Link {
    let label = match teller {
        Teller::Holder => t.loss_my_call(TELIA_REVOCATION_PHONE),
        Teller::Officer | Teller::Servicedesk => TELIA_REVOCATION_PHONE.to_owned(),
    };
    Link::new(label, tel(TELIA_REVOCATION_PHONE))
}

fn part(step: ExternalStep, kind: Kind, filled: &Filled<'_>, button: Button) -> Part {
    Part {
        summary: String::new(),
        text: None,
        hidden: filled
            .hidden
            .clone()
            .and(STEP, <&'static str>::from(step))
            .and(KIND, kind.value()),
        button,
        // What is wrong in it must be seen.
        is_open: filled.recorded.is_of(step, kind),
    }
}

fn done(t: Text, teller: Teller, step: ExternalStep, filled: &Filled<'_>) -> Part {
    let label = match (teller, step) {
        (Teller::Holder, _) => t.loss_my_done(),
        (_, ExternalStep::Telia) => t.loss_telia_done(),
        (_, ExternalStep::Police) => t.loss_police_done(),
    };
    part(step, Kind::Done, filled, Button::submit(label))
}

fn will(t: Text, step: ExternalStep, filled: &Filled<'_>) -> (Part, Field) {
    let button = Button::submit(t.loss_will_save()).secondary();
    let part = Part {
        summary: t.loss_holder_will(),
        text: Some(t.loss_holder_will_means()),
        ..part(step, Kind::WillDo, filled, button)
    };
    let name = field(step, BY);
    let by = Field::date(t, name.as_str(), t.loss_will_by())
        .value(filled.recorded.text(step, BY))
        .error(fault_at(filled.faults, &name));
    (part, by)
}

fn not(t: Text, step: ExternalStep, filled: &Filled<'_>) -> (Part, Choices) {
    let button = Button::submit(t.loss_not_applicable_save()).secondary();
    let part = Part {
        summary: t.loss_not_applicable(),
        ..part(step, Kind::NotApplicable, filled, button)
    };
    // Who has an identity card has one: only Telia's service leaves cards out.
    let rows = NotApplicable::iter()
        .filter(|why| step == ExternalStep::Telia || *why == NotApplicable::Deceased)
        .map(|why| Choice::answer(<&str>::from(why), why_not(t, why)));
    let name = field(step, WHY);
    let why = Choices::new(name.as_str(), t.loss_why_not(), rows.collect())
        .chosen(filled.recorded.text(step, WHY))
        .error(fault_at(filled.faults, &name));
    (part, why)
}

fn why_not(t: Text, why: NotApplicable) -> String {
    match why {
        NotApplicable::ReserveCard => t.loss_why_reserve(),
        NotApplicable::Deceased => t.loss_why_deceased(),
        NotApplicable::NoPersonalEid => t.loss_why_no_eid(),
    }
}

fn by_whom(t: Text, step: ExternalStep, filled: &Filled<'_>) -> Choices {
    let name = field(step, BY_WHOM);
    let answer = |outcome: StepOutcomeName, label: String| {
        Choice::answer(<&'static str>::from(outcome), label)
    };
    let rows = vec![
        answer(StepOutcomeName::DoneByHolder, t.loss_by_holder()),
        answer(StepOutcomeName::DoneByUs, t.loss_by_us()),
    ];
    Choices::new(name.as_str(), t.loss_by_whom(), rows)
        .in_two_columns()
        .chosen(filled.recorded.text(step, BY_WHOM))
        .error(fault_at(filled.faults, &name))
}

/// Most often it is done today.
fn day(
    t: Text,
    teller: Teller,
    step: ExternalStep,
    filled: &Filled<'_>,
    now: DateTime<Utc>,
) -> Field {
    let name = field(step, DAY);
    let label = match teller {
        Teller::Holder => t.loss_my_done_on(),
        Teller::Officer | Teller::Servicedesk => t.loss_done_on(),
    };
    let value = if filled.recorded.is_of(step, Kind::Done) {
        filled.recorded.text(step, DAY).to_owned()
    } else {
        t.day(calendar::business_day(now))
    };
    Field::date(t, name.as_str(), label)
        .value(value)
        .error(fault_at(filled.faults, &name))
}

fn reference(t: Text, teller: Teller, step: ExternalStep, filled: &Filled<'_>) -> Field {
    let name = field(step, REFERENCE);
    let label = match (teller, step) {
        (Teller::Holder, _) => t.loss_my_reference(),
        (_, ExternalStep::Telia) => t.loss_telia_reference(),
        (_, ExternalStep::Police) => t.loss_police_reference(),
    };
    Field::text(t, name.as_str(), label)
        .max_length(60)
        .value(filled.recorded.text(step, REFERENCE))
        .error(fault_at(filled.faults, &name))
        .optional()
}
