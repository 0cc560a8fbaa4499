//! From the rules' own names to the vocabulary of states and words that people read.

use cards_domain::card::{CardStage, CardStageName, RevocationReason};
use cards_domain::delivery::{DeliveryMethod, DeliveryStage};
use cards_domain::identity_check::{CheckStep, DocumentKind};
use cards_domain::order::{OrderStage, Told};
use cards_domain::photo::{PhotoFault, PhotoStage};
use cards_domain::puk_letter::{LetterReason, LetterRejection, PukLetterStage};
use cards_domain::revocation::{
    ExternalStep, NotApplicable, Reporter, RevocationStage, StepOutcome, WrongIn,
};

use crate::components::states::{
    State, card as card_states, delivery as sent, order as orders, photo as photos,
    puk_letter as letters, revocation as cases,
};
use crate::components::{Icon, StateBadge, Tone};
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

/// The state of a photo.
#[must_use]
pub fn photo(stage: PhotoStage) -> State {
    match stage {
        PhotoStage::Captured => photos::CAPTURED,
        PhotoStage::Approved => photos::APPROVED,
        PhotoStage::Rejected => photos::REJECTED,
    }
}

/// The state of a case of revocation.
#[must_use]
pub fn revocation(stage: RevocationStage) -> State {
    match stage {
        RevocationStage::Reported => cases::RECEIVED,
        RevocationStage::ExternalStepsPending => cases::STEPS_LEFT,
        RevocationStage::Closed => cases::CLOSED,
        RevocationStage::Withdrawn => cases::WITHDRAWN,
    }
}

/// The state of a PUK letter.
#[must_use]
pub fn puk_letter(stage: PukLetterStage) -> State {
    match stage {
        PukLetterStage::Requested => letters::REQUESTED,
        PukLetterStage::Approved => letters::APPROVED,
        PukLetterStage::Printing => letters::PRINTING,
        PukLetterStage::Mailed => letters::MAILED,
        PukLetterStage::AtServicePoint => letters::AT_SERVICE_POINT,
        PukLetterStage::Collected => letters::COLLECTED,
        PukLetterStage::Used => letters::USED,
        PukLetterStage::Rejected => letters::REJECTED,
        PukLetterStage::Cancelled => letters::CANCELLED,
        PukLetterStage::ReturnedToSender => letters::RETURNED_TO_SENDER,
        PukLetterStage::Failed => letters::FAILED,
        PukLetterStage::Closed => letters::CLOSED,
    }
}

