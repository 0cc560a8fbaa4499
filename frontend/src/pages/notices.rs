//! The pages for what could not be shown or done: what happened, what it means, what to do now.
//! They carry the code to read out and never a name or a number of a person.

use askama::Template;
use cards_app::sessions::SessionEnd;
use cards_domain::access::Loa;
use cards_domain::certificate::CardRefused;
use cards_domain::refusal::Refusal;
use cards_http::{FailureView, Notice, Place, PortalName, Rendered, Unsigned};

use super::{HTML, portal, text};
use crate::components::Link;
use crate::layout::{Frame, Portal};
use crate::refusals::refusal_text;
use crate::text::Text;

/// Shows failures as pages of the portal where they happened.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoticePages;

impl FailureView for NoticePages {
    fn render(&self, notice: &Notice, place: &Place) -> Rendered {
        let t = text(place.language);
        let portal = place.portal.map_or(Portal::Open, portal);
        let words = words(t, notice, portal);
        let frame = Frame::new(t, portal, &words.title, &place.address, &place.correlation);
        let thing = way_back(t, notice, portal, &place.address);
        let body = NoticePage {
            frame,
            t,
            words,
            thing,
        }
        .render();
        // The status is right without a page, too.
        Rendered {
            content_type: HTML,
            body: super::dates::unbroken(&body.unwrap_or_default()),
        }
    }
}

#[derive(Template)]
#[template(path = "notice.html")]
struct NoticePage {
    frame: Frame,
    t: Text,
    words: Words,
    /// The page of what it was about.
    thing: Option<Link>,
}

/// The page of the card, order or whatever could not be changed: there it stands how it is. None
/// where the thing itself is out of reach.
fn way_back(t: Text, notice: &Notice, portal: Portal, address: &str) -> Option<Link> {
    match notice {
        Notice::Refused(Refusal::OutOfScope | Refusal::NotYourRole) => return None,
        Notice::Refused(_) | Notice::Conflict | Notice::KeyReused | Notice::SignatureGone => {}
        _ => return None,
    }
    let path = address.split(['?', '#']).next()?;
    let rest = path.strip_prefix(portal.home())?.strip_prefix('/')?;
    let mut parts = rest.split('/');
    let (kind, id, _act) = (parts.next()?, parts.next()?, parts.next()?);
    let label = match kind {
        "person" => t.notice_to_person(),
        "bestallning" => t.notice_to_order(),
        "kort" => t.notice_to_card(),
        "sparr" => t.notice_to_case(),
        "puk-brev" => t.notice_to_letter(),
        _ => return None,
    };
    Some(Link::new(label, format!("{}/{kind}/{id}", portal.home())))
}

/// What the page says.
struct Words {
    title: String,
    meaning: String,
    what_to_do: Vec<String>,
    way: Link,
}

impl Words {
    fn new<const N: usize>(
        title: String,
        meaning: String,
        what_to_do: [String; N],
        way: &Link,
    ) -> Self {
        Self {
            title,
            meaning,
            what_to_do: what_to_do.into(),
            way: way.clone(),
        }
    }
}

fn words(t: Text, notice: &Notice, portal: Portal) -> Words {
    let home = &start_of(t, portal);
    match notice {
        Notice::NotFound | Notice::Refused(Refusal::OutOfScope) => not_found(t, portal, home),
        Notice::NoSuchPage | Notice::WrongMethod { .. } => no_such_page(t, home),
        Notice::TooSlow => Words::new(
            t.notice_too_slow_title(),
            t.notice_too_slow_meaning(),
            [t.notice_too_slow_again()],
            home,
        ),
        Notice::Refused(Refusal::NotYourRole) => Words::new(
            t.error_forbidden_title(),
            t.error_forbidden_meaning(),
            [t.error_forbidden_ask()],
            home,
        ),
        Notice::Refused(refusal) => {
            let (why, instead) = refusal_text(t, refusal);
            Words::new(t.notice_refused_title(), why, [instead], home)
        }
        Notice::Conflict => Words::new(
            t.error_conflict_title(),
            t.error_conflict_meaning(),
            [t.error_conflict_reload()],
            home,
        ),
        Notice::KeyReused | Notice::UnreadableForm | Notice::ForeignForm => {
            of_form(t, notice, home)
        }
        Notice::Busy | Notice::Unavailable => Words::new(
            t.error_unavailable_title(),
            t.error_unavailable_meaning(),
            [t.error_unavailable_wait()],
            home,
        ),
        Notice::Broken => Words::new(
            t.error_internal_title(),
            t.error_internal_meaning(),
            [t.error_internal_read_out()],
            home,
        ),
        Notice::TooMany { wait } => Words::new(
            t.notice_too_many_title(),
            t.notice_too_many_meaning(),
            [t.notice_too_many_wait(wait)],
            home,
        ),
        Notice::LoggedOut { .. }
        | Notice::NoAppointment(_)
        | Notice::UnknownPerson { .. }
        | Notice::AssuranceTooLow { .. }
        | Notice::LogInFailed { .. }
        | Notice::ProviderDown { .. }
        | Notice::AttemptGone { .. }
        | Notice::CardRefused { .. } => of_log_in(t, notice, home),
        Notice::NotSigned { .. } | Notice::SignedByAnother { .. } | Notice::SignatureGone => {
            of_signature(t, notice, home)
        }
    }
}

