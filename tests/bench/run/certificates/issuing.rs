//! Issuing by the application's own steps: a serial reserved, the certificate made, linted and kept,
//! signed by the token and kept, and the ledger told, with its line in the log. Four transactions and
//! a signature, called by threads as the worker calls them.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use cards_app::certificates::Issuing;
use cards_app::ports::CertificateAuthority as _;
use cards_app::{App, Call, Channel, Lane};
use cards_domain::access::{Actor, Holder, Loa};
use cards_domain::certificate::{Certificate, CertificateRequest, Profile, SigningRequest, Usage};
use cards_domain::ids::{CardId, CertificateId, PairId, PersonId};
use cards_gateways::authority::{Authorities, Token, demonstration_profiles};
use cards_pki::algorithm::Algorithm;
use cards_pki::key::{SigningKey, Vault as _};
use cards_pki::profile::{Profiles, ROOT};
use cards_server::Config;
use cards_server::config::Authority;
use diesel::connection::SimpleConnection as _;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use secrecy::SecretString;
use x509_cert::der::asn1::BitString;
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::der::{Decode as _, Encode as _};
use x509_cert::name::Name;
use x509_cert::request::{CertReq, CertReqInfo, Version};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::cfssl::Cfssl;
use super::{cfssl, folder, key_kind, verdict};
use crate::run::figure::Figure;
use crate::run::lines::{Ask, Bench};
use crate::run::table::Line;
use crate::run::{THREADS, in_turn, server, threads};
use crate::schema::{card, certificate, person};
use crate::{RunOptions, minimal};

const ECDSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
/// The authority whose key signs alone.
const SIGNS: &str = "person-hsa-id-3";
/// Requests that are made ready for a second of asking.
const ASKED_PER_SECOND: usize = 4_000;
/// Certificates that a run may issue in a second; more must have been asked for.
const ISSUED_PER_SECOND: usize = 3_000;
/// As many as a worker takes at most.
const AT_ONCE: usize = 100;
/// As long as what is signed for a certificate.
const TO_BE_SIGNED: usize = 900;

/// An application with an authority whose keys are of one kind.
pub struct Issuer {
    app: App,
    key: Arc<dyn SigningKey>,
    /// The authority's own names and certificates.
    pub authorities: Arc<Authorities>,
}

/// The section about the authority, as the released server reads it.
fn section(options: &RunOptions) -> Authority {
    let file = server::configuration(options, 1);
    Config::read(Some(&file)).unwrap().authority.unwrap()
}

fn secret(path: &Path) -> SecretString {
    SecretString::from(std::fs::read_to_string(path).unwrap().trim_end().to_owned())
}

/// The demonstration's profiles with keys of the kind, under names of their own: a name stands for
/// one key for ever.
fn profiles(algorithm: Algorithm) -> Profiles {
    let mut profiles = demonstration_profiles("http://127.0.0.1:1/pki");
    if algorithm != Algorithm::P256 {
        for one in &mut profiles.authorities {
            if one.name != ROOT {
                one.algorithm = algorithm;
                one.name = name(algorithm, &one.name);
            }
        }
    }
    profiles
}

fn name(algorithm: Algorithm, name: &str) -> String {
    match algorithm {
        Algorithm::P256 => name.to_owned(),
        _ => format!("rsa-{name}"),
    }
}

impl Issuer {
    /// Opens the token and founds what is missing.
    pub fn open(options: &RunOptions, app: &App, algorithm: Algorithm) -> Self {
        let section = section(options);
        let so_pin = secret(section.so_pin_file.as_deref().unwrap());
        let pin = secret(&section.pin_file);
        let token = Token::create(&section.module, &section.token_label, &so_pin, pin).unwrap();
        let (now, entropy) = (app.db.now(), Arc::clone(&app.ports.entropy));
        let vault = Box::new(token.clone());
        let authorities = Authorities::found(profiles(algorithm), vault, now, entropy).unwrap();
        let authorities = Arc::new(authorities);
        let mut app = app.clone();
        app.ports.authority = Some(authorities.clone());
        Self {
            app,
            key: token.key(&name(algorithm, SIGNS), algorithm).unwrap(),
            authorities,
        }
    }
}

/// Cards whose holders ask for certificates, and what has been asked for and not yet issued.
struct Desk<'a> {
    issuer: &'a Issuer,
    holders: Vec<(CardId, PersonId)>,
    next: AtomicUsize,
    asked: Mutex<Vec<CertificateId>>,
    issued: AtomicUsize,
}

impl<'a> Desk<'a> {
    fn open(issuer: &'a Issuer, conn: &mut PgConnection) -> Self {
        let found: Vec<(uuid::Uuid, uuid::Uuid)> = card::table
            .inner_join(person::table.on(person::id.eq(card::person_id)))
            .filter(card::stage.eq("active").and(person::protection.eq("none")))
            .filter(person::number_kind.ne("reservnummer"))
            .filter(not(exists(
                certificate::table.filter(certificate::card_id.eq(card::id)),
            )))
            .order(card::id)
            .limit(200_000)
            .select((card::id, card::person_id))
            .load(conn)
            .unwrap();
        Self {
            issuer,
            holders: found
                .into_iter()
                .map(|(card, person)| (CardId(card), PersonId(person)))
                .collect(),
            next: AtomicUsize::new(0),
            asked: Mutex::new(Vec::new()),
            issued: AtomicUsize::new(0),
        }
    }

