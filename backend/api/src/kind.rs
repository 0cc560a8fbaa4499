//! The kinds of problem that the API has of its own: code, status and sentence. What the rules refuse
//! has codes of its own beside them.

use actix_web::http::StatusCode;
use cards_http::{BodyFault, Notice};
use strum::{EnumIter, IntoStaticStr};

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
    /// The operation has no such parameter, or it stands twice.
    UnknownParameter,
    /// Members of the body are missing or wrong.
    InvalidBody,
    /// The body is no JSON, or does not say that it is.
    NotJson,
    /// The body is neither JPEG nor PNG, or does not say so.
    NotAPicture,
    /// The picture cannot become a portrait.
    PictureUnusable,
    /// The body is no file, or does not say that it is.
    NotAFile,
    /// The whole file is refused.
    FileUnusable,
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
            | Self::UnknownParameter
            | Self::KeyMissing
            | Self::VersionUnreadable => StatusCode::BAD_REQUEST,
            Self::TokenMissing | Self::TokenInvalid => StatusCode::UNAUTHORIZED,
            Self::NotRegistered | Self::UnknownPerson | Self::NotAppointed | Self::LevelTooLow => {
                StatusCode::FORBIDDEN
            }
            Self::UnknownCard | Self::NotFound => StatusCode::NOT_FOUND,
            Self::ChangedMeanwhile => StatusCode::PRECONDITION_FAILED,
            Self::NotJson | Self::NotAPicture | Self::NotAFile => {
                StatusCode::UNSUPPORTED_MEDIA_TYPE
            }
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::SignatureGone | Self::SignedByAnother => StatusCode::CONFLICT,
            Self::InvalidBody
            | Self::KeyReused
            | Self::PictureUnusable
            | Self::FileUnusable
            | Self::TokenNotForThis => StatusCode::UNPROCESSABLE_ENTITY,
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
            Self::UnknownParameter => "There is no such parameter here, or it stands twice.",
            Self::InvalidBody => "Members of the body are missing or wrong.",
            Self::NotJson => "The body must be JSON and say so.",
            Self::NotAPicture => "The body must be a JPEG or PNG picture and say so.",
            Self::PictureUnusable => "The picture cannot become a portrait.",
            Self::NotAFile => "The body must be the file itself, sent as application/octet-stream.",
            Self::FileUnusable => "The file cannot be taken in; errors says why.",
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
    pub(crate) fn challenge(self) -> Option<&'static str> {
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
    pub(crate) fn of(notice: &Notice) -> Self {
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator as _;

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
