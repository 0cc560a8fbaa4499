//! The nightly examination: it finds nothing where nothing is wrong, and puts right what is, toward
//! the safer side.

use cards_acceptance::World;
use cards_acceptance::authority::Stop;
use cards_app::certificates::CheckRun;
use cards_domain::access::Role;
use cards_domain::certificate::{CertificateStage, Profile};
use cards_domain::delivery::DeliveryMethod;
use chrono::Duration;
use diesel::prelude::*;

use super::{is_revoked, listed, revoke, sent, serial, stages, status, world};

fn examine(world: &World) -> CheckRun {
    let mut link = world.link();
    let app = world.app();
    app.keep_authorities(&mut link).unwrap();
    while app.keep_lists(&mut link).unwrap() > 0 {}
    let run = app.examine_certificates(&mut link, "test").unwrap();
    run.expect("nobody else has examined tonight")
}

fn codes(run: &CheckRun) -> Vec<&str> {
    run.findings.iter().map(|one| one.code.as_str()).collect()
}

/// Behind the back of the gate, as a restored backup or a hand in the database would.
fn behind_its_back(world: &World, statement: &str) {
    let mut conn = world.database.connect();
    conn.transaction(|conn| {
        diesel::sql_query("SET LOCAL session_replication_role = replica").execute(conn)?;
        diesel::sql_query(statement).execute(conn)
    })
    .unwrap();
}

#[test]
fn nothing_is_found_where_everything_went_through_the_gate() {
    let (world, _) = world();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let id = world.certificate(card.id, Profile::HsaId).id;
    revoke(&world, &maja, &card, id).unwrap();
    world.work();
    let run = examine(&world);
    assert_eq!(codes(&run), [""; 0]);
    assert_eq!((run.examined, run.repaired), (2, 0));
    let mut link = world.link();
    let again = world.app().examine_certificates(&mut link, "other");
    assert!(again.unwrap().is_none(), "once a night");
}

#[test]
fn a_certificate_that_lives_on_a_revoked_card_is_revoked() {
    let (world, authority) = world();
    let card = sent(&world, &world.maja());
    let statement = format!(
        "UPDATE card SET stage = 'revoked', reason = 'stolen', since = now() WHERE id = '{}'",
        card.id
    );
    behind_its_back(&world, &statement);
    behind_its_back(
        &world,
        &format!(
            "UPDATE chip_code SET stage = 'gone' WHERE card_id = '{}'",
            card.id
        ),
    );
    behind_its_back(
        &world,
        &format!("DELETE FROM deadline WHERE thing_id = '{}'", card.id),
    );
    let run = examine(&world);
    assert_eq!(codes(&run)[..2], ["lives_on_a_revoked_card"; 2]);
    assert!(run.findings.iter().all(|one| one.repaired));
    assert_eq!(stages(&world, &card), [CertificateStage::Revoked; 2]);
    world.work();
    for certificate in world.certificates(card.id) {
        assert!(is_revoked(status(&world, certificate.id)));
        let serial = serial(&world, certificate.id);
        assert!(listed(&world, &authority, certificate.id).contains(&serial));
    }
}

#[test]
fn a_list_that_lacks_a_revoked_certificate_is_built_anew() {
    let (world, authority) = world();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let id = world.certificate(card.id, Profile::HsaId).id;
    examine(&world);
    let before = {
        let reserved = super::issuance(&world, id).reserved.unwrap();
        format!(
            "UPDATE crl_shard SET der = (SELECT der FROM kept_list), entries = 0 \
             WHERE authority = '{}' AND shard = {}",
            reserved.authority, reserved.shard
        )
    };
    behind_its_back(
        &world,
        &format!(
            "CREATE TABLE kept_list AS SELECT c.der FROM crl_shard c JOIN issuance i \
             ON i.authority = c.authority AND i.shard = c.shard WHERE i.certificate_id = '{id}'"
        ),
    );
    revoke(&world, &maja, &card, id).unwrap();
    world.work();
    behind_its_back(&world, &before);
    assert_eq!(listed(&world, &authority, id), [""; 0]);
    // The next night, before the list has lived half its time.
    world.advance(Duration::hours(17));
    let mut link = world.link();
    let run = world.app().examine_certificates(&mut link, "test");
    let run = run.unwrap().unwrap();
    assert_eq!(codes(&run), ["revoked_but_not_listed"]);
    assert!(listed(&world, &authority, id).contains(&serial(&world, id)));
}

