//! Search by name: scope first, ranked, quick whatever there is, and written down.

use cards_acceptance::World;
use cards_acceptance::site::Site;
use cards_app::queries::SearchAnswer;
use cards_domain::access::{Function, Scope};
use cards_domain::values::NameQuery;
use chrono::Duration;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::desk::{Desk, KARIN};

fn names(answer: &SearchAnswer) -> Vec<String> {
    answer.hits.iter().map(|hit| hit.name.full()).collect()
}

fn searched(world: &World, text: &str) -> SearchAnswer {
    let karin = world.karin().call();
    let mut link = world.link();
    world.app().search(&mut link, &karin, text).unwrap()
}

fn count(world: &World, query: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let row: Row = diesel::sql_query(query)
        .get_result(&mut world.database.connect())
        .unwrap();
    row.count
}

fn lines(world: &World) -> i64 {
    count(
        world,
        "SELECT count(*) AS count FROM journal WHERE kind = 'search'",
    )
}

#[test]
fn a_person_is_found_by_other_spellings_in_any_order_and_the_exact_name_stands_first() {
    let world = World::new();
    for typed in [
        "Maja Lindqvist",
        "Lindqvist Maja",
        "Lindqvist, Maja",
        "maja lindqv",
    ] {
        let found = names(&searched(&world, typed));
        assert_eq!(found[0], "Maja Lindqvist", "{typed}: {found:?}");
        assert!(
            found.contains(&"Maja Lindkvist".to_owned()),
            "{typed}: {found:?}"
        );
    }
    let found = names(&searched(&world, "Maya Lindkvist"));
    assert!(found.contains(&"Maja Lindqvist".to_owned()), "{found:?}");
    let decomposed = names(&searched(&world, "Karin A\u{30a}kerblom"));
    assert_eq!(decomposed[0], "Karin Åkerblom");
    let plain = names(&searched(&world, "Karin Akerblom"));
    assert!(plain.contains(&"Karin Åkerblom".to_owned()), "{plain:?}");
}

