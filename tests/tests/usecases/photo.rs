//! Photos: taken once and used again, seen by those who may, wrong on a card, and cards of offices
//! that have closed.

mod closed;
mod faces;
mod wrong;

use cards_acceptance::people::Officer;
use cards_acceptance::{Person, World};
use cards_app::photo::process;
use cards_app::queries::PictureSize;
use cards_app::{Call, Failure};
use cards_domain::card::{Card, RevocationReason};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{OrderId, PhotoId, RevocationId};
use cards_domain::order::{Order, OrderAction, OrderStage};
use cards_domain::photo::{
    Photo, PhotoAction, PhotoApproval, PhotoFault, PhotoRequest, PhotoSource, PhotoStage, Picture,
};
use cards_domain::refusal::Refusal;
use cards_domain::revocation::{Reporter, Revocation, RevocationRequest, WrongIn};
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{Binary, Text, Uuid as SqlUuid};

const SEEN: PhotoApproval = PhotoApproval {
    identity_seen: true,
    same_person: true,
};

fn picture(shade: u8) -> Picture {
    let face = image::RgbImage::from_pixel(600, 800, image::Rgb([shade, 120, 90]));
    let mut file = std::io::Cursor::new(Vec::new());
    face.write_to(&mut file, image::ImageFormat::Jpeg).unwrap();
    let made = process(file.get_ref(), None).unwrap();
    Picture {
        jpeg: made.jpeg,
        thumbnail: made.thumbnail,
    }
}

/// An order of a card with photo.
fn ordered(world: &World, by: &Officer, person: &Person) -> Order {
    let mut link = world.link();
    let call = by.call();
    world
        .app()
        .refresh_register(&mut link, &call, person.id)
        .unwrap();
    let products = link.orderable_products().unwrap();
    let mut request = world.order_request(person, DeliveryMethod::APost);
    request.product = products.iter().find(|one| one.has_photo).unwrap().id;
    let order = world.app().place_order(&mut link, &call, &request).unwrap();
    assert_eq!(order.stage, OrderStage::AwaitingPhoto);
    drop(link);
    world.work();
    order
}

fn take(world: &World, by: &Call, order: &Order, source: PhotoSource) -> Result<Photo, Failure> {
    let mut link = world.link();
    let request = PhotoRequest {
        id: PhotoId(link.new_id()),
        order: order.id,
        person: order.person,
        source,
        picture: picture(200),
    };
    world.app().ledger.begin::<Photo>(&mut link, by, &request)
}

fn judge(world: &World, by: &Call, photo: PhotoId, action: &PhotoAction) -> Result<Photo, Failure> {
    let mut link = world.link();
    world
        .app()
        .ledger
        .act::<Photo>(&mut link, by, photo.0, action)
}

/// An order whose photo has been taken by `by` and approved.
fn photographed(world: &World, by: &Officer, person: &Person, source: PhotoSource) -> Order {
    let order = ordered(world, by, person);
    let photo = take(world, &by.call(), &order, source).unwrap();
    judge(world, &by.call(), photo.id, &PhotoAction::Approve(SEEN)).unwrap();
    world.work();
    world.order_now(order.id)
}

fn card_of(world: &World, order: OrderId) -> Card {
    world.card(world.order_now(order).card.unwrap())
}

fn refused<T: std::fmt::Debug>(answer: Result<T, Failure>, meant: &Refusal) {
    match answer {
        Err(Failure::Refused(refusal)) => assert_eq!(refusal, *meant),
        other => panic!("{other:?}"),
    }
}

fn revoked_as(
    world: &World,
    card: &Card,
    reason: RevocationReason,
    wrong_in: Option<WrongIn>,
) -> Revocation {
    let mut link = world.link();
    let request = RevocationRequest {
        id: RevocationId(link.new_id()),
        card: card.id,
        person: card.person,
        reason,
        reporter: Reporter::Office,
        last_four: card.number.as_ref().unwrap().last_four().to_owned(),
        wrong_in,
    };
    let call = world.karin().call();
    let case = world
        .app()
        .ledger
        .begin::<Revocation>(&mut link, &call, &request)
        .unwrap();
    drop(link);
    world.work();
    case
}

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    told: String,
}

#[test]
fn an_approved_photo_sends_the_order_on_by_itself() {
    let world = World::new();
    let maja = world.maja();
    let order = photographed(&world, &world.karin(), &maja, PhotoSource::Desk);
    assert_eq!(order.stage, OrderStage::Dispatched);
    assert_eq!(order.photographed_by, Some(world.karin().person.id));
    let today = cards_domain::calendar::business_day(world.app().db.now());
    assert_eq!(order.photo_on, Some(today));
    let page = world
        .app()
        .card_page(
            &mut world.link(),
            &world.karin().call(),
            order.card.unwrap(),
        )
        .unwrap();
    let printed = page.photo.unwrap();
    assert_eq!(
        (Some(printed.photo.id), printed.photo.taken_on),
        (order.photo, today)
    );
    assert!(printed.office_name.contains("Björkvallen"));
}

