//! Problem documents (RFC 9457) for card clients, in the language of the task. The code is what
//! programs go by; the words are shown where a card client does not know the code.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use cards_app::Failure;
use cards_domain::refusal::Refusal;
use serde_json::json;
use strum::IntoStaticStr;

use crate::failure::{Fault, Notice};
use crate::language::Language;

const MEDIA_TYPE: &str = "application/problem+json";
/// Seconds after which a card client may ask again.
const SOON: u64 = 2;

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(super) enum Told {
    /// The code, the token or the secret is wrong, used or too old.
    NoSuchTask,
    /// The task is done, called off or too old.
    TaskOver,
    /// Too many codes have been tried.
    TooManyTries,
    /// The card must prove itself first.
    ProofNeeded,
    /// The certificate is not an active one of this card.
    WrongCard,
    /// What the card signed does not hold.
    ProofDoesNotHold,
    /// The certificate is revoked or too old.
    CertificateRevoked,
    /// What was sent cannot be read.
    Unreadable,
    /// Too much was sent.
    TooLarge,
    /// Something is away, or somebody was quicker.
    TryAgain,
    /// A fault of ours.
    Broken,
    /// The rules say no.
    Refused(Refusal),
}

impl Told {
    fn code(&self) -> &'static str {
        if let Self::Refused(refusal) = self {
            refusal.code()
        } else {
            self.into()
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NoSuchTask => StatusCode::UNAUTHORIZED,
            Self::TaskOver => StatusCode::CONFLICT,
            Self::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
            Self::ProofNeeded => StatusCode::FORBIDDEN,
            Self::WrongCard
            | Self::ProofDoesNotHold
            | Self::CertificateRevoked
            | Self::Unreadable
            | Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TryAgain => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Swedish, English.
    fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::NoSuchTask => (
                "Koden gäller inte. Hämta en ny på sidan där du började.",
                "The code is not valid. Get a new one on the page where you started.",
            ),
            Self::TaskOver => ("Uppgiften är avslutad.", "The task is over."),
            Self::TooManyTries => (
                "För många försök. Vänta en minut.",
                "Too many tries. Wait a minute.",
            ),
            Self::ProofNeeded => (
                "Kortet måste legitimera sig först.",
                "The card must prove itself first.",
            ),
            Self::WrongCard => (
                "Det är inte kortet som uppgiften gäller.",
                "This is not the card that the task is for.",
            ),
            Self::ProofDoesNotHold => (
                "Det som kortet skrev stämmer inte.",
                "What the card signed does not hold.",
            ),
            Self::CertificateRevoked => (
                "Kortets certifikat är spärrat eller för gammalt.",
                "The certificate on the card is revoked or too old.",
            ),
            Self::Unreadable | Self::TooLarge => (
                "Kortklienten och servern förstår inte varandra.",
                "The card client and the server do not understand each other.",
            ),
            Self::TryAgain => (
                "Servern svarar inte just nu. Försök igen.",
                "The server does not answer just now. Try again.",
            ),
            Self::Broken => (
                "Ett fel har uppstått på servern.",
                "Something went wrong on the server.",
            ),
            Self::Refused(_) => (
                "Det går inte att göra. Sidan där du började säger varför.",
                "This cannot be done. The page where you started says why.",
            ),
        }
    }
}

/// A problem of one request.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    told: Told,
    status: StatusCode,
    language: Language,
    retry_after: Option<u64>,
}

impl Problem {
    /// A problem in Swedish, before it is known whose task it is.
    pub(super) fn told(told: Told) -> Self {
        Self {
            status: told.status(),
            retry_after: (told == Told::TryAgain).then_some(SOON),
            told,
            language: Language::Sv,
        }
    }

    /// A problem in the language that the request asks for.
    pub(super) fn of(told: Told, request: &HttpRequest) -> Self {
        Self {
            language: Language::of(request),
            ..Self::told(told)
        }
    }

    /// What was answered to whoever tried a code.
    pub(super) fn of_fetching(request: &HttpRequest, failure: &Failure) -> Self {
        let told = told_of(failure);
        let not_there = told == Told::NoSuchTask;
        let problem = Self::of(told, request);
        if not_there {
            Self {
                status: StatusCode::NOT_FOUND,
                ..problem
            }
        } else {
            problem
        }
    }

    /// What was answered to whoever showed a secret that leads nowhere any more.
    pub(super) fn of_bearer(request: &HttpRequest, failure: &Failure) -> Self {
        Self::of(told_of(failure), request)
    }

    /// What was answered to the card client of a task.
    pub(super) fn of_task(language: &str, failure: &Failure) -> Self {
        Self {
            language: Language::of_tag(language).unwrap_or(Language::Sv),
            ..Self::told(told_of(failure))
        }
    }

    pub(super) fn of_fault(fault: &Fault) -> Self {
        if let Fault::Notice(Notice::TooMany { wait }) = fault {
            Self {
                retry_after: Some(*wait),
                ..Self::told(Told::TooManyTries)
            }
        } else {
            Self::told(Told::Broken)
        }
    }
}

fn told_of(failure: &Failure) -> Told {
    match failure {
        Failure::NotFound => Told::NoSuchTask,
        Failure::Refused(refusal) => refused(refusal),
        Failure::Conflict | Failure::Busy | Failure::Unavailable(_) => Told::TryAgain,
        Failure::SignatureGone | Failure::KeyReused | Failure::Broken(_) => {
            tracing::error!(%failure, "a call of a card client");
            Told::Broken
        }
    }
}

/// The refusals that card clients know by codes of their own.
fn refused(refusal: &Refusal) -> Told {
    let known = [
        (Refusal::TaskOver, Told::TaskOver),
        (Refusal::ProofNeeded, Told::ProofNeeded),
        (Refusal::WrongCard, Told::WrongCard),
        (Refusal::ProofDoesNotHold, Told::ProofDoesNotHold),
        (Refusal::CertificateEnded, Told::CertificateRevoked),
    ];
    let mut known = known.into_iter();
    let own = known.find(|(one, _)| one == refusal);
    own.map_or_else(|| Told::Refused(refusal.clone()), |(_, told)| told)
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.told.code())
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let code = self.told.code();
        let (swedish, english) = self.told.words();
        let title = match self.language {
            Language::Sv => swedish,
            Language::En => english,
        };
        let mut answer = HttpResponse::build(self.status);
        if let Some(seconds) = self.retry_after {
            answer.insert_header((RETRY_AFTER, seconds));
        }
        answer
            .insert_header((CONTENT_TYPE, MEDIA_TYPE))
            .insert_header((CACHE_CONTROL, "no-store"))
            .body(
                json!({
                    "type": format!("urn:problem-type:kortkontor:{code}"),
                    "title": title,
                    "status": self.status.as_u16(),
                    "code": code,
                })
                .to_string(),
            )
    }
}
