//! The pages for photos with made-up persons.

use askama::Template;
use cards_app::queries::{
    CardPage, ClosedOffice, Misprint, NearOrder, Neighbours, OrderSheet, PhotoDecision, PhotoPage,
    ShownPhoto, StoredPhoto,
};
use cards_domain::card::{CardActionName, CardStage, RevocationReason};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{OrderId, PersonId, PhotoId};
use cards_domain::offer::Offer;
use cards_domain::order::OrderStage;
use cards_domain::photo::{KeptPhoto, Photo, PhotoSource, PhotoStage};
use cards_domain::refusal::Refusal;
use uuid::Uuid;

use super::{decide, misprint, take};
use crate::components::Hidden;
use crate::id_admin::draft::Typed;
use crate::id_admin::samples::*;
use crate::id_admin::tests::assert_sound;
use crate::id_admin::{activate, person};
use crate::pages::Setting;
use crate::text::Lang;

fn kept(source: PhotoSource) -> KeptPhoto {
    KeptPhoto {
        id: PhotoId(Uuid::from_u128(900)),
        taken_on: at("2026-11-04T09:00:00Z").date_naive(),
        taken_by: PersonId(Uuid::from_u128(8)),
        office: office().id,
        source,
    }
}

fn shown(source: PhotoSource) -> ShownPhoto {
    ShownPhoto {
        photo: kept(source),
        office_name: "Kortkontoret Björkvallen".into(),
    }
}

fn stored(verdict: Result<(), Refusal>) -> StoredPhoto {
    StoredPhoto {
        shown: shown(PhotoSource::Desk),
        last_day: at("2027-11-04T09:00:00Z").date_naive(),
        verdict,
    }
}

fn sheet(stage: OrderStage) -> OrderSheet {
    order(stage, DeliveryMethod::APost)
}

fn waiting(stored: Option<StoredPhoto>) -> PhotoPage {
    PhotoPage {
        person: maja(),
        order: sheet(OrderStage::AwaitingPhoto),
        verdict: Ok(()),
        undecided: stored.is_none().then(|| PhotoId(Uuid::from_u128(901))),
        stored,
    }
}

fn decision(stage: PhotoStage, order: OrderStage) -> PhotoDecision {
    let kept = kept(PhotoSource::Desk);
    PhotoDecision {
        person: maja(),
        order: sheet(order),
        photo: Photo {
            id: kept.id,
            person: MAJA,
            order: OrderId(Uuid::from_u128(200)),
            office: kept.office,
            taken_by: kept.taken_by,
            taken_on: kept.taken_on,
            source: kept.source,
            stage,
            since: now(),
            version: 1,
            picture: None,
        },
        office_name: "Kortkontoret Björkvallen".into(),
    }
}

fn photo_card(stage: CardStage) -> CardPage {
    let mut page = card_page(card(stage, DeliveryMethod::APost));
    page.card.sheet.product.has_photo = true;
    page.photo = Some(shown(PhotoSource::Desk));
    page.card.offers.push(Offer {
        action: CardActionName::Revoke,
        verdict: Ok(()),
    });
    page
}

fn elsewhere(successor: Option<&str>, opens_on: Option<&str>) -> CardPage {
    CardPage {
        closed: Some(ClosedOffice {
            name: "Kortkontoret Tallhöjden".into(),
            closed_on: Some(at("2026-07-01T09:00:00Z").date_naive()),
            opens_on: opens_on.map(|day| at(&format!("{day}T09:00:00Z")).date_naive()),
            successor: successor.map(str::to_owned),
        }),
        ..photo_card(sent())
    }
}

fn revoked(reason: RevocationReason) -> CardStage {
    CardStage::Revoked { at: now(), reason }
}

fn near(n: u128, name: Option<&str>, same_photo: bool) -> NearOrder {
    NearOrder {
        order: OrderId(Uuid::from_u128(n)),
        number: format!("K-2611-{n:06}"),
        person: PersonId(Uuid::from_u128(n)),
        name: name.map(str::to_owned),
        approved_at: at("2026-11-04T09:40:00Z"),
        same_photo,
    }
}

