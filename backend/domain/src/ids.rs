//! One id type per entity, so that a card is never looked up by the id of its order.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A person: holder, officer, or both.
    PersonId,
    /// A care provider or other employer; also the issuer of cards.
    OrganisationId,
    /// A unit of an organisation.
    UnitId,
    /// A card office: photo, activation, unlocking.
    OfficeId,
    /// A card product (what the manufacturer makes).
    ProductId,
    /// An order of one card.
    OrderId,
    /// One sending of one card by post.
    DeliveryId,
    /// A physical card.
    CardId,
    /// One code on one chip.
    ChipCodeId,
    /// The receipt that a holder signs for a card.
    ReceiptId,
    /// A certificate on a card.
    CertificateId,
    /// The certificates of one card and profile, for log-in and signing.
    PairId,
    /// A letter with a PUK code.
    PukLetterId,
    /// A photo for cards.
    PhotoId,
    /// A task for a card in a reader.
    CardTaskId,
    /// A case of revocation.
    RevocationId,
    /// An officer's appointment.
    AppointmentId,
    /// A system client: another system that asks through the API.
    ClientId,
}
