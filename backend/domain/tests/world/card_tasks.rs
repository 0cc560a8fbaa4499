//! Card tasks of the world: any card that is with its holder may have one that waits, and none
//! outlives its card.

use std::collections::BTreeMap;

use cards_domain::access::Actor;
use cards_domain::card::Card;
use cards_domain::card_task::{CardTask, CardTaskFacts, CardTaskRequest, TaskCodes, TaskKind};
use cards_domain::chip_code::{ChipCode, ChipCodeFacts, CodeName, CodeStage};
use cards_domain::ids::{CardId, CardTaskId};
use uuid::Uuid;

use super::invariants::is_over;
use super::{Kept, KeptBegin, World, given};

impl Kept for CardTask {
    fn kept(world: &mut World) -> &mut BTreeMap<Uuid, Self> {
        &mut world.tasks
    }
    fn facts(&self, world: &mut World, by: &Actor) -> CardTaskFacts {
        world.task_facts(self.card, by)
    }
}

impl KeptBegin for CardTask {
    fn facts_to_begin(world: &mut World, by: &Actor, request: &CardTaskRequest) -> CardTaskFacts {
        world.task_facts(request.card, by)
    }
}

impl World {
    fn task_facts(&mut self, card: CardId, by: &Actor) -> CardTaskFacts {
        let card = self.cards[&card.0].clone();
        let about_card = card.facts(self, by);
        let of = |name: CodeName| {
            let mut codes = self.codes.values();
            let code = codes.find(|code| code.card == card.id && code.name == name);
            code.cloned()
        };
        let (pin1, pin2) = (of(CodeName::Pin1), of(CodeName::Pin2));
        let is_locked = |code: &ChipCode| code.stage == CodeStage::Locked;
        let to_open = match &pin2 {
            Some(code) if is_locked(code) && !pin1.as_ref().is_some_and(is_locked) => pin2.clone(),
            _ => pin1,
        };
        let code = to_open.map(|code| {
            let facts: ChipCodeFacts = code.facts(self, by);
            (code, facts)
        });
        let own = self.certificates.values();
        let living = own.filter(|one| one.card == card.id && !one.stage.is_over());
        CardTaskFacts {
            certificates: living.cloned().collect(),
            card,
            about_card,
            code,
            signing_code: pin2.map(|code| (code.id, code.stage)),
            registered: false,
        }
    }

    pub(super) fn living_tasks(&self, card: CardId) -> Vec<CardTaskId> {
        let tasks = self.tasks.values();
        let living = tasks.filter(|task| task.card == card && task.stage.is_live());
        living.map(|task| task.id).collect()
    }

    /// Has the last card tried in a reader, by its holder, as soon as it can be.
    pub(super) fn try_card(&mut self) {
        let Some(card) = self.cards.values().next_back().map(|card| card.id) else {
            return;
        };
        if !self.living_tasks(card).is_empty() {
            return;
        }
        let request = CardTaskRequest {
            id: CardTaskId(self.fresh()),
            card,
            person: given::HOLDER,
            kind: TaskKind::TestCard,
            language: "sv".to_owned(),
            pair: None,
            text: None,
            check: None,
            challenge: [0; 32],
            codes: TaskCodes {
                code: [1; 32],
                token: [2; 32],
                until: self.now,
            },
        };
        // A card that has come to its end is not tried.
        let _ = self.begin::<CardTask>(&given::holder(), &request);
    }

    /// A task does not outlive its card.
    pub(super) fn check_tasks(&self, card: &Card) {
        if is_over(card) {
            assert_eq!(self.living_tasks(card.id), [], "a task outlived its card");
        }
    }
}
