//! The same at the pages, over HTTP, as a browser without script.

use cards_acceptance::site::Site;
use cards_domain::card::CardStageName;
use cards_domain::delivery::DeliveryMethod;

use super::*;
use crate::desk::{Desk, KARIN, Page, TOVE};

const FARID: &str = "SE2399000013-1006";

fn confirm(home: &str, card: &Card, query: &str) -> String {
    format!("{home}/kort/{}/sparra/bekrafta?{query}", card.id)
}

fn four(card: &Card) -> String {
    card.number.as_ref().unwrap().last_four().to_owned()
}

/// Sends the second step, whatever the address that shows it has after its path.
fn yes(desk: &Desk, page: &Page, four: &str) -> Page {
    let action = page.path.split('?').next().unwrap();
    desk.send(page, action, &[("fyra", four)])
}

/// Proves: 3-32
#[test]
fn r43_every_page_of_a_loss_asks_first_whether_the_card_is_only_locked() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let holder = Desk::holder(&site, &maja);
    let officer = Desk::officer(&site, KARIN);
    let farid = Desk::servicedesk(&site, FARID);
    let pages = [
        (&holder, "/mina-sidor", "tappat", "last"),
        (&officer, "/id-admin", "sparra", "las-upp"),
        (&farid, "/servicedesk", "sparra", "last"),
    ];
    for (desk, home, act, unlock) in pages {
        let page = desk.open(&format!("{home}/kort/{}/{act}", card.id));
        assert_eq!(page.status, 200, "{}", page.path);
        page.sees("Är kortet bara låst?");
        let to = format!("{home}/kort/{}/{unlock}", card.id);
        assert!(page.leads_to(&to), "{home}: {}", page.body);
        let query = "orsak=lost&anmalare=called_back";
        let page = desk.open(&format!("{home}/kort/{}/{act}/bekrafta?{query}", card.id));
        page.sees("Detta går inte att ångra.");
        page.sees("Är kortet bara låst? Lås upp i stället");
        assert!(page.leads_to(&to), "{home}");
        assert_ne!(desk.open(&to).status, 404, "{to}");
    }
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);
}

