//! Status answers over HTTP: the released server, which looks each certificate up in the database,
//! beside `openssl ocsp`, which has its certificates in memory and its key in a file.

use std::fmt::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cards_app::ports::CertificateAuthority as _;
use cards_pki::algorithm::Algorithm;

use super::files::{authority, openssl, pem, responder};
use super::issuing::Issuer;
use super::{Other, folder, free_port, ran, verdict};
use crate::run::http::{Browser, Closing, Load};
use crate::run::in_turn;
use crate::run::lines::{Ask, Bench};
use crate::run::table::Line;

/// The authority that is asked.
const ASKED: &str = "person-hsa-id-3";
/// Bytes of a serial of ours.
const SERIAL: usize = 16;

impl Bench<'_> {
    /// Status answers about certificates with these serials.
    pub fn statuses(&self, page: &mut String, serials: &[String]) {
        let issuer = Issuer::open(self.options, &self.system.app, Algorithm::P256);
        let mut sheets = issuer.authorities.authorities().into_iter();
        let sheet = sheets.find(|sheet| sheet.name == ASKED).unwrap();
        let home = folder(self, "ocsp");
        std::fs::write(home.join("ours.crt"), pem(&sheet.certificate)).unwrap();

        let questions = questions(&home, "ours.crt", serials);
        let before = format!("/pki/ocsp/{ASKED}/");
        let first = format!("{before}{}", questions[0]);
        let said = Browser::new(&self.ours.url).get(&first, &[]);
        assert_eq!(said.status, 200, "{}", said.text());
        assert_good(&home, "ours.crt", &said.body);
        let paths = all(&before, &questions);
        let ours = Closing::new(&self.ours.url, &paths);
        let kept = Load::new(&home, ("status-ours", &self.ours.url), &paths);
        let nothing = Closing::new(&self.ours.url, &["/health/live".to_owned()]);

        let (other, url) = serve(&home, serials);
        let theirs = all("/", &self::questions(&home, "ca.crt", serials));
        let said = Browser::new(&url).get(&theirs[0], &[]);
        assert_good(&home, "ca.crt", &said.body);
        let theirs = Closing::new(&url, &theirs);

        let mut asked: Vec<(&str, Ask<'_>)> = vec![
            ("openssl ocsp", Box::new(move |c, s| theirs.run(c, s))),
            ("ours", Box::new(move |c, s| ours.run(c, s))),
            (
                "ours, connections kept (wrk)",
                Box::new(move |c, s| kept.run(c, s)),
            ),
            (
                "our server's least answer (/health/live)",
                Box::new(move |c, s| nothing.run(c, s)),
            ),
        ];
        let line = Line {
            title: "Status answer (OCSP), keys P-256".to_owned(),
            measured: in_turn(self.options, &mut asked),
            goal: None,
            note: format!(
                "GET of {} certificates in turn, all good, without nonce, a connection for each \
                 question unless said. Ours: the released server, status read from PostgreSQL with \
                 every question (those that come at once together), signatures used again for a \
                 minute, key in SoftHSM2. `openssl ocsp -port`: one process, an index of as many \
                 certificates in memory, key in a file, each answer signed; it closes every \
                 connection, and keeps none.",
                serials.len()
            ),
        };
        drop(other);
        line.write(page);
        judge(page, &line);
    }
}

fn judge(page: &mut String, line: &Line) {
    let rate = |place: usize| line.measured[place].figures[1].per_second;
    let [theirs, ours, kept, nothing] = [rate(0), rate(1), rate(2), rate(3)];
    verdict(
        page,
        "Ours over kept connections of openssl ocsp, which keeps none, at 16 clients",
        kept / theirs,
        2.0,
    );
    let _ = writeln!(
        page,
        "- With a connection for each question: {:.2}, where an answer of ours that costs nothing \
         has {:.2}.",
        ours / theirs,
        nothing / theirs
    );
}

/// `openssl ocsp` with an authority of its own, which has issued the same serials.
fn serve(home: &Path, serials: &[String]) -> (Other, String) {
    authority(home, Algorithm::P256);
    responder(home, Algorithm::P256);
    let rows = serials.iter().enumerate().map(|(place, serial)| {
        let serial = serial.to_uppercase();
        format!("V\t391231235959Z\t\t{serial}\tunknown\t/O=Bench/CN=Person {place}\n")
    });
    std::fs::write(home.join("index.txt"), rows.collect::<String>()).unwrap();
    std::fs::write(home.join("index.txt.attr"), "unique_subject = no\n").unwrap();
    let port = free_port();
    let mut command = openssl(
        home,
        "ocsp -index index.txt -CA ca.crt -rsigner ocsp.crt -rkey ocsp.key -ndays 1 -ignore_err",
    );
    command.args(["-port", &port.to_string()]);
    let running = Other::start(command, &home.join("openssl.log"), port);
    (running, format!("http://127.0.0.1:{port}"))
}

/// Questions in Base64 for an address. openssl makes the first; the others differ in the serial, which
/// is its end.
fn questions(home: &Path, issuer: &str, serials: &[String]) -> Vec<String> {
    let first = &serials[0];
    ran(&mut openssl(
        home,
        &format!("ocsp -issuer {issuer} -serial 0x{first} -no_nonce -reqout question.der"),
    ));
    let template = std::fs::read(home.join("question.der")).unwrap();
    let (start, end) = template.split_at(template.len() - SERIAL);
    assert_eq!(end, bytes(first), "the serial stands at the end");
    serials
        .iter()
        .map(|serial| STANDARD.encode([start, &bytes(serial)].concat()))
        .map(|text| {
            text.replace('+', "%2B")
                .replace('/', "%2F")
                .replace('=', "%3D")
        })
        .collect()
}

fn all(before: &str, questions: &[String]) -> Vec<String> {
    let paths = questions.iter();
    paths.map(|one| format!("{before}{one}")).collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    let places = (0..hex.len()).step_by(2);
    places
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect()
}

/// A load of refusals would be fast.
fn assert_good(home: &Path, issuer: &str, answer: &[u8]) {
    std::fs::write(home.join("answer.der"), answer).unwrap();
    let text = ran(&mut openssl(
        home,
        &format!("ocsp -respin answer.der -issuer {issuer} -noverify -resp_text"),
    ));
    let text = String::from_utf8_lossy(&text);
    assert!(text.contains("Cert Status: good"), "{text}");
}
