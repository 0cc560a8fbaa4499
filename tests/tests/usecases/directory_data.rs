//! What the directory says of somebody's work, on the officer's page and on the holder's own.

use cards_acceptance::site::Site;
use cards_acceptance::{Person, World};
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::desk::{Desk, KARIN, Page};

/// Doctors of the region with open data who work today, and what is further said of them.
const DOCTORS: &str = "SELECT p.hsa_id AS text FROM post p JOIN person h ON h.id = p.person_id \
     JOIN organisation o ON o.id = p.organisation_id WHERE o.hsa_id = 'SE2399000013-0001' \
     AND h.protection = 'none' AND h.surname IS NOT NULL AND p.last_day IS NULL \
     AND (SELECT count(*) FROM post q WHERE q.person_id = h.id) = 1";
const CARE_TODAY: &str = "EXISTS (SELECT FROM assignment_member m JOIN assignment a ON a.id = m.assignment_id \
     WHERE m.hsa_key = p.hsa_key AND a.purpose = 'Vård och behandling' AND m.last_day IS NULL \
     AND m.starts IS NULL)";
const WHOLE: &str = "'Läkare' = ANY (p.licences) AND p.title IS NOT NULL \
     AND p.position_code IS NOT NULL AND p.prescriber_code IS NOT NULL \
     AND cardinality(p.specialities) > 0";
const WEBCERT: [(&str, &str); 5] = [
    (
        "cardinality(p.licences) = 0 AND p.title ILIKE '%läkare'",
        "Legitimerad yrkesgrupp saknas",
    ),
    (
        "'Läkare' = ANY (p.licences) AND p.prescriber_code IS NULL",
        "Förskrivarkod saknas",
    ),
    (
        "'Läkare' = ANY (p.licences) AND cardinality(p.specialities) = 0",
        "Specialitet saknas",
    ),
    (
        "'Läkare' = ANY (p.licences) AND p.position_code IS NULL",
        "Befattningskod saknas",
    ),
    (
        "'Läkare' = ANY (p.licences) AND p.title IS NULL",
        "Befattning saknas",
    ),
];

fn texts(world: &World, query: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        text: String,
    }
    let rows: Vec<Row> = diesel::sql_query(query)
        .load(&mut world.database.connect())
        .unwrap();
    rows.into_iter().map(|row| row.text).collect()
}

/// Somebody of the region of whom this holds.
fn somebody(world: &World, holds: &str) -> Person {
    let found = texts(world, &format!("{DOCTORS} AND {holds} ORDER BY 1 LIMIT 1"));
    assert_eq!(found.len(), 1, "nobody of the demonstration: {holds}");
    world.person(&found[0])
}

/// The same person's data on the officer's page and on the holder's own.
fn both(site: &Site, person: &Person) -> [Page; 2] {
    let officer = Desk::officer(site, KARIN);
    let holder = Desk::holder(site, person);
    let pages = [
        officer.open(&format!("/id-admin/person/{}", person.id)),
        holder.open("/mina-sidor/katalogen"),
    ];
    for page in &pages {
        assert_eq!(page.status, 200, "{}", page.path);
    }
    pages
}

fn lacks_nothing(page: &Page) {
    for (_, words) in WEBCERT {
        assert!(!page.reads(words), "{words} on {}", page.path);
    }
}

/// Proves: 1-5
#[test]
fn the_persons_page_shows_units_and_assignments_with_purpose_rights_and_days() {
    let site = Site::start();
    let world = &site.world;
    let person = somebody(world, &format!("{WHOLE} AND {CARE_TODAY}"));
    let of = format!("WHERE p.hsa_id = '{}'", person.hsa_id);
    let unit = texts(
        world,
        &format!("SELECT u.name AS text FROM post p JOIN unit u ON u.id = p.unit_id {of}"),
    );
    for page in both(&site, &person) {
        page.sees("Region Mälarvik");
        page.sees(&unit[0]);
        page.sees("Medarbetaruppdrag");
        page.sees("Vård och behandling");
        page.sees("Läsa · alla · VE");
        page.sees("Tills vidare");
        assert!(!page.reads("Väntar. Katalogen"), "{}", page.path);
    }
    let members = "UPDATE assignment_member SET post_id = NULL, starts = '2026-01-01', \
         last_day = '2027-03-31' WHERE hsa_key = ";
    let mut conn = world.database.connect();
    diesel::sql_query(format!("{members} '{}'", person.hsa_id.to_uppercase()))
        .execute(&mut conn)
        .unwrap();
    for page in both(&site, &person) {
        page.sees("Väntar. Katalogen har inte knutit HSA-id:t till uppdraget än.");
        page.sees("2026-01-01 till 2027-03-31");
    }
}

