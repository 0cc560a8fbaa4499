//! Every reason for which an entry is rejected, with its place, and that the rest goes in.

use std::collections::HashSet;

use strum::IntoEnumIterator as _;

use super::*;

const AFTER: &str = "dn: o=Region X,c=SE\nobjectClass: organization\no: Region X\n\
                     hsaIdentity: SE2321000016-1\n";

/// Asserts that the entry is rejected so, at line 2, and that the entry after it is used.
#[track_caller]
fn assert_rejected(entry: &str, attribute: Option<&str>, reason: RejectionReason) {
    let dn = entry
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("dn: "))
        .unwrap_or_default();
    let results = read(&format!("\n{entry}\n\n{AFTER}"));
    assert_eq!(results.len(), 2, "{results:?}");
    let rejection = results[0].as_ref().unwrap_err();
    let expected = Rejection {
        line: 2,
        dn: dn.to_owned(),
        attribute: attribute.map(str::to_owned),
        reason,
        ..rejection.clone()
    };
    assert!(
        *rejection == expected,
        "{rejection:?} for {entry:?}, not {expected:?}"
    );
    assert!(matches!(results[1], Ok(FeedEntry::Organisation(_))));
}

#[track_caller]
fn assert_number_rejected(number: &str, reason: RejectionReason) {
    let entry = person_with(&format!("personalIdentityNumber: {number}\nsn: Berg"));
    assert_rejected(&entry, Some("personalIdentityNumber"), reason);
}

#[test]
fn change_records_are_rejected_one_by_one_whatever_they_hold() {
    use RejectionReason::ChangeRecord;
    let modify = "dn: cn=A,c=SE\nchangetype: modify\nadd: mail\nmail: a@b.example\n-\n";
    assert_rejected(modify, Some("changetype"), ChangeRecord);
    assert_rejected(
        "dn: cn=A,c=SE\nchangetype: delete",
        Some("changetype"),
        ChangeRecord,
    );
    assert_rejected(
        "dn: cn=A,c=SE\nchangeType: add\nsn: A",
        Some("changeType"),
        ChangeRecord,
    );
    let control = "dn: cn=A,c=SE\ncontrol: 1.2.840.113556.1.4.805 true\nchangetype: delete";
    assert_rejected(control, Some("control"), ChangeRecord);
}

#[test]
fn lines_that_are_no_attributes_are_rejected() {
    use RejectionReason::{MalformedBase64, MalformedLine, ValueByReference};
    assert_rejected("dn: cn=A,c=SE\nsn Berg", None, MalformedLine);
    assert_rejected("dn: cn=A,c=SE\ns n: Berg", None, MalformedLine);
    assert_rejected("dn: cn=A,c=SE\n: Berg", None, MalformedLine);
    assert_rejected("dn: cn=A,c=SE\ndn: cn=B,c=SE", Some("dn"), MalformedLine);
    assert_rejected("dn: cn=A,c=SE\nsn:: w4Vr!", Some("sn"), MalformedBase64);
    assert_rejected(
        "dn: cn=A,c=SE\nsn:< file:///etc/passwd",
        Some("sn"),
        ValueByReference,
    );
}

#[test]
fn an_entry_without_a_usable_dn_is_rejected() {
    assert_rejected(
        "sn: Berg\nobjectClass: inetOrgPerson",
        None,
        RejectionReason::MissingDn,
    );
    assert_rejected(
        "dn: Berg\nobjectClass: inetOrgPerson",
        None,
        RejectionReason::MalformedDn,
    );
}

#[test]
fn an_entry_of_no_known_kind_is_rejected() {
    let device = "dn: cn=A,c=SE\nobjectClass: top\nobjectClass: device";
    assert_rejected(
        device,
        Some("objectClass"),
        RejectionReason::UnknownObjectClass,
    );
    assert_rejected(
        "dn: cn=A,c=SE\nsn: A",
        Some("objectClass"),
        RejectionReason::MissingAttribute,
    );
}

