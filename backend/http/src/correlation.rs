//! A short code for each request, such as `B6M-2KD`: on every page, in the response's header, in
//! the server's log and in the event log, so that somebody can read it out over the telephone.

use std::future::{Ready, ready};
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest, web};
use tracing::Instrument as _;

use crate::site::Site;

/// Letters and digits that are not taken for each other when read or heard; no vowels, so that
/// they make no words.
const ALPHABET: &[u8] = b"23456789BCDFGHJKMNPQRSTVWXZ";
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
    let route = response.request().match_pattern();
    let ms = begun.elapsed().as_secs_f64() * 1000.0;
    let status = response.status().as_u16();
    let route = route.as_deref().unwrap_or("(none)");
    span.in_scope(|| tracing::info!(%method, route, status, ms, "answered"));
    Ok(response)
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
