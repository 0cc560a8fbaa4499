//! How things stand when they are asked about: read anew each time, kept nowhere.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use cards_app::measures::Measures;
use cards_app::{App, Lane};
use chrono::{DateTime, Utc};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::PREFIX;

/// A label and its value.
type Label = (&'static str, String);

type Float = Gauge<f64, AtomicU64>;

/// Names and values, in the order in which they are told.
struct Told(Registry);

/// Everything that is read anew; without `measures` the database could not be asked.
pub(super) fn registry(app: &App, measures: Option<&Measures>) -> Registry {
    let mut told = Told(Registry::with_prefix(PREFIX));
    told.number(
        "database_up",
        "Whether the database answered",
        u8::from(measures.is_some()).into(),
    );
    told.lanes(app);
    told.done(app);
    if let Some(measures) = measures {
        told.work(measures);
        told.certificates(measures);
    }
    told.0
}

impl Told {
    fn number(&mut self, name: &str, help: &str, value: f64) {
        let gauge = Float::default();
        gauge.set(value);
        self.0.register(name, help, gauge);
    }

    /// A time; nothing where there is none, which monitoring can ask for by `absent`.
    fn time(&mut self, name: &str, help: &str, at: Option<DateTime<Utc>>) {
        if let Some(at) = at {
            self.number(name, help, seconds(at));
        }
    }

    fn numbers<const N: usize>(
        &mut self,
        name: &str,
        help: &str,
        values: impl IntoIterator<Item = ([Label; N], f64)>,
    ) {
        let family = Family::<[Label; N], Float>::default();
        for (labels, value) in values {
            family.get_or_create(&labels).set(value);
        }
        self.0.register(name, help, family);
    }

    fn counts(
        &mut self,
        name: &str,
        help: &str,
        values: impl IntoIterator<Item = ([Label; 1], u64)>,
    ) {
        let family = Family::<[Label; 1], Counter>::default();
        for (labels, value) in values {
            family.get_or_create(&labels).inc_by(value);
        }
        self.0.register(name, help, family);
    }

    fn seconds_spent(
        &mut self,
        name: &str,
        help: &str,
        values: impl IntoIterator<Item = ([Label; 1], Duration)>,
    ) {
        let family = Family::<[Label; 1], Counter<f64, AtomicU64>>::default();
        for (labels, value) in values {
            family.get_or_create(&labels).inc_by(value.as_secs_f64());
        }
        self.0.register(name, help, family);
    }

    fn lanes(&mut self, app: &App) {
        let lanes = Lane::ALL.map(|lane| (lane, app.db.lane_use(lane)));
        let label = |lane: Lane| [("lane", lane.name().to_owned())];
        self.numbers(
            "lane_held",
            "Pieces of work that wait or are being done",
            lanes.map(|(lane, used)| (label(lane), whole(used.held))),
        );
        self.counts(
            "lane_work",
            "Pieces of work done",
            lanes.map(|(lane, used)| (label(lane), used.done)),
        );
        self.counts(
            "lane_turned_away",
            "Pieces of work turned away because too many waited",
            lanes.map(|(lane, used)| (label(lane), used.turned_away)),
        );
        self.seconds_spent(
            "lane_waited_seconds",
            "How long work has waited for a thread, summed up",
            lanes.map(|(lane, used)| (label(lane), used.waited)),
        );
        self.seconds_spent(
            "lane_worked_seconds",
            "How long work took once it had a thread, summed up",
            lanes.map(|(lane, used)| (label(lane), used.worked)),
        );
        let pools = lanes.iter().flat_map(|(lane, used)| {
            let used_now = used.connections.saturating_sub(used.idle);
            [("idle", used.idle), ("used", used_now)].map(|(state, count)| {
                let lane = ("lane", lane.name().to_owned());
                ([lane, ("state", state.to_owned())], f64::from(count))
            })
        });
        self.numbers(
            "pool_connections",
            "Connections to the database",
            pools.collect::<Vec<_>>(),
        );
    }

    fn done(&mut self, app: &App) {
        let issued = Counter::<u64>::default();
        issued.inc_by(app.counts.certificates());
        self.0.register(
            "certificates_issued",
            "Certificates that this process has issued",
            issued,
        );
        let answers = app.counts.status_answers();
        self.counts(
            "status_answers",
            "What was told about the status of certificates",
            answers.map(|(answer, count)| ([("answer", answer.to_owned())], count)),
        );
    }

    fn work(&mut self, measures: &Measures) {
        let errands = &measures.errands;
        self.number(
            "errands_waiting",
            "Errands to the outside that wait",
            large(errands.waiting),
        );
        self.number(
            "errands_dead",
            "Errands that could not be done",
            large(errands.dead),
        );
        self.number(
            "errand_oldest_age_seconds",
            "How long the oldest errand has waited",
            age(errands.oldest, measures.now),
        );
        self.time(
            "worker_seen_timestamp_seconds",
            "When a worker last gave a sign of life",
            measures.worker_seen,
        );
        self.time(
            "night_finished_timestamp_seconds",
            "When a nightly run last reached its end",
            measures.night_finished,
        );
        self.number(
            "night_missing",
            "Whether a nightly run is missing that should have been done",
            u8::from(measures.night_missing.is_some()).into(),
        );
    }

    fn certificates(&mut self, measures: &Measures) {
        self.number("lists", "Published lists", whole(measures.lists.count));
        self.number(
            "list_oldest_age_seconds",
            "Since when the oldest list has been published",
            age(measures.lists.oldest, measures.now),
        );
        self.time(
            "list_next_update_timestamp_seconds",
            "When the first list goes out of date",
            measures.lists.next_update,
        );
        let Some(check) = &measures.check else {
            return;
        };
        self.time(
            "check_finished_timestamp_seconds",
            "When the examination of certificates last reached its end",
            check.finished_at,
        );
        self.number(
            "check_examined",
            "Certificates in the latest examination",
            large(check.examined),
        );
        self.number(
            "check_repaired",
            "What the latest examination has put right",
            large(check.repaired),
        );
        let mut codes: BTreeMap<&str, u32> = BTreeMap::new();
        for finding in &check.findings {
            *codes.entry(&finding.code).or_default() += 1;
        }
        self.numbers(
            "check_findings",
            "Findings of the latest examination",
            codes
                .into_iter()
                .map(|(code, count)| ([("code", code.to_owned())], f64::from(count))),
        );
    }
}

fn seconds(at: DateTime<Utc>) -> f64 {
    large(at.timestamp())
}

fn age(since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> f64 {
    since.map_or(0.0, |since| large((now - since).num_seconds().max(0)))
}

/// A count as monitoring reads it. Times and counts of here are far below where halves are lost.
fn large(count: i64) -> f64 {
    let (low, high) = (count.rem_euclid(1 << 31), count.div_euclid(1 << 31));
    let part = |part: i64| i32::try_from(part).map_or(f64::MAX, f64::from);
    part(high).mul_add(f64::from(1_u32 << 31), part(low))
}

fn whole(count: usize) -> f64 {
    large(i64::try_from(count).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_times_are_told_as_they_are() {
        assert_eq!(large(0).to_string(), "0");
        assert_eq!(large(1_795_000_000).to_string(), "1795000000");
        assert_eq!(large(5_000_000_001).to_string(), "5000000001");
        assert_eq!(large(-2).to_string(), "-2");
    }
}
