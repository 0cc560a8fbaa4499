//! Revoking: a pair by its holder or by an officer, everything with the card.

use cards_acceptance::Person;
use cards_acceptance::authority::Stop;
use cards_acceptance::people::Officer;
use cards_app::queries::Told;
use cards_app::{Call, Failure};
use cards_domain::access::{Actor, Holder, Loa};
use cards_domain::card::{CardStageName, RevocationReason};
use cards_domain::certificate::{CertificateStage, Profile};
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::Reporter;
use cards_store::certificates::SerialStatus;
use chrono::Duration;

use super::{is_revoked, listed, revoke, serial, stages, status, world};

const REVOKED: CertificateStage = CertificateStage::Revoked;
const ACTIVE: CertificateStage = CertificateStage::Active;

fn refusal<T>(done: Result<T, Failure>) -> Refusal {
    match done {
        Err(Failure::Refused(refusal)) => refusal,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was done"),
    }
}

#[test]
fn a_holder_revokes_her_own_pair_and_keeps_the_other_and_the_card() {
    let (world, authority) = world();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let certificate = world.certificate(card.id, Profile::HsaId);
    revoke(&world, &maja, &card, certificate.id).unwrap();
    assert_eq!(stages(&world, &card), [REVOKED, ACTIVE]);
    assert!(is_revoked(status(&world, certificate.id)), "told at once");
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);
    world.work();
    let serial = serial(&world, certificate.id);
    assert!(listed(&world, &authority, certificate.id).contains(&serial));
    let other = world.certificate(card.id, Profile::PersonId);
    assert_eq!(status(&world, other.id), Some(SerialStatus::Good));
}

#[test]
fn a_pair_is_revoked_for_ever_and_only_by_who_may() {
    let (world, _) = world();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let id = world.certificate(card.id, Profile::HsaId).id;
    let mut link = world.link();
    let four = card.number.as_ref().unwrap().last_four().to_owned();
    let reason = RevocationReason::CodesCompromised;
    let low = Call {
        actor: Actor::Holder(Holder {
            person: maja.id,
            loa: Loa::Loa2,
        }),
        ..maja.call()
    };
    let app = world.app();
    let done = app.revoke_pair(&mut link, &low, id, (reason, &four));
    assert_eq!(refusal(done), Refusal::AssuranceTooLow);
    let done = app.revoke_pair(&mut link, &maja.call(), id, (reason, "0000"));
    assert_eq!(refusal(done), Refusal::LastFourWrong);
    let lost = (RevocationReason::Lost, four.as_str());
    let done = app.revoke_pair(&mut link, &maja.call(), id, lost);
    assert_eq!(refusal(done), Refusal::ReasonNotForPeople);
    let elin: Person = world.person("SE2399000013-1010");
    let others = app.revoke_pair(&mut link, &elin.call(), id, (reason, &four));
    assert!(matches!(others, Err(Failure::NotFound)), "not her card");
    revoke(&world, &maja, &card, id).unwrap();
    let again = revoke(&world, &maja, &card, id);
    assert_eq!(refusal(again), Refusal::CertificateEnded);
    world.work();
}

#[test]
fn an_officer_revokes_a_pair_by_her_rights() {
    let (world, _) = world();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let id = world.certificate(card.id, Profile::PersonId).id;
    let four = card.number.as_ref().unwrap().last_four().to_owned();
    let reason = RevocationReason::WronglyIssued;
    let karin: Officer = world.karin();
    let mut link = world.link();
    let app = world.app();
    app.revoke_pair(&mut link, &karin.call(), id, (reason, &four))
        .unwrap();
    assert_eq!(stages(&world, &card), [ACTIVE, REVOKED]);
    world.work();
}

#[test]
fn a_lost_card_takes_every_certificate_with_it_in_one_transaction() {
    let (world, authority) = world();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let told = Told {
        reason: RevocationReason::Stolen,
        reporter: Reporter::HolderLoggedIn,
        last_four: card.number.as_ref().unwrap().last_four().to_owned(),
        wrong_in: None,
    };
    let mut link = world.link();
    // The lists cannot be built: nothing else waits for them.
    authority.stop(Stop::AtListing);
    world
        .app()
        .report_loss(&mut link, &maja.call(), card.id, &told)
        .unwrap();
    assert_eq!(world.card(card.id).stage(), CardStageName::Revoked);
    assert_eq!(stages(&world, &card), [REVOKED; 2]);
    for certificate in world.certificates(card.id) {
        assert_eq!(certificate.reason, Some(RevocationReason::Stolen));
        let at = certificate.since;
        let reason = RevocationReason::Stolen;
        let wanted = SerialStatus::Revoked { at, reason };
        assert_eq!(status(&world, certificate.id), Some(wanted));
        assert_eq!(world.lines(certificate.id.0, "end_with_card", "done"), 1);
    }
    world.work();
    authority.stop(Stop::Never);
    world.advance(Duration::seconds(30));
    world.work();
    for certificate in world.certificates(card.id) {
        let serial = serial(&world, certificate.id);
        assert!(listed(&world, &authority, certificate.id).contains(&serial));
    }
}

#[test]
fn a_card_that_gives_way_to_a_newer_one_leaves_its_certificates_superseded() {
    let (world, _) = world();
    let maja = world.maja();
    let first = world.active_card(&maja);
    let second = world.active_card(&maja);
    assert_eq!(world.card(first.id).stage(), CardStageName::Revoked);
    for certificate in world.certificates(first.id) {
        assert_eq!(certificate.stage, REVOKED);
        assert_eq!(certificate.reason, Some(RevocationReason::Superseded));
    }
    assert_eq!(stages(&world, &second), [ACTIVE; 2]);
}

#[test]
fn certificates_expire_with_their_card() {
    let (world, _) = world();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let last = cards_domain::calendar::start_of_day(card.valid_to.unwrap());
    let now = world.link().now();
    world.advance(last - now + Duration::hours(30));
    let mut link = world.link();
    world.app().run_night(&mut link, "test", false).unwrap();
    assert_eq!(world.card(card.id).stage(), CardStageName::Expired);
    assert_eq!(stages(&world, &card), [CertificateStage::Expired; 2]);
    world.work();
}
