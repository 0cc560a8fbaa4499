//! Any feed of the directory's shape works like the demonstration's own: its people are taken in,
//! somebody is appointed, and a card goes the whole way.

use std::io::Write as _;

use cards_acceptance::World;
use cards_acceptance::people::{Officer, Person};
use cards_app::plain::AppointmentRecord;
use cards_domain::access::{Loa, Role};
use cards_domain::card::CardStageName;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::OrderId;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::order::{Order, OrderRequest};
use cards_domain::values::luhn_check_digit;
use cards_server::{commands, demo};

fn number(birth_date: &str, birth_number: u16) -> String {
    let digits = format!("{birth_date}{birth_number}");
    let values: Vec<u8> = digits.bytes().skip(2).map(|digit| digit - b'0').collect();
    format!("{digits}{}", luhn_check_digit(&values))
}

fn feed() -> String {
    let officer = number("19750301", 981);
    let holder = number("19900712", 985);
    format!(
        "version: 1\n\
         \n\
         dn: o=Fjällnära vård AB,c=SE\n\
         objectClass: organization\n\
         objectClass: hsaOrganisation\n\
         o: Fjällnära vård AB\n\
         hsaIdentity: SE5560000167-0001\n\
         orgNo: 5560000167\n\
         \n\
         dn: ou=Mottagningen,o=Fjällnära vård AB,c=SE\n\
         objectClass: organizationalUnit\n\
         objectClass: hsaUnit\n\
         ou: Mottagningen\n\
         hsaIdentity: SE5560000167-U001\n\
         \n\
         dn: cn=Ákos Szabó,ou=Mottagningen,o=Fjällnära vård AB,c=SE\n\
         objectClass: inetOrgPerson\n\
         objectClass: hsaPersonExtension\n\
         hsaIdentity: SE5560000167-1001\n\
         personalIdentityNumber: {officer}\n\
         givenName: Ákos\n\
         sn: Szabó\n\
         cn: Ákos Szabó\n\
         \n\
         dn: cn=Ewa Żak,ou=Mottagningen,o=Fjällnära vård AB,c=SE\n\
         objectClass: inetOrgPerson\n\
         objectClass: hsaPersonExtension\n\
         hsaIdentity: SE5560000167-1002\n\
         personalIdentityNumber: {holder}\n\
         givenName: Ewa\n\
         sn: Żak\n\
         cn: Ewa Żak\n\
         mail: ewa@fjallnara.example\n"
    )
}

/// Takes in the feed, twice, and appoints an officer from it at an office that is there.
fn officer_of_the_feed(world: &World) -> Officer {
    let file = world.folder().join("other.ldif");
    std::fs::File::create(&file)
        .unwrap()
        .write_all(feed().as_bytes())
        .unwrap();
    let operator = demo::operator_call(world.app());
    let mut link = world.link();
    let report = commands::import::take_in(&mut link, &operator, &file, false, false).unwrap();
    assert_eq!((report.organisations, report.persons), (1, 2));
    let again = commands::import::take_in(&mut link, &operator, &file, false, false).unwrap();
    assert_eq!(again.changed, 0, "the same file again changes nothing");

    let organisation = link
        .organisation_by_hsa_id("SE5560000167-0001")
        .unwrap()
        .unwrap();
    let person = Person::find(&mut link, "SE5560000167-1001");
    let office = Some(world.office("Tallhöjden").id);
    let appointment = AppointmentRecord {
        id: link.new_id(),
        person: person.id,
        role: Role::IdAdmin,
        organisation,
        office,
        starts_at: link.now(),
        ends_at: None,
        approved_by: vec!["Inga Berg".to_owned(), "Olle Sjö".to_owned()],
        version: 0,
    };
    world
        .app()
        .ledger
        .edit(&mut link, &operator, &appointment)
        .unwrap();
    Officer {
        person,
        role: Role::IdAdmin,
        branch: vec![organisation],
        office,
        loa: Loa::Loa3,
    }
}

#[test]
fn the_people_of_another_feed_get_their_cards_the_same_way() {
    let world = World::new();
    let officer = officer_of_the_feed(&world);
    let ewa = world.person("SE5560000167-1002");
    let mut link = world.link();
    let form = world
        .app()
        .order_form(&mut link, &officer.call(), ewa.id)
        .unwrap();
    assert!(
        form.register.unwrap().address.is_some(),
        "the simulator knows everybody in the feed"
    );
    let request = OrderRequest {
        id: OrderId(link.new_id()),
        person: ewa.id,
        organisation: officer.branch[0],
        product: form
            .products
            .iter()
            .find(|product| !product.has_photo)
            .unwrap()
            .id,
        office: form.offices[0].id,
        method: DeliveryMethod::Rek,
        routine_confirmed: true,
        replaces: None,
    };
    let order = world
        .app()
        .ledger
        .begin::<Order>(&mut link, &officer.call(), &request)
        .unwrap();
    drop(link);
    world.work();
    let card = world.card(world.order_now(order.id).card.unwrap());
    world
        .unlock(&officer.call(), &card, &world.check(&card, &ewa))
        .unwrap();
    world.sign(&ewa, &card).unwrap();
    world.work();
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);
}
