//! The client against the demonstration's provider, over a socket.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Mutex;
use std::thread;

use super::*;
use crate::demo_identity::tests::{BACK, Counting, Moved, brought, provider};
use crate::demo_identity::{DemoIdentity, Request};
use cards_domain::access::Loa;

type Served = Arc<Mutex<Arc<DemoIdentity>>>;

struct World {
    oidc: Oidc,
    provider: Served,
    ours: Arc<Moved>,
    theirs: Arc<Moved>,
    issuer: String,
}

impl World {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}/demo/idp", listener.local_addr().unwrap());
        let (ours, theirs) = (Arc::new(Moved::default()), Arc::new(Moved::default()));
        let made = Arc::new(provider(&issuer, Arc::clone(&theirs)));
        let served: Served = Arc::new(Mutex::new(made));
        let handed = Arc::clone(&served);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, provider) = (stream.unwrap(), Arc::clone(&handed));
                thread::spawn(move || serve(stream, &provider));
            }
        });
        let oidc = client(&issuer, &ours);
        Self {
            oidc,
            provider: served,
            ours,
            theirs,
            issuer,
        }
    }

    async fn depart(&self, sign: Option<&str>) -> Departure {
        let request = LogInRequest {
            redirect_uri: BACK.parse().unwrap(),
            loa: Loa::Loa3,
            sign: sign.map(str::to_owned),
            afresh: false,
            language: "sv".to_owned(),
            hint: Some("tove".to_owned()),
        };
        self.oidc.depart(&request).await.unwrap()
    }

    /// The code that the provider gives whoever chooses Tove.
    fn choose(&self, departure: &Departure, level: &str) -> String {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("request", departure.url.query().unwrap())
            .append_pair("persona", "tove")
            .append_pair("niva", level)
            .finish();
        let request = Request {
            method: "POST".to_owned(),
            path: "/authorize".to_owned(),
            body,
            ..Request::default()
        };
        let provider = Arc::clone(&self.provider.lock().unwrap());
        let mut back = brought(&provider.answer(&request));
        assert_eq!(back.remove("state").as_ref(), Some(&departure.state));
        back.remove("code").unwrap()
    }

    async fn arrive(&self, departure: &Departure, code: &str) -> Result<LogIn, LogInError> {
        let Departure {
            nonce,
            pkce_verifier,
            ..
        } = departure;
        self.oidc
            .arrive(code, &BACK.parse().unwrap(), nonce, pkce_verifier)
            .await
    }

    async fn refused(&self, departure: &Departure, code: &str) -> String {
        match self.arrive(departure, code).await {
            Err(LogInError::Untrusted(why)) => why,
            other => panic!("{:?}", other.err()),
        }
    }
}

fn client(issuer: &str, clock: &Arc<Moved>) -> Oidc {
    let settings = OidcSettings {
        issuer: issuer.parse().unwrap(),
        client_id: "kortkontor".to_owned(),
        client_secret: "demo secret".to_owned().into(),
        timeout: Duration::from_secs(5),
    };
    Oidc::new(
        settings,
        Arc::<Moved>::clone(clock),
        Arc::new(Counting::default()),
    )
    .unwrap()
}

/// Answers one request. The connection seems to live on, and breaks when it is used again: what
/// a client meets whose request and the provider's idle limit cross.
fn serve(mut stream: TcpStream, provider: &Served) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        reader.read_line(&mut head).unwrap();
    }
    let header = |name: &str| {
        head.lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(given, _)| given.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.to_owned())
    };
    let length = header("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let mut first = head.split(' ');
    let (method, target) = (first.next().unwrap(), first.next().unwrap());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let provider = Arc::clone(&provider.lock().unwrap());
    let reply = provider.answer(&Request {
        method: method.to_owned(),
        path: path.trim_start_matches("/demo/idp").to_owned(),
        query: query.to_owned(),
        authorization: header("authorization"),
        body: String::from_utf8(body).unwrap(),
    });
    let (status, kind, body) = (reply.status, reply.content_type, reply.body);
    let length = body.len();
    let head = format!("HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {length}");
    write!(stream, "{head}\r\n\r\n{body}").unwrap();
    let _ = reader.read(&mut [0]);
}

