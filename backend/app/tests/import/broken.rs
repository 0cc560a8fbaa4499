//! Broken feeds: an entry that cannot be read, or an end that is lost, ends nobody and stops nothing
//! else; and no report names whom it must not.

use cards_app::import::{ImportReport, StopReason};

use crate::kit::{REGION, World, crowd, number, person, reasons};

const ENDED: &str = "post WHERE last_day = '2026-11-20'";
const CLINIC: &str = "dn: o=Klinik AB,c=SE\nobjectClass: organization\no: Klinik AB\n\
    hsaIdentity: SE2321000016-K1\n\n";

/// The third of the crowd, with `more` lines.
fn third(more: &str) -> String {
    person("Bo Ek", "P3", &number(3), more)
}

/// A region of twelve, then the same file without the twelfth and with another third.
fn with_third(world: &World, third: &str) -> ImportReport {
    world.import(&format!("{REGION}{}", crowd(12)));
    let rest = crowd(11).replace(&self::third(""), third);
    world.import(&format!("{REGION}{rest}"))
}

/// Entries that say whom they are about and cannot be used, and why not.
fn unusable() -> Vec<(&'static str, String)> {
    vec![
        (
            "value_by_reference",
            third("jpegPhoto:< file:///etc/passwd\n"),
        ),
        ("malformed_base64", third("description:: ???\n")),
        ("change_record", third("changetype: modify\n")),
        (
            "change_record",
            third("").replace("\nobjectClass", "\ncontrol: 1.2\nobjectClass"),
        ),
        ("malformed_line", third("rad utan kolon\n")),
        (
            "missing_dn",
            third("").replace("dn: cn=Bo Ek,ou=Akuten,o=Region X,c=SE\n", ""),
        ),
        (
            "malformed_dn",
            third("").replace("dn: cn=Bo Ek,", "dn: Bo Ek,"),
        ),
        (
            "malformed_base64",
            third("").replace("dn: cn=Bo", "dn:: cn=Bo"),
        ),
        (
            "entry_too_large",
            third(&"description: x\n".repeat(700_000)),
        ),
        (
            "unknown_object_class",
            third("").replace("inetOrgPerson", "frobnicator"),
        ),
        ("missing_attribute", third("").replace("sn: Ek\n", "")),
        ("several_values", third("personalIdentityNumber: AB12345\n")),
        ("several_values", third("hsaIdentity: SE2321000016-Q3\n")),
        (
            "wrong_check_digit",
            third("").replace(&number(3), "198501019800"),
        ),
        ("not_text", third("title:: xWtl\n")),
        (
            "name_too_long",
            third("").replace("sn: Ek", &format!("sn: {}", "x".repeat(101))),
        ),
        ("malformed_date", third("hsaEndDate: i morgon\n")),
        ("malformed_date", third("hsaEndDate: 00000101\n")),
        (
            "ends_before_start",
            third("hsaStartDate: 20260102\nhsaEndDate: 20260101\n"),
        ),
        ("malformed_flag", third("hsaProtectedPerson: ja\n")),
    ]
}

#[test]
fn an_entry_that_cannot_be_used_ends_nobody_when_its_hsa_id_can_be_read() {
    for (reason, entry) in unusable() {
        let world = World::new();
        let report = with_third(&world, &entry);
        assert_eq!(report.rejected.len(), 1, "{reason}: {:?}", reasons(&report));
        assert_eq!(report.rejected[0].reason, reason);
        assert!(report.safety_stop.is_empty(), "{reason}");
        assert_eq!((report.ended, report.hsa_ids), (1, 10), "{reason}");
        let hsa = "post WHERE last_day IS NOT NULL AND hsa_key <> 'SE2321000016-P12'";
        assert_eq!(world.count(hsa), 0, "{reason}");
    }
}

