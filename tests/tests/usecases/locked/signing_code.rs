//! The code for signing (PIN2) at the pages: stated by name beside the code for authentication, and
//! opened with the PUK or at a visit.

use cards_acceptance::World;
use cards_acceptance::site::Site;
use cards_domain::card::Card;
use cards_domain::chip_code::{ChipCode, ChipCodeAction, CodeName, CodeSource, CodeStage};
use cards_domain::ids::ChipCodeId;
use cards_domain::lifecycle::Lifecycle as _;

use super::at_the_pages::{send, visit};
use super::{act, code, farid, old_card_active};
use crate::desk::{Desk, KARIN};

fn stages(world: &World, card: &Card) -> [CodeStage; 2] {
    [CodeName::Pin1, CodeName::Pin2].map(|name| code(world, card, name).stage())
}

/// A card of 7xx whose holder has fetched a certificate for signing, as far as its codes go.
fn with_signing_code(world: &World, card: &Card) {
    let id = ChipCodeId(world.link().new_id());
    let pin1: ChipCode = code(world, card, CodeName::Pin1);
    super::sql(
        world,
        &format!(
            "INSERT INTO chip_code SELECT '{id}'::uuid, card_id, person_id, 'pin2', stage, since, version \
             FROM chip_code WHERE id = '{}'",
            pin1.id
        ),
    );
}

fn lock(world: &World, card: &Card, name: CodeName) {
    let source = CodeSource::Stated;
    let action = ChipCodeAction::Lock { source };
    act(world, &world.karin().call(), (card, name), &action).unwrap();
}

/// Proves: 2-6 3-28
#[test]
fn the_holder_of_an_older_card_names_the_code_that_is_locked_and_the_puk_opens_that_one() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = old_card_active(world, &maja, "641");
    assert_eq!(
        stages(world, &card),
        [CodeStage::Ok; 2],
        "it came with the card"
    );
    let mine = format!("/mina-sidor/kort/{}/last", card.id);
    let holder = Desk::holder(&site, &maja);
    let asked = holder.open(&mine);
    asked.sees("Ja, pin-koden för underskrift (PIN2)");
    asked.sees("Ja, men det är oklart vilken");
    let stated = holder.send(&asked, &mine, &[("kod", "pin2")]);
    stated.sees("Din pin-kod för underskrift (PIN2) är låst");
    stated.sees("Leta fram kodbrevet från Telia");
    stated.sees("Ett besök på kortkontoret hjälper inte");
    assert_eq!(stages(world, &card), [CodeStage::Ok, CodeStage::Locked]);
    holder
        .open("/mina-sidor")
        .sees("Du kan logga in med kortet, men inte skriva under");
    let own = holder.open(&format!("/mina-sidor/kort/{}", card.id));
    own.sees("Kortet är aktivt");
    own.sees("Pin-kod för underskrift (PIN2)");

    let officer = Desk::officer(&site, KARIN);
    let at = format!("/id-admin/kort/{}/las-upp", card.id);
    let page = officer.open(&at);
    page.sees("Pin-koden för underskrift (PIN2) är låst");
    page.sees("Kort med produktnummer 641 kan inte låsas upp vid ett besök.");
    let hsa_id = farid(world).person.hsa_id;
    let desk = Desk::servicedesk(&site, &hsa_id);
    let page = desk.open(&format!("/servicedesk/kort/{}/last", card.id));
    page.sees("Pin-kod för underskrift låst");

    let opened = format!("/mina-sidor/kort/{}/upplast", card.id);
    holder.send(&holder.open(&mine), &opened, &[("kod", "pin2")]);
    assert_eq!(stages(world, &card), [CodeStage::Ok; 2]);
    world.work();
}

#[test]
fn whoever_does_not_know_which_code_is_locked_means_the_one_to_log_in_with_and_names_the_other_later()
 {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = old_card_active(world, &maja, "641");
    let mine = format!("/mina-sidor/kort/{}/last", card.id);
    let holder = Desk::holder(&site, &maja);
    let stated = holder.send(&holder.open(&mine), &mine, &[]);
    stated.sees("Ditt kort är låst, inte spärrat");
    stated.sees("Pin-kod för underskrift (PIN2) är också låst");
    assert_eq!(stages(world, &card), [CodeStage::Locked, CodeStage::Ok]);
    let both = holder.send(&stated, &mine, &[("kod", "pin2")]);
    both.sees("Pin-kod för underskrift (PIN2) är upplåst med puk-koden");
    assert_eq!(stages(world, &card), [CodeStage::Locked; 2]);
    world.work();
}

#[test]
fn a_visit_with_a_signature_opens_both_codes_of_a_731_at_once() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    with_signing_code(world, &card);
    lock(world, &card, CodeName::Pin1);
    lock(world, &card, CodeName::Pin2);
    let officer = Desk::officer(&site, KARIN);
    let at = format!("/id-admin/kort/{}/las-upp", card.id);
    let page = officer.open(&at);
    page.sees("Båda koderna är låsta och väljs på nytt");
    let asked = send(&officer, &page, &at, &visit(&card, &maja, "passport"));
    let done = officer.sign(&asked);
    done.sees("Kortet är upplåst");
    done.sees("Pin-koden för underskrift (PIN2) upplåst vid besök");
    assert_eq!(stages(world, &card), [CodeStage::Ok; 2]);
    let beside = code(world, &card, CodeName::Pin2);
    assert_eq!(world.lines(beside.id.0, "unlock_beside", "done"), 1);
    world.work();
}
