//! Cards that let nobody in: each page says what is wrong and what to do.

use cards_acceptance::Person;
use cards_acceptance::World;
use cards_acceptance::authority::issuing;
use cards_acceptance::site::Site;
use cards_domain::card::{Card, RevocationReason};
use cards_domain::certificate::{CertificateStage, Usage};
use cards_domain::delivery::DeliveryMethod;
use chrono::Duration;

use super::{Answer, MAJA, Visitor, holder, log_ins};
use crate::card_tasks::kit::fetch_signing;

/// What the page says to a visitor in Swedish, after whoever had it was told no.
fn refused(visitor: &Visitor) -> Answer {
    let answer = visitor.log_in("/mina-sidor", "/mina-sidor/kontakt");
    assert_eq!(answer.status, 403, "{}", answer.location);
    assert_eq!(
        visitor.get("/mina-sidor/kontakt").status,
        303,
        "nobody is in"
    );
    answer
}

/// The same refusal in English.
fn in_english(visitor: &Visitor) -> String {
    let back = visitor.show("/mina-sidor", "/mina-sidor");
    visitor.get(&format!("{back}&lang=en")).body
}

fn revoke(world: &World, person: &Person, card: &Card) {
    let told = cards_app::queries::Told {
        reason: RevocationReason::Stolen,
        reporter: cards_domain::revocation::Reporter::HolderLoggedIn,
        last_four: card.number.as_ref().unwrap().last_four().to_owned(),
        wrong_in: None,
    };
    let mut link = world.link();
    let call = person.call();
    world
        .app()
        .report_loss(&mut link, &call, card.id, &told)
        .unwrap();
    world.work();
}

#[test]
fn a_revoked_card_lets_nobody_in_and_the_log_says_who_tried() {
    let (site, _) = Site::taking_cards();
    let (maja, card) = holder(&site.world, MAJA);
    let visitor = Visitor::new(&site, Some(&site.world.chip_key(&card)));
    revoke(&site.world, &maja, &card);
    let page = refused(&visitor).body;
    assert!(
        page.contains("Kortet är spärrat") && page.contains("kortkontoret"),
        "{page}"
    );
    assert!(in_english(&visitor).contains("The card is revoked"));
    let tried = log_ins(&site.world, &maja, "log_in_refused", "certificate_revoked");
    assert_eq!(tried, 2);
}

#[test]
fn a_card_that_is_revoked_on_the_way_lets_nobody_in() {
    let (site, _) = Site::taking_cards();
    let (maja, card) = holder(&site.world, MAJA);
    let visitor = Visitor::new(&site, Some(&site.world.chip_key(&card)));
    let back = visitor.show("/mina-sidor", "/mina-sidor");
    assert!(back.contains("biljett="), "{back}");
    revoke(&site.world, &maja, &card);
    let answer = visitor.get(&back);
    assert!(answer.status == 403 && answer.body.contains("Kortet är spärrat"));
    assert_eq!(log_ins(&site.world, &maja, "log_in", "done"), 0);
}

#[test]
fn without_a_card_the_page_says_how_to_put_it_in() {
    let (site, _) = Site::taking_cards();
    let visitor = Visitor::new(&site, None);
    let page = refused(&visitor).body;
    assert!(page.contains("Webbläsaren visade inget kort"), "{page}");
    assert!(page.contains("Sätt i kortet") && page.contains("Stäng alla"));
    assert!(
        page.contains("/mina-sidor/logga-in?return_to="),
        "another way in"
    );
    assert!(in_english(&visitor).contains("The browser showed no card"));
}

#[test]
fn a_card_that_is_not_activated_lets_nobody_in() {
    let (site, _) = Site::taking_cards();
    let maja = site.world.maja();
    let card = site.world.sent_card(&maja, DeliveryMethod::APost);
    let visitor = Visitor::new(&site, Some(&site.world.chip_key(&card)));
    let page = refused(&visitor).body;
    assert!(page.contains("Kortet är inte aktiverat"), "{page}");
    assert!(in_english(&visitor).contains("has not been activated"));
}

#[test]
fn a_card_whose_last_day_is_over_lets_nobody_in() {
    let (site, _) = Site::taking_cards();
    let (_, card) = holder(&site.world, MAJA);
    let visitor = Visitor::new(&site, Some(&site.world.chip_key(&card)));
    site.world.advance(Duration::days(2000));
    let page = refused(&visitor).body;
    assert!(page.contains("Kortet gäller inte längre"), "{page}");
    assert!(in_english(&visitor).contains("no longer valid"));
}

#[test]
fn a_card_of_another_issuer_lets_nobody_in_whatever_its_certificate_says() {
    let (site, _) = Site::taking_cards();
    // The other authority has the same names and other keys, and its card is the same person's.
    let (elsewhere, _) = issuing(World::new(), 1);
    let (_, card) = holder(&elsewhere, MAJA);
    let visitor = Visitor::new(&site, Some(&elsewhere.chip_key(&card)));
    let page = refused(&visitor).body;
    assert!(page.contains("går inte att logga in med här"), "{page}");
    assert!(in_english(&visitor).contains("You cannot log in here with this card"));
}

#[test]
fn a_certificate_for_signing_lets_nobody_in_and_the_page_says_which_one_to_choose() {
    let (site, _) = Site::taking_cards();
    let world = &site.world;
    let (maja, card) = holder(world, MAJA);
    let keys = fetch_signing(&site, &maja, &card);
    let signing: Vec<_> = world
        .certificates(card.id)
        .into_iter()
        .filter(|one| one.usage == Usage::Signature)
        .collect();
    assert_eq!(signing.len(), 2);
    for certificate in signing {
        assert_eq!(certificate.stage, CertificateStage::Active);
        let issuance = world.link().issuance(certificate.id).unwrap().unwrap();
        let key = &keys[<&str>::from(certificate.profile)];
        let pem = key.pem_with(&issuance.signed.unwrap().der);
        let visitor = Visitor::showing(&site, Some(pem));
        let page = refused(&visitor).body;
        assert!(
            page.contains("Du valde certifikatet för underskrift")
                && page.contains("välj certifikatet för legitimering"),
            "{page}"
        );
        let english = in_english(&visitor);
        assert!(
            english.contains("You chose the certificate for signing")
                && english.contains("choose the certificate for identification"),
            "{english}"
        );
    }
    let tried = log_ins(world, &maja, "log_in_refused", "not_for_log_in");
    assert_eq!(tried, 4);
    assert_eq!(log_ins(world, &maja, "log_in", "done"), 0);
    // The other certificate of the same card opens the door.
    let visitor = Visitor::new(&site, Some(&world.chip_key(&card)));
    assert_eq!(visitor.log_in("/mina-sidor", "/mina-sidor").status, 303);
}
