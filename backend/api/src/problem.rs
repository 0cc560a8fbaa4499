//! What went wrong, as a problem document (RFC 9457). The code is stable; the texts are for whoever
//! builds the client, and hold nothing that was sent.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use cards_http::api_token::NoClient;
use cards_http::{Correlation, FailureView, Fault, Notice, Place, Rendered};
use serde_json::json;
use strum::{EnumIter, IntoStaticStr};

const MEDIA_TYPE: &str = "application/problem+json";
/// Seconds after which a busy server may be asked again.
const BUSY_SECONDS: u64 = 5;

/// The kinds of problem, by their stable codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// The number in the address is no card number.
    InvalidCardNumber,
    /// No card has the number.
    UnknownCard,
    /// There is no token.
    TokenMissing,
    /// The token is unknown or too old, or its client is revoked.
    TokenInvalid,
    /// The client is not registered for this.
    NotRegistered,
    /// Asked too often.
    TooManyRequests,
    /// The address leads nowhere, or not by this method.
    NotFound,
    /// The request cannot be read.
    BadRequest,
    /// The server or its database cannot answer now.
    Unavailable,
    /// A fault of ours.
    Broken,
}

impl Kind {
    /// The HTTP status.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::InvalidCardNumber | Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::TokenMissing | Self::TokenInvalid => StatusCode::UNAUTHORIZED,
            Self::NotRegistered => StatusCode::FORBIDDEN,
            Self::UnknownCard | Self::NotFound => StatusCode::NOT_FOUND,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What it is, in one sentence.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::InvalidCardNumber => "A card number has 9 to 20 digits.",
            Self::UnknownCard => "No card has this number.",
            Self::TokenMissing => "The request carries no bearer token.",
            Self::TokenInvalid => "The token is unknown or expired, or its client is revoked.",
            Self::NotRegistered => "The client is not registered for this.",
            Self::TooManyRequests => "Too many requests; wait as Retry-After says.",
            Self::NotFound => "This address leads nowhere with this method.",
            Self::BadRequest => "The request cannot be read.",
            Self::Unavailable => "The service cannot answer now; try again.",
            Self::Broken => "Something is wrong on our side.",
        }
    }

    /// What `WWW-Authenticate` says (RFC 6750).
    fn challenge(self) -> Option<&'static str> {
        match self {
            Self::TokenMissing => Some(r#"Bearer realm="kortkontor""#),
            Self::TokenInvalid => Some(r#"Bearer realm="kortkontor", error="invalid_token""#),
            Self::NotRegistered => Some(r#"Bearer realm="kortkontor", error="insufficient_scope""#),
            Self::InvalidCardNumber
            | Self::UnknownCard
            | Self::TooManyRequests
            | Self::NotFound
            | Self::BadRequest
            | Self::Unavailable
            | Self::Broken => None,
        }
    }

    /// The API's own questions have kinds of their own; what is left is told by its status.
    fn of(notice: &Notice) -> Self {
        match notice.status() {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::FORBIDDEN => Self::NotRegistered,
            StatusCode::TOO_MANY_REQUESTS => Self::TooManyRequests,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            status if status.is_server_error() => Self::Broken,
            _ => Self::BadRequest,
        }
    }

    fn document(self, correlation: &str) -> String {
        let code: &str = self.into();
        json!({
            "type": format!("urn:problem-type:kortkontor:{code}"),
            "title": self.title(),
            "status": self.status().as_u16(),
            "code": code,
            "correlation": correlation,
        })
        .to_string()
    }
}

/// A problem of one request.
#[derive(Clone, Debug)]
pub struct Problem {
    kind: Kind,
    correlation: String,
    retry_after: Option<u64>,
}

impl Problem {
    /// A problem of this request.
    #[must_use]
    pub fn new(kind: Kind, request: &HttpRequest) -> Self {
        Self {
            kind,
            correlation: Correlation::of(request).0,
            retry_after: (kind == Kind::Unavailable).then_some(BUSY_SECONDS),
        }
    }

    pub(crate) fn of_fault(fault: &Fault, request: &HttpRequest) -> Self {
        let Fault::Notice(notice) = fault else {
            return Self::new(Kind::NotFound, request);
        };
        Self {
            retry_after: notice.retry_after(),
            ..Self::new(Kind::of(notice), request)
        }
    }

    pub(crate) fn of(why: NoClient, request: &HttpRequest) -> Self {
        match why {
            NoClient::NoToken => Self::new(Kind::TokenMissing, request),
            NoClient::BadToken => Self::new(Kind::TokenInvalid, request),
            NoClient::Fault(fault) => Self::of_fault(&fault, request),
            NoClient::Failed(failure) => Self::of_fault(&Fault::from(failure), request),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.into())
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.kind.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.kind.status());
        response.insert_header((CONTENT_TYPE, MEDIA_TYPE));
        if let Some(seconds) = self.retry_after {
            response.insert_header((RETRY_AFTER, seconds));
        }
        if let Some(challenge) = self.kind.challenge() {
            response.insert_header((WWW_AUTHENTICATE, challenge));
        }
        response.body(self.kind.document(&self.correlation))
    }
}

/// Shows what goes wrong outside the handlers, such as at an unknown address.
pub(crate) struct Problems;

impl FailureView for Problems {
    fn render(&self, notice: &Notice, place: &Place) -> Rendered {
        Rendered {
            content_type: MEDIA_TYPE,
            body: Kind::of(notice).document(&place.correlation),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator as _;

    #[test]
    fn a_problem_says_its_kind_in_one_stable_word_and_the_code_to_read_out() {
        let document = Kind::UnknownCard.document("B6M-2KD");
        let document: serde_json::Value = serde_json::from_str(&document).unwrap();
        assert_eq!(
            document,
            json!({
                "type": "urn:problem-type:kortkontor:unknown_card",
                "title": "No card has this number.",
                "status": 404, "code": "unknown_card", "correlation": "B6M-2KD",
            })
        );
    }

    #[test]
    fn every_401_says_how_to_show_who_asks() {
        for kind in Kind::iter() {
            let is_401 = kind.status() == StatusCode::UNAUTHORIZED;
            assert!(!is_401 || kind.challenge().is_some(), "{kind:?}");
        }
    }

    #[test]
    fn what_goes_wrong_elsewhere_keeps_its_status() {
        for notice in [
            Notice::NotFound,
            Notice::TooMany { wait: 3 },
            Notice::Busy,
            Notice::Unavailable,
            Notice::Broken,
        ] {
            assert_eq!(Kind::of(&notice).status(), notice.status(), "{notice:?}");
        }
    }
}
