//! The ordinary card: made, sent, unlocked at the counter, signed for, and one day revoked or
//! expired. A revocation is final: there is no suspended state.

mod consequences;
mod counter;
mod decide;
mod offers;
mod validity;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, EnumString, IntoStaticStr};

use crate::chip_code::CodeName;
use crate::deadline::DeadlineLengths;
use crate::delivery::{DeliveryMethod, DeliveryStage};
use crate::identity_check::{IdentityCheck, IdentityCheckRecord};
use crate::ids::{
    CardId, CardTaskId, CertificateId, ChipCodeId, DeliveryId, OfficeId, OrderId, OrganisationId,
    PersonId, ProductId, PukLetterId, ReceiptId, RevocationId,
};
use crate::order::MadeCard;
use crate::person::Subject;
use crate::place::{OfficeFacts, PlaceFacts};
use crate::product::Product;
use crate::signature::Signature;
use crate::values::{CardNumber, PersonNumber, ProductNumber};

pub use counter::shown_today;
pub use validity::{Validity, validity};

/// Why a card was revoked.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RevocationReason {
    /// The holder has lost it.
    Lost,
    /// Somebody has taken it.
    Stolen,
    /// Somebody may know the code.
    CodesCompromised,
    /// It does not work or was damaged in the post.
    CardDamaged,
    /// A newer card took its place.
    Superseded,
    /// It never came and was ordered anew.
    ReplacedUndelivered,
    /// The name on it no longer holds.
    NameChanged,
    /// Something else on it is wrong.
    DataWrong,
    /// The employment or assignment ended.
    EmploymentEnded,
    /// It was not returned.
    NotReturned,
    /// It was returned.
    Returned,
    /// It was not activated in time.
    NotActivatedInTime,
    /// The receipt was not signed.
    ReceiptNotSigned,
    /// It should not have been issued.
    WronglyIssued,
    /// The holder has died.
    PersonDeceased,
    /// It was lent or misused.
    Misuse,
    /// The issuer decided so, for instance by cancelling the order.
    IssuerDecision,
}

/// Where the card lies.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Custody {
    /// At the manufacturer.
    Manufacturer,
    /// In the post.
    Post,
    /// With the holder.
    Holder,
    /// At a card office.
    Office,
    /// Cut through.
    Destroyed,
    /// Nobody knows.
    Unknown,
}

/// Where a card stands, with what is true there.
#[derive(Clone, Debug, PartialEq, Eq, EnumDiscriminants)]
#[strum_discriminants(
    name(CardStageName),
    derive(EnumIter, EnumString, IntoStaticStr, Hash, Serialize, Deserialize)
)]
#[strum_discriminants(strum(serialize_all = "snake_case"), serde(rename_all = "snake_case"))]
#[strum_discriminants(doc = "The stages by name.")]
pub enum CardStage {
    /// To be made.
    Ordered,
    /// In the post, or with the holder but not activated.
    Sent {
        /// When it was posted.
        at: DateTime<Utc>,
    },
    /// The code is chosen, the receipt is not signed.
    UnlockedUnsigned {
        /// When the code was chosen.
        at: DateTime<Utc>,
    },
    /// Activated and signed for.
    Active {
        /// When the receipt was signed.
        at: DateTime<Utc>,
    },
    /// Invalid for ever.
    Revoked {
        /// When.
        at: DateTime<Utc>,
        /// Why.
        reason: RevocationReason,
    },
    /// Its validity is over.
    Expired {
        /// When that was noted.
        at: DateTime<Utc>,
    },
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its id.
    pub id: CardId,
    /// The holder.
    pub person: PersonId,
    /// The order it was made for.
    pub order: OrderId,
    /// The issuing organisation.
    pub organisation: OrganisationId,
    /// What it is.
    pub product: ProductId,
    /// The office of the photo, or the one named in the order.
    pub office: OfficeId,
    /// Who ordered it.
    pub ordered_by: PersonId,
    /// Who took or approved the photo.
    pub photographed_by: Option<PersonId>,
    /// The number on it, once made.
    pub number: Option<CardNumber>,
    /// The product number on its back, once made.
    pub product_number: Option<ProductNumber>,
    /// The name on it, once made.
    pub printed_name: Option<String>,
    /// Last day of validity, once made.
    pub valid_to: Option<NaiveDate>,
    /// Where it lies.
    pub custody: Custody,
    /// A holder may keep this card beside a newer one until this day.
    pub keep_until: Option<NaiveDate>,
    /// Where it stands.
    pub stage: CardStage,
    /// For the version check.
    pub version: i64,
}

/// A card to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardRequest {
    /// The new id.
    pub id: CardId,
    /// The holder.
    pub person: PersonId,
    /// The order.
    pub order: OrderId,
    /// The issuing organisation.
    pub organisation: OrganisationId,
    /// What is made.
    pub product: ProductId,
    /// The office of the photo, or the one named in the order.
    pub office: OfficeId,
    /// Who ordered it.
    pub ordered_by: PersonId,
    /// Who took or approved the photo.
    pub photographed_by: Option<PersonId>,
}

