//! Many questions about certificates at once: some are told to ask again later, and nobody at the
//! portals notices.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cards_acceptance::World;
use cards_acceptance::authority::{Stop, issuing};
use cards_acceptance::site::Site;
use cards_app::ports::CertificateAuthority as _;
use cards_domain::certificate::Profile;

use super::openssl::{get, run};
use super::serial;

const ISSUER: &str = "person-hsa-id-3";
/// More than are answered or wait at one time.
const AT_ONCE: usize = 170;
/// RFC 6960, 4.2.1: tryLater.
const LATER: [u8; 5] = [0x30, 3, 0x0a, 1, 3];

#[test]
fn a_flood_of_questions_leaves_the_portals_answering() {
    let kept = std::cell::RefCell::new(None);
    let site = Site::with(|port| {
        let (world, authority) = issuing(World::at_port(port), port);
        kept.replace(Some(authority));
        world
    });
    let authority = kept.take().unwrap();
    let card = site.world.active_card(&site.world.maja());
    let id = site.world.certificate(card.id, Profile::HsaId).id;
    let path = with_a_nonce(&site, &serial(&site.world, id));
    assert_eq!(
        authority
            .read_answer(ISSUER, &get(&site, &path).2)
            .unwrap()
            .len(),
        1
    );

    authority.stop(Stop::AnswersSlowly);
    let (answers, slowest) = std::thread::scope(|scope| {
        let flood: Vec<_> = (0..AT_ONCE)
            .map(|_| scope.spawn(|| get(&site, &path)))
            .collect();
        let mut slowest = Duration::ZERO;
        while flood.iter().any(|one| !one.is_finished()) {
            let asked = Instant::now();
            // A look-up in the lane of the portals.
            assert_eq!(get(&site, "/health/ready").0, 200);
            slowest = slowest.max(asked.elapsed());
        }
        let answers = flood.into_iter().map(|one| one.join().unwrap());
        (answers.collect::<Vec<_>>(), slowest)
    });
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
    let later = answers.iter().filter(|answer| answer.2 == LATER).count();
    assert!(answers.iter().all(|answer| answer.0 == 200));
    assert!(
        (1..AT_ONCE).contains(&later),
        "{later} were told to ask again"
    );
    let told = String::from_utf8(get(&site, "/metrics").2).unwrap();
    let line = format!("kortkontor_status_answers_total{{answer=\"try_later\"}} {later}");
    assert!(told.contains(&line), "{line}: {told}");
}

/// The address of a question whose answer must be signed each time.
fn with_a_nonce(site: &Site, serial: &str) -> String {
    let folder = site.world.folder();
    let name = |file: &str| folder.join(file).display().to_string();
    let (issuer, question) = (name("issuer.pem"), name("question.der"));
    let certificate = get(site, &format!("/pki/aia/{ISSUER}.cer")).2;
    let in_pem = ["x509", "-inform", "DER", "-out", &issuer];
    run(&in_pem, Some(&certificate));
    let serial = format!("0x{serial}");
    let asking = ["ocsp", "-issuer", &issuer, "-serial", &serial, "-nonce"];
    run(&[&asking[..], &["-reqout", &question]].concat(), None);
    let text = STANDARD.encode(std::fs::read(&question).unwrap());
    let text = text.replace('/', "%2F").replace('+', "%2B");
    format!("/pki/ocsp/{ISSUER}/{text}")
}