#[test]
fn a_rejected_photo_is_taken_again_and_shown_to_nobody() {
    let world = World::new();
    let (maja, karin) = (world.maja(), world.karin().call());
    let order = ordered(&world, &world.karin(), &maja);
    let photo = take(&world, &karin, &order, PhotoSource::Desk).unwrap();
    let page = |world: &World| {
        world
            .app()
            .photo_page(&mut world.link(), &world.karin().call(), order.id)
            .unwrap()
    };
    assert_eq!(
        page(&world).undecided,
        Some(photo.id),
        "an interruption loses nothing"
    );
    let fault = PhotoFault::Pose;
    judge(&world, &karin, photo.id, &PhotoAction::Reject { fault }).unwrap();
    assert_eq!(page(&world).undecided, None);
    assert_eq!(world.order_now(order.id).stage, OrderStage::AwaitingPhoto);
    let shown = world
        .app()
        .picture(&mut world.link(), &karin, photo.id, PictureSize::Full);
    assert!(matches!(shown, Err(Failure::NotFound)));
    let second = take(&world, &karin, &order, PhotoSource::Desk).unwrap();
    judge(&world, &karin, second.id, &PhotoAction::Approve(SEEN)).unwrap();
    world.work();
    assert_eq!(world.order_now(order.id).photo, Some(second.id));
}

#[test]
fn a_photo_is_decided_once_and_no_other_is_taken_after_it() {
    let world = World::new();
    let (maja, karin) = (world.maja(), world.karin().call());
    let order = ordered(&world, &world.karin(), &maja);
    let photo = take(&world, &karin, &order, PhotoSource::Desk).unwrap();
    let nothing_seen = PhotoApproval {
        identity_seen: true,
        same_person: false,
    };
    let unseen = judge(
        &world,
        &karin,
        photo.id,
        &PhotoAction::Approve(nothing_seen),
    );
    refused(unseen, &Refusal::PhotoNotConfirmed);
    judge(&world, &karin, photo.id, &PhotoAction::Approve(SEEN)).unwrap();
    let again = judge(&world, &karin, photo.id, &PhotoAction::Approve(SEEN));
    refused(again, &Refusal::PhotoDecided);
    assert_eq!(world.lines(photo.id.0, "approve", "photo_decided"), 1);
    let another = take(&world, &karin, &order, PhotoSource::Desk);
    refused(another, &Refusal::PhotoNotAwaited);
    world.work();
}

#[test]
fn the_photo_of_another_order_is_not_found_under_this_one() {
    let world = World::new();
    let (maja, elin, karin) = (
        world.maja(),
        world.person("SE2399000013-1010"),
        world.karin(),
    );
    let (one, other) = (
        ordered(&world, &karin, &maja),
        ordered(&world, &karin, &elin),
    );
    let photo = take(&world, &karin.call(), &one, PhotoSource::Desk).unwrap();
    let decision = |order| {
        world
            .app()
            .photo_decision(&mut world.link(), &karin.call(), (order, photo.id))
    };
    assert!(matches!(decision(other.id), Err(Failure::NotFound)));
    assert_eq!(decision(one.id).unwrap().photo.stage, PhotoStage::Captured);
}

#[test]
fn an_officer_cannot_photograph_themself() {
    let world = World::new();
    let (karin, tove) = (world.karin(), world.tove());
    let order = ordered(&world, &tove, &karin.person);
    let own = take(&world, &karin.call(), &order, PhotoSource::Desk);
    refused(own, &Refusal::OwnCard);
    let page = world
        .app()
        .photo_page(&mut world.link(), &karin.call(), order.id)
        .unwrap();
    assert_eq!(page.verdict, Err(Refusal::OwnCard));
    take(&world, &tove.call(), &order, PhotoSource::Desk).unwrap();
}

