//! An office in memory: the server's side of the protocol for one card, as far as the client can see
//! it. It judges proofs and requests, and signs certificates with a key of its own.
#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "two kinds of tests use different parts of it"
)]

mod certificates;

use crate::proof::{Proof, judge};
use crate::task::{Call, Reply, Wire, WireFault, hash_of_key};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use certificates::certificate;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use std::sync::{Mutex, MutexGuard};
use uuid::Uuid;
use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::prelude::FromDer;

/// The answer to a card's question.
pub type Answer = Box<dyn Fn(&[u8]) -> Vec<u8> + Send + Sync>;

/// The code that fetches the task, as it is typed.
pub const CODE: &str = "K7QF-M2PX";
const SECRET: &str = "the-secret-of-this-task";
const CHALLENGE: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// A certificate in the books.
#[derive(Clone)]
pub struct Entry {
    pub id: Uuid,
    pub profile: &'static str,
    pub usage: &'static str,
    pub stage: &'static str,
    pub key: String,
    pub der: Vec<u8>,
}

/// What the office knows and has heard.
pub struct Books {
    pub kind: &'static str,
    pub number: String,
    pub profiles: Vec<&'static str>,
    pub entries: Vec<Entry>,
    pub remove: Option<Vec<Uuid>>,
    pub text: Option<String>,
    pub registered: bool,
    pub proved: bool,
    pub done: bool,
    /// Whether the code can be used.
    pub offered: bool,
    pub steps: Vec<String>,
    pub given_up: Option<String>,
    pub report: Option<Value>,
    pub answered: u32,
    /// How often the sheet is read before a certificate is signed.
    pub slow: u32,
    /// So many calls are not heard.
    pub unheard: u32,
    /// The answer to the call with this number is lost, counted from 1.
    pub lose_answer: Option<u32>,
    calls: u32,
    /// What the proof is refused with.
    pub refuse_proof: Option<&'static str>,
    /// Requests end so.
    pub refuse_request: bool,
    polls: u32,
    made: u128,
}

/// An office.
pub struct PretendOffice {
    books: Mutex<Books>,
    key: EcdsaKeyPair,
    answer: Answer,
}

impl PretendOffice {
    /// An office with a task of this kind for the card with this number.
    pub fn new(kind: &'static str, number: &str, answer: Answer) -> Self {
        let books = Books {
            kind,
            number: number.to_owned(),
            profiles: vec!["person_id"],
            entries: Vec::new(),
            remove: None,
            text: None,
            registered: false,
            proved: false,
            done: false,
            offered: true,
            steps: Vec::new(),
            given_up: None,
            report: None,
            answered: 0,
            slow: 1,
            unheard: 0,
            lose_answer: None,
            calls: 0,
            refuse_proof: None,
            refuse_request: false,
            polls: 0,
            made: 0,
        };
        Self {
            books: Mutex::new(books),
            key: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap(),
            answer,
        }
    }

