//! What went wrong, as a problem document (RFC 9457). The code is stable; the texts are for whoever
//! builds the client, and hold nothing that was sent.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use cards_domain::refusal::Refusal;
use cards_http::api_person::NoCaller;
use cards_http::api_token::NoClient;
use cards_http::{BodyFault, Correlation, FailureView, Fault, Notice, Place, Rendered};
use serde_json::{Map, Value, json};
use strum::{EnumIter, IntoStaticStr};

use crate::refusals;
use crate::reply::Wrong;

const MEDIA_TYPE: &str = "application/problem+json";
/// Seconds after which a busy server may be asked again.
const BUSY_SECONDS: u64 = 5;

/// The kinds of problem, by their stable codes; beside them stand the codes of the refusals.
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
    /// The token speaks for nobody in the directory.
    UnknownPerson,
    /// The operation is for officers.
    NotAppointed,
    /// The log-in behind the token was not sure enough.
    LevelTooLow,
    /// Asked too often.
    TooManyRequests,
    /// There is no such thing, or it must not be known; or the address leads nowhere.
    NotFound,
    /// The request cannot be read.
    BadRequest,
    /// A parameter cannot be read.
    InvalidParameter,
    /// Members of the body are missing or wrong.
    InvalidBody,
    /// The body is no JSON, or does not say that it is.
    NotJson,
    /// The body is neither JPEG nor PNG, or does not say so.
    NotAPicture,
    /// The picture cannot become a portrait.
    PictureUnusable,
    /// The body is larger than may be.
    TooLarge,
    /// The body did not come in time.
    #[strum(serialize = "body_too_slow")]
    TooSlow,
    /// The address takes other methods.
    #[strum(serialize = "method_not_allowed")]
    WrongMethod,
    /// What was sent to be held against the version can be no version.
    #[strum(serialize = "if_match_invalid")]
    VersionUnreadable,
    /// There is no such signature that waits to be used for this.
    SignatureGone,
    /// The ID token that was handed in proves no signing of this text.
    #[strum(serialize = "id_token_invalid")]
    TokenNotForThis,
    /// The ID token is another person's.
    SignedByAnother,
    /// A change came without its key.
    #[strum(serialize = "idempotency_key_missing")]
    KeyMissing,
    /// The key was used for another request.
    #[strum(serialize = "idempotency_key_reused")]
    KeyReused,
    /// A change came without the version that it is meant for.
    #[strum(serialize = "if_match_missing")]
    VersionMissing,
    /// Somebody else has changed the thing.
    ChangedMeanwhile,
    /// The server or its database cannot answer now.
    Unavailable,
    /// A fault of ours.
    Broken,
}

impl From<BodyFault> for Kind {
    fn from(fault: BodyFault) -> Self {
        match fault {
            BodyFault::TooLarge => Self::TooLarge,
            BodyFault::TooSlow => Self::TooSlow,
            BodyFault::Broken => Self::BadRequest,
        }
    }
}

