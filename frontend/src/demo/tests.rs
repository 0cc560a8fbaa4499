use std::sync::Mutex;

use actix_web::App;
use actix_web::http::StatusCode;
use actix_web::http::header::{LOCATION, ORIGIN};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use askama::Template as _;
use cards_app::ports::Entropy;
use cards_domain::values::EmailAddress;
use cards_http::{LimitSettings, Site, SiteSettings};
use std::sync::Arc;

use super::*;
use crate::text::{Lang, Text};

const HERE: &str = "http://127.0.0.1:8080";

#[derive(Default)]
struct FakeDesk {
    factory: Mutex<Factory>,
    moved: Mutex<TimeDelta>,
    hurried: Mutex<u32>,
}

impl DemoDesk for FakeDesk {
    fn personas(&self) -> Vec<Persona> {
        vec![Persona {
            key: "karin".into(),
            name: "Karin Åkerblom".into(),
            about_sv: "Id-administratör på Björkvallen".into(),
            about_en: "ID administrator at Björkvallen".into(),
            portals: vec![PortalName::IdAdmin, PortalName::MinaSidor],
        }]
    }
    fn mails(&self) -> Result<Vec<DeskMail>, Failure> {
        Ok(vec![mail()])
    }
    fn mail(&self, id: Uuid) -> Result<Option<DeskMail>, Failure> {
        Ok(Some(mail()).filter(|kept| kept.mail.errand == id))
    }
    fn letters(&self) -> Result<Vec<DeskLetter>, Failure> {
        Ok(vec![letter()])
    }
    fn factory(&self) -> Result<Factory, Failure> {
        Ok(*self.factory.lock().unwrap())
    }
    fn set_factory(&self, factory: Factory) -> Result<(), Failure> {
        *self.factory.lock().unwrap() = factory;
        Ok(())
    }
    fn hurry(&self) -> Result<(), Failure> {
        *self.hurried.lock().unwrap() += 1;
        Ok(())
    }
    fn now(&self) -> DateTime<Utc> {
        "2026-11-23T09:00:00Z".parse().unwrap()
    }
    fn moved(&self) -> TimeDelta {
        *self.moved.lock().unwrap()
    }
    fn advance(&self, from: TimeDelta, by: TimeDelta) -> bool {
        let mut moved = self.moved.lock().unwrap();
        let is_as_seen = *moved == from;
        if is_as_seen {
            *moved += by;
        }
        is_as_seen
    }
}

struct NoDice;

impl Entropy for NoDice {
    fn id(&self) -> Uuid {
        Uuid::nil()
    }
    fn fill(&self, _: &mut [u8]) {}
}

fn mail() -> DeskMail {
    DeskMail {
        at: "2026-11-23T08:00:00Z".parse().unwrap(),
        mail: Mail {
            errand: Uuid::from_u128(7),
            to: EmailAddress::parse("maja@malarvik.example").unwrap(),
            language: "sv".into(),
            subject: "Ditt kort är på väg".into(),
            text: "Hej!\n\nKortet är skickat.\nhttp://127.0.0.1:8080/mina-sidor\n<b>slut</b>"
                .into(),
        },
    }
}

fn letter() -> DeskLetter {
    DeskLetter {
        order_number: "K-2611-000482".into(),
        is_registered: true,
        rek_id: Some(RekId::parse("RR473124829SE").unwrap()),
        name: "Maja Lindqvist".into(),
        address: vec![
            "c/o Berg".into(),
            "Provgatan 14".into(),
            "991 20 Björkvallen".into(),
        ],
        posted_at: "2026-11-23T08:00:00Z".parse().unwrap(),
        is_lost: false,
    }
}

fn site() -> Site {
    let settings = SiteSettings {
        card_log_in: None,
        card_client: "http://127.0.0.1:8080".parse().unwrap(),
        public_url: HERE.parse().unwrap(),
        identity_provider: HERE.parse().unwrap(),
        api_audience: String::new(),
        sends_hints: true,
        is_behind_proxy: false,
        limits: LimitSettings {
            sign_in_per_minute: 10,
            search_per_minute: 10,
            token_per_minute: 10,
            status_per_minute: 10,
        },
    };
    Site::new(settings, Arc::new(NoDice))
}

async fn answer(desk: &Arc<FakeDesk>, request: TestRequest) -> (StatusCode, String, String) {
    let shown: Arc<dyn DemoDesk> = desk.clone();
    let app = App::new()
        .app_data(web::Data::from(shown))
        .app_data(web::Data::new(site()))
        .configure(routes);
    let app = init_service(app).await;
    let response = call_service(&app, request.to_request()).await;
    let status = response.status();
    let to = response
        .headers()
        .get(LOCATION)
        .map(|to| to.to_str().unwrap().to_owned());
    let body = read_body(response).await;
    (
        status,
        to.unwrap_or_default(),
        String::from_utf8(body.to_vec()).unwrap(),
    )
}

fn post(address: &str, form: &[(&str, &str)]) -> TestRequest {
    TestRequest::post()
        .uri(address)
        .insert_header((ORIGIN, HERE))
        .set_form(form)
}

#[actix_web::test]
async fn the_start_shows_whom_to_be_and_is_marked_as_a_demonstration() {
    let desk = Arc::default();
    let (status, _, page) = answer(&desk, TestRequest::with_uri("/demo")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("href=\"/id-admin/logga-in?som=karin\""),
        "{page}"
    );
    assert!(
        page.contains("href=\"/mina-sidor/logga-in?som=karin\""),
        "{page}"
    );
    assert!(page.contains("Det här är en demonstration"));
    assert_eq!(page.matches("<h1").count(), 1);
}

