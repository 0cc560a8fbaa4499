//! The page of the log, for those who review it: what stands on it, how it is chosen, and that reading
//! it is in it.

use cards_acceptance::World;
use cards_acceptance::site::Site;
use cards_domain::delivery::DeliveryMethod;
use diesel::prelude::*;

use crate::desk::{Desk, KARIN, NADJA, Page};

const LOG: &str = "/id-admin/handelser";

fn rows(page: &Page) -> usize {
    page.body.matches("<tr>").count().saturating_sub(1)
}

/// How many lines say that the log was read.
fn readings(world: &World) -> i64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        count: i64,
    }
    let query = diesel::sql_query(
        "SELECT count(*) AS count FROM journal WHERE kind = 'search' AND event ? 'log'",
    );
    let count: Count = query.get_result(&mut world.database.connect()).unwrap();
    count.count
}

#[test]
fn an_auditor_chooses_lines_by_person_by_officer_and_by_day_and_no_number_is_in_an_address() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let _card = world.sent_card(&maja, DeliveryMethod::APost);
    let nadja = Desk::officer(&site, NADJA);
    assert!(nadja.open("/id-admin").leads_to(LOG));
    let all = nadja.open(LOG);
    all.sees("Maja Lindqvist");
    all.sees("Inloggad");
    assert_eq!(readings(world), 1);

    let number = maja.number.as_str();
    let found = nadja.send(&all, LOG, &[("nummer", number), ("roll", "om")]);
    assert_eq!(found.path, format!("{LOG}?om={}", maja.id));
    assert!(!found.body.contains(&format!("value=\"{number}")));
    found.sees("Om Maja Lindqvist.");
    let looked = Desk::holder(&site, &maja).open("/mina-sidor/vem-har-tittat");
    looked.sees("Nadja Holm");

    let by = nadja.send(&all, LOG, &[("nummer", KARIN), ("roll", "av")]);
    by.sees("Gjort av Karin Åkerblom.");
    assert!(rows(&by) > 0, "{}", by.text);

    let none = nadja.open(&format!("{LOG}?till=2020-01-01"));
    none.sees("Inga händelser");
    let today = world.app().db.now().format("%Y-%m-%d");
    let today = nadja.open(&format!("{LOG}?fran={today}&till={today}"));
    assert!(rows(&today) > 0, "{}", today.text);
    world.work();
}

#[test]
fn what_cannot_be_read_is_told_at_its_field_and_what_is_no_id_is_no_page() {
    let site = Site::start();
    let nadja = Desk::officer(&site, NADJA);
    let page = nadja.open(LOG);
    for typed in ["", "Lindqvist", "198504159801"] {
        let again = nadja.send(&page, LOG, &[("nummer", typed), ("roll", "om")]);
        assert_eq!(again.status, 422, "{typed}");
        again.sees("Skriv ett helt nummer.");
    }
    let wrong = nadja.open(&format!("{LOG}?fran=ig%C3%A5r"));
    assert_eq!(wrong.status, 422);
    wrong.sees("Skriv datumet som ÅÅÅÅ-MM-DD.");
    for address in ["om=198504159800", "av=x", "sak=1", "efter=1"] {
        let none = nadja.open(&format!("{LOG}?{address}"));
        assert_eq!(none.status, 404, "{address}");
    }
    site.world.work();
}

#[test]
fn the_log_comes_fifty_lines_at_a_time_and_none_of_them_twice() {
    let site = Site::start();
    let world = &site.world;
    let (maja, karin) = (world.maja(), world.karin().call());
    let mut link = world.link();
    for _ in 0..120 {
        world.app().person_page(&mut link, &karin, maja.id).unwrap();
    }
    let nadja = Desk::officer(&site, NADJA);
    let older = |page: &Page| {
        let mut links = page.body.split("href=\"").skip(1);
        let link = links.find(|rest| rest.contains("rel=\"next\"") && rest.starts_with(LOG));
        let link = link.and_then(|rest| rest.split('"').next());
        link.map(|link| link.replace("&amp;", "&").replace("&#38;", "&"))
    };
    let mut page = nadja.open(&format!("{LOG}?om={}", maja.id));
    // The look that the page itself is stands among them.
    let mut counts = vec![rows(&page)];
    while let Some(next) = older(&page) {
        page = nadja.open(&next);
        counts.push(rows(&page));
        assert!(counts.len() < 9, "{counts:?}");
    }
    assert_eq!(counts[..2], [50, 50], "{counts:?}");
    let all: i64 = world.lines(maja.id.0, "look", "done");
    assert_eq!(counts.iter().sum::<usize>(), usize::try_from(all).unwrap());
    world.work();
}

#[test]
fn who_does_not_review_reads_no_log_and_nobody_reads_that_of_another_branch() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let _card = world.sent_card(&maja, DeliveryMethod::APost);
    let karin = Desk::officer(&site, KARIN);
    assert_eq!(karin.open(LOG).status, 403);
    assert_eq!(karin.force(LOG, 1, &[("nummer", KARIN)]).status, 403);
    assert!(!karin.open("/id-admin").leads_to(LOG));

    let nadja = Desk::officer(&site, NADJA);
    let protected = world.person("SE2399000013-1012");
    let all = nadja.open(LOG);
    assert!(!all.reads("Sandin"), "{}", all.text);
    let hidden = nadja.open(&format!("{LOG}?om={}", protected.id));
    assert_eq!(hidden.status, 404, "{}", hidden.text);
    world.work();
}
