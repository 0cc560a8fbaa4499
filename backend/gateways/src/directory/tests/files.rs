//! What the reader makes of the file itself: lines, folds, encodings, limits.

use std::io::{self, BufReader, Cursor, Read};

use super::*;

fn raw_entries(text: &str) -> Vec<Result<RawEntry, BrokenEntry>> {
    let mut reader = LdifReader::new(open(Cursor::new(text.as_bytes())).unwrap());
    std::iter::from_fn(|| reader.next_entry().unwrap()).collect()
}

fn one(text: &str) -> RawEntry {
    let entries = raw_entries(text);
    assert_eq!(entries.len(), 1, "{entries:?}");
    entries[0].clone().unwrap()
}

fn value<'a>(entry: &'a RawEntry, name: &str) -> &'a str {
    &entry
        .attributes
        .iter()
        .find(|(attribute, _)| attribute == name)
        .unwrap()
        .1
}

#[test]
fn folded_lines_are_joined_without_the_fold() {
    let entry = one("dn: cn=A,\n c=SE\ndescription: one\n  two\n three\n");
    assert_eq!(entry.dn, "cn=A,c=SE");
    assert_eq!(value(&entry, "description"), "one twothree");
}

#[test]
fn base64_values_and_dns_are_decoded() {
    let entry = one("dn:: Y249w4UsYz1TRQ==\nsn:: w4VrZXJi\n bG9t\ngivenName::S2FyaW4\n");
    assert_eq!(entry.dn, "cn=Å,c=SE");
    assert_eq!(value(&entry, "sn"), "Åkerblom");
    assert_eq!(value(&entry, "givenName"), "Karin");
}

#[test]
fn carriage_returns_belong_to_the_line_end() {
    let entry = one("version: 1\r\n\r\ndn: cn=A,c=SE\r\nsn: Be\r\n rg\r\n\r\n");
    assert_eq!(value(&entry, "sn"), "Berg");
}

#[test]
fn comments_are_skipped_with_their_folds_and_do_not_end_an_entry() {
    let text =
        "# head\n folded: on\nversion: 1\n# more\ndn: cn=A,c=SE\n# sn: Fel\n till\nsn: Berg\n";
    let entry = one(text);
    assert_eq!(entry.line, 5);
    assert_eq!(entry.attributes, [("sn".to_owned(), "Berg".to_owned())]);
}

#[test]
fn the_first_entry_may_follow_the_version_at_once_and_a_later_version_is_an_attribute() {
    let entry = one("version: 1\ndn: cn=A,c=SE\nversion: 7\n");
    assert_eq!(value(&entry, "version"), "7");
}

#[test]
fn a_byte_order_mark_is_stepped_over() {
    assert_eq!(
        one("\u{feff}version: 1\ndn: cn=A,c=SE\nsn: Berg\n").dn,
        "cn=A,c=SE"
    );
}

#[test]
fn the_last_entry_needs_no_line_end() {
    assert_eq!(value(&one("dn: cn=A,c=SE\nsn: Berg"), "sn"), "Berg");
}

#[test]
fn several_blank_lines_part_entries_and_lines_are_counted_through() {
    let entries = raw_entries("\n\ndn: cn=A,c=SE\nsn: A\n\n\n\ndn: cn=B,c=SE\nsn: B\n\n");
    let lines: Vec<_> = entries
        .iter()
        .map(|entry| entry.as_ref().unwrap().line)
        .collect();
    assert_eq!(lines, [3, 8]);
}

#[test]
fn a_value_may_hold_colons_and_spaces_and_be_empty() {
    let entry = one("dn: cn=A,c=SE\na:b: c\nlabel:   x: y\nempty:\n");
    assert_eq!(value(&entry, "a"), "b: c");
    assert_eq!(value(&entry, "label"), "x: y");
    assert_eq!(value(&entry, "empty"), "");
}

#[test]
fn a_latin_1_file_is_refused_whole_with_the_line() {
    let bytes = b"version: 1\n\ndn: cn=A,c=SE\nsn: \xc5kerblom\n".to_vec();
    let refused = open(Cursor::new(bytes)).err().unwrap();
    assert!(
        matches!(refused, FeedRefused::NotUtf8 { line: 4 }),
        "{refused}"
    );
}

#[test]
fn a_latin_1_byte_far_into_a_long_file_is_found_before_anything_is_read() {
    let mut bytes = "dn: cn=Å,c=SE\nsn: Å\n\n".repeat(20_000).into_bytes();
    bytes.extend_from_slice(b"dn: cn=B,c=SE\nsn: B\xf6rg\n");
    let refused = open(Cursor::new(bytes)).err().unwrap();
    assert!(
        matches!(refused, FeedRefused::NotUtf8 { line: 60_002 }),
        "{refused}"
    );
}

#[test]
fn characters_across_the_chunks_of_the_check_are_no_fault() {
    for shift in 0..4 {
        let text = format!(
            "# {}{}\ndn: cn=A,c=SE\nsn: A\n",
            "x".repeat(shift),
            "漢".repeat(70_000)
        );
        assert!(open(Cursor::new(text)).is_ok(), "{shift}");
    }
}

