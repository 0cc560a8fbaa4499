//! The same at the pages, over HTTP, as a browser without script.

use std::cell::RefCell;
use std::sync::Arc;

use cards_acceptance::authority::{TestAuthority, issuing};
use cards_acceptance::site::Site;
use cards_acceptance::{Person, World};
use cards_domain::card::Card;
use cards_domain::certificate::{CertificateStage, Profile};

use super::{sent, stages};
use crate::desk::{Desk, KARIN};

const ANDERS: &str = "SE2399000013-1004";

fn site() -> (Site, Arc<TestAuthority>) {
    let kept = RefCell::new(None);
    let site = Site::with(|port| {
        let (world, authority) = issuing(World::at_port(port), port);
        kept.replace(Some(authority));
        world
    });
    (site, kept.into_inner().unwrap())
}

fn four(card: &Card) -> String {
    card.number.as_ref().unwrap().last_four().to_owned()
}

/// The certificate for log-in by HSA-id has its page here.
fn revoke_path(home: &str, world: &World, card: &Card) -> String {
    let id = world.certificate(card.id, Profile::HsaId).id;
    format!("{home}/certifikat/{id}/sparra")
}

#[test]
fn the_holder_reads_her_certificates_in_plain_names_and_never_the_number() {
    let (site, _) = site();
    let world = &site.world;
    let maja: Person = world.maja();
    let card = world.active_card(&maja);
    let holder = Desk::holder(&site, &maja);
    let page = holder.open(&format!("/mina-sidor/kort/{}", card.id));
    page.sees("Certifikat på kortet");
    page.sees("Legitimera");
    page.sees("Tjänstelegitimation (HSA-id)");
    page.sees("Personlig e-legitimation (personnummer)");
    page.sees("Giltigt");
    assert!(
        !page.body.contains(maja.number.as_str()),
        "the number is shown"
    );
    let list = format!("/mina-sidor/kort/{}/certifikat", card.id);
    assert!(page.leads_to(&list));
    let page = holder.open(&list);
    assert!(page.leads_to(&revoke_path("/mina-sidor", world, &card)));
}

#[test]
fn a_card_in_the_post_says_when_its_certificates_can_be_used() {
    let (site, _) = site();
    let world = &site.world;
    let maja = world.maja();
    let card = sent(world, &maja);
    let holder = Desk::holder(&site, &maja);
    let page = holder.open(&format!("/mina-sidor/kort/{}", card.id));
    page.sees("kan användas när kortet är aktivt");
}

#[test]
fn the_holder_revokes_her_pair_in_two_steps_that_say_what_it_means() {
    let (site, _) = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let holder = Desk::holder(&site, &maja);
    let path = revoke_path("/mina-sidor", world, &card);
    let page = holder.open(&path);
    page.sees("Det går inte att ångra");
    page.sees("Kortet och dess andra certifikat gäller som förut.");
    let nothing = holder.send(&page, &path, &[("fyra", &four(&card))]);
    assert_eq!(nothing.status, 422);
    nothing.sees("Välj varför certifikaten spärras.");
    let reason = ("orsak", "codes_compromised");
    let wrong = holder.send(&page, &path, &[reason, ("fyra", "0000")]);
    assert_eq!(wrong.status, 422);
    assert_eq!(stages(world, &card), [CertificateStage::Active; 2]);
    let done = holder.send(&wrong, &path, &[reason, ("fyra", &four(&card))]);
    assert_eq!(done.status, 200, "{}", done.path);
    done.sees("Spärrat");
    let first = stages(world, &card)[0];
    assert_eq!(first, CertificateStage::Revoked);
    let again = holder.open(&path);
    assert_eq!(again.status, 409);
    world.work();
}

#[test]
fn an_officer_finds_the_certificates_from_the_card_and_revokes_a_pair() {
    let (site, _) = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let officer = Desk::officer(&site, KARIN);
    let page = officer.open(&format!("/id-admin/person/{}", maja.id));
    page.sees("Legitimera (med HSA-id)");
    let list = format!("/id-admin/kort/{}/certifikat", card.id);
    assert!(page.leads_to(&list));
    let page = officer.open(&list);
    page.sees("Certifikaten gäller exakt lika länge som kortet");
    let path = revoke_path("/id-admin", world, &card);
    assert!(page.leads_to(&path));
    let page = officer.open(&path);
    let fields = [("orsak", "issuer_decision"), ("fyra", &four(&card))];
    let done = officer.send(&page, &path, &fields);
    assert_eq!(done.status, 200, "{}", done.path);
    done.sees("Spärrat");
    world.work();
}

#[test]
fn an_issuer_reads_the_examination_and_the_ages_of_the_lists() {
    let (site, _) = site();
    let world = &site.world;
    let card = sent(world, &world.maja());
    assert_eq!(stages(world, &card).len(), 2);
    let anders = Desk::officer(&site, ANDERS);
    let page = anders.open("/id-admin/certifikat");
    page.sees("Ingen granskning har gjorts än");
    let mut link = world.link();
    let app = world.app();
    while app.keep_lists(&mut link).unwrap() > 0 {}
    app.examine_certificates(&mut link, "test").unwrap();
    let page = anders.open("/id-admin/certifikat");
    page.sees("Inget att anmärka");
    page.sees("2 certifikat granskades.");
    page.sees("spärrlistor");
}
