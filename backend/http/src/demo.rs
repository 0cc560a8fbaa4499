//! Mounts the demonstration's identity provider at `/demo/idp`. It lives among the gateways, which
//! this package does not know; the server hands in what answers.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, CONTENT_TYPE, LOCATION};
use actix_web::{HttpRequest, HttpResponse, web};

use crate::body::{LONGEST_WAIT, read_body};
use crate::failure::{Fault, Notice};

/// No form of the provider is longer, in bytes.
const LONGEST: usize = 64 * 1024;
/// Where it is mounted.
pub const PATH: &str = "/demo/idp";

/// A request to it.
pub struct DemoRequest {
    /// `GET` or `POST`.
    pub method: String,
    /// The path below [`PATH`], such as `/token`.
    pub path: String,
    /// What stands after the question mark.
    pub query: String,
    /// The `Authorization` header.
    pub authorization: Option<String>,
    /// The form sent.
    pub body: String,
}

/// Its answer.
pub struct DemoReply {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: &'static str,
    /// `Location` of a redirect.
    pub location: Option<String>,
    /// Content.
    pub body: String,
}

/// What answers. May block.
pub type Answerer = Arc<dyn Fn(DemoRequest) -> DemoReply + Send + Sync>;

/// Adds the routes.
pub fn routes(config: &mut web::ServiceConfig, answerer: Answerer) {
    let answer =
        move |request: HttpRequest, body: web::Payload| pass(Arc::clone(&answerer), request, body);
    config.route(&format!("{PATH}/{{tail:.*}}"), web::route().to(answer));
}

async fn pass(
    answerer: Answerer,
    request: HttpRequest,
    body: web::Payload,
) -> Result<HttpResponse, Fault> {
    let body = read_body(body, LONGEST, LONGEST_WAIT).await?;
    let body = String::from_utf8(body.to_vec()).map_err(|_| Notice::UnreadableForm)?;
    let header = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let asked = DemoRequest {
        method: request.method().as_str().to_owned(),
        path: request
            .path()
            .strip_prefix(PATH)
            .unwrap_or_default()
            .to_owned(),
        query: request.query_string().to_owned(),
        authorization: header.map(str::to_owned),
        body,
    };
    let reply = web::block(move || answerer(asked))
        .await
        .map_err(|_| Notice::Broken)?;
    let status = StatusCode::from_u16(reply.status).map_err(|_| Notice::Broken)?;
    let mut response = HttpResponse::build(status);
    response.insert_header((CONTENT_TYPE, reply.content_type));
    if let Some(location) = reply.location {
        response.insert_header((LOCATION, location));
    }
    Ok(response.body(reply.body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::App;
    use actix_web::test::{TestRequest, call_service, init_service, read_body};

    #[actix_web::test]
    async fn a_request_reaches_the_provider_and_its_answer_the_browser() {
        let answerer: Answerer = Arc::new(|asked| DemoReply {
            status: 303,
            content_type: "text/html; charset=utf-8",
            location: Some("/back".to_owned()),
            body: format!(
                "{} {} {} {}",
                asked.method, asked.path, asked.query, asked.body
            ),
        });
        let app = init_service(App::new().configure(|config| routes(config, answerer))).await;
        let request = TestRequest::post()
            .uri("/demo/idp/authorize?a=1")
            .set_payload("b=2");
        let request = request.insert_header((CONTENT_TYPE, "application/x-www-form-urlencoded"));
        let response = call_service(&app, request.to_request()).await;
        assert_eq!(response.status(), 303);
        assert_eq!(response.headers().get(LOCATION).unwrap(), "/back");
        assert_eq!(read_body(response).await, "POST /authorize a=1 b=2");
    }
}
