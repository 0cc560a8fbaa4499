//! One sentence for each kind of line in the log.

use crate::components::{Icon, Tone};
use crate::text::Text;

/// How something that happened is shown: icon, colour, sentence.
pub(super) type Told = (Icon, Option<Tone>, String);

/// What was done; `None` for what has no sentence.
pub(super) fn done(t: Text, kind: &str, action: &str) -> Option<Told> {
    match kind {
        "card_order" => of_order(t, action),
        "delivery" => of_delivery(t, action),
        "card" => of_card(t, action),
        "chip_code" => of_chip_code(t, action),
        "receipt" => of_receipt(t, action),
        "certificate" => of_certificate(t, action),
        "card_task" => of_card_task(t, action),
        "puk_letter" => of_puk_letter(t, action),
        "photo" => of_photo(t, action),
        "revocation" => of_revocation(t, action),
        _ => of_plain(t, kind, action),
    }
}

fn of_order(t: Text, action: &str) -> Option<Told> {
    Some(match action {
        "begin" => (Icon::Card, None, t.event_card_order_begin()),
        "submit" => (Icon::Check, None, t.event_card_order_submit()),
        "complete_prerequisites" => (
            Icon::Check,
            None,
            t.event_card_order_complete_prerequisites(),
        ),
        "approve_photo" => (Icon::Camera, None, t.event_card_order_approve_photo()),
        "use_stored_photo" => (Icon::Camera, None, t.event_card_order_use_stored_photo()),
        "ask_arrival" => (
            Icon::Clock,
            Some(Tone::Warning),
            t.event_card_order_ask_arrival(),
        ),
        "send" => (Icon::Box, Some(Tone::Info), t.event_card_order_send()),
        "fail_production" => (
            Icon::Warning,
            Some(Tone::Warning),
            t.event_card_order_fail_production(),
        ),
        "produce" => (Icon::Box, Some(Tone::Info), t.event_card_order_produce()),
        "dispatch" => (
            Icon::Envelope,
            Some(Tone::Info),
            t.event_card_order_dispatch(),
        ),
        "fulfil" => (
            Icon::Check,
            Some(Tone::Success),
            t.event_card_order_fulfil(),
        ),
        "replace_undelivered" => (
            Icon::Arrows,
            Some(Tone::Warning),
            t.event_card_order_replace_undelivered(),
        ),
        "expire_activation" => (
            Icon::CalendarCross,
            Some(Tone::Danger),
            t.event_card_order_expire_activation(),
        ),
        "cancel" => (
            Icon::Cross,
            Some(Tone::Warning),
            t.event_card_order_cancel(),
        ),
        "end_with_card" => (Icon::Cross, None, t.event_card_order_end_with_card()),
        _ => return None,
    })
}

fn of_delivery(t: Text, action: &str) -> Option<Told> {
    Some(match action {
        "begin" => (Icon::Envelope, None, t.event_delivery_begin()),
        "post" => (Icon::Envelope, Some(Tone::Info), t.event_delivery_post()),
        "send_notice" => (
            Icon::Envelope,
            Some(Tone::Info),
            t.event_delivery_send_notice(),
        ),
        "reach_service_point" => (
            Icon::Pin,
            Some(Tone::Info),
            t.event_delivery_reach_service_point(),
        ),
        "collect" => (Icon::Check, None, t.event_delivery_collect()),
        "return" => (Icon::Return, Some(Tone::Warning), t.event_delivery_return()),
        "lose" => (Icon::Warning, Some(Tone::Danger), t.event_delivery_lose()),
        "report_missing" => (
            Icon::Warning,
            Some(Tone::Warning),
            t.event_delivery_report_missing(),
        ),
        "report_late_arrival" => (Icon::Envelope, None, t.event_delivery_report_late_arrival()),
        "arrive" => (Icon::Check, None, t.event_delivery_arrive()),
        _ => return None,
    })
}

