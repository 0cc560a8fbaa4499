//! Everything that is read, by those who may.

use super::*;

/// By an officer, by those who answer for more, and by the holder.
pub static EVERYTHING: Journey = Journey::of(everything);

#[test]
fn what_can_be_read_is_read_by_those_who_may() {
    EVERYTHING.go();
}

fn everything() {
    let site = Site::start();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let karin = Program::of(&site, KARIN);
    let number = card.number.as_ref().unwrap();
    let told = karin.read(&format!("/cards?number={}", number.as_str()));
    assert_eq!(told["id"], json!(card.id));
    for of_person in ["", "/cards", "/orders", "/events", "/employments"] {
        karin.read(&format!("/persons/{}{of_person}", card.person));
    }
    for of_card in ["", "/events", "/call-back-numbers"] {
        karin.read(&format!("/cards/{}{of_card}", card.id));
    }
    let lists = [
        "/worklists",
        "/worklists/to_activate",
        "/products",
        "/offices",
        "/organisations",
    ];
    for list in lists {
        assert!(karin.read(list)["items"].is_array(), "{list}");
    }
    by_code(world, &site, &card);
    own(&site, &card);
}

/// What an answer's code leads to, for somebody who reads the log.
fn by_code(world: &World, site: &Site, card: &Card) {
    let karin = Program::of(site, KARIN);
    let looked = karin.get(&format!("/cards/{}", card.id));
    let code = looked.header("x-correlation-id").to_owned();
    let refused = karin.get(&format!("/events?code={code}"));
    assert_eq!(refused.problem(), (403, "not_your_role"));
    let anders = Program::of(site, ANDERS);
    let told = anders.read(&format!("/events?code={code}"));
    let line = &told["items"][0];
    assert_eq!(
        (&line["action"], &line["correlation"]),
        (&json!("look"), &json!(code))
    );
    assert_eq!(line["person"]["name"], json!(world.maja().name));
    assert_eq!(line["named"]["card"], json!(four(card)));
    the_whole_log(world, &anders, card);
    let unread = anders.get("/events?code=x");
    assert_eq!(unread.problem(), (400, "invalid_parameter"));
    assert_eq!(anders.read("/nights")["may_release"], true);
}

/// Page by page, and what is about one person.
fn the_whole_log(world: &World, reader: &Program<'_>, card: &Card) {
    let about = reader.read(&format!("/log?about={}&first=2026-01-01", card.person));
    assert_eq!(
        about["items"][0]["person"]["name"],
        json!(world.maja().name)
    );
    let (mut pages, mut page) = (1, reader.read("/log"));
    while let Some(next) = page["next"].as_str() {
        assert_eq!(page["items"].as_array().unwrap().len(), 50);
        page = reader.follow(next).json;
        pages += 1;
    }
    assert!(
        !page["items"].as_array().unwrap().is_empty(),
        "page {pages}"
    );
    let wrong = reader.get("/log?thing=abc");
    assert_eq!(wrong.problem(), (400, "invalid_parameter"));
    assert_eq!(wrong.json["parameter"], "thing");
}

fn own(site: &Site, card: &Card) {
    let maja = Program::of(site, MAJA);
    let me = maja.read("/me");
    assert_eq!(me["id"], json!(card.person));
    for own in ["cards", "orders", "events", "employments"] {
        let told = maja.read(&format!("/me/{own}"));
        assert!(!told["items"].as_array().unwrap().is_empty(), "{own}");
    }
    maja.read(&format!("/me/cards/{}", card.id));
    let contacts = maja.read("/me/contacts");
    let organisation = &contacts["organisations"][0]["name"];
    assert_eq!(organisation, "Region Mälarvik");
    assert_eq!(contacts["offices"].as_array().unwrap().len(), 1);
}
