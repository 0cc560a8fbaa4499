//! The photo, from the order to the counter: taken or brought, compared, printed, used again.

use cards_acceptance::browser::{Browser, Window};
use cards_acceptance::site::Site;
use cards_acceptance::{Person, World};
use cards_app::queries::PictureSize;
use cards_domain::card::{CardStage, RevocationReason};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{CardId, PhotoId, RevocationId};
use cards_domain::order::Order;
use cards_domain::photo::{Photo, PhotoAction, PhotoApproval, PhotoRequest, PhotoSource, Picture};
use cards_domain::revocation::{Reporter, Revocation, RevocationRequest};

use crate::every_page::{none, visit};
use crate::people::{Counter, REGION, card_of, find, karin, log_in, sign, sign_the_receipt};

const CANARY: &[u8] = b"GPS-CANARY-59.3293N-18.0686E";

/// A JPEG as a telephone makes it: with the place in it.
fn file(world: &World, name: &str, width: u32, height: u32) -> std::path::PathBuf {
    let face = image::RgbImage::from_fn(width, height, |x, y| {
        let is_face = x.abs_diff(width / 2) < width / 4 && y.abs_diff(height / 2) < height / 3;
        image::Rgb(if is_face {
            [220, 180, 150]
        } else {
            [90, 130, 140]
        })
    });
    let mut jpeg = std::io::Cursor::new(Vec::new());
    face.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    let jpeg = jpeg.into_inner();
    let segment = [b"Exif\0\0".as_slice(), CANARY].concat();
    let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
    let whole = [&jpeg[..2], &[0xFF, 0xE1], &length, &segment, &jpeg[2..]].concat();
    let path = world.folder().join(name);
    std::fs::write(&path, whole).unwrap();
    path
}

fn order_with_photo(officer: &Browser, person: &Person) {
    officer.click("Beställ kort");
    officer.arrive(&format!("Beställ kort till {}", person.name));
    officer.choose(REGION);
    officer.choose("Jag har läst rutinen");
    officer.choose("E-tjänstekort med foto");
    officer.choose("A-post");
    officer.click("Beställ kortet");
    officer.sees("Väntar på foto");
    officer.click("Ta foto");
    officer.arrive(&format!("Foto till kort åt {}", person.name));
}

fn approve(officer: &Browser, person: &Person) {
    officer.arrive("Jämför fotot med personen framför dig");
    officer.sees(&person.name);
    officer.click("Godkänn fotot");
    officer.sees("Bocka för när du har sett en giltig id-handling");
    officer.look_over();
    officer.choose("Personen har visat en giltig id-handling med det här namnet och numret");
    officer.choose("Fotot visar personen framför mig");
    officer.click("Godkänn fotot");
    officer.arrive("Fotot är godkänt");
    officer.sees("Beställningen har gått vidare till tillverkaren av sig själv.");
}

fn photo_of(world: &World, person: &Person) -> PhotoId {
    world.link().kept_photo(person.id).unwrap().unwrap().id
}

/// The picture is sealed, and what the telephone wrote into the file is gone.
fn nothing_but_the_picture_is_kept(world: &World, photo: PhotoId) {
    let shown = |size| {
        world
            .app()
            .picture(&mut world.link(), &world.karin().call(), photo, size)
            .unwrap()
    };
    for size in [PictureSize::Full, PictureSize::Thumbnail] {
        let jpeg = shown(size);
        assert!(jpeg.starts_with(&[0xFF, 0xD8]));
        assert!(!jpeg.windows(CANARY.len()).any(|part| part == CANARY));
        assert!(!jpeg.windows(4).any(|part| part == b"Exif"));
    }
}

fn compare_at_the_counter(officer: &Browser, counter: &Counter<'_>) {
    officer.click("Aktivera");
    officer.arrive("Kontrollera kortet och id-handlingen");
    officer.write("Kortnummer", &counter.card_number);
    officer.choose("Ja, namnet på kortet är exakt så");
    officer.choose("Pass");
    officer.write(
        "Personnummer på id-handlingen",
        counter.person.number.as_str(),
    );
    officer.write("Handlingens eget nummer", "4417");
    officer.write("Giltig till och med", counter.valid_to);
    officer.tick_all("De sju stegen");
    officer.click("Godkänn och skriv under");
    officer.arrive("Kontrollera kortet och id-handlingen");
    officer.choose("Ansiktet på kortet, personen och id-handlingen är samma person");
    officer.click("Godkänn och skriv under");
    sign(officer, "Karin Åkerblom");
    officer.arrive("Innehavaren väljer pin-kod");
    officer.click("Innehavaren har valt sin pin-kod");
    officer.arrive("Innehavaren skriver under kvittensen");
}

