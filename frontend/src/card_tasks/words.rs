//! What a task is called, and what it says at each point.

use cards_app::card_tasks::TaskPage;
use cards_app::queries::CardSheet;
use cards_domain::card_task::{TaskKind, TaskSide, TaskStepName};

use crate::text::Text;

/// What is to happen, as a heading and on buttons.
pub(crate) fn title(t: Text, kind: TaskKind) -> String {
    match kind {
        TaskKind::Register => t.task_register(),
        TaskKind::FetchSigning => t.task_fetch(),
        TaskKind::ChooseCode => t.task_choose(),
        TaskKind::UnlockVisit => t.task_unlock(),
        TaskKind::SignReceipt => t.task_sign(),
        TaskKind::DeleteCertificate => t.task_delete(),
        TaskKind::TestCard => t.task_test(),
    }
}

/// What one does in the card program with this card.
pub(super) fn lead(t: Text, kind: TaskKind, card: &CardSheet) -> String {
    match kind {
        TaskKind::Register => t.task_register_lead(),
        TaskKind::FetchSigning => t.task_fetch_lead(),
        TaskKind::ChooseCode => t.task_choose_lead(),
        TaskKind::UnlockVisit => unlock_lead(t, card),
        TaskKind::SignReceipt => t.task_sign_lead(),
        TaskKind::DeleteCertificate => t.task_delete_lead(),
        TaskKind::TestCard => t.task_test_lead(),
    }
}

/// Who does what the reader only follows.
pub(super) fn whose(t: Text, page: &TaskPage, for_holder: bool) -> String {
    match (page.task.owner.side, &page.reach.officer) {
        (TaskSide::Holder, _) => t.task_of_holder(),
        (TaskSide::Officer, _) if for_holder => t.task_of_office(),
        (TaskSide::Officer, Some(name)) => t.task_of_colleague(name),
        (TaskSide::Officer, None) => t.task_of_another_officer(),
    }
}

/// Which codes are chosen anew; what the office does not know to be locked the card itself tells.
fn unlock_lead(t: Text, card: &CardSheet) -> String {
    match (card.parts.is_locked(), card.parts.is_signing_locked()) {
        (true, true) => t.task_unlock_lead_both(),
        (true, false) => t.task_unlock_lead_pin1(),
        (false, true) => t.task_unlock_lead_pin2(),
        (false, false) => t.task_unlock_lead(),
    }
}

/// What has come of it: the heading and what it means.
fn result(t: Text, kind: TaskKind) -> (String, String) {
    match kind {
        TaskKind::Register => (t.task_ready(), t.task_register_done()),
        TaskKind::FetchSigning => (t.task_ready(), t.task_fetch_done()),
        TaskKind::ChooseCode => (t.task_choose_ready(), t.task_choose_done()),
        TaskKind::UnlockVisit => (t.task_choose_ready(), t.task_unlock_done()),
        TaskKind::SignReceipt => (t.task_sign_ready(), t.task_sign_done()),
        TaskKind::DeleteCertificate => (t.task_delete_ready(), t.task_delete_done()),
        TaskKind::TestCard => (t.task_test_ready(), t.task_test_done()),
    }
}

/// What has come of this one: a card that a visit was to open is open, or locked still.
pub(super) fn result_of(t: Text, page: &TaskPage) -> (String, String) {
    match page.task.kind {
        TaskKind::UnlockVisit if is_opened(page) => (t.ul_done_title(), t.ul_done_means()),
        kind => result(t, kind),
    }
}

/// Whether none of the holder's codes is locked.
pub(super) fn is_opened(page: &TaskPage) -> bool {
    let parts = &page.card.parts;
    !parts.is_locked() && !parts.is_signing_locked()
}

/// The last stop on the way, in the words of the source text where it has some.
pub(super) fn goal(t: Text, page: &TaskPage) -> String {
    if page.task.check.is_some() {
        t.ul_done_title()
    } else {
        result_of(t, page).0
    }
}

/// A step in the card program.
pub(super) fn step(t: Text, kind: TaskKind, step: TaskStepName) -> String {
    match step {
        TaskStepName::WaitingForCard => t.task_step_waiting(),
        TaskStepName::CardFound => t.task_step_card(),
        TaskStepName::CodeAsked if kind == TaskKind::SignReceipt => t.task_step_sign(),
        TaskStepName::CodeAsked => t.task_step_code(),
        TaskStepName::CodeChosen => t.task_step_chosen(),
        TaskStepName::KeyMade => t.task_step_key(),
        TaskStepName::RequestSent => t.task_step_request(),
        TaskStepName::CertificateWritten => t.task_step_written(),
        TaskStepName::OldRemoved => t.task_step_removed(),
    }
}
