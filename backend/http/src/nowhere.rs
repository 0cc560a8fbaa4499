//! Addresses that nothing answers: unknown ones, known ones that were asked with another method,
//! those with one slash too many, and those in which an id or a query cannot be read.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::LOCATION;
use actix_web::http::{Method, Uri};
use actix_web::middleware::Next;
use actix_web::web::{PathConfig, QueryConfig, ServiceConfig};
use actix_web::{Error, HttpRequest, HttpResponse};

use crate::failure::{Fault, Notice};

/// What answers where nothing else does.
///
/// # Errors
/// Always, but for an address with a slash behind it that leads somewhere without: that one is said.
pub async fn nowhere(request: HttpRequest) -> Result<HttpResponse, Fault> {
    let known = request.resource_map();
    let path = request.path();
    if known.has_resource(path) {
        let allow = allowed(request.method());
        return Err(Notice::WrongMethod { allow }.into());
    }
    let shorter = path.strip_suffix('/').filter(|shorter| !shorter.is_empty());
    match shorter.filter(|shorter| known.has_resource(shorter)) {
        Some(shorter) if reads(request.method()) => Ok(HttpResponse::PermanentRedirect()
            .insert_header((LOCATION, with_query(shorter, request.uri())))
            .finish()),
        Some(_) | None => Err(Notice::NoSuchPage.into()),
    }
}

/// Has an address in which an id or the query cannot be read answered like one with an unknown id, by
/// every route: whoever has mistyped it is told so in their language.
pub fn unreadable(config: &mut ServiceConfig) {
    config
        .app_data(PathConfig::default().error_handler(unread))
        .app_data(QueryConfig::default().error_handler(unread));
}

fn unread<E>(_: E, _: &HttpRequest) -> Error {
    Fault::from(Notice::NotFound).into()
}

/// The methods of an address that this one is not of. A page is read or a form is sent: an address
/// that cannot be read takes forms, and the other way round.
fn allowed(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" | "HEAD" => "POST",
        "POST" => "GET, HEAD",
        _ => "GET, HEAD, POST",
    }
}

fn reads(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}

fn with_query(path: &str, uri: &Uri) -> String {
    match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    }
}

/// Lets a request for the head alone find what answers a reading; the server leaves the body out.
#[doc(hidden)]
pub async fn answer_heads(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    next.call(request).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::StatusCode;
    use actix_web::http::header::ALLOW;
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::{App, web};

    async fn told(method: Method, path: &str) -> (StatusCode, String) {
        let ok = || async { HttpResponse::Ok().finish() };
        let app = App::new()
            .route("/id-admin", web::get().to(ok))
            .route("/id-admin/kort/{id}/makulera", web::get().to(ok))
            .route("/id-admin/kort/{id}/makulera", web::post().to(ok))
            .route("/id-admin/logga-ut", web::post().to(ok))
            .default_service(web::to(nowhere))
            .wrap(actix_web::middleware::from_fn(answer_heads));
        let app = init_service(app).await;
        let request = TestRequest::default().method(method).uri(path);
        let response = call_service(&app, request.to_request()).await;
        let header = |name| {
            let value = response.headers().get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        let more = header(ALLOW).or_else(|| header(LOCATION));
        (response.status(), more.unwrap_or_default())
    }

    #[actix_web::test]
    async fn an_id_or_a_query_that_cannot_be_read_is_not_found() {
        let with_id = |_: web::Path<uuid::Uuid>| async { HttpResponse::Ok().finish() };
        let asked = |_: web::Query<Vec<(String, u8)>>| async { HttpResponse::Ok().finish() };
        let app = App::new()
            .configure(unreadable)
            .route("/sok", web::get().to(asked))
            .service(web::scope("").route("/kort/{id}", web::get().to(with_id)));
        let app = init_service(app).await;
        for path in ["/kort/abc", "/sok?sida=abc"] {
            let request = TestRequest::with_uri(path).to_request();
            let response = call_service(&app, request).await;
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
            let extensions = response.response().extensions();
            assert_eq!(extensions.get::<Notice>(), Some(&Notice::NotFound));
        }
    }

    #[actix_web::test]
    async fn a_head_is_answered_where_a_reading_is() {
        for path in ["/id-admin", "/id-admin/kort/1/makulera"] {
            assert_eq!(told(Method::HEAD, path).await.0, StatusCode::OK, "{path}");
        }
        assert_eq!(
            told(Method::HEAD, "/nowhere").await.0,
            StatusCode::NOT_FOUND
        );
    }

    #[actix_web::test]
    async fn another_method_than_an_address_has_is_told_with_those_it_may_have() {
        let wrong = StatusCode::METHOD_NOT_ALLOWED;
        let table = [
            (Method::POST, "/id-admin", "GET, HEAD"),
            (Method::GET, "/id-admin/logga-ut", "POST"),
            (Method::HEAD, "/id-admin/logga-ut", "POST"),
            (
                Method::DELETE,
                "/id-admin/kort/1/makulera",
                "GET, HEAD, POST",
            ),
        ];
        for (method, path, allow) in table {
            assert_eq!(
                told(method, path).await,
                (wrong, allow.to_owned()),
                "{path}"
            );
        }
        assert_eq!(told(Method::PUT, "/nowhere").await.0, StatusCode::NOT_FOUND);
    }

    #[actix_web::test]
    async fn a_slash_too_many_leads_to_the_page_and_nowhere_else() {
        let moved = StatusCode::PERMANENT_REDIRECT;
        let there = |to: &str| (moved, to.to_owned());
        assert_eq!(told(Method::GET, "/id-admin/").await, there("/id-admin"));
        let with_query = told(Method::GET, "/id-admin/kort/1/makulera/?a=1").await;
        assert_eq!(with_query, there("/id-admin/kort/1/makulera?a=1"));
        for path in ["/", "/nowhere/", "//id-admin/", "//evil.example/"] {
            assert_eq!(
                told(Method::GET, path).await.0,
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
        assert_eq!(
            told(Method::POST, "/id-admin/").await.0,
            StatusCode::NOT_FOUND
        );
    }
}
