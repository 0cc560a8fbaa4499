//! What a revocation brings with it, by reason and product, told before it is confirmed.

use cards_app::queries::CardSheet;
use cards_domain::card::{CardStageName, RevocationReason};
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::revocation::{ExternalStep, external_steps};
use cards_domain::unlock::{TELIA_REVOCATION_PHONE, unlock_ways};

use super::asked::Teller;
use crate::components::Icon;
use crate::text::Text;

/// The lines of the list.
pub(crate) type Losses = Vec<(Icon, String)>;

/// What happens when this reader revokes the card for this reason.
pub(crate) fn losses(
    t: Text,
    teller: Teller,
    sheet: &CardSheet,
    reason: RevocationReason,
) -> Losses {
    let mut losses = vec![(Icon::Ban, t.loss_final())];
    losses.extend(outside(t, teller, sheet, reason));
    losses.extend(order(t, teller, sheet));
    losses.extend(after(t, teller, reason));
    losses
}

/// The steps that source text S3 asks for, and what is only advised.
fn outside(t: Text, teller: Teller, sheet: &CardSheet, reason: RevocationReason) -> Losses {
    let number = sheet.card.product_number.as_ref();
    let steps = external_steps(reason, number, sheet.product.sis_marked);
    let asks = |step| steps.contains(&step);
    let is_older = unlock_ways(number).telia_step;
    let telia = match (asks(ExternalStep::Telia), teller, number) {
        (true, Teller::Holder, _) => Some(t.loss_my_also_telia(TELIA_REVOCATION_PHONE)),
        (true, _, Some(number)) => Some(t.loss_also_telia(number, TELIA_REVOCATION_PHONE)),
        (true, _, None) => Some(t.loss_also_telia_unnumbered(TELIA_REVOCATION_PHONE)),
        (false, _, _) => is_older.then(|| t.loss_maybe_telia(TELIA_REVOCATION_PHONE)),
    };
    let is_stolen = reason == RevocationReason::Stolen;
    let police = match (asks(ExternalStep::Police), teller) {
        (true, Teller::Holder) => Some(t.loss_my_also_police()),
        (true, _) => Some(t.loss_also_police()),
        (false, Teller::Holder) => is_stolen.then(|| t.loss_my_maybe_police()),
        (false, _) => is_stolen.then(|| t.loss_maybe_police()),
    };
    let telia = telia.map(|text| (Icon::Phone, text));
    let police = police.map(|text| (Icon::Shield, text));
    telia.into_iter().chain(police).collect()
}

/// A card that has not become active takes its order with it.
fn order(t: Text, teller: Teller, sheet: &CardSheet) -> Option<(Icon, String)> {
    let is_holder = teller == Teller::Holder;
    match sheet.card.stage() {
        CardStageName::Sent if is_holder => Some((Icon::Envelope, t.loss_my_order_ends())),
        CardStageName::Sent => Some((Icon::Envelope, t.loss_order_ends())),
        CardStageName::UnlockedUnsigned if is_holder => Some((Icon::Pen, t.loss_my_receipt_ends())),
        CardStageName::UnlockedUnsigned => Some((Icon::Pen, t.loss_receipt_ends())),
        CardStageName::Ordered
        | CardStageName::Active
        | CardStageName::Revoked
        | CardStageName::Expired => None,
    }
}

fn after(t: Text, teller: Teller, reason: RevocationReason) -> Losses {
    let is_dead = reason == RevocationReason::PersonDeceased;
    match teller {
        Teller::Holder => vec![
            (Icon::Envelope, t.loss_my_mail()),
            (Icon::Card, t.loss_my_new_card()),
        ],
        Teller::Officer | Teller::Servicedesk if is_dead => {
            vec![(Icon::Envelope, t.loss_no_mail())]
        }
        Teller::Officer | Teller::Servicedesk => vec![
            (Icon::Envelope, t.loss_mail()),
            (Icon::Card, t.loss_order_after()),
        ],
    }
}
