//! The certificate authority as the application sees it: it reads requests, makes what is to be
//! signed, signs, lists and answers. It keeps nothing but its keys; every record is ours.

use cards_domain::access::Loa;
use cards_domain::certificate::{CertificateStage, CrlReason, Profile, SigningRequest, Usage};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::GatewayError;

/// One authority of the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthoritySheet {
    /// Its name, as in addresses.
    pub name: String,
    /// What it issues, and at which level; `None` for the root.
    pub issues: Option<(Profile, Loa)>,
    /// Its own certificate (DER).
    pub certificate: Vec<u8>,
    /// How many lists of revoked certificates it has.
    pub shards: u16,
}

/// What a certificate says of its holder and card. Kept encrypted beside it; never in a log.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateBasis {
    /// Given name; empty where the holder has only one name.
    pub given_name: String,
    /// Surname.
    pub surname: String,
    /// The HSA-id or the personnummer with twelve digits, by the profile.
    pub identifier: String,
    /// The organisation that issues the card.
    pub organisation: String,
    /// The number on the card.
    pub card_number: String,
}

impl std::fmt::Debug for CertificateBasis {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("CertificateBasis(****)")
    }
}

/// A serial for a certificate, and the list that it will stand on if it is revoked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SerialPlace {
    /// Lower-case hexadecimal.
    pub serial: String,
    /// Which of the authority's lists.
    pub shard: u16,
}

/// A certificate to be made.
#[derive(Clone, Debug)]
pub struct CertificateOrder<'a> {
    /// Who signs.
    pub authority: &'a str,
    /// Whom it names the holder as.
    pub profile: Profile,
    /// What its key is for.
    pub usage: Usage,
    /// Its serial.
    pub serial: &'a str,
    /// What it says.
    pub basis: &'a CertificateBasis,
    /// The request (PKCS #10, DER).
    pub request: &'a [u8],
    /// From when it is valid.
    pub not_before: DateTime<Utc>,
    /// The last second of the card's last day.
    pub not_after: DateTime<Utc>,
}

/// What is to be signed.
#[derive(Clone, PartialEq, Eq)]
pub struct MadeForSigning {
    /// The certificate before its signature (DER).
    pub tbs: Vec<u8>,
    /// What the linter has against it, as codes; only without any may it be signed.
    pub findings: Vec<String>,
}

/// A certificate on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSerial {
    /// Lower-case hexadecimal.
    pub serial: String,
    /// Since when it is revoked.
    pub at: DateTime<Utc>,
    /// Why, in the words of the standard.
    pub reason: CrlReason,
}

/// Which list is built.
#[derive(Clone, Copy, Debug)]
pub struct ListOrder<'a> {
    /// Whose.
    pub authority: &'a str,
    /// Which.
    pub shard: u16,
    /// Its number.
    pub number: u64,
    /// Now.
    pub this_update: DateTime<Utc>,
    /// When the next one will be there at the latest.
    pub next_update: DateTime<Utc>,
}

/// A question to the status service, as it came (RFC 6960, appendix A).
#[derive(Clone, Copy, Debug)]
pub enum StatusQuestion<'a> {
    /// The body of a POST.
    Body(&'a [u8]),
    /// The rest of the path of a GET, in Base64.
    Path(&'a str),
}

/// A question to the status service that has been read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReadQuestion {
    /// The question itself (DER).
    pub der: Vec<u8>,
    /// Which serials of the authority it is about, in its order; `None` for those of somebody else.
    pub serials: Vec<Option<String>>,
    /// It has a nonce, which its answer repeats: the answer is for this question alone (RFC 8954).
    pub has_nonce: bool,
}

/// What the status service answers about one serial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusAnswer {
    /// Issued and not revoked.
    Good,
    /// Revoked.
    Revoked {
        /// When.
        at: DateTime<Utc>,
        /// Why.
        reason: CrlReason,
    },
    /// Not one of this authority's certificates.
    Unknown,
}

