//! What an event brings with it: changes to other things in the same transaction, errands to the
//! outside after it, and clocks that start or stop.

use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, EnumString, IntoStaticStr};
use uuid::Uuid;

use crate::card::{CardAction, CardRequest};
use crate::card_task::CardTaskAction;
use crate::certificate::CertificateAction;
use crate::chip_code::{ChipCodeAction, ChipCodeRequest};
use crate::deadline::DeadlineChange;
use crate::delivery::{DeliveryAction, DeliveryRequest};
use crate::ids::{
    CardId, CardTaskId, CertificateId, ChipCodeId, DeliveryId, OrderId, PersonId, PukLetterId,
    ReceiptId, RevocationId,
};
use crate::order::OrderAction;
use crate::puk_letter::PukLetterAction;
use crate::receipt::{ReceiptAction, ReceiptRequest};
use crate::revocation::{RevocationAction, RevocationRequest};

/// Everything that must follow an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consequences {
    /// In the same transaction, through the same gate.
    pub follow_ups: Vec<FollowUp>,
    /// After the transaction, from the outbox.
    pub errands: Vec<Errand>,
    /// Clocks.
    pub deadlines: Vec<DeadlineChange>,
}

/// What one thing may do to others. This is the only list of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FollowUp {
    /// Change an order.
    Order(OrderId, OrderAction),
    /// Make a card.
    BeginCard(CardRequest),
    /// Change a card.
    Card(CardId, CardAction),
    /// Make a delivery.
    BeginDelivery(DeliveryRequest),
    /// Change a delivery.
    Delivery(DeliveryId, DeliveryAction),
    /// Make a code.
    BeginChipCode(ChipCodeRequest),
    /// Change a code.
    ChipCode(ChipCodeId, ChipCodeAction),
    /// Make a receipt.
    BeginReceipt(ReceiptRequest),
    /// Change a receipt.
    Receipt(ReceiptId, ReceiptAction),
    /// Change a certificate.
    Certificate(CertificateId, CertificateAction),
    /// Change a task for a card in a reader.
    CardTask(CardTaskId, CardTaskAction),
    /// Change a letter.
    PukLetter(PukLetterId, PukLetterAction),
    /// Open a case of revocation.
    BeginRevocation(RevocationRequest),
    /// Change a case of revocation.
    Revocation(RevocationId, RevocationAction),
}

/// Which mail is to be sent.
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
pub enum MailKind {
    /// A card has been ordered.
    CardOrdered,
    /// The card is in the post: where to activate it and what to bring.
    CardOnItsWay,
    /// The card works, but must be signed for.
    SignTheReceipt,
    /// The card is active.
    CardActive,
    /// A photo is needed before the card can be made: where and how.
    PhotoNeeded,
    /// The card should have come: has it?
    HasItCome,
    /// A new card has been ordered in place of one that never came, which is now revoked.
    CardReplaced,
    /// The card came back and lies at the office.
    CardAtOffice,
    /// The card has been revoked.
    CardRevoked,
    /// A letter with the PUK has been approved.
    PukLetterApproved,
    /// A letter with the PUK was not approved.
    PukLetterRejected,
}

/// An errand: what is to be done outside, as ids only. Names and addresses are read when it runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, EnumDiscriminants)]
#[strum_discriminants(name(Topic), derive(EnumIter, EnumString, IntoStaticStr, Hash))]
#[strum_discriminants(strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The kind of an errand.")]
#[serde(tag = "topic", rename_all = "snake_case")]
pub enum Errand {
    /// Send an order to the manufacturer.
    SendToManufacturer {
        /// Which.
        order: OrderId,
    },
    /// Write to somebody about a card or an order.
    Notify {
        /// To whom.
        person: PersonId,
        /// What.
        mail: MailKind,
        /// The order or card it is about.
        about: Uuid,
    },
    /// Have a certificate signed.
    IssueCertificate {
        /// Which.
        certificate: CertificateId,
    },
    /// Hand a certificate to the manufacturer, who writes it to the card.
    HandOverCertificate {
        /// Which.
        certificate: CertificateId,
    },
    /// Put a revoked certificate on its list.
    PublishRevocation {
        /// Which.
        certificate: CertificateId,
    },
}
