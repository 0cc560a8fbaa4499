//! What relying parties fetch, judged by the openssl command line against the served system.

use std::cell::RefCell;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cards_acceptance::World;
use cards_acceptance::authority::{TestAuthority, issuing};
use cards_acceptance::site::Site;
use cards_domain::card::Card;
use cards_domain::certificate::Profile;
use cards_domain::ids::CertificateId;
use chrono::Duration;

use super::{issuance, revoke};

/// Runs openssl; what it writes to both its outputs.
pub fn run(arguments: &[&str], stdin: Option<&[u8]>) -> String {
    let mut child = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program openssl is installed");
    let mut input = child.stdin.take().unwrap();
    input.write_all(stdin.unwrap_or_default()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    format!("{told}{}", String::from_utf8_lossy(&output.stderr))
}

/// The serial of a certificate, lower-case hexadecimal.
pub fn serial_of(der: &[u8]) -> String {
    let told = run(&["x509", "-inform", "DER", "-noout", "-serial"], Some(der));
    let serial = told.trim().strip_prefix("serial=").unwrap();
    serial.to_lowercase()
}

/// Status, headers in lower case, and body.
pub fn get(site: &Site, path: &str) -> (u16, String, Vec<u8>) {
    request(site, &format!("GET {path} HTTP/1.1\r\n"), &[])
}

fn request(site: &Site, start: &str, body: &[u8]) -> (u16, String, Vec<u8>) {
    let address = site.url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    let head =
        format!("{start}host: {address}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let _ = stream.write_all(body);
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = answer.split_at(end.unwrap() + 4);
    let head = String::from_utf8_lossy(head).to_lowercase();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head, body.to_vec())
}

/// A served world with a card in use, and everything that openssl needs in files.
struct Served {
    site: Site,
    authority: Arc<TestAuthority>,
    card: Card,
    certificate: CertificateId,
    folder: PathBuf,
}

const ISSUER: &str = "person-hsa-id-3";

impl Served {
    fn new() -> Self {
        let kept = RefCell::new(None);
        let site = Site::with(|port| {
            let (world, authority) = issuing(World::at_port(port), port);
            kept.replace(Some(authority));
            world
        });
        let authority = kept.into_inner().unwrap();
        let world = &site.world;
        let card = world.active_card(&world.maja());
        let mut link = world.link();
        while world.app().keep_lists(&mut link).unwrap() > 0 {}
        let certificate = world.certificate(card.id, Profile::HsaId).id;
        let folder = world.folder().join("openssl");
        std::fs::create_dir_all(&folder).unwrap();
        let served = Self {
            site,
            authority,
            card,
            certificate,
            folder,
        };
        served.keep("root", &served.fetched("/pki/aia/root.cer"));
        served.keep("issuer", &served.fetched(&format!("/pki/aia/{ISSUER}.cer")));
        let signed = issuance(&served.site.world, certificate).signed.unwrap();
        served.keep("card", &signed.der);
        served
    }

    /// The address of a question about the card's certificate, as openssl asks it.
    fn question(&self, option: &str) -> String {
        let file = self.folder.join("question.der");
        let (issuer, card) = (self.file("issuer"), self.file("card"));
        let out = file.display().to_string();
        let asking = ["ocsp", "-issuer", &issuer, "-cert", &card, option];
        run(&[&asking[..], &["-reqout", &out]].concat(), None);
        let text = STANDARD.encode(std::fs::read(&file).unwrap());
        let text = text.replace('/', "%2F").replace('+', "%2B");
        format!("/pki/ocsp/{ISSUER}/{text}")
    }

    fn fetched(&self, path: &str) -> Vec<u8> {
        let (status, head, body) = get(&self.site, path);
        assert_eq!(status, 200, "{path}: {head}");
        assert!(!head.contains("set-cookie"), "no session here: {head}");
        body
    }

    /// A certificate as PEM in a file.
    fn keep(&self, name: &str, der: &[u8]) {
        let to = self.file(name);
        run(&["x509", "-inform", "DER", "-out", &to], Some(der));
    }

    fn file(&self, name: &str) -> String {
        let path: &Path = &self.folder.join(format!("{name}.pem"));
        path.display().to_string()
    }

    fn now(&self) -> String {
        self.site.world.link().now().timestamp().to_string()
    }

    /// What the status service answers, as openssl reads it.
    fn status(&self) -> String {
        let url = format!("{}/pki/ocsp/{ISSUER}", self.site.url);
        run(
            &[
                "ocsp",
                "-issuer",
                &self.file("issuer"),
                "-cert",
                &self.file("card"),
                "-url",
                &url,
                "-CAfile",
                &self.file("root"),
                "-attime",
                &self.now(),
                "-validity_period",
                "400000000",
            ],
            None,
        )
    }

    /// The list of the certificate.
    fn list(&self) -> Vec<u8> {
        let world = &self.site.world;
        let reserved = issuance(world, self.certificate).reserved.unwrap();
        self.fetched(&format!("/pki/crl/{ISSUER}/{}.crl", reserved.shard))
    }

    /// The chain up to the root, with the list.
    fn verified(&self) -> String {
        let list = self.folder.join("list.pem").display().to_string();
        let told = run(
            &[
                "crl",
                "-inform",
                "DER",
                "-CAfile",
                &self.file("issuer"),
                "-out",
                &list,
            ],
            Some(&self.list()),
        );
        assert!(told.contains("verify OK"), "{told}");
        run(
            &[
                "verify",
                "-CAfile",
                &self.file("root"),
                "-untrusted",
                &self.file("issuer"),
                "-crl_check",
                "-CRLfile",
                &list,
                "-attime",
                &self.now(),
                &self.file("card"),
            ],
            None,
        )
    }
}

#[test]
fn openssl_finds_a_new_certificate_good_and_its_chain_whole() {
    let served = Served::new();
    let status = served.status();
    assert!(status.contains("Response verify OK"), "{status}");
    assert!(status.contains("card.pem: good"), "{status}");
    let verified = served.verified();
    assert!(verified.contains("card.pem: OK"), "{verified}");
}

#[test]
fn openssl_finds_a_revoked_certificate_revoked_at_once_and_soon_on_the_list() {
    let served = Served::new();
    let world = &served.site.world;
    let maja = world.maja();
    revoke(world, &maja, &served.card, served.certificate).unwrap();
    let status = served.status();
    assert!(status.contains("Response verify OK"), "{status}");
    assert!(status.contains("card.pem: revoked"), "{status}");
    assert!(status.contains("Reason: keyCompromise"), "{status}");
    world.work();
    let verified = served.verified();
    assert!(verified.contains("certificate revoked"), "{verified}");
    assert_eq!(
        served.authority.signed().len(),
        2,
        "nothing was signed anew"
    );
}

#[test]
fn a_question_in_the_address_is_answered_like_one_in_the_body() {
    let served = Served::new();
    let path = served.question("-no_nonce");
    let (status, head, body) = get(&served.site, &path);
    assert_eq!(status, 200);
    assert!(
        head.contains("content-type: application/ocsp-response"),
        "{head}"
    );
    assert!(head.contains("no-store"), "{head}");
    let answer = served.folder.join("answer.der").display().to_string();
    std::fs::write(&answer, body).unwrap();
    let told = run(
        &["ocsp", "-respin", &answer, "-noverify", "-resp_text"],
        None,
    );
    assert!(told.contains("Cert Status: good"), "{told}");
}

#[test]
fn what_is_no_question_gets_an_answer_and_what_is_too_long_none() {
    let served = Served::new();
    let post = |kind: &str| format!("POST /pki/ocsp/{ISSUER} HTTP/1.1\r\ncontent-type: {kind}\r\n");
    let ours = post("application/ocsp-request");
    let (status, _, body) = request(&served.site, &ours, b"nonsense");
    // malformedRequest, RFC 6960.
    assert_eq!((status, body.as_slice()), (200, &[0x30, 3, 0x0a, 1, 1][..]));
    let (status, _, _) = request(&served.site, &ours, &[0; 5000]);
    assert_eq!(status, 413);
    let (status, _, _) = request(&served.site, &post("text/plain"), b"nonsense");
    assert_eq!(status, 415);
}

#[test]
fn what_there_is_not_is_not_there() {
    let served = Served::new();
    for path in [
        "/pki/aia/nobody.cer",
        "/pki/crl/nobody/0.crl",
        "/pki/crl/person-hsa-id-3/999.crl",
        "/pki/crl/person-hsa-id-3/x.crl",
        "/pki/ocsp/nobody/MAMCAQE=",
        "/pki/ocsp/root/MAMCAQE=",
    ] {
        assert_eq!(get(&served.site, path).0, 404, "{path}");
    }
}

#[test]
fn the_files_say_what_they_are_and_how_long_they_may_be_kept() {
    let served = Served::new();
    let (_, list, _) = get(&served.site, "/pki/crl/root/0.crl");
    assert!(
        list.contains("content-type: application/pkix-crl"),
        "{list}"
    );
    assert!(list.contains("max-age=10"), "{list}");
    let (_, root, _) = get(&served.site, "/pki/aia/root.cer");
    assert!(
        root.contains("content-type: application/pkix-cert"),
        "{root}"
    );
}

#[test]
fn what_was_signed_for_a_question_is_used_again_for_a_minute_while_it_is_true() {
    let served = Served::new();
    let path = served.question("-no_nonce");
    let first = served.fetched(&path);
    assert_eq!(served.fetched(&path), first);
    served.site.world.advance(Duration::seconds(59));
    assert_eq!(served.fetched(&path), first);
    served.site.world.advance(Duration::seconds(1));
    let second = served.fetched(&path);
    assert_ne!(second, first, "a minute has gone");
    assert!(!served.verified().contains("revoked"));

    let world = &served.site.world;
    let (person, card) = (world.maja(), &served.card);
    super::revoke(world, &person, card, served.certificate).unwrap();
    assert_ne!(served.fetched(&path), second, "it is not true any more");
    world.work();
}

#[test]
fn an_answer_to_a_question_with_a_nonce_is_for_that_question_alone() {
    let served = Served::new();
    let path = served.question("-nonce");
    assert_ne!(served.fetched(&path), served.fetched(&path));
}
