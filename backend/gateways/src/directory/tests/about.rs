//! Whom an entry is about that cannot be used, and whether a file may lack its end.

use cards_domain::values::HsaId;

use super::*;

const BELOW: &str = "ou=akuten,o=region x,c=se";

fn rejection(text: &str) -> Rejection {
    read(text).remove(0).unwrap_err()
}

fn a1() -> Vec<HsaId> {
    vec![HsaId::parse("SE2321000016-A1").unwrap()]
}

/// Faults of the file itself, each a line that any person's entry may hold.
const FAULTS: [&str; 6] = [
    "jpegPhoto:< file:///etc/passwd",
    "description:: ???",
    "changetype: modify",
    "control: 1.2.3",
    "no attribute at all",
    "dn: cn=C D,ou=Akuten,o=Region X,c=SE\nhsaIdentity: SE2321000016-A1",
];

#[test]
fn an_entry_with_a_fault_keeps_its_hsa_id_on_whichever_side_of_the_fault_it_stands() {
    for fault in FAULTS.iter().take(5) {
        let before = person_and(fault);
        let after = format!(
            "dn: cn=A B,ou=Akuten,o=Region X,c=SE\n{fault}\nobjectClass: inetOrgPerson\n\
             sn: Berg\nhsaIdentity:: U0UyMzIxMDAwMDE2LUEx\n"
        );
        for text in [before, after] {
            let rejection = rejection(&text);
            assert_eq!((rejection.hsa_ids, rejection.doubt), (a1(), None), "{text}");
            assert!(rejection.named == Named::Hidden, "{text}");
        }
    }
}

#[test]
fn an_entry_of_every_other_fault_keeps_its_hsa_id_too() {
    for more in [
        "personalIdentityNumber: 1",
        "hsaEndDate: i morgon",
        "hsaStartDate: 20260102\nhsaEndDate: 20260101",
        "hsaProtectedPerson: ja",
        "givenName:: xWtl",
    ] {
        let rejection = rejection(&person_and(more));
        assert_eq!((rejection.hsa_ids, rejection.doubt), (a1(), None), "{more}");
    }
    let no_class = person_and("").replace("inetOrgPerson", "frobnicator");
    assert_eq!(rejection(&no_class).hsa_ids, a1());
}

#[test]
fn a_large_entry_keeps_the_hsa_id_that_stands_after_its_limit() {
    let text = format!(
        "dn: cn=A,ou=Akuten,c=SE\njpegPhoto: {}\nhsaIdentity: SE2321000016-A1\n",
        "x".repeat(2_000)
    );
    let mut reader = LdifReader::with_limit(open(Cursor::new(text)).unwrap(), 1_000)
        .needing(vec!["HSAidentity".to_owned()]);
    let broken = reader.next_entry().unwrap().unwrap().unwrap_err();
    assert_eq!(broken.reason, RejectionReason::EntryTooLarge);
    assert_eq!(broken.entry.attributes.len(), 1);
}

#[test]
fn without_an_hsa_id_anybody_below_the_same_unit_may_be_meant_and_without_a_dn_anybody() {
    let below = Some(Doubt::Below(BELOW.to_owned()));
    let person = person_and("");
    for fault in FAULTS.iter().take(5) {
        let text = person.replace("hsaIdentity: SE2321000016-A1", fault);
        assert_eq!(rejection(&text).doubt, below, "{text}");
    }
    let broken_id = person.replace("-A1", "-A 1");
    assert_eq!(rejection(&broken_id).doubt, below);
    let no_id = person.replace("hsaIdentity: SE2321000016-A1\n", "");
    assert_eq!(rejection(&no_id).doubt, below);
    let two = person_and("hsaIdentity: SE2321000016-B 2");
    assert_eq!(rejection(&two).doubt, below);
    for dn in ["dn:: !!!", "dn: Berg", "dn: cn=Berg", "sn: Berg"] {
        let text = no_id.replace("dn: cn=A B,ou=Akuten,o=Region X,c=SE", dn);
        let with_more = format!("{text}\ndn: c=SE\nobjectClass: country\n");
        assert_eq!(rejection(&with_more).doubt, Some(Doubt::Anywhere), "{text}");
    }
}

