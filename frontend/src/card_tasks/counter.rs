//! What a task is at the counter: a step of the activation, and what goes on from it. The officer has
//! signed the check before.

use cards_app::card_tasks::TaskPage;
use cards_domain::card_task::{TaskKind, TaskStage};

use super::page::{Act, Around};
use super::words;
use crate::components::{Button, Icon, Message, StepBar};
use crate::id_admin::activate;
use crate::text::Text;

/// The step of the activation at which the holder chooses the code.
const CODE: u8 = 3;

/// The steps of the activation, with the one that the task is, and that the holder stays until the
/// receipt is signed.
pub(super) fn steps(t: Text, kind: TaskKind) -> Option<(StepBar, Message)> {
    let stays = || Message::warning(t.do_not_let_go(), t.do_not_let_go_means());
    (kind == TaskKind::ChooseCode).then(|| {
        let stays = stays().with_icon(Icon::Pen);
        (activate::steps(t, CODE), stays)
    })
}

/// The act that goes on where the card has shown its code.
pub(super) fn go_on(t: Text, page: &TaskPage, stage: TaskStage, around: &Around) -> Option<Act> {
    let is_own_and_done = stage == TaskStage::Done && page.reach.is_own;
    let check = around.check.filter(|_| is_own_and_done)?;
    let hidden = around.forms.1.clone();
    (page.task.kind == TaskKind::ChooseCode).then(|| Act {
        action: format!("/id-admin/kort/{}/aktivera/kod", page.task.card),
        hidden: hidden.and("signature", check.to_string()),
        button: Button::submit(t.task_to_receipt()).large(),
    })
}

/// The card has been opened with what the officer signed before. Where nothing was signed, or the
/// visit was refused meanwhile, the check is what is left.
pub(super) fn after_the_visit(
    t: Text,
    page: &TaskPage,
    stage: TaskStage,
    card: &str,
) -> Vec<Button> {
    let is_done = stage == TaskStage::Done && page.task.kind == TaskKind::UnlockVisit;
    let next = is_done.then(|| {
        if words::is_opened(page) {
            let person = format!("/id-admin/person/{}", page.task.person);
            Button::link(t.back_to_the_person(), person).large()
        } else {
            Button::link(t.task_to_check(), format!("{card}/las-upp")).large()
        }
    });
    next.into_iter().collect()
}
