//! What a holder reads in Mina sidor, and on the open pages, after something has happened to the
//! card: over HTTP, as a browser without script.

use cards_acceptance::site::Site;
use cards_acceptance::{Person, World};
use cards_domain::card::Card;
use cards_domain::delivery::DeliveryMethod;

use crate::desk::{Desk, KARIN, Page, TOVE, go_to};
use crate::web::Browser;

const START: &str = "/mina-sidor";
const NOTHING: &str = "Du har inget att göra just nu.";
const ONE_THING: &str = "Du har en sak att göra.";

fn card_at(card: &Card) -> String {
    format!("{START}/kort/{}", card.id)
}

/// The start and the card's page.
fn both(desk: &Desk, card: &Card) -> [Page; 2] {
    [desk.open(START), desk.open(&card_at(card))]
}

#[test]
fn a_locked_card_is_the_first_thing_to_do_until_it_is_opened_and_its_letter_is_told() {
    let site = Site::start();
    let maja = site.world.maja();
    let card = site.world.active_card(&maja);
    let holder = Desk::holder(&site, &maja);
    let start = holder.open(START);
    start.sees(NOTHING);
    start.sees("Ditt kort från Region Mälarvik fungerar.");

    let at = format!("{}/last", card_at(&card));
    holder.send(&holder.open(&at), &at, &[]);
    let start = holder.open(START);
    start.sees(ONE_THING);
    start.sees("Ditt kort från Region Mälarvik är låst");
    start.sees("Så låser du upp det");
    assert!(start.leads_to(&at));
    for page in both(&holder, &card) {
        assert!(!page.reads("fungerar."), "{}", page.body);
        assert!(!page.reads("Fungerar nu"), "{}", page.body);
        assert!(!page.reads("Kortet är aktivt"), "{}", page.body);
    }

    let ask = format!("{}/puk-brev", card_at(&card));
    holder.send(&holder.open(&at), &ask, &[]);
    let start = holder.open(START);
    start.sees("Du har bett om ett puk-brev. Det väntar på att godkännas.");
    start.sees(ONE_THING);

    let opened = format!("{}/upplast", card_at(&card));
    holder.send(&holder.open(&at), &opened, &[]);
    holder.open(START).sees(NOTHING);
    site.world.work();
}

/// Karin takes the card in at the office.
fn take_in(site: &Site, card: &Card) {
    let karin = Desk::officer(site, KARIN);
    let at = format!("/id-admin/kort/{}/ta-emot", card.id);
    let number = card.number.clone().unwrap().to_string();
    let taken = karin.send(&karin.open(&at), &at, &[("kortnummer", &number)]);
    assert_eq!(taken.status, 200, "{}", taken.body);
}

#[test]
fn a_card_that_lies_at_the_office_is_fetched_there_however_it_came() {
    for method in [
        DeliveryMethod::APost,
        DeliveryMethod::Rek,
        DeliveryMethod::ToOffice,
    ] {
        let site = Site::start();
        let maja = site.world.maja();
        let card = site.world.sent_card(&maja, method);
        take_in(&site, &card);
        let holder = Desk::holder(&site, &maja);
        holder.open(START).sees(ONE_THING);
        for page in both(&holder, &card) {
            page.sees("ligger på Kortkontoret Björkvallen");
            page.sees("Ta med en giltig fysisk id-handling");
            for wrong in [
                "När kortet har kommit till dig",
                "som har kommit med posten",
                "Kom i retur",
                "kan inte spåras",
            ] {
                assert!(!page.reads(wrong), "{method:?}: {wrong}");
            }
        }
        site.world.work();
    }
}

#[test]
fn a_card_that_was_reported_as_not_come_is_not_to_be_activated() {
    let site = Site::start();
    let maja = site.world.maja();
    let card = site.world.sent_card(&maja, DeliveryMethod::APost);
    go_to(&site, "2030-02-06T09:00:00Z");
    let holder = Desk::holder(&site, &maja);
    holder.open(START).sees("Aktivera ditt nya kort");
    let at = format!("{}/inte-kommit", card_at(&card));
    let told = holder.send(&holder.open(&at), &at, &[]);
    assert!(told.leads_to(START), "the way to the start");
    let start = holder.open(START);
    start.sees(NOTHING);
    start.sees("har inte kommit fram. Kontoret vet om det.");
    for page in both(&holder, &card) {
        assert!(!page.reads("Aktivera"), "{}", page.body);
        assert!(page.leads_to(&at));
    }
    let late = format!("{}/kom-sent", card_at(&card));
    holder.send(&holder.open(&at), &late, &[]);
    holder.open(START).sees("Aktivera ditt nya kort");
}

