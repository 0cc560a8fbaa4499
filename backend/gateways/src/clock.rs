//! The clocks: the system's, and one that a demonstration moves forward to see what time does.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use cards_app::ports::Clock;
use chrono::{DateTime, Duration, Utc};

use crate::Demonstration;

/// The system's clock, in whole microseconds since the database keeps no finer ones.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        let micros = i64::try_from(since_1970().as_micros()).unwrap_or(i64::MAX);
        DateTime::from_timestamp_micros(micros).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

/// The time since the beginning of 1970; nothing on a system that believes to be before that.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the system for the time"
)]
pub(crate) fn since_1970() -> std::time::Duration {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
}

/// Another clock's time plus an offset that can be changed while it runs. Clones share the offset.
#[derive(Clone)]
pub struct AdjustableClock {
    base: Arc<dyn Clock>,
    offset_micros: Arc<AtomicI64>,
}

impl AdjustableClock {
    /// Real time, moved by nothing yet.
    #[must_use]
    pub fn new(demonstration: Demonstration) -> Self {
        Self::over(demonstration, Arc::new(SystemClock))
    }

    /// The time of `base`, moved by nothing yet.
    #[must_use]
    pub fn over(_: Demonstration, base: Arc<dyn Clock>) -> Self {
        Self {
            base,
            offset_micros: Arc::default(),
        }
    }

    /// How far the clock is moved; negative is back.
    #[must_use]
    pub fn offset(&self) -> Duration {
        Duration::microseconds(self.offset_micros.load(Ordering::SeqCst))
    }

    /// Sets how far the clock is moved.
    pub fn set_offset(&self, offset: Duration) {
        let micros = offset.num_microseconds().unwrap_or(i64::MAX);
        self.offset_micros.store(micros, Ordering::SeqCst);
    }

    /// Moves the clock on by `step`, unless it has been moved since it stood at the offset `from`.
    /// Gives whether it was moved.
    pub fn advance_from(&self, from: Duration, step: Duration) -> bool {
        let micros = |by: Duration| by.num_microseconds().unwrap_or(i64::MAX);
        let (old, new) = (micros(from), micros(from).saturating_add(micros(step)));
        let swapped =
            self.offset_micros
                .compare_exchange(old, new, Ordering::SeqCst, Ordering::SeqCst);
        swapped.is_ok()
    }

    /// Moves the clock on by `step`, back if it is negative.
    pub fn advance(&self, step: Duration) {
        let micros = step.num_microseconds().unwrap_or(i64::MAX);
        self.offset_micros.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for AdjustableClock {
    fn now(&self) -> DateTime<Utc> {
        let base = self.base.now();
        base.checked_add_signed(self.offset()).unwrap_or(base)
    }
}

impl std::fmt::Debug for AdjustableClock {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "AdjustableClock({})", self.offset())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Noon;

    impl Clock for Noon {
        fn now(&self) -> DateTime<Utc> {
            "2026-11-20T12:00:00Z".parse().unwrap()
        }
    }

    fn demonstration() -> Demonstration {
        Demonstration::unless_production("test").unwrap()
    }

    #[test]
    fn the_system_clock_tells_a_time_after_the_code_was_written_in_whole_microseconds() {
        let now = SystemClock.now();
        assert!(now.timestamp() > 1_767_225_600);
        assert_eq!(now.timestamp_subsec_nanos() % 1000, 0);
    }

    #[test]
    fn moving_one_handle_of_the_clock_moves_all() {
        let clock = AdjustableClock::over(demonstration(), Arc::new(Noon));
        let other = clock.clone();
        clock.advance(Duration::days(30));
        clock.advance(Duration::hours(-1));
        assert_eq!(
            other.now(),
            "2026-12-20T11:00:00Z".parse::<DateTime<Utc>>().unwrap()
        );
        assert!(clock.advance_from(other.offset(), Duration::days(1)));
        let stale = Duration::days(30);
        assert!(!clock.advance_from(stale, Duration::days(1)), "moved since");
        assert_eq!(
            other.now(),
            "2026-12-21T11:00:00Z".parse::<DateTime<Utc>>().unwrap()
        );
        other.set_offset(Duration::zero());
        assert_eq!(clock.now(), Noon.now());
    }
}
