//! Mail through a real mail server: what arrives, and what happens when nothing can.

use std::net::TcpListener;
use std::time::Duration as Wait;

use cards_acceptance::World;
use cards_app::ports::{GatewayError, Mail, Mailer as _};
use cards_domain::access::Role;
use cards_domain::delivery::DeliveryMethod;
use cards_gateways::mail::{Smtp, SmtpSecurity, SmtpSettings};
use cards_server::{Config, System};
use chrono::Duration;
use serde_json::json;
use uuid::Uuid;

use crate::certificate::Certificate;
use crate::node::Node;

const HERE: &str = "IP:127.0.0.1";
const PASSWORD: &str = "not-secret";

fn server(certificate: &Certificate, port: u16) -> Node {
    start(certificate, port, true)
}

fn start(certificate: &Certificate, port: u16, start_tls: bool) -> Node {
    let settings = json!({
        "port": port, "key": certificate.key(), "cert": certificate.pem(),
        "user": "kort", "password": PASSWORD, "startTls": start_tls,
    });
    Node::start("smtp-server.mjs", &settings)
}

fn settings(port: u16, password: &str, trusted: Option<&Certificate>) -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security: SmtpSecurity::StartTls,
        log_in: serde_json::from_value(json!({ "user": "kort", "password": password })).unwrap(),
        from: "Kortkontoret <kort@malarvik.example>".to_owned(),
        timeout: Wait::from_secs(10),
        extra_root: trusted.map(|one| one.pem().into_bytes()),
    }
}

fn mail() -> Mail {
    Mail {
        errand: Uuid::from_u128(7),
        to: "maja@malarvik.example".parse().unwrap(),
        subject: "Ditt kort är på väg".to_owned(),
        text: "Hej!\n\nKortet hämtas på kontoret Björkvallen.\n".to_owned(),
        language: "sv".to_owned(),
    }
}

/// Sends the mail by these settings and gives what the server told.
fn send(settings: SmtpSettings) -> Result<(), GatewayError> {
    Smtp::new(settings).unwrap().send(&mail())
}

/// A header's text, as it was sent.
fn header<'a>(raw: &'a str, name: &str) -> &'a str {
    let head = raw.split("\r\n\r\n").next().unwrap();
    let line = head
        .lines()
        .find_map(|line| line.strip_prefix(&format!("{name}: ")));
    line.unwrap_or_else(|| panic!("no {name} in {head}"))
}

fn is_put_off(sent: &Result<(), GatewayError>) -> bool {
    matches!(sent, Err(GatewayError::Retry(_)))
}

#[test]
fn a_mail_arrives_over_an_encrypted_line_with_its_headers() {
    let certificate = Certificate::for_server(HERE);
    let node = server(&certificate, 0);
    send(settings(node.port, PASSWORD, Some(&certificate))).unwrap();
    let got = node.hear();
    assert_eq!(got["secure"], true);
    assert_eq!(got["user"], "kort");
    assert_eq!(got["from"], "kort@malarvik.example");
    assert_eq!(got["to"], json!(["maja@malarvik.example"]));
    let raw = got["raw"].as_str().unwrap();
    assert_eq!(header(raw, "From"), "Kortkontoret <kort@malarvik.example>");
    assert_eq!(header(raw, "To"), "maja@malarvik.example");
    // The errand's id: whoever gets the mail twice can tell that it is one.
    let id = "<00000000-0000-0000-0000-000000000007@malarvik.example>";
    assert_eq!(header(raw, "Message-ID"), id);
    assert_eq!(header(raw, "Auto-Submitted"), "auto-generated");
    assert_eq!(header(raw, "Content-Language"), "sv");
    assert!(header(raw, "Content-Type").starts_with("text/plain; charset=utf-8"));
    assert!(
        header(raw, "Subject").contains("=?utf-8?"),
        "{}",
        header(raw, "Subject")
    );
    assert!(
        raw.contains("Bj=C3=B6rkvallen") || raw.contains("Björkvallen"),
        "{raw}"
    );
}

#[test]
fn a_server_that_shows_a_certificate_of_nobody_we_trust_gets_no_mail() {
    let certificate = Certificate::for_server(HERE);
    let node = server(&certificate, 0);
    let sent = send(settings(node.port, PASSWORD, None));
    assert!(is_put_off(&sent) && node.is_silent(), "{sent:?}");
}

