//! What comes out of usable entries: names, numbers, days, units and assignments.

use cards_domain::values::PersonNumberKind;
use chrono::NaiveDate;

use super::*;

fn named(lines: &str) -> PersonEntry {
    only_person(&person_with(&format!(
        "personalIdentityNumber: 198501019809\n{lines}"
    )))
}

fn numbered(number: &str) -> PersonEntry {
    only_person(&person_with(&format!(
        "hsaPersonIdentityNumber: {number}\nsn: Berg"
    )))
}

#[test]
fn decomposed_letters_are_stored_composed() {
    let person = named("sn: A\u{30a}kerstro\u{308}m\ngivenName: Pa\u{308}r");
    assert_eq!(person.name.surname(), "Åkerström");
    assert_eq!(person.name.given(), Some("Pär"));
}

#[test]
fn names_may_be_in_any_script() {
    for (given, surname) in [
        ("Олена", "Шевченко"),
        ("ليلى", "الحداد"),
        ("Þóra", "Łuczak-Żak"),
    ] {
        let person = named(&format!("givenName: {given}\nsn: {surname}"));
        assert_eq!(
            (person.name.given(), person.name.surname()),
            (Some(given), surname)
        );
    }
}

#[test]
fn a_single_name_and_a_missing_given_name_are_no_fault() {
    let person = named("sn: Sukarno");
    assert_eq!(person.name.full(), "Sukarno");
    let person = named("sn: de la Cruz Lindqvist\nhsaMiddleName: Maria");
    assert_eq!(person.name.full(), "Maria de la Cruz Lindqvist");
}

#[test]
fn a_name_of_a_hundred_characters_is_read() {
    assert_eq!(
        named(&format!("sn: {}", "Ö".repeat(100)))
            .name
            .surname()
            .chars()
            .count(),
        100
    );
}

#[test]
fn numbers_are_told_apart_by_their_shape() {
    use PersonNumberKind::{Passnummer, Personnummer, Reservnummer, Samordningsnummer};
    for (number, kind) in [
        ("198501019809", Personnummer),
        ("198501619806", Samordningsnummer),
        ("990123456789", Reservnummer),
        ("19850101A123", Reservnummer),
        ("AB1234567", Passnummer),
    ] {
        assert_eq!(numbered(number).number.kind(), kind, "{number}");
    }
}

#[test]
fn protection_is_read_from_true_and_one_only() {
    for (line, protected) in [
        ("hsaProtectedPerson: TRUE", true),
        ("hsaProtectedPerson: 1", true),
        ("HSAPROTECTEDPERSON: true", true),
        ("hsaProtectedPerson: FALSE", false),
        ("hsaProtectedPerson:", false),
        ("", false),
    ] {
        assert_eq!(
            only_person(&person_and(line)).protected,
            protected,
            "{line}"
        );
    }
}

#[test]
fn an_employment_that_ends_at_midnight_ends_the_day_before() {
    let person = only_person(&person_and(
        "startDate: 20230101\nhsaEndDate: 20240131230000Z",
    ));
    assert_eq!(person.starts, NaiveDate::from_ymd_opt(2023, 1, 1));
    assert_eq!(person.last_day, NaiveDate::from_ymd_opt(2024, 1, 31));
}

