//! A check that the reader has signed and that waits for the holder to choose the code. Whoever has
//! left that step comes back to it from the person's page, for as long as the signature holds.

use cards_app::queries::CardAndOffers;
use cards_app::sessions::UsedSignature;
use cards_app::{Call, Failure, Link as Db};
use cards_domain::ids::CardId;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::activate::PURPOSE;
use super::cards;
use super::draft::Draft;
use crate::components::{Button, Link, Message, NextStep};
use crate::text::Text;

/// The check of one card.
pub(super) struct SignedCheck {
    pub(super) card: CardId,
    pub(super) signature: Uuid,
    pub(super) at: DateTime<Utc>,
    pub(super) until: DateTime<Utc>,
}

/// The newest that the reader has signed for one of these cards. Nothing is asked for cards that the
/// reader may not activate.
pub(super) fn waiting<'a>(
    link: &mut Db,
    call: &Call,
    cards: impl IntoIterator<Item = &'a CardAndOffers>,
) -> Result<Option<SignedCheck>, Failure> {
    let open = cards
        .into_iter()
        .filter(|card| cards::can_activate(card))
        .map(|card| card.sheet.card.id);
    let open: Vec<CardId> = open.collect();
    let Some(reader) = call.actor.person().filter(|_| !open.is_empty()) else {
        return Ok(None);
    };
    let signed = link.waiting_signatures(reader, call.channel, PURPOSE)?;
    let mut checks = signed.iter().filter_map(SignedCheck::read);
    Ok(checks.find(|check| open.contains(&check.card)))
}

impl SignedCheck {
    fn read(signed: &UsedSignature) -> Option<Self> {
        let draft: Draft = serde_json::from_value(signed.payload.clone()).ok()?;
        Some(Self {
            card: draft.card,
            signature: signed.signature.evidence?,
            at: signed.signature.at,
            until: signed.until(),
        })
    }

    fn address(&self) -> String {
        let (card, signature) = (self.card, self.signature);
        format!("/id-admin/kort/{card}/aktivera/kod?signature={signature}")
    }

    fn means(&self, t: Text) -> String {
        t.next_code_means(t.clock(self.at), t.clock(self.until))
    }

    /// As the person's one next step.
    pub(super) fn next_step(&self, t: Text) -> NextStep {
        let go = Button::link(t.go_on_handing_out(), self.address());
        NextStep::new(t.next_code(), self.means(t), go)
    }

    /// Above the form that would begin the check anew.
    pub(super) fn message(&self, t: Text) -> Message {
        let go = Link::new(t.go_on_handing_out(), self.address());
        Message::info(t.check_is_signed(), self.means(t)).link(go)
    }
}
