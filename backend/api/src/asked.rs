//! A request as an operation reads it: who calls, the path's names, the query, the body, and under
//! which conditions.

use std::collections::HashMap;
use std::str::FromStr;

use actix_web::http::header::{CONTENT_TYPE, IF_MATCH};
use actix_web::{HttpRequest, web};
use cards_app::{Call, Fingerprint};
use cards_domain::lifecycle::Lifecycle;
use cards_http::Language;
use cards_http::api_person::{Caller, SignedTexts};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fields::Fields;
use crate::json::{self, plain};
use crate::kind::Kind;
use crate::operation::{Body, Change, Content, Operation, Place};
use crate::reply::Wrong;

/// How many things a page holds if nothing is said, and at most.
pub(crate) const USUAL: usize = 50;
pub(crate) const MOST: usize = 200;
/// The header of a request that may be sent again.
const KEY: &str = "idempotency-key";

/// What was sent, before it is known who sent it.
pub(crate) struct Sent {
    path: String,
    names: HashMap<&'static str, String>,
    query: HashMap<String, String>,
    body: Value,
    limit: usize,
    expected: Option<i64>,
    fingerprint: Option<Fingerprint>,
    language: Language,
    texts: Option<web::Data<dyn SignedTexts>>,
}

/// A request by a person who is known.
pub struct Asked {
    /// Who calls, and as what.
    pub caller: Caller,
    sent: Sent,
}

impl Sent {
    pub(crate) fn read(
        operation: &Operation,
        request: &HttpRequest,
        body: Body,
    ) -> Result<Self, Wrong> {
        let body = body.map_err(Kind::from)?;
        let query = query_of(operation, request)?;
        let of_path = operation
            .parameters
            .iter()
            .filter(|one| one.place == Place::Path);
        let names = of_path
            .map(|one| (one.name, request.match_info().query(one.name).to_owned()))
            .collect();
        let value = match operation.body {
            Some(schema) if body.is_empty() && needs_nothing(&schema()) => json!({}),
            Some(schema) => json_of(request, &body, &schema())?,
            None => Value::Null,
        };
        Ok(Self {
            path: request.path().to_owned(),
            names,
            limit: limit(&query)?,
            query,
            body: value,
            fingerprint: fingerprint(operation, request, &body)?,
            expected: expected(operation, request)?,
            language: Language::of(request),
            texts: request.app_data::<web::Data<dyn SignedTexts>>().cloned(),
        })
    }

    pub(crate) fn by(self, caller: Caller) -> Asked {
        Asked { caller, sent: self }
    }
}

impl Asked {
    /// The circumstances of a reading.
    #[must_use]
    pub fn call(&self) -> Call {
        self.caller.call(None)
    }

    /// The circumstances of a change: its key and what was sent.
    #[must_use]
    pub fn changing(&self) -> Call {
        self.caller.call(self.sent.fingerprint.clone())
    }

    /// The circumstances of a change of what the caller has read: it is made only while `thing` is
    /// in the version that was sent as `If-Match`, which the ledger holds against it once more when
    /// nobody else can change it.
    ///
    /// # Errors
    /// Somebody has changed the thing meanwhile.
    pub fn changing_as_read<K: Lifecycle>(&self, thing: &K) -> Result<Call, Wrong> {
        self.is_of(thing.version())?;
        Ok(self.changing().as_read(thing))
    }

    /// A name in the path.
    ///
    /// # Errors
    /// It is none of its kind: then there is no such thing.
    pub fn named<T: FromStr>(&self, name: &str) -> Result<T, Wrong> {
        let text = self.sent.names.get(name).map(String::as_str);
        text.and_then(|text| text.parse().ok())
            .ok_or(Wrong::Kind(Kind::NotFound))
    }