/// Proves: 1-8
#[test]
fn who_lacks_an_assignment_for_care_and_treatment_is_told_who_mends_it_and_others_are_not() {
    let site = Site::start();
    let world = &site.world;
    let fine = somebody(world, CARE_TODAY);
    for page in both(&site, &fine) {
        assert!(
            !page.reads("Inget uppdrag för Vård och behandling"),
            "{}",
            page.path
        );
    }
    let over = "EXISTS (SELECT FROM assignment_member m JOIN assignment a ON a.id = m.assignment_id \
         WHERE m.hsa_key = p.hsa_key AND a.purpose = 'Vård och behandling' \
         AND m.last_day = '2025-12-31')";
    let ended = somebody(world, over);
    for page in both(&site, &ended) {
        page.sees("Inget uppdrag för Vård och behandling gäller i dag");
        page.sees("Gick ut 2025-12-31");
        page.sees("atalogadministratören på Region Mälarvik");
    }
    // The assignment is on another unit than the employment.
    let key = fine.hsa_id.to_uppercase();
    let moved = format!(
        "UPDATE assignment SET unit_id = (SELECT u.id FROM unit u \
           WHERE u.organisation_id = assignment.organisation_id AND u.name = 'Sjukhusservice' \
           UNION ALL SELECT u.id FROM unit u JOIN organisation o ON o.id = u.organisation_id \
           WHERE o.hsa_id <> 'SE2399000013-0001' LIMIT 1) \
         WHERE id IN (SELECT assignment_id FROM assignment_member WHERE hsa_key = '{key}')"
    );
    diesel::sql_query(moved)
        .execute(&mut world.database.connect())
        .unwrap();
    for page in both(&site, &fine) {
        page.sees("Inget uppdrag för Vård och behandling på");
    }
}

/// Proves: 1-9
#[test]
fn what_webcert_reads_of_doctors_is_pointed_out_when_it_is_missing_and_of_others_nothing_is() {
    let site = Site::start();
    let world = &site.world;
    let whole = somebody(world, WHOLE);
    for page in both(&site, &whole) {
        for term in [
            "Legitimerad yrkesgrupp",
            "Förskrivarkod",
            "Specialitet",
            "Befattningskod",
            "Befattning",
        ] {
            page.sees(term);
        }
        lacks_nothing(&page);
    }
    for (holds, words) in WEBCERT {
        let person = somebody(world, holds);
        for page in both(&site, &person) {
            page.sees(words);
            page.sees("atalogadministratören på Region Mälarvik");
            let others = WEBCERT.iter().filter(|(_, other)| *other != words);
            for (_, other) in others {
                assert!(!page.reads(other), "{other} of {words} on {}", page.path);
            }
        }
    }
    let nurse = somebody(
        world,
        "'Sjuksköterska' = ANY (p.licences) AND cardinality(p.specialities) = 0",
    );
    let clerk = somebody(
        world,
        "cardinality(p.licences) = 0 AND p.title = 'Administratör'",
    );
    for person in [nurse, clerk] {
        for page in both(&site, &person) {
            lacks_nothing(&page);
        }
    }
}

#[test]
fn a_unit_without_mail_or_workplace_code_is_pointed_out_in_the_same_place() {
    let site = Site::start();
    let world = &site.world;
    let person = somebody(world, &format!("{WHOLE} AND {CARE_TODAY}"));
    let bare = format!(
        "UPDATE unit SET mail = NULL, workplace_code = NULL \
         WHERE id = (SELECT unit_id FROM post WHERE hsa_id = '{}')",
        person.hsa_id
    );
    diesel::sql_query(bare)
        .execute(&mut world.database.connect())
        .unwrap();
    for page in both(&site, &person) {
        page.sees("saknar e-postadress");
        page.sees("saknar arbetsplatskod");
    }
}

#[test]
fn an_officer_sees_the_employments_of_their_own_branch_and_a_protected_persons_only_when_asked_for()
{
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let scope = |by: &cards_app::Call| {
        cards_domain::access::Scope::of(&by.actor, cards_domain::access::Function::ViewPerson)
    };
    let seen = world
        .link()
        .employments(&scope(&world.karin().call()), maja.id)
        .unwrap();
    let all = texts(
        world,
        &format!(
            "SELECT hsa_id AS text FROM post WHERE person_id = '{}'",
            maja.id
        ),
    );
    assert_eq!((seen.len(), all.len()), (1, 2), "Maja has two employers");
    let ylva = world.person("SE2399000013-1012");
    let leif = Desk::officer(&site, "SE2399000013-1003");
    let page = leif.open(&format!("/id-admin/person/{}", ylva.id));
    assert!(!page.reads("Uppgifter i katalogen"));
    let page = leif.open(&format!("/id-admin/person/{}?visa=1", ylva.id));
    page.sees("Uppgifter i katalogen");
}
