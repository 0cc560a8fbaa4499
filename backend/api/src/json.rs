//! JSON as it was written: what stands twice, and what the schema does not know, is told. A program
//! that is wrong must not believe that what it sent counted.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Longer names, and those of other signs than letters, are not said back.
const LONGEST_NAME: usize = 60;

/// What was read.
pub(crate) struct Read {
    /// The document; of a member that stands twice, the last.
    pub value: Value,
    /// The pointers of members that stand twice.
    twice: Vec<String>,
}

/// Reads a document.
pub(crate) fn read(bytes: &[u8]) -> Result<Read, serde_json::Error> {
    let mut twice = Vec::new();
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let part = Part {
        pointer: "",
        twice: &mut twice,
    };
    let value = part.deserialize(&mut reader)?;
    reader.end()?;
    Ok(Read { value, twice })
}

impl Read {
    /// What the schema of an object without objects in it does not allow, by pointer.
    pub(crate) fn not_in(&self, schema: &Value) -> Vec<(String, &'static str)> {
        let known = schema.get("properties");
        let known = |name: &str| known.is_some_and(|members| members.get(name).is_some());
        let names = self.value.as_object().into_iter().flat_map(Map::keys);
        let unknown = names
            .filter(|name| !known(name))
            .map(|name| (below("", name), "not in the schema"));
        let twice = self.twice.iter().cloned();
        unknown
            .chain(twice.map(|pointer| (pointer, "stands twice")))
            .collect()
    }
}

/// The pointer of a member (RFC 6901). A name that need not be one, such as a number that somebody
/// has put in a name's place, is not said back: the pointer is that of the object.
fn below(pointer: &str, name: &str) -> String {
    if plain(name) {
        format!("{pointer}/{name}")
    } else {
        pointer.to_owned()
    }
}

/// Whether a name can be one, and not what somebody has put in a name's place.
pub(crate) fn plain(name: &str) -> bool {
    let is_plain = |sign: char| sign.is_ascii_alphabetic() || sign == '_';
    (1..=LONGEST_NAME).contains(&name.len()) && name.chars().all(is_plain)
}

/// One part of the document, at its place.
struct Part<'a> {
    pointer: &'a str,
    twice: &'a mut Vec<String>,
}

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }
    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut read = Vec::new();
        loop {
            let pointer = format!("{}/{}", self.pointer, read.len());
            let part = Part {
                pointer: &pointer,
                twice: &mut *self.twice,
            };
            match items.next_element_seed(part)? {
                Some(value) => read.push(value),
                None => return Ok(Value::Array(read)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut read = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let pointer = below(self.pointer, &name);
            let part = Part {
                pointer: &pointer,
                twice: &mut *self.twice,
            };
            let value = members.next_value_seed(part)?;
            if read.insert(name, value).is_some() {
                self.twice.push(pointer);
            }
        }
        Ok(Value::Object(read))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn wrong(text: &str) -> Vec<(String, &'static str)> {
        let schema = json!({ "properties": { "card": {}, "steps": {} } });
        read(text.as_bytes()).unwrap().not_in(&schema)
    }

    #[test]
    fn a_document_is_read_as_any_reader_does() {
        for text in [
            r#"{"a":[1,-2,3.5,"x",null,true,{"b":{}}]}"#,
            "[]",
            r#""text""#,
            " 7 ",
        ] {
            let ordinary: Value = serde_json::from_str(text).unwrap();
            assert_eq!(read(text.as_bytes()).unwrap().value, ordinary, "{text}");
        }
        for text in ["", "{", "{} {}", r#"{"a":1,}"#, "nul"] {
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
        let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
        assert!(read(deep.as_bytes()).is_err(), "no depth breaks the stack");
    }

    #[test]
    fn what_the_schema_does_not_know_or_stands_twice_is_told_by_its_pointer() {
        assert_eq!(wrong(r#"{"card":1,"steps":[]}"#), []);
        assert_eq!(
            wrong(r#"{"card":1,"zz":2}"#),
            [("/zz".to_owned(), "not in the schema")]
        );
        assert_eq!(
            wrong(r#"{"card":1,"card":2}"#),
            [("/card".to_owned(), "stands twice")]
        );
        assert_eq!(
            wrong(r#"{"steps":[{"a":1,"a":2}]}"#),
            [("/steps/0/a".to_owned(), "stands twice")]
        );
    }

    #[test]
    fn a_number_in_the_place_of_a_name_is_not_said_back() {
        let told = wrong(r#"{"19850312-9804":1}"#);
        assert_eq!(told, [(String::new(), "not in the schema")]);
    }
}