fn of_card(t: Text, action: &str) -> Option<Told> {
    Some(match action {
        "begin" => (Icon::Card, None, t.event_card_begin()),
        "make" => (Icon::Box, Some(Tone::Info), t.event_card_make()),
        "dispatch" => (Icon::Envelope, Some(Tone::Info), t.event_card_dispatch()),
        "receive_at_office" => (Icon::Home, None, t.event_card_receive_at_office()),
        "unlock" => (Icon::Pen, Some(Tone::Warning), t.event_card_unlock()),
        "confirm_receipt" => (
            Icon::Check,
            Some(Tone::Success),
            t.event_card_confirm_receipt(),
        ),
        "revoke" => (Icon::Ban, Some(Tone::Danger), t.event_card_revoke()),
        "supersede" => (Icon::Ban, None, t.event_card_supersede()),
        "end_with_order" => (Icon::Ban, None, t.event_card_end_with_order()),
        "end_with_receipt" => (
            Icon::Ban,
            Some(Tone::Danger),
            t.event_card_end_with_receipt(),
        ),
        "end_unactivated" => (
            Icon::Ban,
            Some(Tone::Danger),
            t.event_card_end_unactivated(),
        ),
        "expire" => (Icon::CalendarCross, None, t.event_card_expire()),
        "destroy" => (Icon::Scissors, None, t.event_card_destroy()),
        "doubt" => (Icon::Warning, Some(Tone::Warning), t.event_card_doubt()),
        _ => return None,
    })
}

fn of_chip_code(t: Text, action: &str) -> Option<Told> {
    Some(match action {
        "begin" => (Icon::Card, None, t.event_chip_code_begin()),
        "set" => (Icon::Check, None, t.event_chip_code_set()),
        "lock" => (Icon::Padlock, Some(Tone::Warning), t.event_chip_code_lock()),
        "unlock_at_visit" => (
            Icon::Padlock,
            Some(Tone::Success),
            t.event_chip_code_unlock_at_visit(),
        ),
        "unlock_with_puk" => (
            Icon::Padlock,
            Some(Tone::Success),
            t.event_chip_code_unlock_with_puk(),
        ),
        "show_unlocked" => (
            Icon::Padlock,
            Some(Tone::Success),
            t.event_chip_code_show_unlocked(),
        ),
        "unlock_beside" => (
            Icon::Padlock,
            Some(Tone::Success),
            t.event_chip_code_unlock_beside(),
        ),
        "drop" => (Icon::Cross, None, t.event_chip_code_drop()),
        _ => return None,
    })
}

fn of_receipt(t: Text, action: &str) -> Option<Told> {
    Some(match action {
        "begin" => (Icon::Pen, Some(Tone::Warning), t.event_receipt_begin()),
        "sign" => (Icon::Pen, Some(Tone::Success), t.event_receipt_sign()),
        "register_paper" => (
            Icon::Pen,
            Some(Tone::Success),
            t.event_receipt_register_paper(),
        ),
        "refuse" => (Icon::Cross, Some(Tone::Danger), t.event_receipt_refuse()),
        "time_out" => (Icon::Clock, Some(Tone::Danger), t.event_receipt_time_out()),
        "lapse" => (Icon::Cross, None, t.event_receipt_lapse()),
        _ => return None,
    })
}

fn of_certificate(t: Text, action: &str) -> Option<Told> {
    Some(match action {
        "begin" => (Icon::Card, None, t.event_certificate_begin()),
        "issue" => (Icon::Check, None, t.event_certificate_issue()),
        "write_to_card" => (
            Icon::Check,
            Some(Tone::Success),
            t.event_certificate_write_to_card(),
        ),
        "take_off_card" => (Icon::Return, None, t.event_certificate_take_off_card()),
        "fetch_back" => (Icon::Return, None, t.event_certificate_fetch_back()),
        "supersede" => (Icon::Arrows, None, t.event_certificate_supersede()),
        "revoke" => (Icon::Ban, Some(Tone::Danger), t.event_certificate_revoke()),
        "end_with_pair" => (
            Icon::Ban,
            Some(Tone::Danger),
            t.event_certificate_end_with_pair(),
        ),
        "end_with_card" => (Icon::Ban, None, t.event_certificate_end_with_card()),
        "expire" => (Icon::CalendarCross, None, t.event_certificate_expire()),
        _ => return None,
    })
}

fn of_card_task(t: Text, action: &str) -> Option<Told> {
    Some(match action {
        "begin" => (Icon::Card, None, t.event_card_task_begin()),
        "fetch" => (Icon::Card, None, t.event_card_task_fetch()),
        "answer_chip" => (Icon::Padlock, None, t.event_card_task_answer_chip()),
        "prove" => (Icon::Check, Some(Tone::Success), t.event_card_task_prove()),
        "finish" => (Icon::Check, Some(Tone::Success), t.event_card_task_finish()),
        "give_up" => (
            Icon::Warning,
            Some(Tone::Warning),
            t.event_card_task_give_up(),
        ),
        "cancel" => (Icon::Cross, None, t.event_card_task_cancel()),
        "renew" => (Icon::Arrows, None, t.event_card_task_renew()),
        "lapse" => (Icon::Clock, None, t.event_card_task_lapse()),
        "end_with_card" => (Icon::Cross, None, t.event_card_task_end_with_card()),
        _ => return None,
    })
}

