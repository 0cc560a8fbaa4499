//! The cookies: one per portal for the session, one per log-in that is under way or has just been
//! made.
//!
//! With https they are named `__Host-…`, which browsers accept only with `Secure`, without a
//! domain and for the whole host. Browsers refuse such names over plain http, which only the
//! demonstration speaks.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cards_app::sessions::SessionToken;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::portal::PortalName;
use crate::return_to::ReturnTo;
use crate::site::Site;

/// As long as the identity provider may keep somebody.
const ATTEMPT_LIVES: Duration = Duration::minutes(10);

pub(crate) fn session(site: &Site, portal: PortalName, token: &SessionToken) -> Cookie<'static> {
    made(site, portal.cookie(), URL_SAFE_NO_PAD.encode(token.0))
}

/// The token of the portal's session, as the browser sent it.
pub(crate) fn token(site: &Site, portal: PortalName, request: &HttpRequest) -> Option<Vec<u8>> {
    let cookie = request.cookie(&named(site, portal.cookie()))?;
    URL_SAFE_NO_PAD
        .decode(cookie.value())
        .ok()
        .filter(|token| token.len() == 32)
}

pub(crate) fn no_session(site: &Site, portal: PortalName) -> Cookie<'static> {
    gone(made(site, portal.cookie(), String::new()))
}

/// The name of the cookie that says that somebody has logged out here.
const LEFT: &str = "kk-utloggad";

/// Somebody has logged out on this screen. The identity provider may know them still, so whoever
/// logs in next, in any portal, is asked who they are.
pub(crate) fn left(site: &Site) -> Cookie<'static> {
    made(site, LEFT, "ja".to_owned())
}

/// Whether somebody has logged out here since anybody logged in.
pub(crate) fn somebody_left(site: &Site, request: &HttpRequest) -> bool {
    request.cookie(&named(site, LEFT)).is_some()
}

/// Somebody was asked and has logged in.
pub(crate) fn nobody_left(site: &Site) -> Cookie<'static> {
    gone(left(site))
}

/// A log-in or signature that this browser has begun, as its cookie tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Begun {
    /// Where it leads.
    pub return_to: ReturnTo,
    /// The signature that it is, when it is one.
    pub signature: Option<Uuid>,
}

/// Binds a log-in to the browser that began it. Several may be under way in several tabs. It is
/// left to die by itself: whoever arrives a second time is sent on to where the first time led.
pub(crate) fn attempt(
    site: &Site,
    portal: PortalName,
    state: &str,
    begun: &Begun,
) -> Cookie<'static> {
    let address = URL_SAFE_NO_PAD.encode(begun.return_to.as_str());
    let signature = begun.signature.map(|id| id.simple().to_string());
    let value = format!("{address}.{}.{state}", signature.unwrap_or_default());
    let mut cookie = made(site, &attempt_name(portal, state), value);
    cookie.set_max_age(ATTEMPT_LIVES);
    cookie
}

/// What the browser has begun under this state, if it was this one.
pub(crate) fn begun_here(
    site: &Site,
    portal: PortalName,
    state: &str,
    request: &HttpRequest,
) -> Option<Begun> {
    let cookie = request.cookie(&named(site, &attempt_name(portal, state)))?;
    let mut parts = cookie.value().splitn(3, '.');
    let (address, signature, own) = (parts.next()?, parts.next()?, parts.next()?);
    if own != state {
        return None;
    }
    let address = URL_SAFE_NO_PAD.decode(address).ok();
    let address = address.and_then(|bytes| String::from_utf8(bytes).ok());
    Some(Begun {
        return_to: ReturnTo::within(portal, address.as_deref()),
        signature: signature.parse().ok(),
    })
}

/// Binds a log-in with the card to the browser that began it: the cookie holds a secret of which the
/// address carries only the hash, and where the log-in leads.
pub(crate) fn card(
    site: &Site,
    portal: PortalName,
    secret: &[u8; 32],
    return_to: &ReturnTo,
) -> Cookie<'static> {
    let address = URL_SAFE_NO_PAD.encode(return_to.as_str());
    let value = format!("{address}.{}", URL_SAFE_NO_PAD.encode(secret));
    let mut cookie = made(site, &card_name(portal, &card_state(secret)), value);
    cookie.set_max_age(ATTEMPT_LIVES);
    cookie
}

/// What addresses carry of a browser's secret.
pub(crate) fn card_state(secret: &[u8; 32]) -> [u8; 32] {
    Sha256::digest(secret).into()
}

/// Where the log-in with the card leads that this browser has begun under this state; `None` when
/// another one has.
pub(crate) fn card_begun_here(
    site: &Site,
    portal: PortalName,
    state: &[u8; 32],
    request: &HttpRequest,
) -> Option<ReturnTo> {
    let cookie = request.cookie(&named(site, &card_name(portal, state)))?;
    let (address, secret) = cookie.value().split_once('.')?;
    let secret: [u8; 32] = URL_SAFE_NO_PAD.decode(secret).ok()?.try_into().ok()?;
    if card_state(&secret) != *state {
        return None;
    }
    let address = URL_SAFE_NO_PAD.decode(address).ok();
    let address = address.and_then(|bytes| String::from_utf8(bytes).ok());
    Some(ReturnTo::within(portal, address.as_deref()))
}