/// Proves: 3-7 3-12
#[test]
fn a_photo_decides_the_office_is_compared_at_the_counter_and_is_used_again() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let officer = Browser::open(Window::DESK.without_script());
    let holder = Browser::open(Window::PHONE.without_script());
    karin(&officer, &site);
    find(&officer, &maja);
    order_with_photo(&officer, &maja);
    log_in(&holder, &site, "/mina-sidor", "Maja Lindqvist");
    holder.sees("Ta foto till ditt nya kort");
    holder.sees("Kortkontoret Björkvallen");
    holder.sees("Du behöver inte boka tid");

    let words = world.folder().join("foto.jpg");
    std::fs::write(&words, "inte en bild").unwrap();
    officer.choose("Taget här, nu");
    officer.upload("Fotot", &words);
    officer.click("Gå vidare och jämför");
    officer.sees("Filen är varken JPEG eller PNG");
    officer.upload("Fotot", &file(world, "liten.jpg", 200, 250));
    officer.click("Gå vidare och jämför");
    officer.sees("Bilden är för liten");
    officer.upload("Fotot", &file(world, "porträtt.jpg", 900, 1200));
    officer.click("Gå vidare och jämför");
    approve(&officer, &maja);
    let photo = photo_of(world, &maja);
    nothing_but_the_picture_is_kept(world, photo);
    world.work();

    let card = card_of(world, &maja);
    elsewhere_is_refused(&site, &maja);
    officer.click("Till personens sida");
    officer.arrive(&maja.name);
    compare_at_the_counter(&officer, &Counter::of(world, card, &maja));
    holder.go(&format!("{}/mina-sidor", site.url));
    sign_the_receipt(&holder, &maja);
    assert!(matches!(world.card(card).stage, CardStage::Active { .. }));
    world.work();
    uses_it_again(&site, &officer, &maja, (photo, card));
}

/// The card is activated where the photo was taken.
fn elsewhere_is_refused(site: &Site, maja: &Person) {
    let leif = Browser::open(Window::DESK.in_a_hurry());
    log_in(&leif, site, "/id-admin", "Leif Bergström");
    leif.arrive("Vem gäller det?");
    find(&leif, maja);
    leif.sees("Kortkontoret Björkvallen");
    assert!(!leif.offers("Aktivera"), "{}", leif.shown());
}

fn uses_it_again(site: &Site, officer: &Browser, maja: &Person, (photo, first): (PhotoId, CardId)) {
    let world = &site.world;
    officer.go(&format!("{}/id-admin/person/{}", site.url, maja.id));
    order_with_photo(officer, maja);
    officer.sees("Använd det sparade fotot");
    officer.sees("Taget 2030-01-07 på Kortkontoret Björkvallen");
    officer.click("Använd fotot från 2030-01-07");
    officer.sees("Var är kortet?");
    world.work();
    let second = card_of(world, maja);
    assert_ne!(second, first);
    let order = world.order_now(world.card(second).order);
    assert_eq!((order.photo, order.photo_on), (Some(photo), None));
}

#[test]
fn a_photo_is_taken_with_the_camera_in_the_page() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let officer = Browser::open(Window::DESK.with_camera());
    karin(&officer, &site);
    find(&officer, &maja);
    order_with_photo(&officer, &maja);
    officer.click("Gå vidare och jämför");
    officer.sees("Välj ett foto.");
    officer.sees("Välj hur fotot kom till.");
    officer.look_over();
    officer.choose("Taget här, nu");
    officer.click("Ta foto med kameran");
    officer.sees("Kameran är på.");
    officer.click("Ta fotot");
    officer.sees("Fotot är taget men inte skickat.");
    officer.click("Gå vidare och jämför");
    officer.arrive("Jämför fotot med personen framför dig");
    officer.select("Varför?", "Oskarpt, för mörkt eller för ljust");
    officer.click("Ta om fotot");
    officer.arrive("Foto till kort åt Maja Lindqvist");
    officer.choose("Taget här, nu");
    officer.click("Ta foto med kameran");
    officer.sees("Kameran är på.");
    officer.click("Ta fotot");
    officer.sees("Fotot är taget men inte skickat.");
    officer.click("Gå vidare och jämför");
    approve(&officer, &maja);
    assert!(world.link().kept_photo(maja.id).unwrap().is_some());
    world.work();
}

