//! What an operator's monitoring reads: requests by kind and status, and how lanes, errands, the
//! nightly run, certificates and lists stand. Kinds and codes only: no label tells of a person, a
//! card, a certificate or an address.

mod standing;

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use cards_app::{App, Lane};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::{Family, MetricConstructor};
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::pki::OCSP_PATH;

/// Where it is read.
pub const METRICS_PATH: &str = "/metrics";

/// The format of what is answered (OpenMetrics 1.0).
const FORMAT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// What every name begins with.
const PREFIX: &str = "kortkontor";
/// Seconds up to which requests are counted together.
const BUCKETS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// The requests that this process has answered.
#[derive(Clone)]
pub struct Metrics {
    requests: Family<Answered, Counter>,
    seconds: Family<Kind, Histogram, Bucketed>,
}

/// What a request was about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    class: &'static str,
}

/// What a request was about, and how it was answered.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    class: &'static str,
    status: u32,
}

/// Makes histograms.
#[derive(Clone, Copy, Debug)]
struct Bucketed;

impl Default for Metrics {
    fn default() -> Self {
        Self {
            requests: Family::default(),
            seconds: Family::new_with_constructor(Bucketed),
        }
    }
}

impl MetricConstructor<Histogram> for Bucketed {
    fn new_metric(&self) -> Histogram {
        Histogram::new(BUCKETS)
    }
}

impl Metrics {
    fn answered(&self, class: &'static str, status: u16, seconds: f64) {
        let status = status.into();
        self.requests
            .get_or_create(&Answered { class, status })
            .inc();
        self.seconds.get_or_create(&Kind { class }).observe(seconds);
    }

    fn registry(&self) -> Registry {
        let mut registry = Registry::with_prefix(PREFIX);
        registry.register(
            "http_requests",
            "Requests answered, by what they are about and status",
            self.requests.clone(),
        );
        registry.register_with_unit(
            "http_request",
            "How long an answer took",
            Unit::Seconds,
            self.seconds.clone(),
        );
        registry
    }
}

/// The route. It is for a listener that the public cannot reach.
pub fn routes(routes: &mut web::ServiceConfig) {
    routes.route("/metrics", web::get().to(told));
}

/// What is known without the database is told also while it cannot be reached.
async fn told(app: web::Data<App>, metrics: web::Data<Metrics>) -> HttpResponse {
    let measures = app.run(Lane::Long, |app, link| app.measures(link)).await;
    if let Err(failure) = &measures {
        tracing::warn!(%failure, "measurements without the database");
    }
    let mut text = String::new();
    let standing = standing::registry(&app, measures.ok().as_ref());
    let written = encode_registry(&mut text, &metrics.registry())
        .and_then(|()| encode_registry(&mut text, &standing))
        .and_then(|()| encode_eof(&mut text));
    match written {
        Ok(()) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, FORMAT))
            .insert_header((CACHE_CONTROL, "no-store"))
            .body(text),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

/// Counts a request and the time that its answer took.
#[doc(hidden)]
pub async fn count_requests(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let metrics = request.app_data::<web::Data<Metrics>>().cloned();
    let kind = kind(request.path());
    let begun = Instant::now();
    let response = next.call(request).await?;
    if let Some(metrics) = metrics {
        let seconds = begun.elapsed().as_secs_f64();
        metrics.answered(kind, response.status().as_u16(), seconds);
    }
    Ok(response)
}

/// What a request is about, by the beginning of its path. What fits nothing is counted together, so
/// that nobody makes new names by asking.
fn kind(path: &str) -> &'static str {
    const KINDS: [(&str, &str); 11] = [
        ("/id-admin", "id_admin"),
        ("/mina-sidor", "mina_sidor"),
        ("/servicedesk", "servicedesk"),
        ("/api/", "api"),
        ("/card-client/", "card_client"),
        (OCSP_PATH, "ocsp"),
        ("/pki/", "pki"),
        ("/assets/", "assets"),
        ("/health/", "health"),
        (METRICS_PATH, "metrics"),
        ("/demo", "demo"),
    ];
    let known = KINDS.iter().find(|(start, _)| path.starts_with(start));
    known.map_or("other", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_service, init_service};

    #[test]
    fn a_path_is_counted_by_its_beginning_and_nobody_makes_new_names() {
        assert_eq!(kind("/pki/ocsp/person-hsa-id-3/MEow"), "ocsp");
        assert_eq!(kind("/pki/crl/person-id-3/7.crl"), "pki");
        assert_eq!(kind("/api/v1/cards"), "api");
        assert_eq!(kind("/wp-login.php"), "other");
        assert_eq!(kind("/"), "other");
    }

    #[actix_web::test]
    async fn requests_are_counted_by_kind_and_status() {
        let metrics = web::Data::new(Metrics::default());
        let app = actix_web::App::new()
            .app_data(metrics.clone())
            .route("/id-admin", web::get().to(HttpResponse::Ok))
            .wrap(from_fn(count_requests));
        let app = init_service(app).await;
        for path in ["/id-admin", "/id-admin", "/id-admin/19121212-1212"] {
            call_service(&app, TestRequest::get().uri(path).to_request()).await;
        }
        let mut text = String::new();
        encode_registry(&mut text, &metrics.registry()).unwrap();
        for line in [
            r#"kortkontor_http_requests_total{class="id_admin",status="200"} 2"#,
            r#"kortkontor_http_requests_total{class="id_admin",status="404"} 1"#,
            r#"kortkontor_http_request_seconds_count{class="id_admin"} 3"#,
        ] {
            assert!(text.contains(line), "{line} is missing: {text}");
        }
        assert!(!text.contains("1212"), "{text}");
    }
}