#[test]
fn missing_and_blank_mandatory_attributes_are_rejected() {
    use RejectionReason::MissingAttribute;
    let number = "personalIdentityNumber: 198501019809";
    assert_rejected(&person_with(number), Some("sn"), MissingAttribute);
    assert_rejected(
        &person_with(&format!("{number}\nsn:  ")),
        Some("sn"),
        MissingAttribute,
    );
    assert_rejected(
        &person_with("sn: Berg"),
        Some("personalIdentityNumber"),
        MissingAttribute,
    );
    let empty = "personalIdentityNumber:\nsn: Berg";
    assert_rejected(
        &person_with(empty),
        Some("personalIdentityNumber"),
        MissingAttribute,
    );
    for (class, name) in [
        ("hsaOrganisation", "o"),
        ("hsaUnit", "ou"),
        ("hsaCommission", "cn"),
    ] {
        let nameless = format!("dn: x=A,c=SE\nobjectClass: {class}\nhsaIdentity: SE2321000016-A");
        assert_rejected(&nameless, Some(name), MissingAttribute);
        let unidentified = format!("dn: x=A,c=SE\nobjectClass: {class}\n{name}: A");
        assert_rejected(&unidentified, Some("hsaIdentity"), MissingAttribute);
    }
}

#[test]
fn numbers_of_no_kind_are_rejected() {
    use RejectionReason::{MalformedPersonNumber, NoSuchDate, WrongCheckDigit};
    assert_number_rejected("198513019804", NoSuchDate);
    assert_number_rejected("198502309803", NoSuchDate);
    assert_number_rejected("198501019805", WrongCheckDigit);
    assert_number_rejected("19850101-9804", MalformedPersonNumber);
    assert_number_rejected("8501019809", MalformedPersonNumber);
    assert_number_rejected("12345678901234567", MalformedPersonNumber);
    assert_number_rejected("AB12", MalformedPersonNumber);
    assert_number_rejected("AB1234567890123456789", MalformedPersonNumber);
    assert_number_rejected("AB 12345", MalformedPersonNumber);
}

#[test]
fn two_different_values_of_what_identifies_are_rejected() {
    use RejectionReason::SeveralValues;
    let two = "personalIdentityNumber: 198501019809\nhsaPersonIdentityNumber: 198501019817\nsn: B";
    assert_rejected(
        &person_with(two),
        Some("personalIdentityNumber"),
        SeveralValues,
    );
    let ids = person_and("hsaIdentity: SE2321000016-B2");
    assert_rejected(&ids, Some("hsaIdentity"), SeveralValues);
}

#[test]
fn malformed_values_are_rejected_with_their_attribute() {
    use RejectionReason as R;
    let unit = "dn: ou=A,c=SE\nobjectClass: hsaUnit\nou: A\nhsaIdentity: ";
    assert_rejected(
        &format!("{unit}232100-0016"),
        Some("hsaIdentity"),
        R::MalformedHsaId,
    );
    let provider = format!("{unit}SE2321000016-A\nhsaResponsibleHealthCareProvider: 7");
    assert_rejected(
        &provider,
        Some("hsaResponsibleHealthCareProvider"),
        R::MalformedHsaId,
    );
    let number = format!("{}orgNo: 2321000017", AFTER);
    assert_rejected(&number, Some("orgNo"), R::MalformedOrganisationNumber);
    assert_rejected(
        &person_and("hsaEndDate: snart"),
        Some("hsaEndDate"),
        R::MalformedDate,
    );
    assert_rejected(
        &person_and("hsaStartDate: 20260102\nhsaEndDate: 20260101"),
        Some("hsaEndDate"),
        R::EndsBeforeStart,
    );
    assert_rejected(
        &person_and("hsaStartDate: 99991231235959Z"),
        Some("hsaStartDate"),
        R::MalformedDate,
    );
    assert_rejected(
        &person_and("hsaProtectedPerson: ja"),
        Some("hsaProtectedPerson"),
        R::MalformedFlag,
    );
    assert_rejected(
        &person_and("givenName:: QQBC"),
        Some("givenName"),
        R::MalformedName,
    );
    let long = "x".repeat(101);
    assert_rejected(
        &person_and(&format!("givenName: {long}")),
        Some("givenName"),
        R::NameTooLong,
    );
    let long_unit =
        format!("dn: ou=A,c=SE\nobjectClass: hsaUnit\nhsaIdentity: SE2321000016-A\nou: {long}");
    assert_rejected(&long_unit, Some("ou"), R::NameTooLong);
    let control = "dn: ou=A,c=SE\nobjectClass: hsaUnit\nhsaIdentity: SE2321000016-A\nou:: QQdC";
    assert_rejected(control, Some("ou"), R::MalformedName);
}

