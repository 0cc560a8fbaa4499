//! A program that calls the API for a person.

use cards_acceptance::site::Site;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::schema::note;

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

    pub fn is_done(&self) -> bool {
        matches!(self.status, 200 | 201)
    }

    /// The id of what was answered.
    pub fn id(&self) -> &str {
        self.json["id"].as_str().unwrap()
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

    /// Does something to a thing as it is now.
    pub fn act(&self, thing: &str, what: &str, body: &Value) -> Answer {
        let seen = self.get(thing);
        assert_eq!(seen.status, 200, "{thing}: {seen:?}");
        let done = self.change(&format!("{thing}/{what}"), seen.header("etag"), body);
        assert!(done.is_done(), "{thing}/{what}: {done:?}");
        done
    }

    /// Makes something new.
    pub fn make(&self, path: &str, body: &Value) -> Answer {
        let key = key(self.site);
        let done = self.post(path, &[("idempotency-key", key.as_str())], body);
        assert!(done.is_done(), "{path}: {done:?}");
        done
    }

    /// Reads what is there.
    pub fn read(&self, path: &str) -> Value {
        let read = self.get(path);
        assert_eq!(read.status, 200, "{path}: {read:?}");
        read.json
    }

    /// Has a text signed by a fresh log-in; gives the signature's id.
    pub fn signed(&self, at: &str, who: &str, wanted: &Value) -> Value {
        let asked = self.post(at, &[], wanted);
        assert_eq!(asked.status, 201, "{asked:?}");
        let token = self.id_token(who, "loa3", asked.json["nonce"].as_str().unwrap());
        let address = asked.header("location").replace("/api/v1", "");
        assert_eq!(self.hand_in(&address, &token).status, 200);
        asked.json["id"].clone()
    }

    fn send(&self, mut request: reqwest::RequestBuilder) -> Answer {
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        let request = request.build().unwrap();
        let (method, path) = (request.method().clone(), request.url().path().to_owned());
        let answer = self.runtime.block_on(async {
            let response = self.client.execute(request).await.unwrap();
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let bytes = response.bytes().await.unwrap();
            Answer {
                status,
                headers,
                json: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
            }
        });
        note(method.as_str(), &path, &answer);
        answer
    }
}

/// A key for a change.
pub fn key(site: &Site) -> String {
    site.world.link().new_id().to_string()
}
