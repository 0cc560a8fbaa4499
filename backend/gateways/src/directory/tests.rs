//! Tests of the feed, and the small writer they share.

mod about;
mod demo;
mod files;
mod people;
mod rejections;
mod round_trip;

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::*;

/// Reads a whole text with the default mapping.
pub(super) fn read(text: &str) -> Vec<Result<FeedEntry, Rejection>> {
    read_counted(text).0
}

pub(super) fn read_counted(text: &str) -> (Vec<Result<FeedEntry, Rejection>>, FeedCounts) {
    let mapping = Mapping::default();
    let mut feed = read_feed(open(Cursor::new(text.as_bytes())).unwrap(), &mapping);
    let entries = feed.by_ref().collect();
    (entries, feed.finish().unwrap())
}

/// The only entry of a text, as a person.
pub(super) fn only_person(text: &str) -> PersonEntry {
    match read(text).as_slice() {
        [Ok(FeedEntry::Person(person))] => person.clone(),
        other => panic!("not one person: {other:?}"),
    }
}

/// A person's entry with `more` lines; the number and the names are among them or not.
pub(super) fn person_with(more: &str) -> String {
    format!(
        "dn: cn=A B,ou=Akuten,o=Region X,c=SE\nobjectClass: inetOrgPerson\n\
         hsaIdentity: SE2321000016-A1\n{more}\n"
    )
}

/// A person with everything mandatory and `more` lines.
pub(super) fn person_and(more: &str) -> String {
    person_with(&format!(
        "personalIdentityNumber: 198501019809\nsn: Berg\n{more}"
    ))
}

/// Writes an entry as LDIF: base64 where RFC 2849 asks for it, lines folded at `width` bytes.
pub(super) fn write_entry(entry: &RawEntry, width: usize, line_end: &str) -> String {
    let mut text = write_line("dn", &entry.dn, width, line_end);
    for (name, value) in &entry.attributes {
        text.push_str(&write_line(name, value, width, line_end));
    }
    text + line_end
}

fn write_line(name: &str, value: &str, width: usize, line_end: &str) -> String {
    let plain = value.chars().all(|one| (' '..='~').contains(&one))
        && !value.starts_with([' ', ':', '<'])
        && !value.ends_with(' ');
    let line = match plain {
        true => format!("{name}: {value}"),
        false => format!("{name}:: {}", STANDARD.encode(value)),
    };
    let mut text = String::new();
    for (place, character) in line.chars().enumerate() {
        if place > 0 && place % width == 0 {
            text.push_str(line_end);
            text.push(' ');
        }
        text.push(character);
    }
    text + line_end
}
