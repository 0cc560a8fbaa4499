//! The API's page for people, made from its OpenAPI document, so that it can never describe
//! another API than the one that answers. It lists everything; each subject has a page of its own
//! with what is asked, what is answered and what can go wrong.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_http::{Fault, Notice, Site};
use serde::Deserialize;
use serde_json::Value;

use crate::layout::{Frame, Portal};
use crate::pages;
use crate::text::{Lang, Text};

/// The methods of OpenAPI 3.1, in the order in which they are shown.
const METHODS: [&str; 8] = [
    "get", "post", "put", "patch", "delete", "head", "options", "trace",
];

/// The OpenAPI document, handed over by the server: the portal does not know the API.
#[derive(Clone, Debug)]
pub struct ApiDocument(pub Value);

/// One operation. The texts are the document's, in English.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Operation {
    method: String,
    path: String,
    summary: String,
    /// `officer` or `holder`, for operations that persons call.
    acts_as: String,
    parameters: Vec<String>,
    answers: Vec<(String, String)>,
    /// What can go wrong, folded away.
    problems: Vec<(String, String)>,
}

/// The operations about one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    anchor: String,
    title: String,
    operations: Vec<Operation>,
}

/// `?om=cards`: everything about one subject.
#[derive(Default, Deserialize)]
pub(super) struct About {
    om: Option<String>,
}

#[derive(Template)]
#[template(path = "open/api.html")]
pub(super) struct ApiPage {
    frame: Frame,
    t: Text,
    version: String,
    about: String,
    groups: Vec<Group>,
    /// One subject, with everything about it.
    is_whole: bool,
    /// How one gets a token in the demonstration, by curl.
    try_it: Option<String>,
}

/// `GET /api`.
///
/// # Errors
/// There is no document here, or no such subject.
pub(super) async fn get(
    request: HttpRequest,
    about: web::Query<About>,
    document: Option<web::Data<ApiDocument>>,
    site: Option<web::Data<Site>>,
) -> Result<HttpResponse, Fault> {
    let document = document.ok_or(Notice::NotFound)?;
    let site = site.filter(|site| site.has_own_provider());
    let try_it = site.map(|site| try_it(&site.origin()));
    let frame = super::frame(&request, Portal::Open);
    let page = view(frame, &document.0, try_it);
    match &about.om {
        None => pages::ok(&page),
        Some(subject) => pages::ok(&page.about(subject).ok_or(Notice::NotFound)?),
    }
}

/// Two lines that get a token as Karin and ask with it.
fn try_it(origin: &str) -> String {
    format!(
        "TOKEN=$(curl -s {origin}/demo/idp/token -d grant_type=urn:kortkontor:demonstration \\\n  \
         -d vem=SE2399000013-1001 -d niva=loa3 | sed 's/.*\"access_token\":\"\\([^\"]*\\).*/\\1/')\n\
         curl -H \"Authorization: Bearer $TOKEN\" {origin}/api/v1/worklists"
    )
}

/// The page.
pub(super) fn view(frame: Frame, document: &Value, try_it: Option<String>) -> ApiPage {
    let t = frame.texts();
    let groups = groups(t, document);
    ApiPage {
        frame: frame.titled(t.open_api_title()),
        t,
        version: text(document, "/info/version"),
        about: text(document, "/info/description"),
        groups,
        is_whole: false,
        try_it,
    }
}

impl ApiPage {
    /// The page of one subject; `None` when there is none of the name.
    fn about(mut self, subject: &str) -> Option<Self> {
        self.groups.retain(|group| group.anchor == subject);
        let title = self.groups.first()?.title.clone();
        Some(Self {
            frame: self.frame.titled(title),
            is_whole: true,
            try_it: None,
            ..self
        })
    }
}

/// By the document's tags, in their order; what has none comes last.
fn groups(t: Text, document: &Value) -> Vec<Group> {
    let tags = document.get("tags").and_then(Value::as_array);
    let mut left = operations(document);
    let mut groups = Vec::new();
    for tag in tags.into_iter().flatten() {
        let name = text(tag, "/name");
        let (own, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|(of, _)| *of == name);
        left = others;
        let title = match t.lang() {
            Lang::Sv => text(tag, "/x-name-sv"),
            Lang::En => text(tag, "/description"),
        };
        groups.push((name, title, own));
    }
    groups.push(("other".to_owned(), t.open_api_operations(), left));
    groups
        .into_iter()
        .filter(|(_, _, operations)| !operations.is_empty())
        .map(|(anchor, title, operations)| Group {
            anchor: anchor.to_lowercase(),
            title,
            operations: operations.into_iter().map(|(_, one)| one).collect(),
        })
        .collect()
}

