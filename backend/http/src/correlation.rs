//! A short code for each request, such as `B6M-2KD`: on every page, in the response's header, in
//! the server's log and in the event log, so that somebody can read it out over the telephone.

use std::future::{Ready, ready};
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest, web};
use cards_app::nightly::code_of;
use cards_domain::values::plain;
use chrono::NaiveDate;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::pki::OCSP_PATH;
use crate::site::Site;

/// Letters and digits that are not taken for each other when read or heard; no vowels, so that
/// they make no words.
const ALPHABET: &[u8] = b"23456789BCDFGHJKMNPQRSTVWXZ";
/// Signs in each half of a code.
const GROUP: usize = 3;
/// What the code of a nightly run begins with.
const NIGHT: &str = "NATT-";
const HEADER: HeaderName = HeaderName::from_static("x-correlation-id");

/// The code of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correlation(pub String);

impl Correlation {
    fn new(random: [u8; 6]) -> Self {
        let mut code: String = random
            .iter()
            .filter_map(|byte| ALPHABET.get(usize::from(*byte) % ALPHABET.len()))
            .map(|letter| char::from(*letter))
            .collect();
        code.insert(3, '-');
        Self(code)
    }

    /// A code as somebody has written or pasted it: of a request, of a nightly run (`NATT-` and its
    /// day) or of another run (a UUID). `None` for what can be no code, whatever else it is: it is
    /// neither looked for nor said back.
    #[must_use]
    pub fn read(written: &str) -> Option<Self> {
        let text = plain(written).trim().to_ascii_uppercase();
        let night = text
            .strip_prefix(NIGHT)
            .and_then(|day| day.parse::<NaiveDate>().ok());
        if let Some(day) = night {
            return Some(Self(code_of(day)));
        }
        let (one, other) = text.split_once('-')?;
        let is_group = |group: &str| {
            group.len() == GROUP && group.bytes().all(|sign| ALPHABET.contains(&sign))
        };
        if is_group(one) && is_group(other) {
            return Some(Self(text));
        }
        let run: Uuid = text.parse().ok()?;
        Some(Self(run.to_string()))
    }

    /// The code of the request.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        request
            .extensions()
            .get::<Self>()
            .cloned()
            .unwrap_or_else(|| Self(String::new()))
    }
}

impl FromRequest for Correlation {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

/// Gives the request its code and writes one line about it: route, status and time, never the
/// address itself or anything that was sent.
#[doc(hidden)]
pub async fn correlate(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let random = request
        .app_data::<web::Data<Site>>()
        .map_or([0; 6], |site| site.random());
    let code = Correlation::new(random);
    request.extensions_mut().insert(code.clone());
    let span = tracing::info_span!("request", correlation = code.0);
    let method = request.method().clone();
    let begun = Instant::now();
    let mut response = next.call(request).instrument(span.clone()).await?;
    if let Ok(value) = HeaderValue::from_str(&code.0) {
        response.headers_mut().insert(HEADER, value);
    }
    let answered = Answered {
        request: response.request(),
        status: response.status(),
        ms: begun.elapsed().as_secs_f64() * 1000.0,
    };
    span.in_scope(|| answered.note(&method));
    Ok(response)
}

/// What the log says of an answer.
struct Answered<'a> {
    request: &'a HttpRequest,
    status: StatusCode,
    ms: f64,
}

impl Answered<'_> {
    /// Questions about certificates that were answered are counted (`/metrics`) and would bury
    /// everything else.
    fn note(&self, method: &Method) {
        let (ms, status) = (self.ms, self.status.as_u16());
        if self.request.path().starts_with(OCSP_PATH) && self.status.is_success() {
            tracing::debug!(%method, route = self.pattern(), status, ms, "answered");
        } else {
            tracing::info!(%method, route = self.pattern(), status, ms, "answered");
        }
    }

    /// Looked up when there is a line to write.
    fn pattern(&self) -> String {
        let route = self.request.match_pattern();
        route.unwrap_or_else(|| "(none)".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::tests::site;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_and_read_body, call_service, init_service};
    use actix_web::{App, HttpResponse};

    async fn show(code: Correlation) -> HttpResponse {
        HttpResponse::Ok().body(code.0)
    }

    #[actix_web::test]
    async fn page_and_header_carry_the_same_code_and_every_request_another() {
        let site = web::Data::new(site("http://127.0.0.1:8080"));
        let app = App::new().app_data(site).wrap(from_fn(correlate));
        let app = init_service(app.route("/", web::get().to(show))).await;
        let response = call_service(&app, TestRequest::default().to_request()).await;
        let header = response
            .headers()
            .get(HEADER)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        let page = actix_web::test::read_body(response).await;
        assert_eq!(header.as_bytes(), page);
        let other = call_and_read_body(&app, TestRequest::default().to_request()).await;
        assert_ne!(page, other);
    }

    #[test]
    fn only_what_can_be_a_code_is_read_as_one() {
        let run = "0198c2d4-7c1e-7d3a-9f00-0123456789ab";
        let read = |text: &str| Correlation::read(text).map(|code| code.0);
        for (written, code) in [
            ("B6M-2KD", "B6M-2KD"),
            (" b6m–2kd ", "B6M-2KD"),
            ("natt-2026-11-22", "NATT-2026-11-22"),
            (run, run),
            (&run.to_uppercase(), run),
        ] {
            assert_eq!(read(written).as_deref(), Some(code), "{written}");
        }
        let long = "B6M-2KD".repeat(700);
        let none = [
            "",
            "\0",
            "B6M-2K",
            "A6M-2KD",
            "19850312-9804",
            "850312-9804",
        ];
        for written in none
            .into_iter()
            .chain(["NATT-2026-13-01", "%00", long.as_str()])
        {
            assert_eq!(read(written), None, "{written}");
        }
    }

    #[test]
    fn a_code_is_two_groups_of_three_unmistakable_signs() {
        for byte in 0..=255 {
            let Correlation(code) = Correlation::new([byte; 6]);
            assert_eq!(code.len(), 7);
            assert_eq!(code.as_bytes()[3], b'-');
            assert!(
                !code.contains(['0', 'O', '1', 'I', 'L', 'A', 'E', 'U', 'Y']),
                "{code}"
            );
        }
    }
}
