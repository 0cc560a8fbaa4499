//! From the rules' own names to the vocabulary of states and words that people read.

use cards_domain::card::{CardStage, CardStageName, RevocationReason};
use cards_domain::delivery::{DeliveryMethod, DeliveryStage};
use cards_domain::identity_check::{CheckStep, DocumentKind};
use cards_domain::order::OrderStage;

use crate::components::states::{State, card as card_states, delivery as sent, order as orders};
use crate::components::{CardDrawing, Icon, StateBadge, Tone};
use crate::text::Text;

/// The state of a card.
#[must_use]
pub fn card(stage: &CardStage) -> State {
    match CardStageName::from(stage) {
        CardStageName::Ordered => card_states::ORDERED,
        CardStageName::Sent => card_states::SENT,
        CardStageName::UnlockedUnsigned => card_states::UNLOCKED_UNSIGNED,
        CardStageName::Active => card_states::ACTIVE,
        CardStageName::Revoked => card_states::REVOKED,
        CardStageName::Expired => card_states::EXPIRED,
    }
}

/// The drawing of a card in its state.
#[must_use]
pub fn drawing(stage: &CardStage) -> CardDrawing {
    card(stage).drawing.unwrap_or(CardDrawing::Whole)
}

/// The state of an order.
#[must_use]
pub fn order(stage: OrderStage) -> State {
    match stage {
        OrderStage::Draft => orders::DRAFT,
        OrderStage::AwaitingPrerequisites => orders::AWAITING_PREREQUISITES,
        OrderStage::AwaitingPhoto => orders::AWAITING_PHOTO,
        OrderStage::ReadyToSend => orders::READY_TO_SEND,
        OrderStage::SentToManufacturer | OrderStage::Produced => orders::IN_PRODUCTION,
        OrderStage::Dispatched => orders::DISPATCHED,
        OrderStage::Fulfilled => orders::FULFILLED,
        OrderStage::Cancelled => orders::CANCELLED,
        OrderStage::Rejected => orders::REJECTED,
        OrderStage::ReplacedUndelivered => orders::REPLACED_UNDELIVERED,
        OrderStage::ActivationExpired => orders::ACTIVATION_EXPIRED,
    }
}

/// The state of a sending.
#[must_use]
pub fn delivery(t: Text, stage: DeliveryStage) -> StateBadge {
    match stage {
        DeliveryStage::Prepared => {
            StateBadge::new(Tone::Info, Icon::Box, t.state_delivery_prepared())
        }
        DeliveryStage::Posted => sent::POSTED.badge(t),
        DeliveryStage::NoticeSent => sent::NOTICE_SENT.badge(t),
        DeliveryStage::AtServicePoint => sent::AT_SERVICE_POINT.badge(t),
        DeliveryStage::Collected => sent::COLLECTED.badge(t),
        DeliveryStage::AssumedDelivered => {
            StateBadge::new(Tone::Success, Icon::Check, t.state_delivery_assumed())
        }
        DeliveryStage::ReturnedToSender => sent::RETURNED_TO_SENDER.badge(t),
        DeliveryStage::Lost => sent::LOST.badge(t),
        DeliveryStage::ReportedMissing => StateBadge::new(
            Tone::Warning,
            Icon::Warning,
            t.state_delivery_reported_missing(),
        ),
        DeliveryStage::LateArrival => StateBadge::new(
            Tone::Neutral,
            Icon::Envelope,
            t.state_delivery_late_arrival(),
        ),
    }
}

/// How a card is sent.
#[must_use]
pub fn method(t: Text, method: DeliveryMethod) -> String {
    match method {
        DeliveryMethod::APost => t.method_a_post(),
        DeliveryMethod::Rek => t.method_rek(),
    }
}

/// Why a card is revoked, to stand after a colon.
#[must_use]
pub fn revocation_reason(t: Text, reason: RevocationReason) -> String {
    match reason {
        RevocationReason::Lost => t.reason_lost(),
        RevocationReason::Stolen => t.reason_stolen(),
        RevocationReason::CodesCompromised => t.reason_codes_compromised(),
        RevocationReason::CardDamaged => t.reason_card_damaged(),
        RevocationReason::Superseded => t.reason_superseded(),
        RevocationReason::ReplacedUndelivered => t.reason_replaced_undelivered(),
        RevocationReason::NameChanged => t.reason_name_changed(),
        RevocationReason::DataWrong => t.reason_data_wrong(),
        RevocationReason::EmploymentEnded => t.reason_employment_ended(),
        RevocationReason::NotReturned => t.reason_not_returned(),
        RevocationReason::Returned => t.reason_returned(),
        RevocationReason::NotActivatedInTime => t.reason_not_activated_in_time(),
        RevocationReason::ReceiptNotSigned => t.reason_receipt_not_signed(),
        RevocationReason::WronglyIssued => t.reason_wrongly_issued(),
        RevocationReason::PersonDeceased => t.reason_person_deceased(),
        RevocationReason::Misuse => t.reason_misuse(),
        RevocationReason::IssuerDecision => t.reason_issuer_decision(),
    }
}

/// The name of an identity document.
#[must_use]
pub fn document(t: Text, kind: DocumentKind) -> String {
    match kind {
        DocumentKind::DrivingLicence => t.document_driving_licence(),
        DocumentKind::Passport => t.document_passport(),
        DocumentKind::NationalIdCard => t.document_national_id_card(),
        DocumentKind::SisCard => t.document_sis_card(),
        DocumentKind::TaxAgencyIdCard => t.document_tax_agency_id_card(),
    }
}

/// One of the seven steps of looking at an identity document.
#[must_use]
pub fn check_step(t: Text, step: CheckStep) -> String {
    match step {
        CheckStep::AcceptedKind => t.check_accepted_kind(),
        CheckStep::Valid => t.check_valid(),
        CheckStep::Unaltered => t.check_unaltered(),
        CheckStep::SecurityDetails => t.check_security_details(),
        CheckStep::PhotoMatches => t.check_photo_matches(),
        CheckStep::AgeAndSexMatch => t.check_age_and_sex_match(),
        CheckStep::SignatureMatches => t.check_signature_matches(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use strum::IntoEnumIterator;

    use super::*;
    use crate::text::Lang;

    #[test]
    fn a_revoked_card_is_drawn_cut_and_never_called_locked() {
        let at = DateTime::UNIX_EPOCH;
        let stage = CardStage::Revoked {
            at,
            reason: RevocationReason::Lost,
        };
        assert_eq!(drawing(&stage), CardDrawing::Cut);
        assert_eq!(card(&stage).word(Text::of(Lang::Sv)), "Spärrad");
    }

    #[test]
    fn every_stage_of_a_sending_and_every_reason_has_a_word_in_both_languages() {
        for stage in DeliveryStage::iter() {
            let [sv, en] = [Lang::Sv, Lang::En].map(|l| delivery(Text::of(l), stage).to_string());
            assert_ne!(sv, en, "{stage:?}");
        }
        for reason in RevocationReason::iter() {
            let [sv, en] = [Lang::Sv, Lang::En].map(|l| revocation_reason(Text::of(l), reason));
            assert_ne!(sv, en, "{reason:?}");
        }
    }
}
