//! Ids and secrets from the system: the one place that asks for randomness.

use std::sync::atomic::{AtomicU64, Ordering};

use cards_app::ports::Entropy;
use uuid::{Builder, Uuid};

use crate::clock::since_1970;

/// How many ids one millisecond has room for: twelve bits of version 7's layout.
const IDS_PER_MILLISECOND: u64 = 1 << 12;

/// Ids of UUID version 7, each greater than the one before in this process, and randomness of the
/// system's generator.
#[derive(Debug, Default)]
pub struct SystemEntropy {
    last: AtomicU64,
}

impl SystemEntropy {
    /// A source; one per process, since the order of ids is kept in it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Milliseconds since 1970 and a running number in one count that never stands still, even
    /// when the system's clock is set back.
    fn tick(&self) -> u64 {
        let millis = u64::try_from(since_1970().as_millis()).unwrap_or(0);
        let earliest = millis.saturating_mul(IDS_PER_MILLISECOND);
        let next = |last: u64| earliest.max(last.saturating_add(1));
        let before = self
            .last
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |last| Some(next(last)));
        next(before.unwrap_or_else(|unchanged| unchanged))
    }
}

impl Entropy for SystemEntropy {
    fn id(&self) -> Uuid {
        let tick = self.tick();
        let mut tail = [0_u8; 10];
        self.fill(&mut tail);
        let [_, _, unguessable @ ..] = tail;
        let running = u16::try_from(tick % IDS_PER_MILLISECOND).unwrap_or(0);
        let [high, low] = running.to_be_bytes();
        let mut rest = [high, low, 0, 0, 0, 0, 0, 0, 0, 0];
        if let Some(end) = rest.get_mut(2..) {
            end.copy_from_slice(&unguessable);
        }
        Builder::from_unix_timestamp_millis(tick / IDS_PER_MILLISECOND, &rest).into_uuid()
    }

    #[expect(
        clippy::expect_used,
        reason = "without randomness no session or secret may be made: stop"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        aws_lc_rs::rand::fill(bytes).expect("the system gives no randomness");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_process_rise_even_within_a_millisecond() {
        let source = SystemEntropy::new();
        let ids: Vec<Uuid> = (0..10_000).map(|_| source.id()).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
    }

    #[test]
    fn an_id_carries_the_time_at_which_it_was_made() {
        let before = since_1970().as_millis();
        let bytes = SystemEntropy::new().id().into_bytes();
        let millis = bytes[..6]
            .iter()
            .fold(0_u128, |sum, byte| sum * 256 + u128::from(*byte));
        assert!((before..before + 10_000).contains(&millis));
    }

    #[test]
    fn random_bytes_differ_from_one_call_to_the_next() {
        let source = SystemEntropy::new();
        let (mut first, mut second) = ([0_u8; 32], [0_u8; 32]);
        source.fill(&mut first);
        source.fill(&mut second);
        assert_ne!(first, second);
        assert_ne!(first, [0; 32]);
    }
}
