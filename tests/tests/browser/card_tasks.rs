//! Something done with a card in a reader, followed on the page: the card program is played by the
//! test, with the key that the factory has put on the chip.

use std::cell::RefCell;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cards_acceptance::World;
use cards_acceptance::authority::issuing;
use cards_acceptance::browser::{Browser, Window};
use cards_acceptance::site::Site;
use cards_app::card_tasks::{Bearer, CardProof, Presented};
use cards_domain::card::Card;
use cards_domain::card_task::{TaskCause, TaskReport, TaskStepName, TaskTries};
use cards_domain::delivery::DeliveryMethod;
use serde_json::Value;

use crate::every_page::{none, visit};
use crate::people::{Counter, activate_to_the_code, find, karin, log_in};
use crate::unlock::{fill_in, lock};

const CLIENT: &str = "kortklient 0.1.0";
const CODE: &str = "return document.querySelector('.taskcode .bigno')?.textContent ?? ''";

/// A site whose cards have certificates.
pub fn site() -> Site {
    let kept = RefCell::new(None);
    Site::with(|port| {
        let (world, authority) = issuing(World::at_port(port), port);
        kept.replace(Some(authority));
        world
    })
}

pub fn code_on(browser: &Browser) -> String {
    let Value::String(code) = browser.run(CODE) else {
        panic!("no code on the page");
    };
    assert_eq!(code.len(), 9, "{code:?}");
    code
}

/// The card program, with the card in its reader.
pub struct Client<'a> {
    world: &'a World,
    bearer: Bearer,
}

impl<'a> Client<'a> {
    pub fn fetch(world: &'a World, code: &str) -> Self {
        let (app, mut link) = (world.app(), world.link());
        let presented = Presented::Code(code.to_lowercase());
        let fetched = app
            .fetch_task(&mut link, &presented, CLIENT, "AAA-AAA")
            .unwrap();
        let bearer = app
            .task_bearer(&mut link, fetched.sheet.task.id, &fetched.secret, "AAA-AAB")
            .unwrap();
        Self { world, bearer }
    }

    pub fn comes_to(&self, step: TaskStepName) {
        let mut link = self.world.link();
        let app = self.world.app();
        app.task_step(&mut link, &self.bearer, (step, 1)).unwrap();
    }

    pub fn proves(&self, card: &Card) {
        let key = self.world.chip_key(card);
        let text = self.bearer.task.text_of_proof();
        let signature = sign(&key.pem(), text.as_bytes());
        let proof = CardProof {
            certificate: &key.der(),
            signature: &signature,
        };
        let mut link = self.world.link();
        let app = self.world.app();
        app.prove_card(&mut link, &self.bearer, proof).unwrap();
    }

    pub fn reports(&self, cause: Option<&str>) {
        let report = TaskReport {
            cause: cause.map(|cause| TaskCause::parse(cause).unwrap()),
            readers: 1,
            cards: 1,
            module: Some("opensc-pkcs11.so".to_owned()),
            tries: TaskTries::default(),
            locked: Vec::new(),
        };
        let mut link = self.world.link();
        let app = self.world.app();
        app.task_report(&mut link, &self.bearer, &report).unwrap();
    }

    pub fn gives_up(&self, cause: &str) {
        let cause = TaskCause::parse(cause).unwrap();
        let mut link = self.world.link();
        let app = self.world.app();
        app.give_up_task(&mut link, &self.bearer, cause).unwrap();
    }
}

/// Signs with the private key in a PEM.
fn sign(pem: &str, bytes: &[u8]) -> Vec<u8> {
    let body: String = pem
        .lines()
        .skip(1)
        .take_while(|line| !line.starts_with("-----"))
        .collect();
    let key = STANDARD.decode(body).unwrap();
    let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &key).unwrap();
    let signature = key.sign(&SystemRandom::new(), bytes).unwrap();
    signature.as_ref().to_vec()
}

