//! How fast and how large a million revoked certificates are. Run by hand:
//! `cargo test -p cards-pki --release -- --ignored --nocapture million`.

use std::time::Instant;

use cards_pki::crl::{self, Entries, Reason, Revoked, Scope, Window};
use cards_pki::serial::Serial;
use chrono::Duration;

use crate::kit::{LOGIN, World};

#[test]
#[ignore = "takes seconds and is about speed"]
fn a_million_revoked_certificates_over_all_shards() {
    let world = World::new();
    let authority = world.authority(LOGIN);
    let began = Instant::now();
    let mut largest = 0;
    for shard in 0..world.profiles.shards {
        let scope = Scope::Cards { shard };
        let mut entries = Entries::of(&world.profiles, scope);
        for number in 0..1_000_000_u64 / u64::from(world.profiles.shards) {
            let mut bytes = [0x77; 16];
            bytes[..8].copy_from_slice(&number.to_be_bytes());
            bytes[14..].copy_from_slice(&shard.to_be_bytes());
            let entry = Revoked {
                serial: Serial::from_random(bytes),
                at: world.now,
                reason: Reason::Superseded,
            };
            entries.push(&entry).unwrap();
        }
        let window = Window {
            number: 1,
            this_update: world.now,
            next_update: world.now + Duration::hours(24),
        };
        let key = authority.key.as_ref();
        let list = crl::seal(
            &world.profiles,
            &authority.issuer,
            key,
            scope,
            window,
            entries,
        );
        largest = largest.max(list.unwrap().as_der().len());
    }
    println!(
        "{:?} for all shards, largest {largest} bytes",
        began.elapsed()
    );
    assert!(largest <= 1_000_000);
}
