//! The ceremony, and who may sign what.

use cards_pki::ceremony::found;
use cards_pki::key::memory::{MemoryKey, MemoryVault};
use cards_pki::key::{Algorithm, Vault};
use cards_pki::profile::Profiles;
use cards_pki::sign;
use chrono::Duration;

use crate::kit::{LOGIN, World, noon, random};

#[test]
fn what_exists_is_found_again_and_a_responder_is_renewed_after_two_thirds_of_its_life() {
    let profiles = Profiles::demonstration();
    let vault = MemoryVault::new();
    let at = |days| {
        found(
            &profiles,
            &vault,
            noon() + Duration::days(days),
            &mut random,
        )
        .unwrap()
    };
    let (first, later, renewed) = (at(0), at(59), at(61));
    assert_eq!(first.issuing.len(), 4);
    for (name, same) in [(&later, true), (&renewed, false)] {
        assert_eq!(name.root.issuer, first.root.issuer);
        for (one, before) in name.issuing.iter().zip(&first.issuing) {
            assert_eq!(one.issuer, before.issuer);
            let (one, before) = (one.responder.as_ref(), before.responder.as_ref());
            let (one, before) = (one.unwrap(), before.unwrap());
            assert_eq!(one.certificate() == before.certificate(), same);
        }
    }
    assert!(first.root.responder.is_none());
    assert!(first.authority("root").is_some() && first.authority("nobody").is_none());
}

#[test]
fn a_ceremony_that_was_cut_off_is_continued() {
    let profiles = Profiles::demonstration();
    let vault = MemoryVault::new();
    let mut few = profiles.clone();
    few.authorities.truncate(2);
    let first = found(&few, &vault, noon(), &mut random).unwrap();
    // A key whose certificate was never made.
    let lonely = vault.key("person-id-3", Algorithm::P256).unwrap();
    let all = found(&profiles, &vault, noon(), &mut random).unwrap();
    assert_eq!(all.root.issuer, first.root.issuer);
    assert_eq!(all.issuing[0].issuer, first.issuing[0].issuer);
    let continued = all.authority("person-id-3").unwrap();
    assert_eq!(continued.issuer.public_key(), lonely.public_key());
}

#[test]
fn a_certificate_that_is_not_of_the_key_is_never_replaced() {
    let profiles = Profiles::demonstration();
    let (one, other) = (MemoryVault::new(), MemoryVault::new());
    let first = found(&profiles, &one, noon(), &mut random).unwrap();
    let foreign = first.authority("person-id-3").unwrap().issuer.as_der();
    other.keep_certificate("person-id-3", foreign).unwrap();
    let fault = found(&profiles, &other, noon(), &mut random).unwrap_err();
    assert_eq!(fault.code(), "ceremony_foreign_certificate");
    assert_eq!(
        other.certificates("person-id-3").unwrap(),
        [foreign.to_vec()]
    );
}

#[test]
fn nothing_is_signed_by_a_key_or_for_an_issuer_that_is_another() {
    let world = World::new();
    let leaf = world.issue(LOGIN);
    let authority = world.authority(LOGIN);
    let other = world.founded.authority("person-id-3").unwrap();
    let code = |fault: Result<_, sign::SignFault>| {
        fault.map(|_: sign::Certificate| ()).unwrap_err().code()
    };
    let wrong_issuer = sign::certificate(&leaf.tbs, &other.issuer, other.key.as_ref());
    assert_eq!(code(wrong_issuer), "sign_wrong_issuer");
    let stranger = MemoryKey::make(Algorithm::P256).unwrap();
    let wrong_key = sign::certificate(&leaf.tbs, &authority.issuer, &stranger);
    assert_eq!(code(wrong_key), "sign_wrong_key");
    let nothing = cards_pki::tbs::Tbs::from_stored(vec![0x30]);
    let malformed = sign::certificate(&nothing, &authority.issuer, authority.key.as_ref());
    assert_eq!(code(malformed), "sign_malformed");
}

#[test]
fn a_signature_that_does_not_verify_is_never_handed_out() {
    use cards_pki::key::{KeyFault, SigningKey};
    use cards_pki::public_key::PublicKey;

    /// A token that miscalculates.
    #[derive(Debug)]
    struct Broken(std::sync::Arc<dyn SigningKey>);
    impl SigningKey for Broken {
        fn algorithm(&self) -> Algorithm {
            self.0.algorithm()
        }
        fn public_key(&self) -> &PublicKey {
            self.0.public_key()
        }
        fn sign(&self, _message: &[u8]) -> Result<Vec<u8>, KeyFault> {
            self.0.sign(b"something else")
        }
    }

    let world = World::new();
    let leaf = world.issue(LOGIN);
    let authority = world.authority(LOGIN);
    let broken = Broken(std::sync::Arc::clone(&authority.key));
    let fault = sign::certificate(&leaf.tbs, &authority.issuer, &broken).unwrap_err();
    assert_eq!(fault.code(), "sign_unverified");
}
