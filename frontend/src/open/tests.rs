use actix_web::body::to_bytes;
use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use askama::Template as _;
use cards_http::{Fault, Notice};

use super::*;
use crate::text::{Lang, Text};

fn empty(lang: Lang) -> Frame {
    Frame::new(Text::of(lang), Portal::Open, "", "/", "H3T-9WB")
}

fn portals() -> [Portal; 3] {
    [Portal::MinaSidor, Portal::IdAdmin, Portal::Servicedesk]
}

#[test]
fn the_start_leads_to_each_portal_and_to_the_demonstration_only_when_it_is_one() {
    for lang in [Lang::Sv, Lang::En] {
        let real = start::view(empty(lang), false).render().unwrap();
        for portal in portals() {
            assert!(
                real.contains(&format!("href=\"{}\"", portal.home())),
                "{portal:?}"
            );
        }
        assert!(!real.contains("/demo"), "{real}");
        let shown = start::view(empty(lang), true).render().unwrap();
        assert!(shown.contains("href=\"/demo\""), "{shown}");
    }
}

#[test]
fn each_entrance_says_what_is_needed_and_has_one_button_that_begins_the_log_in() {
    for portal in portals() {
        let address = format!("{}/logga-in?return_to=x", portal.home());
        let [sv, en] = [Lang::Sv, Lang::En].map(|lang| {
            log_in::view(empty(lang), portal, &address)
                .render()
                .unwrap()
        });
        for page in [&sv, &en] {
            assert_eq!(page.matches("<h1").count(), 1);
            assert_eq!(page.matches("data-variant=\"primary\"").count(), 1);
            assert!(page.contains(&address), "{page}");
        }
        assert!(sv.contains("Logga in") && sv.contains("nivå 3"), "{sv}");
        assert!(en.contains("Log in") && en.contains("level 3"), "{en}");
    }
}

#[actix_web::test]
async fn an_entrance_without_session_answers_200_and_other_faults_stay_what_they_are() {
    let request = TestRequest::with_uri("/mina-sidor?lang=en").to_http_request();
    let missing = Fault::Elsewhere("/mina-sidor/logga-in".to_owned());
    let answer = entrance(&request, Portal::MinaSidor, missing).unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let page = to_bytes(answer.into_body()).await.unwrap();
    assert!(String::from_utf8_lossy(&page).contains("lang=\"en\""));
    let broken = Fault::from(Notice::Broken);
    assert_eq!(
        entrance(&request, Portal::MinaSidor, broken.clone()).err(),
        Some(broken)
    );
}