#[tokio::test]
async fn whoever_the_provider_names_is_logged_in() {
    let world = World::new();
    let departure = world.depart(None).await;
    let code = world.choose(&departure, "loa3");
    let log_in = world.arrive(&departure, &code).await.unwrap();
    assert_eq!(log_in.number.unwrap().as_str(), "199001019802");
    assert_eq!(
        log_in.hsa_ids.first().unwrap().as_str(),
        "SE2399000013-1002"
    );
    assert_eq!(log_in.loa, Loa::Loa3);
    assert_eq!(log_in.at, world.theirs.now());
    assert_eq!(
        log_in.id_token.split('.').count(),
        3,
        "the token as it came is the evidence"
    );
}

#[tokio::test]
async fn the_level_is_the_one_that_was_reached_not_the_one_that_was_asked_for() {
    let world = World::new();
    let departure = world.depart(None).await;
    let code = world.choose(&departure, "loa2");
    assert_eq!(
        world.arrive(&departure, &code).await.unwrap().loa,
        Loa::Loa2
    );
}

#[tokio::test]
async fn a_signature_asks_for_a_fresh_log_in_bound_to_the_text() {
    let world = World::new();
    let departure = world.depart(Some("0123abcd")).await;
    let asked: HashMap<_, _> = departure.url.query_pairs().into_owned().collect();
    for (name, value) in [
        ("prompt", "login"),
        ("max_age", "0"),
        ("nonce", "0123abcd"),
        ("login_hint", "tove"),
        ("ui_locales", "sv"),
        ("code_challenge_method", "S256"),
        ("acr_values", "http://id.sambi.se/loa/loa3"),
    ] {
        assert_eq!(asked.get(name).map(String::as_str), Some(value), "{name}");
    }
    let code = world.choose(&departure, "loa3");
    assert!(world.arrive(&departure, &code).await.is_ok());
}

#[tokio::test]
async fn two_departures_share_no_secret() {
    let world = World::new();
    let (one, other) = (world.depart(None).await, world.depart(None).await);
    assert_ne!(one.state, other.state);
    assert_ne!(one.nonce, other.nonce);
    assert_ne!(one.pkce_verifier, other.pkce_verifier);
    assert!(
        !one.url.as_str().contains(&one.pkce_verifier),
        "the verifier stays here"
    );
}

#[tokio::test]
async fn a_code_that_comes_twice_or_with_another_verifier_is_refused() {
    let world = World::new();
    let departure = world.depart(None).await;
    let code = world.choose(&departure, "loa3");
    world.arrive(&departure, &code).await.unwrap();
    assert!(world.refused(&departure, &code).await.contains("refused"));
    let code = world.choose(&departure, "loa3");
    let other = Departure {
        pkce_verifier: world.depart(None).await.pkce_verifier,
        ..departure
    };
    assert!(world.refused(&other, &code).await.contains("refused"));
}

#[tokio::test]
async fn a_token_made_for_another_departure_is_refused() {
    let world = World::new();
    let departure = world.depart(None).await;
    let code = world.choose(&departure, "loa3");
    let other = Departure {
        nonce: "another".to_owned(),
        ..departure
    };
    assert_eq!(world.refused(&other, &code).await, "ID token: nonce");
}

#[tokio::test]
async fn a_minute_between_the_clocks_is_borne_and_more_is_not() {
    for (ahead, holds) in [
        (-60, true),
        (-62, false),
        (5 * 60 + 59, true),
        (6 * 60 + 1, false),
    ] {
        let world = World::new();
        let departure = world.depart(None).await;
        let code = world.choose(&departure, "loa3");
        world.ours.on(ahead);
        let arrived = world.arrive(&departure, &code).await;
        assert_eq!(
            arrived.is_ok(),
            holds,
            "{ahead} s ahead: {:?}",
            arrived.err()
        );
    }
}

