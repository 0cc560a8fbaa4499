//! What a request costs in statements. They are counted where they are sent, with `BEGIN` and
//! `COMMIT`, and a number that goes up must be argued for here.

mod acts;
mod issuing;
mod lists;
mod night;
mod pages;

use cards_acceptance::World;
use cards_app::{Call, Failure, Fingerprint, Link};
use diesel::prelude::*;
use uuid::Uuid;

/// Statements for a change that nothing follows, beside `BEGIN` and `COMMIT`.
const FOR_A_CHANGE: u64 = 9;
/// More for each thing that follows.
const FOR_EACH_THAT_FOLLOWS: u64 = 3;
/// `BEGIN` and `COMMIT`.
const AROUND_IT: u64 = 2;

/// How many statements `work` sends over a connection that is open already.
fn spent<T>(world: &World, work: impl FnOnce(&mut Link) -> T) -> (T, u64) {
    let mut link = world.link();
    let before = world.app().db.statements();
    let done = work(&mut link);
    (done, world.app().db.statements() - before)
}

/// A call as a form sends it: with a key, so that a second click does nothing.
fn sent(mut call: Call) -> Call {
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
    let key = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    call.request = Some(Fingerprint::of(Uuid::from_u128(u128::from(key)), b"form").into());
    call
}

/// How many lines of the log are there because of another one.
fn follow_ups(world: &World) -> u64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        count: i64,
    }
    let count: Count =
        diesel::sql_query("SELECT count(*) AS count FROM journal WHERE caused_by IS NOT NULL")
            .get_result(&mut world.database.connect())
            .unwrap();
    u64::try_from(count.count).unwrap()
}

/// Does `act`, which must be accepted, have `follow` consequences and cost at most `most`.
fn change<T>(
    world: &World,
    (what, follow, most): (&str, u64, u64),
    act: impl FnOnce(&mut Link) -> Result<T, Failure>,
) -> T {
    let before = follow_ups(world);
    let (done, statements) = spent(world, act);
    let done = done.unwrap_or_else(|failure| panic!("{what}: {failure:?}"));
    let followed = follow_ups(world) - before;
    assert_eq!(followed, follow, "{what}");
    assert!(statements <= most, "{what}: {statements} statements");
    let budget = FOR_A_CHANGE + AROUND_IT + FOR_EACH_THAT_FOLLOWS * followed;
    assert!(statements <= budget, "{what}: {statements} of {budget}");
    done
}
