//! Log-in with the card itself: a browser goes from the portal to the address that asks for a card,
//! and back with a ticket or with the reason why not.

mod doors;
mod refused;
mod tickets;

use cards_acceptance::chip::ChipKey;
use cards_acceptance::site::Site;
use cards_acceptance::{Person, World};
use cards_domain::card::Card;
use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use tokio::runtime::Runtime;
use url::Url;

/// What came back; redirects are not followed.
struct Answer {
    status: u16,
    location: String,
    connection: String,
    body: String,
}

/// A browser with cookies, and with a card or without.
struct Visitor {
    client: reqwest::Client,
    runtime: Runtime,
    url: Url,
}

impl Visitor {
    fn new(site: &Site, card: Option<&ChipKey>) -> Self {
        Self::showing(site, card.map(ChipKey::pem))
    }

    /// With a key and its certificate (PEM).
    fn showing(site: &Site, shown: Option<String>) -> Self {
        let root = std::fs::read(site.root_certificate()).unwrap();
        let root = reqwest::Certificate::from_pem(&root).unwrap();
        let mut builder = reqwest::Client::builder()
            .cookie_store(true)
            .pool_max_idle_per_host(0)
            .redirect(Policy::none())
            .tls_certs_only([root]);
        if let Some(pem) = shown {
            let identity = reqwest::Identity::from_pem(pem.as_bytes()).unwrap();
            builder = builder.identity(identity);
        }
        Self {
            client: builder.build().unwrap(),
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap(),
            url: site.url.parse().unwrap(),
        }
    }

    /// Opens a page of the portal, or any other address.
    fn get(&self, address: &str) -> Answer {
        let address = self.url.join(address).unwrap();
        self.runtime.block_on(async {
            let response = self.client.get(address).send().await.unwrap();
            let header = |name: &str| {
                let value = response.headers().get(name);
                value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
            };
            Answer {
                status: response.status().as_u16(),
                location: header(LOCATION.as_str()),
                connection: header("connection"),
                body: response.text().await.unwrap(),
            }
        })
    }

    /// Goes to the address that asks for the card, shows it, and gives the address back.
    fn show(&self, portal: &str, return_to: &str) -> String {
        let begun = self.get(&format!("{portal}/logga-in/kort?return_to={return_to}"));
        assert_eq!(begun.status, 303, "{}", begun.body);
        let shown = self.get(&begun.location);
        assert_eq!(shown.status, 303, "{}", shown.body);
        shown.location
    }

    /// The whole way.
    fn log_in(&self, portal: &str, return_to: &str) -> Answer {
        let back = self.show(portal, return_to);
        self.get(&back)
    }
}

/// A person with an active card that has certificates.
fn holder(world: &World, hsa_id: &str) -> (Person, Card) {
    let person = world.person(hsa_id);
    let card = world.active_card(&person);
    (person, card)
}

const MAJA: &str = "SE2399000013-1008";
const LEIF: &str = "SE2399000013-1003";

/// How often the log says this of the person's log-ins.
fn log_ins(world: &World, person: &Person, action: &str, outcome: &str) -> i64 {
    use diesel::prelude::*;
    use diesel::sql_types::{BigInt, Text, Uuid as SqlUuid};
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let query = "SELECT count(*) AS count FROM journal \
                 WHERE actor_person = $1 AND action = $2 AND outcome = $3";
    diesel::sql_query(query)
        .bind::<SqlUuid, _>(person.id.0)
        .bind::<Text, _>(action)
        .bind::<Text, _>(outcome)
        .get_result::<Count>(&mut world.database.connect())
        .unwrap()
        .count
}

#[test]
fn a_holder_logs_in_with_the_card_and_comes_to_the_page_that_was_wanted() {
    let (site, _) = Site::taking_cards();
    let (maja, card) = holder(&site.world, MAJA);
    let visitor = Visitor::new(&site, Some(&site.world.chip_key(&card)));
    let arrived = visitor.log_in("/mina-sidor", "/mina-sidor/kontakt");
    assert_eq!(
        (arrived.status, arrived.location.as_str()),
        (303, "/mina-sidor/kontakt")
    );
    let page = visitor.get("/mina-sidor/kontakt");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Maja Lindqvist"), "{}", page.body);
    assert_eq!(log_ins(&site.world, &maja, "log_in", "done"), 1);
}

#[test]
fn an_officer_logs_in_with_the_card_where_there_is_an_appointment_and_nowhere_else() {
    let (site, _) = Site::taking_cards();
    let (leif, card) = holder(&site.world, LEIF);
    let visitor = Visitor::new(&site, Some(&site.world.chip_key(&card)));
    let arrived = visitor.log_in("/id-admin", "/id-admin");
    assert_eq!(
        (arrived.status, arrived.location.as_str()),
        (303, "/id-admin")
    );
    let start = visitor.get("/id-admin");
    assert!(start.body.contains("Leif Bergström"), "{}", start.body);
    let refused = visitor.log_in("/servicedesk", "/servicedesk");
    assert_eq!(refused.status, 403);
    let why = "no_appointment";
    assert_eq!(log_ins(&site.world, &leif, "log_in_refused", why), 1);
}

#[test]
fn the_entrance_has_a_button_for_the_card_only_where_it_is_taken() {
    let (site, _) = Site::taking_cards();
    let visitor = Visitor::new(&site, None);
    for portal in ["/id-admin", "/mina-sidor", "/servicedesk"] {
        let page = visitor.get(portal);
        assert!(page.body.contains("Logga in med kortet"), "{}", page.body);
        assert!(page.body.contains(&format!("{portal}/logga-in/kort?")));
    }
    let plain = Site::start();
    let client = reqwest::Client::new();
    let runtime = &visitor.runtime;
    let get = |path: &str| {
        let address = format!("{}{path}", plain.url);
        runtime.block_on(async {
            let response = client.get(address).send().await.unwrap();
            (response.status().as_u16(), response.text().await.unwrap())
        })
    };
    assert!(!get("/mina-sidor").1.contains("Logga in med kortet"));
    assert_eq!(get("/mina-sidor/logga-in/kort").0, 404);
    assert_eq!(
        get("/mina-sidor/inloggad/kort?hinder=no_certificate").0,
        404
    );
}
