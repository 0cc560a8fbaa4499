//! The pages for what could not be shown or done. They say what happened, what it means and what
//! to do now, carry the code to read out, and never a name or a number of a person.

use actix_web::http::StatusCode;
use askama::Template;

use crate::components::Link;
use crate::layout::{Frame, Portal};
use crate::text::Text;

/// Why there is no ordinary page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Unknown, or outside what the reader may see: the same answer for both.
    NotFound,
    /// A known page above the reader's role.
    Forbidden,
    /// Somebody else was first.
    Conflict,
    /// The form could not be used and cannot be shown again: old, or sent from elsewhere.
    Invalid,
    /// A fault of ours.
    Internal,
    /// Too much to do just now, or the database is away.
    Unavailable,
}

impl Failure {
    /// Every failure, for tests and the catalogue.
    pub const ALL: [Self; 6] = [
        Self::NotFound,
        Self::Forbidden,
        Self::Conflict,
        Self::Invalid,
        Self::Internal,
        Self::Unavailable,
    ];

    /// The HTTP status.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn title(self, t: Text) -> String {
        match self {
            Self::NotFound => t.error_not_found_title(),
            Self::Forbidden => t.error_forbidden_title(),
            Self::Conflict => t.error_conflict_title(),
            Self::Invalid => t.error_invalid_title(),
            Self::Internal => t.error_internal_title(),
            Self::Unavailable => t.error_unavailable_title(),
        }
    }

    fn meaning(self, t: Text) -> String {
        match self {
            Self::NotFound => t.error_not_found_meaning(),
            Self::Forbidden => t.error_forbidden_meaning(),
            Self::Conflict => t.error_conflict_meaning(),
            Self::Invalid => t.error_invalid_meaning(),
            Self::Internal => t.error_internal_meaning(),
            Self::Unavailable => t.error_unavailable_meaning(),
        }
    }

    fn what_to_do(self, t: Text) -> Vec<String> {
        match self {
            Self::NotFound => vec![t.error_not_found_check(), t.error_not_found_ask()],
            Self::Forbidden => vec![t.error_forbidden_ask()],
            Self::Conflict => vec![t.error_conflict_reload()],
            Self::Invalid => vec![t.error_invalid_again()],
            Self::Internal => vec![t.error_internal_read_out()],
            Self::Unavailable => vec![t.error_unavailable_wait()],
        }
    }
}

/// The page of a failure, in the frame of the portal where it happened.
#[derive(Clone, Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    frame: Frame,
    t: Text,
    failure: Failure,
}

impl ErrorPage {
    /// The page; it takes over the frame's title.
    #[must_use]
    pub fn new(frame: Frame, failure: Failure) -> Self {
        let t = frame.texts();
        Self {
            frame: frame.titled(failure.title(t)),
            t,
            failure,
        }
    }

    fn way_out(&self) -> Link {
        let label = match self.frame.portal() {
            Portal::IdAdmin | Portal::Servicedesk | Portal::Open => self.t.to_the_start(),
            Portal::MinaSidor => self.t.to_mina_sidor(),
        };
        Link::new(label, self.frame.portal().home())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn page(lang: Lang, portal: Portal, failure: Failure) -> String {
        let frame = Frame::new(Text::of(lang), portal, "", "/x", "H3T-9WB");
        ErrorPage::new(frame, failure).render().unwrap()
    }

    #[test]
    fn every_failure_has_a_page_with_its_code_in_both_languages() {
        for failure in Failure::ALL {
            for lang in [Lang::Sv, Lang::En] {
                let html = page(lang, Portal::IdAdmin, failure);
                assert!(html.contains("H3T-9WB"), "{failure:?}");
                assert!(html.contains(&failure.title(Text::of(lang))), "{failure:?}");
            }
        }
    }

    #[test]
    fn what_is_not_found_may_be_mistyped_or_out_of_scope_and_the_page_says_both() {
        let html = page(Lang::Sv, Portal::IdAdmin, Failure::NotFound);
        assert!(html.contains("Vi hittar inget med det numret"));
        assert!(html.contains("felskrivet") && html.contains("inte arbetar för"));
    }

    #[test]
    fn the_way_out_leads_to_the_portal_where_it_happened() {
        assert!(page(Lang::Sv, Portal::MinaSidor, Failure::Internal).contains("Till Mina sidor"));
        assert!(
            page(Lang::Sv, Portal::Servicedesk, Failure::Internal)
                .contains("href=\"/servicedesk\"")
        );
    }
}