    /// Asks through the ledger: each is one command of the application's, with its line in the log.
    fn ask(&self, clients: u32, seconds: u32) -> Figure {
        let count = ASKED_PER_SECOND * usize::try_from(seconds).unwrap();
        let authorities = &self.issuer.authorities;
        let ready: Mutex<Vec<SigningRequest>> = Mutex::new(
            (0..count)
                .map(|_| authorities.read_request(&request()).unwrap())
                .collect(),
        );
        threads::run(
            (clients, seconds),
            || (),
            |()| {
                let Some(request) = ready.lock().unwrap().pop() else {
                    return false;
                };
                self.ask_for_one(request)
            },
        )
    }

    fn ask_for_one(&self, request: SigningRequest) -> bool {
        let place = self.next.fetch_add(1, Ordering::Relaxed);
        let Some((card, person)) = self.holders.get(place / 2).copied() else {
            return false;
        };
        let mut link = self.issuer.app.db.link(Lane::Short).unwrap();
        let request = CertificateRequest {
            id: CertificateId(link.new_id()),
            card,
            person,
            profile: [Profile::HsaId, Profile::PersonId][place % 2],
            usage: Usage::Signature,
            new_pair: PairId(link.new_id()),
            request,
        };
        let ledger = &self.issuer.app.ledger;
        let begun = ledger.begin::<Certificate>(&mut link, &call(person), &request);
        begun.unwrap_or_else(|refused| panic!("the gate says no: {refused:?}"));
        self.asked.lock().unwrap().push(request.id);
        true
    }

    /// Asks until enough is there for a run.
    fn stock(&self, seconds: u32) {
        let enough = ISSUED_PER_SECOND * usize::try_from(seconds).unwrap();
        let authorities = &self.issuer.authorities;
        while self.asked.lock().unwrap().len() < enough {
            threads::run(
                (16, 1),
                || (),
                |()| {
                    let request = authorities.read_request(&request()).unwrap();
                    self.asked.lock().unwrap().len() < enough && self.ask_for_one(request)
                },
            );
        }
    }

    /// Issues what has been asked for, every step of it, so many at once.
    fn issue(&self, (clients, seconds): (u32, u32), at_once: usize) -> Figure {
        self.stock(seconds);
        threads::run(
            (clients, seconds),
            || (),
            |()| {
                let ids: Vec<CertificateId> = {
                    let mut asked = self.asked.lock().unwrap();
                    let rest = asked.len().saturating_sub(at_once);
                    asked.split_off(rest)
                };
                if ids.is_empty() {
                    return 0;
                }
                let mut link = self.issuer.app.db.link(Lane::Short).unwrap();
                for issued in self.issuer.app.issue(&mut link, &ids) {
                    assert_eq!(issued.unwrap(), Issuing::Issued);
                }
                self.issued.fetch_add(ids.len(), Ordering::Relaxed);
                ids.len()
            },
        )
    }
}

fn call(person: PersonId) -> Call {
    Call {
        actor: Actor::Holder(Holder {
            person,
            loa: Loa::Loa3,
        }),
        channel: Channel::MinaSidor,
        correlation: "BENCH-02".to_owned(),
        request: None,
    }
}

/// A request (PKCS #10) by a key that nobody has.
fn request() -> Vec<u8> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
    let public = pair.public_key().as_der().unwrap();
    let info = CertReqInfo {
        version: Version::V1,
        subject: Name::default(),
        public_key: SubjectPublicKeyInfoOwned::from_der(public.as_ref()).unwrap(),
        attributes: Default::default(),
    };
    let signed = pair.sign(&SystemRandom::new(), &info.to_der().unwrap());
    let request = CertReq {
        info,
        algorithm: AlgorithmIdentifierOwned {
            oid: ECDSA_WITH_SHA256,
            parameters: None,
        },
        signature: BitString::from_bytes(signed.unwrap().as_ref()).unwrap(),
    };
    request.to_der().unwrap()
}

/// The places of those asked, in the table.
mod place {
    pub const SIGNING: usize = 0;
    pub const TRANSACTION: usize = 1;
    pub const COMMAND: usize = 2;
    pub const ALONE: usize = 3;
    pub const OURS: usize = 4;
    pub const CFSSL: usize = 5;
    pub const CFSSL_STORING: usize = 6;
}