#[tokio::test]
async fn a_new_key_of_the_provider_is_looked_up_and_a_strangers_is_not_believed() {
    let world = World::new();
    world.depart(None).await;
    *world.provider.lock().unwrap() = Arc::new(provider(&world.issuer, Arc::clone(&world.theirs)));
    let departure = world.depart(None).await;
    let code = world.choose(&departure, "loa3");
    assert_eq!(
        world.refused(&departure, &code).await,
        "signed with an unknown key"
    );
    world.ours.on(11);
    let code = world.choose(&departure, "loa3");
    assert!(
        world.arrive(&departure, &code).await.is_ok(),
        "looked up anew after ten seconds"
    );
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_down() {
    // Port 9 of the own machine: nobody listens.
    let oidc = client("http://127.0.0.1:9/idp", &Arc::new(Moved::default()));
    let request = LogInRequest {
        redirect_uri: BACK.parse().unwrap(),
        loa: Loa::Loa2,
        sign: None,
        afresh: false,
        language: "en".to_owned(),
        hint: None,
    };
    assert_eq!(
        oidc.depart(&request).await.unwrap_err(),
        LogInError::ProviderDown
    );
}

const API: &str = "http://127.0.0.1:8080/api/v1";

impl World {
    /// What the provider gives at once for Tove: an access token and an ID token.
    fn tokens(&self, nonce: &str) -> (String, String) {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "urn:kortkontor:demonstration")
            .append_pair("vem", "tove")
            .append_pair("nonce", nonce)
            .finish();
        let request = Request {
            method: "POST".to_owned(),
            path: "/token".to_owned(),
            body,
            ..Request::default()
        };
        let provider = Arc::clone(&self.provider.lock().unwrap());
        let reply: serde_json::Value =
            serde_json::from_str(&provider.answer(&request).body).unwrap();
        let token = |name: &str| reply[name].as_str().unwrap().to_owned();
        (token("access_token"), token("id_token"))
    }

    async fn doubted(&self, token: &str, audience: &str) -> String {
        match self.oidc.bearer(token, audience).await {
            Err(LogInError::Untrusted(why)) => why,
            other => panic!("{:?}", other.err()),
        }
    }
}

#[tokio::test]
async fn an_access_token_says_whom_it_speaks_for_and_how_surely() {
    let world = World::new();
    let (token, _) = world.tokens("");
    let bearer = world.oidc.bearer(&token, API).await.unwrap();
    assert_eq!(bearer.loa, Loa::Loa3);
    assert_eq!(bearer.hsa_ids.len(), 1);
    assert_eq!(bearer.expires, world.ours.now() + TimeDelta::minutes(6));
}

#[tokio::test]
async fn an_access_token_for_somebody_else_or_of_another_kind_is_none() {
    let world = World::new();
    let (token, id_token) = world.tokens("");
    let foreign = world.doubted(&token, "https://other.example.se/api").await;
    assert_eq!(foreign, "access token: audience");
    assert_eq!(world.doubted(&id_token, API).await, "access token: type");
    assert_eq!(
        world.doubted("not.a.token", API).await,
        "access token: form"
    );
    let (rest, _) = token.rsplit_once('.').unwrap();
    let forged = format!("{rest}.{}", "A".repeat(86));
    assert_eq!(world.doubted(&forged, API).await, "access token: signature");
    let unsigned = format!(
        "{}.{}.",
        URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"at+jwt"}"#),
        rest.split_once('.').unwrap().1
    );
    assert_eq!(world.doubted(&unsigned, API).await, "access token: form");
}

#[tokio::test]
async fn an_access_token_holds_from_a_minute_before_to_a_minute_after_its_time() {
    let world = World::new();
    let (token, _) = world.tokens("");
    world.ours.on(359);
    assert!(world.oidc.bearer(&token, API).await.is_ok());
    world.ours.on(1);
    assert_eq!(world.doubted(&token, API).await, "access token: time");
    world.theirs.on(421);
    let (early, _) = world.tokens("");
    assert_eq!(world.doubted(&early, API).await, "access token: time");
    world.ours.on(1);
    assert!(world.oidc.bearer(&early, API).await.is_ok());
}

#[tokio::test]
async fn an_access_token_signed_with_a_new_key_holds_once_the_keys_are_looked_up_again() {
    let world = World::new();
    let (old, _) = world.tokens("");
    assert!(world.oidc.bearer(&old, API).await.is_ok());
    let renewed = Arc::new(provider(&world.issuer, Arc::clone(&world.theirs)));
    *world.provider.lock().unwrap() = renewed;
    let (new, _) = world.tokens("");
    assert_eq!(world.doubted(&new, API).await, "signed with an unknown key");
    world.ours.on(11);
    assert!(world.oidc.bearer(&new, API).await.is_ok());
    assert!(world.oidc.bearer(&old, API).await.is_err());
}

#[tokio::test]
async fn an_id_token_that_is_handed_in_must_carry_the_hash_of_what_was_signed() {
    let world = World::new();
    let (access, signed) = world.tokens("the-hash");
    let witness = world.oidc.witness(&signed, "the-hash").await.unwrap();
    assert_eq!((witness.loa, witness.at), (Loa::Loa3, world.theirs.now()));
    assert!(world.oidc.witness(&signed, "another").await.is_err());
    assert!(world.oidc.witness(&access, "the-hash").await.is_err());
}
