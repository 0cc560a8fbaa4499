//! Those who sit in front of the browser.

use cards_acceptance::browser::Browser;
use cards_acceptance::site::Site;

/// Logs in at a portal's own entrance, through the identity provider.
pub fn log_in(browser: &Browser, site: &Site, portal: &str, name: &str) {
    browser.go(&format!("{}{portal}", site.url));
    browser.look_over();
    browser.click("Logga in");
    browser.arrive("Legitimering");
    browser.click(&format!("Legitimera som {name}"));
}
