//! Every clock that has ended, one rule after the other and a page at a time: each becomes an act
//! on its card, receipt or order. The same way whether it is done or only asked about.

use std::collections::BTreeMap;

use cards_domain::access::{Actor, SystemActor};
use cards_domain::card::{Card, CardAction};
use cards_domain::deadline::DeadlineRule;
use cards_domain::ids::OrganisationId;
use cards_domain::order::{Order, OrderAction};
use cards_domain::receipt::{Receipt, ReceiptAction};
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::deadlines::{Among, DueClock, DueFrom, DuePage};
use cards_store::kept::Kept;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{MOST_LEFT, PAGE, RulePart};
use crate::{App, Call, Failure};

/// Whether it is done.
#[derive(Clone, Copy)]
pub(super) enum How<'a> {
    /// In the name of this call.
    Do(&'a Call),
    /// Only asked, as if it were that time.
    Ask(DateTime<Utc>),
}

/// What became of one clock.
enum Fate {
    Goes,
    Refused(Refusal),
    Failed,
}

/// What a sweep has come upon.
#[derive(Default)]
pub(super) struct Tally {
    pub parts: BTreeMap<(OrganisationId, &'static str), RulePart>,
    pub left: Vec<(DueClock, Refusal)>,
}

impl Tally {
    fn note(&mut self, clock: DueClock, fate: Fate) {
        let rule: &'static str = clock.rule.into();
        let part = self.parts.entry((clock.organisation, rule)).or_default();
        match fate {
            Fate::Goes => part.goes += 1,
            Fate::Failed => part.failed += 1,
            Fate::Refused(refusal) => {
                *part.refused.entry(refusal.code().to_owned()).or_default() += 1;
                if self.left.len() < MOST_LEFT {
                    self.left.push((clock, refusal));
                }
            }
        }
    }
}

/// Which clocks.
pub(super) struct Swept<'a> {
    pub rule: DeadlineRule,
    pub until: DateTime<Utc>,
    pub among: &'a Among,
}

impl App {
    /// Sees to every clock of a rule. `after_page` is asked after each page whether to go on.
    pub(super) fn walk_clocks(
        &self,
        link: &mut Link,
        how: How<'_>,
        swept: &Swept<'_>,
        tally: &mut Tally,
        mut after_page: impl FnMut(&mut Link) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut from = DueFrom::default();
        loop {
            let page = DuePage {
                rule: swept.rule,
                until: swept.until,
                among: swept.among,
                from,
                limit: PAGE,
            };
            let clocks = link.due_clocks(&page)?;
            let Some(last) = clocks.last() else {
                return Ok(());
            };
            from = last.here();
            let is_last = i64::try_from(clocks.len()).is_ok_and(|count| count < PAGE);
            let fates = self.see_to(link, how, swept.rule, &clocks)?;
            for (clock, fate) in clocks.into_iter().zip(fates) {
                tally.note(clock, fate);
            }
            after_page(link)?;
            if is_last {
                return Ok(());
            }
        }
    }

    /// What each rule does. A new rule is a new arm.
    fn see_to(
        &self,
        link: &mut Link,
        how: How<'_>,
        rule: DeadlineRule,
        clocks: &[DueClock],
    ) -> Result<Vec<Fate>, Failure> {
        let things = clocks.iter().map(|clock| clock.thing);
        match rule {
            DeadlineRule::Activation => {
                let acts = things.map(|id| (id, CardAction::EndUnactivated));
                self.each::<Card>(link, how, &acts.collect::<Vec<_>>())
            }
            DeadlineRule::CardExpiry => {
                let acts = things.map(|id| (id, CardAction::Expire));
                self.each::<Card>(link, how, &acts.collect::<Vec<_>>())
            }
            DeadlineRule::ReceiptSignature => {
                // A clock without a receipt that waits is answered like a receipt that has ended.
                let receipts = clocks.iter().map(|clock| clock.receipt);
                let acts =
                    receipts.map(|id| (id.map_or(Uuid::nil(), |id| id.0), ReceiptAction::TimeOut));
                self.each::<Receipt>(link, how, &acts.collect::<Vec<_>>())
            }
            DeadlineRule::Undelivered => {
                let acts = things.map(|id| (id, OrderAction::AskArrival));
                self.each::<Order>(link, how, &acts.collect::<Vec<_>>())
            }
            // Somebody at the office does it.
            DeadlineRule::CallerCallback => Ok(Vec::new()),
        }
    }

    fn each<K: Kept>(
        &self,
        link: &mut Link,
        how: How<'_>,
        acts: &[(Uuid, K::Action)],
    ) -> Result<Vec<Fate>, Failure> {
        match how {
            How::Do(call) => self.act_on::<K>(link, call, acts),
            How::Ask(at) => {
                let by = Actor::System(SystemActor::Scheduler);
                let verdicts = self.ledger.would_act_many::<K>(link, (&by, at), acts)?;
                Ok(verdicts.into_iter().map(fate).collect())
            }
        }
    }

    /// Does a page of acts in one transaction. When that fails for one of them it is halved until
    /// the one stands alone, so that it keeps nobody else from what is due.
    fn act_on<K: Kept>(
        &self,
        link: &mut Link,
        call: &Call,
        acts: &[(Uuid, K::Action)],
    ) -> Result<Vec<Fate>, Failure> {
        let failure = match self.ledger.act_many::<K>(link, call, acts) {
            Ok(answers) => return Ok(answers.into_iter().map(fate).collect()),
            Err(failure) => failure,
        };
        match (&failure, acts) {
            (Failure::Unavailable(_) | Failure::Busy, _) => Err(failure),
            (_, [(id, _)]) => {
                tracing::error!(thing = %id, %failure, "nightly run");
                Ok(vec![Fate::Failed])
            }
            _ => {
                let (first, second) = acts.split_at(acts.len() / 2);
                let mut fates = self.act_on::<K>(link, call, first)?;
                fates.extend(self.act_on::<K>(link, call, second)?);
                Ok(fates)
            }
        }
    }
}

/// A thing that is not there any more has nothing left that could end.
fn fate<T>(answer: Option<Result<T, Refusal>>) -> Fate {
    match answer {
        Some(Ok(_)) => Fate::Goes,
        Some(Err(refusal)) => Fate::Refused(refusal),
        None => Fate::Refused(Refusal::ReceiptEnded),
    }
}
