//! What holds at the end of every test, whatever has happened in it.

use diesel::prelude::*;

use super::World;

/// Conditions that hold over the whole database whatever has happened. Each query gives what
/// breaks one.
const INVARIANTS: [(&str, &str); 8] = [
    (
        "a receipt is pending exactly while its card is unlocked and unsigned",
        "SELECT c.id::text AS broken FROM card c WHERE (c.stage = 'unlocked_unsigned') <> EXISTS \
           (SELECT 1 FROM receipt r WHERE r.card_id = c.id AND r.stage = 'pending')",
    ),
    (
        "an ended card has no open clock and no code in use",
        "SELECT c.id::text AS broken FROM card c WHERE c.stage IN ('revoked', 'expired') AND (EXISTS \
           (SELECT 1 FROM deadline d WHERE d.thing_id = c.id AND d.stopped_at IS NULL) OR EXISTS \
           (SELECT 1 FROM chip_code k WHERE k.card_id = c.id AND k.stage <> 'gone'))",
    ),
    (
        "a certificate on a card that has ended has ended",
        "SELECT k.id::text AS broken FROM certificate k JOIN card c ON c.id = k.card_id \
         WHERE c.stage IN ('revoked', 'expired') AND k.stage NOT IN ('revoked', 'expired', 'superseded')",
    ),
    (
        "a certificate is valid to the last day of its card, and what was signed has a serial",
        "SELECT k.id::text AS broken FROM certificate k JOIN card c ON c.id = k.card_id \
         LEFT JOIN issuance i ON i.certificate_id = k.id \
         WHERE k.not_after IS DISTINCT FROM c.valid_to OR i.certificate_id IS NULL \
           OR (k.stage IN ('issued', 'active', 'off_card') AND i.der IS NULL)",
    ),
    (
        "a fulfilled order has a card that was signed for",
        "SELECT o.id::text AS broken FROM card_order o WHERE o.stage = 'fulfilled' AND NOT EXISTS \
           (SELECT 1 FROM receipt r WHERE r.card_id = o.card_id AND r.stage = 'signed')",
    ),
    (
        "a sent card has a clock for its activation",
        "SELECT c.id::text AS broken FROM card c WHERE c.stage = 'sent' AND NOT EXISTS \
           (SELECT 1 FROM deadline d WHERE d.thing_id = c.id AND d.rule = 'activation' AND d.stopped_at IS NULL)",
    ),
    (
        "nobody has unlocked a card of their own",
        "SELECT j.line_id::text AS broken FROM journal j WHERE j.actor_kind = 'officer' \
           AND j.actor_person = j.person_id AND j.outcome = 'done' AND j.action <> 'look' \
           AND j.kind <> 'session'",
    ),
    (
        "a protected person stands nowhere in the open",
        "SELECT id::text AS broken FROM person WHERE protection <> 'none' \
           AND (surname IS NOT NULL OR number IS NOT NULL OR mail IS NOT NULL)",
    ),
];

impl Drop for World {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let waiting = self.link().waiting_errands().unwrap();
        assert!(
            self.may_leave_errands || waiting == 0,
            "{waiting} errands were left"
        );
        #[derive(QueryableByName)]
        struct Broken {
            #[diesel(sql_type = diesel::sql_types::Text)]
            broken: String,
        }
        let mut conn = self.database.connect();
        for (invariant, query) in INVARIANTS {
            let broken: Vec<Broken> = diesel::sql_query(query).load(&mut conn).unwrap();
            let broken: Vec<String> = broken.into_iter().map(|row| row.broken).collect();
            assert!(broken.is_empty(), "not so: {invariant}: {broken:?}");
        }
    }
}
