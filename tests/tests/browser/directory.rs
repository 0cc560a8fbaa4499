//! The directory's pages in every look, with a stop and a question on them.

use cards_acceptance::browser::{Browser, Window};
use cards_acceptance::site::Site;
use cards_domain::access::Role;
use cards_server::{commands, demo};

use crate::every_page::{none, visit};
use crate::people::log_in;

/// The region alone with one person, so that everybody else would end; first with a coordination
/// number, then with the personnummer.
fn feed(number: &str) -> String {
    format!(
        "version: 1\n\ndn: o=Region Mälarvik,c=SE\nobjectClass: organization\no: Region Mälarvik\n\
         hsaIdentity: SE2399000013-0001\n\ndn: cn=Ewa Żak,o=Region Mälarvik,c=SE\n\
         objectClass: inetOrgPerson\nhsaIdentity: SE2399000013-9901\n\
         personalIdentityNumber: {number}\nsn: Żak\n\n\
         dn: cn=A,o=Region Mälarvik,c=SE\nobjectClass: inetOrgPerson\nsn: A\n\n"
    )
}

fn checked(body: &str) -> String {
    let digits: Vec<u8> = body.bytes().skip(2).map(|byte| byte - b'0').collect();
    format!("{body}{}", cards_domain::values::luhn_check_digit(&digits))
}

#[test]
fn every_page_of_the_directory_is_accessible_in_every_look() {
    let site = Site::start();
    let world = &site.world;
    let file = world.folder().join("region.ldif");
    let operator = demo::operator_call(world.app());
    for (number, delta) in [("19900772980", true), ("19900712981", false)] {
        std::fs::write(&file, feed(&checked(number))).unwrap();
        commands::import::take_in(&mut world.link(), &operator, &file, false, delta).unwrap();
    }
    let anders = world
        .officer("SE2399000013-1004", Role::ResponsibleIssuer, None)
        .call();
    let page = world
        .app()
        .directory_page(&mut world.link(), &anders)
        .unwrap();
    let paths = [
        "/id-admin/katalog".to_owned(),
        format!("/id-admin/katalog/inlasning/{}", page.imports[0].run.id),
        format!("/id-admin/katalog/stopp/{}", page.stops[0].stop.id),
        format!("/id-admin/katalog/fraga/{}", page.proposals[0].proposal.id),
    ];
    let browser = Browser::open(Window::DESK);
    log_in(&browser, &site, "/id-admin", "Anders Holm");
    browser.arrive("Vem gäller det?");
    let mut faults = Vec::new();
    for path in &paths {
        visit(&browser, &site, path, &mut faults);
    }
    none(&faults);
}
