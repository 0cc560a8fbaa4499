//! The order of one ordinary card, from the officer's click until somebody holds an active card.

mod consequences;
mod decide;
mod offers;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, EnumString, IntoStaticStr};

use crate::card::RevocationReason;
use crate::deadline::DeadlineLengths;
use crate::delivery::{DeliveryMethod, DeliveryStage};
use crate::ids::{
    CardId, DeliveryId, OfficeId, OrderId, OrganisationId, PersonId, PhotoId, ProductId,
    RevocationId,
};
use crate::person::Subject;
use crate::photo::KeptPhoto;
use crate::product::Product;
use crate::values::{CardNumber, PersonName, PersonNumber, PostalAddress, ProductNumber, RekId};

/// Where an order stands.
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
pub enum OrderStage {
    /// Begun, not placed.
    Draft,
    /// Waits for agreement, form or payment.
    AwaitingPrerequisites,
    /// Waits for a photo.
    AwaitingPhoto,
    /// Complete.
    ReadyToSend,
    /// Sent to the manufacturer.
    SentToManufacturer,
    /// The card exists.
    Produced,
    /// The card is in the post.
    Dispatched,
    /// The card is active and signed for.
    Fulfilled,
    /// Stopped.
    Cancelled,
    /// Refused by the issuer.
    Rejected,
    /// Never arrived; another order took its place.
    ReplacedUndelivered,
    /// The card was not activated in time.
    ActivationExpired,
}

/// To whom and where a card is sent, as the population register had it when the order was placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// The name that is printed on the card.
    pub name: PersonName,
    /// The registered address, or that of the Tax Agency's forwarding for a protected person.
    pub address: PostalAddress,
    /// Whether the address is that of the forwarding.
    pub forwarded: bool,
    /// When the register answered.
    pub as_of: DateTime<Utc>,
}

/// An order of one card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// The number that people use: `K-yymm-nnnnnn`.
    pub number: String,
    /// The holder to be.
    pub person: PersonId,
    /// The organisation that orders and issues.
    pub organisation: OrganisationId,
    /// What is ordered.
    pub product: ProductId,
    /// The office at which the card is activated.
    pub office: OfficeId,
    /// How the card is sent.
    pub method: DeliveryMethod,
    /// The officer who ordered.
    pub ordered_by: PersonId,
    /// The officer who took or approved the photo.
    pub photographed_by: Option<PersonId>,
    /// The photo that is printed, where the product has one.
    pub photo: Option<PhotoId>,
    /// The day the approved photo was taken **for this order**.
    pub photo_on: Option<NaiveDate>,
    /// The day the order was placed, in Stockholm.
    pub submitted_on: Option<NaiveDate>,
    /// Where it is sent.
    pub recipient: Recipient,
    /// The order whose card never came, or came in no fit state, and that this one replaces.
    pub replaces: Option<OrderId>,
    /// The card, once the order has been sent.
    pub card: Option<CardId>,
    /// The sending, once the order has been sent.
    pub delivery: Option<DeliveryId>,
    /// Where it stands.
    pub stage: OrderStage,
    /// Since when.
    pub since: DateTime<Utc>,
    /// For the version check.
    pub version: i64,
}

impl Order {
    /// The day from which the 30 days are counted: of the photo taken for this order, else of the
    /// placing of the order. Source text S3.
    #[must_use]
    pub fn undelivered_base(&self) -> Option<NaiveDate> {
        self.photo_on.or(self.submitted_on)
    }
}

/// What an officer asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRequest {
    /// The new order's id.
    pub id: OrderId,
    /// The holder to be.
    pub person: PersonId,
    /// The organisation that orders.
    pub organisation: OrganisationId,
    /// What is ordered.
    pub product: ProductId,
    /// The office at which the card will be activated.
    pub office: OfficeId,
    /// How it is sent.
    pub method: DeliveryMethod,
    /// The officer has seen the workplace's local routine. Source text S3: routines differ.
    pub routine_confirmed: bool,
    /// The order whose card did not come, when this one is to take its place.
    pub replaces: Option<Replacement>,
}

/// That a card is ordered anew because another order's card did not come as it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// That order.
    pub order: OrderId,
    /// What the holder or the post says.
    pub told: Told,
}

/// What became of a card in the post.
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
pub enum Told {
    /// It has not come; whether it came back or is lost the sending says.
    NotArrived,
    /// The envelope was open or empty when it came.
    EnvelopeOpened,
    /// It came damaged.
    CardDamaged,
}

impl Told {
    /// Why the first card is revoked then.
    #[must_use]
    pub fn revokes_as(self) -> RevocationReason {
        match self {
            Self::NotArrived => RevocationReason::ReplacedUndelivered,
            Self::EnvelopeOpened => RevocationReason::Stolen,
            Self::CardDamaged => RevocationReason::CardDamaged,
        }
    }
}

