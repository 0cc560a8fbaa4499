//! What people read when the rules say no: why, and the shortest lawful way instead. Every refusal
//! has its two sentences in both languages.

#[cfg(test)]
mod tests;

use cards_domain::refusal::Refusal;

use crate::components;
use crate::text::Text;

/// Why it cannot be done, and what to do instead.
#[must_use]
#[expect(clippy::too_many_lines, reason = "one line per refusal")]
pub fn refusal_text(t: Text, refusal: &Refusal) -> (String, String) {
    use Refusal as R;
    match refusal {
        R::OutOfScope => (t.refusal_out_of_scope(), t.refusal_out_of_scope_instead()),
        R::NotYourRole => (t.refusal_not_your_role(), t.refusal_not_your_role_instead()),
        R::OwnCard => (t.refusal_own_card(), t.refusal_own_card_instead()),
        R::AssuranceTooLow => (
            t.refusal_assurance_too_low(),
            t.refusal_assurance_too_low_instead(),
        ),
        R::SecondPersonNeeded => (
            t.refusal_second_person_needed(),
            t.refusal_second_person_needed_instead(),
        ),
        R::SignatureNeeded => (
            t.refusal_signature_needed(),
            t.refusal_signature_needed_instead(),
        ),
        R::CardNotSentYet => (
            t.refusal_card_not_sent_yet(),
            t.refusal_card_not_sent_yet_instead(),
        ),
        R::CardNotActivated => (
            t.refusal_card_not_activated(),
            t.refusal_card_not_activated_instead(),
        ),
        R::ReceiptNotSigned => (
            t.refusal_receipt_not_signed(),
            t.refusal_receipt_not_signed_instead(),
        ),
        R::CardAlreadyActive => (
            t.refusal_card_already_active(),
            t.refusal_card_already_active_instead(),
        ),
        R::CardRevoked => (t.refusal_card_revoked(), t.refusal_card_revoked_instead()),
        R::CardExpired => (t.refusal_card_expired(), t.refusal_card_expired_instead()),
        R::WrongCard => (t.refusal_wrong_card(), t.refusal_wrong_card_instead()),
        R::CardAtOffice => (
            t.refusal_card_at_office(),
            t.refusal_card_at_office_instead(),
        ),
        R::CardDestroyed => (
            t.refusal_card_destroyed(),
            t.refusal_card_destroyed_instead(),
        ),
        R::CardStillLives => (
            t.refusal_card_still_lives(),
            t.refusal_card_still_lives_instead(),
        ),
        R::ExceptionReasonNeeded { office } => (
            t.refusal_exception_reason_needed(office),
            t.refusal_exception_reason_needed_instead(),
        ),
        R::PrintedNameNotConfirmed => (
            t.refusal_printed_name_not_confirmed(),
            t.refusal_printed_name_not_confirmed_instead(),
        ),
        R::PhotoNotCompared => (
            t.refusal_photo_not_compared(),
            t.refusal_photo_not_compared_instead(),
        ),
        R::CodeNotChosen => (
            t.refusal_code_not_chosen(),
            t.refusal_code_not_chosen_instead(),
        ),
        R::CodeLetterNotProven => (
            t.refusal_code_letter_not_proven(),
            t.refusal_code_letter_not_proven_instead(),
        ),
        R::WrongOffice { office } => (
            t.refusal_wrong_office(office),
            t.refusal_wrong_office_instead(),
        ),
        R::NoOffice => (t.refusal_no_office(), t.refusal_no_office_instead()),
        R::ActivationTooLate { last_day } => (
            t.refusal_activation_too_late(t.day(*last_day)),
            t.refusal_activation_too_late_instead(),
        ),
        R::NotDue { from } => (t.refusal_not_due(t.day(*from)), t.refusal_not_due_instead()),
        R::DocumentOfAnotherPerson => (
            t.refusal_document_of_another_person(),
            t.refusal_document_of_another_person_instead(),
        ),
        R::DocumentExpired { on } => (
            t.refusal_document_expired(t.day(*on)),
            t.refusal_document_expired_instead(),
        ),
        R::CardIsItsOwnProof => (
            t.refusal_card_is_its_own_proof(),
            t.refusal_card_is_its_own_proof_instead(),
        ),
        R::CheckIncomplete => (
            t.refusal_check_incomplete(),
            t.refusal_check_incomplete_instead(),
        ),
        R::NoPost => (t.refusal_no_post(), t.refusal_no_post_instead()),
        R::NameNotForCertificate => (
            t.refusal_name_not_for_certificate(),
            t.refusal_name_not_for_certificate_instead(),
        ),
        R::NoPersonnummer => (
            t.refusal_no_personnummer(),
            t.refusal_no_personnummer_instead(),
        ),
        R::TooYoung { from } => (
            t.refusal_too_young(t.day(*from)),
            t.refusal_too_young_instead(),
        ),
        R::NoRegisteredAddress => (
            t.refusal_no_registered_address(),
            t.refusal_no_registered_address_instead(),
        ),
        R::RegisterSilent => (
            t.refusal_register_silent(),
            t.refusal_register_silent_instead(),
        ),
        R::Deceased => (t.refusal_deceased(), t.refusal_deceased_instead()),
        R::RoutineNotConfirmed => (
            t.refusal_routine_not_confirmed(),
            t.refusal_routine_not_confirmed_instead(),
        ),
        R::ProductNotOrderable => (
            t.refusal_product_not_orderable(),
            t.refusal_product_not_orderable_instead(),
        ),
        R::PhotoNeeded => (t.refusal_photo_needed(), t.refusal_photo_needed_instead()),
        R::AlreadyOrdered { order_number } => (
            t.refusal_already_ordered(order_number),
            t.refusal_already_ordered_instead(),
        ),
        R::PrerequisitesMissing => (
            t.refusal_prerequisites_missing(),
            t.refusal_prerequisites_missing_instead(),
        ),
        R::OrderNotSent => (
            t.refusal_order_not_sent(),
            t.refusal_order_not_sent_instead(),
        ),
        R::OrderAtManufacturer => (
            t.refusal_order_at_manufacturer(),
            t.refusal_order_at_manufacturer_instead(),
        ),
        R::OrderDispatched => (
            t.refusal_order_dispatched(),
            t.refusal_order_dispatched_instead(),
        ),
        R::OrderEnded => (t.refusal_order_ended(), t.refusal_order_ended_instead()),
        R::UndeliveredTooSoon { from } => (
            t.refusal_undelivered_too_soon(t.day(*from)),
            t.refusal_undelivered_too_soon_instead(),
        ),
        R::RekNotPostedYet { from } => (
            t.refusal_rek_not_posted_yet(),
            t.refusal_rek_not_posted_yet_instead(t.day(*from)),
        ),
        R::UndeliveredTraceable { rek_id: None } => (
            t.refusal_undelivered_traceable(),
            t.refusal_undelivered_traceable_instead(),
        ),
        R::UndeliveredTraceable {
            rek_id: Some(rek_id),
        } => (
            t.refusal_undelivered_traceable(),
            t.refusal_undelivered_traceable_with(rek_id),
        ),
        R::ThirdLetter => (t.refusal_third_letter(), t.refusal_third_letter_instead()),
        R::PhotoNotAwaited => (
            t.refusal_photo_not_awaited(),
            t.refusal_photo_not_awaited_instead(),
        ),
        R::PhotoNotConfirmed => (
            t.refusal_photo_not_confirmed(),
            t.refusal_photo_not_confirmed_instead(),
        ),
        R::PhotoDecided => (t.refusal_photo_decided(), t.refusal_photo_decided_instead()),
        R::NoStoredPhoto => (
            t.refusal_no_stored_photo(),
            t.refusal_no_stored_photo_instead(),
        ),
        R::StoredPhotoTooOld { last_day } => (
            t.refusal_stored_photo_too_old(t.day(*last_day)),
            t.refusal_stored_photo_too_old_instead(),
        ),
        R::ReasonNotForPeople => (
            t.refusal_reason_not_for_people(),
            t.refusal_reason_not_for_people_instead(),
        ),
        R::ReporterUnknown => (
            t.refusal_reporter_unknown(),
            t.refusal_reporter_unknown_instead(),
        ),
        R::LastFourWrong => (
            t.refusal_last_four_wrong(),
            t.refusal_last_four_wrong_instead(),
        ),
        R::AlreadyReported => (
            t.refusal_already_reported(),
            t.refusal_already_reported_instead(),
        ),
        R::NotRevokedYet => (
            t.refusal_not_revoked_yet(),
            t.refusal_not_revoked_yet_instead(),
        ),
        R::CaseEnded => (t.refusal_case_ended(), t.refusal_case_ended_instead()),
        R::StepNotAsked => (
            t.refusal_step_not_asked(),
            t.refusal_step_not_asked_instead(),
        ),
        R::DayInTheFuture => (
            t.refusal_day_in_the_future(),
            t.refusal_day_in_the_future_instead(),
        ),
        R::DayTooEarly { from } => (
            t.refusal_day_too_early(t.day(*from)),
            t.refusal_day_too_early_instead(),
        ),
        R::DayHasPassed => (
            t.refusal_day_has_passed(),
            t.refusal_day_has_passed_instead(),
        ),
        R::NotPosted => (t.refusal_not_posted(), t.refusal_not_posted_instead()),
        R::DeliveryEnded => (
            t.refusal_delivery_ended(),
            t.refusal_delivery_ended_instead(),
        ),
        R::NotTraceable => (t.refusal_not_traceable(), t.refusal_not_traceable_instead()),
        R::ReceiptSigned => (
            t.refusal_receipt_signed(),
            t.refusal_receipt_signed_instead(),
        ),
        R::ReceiptTooLate { on } => (
            t.refusal_receipt_too_late(t.day(*on)),
            t.refusal_receipt_too_late_instead(),
        ),
        R::ReceiptEnded => (t.refusal_receipt_ended(), t.refusal_receipt_ended_instead()),
        R::WrongTerms => (t.refusal_wrong_terms(), t.refusal_wrong_terms_instead()),
        R::CodeNotSet => (t.refusal_code_not_set(), t.refusal_code_not_set_instead()),
        R::CodeNotLocked => (
            t.refusal_code_not_locked(),
            t.refusal_code_not_locked_instead(),
        ),
        R::CodeLocked => (t.refusal_code_locked(), t.refusal_code_locked_instead()),
        R::CodeGone => (t.refusal_code_gone(), t.refusal_code_gone_instead()),
        R::VisitDoesNotUnlock {
            product_number: None,
        } => (
            t.refusal_visit_does_not_unlock_unnumbered(),
            t.refusal_visit_does_not_unlock_instead(),
        ),
        R::VisitDoesNotUnlock {
            product_number: Some(number),
        } => (
            t.refusal_visit_does_not_unlock(number),
            t.refusal_visit_does_not_unlock_instead(),
        ),
        R::PukLocked => (t.refusal_puk_locked(), t.refusal_puk_locked_instead()),
        R::CallerNotIdentified => (
            t.refusal_caller_not_identified(),
            t.refusal_caller_not_identified_instead(),
        ),
        R::LetterNotThere => (
            t.refusal_letter_not_there(),
            t.refusal_letter_not_there_instead(),
        ),
        R::LetterEnded => (t.refusal_letter_ended(), t.refusal_letter_ended_instead()),
        R::LetterAlreadyOpen => (
            t.refusal_letter_already_open(),
            t.refusal_letter_already_open_instead(),
        ),
        R::NoLetterForReserve => (
            t.refusal_no_letter_for_reserve(),
            t.refusal_no_letter_for_reserve_instead(),
        ),
        R::CertificateNotThere => (
            t.refusal_certificate_not_there(),
            t.refusal_certificate_not_there_instead(),
        ),
        R::CertificateEnded => (
            t.refusal_certificate_ended(),
            t.refusal_certificate_ended_instead(),
        ),
        R::KeyInUse => (t.refusal_key_in_use(), t.refusal_key_in_use_instead()),
        R::CertificateNotForProduct => (
            t.refusal_certificate_not_for_product(),
            t.refusal_certificate_not_for_product_instead(),
        ),
        R::AlreadyRegistered => (
            t.refusal_already_registered(),
            t.refusal_already_registered_instead(),
        ),
        R::NothingToFetch => (
            t.refusal_nothing_to_fetch(),
            t.refusal_nothing_to_fetch_instead(),
        ),
        R::CodeComesByLetter => (
            t.refusal_code_comes_by_letter(),
            t.refusal_code_comes_by_letter_instead(),
        ),
        R::TaskCodeGone => (
            t.refusal_task_code_gone(),
            t.refusal_task_code_gone_instead(),
        ),
        R::TaskNotBegun => (
            t.refusal_task_not_begun(),
            t.refusal_task_not_begun_instead(),
        ),
        R::TaskOver => (t.refusal_task_over(), t.refusal_task_over_instead()),
        R::ProofNeeded => (t.refusal_proof_needed(), t.refusal_proof_needed_instead()),
        R::ProofDoesNotHold => (
            t.refusal_proof_does_not_hold(),
            t.refusal_proof_does_not_hold_instead(),
        ),
        R::TooManyAnswers => (
            t.refusal_too_many_answers(),
            t.refusal_too_many_answers_instead(),
        ),
    }
}

/// Both sentences after each other, for the place beside a field.
#[must_use]
pub fn sentence(t: Text, refusal: &Refusal) -> String {
    let (why, instead) = refusal_text(t, refusal);
    format!("{why} {instead}")
}

/// A line under *Går inte just nu*: the act as on the missing button, and why.
#[must_use]
pub fn line(t: Text, what: impl Into<String>, refusal: &Refusal) -> components::Refusal {
    components::Refusal::new(what, sentence(t, refusal))
}

/// A message in the place of a form: the act cannot be done at all now.
#[must_use]
pub fn message(t: Text, refusal: &Refusal) -> components::Message {
    let (why, instead) = refusal_text(t, refusal);
    components::Message::neutral(why, instead)
}
