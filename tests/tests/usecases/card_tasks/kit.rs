//! A card client as the server meets it: it speaks the protocol over HTTP, and its card is the one
//! that the simulated factory has made, with the keys in memory.

use std::collections::BTreeMap;

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cards_acceptance::authority::issuing;
use cards_acceptance::people::Person;
use cards_acceptance::site::Site;
use cards_acceptance::{World, authority::TestAuthority};
use cards_app::card_tasks::{OfferedTask, TaskWish};
use cards_app::{Call, Failure};
use cards_domain::access::{Actor, Holder, Loa};
use cards_domain::card::Card;
use cards_domain::card_task::{CardTask, TaskKind, TaskStage};
use cards_domain::certificate::Profile;
use cards_domain::ids::CardTaskId;
use cards_domain::lifecycle::Lifecycle as _;
use serde_json::{Value, json};
use x509_cert::der::asn1::BitString;
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::der::pem::{self, LineEnding};
use x509_cert::der::{Decode as _, Encode as _};
use x509_cert::request::{CertReq, CertReqInfo, Version};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

const ECDSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");

/// A served world that issues certificates.
pub fn site() -> Site {
    served().0
}

/// As [`site`], with the authority.
pub fn served() -> (Site, std::sync::Arc<TestAuthority>) {
    let mut authority = None;
    let site = Site::with(|port| {
        let (world, own) = issuing(World::at_port(port), port);
        authority = Some(own);
        world
    });
    (site, authority.unwrap())
}

/// What is wanted of a card.
pub fn wish(kind: TaskKind, card: &Card) -> TaskWish {
    TaskWish {
        kind,
        card: card.id,
        language: "sv".to_owned(),
        pair: None,
        text: None,
        check: None,
    }
}

/// Offers a task.
pub fn try_offer(world: &World, by: &Call, wish: TaskWish) -> Result<OfferedTask, Failure> {
    world.app().offer_task(&mut world.link(), by, wish)
}

/// Offers a task that is not refused.
pub fn offer(world: &World, by: &Call, kind: TaskKind, card: &Card) -> OfferedTask {
    try_offer(world, by, wish(kind, card)).unwrap()
}

/// Where a task stands.
pub fn stage(world: &World, id: CardTaskId) -> TaskStage {
    task(world, id).stage()
}

/// A task as it stands.
pub fn task(world: &World, id: CardTaskId) -> CardTask {
    world.link().card_task(id).unwrap().unwrap()
}

/// A call by the person, logged in at level 2.
pub fn low(person: &Person) -> Call {
    let holder = Holder {
        person: person.id,
        loa: Loa::Loa2,
    };
    Call {
        actor: Actor::Holder(holder),
        ..person.call()
    }
}

/// A key on a chip.
pub struct Key {
    pkcs8: Vec<u8>,
}

impl Key {
    pub fn new() -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        Self {
            pkcs8: pair.to_pkcs8v1().unwrap().as_ref().to_vec(),
        }
    }

    /// A signature as `r ‖ s`.
    pub fn sign(&self, text: &str) -> Vec<u8> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &self.pkcs8);
        let signature = pair.unwrap().sign(&SystemRandom::new(), text.as_bytes());
        signature.unwrap().as_ref().to_vec()
    }

    /// A signature as DER.
    pub fn sign_der(&self, text: &[u8]) -> Vec<u8> {
        let signature = self.pair().sign(&SystemRandom::new(), text).unwrap();
        signature.as_ref().to_vec()
    }

    /// A request (PKCS #10) that names nobody.
    pub fn request(&self) -> Vec<u8> {
        let der = self.pair().public_key().as_der().unwrap();
        let info = CertReqInfo {
            version: Version::V1,
            subject: x509_cert::name::Name::default(),
            public_key: SubjectPublicKeyInfoOwned::from_der(der.as_ref()).unwrap(),
            attributes: Default::default(),
        };
        let signature = self.sign_der(&info.to_der().unwrap());
        let request = CertReq {
            info,
            algorithm: AlgorithmIdentifierOwned {
                oid: ECDSA_WITH_SHA256,
                parameters: None,
            },
            signature: BitString::from_bytes(&signature).unwrap(),
        };
        request.to_der().unwrap()
    }

    /// The key and a certificate of it, one after the other (PEM): how clients take them.
    pub fn pem_with(&self, certificate: &[u8]) -> String {
        let pem = |kind, der| pem::encode_string(kind, LineEnding::LF, der).unwrap();
        pem("PRIVATE KEY", &self.pkcs8) + &pem("CERTIFICATE", certificate)
    }

    fn pair(&self) -> EcdsaKeyPair {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &self.pkcs8).unwrap()
    }
}

/// The chip of a card that the factory has made.
pub struct Chip {
    keys: BTreeMap<String, Key>,
    certificates: BTreeMap<String, Vec<u8>>,
}

impl Chip {
    pub fn of(world: &World, card: &Card) -> Self {
        let number = card.number.as_ref().unwrap().as_str();
        let file = find(world.folder(), &format!("{number}.json"));
        let chip: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let (mut keys, mut certificates) = (BTreeMap::new(), BTreeMap::new());
        for key in chip["keys"].as_array().unwrap() {
            let profile = key["profile"].as_str().unwrap().to_owned();
            let bytes = |name: &str| STANDARD.decode(key[name].as_str().unwrap()).unwrap();
            let pkcs8 = bytes("pkcs8");
            keys.insert(profile.clone(), Key { pkcs8 });
            certificates.insert(profile, bytes("certificate"));
        }
        Self { keys, certificates }
    }