impl Bench<'_> {
    /// Issuing with a key of the kind; gives serials that have been issued.
    pub fn issuing(
        &self,
        page: &mut String,
        conn: &mut PgConnection,
        algorithm: Algorithm,
    ) -> Vec<String> {
        let issuer = Issuer::open(self.options, &self.system.app, algorithm);
        let desk = Desk::open(&issuer, conn);
        let kind = key_kind(algorithm);
        let plain = Cfssl::start(&folder(self, &format!("cfssl-{kind}")), algorithm, None);
        let home = folder(self, &format!("cfssl-{kind}-storing"));
        let database = (&mut *conn, self.options.database.admin_url.as_str());
        let storing = Cfssl::start(&home, algorithm, Some(database));
        let measured = self.ask_about_issuing(&issuer, &desk, (&plain, &storing));
        let kept = cfssl::stored(conn);
        let line = Line {
            title: format!("Issuing a certificate, the authority's key {kind}"),
            measured,
            goal: None,
            note: String::new(),
        };
        line.write(page);
        judge(page, &line);
        let _ = writeln!(
            page,
            "- Ours: called by threads in one process over {THREADS} connections, key in SoftHSM2; \
             a serial kept, the certificate made, linted and kept, signed, verified and kept, and \
             the ledger told: four transactions, and a line in the log for each certificate. {} \
             were issued. Many at once share the transactions; the times are those of the whole \
             set. The limit is 1 ÷ (1/signatures + 1/transactions) of the first two rows.\n\
             - CFSSL 1.2 (Debian): `cfssl serve` over loopback HTTP, one request signed again and \
             again, key in a file; nothing is linted or logged. Storing, it writes each \
             certificate into a table of the same PostgreSQL: {kept} rows.",
            desk.issued.load(Ordering::Relaxed),
        );
        tidy(conn);
        issued(conn, &name(algorithm, SIGNS))
    }

    fn ask_about_issuing(
        &self,
        issuer: &Issuer,
        desk: &Desk<'_>,
        (plain, storing): (&Cfssl, &Cfssl),
    ) -> Vec<crate::run::table::Measured> {
        let message = vec![0x5a; TO_BE_SIGNED];
        let pool = minimal::pool(&self.options.database.app_url, THREADS);
        let draw = std::sync::atomic::AtomicU32::new(0);
        let mut asked: Vec<(&str, Ask<'_>)> = vec![
            (
                "the token's key signing alone",
                Box::new(|c, s| {
                    let sign = |(): &mut ()| issuer.key.sign(&message).is_ok();
                    threads::run((c, s), || (), sign)
                }),
            ),
            (
                "minimal transaction (four statements)",
                Box::new(|c, s| {
                    let once = |(): &mut ()| {
                        let next = draw.fetch_add(7919, Ordering::Relaxed);
                        let number = i32::try_from(1 + next % 900_000).unwrap();
                        let now = self.system.app.db.now();
                        minimal::activate(&mut pool.get().unwrap(), number, now);
                        true
                    };
                    threads::run((c, s), || (), once)
                }),
            ),
            (
                "a command of our ledger (the certificate is asked for)",
                Box::new(|c, s| desk.ask(c, s)),
            ),
            (
                "issued one by one, with lint, storage and log",
                Box::new(|c, s| desk.issue((c, s), 1)),
            ),
            (
                "issued as a worker does that has many to issue (up to 100 at once)",
                Box::new(|c, s| desk.issue((c, s), AT_ONCE)),
            ),
            ("CFSSL, nothing stored", Box::new(|c, s| plain.run(c, s))),
            ("CFSSL, storing", Box::new(|c, s| storing.run(c, s))),
        ];
        in_turn(self.options, &mut asked)
    }
}

fn judge(page: &mut String, line: &Line) {
    let rate = |place: usize| line.measured[place].figures[1].per_second;
    let both = |one: f64, other: f64| 1.0 / (1.0 / one + 1.0 / other);
    let ours = rate(place::OURS);
    let limit = both(rate(place::SIGNING), rate(place::TRANSACTION));
    let own = both(rate(place::SIGNING), rate(place::COMMAND));
    verdict(
        page,
        &format!("Ours (up to 100 at once) of the limit ({limit:.0} a second) at 16 clients"),
        ours / limit,
        0.35,
    );
    let _ = writeln!(
        page,
        "- One by one: {:.2} of the limit, {:.2} of CFSSL that stores. With the ledger's own \
         command instead of the minimal transaction the limit would be {own:.0} a second, ours \
         one by one {:.2} of it.",
        rate(place::ALONE) / limit,
        rate(place::ALONE) / rate(place::CFSSL_STORING),
        rate(place::ALONE) / own
    );
    for (place, name) in [
        (place::CFSSL_STORING, "CFSSL that stores"),
        (place::CFSSL, "CFSSL that stores nothing"),
    ] {
        verdict(page, &format!("Ours of {name}"), ours / rate(place), 0.8);
    }
}

/// Nobody is to go on with what the measurement has asked for.
fn tidy(conn: &mut PgConnection) {
    conn.batch_execute("DELETE FROM outbox WHERE topic = 'issue_certificate'")
        .unwrap();
}

/// Serials of an authority that have been signed.
fn issued(conn: &mut PgConnection, authority: &str) -> Vec<String> {
    let query = format!(
        "SELECT serial AS text FROM issuance WHERE authority = '{authority}' \
         AND signed_at IS NOT NULL ORDER BY random() LIMIT 1000"
    );
    crate::run::lines::texts(conn, &query)
}
