//! What monitoring reads: how the system stands, and nothing about anybody.

use std::collections::BTreeSet;
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;

use cards_acceptance::World;
use cards_acceptance::authority::issuing;
use cards_acceptance::site::Site;
use cards_server::Config;
use cards_server::config::{Environment, Oidc};

use crate::own_process;

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

const OWN_LISTENER: &str =
    "measured::a_production_server_answers_monitoring_on_its_own_address_only";

/// What the listener of a production server tells; the number stands where the world decides it.
const IN_PRODUCTION: [&str; 17] = [
    "kortkontor_http_requests_total{class=\"health\",status=\"200\"}",
    "kortkontor_http_requests_total{class=\"other\",status=\"404\"} 1",
    "kortkontor_http_request_seconds_bucket",
    "kortkontor_database_up 1",
    "kortkontor_lane_held{lane=\"status\"} 0",
    "kortkontor_lane_work_total{lane=\"short\"}",
    "kortkontor_lane_waited_seconds_total",
    "kortkontor_lane_turned_away_total{lane=\"status\"} 0",
    "kortkontor_pool_connections{lane=\"short\",state=\"used\"} 0",
    "kortkontor_certificates_issued_total 0",
    "kortkontor_status_answers_total{answer=\"revoked\"} 0",
    "kortkontor_errands_waiting 0",
    "kortkontor_errands_dead 0",
    "kortkontor_night_missing",
    "kortkontor_list_oldest_age_seconds",
    "kortkontor_check_examined 2",
    "kortkontor_check_finished_timestamp_seconds",
];

/// The world's database and keys, with nothing simulated.
fn production(world: &World, [public, measured]: [u16; 2]) -> Config {
    let folder = world.folder();
    let secret = folder.join("client-secret");
    std::fs::write(&secret, "made up").unwrap();
    let mut config = world.config.clone();
    config.environment = Environment::Production;
    config.database.threads = 2;
    config.http.listen = ([127, 0, 0, 1], public).into();
    config.http.metrics_listen = Some(([127, 0, 0, 1], measured).into());
    config.http.public_url = "https://kort.example.se".parse().unwrap();
    config.oidc = Some(Oidc {
        issuer: "https://id.example.se".parse().unwrap(),
        client_id: "kortkontor".to_owned(),
        client_secret_file: secret,
    });
    let mail = serde_json::json!({ "host": "mail.example.se", "from": "kort@example.se" });
    config.mail = serde_json::from_value(mail).unwrap();
    config.sealing.key_file = Some(folder.join("sealing.key"));
    config.manufacturer.exchange = Some(folder.join("manufacturer"));
    config
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// The names of all labels in a text of measurements.
fn labels(told: &str) -> BTreeSet<String> {
    let series = told.lines().filter(|line| !line.starts_with('#'));
    let inside = series.filter_map(|line| Some(line.split_once('{')?.1.split_once('}')?.0));
    inside
        .flat_map(|inside| inside.split(','))
        .map(|label| label.split_once('=').unwrap().0.to_owned())
        .collect()
}

#[test]
fn a_production_server_answers_monitoring_on_its_own_address_only() {
    if let Some(config) = own_process::config() {
        return cards_server::serve::run(&config, false).unwrap();
    }
    let (world, _) = issuing(World::new(), 1);
    let maja = world.maja();
    let card = world.active_card(&maja);
    world.work();
    let mut link = world.link();
    world.app().keep_authorities(&mut link).unwrap();
    world.app().keep_lists(&mut link).unwrap();
    let check = world.app().examine_certificates(&mut link, "test");
    assert!(check.unwrap().is_some());
    drop(link);
    let ports = [free_port(), free_port()];
    let [public, measured] = ports.map(|port| format!("http://127.0.0.1:{port}"));
    let config = production(&world, ports);
    let mut command = own_process::again(OWN_LISTENER, &world, &config);
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    let _server = own_process::Running(command.spawn().unwrap());
    own_process::until("the server", || {
        TcpStream::connect(config.http.listen).is_ok()
    });
    assert_eq!(text(&public, "/health/ready").0, 200);
    let number = card.number.unwrap().to_string();
    assert_eq!(
        text(&public, &format!("/{}/{number}", maja.number.as_str())).0,
        404
    );

    let (status, told) = text(&measured, "/metrics");
    assert_eq!(status, 200);
    for name in IN_PRODUCTION {
        assert!(told.contains(name), "{name} is missing: {told}");
    }
    assert!(told.ends_with("# EOF\n"));
    let kinds = ["answer", "class", "code", "lane", "le", "state", "status"];
    let kinds = BTreeSet::from(kinds.map(str::to_owned));
    assert!(labels(&told).is_subset(&kinds), "{:?}", labels(&told));
    let personal = [maja.number.as_str(), "SE2399000013", "Lindqvist", &number];
    for personal in personal.into_iter().chain([card.id.to_string().as_str()]) {
        assert!(!told.contains(personal), "{personal}: {told}");
    }

    for path in ["/metrics", "/metrics/", "//metrics", "/health/../metrics"] {
        let (status, answer) = text(&public, path);
        assert!(
            status == 404 && !answer.contains("kortkontor_"),
            "{path}: {status}"
        );
    }
    for path in ["/", "/health/live", "/mina-sidor", "/pki/ocsp/x"] {
        assert_eq!(
            text(&measured, path).0,
            404,
            "{path} where monitoring reads"
        );
    }
}

#[test]
fn a_server_does_not_start_when_the_address_for_monitoring_is_taken() {
    if let Some(config) = own_process::config() {
        return cards_server::serve::run(&config, false).unwrap();
    }
    let world = World::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let config = production(&world, [free_port(), taken.local_addr().unwrap().port()]);
    let name = "measured::a_server_does_not_start_when_the_address_for_monitoring_is_taken";
    let output = own_process::again(name, &world, &config).output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(!output.status.success(), "{said}");
    assert!(said.contains("[http] metrics_listen"), "{said}");
}
