//! The worker: a thread that does errands, and the run of each night, until it is told to stop. In
//! the demonstration it also gives the simulated manufacturer its turns.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use cards_app::nightly::NightWatch;
use cards_app::work::PAUSE;
use cards_app::{Failure, Lane};
use chrono::{DateTime, TimeDelta, Utc};

use crate::System;

/// A running worker.
pub struct Worker {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts working.
    #[must_use]
    pub fn start(system: Arc<System>) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || work(&system, &stopped));
        Self {
            stop,
            thread: Some(thread),
        }
    }

    /// Lets the round under way finish and stops.
    pub fn stop(mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}

fn work(system: &System, stopped: &AtomicBool) {
    let name = runner();
    let mut watch = NightWatch::default();
    let mut hourly = Every::new(TimeDelta::hours(1));
    let mut upkeep = Every::new(TimeDelta::seconds(10));
    while !stopped.load(Ordering::Acquire) {
        if let Some(demo) = &system.demo
            && let Err(error) = demo.factory.tick()
        {
            tracing::warn!(%error, "the simulated manufacturer");
        }
        if hourly.is_due(system.app.db.now())
            && let Err(failure) = system.app.sweep()
        {
            tracing::error!(%failure, "sweep");
        }
        if upkeep.is_due(system.app.db.now())
            && let Err(failure) = certificates(system, &name)
        {
            tracing::error!(%failure, "the upkeep of certificates");
        }
        match round(system, &mut watch, &name) {
            Ok(0) => std::thread::park_timeout(PAUSE),
            Ok(_) => {}
            Err(failure) => {
                tracing::error!(%failure, "work");
                std::thread::park_timeout(PAUSE * 10);
            }
        }
    }
}

/// Tells at each interval that it is time, and at once to begin with.
struct Every {
    interval: TimeDelta,
    last: Option<DateTime<Utc>>,
}

impl Every {
    fn new(interval: TimeDelta) -> Self {
        Self {
            interval,
            last: None,
        }
    }

    fn is_due(&mut self, now: DateTime<Utc>) -> bool {
        let is_due = self.last.is_none_or(|last| now - last >= self.interval);
        if is_due {
            self.last = Some(now);
        }
        is_due
    }
}

/// The lists that are about to go out of date, and once a night everything that was issued.
fn certificates(system: &System, name: &str) -> Result<(), Failure> {
    let mut link = system.app.db.link(Lane::Long)?;
    system.app.keep_authorities(&mut link)?;
    system.app.keep_lists(&mut link)?;
    system.app.examine_certificates(&mut link, name)?;
    Ok(())
}

/// Errands first: nobody's mail waits for the night.
fn round(system: &System, watch: &mut NightWatch, name: &str) -> Result<u64, Failure> {
    let done = u64::try_from(system.app.work_once(name)?).unwrap_or(u64::MAX);
    let mut link = system.app.db.link(Lane::Long)?;
    let seen_to = system.app.night_round(&mut link, watch, name)?;
    Ok(done.saturating_add(seen_to))
}

/// The name of this process among all that work.
pub(crate) fn runner() -> String {
    format!("{}:{}", host(), std::process::id())
}

fn host() -> String {
    std::fs::read_to_string("/etc/hostname")
        .map(|name| name.trim().to_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hourly_is_due_at_once_and_then_once_an_hour() {
        let mut hourly = Every::new(TimeDelta::hours(1));
        let start = DateTime::UNIX_EPOCH;
        let due: Vec<bool> = [0, 1, 59, 60, 61, 119, 120]
            .map(|minute| hourly.is_due(start + TimeDelta::minutes(minute)))
            .to_vec();
        assert_eq!(due, [true, false, false, true, false, false, true]);
    }
}