fn start_of(t: Text, portal: Portal) -> Link {
    let label = match portal {
        Portal::MinaSidor => t.to_mina_sidor(),
        Portal::IdAdmin | Portal::Servicedesk | Portal::Open => t.to_the_start(),
    };
    Link::new(label, portal.home())
}

fn no_such_page(t: Text, home: &Link) -> Words {
    Words::new(
        t.notice_no_page_title(),
        t.notice_no_page_meaning(),
        [t.notice_no_page_start()],
        home,
    )
}

/// To officers it may be a matter of digits and of permission; holders see what is theirs, and nobody
/// who is not logged in has come by a number.
fn not_found(t: Text, portal: Portal, home: &Link) -> Words {
    match portal {
        Portal::IdAdmin | Portal::Servicedesk => {}
        Portal::Open => return no_such_page(t, home),
        Portal::MinaSidor => {
            return Words::new(
                t.notice_not_yours_title(),
                t.notice_not_yours_meaning(),
                [t.notice_not_yours_start()],
                home,
            );
        }
    }
    let steps = [t.error_not_found_check(), t.error_not_found_ask()];
    Words::new(
        t.error_not_found_title(),
        t.error_not_found_meaning(),
        steps,
        home,
    )
}

fn of_form(t: Text, notice: &Notice, home: &Link) -> Words {
    if *notice == Notice::KeyReused {
        let steps = [t.notice_key_reused_look()];
        return Words::new(
            t.notice_key_reused_title(),
            t.notice_key_reused_meaning(),
            steps,
            home,
        );
    }
    Words::new(
        t.error_invalid_title(),
        t.error_invalid_meaning(),
        [t.error_invalid_again()],
        home,
    )
}

fn of_log_in(t: Text, notice: &Notice, home: &Link) -> Words {
    let again = |address: &str| Link::new(t.notice_log_in_again(), address);
    match notice {
        Notice::LoggedOut {
            why,
            idle_minutes,
            log_in,
        } => logged_out(t, *why, *idle_minutes, &again(log_in)),
        Notice::NoAppointment(portal) => {
            let meaning = match portal {
                PortalName::Servicedesk => t.notice_no_appointment_servicedesk(),
                PortalName::IdAdmin | PortalName::MinaSidor => t.notice_no_appointment_meaning(),
            };
            let mine = Link::new(t.to_mina_sidor(), Portal::MinaSidor.home());
            Words::new(
                t.notice_no_appointment_title(),
                meaning,
                [t.notice_no_appointment_ask()],
                &mine,
            )
        }
        Notice::UnknownPerson { log_in } => Words::new(
            t.notice_unknown_person_title(),
            t.notice_unknown_person_meaning(),
            [t.notice_unknown_person_ask()],
            &again(log_in),
        ),
        Notice::AssuranceTooLow { log_in } => Words::new(
            t.notice_assurance_title(),
            t.notice_assurance_meaning(),
            [t.notice_assurance_use()],
            &again(log_in),
        ),
        Notice::ProviderDown { log_in } => Words::new(
            t.notice_provider_down_title(),
            t.notice_provider_down_meaning(),
            [t.error_unavailable_wait()],
            &again(log_in),
        ),
        Notice::AttemptGone { log_in } => Words::new(
            t.notice_attempt_gone_title(),
            t.notice_attempt_gone_meaning(),
            [t.notice_attempt_gone_again()],
            &again(log_in),
        ),
        Notice::CardRefused { why, log_in } => refused_card(t, *why, &again(log_in)),
        Notice::LogInFailed { log_in } => Words::new(
            t.notice_log_in_failed_title(),
            t.notice_log_in_failed_meaning(),
            [t.notice_log_in_failed_again()],
            &again(log_in),
        ),
        _ => no_such_page(t, home),
    }
}

