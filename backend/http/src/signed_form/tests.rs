//! Forms that are ours, and forms that are not.

use super::*;
use crate::actor::tests::remember;
use crate::site::tests::site;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::test::TestRequest;

const OWN: [u8; 32] = [9; 32];

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Check {
    #[serde(default)]
    steps: Vec<String>,
    document: String,
}

fn token(key: [u8; 32]) -> String {
    CsrfKey(key.to_vec()).masked(&*site("https://kort.example.se").entropy)
}

fn body(csrf: &str) -> String {
    let key = Uuid::from_u128(7);
    format!("{CSRF}={csrf}&{KEY}={key}&steps=a&steps=b&document=pass+1")
}

fn sent(body: &str) -> TestRequest {
    TestRequest::post()
        .uri("/mina-sidor/kvittera")
        .app_data(web::Data::new(site("https://kort.example.se")))
        .insert_header((CONTENT_TYPE, "application/x-www-form-urlencoded"))
        .insert_header((ORIGIN, "https://kort.example.se"))
        .set_payload(body.to_owned())
}

async fn read_of(request: TestRequest) -> Result<SignedForm<Check>, Fault> {
    let (request, mut payload) = request.to_http_parts();
    remember(&request, OWN);
    SignedForm::from_request(&request, &mut payload).await
}

#[actix_web::test]
async fn a_persons_own_form_is_read_with_its_repeated_fields() {
    let form = read_of(sent(&body(&token(OWN)))).await.ok().unwrap();
    let steps = vec!["a".to_owned(), "b".to_owned()];
    assert_eq!(
        form.fields,
        Check {
            steps,
            document: "pass 1".to_owned()
        }
    );
    assert_eq!(form.key(), Uuid::from_u128(7));
}

#[actix_web::test]
async fn a_form_without_token_or_with_that_of_another_person_is_refused() {
    for csrf in [String::new(), "AAAA".to_owned(), token([8; 32])] {
        let fault = read_of(sent(&body(&csrf))).await.err();
        assert_eq!(fault, Some(Notice::ForeignForm.into()), "{csrf}");
    }
}

#[actix_web::test]
async fn a_form_from_elsewhere_is_refused_even_with_the_token() {
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "https://kort.example.se.evil.example"),
        ("origin", "http://kort.example.se"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let request = sent(&body(&token(OWN))).insert_header((name, value));
        assert_eq!(
            read_of(request).await.err(),
            Some(Notice::ForeignForm.into()),
            "{value}"
        );
    }
}

#[test]
fn without_origin_the_page_that_sent_the_form_must_be_ours() {
    let from = |name: &'static str, value: &'static str| {
        let request = TestRequest::post()
            .insert_header((name, value))
            .to_http_request();
        is_from_here(request.headers(), "https://kort.example.se")
    };
    assert!(from("referer", "https://kort.example.se/mina-sidor?x=1"));
    assert!(!from(
        "referer",
        "https://evil.example/https://kort.example.se"
    ));
    assert!(!from("referer", "nonsense"));
}

#[actix_web::test]
async fn too_long_a_form_and_another_content_type_are_not_read() {
    let long = format!("{}&document={}", body(&token(OWN)), "a".repeat(LONGEST));
    assert_eq!(
        read_of(sent(&long)).await.err(),
        Some(Notice::UnreadableForm.into())
    );
    let json = sent(&body(&token(OWN))).insert_header((CONTENT_TYPE, "application/json"));
    assert_eq!(
        read_of(json).await.err(),
        Some(Notice::UnreadableForm.into())
    );
}

#[actix_web::test]
async fn a_form_without_key_is_not_read() {
    let body = format!("{CSRF}={}&document=1", token(OWN));
    assert_eq!(
        read_of(sent(&body)).await.err(),
        Some(Notice::UnreadableForm.into())
    );
}

#[actix_web::test]
async fn the_same_form_shown_twice_is_the_same_request_and_another_word_is_not() {
    let site = site("https://kort.example.se");
    let csrf = CsrfKey(OWN.to_vec());
    let (one, two) = (csrf.masked(&*site.entropy), csrf.masked(&*site.entropy));
    assert_ne!(one, two, "the mask is new each time");
    let print = async |body: String| read_of(sent(&body)).await.ok().unwrap().fingerprint;
    let first = print(body(&one)).await;
    assert_eq!(first, print(body(&two)).await);
    let other = print(body(&two).replace("pass", "kort")).await;
    assert_eq!(first.key, other.key);
    assert_ne!(first.body_hash, other.body_hash);
}

#[test]
fn the_key_is_not_readable_in_the_token() {
    let token = URL_SAFE_NO_PAD.decode(token(OWN)).unwrap();
    assert!(!token.windows(4).any(|part| part == [9; 4]));
}
