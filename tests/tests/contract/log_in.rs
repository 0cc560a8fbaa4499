//! Log-in to the portals through a provider that others have written. Whatever goes wrong ends on a
//! page that says what to do.

use cards_acceptance::World;
use cards_acceptance::site::Site;
use cards_server::config::Oidc;
use reqwest::header::LOCATION;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use url::Url;

use crate::node::Node;

const LOA2: &str = "http://id.sambi.se/loa/loa2";
const LOA3: &str = "http://id.sambi.se/loa/loa3";
const SECRET: &str = "a-secret-of-at-least-32-characters";
/// When worlds begin.
const START: &str = "2030-01-07T07:00:00Z";
/// Maja Lindqvist's number, and her entries at both employers.
const MAJA: &str = "198504159800";
const MAJAS: [&str; 2] = ["SE2399000013-1008", "SE2199000015-1008"];
/// Karin Åkerblom, id-administrator.
const KARIN: &str = "SE2399000013-1001";

/// The portals before a provider, and a browser.
struct Front {
    site: Site,
    provider: Option<Node>,
    browser: reqwest::Client,
    runtime: Runtime,
}

/// What a page says.
#[derive(Debug)]
struct Page {
    at: Url,
    status: u16,
    heading: String,
    text: String,
    links: Vec<String>,
    /// The values of the form's hidden fields.
    hidden: Vec<(String, String)>,
}

impl Front {
    /// A provider that says `claims` of whoever comes: `number`, `hsaIds`, `acr`, `clock`.
    fn where_it_says(claims: &Value) -> Self {
        let mut provider = None;
        let site = Site::with(|port| {
            let back = |portal| format!("http://127.0.0.1:{port}/{portal}/inloggad");
            let redirects = ["id-admin", "mina-sidor", "servicedesk"].map(back);
            let mut settings = json!({
                "client": "kortkontor", "secret": SECRET, "clock": START, "acr": LOA3,
                "redirects": redirects,
            });
            for (name, value) in claims.as_object().unwrap() {
                settings[name] = value.clone();
            }
            let node = Node::start("oidc-provider.mjs", &settings);
            let issuer = format!("http://127.0.0.1:{}", node.port);
            provider = Some(node);
            World::configured(port, |config, folder| {
                let client_secret_file = folder.join("oidc.secret");
                std::fs::write(&client_secret_file, SECRET).unwrap();
                config.oidc = Some(Oidc {
                    issuer: issuer.parse().unwrap(),
                    client_id: "kortkontor".to_owned(),
                    client_secret_file,
                });
            })
        });
        let none = reqwest::redirect::Policy::none();
        let browser = reqwest::Client::builder().cookie_store(true).redirect(none);
        Self {
            site,
            provider,
            browser: browser.build().unwrap(),
            runtime: Runtime::new().unwrap(),
        }
    }

    fn address(&self, path: &str) -> Url {
        format!("{}{path}", self.site.url).parse().unwrap()
    }

    /// Opens an address and goes where it is sent, as far as `stop` lets it.
    fn follow(&self, from: Url, stop: impl Fn(&Url) -> bool) -> (Url, reqwest::Response) {
        let mut at = from;
        for _ in 0..12 {
            let answer = self.runtime.block_on(self.browser.get(at.clone()).send());
            let answer = answer.unwrap();
            let Some(to) = answer.headers().get(LOCATION) else {
                return (at, answer);
            };
            let to = at.join(to.to_str().unwrap()).unwrap();
            if stop(&to) {
                return (to, answer);
            }
            at = to;
        }
        panic!("round in circles at {at}");
    }

    fn open(&self, path: &str) -> Page {
        self.read(self.follow(self.address(path), |_| false))
    }

    /// The provider's answer, before it has reached us.
    fn answer(&self, portal: &str) -> Url {
        let callback = format!("/{portal}/inloggad");
        let begin = self.address(&format!("/{portal}/logga-in"));
        self.follow(begin, |to| to.path() == callback).0
    }

