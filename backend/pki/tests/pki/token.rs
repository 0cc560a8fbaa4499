//! Keys in SoftHSM. Its configuration is read from the environment once in a process, so each of
//! these tests runs itself again in a process of its own, with a token folder of its own.

use std::path::Path;
use std::process::Command;
use std::thread;

use cards_pki::ceremony::found;
use cards_pki::key::pkcs11::Token;
use cards_pki::key::{Algorithm, KeyFault, SigningKey, Vault};
use cards_pki::profile::Profiles;
use cards_pki::sign::to_pem;
use cryptoki::context::Pkcs11;
use cryptoki::session::UserType;
use secrecy::SecretString;

use crate::kit::{Folder, noon, random, said};

const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";
const MARK: &str = "CARDS_PKI_IN_TOKEN_PROCESS";

fn pin(digits: &str) -> SecretString {
    SecretString::from(digits.to_owned())
}

fn token() -> Token {
    Token::create(Path::new(MODULE), "demo", &pin("12345678"), pin("123456")).unwrap()
}

/// Runs the named test of this module in a process with an empty token folder.
fn with_token(name: &str, work: impl FnOnce()) {
    assert!(
        Path::new(MODULE).exists(),
        "SoftHSM2 is needed for this test"
    );
    if std::env::var_os(MARK).is_some() {
        return work();
    }
    let folder = Folder::new();
    let tokens = folder.path().join("tokens");
    std::fs::create_dir_all(&tokens).unwrap();
    let text = format!(
        "directories.tokendir = {}\nlog.level = ERROR\n",
        tokens.display()
    );
    let configuration = folder.write("softhsm2.conf", text.as_bytes());
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("token::{name}"), "--nocapture"])
        .env("SOFTHSM2_CONF", configuration)
        .env(MARK, "yes")
        .output()
        .unwrap();
    let text = said(&output);
    assert!(
        output.status.success() && text.contains("1 passed"),
        "{text}"
    );
}

#[test]
fn keys_of_every_algorithm_are_made_found_again_and_sign() {
    with_token(
        "keys_of_every_algorithm_are_made_found_again_and_sign",
        || {
            let token = token();
            for algorithm in [Algorithm::P256, Algorithm::P384, Algorithm::Rsa2048] {
                let label = format!("{algorithm:?}");
                assert!(token.find(&label).unwrap().is_none());
                let made = token.find_or_make(&label, algorithm).unwrap();
                let again = token.find_or_make(&label, algorithm).unwrap();
                assert_eq!(made.public_key(), again.public_key());
                let signature = again.sign(b"message").unwrap();
                let kind = algorithm.signature();
                assert!(made.public_key().verifies(kind, b"message", &signature));
                assert!(!made.public_key().verifies(kind, b"messagf", &signature));
            }
            let other = token.find_or_make("P256", Algorithm::P384).unwrap_err();
            assert!(matches!(other, KeyFault::OtherAlgorithm));
        },
    );
}

#[test]
fn the_authorities_live_in_the_token_and_are_found_by_the_next_process() {
    let name = "the_authorities_live_in_the_token_and_are_found_by_the_next_process";
    with_token(name, || {
        let profiles = Profiles::demonstration();
        let first = found(&profiles, &token(), noon(), &mut random).unwrap();
        let again = found(&profiles, &token(), noon(), &mut random).unwrap();
        assert_eq!(first.root.issuer, again.root.issuer);
        for (one, other) in first.issuing.iter().zip(&again.issuing) {
            assert_eq!(one.issuer, other.issuer);
            let (one, other) = (one.responder.as_ref(), other.responder.as_ref());
            assert_eq!(one.unwrap().certificate(), other.unwrap().certificate());
        }
        // A responder that is renewed takes the place of the one before.
        let later = noon() + chrono::Duration::days(80);
        found(&profiles, &token(), later, &mut random).unwrap();
        let kept = token().certificates("person-id-3-ocsp").unwrap();
        assert_eq!(kept.len(), 1);
        let folder = Folder::new();
        folder.write("root.pem", to_pem(first.root.issuer.as_der()).as_bytes());
        folder.certificate("issuing.pem", first.issuing[0].issuer.as_der());
        folder.openssl_says(&[
            "verify",
            "-attime",
            "1795500000",
            "-CAfile",
            "root.pem",
            "issuing.pem",
        ]);
    });
}

