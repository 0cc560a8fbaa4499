//! The filling of the demonstration: cards in every state, come about through the gate.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use cards_acceptance::World;
use cards_acceptance::authority::issuing;
use cards_acceptance::people::Person;
use cards_app::queries::WorklistKind;
use cards_domain::card::{CardStageName, Custody};
use cards_domain::certificate::{CertificateStage, Profile, Usage};
use cards_domain::chip_code::CodeStage;
use cards_domain::delivery::DeliveryStage;
use cards_domain::order::OrderStage;
use cards_domain::puk_letter::PukLetterStage;
use cards_domain::receipt::ReceiptStage;
use cards_domain::revocation::RevocationStage;
use cards_gateways::Demonstration;
use cards_server::demo;
use cards_testcard::{Card, CardFile, Status};
use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use strum::IntoEnumIterator;

/// Of an employer who owes papers.
const OWING: &str = "SE5599990024-0001";

/// The demonstration with the pace of its factory.
fn unfilled() -> World {
    World::unfilled(|config, _| {
        config.demonstration.produce_after_seconds = 4;
        config.demonstration.dispatch_after_seconds = 4;
    })
}

fn filled() -> World {
    let world = unfilled();
    assert!(fill(&world), "nobody was there");
    world
}

fn fill(world: &World) -> bool {
    let allowed = Demonstration::unless_production("test").unwrap();
    let simulated = world.system.demo.as_ref().unwrap();
    let folder = &world.config.demonstration.folder;
    demo::fill(world.app(), (allowed, simulated), folder).unwrap()
}

fn words(world: &World, query: &str) -> BTreeSet<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        word: String,
    }
    let rows: Vec<Row> = diesel::sql_query(query)
        .load(&mut world.database.connect())
        .unwrap();
    rows.into_iter().map(|row| row.word).collect()
}

fn count(world: &World, query: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    diesel::sql_query(query)
        .get_result::<Row>(&mut world.database.connect())
        .unwrap()
        .count
}