impl Kind {
    /// The HTTP status.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::InvalidCardNumber
            | Self::BadRequest
            | Self::InvalidParameter
            | Self::KeyMissing
            | Self::VersionUnreadable => StatusCode::BAD_REQUEST,
            Self::TokenMissing | Self::TokenInvalid => StatusCode::UNAUTHORIZED,
            Self::NotRegistered | Self::UnknownPerson | Self::NotAppointed | Self::LevelTooLow => {
                StatusCode::FORBIDDEN
            }
            Self::UnknownCard | Self::NotFound => StatusCode::NOT_FOUND,
            Self::ChangedMeanwhile => StatusCode::PRECONDITION_FAILED,
            Self::NotJson | Self::NotAPicture => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::SignatureGone | Self::SignedByAnother => StatusCode::CONFLICT,
            Self::InvalidBody | Self::KeyReused | Self::PictureUnusable | Self::TokenNotForThis => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::VersionMissing => StatusCode::PRECONDITION_REQUIRED,
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
            Self::TokenInvalid => {
                "The token is unknown, expired or meant for somebody else, or its client is revoked."
            }
            Self::NotRegistered => "The client is not registered for this.",
            Self::UnknownPerson => "The directory does not know whom the token speaks for.",
            Self::NotAppointed => {
                "This is for officers, and the person is appointed to nothing now."
            }
            Self::LevelTooLow => "The log-in behind the token was on too low a level.",
            Self::TooManyRequests => "Too many requests; wait as Retry-After says.",
            Self::NotFound => "There is nothing here for the caller.",
            Self::BadRequest => "The request cannot be read.",
            Self::InvalidParameter => "A parameter cannot be read.",
            Self::InvalidBody => "Members of the body are missing or wrong.",
            Self::NotJson => "The body must be JSON and say so.",
            Self::NotAPicture => "The body must be a JPEG or PNG picture and say so.",
            Self::PictureUnusable => "The picture cannot become a portrait.",
            Self::TooLarge => "The body is larger than may be.",
            Self::TooSlow => "The body did not come in time.",
            Self::WrongMethod => "The address takes other methods; Allow names them.",
            Self::VersionUnreadable => {
                "If-Match must be the ETag that was read, in its quotation marks."
            }
            Self::SignatureGone => {
                "There is no such signature that waits for this person and this thing."
            }
            Self::TokenNotForThis => {
                "The ID token does not prove that this text was signed by a fresh log-in."
            }
            Self::SignedByAnother => "The ID token is another person's.",
            Self::KeyMissing => "A change needs an Idempotency-Key, which is a UUID.",
            Self::KeyReused => "The Idempotency-Key was used for another request.",
            Self::VersionMissing => "A change needs If-Match with the ETag that was read.",
            Self::ChangedMeanwhile => "The thing has changed since it was read; read it again.",
            Self::Unavailable => "The service cannot answer now; try again.",
            Self::Broken => "Something is wrong on our side.",
        }
    }

    /// What `WWW-Authenticate` says (RFC 6750, RFC 9470).
    fn challenge(self) -> Option<&'static str> {
        match self {
            Self::TokenMissing => Some(r#"Bearer realm="kortkontor""#),
            Self::TokenInvalid => Some(r#"Bearer realm="kortkontor", error="invalid_token""#),
            Self::NotRegistered | Self::NotAppointed => {
                Some(r#"Bearer realm="kortkontor", error="insufficient_scope""#)
            }
            Self::LevelTooLow => Some(
                r#"Bearer realm="kortkontor", error="insufficient_user_authentication", acr_values="http://id.sambi.se/loa/loa3""#,
            ),
            _ => None,
        }
    }

    /// The API's own questions have kinds of their own; what is left is told by its status.
    fn of(notice: &Notice) -> Self {
        match notice.status() {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::FORBIDDEN => Self::NotRegistered,
            StatusCode::TOO_MANY_REQUESTS => Self::TooManyRequests,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            StatusCode::METHOD_NOT_ALLOWED => Self::WrongMethod,
            StatusCode::REQUEST_TIMEOUT => Self::TooSlow,
            status if status.is_server_error() => Self::Broken,
            _ => Self::BadRequest,
        }
    }

    fn document(self, correlation: &str) -> Map<String, Value> {
        document(self.into(), self.title(), self.status(), correlation)
    }
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
    /// The parameter that cannot be read.
    parameter: Option<&'static str>,
    /// What is wrong with the body, by JSON pointer.
    errors: Vec<(String, &'static str)>,
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
                parameter: Some(name),
                ..Self::new(Kind::InvalidParameter, request)
            },
            Wrong::Body(errors) => Self {
                errors,
                ..Self::new(Kind::InvalidBody, request)
            },
        }
    }

    fn document(&self) -> Map<String, Value> {
        let mut told = match &self.what {
            What::Kind(kind) => kind.document(&self.correlation),
            What::WrongMethod(_) => Kind::WrongMethod.document(&self.correlation),
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
            body: Value::from(Kind::of(notice).document(&place.correlation)).to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator as _;

    #[test]
    fn a_problem_says_its_kind_in_one_stable_word_and_the_code_to_read_out() {
        let document = Value::from(Kind::UnknownCard.document("B6M-2KD"));
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
            Notice::TooSlow,
            Notice::WrongMethod { allow: "GET" },
        ] {
            assert_eq!(Kind::of(&notice).status(), notice.status(), "{notice:?}");
        }
    }

    #[test]
    fn no_problem_of_the_api_has_the_code_of_a_refusal() {
        let refusals: Vec<&str> = cards_domain::refusal::RefusalCode::iter()
            .map(Into::into)
            .collect();
        for kind in Kind::iter() {
            assert!(!refusals.contains(&<&str>::from(kind)), "{kind:?}");
        }
    }
}
