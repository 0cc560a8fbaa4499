//! Whether a card can be relied on, for those who check it and may know nothing else of it.

use chrono::{DateTime, NaiveDate, Utc};

use super::CardStageName;
use crate::calendar::Due;

/// What a check of a card answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// Activated, signed for and within its days.
    Valid,
    /// It proves nothing.
    NotValid {
        /// When it was revoked or its last day was over, whichever came first; nothing for a card
        /// that has not come into use.
        since: Option<DateTime<Utc>>,
    },
}

/// What `now` can be relied on, of a card that came to `stage` at `since` and whose last day is
/// `valid_to`. A card whose last day is over counts as expired at once, whether or not the nightly
/// run has noted it.
#[must_use]
pub fn validity(
    stage: CardStageName,
    since: Option<DateTime<Utc>>,
    valid_to: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Validity {
    let days_over = valid_to
        .map(|day| Due::lives_through(day).acts_at)
        .filter(|over| *over <= now);
    match stage {
        CardStageName::Active if days_over.is_none() => Validity::Valid,
        CardStageName::Active
        | CardStageName::Ordered
        | CardStageName::Sent
        | CardStageName::UnlockedUnsigned => Validity::NotValid { since: days_over },
        CardStageName::Revoked | CardStageName::Expired => Validity::NotValid {
            since: since.into_iter().chain(days_over).min(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAST_DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2030, 6, 30);

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn not_valid(since: &str) -> Validity {
        Validity::NotValid {
            since: Some(at(since)),
        }
    }

    #[test]
    fn an_active_card_is_valid_through_its_last_day_in_stockholm_and_not_a_second_longer() {
        let active = |now| {
            let since = Some(at("2025-06-30T09:00:00Z"));
            validity(CardStageName::Active, since, LAST_DAY, at(now))
        };
        assert_eq!(active("2030-06-30T21:59:59Z"), Validity::Valid);
        let over = not_valid("2030-06-30T22:00:00Z");
        assert_eq!(active("2030-06-30T22:00:00Z"), over);
        assert_eq!(active("2031-01-01T00:00:00Z"), over);
    }

    #[test]
    fn a_revoked_card_is_not_valid_since_it_was_revoked_however_long_its_days_are() {
        let since = Some(at("2029-02-03T04:05:06Z"));
        for now in ["2029-02-03T04:05:06Z", "2035-01-01T00:00:00Z"] {
            let told = validity(CardStageName::Revoked, since, LAST_DAY, at(now));
            assert_eq!(told, not_valid("2029-02-03T04:05:06Z"));
        }
    }

    #[test]
    fn a_card_that_ended_late_is_not_valid_since_its_last_day_was_over() {
        let noted = Some(at("2030-07-02T00:10:00Z"));
        for stage in [CardStageName::Expired, CardStageName::Revoked] {
            let told = validity(stage, noted, LAST_DAY, at("2030-08-01T00:00:00Z"));
            assert_eq!(told, not_valid("2030-06-30T22:00:00Z"), "{stage:?}");
        }
    }

    #[test]
    fn a_card_that_has_not_come_into_use_is_not_valid_and_tells_no_moment() {
        for stage in [
            CardStageName::Ordered,
            CardStageName::Sent,
            CardStageName::UnlockedUnsigned,
        ] {
            let since = Some(at("2029-01-01T00:00:00Z"));
            let told = validity(stage, since, LAST_DAY, at("2029-01-02T00:00:00Z"));
            assert_eq!(told, Validity::NotValid { since: None }, "{stage:?}");
        }
    }
}