/// Proves: 0-5 0-6 0-8 0-9
#[test]
fn a_holder_registers_the_card_once_and_the_page_follows_by_itself() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let holder = Browser::open(Window::DESK);
    log_in(&holder, &site, "/mina-sidor", "Maja Lindqvist");
    holder.go(&format!("{}/mina-sidor/kort/{}", site.url, card.id));
    holder.sees("Kortet är inte registrerat.");
    holder.click("Registrera kortet");
    holder.arrive("Registrera kortet");
    holder.sees("På denna enhet");
    holder.sees("På annan enhet");
    assert!(
        holder
            .goes_to("Öppna kortprogrammet")
            .starts_with("kortklient:?server=http")
    );
    let client = Client::fetch(world, &code_on(&holder));
    holder.until(
        "the code is gone once it was used",
        "return !document.querySelector('.taskcode')",
    );
    client.comes_to(TaskStepName::CardFound);
    holder.until(
        "the card is ticked off",
        "return [...document.querySelectorAll('.track .done')].some(e => e.textContent.includes('Kortet är hittat'))",
    );
    holder.look_over();
    client.proves(&card);
    holder.arrive("Klar att användas");
    holder.look_over();
    holder.click("Till kortets sida");
    holder.sees("Kortet är registrerat sedan");
    assert!(!holder.offers("Registrera kortet"), "once is enough");
    world.work();
}

/// Proves: 1-6 3-44
#[test]
fn a_test_without_script_names_the_cause_and_the_servicedesk_reads_the_same() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let holder = Browser::open(Window::PHONE.without_script());
    log_in(&holder, &site, "/mina-sidor", "Maja Lindqvist");
    holder.go(&format!("{}/mina-sidor/kort/{}/testa", site.url, card.id));
    holder.sees("Det som är registrerat");
    holder.sees("Kortet har inget certifikat för underskrift.");
    holder.click("Testa kortet");
    let client = Client::fetch(world, &code_on(&holder));
    holder.click("Uppdatera");
    holder.sees("Uppgiften är hämtad i kortprogrammet");
    client.reports(Some("K205"));
    holder.click("Uppdatera");
    holder.arrive("Kortet är inte testat");
    holder.sees("Fel kort är valt. Ett annat kort i datorn fungerar.");
    holder.sees("K205");
    holder.click("Till kortets sida");
    holder.go(&format!("{}/mina-sidor/kort/{}/testa", site.url, card.id));
    holder.sees("K205");
    let farid = Browser::open(Window::DESK);
    log_in(&farid, &site, "/servicedesk", "Farid Nazari");
    farid.arrive("Vem ringer?");
    farid.go(&format!("{}/servicedesk/person/{}", site.url, maja.id));
    farid.sees("Senaste testet av kortet");
    farid.sees("K205");
    farid.look_over();

    // What was found stands until another test is finished.
    world.advance(chrono::Duration::minutes(1));
    let path = format!("{}/mina-sidor/kort/{}/testa", site.url, card.id);
    holder.go(&path);
    holder.click("Testa kortet");
    holder.sees("Koden att skriva i kortprogrammet");
    let client = Client::fetch(world, &code_on(&holder));
    holder.go(&path);
    holder.sees("K205");
    farid.reload();
    farid.sees("K205");
    client.reports(None);
    holder.go(&path);
    holder.sees("Klar att användas");
    assert!(!holder.reads("K205"));
    farid.reload();
    farid.sees("Kortprogrammet hittade inget fel");
    world.work();
}

#[test]
fn a_task_that_went_wrong_is_tried_again_and_one_that_is_not_wanted_is_called_off() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let holder = Browser::open(Window::DESK);
    log_in(&holder, &site, "/mina-sidor", "Maja Lindqvist");
    holder.go(&format!("{}/mina-sidor/kort/{}/testa", site.url, card.id));
    holder.click("Testa kortet");
    holder.arrive("Testa kortet");
    let first = code_on(&holder);
    let client = Client::fetch(world, &first);
    client.gives_up("K206");
    holder.arrive("Det gick inte");
    holder.sees("Kortet togs ut ur läsaren.");
    holder.look_over();
    holder.click("Försök igen");
    holder.arrive("Testa kortet");
    assert_ne!(code_on(&holder), first);
    let other = Browser::open(Window::DESK);
    log_in(&other, &site, "/mina-sidor", "Maja Lindqvist");
    other.go(holder.address().as_str());
    other.sees("Koden syns inte här");
    other.look_over();
    other.click("Ny kod");
    other.sees("Koden att skriva i kortprogrammet");
    let newest = code_on(&other);
    other.click("Avbryt uppgiften");
    other.arrive("Uppgiften är avbruten");
    holder.arrive("Uppgiften är avbruten");
    let gone = world.app().fetch_task(
        &mut world.link(),
        &Presented::Code(newest),
        CLIENT,
        "AAA-AAA",
    );
    assert!(gone.is_err(), "nothing is left to be done");
    world.work();
}

