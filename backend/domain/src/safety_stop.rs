//! The safety stop (*säkerhetsstopp*): a nightly run that would revoke more cards than a person
//! would expect revokes none of them until a second person has looked. The numbers are counted over
//! revocations alone; expiry takes nothing from anybody, and a question can be answered.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};
use uuid::Uuid;

use crate::deadline::{DeadlineRule, Outcome};
use crate::ids::OrganisationId;

/// Up to this many cards of one organisation are revoked in one night, however few it has.
pub const FEW: u64 = 5;
/// More cards of one organisation than this are never revoked in one night unseen.
pub const MOST: u64 = 50;
/// Between the two: one card of so many live ones. One of two hundred is 0.5 %.
pub const ONE_OF: u64 = 200;
/// More cards than this in all are never revoked in one night unseen, unless configured otherwise.
pub const MOST_IN_ALL: u64 = 500;

/// Why a run stops.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Trip {
    /// Too many cards of one organisation.
    TooMany,
    /// Too great a part of one organisation's cards.
    TooGreatAPart,
    /// Too many cards in all.
    TooManyInAll,
}

/// Why `revocations` among the `live` cards of one organisation need a second person; `None` when
/// they do not.
#[must_use]
pub fn trip(revocations: u64, live: u64) -> Option<Trip> {
    if revocations > MOST {
        Some(Trip::TooMany)
    } else if revocations > FEW && revocations.saturating_mul(ONE_OF) > live {
        Some(Trip::TooGreatAPart)
    } else {
        None
    }
}

/// Whether so many revocations in one organisation need a second person.
#[must_use]
pub fn trips(revocations: u64, live: u64) -> bool {
    trip(revocations, live).is_some()
}

/// Whether what a rule does in the night counts for the stop.
#[must_use]
pub fn counts(rule: DeadlineRule) -> bool {
    match rule.outcome() {
        Outcome::CardRevoked => true,
        Outcome::ReorderAllowed | Outcome::CardExpires | Outcome::TaskDue => false,
    }
}

/// What a run would revoke in one organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub organisation: OrganisationId,
    /// How many cards.
    pub revocations: u64,
    /// Of how many live ones.
    pub live: u64,
}

/// A stop that stands, or a release given beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its id.
    pub id: Uuid,
    /// Which organisation; none for the whole run.
    pub organisation: Option<OrganisationId>,
    /// The night it is for.
    pub day: NaiveDate,
    /// How many revocations were counted.
    pub count: u64,
    /// A run has stopped for it. Otherwise it was released before any run has.
    pub stopped: bool,
}

/// What a run may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", content = "by", rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing unusual.
    Goes,
    /// A second person has released so many beforehand.
    Released(Uuid),
    /// An earlier stop stands, or its release has not been carried out yet.
    Held(Uuid),
    /// It stops now; what was released beforehand was for fewer.
    Stops {
        /// Why.
        why: Trip,
        /// The release that does not reach.
        short: Option<Uuid>,
    },
}

impl Verdict {
    /// Whether the revocations are done.
    #[must_use]
    pub fn goes(&self) -> bool {
        match self {
            Self::Goes | Self::Released(_) => true,
            Self::Held(_) | Self::Stops { .. } => false,
        }
    }
}

/// What the run of `day` may revoke in one organisation.
#[must_use]
pub fn judge(day: NaiveDate, due: &Due, standing: &[Standing]) -> Verdict {
    let why = trip(due.revocations, due.live);
    verdict(
        day,
        Some(due.organisation),
        (due.revocations, why),
        standing,
    )
}

/// What the run of `day` may revoke in all; `revocations` are those that nobody has released and
/// nothing else holds back.
#[must_use]
pub fn judge_all(day: NaiveDate, revocations: u64, most: u64, standing: &[Standing]) -> Verdict {
    let why = (revocations > most).then_some(Trip::TooManyInAll);
    verdict(day, None, (revocations, why), standing)
}

