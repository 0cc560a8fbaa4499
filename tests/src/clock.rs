//! A clock that moves only when it is told to.

use std::sync::Mutex;

use cards_app::ports::Clock;
use chrono::{DateTime, TimeZone as _, Utc};

/// The time of a test.
pub struct StillClock(Mutex<DateTime<Utc>>);

impl StillClock {
    /// Stands at Monday 7 January 2030, 08:00 in Stockholm.
    ///
    /// # Panics
    /// Never: the date exists.
    #[must_use]
    pub fn start() -> Self {
        Self(Mutex::new(
            Utc.with_ymd_and_hms(2030, 1, 7, 7, 0, 0).unwrap(),
        ))
    }

    /// Moves forward.
    ///
    /// # Panics
    /// A test has panicked while moving it.
    pub fn advance(&self, step: chrono::Duration) {
        *self.0.lock().unwrap() += step;
    }
}

impl Clock for StillClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}
