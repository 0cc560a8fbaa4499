//! The outside world as the application sees it. Every port has a real side and a simulated one,
//! both in `cards-gateways`. No port is called inside a transaction.

mod authority;
mod card_office;
mod keys;
mod picture;

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use cards_domain::access::Loa;
use cards_domain::consequences::MailKind;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{CertificateId, OrderId, ProductId};
use cards_domain::order::MadeCard;
use cards_domain::person::Protection;
use cards_domain::values::{
    CardNumber, EmailAddress, HsaId, PersonName, PersonNumber, PostalAddress, ProductNumber, RekId,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use authority::{
    AuthoritySheet, CertificateAuthority, CertificateBasis, CertificateOrder, ExaminedRecord,
    ListOrder, ListedSerial, MadeForSigning, ReadQuestion, SerialPlace, StatusAnswer,
    StatusQuestion,
};
pub use card_office::{CardOffice, QUESTION_BYTES};
pub use cards_store::ports::{Clock, Entropy};
pub use keys::{CardCertificate, KeyRequest, WantedKey};

/// What an outside party answers when it cannot do what was asked. Texts hold no personal data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// It may work later.
    #[error("try again: {0}")]
    Retry(String),
    /// It will never work like this.
    #[error("give up: {0}")]
    GiveUp(String),
}

/// A mail, ready to be sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// The errand it is sent for; becomes the Message-ID, so that a repetition is recognised.
    pub errand: Uuid,
    /// To whom.
    pub to: EmailAddress,
    /// Its language, `sv` or `en`.
    pub language: String,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

/// What a mail can tell. Ids have been looked up; nothing here is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailFacts {
    /// The given name; `None` for a protected person.
    pub given_name: Option<String>,
    /// Where the card is activated.
    pub office: Option<OfficeText>,
    /// How the card is sent.
    pub method: Option<DeliveryMethod>,
    /// The last day to do what the mail asks for.
    pub last_day: Option<NaiveDate>,
    /// The code letter must be brought.
    pub letter_needed: bool,
    /// Shortest code.
    pub pin_min: u8,
    /// Longest code.
    pub pin_max: u8,
    /// The holders' portal.
    pub mina_sidor: url::Url,
    /// The last digits of the card's number.
    pub card_last_four: Option<String>,
}

/// An office, as a mail tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeText {
    /// Its name.
    pub name: String,
    /// Visiting address.
    pub address: String,
    /// Opening hours by weekday, `mon` … `sun`.
    pub hours: BTreeMap<String, String>,
    /// Telephone.
    pub phone: Option<String>,
}

/// Writes mails in both languages.
pub trait MailTexts: Send + Sync {
    /// Subject and text of a mail, in `sv` or `en`.
    fn write(&self, mail: MailKind, facts: &MailFacts, language: &str) -> (String, String);
}

/// Sends mail.
pub trait Mailer: Send + Sync {
    /// Sends one mail.
    ///
    /// # Errors
    /// The server cannot be reached (retry) or refuses the address (give up).
    fn send(&self, mail: &Mail) -> Result<(), GatewayError>;
}

/// One card to be made: what goes into a batch.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardJob {
    /// The errand; the manufacturer recognises a job it has had before by it.
    pub job: Uuid,
    /// The order.
    pub order: OrderId,
    /// The number that people use.
    pub order_number: String,
    /// The product to make.
    pub product: ProductId,
    /// Its number.
    pub product_number: Option<ProductNumber>,
    /// Longest validity, in calendar months.
    pub validity_months: u32,
    /// The name to print.
    pub name: PersonName,
    /// The number to print.
    pub person_number: PersonNumber,
    /// The organisation to print.
    pub organisation: String,
    /// The photo to print, as JPEG. In Base64 where it is written down.
    #[serde(default, with = "picture")]
    pub photo: Option<Vec<u8>>,
    /// Registered mail.
    pub registered_mail: bool,
    /// The office to send the card to, instead of the registered address.
    #[serde(default)]
    pub to_office: Option<String>,
    /// Where to send the card.
    pub address: PostalAddress,
    /// The keys to make on the chip and to ask for certificates for; the card is posted when it has
    /// them. None where nothing issues certificates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<WantedKey>,
}

impl std::fmt::Debug for CardJob {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let photo = self.photo.as_ref().map_or(0, Vec::len);
        let number = &self.order_number;
        write!(out, "CardJob({number}, photo of {photo} bytes)")
    }
}

/// What the manufacturer reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManufacturerReport {
    /// Its id; a report that comes twice is recognised by it.
    pub id: Uuid,
    /// The order it is about.
    pub order: OrderId,
    /// What has happened.
    pub news: ManufacturerNews,
    /// What the chip of a card that was made asks for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<KeyRequest>,
}

/// What has happened at the manufacturer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum ManufacturerNews {
    /// The card was made.
    Produced(MadeCard),
    /// The card could not be made.
    Failed,
    /// A certificate was written to the card.
    Written {
        /// Which.
        certificate: CertificateId,
        /// The number of the card.
        number: CardNumber,
    },
    /// The card was posted.
    Dispatched {
        /// The tracking number of a registered letter.
        rek_id: Option<RekId>,
    },
}

