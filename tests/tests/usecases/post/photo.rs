//! Cards with photo: the thirty days begin with the photo taken for the order, and the stored photo
//! is printed again without anybody asking for it.

use cards_acceptance::site::Site;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::order::OrderStage;
use chrono::NaiveDate;

use super::{anew_at, card_of, is_sent, order_with_photo, placed, reorder, take_photo};
use crate::desk::{Desk, KARIN, go_to};

/// Proves: 3-10 3-12
#[test]
fn the_thirty_days_begin_with_the_photo_and_the_new_card_is_printed_with_it_again() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let order = order_with_photo(world, &world.karin(), &maja, false);
    assert_eq!(order.stage, OrderStage::AwaitingPhoto);
    go_to(&site, "2030-01-10T09:00:00Z");
    let photo = take_photo(world, &world.karin(), &order);
    world.work();
    let card = card_of(world, order.id);

    // Thirty days after the order, twenty-nine after the photo is still to come.
    for day in ["2030-02-06T09:00:00Z", "2030-02-08T09:00:00Z"] {
        go_to(&site, day);
        let karin = Desk::officer(&site, KARIN);
        let refused = reorder(&karin, order.id, "not_arrived", "a_post");
        assert_eq!(refused.status, 422, "{day}");
        refused.sees("Nytt kort får beställas från 2030-02-09.");
        assert!(is_sent(world, &card));
    }
    go_to(&site, "2030-02-09T09:00:00Z");
    let karin = Desk::officer(&site, KARIN);
    karin
        .open(&anew_at(order.id))
        .sees("Fotot från 2030-01-10 används igen. Inget nytt foto behövs.");
    let second = placed(&reorder(&karin, order.id, "not_arrived", "a_post"));
    let again = world.order_now(second);
    assert_eq!(
        again.stage,
        OrderStage::SentToManufacturer,
        "nobody waits for a photo"
    );
    assert_eq!(again.photo, Some(photo.id));
    assert_eq!(again.photo_on, None, "it was not taken for this order");
    assert_eq!(
        again.undelivered_base(),
        NaiveDate::from_ymd_opt(2030, 2, 9)
    );
    world.work();

    // With a stored photo the days are counted from the order.
    go_to(&site, "2030-03-10T09:00:00Z");
    let karin = Desk::officer(&site, KARIN);
    let refused = reorder(&karin, second, "not_arrived", "rek");
    assert_eq!(refused.status, 422);
    refused.sees("Nytt kort får beställas från 2030-03-11.");
    go_to(&site, "2030-03-11T09:00:00Z");
    let karin = Desk::officer(&site, KARIN);
    let third = placed(&reorder(&karin, second, "not_arrived", "rek"));
    assert_eq!(world.order_now(third).photo, Some(photo.id));
    assert_eq!(world.order_now(third).method, DeliveryMethod::Rek);
    world.work();
}

#[test]
fn an_order_that_waits_for_its_photo_has_nothing_to_replace() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let order = order_with_photo(world, &world.karin(), &maja, false);
    go_to(&site, "2030-02-20T09:00:00Z");
    let karin = Desk::officer(&site, KARIN);
    let page = karin.open(&anew_at(order.id));
    page.sees("Kortet kräver ett foto som ännu inte finns.");
    assert!(!page.has_form(&anew_at(order.id)));
    let page = karin.open(&super::order_at(order.id));
    assert!(!page.leads_to(&anew_at(order.id)));
    assert!(page.leads_to(&format!("{}/foto", super::order_at(order.id))));
    world.work();
}
