//! Every living card and every order has a next step, and it is the right one.

use cards_app::queries::CardAndOffers;
use cards_domain::access::Role;
use cards_domain::card::Custody;
use cards_domain::chip_code::ChipCodeActionName;
use cards_domain::delivery::{DeliveryMethod, DeliveryStage};
use cards_domain::ids::{CardId, PersonId, PukLetterId};
use cards_domain::offer::Offer;
use cards_domain::order::{OrderActionName, OrderStage};
use cards_domain::puk_letter::{LetterReason, PukLetter, PukLetterStage};
use cards_domain::refusal::Refusal;
use cards_domain::revocation::RevocationStage;
use uuid::Uuid;

use super::{html, read};
use crate::id_admin::samples::*;
use crate::id_admin::{order, parts, person};
use crate::layout::Portal;
use crate::text::Lang;

fn shown(cards: Vec<CardAndOffers>) -> String {
    let s = id_admin(Lang::Sv);
    html(&person::view(&s, &person_page(maja(), cards), false))
}

/// A locked card; `visit` is whether it can be opened here.
fn locked(number: &str, visit: &Result<(), Refusal>) -> CardAndOffers {
    let page = crate::locked_card::tests::locked(Some(number), true, false);
    let mut card = page.page.card;
    for offer in card.codes.iter_mut().flat_map(|code| &mut code.offers) {
        if offer.action == ChipCodeActionName::UnlockAtVisit {
            offer.verdict = visit.clone();
        }
    }
    card
}

fn letter(stage: PukLetterStage) -> PukLetter {
    PukLetter {
        id: PukLetterId(Uuid::from_u128(800)),
        card: CardId(Uuid::from_u128(100)),
        person: MAJA,
        reason: LetterReason::Locked,
        requested_by: PersonId(Uuid::from_u128(9)),
        stage,
        since: now(),
        version: 1,
    }
}

fn no_visit() -> Result<(), Refusal> {
    let product_number = "641".parse().ok();
    Err(Refusal::VisitDoesNotUnlock { product_number })
}

#[test]
fn a_locked_card_is_unlocked_here_or_by_a_letter() {
    let visit = shown(vec![locked("711", &Ok(()))]);
    assert!(visit.contains("Nästa steg: lås upp kortet"), "{visit}");
    assert!(visit.contains("väljer en ny pin-kod"));
    let by_puk = shown(vec![locked("641", &no_visit())]);
    assert!(by_puk.contains("Nästa steg: lås upp kortet"), "{by_puk}");
    assert!(by_puk.contains("Saknas kodbrevet: beställ ett puk-brev"));
    let elsewhere = Refusal::WrongOffice {
        office: "Tallhöjden".to_owned(),
    };
    let mut card = locked("711", &Err(elsewhere));
    card.letter = Some(Err(Refusal::NoRegisteredAddress));
    let page = read(&shown(vec![card]));
    assert!(page.contains("Nästa steg: lås upp kortet Kortet låses upp på Tallhöjden"));
}

/// An approved letter that is not sent is no dead end: it is linked, and can be taken back there.
#[test]
fn a_letter_that_is_under_way_is_linked_and_not_refused() {
    for (stage, said) in [
        (PukLetterStage::Requested, "godkänn eller avslå puk-brevet"),
        (PukLetterStage::Approved, "följ puk-brevet"),
    ] {
        let mut card = locked("641", &no_visit());
        card.sheet.parts.letters = vec![letter(stage)];
        card.letter = Some(Err(Refusal::LetterAlreadyOpen));
        let page = shown(vec![card]);
        assert!(page.contains(&format!("Nästa steg: {said}")), "{page}");
        let to = format!("/id-admin/puk-brev/{}", letter(stage).id);
        assert_eq!(page.matches(&to).count(), 2, "beside the card too");
        assert!(!page.contains("finns redan ett puk-brev"), "{page}");
    }
}

#[test]
fn a_caller_who_is_not_known_is_called_back_before_anything_is_closed() {
    let case = crate::loss::tests::case(RevocationStage::Reported, Vec::new());
    let mut card = offered(
        card(active(), DeliveryMethod::APost),
        Err(Refusal::CardAlreadyActive),
    );
    card.sheet.parts.cases = vec![case.case];
    let mut page = person_page(maja(), vec![card.clone()]);
    page.clocks = case.call_back.into_iter().collect();
    let s = id_admin(Lang::Sv);
    let words = read(&html(&person::view(&s, &page, false)));
    assert!(words.contains("Nästa steg: ring upp före 09:57"), "{words}");
    assert!(words.contains("Kortet är inte spärrat än."));
    assert!(
        !words.contains("Något återstår att göra utanför"),
        "{words}"
    );
}

