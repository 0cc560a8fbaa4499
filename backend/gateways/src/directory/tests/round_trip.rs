//! Property: what is written as LDIF is read back the same, however it is folded.

use proptest::collection::vec;
use proptest::prelude::*;

use cards_domain::values::{PersonName, PersonNameError};

use super::*;

fn entry() -> impl Strategy<Value = RawEntry> {
    let name = "[A-Za-z][A-Za-z0-9-]{0,20}".prop_filter("a word of LDIF itself", |name| {
        !["dn", "changetype", "control"]
            .iter()
            .any(|word| word.eq_ignore_ascii_case(name))
    });
    let value = prop_oneof!["[ -~]{0,120}", "\\PC{0,60}", any::<String>()];
    ("\\PC{1,60}", vec((name, value), 1..12)).prop_map(|(dn, attributes)| RawEntry {
        line: 0,
        dn,
        attributes,
        not_text: vec![],
    })
}

proptest! {
    #[test]
    fn any_entries_survive_writing_and_reading(
        entries in vec(entry(), 1..6),
        width in 1_usize..100,
        crlf: bool,
    ) {
        let line_end = if crlf { "\r\n" } else { "\n" };
        let body: String = entries.iter().map(|entry| write_entry(entry, width, line_end)).collect();
        let source = open(Cursor::new(format!("version: 1{line_end}{body}"))).unwrap();
        let mut reader = LdifReader::new(source);
        let read: Vec<_> = std::iter::from_fn(|| reader.next_entry().unwrap())
            .map(|entry| RawEntry { line: 0, ..entry.unwrap() })
            .collect();
        prop_assert!(read == entries, "{read:?}");
    }

    #[test]
    fn any_text_is_read_to_its_end_without_a_fault_of_ours(text in "(\\PC{0,20}(\n|\r\n| ))*") {
        if let Ok(source) = open(Cursor::new(text)) {
            let mapping = Mapping::default();
            let mut feed = read_feed(source, &mapping);
            let handed_out = u64::try_from(feed.by_ref().count()).unwrap();
            let counts = feed.finish().unwrap();
            prop_assert_eq!(counts.accepted + counts.rejected, handed_out);
        }
    }

    #[test]
    fn any_person_survives_writing_and_reading_or_has_a_name_with_something_unseen(
        given in proptest::option::of("\\p{L}[\\p{L} '-]{0,30}"),
        surname in "\\p{L}[\\p{L} '-]{0,30}",
        protected: bool,
        width in 20_usize..80,
    ) {
        let mut attributes = vec![
            ("objectClass".to_owned(), "inetOrgPerson".to_owned()),
            ("hsaIdentity".to_owned(), "SE2321000016-A1".to_owned()),
            ("personalIdentityNumber".to_owned(), "198501019809".to_owned()),
            ("sn".to_owned(), surname.clone()),
        ];
        attributes.extend(given.clone().map(|given| ("givenName".to_owned(), given)));
        if protected {
            attributes.push(("hsaProtectedPerson".to_owned(), "TRUE".to_owned()));
        }
        let raw = RawEntry { line: 0, dn: "cn=A,c=SE".to_owned(), attributes, not_text: vec![] };
        let read = read(&write_entry(&raw, width, "\n")).remove(0);
        // Among the letters of Unicode are fillers that nobody sees; no name may hold one.
        match PersonName::new(given.as_deref(), None, &surname) {
            Ok(name) => {
                let Ok(FeedEntry::Person(person)) = read else {
                    return Err(TestCaseError::fail(format!("not a person: {read:?}")));
                };
                prop_assert_eq!(person.name, name);
                prop_assert_eq!(person.protected, protected);
            }
            Err(refused) => {
                prop_assert_eq!(refused, PersonNameError::ControlCharacter);
                prop_assert_eq!(read.map_err(|one| one.reason), Err(RejectionReason::MalformedName));
            }
        }
    }
}
