//! The one table from failures to answers. What is shown is decided by a [`FailureView`]: pages in
//! the portals, JSON in the API.

use std::fmt;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, HeaderValue, LOCATION, RETRY_AFTER};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse, ResponseError, web};
use cards_app::Failure;
use cards_app::ports::LogInError;
use cards_app::sessions::SessionEnd;
use cards_domain::access::Loa;
use cards_domain::certificate::CardRefused;
use cards_domain::refusal::Refusal;

use crate::actor::{remembered_language, session_of};
use crate::body::BodyFault;
use crate::correlation::Correlation;
use crate::language::Language;
use crate::portal::PortalName;

/// Seconds after which a busy server may be asked again.
const BUSY_SECONDS: u64 = 5;

/// Why somebody who was to sign has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsigned {
    /// They broke it off, or the identity provider did.
    BrokenOff,
    /// They signed, but on this level, which is too low.
    TooLow(Loa),
    /// The identity provider does not answer.
    ProviderDown,
    /// The answer could not be trusted, or came too late.
    NotTrusted,
}

impl Unsigned {
    /// What the identity provider's answer means for who was to sign.
    pub(crate) fn of(error: &LogInError) -> Self {
        match error {
            LogInError::ProviderDown => Self::ProviderDown,
            LogInError::BrokenOff => Self::BrokenOff,
            LogInError::Untrusted(_) | LogInError::NoIdentity => Self::NotTrusted,
        }
    }
}

/// What a failure's page is about. Holds no personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Unknown, or outside what the actor may see.
    NotFound,
    /// There is nothing at this address.
    NoSuchPage,
    /// What is at this address takes other methods.
    WrongMethod {
        /// Which, for `Allow`.
        allow: &'static str,
    },
    /// What was sent did not come in time.
    TooSlow,
    /// The rules say no.
    Refused(Refusal),
    /// Somebody else changed the same thing first.
    Conflict,
    /// The form's key was used for something else.
    KeyReused,
    /// The form cannot be read: fields are missing or too much was sent.
    UnreadableForm,
    /// The form was not sent from a page of ours that this person had: it is from elsewhere, or
    /// somebody else opened it.
    ForeignForm,
    /// Too many requests at once.
    Busy,
    /// The database or an outside party is away.
    Unavailable,
    /// A fault of ours.
    Broken,
    /// Tried too often.
    TooMany {
        /// Seconds to wait.
        wait: u64,
    },
    /// Nobody is logged in.
    LoggedOut {
        /// Why the session is over, if there was one.
        why: Option<SessionEnd>,
        /// How long a session of the portal may lie unused, in minutes.
        idle_minutes: i64,
        /// Where to log in.
        log_in: String,
    },
    /// Logged in, but without an appointment that this portal is for.
    NoAppointment(PortalName),
    /// Logged in, but the directory does not know who it is.
    UnknownPerson {
        /// Where to try again.
        log_in: String,
    },
    /// The log-in was less sure than the portal needs.
    AssuranceTooLow {
        /// Where to log in more surely.
        log_in: String,
    },
    /// The log-in was broken off, or could not be trusted.
    LogInFailed {
        /// Where to try again.
        log_in: String,
    },
    /// The identity provider does not answer.
    ProviderDown {
        /// Where to try again.
        log_in: String,
    },
    /// The log-in or signature took too long, was used already or began in another browser.
    AttemptGone {
        /// Where to begin anew.
        log_in: String,
    },
    /// The card that was shown lets nobody in, or none was shown.
    CardRefused {
        /// Why.
        why: CardRefused,
        /// Where to log in in another way.
        log_in: String,
    },
    /// There is no signature: nothing has been done.
    NotSigned {
        /// Why not.
        why: Unsigned,
        /// The page that asked for it, with its answers.
        back: String,
    },
    /// Another person signed than the one who is logged in.
    SignedByAnother {
        /// The page that asked for it, with its answers.
        back: String,
    },
    /// The signature has been used, or is too old.
    SignatureGone,
}

impl Notice {
    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::NoSuchPage | Self::Refused(Refusal::OutOfScope) => {
                StatusCode::NOT_FOUND
            }
            Self::WrongMethod { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::LoggedOut { .. } => StatusCode::UNAUTHORIZED,
            Self::Refused(Refusal::NotYourRole)
            | Self::ForeignForm
            | Self::NoAppointment(_)
            | Self::UnknownPerson { .. }
            | Self::AssuranceTooLow { .. }
            | Self::LogInFailed { .. }
            | Self::CardRefused { .. }
            | Self::SignedByAnother { .. } => StatusCode::FORBIDDEN,
            Self::Refused(_) | Self::Conflict | Self::NotSigned { .. } | Self::SignatureGone => {
                StatusCode::CONFLICT
            }
            Self::KeyReused | Self::UnreadableForm => StatusCode::UNPROCESSABLE_ENTITY,
            Self::AttemptGone { .. } => StatusCode::BAD_REQUEST,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::Unavailable | Self::ProviderDown { .. } => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Seconds after which it is worth another try.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        if let Self::TooMany { wait } = self {
            return Some(*wait);
        }
        (self.status() == StatusCode::SERVICE_UNAVAILABLE).then_some(BUSY_SECONDS)
    }