/// Every word of the enum but the ones named stands in the column.
fn has_every<T: IntoEnumIterator + Into<&'static str>>(
    world: &World,
    (table, column): (&str, &str),
    but: &[&str],
) {
    let found = words(
        world,
        &format!("SELECT DISTINCT {column} AS word FROM {table}"),
    );
    let all = T::iter().map(Into::<&'static str>::into);
    let expected: BTreeSet<String> = all
        .filter(|word| !but.contains(word))
        .map(str::to_owned)
        .collect();
    let lacking: Vec<_> = expected.difference(&found).collect();
    assert!(lacking.is_empty(), "no {table} with {column} {lacking:?}");
}

/// Every stage but those that nothing in the demonstration leads to: an order is placed as it is
/// begun and nobody turns it down, the post tells nothing of its own about a letter, and no bureau
/// prints letters with a PUK.
fn every_stage_is_there(world: &World) {
    has_every::<CardStageName>(world, ("card", "stage"), &[]);
    has_every::<Custody>(world, ("card", "custody"), &["unknown"]);
    has_every::<OrderStage>(world, ("card_order", "stage"), &["draft", "rejected"]);
    has_every::<ReceiptStage>(world, ("receipt", "stage"), &[]);
    has_every::<CodeStage>(world, ("chip_code", "stage"), &[]);
    has_every::<RevocationStage>(world, ("revocation", "stage"), &[]);
    let by_the_post = &["notice_sent", "at_service_point"];
    has_every::<DeliveryStage>(world, ("delivery", "stage"), by_the_post);
    let by_a_bureau = &[
        "printing",
        "mailed",
        "at_service_point",
        "collected",
        "used",
        "returned_to_sender",
        "failed",
        "closed",
    ];
    has_every::<PukLetterStage>(world, ("puk_letter", "stage"), by_a_bureau);
    let active = "SELECT DISTINCT product_number AS word FROM card WHERE stage = 'active'";
    let products = ["512", "641", "723", "731", "752"].map(str::to_owned);
    assert_eq!(words(world, active), BTreeSet::from(products));
}

fn every_list_has_an_entry(world: &World) {
    let mut link = world.link();
    let mut karin = world.karin();
    let owing = link.organisation_by_hsa_id(OWING).unwrap().unwrap();
    karin.branch.push(owing);
    for kind in WorklistKind::iter() {
        let waiting = world
            .app()
            .worklist_page(&mut link, &karin.call(), kind, (None, 50))
            .unwrap();
        assert!(!waiting.is_empty(), "{kind:?}");
    }
}

/// Nothing stands in the tables that no line tells of, and nothing bears a time to come.
fn everything_went_through_the_gate(world: &World) {
    for table in [
        "card",
        "card_order",
        "receipt",
        "delivery",
        "photo",
        "puk_letter",
        "revocation",
    ] {
        let lacking = format!(
            "SELECT count(*) AS count FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM journal j \
             WHERE j.subject_id = t.id AND j.outcome = 'done')"
        );
        assert_eq!(count(world, &lacking), 0, "{table}");
    }
    let refused = "SELECT count(*) AS count FROM journal WHERE outcome = 'refused'";
    assert_eq!(count(world, refused), 0, "the demonstration breaks no rule");
    let now = world.app().db.now().to_rfc3339();
    let to_come = format!("SELECT count(*) AS count FROM journal WHERE at > '{now}'");
    assert_eq!(count(world, &to_come), 0);
}

/// The tour of the README begins with these.
fn the_named_holders_are_as_the_tour_says(world: &World) {
    let cards = |hsa_id: &str| {
        let person = Person::find(&mut world.link(), hsa_id).id;
        let of = |table: &str| {
            count(
                world,
                &format!("SELECT count(*) AS count FROM {table} WHERE person_id = '{person}'"),
            )
        };
        (of("card_order"), of("card"))
    };
    for without in (1001..=1008).chain(1011..=1012) {
        assert_eq!(
            cards(&format!("SE2399000013-{without}")),
            (0, 0),
            "{without}"
        );
    }
    for under_way in ["SE2399000013-1009", "SE2399000013-1010"] {
        assert_eq!(cards(under_way), (1, 1), "{under_way}");
    }
}

#[test]
fn the_demonstration_has_cards_in_every_state_and_each_came_about_through_the_gate() {
    let world = filled();
    let offset = world.system.demo.as_ref().unwrap().clock.offset();
    assert_eq!(offset, TimeDelta::zero(), "the clock stands right again");
    every_stage_is_there(&world);
    every_list_has_an_entry(&world);
    everything_went_through_the_gate(&world);
    the_named_holders_are_as_the_tour_says(&world);
    let orders = "SELECT count(*) AS count FROM card_order";
    let before = count(&world, orders);
    assert!(!fill(&world), "it is filled once");
    assert_eq!(count(&world, orders), before);
}

#[test]
fn tests_begin_with_people_and_no_card() {
    let world = World::new();
    for table in ["card_order", "card", "photo"] {
        assert_eq!(
            count(&world, &format!("SELECT count(*) AS count FROM {table}")),
            0
        );
    }
}

#[test]
fn cards_of_years_ago_go_to_people_who_worked_there_then() {
    let world = unfilled();
    // In 2026 many of the feed had begun since the oldest cards were ordered.
    world.advance(TimeDelta::days(-1141));
    assert!(fill(&world));
    let refused = "SELECT count(*) AS count FROM journal WHERE outcome NOT IN ('done', 'look')";
    assert_eq!(count(&world, refused), 0);
}

/// As `kortkontor demo` fills it where there is a token: the authority is founded some days ago, and
/// one of the officers gets a card that has certificates.
fn filled_with_certificates() -> World {
    let days = TimeDelta::days(demo::cards::DAYS_AGO + 1);
    let world = unfilled();
    world.advance(-days);
    let (mut world, _) = issuing(world, 1);
    world.advance(days);
    let with_authority = world.app().clone();
    let system = Arc::get_mut(&mut world.system).unwrap();
    let authority = system.app.ports.authority.take();
    let allowed = Demonstration::unless_production("test").unwrap();
    let simulated = world.system.demo.as_ref().unwrap();
    let folder = &world.config.demonstration.folder;
    let apps = (world.app(), Some(&with_authority));
    assert!(demo::fill_issuing(apps, (allowed, simulated), folder).unwrap());
    drop(with_authority);
    let system = Arc::get_mut(&mut world.system).unwrap();
    system.app.ports.authority = authority;
    world
}

/// Runs `kortkontor-testcard`, which is built with the workspace, beside this test.
fn test_card(arguments: &[&str]) -> String {
    let here = std::env::current_exe().unwrap();
    let program = here.ancestors().nth(2).unwrap().join("kortkontor-testcard");
    assert!(
        program.is_file(),
        "{} is missing: run `cargo build --package cards-testcard` first",
        program.display()
    );
    let output = Command::new(program).args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

/// Every file on the card that can be read without a code.
fn files_on(card: &Path) -> Vec<Vec<u8>> {
    let mut card = Card::open(CardFile::take(card).unwrap()).unwrap();
    let ids = card.files();
    let mut read = |id: u16| -> Vec<u8> {
        let [high, low] = id.to_be_bytes();
        card.power_on();
        let mut whole = Vec::new();
        for select in [
            vec![0, 0xA4, 8, 0, 4, 0x50, 0x15, high, low],
            vec![0, 0xA4, 8, 0, 2, high, low],
        ] {
            if card.execute(&select).1 == Status::DONE {
                break;
            }
        }
        while let Ok(start) = u16::try_from(whole.len()) {
            let [high, low] = start.to_be_bytes();
            let (mut answer, status) = card.execute(&[0, 0xB0, high, low, 0]);
            answer.truncate(answer.len().saturating_sub(2));
            if status != Status::DONE || answer.is_empty() {
                break;
            }
            whole.extend(answer);
        }
        whole
    };
    ids.into_iter().map(&mut read).collect()
}

#[test]
fn the_card_for_the_reader_is_an_active_card_with_the_certificates_that_the_system_knows() {
    let world = filled_with_certificates();
    let home = world.folder().join("demo");
    let told = std::fs::read(home.join("card-with-certificates.json")).unwrap();
    let told: serde_json::Value = serde_json::from_slice(&told).unwrap();
    let [number, name, hsa_id] =
        ["number", "name", "hsa_id"].map(|field| told[field].as_str().unwrap());

    let holder = Person::find(&mut world.link(), hsa_id);
    let known = "SELECT c.id::text AS word FROM card c WHERE c.stage = 'active'";
    let mine = format!(
        "{known} AND c.person_id = '{}' AND c.product_number = '731'",
        holder.id
    );
    let ids: Vec<String> = words(&world, &mine).into_iter().collect();
    let cards = ids
        .iter()
        .map(|id| world.card(cards_domain::ids::CardId(id.parse().unwrap())));
    let card = cards.filter(|card| card.number.as_ref().unwrap().as_str() == number);
    let [card]: [_; 1] = card.collect::<Vec<_>>().try_into().unwrap();
    let certificates = world.certificates(card.id);
    let shapes: Vec<_> = certificates
        .iter()
        .map(|one| (one.profile, one.usage, one.stage))
        .collect();
    let log_in = |profile| (profile, Usage::Authentication, CertificateStage::Active);
    assert_eq!(
        shapes,
        [Profile::HsaId, Profile::PersonId].map(log_in),
        "{name}"
    );

    let (file, chip) = (home.join("made.card"), world.chip_file(&card));
    let [to, from] = [&file, &chip].map(|path| path.to_str().unwrap());
    test_card(&["make", to, "--from-chip", from, "--chosen"]);
    let shown = test_card(&["show", to]);
    assert!(
        shown.contains(&format!("card number {number} (Seven)")),
        "{shown}"
    );
    assert!(shown.contains("PIN1 3, PIN2 3, PUK"), "{shown}");
    let files = files_on(&file);
    for certificate in certificates {
        let issuance = world.link().issuance(certificate.id).unwrap().unwrap();
        let der = issuance.signed.unwrap().der;
        assert!(
            files.contains(&der),
            "{:?} is not on the card",
            certificate.profile
        );
    }
}