/// Makes and posts cards. Batches and reports are signed files.
pub trait Manufacturer: Send + Sync {
    /// Hands over a signed batch. Idempotent by [`CardJob::job`].
    ///
    /// # Errors
    /// The exchange cannot be reached.
    fn submit(&self, batch: Uuid, jobs: &[CardJob]) -> Result<(), GatewayError>;

    /// Hands over a certificate to be written to a card that has not been posted. Idempotent by
    /// `handing`, the errand.
    ///
    /// # Errors
    /// The exchange cannot be reached.
    fn hand_over(&self, handing: Uuid, certificate: &CardCertificate) -> Result<(), GatewayError>;

    /// The reports that have not been acknowledged, oldest first. A file whose signature does not
    /// hold is set aside and told as an error.
    ///
    /// # Errors
    /// The exchange cannot be reached, or a file was set aside.
    fn reports(&self) -> Result<Vec<ManufacturerReport>, GatewayError>;

    /// Notes that a report has been taken care of.
    ///
    /// # Errors
    /// The exchange cannot be reached.
    fn acknowledge(&self, report: Uuid) -> Result<(), GatewayError>;
}

/// What the population register knows of a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterEntry {
    /// The registered name.
    pub name: PersonName,
    /// The given name in use.
    pub calling_name: Option<String>,
    /// The registered address, or for a protected person that of the forwarding.
    pub address: Option<PostalAddress>,
    /// How the person is protected.
    pub protection: Protection,
    /// When the person died.
    pub deceased_on: Option<NaiveDate>,
    /// A mailing address beside the registered one; shown, not used.
    pub special_address: Option<PostalAddress>,
}

/// Looks persons up in the population register.
pub trait PopulationRegister: Send + Sync {
    /// The person with this number, if the register has one.
    ///
    /// # Errors
    /// The register cannot be reached.
    fn look_up(&self, number: &PersonNumber) -> Result<Option<RegisterEntry>, GatewayError>;
}

/// A future that a port returns. It stays on the thread of the request that waits for it.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, LogInError>> + 'a>>;

/// Why somebody could not be logged in. Each leads to a page that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogInError {
    /// The identity provider does not answer.
    #[error("the identity provider does not answer")]
    ProviderDown,
    /// The answer is not one that can be trusted.
    #[error("the identity provider's answer does not hold: {0}")]
    Untrusted(String),
    /// The provider or the person broke it off.
    #[error("broken off")]
    BrokenOff,
    /// The answer names neither personnummer nor HSA-id.
    #[error("the identity provider does not say who it is")]
    NoIdentity,
}

/// Where to send the browser, and what to remember until it comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// The address at the identity provider.
    pub url: url::Url,
    /// Unguessable; comes back with the answer.
    pub state: String,
    /// Bound into the ID token. For a signature: the hash of the text.
    pub nonce: String,
    /// The secret half of the proof key (PKCE).
    pub pkce_verifier: String,
}

/// What is asked of the identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogInRequest {
    /// Where the browser comes back to.
    pub redirect_uri: url::Url,
    /// The level of assurance that is needed.
    pub loa: Loa,
    /// A signature: log in anew whatever session there is, with this nonce.
    pub sign: Option<String>,
    /// Log in anew whatever session there is: somebody has logged out on this screen, and whoever
    /// comes next must not be taken for them.
    pub afresh: bool,
    /// The language of the provider's pages.
    pub language: String,
    /// A hint of who it is, shown by the demonstration's provider.
    pub hint: Option<String>,
}

/// Who came back.
#[derive(Clone)]
pub struct LogIn {
    /// The number, if told.
    pub number: Option<PersonNumber>,
    /// The HSA-ids, if told.
    pub hsa_ids: Vec<HsaId>,
    /// How surely.
    pub loa: Loa,
    /// When the person was authenticated.
    pub at: DateTime<Utc>,
    /// The ID token as it came: evidence.
    pub id_token: String,
}

/// Whom an access token speaks for. It has been verified; who that is here, and as what, is asked
/// of the database with every request.
#[derive(Clone)]
pub struct TokenBearer {
    /// The number, if told.
    pub number: Option<PersonNumber>,
    /// The HSA-ids, if told.
    pub hsa_ids: Vec<HsaId>,
    /// How surely the person logged in.
    pub loa: Loa,
    /// From when on the token is good for nothing.
    pub expires: DateTime<Utc>,
}

/// Logs people in.
pub trait IdentityProvider: Send + Sync {
    /// Prepares a log-in.
    fn depart<'a>(&'a self, request: &'a LogInRequest) -> Answer<'a, Departure>;

    /// Exchanges the code that came back for who it is. `nonce` and `pkce_verifier` are those of
    /// the departure.
    fn arrive<'a>(
        &'a self,
        code: &'a str,
        redirect_uri: &'a url::Url,
        nonce: &'a str,
        pkce_verifier: &'a str,
    ) -> Answer<'a, LogIn>;

    /// Whom an access token speaks for that another program got from the provider for `audience`
    /// (RFC 9068).
    fn bearer<'a>(&'a self, access_token: &'a str, audience: &'a str) -> Answer<'a, TokenBearer>;

    /// Who has just logged in to sign, by an ID token that another program hands in. `nonce` is
    /// the hash of the signed text.
    fn witness<'a>(&'a self, id_token: &'a str, nonce: &'a str) -> Answer<'a, LogIn>;
}
