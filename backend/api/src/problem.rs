//! What went wrong, as a problem document (RFC 9457). The code is stable; the texts are for whoever
//! builds the client, and hold nothing that was sent.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use cards_domain::refusal::Refusal;
use cards_http::api_person::NoCaller;
use cards_http::api_token::NoClient;
use cards_http::{Correlation, FailureView, Fault, Notice, Place, Rendered};
use serde_json::{Map, Value, json};

use crate::kind::Kind;
use crate::refusals;
use crate::reply::Wrong;

const MEDIA_TYPE: &str = "application/problem+json";
/// Seconds after which a busy server may be asked again.
const BUSY_SECONDS: u64 = 5;

fn of_kind(kind: Kind, correlation: &str) -> Map<String, Value> {
    document(kind.into(), kind.title(), kind.status(), correlation)
}

fn document(code: &str, title: &str, status: StatusCode, correlation: &str) -> Map<String, Value> {
    let kind = format!("urn:problem-type:kortkontor:{code}");
    let members = [
        ("type", json!(kind)),
        ("title", json!(title)),
        ("status", json!(status.as_u16())),
        ("code", json!(code)),
        ("correlation", json!(correlation)),
    ];
    let named = members.map(|(name, value)| (name.to_owned(), value));
    named.into_iter().collect()
}

/// What a problem is about.
#[derive(Clone, Debug, PartialEq)]
enum What {
    Kind(Kind),
    Refused(Refusal),
    /// With the methods that the address takes.
    WrongMethod(String),
}

impl What {
    /// The API's own problem, if it is one.
    fn kind(&self) -> Option<Kind> {
        match self {
            Self::Kind(kind) => Some(*kind),
            Self::WrongMethod(_) => Some(Kind::WrongMethod),
            Self::Refused(_) => None,
        }
    }
}

/// A problem of one request.
#[derive(Clone, Debug)]
pub struct Problem {
    what: What,
    correlation: String,
    retry_after: Option<u64>,
    /// The parameter that cannot be read, or that there is not.
    parameter: Option<Box<str>>,
    /// What is wrong with the body, by JSON pointer.
    errors: Vec<(String, String)>,
    /// What was sent has not been read to its end: the connection can carry nothing else.
    closes: bool,
}

impl Problem {
    /// A problem of this request.
    #[must_use]
    pub fn new(kind: Kind, request: &HttpRequest) -> Self {
        Self {
            what: What::Kind(kind),
            correlation: Correlation::of(request).0,
            retry_after: (kind == Kind::Unavailable).then_some(BUSY_SECONDS),
            parameter: None,
            errors: Vec::new(),
            closes: false,
        }
    }

    /// The same, with the end of the connection.
    pub(crate) fn closing(self) -> Self {
        Self {
            closes: true,
            ..self
        }
    }

    /// The address takes these methods and no others.
    pub(crate) fn wrong_method(allow: String, request: &HttpRequest) -> Self {
        Self {
            what: What::WrongMethod(allow),
            ..Self::new(Kind::WrongMethod, request)
        }
    }

    fn refused(refusal: Refusal, request: &HttpRequest) -> Self {
        if refusal == Refusal::OutOfScope {
            return Self::new(Kind::NotFound, request);
        }
        Self {
            what: What::Refused(refusal),
            ..Self::new(Kind::NotFound, request)
        }
    }

    pub(crate) fn of_fault(fault: &Fault, request: &HttpRequest) -> Self {
        match fault {
            Fault::Notice(Notice::Refused(refusal)) => Self::refused(refusal.clone(), request),
            Fault::Notice(notice) => Self {
                retry_after: notice.retry_after(),
                ..Self::new(Kind::of(notice), request)
            },
            Fault::Elsewhere(_) => Self::new(Kind::NotFound, request),
        }
    }

    pub(crate) fn of(why: NoClient, request: &HttpRequest) -> Self {
        match why {
            NoClient::NoToken => Self::new(Kind::TokenMissing, request),
            NoClient::BadToken => Self::new(Kind::TokenInvalid, request),
            NoClient::Fault(fault) => Self::of_fault(&fault, request),
            // A client has one function or another; the rules of cards do not reach it.
            NoClient::Failed(cards_app::Failure::Refused(_)) => {
                Self::new(Kind::NotRegistered, request)
            }
            NoClient::Failed(failure) => Self::of_fault(&Fault::from(failure), request),
        }
    }