#[test]
fn a_stored_photo_needs_no_visit_and_the_card_is_activated_where_it_was_taken() {
    let world = World::new();
    let (maja, karin, leif) = (world.maja(), world.karin(), world.leif());
    let first = photographed(&world, &karin, &maja, PhotoSource::Desk);
    revoked_as(
        &world,
        &card_of(&world, first.id),
        RevocationReason::CardDamaged,
        None,
    );
    world.advance(Duration::days(40));
    let mut link = world.link();
    let mut request = world.order_request(&maja, DeliveryMethod::APost);
    let products = link.orderable_products().unwrap();
    request.product = products.iter().find(|one| one.has_photo).unwrap().id;
    request.office = world.office("Tallhöjden").id;
    let app = world.app();
    app.refresh_register(&mut link, &leif.call(), maja.id)
        .unwrap();
    let second = app.place_order(&mut link, &leif.call(), &request).unwrap();
    let page = app.photo_page(&mut link, &leif.call(), second.id).unwrap();
    let stored = page.stored.unwrap();
    assert_eq!(stored.verdict, Ok(()));
    assert_eq!(Some(stored.shown.photo.taken_on), first.photo_on);
    let call = leif.call();
    app.ledger
        .act::<Order>(&mut link, &call, second.id.0, &OrderAction::UseStoredPhoto)
        .unwrap();
    world.work();
    let second = world.order_now(second.id);
    assert_eq!((second.photo, second.photo_on), (first.photo, None));
    assert_eq!(
        second.undelivered_base(),
        second.submitted_on,
        "30 days from the order"
    );
    let office = world.office("Björkvallen").id;
    assert_eq!(
        (second.office, card_of(&world, second.id).office),
        (office, office)
    );
}

#[test]
fn a_stored_photo_older_than_a_year_is_not_used_again() {
    let world = World::new();
    let (maja, karin) = (world.maja(), world.karin());
    let first = photographed(&world, &karin, &maja, PhotoSource::Desk);
    revoked_as(
        &world,
        &card_of(&world, first.id),
        RevocationReason::CardDamaged,
        None,
    );
    world.advance(Duration::days(366));
    let second = ordered(&world, &karin, &maja);
    let mut link = world.link();
    let page = world
        .app()
        .photo_page(&mut link, &karin.call(), second.id)
        .unwrap();
    let stored = page.stored.unwrap();
    let last_day = stored.last_day;
    assert_eq!(stored.verdict, Err(Refusal::StoredPhotoTooOld { last_day }));
}

#[test]
fn a_photo_that_was_brought_starts_no_thirty_days_and_moves_no_office() {
    let world = World::new();
    let (maja, leif) = (world.maja(), world.leif());
    let order = photographed(&world, &leif, &maja, PhotoSource::Upload);
    assert_eq!(order.photo_on, None);
    assert_eq!(order.undelivered_base(), order.submitted_on);
    assert_eq!(order.office, world.office("Björkvallen").id, "as ordered");
}

#[derive(QueryableByName)]
struct Sealed {
    #[diesel(sql_type = Binary)]
    bytes: Vec<u8>,
}

#[test]
fn the_stored_picture_is_sealed_and_opens_as_jpeg() {
    let world = World::new();
    let (maja, karin) = (world.maja(), world.karin());
    let order = ordered(&world, &karin, &maja);
    let photo = take(&world, &karin.call(), &order, PhotoSource::Desk).unwrap();
    let kept: Sealed = diesel::sql_query(
        "SELECT jpeg || thumbnail AS bytes FROM photo_picture WHERE photo_id = $1",
    )
    .bind::<SqlUuid, _>(photo.id.0)
    .get_result(&mut world.database.connect())
    .unwrap();
    let magic = [0xFF, 0xD8, 0xFF];
    assert!(!kept.bytes.windows(3).any(|bytes| bytes == magic));
    for size in [PictureSize::Full, PictureSize::Thumbnail] {
        let shown = world
            .app()
            .picture(&mut world.link(), &karin.call(), photo.id, size)
            .unwrap();
        assert_eq!(shown.get(..3), Some(magic.as_slice()));
        assert!(shown.len() * 2 > 3 && !kept.bytes.windows(16).any(|part| part == &shown[..16]));
    }
}

#[test]
fn a_picture_is_a_look_once_in_five_minutes_and_not_for_those_out_of_scope() {
    let world = World::new();
    let (maja, karin) = (world.maja(), world.karin());
    let order = ordered(&world, &karin, &maja);
    let photo = take(&world, &karin.call(), &order, PhotoSource::Desk).unwrap();
    let show = |call: &Call| {
        world
            .app()
            .picture(&mut world.link(), call, photo.id, PictureSize::Thumbnail)
    };
    let looks = || world.lines(maja.id.0, "look", "done");
    let before = looks();
    show(&world.tove().call()).unwrap();
    show(&world.tove().call()).unwrap();
    assert_eq!(looks(), before + 1);
    world.advance(Duration::minutes(6));
    show(&world.tove().call()).unwrap();
    assert_eq!(looks(), before + 2);
    let mut stranger = world.tove();
    stranger.branch = Vec::new();
    assert!(matches!(show(&stranger.call()), Err(Failure::NotFound)));
    assert_eq!(looks(), before + 2);
}