/// What the officer has seen to at the counter before the card is unlocked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterCheck {
    /// The check of the identity document.
    pub identity: IdentityCheck,
    /// The number typed or scanned **from the card**.
    pub number_on_card: CardNumber,
    /// The printed name was read and is the holder's.
    pub printed_name_confirmed: bool,
    /// Card, person and document show the same face; for a card without photo, person and
    /// document do.
    pub face_compared: bool,
    /// The holder has chosen the code in the card software, or shown that the letter's code
    /// works. The code itself is never seen here.
    pub code: Option<CodeProof>,
    /// The officer's signature.
    pub signature: Option<Signature>,
    /// Why the card is activated here although its office is another, which is closed.
    pub exception: Option<String>,
}

/// How the holder came to master the card's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeProof {
    /// Chosen in the card software.
    ChosenInSoftware,
    /// The code from the code letter was shown to work.
    LetterCodeWorks,
    /// Chosen in the card client, and the card itself has shown it.
    ShownByCard,
}

/// What can be done to a card.
#[derive(Clone, Debug, PartialEq, Eq, EnumDiscriminants)]
#[strum_discriminants(
    name(CardActionName),
    derive(EnumIter, EnumString, IntoStaticStr, Hash)
)]
#[strum_discriminants(strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The actions by name.")]
pub enum CardAction {
    /// The manufacturer has made it.
    Make(MadeCard),
    /// It is in the post.
    Dispatch,
    /// It came back, or came as it was to, and lies at the office.
    ReceiveAtOffice {
        /// The number typed or scanned **from the card**.
        number: CardNumber,
    },
    /// Step one at the counter.
    Unlock(CounterCheck),
    /// Step two: the holder has signed.
    ConfirmReceipt,
    /// Make it invalid.
    Revoke {
        /// Why.
        reason: RevocationReason,
    },
    /// A newer card has been signed for.
    Supersede,
    /// Its order was stopped.
    EndWithOrder {
        /// Why.
        reason: RevocationReason,
    },
    /// Its receipt ended without a signature.
    EndWithReceipt {
        /// Why.
        reason: RevocationReason,
    },
    /// The last day to activate has gone by.
    EndUnactivated,
    /// The last day of validity has gone by.
    Expire,
    /// It was cut through.
    Destroy,
}

/// What has happened to a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum CardEvent {
    /// Ordered.
    Begun,
    /// Made.
    Made(MadeCard),
    /// Posted.
    Dispatched,
    /// Back at the office.
    ReceivedAtOffice,
    /// Unlocked at the counter.
    Unlocked {
        /// What is kept of the identity check.
        identity: IdentityCheckRecord,
        /// How the holder came to master the code.
        code: CodeProof,
        /// The officer's signature.
        signature: Signature,
        /// Why another office than the card's was right.
        #[serde(default)]
        exception: Option<String>,
    },
    /// Signed for.
    Activated,
    /// Revoked.
    Revoked {
        /// Why.
        reason: RevocationReason,
        /// Which other thing ended it, and so must not be ended in turn.
        ended_by: EndedBy,
    },
    /// Its validity is over.
    Expired,
    /// Cut through.
    Destroyed,
}

/// What ended a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// An act on the card itself.
    Itself,
    /// Its order.
    Order,
    /// Its receipt.
    Receipt,
}

/// What the rules of a card need to know from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardFacts {
    /// Whom it is about; the organisation is the issuer.
    pub subject: Subject,
    /// The holder's number.
    pub number: PersonNumber,
    /// The product.
    pub product: Product,
    /// Where it may be activated.
    pub place: PlaceFacts,
    /// The acting officer's office.
    pub here: Option<OfficeFacts>,
    /// The sending of the card.
    pub delivery: Option<SendingFacts>,
    /// A letter with its PUK that has been asked for or approved, and not been sent.
    pub letter: Option<PukLetterId>,
    /// A report about the card whose caller has not been checked.
    pub reported: Option<RevocationId>,
    /// The order is still open.
    pub order_open: bool,
    /// The pending receipt.
    pub receipt: Option<ReceiptId>,
    /// The codes on the chip.
    pub codes: Vec<(ChipCodeId, CodeName)>,
    /// The certificates of the card that are not over.
    pub certificates: Vec<CertificateId>,
    /// The tasks for it that wait for a card client or are in one.
    pub tasks: Vec<CardTaskId>,
    /// When the card itself last showed, in a task at the counter, that its code has been chosen.
    pub code_shown: Option<DateTime<Utc>>,
    /// The holder's other active ordinary cards of the same issuer that may not be kept.
    pub superseded: Vec<CardId>,
    /// The configured lengths.
    pub lengths: DeadlineLengths,
    /// The id for a receipt.
    pub new_receipt: ReceiptId,
    /// The ids for codes.
    pub new_codes: [ChipCodeId; 3],
}

/// Where the sending of a card stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendingFacts {
    /// The sending.
    pub id: DeliveryId,
    /// How the card was sent.
    pub method: DeliveryMethod,
    /// Where it stands.
    pub stage: DeliveryStage,
}