/// R7 and R8, walked by an officer who compares.
#[test]
fn a_card_with_a_wrong_photo_or_name_has_its_way_on() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let officer = Browser::open(Window::DESK);
    karin(&officer, &site);
    find(&officer, &maja);
    officer.click("Aktivera");
    officer.arrive("Kontrollera kortet och id-handlingen");
    officer.click("Fel namn eller nummer är tryckt på kortet");
    officer.arrive("Fel namn eller nummer är tryckt på kortet");
    officer.click("Ja, spärra kortet för alltid");
    officer.sees("Välj var det var fel.");
    officer.look_over();
    officer.choose("HSA");
    officer.write("Skriv kortnumrets fyra sista siffror", "0000");
    officer.click("Ja, spärra kortet för alltid");
    officer.sees("Siffrorna är inte kortets fyra sista");
    let number = world.card(card.id).number.unwrap();
    officer.write("Skriv kortnumrets fyra sista siffror", number.last_four());
    officer.click("Ja, spärra kortet för alltid");
    officer.arrive("Kortet är spärrat. Behåll och klipp det");
    officer.sees("Anmäl personuppgiftsincidenten");
    officer.click("Beställ kort");
    officer.arrive("Beställ kort till Maja Lindqvist");
    assert!(matches!(
        world.card(card.id).stage,
        CardStage::Revoked { .. }
    ));
    world.work();
}

/// An order of a card with photo that waits for it.
fn waiting(world: &World, person: &Person) -> Order {
    let (mut link, call) = (world.link(), world.karin().call());
    let app = world.app();
    app.refresh_register(&mut link, &call, person.id).unwrap();
    let mut request = world.order_request(person, DeliveryMethod::APost);
    let products = link.orderable_products().unwrap();
    request.product = products.iter().find(|one| one.has_photo).unwrap().id;
    let order = app.place_order(&mut link, &call, &request).unwrap();
    world.work();
    order
}

fn taken(world: &World, order: &Order) -> Photo {
    let bytes = std::fs::read(file(world, "porträtt.jpg", 900, 1200)).unwrap();
    let made = cards_app::photo::process(&bytes, None).unwrap();
    let (mut link, call) = (world.link(), world.karin().call());
    let request = PhotoRequest {
        id: PhotoId(link.new_id()),
        order: order.id,
        person: order.person,
        source: PhotoSource::Desk,
        picture: Picture {
            jpeg: made.jpeg,
            thumbnail: made.thumbnail,
        },
    };
    let ledger = &world.app().ledger;
    ledger.begin::<Photo>(&mut link, &call, &request).unwrap()
}

fn approved(world: &World, photo: &Photo) {
    let seen = PhotoApproval {
        identity_seen: true,
        same_person: true,
    };
    let (mut link, call) = (world.link(), world.karin().call());
    let ledger = &world.app().ledger;
    ledger
        .act::<Photo>(&mut link, &call, photo.id.0, &PhotoAction::Approve(seen))
        .unwrap();
    drop(link);
    world.work();
}

fn found_wrong(world: &World, card: CardId) {
    let card = world.card(card);
    let (mut link, call) = (world.link(), world.karin().call());
    let request = RevocationRequest {
        id: RevocationId(link.new_id()),
        card: card.id,
        person: card.person,
        reason: RevocationReason::WronglyIssued,
        reporter: Reporter::Office,
        last_four: card.number.unwrap().last_four().to_owned(),
        wrong_in: None,
    };
    let ledger = &world.app().ledger;
    ledger
        .begin::<Revocation>(&mut link, &call, &request)
        .unwrap();
    drop(link);
    world.work();
}

#[test]
fn every_photo_page_is_accessible_in_every_look() {
    let site = Site::start();
    let world = &site.world;
    let (maja, elin, oskar) = (
        world.maja(),
        world.person("SE2399000013-1010"),
        world.person("SE2399000013-1011"),
    );
    let done = waiting(world, &maja);
    let (undecided, open) = (taken(world, &done), waiting(world, &elin));
    let home = |order: &Order| format!("/id-admin/bestallning/{}/foto", order.id);
    let browser = Browser::open(Window::DESK);
    karin(&browser, &site);
    let mut faults = Vec::new();
    let decide = format!("{}/{}", home(&done), undecided.id);
    for path in [home(&done), home(&open), decide.clone()] {
        visit(&browser, &site, &path, &mut faults);
    }
    approved(world, &undecided);
    let also = waiting(world, &oskar);
    approved(world, &taken(world, &also));
    let card = card_of(world, &maja);
    let of_card = |end: &str| format!("/id-admin/kort/{card}{end}");
    let person = format!("/id-admin/person/{}", maja.id);
    let paths = [
        decide,
        person,
        of_card("/aktivera"),
        of_card("/fel-tryck?fel=foto"),
        of_card("/fel-tryck?fel=namn"),
    ];
    for path in &paths {
        visit(&browser, &site, path, &mut faults);
    }
    found_wrong(world, card);
    visit(&browser, &site, &of_card("/fel-tryck/klart"), &mut faults);
    browser.sees(&oskar.name);
    let holder = Browser::open(Window::PHONE);
    log_in(&holder, &site, "/mina-sidor", "Elin Wikander");
    holder.sees("Ta foto till ditt nya kort");
    visit(&holder, &site, "/mina-sidor", &mut faults);
    none(&faults);
}