#[test]
fn every_field_of_a_person_is_filled() {
    let person = only_person(&person_and(
        "givenName: Elin\nmail: elin@malarvik.example\ntelephoneNumber: 0990-100\n\
         mobile: 070-100\ntitle: Överläkare\nhsaTitle: Läkare\nhsaTitle: Psykolog\n\
         hsaSpecialityName: Kirurgi\nhsaSpecialityCode: 300\nhsaPersonPrescriptionCode: 1000009\n\
         hsaGroupPrescriptionCode: 9000001\npaTitleCode: 201010\nhsaMifareSerialNumber: 04A1B2C3\n\
         hsaFeignedPerson: TRUE\nhsaSystemRole: BIF;Spärr\nhsaSystemRole: X;Y",
    ));
    assert_eq!(person.place.line, 1);
    assert_eq!(person.place.dn, "cn=A B,ou=Akuten,o=Region X,c=SE");
    assert_eq!(person.parent_dn, "ou=akuten,o=region x,c=se");
    assert_eq!(person.licences, ["Läkare", "Psykolog"]);
    assert_eq!(person.specialities, ["Kirurgi"]);
    assert_eq!(person.speciality_codes, ["300"]);
    assert_eq!(person.system_roles, ["BIF;Spärr", "X;Y"]);
    assert!(person.test_person);
    for (value, expected) in [
        (&person.mail, "elin@malarvik.example"),
        (&person.phone, "0990-100"),
        (&person.mobile, "070-100"),
        (&person.title, "Överläkare"),
        (&person.prescriber_code, "1000009"),
        (&person.group_prescriber_code, "9000001"),
        (&person.position_code, "201010"),
        (&person.mifare, "04A1B2C3"),
    ] {
        assert_eq!(value.as_deref(), Some(expected));
    }
}

#[test]
fn an_address_that_cannot_be_written_to_is_left_out_and_counted() {
    let (entries, counts) = read_counted(&person_and("mail: ingen@\nshoeSize: 41"));
    assert!(matches!(&entries[0], Ok(FeedEntry::Person(person)) if person.mail.is_none()));
    assert_eq!(counts.values_left_out.get("mail"), Some(&1));
    assert_eq!(
        counts.unknown_attributes.into_iter().collect::<Vec<_>>(),
        [("shoeSize".into(), 1)]
    );
    assert_eq!((counts.accepted, counts.rejected), (1, 0));
}

#[test]
fn organisations_and_units_are_read_with_what_may_be_missing() {
    let text = "dn: c=SE\nobjectClass: country\nc: SE\n\n\
        dn: o=Region X, c=SE\nobjectClass: hsaOrganisation\no: Region X\n\
        hsaIdentity: SE232100001600001\norgNo: 16232100-0016\nmanagement: Region\n\n\
        dn: o=Egen, c=SE\nobjectClass: organization\no: Egen\n\
        hsaIdentity: se5565594230-1\norgNo: 8501019809\n\n\
        dn: ou=Akuten,O=region x,c=SE\nobjectClass: organizationalUnit\nou: Akuten\n\
        hsaIdentity: SE165565594230-1000\nhsaResponsibleHealthCareProvider: SE2321000016-1\n\
        streetAddress: Storg. 1$123 45  Vik$ \nl: Vik\npostalCode: 123 45\n";
    let (entries, counts) = read_counted(text);
    assert_eq!(counts.tree_entries, 1);
    let [
        Ok(FeedEntry::Organisation(region)),
        Ok(FeedEntry::Organisation(own)),
        Ok(FeedEntry::Unit(unit)),
    ] = entries.as_slice()
    else {
        panic!("{entries:?}")
    };
    assert_eq!(
        region.number.as_ref().map(|number| number.as_str()),
        Some("2321000016")
    );
    assert_eq!(region.owner_kind.as_deref(), Some("Region"));
    assert_eq!(
        (&own.number, counts.values_left_out.get("orgNo")),
        (&None, Some(&1))
    );
    assert_eq!(unit.parent_dn, region.place.key);
    assert_eq!(unit.address.as_deref(), Some("Storg. 1\n123 45  Vik"));
    assert_eq!((&unit.workplace_code, &unit.mail), (&None, &None));
}

#[test]
fn an_archived_entry_may_have_kept_its_name_in_the_dn_alone() {
    let entries = read(
        "dn: ou=Nedlagd\\, filial,o=X,c=SE\nobjectClass: hsaUnit\nhsaIdentity: SE2321000016-U\n\
         hsaArchivedObject: TRUE\nendDate: 20200101\n",
    );
    let [Ok(FeedEntry::Unit(unit))] = entries.as_slice() else {
        panic!("{entries:?}")
    };
    assert!(unit.archived);
    assert_eq!(unit.name, "Nedlagd, filial");
}

