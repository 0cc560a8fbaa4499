//! R35: the holder does not want to sign. The card is revoked at once and cut, and nobody is pressed.

use cards_acceptance::site::Site;
use cards_domain::card::{CardStage, Custody, RevocationReason};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::order::OrderStage;

use super::{receipt_at, unlocked};
use crate::desk::{Desk, KARIN, NADJA, TOVE};

#[test]
fn r35_a_card_whose_holder_does_not_sign_is_revoked_at_once_and_cut() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let karin = Desk::officer(&site, KARIN);
    unlocked(&site, &karin, &maja, &card);
    let at = format!("{}/vagra", receipt_at(&card));
    assert!(karin.open(&receipt_at(&card)).leads_to(&at));
    let page = karin.open(&at);
    page.sees("Det är innehavarens eget val.");
    page.sees("det går inte att ångra");
    assert!(
        matches!(
            world.card(card.id).stage,
            CardStage::UnlockedUnsigned { .. }
        ),
        "to open the page does nothing"
    );
    let cut = karin.send(&page, &at, &[]);
    assert_eq!(cut.path, format!("/id-admin/kort/{}/makulera", card.id));
    let again = karin.send(&page, &at, &[]);
    assert_eq!((again.status, &again.path), (200, &cut.path));
    assert!(matches!(
        world.card(card.id).stage,
        CardStage::Revoked {
            reason: RevocationReason::ReceiptNotSigned,
            ..
        }
    ));
    assert_eq!(world.order_now(card.order).stage, OrderStage::Cancelled);
    assert_eq!(world.lines(card.id.0, "end_with_receipt", "done"), 1);
    let number = card.number.clone().unwrap().to_string();
    karin.send(&cut, &cut.path, &[("kortnummer", &number)]);
    assert_eq!(world.card(card.id).custody, Custody::Destroyed);
    let sheet = world.link().card_for_errand(card.id).unwrap().unwrap();
    assert_eq!(sheet.receipt, None, "nothing is left to sign");
    world.work();
}

#[test]
fn r35_a_card_that_is_signed_for_is_not_revoked_by_a_late_refusal() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let karin = Desk::officer(&site, KARIN);
    unlocked(&site, &karin, &maja, &card);
    let at = format!("{}/vagra", receipt_at(&card));
    let page = karin.open(&at);
    world.sign(&maja, &card).unwrap();
    let late = karin.send(&page, &at, &[]);
    assert_eq!(late.status, 409);
    assert!(matches!(
        world.card(card.id).stage,
        CardStage::Active { .. }
    ));
    let open = Desk::officer(&site, TOVE).open(&at);
    assert_eq!(open.path, format!("/id-admin/kort/{}/klart", card.id));
    world.work();
}

#[test]
fn r35_who_reviews_the_log_refuses_in_nobodys_name() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    unlocked(&site, &Desk::officer(&site, KARIN), &maja, &card);
    let nadja = Desk::officer(&site, NADJA);
    let at = format!("{}/vagra", receipt_at(&card));
    assert_eq!(nadja.open(&at).status, 403);
    assert_eq!(nadja.force(&at, 1, &[]).status, 403);
    world.sign(&maja, &card).unwrap();
    world.work();
}
