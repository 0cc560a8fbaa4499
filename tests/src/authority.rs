//! A certificate authority for a world: the real one with its keys in memory, behind a switch that
//! stops it at any step.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use cards_app::ports::{
    AuthoritySheet, CertificateAuthority, CertificateOrder, ExaminedRecord, GatewayError,
    ListOrder, ListedSerial, MadeForSigning, ReadQuestion, SerialPlace, StatusAnswer,
    StatusQuestion,
};
use cards_domain::certificate::{Certificate, CrlReason, Profile, SigningRequest};
use cards_domain::ids::CardId;
use cards_gateways::Demonstration;
use cards_gateways::authority::{Authorities, demonstration_profiles};
use chrono::{DateTime, Utc};

use crate::World;

/// Where the authority stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Nowhere.
    Never,
    /// There is none of the kind that is asked for.
    AtReserving,
    /// Nothing is made ready.
    AtPreparing,
    /// It signs, and what it signed is lost on the way back.
    AfterSigning,
    /// No list is built.
    AtListing,
    /// Every certificate is said to be good.
    AnswersGood,
    /// Every certificate is said to be revoked.
    AnswersRevoked,
    /// Each answer takes a fifth of a second.
    AnswersSlowly,
}

/// The authority of a world.
pub struct TestAuthority {
    inner: Authorities,
    stop: AtomicU8,
    signed: Mutex<Vec<Vec<u8>>>,
}

impl TestAuthority {
    /// From now on it stops there.
    pub fn stop(&self, stop: Stop) {
        self.stop.store(stop_number(stop), Ordering::SeqCst);
    }

    /// Everything that has ever been signed, also what was lost.
    #[must_use]
    pub fn signed(&self) -> Vec<Vec<u8>> {
        let signed = self.signed.lock().unwrap_or_else(PoisonError::into_inner);
        signed.clone()
    }

    fn stops(&self, stop: Stop) -> bool {
        self.stop.load(Ordering::SeqCst) == stop_number(stop)
    }
}

fn stop_number(stop: Stop) -> u8 {
    match stop {
        Stop::Never => 0,
        Stop::AtReserving => 1,
        Stop::AtPreparing => 2,
        Stop::AfterSigning => 3,
        Stop::AtListing => 4,
        Stop::AnswersGood => 5,
        Stop::AnswersRevoked => 6,
        Stop::AnswersSlowly => 7,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a token that is slow is what is tested"
)]
fn slowly() {
    std::thread::sleep(std::time::Duration::from_millis(200));
}

fn away() -> GatewayError {
    GatewayError::Retry("the authority was stopped by the test".to_owned())
}

impl CertificateAuthority for TestAuthority {
    fn authorities(&self) -> Vec<AuthoritySheet> {
        if self.stops(Stop::AtReserving) {
            return Vec::new();
        }
        self.inner.authorities()
    }
    fn name_of(&self, certificate: &[u8]) -> Option<(String, String)> {
        self.inner.name_of(certificate)
    }
    fn read_request(&self, request: &[u8]) -> Result<SigningRequest, GatewayError> {
        self.inner.read_request(request)
    }
    fn place(&self, random: [u8; 16]) -> SerialPlace {
        self.inner.place(random)
    }
    fn prepare(&self, order: &CertificateOrder<'_>) -> Result<MadeForSigning, GatewayError> {
        if self.stops(Stop::AtPreparing) {
            return Err(away());
        }
        self.inner.prepare(order)
    }
    fn sign(&self, authority: &str, tbs: &[u8]) -> Result<Vec<u8>, GatewayError> {
        let der = self.inner.sign(authority, tbs)?;
        let mut signed = self.signed.lock().unwrap_or_else(PoisonError::into_inner);
        signed.push(der.clone());
        if self.stops(Stop::AfterSigning) {
            return Err(away());
        }
        Ok(der)
    }
    fn list_hours(&self) -> u32 {
        self.inner.list_hours()
    }
    fn list(
        &self,
        order: ListOrder<'_>,
        revoked: &[ListedSerial],
    ) -> Result<Vec<u8>, GatewayError> {
        if self.stops(Stop::AtListing) {
            return Err(away());
        }
        self.inner.list(order, revoked)
    }
    fn read_list(&self, authority: &str, list: &[u8]) -> Result<Vec<String>, String> {
        self.inner.read_list(authority, list)
    }
    fn answers_for(&self, authority: &str) -> bool {
        self.inner.answers_for(authority)
    }
    fn read_question(
        &self,
        authority: &str,
        question: StatusQuestion<'_>,
    ) -> Result<ReadQuestion, Vec<u8>> {
        self.inner.read_question(authority, question)
    }
    fn answer_question(
        &self,
        authority: &str,
        question: &ReadQuestion,
        answers: &[StatusAnswer],
        at: DateTime<Utc>,
    ) -> Result<Vec<u8>, GatewayError> {
        if self.stops(Stop::AnswersSlowly) {
            slowly();
        }
        let reason = CrlReason::Superseded;
        let said = if self.stops(Stop::AnswersGood) {
            vec![StatusAnswer::Good; answers.len()]
        } else if self.stops(Stop::AnswersRevoked) {
            vec![StatusAnswer::Revoked { at, reason }; answers.len()]
        } else {
            answers.to_vec()
        };
        self.inner.answer_question(authority, question, &said, at)
    }
    fn question(&self, authority: &str, serials: &[String]) -> Result<Vec<u8>, GatewayError> {
        self.inner.question(authority, serials)
    }
    fn read_answer(
        &self,
        authority: &str,
        answer: &[u8],
    ) -> Result<Vec<(String, StatusAnswer)>, String> {
        self.inner.read_answer(authority, answer)
    }
    fn try_later(&self) -> Vec<u8> {
        self.inner.try_later()
    }
    fn examine(&self, record: &ExaminedRecord<'_>) -> Vec<String> {
        self.inner.examine(record)
    }
}

/// Lets a world issue certificates, whose addresses lead to `port`.
///
/// # Panics
/// The world is in use already, or the authority is not founded.
#[must_use]
pub fn issuing(mut world: World, port: u16) -> (World, Arc<TestAuthority>) {
    let allowed = Demonstration::unless_production("test").unwrap();
    let system = Arc::get_mut(&mut world.system).expect("nobody else has the world's system");
    let ports = &mut system.app.ports;
    let profiles = demonstration_profiles(&format!("http://127.0.0.1:{port}/pki"));
    let (now, entropy) = (ports.clock.now(), Arc::clone(&ports.entropy));
    let authority = Arc::new(TestAuthority {
        inner: Authorities::in_memory(allowed, profiles, now, entropy).unwrap(),
        stop: AtomicU8::new(stop_number(Stop::Never)),
        signed: Mutex::new(Vec::new()),
    });
    ports.authority = Some(authority.clone());
    (world, authority)
}

impl World {
    /// The certificates of a card, the HSA-id first.
    ///
    /// # Panics
    /// There is no card.
    #[must_use]
    pub fn certificates(&self, card: CardId) -> Vec<Certificate> {
        let sheet = self.link().card_for_errand(card).unwrap().unwrap();
        let mut certificates = sheet.parts.certificates;
        certificates.sort_by_key(|one| (one.profile, one.usage));
        certificates
    }

    /// The certificate of a card for log-in by one of the profiles.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn certificate(&self, card: CardId, profile: Profile) -> Certificate {
        let mut certificates = self.certificates(card).into_iter();
        certificates.find(|one| one.profile == profile).unwrap()
    }
}
