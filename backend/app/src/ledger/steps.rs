//! A step of the gate, done to a set of things at once: the rules are asked about each, and what
//! they say is saved, written down and followed.

use cards_domain::access::{Actor, SystemActor, permit};
use cards_domain::consequences::{Consequences, FollowUp};
use cards_domain::ids::PersonId;
use cards_domain::refusal::Refusal;
use cards_store::Tx;
use cards_store::kept::{Kept, KeptBegin};
use uuid::Uuid;

use super::lines::{self, Change};
use super::{Answers, Ledger};
use crate::{Call, Failure};

impl Ledger {
    /// The heart of the gate: facts → permission → decide → evolve → save → line, errands, clocks →
    /// what must follow.
    pub(super) fn step_many<K: Kept>(
        &self,
        tx: &mut Tx<'_>,
        step: &Step<'_>,
        items: &[(Uuid, K::Action)],
    ) -> Result<Answers<K>, Failure> {
        let ids: Vec<Uuid> = items.iter().map(|(id, _)| *id).collect();
        tx.asked_at(step.by.office());
        let things = K::load(tx, &ids)?;
        let facts = K::facts(tx, &step.by, &things, &self.lengths)?;
        let mut answers = Vec::with_capacity(items.len());
        let mut saved = Vec::new();
        let mut following = Vec::new();
        for (place, (id, action)) in items.iter().enumerate() {
            let known = things
                .iter()
                .zip(&facts)
                .find(|(thing, _)| thing.id() == *id);
            let Some((thing, facts)) = known else {
                answers.push(None);
                continue;
            };
            let name: &'static str = K::action_name(action).into();
            let verdict = step
                .permits(thing, action, facts)
                .and_then(|()| thing.decide(&step.by, action, facts, tx.now));
            answers.push(Some(
                verdict
                    .map(|event| {
                        let after = thing.clone().evolve(&event, tx.now);
                        let consequences = after.consequences(&event, facts, tx.now);
                        let line = lines::of_change(
                            tx,
                            step,
                            &Change {
                                caused_by: step.cause(place),
                                action: name,
                                before: Some(thing),
                                after: &after,
                                facts,
                                event: &event,
                            },
                        );
                        following.extend(note(tx, line, after.person(), consequences));
                        saved.push(after.clone());
                        after
                    })
                    .inspect_err(|refusal| {
                        let line = lines::of_refusal(tx, step, name, (thing, facts), refusal);
                        tx.line(line);
                    }),
            ));
        }
        if !saved.is_empty() {
            K::save(tx, &saved)?;
        }
        self.follow(tx, step, following)?;
        Ok(answers)
    }

    /// As [`Ledger::step_many`], for what does not exist yet.
    pub(super) fn begin_many<K: KeptBegin>(
        &self,
        tx: &mut Tx<'_>,
        step: &Step<'_>,
        requests: &[K::Request],
    ) -> Result<Answers<K>, Failure> {
        let facts = K::facts_to_begin(tx, &step.by, requests, &self.lengths)?;
        let mut answers = Vec::with_capacity(requests.len());
        let mut begun = Vec::new();
        let mut following = Vec::new();
        for (place, (request, facts)) in requests.iter().zip(&facts).enumerate() {
            let Some(facts) = facts else {
                answers.push(None);
                continue;
            };
            let verdict = step
                .permits_begin::<K>(facts)
                .and_then(|()| K::begin(&step.by, request, facts, tx.now));
            answers.push(Some(match verdict {
                Ok((thing, event)) => {
                    let consequences = thing.consequences(&event, facts, tx.now);
                    let line = lines::of_change(
                        tx,
                        step,
                        &Change {
                            caused_by: step.cause(place),
                            action: "begin",
                            before: None,
                            after: &thing,
                            facts,
                            event: &event,
                        },
                    );
                    following.extend(note(tx, line, thing.person(), consequences));
                    begun.push(thing.clone());
                    Ok(thing)
                }
                Err(refusal) => {
                    let line = lines::of_refused_beginning::<K>(tx, step, facts, &refusal);
                    tx.line(line);
                    Err(refusal)
                }
            }));
        }
        if !begun.is_empty() {
            K::insert(tx, &begun)?;
        }
        self.follow(tx, step, following)?;
        Ok(answers)
    }
}

/// Buffers what an event brings with it; gives what must follow at once.
fn note(
    tx: &mut Tx<'_>,
    line: cards_store::journal::Line,
    person: PersonId,
    consequences: Consequences,
) -> Vec<(FollowUp, Uuid)> {
    let line_id = line.line_id;
    tx.line(line);
    for errand in consequences.errands {
        tx.errand(cards_store::outbox::NewErrand { errand, line_id });
    }
    for change in consequences.deadlines {
        tx.clock(cards_store::ClockChange {
            change,
            person,
            line_id,
        });
    }
    consequences
        .follow_ups
        .into_iter()
        .map(|follow_up| (follow_up, line_id))
        .collect()
}

/// Who does a step, for whose call, and because of which lines.
#[derive(Clone)]
pub(crate) struct Step<'a> {
    pub(super) call: &'a Call,
    pub(super) by: Actor,
    /// For what follows: the line behind each of the items. Empty otherwise.
    causes: Vec<Uuid>,
}

impl<'a> Step<'a> {
    pub(super) fn of(call: &'a Call) -> Self {
        Self {
            call,
            by: call.actor.clone(),
            causes: Vec::new(),
        }
    }

    /// The ledger, finishing what this step began.
    pub(super) fn followed(&self, causes: Vec<Uuid>) -> Self {
        Self {
            call: self.call,
            by: Actor::System(SystemActor::Ledger),
            causes,
        }
    }

    /// The line behind the item at `place`.
    pub(super) fn cause(&self, place: usize) -> Option<Uuid> {
        self.causes.get(place).copied()
    }

    /// What follows is permitted by being in the list of what may follow.
    pub(super) fn is_follow_up(&self) -> bool {
        !self.causes.is_empty()
    }

    pub(super) fn permits<K: Kept>(
        &self,
        thing: &K,
        action: &K::Action,
        facts: &K::Facts,
    ) -> Result<(), Refusal> {
        if self.is_follow_up() {
            Ok(())
        } else {
            thing.permitted(&self.by, action, facts)
        }
    }

    pub(super) fn permits_begin<K: KeptBegin>(&self, facts: &K::Facts) -> Result<(), Refusal> {
        if self.is_follow_up() {
            Ok(())
        } else {
            permit(&self.by, K::FUNCTION, K::subject(facts))
        }
    }
}
