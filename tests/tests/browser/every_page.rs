//! Every page of every portal, at both widths, in light and dark, in both languages.

use cards_acceptance::browser::{Browser, Window};
use cards_acceptance::site::Site;
use cards_domain::delivery::DeliveryMethod;

use crate::people::{REGION, SEARCH, karin, log_in, log_in_as};

const WIDTHS: [u32; 2] = [1280, 390];

/// Looks at the page that is shown, at both widths, in light and dark.
fn look_around(browser: &Browser, faults: &mut Vec<String>) {
    for width in WIDTHS {
        browser.resize(width);
        for is_dark in [false, true] {
            browser.prefer_dark(is_dark);
            note(browser, &format!("{width} px, dark: {is_dark}"), faults);
        }
    }
    browser.prefer_dark(false);
    browser.resize(WIDTHS[0]);
}

fn note(browser: &Browser, how: &str, faults: &mut Vec<String>) {
    let sight = browser.sight();
    let found = browser.faults().into_iter();
    faults.extend(found.map(|fault| {
        format!(
            "{} “{}”, {how}: {fault}",
            browser.address().path(),
            sight.heading
        )
    }));
}

/// Visits an address: in Swedish with every look, in English at both widths.
pub fn visit(browser: &Browser, site: &Site, path: &str, faults: &mut Vec<String>) {
    let sign = if path.contains('?') { '&' } else { '?' };
    browser.go(&format!("{}{path}{sign}lang=en", site.url));
    let sight = browser.sight();
    if sight.language != "en" {
        faults.push(format!("{path} is not in English but {}", sight.language));
    }
    for width in WIDTHS {
        browser.resize(width);
        note(browser, &format!("{width} px, English"), faults);
    }
    browser.go(&format!("{}{path}{sign}lang=sv", site.url));
    let broken = "Något gick fel hos oss";
    if browser.sight().heading == broken {
        faults.push(format!("{path}: {broken}"));
    }
    look_around(browser, faults);
}

pub fn none(faults: &[String]) {
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn every_open_page_is_accessible_in_every_look() {
    let site = Site::start();
    let maja = site.world.maja();
    let _ = site.world.sent_card(&maja, DeliveryMethod::Rek);
    let browser = Browser::open(Window::DESK);
    let mut faults = Vec::new();
    let open = [
        "/",
        "/id-admin",
        "/mina-sidor",
        "/servicedesk",
        "/testa-kortet",
        "/certifikatkedja",
        "/api",
        "/api?om=cards",
        "/nowhere",
    ];
    let demo = ["/demo", "/demo/mejl", "/demo/brev", "/demo/komponenter"];
    for path in open.into_iter().chain(demo) {
        visit(&browser, &site, path, &mut faults);
    }
    browser.go(&format!("{}/demo/mejl", site.url));
    browser.click("kort");
    look_around(&browser, &mut faults);
    browser.go(&format!("{}/id-admin/logga-in", site.url));
    look_around(&browser, &mut faults);
    browser.go(&format!("{}/id-admin/inloggad?state=x&code=y", site.url));
    look_around(&browser, &mut faults);
    none(&faults);
}

#[test]
fn every_page_of_the_id_administration_is_accessible_in_every_look() {
    let site = Site::start();
    let world = &site.world;
    let (maja, elin, oskar) = (
        world.maja(),
        world.person("SE2399000013-1010"),
        world.person("SE2399000013-1011"),
    );
    let sent = world.sent_card(&maja, DeliveryMethod::Rek);
    let active = world.active_card(&elin);
    let unsigned = world.sent_card(&oskar, DeliveryMethod::APost);
    let check = world.check(&unsigned, &oskar);
    world
        .unlock(&world.karin().call(), &unsigned, &check)
        .unwrap();
    world.work();
    let fresh = world.person("SE2399000013-1009");
    let paths = [
        "/id-admin".to_owned(),
        "/id-admin/att-gora/ej-kvitterade".to_owned(),
        "/id-admin/att-gora/att-aktivera".to_owned(),
        "/id-admin/utgaende".to_owned(),
        format!("/id-admin/person/{}", maja.id),
        format!("/id-admin/person/{}", elin.id),
        format!("/id-admin/person/{}", oskar.id),
        format!("/id-admin/person/{}", fresh.id),
        format!("/id-admin/person/{}/handelser", elin.id),
        format!("/id-admin/person/{}/bestall", fresh.id),
        format!("/id-admin/person/{}/bestall", elin.id),
        format!("/id-admin/bestallning/{}", sent.order),
        format!("/id-admin/bestallning/{}", active.order),
        format!("/id-admin/bestallning/{}/avbryt", sent.order),
        format!("/id-admin/kort/{}/aktivera", sent.id),
        format!("/id-admin/kort/{}/aktivera", active.id),
        format!("/id-admin/kort/{}/kvittens", unsigned.id),
        format!("/id-admin/kort/{}/kvittens/papper", unsigned.id),
        format!("/id-admin/kort/{}/kvittens/lamna", unsigned.id),
        format!("/id-admin/kort/{}/kvittens/utskrift", unsigned.id),
        format!("/id-admin/kort/{}/klart", active.id),
        format!("/id-admin/person/{}", active.id),
        "/id-admin/handelser/AAA-AAA".to_owned(),
    ];
    let browser = Browser::open(Window::DESK);
    karin(&browser, &site);
    let mut faults = Vec::new();
    for path in &paths {
        visit(&browser, &site, path, &mut faults);
    }
    none(&faults);
}

#[test]
fn every_answer_to_a_form_of_the_id_administration_is_accessible_in_every_look() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let fresh = world.person("SE2399000013-1009");
    let browser = Browser::open(Window::DESK);
    karin(&browser, &site);
    let mut faults = Vec::new();
    for (typed, heading) in [
        ("Lindqvist", "träff"),
        ("Zzzzzz", "Vi hittar inget"),
        ("198504159801", "Vem gäller det?"),
        ("", "Vem gäller det?"),
    ] {
        browser.go(&format!("{}/id-admin", site.url));
        browser.write(SEARCH, typed);
        browser.click("Sök");
        let title = browser.sight().heading;
        if !title.contains(heading) {
            faults.push(format!("the search for “{typed}” answers “{title}”"));
        }
        look_around(&browser, &mut faults);
    }
    browser.go(&format!(
        "{}/id-admin/person/{}/bestall",
        site.url, fresh.id
    ));
    browser.click("Beställ kortet");
    look_around(&browser, &mut faults);
    browser.choose(REGION);
    browser.go(&format!("{}/id-admin/kort/{}/aktivera", site.url, card.id));
    browser.click("Godkänn och skriv under");
    look_around(&browser, &mut faults);
    browser.go(&format!(
        "{}/id-admin/bestallning/{}/avbryt",
        site.url, card.order
    ));
    browser.click("Avbryt beställningen");
    look_around(&browser, &mut faults);
    none(&faults);
}

