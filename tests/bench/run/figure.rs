//! What a run tells, and what several runs tell together.

use std::time::Duration;

/// How fast, and how long an answer takes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figure {
    /// Answers a second.
    pub per_second: f64,
    /// The time in which half of the answers came, in milliseconds.
    pub p50: f64,
    /// The time in which 99 of 100 came, in milliseconds.
    pub p99: f64,
}

impl Figure {
    /// Of every single time, in a run of this length.
    pub fn of(mut times: Vec<Duration>, took: Duration) -> Self {
        times.sort_unstable();
        let at = |hundredths: usize| {
            let place = (times.len() * hundredths / 100).min(times.len().saturating_sub(1));
            times
                .get(place)
                .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
        };
        let count = u32::try_from(times.len()).unwrap();
        Self {
            per_second: f64::from(count) / took.as_secs_f64(),
            p50: at(50),
            p99: at(99),
        }
    }

    /// The median of each of the three.
    pub fn median(runs: &[Self]) -> Self {
        Self {
            per_second: middle(runs.iter().map(|run| run.per_second).collect()),
            p50: middle(runs.iter().map(|run| run.p50).collect()),
            p99: middle(runs.iter().map(|run| run.p99).collect()),
        }
    }
}

/// The median.
pub fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
