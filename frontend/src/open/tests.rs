use actix_web::body::to_bytes;
use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use askama::Template as _;
use cards_app::sessions::SessionEnd;
use cards_http::{EndedSession, Fault, Notice};

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
            log_in::view(empty(lang), portal, (&address, false), None)
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

#[test]
fn the_card_has_a_button_of_its_own_where_it_is_taken_and_leads_to_the_same_page() {
    for portal in portals() {
        let address = format!("{}/logga-in?return_to=x", portal.home());
        let page = |takes_cards| {
            let page = log_in::view(empty(Lang::Sv), portal, (&address, takes_cards), None);
            page.render().unwrap()
        };
        let with_card = format!("{}/logga-in/kort?return_to=x", portal.home());
        assert!(page(true).contains(&with_card) && page(true).contains("Logga in med kortet"));
        assert!(page(true).contains(&address), "the other way is left");
        assert!(!page(false).contains("kort?return_to"), "{portal:?}");
    }
}

#[test]
fn whoever_is_out_reads_why_and_whoever_logged_out_is_told_nothing() {
    let page = |lang, why| {
        let ended = EndedSession {
            why,
            idle_minutes: 15,
        };
        let page = log_in::view(empty(lang), Portal::MinaSidor, ("/x", false), Some(ended));
        page.render().unwrap()
    };
    let idle = page(Lang::Sv, SessionEnd::Idle);
    assert!(idle.contains("Du loggades ut efter 15 minuter"), "{idle}");
    let idle = page(Lang::En, SessionEnd::Idle);
    assert!(idle.contains("logged out after 15 minutes"), "{idle}");
    let long = page(Lang::Sv, SessionEnd::TooLong);
    assert!(long.contains("Du loggades ut efter tio timmar"), "{long}");
    let left = page(Lang::Sv, SessionEnd::LoggedOut);
    assert!(!left.contains("loggades ut"), "{left}");
}

#[test]
fn the_start_and_every_entrance_have_a_door_for_a_lost_card_and_one_for_a_locked_one() {
    for lang in [Lang::Sv, Lang::En] {
        let t = Text::of(lang);
        let mut pages = vec![start::view(empty(lang), false).render().unwrap()];
        pages.extend(portals().map(|portal| {
            let page = log_in::view(empty(lang), portal, ("/x", false), None);
            page.render().unwrap()
        }));
        for page in pages {
            assert!(
                page.contains(&format!("href=\"{}\"", locked::LOST)),
                "{page}"
            );
            assert!(page.contains(&format!("href=\"{}\"", locked::ADDRESS)));
            assert!(page.contains(&t.locked_lost_link()));
        }
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
