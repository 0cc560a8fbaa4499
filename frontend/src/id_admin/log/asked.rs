//! Which lines of the log an address asks for: ids, days and a place, and never a number of a person.

use cards_app::queries::{LogAsked, LogPlace};
use cards_domain::ids::PersonId;
use chrono::NaiveDate;
use serde::Deserialize;
use uuid::Uuid;

pub(super) const ADDRESS: &str = "/id-admin/handelser";
pub(super) const ABOUT: &str = "om";
pub(super) const BY: &str = "av";
pub(super) const THING: &str = "sak";
pub(super) const FIRST: &str = "fran";
pub(super) const LAST: &str = "till";

/// What the address says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::id_admin) struct Asked {
    pub(super) om: String,
    pub(super) av: String,
    pub(super) sak: String,
    pub(super) fran: String,
    pub(super) till: String,
    pub(super) efter: String,
}

impl Asked {
    /// The ids; nothing where one is none.
    pub(super) fn ids(&self) -> Option<LogAsked> {
        let person = |text: &str| id(text).map(|id| id.map(PersonId));
        Some(LogAsked {
            about: person(&self.om)?,
            by: person(&self.av)?,
            thing: id(&self.sak)?,
            ..LogAsked::default()
        })
    }

    /// The days, or the fields that hold none.
    pub(super) fn days(&self) -> Result<(Option<NaiveDate>, Option<NaiveDate>), Vec<&'static str>> {
        let read = |text: &str| match text.trim() {
            "" => Ok(None),
            text => text.parse().map(Some),
        };
        match (read(&self.fran), read(&self.till)) {
            (Ok(first), Ok(last)) => Ok((first, last)),
            (first, last) => {
                let wrong = [(FIRST, first.is_err()), (LAST, last.is_err())];
                let wrong = wrong.into_iter().filter(|(_, is_wrong)| *is_wrong);
                Err(wrong.map(|(field, _)| field).collect())
            }
        }
    }

    pub(super) fn place(&self) -> Option<Option<LogPlace>> {
        match self.efter.as_str() {
            "" => Some(None),
            text => text.parse().ok().map(Some),
        }
    }

    /// The same with another value of one of them, from the newest line on.
    pub(super) fn with(&self, name: &str, value: &str) -> Self {
        let mut asked = self.clone();
        asked.efter = String::new();
        let field = match name {
            ABOUT => &mut asked.om,
            BY => &mut asked.av,
            THING => &mut asked.sak,
            FIRST => &mut asked.fran,
            LAST => &mut asked.till,
            _ => &mut asked.efter,
        };
        value.clone_into(field);
        asked
    }

    pub(super) fn pairs(&self) -> [(&'static str, &str); 6] {
        [
            (ABOUT, self.om.as_str()),
            (BY, self.av.as_str()),
            (THING, self.sak.as_str()),
            (FIRST, self.fran.as_str()),
            (LAST, self.till.as_str()),
            ("efter", self.efter.as_str()),
        ]
    }

    pub(super) fn address(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(
            self.pairs()
                .into_iter()
                .filter(|(_, value)| !value.is_empty()),
        );
        match query.finish() {
            query if query.is_empty() => ADDRESS.to_owned(),
            query => format!("{ADDRESS}?{query}"),
        }
    }
}

/// An id, nothing where nothing stands; none of both where something else does.
fn id(text: &str) -> Option<Option<Uuid>> {
    match text {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    }
}