    /// What an answer without a notice of its own is about: an unknown address, a wrong method.
    fn of_status(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Some(Self::NoSuchPage),
            StatusCode::SERVICE_UNAVAILABLE => Some(Self::Unavailable),
            status if status.is_server_error() => Some(Self::Broken),
            status if status.is_client_error() => Some(Self::UnreadableForm),
            _ => None,
        }
    }

    pub(crate) fn of_log_in(error: &LogInError, log_in: String) -> Self {
        match error {
            LogInError::ProviderDown => {
                tracing::warn!("the identity provider does not answer");
                Self::ProviderDown { log_in }
            }
            LogInError::NoIdentity => Self::UnknownPerson { log_in },
            LogInError::Untrusted(why) => {
                tracing::warn!(why, "a log-in could not be trusted");
                Self::LogInFailed { log_in }
            }
            LogInError::BrokenOff => Self::LogInFailed { log_in },
        }
    }
}

impl From<BodyFault> for Notice {
    fn from(fault: BodyFault) -> Self {
        match fault {
            BodyFault::TooSlow => Self::TooSlow,
            BodyFault::TooLarge | BodyFault::Broken => Self::UnreadableForm,
        }
    }
}

impl From<Failure> for Notice {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NotFound => Self::NotFound,
            Failure::Refused(refusal) => Self::Refused(refusal),
            Failure::Conflict => Self::Conflict,
            Failure::KeyReused => Self::KeyReused,
            Failure::SignatureGone => Self::SignatureGone,
            Failure::Busy => Self::Busy,
            Failure::Unavailable(what) => {
                tracing::warn!(what, "unavailable");
                Self::Unavailable
            }
            Failure::Broken(what) => {
                tracing::error!(what, "broken");
                Self::Broken
            }
        }
    }
}

/// Why a handler answers otherwise than it should. The error type of every handler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A page that says what happened.
    Notice(Notice),
    /// Another page, by 303.
    Elsewhere(String),
}

impl<T: Into<Notice>> From<T> for Fault {
    fn from(notice: T) -> Self {
        Self::Notice(notice.into())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status_code())
    }
}

impl ResponseError for Fault {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Notice(notice) => notice.status(),
            Self::Elsewhere(_) => StatusCode::SEE_OTHER,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        match self {
            Self::Elsewhere(address) => response
                .insert_header((LOCATION, address.as_str()))
                .finish(),
            Self::Notice(notice) => {
                if let Some(seconds) = notice.retry_after() {
                    response.insert_header((RETRY_AFTER, seconds));
                }
                if let Notice::WrongMethod { allow } = notice {
                    response.insert_header((ALLOW, *allow));
                }
                // The page is made on the way out, where language and portal are known.
                let mut response = response.finish();
                response.extensions_mut().insert(notice.clone());
                response
            }
        }
    }
}

/// Where a failure happened.
#[derive(Clone, Debug)]
pub struct Place {
    /// In which portal, if in one.
    pub portal: Option<PortalName>,
    /// The reader's language.
    pub language: Language,
    /// The code to read out.
    pub correlation: String,
    /// Path, and query where the page was opened by one of our own links, for the link to the
    /// other language.
    pub address: String,
}

/// A failure, ready to be sent.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// `Content-Type`.
    pub content_type: &'static str,
    /// Content.
    pub body: String,
}

/// Shows failures: as a page, or as JSON.
pub trait FailureView: Send + Sync {
    /// What is sent for `notice`.
    fn render(&self, notice: &Notice, place: &Place) -> Rendered;
}

/// Gives every failure its page, by the view of the scope in which it happened.
#[doc(hidden)]
pub async fn render_failures(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let Some(notice) = notice_of(&response) else {
        return Ok(response);
    };
    let request = response.request();
    let Some(view) = request.app_data::<web::Data<dyn FailureView>>().cloned() else {
        return Ok(response);
    };
    // What somebody who has just been let in carries along belongs on no page.
    let has_ticket = request.query_string().contains("biljett=");
    let arrives = request.path().ends_with("/inloggad") || has_ticket;
    let address = match request.uri().path_and_query() {
        Some(address) if !arrives => address.as_str(),
        _ => request.path(),
    };
    let place = Place {
        portal: PortalName::of_path(request.path()),
        language: language_of(request, &notice).await,
        correlation: Correlation::of(request).0,
        address: address.to_owned(),
    };
    let Rendered { content_type, body } = view.render(&notice, &place);
    let mut response = response.map_body(|_, _| BoxBody::new(body));
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    Ok(response)
}