/// Two units that look alike would be two, and a unit's name could make a line read backwards.
#[test]
fn a_name_with_a_character_that_nobody_sees_is_rejected() {
    let unit = "dn: ou=A,c=SE\nobjectClass: hsaUnit\nhsaIdentity: SE2321000016-A\nou:: ";
    // A soft hyphen, a zero-width space and a turn of the direction inside `Akuten`.
    for unseen in ["QWt1wq10ZW4=", "QWt14oCLdGVu", "4oCuQWt1dGVu"] {
        let entry = format!("{unit}{unseen}");
        assert_rejected(&entry, Some("ou"), RejectionReason::MalformedName);
    }
    let composed = format!("{unit}QcyKa3V0ZW4=");
    assert!(read(&composed)[0].is_ok(), "an accent of its own is seen");
}

#[test]
fn text_in_latin_1_inside_base64_is_rejected_only_where_it_is_used() {
    assert_rejected(
        &person_and("givenName:: xWtl"),
        Some("givenName"),
        RejectionReason::NotText,
    );
    let (entries, counts) = read_counted(&person_and("jpegPhoto:: /9j/4AAQ"));
    assert!(entries[0].is_ok());
    assert_eq!(counts.unknown_attributes.get("jpegPhoto"), Some(&1));
}

#[test]
fn a_malformed_member_rejects_the_whole_assignment() {
    let entry = |member: &str| {
        format!(
            "dn: cn=V,ou=A,c=SE\nobjectClass: hsaCommission\ncn: V\nhsaIdentity: SE2321000016-C1\n\
             hsaCommissionMember: SE2321000016-A1;;\nhsaCommissionMember: {member}"
        )
    };
    for member in [
        "SE2321000016-A1",
        "SE2321000016-A1;20240101",
        "SE2321000016-A1;20240101;;",
        "SE2321000016-A1;20240231;",
        "SE2321000016-A1;;tills vidare",
        "198501019809;;",
        ";20240101;20240201",
    ] {
        let reason = RejectionReason::MalformedMember;
        assert_rejected(&entry(member), Some("hsaCommissionMember"), reason);
    }
}

#[test]
fn what_is_shown_for_debugging_holds_no_personal_data() {
    let person = only_person(&person_and(
        "givenName: Karin\nmail: karin@malarvik.example",
    ));
    let rejection = read(&person_with("sn: Karin")).remove(0).unwrap_err();
    let shown = format!(
        "{person:?} {:?} {rejection:?}",
        FeedEntry::Person(person.clone())
    );
    for hidden in ["Karin", "karin", "Berg", "1985", "cn="] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
}

#[test]
fn every_reason_has_a_code_and_a_sentence_of_its_own() {
    let codes: HashSet<String> = RejectionReason::iter()
        .map(|reason| reason.to_string())
        .collect();
    let sentences: HashSet<_> = RejectionReason::iter()
        .map(RejectionReason::sentence)
        .collect();
    assert_eq!(codes.len(), RejectionReason::iter().count());
    assert_eq!(sentences.len(), codes.len());
    assert_eq!(
        RejectionReason::MalformedHsaId.to_string(),
        "malformed_hsa_id"
    );
}
