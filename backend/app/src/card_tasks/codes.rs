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
                    ChipCodeAction::UnlockWithPuk { source }
                }
                CodeStage::NotSet | CodeStage::Ok | CodeStage::Locked | CodeStage::Gone => continue,
            };
            match self.ledger.act::<ChipCode>(link, call, code.id.0, &action) {
                // Somebody may have said so a moment ago.
                Ok(_) | Err(Failure::Refused(_)) => {}
                Err(failure) => return Err(failure),
            }
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
            codes.push(self.ledger.begin::<ChipCode>(link, &by_ledger, &request)?);
        }
        Ok(codes)
    }
}
