//! Persons: joined by HSA-id and number, protected, with and without mail.

use crate::kit::{REGION, World, number, person, person_at, reasons};

#[test]
fn two_hsa_ids_with_the_same_number_are_one_person() {
    let world = World::new();
    let text = format!(
        "{REGION}{}{}",
        person("Elin Berg", "A1", &number(1), ""),
        person("Elin Berg-Ek", "A2", &number(1), "mail: elin@x.example\n"),
    );
    let report = world.import(&text);
    assert_eq!((report.persons, report.hsa_ids), (1, 2));
    let row =
        world.texts("SELECT surname || ' ' || surname_key || ' ' || mail AS text FROM person");
    assert_eq!(row, ["Berg berg elin@x.example"]);
    assert_eq!(world.count("post"), 2);
    assert_eq!(world.import(&text).changed, 0);
}

#[test]
fn a_known_hsa_id_with_another_number_changes_nothing_and_is_reported() {
    let world = World::new();
    world.import(&format!(
        "{REGION}{}",
        person("Elin Berg", "A1", &number(1), "")
    ));
    let report = world.import(&format!(
        "{REGION}{}",
        person("Per Ek", "A1", &number(2), "")
    ));
    assert_eq!(reasons(&report), ["11 number_differs"]);
    assert_eq!((report.persons, report.ended, report.changed), (0, 0, 0));
    assert_eq!(world.texts("SELECT surname AS text FROM person"), ["Berg"]);
}

#[test]
fn hsa_ids_are_compared_without_regard_to_case() {
    let world = World::new();
    world.import(&format!(
        "{REGION}{}",
        person("Elin Berg", "abc", &number(1), "")
    ));
    let report = world.import(&format!(
        "{REGION}{}",
        person("Elin Berg", "ABC", &number(1), "")
    ));
    assert_eq!((report.hsa_ids, report.ended), (1, 0));
    assert_eq!(world.count("post"), 1);
}

#[test]
fn the_name_of_a_protected_person_stands_open_in_no_column() {
    let world = World::new();
    let protected = "hsaProtectedPerson: TRUE\nmail: hemlig@x.example\n";
    let text = format!(
        "{REGION}{}dn: cn=Hemligdotter,ou=Akuten,o=Region X,c=SE\nobjectClass: inetOrgPerson\n\
         hsaIdentity: SE2321000016-A2\npersonalIdentityNumber: 1\nsn: Hemligdotter\n\n\
         dn: cn=Hemligdotter,ou=Okand,o=Region X,c=SE\nobjectClass: inetOrgPerson\n\
         hsaIdentity: SE2321000016-A3\npersonalIdentityNumber: {}\nsn: Hemligdotter\n\n",
        person("Hemlig Hemligdotter", "A1", &number(1), protected),
        number(2),
    );
    let report = world.import(&text);
    assert_eq!(
        (report.persons, report.rejected.len(), report.waiting.len()),
        (1, 1, 1)
    );
    assert_eq!(
        world.count("person WHERE protection = 'confidentiality' AND sealed IS NOT NULL"),
        1
    );
    for table in
        world.texts("SELECT tablename::text AS text FROM pg_tables WHERE schemaname = 'public'")
    {
        let rows = world.texts(&format!(
            "SELECT row_to_json(t)::text AS text FROM {table} AS t"
        ));
        for secret in ["hemlig", &number(1), "hemlig@x.example"] {
            let open = rows.iter().any(|row| row.to_lowercase().contains(secret));
            assert!(!open, "{secret} stands open in {table}");
        }
    }
    assert_eq!(world.import(&text).changed, 0);
}

#[test]
fn protection_is_added_by_a_feed_and_never_lifted_or_made_milder() {
    let world = World::new();
    let plain = format!("{REGION}{}", person("Elin Berg", "A1", &number(1), ""));
    let flagged = format!(
        "{REGION}{}",
        person("Elin Berg", "A1", &number(1), "hsaProtectedPerson: 1\n")
    );
    world.import(&plain);
    assert_eq!(world.import(&flagged).changed, 1);
    assert_eq!(
        world.count("person WHERE surname IS NULL AND number IS NULL"),
        1
    );
    assert_eq!(world.import(&plain).changed, 0);
    world.run("UPDATE person SET protection = 'protected_registration'");
    assert_eq!(world.import(&flagged).changed, 0);
    assert_eq!(
        world.count("person WHERE protection = 'protected_registration'"),
        1
    );
}

#[test]
fn a_mail_address_that_is_gone_is_taken_away_unless_another_file_may_have_said_it() {
    let world = World::new();
    let with_mail = format!(
        "{REGION}{}",
        person("Elin Berg", "A1", &number(1), "mail: elin@x.example\n")
    );
    let without = format!("{REGION}{}", person("Elin Berg", "A1", &number(1), ""));
    let clinic = "dn: o=Klinik AB,c=SE\nobjectClass: organization\no: Klinik AB\n\
        hsaIdentity: SE2321000016-K1\n\n";
    let there = person_at("o=Klinik AB,c=SE", "Elin Berg", "K2", &number(1), "");
    world.import(&with_mail);
    world.import(&without);
    assert_eq!(world.count("person WHERE mail IS NULL"), 1);
    world.import(&with_mail);
    world.import(&format!("{clinic}{there}"));
    assert_eq!(world.count("person WHERE mail = 'elin@x.example'"), 1);
}

#[test]
fn names_in_any_script_and_a_single_name_go_in_with_their_search_keys() {
    let world = World::new();
    let single = format!(
        "dn: cn=X,ou=Akuten,o=Region X,c=SE\nobjectClass: inetOrgPerson\nsn: 王伟\n\
         hsaIdentity: SE2321000016-A1\npersonalIdentityNumber: {}\n\n",
        number(1)
    );
    let composed = person(
        "A\u{30a}sa O\u{308}berg-E\u{301}tienne",
        "A2",
        &number(2),
        "",
    );
    world.import(&format!("{REGION}{single}{composed}"));
    let names = world.texts("SELECT surname || ' ' || surname_key AS text FROM person ORDER BY 1");
    assert_eq!(names, ["Öberg-Étienne öberg-etienne", "王伟 王伟"]);
    let keys = "SELECT k.first || ' ' || k.second AS text FROM name_key k ORDER BY 1";
    assert_eq!(
        world.texts(keys),
        [
            "etienne åsa",
            "etienne öberg",
            "åsa etienne",
            "åsa öberg",
            "öberg etienne",
            "öberg åsa",
            "王伟 ",
        ]
    );
    // Another name takes the place of the old one, and protection takes every name away.
    let renamed = person("Åsa Ek", "A2", &number(2), "");
    world.import(&format!("{REGION}{single}{renamed}"));
    assert_eq!(world.texts(keys), ["ek åsa", "åsa ek", "王伟 "]);
    let hidden = person("Åsa Ek", "A2", &number(2), "hsaProtectedPerson: TRUE\n");
    world.import(&format!("{REGION}{single}{hidden}"));
    assert_eq!(world.texts(keys), ["王伟 "]);
}
