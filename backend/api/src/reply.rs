//! What an operation answers: yes with something, or what is wrong.

use cards_app::Failure;
use cards_domain::refusal::Refusal;
use serde_json::{Value, json};

use crate::asked::Asked;
use crate::kind::Kind;

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// What is sent.
    pub content: Sent,
    /// The thing's version, for `ETag`.
    pub version: Option<i64>,
    /// Where a new thing is, for `Location`.
    pub location: Option<String>,
}

/// What is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Sent {
    /// JSON.
    Json(Value),
    /// A picture.
    Jpeg(Vec<u8>),
}

impl Reply {
    /// JSON.
    #[must_use]
    pub fn json(value: Value) -> Self {
        Self {
            content: Sent::Json(value),
            version: None,
            location: None,
        }
    }

    /// A picture.
    #[must_use]
    pub fn jpeg(picture: Vec<u8>) -> Self {
        Self {
            content: Sent::Jpeg(picture),
            version: None,
            location: None,
        }
    }

    /// All of a list.
    #[must_use]
    pub fn list(items: Vec<Value>) -> Self {
        let members = [("items".to_owned(), Value::Array(items))];
        Self::json(Value::Object(members.into_iter().collect()))
    }

    /// One page: of one thing more than were asked for, the last tells that there is a next page.
    /// `cursor` says where that begins: after the last thing shown.
    pub fn page<T>(
        asked: &Asked,
        mut found: Vec<T>,
        cursor: impl FnOnce(&T) -> String,
        told: impl Fn(&T) -> Value,
    ) -> Self {
        let limit = asked.limit();
        let has_more = found.len() > limit;
        found.truncate(limit);
        let next = found
            .last()
            .filter(|_| has_more)
            .map(|last| asked.next(&cursor(last)));
        let items: Vec<Value> = found.iter().map(told).collect();
        Self::json(json!({ "items": items, "next": next }))
    }

    /// With the thing's version.
    #[must_use]
    pub fn version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }

    /// At this address from now on.
    #[must_use]
    pub fn at(mut self, location: String) -> Self {
        self.location = Some(location);
        self
    }
}

/// What is wrong.
#[derive(Debug)]
pub enum Wrong {
    /// One of the API's own problems.
    Kind(Kind),
    /// A parameter cannot be read.
    Parameter(&'static str),
    /// The operation has no such parameter, or it stands twice; its name, where that can be said.
    UnknownParameter(Option<String>),
    /// Members of the body that are missing or cannot be read, by JSON pointer.
    Body(Vec<(String, &'static str)>),
    /// One of the API's own problems, and what about it.
    Told(Kind, String),
    /// The rules say no.
    Refused(Refusal),
    /// What the use case answers.
    Failed(Failure),
}

impl From<Kind> for Wrong {
    fn from(kind: Kind) -> Self {
        Self::Kind(kind)
    }
}

impl From<Failure> for Wrong {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => Self::Refused(refusal),
            Failure::NotFound => Self::Kind(Kind::NotFound),
            Failure::Conflict => Self::Kind(Kind::ChangedMeanwhile),
            Failure::KeyReused => Self::Kind(Kind::KeyReused),
            Failure::SignatureGone => Self::Kind(Kind::SignatureGone),
            Failure::Busy | Failure::Unavailable(_) | Failure::Broken(_) => Self::Failed(failure),
        }
    }
}

impl From<cards_app::StoreError> for Wrong {
    fn from(error: cards_app::StoreError) -> Self {
        Failure::from(error).into()
    }
}
