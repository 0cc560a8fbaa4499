//! How far the card program has come, as stops on a way.

use cards_app::card_tasks::TaskPage;
use cards_domain::card_task::{TaskKind, TaskStage, TaskStepName};

use chrono::{DateTime, Utc};

use super::{report, words};
use crate::components::{Stage, Stop, Tracking};
use crate::text::Text;

/// The steps that a task of the kind has, in their order.
fn of_kind(kind: TaskKind) -> &'static [TaskStepName] {
    use TaskStepName as S;
    match kind {
        TaskKind::Register | TaskKind::SignReceipt => &[S::CardFound, S::CodeAsked],
        TaskKind::FetchSigning => &[
            S::CardFound,
            S::CodeAsked,
            S::KeyMade,
            S::RequestSent,
            S::CertificateWritten,
        ],
        TaskKind::ChooseCode | TaskKind::UnlockVisit => &[S::CardFound, S::CodeChosen],
        TaskKind::DeleteCertificate => &[S::CardFound, S::CodeAsked, S::OldRemoved],
        TaskKind::TestCard => &[S::CardFound],
    }
}

/// Whether the card is out of the reader: nothing has been told after that.
pub(super) fn waits_for_card(page: &TaskPage) -> bool {
    let last = page.steps.iter().max_by_key(|step| step.at);
    page.task.stage == TaskStage::Begun
        && last.is_some_and(|last| last.step == TaskStepName::WaitingForCard)
}

/// When a step was taken. That a code is asked for says nothing of what is typed: the step is taken
/// once the card has signed with it.
fn when(page: &TaskPage, step: TaskStepName) -> Option<DateTime<Utc>> {
    if step == TaskStepName::CodeAsked {
        return page.task.proved_at;
    }
    let told = page.steps.iter().find(|one| one.step == step);
    told.map(|one| one.at)
}

/// The way with its stops: fetched, the steps of the kind, the goal. A step that a finished task has
/// not told was not needed.
pub(super) fn way(t: Text, page: &TaskPage) -> Tracking {
    let task = &page.task;
    let is_done = task.stage == TaskStage::Done;
    let told = |step: TaskStepName| when(page, step);
    let fetched = task.client.is_some() || is_done;
    // Before that there is something to do, and nothing of what comes after it has begun.
    let first = if fetched {
        t.task_step_fetched()
    } else {
        t.task_open()
    };
    let mut reached = vec![(first, String::new(), fetched)];
    for step in of_kind(task.kind) {
        let at = told(*step).map(|at| t.clock_for_holders(at));
        if at.is_some() || !is_done {
            let is_reached = at.is_some();
            let name = words::step(t, task.kind, *step);
            reached.push((name, at.unwrap_or_default(), is_reached));
        }
    }
    let is_reached = is_done && !report::came_to_no_card(page);
    let ended = is_reached.then(|| t.clock_for_holders(task.since));
    let goal = words::goal(t, page);
    reached.push((goal, ended.unwrap_or_default(), is_reached));
    let here = reached.iter().position(|(_, _, is_reached)| !is_reached);
    let here = here.filter(|_| task.stage.is_live());
    let stops = reached.into_iter().enumerate();
    let stops = stops.map(|(at, (name, note, is_reached))| {
        let stage = match (is_reached, here == Some(at)) {
            (true, _) => Stage::Done,
            (false, true) => Stage::Here,
            (false, false) => Stage::Coming,
        };
        Stop::new(name, note, stage)
    });
    Tracking::new(stops.collect())
}
