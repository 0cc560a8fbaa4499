//! What a run would do in each organisation, and whether it may.

use cards_domain::deadline::DeadlineRule;
use cards_domain::ids::OrganisationId;
use cards_domain::safety_stop::{self, Due, Standing, Verdict};
use cards_store::Link;
use cards_store::deadlines::{Among, DueCount};
use chrono::{DateTime, NaiveDate, Utc};

use super::{SafetyStop, rules, unsigned};
use crate::{App, Failure};

/// What a night holds, before anything is done.
pub(super) struct Plan {
    pub day: NaiveDate,
    pub until: DateTime<Utc>,
    pub parts: Vec<PlanPart>,
    /// Revocations that nothing else holds back and nobody has released.
    pub counted_in_all: u64,
    pub in_all: Verdict,
    /// Stops that stand and releases that are not used.
    pub stops: Vec<SafetyStop>,
}

/// What it holds for one organisation.
pub(super) struct PlanPart {
    pub organisation: OrganisationId,
    pub issuer: OrganisationId,
    pub name: String,
    pub live: u64,
    pub counts: Vec<(DeadlineRule, u64)>,
    pub verdict: Verdict,
}

impl PlanPart {
    pub(super) fn revocations(&self) -> u64 {
        let counted = self
            .counts
            .iter()
            .filter(|(rule, _)| safety_stop::counts(*rule));
        counted.map(|(_, count)| count).sum()
    }
}

impl Plan {
    /// Whether an organisation's revocations are done.
    pub(super) fn revokes(&self, part: &PlanPart) -> bool {
        match part.verdict {
            Verdict::Released(_) => true,
            Verdict::Goes => self.in_all.goes(),
            Verdict::Held(_) | Verdict::Stops { .. } => false,
        }
    }

    /// Where a rule is executed.
    pub(super) fn among(&self, rule: DeadlineRule) -> Among {
        let which = |wanted: bool| {
            let parts = self
                .parts
                .iter()
                .filter(|part| self.revokes(part) == wanted);
            parts.map(|part| part.organisation).collect()
        };
        if !safety_stop::counts(rule) {
            Among::AllBut(Vec::new())
        } else if self.in_all.goes() {
            Among::AllBut(which(false))
        } else {
            Among::Only(which(true))
        }
    }
}

impl App {
    /// Counts what has ended by `until` and judges it. Four statements, however much it is.
    pub(super) fn plan_night(
        &self,
        link: &mut Link,
        (day, until): (NaiveDate, DateTime<Utc>),
    ) -> Result<Plan, Failure> {
        let stops = link.standing_stops()?;
        let standing: Vec<Standing> = stops.iter().map(SafetyStop::standing).collect();
        let counts = link.due_counts(until)?;
        let mut organisations: Vec<_> = counts.iter().map(|one| one.organisation).collect();
        organisations.dedup();
        let live = link.live_cards(&organisations)?;
        let named = link.issuers_of(&organisations)?.into_iter();
        let parts: Vec<PlanPart> = named
            .map(|(organisation, issuer, name)| {
                let own = live.iter().find(|(id, _)| *id == organisation);
                let mut part = PlanPart {
                    organisation,
                    issuer,
                    name,
                    live: own.map_or(0, |(_, cards)| unsigned(*cards)),
                    counts: counts_of(&counts, organisation),
                    verdict: Verdict::Goes,
                };
                let due = Due {
                    organisation,
                    revocations: part.revocations(),
                    live: part.live,
                };
                part.verdict = safety_stop::judge(day, &due, &standing);
                part
            })
            .collect();
        let unseen = parts.iter().filter(|part| part.verdict == Verdict::Goes);
        let counted_in_all = unseen.map(PlanPart::revocations).sum();
        let most = self.night.most_in_all;
        Ok(Plan {
            day,
            until,
            parts,
            counted_in_all,
            in_all: safety_stop::judge_all(day, counted_in_all, most, &standing),
            stops,
        })
    }
}

fn counts_of(all: &[DueCount], organisation: OrganisationId) -> Vec<(DeadlineRule, u64)> {
    let own = all.iter().filter(|one| one.organisation == organisation);
    let counts = own.map(|one| (one.rule, unsigned(one.count)));
    counts
        .filter(|(rule, _)| rules().any(|one| one == *rule))
        .collect()
}
