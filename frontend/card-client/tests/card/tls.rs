//! The program itself with a server over TLS: by a link, by a code, and with a server that is not the
//! right one.

use crate::bench::{Bench, PIN1, bare};
use crate::office::{CODE, PretendOffice};
use crate::sweep::office;
use cards_testcard::{Card, Family, KeyKind, Purpose};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A server that proves itself as localhost, and whom to trust for that.
struct Served {
    address: String,
    root: String,
}

fn serve(office: Arc<PretendOffice>) -> Served {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            // A client that does not trust the server goes away.
            let _ = stream.and_then(|stream| one_call(stream, &config, &office));
        }
    });
    Served {
        address: format!("https://localhost:{port}"),
        root: made.cert.pem(),
    }
}

fn one_call(
    stream: TcpStream,
    config: &Arc<ServerConfig>,
    office: &PretendOffice,
) -> std::io::Result<()> {
    let session = ServerConnection::new(Arc::clone(config)).unwrap();
    let mut call = BufReader::new(StreamOwned::new(session, stream));
    let mut line = String::new();
    call.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let (mut bearer, mut length) = (None, 0);
    loop {
        let mut header = String::new();
        call.read_line(&mut header)?;
        let Some((name, value)) = header.trim().split_once(':') else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "authorization" => bearer = value.trim().strip_prefix("Bearer ").map(str::to_owned),
            "content-length" => length = value.trim().parse().unwrap(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    call.read_exact(&mut body)?;
    let body = (length > 0).then_some(body.as_slice());
    let (status, said) = office.answer(&path, bearer.as_deref(), body);
    let said = if status == 204 {
        String::new()
    } else {
        said.to_string()
    };
    let length = said.len();
    let answer = format!(
        "HTTP/1.1 {status} .\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{said}"
    );
    let mut stream = call.into_inner();
    stream.write_all(answer.as_bytes())?;
    stream.conn.send_close_notify();
    stream.flush()
}

/// A card that the office knows.
fn card(office: &PretendOffice) -> Card {
    let number = office.books().number.clone();
    let mut card = bare(Family::Letter, &number);
    card.add_key(Purpose::Authentication, KeyKind::P256, &[1])
        .unwrap();
    let public = card.public_key(Purpose::Authentication).unwrap();
    let certificate = office.certify(&public, "hsa_id", "authentication");
    card.add_certificate(Purpose::Authentication, &[1], &certificate)
        .unwrap();
    office.knows("hsa_id", "authentication", "active", &certificate);
    card
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    std::fs::create_dir_all(folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_code_typed_by_hand_registers_the_card_over_tls() {
    let mut bench = Bench::new("tls-code", 1);
    let office = office("register", "975200000801");
    let served = serve(Arc::clone(&office));
    let root = written(&bench.folder(), "root.pem", &served.root);
    let _in = bench.insert(0, card(&office));
    let root = root.to_str().unwrap();
    let arguments = [
        "hamta",
        CODE,
        "--server",
        &served.address,
        "--root-certificate",
        root,
    ];
    let ran = bench.run(&arguments, &[PIN1]).well();
    ran.says(&[
        "Rätt kort: TEST e-id kort, kortnumret slutar på 0801",
        "Klar att användas",
    ]);
    assert!(office.books().done && !ran.text.contains(PIN1));
    let again = bench.run(&arguments, &[PIN1]).not_well();
    again.says(&["K605"]);
}

#[test]
fn a_server_that_is_not_proved_is_sent_nothing() {
    let bench = Bench::new("tls-other", 1);
    let office = office("register", "975200000802");
    let served = serve(Arc::clone(&office));
    let other = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let root = written(&bench.folder(), "other.pem", &other.cert.pem());
    let root = root.to_str().unwrap();
    let arguments = [
        "hamta",
        CODE,
        "--server",
        &served.address,
        "--root-certificate",
        root,
    ];
    bench
        .run(&arguments, &[])
        .not_well()
        .says(&["K604", "Inget är skickat"]);
    bench
        .run(&["hamta", CODE, "--server", &served.address], &[])
        .not_well()
        .says(&["K604"]);
    assert!(office.books().offered);
}

#[test]
fn without_tls_nothing_is_spoken() {
    let bench = Bench::new("tls-none", 1);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let arguments = ["hamta", CODE, "--server", &address];
    bench
        .run(&arguments, &[])
        .not_well()
        .says(&["K602", "https://"]);
    assert!(listener.accept().is_err(), "nobody called");
    bench.run(&["hamta", CODE], &[]).not_well().says(&["K601"]);
}

#[test]
fn a_link_cannot_lead_away_from_the_server_that_is_set() {
    let bench = Bench::new("tls-link", 1);
    let office = office("register", "975200000803");
    let served = serve(Arc::clone(&office));
    let root = written(&bench.folder(), "root.pem", &served.root);
    let settings = format!(
        "server = \"{}\"\nroot_certificate = \"{}\"\n",
        served.address,
        root.display()
    );
    written(
        &bench.folder().join(".config"),
        "kortklient.toml",
        &settings,
    );
    let token = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP-";
    let link = |server: &str| format!("kortklient:?server={server}&token={token}");
    let away = bench
        .run(&[&link("https%3A%2F%2Fevil.example")], &[])
        .not_well();
    away.says(&["K615"]);
    // The office in memory knows codes alone: that it answers shows that it was called.
    let own = served.address.replace(':', "%3A").replace('/', "%2F");
    bench.run(&[&link(&own)], &[]).not_well().says(&["K605"]);
}