#[test]
fn a_file_that_ends_in_the_middle_of_a_character_is_refused() {
    let refused = open(Cursor::new(b"dn: cn=A,c=SE\nsn: B\xc3".to_vec()))
        .err()
        .unwrap();
    assert!(
        matches!(refused, FeedRefused::NotUtf8 { line: 2 }),
        "{refused}"
    );
}

#[test]
fn utf_16_is_refused_with_and_without_its_mark() {
    let units = "dn: cn=A,c=SE\n".encode_utf16().flat_map(u16::to_le_bytes);
    let plain: Vec<u8> = units.collect();
    let marked = [b"\xff\xfe".as_slice(), &plain].concat();
    for bytes in [plain, marked] {
        assert!(matches!(
            open(Cursor::new(bytes)),
            Err(FeedRefused::NotUtf8 { line: 1 })
        ));
    }
}

#[test]
fn another_ldif_version_is_refused() {
    let refused = open(Cursor::new("# head\nversion: 2\n\ndn: cn=A,c=SE\n"))
        .err()
        .unwrap();
    assert!(
        matches!(refused, FeedRefused::Version { line: 2 }),
        "{refused}"
    );
}

#[test]
fn nul_and_line_ends_of_carriage_returns_alone_are_refused_by_name() {
    let refused = |text: &str| open(Cursor::new(text)).err();
    let nul = "version: 1\n\ndn: cn=A\0B,c=SE\nsn: B\n";
    assert_eq!(refused(nul), Some(FeedRefused::Nul { line: 3 }));
    let old = "version: 1\r\rdn: cn=A,c=SE\rsn: A\r";
    assert_eq!(refused(old), Some(FeedRefused::LineEnds));
    assert_eq!(
        refused("dn: cn=A,c=SE\rsn: A\r"),
        Some(FeedRefused::LineEnds)
    );
}

#[test]
fn a_file_without_entries_is_refused() {
    for text in [
        "",
        "\n\n\n",
        "version: 1\n",
        "<html><body>500 Internal error</body></html>\n",
        "a;b;c\n1;2;3\n",
        "{\"dn\": 1}\n",
        "# dn: cn=A,c=SE\n",
    ] {
        let refused = open(Cursor::new(text)).err();
        assert_eq!(refused, Some(FeedRefused::NoEntries), "{text:?}");
    }
    assert!(open(Cursor::new("\n\nDN:: Y249QSxjPVNF\n")).is_ok());
}

#[test]
fn an_oversized_entry_is_rejected_alone_and_not_kept_in_memory() {
    let large = "x".repeat(2_000);
    let text = format!(
        "dn: cn=A,c=SE\njpegPhoto: {large}\n\ndn: cn=B,c=SE\nsn: B\n\n\
         dn: cn=C,c=SE\n{}\ndn: cn=D,c=SE\nsn: D\n",
        "member: abcdefghij\n".repeat(100)
    );
    let mut reader = LdifReader::with_limit(open(Cursor::new(text)).unwrap(), 1_000);
    let entries: Vec<_> = std::iter::from_fn(|| reader.next_entry().unwrap()).collect();
    let seen: Vec<_> = entries
        .iter()
        .map(|entry| match entry {
            Ok(entry) => (entry.dn.as_str(), None),
            Err(broken) => (broken.entry.dn.as_str(), Some(broken.reason)),
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("cn=A,c=SE", Some(RejectionReason::EntryTooLarge)),
            ("cn=B,c=SE", None),
            ("cn=C,c=SE", Some(RejectionReason::EntryTooLarge)),
            ("cn=D,c=SE", None),
        ]
    );
}

#[test]
fn a_fold_that_makes_a_line_too_long_rejects_the_entry() {
    let text = format!(
        "dn: cn=A,c=SE\nsn: a\n{}\ndn: cn=B,c=SE\nsn: B\n",
        " bcdefghij\n".repeat(20)
    );
    let mut reader = LdifReader::with_limit(open(Cursor::new(text)).unwrap(), 100);
    let first = reader.next_entry().unwrap().unwrap().unwrap_err();
    assert_eq!(first.reason, RejectionReason::EntryTooLarge);
    assert_eq!(
        reader.next_entry().unwrap().unwrap().unwrap().dn,
        "cn=B,c=SE"
    );
}

/// A source that breaks after its text.
struct Breaks(Cursor<Vec<u8>>);

impl Read for Breaks {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        match self.0.read(room)? {
            0 => Err(io::Error::other("the disk is gone")),
            read => Ok(read),
        }
    }
}

#[test]
fn a_source_that_breaks_is_told_from_one_that_ends() {
    let text = format!("{}\n{}", person_and(""), person_and(""));
    let mapping = Mapping::default();
    let source = BufReader::new(Breaks(Cursor::new(text.into_bytes())));
    let mut feed = read_feed(source, &mapping);
    assert_eq!(feed.by_ref().filter(Result::is_ok).count(), 1);
    assert!(feed.next().is_none());
    assert!(feed.finish().is_err());
}
