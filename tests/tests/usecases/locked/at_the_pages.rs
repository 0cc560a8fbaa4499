//! The same at the pages, over HTTP, as a browser without script.

use cards_acceptance::Person;
use cards_acceptance::site::Site;
use cards_domain::card::Card;
use cards_domain::chip_code::{CodeName, CodeStage};
use cards_domain::identity_check::CheckStep;
use cards_domain::lifecycle::Lifecycle as _;
use strum::IntoEnumIterator;

use super::{code, locked_card, old_card_locked};
use crate::desk::{Desk, KARIN, Page};

fn stage(site: &Site, card: &Card) -> CodeStage {
    code(&site.world, card, CodeName::Pin1).stage()
}

/// What is typed and ticked at a visit, with `document` as the kind.
pub fn visit(card: &Card, person: &Person, document: &str) -> Vec<(String, String)> {
    let number = card.number.clone().unwrap().to_string();
    let mut typed: Vec<(String, String)> = [
        ("kortnummer", number.as_str()),
        ("handling", document),
        ("nummer", person.number.as_str()),
        ("fyra", "4417"),
        ("giltig", "2033-05-30"),
        ("vald", "ja"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec();
    typed.extend(CheckStep::iter().map(|step| {
        let step: &'static str = step.into();
        (format!("steg-{step}"), "ja".to_owned())
    }));
    typed
}

pub fn send(desk: &Desk, page: &Page, action: &str, typed: &[(String, String)]) -> Page {
    let typed: Vec<(&str, &str)> = typed
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    desk.send(page, action, &typed)
}

/// Proves: 0-3 3-24 3-26
#[test]
fn a_locked_card_is_stated_by_its_holder_and_opened_at_the_counter_with_a_signature() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let mine = format!("/mina-sidor/kort/{}/last", card.id);
    let holder = Desk::holder(&site, &maja);
    let stated = holder.send(&holder.open(&mine), &mine, &[]);
    stated.sees("Ditt kort är låst, inte spärrat");
    stated.sees("kontoret där du fotograferades");
    assert_eq!(stage(&site, &card), CodeStage::Locked);

    let officer = Desk::officer(&site, KARIN);
    let at = format!("/id-admin/kort/{}/las-upp", card.id);
    let page = officer.open(&at);
    page.sees("Innehavaren är här med kortet");
    page.sees("Utländskt pass eller id-kort");
    let asked = send(&officer, &page, &at, &visit(&card, &maja, "passport"));
    assert_eq!(
        stage(&site, &card),
        CodeStage::Locked,
        "not before it is signed"
    );
    let done = officer.sign(&asked);
    done.sees("Kortet är upplåst");
    assert_eq!(stage(&site, &card), CodeStage::Ok);
    let again = officer.open(&at);
    assert_eq!(again.status, 409);
    again.sees("Koden är inte låst.");
    world.work();
}

/// Example 1. Proves: 3-26
#[test]
fn a_foreign_passport_cannot_be_chosen_at_the_form_and_the_refusal_says_what_can() {
    let site = Site::start();
    let maja = site.world.maja();
    let card = locked_card(&site.world, &maja);
    let officer = Desk::officer(&site, KARIN);
    let at = format!("/id-admin/kort/{}/las-upp", card.id);
    let page = officer.open(&at);
    assert!(
        !page
            .choices("handling")
            .iter()
            .any(|one| one.contains("foreign"))
    );
    for kind in ["foreign_passport", "bank_id"] {
        let told = send(&officer, &page, &at, &visit(&card, &maja, kind));
        assert_eq!(told.status, 422, "{kind}");
        told.sees("Välj vilken svensk id-handling du har i handen.");
    }
    assert_eq!(stage(&site, &card), CodeStage::Locked);
}

/// R39: who came with another person's document stands in the log though nothing was signed.
#[test]
fn the_document_of_another_person_is_refused_at_its_field_and_written_down() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = locked_card(world, &maja);
    let officer = Desk::officer(&site, KARIN);
    let at = format!("/id-admin/kort/{}/las-upp", card.id);
    let other = world.person("SE2399000013-1009");
    let page = officer.open(&at);
    let told = send(&officer, &page, &at, &visit(&card, &other, "passport"));
    assert_eq!(told.status, 422);
    told.sees("Ingen kan göra det i innehavarens ställe.");
    let locked = code(world, &card, CodeName::Pin1);
    let refusals = world.lines(locked.id.0, "unlock_at_visit", "document_of_another_person");
    assert_eq!(refusals, 1);
    assert_eq!(stage(&site, &card), CodeStage::Locked);
}

/// Proves: 0-3 3-28
#[test]
fn an_older_card_has_no_form_for_a_visit_but_a_letter_that_is_asked_for_and_approved() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = old_card_locked(world, &maja, "641");
    let officer = Desk::officer(&site, KARIN);
    let at = format!("/id-admin/kort/{}/las-upp", card.id);
    let page = officer.open(&at);
    page.sees("Kort med produktnummer 641 kan inte låsas upp vid ett besök.");
    assert!(!page.has_form(&at), "no visit");
    let ask = format!("/id-admin/kort/{}/puk-brev", card.id);
    assert!(page.leads_to(&ask));

    let form = officer.open(&ask);
    form.sees("cirka tre dagar");
    let told = officer.send(&form, &ask, &[("skal", "locked")]);
    assert_eq!(told.status, 422);
    told.sees("Det är inte säkert vem som ber om puk-brevet.");
    let letter = officer.send(&form, &ask, &[("skal", "locked"), ("kontrollerad", "ja")]);
    letter.sees("Brevet väntar på att godkännas");
    let approve = format!("{}/godkann", letter.path);
    let approved = officer.send(&letter, &approve, &[]);
    approved.sees("Återkalla brevet, eller vänta tills det skickas.");

    let opened = format!("/id-admin/kort/{}/upplast", card.id);
    let done = officer.send(&officer.open(&at), &opened, &[]);
    done.sees("Kortet är upplåst");
    assert_eq!(stage(&site, &card), CodeStage::Ok);
    world.work();
}