#[test]
fn an_entry_of_which_it_cannot_be_told_whom_it_is_about_puts_the_endings_into_the_stop() {
    let no_id = third("").replace("hsaIdentity: SE2321000016-P3\n", "");
    for entry in [
        no_id.clone(),
        no_id.replace("sn: Ek", "description:: ???"),
        third("").replace("-P3", "-P 3"),
        third("").replace("hsaIdentity: SE", "hsaIdentity SE"),
        "dn: cn=Bo Ek,ou=Akuten,o=Region X,c=SE\nchangetype: delete\n\n".to_owned(),
        "dn: cn=Bo Ek,ou=Okand,o=Region X,c=SE\nsn: Ek\n\n".to_owned(),
        "sn: Ek\n\n".to_owned(),
        "dn: cn=Bo Ek,o=Annan region,c=SE\nsn: Ek\n\n".to_owned(),
    ] {
        let world = World::new();
        let report = with_third(&world, &entry);
        let stop = &report.safety_stop[0];
        assert_eq!((stop.would_end, stop.of), (2, 12), "{entry}");
        assert_eq!(stop.why, StopReason::UnreadableEntry, "{entry}");
        assert_eq!((report.ended, world.count(ENDED)), (0, 0), "{entry}");
        assert_eq!(world.count("ending_stop WHERE why = 'unreadable_entry'"), 1);
        assert_eq!(report.hsa_ids, 10, "the rest goes in");
    }
}

#[test]
fn what_is_no_person_leaves_the_endings_alone_and_so_does_an_entry_in_another_organisation() {
    let device = "dn: cn=Skrivare,o=Region X,c=SE\nobjectClass: device\n\n";
    let unit = "dn: ou=Vard,o=Region X,c=SE\nobjectClass: organizationalUnit\nou: Vard\n\n";
    let elsewhere = "dn: cn=Bo Ek,o=Klinik AB,c=SE\nobjectClass: inetOrgPerson\nsn: Ek\n\n";
    for more in [device, unit, elsewhere] {
        let world = World::new();
        world.import(&format!("{REGION}{CLINIC}{}", crowd(3)));
        let report = world.import(&format!("{REGION}{CLINIC}{}{more}", crowd(2)));
        assert_eq!((report.rejected.len(), report.ended), (1, 1), "{more}");
        assert!(report.safety_stop.is_empty(), "{more}");
    }
}

#[test]
fn a_file_cut_anywhere_but_after_a_whole_entry_ends_nobody() {
    let whole = format!("{REGION}{}", crowd(30));
    let world = World::new();
    world.import(&whole);
    let start = whole.find("dn: cn=Bo Ek").unwrap();
    let start = start + (whole.len() - start) * 26 / 30;
    let step = (whole.len() - start) / 25;
    let mut cuts = 0;
    for cut in (start..whole.len() - 2).step_by(step) {
        let part = whole.get(..cut).unwrap();
        if part.ends_with("sn: Ek\n") || part.ends_with("\n\n") {
            continue;
        }
        cuts += 1;
        let report = world.import(part);
        assert_eq!(
            (report.ended, world.count(ENDED)),
            (0, 0),
            "cut at {cut}: {report:?}"
        );
        let why = report.safety_stop.iter().map(|stop| stop.why);
        assert!(
            why.clone().all(|why| why == StopReason::EndLost),
            "cut at {cut}"
        );
        assert!(cut > whole.len() - 70 || why.count() == 1, "cut at {cut}");
    }
    assert!(cuts >= 20, "{cuts}");
    assert_eq!(world.import(&whole).safety_stop.len(), 0);
}

#[test]
fn a_day_that_is_no_day_stops_nobody_else() {
    let world = World::new();
    let with = |hsa: &str, place, more: &str| person("Bo Ek", hsa, &number(place), more);
    let report = world.import(&format!(
        "{REGION}{}{}{}{}",
        with("A1", 1, "hsaEndDate: 99991231235959Z\n"),
        with("A2", 2, "hsaStartDate: 99991231235959Z\n"),
        with("A3", 3, "hsaEndDate: 00000101\n"),
        with("A4", 4, "hsaStartDate: 18000101\nhsaEndDate: 99981231\n"),
    ));
    assert_eq!((report.persons, report.rejected.len()), (2, 2));
    assert_eq!(
        world.count("post WHERE last_day IS NULL AND hsa_key = 'SE2321000016-A1'"),
        1
    );
    assert_eq!(world.count("post WHERE last_day = '9998-12-31'"), 1);
}

/// Elin is protected, Per is not; both are known.
fn known(world: &World) {
    world.import(&format!(
        "{REGION}{}{}",
        person("Elin Berg", "A1", &number(1), "hsaProtectedPerson: TRUE\n"),
        person("Per Alm", "A2", &number(2), ""),
    ));
}

