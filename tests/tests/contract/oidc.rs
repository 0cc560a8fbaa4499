//! Log-in through a real OpenID Connect provider: the way there and back, and what is not believed.

use std::sync::Arc;
use std::time::Duration;

use cards_app::ports::{Departure, IdentityProvider as _, LogIn, LogInError, LogInRequest};
use cards_domain::access::Loa;
use cards_gateways::clock::SystemClock;
use cards_gateways::entropy::SystemEntropy;
use cards_gateways::oidc::{Oidc, OidcSettings};
use reqwest::header::LOCATION;
use serde_json::json;
use tokio::runtime::Runtime;
use url::Url;

use crate::node::Node;

const BACK: &str = "http://127.0.0.1:1/mina-sidor/inloggad";
const LOA3: &str = "http://id.sambi.se/loa/loa3";
const NUMBER: &str = "199001019802";

/// A provider, our client of it, and a browser in between.
struct Trip {
    _provider: Node,
    client: Oidc,
    browser: reqwest::Client,
    runtime: Runtime,
}

impl Trip {
    fn at_level(acr: &str) -> Self {
        let provider = Node::start(
            "oidc-provider.mjs",
            &json!({
                "client": "kortkontor", "secret": "a-secret-of-at-least-32-characters", "redirects": [BACK],
                "acr": acr, "number": NUMBER, "hsaIds": ["SE2399000013-1008"],
            }),
        );
        let settings = OidcSettings {
            issuer: format!("http://127.0.0.1:{}", provider.port)
                .parse()
                .unwrap(),
            client_id: "kortkontor".to_owned(),
            client_secret: "a-secret-of-at-least-32-characters".to_owned().into(),
            timeout: Duration::from_secs(10),
        };
        let client = Oidc::new(
            settings,
            Arc::new(SystemClock),
            Arc::new(SystemEntropy::new()),
        );
        let none = reqwest::redirect::Policy::none();
        Self {
            _provider: provider,
            client: client.unwrap(),
            browser: reqwest::Client::builder()
                .cookie_store(true)
                .redirect(none)
                .build()
                .unwrap(),
            runtime: Runtime::new().unwrap(),
        }
    }

    fn depart(&self, sign: Option<&str>) -> Departure {
        let request = LogInRequest {
            redirect_uri: BACK.parse().unwrap(),
            loa: Loa::Loa3,
            sign: sign.map(str::to_owned),
            afresh: false,
            language: "sv".to_owned(),
            hint: None,
        };
        self.runtime.block_on(self.client.depart(&request)).unwrap()
    }

    /// Follows the provider's redirects until it sends the browser back; gives state and code.
    fn travel(&self, departure: &Departure) -> (String, String) {
        let mut at = departure.url.clone();
        for _ in 0..10 {
            let answer = self
                .runtime
                .block_on(self.browser.get(at.clone()).send())
                .unwrap();
            let location = answer.headers().get(LOCATION);
            let Some(location) = location.map(|value| value.to_str().unwrap().to_owned()) else {
                let page = self.runtime.block_on(answer.text()).unwrap();
                panic!("the provider stops at {at}: {page}");
            };
            at = at.join(&location).unwrap();
            if at.as_str().starts_with(BACK) {
                return (pair(&at, "state"), pair(&at, "code"));
            }
        }
        panic!("the provider goes round in circles");
    }

    fn arrive(&self, code: &str, nonce: &str, verifier: &str) -> Result<LogIn, LogInError> {
        let back: Url = BACK.parse().unwrap();
        self.runtime
            .block_on(self.client.arrive(code, &back, nonce, verifier))
    }
}

fn pair(url: &Url, name: &str) -> String {
    let found = url.query_pairs().find(|(given, _)| given == name);
    found
        .unwrap_or_else(|| panic!("no {name} in {url}"))
        .1
        .into_owned()
}

#[test]
fn somebody_comes_back_with_number_hsa_ids_and_level() {
    let trip = Trip::at_level(LOA3);
    let departure = trip.depart(None);
    let (state, code) = trip.travel(&departure);
    assert_eq!(state, departure.state);
    let who = trip
        .arrive(&code, &departure.nonce, &departure.pkce_verifier)
        .ok()
        .unwrap();
    assert_eq!(who.number.unwrap().as_str(), NUMBER);
    let ids: Vec<String> = who.hsa_ids.iter().map(ToString::to_string).collect();
    assert_eq!(ids, ["SE2399000013-1008"]);
    assert_eq!(who.loa, Loa::Loa3);
    assert_eq!(
        who.id_token.split('.').count(),
        3,
        "the token is kept as evidence"
    );
}

#[test]
fn the_hash_of_a_signed_text_comes_back_in_the_token() {
    let trip = Trip::at_level(LOA3);
    let text_hash = "5d".repeat(32);
    let departure = trip.depart(Some(&text_hash));
    assert_eq!(departure.nonce, text_hash);
    let (_, code) = trip.travel(&departure);
    trip.arrive(&code, &text_hash, &departure.pkce_verifier)
        .ok()
        .unwrap();
}

fn untrusted(arrived: Result<LogIn, LogInError>) -> String {
    match arrived {
        Err(LogInError::Untrusted(why)) => why,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("was believed"),
    }
}

#[test]
fn a_token_for_another_nonce_is_not_believed() {
    let trip = Trip::at_level(LOA3);
    let departure = trip.depart(None);
    let (_, code) = trip.travel(&departure);
    let why = untrusted(trip.arrive(&code, "another", &departure.pkce_verifier));
    assert_eq!(why, "ID token: nonce");
}

#[test]
fn a_code_counts_once() {
    let trip = Trip::at_level(LOA3);
    let departure = trip.depart(None);
    let (_, code) = trip.travel(&departure);
    trip.arrive(&code, &departure.nonce, &departure.pkce_verifier)
        .ok()
        .unwrap();
    let why = untrusted(trip.arrive(&code, &departure.nonce, &departure.pkce_verifier));
    assert_eq!(why, "the code was refused: invalid_grant");
}

#[test]
fn a_code_that_another_browser_began_is_refused_by_the_proof_key() {
    let trip = Trip::at_level(LOA3);
    let departure = trip.depart(None);
    let (_, code) = trip.travel(&departure);
    let other = trip.depart(None).pkce_verifier;
    let why = untrusted(trip.arrive(&code, &departure.nonce, &other));
    assert_eq!(why, "the code was refused: invalid_grant");
}

#[test]
fn an_unknown_level_of_assurance_is_not_believed() {
    let trip = Trip::at_level("urn:example:weak");
    let departure = trip.depart(None);
    let (_, code) = trip.travel(&departure);
    let why = untrusted(trip.arrive(&code, &departure.nonce, &departure.pkce_verifier));
    assert_eq!(why, "an unknown level of assurance");
}
