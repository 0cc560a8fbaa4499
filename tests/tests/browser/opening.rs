//! The card program on the reader's computer, opened by the page of a task.

use std::time::Duration;

use cards_acceptance::browser::{Browser, Window};
use cards_acceptance::site::Site;
use cards_domain::card::Card;
use cards_domain::card_task::TaskStepName;

use crate::card_tasks::{Client, code_on, site};
use crate::people::log_in;

/// Long enough for a page to do what it does by itself.
const A_WHILE: Duration = Duration::from_millis(700);

fn to_the_card(holder: &Browser, site: &Site, card: &Card) {
    log_in(holder, site, "/mina-sidor", "Maja Lindqvist");
    holder.go(&format!("{}/mina-sidor/kort/{}", site.url, card.id));
}

/// Proves: 0-7
#[test]
fn a_computer_opens_the_program_once_for_each_code_and_comes_back_to_the_page() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let holder = Browser::open(Window::DESK);
    to_the_card(&holder, &site, &card);
    holder.sees("Kortet är inte registrerat.");
    assert!(holder.opened().is_empty(), "nobody has asked for it");
    holder.click("Registrera kortet");
    holder.arrive("Registrera kortet");
    let first = holder.has_opened(1);
    assert_eq!(first[0], holder.goes_to("Öppna kortprogrammet"));
    let server = url::Url::parse(&first[0]).unwrap();
    assert_eq!(server.scheme(), "kortklient");
    holder.sees("Kortprogrammet öppnas.");
    holder.sees("Öppnades inte programmet?");
    assert_eq!(
        holder.region("Det här händer").lines().nth(2),
        Some("Öppna kortprogrammet")
    );

    // Neither loading anew nor the way back opens it again; who wants to, does.
    holder.reload();
    holder.arrive("Registrera kortet");
    let kept = holder.run("return JSON.stringify({ ...sessionStorage })");
    let token = first[0].rsplit('=').next().unwrap();
    let (kept, code) = (kept.as_str().unwrap().to_owned(), code_on(&holder));
    assert!(
        kept.contains("opened-") && !kept.contains(token) && !kept.contains(&code),
        "{kept}"
    );
    holder.click("Finns inte kortprogrammet på datorn?");
    holder.sees("kortprogrammet är inte installerat");
    holder.back();
    holder.arrive("Registrera kortet");
    holder.rest(A_WHILE);
    assert_eq!(holder.opened(), first);
    holder.click("Öppna kortprogrammet");
    assert_eq!(holder.has_opened(2)[1], first[0]);

    // Another code is another link. It may be meant for another computer: here it waits for a click.
    holder.click("Ny kod");
    holder.arrive("Registrera kortet");
    holder.rest(A_WHILE);
    assert_eq!(holder.opened().len(), 2, "nobody has asked for it here");
    let third = holder.goes_to("Öppna kortprogrammet");
    assert_ne!(third, first[0]);
    assert!(!holder.reads("Öppnades inte programmet?"));
    holder.look_over();
    holder.click("Öppna kortprogrammet");
    assert_eq!(holder.has_opened(3)[2], third);

    // What the program does is followed on the page, which is there when it is done.
    let client = Client::fetch(world, &code_on(&holder));
    client.comes_to(TaskStepName::CardFound);
    holder.until(
        "the code is gone",
        "return !document.querySelector('.taskcode')",
    );
    client.proves(&card);
    holder.arrive("Klar att användas");
    holder.click("Till kortets sida");
    holder.sees("Kortet är registrerat sedan");
    assert_eq!(holder.opened().len(), 3);
    world.work();
}

#[test]
fn nothing_is_opened_without_script_and_the_code_stands_there_all_the_same() {
    let site = site();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let holder = Browser::open(Window::DESK.without_script());
    to_the_card(&holder, &site, &card);
    holder.click("Registrera kortet");
    let link = holder.goes_to("Öppna kortprogrammet");
    assert!(link.starts_with("kortklient:?server="), "{link}");
    assert_eq!(code_on(&holder).len(), 9);
    holder.rest(A_WHILE);
    assert!(holder.opened().is_empty());
    assert!(
        !holder.reads("Öppnades inte programmet?"),
        "nobody has tried"
    );
    holder.click("Öppna kortprogrammet");
    assert_eq!(holder.has_opened(1)[0], link);
    world.work();
}

#[test]
fn a_window_that_is_touched_says_that_it_is_done_at_the_computer_and_opens_nothing() {
    let site = site();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let holder = Browser::open(Window::PHONE);
    holder.touch();
    to_the_card(&holder, &site, &card);
    holder.click("Registrera kortet");
    holder.sees("Gör det vid datorn med kortläsaren");
    holder.look_over();
    holder.rest(A_WHILE);
    assert!(holder.opened().is_empty());
    assert!(!holder.offers("Öppna kortprogrammet"));
    assert_eq!(code_on(&holder).len(), 9, "to be typed at the computer");
    world.work();
}

#[test]
fn the_command_goes_to_the_next_line_between_its_words_only() {
    let site = site();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let holder = Browser::open(Window::PHONE);
    to_the_card(&holder, &site, &card);
    holder.click("Registrera kortet");
    holder.sees("kortklient hamta");
    for width in [1280, 390] {
        holder.resize(width);
        let lines = holder.run(
            "return [...document.querySelectorAll('.command span')].map(e => e.getClientRects().length)",
        );
        assert_eq!(lines, serde_json::json!([1, 1, 1, 1, 1]), "{width}");
        let text = holder.run("return document.querySelector('.command code').textContent.trim()");
        let wanted = format!("kortklient hamta {} --server http", code_on(&holder));
        assert!(text.as_str().unwrap().starts_with(&wanted), "{text}");
        holder.look_over();
    }
    world.work();
}
