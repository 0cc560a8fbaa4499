//! Lines whose event says more than its action does.

use cards_app::Entry;
use cards_domain::card::CardEvent;
use cards_domain::card_task::CardTaskEvent;
use cards_domain::certificate::{CertificateEndedBy, CertificateEvent};
use cards_domain::chip_code::{ChipCodeEvent, CodeName, UnlockWay};
use cards_domain::identity_check::DocumentKind;
use cards_domain::order::OrderEvent;
use cards_domain::photo::{PhotoEvent, PhotoSource};
use cards_domain::puk_letter::PukLetterEvent;
use cards_domain::revocation::RevocationEvent;
use serde::de::DeserializeOwned;

use crate::states;
use crate::text::Text;

/// The sentence of a line that has more to tell; `None` where the action says it all, or where the
/// event has been erased.
pub(super) fn of(t: Text, entry: &Entry) -> Option<String> {
    match entry.kind.as_str() {
        "session" => Some(of_session(t, entry)),
        "card_order" => of_order(t, &read(entry)?),
        "card" => of_card(t, entry, &read(entry)?),
        "chip_code" => of_chip_code(t, &read(entry)?),
        "certificate" => of_certificate(t, &read(entry)?),
        "card_task" => of_card_task(t, &read(entry)?),
        "puk_letter" => of_puk_letter(t, &read(entry)?),
        "photo" => of_photo(t, &read(entry)?),
        "revocation" => of_revocation(t, &read(entry)?),
        _ => None,
    }
}

fn read<E: DeserializeOwned>(entry: &Entry) -> Option<E> {
    serde_json::from_value(entry.event.clone()).ok()
}

fn of_session(t: Text, entry: &Entry) -> String {
    let portal = super::portal(t, entry.channel);
    match entry.action.as_str() {
        "log_in" => t.event_session_log_in_to(portal),
        _ => t.event_session_log_out_of(portal),
    }
}

fn of_order(t: Text, event: &OrderEvent) -> Option<String> {
    match event {
        OrderEvent::Begun {
            replaces: Some(replacement),
        } => Some(t.event_order_in_place_of(states::told(t, replacement.told))),
        OrderEvent::Replaced { told } => Some(t.event_order_replaced(states::told(t, *told))),
        OrderEvent::Begun { replaces: None }
        | OrderEvent::Submitted { .. }
        | OrderEvent::PrerequisitesCompleted { .. }
        | OrderEvent::PhotoApproved { .. }
        | OrderEvent::Sent { .. }
        | OrderEvent::ProductionFailed
        | OrderEvent::Produced(_)
        | OrderEvent::Dispatched { .. }
        | OrderEvent::Fulfilled
        | OrderEvent::ArrivalAsked
        | OrderEvent::ActivationExpired
        | OrderEvent::Cancelled
        | OrderEvent::EndedWithCard => None,
    }
}

fn of_card(t: Text, entry: &Entry, event: &CardEvent) -> Option<String> {
    match event {
        CardEvent::Unlocked {
            identity,
            exception,
            ..
        } => {
            let document = named(t, identity.document);
            Some(match exception {
                Some(_) => t.event_unlocked_elsewhere_by(document),
                None => t.event_unlocked_by(document),
            })
        }
        CardEvent::Revoked { reason, .. } if entry.action == "revoke" => {
            Some(t.event_revoked_because(states::revocation_reason(t, *reason)))
        }
        CardEvent::Revoked { .. }
        | CardEvent::Begun
        | CardEvent::Made(_)
        | CardEvent::Dispatched
        | CardEvent::ReceivedAtOffice
        | CardEvent::Activated
        | CardEvent::Expired
        | CardEvent::Destroyed => None,
    }
}

fn of_chip_code(t: Text, event: &ChipCodeEvent) -> Option<String> {
    match event {
        ChipCodeEvent::Unlocked {
            way: UnlockWay::Visit { identity, .. },
            code,
        } => {
            let document = named(t, identity.document);
            Some(match code {
                Some(CodeName::Pin2) => t.event_signing_code_opened_at_visit_by(document),
                Some(CodeName::Pin1 | CodeName::Puk) | None => t.event_opened_at_visit_by(document),
            })
        }
        ChipCodeEvent::Begun {
            code: Some(CodeName::Pin2),
        } => Some(t.event_signing_code_begun()),
        ChipCodeEvent::Set {
            code: Some(CodeName::Pin2),
        } => Some(t.event_signing_code_set()),
        ChipCodeEvent::Unlocked {
            way: UnlockWay::Puk { .. },
            code: Some(CodeName::Pin2),
        } => Some(t.event_signing_code_opened_with_puk()),
        ChipCodeEvent::Unlocked {
            way: UnlockWay::Shown,
            code: Some(CodeName::Pin2),
        } => Some(t.event_signing_code_shown_unlocked()),
        ChipCodeEvent::Locked {
            code: Some(CodeName::Pin2),
            ..
        } => Some(t.event_signing_code_locked()),
        ChipCodeEvent::Locked {
            code: Some(CodeName::Puk),
            ..
        } => Some(t.event_puk_locked()),
        ChipCodeEvent::Unlocked {
            way: UnlockWay::Puk { .. } | UnlockWay::Shown,
            ..
        }
        | ChipCodeEvent::Begun { .. }
        | ChipCodeEvent::Set { .. }
        | ChipCodeEvent::Locked { .. }
        | ChipCodeEvent::Dropped => None,
    }
}