    pub fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap()
    }

    /// Enters a certificate that is on the card.
    pub fn knows(
        &self,
        profile: &'static str,
        usage: &'static str,
        stage: &'static str,
        der: &[u8],
    ) -> Uuid {
        let (_, read) = x509_parser::parse_x509_certificate(der).unwrap();
        let key = hash_of_key(read.public_key().raw);
        self.books().enter(profile, usage, stage, key, der.to_vec())
    }

    /// Answers cards otherwise.
    pub fn says(&mut self, answer: Answer) {
        self.answer = answer;
    }

    /// A new code for the same task.
    pub fn renew(&self) {
        self.books().offered = true;
    }

    /// A certificate of this office for a key.
    pub fn certify(&self, key: &[u8], profile: &str, usage: &str) -> Vec<u8> {
        certificate(&self.key, key, profile, usage)
    }

    /// Answers a call as the server would: its status and what it says.
    pub fn answer(&self, path: &str, bearer: Option<&str>, body: Option<&[u8]>) -> (u16, Value) {
        let body: Value = body.map_or(Value::Null, |body| serde_json::from_slice(body).unwrap());
        let mut books = self.books();
        if path == "/card-client/v1/tasks/fetch" {
            return books.fetched(&body);
        }
        if bearer != Some(SECRET) {
            return refused(401, "no_such_task");
        }
        if books.done || books.given_up.is_some() {
            return refused(409, "task_over");
        }
        let own = format!("/card-client/v1/tasks/{}", books.task());
        match path.strip_prefix(&own) {
            Some("") => {
                self.sign_what_waits(&mut books);
                (200, books.sheet())
            }
            Some(call) => self.called(&mut books, call, &body),
            None => refused(404, "no_such_task"),
        }
    }

    fn called(&self, books: &mut Books, call: &str, body: &Value) -> (u16, Value) {
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        match call {
            "/steps" => {
                let step = text("step");
                if books.steps.last() != Some(&step) {
                    books.steps.push(step);
                }
            }
            "/card-challenge" => {
                books.answered += 1;
                let asked = bytes(&text("challenge"));
                let answer = (self.answer)(&asked);
                return (200, json!({ "response": hexadecimal(&answer) }));
            }
            "/proof" => return books.proof(&text("certificate"), &text("signature")),
            "/requests" => return books.requested(&text("profile"), &text("request")),
            "/written" => return books.written(&text("certificate"), &text("signature")),
            "/deleted" => return books.deleted(&text("certificate")),
            "/report" => {
                books.report = Some(body.clone());
                books.done = books.kind == "test_card";
            }
            "/given-up" => {
                books.given_up = Some(text("cause"));
                books.offered = false;
            }
            other => panic!("{other}"),
        }
        (204, Value::Null)
    }

    fn sign_what_waits(&self, books: &mut Books) {
        books.polls += 1;
        if books.polls < books.slow {
            return;
        }
        for entry in books
            .entries
            .iter_mut()
            .filter(|one| one.stage == "requested")
        {
            let key = std::mem::take(&mut entry.der);
            entry.der = self.certify(&key, entry.profile, entry.usage);
            entry.stage = "issued";
        }
    }
}

impl Books {
    fn task(&self) -> Uuid {
        Uuid::from_u128(0x0189_0a5d_ac96_774b_bcce_b302_099a_8057)
    }

    pub fn enter(
        &mut self,
        profile: &'static str,
        usage: &'static str,
        stage: &'static str,
        key: String,
        der: Vec<u8>,
    ) -> Uuid {
        self.made += 1;
        let id = Uuid::from_u128(self.made);
        self.entries.push(Entry {
            id,
            profile,
            usage,
            stage,
            key,
            der,
        });
        id
    }

