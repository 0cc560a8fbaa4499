//! A program that calls the API for a person, and a reader of the document.

use cards_acceptance::site::Site;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: HeaderMap,
    pub json: Value,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).map(|value| value.to_str().unwrap());
        value.unwrap_or_default()
    }

    pub fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    /// Status and code of a problem.
    pub fn problem(&self) -> (u16, &str) {
        (self.status, self.code())
    }

    /// Without what differs between any two requests.
    pub fn without_code(&self) -> (u16, Value) {
        let mut json = self.json.clone();
        if let Some(members) = json.as_object_mut() {
            members.remove("correlation");
        }
        (self.status, json)
    }
}

/// A body.
#[derive(Clone, Copy)]
pub enum Sent<'a> {
    Nothing,
    Json(&'a Value),
    Bytes(&'a str, &'a [u8]),
}

/// A program with a person's access token.
pub struct Program<'a> {
    site: &'a Site,
    runtime: Runtime,
    client: reqwest::Client,
    token: String,
}

impl<'a> Program<'a> {
    pub fn of(site: &'a Site, who: &str) -> Self {
        Self::at_level(site, who, "loa3")
    }

    pub fn at_level(site: &'a Site, who: &str, level: &str) -> Self {
        let mut program = Self::with(site, "");
        let form = [
            ("grant_type", "urn:kortkontor:demonstration"),
            ("vem", who),
            ("niva", level),
        ];
        let address = format!("{}/demo/idp/token", site.url);
        let given = program.send(program.client.post(address).form(&form));
        program.token = given.json["access_token"].as_str().unwrap().to_owned();
        program
    }

    /// With whatever is taken for a token.
    pub fn with(site: &'a Site, token: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        Self {
            site,
            runtime: runtime.unwrap(),
            client: reqwest::Client::new(),
            token: token.to_owned(),
        }
    }

    pub fn get(&self, path: &str) -> Answer {
        let address = format!("{}/api/v1{path}", self.site.url);
        self.send(self.client.get(address))
    }

    pub fn follow(&self, address: &str) -> Answer {
        self.send(self.client.get(format!("{}{address}", self.site.url)))
    }

    /// Sends a change with these headers.
    pub fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        self.call(Method::POST, path, headers, Sent::Json(body))
    }

    /// Sends anything.
    pub fn call(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Sent<'_>,
    ) -> Answer {
        let address = format!("{}/api/v1{path}", self.site.url);
        let mut request = self.client.request(method, address);
        request = match body {
            Sent::Nothing => request,
            Sent::Json(body) => request.json(body),
            Sent::Bytes(kind, bytes) => request.header("content-type", kind).body(bytes.to_vec()),
        };
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request)
    }

    /// Sends a change under a new key, meant for this version.
    pub fn change(&self, path: &str, version: &str, body: &Value) -> Answer {
        let key = key(self.site);
        let headers = [("idempotency-key", key.as_str()), ("if-match", version)];
        self.post(path, &headers, body)
    }

    /// The ID token of a fresh log-in with this nonce.
    pub fn id_token(&self, who: &str, level: &str, nonce: &str) -> String {
        let form = [
            ("grant_type", "urn:kortkontor:demonstration"),
            ("vem", who),
            ("niva", level),
            ("nonce", nonce),
        ];
        let address = format!("{}/demo/idp/token", self.site.url);
        let given = self.send(self.client.post(address).form(&form));
        given.json["id_token"].as_str().unwrap().to_owned()
    }

    /// Hands in a signature.
    pub fn hand_in(&self, path: &str, id_token: &str) -> Answer {
        let body = json!({ "id_token": id_token });
        self.call(Method::PUT, path, &[], Sent::Json(&body))
    }

    fn send(&self, mut request: reqwest::RequestBuilder) -> Answer {
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        self.runtime.block_on(async {
            let response = request.send().await.unwrap();
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let bytes = response.bytes().await.unwrap();
            Answer {
                status,
                headers,
                json: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
            }
        })
    }
}

/// A key for a change.
pub fn key(site: &Site) -> String {
    site.world.link().new_id().to_string()
}

/// Holds what was answered against the schema; gives what does not fit.
pub fn misfits(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let schema = document.pointer(name.trim_start_matches('#')).unwrap();
        return misfits(document, schema, value, at);
    }
    if let Some(ways) = schema["anyOf"].as_array() {
        let tried: Vec<_> = ways
            .iter()
            .map(|way| misfits(document, way, value, at))
            .collect();
        let fits = tried.iter().any(Vec::is_empty);
        return if fits { Vec::new() } else { tried.concat() };
    }
    if let Some(only) = schema.get("const") {
        return said(only == value, at, value);
    }
    if let Some(words) = schema["enum"].as_array() {
        return said(words.contains(value), at, value);
    }
    match schema["type"].as_str() {
        Some("object") => object(document, schema, value, at),
        Some("array") => {
            let items = value.as_array();
            let own = said(items.is_some(), at, value);
            let inner = items
                .into_iter()
                .flatten()
                .enumerate()
                .flat_map(|(place, one)| {
                    misfits(document, &schema["items"], one, &format!("{at}/{place}"))
                });
            own.into_iter().chain(inner).collect()
        }
        Some("string") => said(value.is_string(), at, value),
        Some("boolean") => said(value.is_boolean(), at, value),
        Some("integer") => said(value.is_i64(), at, value),
        _ => Vec::new(),
    }
}

fn said(fits: bool, at: &str, value: &Value) -> Vec<String> {
    if fits {
        Vec::new()
    } else {
        vec![format!("{at}: {value}")]
    }
}

fn object(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let Some(members) = value.as_object() else {
        return said(false, at, value);
    };
    let mut wrong = Vec::new();
    for needed in schema["required"].as_array().into_iter().flatten() {
        if !members.contains_key(needed.as_str().unwrap()) {
            wrong.push(format!("{at}: lacks {needed}"));
        }
    }
    let known = schema["properties"].as_object();
    for (name, member) in members {
        let at = format!("{at}/{name}");
        match known.and_then(|known| known.get(name)) {
            Some(schema) => wrong.extend(misfits(document, schema, member, &at)),
            None if schema["additionalProperties"] == json!(false) => {
                wrong.push(format!("{at}: is not described"));
            }
            None => {}
        }
    }
    wrong
}