fn verdict(
    day: NaiveDate,
    organisation: Option<OrganisationId>,
    (revocations, why): (u64, Option<Trip>),
    standing: &[Standing],
) -> Verdict {
    let mut own = standing
        .iter()
        .filter(|one| one.organisation == organisation);
    if let Some(stop) = own.clone().find(|one| one.stopped) {
        return Verdict::Held(stop.id);
    }
    let Some(why) = why else {
        return Verdict::Goes;
    };
    let given = own.find(|one| one.day == day);
    match given {
        Some(release) if revocations <= release.count => Verdict::Released(release.id),
        _ => Verdict::Stops {
            why,
            short: given.map(|release| release.id),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLINIC: OrganisationId = OrganisationId(Uuid::from_u128(1));

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2030, 1, number).unwrap()
    }

    fn due(revocations: u64, live: u64) -> Due {
        Due {
            organisation: CLINIC,
            revocations,
            live,
        }
    }

    fn given(number: u32, count: u64) -> Standing {
        Standing {
            id: Uuid::from_u128(7),
            organisation: Some(CLINIC),
            day: day(number),
            count,
            stopped: false,
        }
    }

    #[test]
    fn five_cards_are_revoked_even_in_a_clinic_of_five_and_six_are_not() {
        assert!(!trips(5, 5));
        assert!(!trips(1, 0), "R24: a clinic of four and one leaver");
        assert!(trips(6, 6));
    }

    #[test]
    fn between_six_and_fifty_one_card_of_two_hundred_is_the_edge() {
        for cards in 6..=50 {
            assert!(!trips(cards, cards * 200), "{cards} are just 0.5 %");
            assert_eq!(trip(cards, cards * 200 - 1), Some(Trip::TooGreatAPart));
        }
    }

    #[test]
    fn more_than_fifty_stop_however_many_cards_there_are() {
        assert!(!trips(50, 1_000_000));
        assert_eq!(trip(51, 1_000_000), Some(Trip::TooMany));
        assert!(trips(u64::MAX, u64::MAX), "nothing overflows");
    }

    #[test]
    fn only_revocations_are_counted() {
        use strum::IntoEnumIterator as _;
        let counted: Vec<_> = DeadlineRule::iter().filter(|rule| counts(*rule)).collect();
        assert_eq!(
            counted,
            [DeadlineRule::Activation, DeadlineRule::ReceiptSignature]
        );
    }

    #[test]
    fn a_release_given_beforehand_holds_for_its_day_and_up_to_its_number() {
        let judged = |number, count, now| judge(day(number), &due(count, 100), &[given(now, 60)]);
        assert_eq!(judged(8, 60, 8), Verdict::Released(Uuid::from_u128(7)));
        let short = Some(Uuid::from_u128(7));
        let why = Trip::TooMany;
        assert_eq!(judged(8, 61, 8), Verdict::Stops { why, short });
        assert_eq!(judged(8, 60, 9), Verdict::Stops { why, short: None });
        assert_eq!(judged(8, 5, 8), Verdict::Goes, "nothing to release");
    }

    #[test]
    fn while_a_stop_stands_nothing_of_the_organisation_is_revoked_not_even_a_few() {
        let stop = Standing {
            stopped: true,
            ..given(3, 60)
        };
        let held = Verdict::Held(stop.id);
        assert_eq!(judge(day(8), &due(1, 10_000), &[stop]), held);
        let other = Due {
            organisation: OrganisationId(Uuid::from_u128(2)),
            ..due(1, 10_000)
        };
        assert_eq!(judge(day(8), &other, &[stop]), Verdict::Goes);
        assert_eq!(judge_all(day(8), 1, MOST_IN_ALL, &[stop]), Verdict::Goes);
    }

    #[test]
    fn five_hundred_in_all_go_and_one_more_stops_unless_configured_otherwise() {
        assert_eq!(judge_all(day(8), 500, MOST_IN_ALL, &[]), Verdict::Goes);
        let stops = Verdict::Stops {
            why: Trip::TooManyInAll,
            short: None,
        };
        assert_eq!(judge_all(day(8), 501, MOST_IN_ALL, &[]), stops);
        assert_eq!(judge_all(day(8), 3, 2, &[]), stops);
        assert_eq!(judge_all(day(8), 501, 501, &[]), Verdict::Goes);
    }
}