#[test]
fn a_protected_person_is_covered_until_an_officer_with_the_permission_asks() {
    let site = Site::start();
    let ylva = site.world.person("SE2399000013-1012");
    let browser = Browser::open(Window::DESK);
    log_in(&browser, &site, "/id-admin", "Leif Bergström");
    browser.arrive("Vem gäller det?");
    let mut faults = Vec::new();
    visit(
        &browser,
        &site,
        &format!("/id-admin/person/{}", ylva.id),
        &mut faults,
    );
    assert!(!browser.reads(&ylva.name), "{}", browser.shown());
    browser.click("Visa uppgifter");
    browser.arrive(&ylva.name);
    look_around(&browser, &mut faults);
    none(&faults);

    let other = Browser::open(Window::DESK);
    karin(&other, &site);
    other.go(&format!("{}/id-admin/person/{}", site.url, ylva.id));
    other.arrive("Vi hittar inget med det numret");
}

#[test]
fn every_page_of_mina_sidor_is_accessible_in_every_look() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let browser = Browser::open(Window::PHONE);
    log_in(&browser, &site, "/mina-sidor", "Maja Lindqvist");
    browser.sees("Du har inget att göra just nu");
    let mut faults = Vec::new();
    visit(&browser, &site, "/mina-sidor", &mut faults);
    let card = world.sent_card(&maja, DeliveryMethod::Rek);
    let of_card = |end: &str| format!("/mina-sidor/kort/{}{end}", card.id);
    for path in ["/mina-sidor".to_owned(), of_card(""), of_card("/kvittens")] {
        visit(&browser, &site, &path, &mut faults);
    }
    world
        .unlock(&world.karin().call(), &card, &world.check(&card, &maja))
        .unwrap();
    for path in ["/mina-sidor".to_owned(), of_card(""), of_card("/kvittens")] {
        visit(&browser, &site, &path, &mut faults);
    }
    browser.click("Skriv under");
    browser.sees("Kryssa i att du har fått kortet");
    look_around(&browser, &mut faults);
    world.sign(&maja, &world.card(card.id)).unwrap();
    world.work();
    let whole = [
        "/mina-sidor",
        "/mina-sidor/vem-har-tittat",
        "/mina-sidor/kontakt",
        "/mina-sidor/katalogen",
    ]
    .map(str::to_owned);
    for path in whole
        .into_iter()
        .chain([of_card(""), of_card("/kvittens"), of_card("/klart")])
    {
        visit(&browser, &site, &path, &mut faults);
    }
    visit(&browser, &site, "/mina-sidor/kort/nonsense", &mut faults);
    none(&faults);
}

#[test]
fn every_page_of_the_servicedesk_is_accessible_in_every_look() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let _ = world.sent_card(&maja, DeliveryMethod::Rek);
    let fresh = world.person("SE2399000013-1009");
    let browser = Browser::open(Window::DESK);
    log_in(&browser, &site, "/servicedesk", "Farid Nazari");
    browser.arrive("Vem ringer?");
    let mut faults = Vec::new();
    let person = |id| format!("/servicedesk/person/{id}");
    for path in ["/servicedesk".to_owned(), person(maja.id), person(fresh.id)] {
        visit(&browser, &site, &path, &mut faults);
    }
    for typed in ["Lindqvist", "Zzzzzz", "7"] {
        browser.go(&format!("{}/servicedesk", site.url));
        browser.write(SEARCH, typed);
        browser.click("Sök");
        look_around(&browser, &mut faults);
    }
    none(&faults);
}

#[test]
fn the_log_of_others_is_accessible_to_an_auditor_in_every_look() {
    let site = Site::start();
    let elin = site.world.person("SE2399000013-1010");
    let _ = site.world.active_card(&elin);
    site.world.work();
    let browser = Browser::open(Window::DESK);
    let nadja = site.world.person("SE2399000013-1007");
    log_in_as(&browser, &site, "/id-admin", &nadja);
    let mut faults = Vec::new();
    for path in ["/id-admin/handelser", "/id-admin/certifikat"] {
        visit(&browser, &site, path, &mut faults);
    }
    none(&faults);
}