fn wrong(reason: RevocationReason) -> Misprint {
    Misprint {
        page: photo_card(revoked(reason)),
        neighbours: Neighbours {
            orders: vec![
                near(601, Some("Elin Wikander"), false),
                near(602, None, true),
            ],
            others: 1,
        },
    }
}

fn html(page: &impl Template) -> String {
    page.render().unwrap()
}

fn take(s: &Setting, page: &PhotoPage, faults: &take::Faults) -> String {
    let second = Hidden::new([("_csrf", "exempel"), ("_key", "annan")]);
    html(&take::view(
        s,
        second,
        page,
        &take::Chosen::default(),
        faults,
    ))
}

fn decide(s: &Setting, stage: PhotoStage, order: OrderStage) -> String {
    let page = decision(stage, order);
    html(&decide::view(
        s,
        &page,
        &decide::Decided::default(),
        &[],
        None,
    ))
}

fn counter(s: &Setting, page: &CardPage) -> String {
    html(&activate::view(s, page, &Typed::default(), &[], None))
}

/// Every page, by name.
pub(crate) fn pages(s: &Setting) -> Vec<(&'static str, String)> {
    let none = take::Faults::default();
    let last_day = at("2025-11-04T09:00:00Z").date_naive();
    let old = Err(Refusal::StoredPhotoTooOld { last_day });
    let done = |reason| html(&misprint::done::view(s, &wrong(reason), reason));
    vec![
        ("photo", take(s, &waiting(None), &none)),
        (
            "photo, stored",
            take(s, &waiting(Some(stored(Ok(())))), &none),
        ),
        (
            "photo, too old",
            take(s, &waiting(Some(stored(old))), &none),
        ),
        (
            "photo, compare",
            decide(s, PhotoStage::Captured, OrderStage::AwaitingPhoto),
        ),
        (
            "photo, approved",
            decide(s, PhotoStage::Approved, OrderStage::SentToManufacturer),
        ),
        (
            "photo, rejected",
            decide(s, PhotoStage::Rejected, OrderStage::AwaitingPhoto),
        ),
        ("activate, photo", counter(s, &photo_card(sent()))),
        (
            "activate, closed",
            counter(s, &elsewhere(Some("Björkvallen"), None)),
        ),
        ("wrong photo, done", done(RevocationReason::WronglyIssued)),
        ("wrong name, done", done(RevocationReason::DataWrong)),
    ]
}

fn page(name: &str) -> String {
    let all = pages(&id_admin(Lang::Sv));
    all.into_iter().find(|(at, _)| *at == name).unwrap().1
}

#[test]
fn every_photo_page_is_sound_in_both_languages() {
    for lang in [Lang::Sv, Lang::En] {
        for (name, html) in pages(&id_admin(lang)) {
            assert_sound(&format!("{name}, {}", lang.tag()), &html);
        }
    }
}

#[test]
fn the_form_sends_a_file_and_its_hidden_fields_stand_before_it() {
    let page = page("photo");
    let form = page.find("multipart/form-data").unwrap();
    let [hidden, file] = ["_csrf", "type=\"file\""]
        .map(|what| page.get(form..).and_then(|page| page.find(what)).unwrap());
    assert!(hidden < file);
}

#[test]
fn a_young_stored_photo_is_offered_first_with_day_and_office() {
    let page = page("photo, stored");
    let [stored, new] =
        ["Använd fotot från 2026-11-04", "Ta ett nytt foto"].map(|what| page.find(what).unwrap());
    assert!(stored < new, "{page}");
    assert!(page.contains("Taget 2026-11-04 på Kortkontoret Björkvallen"));
    assert!(page.contains("till och med 2027-11-04"), "{page}");
    assert!(page.contains("/foto/sparat"));
}

#[test]
fn a_stored_photo_that_is_too_old_says_why_and_cannot_be_used() {
    let page = page("photo, too old");
    assert!(page.contains("2025-11-04"), "{page}");
    assert!(!page.contains("/foto/sparat"), "{page}");
}

#[test]
fn a_photo_that_waits_to_be_compared_is_not_forgotten() {
    assert!(page("photo").contains("Jämför och godkänn"));
    assert!(!page("photo, stored").contains("Jämför och godkänn"));
}

