//! The identifiers (CKA_ID) of the keys that this program makes: a later run knows them again, and
//! nothing else on the card is taken for one of them.

use super::sheet::Profile;
use aws_lc_rs::digest::{SHA256, digest};
use uuid::Uuid;

/// What they begin with.
const MARK: &[u8] = b"kk";

/// How many bytes of a digest follow.
const DIGITS: usize = 6;

/// The identifier of a task's key: `kk` and six bytes of SHA-256 over task, profile and a number that
/// counts keys of the same task.
#[must_use]
pub fn key_id(task: Uuid, profile: Profile, number: u8) -> Vec<u8> {
    let text = format!("kortkontor key v1\n{task}\n{}\n{number}\n", profile.name());
    let digest = digest(&SHA256, text.as_bytes());
    let digits = digest.as_ref().iter().take(DIGITS);
    MARK.iter().chain(digits).copied().collect()
}

/// Whether this program has made a key with this identifier.
#[must_use]
pub fn is_own(id: &[u8]) -> bool {
    id.starts_with(MARK) && id.len() == MARK.len() + DIGITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_the_same_at_each_run_and_another_for_each_task_and_profile() {
        let task = Uuid::from_u128(1);
        let first = key_id(task, Profile::HsaId, 0);
        assert_eq!(first, key_id(task, Profile::HsaId, 0));
        assert!(is_own(&first));
        for other in [
            key_id(Uuid::from_u128(2), Profile::HsaId, 0),
            key_id(task, Profile::PersonId, 0),
            key_id(task, Profile::HsaId, 1),
        ] {
            assert_ne!(first, other);
        }
        assert!(!is_own(&[1]) && !is_own(b"kk") && !is_own(b"kk0123456"));
    }
}