/// Proves: 0-11
#[test]
fn the_holder_chooses_the_code_at_the_counter_and_signs_the_receipt_with_the_card() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::Rek);
    let officer = Browser::open(Window::DESK);
    karin(&officer, &site);
    find(&officer, &maja);
    activate_to_the_code(
        &officer,
        "Karin Åkerblom",
        &Counter::of(world, card.id, &maja),
    );
    officer.click("Låt innehavaren välja kod i kortprogrammet");
    officer.arrive("Låt innehavaren välja kod i kortprogrammet");
    let client = Client::fetch(world, &code_on(&officer));
    client.comes_to(TaskStepName::CodeChosen);
    client.proves(&card);
    officer.arrive("Koden är vald");
    officer.look_over();
    officer.click("Fortsätt till kvittensen");
    officer.arrive("Innehavaren skriver under kvittensen");

    let holder = Browser::open(Window::DESK);
    log_in(&holder, &site, "/mina-sidor", "Maja Lindqvist");
    holder.go(&format!(
        "{}/mina-sidor/kort/{}/kvittens",
        site.url, card.id
    ));
    holder.choose(crate::people::ACCEPT);
    holder.look_over();
    holder.click("Skriv under");
    holder.arrive("Skriv under kvittensen med kortet");
    Client::fetch(world, &code_on(&holder)).proves(&card);
    holder.arrive("Kvittensen är underskriven");
    holder.click("Till kortets sida");
    holder.sees("Kortet är aktivt och gäller till och med");
    world.work();
}

/// Proves: 3-24
#[test]
fn a_locked_card_is_opened_at_the_counter_by_a_code_that_the_card_itself_shows() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    lock(world, &card);
    world.advance(chrono::Duration::minutes(1));
    let officer = Browser::open(Window::DESK);
    karin(&officer, &site);
    officer.go(&format!("{}/id-admin/kort/{}/las-upp", site.url, card.id));
    fill_in(&officer, &Counter::of(world, card.id, &maja));
    officer.click("Signera och låt innehavaren välja kod i kortprogrammet");
    crate::people::sign(&officer, "Karin Åkerblom");
    officer.arrive("Låt innehavaren välja en ny kod i kortprogrammet");
    let holder = Browser::open(Window::DESK);
    log_in(&holder, &site, "/mina-sidor", "Maja Lindqvist");
    holder.sees("låst");
    Client::fetch(world, &code_on(&officer)).proves(&card);
    officer.arrive("Kortet är upplåst");
    officer.look_over();
    holder.reload();
    holder.sees("Du har inget att göra just nu.");
    officer.click("Till personens sida");
    officer.arrive(&maja.name);
    world.work();
}

/// Proves: 3-20 3-31 3-45 4-1 4-2 4-11 4-12 4-13
#[test]
fn the_pages_about_the_card_in_the_reader_are_accessible_in_every_look() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let mut faults = Vec::new();
    let holder = Browser::open(Window::DESK);
    for path in [
        "/testa-kortet",
        "/testa-kortet?kod=s501",
        "/testa-kortet?kod=B12",
        "/testa-kortet?kod=K102&papper=1",
        "/certifikatkedja",
    ] {
        visit(&holder, &site, path, &mut faults);
    }
    holder.go(&format!("{}/certifikatkedja", site.url));
    holder.sees("DEV");
    holder.sees("SHA-256");
    log_in(&holder, &site, "/mina-sidor", "Maja Lindqvist");
    for end in [
        "",
        "/testa",
        "/testa?papper=1",
        "/underskrift",
        "/byt-kod",
        "/certifikat",
    ] {
        let path = format!("/mina-sidor/kort/{}{end}", card.id);
        visit(&holder, &site, &path, &mut faults);
    }
    holder.go(&format!(
        "{}/mina-sidor/kort/{}/certifikat",
        site.url, card.id
    ));
    holder.sees("Tjänstelegitimation (HSA-id)");
    holder.sees("Personlig e-legitimation (personnummer)");
    holder.go(&format!(
        "{}/mina-sidor/kort/{}/underskrift",
        site.url, card.id
    ));
    holder.click("Hämta certifikat för underskrift");
    holder.sees("På denna enhet");
    let task = holder.address().path().to_owned();
    visit(&holder, &site, &task, &mut faults);
    none(&faults);
    world.work();
}
