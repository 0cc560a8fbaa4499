//! What the pages of persons and orders must say.

use cards_domain::access::Role;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::order::OrderStage;
use cards_domain::refusal::Refusal;

use super::{html, page, read};
use crate::id_admin::samples::*;
use crate::id_admin::{order, person};
use crate::layout::Portal;
use crate::text::Lang;

#[test]
fn a_protected_person_shows_nothing_but_the_hsa_id_until_asked() {
    let hidden = page("person, protected");
    for secret in ["Maja", "Lindqvist", NUMBER, "19850312", "Provgatan"] {
        assert!(!hidden.contains(secret), "{secret}");
    }
    assert!(hidden.contains("SE2399000013-1002") && hidden.contains("visa=1"));
    let s = id_admin(Lang::Sv);
    let shown = html(&person::view(
        &s,
        &person_page(protected(), Vec::new()),
        true,
    ));
    assert!(shown.contains("Maja Lindqvist") && shown.contains("Provgatan 1"));
}

#[test]
fn the_next_step_is_the_card_that_can_be_activated_here() {
    let page = read(&page("person"));
    assert!(page.contains("Nästa steg: aktivera kortet"), "{page}");
    assert!(page.contains("Aktivera kort …7738"));
    assert!(page.contains("2026-12-05"), "when it may be ordered anew");
    assert!(page.contains("Ett kort från en annan utgivare"));
    assert!(page.contains("Provgatan 1"));
}

#[test]
fn what_the_rules_refuse_is_a_line_with_the_reason_and_no_button() {
    let s = id_admin(Lang::Sv);
    let office = "Tallhöjden".to_owned();
    let cards = vec![offered(
        card(sent(), DeliveryMethod::APost),
        Err(Refusal::WrongOffice { office }),
    )];
    let page = html(&person::view(&s, &person_page(maja(), cards), false));
    assert!(page.contains("Kortet hör till Tallhöjden"));
    assert!(
        !page.contains("/aktivera\""),
        "a button for what is refused"
    );
}

#[test]
fn nobody_is_told_that_an_active_card_cannot_be_activated() {
    let s = id_admin(Lang::Sv);
    let cards = vec![offered(
        card(active(), DeliveryMethod::APost),
        Err(Refusal::CardAlreadyActive),
    )];
    let page = read(&html(&person::view(&s, &person_page(maja(), cards), false)));
    assert!(!page.contains("redan aktivt"), "{page}");
}

#[test]
fn a_card_that_waits_for_its_signature_comes_before_everything_else() {
    let s = id_admin(Lang::Sv);
    let unsigned = offered(
        card(unsigned(), DeliveryMethod::APost),
        Err(Refusal::ReceiptNotSigned),
    );
    let page = html(&person::view(
        &s,
        &person_page(maja(), vec![unsigned.clone()]),
        false,
    ));
    assert!(page.contains("Nästa steg: ta emot kvittensen"));
    let auditor = setting(Lang::Sv, Portal::IdAdmin, Role::Auditor);
    let page = html(&person::view(
        &auditor,
        &person_page(maja(), vec![unsigned]),
        false,
    ));
    assert!(!page.contains("/kvittens"), "an auditor changes nothing");
}

#[test]
fn the_order_form_shows_routine_and_address_and_the_address_cannot_be_changed() {
    let form = page("order form");
    let words = read(&form);
    assert!(words.contains("Chefen ska ha godkänt beställningen."));
    assert!(words.contains("Jag har läst rutinen"));
    assert!(words.contains("Provgatan 1"));
    assert!(!form.contains("value=\"Provgatan"), "{form}");
    assert!(words.contains("Kan inte spåras"));
}

#[test]
fn without_the_register_there_is_no_form_but_a_way_on() {
    let page = page("order form, silent register");
    assert!(page.contains("Folkbokföringen svarar inte") && page.contains("Försök igen"));
    assert!(!page.contains("name=\"kontor\""));
}

#[test]
fn a_registered_letter_is_followed_at_postnord_and_an_ordinary_one_cannot_be() {
    let rek = page("order");
    assert!(rek.contains(&format!("https://tracking.postnord.com/se/?id={REK_ID}")));
    assert!(rek.contains("Hos tillverkaren") && rek.contains("Aktiverad"));
    let s = id_admin(Lang::Sv);
    let a_post = html(&order::view(
        &s,
        &order_page(OrderStage::Dispatched, DeliveryMethod::APost),
    ));
    assert!(a_post.contains("A-post kan inte spåras") && !a_post.contains("postnord"));
    let orderer = setting(Lang::Sv, Portal::IdAdmin, Role::Orderer);
    let page = html(&order::view(
        &orderer,
        &order_page(OrderStage::Dispatched, DeliveryMethod::Rek),
    ));
    assert!(!page.contains(REK_ID), "the Rek-id is not for everybody");
}

#[test]
fn stopping_an_order_says_what_is_lost_and_asks_for_four_digits() {
    let page = page("cancel, refused");
    assert!(page.contains("Kortet spärras för alltid"));
    assert!(
        page.contains("Siffrorna är inte kortets fyra sista") && page.contains("value=\"1234\"")
    );
    assert!(!page.contains("7738"), "the answer is not on the page");
}