/// Proves: 3-32 3-34 3-35
#[test]
fn an_officer_revokes_in_two_steps_and_the_case_waits_for_telia_and_the_police() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.made_older(&world.active_card(&maja), "641", true);
    let desk = Desk::officer(&site, KARIN);
    let asked = desk.open(&confirm("/id-admin", &card, ""));
    assert_eq!(asked.status, 422);
    asked.sees("Välj varför kortet ska spärras.");
    asked.sees("Välj vem som begär spärren.");
    let page = desk.open(&confirm(
        "/id-admin",
        &card,
        "orsak=stolen&anmalare=holder_in_person&id=nej",
    ));
    page.sees("Kortet har produktnummer 641: det måste också spärras hos Telia, 020-32 32 62.");
    page.sees("Kortet är SIS-märkt: förlusten ska anmälas till polisen.");
    let wrong = yes(&desk, &page, "12");
    assert_eq!(wrong.status, 422);
    wrong.sees("Siffrorna är inte kortets fyra sista.");
    assert!(wrong.body.contains(r#"value="12""#), "nothing is lost");
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);

    let case = yes(&desk, &wrong, &four(&card));
    case.sees("Kortet är spärrat. Två saker återstår.");
    case.sees("När alla id-handlingar är borta");
    case.sees("Till dess: bara reservkort, där någon intygar vem det är.");
    assert!(case.body.contains("<details class=\"why\" open>"), "R10");
    let home = case.path.split('?').next().unwrap().to_owned();
    let steps = format!("{home}/steg");
    let empty = desk.send(&case, &steps, &[("telia-dag", "i dag")]);
    assert_eq!(empty.status, 422);
    empty.sees("Skriv datumet som ÅÅÅÅ-MM-DD.");
    empty.sees("Välj vem som har gjort det.");
    let telia = [
        ("telia-vem", "done_by_us"),
        ("telia-dag", "2030-01-08"),
        ("telia-referens", "T-77"),
    ];
    let late = desk.send(&empty, &steps, &telia);
    assert_eq!(late.status, 422);
    assert!(late.body.contains(r#"value="T-77""#), "nothing is lost");
    let telia = [("telia-vem", "done_by_us"), ("telia-dag", "2030-01-07")];
    let one = desk.send(&late, &steps, &telia);
    one.sees("Kortet är spärrat. En sak återstår.");
    let police = [
        ("steg", "police"),
        ("utfall", "gjort"),
        ("police-vem", "done_by_holder"),
        ("police-dag", "2030-01-07"),
        ("police-referens", "5000-K1-30"),
    ];
    let closed = desk.force(&steps, 77, &police);
    closed.sees("Kortet är spärrat. Ärendet är klart.");
    closed.sees("Referens: 5000-K1-30.");
    world.work();
}

#[test]
fn a_number_of_a_person_is_no_reference() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.made_older(&world.active_card(&maja), "512", false);
    let case = tell_as_holder(world, &maja, &card);
    let holder = Desk::holder(&site, &maja);
    let page = holder.open(&format!("/mina-sidor/sparr/{}", case.id));
    let steps = format!("/mina-sidor/sparr/{}/steg", case.id);
    let number = maja.number.to_string();
    let answers = [("telia-dag", "2030-01-07"), ("telia-referens", &number)];
    let told = holder.send(&page, &steps, &answers);
    assert_eq!(told.status, 422);
    told.sees("inget personnummer");
    world.work();
}

#[test]
fn the_servicedesk_is_offered_a_loss_alone_and_two_ways_to_know_the_caller() {
    let site = Site::start();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let desk = Desk::servicedesk(&site, FARID);
    let page = desk.open(&format!("/servicedesk/kort/{}/sparra", card.id));
    assert_eq!(
        page.choices("orsak"),
        ["lost", "stolen", "codes_compromised"]
    );
    assert_eq!(
        page.choices("anmalare"),
        ["called_back", "unverified_caller"]
    );
    let other = "orsak=employment_ended&anmalare=called_back";
    let other = desk.open(&confirm("/servicedesk", &card, other));
    assert_eq!(other.status, 422, "not theirs to give");
    let query = "orsak=lost&anmalare=unverified_caller";
    let page = desk.open(&confirm("/servicedesk", &card, query));
    page.sees("Kortet spärras inte nu.");
    let case = yes(&desk, &page, &four(&card));
    case.sees("Kortet är inte spärrat än");
    case.sees("Ring upp inom 15 minuter");
    let home = case.path.clone();
    let (execute, right) = (format!("{home}/verkstall"), four(&card));
    for wrong in ["", "0000"] {
        let unsure = desk.send(&case, &execute, &[("fyra", wrong)]);
        assert_eq!(unsure.status, 422, "one click revokes nothing");
        unsure.sees("Siffrorna är inte kortets fyra sista");
        assert_eq!(world.card(card.id).stage(), CardStageName::Active);
    }
    let revoked = desk.send(&case, &execute, &[("fyra", &right)]);
    revoked.sees("Kortet är spärrat. Ärendet är klart.");
    assert_eq!(world.card(card.id).stage(), CardStageName::Revoked);
    world.work();
}

/// A report by somebody unknown, opened by two officers.
fn reported(site: &Site, card: &Card) -> (Desk, Page, Desk, Page) {
    let karin = Desk::officer(site, KARIN);
    let query = "orsak=lost&anmalare=unverified_caller";
    let asked = karin.open(&confirm("/id-admin", card, query));
    let case = yes(&karin, &asked, &four(card));
    let tove = Desk::officer(site, TOVE);
    let seen = tove.open(&case.path);
    (karin, case, tove, seen)
}

#[test]
fn whoever_revokes_after_the_report_was_taken_back_is_told_that_the_card_is_not_revoked() {
    let site = Site::start();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let (karin, case, tove, seen) = reported(&site, &card);
    let (execute, withdraw) = (
        format!("{}/verkstall", case.path),
        format!("{}/aterta", case.path),
    );
    let other = karin.open(&case.path);
    let back = tove.send(&seen, &withdraw, &[]);
    back.sees("Anmälan är återtagen");
    let again = karin.send(&other, &withdraw, &[]);
    assert_eq!(again.status, 200, "what was asked for is so");
    assert!(!again.body.contains("INTE"), "{}", again.body);

    let late = karin.send(&case, &execute, &[("fyra", &four(&card))]);
    assert_eq!(late.status, 409);
    late.sees("Kortet är INTE spärrat");
    let anew = format!("/id-admin/kort/{}/sparra", card.id);
    assert!(late.leads_to(&anew), "{}", late.body);
    assert_eq!(karin.open(&anew).status, 200);
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);
    world.work();
}

#[test]
fn whoever_takes_a_report_back_after_the_card_was_revoked_is_told_so() {
    let site = Site::start();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let (karin, case, tove, seen) = reported(&site, &card);
    let (execute, withdraw) = (
        format!("{}/verkstall", case.path),
        format!("{}/aterta", case.path),
    );
    let (other, right) = (karin.open(&case.path), four(&card));
    tove.send(&seen, &execute, &[("fyra", &right)])
        .sees("Kortet är spärrat");
    let again = karin.send(&other, &execute, &[("fyra", &right)]);
    assert_eq!(again.status, 200, "what was asked for is so");
    again.sees("Kortet är spärrat");

    let late = karin.send(&case, &withdraw, &[]);
    assert_eq!(late.status, 409);
    late.sees("Anmälan är INTE återtagen");
    assert_eq!(world.card(card.id).stage(), CardStageName::Revoked);
    world.work();
}