    fn read(&self, (at, answer): (Url, reqwest::Response)) -> Page {
        let status = answer.status().as_u16();
        let body = self.runtime.block_on(answer.text()).unwrap();
        let page = Html::parse_document(&body);
        let all = |css: &str| Selector::parse(css).unwrap();
        let words = |css: &str| {
            let selector = all(css);
            let parts = page.select(&selector).flat_map(|part| part.text());
            parts.collect::<Vec<_>>().join(" ").trim().to_owned()
        };
        let named = |field: scraper::ElementRef<'_>| {
            let value = field.attr("value").unwrap_or_default();
            Some((field.attr("name")?.to_owned(), value.to_owned()))
        };
        Page {
            at,
            status,
            heading: words("h1"),
            text: words("main"),
            links: page
                .select(&all("main a"))
                .filter_map(|link| link.attr("href").map(str::to_owned))
                .collect(),
            hidden: page
                .select(&all(r#"form[action$="/logga-ut"] input[type="hidden"]"#))
                .filter_map(named)
                .collect(),
        }
    }

    fn log_out(&self, page: &Page, portal: &str) {
        let at = self.address(&format!("/{portal}/logga-ut"));
        let sent = self
            .browser
            .post(at)
            .header("origin", &self.site.url)
            .form(&page.hidden);
        let answer = self.runtime.block_on(sent.send()).unwrap();
        assert_eq!(answer.status(), 303);
    }

    /// How often the provider has asked who it is since last time.
    fn asked(&self) -> u32 {
        let port = self.provider.as_ref().unwrap().port;
        let asked = async {
            let at = format!("http://127.0.0.1:{port}/asked");
            reqwest::get(at).await?.text().await
        };
        self.runtime.block_on(asked).unwrap().parse().unwrap()
    }
}

impl Page {
    /// Whoever stands here knows what has happened, what to do, and the code to read out.
    fn leads_on(&self, heading: &str, advice: &str, to: &str) {
        assert_eq!(self.heading, heading, "{self:?}");
        assert!(self.text.contains(advice), "“{advice}”: {self:?}");
        assert!(self.text.contains("Felkod att läsa upp"), "{self:?}");
        assert!(
            self.links.iter().any(|link| link.starts_with(to)),
            "no way to {to}: {self:?}"
        );
        assert!(
            !self.text.contains(MAJA) && !self.at.as_str().contains(MAJA),
            "a number on the page"
        );
    }
}

#[test]
fn somebody_with_several_hsa_ids_is_one_person() {
    let front = Front::where_it_says(&json!({ "hsaIds": MAJAS }));
    let page = front.open("/mina-sidor/logga-in");
    assert_eq!((page.status, page.at.path()), (200, "/mina-sidor"));
    assert!(page.text.contains("Maja"), "{page:?}");
    let front = Front::where_it_says(&json!({ "hsaIds": [MAJAS[0], KARIN] }));
    front.open("/mina-sidor/logga-in").leads_on(
        "Vi hittar dig inte i katalogen",
        "Fråga annars den som sköter katalogen",
        "/mina-sidor/logga-in",
    );
}

#[test]
fn level_2_is_enough_to_look_at_ones_own_and_level_3_to_work_as_officer() {
    let front = Front::where_it_says(&json!({ "hsaIds": [KARIN], "acr": LOA2 }));
    assert_eq!(front.open("/mina-sidor/logga-in").at.path(), "/mina-sidor");
    front.open("/id-admin/logga-in").leads_on(
        "Inloggningen räcker inte",
        "Logga in med ditt e-tjänstekort",
        "/id-admin/logga-in",
    );
    let front = Front::where_it_says(&json!({ "hsaIds": [KARIN] }));
    let page = front.open("/id-admin/logga-in");
    assert_eq!((page.status, page.at.path()), (200, "/id-admin"));
}

#[test]
fn a_level_that_is_missing_or_unknown_lets_nobody_in() {
    for acr in [Value::Null, json!("urn:example:weak")] {
        let front = Front::where_it_says(&json!({ "number": MAJA, "acr": acr }));
        front.open("/mina-sidor/logga-in").leads_on(
            "Inloggningen blev inte klar",
            "Försök igen",
            "/mina-sidor/logga-in",
        );
    }
}

#[test]
fn whom_the_provider_does_not_name_or_the_directory_does_not_know_is_told_whom_to_ask() {
    for claims in [
        json!({}),
        json!({ "number": "199001019802" }),
        json!({ "hsaIds": ["SE2399000013-ZZZZ"] }),
    ] {
        let front = Front::where_it_says(&claims);
        front.open("/mina-sidor/logga-in").leads_on(
            "Vi hittar dig inte i katalogen",
            "Är du nyanställd",
            "/mina-sidor/logga-in",
        );
    }
}

#[test]
fn a_number_that_is_none_is_not_believed_and_not_repeated() {
    let front = Front::where_it_says(&json!({ "number": "198504159801" }));
    let page = front.open("/mina-sidor/logga-in");
    page.leads_on(
        "Inloggningen blev inte klar",
        "Försök igen",
        "/mina-sidor/logga-in",
    );
    assert!(!page.text.contains("198504159801"));
}

#[test]
fn a_provider_that_is_down_is_named_before_and_in_the_middle() {
    let mut front = Front::where_it_says(&json!({ "number": MAJA }));
    let on_the_way = front.answer("mina-sidor");
    front.provider = None;
    let page = front.read(front.follow(on_the_way, |_| false));
    page.leads_on(
        "Inloggningstjänsten svarar inte",
        "Vi kan inte logga in någon just nu",
        "/mina-sidor/logga-in",
    );
    let mut front = Front::where_it_says(&json!({ "number": MAJA }));
    front.provider = None;
    let page = front.open("/mina-sidor/logga-in");
    page.leads_on(
        "Inloggningstjänsten svarar inte",
        "Vi kan inte logga in någon just nu",
        "/mina-sidor/logga-in",
    );
}

#[test]
fn a_minute_between_the_clocks_is_borne_and_more_is_not() {
    for (clock, is_let_in) in [
        ("2030-01-07T07:01:00Z", true),
        ("2030-01-07T07:01:01Z", false),
        ("2030-01-07T06:59:01Z", true),
    ] {
        let front = Front::where_it_says(&json!({ "number": MAJA, "clock": clock }));
        let page = front.open("/mina-sidor/logga-in");
        if is_let_in {
            assert_eq!(page.at.path(), "/mina-sidor", "{clock}: {page:?}");
        } else {
            page.leads_on(
                "Inloggningen blev inte klar",
                "Försök igen",
                "/mina-sidor/logga-in",
            );
        }
    }
}

#[test]
fn an_answer_that_comes_twice_lets_nobody_in_anew_and_in_another_browser_nobody_at_all() {
    let front = Front::where_it_says(&json!({ "number": MAJA }));
    let answer = front.answer("mina-sidor");
    let first = front.read(front.follow(answer.clone(), |_| false));
    assert_eq!(first.at.path(), "/mina-sidor");
    let again = front.read(front.follow(answer, |_| false));
    assert_eq!(again.at.path(), "/mina-sidor", "in already");
    let stolen = front.answer("id-admin");
    let other = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let thief = Front {
        browser: other.build().unwrap(),
        ..front
    };
    let page = thief.read(thief.follow(stolen, |_| false));
    page.leads_on(
        "Inloggningen går inte att använda igen",
        "Börja om från början",
        "/id-admin/logga-in",
    );
}

#[test]
fn after_a_log_out_whoever_comes_next_is_asked_who_they_are() {
    let front = Front::where_it_says(&json!({ "hsaIds": [KARIN] }));
    let mine = front.open("/mina-sidor/logga-in");
    assert_eq!(front.asked(), 1);
    front.open("/id-admin/logga-in");
    assert_eq!(front.asked(), 0, "the provider knows who it is");
    front.log_out(&mine, "mina-sidor");
    let gone = front.open("/mina-sidor");
    assert!(!gone.text.contains("Karin"), "{gone:?}");
    let back = front.open("/mina-sidor/logga-in");
    assert_eq!(back.at.path(), "/mina-sidor");
    assert_eq!(front.asked(), 1, "the one before may have left the screen");
    front.open("/servicedesk/logga-in");
    assert_eq!(front.asked(), 0);
}
