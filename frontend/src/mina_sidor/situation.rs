//! How a card stands for its holder: what works, what is locked, and where a card is that has not
//! been activated. Pages ask here, so that none of them says another thing than the next.

use cards_app::queries::CardSheet;
use cards_domain::card::{CardStage, Custody};
use cards_domain::delivery::DeliveryStage;
use cards_domain::ids::RevocationId;
use cards_domain::revocation::{Revocation, RevocationStage};
use chrono::{DateTime, Utc};

/// How a card stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Situation {
    /// It can be used.
    Works,
    /// It is valid but does not log in: locked, signed for or not. A code for signing that is
    /// locked leaves a card that works.
    Locked,
    /// It can be used, and is revoked unless the receipt is signed.
    Unsigned,
    /// It is being made.
    Ordered,
    /// In the post, or with the holder: nobody has said otherwise.
    Sent,
    /// Somebody has said that it did not come.
    Missing,
    /// At the card office, where the holder fetches it.
    AtOffice,
    /// Revoked or expired.
    Ended,
}

impl Situation {
    pub(super) fn of(sheet: &CardSheet) -> Self {
        match sheet.card.stage {
            CardStage::Active { .. } | CardStage::UnlockedUnsigned { .. }
                if sheet.parts.is_locked() =>
            {
                Self::Locked
            }
            CardStage::Active { .. } => Self::Works,
            CardStage::UnlockedUnsigned { .. } => Self::Unsigned,
            CardStage::Ordered => Self::Ordered,
            CardStage::Sent { .. } => sent(sheet),
            CardStage::Revoked { .. } | CardStage::Expired { .. } => Self::Ended,
        }
    }
}

/// A card in hand at the office is no longer missing, whatever was said of its envelope.
fn sent(sheet: &CardSheet) -> Situation {
    if sheet.card.custody == Custody::Office {
        return Situation::AtOffice;
    }
    match sheet.delivery.as_ref().map(|delivery| delivery.stage) {
        Some(DeliveryStage::ReportedMissing | DeliveryStage::Lost) => Situation::Missing,
        Some(
            DeliveryStage::Prepared
            | DeliveryStage::Posted
            | DeliveryStage::NoticeSent
            | DeliveryStage::AtServicePoint
            | DeliveryStage::Collected
            | DeliveryStage::AssumedDelivered
            | DeliveryStage::ReturnedToSender
            | DeliveryStage::LateArrival,
        )
        | None => Situation::Sent,
    }
}

/// Since when a code of the card is locked, the one for authentication first.
pub(super) fn locked_since(sheet: &CardSheet) -> Option<DateTime<Utc>> {
    let locked = sheet.parts.locked_pins().next();
    locked.map(|code| code.since)
}

/// A report by somebody who is not known, about a card that is still valid.
pub(super) fn report(sheet: &CardSheet) -> Option<&Revocation> {
    let is_reported = |case: &&Revocation| case.stage == RevocationStage::Reported;
    let mut cases = sheet.parts.cases.iter();
    cases
        .find(is_reported)
        .filter(|_| Situation::of(sheet) != Situation::Ended)
}

/// The case in which the card was revoked.
pub(super) fn case(sheet: &CardSheet) -> Option<RevocationId> {
    let mut cases = sheet.parts.cases.iter();
    let own = cases.find(|case| case.executed_at.is_some());
    own.map(|case| case.id)
}