fn of_puk_letter(t: Text, action: &str) -> Option<Told> {
    Some(match action {
        "begin" => (Icon::Envelope, None, t.event_puk_letter_begin()),
        "approve" => (Icon::Check, Some(Tone::Info), t.event_puk_letter_approve()),
        "reject" => (
            Icon::Cross,
            Some(Tone::Warning),
            t.event_puk_letter_reject(),
        ),
        "cancel" => (Icon::Cross, None, t.event_puk_letter_cancel()),
        "print" => (Icon::Printer, Some(Tone::Info), t.event_puk_letter_print()),
        "mail" => (Icon::Envelope, Some(Tone::Info), t.event_puk_letter_mail()),
        "reach_service_point" => (
            Icon::Pin,
            Some(Tone::Info),
            t.event_puk_letter_reach_service_point(),
        ),
        "collect" => (Icon::Check, None, t.event_puk_letter_collect()),
        "use" => (Icon::Check, Some(Tone::Success), t.event_puk_letter_use()),
        "return" => (
            Icon::Return,
            Some(Tone::Warning),
            t.event_puk_letter_return(),
        ),
        "fail" => (
            Icon::Warning,
            Some(Tone::Warning),
            t.event_puk_letter_fail(),
        ),
        "close" => (Icon::Cross, None, t.event_puk_letter_close()),
        _ => return None,
    })
}

fn of_photo(t: Text, action: &str) -> Option<Told> {
    Some(match action {
        "begin" => (Icon::Camera, None, t.event_photo_begin()),
        "approve" => (Icon::Check, None, t.event_photo_approve()),
        "reject" => (Icon::Cross, Some(Tone::Warning), t.event_photo_reject()),
        _ => return None,
    })
}

fn of_revocation(t: Text, action: &str) -> Option<Told> {
    Some(match action {
        "begin" => (
            Icon::Warning,
            Some(Tone::Danger),
            t.event_revocation_begin(),
        ),
        "execute" => (Icon::Ban, Some(Tone::Danger), t.event_revocation_execute()),
        "withdraw" => (Icon::Return, None, t.event_revocation_withdraw()),
        "end_with_card" => (Icon::Check, None, t.event_revocation_end_with_card()),
        "record" => (Icon::Check, None, t.event_revocation_record()),
        _ => return None,
    })
}

fn of_plain(t: Text, kind: &str, action: &str) -> Option<Told> {
    Some(match (kind, action) {
        ("person", "ask_register") => (Icon::Home, None, t.event_person_ask_register()),
        ("person", "change_name") => (Icon::Pen, Some(Tone::Info), t.event_person_change_name()),
        ("person", "change_number") => {
            (Icon::Pen, Some(Tone::Info), t.event_person_change_number())
        }
        ("session", "log_in") => (Icon::Person, None, t.event_session_log_in()),
        ("session", "log_out") => (Icon::Person, None, t.event_session_log_out()),
        ("batch", "import_directory") => (Icon::Arrows, None, t.event_batch_import_directory()),
        ("office", "add") => (Icon::Home, None, t.event_office_add()),
        ("office", "edit") => (Icon::Home, None, t.event_office_edit()),
        ("product", "add") => (Icon::Card, None, t.event_product_add()),
        ("product", "edit") => (Icon::Card, None, t.event_product_edit()),
        ("appointment", "add") => (Icon::Person, None, t.event_appointment_add()),
        ("appointment", "edit") => (Icon::Person, None, t.event_appointment_edit()),
        ("organisation", "add") => (Icon::Home, None, t.event_organisation_add()),
        ("organisation", "edit") => (Icon::Home, None, t.event_organisation_edit()),
        ("client", "add") => (Icon::Gear, None, t.event_client_add()),
        ("client", "edit") => (Icon::Gear, None, t.event_client_edit()),
        ("safety_stop", "add") => (Icon::Warning, Some(Tone::Danger), t.event_safety_stop_add()),
        ("safety_stop", "edit") => (Icon::Check, None, t.event_safety_stop_edit()),
        ("errand", "retry") => (Icon::Check, None, t.event_errand_retry()),
        ("ending_stop", "edit") => (Icon::Check, None, t.event_ending_stop_edit()),
        ("identity_proposal", "edit") => (Icon::Check, None, t.event_identity_proposal_edit()),
        _ => return None,
    })
}