#[test]
fn of_two_entries_that_have_run_together_both_must_be_known_by_their_hsa_ids() {
    let run_together =
        |other: &str| rejection(&format!("{}\n{other}\n", person_and("").trim_end()));
    let one = run_together(FAULTS[5]);
    assert_eq!(one.doubt, Some(Doubt::Anywhere), "one id for two entries");
    let other = FAULTS[5].replace("-A1", "-A2");
    let two = run_together(&other);
    assert_eq!((two.hsa_ids.len(), two.doubt), (2, None));
}

#[test]
fn what_is_no_person_leaves_nobody_in_doubt() {
    for text in [
        "dn: cn=Skrivare,c=SE\nobjectClass: device\n",
        "dn: ou=A,c=SE\nobjectClass: organizationalUnit\nou: A\n",
        "dn: ou=A,c=SE\nobjectClass: organizationalUnit\nou:: ???\n",
        "dn: ou=A,c=SE\nchangetype: modify\nobjectClass: organizationalUnit\n",
    ] {
        let rejection = rejection(text);
        assert_eq!(
            (rejection.hsa_ids.len(), rejection.doubt),
            (0, None),
            "{text}"
        );
        assert!(rejection.named == Named::Nobody, "{text}");
    }
}

#[test]
fn somebody_may_be_named_who_is_not_called_protected() {
    let wrong = |more: &str| rejection(&person_and(more)).named;
    let number = cards_domain::values::PersonNumber::parse("198501019809").ok();
    assert!(wrong("hsaEndDate: snart") == Named::Somebody(number));
    assert!(wrong("hsaEndDate: snart\nhsaProtectedPerson: TRUE") == Named::Hidden);
    assert!(
        wrong("hsaProtectedPerson: FALSE\nhsaProtectedPerson: TRUE\ngivenName:: xWtl")
            == Named::Hidden
    );
    assert!(wrong("hsaProtectedPerson: kanske") == Named::Hidden);
}

#[test]
fn a_protected_person_is_so_whatever_other_values_stand_beside() {
    let both = only_person(&person_and(
        "hsaProtectedPerson: FALSE\nhsaProtectedPerson: 1",
    ));
    assert!(both.protected);
}

fn may_lack_its_end(text: &str) -> bool {
    let mapping = Mapping::default();
    let mut feed = read_feed(open(Cursor::new(text)).unwrap(), &mapping);
    feed.by_ref().for_each(drop);
    feed.may_lack_its_end()
}

#[test]
fn a_file_may_lack_its_end_when_its_last_line_has_none_or_its_last_entry_is_malformed() {
    let whole = format!("{}\n{}", person_and(""), person_and(""));
    assert!(!may_lack_its_end(&whole));
    assert!(!may_lack_its_end(&whole.replace('\n', "\r\n")));
    assert!(!may_lack_its_end(&format!("{whole}# the end\n")));
    assert!(may_lack_its_end(whole.trim_end()));
    assert!(may_lack_its_end(&format!("{whole}# the e")));
    let cut = whole.find("sn: Berg").unwrap();
    let second = whole.rfind("sn: Berg").unwrap();
    assert!(may_lack_its_end(whole.get(..cut).unwrap()));
    assert!(may_lack_its_end(whole.get(..second).unwrap()));
    assert!(
        !may_lack_its_end(&format!("{}\n", whole.get(..second).unwrap())),
        "an empty line ends it"
    );
}

#[test]
fn a_last_line_longer_than_its_limit_is_known_to_lack_its_end() {
    for (end, lacks) in [("", true), ("\n", false)] {
        let text = format!("dn: cn=A,c=SE\njpegPhoto: {}{end}", "x".repeat(200_000));
        let mut reader = LdifReader::with_limit(open(Cursor::new(text)).unwrap(), 100);
        assert!(reader.next_entry().unwrap().unwrap().is_err());
        assert_eq!(reader.is_unterminated(), lacks, "{end:?}");
    }
}