#[test]
fn the_photo_stands_beside_name_and_number_with_two_confirmations() {
    let page = page("photo, compare");
    assert!(page.contains("/id-admin/foto/00000000-0000-0000-0000-000000000384"));
    assert!(
        page.contains("Maja Lindqvist") && page.contains("19850312-9804"),
        "{page}"
    );
    assert_eq!(page.matches("type=\"checkbox\"").count(), 2);
    let [approve, again] = ["Godkänn fotot", "Ta om fotot"].map(|what| page.find(what).unwrap());
    assert!(
        approve < again,
        "Enter approves, and both boxes are asked for"
    );
}

#[test]
fn the_page_says_that_the_order_has_gone_on_by_itself() {
    let page = page("photo, approved");
    assert!(
        page.contains("gått vidare till tillverkaren av sig själv"),
        "{page}"
    );
    assert!(page.contains("/id-admin/foto/"), "the photo is still there");
}

#[test]
fn at_the_counter_the_photo_stands_beside_the_comparison() {
    let page = page("activate, photo");
    assert!(page.contains("Ansiktet på kortet, personen och id-handlingen är samma person"));
    assert!(
        page.contains("alt=\"Foto på Maja Lindqvist, taget 2026-11-04\""),
        "{page}"
    );
    for way in ["fel-tryck?fel=foto", "fel-tryck?fel=namn"] {
        assert!(page.contains(way), "{way}");
    }
}

#[test]
fn a_card_without_photo_keeps_its_text_and_its_way_on_for_a_wrong_name() {
    let mut card = photo_card(sent());
    card.card.sheet.product.has_photo = false;
    card.photo = None;
    let page = counter(&id_admin(Lang::Sv), &card);
    assert!(page.contains("Kortet har inget foto"));
    assert!(!page.contains("fel=foto") && page.contains("fel=namn"));
}

/// R52: the office closes for good or for July.
#[test]
fn a_closed_office_is_named_with_why_and_the_reason_is_asked_for() {
    let s = id_admin(Lang::Sv);
    let for_good = counter(&s, &elsewhere(None, None));
    assert!(
        for_good.contains("Inget kontor har tagit över"),
        "{for_good}"
    );
    let july = counter(&s, &elsewhere(None, Some("2026-08-01")));
    assert!(july.contains("öppnar igen 2026-08-01"), "{july}");
    let taken_over = counter(&s, &elsewhere(Some("Kortkontoret Strandängen"), None));
    assert!(taken_over.contains("Kortkontoret Strandängen har tagit över"));
    for page in [&for_good, &july, &taken_over] {
        assert!(page.contains("name=\"undantag\""));
    }
    assert!(!page("activate, photo").contains("name=\"undantag\""));
}

/// R7: another person's photo is printed on the card.
#[test]
fn a_wrong_photo_lists_the_neighbours_without_protected_names() {
    let page = page("wrong photo, done");
    assert!(
        page.contains("Elin Wikander") && page.contains("samma foto"),
        "{page}"
    );
    assert!(page.contains("Skyddade uppgifter"));
    assert!(
        page.contains("En beställning till hör till en organisation"),
        "{page}"
    );
    assert!(page.contains("72 timmar") && page.contains("/bestall"));
}

/// R8: the name or the number is wrong.
#[test]
fn a_wrong_name_has_no_neighbours_and_the_same_ways_on() {
    let page = page("wrong name, done");
    assert!(!page.contains("Elin Wikander"), "{page}");
    assert!(page.contains("Beställ ett nytt kort nu") && page.contains("Behåll kortet"));
}

#[test]
fn a_protected_persons_photo_is_bare_until_it_is_asked_for() {
    let s = id_admin(Lang::Sv);
    let mut page = person_page(protected(), Vec::new());
    page.photo = Some(shown(PhotoSource::Upload));
    let bare = html(&person::view(&s, &page, false));
    let open = html(&person::view(&s, &page, true));
    assert!(!bare.contains("/id-admin/foto/"), "{bare}");
    assert!(open.contains("/id-admin/foto/"), "{open}");
}