    pub(crate) fn of_caller(why: NoCaller, request: &HttpRequest) -> Self {
        match why {
            NoCaller::NoToken => Self::new(Kind::TokenMissing, request),
            NoCaller::BadToken => Self::new(Kind::TokenInvalid, request),
            NoCaller::Unknown => Self::new(Kind::UnknownPerson, request),
            NoCaller::NotAppointed => Self::new(Kind::NotAppointed, request),
            NoCaller::LevelTooLow => Self::new(Kind::LevelTooLow, request),
            NoCaller::ProviderDown => Self::new(Kind::Unavailable, request),
            NoCaller::Fault(fault) => Self::of_fault(&fault, request),
            NoCaller::Failed(failure) => Self::of_wrong(failure.into(), request),
        }
    }

    pub(crate) fn of_wrong(wrong: Wrong, request: &HttpRequest) -> Self {
        match wrong {
            Wrong::Kind(kind) => Self::new(kind, request),
            Wrong::Refused(refusal) => Self::refused(refusal, request),
            Wrong::Failed(failure) => Self::of_fault(&Fault::from(failure), request),
            Wrong::Told(kind, what) => Self {
                errors: vec![(String::new(), what)],
                ..Self::new(kind, request)
            },
            Wrong::Parameter(name) => Self {
                parameter: Some(name.into()),
                ..Self::new(Kind::InvalidParameter, request)
            },
            Wrong::UnknownParameter(name) => Self {
                parameter: name.map(String::into_boxed_str),
                ..Self::new(Kind::UnknownParameter, request)
            },
            Wrong::Body(errors) => Self {
                errors: errors
                    .into_iter()
                    .map(|(pointer, detail)| (pointer, detail.to_owned()))
                    .collect(),
                ..Self::new(Kind::InvalidBody, request)
            },
        }
    }

    fn document(&self) -> Map<String, Value> {
        let mut told = match &self.what {
            What::Kind(kind) => of_kind(*kind, &self.correlation),
            What::WrongMethod(_) => of_kind(Kind::WrongMethod, &self.correlation),
            What::Refused(refusal) => {
                let (title, status) = (refusals::title(refusal), refusals::status(refusal));
                let mut told = document(refusal.code(), title, status, &self.correlation);
                told.extend(
                    refusals::instead(refusal).map(|way| ("instead".to_owned(), json!(way))),
                );
                told.insert("facts".to_owned(), refusals::facts(refusal).into());
                told
            }
        };
        told.extend(
            self.parameter
                .iter()
                .map(|name| ("parameter".to_owned(), json!(name))),
        );
        if !self.errors.is_empty() {
            let errors = self.errors.iter();
            let errors =
                errors.map(|(pointer, detail)| json!({"pointer": pointer, "detail": detail}));
            told.insert("errors".to_owned(), errors.collect());
        }
        told
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            What::Kind(kind) => f.write_str(kind.into()),
            What::WrongMethod(_) => f.write_str(Kind::WrongMethod.into()),
            What::Refused(refusal) => f.write_str(refusal.code()),
        }
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        match &self.what {
            What::Kind(kind) => kind.status(),
            What::WrongMethod(_) => Kind::WrongMethod.status(),
            What::Refused(refusal) => refusals::status(refusal),
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((CONTENT_TYPE, MEDIA_TYPE));
        response.insert_header((CACHE_CONTROL, "no-store"));
        if let Some(seconds) = self.retry_after {
            response.insert_header((RETRY_AFTER, seconds));
        }
        if self.closes {
            response.force_close();
        }
        if let What::WrongMethod(allow) = &self.what {
            response.insert_header((ALLOW, allow.as_str()));
        }
        if let Some(challenge) = self.what.kind().and_then(Kind::challenge) {
            response.insert_header((WWW_AUTHENTICATE, challenge));
        }
        response.body(Value::from(self.document()).to_string())
    }
}

/// Shows what goes wrong outside the handlers, such as at an unknown address.
pub(crate) struct Problems;

impl FailureView for Problems {
    fn render(&self, notice: &Notice, place: &Place) -> Rendered {
        Rendered {
            content_type: MEDIA_TYPE,
            body: Value::from(of_kind(Kind::of(notice), &place.correlation)).to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_says_its_kind_in_one_stable_word_and_the_code_to_read_out() {
        let document = Value::from(of_kind(Kind::UnknownCard, "B6M-2KD"));
        assert_eq!(
            document,
            json!({
                "type": "urn:problem-type:kortkontor:unknown_card",
                "title": "No card has this number.",
                "status": 404, "code": "unknown_card", "correlation": "B6M-2KD",
            })
        );
    }
}
