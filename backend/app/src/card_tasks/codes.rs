//! What a card says of its codes, through the card client that has it in a reader.

use cards_domain::access::{Actor, SystemActor};
use cards_domain::card_task::{TaskKind, TaskReport};
use cards_domain::chip_code::{
    ChipCode, ChipCodeAction, ChipCodeRequest, CodeName, CodeSource, CodeStage,
};
use cards_domain::ids::ChipCodeId;
use cards_store::Link;
use cards_store::queries::CardSheet;

use super::Bearer;
use crate::{App, Call, Failure};

impl App {
    /// States what the card says of its codes, where it is news. That one works again is heard from
    /// tests only: what is chosen at a visit is told by the officer who signs for it.
    pub(super) fn hear_of_codes(
        &self,
        link: &mut Link,
        bearer: &Bearer,
        report: &TaskReport,
    ) -> Result<(), Failure> {
        let Bearer { task, call } = bearer;
        let is_test = task.kind == TaskKind::TestCard;
        let works = |name| is_test && report.tries.of(name).is_some_and(|left| left > 0);
        let tells = |name| report.locked.contains(&name) || works(name);
        if ![CodeName::Pin1, CodeName::Pin2, CodeName::Puk]
            .map(tells)
            .contains(&true)
        {
            return Ok(());
        }
        let card = link.card_for_errand(task.card)?;
        let card = card.ok_or(Failure::NotFound)?;
        for code in self.known_codes(link, call, (&card, report))? {
            let source = CodeSource::Card;
            let is_locked = report.locked.contains(&code.name);
            let action = match code.stage {
                CodeStage::NotSet | CodeStage::Ok if is_locked => ChipCodeAction::Lock { source },
                CodeStage::Locked if code.name.is_pin() && works(code.name) => {
                    ChipCodeAction::ShowUnlocked
                }
                CodeStage::NotSet | CodeStage::Ok | CodeStage::Locked | CodeStage::Gone => continue,
            };
            // Somebody may have said so a moment ago.
            unless_refused(self.ledger.act::<ChipCode>(link, call, code.id.0, &action))?;
        }
        Ok(())
    }

    /// The codes that are kept track of; from now on also one for signing that is locked and was
    /// chosen while certificates were fetched that never came, or before such codes were kept.
    fn known_codes(
        &self,
        link: &mut Link,
        call: &Call,
        (card, report): (&CardSheet, &TaskReport),
    ) -> Result<Vec<ChipCode>, Failure> {
        let mut codes = card.parts.codes.clone();
        let is_new = card.parts.code(CodeName::Pin2).is_none();
        if is_new && report.locked.contains(&CodeName::Pin2) {
            let by_ledger = Call {
                actor: Actor::System(SystemActor::Ledger),
                ..call.clone()
            };
            let request = ChipCodeRequest {
                id: ChipCodeId(link.new_id()),
                card: card.card.id,
                person: card.card.person,
                name: CodeName::Pin2,
            };
            let begun = self.ledger.begin::<ChipCode>(link, &by_ledger, &request);
            codes.extend(unless_refused(begun)?);
        }
        Ok(codes)
    }
}

/// What was done, if the rules did not say no: that stands in the log, and the rest of what the card
/// tells counts all the same.
fn unless_refused<T>(done: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(Failure::Refused(_)) => Ok(None),
        Err(failure) => Err(failure),
    }
}

#[cfg(test)]
mod tests {
    use cards_domain::refusal::Refusal;

    use super::*;

    #[test]
    fn a_no_to_one_code_is_passed_over_and_a_failure_is_not() {
        assert!(matches!(unless_refused(Ok(1)), Ok(Some(1))));
        let refused = unless_refused::<()>(Err(Refusal::CodeLocked.into()));
        assert!(matches!(refused, Ok(None)));
        let gone = unless_refused::<()>(Err(Failure::NotFound));
        assert!(matches!(gone, Err(Failure::NotFound)));
    }
}