    /// What stands after the question mark under this name, if anything does.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        self.sent.query.get(name).map(String::as_str)
    }

    /// How many things a page is to hold.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.sent.limit
    }

    /// One more than a page is to hold, to know whether there is a next one.
    #[must_use]
    pub fn one_more(&self) -> i64 {
        i64::try_from(self.sent.limit.saturating_add(1)).unwrap_or(i64::MAX)
    }

    /// What stands after the question mark under this name, of those that are possible.
    ///
    /// # Errors
    /// It is missing, or none of them.
    pub fn chosen<T: FromStr>(&self, name: &'static str) -> Result<T, Wrong> {
        let read = self.query(name).and_then(|text| text.parse().ok());
        read.ok_or(Wrong::Parameter(name))
    }

    /// The same, where it may be left out.
    ///
    /// # Errors
    /// It is none of those that are possible.
    pub fn if_chosen<T: FromStr>(&self, name: &'static str) -> Result<Option<T>, Wrong> {
        self.query(name).map(|_| self.chosen(name)).transpose()
    }

    /// After what a page begins.
    ///
    /// # Errors
    /// It is no place that a page has told.
    pub fn after<T>(&self, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Wrong> {
        match self.query("after") {
            None => Ok(None),
            Some(text) => read(text).map(Some).ok_or(Wrong::Parameter("after")),
        }
    }

    /// The address of the page that begins after `cursor`.
    pub(crate) fn next(&self, cursor: &str) -> String {
        format!(
            "{}?limit={}&after={cursor}",
            self.sent.path, self.sent.limit
        )
    }

    /// The same question, asked about what comes after `cursor`.
    pub(crate) fn same_after(&self, cursor: &str) -> String {
        let asked = self.sent.query.iter();
        let mut asked: Vec<_> = asked.filter(|(name, _)| *name != "after").collect();
        asked.sort_unstable();
        // What has been read as an id or a day needs no escape.
        let asked = asked
            .into_iter()
            .map(|(name, value)| format!("{name}={value}&"));
        format!(
            "{}?{}after={cursor}",
            self.sent.path,
            asked.collect::<String>()
        )
    }

    /// The address of a thing below the one that was asked for.
    pub(crate) fn below(&self, id: &str) -> String {
        format!("{}/{id}", self.sent.path)
    }

    /// The words that are signed, and in which language the caller reads.
    ///
    /// # Errors
    /// The server was put together without them.
    pub(crate) fn texts(&self) -> Result<(&dyn SignedTexts, Language), Wrong> {
        let texts = self.sent.texts.as_ref();
        let texts = texts.ok_or(Wrong::Kind(Kind::Broken))?;
        Ok((texts.get_ref(), self.sent.language))
    }

    /// The body as it was sent.
    pub(crate) fn sent_body(&self) -> &Value {
        &self.sent.body
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> Fields<'_> {
        Fields::of(&self.sent.body)
    }

    /// The version that was sent as `If-Match`, for a use case that holds it against the thing itself.
    #[must_use]
    pub fn expected(&self) -> Option<i64> {
        self.sent.expected
    }

    /// Holds the version that the caller has read against the one that is.
    ///
    /// # Errors
    /// Somebody has changed the thing meanwhile.
    pub fn is_of(&self, version: i64) -> Result<(), Wrong> {
        match self.sent.expected {
            Some(expected) if expected != version => Err(Kind::ChangedMeanwhile.into()),
            Some(_) | None => Ok(()),
        }
    }
}

/// Whether a body of this schema may be left out: nothing in it must be there.
pub(crate) fn needs_nothing(schema: &Value) -> bool {
    let needed = schema.get("required").and_then(Value::as_array);
    needed.is_some_and(Vec::is_empty)
}

fn json_of(request: &HttpRequest, body: &[u8], schema: &Value) -> Result<Value, Wrong> {
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Kind::NotJson.into());
    }
    let Ok(read) = json::read(body) else {
        return Err(Kind::BadRequest.into());
    };
    if !read.value.is_object() {
        return Err(Wrong::Body(vec![(String::new(), "an object is needed")]));
    }
    let wrong = read.not_in(schema);
    if wrong.is_empty() {
        Ok(read.value)
    } else {
        Err(Wrong::Body(wrong))
    }
}

/// What stands after the question mark. What the operation does not know, and what stands twice, is
/// told: a program that is wrong must not believe that it counted.
fn query_of(
    operation: &Operation,
    request: &HttpRequest,
) -> Result<HashMap<String, String>, Wrong> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let pairs = pairs.map_err(|_| Kind::BadRequest)?.into_inner();
    let is_page = matches!(operation.success.content, Content::Page(_));
    let is_known = |name: &str| {
        let mut own = operation.parameters.iter();
        own.any(|one| one.name == name && matches!(one.place, Place::Query { .. }))
            || is_page && ["limit", "after"].contains(&name)
    };
    let mut query = HashMap::new();
    for (name, value) in pairs {
        if !is_known(&name) || query.contains_key(&name) {
            let said = plain(&name).then_some(name);
            return Err(Wrong::UnknownParameter(said));
        }
        query.insert(name, value);
    }
    Ok(query)
}

fn limit(query: &HashMap<String, String>) -> Result<usize, Wrong> {
    let Some(text) = query.get("limit") else {
        return Ok(USUAL);
    };
    let limit = text.parse().ok().filter(|limit| (1..=MOST).contains(limit));
    limit.ok_or(Wrong::Parameter("limit"))
}

/// Method and path belong to what is asked for: the same key for another thing is another request.
fn fingerprint(
    operation: &Operation,
    request: &HttpRequest,
    body: &[u8],
) -> Result<Option<Fingerprint>, Wrong> {
    if operation.change == Change::None {
        return Ok(None);
    }
    let key = request.headers().get(KEY).and_then(|key| key.to_str().ok());
    let key: Option<Uuid> = key.and_then(|key| key.trim().trim_matches('"').parse().ok());
    let key = key.ok_or(Kind::KeyMissing)?;
    let mut whole = format!("{} {}\n", request.method(), request.path()).into_bytes();
    whole.extend_from_slice(body);
    Ok(Some(Fingerprint::of(key, &whole)))
}

fn expected(operation: &Operation, request: &HttpRequest) -> Result<Option<i64>, Wrong> {
    if operation.change != Change::Existing {
        return Ok(None);
    }
    let given = request
        .headers()
        .get(IF_MATCH)
        .ok_or(Kind::VersionMissing)?;
    let given = given.to_str().ok().map(str::trim);
    // What is no tag says that the program is wrong, not that the thing has changed.
    let tag = given.and_then(|text| text.strip_prefix('"')?.strip_suffix('"'));
    let tag = tag.ok_or(Kind::VersionUnreadable)?;
    // A tag that we have never given is no version of the thing.
    let version = tag.parse().map_err(|_| Kind::ChangedMeanwhile)?;
    Ok(Some(version))
}
