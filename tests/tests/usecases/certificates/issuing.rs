//! A new card comes with its certificates.

use cards_acceptance::World;
use cards_acceptance::authority::Stop;
use cards_domain::card::CardStageName;
use cards_domain::certificate::{CertificateStage, Profile, Usage};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::lifecycle::Lifecycle as _;
use cards_store::certificates::SerialStatus;
use chrono::Duration;

use super::{issuance, sent, serial, stages, status, world};

/// Proves: 3-18
#[test]
fn a_card_comes_with_a_certificate_for_log_in_by_hsa_id_and_one_by_personnummer() {
    let (world, _) = world();
    let card = sent(&world, &world.maja());
    let certificates = world.certificates(card.id);
    let kinds: Vec<_> = certificates
        .iter()
        .map(|one| (one.profile, one.usage, one.stage))
        .collect();
    let active = CertificateStage::Active;
    assert_eq!(
        kinds,
        [
            (Profile::HsaId, Usage::Authentication, active),
            (Profile::PersonId, Usage::Authentication, active)
        ]
    );
    for certificate in &certificates {
        assert_eq!(Some(certificate.not_after), card.valid_to);
        assert_eq!(status(&world, certificate.id), Some(SerialStatus::Good));
        for act in ["begin", "issue", "write_to_card"] {
            assert_eq!(world.lines(certificate.id.0, act, "done"), 1, "{act}");
        }
    }
    assert_ne!(certificates[0].pair, certificates[1].pair);
    assert_ne!(
        serial(&world, certificates[0].id),
        serial(&world, certificates[1].id)
    );
}

#[test]
fn what_was_signed_ends_with_the_last_second_of_the_cards_last_day() {
    let (world, _) = world();
    let card = sent(&world, &world.maja());
    let certificate = world.certificate(card.id, Profile::HsaId);
    let signed = issuance(&world, certificate.id).signed.unwrap();
    let wanted = cards_app::certificates::end_of(card.valid_to.unwrap());
    let end = openssl_end_date(&signed.der);
    assert_eq!(end, wanted.format("%b %e %H:%M:%S %Y GMT").to_string());
}

/// `notAfter` as openssl prints it.
fn openssl_end_date(der: &[u8]) -> String {
    let told = super::openssl::run(&["x509", "-inform", "DER", "-noout", "-enddate"], Some(der));
    told.trim().strip_prefix("notAfter=").unwrap().to_owned()
}

#[test]
fn a_card_is_not_posted_before_its_certificates_are_on_it() {
    let (world, authority) = world();
    authority.stop(Stop::AtPreparing);
    let person = world.maja();
    let order = world.order(&person, DeliveryMethod::APost);
    world.work();
    let card = world.card(world.order_now(order.id).card.unwrap());
    assert_eq!(card.stage(), CardStageName::Ordered);
    assert_eq!(stages(&world, &card), [CertificateStage::Requested; 2]);
    authority.stop(Stop::Never);
    world.advance(Duration::minutes(1));
    world.work();
    assert_eq!(world.card(card.id).stage(), CardStageName::Sent);
    assert_eq!(stages(&world, &card), [CertificateStage::Active; 2]);
}

#[test]
fn without_an_authority_cards_are_made_as_before_and_have_no_certificates() {
    let world = World::new();
    let card = sent(&world, &world.maja());
    assert_eq!(card.stage(), CardStageName::Sent);
    assert_eq!(world.certificates(card.id), []);
}

#[test]
fn a_report_that_comes_twice_asks_for_nothing_twice() {
    let (world, _) = world();
    let card = sent(&world, &world.maja());
    let done = world.folder().join("manufacturer/inbox/done");
    let inbox = world.folder().join("manufacturer/inbox");
    for entry in std::fs::read_dir(&done).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, inbox.join(path.file_name().unwrap())).unwrap();
    }
    world.work();
    assert_eq!(world.certificates(card.id).len(), 2);
}

#[test]
fn another_key_under_the_name_of_an_authority_signs_nothing() {
    let (world, _) = world();
    let first = sent(&world, &world.maja());
    assert_eq!(stages(&world, &first), [CertificateStage::Active; 2]);
    // The token was replaced by an empty one, and the ceremony was held again.
    let (world, other) = cards_acceptance::authority::issuing(world, 1);
    let order = world.order(&world.person("SE2399000013-1010"), DeliveryMethod::APost);
    world.work();
    let card = world.card(world.order_now(order.id).card.unwrap());
    assert_eq!(stages(&world, &card), [CertificateStage::Requested; 2]);
    assert_eq!(other.signed().len(), 0);
    let mut link = world.link();
    assert!(world.app().keep_authorities(&mut link).is_err());
    let mut world = world;
    world.may_leave_errands = true;
}
