//! The demonstration's provider by itself. What it and the real client say to each other is tested
//! beside the client.

use super::*;
use chrono::TimeZone as _;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

/// A clock that a test moves, in seconds.
#[derive(Default)]
pub(crate) struct Moved(AtomicI64);

impl Moved {
    pub(crate) fn on(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

impl Clock for Moved {
    fn now(&self) -> DateTime<Utc> {
        let start = Utc.with_ymd_and_hms(2026, 11, 21, 9, 41, 0).unwrap();
        start + TimeDelta::seconds(self.0.load(Ordering::Relaxed))
    }
}

/// Never the same bytes twice in a row.
#[derive(Default)]
pub(crate) struct Counting(AtomicU8);

impl Entropy for Counting {
    fn id(&self) -> uuid::Uuid {
        uuid::Uuid::from_u128(self.0.fetch_add(1, Ordering::Relaxed).into())
    }
    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes {
            *byte = self.0.fetch_add(3, Ordering::Relaxed);
        }
    }
}

pub(crate) const BACK: &str = "http://127.0.0.1:8080/id-admin/inloggad";
const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-0123";

fn number() -> PersonNumber {
    PersonNumber::parse("199001019802").unwrap()
}

fn hsa_id() -> HsaId {
    HsaId::parse("SE2399000013-1002").unwrap()
}

pub(crate) fn provider(issuer: &str, clock: Arc<Moved>) -> DemoIdentity {
    let tove = Persona {
        key: "tove".to_owned(),
        name: "Tove <b>Hallgren</b>".to_owned(),
        hsa_ids: vec![hsa_id()],
        number: Some(number()),
        description_sv: "Id-administratör".to_owned(),
        description_en: "ID administrator".to_owned(),
        portal: "id-admin".to_owned(),
    };
    let maja = Persona {
        key: "maja".to_owned(),
        name: "Maja Lind".to_owned(),
        portal: "mina-sidor".to_owned(),
        ..tove.clone()
    };
    let settings = DemoIdentitySettings {
        issuer: issuer.parse().unwrap(),
        client_id: "kortkontor".to_owned(),
        client_secret: "demo secret".to_owned().into(),
        redirect_uris: vec![BACK.parse().unwrap()],
        audience: "http://127.0.0.1:8080/api/v1".to_owned(),
        personas: vec![tove, maja],
        look_up: Arc::new(|text| {
            let name = "Någon Annan".to_owned();
            (text == "SE2399000013-1099").then(|| Identity {
                name,
                number: None,
                hsa_ids: vec![hsa_id()],
            })
        }),
        stylesheet: "/assets/style.css".to_owned(),
    };
    let permission = Demonstration::unless_production("test").unwrap();
    DemoIdentity::new(permission, settings, clock, Arc::new(Counting::default())).unwrap()
}

fn here() -> (DemoIdentity, Arc<Moved>) {
    let clock = Arc::new(Moved::default());
    (
        provider("http://127.0.0.1:8080/demo/idp", Arc::clone(&clock)),
        clock,
    )
}

fn query(pairs: &[(&str, &str)]) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(aws_lc_rs::digest::digest(
        &aws_lc_rs::digest::SHA256,
        VERIFIER.as_bytes(),
    ));
    let mut all: HashMap<&str, &str> = HashMap::from([
        ("client_id", "kortkontor"),
        ("redirect_uri", BACK),
        ("response_type", "code"),
        ("state", "the-state"),
        ("nonce", "the-nonce"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ]);
    all.extend(pairs.iter().copied());
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(all)
        .finish()
}

fn get(provider: &DemoIdentity, query: &str) -> Reply {
    provider.answer(&Request {
        method: "GET".to_owned(),
        path: "/authorize".to_owned(),
        query: query.to_owned(),
        ..Request::default()
    })
}

fn choose(provider: &DemoIdentity, pairs: &[(&str, &str)]) -> Reply {
    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("request", &query(&[]))
        .extend_pairs(pairs)
        .finish();
    provider.answer(&Request {
        method: "POST".to_owned(),
        path: "/authorize".to_owned(),
        body: form,
        ..Request::default()
    })
}

/// What the browser brings back.
pub(crate) fn brought(reply: &Reply) -> HashMap<String, String> {
    let url: Url = reply.location.as_deref().unwrap().parse().unwrap();
    url.query_pairs().into_owned().collect()
}

fn exchange(provider: &DemoIdentity, code: &str, change: &[(&str, &str)]) -> Reply {
    let mut form: HashMap<&str, &str> = HashMap::from([
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", BACK),
        ("code_verifier", VERIFIER),
    ]);
    form.extend(change.iter().copied());
    let secret = base64::engine::general_purpose::STANDARD.encode("kortkontor:demo+secret");
    provider.answer(&Request {
        method: "POST".to_owned(),
        path: "/token".to_owned(),
        authorization: Some(format!("Basic {secret}")),
        body: url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish(),
        ..Request::default()
    })
}

fn code(provider: &DemoIdentity) -> String {
    brought(&choose(provider, &[("persona", "tove")]))
        .remove("code")
        .unwrap()
}

#[test]
fn the_page_offers_the_personas_of_the_portal_and_escapes_their_names() {
    let (provider, _) = here();
    let page = get(&provider, &query(&[])).body;
    assert!(
        page.contains("Legitimera som Tove &#60;b&#62;Hallgren"),
        "{page}"
    );
    assert!(
        !page.contains("Maja Lind") && !page.contains("<b>"),
        "{page}"
    );
    assert!(
        get(&provider, &query(&[("ui_locales", "en")]))
            .body
            .contains("Identify as Tove")
    );
}

#[test]
fn whoever_is_to_sign_meets_one_button() {
    let (provider, _) = here();
    let page = get(
        &provider,
        &query(&[("login_hint", "tove"), ("prompt", "login")]),
    )
    .body;
    assert!(page.contains("Skriv under som Tove"), "{page}");
    assert!(
        page.contains(">Skriv under</button>") && !page.contains("Legitimera"),
        "{page}"
    );
    let page = get(&provider, &query(&[("login_hint", "tove")])).body;
    assert!(page.contains(">Legitimera</button>"), "{page}");
}

#[test]
fn somebody_in_the_directory_is_found_and_somebody_unknown_is_not() {
    let (provider, _) = here();
    let found = choose(&provider, &[("vem", " SE2399000013-1099 ")]);
    assert_eq!(found.status, 303);
    assert_eq!(
        brought(&found).get("state").map(String::as_str),
        Some("the-state")
    );
    let unknown = choose(&provider, &[("vem", "SE2399000013-9999")]);
    assert_eq!(unknown.status, 422);
    assert!(
        unknown.body.contains("Vi hittar ingen med det"),
        "{}",
        unknown.body
    );
}

#[test]
fn whoever_cancels_goes_back_without_a_code() {
    let (provider, _) = here();
    let back = brought(&choose(&provider, &[("avbryt", "ja")]));
    assert_eq!(back.get("error").map(String::as_str), Some("access_denied"));
    assert!(!back.contains_key("code"));
}

#[test]
fn nobody_is_sent_to_an_address_that_is_not_the_clients() {
    let (provider, _) = here();
    for wrong in [
        ("redirect_uri", "http://evil.example/"),
        ("client_id", "another"),
        ("response_type", "token"),
        ("code_challenge_method", "plain"),
        ("nonce", ""),
    ] {
        let reply = get(&provider, &query(&[wrong]));
        assert_eq!((reply.status, reply.location), (400, None), "{wrong:?}");
    }
}

#[test]
fn a_code_is_exchanged_once() {
    let (provider, _) = here();
    let code = code(&provider);
    assert_eq!(exchange(&provider, &code, &[]).status, 200);
    assert_eq!(exchange(&provider, &code, &[]).status, 400);
}

#[test]
fn a_code_lives_a_minute() {
    let (provider, clock) = here();
    let (one, other) = (code(&provider), code(&provider));
    clock.on(60);
    assert_eq!(exchange(&provider, &one, &[]).status, 200);
    clock.on(1);
    assert_eq!(exchange(&provider, &other, &[]).status, 400);
}

#[test]
fn a_code_is_only_for_the_one_who_asked_for_it() {
    let (provider, _) = here();
    for wrong in [
        (
            "code_verifier",
            "another-verifier-that-is-long-enough-to-be-one",
        ),
        ("redirect_uri", "http://127.0.0.1:8080/mina-sidor/inloggad"),
        ("grant_type", "password"),
    ] {
        assert_eq!(
            exchange(&provider, &code(&provider), &[wrong]).status,
            400,
            "{wrong:?}"
        );
    }
}

#[test]
fn a_client_without_the_secret_gets_nothing() {
    let (provider, _) = here();
    for authorization in [None, Some("Basic"), Some("Basic a29ydGtvbnRvcjp3cm9uZw==")] {
        let reply = provider.answer(&Request {
            method: "POST".to_owned(),
            path: "/token".to_owned(),
            authorization: authorization.map(str::to_owned),
            body: format!("grant_type=authorization_code&code={}", code(&provider)),
            ..Request::default()
        });
        assert_eq!(reply.status, 401, "{authorization:?}");
    }
}
