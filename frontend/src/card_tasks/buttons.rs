//! The next steps of a task: another code, once more, and where a locked card is opened.

use cards_app::card_tasks::TaskPage;
use cards_domain::card_task::{TaskReport, TaskStage};
use cards_http::HolderSession;

use crate::causes;
use crate::certificates::Reader as _;
use crate::components::Button;
use crate::text::Text;

/// Another code for a task that goes on; the next step where there is none.
pub(super) fn renew(t: Text, needs_code: bool) -> Button {
    let button = Button::submit(t.task_new_code());
    if needs_code {
        button.large()
    } else {
        button.secondary()
    }
}

/// What the button says that does the same once more: after a failure, and after a test that has
/// found something to mend.
pub(super) fn again_as(t: Text, stage: TaskStage, found: Option<&TaskReport>) -> Option<String> {
    let found = found.filter(|_| stage == TaskStage::Done);
    let has_fault = found.is_some_and(|report| report.cause.is_some());
    match (stage == TaskStage::Failed, has_fault) {
        (true, _) => Some(t.task_again()),
        (false, true) => Some(t.task_test_again()),
        (false, false) => None,
    }
}

/// The next step of a task that is to be done again, as wide as what stands below it, where no other
/// one comes first.
pub(super) fn again(label: String, home: &str, is_second: bool) -> Button {
    let button = as_wide(Button::submit(label), home);
    match (is_second, home == HolderSession::HOME) {
        (true, _) => button.secondary(),
        (false, true) => button,
        (false, false) => button.large(),
    }
}

/// The next step of a task that has failed because a code is locked: trying again would fail again.
/// The page tells how this very card is opened.
pub(super) fn unlock(t: Text, page: &TaskPage, stage: TaskStage, home: &str) -> Option<Button> {
    let cause = page.task.cause.as_ref();
    let cause = cause.filter(|_| stage == TaskStage::Failed)?;
    causes::find(cause.as_str()).filter(|cause| cause.is_locked())?;
    let label = if home == HolderSession::HOME {
        t.locked_link()
    } else {
        t.task_to_locked()
    };
    let to = format!("{home}/kort/{}/last", page.task.card);
    Some(as_wide(Button::link(label, to).large(), home))
}

fn as_wide(button: Button, home: &str) -> Button {
    if home == HolderSession::HOME {
        button.full()
    } else {
        button
    }
}