#[actix_web::test]
async fn every_page_of_the_demonstration_answers_in_both_languages() {
    let desk = Arc::default();
    let one = format!("/demo/mejl/{}", Uuid::from_u128(7));
    for path in [
        "/demo",
        "/demo/mejl",
        one.as_str(),
        "/demo/brev",
        "/demo/komponenter",
    ] {
        for lang in ["sv", "en"] {
            let request = TestRequest::with_uri(&format!("{path}?lang={lang}"));
            let (status, _, page) = answer(&desk, request).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{path}");
        }
    }
    let unknown = TestRequest::with_uri("/demo/mejl/nothing");
    assert_eq!(answer(&desk, unknown).await.0, StatusCode::NOT_FOUND);
}

#[test]
fn a_mail_keeps_its_paragraphs_links_its_addresses_and_is_escaped() {
    let frame = Frame::new(Text::of(Lang::Sv), Portal::Open, "", "/", "H3T-9WB");
    let html = mails::mail_view(frame, &mail()).render().unwrap();
    assert!(
        html.contains("<a href=\"http://127.0.0.1:8080/mina-sidor\">"),
        "{html}"
    );
    assert!(!html.contains("<b>slut"), "{html}");
}

#[actix_web::test]
async fn a_letter_shows_the_name_and_the_rek_id_but_no_address() {
    let desk = Arc::default();
    let (_, _, page) = answer(&desk, TestRequest::with_uri("/demo/brev")).await;
    assert!(
        page.contains("Maja Lindqvist") && page.contains("RR473124829SE"),
        "{page}"
    );
    for hidden in ["Provgatan", "14", "991 20", "Björkvallen", "c/o Berg"] {
        assert!(
            !page.split("<main").nth(1).unwrap().contains(hidden),
            "{hidden}"
        );
    }
    assert_eq!(mails::masked("991 20 Åre"), "••• •• •••");
}

#[actix_web::test]
async fn the_clock_goes_forward_only_and_only_from_our_own_page() {
    let desk: Arc<FakeDesk> = Arc::default();
    let by = |days: &'static str| [("sedd", "0"), ("dagar", days)];
    let (status, to, _) = answer(&desk, post("/demo/klockan", &by("30"))).await;
    assert_eq!(
        (status, to.as_str()),
        (StatusCode::SEE_OTHER, "/demo#klockan")
    );
    assert_eq!(*desk.moved.lock().unwrap(), TimeDelta::days(30));
    for bad in ["-1", "0", "9999999999999"] {
        let (status, _, _) = answer(&desk, post("/demo/klockan", &by(bad))).await;
        assert!(status.is_client_error(), "{bad}: {status}");
    }
    let foreign = TestRequest::post()
        .uri("/demo/klockan")
        .insert_header((ORIGIN, "https://evil.example"))
        .set_form([("dagar", "1")]);
    assert_eq!(answer(&desk, foreign).await.0, StatusCode::FORBIDDEN);
    let silent = TestRequest::post()
        .uri("/demo/klockan")
        .set_form([("dagar", "1")]);
    assert_eq!(answer(&desk, silent).await.0, StatusCode::FORBIDDEN);
    assert_eq!(*desk.moved.lock().unwrap(), TimeDelta::days(30));
}

#[actix_web::test]
async fn a_double_click_moves_the_clock_once_and_the_page_after_it_moves_it_again() {
    let desk: Arc<FakeDesk> = Arc::default();
    let moved = || *desk.moved.lock().unwrap();
    let seen = async || {
        let (_, _, page) = answer(&desk, TestRequest::with_uri("/demo")).await;
        let field = page.split(r#"name="sedd" value=""#).nth(1).unwrap();
        field.split('"').next().unwrap().to_owned()
    };
    let first = seen().await;
    for _ in 0..2 {
        let form = [("sedd", first.as_str()), ("dagar", "91")];
        let (status, to, _) = answer(&desk, post("/demo/klockan", &form)).await;
        assert_eq!((status.as_u16(), to.as_str()), (303, "/demo#klockan"));
        assert_eq!(moved(), TimeDelta::days(91));
    }
    let next = seen().await;
    let form = [("sedd", next.as_str()), ("dagar", "1")];
    answer(&desk, post("/demo/klockan", &form)).await;
    assert_eq!(moved(), TimeDelta::days(92));
    let (status, _, _) = answer(&desk, post("/demo/klockan", &[("dagar", "1")])).await;
    assert!(status.is_client_error(), "{status}");
    assert_eq!(moved(), TimeDelta::days(92));
}

#[actix_web::test]
async fn the_manufacturer_is_stopped_started_hurried_and_made_to_fail() {
    let desk: Arc<FakeDesk> = Arc::default();
    for act in ["pausa", "misslyckas", "misslyckas", "tappa", "skynda"] {
        let (status, _, _) = answer(&desk, post("/demo/tillverkaren", &[("gor", act)])).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{act}");
    }
    let expected = Factory {
        is_paused: true,
        fail_next: 2,
        lose_next: 1,
    };
    assert_eq!(*desk.factory.lock().unwrap(), expected);
    assert_eq!(*desk.hurried.lock().unwrap(), 1);
    let (_, _, page) = answer(&desk, TestRequest::with_uri("/demo")).await;
    assert!(page.contains("Tillverkaren står still") && page.contains("Starta tillverkaren"));
    answer(&desk, post("/demo/tillverkaren", &[("gor", "fortsatt")])).await;
    assert!(!desk.factory.lock().unwrap().is_paused);
}
