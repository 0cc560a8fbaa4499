//! Persons whom a full feed no longer holds are ended, never deleted, unless they are too many.

use std::collections::HashSet;

use cards_domain::ids::{OrganisationId, PersonId};
use cards_store::directory::{CHUNK, LivePost};
use cards_store::{StoreError, Tx};
use chrono::NaiveDate;
use uuid::Uuid;

use super::report::SafetyStop;

/// More persons than this are never ended by a feed alone.
const MOST_PERSONS: usize = 50;
/// More than this share of an organisation is not ended either, in persons of a thousand.
const MOST_OF_THOUSAND: usize = 5;
/// Up to this many are ended in the smallest organisation.
const FEW_PERSONS: usize = 5;

/// What became of those who were missing.
pub(super) enum Ending {
    /// Ended: how many persons, how many posts.
    Ended(usize, usize),
    /// Too many: nobody was.
    Stopped(SafetyStop),
}

/// Ends the posts of an organisation that are not among `held`, the HSA-ids of the file.
pub(super) fn end_missing(
    tx: &mut Tx<'_>,
    (organisation, hsa_id): (OrganisationId, &str),
    held: &HashSet<String>,
    today: NaiveDate,
) -> Result<Ending, StoreError> {
    let live = tx.live_posts(organisation, today)?;
    let persons = |posts: &mut dyn Iterator<Item = &LivePost>| {
        posts
            .map(|post| post.person)
            .collect::<HashSet<PersonId>>()
            .len()
    };
    let is_missing = |post: &&LivePost| !held.contains(&post.hsa_key);
    let would_end = persons(&mut live.iter().filter(is_missing));
    let of = persons(&mut live.iter());
    if too_many(would_end, of) {
        let organisation = hsa_id.to_owned();
        return Ok(Ending::Stopped(SafetyStop {
            organisation,
            would_end,
            of,
        }));
    }
    let posts: Vec<Uuid> = live.iter().filter(is_missing).map(|post| post.id).collect();
    let yesterday = today.pred_opt().unwrap_or(today);
    let mut ended = 0;
    for chunk in posts.chunks(CHUNK) {
        ended += tx.end_posts(chunk, yesterday)?;
    }
    Ok(Ending::Ended(would_end, ended))
}

fn too_many(would_end: usize, of: usize) -> bool {
    let large_share = would_end * 1000 > of * MOST_OF_THOUSAND;
    would_end > MOST_PERSONS || (would_end > FEW_PERSONS && large_share)
}

#[cfg(test)]
mod tests {
    use super::too_many;

    #[test]
    fn more_than_fifty_or_more_than_five_and_half_a_percent_are_too_many() {
        for (would_end, of, expected) in [
            (5, 5, false),
            (6, 6, true),
            (6, 1_199, true),
            (6, 1_200, false),
            (50, 10_000, false),
            (51, 1_000_000, true),
            (0, 0, false),
        ] {
            assert_eq!(too_many(would_end, of), expected, "{would_end} of {of}");
        }
    }
}