fn of_certificate(t: Text, event: &CertificateEvent) -> Option<String> {
    let named = |profile, usage| {
        let profile = crate::certificates::profile(t, profile);
        t.certs_named(crate::certificates::usage(t, usage), profile)
    };
    match event {
        CertificateEvent::Begun { profile, usage } => {
            Some(t.event_certificate_asked(named(*profile, *usage)))
        }
        CertificateEvent::Issued { profile, usage, .. } => {
            Some(t.event_certificate_signed(named(*profile, *usage)))
        }
        CertificateEvent::Revoked {
            reason,
            ended_by: CertificateEndedBy::Itself,
        } => {
            let reason = states::revocation_reason(t, *reason);
            Some(t.event_certificate_revoked_because(reason))
        }
        CertificateEvent::Revoked { .. }
        | CertificateEvent::Written
        | CertificateEvent::TakenOff
        | CertificateEvent::FetchedBack
        | CertificateEvent::Superseded
        | CertificateEvent::Expired => None,
    }
}

fn of_card_task(t: Text, event: &CardTaskEvent) -> Option<String> {
    let title = |kind| crate::card_tasks::words::title(t, kind);
    match event {
        CardTaskEvent::Offered { kind } => Some(t.event_card_task_offered(title(*kind))),
        CardTaskEvent::Fetched { kind, .. } => Some(t.event_card_task_fetched(title(*kind))),
        CardTaskEvent::Proved { kind, .. } => Some(t.event_card_task_proved(title(*kind))),
        CardTaskEvent::Finished { kind } => Some(t.event_card_task_finished(title(*kind))),
        CardTaskEvent::GivenUp { kind, cause } => {
            Some(t.event_card_task_gave_up(title(*kind), cause.as_str()))
        }
        CardTaskEvent::Renewed { kind, .. } => Some(t.event_card_task_renewed(title(*kind))),
        CardTaskEvent::ChipAnswered { .. }
        | CardTaskEvent::Cancelled { .. }
        | CardTaskEvent::Lapsed { .. } => None,
    }
}

fn of_puk_letter(t: Text, event: &PukLetterEvent) -> Option<String> {
    match event {
        PukLetterEvent::Begun { reason } => {
            Some(t.event_letter_because(states::letter_reason(t, *reason)))
        }
        PukLetterEvent::Rejected { why } => {
            Some(t.event_letter_rejected_because(states::letter_rejection(t, *why)))
        }
        PukLetterEvent::Moved { .. } => None,
    }
}

fn of_photo(t: Text, event: &PhotoEvent) -> Option<String> {
    match event {
        PhotoEvent::Begun { source } => Some(match source {
            PhotoSource::Desk => t.event_photo_taken(),
            PhotoSource::Upload => t.event_photo_uploaded(),
        }),
        PhotoEvent::Rejected { fault } => {
            Some(t.event_photo_rejected_because(states::photo_fault(t, *fault)))
        }
        PhotoEvent::Approved { .. } => None,
    }
}

fn of_revocation(t: Text, event: &RevocationEvent) -> Option<String> {
    match event {
        RevocationEvent::Begun {
            reason,
            reporter,
            executed,
            wrong_in,
        } => {
            let reason = states::revocation_reason(t, *reason);
            let reason = match wrong_in {
                Some(place) => format!("{reason}, {}", states::wrong_in(t, *place)),
                None => reason,
            };
            let reporter = states::reporter(t, *reporter);
            Some(if *executed {
                t.event_reported(reason, reporter)
            } else {
                t.event_reported_only(reason, reporter)
            })
        }
        RevocationEvent::Recorded { step, outcome } => Some(t.event_step_recorded(
            states::external_step(t, *step),
            states::step_outcome(t, outcome),
        )),
        RevocationEvent::Executed | RevocationEvent::Withdrawn | RevocationEvent::EndedWithCard => {
            None
        }
    }
}

/// A document inside a sentence.
fn named(t: Text, document: DocumentKind) -> String {
    states::document(t, document).to_lowercase()
}