#[test]
fn whoever_waits_for_a_registered_letter_can_say_so_and_is_sent_to_trace_it() {
    let site = Site::start();
    let maja = site.world.maja();
    let card = site.world.sent_card(&maja, DeliveryMethod::Rek);
    let holder = Desk::holder(&site, &maja);
    let at = format!("{}/inte-kommit", card_at(&card));
    for page in both(&holder, &card) {
        page.sees("Kortet har inte kommit");
        assert!(page.leads_to(&at));
    }
    let page = holder.open(&at);
    page.sees("Sök efter Rek-id");
    assert!(page.body.contains("https://tracking.postnord.com/se/?id="));
}

/// The holder tells that the card was stolen.
fn stolen(holder: &Desk, card: &Card) -> Page {
    let at = format!("{}/tappat/bekrafta", card_at(card));
    let page = holder.open(&format!("{at}?orsak=stolen&id=ja"));
    let four = card.number.as_ref().unwrap().last_four().to_owned();
    holder.send(&page, &at, &[("fyra", &four)])
}

#[test]
fn a_stolen_card_keeps_the_advice_of_the_police_and_the_start_leads_to_the_case() {
    let site = Site::start();
    let maja = site.world.maja();
    let card = site.world.active_card(&maja);
    let holder = Desk::holder(&site, &maja);
    let case = stolen(&holder, &card);
    case.sees("Ditt kort är spärrat");
    case.sees("Anmäl stölden till polisen");
    case.sees("Be en id-administratör i din organisation beställa ett nytt kort.");
    assert!(!case.reads("behöver inte göra något mer"));
    let to = case.path.split('?').next().unwrap();
    for page in both(&holder, &card) {
        assert!(page.leads_to(to), "{}", page.body);
    }
    site.world.work();
}

#[test]
fn what_telia_and_the_police_still_wait_for_is_something_to_do_on_the_start() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.made_older(&world.active_card(&maja), "641", true);
    let holder = Desk::holder(&site, &maja);
    let case = stolen(&holder, &card);
    let start = holder.open(START);
    start.sees(ONE_THING);
    start.sees("Ditt kort är spärrat. Två saker återstår.");
    assert!(start.leads_to(case.path.split('?').next().unwrap()));
    world.work();
}

fn looks_of(site: &Site, person: &Person) -> Page {
    Desk::holder(site, person).open("/mina-sidor/vem-har-tittat")
}

#[test]
fn who_has_looked_is_one_row_for_a_day_with_the_role() {
    let site = Site::start();
    let maja = site.world.maja();
    let card = site.world.active_card(&maja);
    let (karin, tove) = (Desk::officer(&site, KARIN), Desk::officer(&site, TOVE));
    let person = format!("/id-admin/person/{}", maja.id);
    for _ in 0..3 {
        assert_eq!(karin.open(&person).status, 200);
    }
    let unlock = format!("/id-admin/kort/{}/sparra", card.id);
    assert_eq!(karin.open(&unlock).status, 200);
    assert_eq!(tove.open(&person).status, 200);
    let page = looks_of(&site, &maja);
    page.sees("Karin Åkerblom, id-administratör, öppnade din sida och ditt kort");
    page.sees("Tove Hallgren, id-administratör, öppnade din sida");
    assert_eq!(page.body.matches("Karin Åkerblom").count(), 1);
}

#[test]
fn the_servicedesks_number_stands_where_people_are_told_to_call_it() {
    let phone = "0990-202 52";
    let site = Site::with(|port| {
        World::configured(port, |config, _| {
            config.contact.servicedesk_phone = Some(phone.to_owned());
        })
    });
    let anybody = Browser::new(&site);
    for query in ["nummer=473", "vad=borttappat", "vad=kontor"] {
        let page = anybody.get(&format!("/mitt-kort-ar-last?{query}")).body;
        assert!(page.contains("href=\"tel:099020252\""), "{query}: {page}");
    }
    let holder = Desk::holder(&site, &site.world.maja());
    holder.open("/mina-sidor/kontakt").sees(phone);
}

#[test]
fn the_start_and_the_log_in_have_a_door_for_a_lost_card() {
    let site = Site::start();
    let anybody = Browser::new(&site);
    for entrance in ["/", "/mina-sidor", "/id-admin", "/servicedesk"] {
        let page = anybody.get(entrance).body;
        assert!(page.contains("vad=borttappat"), "{entrance}: {page}");
    }
}