    /// The proof by the pair with the HSA-id.
    pub fn proof(&self, text: &str) -> Value {
        self.proof_by("hsa_id", text)
    }

    pub fn proof_by(&self, profile: &str, text: &str) -> Value {
        json!({
            "certificate": STANDARD.encode(&self.certificates[profile]),
            "signature": STANDARD.encode(self.keys[profile].sign(text)),
        })
    }

    /// As [`Chip::proof`], with the signature as DER.
    pub fn proof_in_der(&self, text: &str) -> Value {
        let signature = self.keys["hsa_id"].sign_der(text.as_bytes());
        json!({
            "certificate": STANDARD.encode(&self.certificates["hsa_id"]),
            "signature": STANDARD.encode(signature),
        })
    }
}

fn find(folder: &std::path::Path, name: &str) -> std::path::PathBuf {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|own| own == name) {
                return path;
            }
        }
    }
    panic!("the factory has kept no {name}");
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub json: Value,
    pub retry_after: Option<String>,
}

impl Reply {
    pub fn code(&self) -> (u16, &str) {
        (self.status, self.json["code"].as_str().unwrap_or_default())
    }
}

/// What every card client has: a way to the server.
pub struct Wire {
    url: String,
    client: reqwest::Client,
    runtime: tokio::runtime::Runtime,
}

impl Wire {
    pub fn to(site: &Site) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let client = reqwest::Client::builder().pool_max_idle_per_host(0);
        Self {
            url: format!("{}/card-client/v1/tasks", site.url),
            client: client.build().unwrap(),
            runtime: { runtime }.enable_all().build().unwrap(),
        }
    }

    pub fn send(&self, path: &str, secret: Option<&str>, body: Option<&Value>) -> Reply {
        let url = format!("{}/{path}", self.url);
        let request = match body {
            Some(body) => self.client.post(url).json(body),
            None => self.client.get(url),
        };
        let request = match secret {
            Some(secret) => request.bearer_auth(secret),
            None => request,
        };
        self.runtime.block_on(async {
            let answer = request.send().await.unwrap();
            let status = answer.status().as_u16();
            let retry_after = answer.headers().get("retry-after");
            let retry_after = retry_after.map(|value| value.to_str().unwrap().to_owned());
            let body = answer.bytes().await.unwrap();
            Reply {
                status,
                json: serde_json::from_slice(&body).unwrap_or_default(),
                retry_after,
            }
        })
    }

    pub fn fetch(&self, code: &str) -> Reply {
        let body = json!({ "code": code, "client": "kortklient 0.1.0" });
        self.send("fetch", None, Some(&body))
    }
}

/// A card client that has fetched a task.
pub struct Client {
    wire: Wire,
    pub id: String,
    pub secret: String,
    pub sheet: Value,
}

impl Client {
    /// Fetches the task with the code that was offered.
    pub fn with(site: &Site, offered: &OfferedTask) -> Self {
        let wire = Wire::to(site);
        let reply = wire.fetch(&offered.code);
        assert_eq!(reply.status, 200, "{:?}", reply.json);
        Self {
            wire,
            id: reply.json["task"].as_str().unwrap().to_owned(),
            secret: reply.json["secret"].as_str().unwrap().to_owned(),
            sheet: reply.json,
        }
    }

    pub fn post(&self, what: &str, body: &Value) -> Reply {
        let path = format!("{}/{what}", self.id);
        self.wire.send(&path, Some(&self.secret), Some(body))
    }

    /// The sheet as it is now.
    pub fn sheet(&self) -> Reply {
        self.wire.send(&self.id, Some(&self.secret), None)
    }

    /// What the card signs.
    pub fn text(&self) -> String {
        let (kind, id) = (self.sheet["kind"].as_str().unwrap(), &self.id);
        let challenge = self.sheet["challenge"].as_str().unwrap();
        let text = self.sheet["text"].as_str().unwrap_or_default();
        format!("kortkontor card task v1\n{kind}\n{id}\n{challenge}\n{text}")
    }

    pub fn prove(&self, chip: &Chip) -> Reply {
        self.post("proof", &chip.proof(&self.text()))
    }

    pub fn request(&self, profile: &str, key: &Key) -> Reply {
        let request = STANDARD.encode(key.request());
        let body = json!({ "profile": profile, "request": request });
        self.post("requests", &body)
    }

    pub fn written(&self, certificate: &str, key: &Key) -> Reply {
        let challenge = self.sheet["challenge"].as_str().unwrap();
        let text = format!("kortkontor certificate v1\n{certificate}\n{challenge}\n");
        let signature = STANDARD.encode(key.sign(&text));
        let body = json!({ "certificate": certificate, "signature": signature });
        self.post("written", &body)
    }
}

/// The id of the certificate that a request was told.
pub fn told(reply: &Reply) -> String {
    assert_eq!(reply.status, 200, "{:?}", reply.json);
    reply.json["certificate"].as_str().unwrap().to_owned()
}

/// Fetches the certificates for signing of an active card; gives the keys.
pub fn fetch_signing(site: &Site, person: &Person, card: &Card) -> BTreeMap<String, Key> {
    let world = &site.world;
    let offered = offer(world, &person.call(), TaskKind::FetchSigning, card);
    let client = Client::with(site, &offered);
    assert_eq!(client.prove(&Chip::of(world, card)).status, 204);
    let mut keys = BTreeMap::new();
    for profile in [Profile::HsaId, Profile::PersonId] {
        let (profile, key) = (<&str>::from(profile), Key::new());
        let certificate = told(&client.request(profile, &key));
        world.work();
        assert_eq!(client.written(&certificate, &key).status, 204);
        keys.insert(profile.to_owned(), key);
    }
    keys
}
