//! Asking without HTTP: threads that each do one thing after the other.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::figure::Figure;

/// Lets so many threads do `work` for so long. Each gets `begin`'s value first; `work` says how many
/// things it has done, each of which took as long as all of them: `true` for one, and `false` or
/// none when there is no more to do.
pub fn run<T, D: Into<usize>>(
    (clients, seconds): (u32, u32),
    begin: impl Fn() -> T + Sync,
    work: impl Fn(&mut T) -> D + Sync,
) -> Figure {
    let over = AtomicBool::new(false);
    let end = Duration::from_secs(u64::from(seconds));
    let begun = Instant::now();
    let client = || {
        let mut own = begin();
        let mut times = Vec::new();
        while begun.elapsed() < end && !over.load(Ordering::Relaxed) {
            let asked = Instant::now();
            let done = work(&mut own).into();
            if done == 0 {
                over.store(true, Ordering::Relaxed);
                break;
            }
            times.extend(std::iter::repeat_n(asked.elapsed(), done));
        }
        times
    };
    let times = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..clients).map(|_| scope.spawn(client)).collect();
        let times = threads.into_iter().map(|thread| thread.join().unwrap());
        times.flatten().collect()
    });
    Figure::of(times, begun.elapsed())
}