    /// The profiles that the card lacks a certificate for signing of.
    pub fn wanted(&self) -> Vec<&'static str> {
        let has = |profile: &str| {
            let mut active = self.entries.iter().filter(|one| one.stage == "active");
            active.any(|one| one.usage == "signature" && one.profile == profile)
        };
        let profiles = self.profiles.iter().copied();
        profiles
            .filter(|profile| self.kind == "fetch_signing" && !has(profile))
            .collect()
    }

    fn sheet(&self) -> Value {
        let entry = |one: &Entry| {
            let signed = one.stage != "requested";
            json!({"id": one.id, "profile": one.profile, "usage": one.usage, "stage": one.stage,
                "key": one.key, "der": signed.then(|| BASE64.encode(&one.der))})
        };
        let wanted = self.wanted().into_iter();
        let wanted: Vec<Value> = wanted
            .map(|profile| json!({"profile": profile, "usage": "signature"}))
            .collect();
        json!({"task": self.task(), "kind": self.kind, "language": "sv",
            "expires_at": "2030-01-01T00:00:00Z", "card": {"number": self.number},
            "holder": {"birth": "1979-03-15"}, "challenge": CHALLENGE, "wanted": wanted,
            "certificates": self.entries.iter().map(entry).collect::<Vec<Value>>(),
            "remove": self.remove, "text": self.text, "proved": self.proved,
            "registered": self.registered})
    }

    fn fetched(&mut self, body: &Value) -> (u16, Value) {
        let code = CODE.replace('-', "");
        if !self.offered || body["code"] != json!(code) || self.done {
            return refused(404, "no_such_task");
        }
        self.offered = false;
        self.given_up = None;
        let mut sheet = self.sheet();
        sheet["secret"] = json!(SECRET);
        (200, sheet)
    }

    fn proof(&mut self, certificate: &str, signature: &str) -> (u16, Value) {
        if let Some(code) = self.refuse_proof {
            return refused(422, code);
        }
        let certificate = BASE64.decode(certificate).unwrap();
        let mut known = self.entries.iter();
        if !known.any(|one| {
            one.der == certificate && one.usage == "authentication" && one.stage == "active"
        }) {
            return refused(422, "wrong_card");
        }
        let (kind, task) = (self.kind, self.task());
        let signed = match kind {
            "sign_receipt" => self.text.clone().unwrap_or_default(),
            _ => String::new(),
        };
        let message = format!("kortkontor card task v1\n{kind}\n{task}\n{CHALLENGE}\n{signed}");
        let signature = BASE64.decode(signature).unwrap();
        if judge(&certificate, message.as_bytes(), &signature) != Proof::True {
            return refused(422, "proof_does_not_hold");
        }
        self.proved = true;
        self.done = !["fetch_signing", "delete_certificate"].contains(&kind);
        (204, Value::Null)
    }

    fn requested(&mut self, profile: &str, request: &str) -> (u16, Value) {
        if !self.proved {
            return refused(403, "proof_needed");
        }
        if self.refuse_request {
            return (
                422,
                json!({"code": "other", "detail": "Det går inte just nu."}),
            );
        }
        let request = BASE64.decode(request).unwrap();
        let (_, read) = X509CertificationRequest::from_der(&request).unwrap();
        let info = &read.certification_request_info;
        let point = info.subject_pki.subject_public_key.data.as_ref();
        let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point);
        let signature = read.signature_value.data.as_ref();
        if public.verify(info.raw, signature).is_err() {
            return refused(422, "request_no_proof");
        }
        let key = hash_of_key(info.subject_pki.raw);
        if let Some(known) = self.entries.iter().find(|one| one.key == key) {
            return (200, json!({ "certificate": known.id }));
        }
        let known = self.profiles.iter().find(|known| **known == profile);
        let profile = *known.unwrap();
        self.polls = 0;
        let raw = info.subject_pki.raw.to_vec();
        let id = self.enter(profile, "signature", "requested", key, raw);
        (200, json!({ "certificate": id }))
    }

    fn written(&mut self, certificate: &str, signature: &str) -> (u16, Value) {
        let message = format!("kortkontor certificate v1\n{certificate}\n{CHALLENGE}\n");
        let signature = BASE64.decode(signature).unwrap();
        let id: Uuid = certificate.parse().unwrap();
        let found = self.entries.iter_mut().find(|one| one.id == id);
        let Some(entry) = found.filter(|one| one.stage != "requested") else {
            return refused(404, "no_such_certificate");
        };
        if judge(&entry.der, message.as_bytes(), &signature) != Proof::True {
            return refused(422, "proof_does_not_hold");
        }
        entry.stage = "active";
        self.done = self.wanted().is_empty();
        (204, Value::Null)
    }

    fn deleted(&mut self, certificate: &str) -> (u16, Value) {
        let id: Uuid = certificate.parse().unwrap();
        let entry = self.entries.iter_mut().find(|one| one.id == id).unwrap();
        entry.stage = "off_card";
        self.done = true;
        (204, Value::Null)
    }
}

impl Wire for PretendOffice {
    fn send(&self, call: &Call<'_>) -> Result<Reply, WireFault> {
        let number = {
            let mut books = self.books();
            if books.unheard > 0 {
                books.unheard -= 1;
                return Err(WireFault::NoContact);
            }
            books.calls += 1;
            books.calls
        };
        let bearer = call.bearer.map(|secret| secret.expose_secret());
        let (status, said) = self.answer(call.path, bearer, call.body.as_deref());
        if self.books().lose_answer == Some(number) {
            return Err(WireFault::NoContact);
        }
        let body = said.to_string().into_bytes();
        Ok(Reply { status, body })
    }
}

fn refused(status: u16, code: &str) -> (u16, Value) {
    (
        status,
        json!({"type": "about:blank", "title": code, "status": status, "code": code}),
    )
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(text: &str) -> Vec<u8> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}