/// Proves: 3-32 3-33
#[test]
fn a_holder_loses_a_card_that_has_not_come_and_reads_whom_to_ask() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let holder = Desk::holder(&site, &maja);
    let lost = format!("/mina-sidor/kort/{}/tappat", card.id);
    let page = holder.open(&lost);
    page.sees("Har kortet inte kommit än?");
    let values = ["lost", "stolen", "codes_compromised", "kuvert"];
    assert_eq!(page.choices("orsak"), values);
    let page = holder.open(&format!("{lost}/bekrafta?orsak=kuvert&id=nej"));
    page.sees("Kommer det ändå: klipp sönder det och kasta det.");
    let case = yes(&holder, &page, &four(&card));
    case.sees("Ditt kort är spärrat");
    case.sees("Kortkontoret Björkvallen");
    case.sees("Din id-administratör");
    case.sees("Var det inte du?");
    case.sees("Till dess kan du bara få reservkort");
    let again = holder.open(&lost);
    assert_eq!(again.status, 409);
    again.sees("Kortet är redan spärrat");
    let to = case.path.split('?').next().unwrap();
    assert!(again.leads_to(to));

    let stranger = Desk::holder(&site, &world.person("SE2399000013-1009"));
    for path in [lost.as_str(), to, "/mina-sidor/kort/x/tappat"] {
        assert_eq!(stranger.open(path).status, 404, "{path}");
    }
    let forced = stranger.force(&format!("{lost}/bekrafta"), 9, &[("orsak", "lost")]);
    assert_eq!(forced.status, 404);
    world.work();
}

#[test]
fn a_card_that_was_revoked_while_the_page_was_open_is_told_so_with_its_case() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let desk = Desk::officer(&site, KARIN);
    let query = "orsak=lost&anmalare=holder_in_person";
    let page = desk.open(&confirm("/id-admin", &card, query));
    let own = tell_as_holder(world, &maja, &card);
    let late = yes(&desk, &page, &four(&card));
    assert_eq!(late.status, 409);
    late.sees("Kortet är redan spärrat");
    assert!(late.leads_to(&format!("/id-admin/sparr/{}", own.id)));
    assert_eq!(cases(world, &card), 1);
    world.work();
}

#[test]
fn a_name_that_is_wrong_on_the_card_asks_where_it_went_wrong() {
    let site = Site::start();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let desk = Desk::officer(&site, KARIN);
    let query = "orsak=data_wrong&anmalare=office";
    let page = desk.open(&confirm("/id-admin", &card, query));
    let missing = yes(&desk, &page, &four(&card));
    assert_eq!(missing.status, 422);
    missing.sees("Välj var felet uppstod.");
    let action = missing.path.clone();
    let digits = four(&card);
    let case = desk.send(&missing, &action, &[("fyra", &digits), ("var", "print")]);
    case.sees("Kortet är spärrat. Ärendet är klart.");
    world.work();
}

/// A report that waits is found again from the start and from the person's page, and is closed by
/// whoever reports the card in earnest.
#[test]
fn a_report_that_waits_is_found_from_the_servicedesks_start_and_closed_by_a_second_case() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let desk = Desk::servicedesk(&site, FARID);
    desk.open("/servicedesk")
        .sees("Ingen väntar på att bli uppringd");
    let query = "orsak=lost&anmalare=unverified_caller";
    let page = desk.open(&confirm("/servicedesk", &card, query));
    let case = yes(&desk, &page, &four(&card)).path;
    let start = desk.open("/servicedesk");
    start.sees("Ring upp före");
    assert!(start.leads_to(&case), "{}", start.body);
    let person = desk.open(&format!("/servicedesk/person/{}", maja.id));
    person.sees("Kortet är inte spärrat än");
    assert!(person.leads_to(&case), "{}", person.body);

    let own = told(&card, RevocationReason::Stolen, Reporter::HolderLoggedIn);
    tell(world, &maja.call(), &card, &own).unwrap();
    let closed = desk.open(&case);
    closed.sees("Kortet är redan spärrat");
    assert!(!closed.reads("fortsätter att gälla") && !closed.has_form(&format!("{case}/aterta")));
    desk.open("/servicedesk")
        .sees("Ingen väntar på att bli uppringd");
    world.work();
}
