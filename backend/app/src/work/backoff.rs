//! When to try again.

use chrono::{DateTime, Duration, Utc};

use crate::Failure;

const MOST_ATTEMPTS: i32 = 12;
const FIRST_SECONDS: i64 = 5;
const LONGEST_SECONDS: i64 = 3600;

/// When an errand that has failed `attempts` times is tried again; `None` when it is given up.
pub(super) fn again_at(
    now: DateTime<Utc>,
    attempts: i32,
    failure: &Failure,
) -> Option<DateTime<Utc>> {
    let hopeless = match failure {
        Failure::Broken(_)
        | Failure::NotFound
        | Failure::Refused(_)
        | Failure::KeyReused
        | Failure::SignatureGone => true,
        Failure::Conflict | Failure::Busy | Failure::Unavailable(_) => false,
    };
    if hopeless || attempts >= MOST_ATTEMPTS {
        return None;
    }
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0);
    let seconds = FIRST_SECONDS.saturating_mul(2_i64.saturating_pow(doublings));
    Some(now + Duration::seconds(seconds.min(LONGEST_SECONDS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unavailable() -> Failure {
        Failure::Unavailable("the mail server does not answer".to_owned())
    }

    #[test]
    fn the_pause_doubles_and_is_never_longer_than_an_hour() {
        let now = DateTime::UNIX_EPOCH;
        let pause = |attempts| again_at(now, attempts, &unavailable()).unwrap() - now;
        assert_eq!(pause(1), Duration::seconds(5));
        assert_eq!(pause(2), Duration::seconds(10));
        assert_eq!(pause(11), Duration::hours(1));
    }

    #[test]
    fn an_errand_is_given_up_after_twelve_attempts_or_at_once_when_hopeless() {
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(again_at(now, 12, &unavailable()), None);
        assert_eq!(
            again_at(now, 1, &Failure::Broken("no address".to_owned())),
            None
        );
    }
}
