//! What a loss leaves to the holder: a report that they must answer, and what only they can do
//! outside.

use cards_app::queries::CardSheet;
use cards_domain::revocation::{CaseStep, Revocation, RevocationStage, StepOutcome};

use super::HOME;
use crate::components::{Button, TodoCard, Tone};
use crate::loss::case_address;
use crate::mina_sidor::situation;
use crate::text::Text;

/// Somebody who is not known has reported the card: the holder says whether it is true.
pub(in crate::mina_sidor) fn reported(t: Text, sheet: &CardSheet) -> Option<(TodoCard, Button)> {
    let case = situation::report(sheet)?;
    let card = TodoCard::new(
        Tone::Danger,
        t.ms_reported_on(t.day_of(case.reported_at)),
        t.loss_my_reported_title(),
        t.loss_my_reported_means(),
    );
    let to = case_address(HOME, case.id);
    Some((card, Button::link(t.ms_reported_button(), to)))
}

/// The card is revoked here, and something must still be done outside.
pub(in crate::mina_sidor) fn left(t: Text, sheet: &CardSheet) -> Option<(TodoCard, Button)> {
    let mut cases = sheet.parts.cases.iter();
    let case = cases.find(|case| case.stage == RevocationStage::ExternalStepsPending)?;
    let count = i64::try_from(unsettled(case).count()).unwrap_or(i64::MAX);
    let by = promised(case).map_or_else(|| t.ms_loss_by(), |day| t.ms_loss_last(t.day(day)));
    let card = TodoCard::new(
        Tone::Warning,
        by,
        t.loss_my_left_title(count),
        t.loss_my_left_means(),
    );
    let to = case_address(HOME, case.id);
    Some((card, Button::link(t.loss_my_to_case(), to)))
}

fn unsettled(case: &Revocation) -> impl Iterator<Item = &CaseStep> {
    case.steps
        .iter()
        .filter(|step| !step.outcome.as_ref().is_some_and(StepOutcome::settles))
}

/// The first day by which the holder has said that it will be done.
fn promised(case: &Revocation) -> Option<chrono::NaiveDate> {
    let days = unsettled(case).filter_map(|step| match step.outcome {
        Some(StepOutcome::HolderWillDo { by }) => Some(by),
        _ => None,
    });
    days.min()
}