#[test]
fn several_threads_sign_at_once() {
    with_token("several_threads_sign_at_once", || {
        let key = token().find_or_make("busy", Algorithm::P256).unwrap();
        thread::scope(|scope| {
            for number in 0..8_u8 {
                let key = &key;
                scope.spawn(move || {
                    for round in 0..50_u8 {
                        let message = [number, round];
                        let signature = key.sign(&message).unwrap();
                        let kind = key.algorithm().signature();
                        assert!(key.public_key().verifies(kind, &message, &signature));
                    }
                });
            }
        });
    });
}

#[test]
fn a_token_that_has_logged_everybody_out_is_logged_in_to_again() {
    with_token(
        "a_token_that_has_logged_everybody_out_is_logged_in_to_again",
        || {
            let token = token();
            let key = token.find_or_make("lasting", Algorithm::P256).unwrap();
            key.sign(b"before").unwrap();
            // Somebody else in the process ends the log-in, which is one for all sessions.
            let module = Pkcs11::new(MODULE).unwrap();
            let slot = module.get_slots_with_initialized_token().unwrap()[0];
            let session = module.open_rw_session(slot).unwrap();
            session.logout().unwrap();
            drop(session);
            let signature = key.sign(b"after").unwrap();
            let kind = key.algorithm().signature();
            assert!(key.public_key().verifies(kind, b"after", &signature));
            // A second key, whose handle is of before, too.
            let other = token.find_or_make("lasting", Algorithm::P256).unwrap();
            other.sign(b"after").unwrap();
        },
    );
}

#[test]
fn a_wrong_pin_and_a_missing_token_are_told_apart_and_no_pin_is_printed() {
    let name = "a_wrong_pin_and_a_missing_token_are_told_apart_and_no_pin_is_printed";
    with_token(name, || {
        let missing = Token::open(Path::new(MODULE), "demo", pin("123456")).unwrap_err();
        assert!(matches!(missing, KeyFault::NoToken));
        let none = Token::open(Path::new("/nowhere.so"), "demo", pin("123456")).unwrap_err();
        assert!(matches!(none, KeyFault::Module(_)));
        let printed = format!("{:?}", token());
        assert!(!printed.contains("123456"), "{printed}");
        // The log-in is the process's: it ends with the last session, and `token()` is gone.
        let wrong = Token::open(Path::new(MODULE), "demo", pin("999999")).unwrap_err();
        assert_eq!(wrong.code(), "key_pin");
        assert!(!format!("{wrong:?}{wrong}").contains("999999"));
    });
}

#[test]
fn a_private_key_cannot_be_taken_out() {
    with_token("a_private_key_cannot_be_taken_out", || {
        token().find_or_make("kept", Algorithm::P256).unwrap();
        let module = Pkcs11::new(MODULE).unwrap();
        let slot = module.get_slots_with_initialized_token().unwrap()[0];
        let session = module.open_ro_session(slot).unwrap();
        session.login(UserType::User, Some(&pin("123456"))).unwrap();
        use cryptoki::object::{Attribute, AttributeType, ObjectClass};
        let keys = session
            .find_objects(&[Attribute::Class(ObjectClass::PRIVATE_KEY)])
            .unwrap();
        let wanted = [
            AttributeType::Sensitive,
            AttributeType::Extractable,
            AttributeType::Value,
        ];
        let told = session.get_attributes(keys[0], &wanted).unwrap();
        assert_eq!(
            told,
            [Attribute::Sensitive(true), Attribute::Extractable(false)]
        );
    });
}
