//! The members of a body as an operation reads them.

use std::str::FromStr;

use cards_domain::calendar::written_day;
use cards_domain::values::{FreeTextError, reason};
use chrono::NaiveDate;
use serde_json::Value;

use crate::reply::Wrong;

/// The members of a body. What is missing or wrong is gathered, so that all of it is told at once.
pub struct Fields<'a> {
    members: &'a Value,
    wrong: Vec<(String, &'static str)>,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(members: &'a Value) -> Self {
        Self {
            members,
            wrong: Vec::new(),
        }
    }

    /// A text that must be there.
    pub fn text(&mut self, name: &str) -> Option<&'a str> {
        let text = self.members.get(name).and_then(Value::as_str);
        if text.is_none() {
            self.note(name, "a text is needed");
        }
        text
    }

    /// A word, a number, a day or the like that must be there.
    pub fn needed<T: FromStr>(&mut self, name: &str) -> Option<T> {
        let read = self.text(name)?.parse().ok();
        if read.is_none() {
            self.note(name, "not one of those that are possible");
        }
        read
    }

    /// An id that must be there.
    pub fn id<T: FromStr>(&mut self, name: &str) -> Option<T> {
        let read = self.text(name)?.parse().ok();
        if read.is_none() {
            self.note(name, "a UUID is needed");
        }
        read
    }

    /// The same, where it may be left out.
    pub fn optional_id<T: FromStr>(&mut self, name: &str) -> Option<T> {
        match self.members.get(name) {
            None | Some(Value::Null) => None,
            Some(_) => self.id(name),
        }
    }

    /// A word, a number or the like that may be left out.
    pub fn optional<T: FromStr>(&mut self, name: &str) -> Option<T> {
        match self.members.get(name) {
            None | Some(Value::Null) => None,
            Some(_) => self.needed(name),
        }
    }

    /// A day that must be there, with a year of four digits.
    pub fn day(&mut self, name: &str) -> Option<NaiveDate> {
        let read = written_day(self.text(name)?);
        if read.is_none() {
            self.note(name, "a day as YYYY-MM-DD is needed");
        }
        read
    }

    /// A reason in somebody's own words, which must be there.
    pub fn reason(&mut self, name: &str) -> Option<String> {
        let read = reason(self.text(name)?);
        let wrong = match &read {
            Ok(Some(_)) => None,
            Ok(None) => Some("a reason is needed"),
            Err(error) => Some(of_free_text(*error)),
        };
        if let Some(wrong) = wrong {
            self.note(name, wrong);
        }
        read.ok().flatten()
    }

    /// A list of words, which must be there.
    pub fn words<T: FromStr>(&mut self, name: &str) -> Option<Vec<T>> {
        let items = self.members.get(name).and_then(Value::as_array);
        let read = items.and_then(|items| {
            let words = items.iter().map(|item| item.as_str()?.parse().ok());
            words.collect::<Option<Vec<T>>>()
        });
        if read.is_none() {
            self.note(name, "a list of those that are possible is needed");
        }
        read
    }

    /// Yes or no, which must be said.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        let flag = self.members.get(name).and_then(Value::as_bool);
        if flag.is_none() {
            self.note(name, "true or false is needed");
        }
        flag
    }

    /// Says that a member is wrong.
    pub fn note(&mut self, name: &str, why: &'static str) {
        self.wrong.push((format!("/{name}"), why));
    }

    /// What was read, if nothing was wrong.
    ///
    /// # Errors
    /// Every member that is missing or wrong.
    pub fn done<T>(self, read: Option<T>) -> Result<T, Wrong> {
        match read {
            Some(read) if self.wrong.is_empty() => Ok(read),
            _ => Err(Wrong::Body(self.wrong)),
        }
    }
}

/// What is wrong with a text in somebody's own words.
pub(crate) fn of_free_text(error: FreeTextError) -> &'static str {
    match error {
        FreeTextError::TooLong => "longer than the schema says; nothing is cut",
        FreeTextError::Unseen => "characters that nobody sees are not taken",
        FreeTextError::PersonsNumber => "a person's number is no reference",
    }
}
