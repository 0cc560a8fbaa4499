//! A protected person's whole way from the order to the active card leaves no name, number or
//! address in the open: not in any column of any table, not in any mail.

use cards_acceptance::{Person, World};
use cards_domain::card::{Card, CardStageName};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::order::Order;
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::leaves::leif;

const YLVA: &str = "SE2399000013-1012";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    row: String,
}

/// Every table with every row in it, as text; bytes are in hexadecimal digits.
fn everything(world: &World) -> Vec<(String, Vec<String>)> {
    let mut conn = world.database.connect();
    let tables: Vec<Row> = diesel::sql_query(
        "SELECT table_name::text AS row FROM information_schema.tables \
         WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    )
    .load(&mut conn)
    .unwrap();
    let rows = |table: &str, conn: &mut PgConnection| -> Vec<String> {
        let query = diesel::sql_query(format!("SELECT t::text AS row FROM {table} t"));
        query
            .load::<Row>(conn)
            .unwrap()
            .into_iter()
            .map(|row| row.row)
            .collect()
    };
    tables
        .into_iter()
        .map(|table| (table.row.clone(), rows(&table.row, &mut conn)))
        .collect()
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

fn has(row: &str, needle: &str) -> bool {
    row.contains(needle) || row.contains(&hex(needle))
}

/// What no row may hold. Names are common, so one of them alone counts only in a row of hers.
fn betrays(row: &str, person: &Person) -> bool {
    let number = person.number.as_str();
    let short = number.get(2..).unwrap();
    let dashed = format!("{}-{}", short.get(..6).unwrap(), short.get(6..).unwrap());
    let whole = [number, short, &dashed, &person.name];
    let parts = person.name.split(' ');
    let of_hers = row.contains(&person.id.to_string());
    whole.iter().any(|needle| has(row, needle))
        || of_hers && parts.clone().any(|part| has(row, part))
        || of_hers && has(row, "Förmedlas")
}

fn active_card(world: &World, person: &Person) -> Card {
    let leif = leif(world);
    let mut link = world.link();
    world
        .app()
        .refresh_register(&mut link, &leif, person.id)
        .unwrap();
    let mut request = world.order_request(person, DeliveryMethod::Rek);
    request.office = world.office("Tallhöjden").id;
    let order = world
        .app()
        .ledger
        .begin::<Order>(&mut link, &leif, &request)
        .unwrap();
    world.work();
    let card = world.card(world.order_now(order.id).card.unwrap());
    world
        .unlock(&leif, &card, &world.check(&card, person))
        .unwrap();
    world
        .app()
        .person_page(&mut link, &leif, person.id)
        .unwrap();
    world
        .app()
        .search(&mut link, &leif, person.number.as_str())
        .unwrap();
    world.app().search(&mut link, &leif, &person.name).unwrap();
    world.sign(person, &card).unwrap();
    world.work();
    world.card(card.id)
}

#[test]
fn a_protected_person_stands_in_the_open_in_no_column_of_any_table() {
    let world = World::new();
    let ylva = world.person(YLVA);
    let card = active_card(&world, &ylva);
    assert_eq!(card.stage(), CardStageName::Active);
    let tables = everything(&world);
    let of_hers: usize = tables
        .iter()
        .flat_map(|(_, rows)| rows)
        .filter(|row| row.contains(&ylva.id.to_string()))
        .count();
    assert!(of_hers > 20, "the walk left {of_hers} rows");
    for (table, rows) in tables {
        let betraying: Vec<String> = rows.into_iter().filter(|row| betrays(row, &ylva)).collect();
        assert!(betraying.is_empty(), "{table}: {betraying:#?}");
    }
}

#[test]
fn the_same_look_finds_a_person_who_is_not_protected() {
    let world = World::new();
    let maja = world.maja();
    let _card = world.active_card(&maja);
    let found = everything(&world)
        .into_iter()
        .filter(|(_, rows)| rows.iter().any(|row| betrays(row, &maja)));
    let tables: Vec<String> = found.map(|(table, _)| table).collect();
    assert!(
        tables.contains(&"person".to_owned()),
        "the test above could not fail: {tables:?}"
    );
}

#[test]
fn a_protected_persons_posts_keep_neither_title_nor_telephone() {
    let world = World::new();
    let ylva = world.person(YLVA);
    let posts: Vec<Row> = diesel::sql_query(
        "SELECT concat_ws(' ', title, phone, mobile) AS row FROM post \
         JOIN person p ON p.id = person_id WHERE p.protection <> 'none'",
    )
    .load(&mut world.database.connect())
    .unwrap();
    assert!(
        !posts.is_empty() && posts.iter().all(|post| post.row.is_empty()),
        "{}",
        ylva.id
    );
}

#[test]
fn mails_to_a_protected_person_say_neither_name_nor_number_nor_address() {
    let world = World::new();
    let ylva = world.person(YLVA);
    let _card = active_card(&world, &ylva);
    let mails = world.system.demo.as_ref().unwrap().inbox.list(100).unwrap();
    assert!(mails.len() >= 4, "{} mails", mails.len());
    for mail in mails {
        let said = format!("{}\n{}", mail.mail.subject, mail.mail.text);
        let number = ylva.number.as_str();
        for needle in [
            number,
            number.get(2..).unwrap(),
            "Ylva",
            "Sandin",
            "Förmedlas",
        ] {
            assert!(!said.contains(needle), "{needle}: {said}");
        }
    }
}
