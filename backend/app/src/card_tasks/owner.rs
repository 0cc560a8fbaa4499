//! In whose name a card client acts: the owner of its task, with what the owner may do now.

use cards_domain::access::{Actor, Holder, Officer};
use cards_domain::card_task::{CardTask, CardTaskFacts, TaskOwner, TaskSide};
use cards_domain::ids::CardId;
use cards_store::Link;
use cards_store::journal::Channel;

use crate::{Call, Failure, Ledger};

/// The owner as the rules see them: an officer with the appointments that are live now.
fn actor(link: &mut Link, owner: TaskOwner) -> Result<Actor, Failure> {
    let TaskOwner { person, side, loa } = owner;
    Ok(match side {
        TaskSide::Holder => Actor::Holder(Holder { person, loa }),
        TaskSide::Officer => Actor::Officer(Officer {
            person,
            loa,
            appointments: link.live_appointments(person)?,
        }),
    })
}

/// The circumstances of what the card client of a task does.
pub(super) fn call(link: &mut Link, task: &CardTask, correlation: &str) -> Result<Call, Failure> {
    Ok(Call {
        actor: actor(link, task.owner)?,
        channel: Channel::CardClient,
        correlation: correlation.to_owned(),
        request: None,
    })
}

impl Ledger {
    /// What the rules of tasks are told about a card; `None` for one that is not there.
    ///
    /// # Errors
    /// The store fails.
    pub(super) fn task_facts(
        &self,
        link: &mut Link,
        by: &Actor,
        card: CardId,
    ) -> Result<Option<CardTaskFacts>, Failure> {
        link.read(|tx| {
            cards_store::card_tasks::facts(tx, by, card, self.lengths()).map_err(Failure::from)
        })
    }
}