#[test]
fn no_report_names_a_rejected_entry_of_somebody_who_is_or_may_be_protected() {
    let world = World::new();
    known(&world);
    let report = world.delta(&format!(
        "{REGION}{}{}{}{}{}{}{}",
        person("Elin Berg", "A1", "198501019800", ""),
        person("Per Alm", "A2", "198501019800", ""),
        person("Ny Okand", "A3", "198501019800", ""),
        person(
            "Ny Flagga",
            "A4",
            &number(4),
            "hsaProtectedPerson: TRUE\nhsaEndDate: snart\n"
        ),
        person("Ny Oppen", "A5", &number(5), "hsaEndDate: snart\n"),
        person("Elin Annan", "A6", &number(1), "hsaEndDate: snart\n"),
        person("Ny Trasig", "A7", &number(7), "title:: ???\n"),
    ));
    assert_eq!(report.rejected.len(), 7);
    let shown = report.shown();
    let dns: Vec<&str> = shown.rejected.iter().map(|one| one.dn.as_str()).collect();
    let masked = "…,ou=Akuten,o=Region X,c=SE";
    assert_eq!(
        dns,
        [
            masked,
            "cn=Per Alm,ou=Akuten,o=Region X,c=SE",
            masked,
            masked,
            "cn=Ny Oppen,ou=Akuten,o=Region X,c=SE",
            masked,
            masked,
        ]
    );
    assert!(
        report.rejected[0].dn.starts_with("cn=Elin Berg"),
        "the operator's own"
    );
}

#[test]
fn no_report_names_somebody_protected_who_waits_or_is_rejected_for_what_is_known() {
    let world = World::new();
    known(&world);
    let lost = |text: String| text.replace("ou=Akuten", "ou=Okand");
    let report = world.delta(&format!(
        "{REGION}{}{}{}{}",
        lost(person("Elin Berg", "A1", &number(1), "")),
        lost(person("Per Alm", "A2", &number(2), "")),
        lost(person(
            "Ny Flagga",
            "A4",
            &number(4),
            "hsaProtectedPerson: 1\n"
        )),
        person("Elin Berg", "A1", &number(1), ""),
    ));
    let shown = report.shown();
    let masked = "…,ou=Okand,o=Region X,c=SE";
    let open = "cn=Per Alm,ou=Okand,o=Region X,c=SE";
    assert_eq!(shown.waiting, [masked, open, masked]);
    assert_eq!(report.rejected[0].reason, "duplicate_hsa_id");
    assert!(!shown.rejected[0].dn.contains("Elin"));
}

#[test]
fn what_the_import_itself_finds_wrong_has_its_attribute_too() {
    let world = World::new();
    world.import(&format!(
        "{REGION}{}",
        person("Elin Berg", "A1", &number(1), "")
    ));
    let mut birth = "20300101981".to_owned();
    let digits: Vec<u8> = birth.bytes().skip(2).map(|byte| byte - b'0').collect();
    birth.push_str(&cards_domain::values::luhn_check_digit(&digits).to_string());
    let report = world.delta(&format!(
        "{REGION}{}{}{}",
        person("Per Ek", "A1", &number(2), ""),
        person("Siv Alm", "A1", &number(3), ""),
        person("Bo Lind", "A4", &birth, ""),
    ));
    let told: Vec<(&str, Option<&str>)> = report
        .rejected
        .iter()
        .map(|one| (one.reason.as_str(), one.attribute.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("number_differs", Some("personalIdentityNumber")),
            ("duplicate_hsa_id", Some("hsaIdentity")),
            ("born_in_future", Some("personalIdentityNumber")),
        ]
    );
}

#[test]
fn the_second_of_two_entries_with_one_dn_is_rejected_and_a_shared_number_is_pointed_out() {
    let world = World::new();
    let unit = |hsa: &str| {
        format!(
            "dn: ou=Vard,o=Region X,c=SE\nobjectClass: organizationalUnit\nou: Vard\n\
             hsaIdentity: SE2321000016-{hsa}\n\n"
        )
    };
    let again = unit("U8").replace("ou=Vard,o=Region X", "OU=VARD , O=region  x");
    let region_again = REGION.replace("R1", "R2").replace("U1", "U9");
    let report = world.import(&format!("{REGION}{}{again}{region_again}", unit("U7")));
    let told: Vec<&str> = report
        .rejected
        .iter()
        .map(|one| one.reason.as_str())
        .collect();
    assert_eq!(told, ["duplicate_dn"; 3]);
    assert_eq!(report.rejected[0].attribute.as_deref(), Some("dn"));
    assert_eq!((report.organisations, report.units), (1, 2));

    let numbered = |text: &str| text.replacen("\n\n", "\norgNo: 5560000167\n\n", 1);
    let both = format!("{}{}", numbered(REGION), numbered(CLINIC));
    assert_eq!(world.import(&both).flaws.same_number, 2);
}