#[test]
fn an_assignment_keeps_its_members_in_order_with_their_days() {
    let entries = read(
        "dn: cn=Vård,ou=Akuten,o=X,c=SE\nobjectClass: hsaCommission\ncn: Vård\n\
         hsaIdentity: SE2321000016-C\nhsaCommissionPurpose: Vård och behandling\n\
         hsaCommissionRight: Läsa;alla;SJF\nhsaCommissionMember: SE2321000016-B;;\n\
         hsaCommissionMember: SE2321000016-A;20240101;20240630220000Z\n",
    );
    let [Ok(FeedEntry::Assignment(assignment))] = entries.as_slice() else {
        panic!("{entries:?}")
    };
    assert_eq!(assignment.unit_dn, "ou=akuten,o=x,c=se");
    assert_eq!(assignment.purpose.as_deref(), Some("Vård och behandling"));
    assert_eq!(assignment.rights, ["Läsa;alla;SJF"]);
    let [first, second] = assignment.members.as_slice() else {
        panic!("{assignment:?}")
    };
    assert_eq!(
        (first.hsa_id.as_str(), first.starts, first.last_day),
        ("SE2321000016-B", None, None)
    );
    assert_eq!(second.starts, NaiveDate::from_ymd_opt(2024, 1, 1));
    assert_eq!(second.last_day, NaiveDate::from_ymd_opt(2024, 6, 30));
}

#[test]
fn a_region_with_names_of_its_own_is_read_by_its_mapping() {
    let mapping = Mapping {
        person: PersonMapping {
            object_classes: vec!["regionPerson".into()],
            surname: vec!["efternamn".into(), "sn".into()],
            ..PersonMapping::default()
        },
        ..Mapping::default()
    };
    let text = "dn: cn=A,c=SE\nobjectClass: regionPerson\nEfternamn: Berg\nsn: Fel\n\
                hsaIdentity: SE2321000016-A\npersonalIdentityNumber: 198501019809\n";
    let mut feed = read_feed(open(Cursor::new(text)).unwrap(), &mapping);
    let Some(Ok(FeedEntry::Person(person))) = feed.next() else {
        panic!("no person")
    };
    assert_eq!(person.name.surname(), "Berg");
}

#[test]
fn a_mapping_in_a_file_changes_what_it_names_and_refuses_what_it_does_not_know() {
    let text = r#"{"person": {"surname": ["efternamn"]}}"#;
    let mapping: Mapping = serde_json::from_str(text).unwrap();
    assert_eq!(mapping.person.surname, ["efternamn"]);
    assert_eq!(mapping.person.hsa_id, Mapping::default().person.hsa_id);
    assert_eq!(mapping.unit, Mapping::default().unit);
    assert!(serde_json::from_str::<Mapping>(r#"{"person": {"surnam": []}}"#).is_err());
}

#[test]
fn free_text_loses_characters_that_no_database_can_hold() {
    let entry = only_person(&person_and("title:: TADDpGthcmU="));
    assert_eq!(entry.title.as_deref(), Some("L\u{e4}kare"));
}

#[test]
fn an_hsa_id_may_have_twelve_digits_or_no_hyphen_when_it_is_imported() {
    for hsa_id in ["SE162321000016-A1", "SE2321000016A1", "se2321000016-a1"] {
        let entry = format!(
            "dn: cn=A B,c=SE\nobjectClass: inetOrgPerson\nhsaIdentity: {hsa_id}\n\
             personalIdentityNumber: 198501019809\nsn: Berg\n"
        );
        assert_eq!(only_person(&entry).hsa_id.as_str(), hsa_id);
    }
}
