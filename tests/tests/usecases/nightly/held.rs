//! A night that is held back, at the pages: what an officer reads about a card, and how the stop is
//! let go.

use cards_acceptance::site::Site;
use cards_domain::card::CardStageName;
use cards_domain::lifecycle::Lifecycle as _;

use super::run;
use super::stops::{region_with, round, stops};
use crate::desk::{Desk, KARIN};

const ANDERS: &str = "SE2399000013-1004";
const SIV: &str = "SE2399000013-1005";
const RELEASE: &str = "/id-admin/nattkorning/slapp";

#[test]
fn a_card_whose_day_has_passed_while_a_stop_holds_the_night_says_what_it_waits_for() {
    let mut site = Site::start();
    let card = region_with(&mut site.world, 6, 6);
    let world = &site.world;
    let maja = world.maja();
    run(world).unwrap();
    let karin = Desk::officer(&site, KARIN);
    let person = format!("/id-admin/person/{}", maja.id);
    let held = karin.open(&person);
    held.sees("Ett säkerhetsstopp håller tillbaka nattkörningen");
    held.sees("ansvarig eller biträdande utgivare");
    assert!(!held.reads("Nattkörningen gör det"));
    let counter = karin.open(&format!("/id-admin/kort/{}/aktivera", card.id));
    assert_eq!(counter.status, 409);
    counter.sees("be en ansvarig eller biträdande utgivare släppa stoppet");
    let holder = Desk::holder(&site, &maja).open("/mina-sidor");
    assert!(!holder.reads("spärras i natt"), "{}", holder.body);

    let id = stops(world).pop().unwrap().id;
    let siv = Desk::officer(&site, SIV);
    let page = siv.open(&format!("{RELEASE}?stopp={id}"));
    siv.send(&page, RELEASE, &[("skal", "Enheten har lagts ner.")]);
    assert!(karin.open(&person).reads("Nattkörningen gör det"), "soon");
    assert_eq!(round(world), 6);
    assert_eq!(world.card(card.id).stage(), CardStageName::Revoked);
    let order = karin.open(&format!("{person}/bestall"));
    assert_eq!(order.status, 200, "a new card can be ordered");
    assert!(!order.reads("redan på väg"));
}

#[test]
fn a_stop_that_has_been_released_says_by_whom_to_whoever_comes_second() {
    let mut site = Site::start();
    region_with(&mut site.world, 6, 6);
    let world = &site.world;
    run(world).unwrap();
    let id = stops(world).pop().unwrap().id;
    let at = format!("{RELEASE}?stopp={id}");
    let (siv, anders) = (Desk::officer(&site, SIV), Desk::officer(&site, ANDERS));
    let (own, other) = (siv.open(&at), anders.open(&at));
    let reason = [("skal", "Enheten har lagts ner.")];
    for _ in 0..2 {
        let done = siv.send(&own, RELEASE, &reason);
        assert_eq!((done.status, &*done.path), (200, "/id-admin/nattkorning"));
    }
    let late = anders.send(&other, RELEASE, &reason);
    assert_eq!(late.status, 409);
    late.sees("Stoppet är redan släppt");
    late.sees("Siv");
    for desk in [&siv, &anders] {
        let again = desk.open(&at);
        assert_eq!(again.status, 200, "{}", again.body);
        again.sees("Stoppet är redan släppt");
        again.sees("Enheten har lagts ner.");
        assert!(!again.has_form(RELEASE));
    }
    assert_eq!(round(world), 6);
    siv.open(&at).sees("Genomfört");
    assert_eq!(Desk::officer(&site, KARIN).open(&at).status, 403);
    assert_eq!(world.lines(id, "edit", "done"), 2, "released, carried out");
}