#[test]
fn whoever_ordered_a_card_at_the_office_is_told_to_ask_a_colleague() {
    let mut sheet = card(sent(), DeliveryMethod::ToOffice);
    sheet.card.custody = Custody::Office;
    let page = shown(vec![offered(sheet, Err(Refusal::SecondPersonNeeded))]);
    assert!(page.contains("Nästa steg: be en kollega aktivera kortet"));
    assert!(!page.contains("/aktivera\""), "nothing to press");
}

#[test]
fn a_card_that_the_post_has_lost_is_ordered_anew_before_anybody_waits_for_it() {
    let mut sheet = card(sent(), DeliveryMethod::Rek);
    if let Some(delivery) = &mut sheet.delivery {
        delivery.stage = DeliveryStage::Lost;
    }
    let mut page = person_page(maja(), vec![offered(sheet.clone(), Ok(()))]);
    for offer in page.orders.iter_mut().flat_map(|order| &mut order.offers) {
        offer.verdict = Ok(());
    }
    let s = id_admin(Lang::Sv);
    let shown = html(&person::view(&s, &page, false));
    assert!(shown.contains("Nästa steg: beställ på nytt"), "{shown}");
    assert!(shown.contains("/bestall-nytt"));
    let mut lost = order_page(OrderStage::Dispatched, DeliveryMethod::Rek);
    lost.card = Some(sheet);
    let lost = read(&html(&order::view(&s, &lost)));
    assert!(lost.contains("Försvunnet"), "{lost}");
}

#[test]
fn an_order_that_stopped_says_so_once_and_is_sent_again_or_cancelled() {
    let s = id_admin(Lang::Sv);
    let mut page = order_page(OrderStage::ReadyToSend, DeliveryMethod::APost);
    page.card = Some(card(
        cards_domain::card::CardStage::Ordered,
        DeliveryMethod::APost,
    ));
    page.order.sheet.order.card = Some(CardId(Uuid::from_u128(100)));
    page.order.offers = vec![
        Offer {
            action: OrderActionName::Send,
            verdict: Ok(()),
        },
        Offer {
            action: OrderActionName::ReplaceUndelivered,
            verdict: Err(Refusal::OrderNotSent),
        },
    ];
    let shown = html(&order::view(&s, &page));
    let words = read(&shown);
    assert!(words.contains("Stannade hos tillverkaren"), "{words}");
    assert!(words.contains("Nästa steg: skicka igen eller avbryt"));
    for untrue in ["Klar att skicka", "Försändelsen", "inte skickad till"] {
        assert!(!words.contains(untrue), "{untrue}: {words}");
    }
    assert!(!shown.contains("/bestall-nytt"), "it would be refused");
}

#[test]
fn a_card_at_the_manufacturer_is_not_offered_anew_but_says_from_when() {
    let s = id_admin(Lang::Sv);
    let mut page = order_page(OrderStage::SentToManufacturer, DeliveryMethod::Rek);
    page.card = Some(card(
        cards_domain::card::CardStage::Ordered,
        DeliveryMethod::Rek,
    ));
    for offer in &mut page.order.offers {
        if offer.action == OrderActionName::ReplaceUndelivered {
            offer.verdict = Err(Refusal::RekNotPostedYet {
                from: "2026-12-22".parse().unwrap(),
            });
        }
    }
    let shown = html(&order::view(&s, &page));
    let words = read(&shown);
    assert!(!shown.contains("/bestall-nytt"), "it would be refused");
    assert!(words.contains("Rek-id kommer när det är postat"), "{words}");
    assert!(words.contains("2026-12-22") && !words.contains("A-post"));
}

#[test]
fn after_a_stop_the_page_says_what_not_to_do_instead_of_the_next_step() {
    let s = id_admin(Lang::Sv);
    let cards = vec![offered(card(sent(), DeliveryMethod::APost), Ok(()))];
    let page = person_page(maja(), cards);
    for (what, said) in [
        (parts::STOPPED_ACTIVATION, "Lämna inte ut kortet"),
        (parts::STOPPED_UNLOCK, "Lås inte upp kortet"),
    ] {
        let words = read(&html(&person::stopped(&s, &page, false, what)));
        assert!(words.contains(said) && words.contains("Fråga en kollega"));
        assert!(!words.contains("Nästa steg"), "{words}");
    }
    let other = read(&html(&person::stopped(&s, &page, false, "x")));
    assert!(other.contains("Nästa steg"), "no other word stops anything");
}

#[test]
fn an_auditor_is_given_no_step_that_is_not_theirs() {
    let s = setting(Lang::Sv, Portal::IdAdmin, Role::Auditor);
    let mut card = locked("711", &Err(Refusal::NotYourRole));
    card.letter = Some(Err(Refusal::NotYourRole));
    let page = person_page(maja(), vec![card]);
    let words = read(&html(&person::view(&s, &page, false)));
    assert!(!words.contains("Nästa steg: lås upp"), "{words}");
}
