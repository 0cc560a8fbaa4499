//! What the portals weigh on the line, counted over HTTP with gzip: a first visit, a later page,
//! the script, and a long list. Times are the benchmark's business; bytes are the same everywhere.

use cards_acceptance::site::Site;
use cards_acceptance::{Person, World};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::order::Order;
use diesel::prelude::*;
use scraper::{Html, Selector};

use crate::browser::Browser;
use crate::scales::{LIST, Scales, Sent};

const ROWS: usize = 50;
const KARIN: &str = "SE2399000013-1001";
const ELIN: &str = "SE2399000013-1010";

/// Asks twice: compressed for the weight, plain for what it says.
fn scales(browser: Browser) -> Scales<'static> {
    Scales::new(Box::new(move |path| {
        let plain = browser.get(path);
        assert_eq!(plain.status, 200, "{path}: {}", plain.location());
        Sent {
            bytes: browser.compressed(path),
            kind: plain.header("content-type").to_owned(),
            is_immutable: plain.header("cache-control").contains("immutable"),
            text: plain.body,
        }
    }))
}

fn logged_in(site: &Site, portal: &'static str, hsa_id: &str) -> Scales<'static> {
    let mut browser = Browser::new(site);
    let arrived = browser.log_in(portal, hsa_id, "loa3");
    assert_eq!(arrived.status, 303, "{hsa_id} at {portal}");
    scales(browser)
}

fn faults(scales: &mut Scales<'_>, pages: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    for page in pages {
        let weighed = scales.weigh(page);
        println!("{page}: {weighed:?}");
        // The page itself, its style, its script and its font.
        assert!(weighed.first.requests >= 4, "{page}: {weighed:?}");
        faults.extend(
            weighed
                .faults()
                .iter()
                .map(|fault| format!("{page}: {fault}")),
        );
    }
    faults
}

#[test]
fn the_main_pages_stay_light_on_a_first_visit_and_on_later_ones() {
    let site = Site::start();
    let world = &site.world;
    let elin = world.person(ELIN);
    let card = world.active_card(&elin);
    let sent = world.sent_card(&world.maja(), DeliveryMethod::APost);
    let open = [
        "/",
        "/api",
        "/api?om=cards",
        "/id-admin",
        "/mina-sidor",
        "/servicedesk",
    ]
    .map(str::to_owned);
    let officer = [
        "/id-admin".to_owned(),
        "/id-admin/att-gora/att-aktivera".to_owned(),
        format!("/id-admin/person/{}", elin.id),
        format!("/id-admin/person/{}/handelser", elin.id),
        format!("/id-admin/person/{}/bestall", elin.id),
        format!("/id-admin/kort/{}/aktivera", sent.id),
        format!("/id-admin/kort/{}/sparra", card.id),
    ];
    let holder = [
        "/mina-sidor".to_owned(),
        "/mina-sidor/vem-har-tittat".to_owned(),
        format!("/mina-sidor/kort/{}", card.id),
    ];
    let mut all = faults(&mut scales(Browser::new(&site)), &open);
    all.extend(faults(&mut logged_in(&site, "/id-admin", KARIN), &officer));
    all.extend(faults(&mut logged_in(&site, "/mina-sidor", ELIN), &holder));
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// Persons of the region without protection.
fn some_people(world: &World, count: usize) -> Vec<Person> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = diesel::sql_types::Text)]
        hsa_id: String,
    }
    let found: Vec<Found> = diesel::sql_query(format!(
        "SELECT min(t.hsa_id) AS hsa_id FROM person p JOIN post t ON t.person_id = p.id \
         JOIN organisation o ON o.id = t.organisation_id \
         WHERE p.protection = 'none' AND p.number_kind = 'personnummer' \
           AND o.hsa_id = 'SE2399000013-0001' AND t.last_day IS NULL \
           AND NOT EXISTS (SELECT FROM appointment a WHERE a.person_id = p.id) \
         GROUP BY p.id ORDER BY 1 DESC LIMIT {count}"
    ))
    .load(&mut world.database.connect())
    .unwrap();
    assert_eq!(found.len(), count);
    found.iter().map(|one| world.person(&one.hsa_id)).collect()
}

/// Orders a card for somebody; not everybody in the directory may have one.
fn order(world: &World, person: &Person) -> bool {
    let (mut link, call) = (world.link(), world.karin().call());
    let app = world.app();
    app.refresh_register(&mut link, &call, person.id).unwrap();
    let request = world.order_request(person, DeliveryMethod::APost);
    app.ledger
        .begin::<Order>(&mut link, &call, &request)
        .is_ok()
}

#[test]
fn a_list_of_fifty_rows_is_one_small_page() {
    let site = Site::start();
    let people = some_people(&site.world, 2 * ROWS);
    let ordered = people.iter().filter(|person| order(&site.world, person));
    assert_eq!(ordered.take(ROWS).count(), ROWS);
    site.world.work();
    let mut scales = logged_in(&site, "/id-admin", KARIN);
    let list = scales.send("/id-admin/att-gora/att-aktivera");
    let page = Html::parse_document(&list.text);
    let rows = page
        .select(&Selector::parse("main tbody tr").unwrap())
        .count();
    println!("{rows} rows, {} bytes", list.bytes);
    assert_eq!(rows, ROWS);
    assert!(list.bytes <= LIST, "{} bytes, at most {LIST}", list.bytes);
}
