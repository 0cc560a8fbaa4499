//! The same job for the region's own people, for a private provider that the region's office
//! serves, and for a municipality that issues its own cards.

use cards_acceptance::browser::{Browser, Window};
use cards_acceptance::people::MUNICIPALITY;
use cards_acceptance::site::Site;
use cards_acceptance::{Person, World};
use cards_app::plain::AppointmentRecord;
use cards_domain::access::Role;
use cards_server::demo;

use crate::people::{
    Counter, REGION, activate, card_offered, find, karin, log_in_as, order, sign_the_receipt,
};

const A_POST: &str = "A-post (vanligt brev)";

/// Appoints an id-administrator of the municipality, at the office in its town.
fn appoint(world: &World, person: &Person) {
    let office = world.office("Strandängen").id;
    let mut link = world.link();
    let record = AppointmentRecord {
        id: link.new_id(),
        person: person.id,
        role: Role::IdAdmin,
        organisation: link.organisation_by_hsa_id(MUNICIPALITY).unwrap().unwrap(),
        office: Some(office),
        starts_at: link.now(),
        ends_at: None,
        approved_by: vec!["Siv Lantz".to_owned(), "Anders Holm".to_owned()],
        version: 0,
    };
    let call = demo::operator_call(world.app());
    world.app().ledger.edit(&mut link, &call, &record).unwrap();
}

/// From the person's page with an order that has become a card, to the holder's receipt.
fn hand_over(site: &Site, officer: &Browser, name: &str, person: &Person, organisation: &str) {
    let world = &site.world;
    world.work();
    let holder = Browser::open(Window::PHONE.in_a_hurry());
    log_in_as(&holder, site, "/mina-sidor", person);
    holder.sees("Aktivera ditt nya kort");
    holder.sees(organisation);
    officer.go(&format!("{}/id-admin/person/{}", site.url, person.id));
    let card = card_offered(world, officer);
    activate(officer, name, &Counter::of(world, card, person));
    holder.go(&format!("{}/mina-sidor", site.url));
    sign_the_receipt(&holder, person);
    holder.click("Till start");
    holder.sees(&format!("Ditt kort från {organisation} fungerar."));
    world.work();
}

/// Proves: 3-2
#[test]
fn region_private_provider_and_municipality_each_give_their_people_cards() {
    let site = Site::start();
    let world = &site.world;
    let officer = Browser::open(Window::DESK.in_a_hurry());
    karin(&officer, &site);
    let own = world.person("SE2399000013-1010");
    let private = world.person("SE5599990016-E10019");
    for (person, organisation) in [(&own, REGION), (&private, "Ljungbackens vårdcentral AB")] {
        officer.go(&format!("{}/id-admin", site.url));
        find(&officer, person);
        order(&officer, person, organisation, A_POST);
        assert_eq!(officer.fact("Organisation"), organisation);
        hand_over(&site, &officer, "Karin Åkerblom", person, organisation);
    }

    let theirs = world.person("SE2199000015-E10007");
    let municipal = world.person("SE2199000015-E10011");
    appoint(world, &theirs);
    let other = Browser::open(Window::DESK.in_a_hurry());
    log_in_as(&other, &site, "/id-admin", &theirs);
    other.arrive("Vem gäller det?");
    other.write(crate::people::SEARCH, own.number.as_str());
    other.click("Sök");
    other.arrive("Vi hittar inget med det du skrev");
    other.go(&format!("{}/id-admin", site.url));
    find(&other, &municipal);
    order(&other, &municipal, "Strandängens kommun", A_POST);
    hand_over(
        &site,
        &other,
        &theirs.name,
        &municipal,
        "Strandängens kommun",
    );
}