#[test]
fn a_certificate_that_was_changed_in_the_database_is_told_of() {
    let (world, _) = world();
    let card = sent(&world, &world.maja());
    let [one, other] =
        [Profile::HsaId, Profile::PersonId].map(|profile| world.certificate(card.id, profile).id);
    behind_its_back(
        &world,
        &format!(
            "UPDATE issuance SET der = (SELECT der FROM issuance WHERE certificate_id = '{other}') \
             WHERE certificate_id = '{one}'"
        ),
    );
    let run = examine(&world);
    assert!(!run.findings.is_empty());
    assert!(
        run.findings
            .iter()
            .all(|found| found.certificate == Some(one))
    );
}

#[test]
fn issuers_and_auditors_see_the_page_and_officers_at_the_desk_do_not() {
    let (world, _) = world();
    let run = examine(&world);
    let mut link = world.link();
    let app = world.app();
    let nadja = world.officer("SE2399000013-1007", Role::Auditor, None);
    let page = app.check_page(&mut link, &nadja.call()).unwrap();
    assert_eq!(page.checks.len(), 1);
    assert_eq!(page.checks[0].examined, run.examined);
    assert!(page.lists.iter().all(|list| list.entries == 0));
    assert!(app.check_page(&mut link, &world.karin().call()).is_err());
}

#[test]
fn a_certificate_that_nobody_has_issued_is_issued() {
    let (world, authority) = world();
    authority.stop(Stop::AtPreparing);
    let order = world.order(&world.maja(), DeliveryMethod::APost);
    world.work();
    let card = world.card(world.order_now(order.id).card.unwrap());
    authority.stop(Stop::Never);
    world.advance(Duration::hours(2));
    let run = examine(&world);
    assert_eq!(codes(&run), ["was_not_issued"; 2]);
    assert!(run.findings.iter().all(|one| one.repaired));
    assert_eq!(stages(&world, &card), [CertificateStage::Issued; 2]);
    world.work();
    assert_eq!(stages(&world, &card), [CertificateStage::Active; 2]);
}

#[test]
fn a_revoked_certificate_that_the_status_service_calls_good_is_told_of() {
    let (world, authority) = world();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let id = world.certificate(card.id, Profile::HsaId).id;
    revoke(&world, &maja, &card, id).unwrap();
    world.work();
    authority.stop(Stop::AnswersGood);
    let run = examine(&world);
    assert!(codes(&run).contains(&"revoked_and_not_told"), "{run:?}");
    let about: Vec<_> = run.findings.iter().map(|one| one.certificate).collect();
    assert!(about.contains(&Some(id)));
}

#[test]
fn a_living_certificate_that_was_told_to_be_revoked_is_revoked() {
    let (world, authority) = world();
    let card = world.active_card(&world.maja());
    authority.stop(Stop::AnswersRevoked);
    // A part of those that live is asked about each night: within as many nights each one is.
    for _ in 0..64 {
        world.advance(Duration::days(1));
        let mut link = world.link();
        let app = world.app();
        app.keep_authorities(&mut link).unwrap();
        let run = app
            .examine_certificates(&mut link, "test")
            .unwrap()
            .unwrap();
        let told = run.findings.iter();
        assert!(
            told.filter(|one| one.code == "told_revoked_and_lives")
                .all(|one| one.repaired)
        );
    }
    assert_eq!(stages(&world, &card), [CertificateStage::Revoked; 2]);
    world.work();
}

#[test]
fn a_living_certificate_that_stands_on_a_list_is_revoked_and_stays_there() {
    let (world, authority) = world();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let id = world.certificate(card.id, Profile::HsaId).id;
    revoke(&world, &maja, &card, id).unwrap();
    world.work();
    let statement = format!(
        "UPDATE certificate SET stage = 'active', reason = NULL WHERE card_id = '{}'",
        card.id
    );
    behind_its_back(&world, &statement);
    let run = examine(&world);
    assert!(codes(&run).contains(&"listed_but_not_revoked"), "{run:?}");
    assert!(is_revoked(status(&world, id)));
    world.work();
    assert!(listed(&world, &authority, id).contains(&serial(&world, id)));
}