/// How a card is sent.
#[must_use]
pub fn method(t: Text, method: DeliveryMethod) -> String {
    match method {
        DeliveryMethod::APost => t.method_a_post(),
        DeliveryMethod::Rek => t.method_rek(),
        DeliveryMethod::ToOffice => t.method_to_office(),
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

/// What became of a card in the post, to stand after *kortet*.
#[must_use]
pub fn told(t: Text, told: Told) -> String {
    match told {
        Told::NotArrived => t.told_not_arrived(),
        Told::EnvelopeOpened => t.told_envelope_opened(),
        Told::CardDamaged => t.told_card_damaged(),
    }
}

/// Whose data were wrong, to stand after a reason.
#[must_use]
pub fn wrong_in(t: Text, place: WrongIn) -> String {
    match place {
        WrongIn::Register => t.wrong_in_register(),
        WrongIn::Directory => t.wrong_in_directory(),
        WrongIn::Order => t.wrong_in_order(),
        WrongIn::Print => t.wrong_in_print(),
    }
}

/// Whose data were wrong, as an answer.
#[must_use]
pub fn wrong_in_answer(t: Text, place: WrongIn) -> String {
    match place {
        WrongIn::Register => t.wrong_in_register_answer(),
        WrongIn::Directory => t.wrong_in_directory_answer(),
        WrongIn::Order => t.wrong_in_order_answer(),
        WrongIn::Print => t.wrong_in_print_answer(),
    }
}

/// Why a photo was not approved, to stand after a colon.
#[must_use]
pub fn photo_fault(t: Text, fault: PhotoFault) -> String {
    match fault {
        PhotoFault::Quality => t.photo_turned_down_quality(),
        PhotoFault::Pose => t.photo_turned_down_pose(),
        PhotoFault::Covered => t.photo_turned_down_covered(),
        PhotoFault::AnotherPerson => t.photo_turned_down_another_person(),
    }
}

/// Why a PUK letter was asked for, to stand after a colon.
#[must_use]
pub fn letter_reason(t: Text, reason: LetterReason) -> String {
    match reason {
        LetterReason::Locked => t.letter_reason_locked(),
        LetterReason::LostCodes => t.letter_reason_lost_codes(),
        LetterReason::NeverReceived => t.letter_reason_never_received(),
    }
}

/// Why a PUK letter was not approved, to stand after a colon.
#[must_use]
pub fn letter_rejection(t: Text, why: LetterRejection) -> String {
    match why {
        LetterRejection::CallerUnsure => t.letter_rejection_caller_unsure(),
        LetterRejection::CardToBeReplaced => t.letter_rejection_card_to_be_replaced(),
        LetterRejection::VisitInstead => t.letter_rejection_visit_instead(),
    }
}

/// Who reported a card, and how that is known.
#[must_use]
pub fn reporter(t: Text, reporter: Reporter) -> String {
    match reporter {
        Reporter::HolderLoggedIn => t.reporter_holder_logged_in(),
        Reporter::HolderInPerson => t.reporter_holder_in_person(),
        Reporter::CalledBack => t.reporter_called_back(),
        Reporter::KnownManager => t.reporter_known_manager(),
        Reporter::UnverifiedCaller => t.reporter_unverified_caller(),
        Reporter::Office => t.reporter_office(),
    }
}

/// A step outside, by its short name.
#[must_use]
pub fn external_step(t: Text, step: ExternalStep) -> String {
    match step {
        ExternalStep::Telia => t.external_step_telia(),
        ExternalStep::Police => t.external_step_police(),
    }
}

/// How a step outside ended or stands, to stand after a colon.
#[must_use]
pub fn step_outcome(t: Text, outcome: &StepOutcome) -> String {
    match outcome {
        StepOutcome::DoneByHolder { on, .. } => t.step_done_by_holder(t.day(*on)),
        StepOutcome::DoneByUs { on, .. } => t.step_done_by_us(t.day(*on)),
        StepOutcome::HolderWillDo { by } => t.step_holder_will_do(t.day(*by)),
        StepOutcome::NotApplicable { why } => match why {
            NotApplicable::ReserveCard => t.step_not_applicable_reserve_card(),
            NotApplicable::Deceased => t.step_not_applicable_deceased(),
            NotApplicable::NoPersonalEid => t.step_not_applicable_no_personal_eid(),
        },
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
    use std::collections::HashSet;

    use chrono::DateTime;
    use strum::IntoEnumIterator;

    use super::*;
    use crate::components::CardDrawing;
    use crate::text::Lang;

    #[test]
    fn a_revoked_card_is_drawn_with_a_ban_and_never_called_locked() {
        let at = DateTime::UNIX_EPOCH;
        let stage = CardStage::Revoked {
            at,
            reason: RevocationReason::Lost,
        };
        assert_eq!(card(&stage).drawing, Some(CardDrawing::Banned));
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

    /// One word for each value, all different, in both languages.
    fn told_apart<V: IntoEnumIterator>(word: impl Fn(Text, V) -> String) {
        for lang in [Lang::Sv, Lang::En] {
            let words: Vec<String> = V::iter().map(|v| word(Text::of(lang), v)).collect();
            let different: HashSet<&String> = words.iter().collect();
            assert_eq!(different.len(), words.len(), "{words:?}");
        }
        for value in V::iter().zip(V::iter()) {
            let (sv, en) = (
                word(Text::of(Lang::Sv), value.0),
                word(Text::of(Lang::En), value.1),
            );
            assert_ne!(sv, en);
        }
    }

    #[test]
    fn photos_cases_letters_and_their_reasons_have_words_of_their_own_in_both_languages() {
        told_apart(|t, stage| photo(stage).word(t));
        told_apart(|t, stage| revocation(stage).word(t));
        told_apart(|t, stage| puk_letter(stage).word(t));
        told_apart(told);
        told_apart(photo_fault);
        told_apart(letter_reason);
        told_apart(letter_rejection);
        told_apart(reporter);
        told_apart(external_step);
        told_apart(|t, why| step_outcome(t, &StepOutcome::NotApplicable { why }));
        told_apart(method);
    }

    #[test]
    fn a_report_that_is_not_carried_out_says_so_and_draws_the_card_whole() {
        let received = revocation(RevocationStage::Reported);
        assert_eq!(received.word(Text::of(Lang::Sv)), "Mottagen, inte utförd");
        assert_eq!(received.drawing, Some(CardDrawing::Whole));
        let left = revocation(RevocationStage::ExternalStepsPending);
        assert_eq!(left.word(Text::of(Lang::Sv)), "Spärrad, steg kvar");
        assert_eq!(left.drawing, Some(CardDrawing::Banned));
    }

    #[test]
    fn a_step_outside_is_told_with_its_day() {
        let t = Text::of(Lang::Sv);
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let done = StepOutcome::DoneByHolder {
            on: day,
            reference: None,
        };
        assert_eq!(step_outcome(t, &done), "gjort av innehavaren 2026-11-24");
        let will = StepOutcome::HolderWillDo { by: day };
        assert!(step_outcome(t, &will).contains("senast 2026-11-24"));
    }
}