#[test]
fn a_server_that_shows_a_certificate_for_another_name_gets_no_mail() {
    let certificate = Certificate::for_server("DNS:mail.elsewhere.example");
    let node = server(&certificate, 0);
    let sent = send(settings(node.port, PASSWORD, Some(&certificate)));
    assert!(is_put_off(&sent) && node.is_silent(), "{sent:?}");
}

#[test]
fn a_server_that_does_not_encrypt_gets_neither_mail_nor_password() {
    let certificate = Certificate::for_server(HERE);
    let node = start(&certificate, 0, false);
    let sent = send(settings(node.port, PASSWORD, Some(&certificate)));
    assert!(is_put_off(&sent) && node.is_silent(), "{sent:?}");
}

#[test]
fn a_wrong_password_is_put_right_by_the_operator_and_loses_no_mail() {
    let certificate = Certificate::for_server(HERE);
    let node = server(&certificate, 0);
    let sent = send(settings(node.port, "wrong", Some(&certificate)));
    assert!(is_put_off(&sent) && node.is_silent(), "{sent:?}");
    assert!(!format!("{sent:?}").contains("wrong"), "{sent:?}");
}

/// The world's system, with a mail server instead of the inbox.
fn with_mail(world: &World, certificate: &Certificate, port: u16) -> System {
    let password = world.folder().join("mail-password");
    std::fs::write(&password, PASSWORD).unwrap();
    let mut mail: Config = world.config.clone();
    mail.mail = serde_json::from_value(json!({
        "host": "127.0.0.1", "port": port, "from": "Kortkontoret <kort@malarvik.example>",
        "user": "kort", "password_file": password, "root_certificate_file": certificate.file(),
    }))
    .unwrap();
    System::build_at(&mail, "", world.clock.clone()).unwrap()
}

/// A port where nobody listens.
fn unused_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// Works once; whoever fails is put back, not reported.
fn work(system: &System) {
    system.app.work_once("test").unwrap();
}

#[test]
fn mails_wait_for_a_server_that_is_down_and_are_delivered_when_it_is_back() {
    let world = World::new();
    let certificate = Certificate::for_server(HERE);
    let port = unused_port();
    let system = with_mail(&world, &certificate, port);
    let maja = world.maja();
    let _order = world.order(&maja, DeliveryMethod::APost);
    work(&system);
    assert_eq!(
        world.link().waiting_errands().unwrap(),
        1,
        "the mail waits, the order has gone"
    );
    let node = server(&certificate, port);
    work(&system);
    assert!(node.is_silent(), "not before its time");
    world.advance(Duration::seconds(5));
    work(&system);
    let raw = node.hear()["raw"].as_str().unwrap().to_owned();
    assert_eq!(header(&raw, "To"), "maja.1008@malarvik.example");
    assert!(!raw.contains(maja.number.as_str()), "{raw}");
    assert_eq!(world.link().waiting_errands().unwrap(), 0);
    world.work();
}

#[test]
fn a_mail_that_cannot_be_sent_for_half_a_day_is_shown_to_the_operator() {
    let world = World::new();
    let certificate = Certificate::for_server(HERE);
    let system = with_mail(&world, &certificate, unused_port());
    let _order = world.order(&world.maja(), DeliveryMethod::APost);
    for _ in 0..12 {
        assert!(world.link().buried_errands(10).unwrap().is_empty());
        work(&system);
        world.advance(Duration::hours(1));
    }
    let buried = world.link().buried_errands(10).unwrap();
    assert_eq!(buried.len(), 1, "{buried:?}");
    assert_eq!(
        (buried[0].topic.as_str(), buried[0].attempts),
        ("notify", 12)
    );
    let why = buried[0].last_error.as_deref().unwrap();
    assert!(why.contains("mail server") && !why.contains('@'), "{why}");
    assert_eq!(world.link().waiting_errands().unwrap(), 0);
    let anders = world.officer("SE2399000013-1004", Role::ResponsibleIssuer, None);
    let again = world
        .app()
        .retry_errand(&mut world.link(), &anders.call(), buried[0].id);
    assert_eq!(again.unwrap().attempts, 0);
    assert_eq!(world.lines(buried[0].id, "retry", "done"), 1);
    world.work();
    let inbox = world.system.demo.as_ref().unwrap().inbox.list(10).unwrap();
    assert!(!inbox.is_empty(), "revived, it is sent after all");
}
