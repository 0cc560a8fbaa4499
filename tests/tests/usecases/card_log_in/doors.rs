//! The listeners: what is served where.

use cards_acceptance::site::Site;
use url::Url;

use super::{MAJA, Visitor, holder};

#[test]
fn the_same_is_served_over_tls_to_whoever_trusts_the_root() {
    let (site, _) = Site::taking_cards();
    let visitor = Visitor::new(&site, None);
    let address = format!("{}/health/live", site.tls_url.as_ref().unwrap());
    assert_eq!(visitor.get(&address).body, "live\n");
    let stranger = reqwest::Client::new();
    let answer = visitor.runtime.block_on(stranger.get(address).send());
    assert!(answer.is_err(), "a certificate that nobody has vouched for");
}

#[test]
fn the_address_that_asks_for_cards_serves_nothing_else_and_one_request_a_connection() {
    let (site, _) = Site::taking_cards();
    let (_, card) = holder(&site.world, MAJA);
    let visitor = Visitor::new(&site, Some(&site.world.chip_key(&card)));
    let begun = visitor.get("/mina-sidor/logga-in/kort");
    let shown = visitor.get(&begun.location);
    assert_eq!(shown.connection.to_lowercase(), "close");
    let at: Url = begun.location.parse().unwrap();
    for path in [
        "/",
        "/mina-sidor",
        "/health/live",
        "/api/openapi.json",
        "/pki/ocsp/x",
    ] {
        let address = at.join(path).unwrap();
        assert_eq!(visitor.get(address.as_str()).status, 404, "{path}");
    }
    // What belongs to no portal or no browser is sent to the start.
    let lost = at.join("/logga-in/kort?portal=x&state=y").unwrap();
    assert_eq!(
        visitor.get(lost.as_str()).location,
        format!("{}/", site.url)
    );
}

#[test]
fn the_cards_of_our_authorities_are_asked_for_by_name() {
    let (site, _) = Site::taking_cards();
    let visitor = Visitor::new(&site, None);
    let begun: Url = visitor
        .get("/mina-sidor/logga-in/kort")
        .location
        .parse()
        .unwrap();
    let at = format!("127.0.0.1:{}", begun.port().unwrap());
    let told = std::process::Command::new("openssl")
        .args(["s_client", "-connect", &at, "-tls1_2"])
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let asked = told.split_once("Acceptable client certificate CA names");
    let asked = asked.unwrap_or_else(|| panic!("{told}")).1;
    assert!(asked.contains("DEV"), "{told}");
}
