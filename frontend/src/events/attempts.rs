//! Acts that met a no, as they stand inside a sentence.

use crate::text::Text;

/// The act, as *att beställa kort*.
pub(super) fn act(t: Text, kind: &str, action: &str) -> String {
    match (kind, action) {
        ("card_order", "begin") => t.act_card_order_begin(),
        ("card_order", "cancel") => t.act_card_order_cancel(),
        ("card_order", "replace_undelivered") => t.act_card_order_replace_undelivered(),
        ("card_order", "complete_prerequisites") => t.act_card_order_complete_prerequisites(),
        ("card_order", "use_stored_photo") => t.act_card_order_use_stored_photo(),
        ("card", "unlock") => t.act_card_unlock(),
        ("card", "revoke") => t.act_card_revoke(),
        ("card", "receive_at_office") => t.act_card_receive_at_office(),
        ("card", "destroy") => t.act_card_destroy(),
        ("card", "doubt") => t.act_card_doubt(),
        ("delivery", "return") => t.act_delivery_return(),
        ("delivery", "lose") => t.act_delivery_lose(),
        ("delivery", "report_missing") => t.act_delivery_report_missing(),
        ("delivery", "report_late_arrival") => t.act_delivery_report_late_arrival(),
        ("chip_code", "lock") => t.act_chip_code_lock(),
        ("chip_code", "unlock_at_visit") => t.act_chip_code_unlock_at_visit(),
        ("chip_code", "unlock_with_puk") => t.act_chip_code_unlock_with_puk(),
        ("puk_letter", "begin") => t.act_puk_letter_begin(),
        ("puk_letter", "approve") => t.act_puk_letter_approve(),
        ("puk_letter", "reject") => t.act_puk_letter_reject(),
        ("puk_letter", "cancel") => t.act_puk_letter_cancel(),
        ("photo", "begin") => t.act_photo_begin(),
        ("photo", "approve") => t.act_photo_approve(),
        ("photo", "reject") => t.act_photo_reject(),
        ("certificate", "revoke") => t.act_certificate_revoke(),
        ("revocation", "begin") => t.act_revocation_begin(),
        ("revocation", "execute") => t.act_revocation_execute(),
        ("revocation", "withdraw") => t.act_revocation_withdraw(),
        ("revocation", "record") => t.act_revocation_record(),
        ("receipt", "sign") => t.act_receipt_sign(),
        ("receipt", "register_paper") => t.act_receipt_register_paper(),
        ("receipt", "refuse") => t.act_receipt_refuse(),
        ("safety_stop", "edit") => t.act_safety_stop_edit(),
        ("errand", "edit") => t.act_errand_edit(),
        ("ending_stop", "edit") => t.act_ending_stop_edit(),
        ("feed_upload", "edit") => t.act_feed_upload_edit(),
        ("identity_proposal", "edit") => t.act_identity_proposal_edit(),
        ("session", "log_in_refused") => t.act_session_log_in(),
        _ => t.event_other_act(),
    }
}
