use cards_acceptance::browser::{Browser, Window};
use cards_acceptance::site::Site;

use crate::people::log_in;

#[test]
fn smoke() {
    let site = Site::start();
    let b = Browser::open(Window::DESK);
    log_in(&b, &site, "/id-admin", "Karin Åkerblom");
    println!("{}", b.shown());
    b.look_over();
    let c = Browser::open(Window::PHONE.without_script());
    log_in(&c, &site, "/mina-sidor", "Maja Lindqvist");
    println!("{}", c.shown());
    c.look_over();
}
