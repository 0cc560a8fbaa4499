//! The list that follows the typing, when pages may run scripts.

use std::time::Duration;

use cards_acceptance::browser::{Browser, Key, Window};
use cards_acceptance::site::Site;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::people::{SEARCH, karin, log_in};

fn lines(site: &Site) -> i64 {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let row: Row = diesel::sql_query("SELECT count(*) AS count FROM journal WHERE kind = 'search'")
        .get_result(&mut site.world.database.connect())
        .unwrap();
    row.count
}

const HAS_MAJA: &str =
    "return document.querySelector('[data-live-hits]').textContent.includes('Maja Lindqvist');";
const IS_AWAY: &str = "return document.querySelector('[data-live]').hidden;";

#[test]
fn the_list_follows_the_typing_is_told_aloud_and_is_there_again_on_the_way_back() {
    let site = Site::start();
    let browser = Browser::open(Window::DESK);
    karin(&browser, &site);
    let before = lines(&site);
    browser.tab_to(SEARCH);
    browser.type_here("Li");
    browser.rest(Duration::from_millis(600));
    browser.until("two letters show nothing", IS_AWAY);
    browser.type_here("ndqvist");
    browser.until("the list", HAS_MAJA);
    browser.look_over();
    let said = browser.run("return document.querySelector('[data-announcer]').textContent;");
    assert!(said.as_str().unwrap().contains("träff"), "{said}");
    assert_eq!(lines(&site), before + 1);
    // Arrows move in the field, and nothing else happens.
    browser.press(Key::Down);
    assert_eq!(browser.address().path(), "/id-admin");
    browser.type_here(" Maja");
    browser.until(
        "fewer",
        "return document.querySelectorAll('[data-live-hits] tbody tr').length === 2;",
    );
    assert_eq!(
        lines(&site),
        before + 1,
        "fewer of the same are no new line"
    );
    browser.click("Maja Lindqvist");
    browser.arrive("Maja Lindqvist");
    browser.back();
    browser.arrive("Vem gäller det?");
    browser.until("the list on the way back", HAS_MAJA);
    assert_eq!(browser.written(SEARCH), "Lindqvist Maja");
    assert_eq!(browser.address().query(), None);

    browser.tab_to(SEARCH);
    browser.press(Key::Enter);
    browser.arrive("2 träffar");
    browser.sees("Maja Lindqvist");
    assert_eq!(lines(&site), before + 2, "a search that is sent is a line");
}

#[test]
fn the_servicedesk_has_the_same_list_and_without_script_the_search_is_as_before() {
    let site = Site::start();
    let browser = Browser::open(Window::DESK);
    log_in(&browser, &site, "/servicedesk", "Farid Nazari");
    browser.arrive("Vem ringer?");
    browser.tab_to(SEARCH);
    browser.type_here("Lindqvist");
    browser.until("the list", HAS_MAJA);

    let bare = Browser::open(Window::DESK.without_script());
    karin(&bare, &site);
    bare.write(SEARCH, "Lindqvist Maja");
    bare.click("Sök");
    bare.arrive("2 träffar");
    bare.sees("Maja Lindqvist");
}