/// With their tags, by path, and within a path by method.
fn operations(document: &Value) -> Vec<(String, Operation)> {
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

fn operation(method: &str, path: &str, described: &Value) -> (String, Operation) {
    let parameters = described.get("parameters").and_then(Value::as_array);
    let answers = described.get("responses").and_then(Value::as_object);
    let answers = answers
        .into_iter()
        .flatten()
        .map(|(status, answer)| (status.clone(), text(answer, "/description")));
    let (answers, problems) = answers.partition(|(status, _)| status.starts_with('2'));
    let operation = Operation {
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(described, "/summary"),
        acts_as: text(described, "/x-acts-as"),
        parameters: parameters
            .into_iter()
            .flatten()
            .map(|one| text(one, "/name"))
            .collect(),
        answers,
        problems,
    };
    (text(described, "/tags/0"), operation)
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
        view(frame, document, None).render().unwrap()
    }

    fn whole(lang: Lang, subject: &str) -> Option<String> {
        let frame = Frame::new(Text::of(lang), Portal::Open, "", "/api", "H3T-9WB");
        let page = view(frame, &document(), None).about(subject)?;
        Some(page.render().unwrap())
    }

    #[test]
    fn every_operation_of_the_document_is_a_row_in_the_order_of_path_and_method() {
        let found: Vec<_> = operations(&document())
            .into_iter()
            .map(|(_, operation)| (operation.method, operation.path, operation.summary))
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
            assert_eq!(page.matches("<h3").count(), 3, "{page}");
            for said in [
                "1.2.3",
                "href=\"/api/openapi.json\"",
                "href=\"/api?om=other\"",
            ] {
                assert!(page.contains(said), "{said}: {page}");
            }
            assert!(!page.contains("<and>"), "{page}");
            let whole = whole(lang, "other").unwrap();
            assert_eq!(whole.matches("<h3").count(), 3, "{whole}");
            for said in ["503", "No.", "deep", "href=\"/api\""] {
                assert!(whole.contains(said), "{said}: {whole}");
            }
            assert!(self::whole(lang, "nothing").is_none());
        }
    }

    fn none() -> web::Query<About> {
        web::Query(About::default())
    }

    #[actix_web::test]
    async fn without_a_document_there_is_no_page() {
        let request = TestRequest::with_uri("/api").to_http_request();
        assert_eq!(
            get(request, none(), None, None).await.err(),
            Some(Notice::NotFound.into())
        );
        let request = TestRequest::with_uri("/api").to_http_request();
        let document = web::Data::new(ApiDocument(document()));
        assert_eq!(
            get(request, none(), Some(document), None)
                .await
                .unwrap()
                .status(),
            StatusCode::OK
        );
    }

    #[test]
    fn operations_stand_under_their_subject_in_the_readers_language() {
        let document = json!({
            "tags": [
                { "name": "Cards", "description": "Cards", "x-name-sv": "Kort" },
                { "name": "Unused", "description": "Nothing", "x-name-sv": "Inget" },
            ],
            "paths": { "/api/v1/cards": { "get": { "summary": "One", "tags": ["Cards"] } } },
        });
        let swedish = page(Lang::Sv, &document);
        assert!(swedish.contains(">Kort</h2>"), "{swedish}");
        assert!(!swedish.contains("Inget") && !swedish.contains(">Cards</h2>"));
        assert!(page(Lang::En, &document).contains(">Cards</h2>"));
    }

    #[test]
    fn the_way_to_a_token_is_one_that_a_shell_understands() {
        let lines = try_it("http://127.0.0.1:8080");
        assert!(
            lines.contains("urn:kortkontor:demonstration \\\n"),
            "{lines}"
        );
        assert!(
            lines.contains(r#"s/.*"access_token":"\([^"]*\).*/\1/"#),
            "{lines}"
        );
        assert!(lines.ends_with("http://127.0.0.1:8080/api/v1/worklists"));
    }
}