/// What can be done to an order.
#[derive(Clone, Debug, PartialEq, Eq, EnumDiscriminants)]
#[strum_discriminants(
    name(OrderActionName),
    derive(EnumIter, EnumString, IntoStaticStr, Hash)
)]
#[strum_discriminants(strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The actions by name.")]
pub enum OrderAction {
    /// Place it.
    Submit,
    /// Agreement, form or payment is there.
    CompletePrerequisites,
    /// A photo taken for this order has been approved.
    ApprovePhoto {
        /// Which.
        photo: KeptPhoto,
    },
    /// The photo stored since an earlier order is used. Source text S3: no new photo is needed.
    UseStoredPhoto,
    /// Send it to the manufacturer.
    Send,
    /// The manufacturer could not make the card.
    FailProduction,
    /// The manufacturer has made the card.
    Produce(MadeCard),
    /// The manufacturer has posted the card.
    Dispatch {
        /// The tracking number of a registered letter.
        rek_id: Option<RekId>,
    },
    /// The card is active and signed for.
    Fulfil,
    /// The card did not come as it should and is replaced.
    ReplaceUndelivered {
        /// What became of it.
        told: Told,
    },
    /// The card should have come by now: the holder is asked, or the manufacturer.
    AskArrival,
    /// The card was not activated in time.
    ExpireActivation,
    /// Stop it.
    Cancel,
    /// Its card was revoked or expired for another reason.
    EndWithCard,
}

/// What the manufacturer tells about a card it has made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeCard {
    /// The number on the card.
    pub number: CardNumber,
    /// The product number on its back.
    pub product_number: Option<ProductNumber>,
    /// The name as printed.
    pub printed_name: String,
    /// Last day of validity.
    pub valid_to: NaiveDate,
}

/// What has happened to an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum OrderEvent {
    /// Begun.
    Begun {
        /// In place of an order whose card did not come.
        #[serde(default)]
        replaces: Option<Replacement>,
    },
    /// Placed; next it waits or is ready.
    Submitted {
        /// The stage it goes to.
        to: OrderStage,
        /// The day it was placed.
        on: NaiveDate,
    },
    /// Agreement, form or payment came.
    PrerequisitesCompleted {
        /// The stage it goes to.
        to: OrderStage,
    },
    /// A photo is in place.
    PhotoApproved {
        /// Which.
        photo: KeptPhoto,
        /// It was stored since an earlier order.
        stored: bool,
    },
    /// Sent to the manufacturer.
    Sent {
        /// The card that will be made.
        card: CardId,
        /// Its sending.
        delivery: DeliveryId,
    },
    /// The manufacturer failed.
    ProductionFailed,
    /// The card was made.
    Produced(MadeCard),
    /// The card was posted.
    Dispatched {
        /// With this tracking number.
        rek_id: Option<RekId>,
    },
    /// The card is active and signed for.
    Fulfilled,
    /// Replaced, since the card did not come as it should.
    Replaced {
        /// What became of it.
        told: Told,
    },
    /// Asked whether the card has come.
    ArrivalAsked,
    /// The card was not activated in time.
    ActivationExpired,
    /// Stopped.
    Cancelled,
    /// Its card came to an end for another reason.
    EndedWithCard,
}

/// What the rules of an order need to know from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderFacts {
    /// Whom it is about; the organisations are those with a live post.
    pub subject: Subject,
    /// The holder's number.
    pub number: PersonNumber,
    /// The holder's name, as the directory has it.
    pub name: PersonName,
    /// What the population register has answered.
    pub register: RegisterFacts,
    /// The product ordered.
    pub product: Product,
    /// The number of another order that is under way for the same person and organisation.
    pub open_order: Option<String>,
    /// The ordering organisation owes an agreement, a form or a payment.
    pub prerequisites_missing: bool,
    /// The sending of this order's own card, once there is one.
    pub sending: Option<Sending>,
    /// The number of this order's own card, once made.
    pub card_number: Option<CardNumber>,
    /// For an order to be begun: the one that it replaces.
    pub replaced: Option<Box<ReplacedFacts>>,
    /// The newest approved photo of the person, however old.
    pub stored_photo: Option<KeptPhoto>,
    /// The configured lengths.
    pub lengths: DeadlineLengths,
    /// The running number that a new order gets.
    pub next_number: i64,
    /// The id for the card, if one is to be made.
    pub new_card: CardId,
    /// The id for its sending.
    pub new_delivery: DeliveryId,
    /// The id for a case of revocation.
    pub new_revocation: RevocationId,
}

/// What an order needs to know of the one that it replaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplacedFacts {
    /// The order.
    pub order: Order,
    /// Its sending, once there is one.
    pub sending: Option<Sending>,
    /// The number of its card, once made.
    pub card_number: Option<CardNumber>,
}

/// Where the sending of an order's card stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// The stage.
    pub stage: DeliveryStage,
    /// The tracking number of a registered letter.
    pub rek_id: Option<RekId>,
}

/// The population register's answer, as far as the rules need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegisterFacts {
    /// No answer yet.
    Silent,
    /// The person is dead.
    Deceased,
    /// The person has no registered address in Sweden.
    NoAddress,
    /// The person can get mail.
    Reachable(Recipient),
}