/// Whoever has shown a card that lets nobody in reads what is wrong with it and what mends it.
fn refused_card(t: Text, why: CardRefused, way: &Link) -> Words {
    let (title, meaning, steps) = match why {
        CardRefused::NoCertificate => (
            t.notice_card_none_title(),
            t.notice_card_none_meaning(),
            vec![t.notice_card_none_put_in(), t.notice_card_none_close()],
        ),
        CardRefused::UnknownCertificate => (
            t.notice_card_unknown_title(),
            t.notice_card_unknown_meaning(),
            vec![t.notice_card_unknown_other(), t.notice_card_other_way()],
        ),
        CardRefused::NotForLogIn => (
            t.notice_card_signing_title(),
            t.notice_card_signing_meaning(),
            vec![t.notice_card_signing_choose()],
        ),
        CardRefused::CertificateRevoked => (
            t.notice_card_revoked_title(),
            t.notice_card_revoked_meaning(),
            vec![t.notice_card_revoked_order(), t.notice_card_other_way()],
        ),
        CardRefused::CertificateExpired => (
            t.notice_card_expired_title(),
            t.notice_card_expired_meaning(),
            vec![t.notice_card_expired_order(), t.notice_card_other_way()],
        ),
        CardRefused::CardNotActive => (
            t.notice_card_inactive_title(),
            t.notice_card_inactive_meaning(),
            vec![t.notice_card_inactive_visit(), t.notice_card_other_way()],
        ),
    };
    Words {
        title,
        meaning,
        what_to_do: steps,
        way: way.clone(),
    }
}

fn logged_out(t: Text, why: Option<SessionEnd>, minutes: i64, way: &Link) -> Words {
    let meaning = match why {
        Some(SessionEnd::Idle) => t.notice_logged_out_idle(minutes.to_string()),
        Some(SessionEnd::TooLong) => t.notice_logged_out_too_long(),
        Some(SessionEnd::LoggedOut) | None => t.notice_logged_out_meaning(),
    };
    Words::new(
        t.notice_logged_out_title(),
        meaning,
        [t.notice_logged_out_back()],
        way,
    )
}

fn of_signature(t: Text, notice: &Notice, home: &Link) -> Words {
    let back = |address: &str| Link::new(t.notice_back(), address);
    match notice {
        Notice::NotSigned { why, back: address } => unsigned(t, *why, &back(address)),
        Notice::SignedByAnother { back: address } => Words::new(
            t.notice_signed_by_another_title(),
            t.notice_signed_by_another_meaning(),
            [t.notice_signed_by_another_again()],
            &back(address),
        ),
        _ => Words::new(
            t.notice_signature_gone_title(),
            t.notice_signature_gone_meaning(),
            [t.notice_signature_gone_again()],
            home,
        ),
    }
}

/// Whoever was to sign reads why there is no signature: they mend another thing for each.
fn unsigned(t: Text, why: Unsigned, back: &Link) -> Words {
    let (meaning, next) = match why {
        Unsigned::BrokenOff => (
            t.notice_not_signed_broken_off(),
            t.notice_not_signed_again(),
        ),
        Unsigned::TooLow(level) => {
            let level = match level {
                Loa::Loa2 => 2,
                Loa::Loa3 => 3,
            };
            let meaning = t.notice_not_signed_too_low(level.to_string());
            (meaning, t.notice_not_signed_too_low_use())
        }
        Unsigned::ProviderDown => (
            t.notice_not_signed_provider_down(),
            t.error_unavailable_wait(),
        ),
        Unsigned::NotTrusted => (
            t.notice_not_signed_not_trusted(),
            t.notice_not_signed_again(),
        ),
    };
    let steps = [t.notice_not_signed_unchanged(), next];
    Words::new(t.notice_not_signed_title(), meaning, steps, back)
}

#[cfg(test)]
mod tests;
