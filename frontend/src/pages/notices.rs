//! The pages for what could not be shown or done: what happened, what it means, what to do now.
//! They carry the code to read out and never a name or a number of a person.

use askama::Template;
use cards_app::sessions::SessionEnd;
use cards_domain::refusal::Refusal;
use cards_http::{FailureView, Notice, Place, PortalName, Rendered};

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
        let body = NoticePage { frame, t, words }.render();
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
    let home = &match portal {
        Portal::MinaSidor => Link::new(t.to_mina_sidor(), portal.home()),
        Portal::IdAdmin | Portal::Servicedesk | Portal::Open => {
            Link::new(t.to_the_start(), portal.home())
        }
    };
    match notice {
        Notice::NotFound | Notice::Refused(Refusal::OutOfScope) => not_found(t, home),
        Notice::NoSuchPage => no_such_page(t, home),
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
        | Notice::AttemptGone { .. } => of_log_in(t, notice, home),
        Notice::NotSigned { .. } | Notice::SignedByAnother { .. } | Notice::SignatureGone => {
            of_signature(t, notice, home)
        }
    }
}

fn no_such_page(t: Text, home: &Link) -> Words {
    Words::new(
        t.notice_no_page_title(),
        t.notice_no_page_meaning(),
        [t.notice_no_page_start()],
        home,
    )
}

fn not_found(t: Text, home: &Link) -> Words {
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
        Notice::LogInFailed { log_in } => Words::new(
            t.notice_log_in_failed_title(),
            t.notice_log_in_failed_meaning(),
            [t.notice_log_in_failed_again()],
            &again(log_in),
        ),
        _ => not_found(t, home),
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
        Notice::NotSigned { back: address } => Words::new(
            t.notice_not_signed_title(),
            t.notice_not_signed_meaning(),
            [t.notice_not_signed_again()],
            &back(address),
        ),
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

#[cfg(test)]
mod tests {
    use cards_http::Language;

    use super::*;

    fn all() -> Vec<Notice> {
        let log_in = || "/id-admin/logga-in".to_owned();
        let back = || "/id-admin/kort/1/aktivera".to_owned();
        vec![
            Notice::NotFound,
            Notice::NoSuchPage,
            Notice::Refused(Refusal::OwnCard),
            Notice::Refused(Refusal::NotYourRole),
            Notice::Conflict,
            Notice::KeyReused,
            Notice::ForeignForm,
            Notice::Unavailable,
            Notice::Broken,
            Notice::TooMany { wait: 12 },
            Notice::LoggedOut {
                why: Some(SessionEnd::Idle),
                idle_minutes: 15,
                log_in: log_in(),
            },
            Notice::LoggedOut {
                why: None,
                idle_minutes: 15,
                log_in: log_in(),
            },
            Notice::NoAppointment(PortalName::IdAdmin),
            Notice::UnknownPerson { log_in: log_in() },
            Notice::AssuranceTooLow { log_in: log_in() },
            Notice::LogInFailed { log_in: log_in() },
            Notice::ProviderDown { log_in: log_in() },
            Notice::AttemptGone { log_in: log_in() },
            Notice::NotSigned { back: back() },
            Notice::SignedByAnother { back: back() },
            Notice::SignatureGone,
        ]
    }

    fn html(notice: &Notice, language: Language) -> String {
        let place = Place {
            portal: Some(PortalName::IdAdmin),
            language,
            correlation: "B6M-2KD".to_owned(),
            address: "/id-admin/x".to_owned(),
        };
        NoticePages.render(notice, &place).body
    }

    #[test]
    fn every_notice_has_a_page_with_its_code_and_a_way_on_in_both_languages() {
        for notice in all() {
            let [sv, en] = [Language::Sv, Language::En].map(|language| html(&notice, language));
            for page in [&sv, &en] {
                assert!(page.contains("B6M-2KD"), "{notice:?}");
                assert_eq!(page.matches("<h1").count(), 1, "{notice:?}");
            }
            let titles = [sv, en].map(|page| page.split("<h1").nth(1).unwrap().to_owned());
            assert_ne!(titles[0], titles[1], "{notice:?} is not translated");
        }
    }

    #[test]
    fn whoever_was_away_reads_for_how_long_and_comes_back_to_the_page() {
        let why = Some(SessionEnd::Idle);
        let log_in = "/id-admin/logga-in?return_to=x".to_owned();
        let page = html(
            &Notice::LoggedOut {
                why,
                idle_minutes: 15,
                log_in,
            },
            Language::Sv,
        );
        assert!(page.contains("15 minuter"));
        assert!(page.contains("/id-admin/logga-in?return_to=x"));
    }

    #[test]
    fn a_refusal_is_shown_with_its_reason_and_the_lawful_way() {
        let page = html(&Notice::Refused(Refusal::OwnCard), Language::Sv);
        assert!(page.contains("ditt eget kort") && page.contains("Be en kollega"));
    }
}
