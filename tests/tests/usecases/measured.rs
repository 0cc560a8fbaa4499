//! What monitoring reads: how the system stands, and nothing about anybody.

use std::net::TcpListener;

use cards_acceptance::World;
use cards_acceptance::authority::issuing;
use cards_acceptance::site::Site;
use cards_server::config::Environment;

const NAMES: [&str; 16] = [
    "kortkontor_http_requests_total{class=\"health\",status=\"200\"} 1",
    "kortkontor_http_request_seconds_bucket",
    "kortkontor_database_up 1",
    "kortkontor_lane_work_total{lane=\"short\"} 1",
    "kortkontor_lane_waited_seconds_total",
    "kortkontor_lane_turned_away_total{lane=\"status\"} 0",
    "kortkontor_pool_connections{lane=\"short\",state=\"used\"} 0",
    "kortkontor_certificates_issued_total 2",
    "kortkontor_status_answers_total{answer=\"revoked\"} 0",
    "kortkontor_errands_waiting 0",
    "kortkontor_errands_dead 0",
    "kortkontor_errand_oldest_age_seconds 0",
    "kortkontor_night_missing",
    "kortkontor_list_oldest_age_seconds",
    "kortkontor_check_examined 2",
    "kortkontor_check_repaired 0",
];

fn text(url: &str, path: &str) -> (u16, String) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let answer = reqwest::get(format!("{url}{path}")).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    })
}

#[test]
fn monitoring_reads_how_the_system_stands_and_nothing_about_anybody() {
    let site = Site::with(|port| issuing(World::at_port(port), port).0);
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    world.work();
    let mut link = world.link();
    world.app().keep_authorities(&mut link).unwrap();
    world.app().keep_lists(&mut link).unwrap();
    let check = world.app().examine_certificates(&mut link, "test");
    assert!(check.unwrap().is_some());
    drop(link);
    assert_eq!(text(&site.url, "/health/ready").0, 200);
    let (status, told) = text(&site.url, "/metrics");
    assert_eq!(status, 200);
    for name in NAMES {
        assert!(told.contains(name), "{name} is missing: {told}");
    }
    assert!(told.ends_with("# EOF\n"));
    let number = card.number.unwrap().to_string();
    let id = card.id.to_string();
    for personal in [
        maja.number.as_str(),
        "Lindqvist",
        number.as_str(),
        id.as_str(),
    ] {
        assert!(!told.contains(personal), "{personal}: {told}");
    }
}

#[test]
fn in_production_the_public_listener_shows_no_measurements() {
    let world = World::new();
    let mut config = world.config.clone();
    config.environment = Environment::Production;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let system = std::sync::Arc::clone(&world.system);
    let (tell, told) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = cards_server::serve::start(&system, &config, listener).unwrap();
            tell.send(server.handle()).unwrap();
            server.await.unwrap();
        });
    });
    let handle = told.recv().unwrap();
    assert_eq!(text(&url, "/health/ready").0, 200);
    assert_eq!(text(&url, "/metrics").0, 404);
    drop(handle.stop(false));
    thread.join().unwrap();
}