/// The language that the session's pages have. A page that does not exist, and one whose address
/// cannot be read, have read no session yet; after any other failure none is read, for the database
/// may be what failed.
async fn language_of(request: &HttpRequest, notice: &Notice) -> Language {
    let in_portal = PortalName::of_path(request.path()).is_some();
    if in_portal && matches!(notice, Notice::NoSuchPage | Notice::NotFound) {
        // Whoever is not logged in has no language but the browser's.
        let _ = session_of(request).await;
    }
    remembered_language(request).unwrap_or_else(|| Language::of(request))
}

fn notice_of(response: &ServiceResponse<BoxBody>) -> Option<Notice> {
    let given = response.response().extensions().get::<Notice>().cloned();
    given.or_else(|| {
        let is_bare = matches!(
            response.response().body().size(),
            BodySize::None | BodySize::Sized(0)
        );
        let is_ours = response.headers().contains_key(CONTENT_TYPE) && !is_bare;
        if is_ours {
            None
        } else {
            Notice::of_status(response.status())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::App;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_service, init_service, read_body};

    struct Plain;

    impl FailureView for Plain {
        fn render(&self, notice: &Notice, place: &Place) -> Rendered {
            let body = format!("{notice:?} {:?} {}", place.portal, place.language.tag());
            Rendered {
                content_type: "text/plain",
                body,
            }
        }
    }

    async fn broken() -> Result<HttpResponse, Fault> {
        Err(Failure::Broken("19900101-9802 in table person".to_owned()).into())
    }

    async fn busy() -> Result<HttpResponse, Fault> {
        Err(Failure::Busy.into())
    }

    async fn answer(address: &str) -> (StatusCode, Option<String>, String) {
        let view: std::sync::Arc<dyn FailureView> = std::sync::Arc::new(Plain);
        let app = App::new()
            .app_data(web::Data::from(view))
            .wrap(from_fn(render_failures))
            .route("/id-admin/broken", web::get().to(broken))
            .route("/busy", web::get().to(busy));
        let app = init_service(app).await;
        let response = call_service(&app, TestRequest::with_uri(address).to_request()).await;
        let retry = response
            .headers()
            .get(RETRY_AFTER)
            .map(|v| v.to_str().unwrap().to_owned());
        let status = response.status();
        (
            status,
            retry,
            String::from_utf8(read_body(response).await.to_vec()).unwrap(),
        )
    }

    #[actix_web::test]
    async fn a_fault_of_ours_shows_a_page_and_nothing_of_its_text() {
        let (status, _, page) = answer("/id-admin/broken?lang=en").await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(page, "Broken Some(IdAdmin) en");
    }

    #[actix_web::test]
    async fn an_unknown_address_has_the_page_of_what_is_not_found() {
        assert_eq!(answer("/nowhere").await.2, "NoSuchPage None sv");
    }

    #[actix_web::test]
    async fn a_failure_is_told_in_the_language_of_the_session() {
        let request = TestRequest::get()
            .uri("/mina-sidor/nowhere")
            .insert_header(("accept-language", "en"))
            .to_http_request();
        assert_eq!(language_of(&request, &Notice::Broken).await, Language::En);
        crate::actor::tests::remember(&request, [1; 32]);
        let of_session = crate::actor::remembered_language(&request);
        assert_eq!(of_session, Some(Language::En), "after the log-in, too");
        let silent = TestRequest::get()
            .uri("/mina-sidor/nowhere")
            .to_http_request();
        crate::actor::tests::remember(&silent, [1; 32]);
        let of_person = crate::actor::remembered_language(&silent);
        assert_eq!(of_person, Some(Language::Sv), "a browser that says nothing");
    }

    #[actix_web::test]
    async fn a_busy_server_says_when_to_come_back() {
        let (status, retry, _) = answer("/busy").await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(retry.as_deref(), Some("5"));
    }

    #[test]
    fn refusals_have_the_status_of_their_kind() {
        let status = |refusal| Notice::Refused(refusal).status().as_u16();
        assert_eq!(status(Refusal::OutOfScope), 404);
        assert_eq!(status(Refusal::NotYourRole), 403);
        assert_eq!(status(Refusal::OwnCard), 409);
        assert_eq!(Notice::from(Failure::Conflict).status().as_u16(), 409);
        assert_eq!(Notice::from(Failure::KeyReused).status().as_u16(), 422);
    }
}
