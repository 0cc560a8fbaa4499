//! The API's page for people, made from its OpenAPI document, so that it can never describe
//! another API than the one that answers.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_http::{Fault, Notice};
use serde_json::Value;

use crate::components::Message;
use crate::layout::{Frame, Portal};
use crate::pages;
use crate::text::Text;

/// The methods of OpenAPI 3.1, in the order in which they are shown.
const METHODS: [&str; 8] = [
    "get", "post", "put", "patch", "delete", "head", "options", "trace",
];
/// Where operations on cards and orders live; health and the like live outside.
const OPERATIONS: &str = "/api/";

/// The OpenAPI document, handed over by the server: the portal does not know the API.
#[derive(Clone, Debug)]
pub struct ApiDocument(pub Value);

/// One operation, as the table shows it. The texts are the document's, in English.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Operation {
    method: String,
    path: String,
    summary: String,
    parameters: Vec<String>,
    answers: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "open/api.html")]
pub(super) struct ApiPage {
    frame: Frame,
    t: Text,
    version: String,
    about: String,
    operations: Vec<Operation>,
    more: Option<Message>,
}

/// `GET /api`.
///
/// # Errors
/// There is no document here.
pub async fn get(
    request: HttpRequest,
    document: Option<web::Data<ApiDocument>>,
) -> Result<HttpResponse, Fault> {
    let document = document.ok_or(Notice::NotFound)?;
    pages::ok(&view(super::frame(&request, Portal::Open), &document.0))
}

/// The page.
pub(super) fn view(frame: Frame, document: &Value) -> ApiPage {
    let t = frame.texts();
    let operations = operations(document);
    let is_young = !operations
        .iter()
        .any(|operation| operation.path.starts_with(OPERATIONS));
    ApiPage {
        frame: frame.titled(t.open_api_title()),
        t,
        version: text(document, "/info/version"),
        about: text(document, "/info/description"),
        operations,
        more: is_young.then(|| Message::info(t.open_api_more_title(), t.open_api_more_text())),
    }
}

/// By path, and within a path by method.
fn operations(document: &Value) -> Vec<Operation> {
    let paths = document.get("paths").and_then(Value::as_object);
    let mut paths: Vec<(&String, &Value)> = paths.into_iter().flatten().collect();
    paths.sort_by_key(|(path, _)| path.as_str());
    paths
        .into_iter()
        .flat_map(|(path, item)| {
            METHODS
                .iter()
                .filter_map(move |method| Some(operation(method, path, item.get(method)?)))
        })
        .collect()
}

fn operation(method: &str, path: &str, described: &Value) -> Operation {
    let parameters = described.get("parameters").and_then(Value::as_array);
    let answers = described.get("responses").and_then(Value::as_object);
    Operation {
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(described, "/summary"),
        parameters: parameters
            .into_iter()
            .flatten()
            .map(|one| text(one, "/name"))
            .collect(),
        answers: answers
            .into_iter()
            .flatten()
            .map(|(status, answer)| (status.clone(), text(answer, "/description")))
            .collect(),
    }
}

fn text(value: &Value, pointer: &str) -> String {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use actix_web::http::StatusCode;
    use actix_web::test::TestRequest;
    use serde_json::json;

    use super::*;
    use crate::text::Lang;

    fn document() -> Value {
        json!({
            "info": { "version": "1.2.3", "description": "Cards <and> orders." },
            "paths": {
                "/health/ready": { "get": { "summary": "Ready?", "responses": {
                    "200": { "description": "Yes." }, "503": { "description": "No." },
                } } },
                "/health/live": {
                    "post": { "summary": "Second" },
                    "get": { "summary": "First", "parameters": [{ "name": "deep" }] },
                },
            },
        })
    }

    fn page(lang: Lang, document: &Value) -> String {
        let frame = Frame::new(Text::of(lang), Portal::Open, "", "/api", "H3T-9WB");
        view(frame, document).render().unwrap()
    }

    #[test]
    fn every_operation_of_the_document_is_a_row_in_the_order_of_path_and_method() {
        let found: Vec<_> = operations(&document())
            .into_iter()
            .map(|operation| (operation.method, operation.path, operation.summary))
            .collect();
        let row = |method: &str, path: &str, summary: &str| {
            (method.to_owned(), path.to_owned(), summary.to_owned())
        };
        assert_eq!(
            found,
            [
                row("GET", "/health/live", "First"),
                row("POST", "/health/live", "Second"),
                row("GET", "/health/ready", "Ready?"),
            ]
        );
        for lang in [Lang::Sv, Lang::En] {
            let page = page(lang, &document());
            assert_eq!(page.matches("<h1").count(), 1);
            assert_eq!(page.matches("<th scope=\"row\"").count(), 3, "{page}");
            for said in ["1.2.3", "503", "No.", "deep", "href=\"/api/openapi.json\""] {
                assert!(page.contains(said), "{said}: {page}");
            }
            assert!(!page.contains("<and>"), "{page}");
        }
    }

    #[test]
    fn the_page_says_that_more_comes_only_as_long_as_no_operation_is_there() {
        let t = Text::of(Lang::Sv);
        assert!(page(Lang::Sv, &document()).contains(&t.open_api_more_title()));
        let grown = json!({ "paths": { "/api/v1/cards": { "get": {} } } });
        assert!(!page(Lang::Sv, &grown).contains(&t.open_api_more_title()));
    }

    #[actix_web::test]
    async fn without_a_document_there_is_no_page() {
        let request = TestRequest::with_uri("/api").to_http_request();
        assert_eq!(
            get(request, None).await.err(),
            Some(Notice::NotFound.into())
        );
        let request = TestRequest::with_uri("/api").to_http_request();
        let document = web::Data::new(ApiDocument(document()));
        assert_eq!(
            get(request, Some(document)).await.unwrap().status(),
            StatusCode::OK
        );
    }
}