#[test]
fn everybody_in_the_open_is_found_by_their_own_name_and_nobody_protected_by_any() {
    let world = World::new();
    assert_eq!(
        count(
            &world,
            "SELECT count(*) AS count FROM person p WHERE (p.protection = 'none') <> EXISTS \
             (SELECT FROM name_key k WHERE k.person_id = p.id)"
        ),
        0
    );
    #[derive(QueryableByName)]
    struct Named {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let odd: Vec<Named> = diesel::sql_query(
        "SELECT concat_ws(' ', p.given_name, p.surname) AS name FROM person p \
         JOIN post s ON s.person_id = p.id JOIN organisation o ON o.id = s.organisation_id \
         WHERE o.hsa_id = 'SE2399000013-0001' AND s.last_day IS NULL AND p.surname IS NOT NULL \
         AND (p.surname ~ '[^a-zåäöA-ZÅÄÖ]' OR p.given_name IS NULL) ORDER BY 1",
    )
    .load(&mut world.database.connect())
    .unwrap();
    assert!(odd.len() > 3, "other scripts, double names, single names");
    for Named { name } in odd {
        let found = names(&searched(&world, &name));
        assert!(
            found
                .iter()
                .any(|other| name.split(' ').all(|word| other.contains(word))),
            "{name}: {found:?}"
        );
    }
}

#[test]
fn who_is_out_of_scope_is_no_candidate_and_whose_work_has_ended_is_not_shown() {
    let world = World::new();
    let mut stranger = world.karin();
    stranger.branch = Vec::new();
    let answer = world
        .app()
        .search(&mut world.link(), &stranger.call(), "Maja Lindqvist");
    assert!(answer.unwrap().hits.is_empty());
    let maja = world.maja();
    let ended = format!(
        "UPDATE post SET last_day = '2026-01-31' WHERE person_id = '{}'",
        maja.id
    );
    world.database.connect().batch_execute(&ended).unwrap();
    let found = searched(&world, "Maja Lindqvist");
    assert!(found.hits.iter().all(|hit| hit.person != maja.id));
}

#[test]
fn while_a_name_is_typed_the_log_gets_one_line_a_minute_for_those_shown() {
    let world = World::new();
    let karin = world.karin().call();
    let typed = |text: &str| {
        let mut link = world.link();
        let app = world.app();
        app.search_while_typing(&mut link, &karin, text).unwrap()
    };
    let before = lines(&world);
    assert!(typed("Li").is_none(), "two letters");
    assert!(typed("198504159800").is_none(), "a number is sent whole");
    assert!(typed("SE2399000013-1008").is_none());
    assert_eq!(lines(&world), before);
    let shown = typed("Lindqvist").unwrap();
    assert!(!shown.hits.is_empty());
    assert_eq!(lines(&world), before + 1);
    assert_eq!(typed("Lindqvist Maja").unwrap().hits.len(), 2);
    typed("Lindqvist Majazz").unwrap();
    assert_eq!(lines(&world), before + 1, "fewer of the same persons");
    typed("Karlsson").unwrap();
    assert_eq!(lines(&world), before + 2, "others are written down at once");
    world.advance(Duration::seconds(61));
    typed("Lindqvist").unwrap();
    assert_eq!(lines(&world), before + 3, "a minute later");
    searched(&world, "Lindqvist");
    assert_eq!(
        lines(&world),
        before + 4,
        "a search that is sent is always a line"
    );
}

#[test]
fn the_script_gets_the_list_alone_and_the_page_works_without_it() {
    let site = Site::start();
    let karin = Desk::officer(&site, KARIN);
    let live = |text: &str| {
        let fields = karin
            .browser
            .signed("/id-admin/sok", 7, &[("q", text), ("live", "1")]);
        karin.browser.send("/id-admin/sok", &fields)
    };
    let list = live("Lindqvist");
    assert_eq!(list.status, 200);
    assert!(list.body.contains("Maja Lindqvist") && !list.body.contains("<html"));
    assert_eq!(live("Li").status, 204);
    assert_eq!(live("198504159800").status, 204);
    let none = live("Zzzzz");
    assert!(
        none.body.contains("skyddade personuppgifter"),
        "{}",
        none.body
    );
    let page = karin.search("Lindqvist");
    page.sees("Maja Lindqvist");
    assert!(page.body.contains("<html") && page.body.contains("value=\"Lindqvist\""));
}

/// Persons of the region with 50,000 names, of whom every eighth is called Sandin and every
/// hundredth of those Nina.
const CROWD: &str = "\
    INSERT INTO person (id, number_kind, number_index, number, given_name, surname, surname_key, \
        protection, test_person, language) \
      SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'passnummer', \
        sha256(('crowd' || n)::bytea), 'PX' || lpad(n::text, 8, '0'), \
        (ARRAY['Nina', 'Lars', 'Tora', 'Boris', 'Mona'])[CASE WHEN n % 800 = 0 THEN 1 ELSE 2 + n % 4 END], \
        CASE WHEN n % 8 = 0 THEN 'Sandin' ELSE 'Bo' || translate((n % 50000)::text, '0123456789', 'abdgklmnor') END, \
        CASE WHEN n % 8 = 0 THEN 'sandin' ELSE 'bo' || translate((n % 50000)::text, '0123456789', 'abdgklmnor') END, \
        'none', true, 'sv' FROM generate_series(1, 100000) AS n; \
    INSERT INTO post (id, person_id, organisation_id, hsa_id, hsa_key, licences, specialities, \
        speciality_codes, system_roles) \
      SELECT p.id, p.id, o.id, 'SE2399000013-' || p.number, 'SE2399000013-' || p.number, '{}', '{}', '{}', '{}' \
      FROM person p, organisation o WHERE o.hsa_id = 'SE2399000013-0001' AND p.number LIKE 'PX%'; \
    INSERT INTO name_key (organisation_id, first, second, first_sound, second_sound, person_id) \
      SELECT s.organisation_id, w.first, w.second, w.first, w.second, p.id FROM person p \
      JOIN post s ON s.id = p.id CROSS JOIN LATERAL (VALUES \
        (p.surname_key, lower(p.given_name)), (lower(p.given_name), p.surname_key)) AS w (first, second) \
      WHERE p.number LIKE 'PX%'; \
    ANALYZE person; ANALYZE post; ANALYZE name_key;";

fn whole_reads(world: &World) -> i64 {
    count(
        world,
        "SELECT sum(seq_scan)::bigint AS count FROM pg_stat_user_tables \
         WHERE relname IN ('person', 'post', 'name_key')",
    )
}

#[test]
fn among_a_hundred_thousand_a_name_costs_four_statements_and_reads_no_table_whole() {
    let world = World::new();
    world.database.connect().batch_execute(CROWD).unwrap();
    let karin = world.karin().call();
    let scope = Scope::of(&karin.actor, Function::ViewPerson);
    let app = world.app();
    let mut link = world.link();
    let typed = [
        "Sandin",
        "San",
        "Nina Sandin",
        "Sandin, Nina",
        "Nin San",
        "Bora",
        "Boragd Mona",
        "Lindkvist",
        "Maja Lindqvist",
        "Zzzzzz",
    ];
    for text in typed {
        let query = NameQuery::parse(text).unwrap();
        let plan = link.plan_of_name_search(&scope, &query).unwrap();
        assert!(!plan.contains("Seq Scan"), "{text}:\n{plan}");
        let before = app.db.statements();
        app.search(&mut link, &karin, text).unwrap();
        let spent = app.db.statements() - before;
        assert!(spent <= 4, "{text}: {spent} statements");
        let before = app.db.statements();
        app.search_while_typing(&mut link, &karin, text).unwrap();
        let spent = app.db.statements() - before;
        assert!(spent <= 4, "{text}: {spent} statements while typing");
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "a connection tells its counts at most once a second, when it is used again"
    )]
    let settle = |link: &mut cards_store::Link| {
        std::thread::sleep(std::time::Duration::from_millis(1100));
        link.readiness().unwrap().unwrap();
    };
    settle(&mut link);
    let before = whole_reads(&world);
    for text in typed {
        app.search(&mut link, &karin, text).unwrap();
    }
    settle(&mut link);
    assert_eq!(whole_reads(&world), before, "a table was read whole");

    let many = searched(&world, "Sandin");
    assert_eq!((many.hits.len(), many.more), (30, true));
    let some = searched(&world, "Sandin Nina");
    assert!(some.more && some.hits.iter().all(|hit| hit.name.full() == "Nina Sandin"));
    let few = searched(&world, "Maja Lindqvist");
    assert!(!few.more && names(&few)[0] == "Maja Lindqvist");
}

/// Who may not see a protected person is told where to take the number, in the words that an unknown
/// number gets too: the page does not tell which it was.
#[test]
fn a_number_that_finds_nobody_is_referred_to_a_cleared_office_whether_or_not_it_exists() {
    let site = Site::start();
    let ylva = site.world.person("SE2399000013-1012");
    let desk = Desk::officer(&site, KARIN);
    let told = [ylva.number.as_str(), "199001019802"].map(|number| {
        let page = desk.search(number);
        page.sees("behörighet för skyddade personuppgifter");
        page.sees("Kortkontoret Tallhöjden, 0990-20247");
        let words = page.text.split("Sidans kod").next();
        words.unwrap_or_default().to_owned()
    });
    assert_eq!(told[0], told[1]);
    let by_name = desk.search("Ingenstans Ingensson");
    assert!(!by_name.reads("Tallhöjden"), "{}", by_name.text);
    site.world.work();
}