fn card_name(portal: PortalName, state: &[u8; 32]) -> String {
    let start: String = state
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{}-kort-{start}", portal.cookie())
}

fn attempt_name(portal: PortalName, state: &str) -> String {
    let start: String = state
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(8)
        .collect();
    format!("{}-{start}", portal.cookie())
}

fn named(site: &Site, name: &str) -> String {
    if site.is_https() {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
}

/// Lax, not Strict: the browser comes back from the identity provider by a link.
fn made(site: &Site, name: &str, value: String) -> Cookie<'static> {
    Cookie::build(named(site, name), value)
        .path("/")
        .http_only(true)
        .secure(site.is_https())
        .same_site(SameSite::Lax)
        .finish()
}

fn gone(mut cookie: Cookie<'static>) -> Cookie<'static> {
    cookie.make_removal();
    cookie
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::tests::site;
    use actix_web::test::TestRequest;

    const TOKEN: SessionToken = SessionToken([5; 32]);

    #[test]
    fn a_session_cookie_is_out_of_reach_of_scripts_other_hosts_and_plain_http() {
        let site = site("https://kort.example.se");
        let cookie = session(&site, PortalName::IdAdmin, &TOKEN).to_string();
        assert!(cookie.starts_with("__Host-kk-id-admin="), "{cookie}");
        for flag in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(flag), "{flag}: {cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }

    #[test]
    fn over_plain_http_the_cookie_is_one_that_browsers_accept() {
        let cookie = session(&site("http://127.0.0.1:8080"), PortalName::IdAdmin, &TOKEN);
        assert_eq!(cookie.name(), "kk-id-admin");
        assert_eq!(cookie.secure(), Some(false));
    }

    #[test]
    fn the_session_of_one_portal_is_not_that_of_another() {
        let site = site("https://kort.example.se");
        let request = TestRequest::default()
            .cookie(session(&site, PortalName::MinaSidor, &TOKEN))
            .to_http_request();
        assert_eq!(
            token(&site, PortalName::MinaSidor, &request),
            Some(vec![5; 32])
        );
        assert_eq!(token(&site, PortalName::IdAdmin, &request), None);
    }

    #[test]
    fn a_log_in_comes_back_only_to_the_browser_that_began_it() {
        let site = site("https://kort.example.se");
        let begun = Begun {
            return_to: ReturnTo::within(PortalName::IdAdmin, Some("/id-admin/kort/1?a=b.c")),
            signature: Some(Uuid::from_u128(7)),
        };
        let state = "state.1-and-more";
        let began = TestRequest::default()
            .cookie(attempt(&site, PortalName::IdAdmin, state, &begun))
            .to_http_request();
        let here = |state| begun_here(&site, PortalName::IdAdmin, state, &began);
        assert_eq!(here(state), Some(begun), "with where it leads");
        assert_eq!(
            here("state.1-and-other"),
            None,
            "another state with the same beginning"
        );
        assert_eq!(here("quite-another"), None);
    }

    #[test]
    fn a_log_in_with_the_card_comes_back_only_to_the_browser_that_began_it() {
        let site = site("https://kort.example.se");
        let return_to = ReturnTo::within(PortalName::MinaSidor, Some("/mina-sidor/kort/1"));
        let cookie = card(&site, PortalName::MinaSidor, &[3; 32], &return_to);
        let begun = |portal, secret: [u8; 32]| {
            let request = TestRequest::default().cookie(cookie.clone());
            card_begun_here(
                &site,
                portal,
                &card_state(&secret),
                &request.to_http_request(),
            )
        };
        assert_eq!(begun(PortalName::MinaSidor, [3; 32]), Some(return_to));
        assert_eq!(begun(PortalName::MinaSidor, [4; 32]), None);
        assert_eq!(begun(PortalName::IdAdmin, [3; 32]), None);
        assert!(cookie.secure().unwrap() && cookie.http_only().unwrap());
    }

    #[test]
    fn a_log_in_leads_nowhere_but_into_its_portal_whatever_the_cookie_says() {
        let site = site("https://kort.example.se");
        let elsewhere = URL_SAFE_NO_PAD.encode("https://evil.example/id-admin");
        let name = named(&site, &attempt_name(PortalName::IdAdmin, "state"));
        let forged = TestRequest::default()
            .cookie(Cookie::new(name, format!("{elsewhere}..state")))
            .to_http_request();
        let begun = begun_here(&site, PortalName::IdAdmin, "state", &forged).unwrap();
        assert_eq!(
            (begun.return_to.as_str(), begun.signature),
            ("/id-admin", None)
        );
    }
}