/// An issued certificate with everything that is known of it, for the examiner.
#[derive(Clone, Debug)]
pub struct ExaminedRecord<'a> {
    /// What it was to be.
    pub order: CertificateOrder<'a>,
    /// Which list.
    pub shard: u16,
    /// What was to be signed.
    pub tbs: Option<&'a [u8]>,
    /// What was signed.
    pub der: Option<&'a [u8]>,
    /// Where it stands.
    pub stage: CertificateStage,
    /// Now.
    pub now: DateTime<Utc>,
}

/// A set of authorities: a root and those that issue.
pub trait CertificateAuthority: Send + Sync {
    /// Every authority, the root first.
    fn authorities(&self) -> Vec<AuthoritySheet>;

    /// Which authority a certificate (DER) names as its issuer, and under which serial. `None` when
    /// it names none of these. Nothing about it has been verified.
    fn name_of(&self, certificate: &[u8]) -> Option<(String, String)>;

    /// Reads a request: it is well formed, its key is good enough, and whoever made it has the key.
    ///
    /// # Errors
    /// [`GatewayError::GiveUp`] with the fault's code.
    fn read_request(&self, request: &[u8]) -> Result<SigningRequest, GatewayError>;

    /// A serial made of sixteen random bytes.
    fn place(&self, random: [u8; 16]) -> SerialPlace;

    /// Makes what is to be signed and lints it.
    ///
    /// # Errors
    /// [`GatewayError::GiveUp`] with the fault's code.
    fn prepare(&self, order: &CertificateOrder<'_>) -> Result<MadeForSigning, GatewayError>;

    /// Signs. May be asked again for the same bytes.
    ///
    /// # Errors
    /// The key cannot be reached.
    fn sign(&self, authority: &str, tbs: &[u8]) -> Result<Vec<u8>, GatewayError>;

    /// For how many hours a list is valid.
    fn list_hours(&self) -> u32;

    /// Builds a list of revoked certificates (DER).
    ///
    /// # Errors
    /// The key cannot be reached.
    fn list(&self, order: ListOrder<'_>, revoked: &[ListedSerial])
    -> Result<Vec<u8>, GatewayError>;

    /// The serials on a list that this authority has signed.
    ///
    /// # Errors
    /// What is wrong with the list, as a code.
    fn read_list(&self, authority: &str, list: &[u8]) -> Result<Vec<String>, String>;

    /// Whether there is an authority of the name whose certificates can be asked about.
    fn answers_for(&self, authority: &str) -> bool;

    /// Reads a question to an authority.
    ///
    /// # Errors
    /// The answer (DER) to a question that cannot be read.
    fn read_question(
        &self,
        authority: &str,
        question: StatusQuestion<'_>,
    ) -> Result<ReadQuestion, Vec<u8>>;

    /// Answers a question (DER). `answers` stand in the order of its serials.
    ///
    /// # Errors
    /// The key cannot be reached.
    fn answer_question(
        &self,
        authority: &str,
        question: &ReadQuestion,
        answers: &[StatusAnswer],
        at: DateTime<Utc>,
    ) -> Result<Vec<u8>, GatewayError>;

    /// A question about certificates of the authority, as a relying party asks it; at most twenty.
    ///
    /// # Errors
    /// There is no such authority, or a serial cannot be read.
    fn question(&self, authority: &str, serials: &[String]) -> Result<Vec<u8>, GatewayError>;

    /// What an answer says, as a relying party reads it: the signature is verified.
    ///
    /// # Errors
    /// What is wrong with the answer, as a code.
    fn read_answer(
        &self,
        authority: &str,
        answer: &[u8],
    ) -> Result<Vec<(String, StatusAnswer)>, String>;

    /// The answer (DER) while nothing can be answered.
    fn try_later(&self) -> Vec<u8>;

    /// What is not as it must be about an issued certificate, as codes.
    fn examine(&self, record: &ExaminedRecord<'_>) -> Vec<String>;
}
