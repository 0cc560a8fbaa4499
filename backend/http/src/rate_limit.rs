//! How often somebody may try: log-ins and tokens per address, searches per person, requests per
//! system client.

use std::collections::BTreeMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::HttpRequest;
use cards_domain::ids::{ClientId, PersonId};
use governor::clock::{Clock as _, DefaultClock};
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use crate::failure::{Fault, Notice};

/// With more keys than this, those that are back at zero are forgotten.
const MANY: usize = 10_000;
/// How many lists may be shown for each search while a name is typed.
const LISTS_PER_SEARCH: u32 = 4;
/// Codes of card tasks that may be tried from one address in a minute.
const TASK_CODES: u32 = 20;
/// Codes of card tasks that may be tried from everywhere in a minute: forty bits are not guessed so.
const ALL_TASK_CODES: u32 = 600;

/// How often, per minute; as many may come at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitSettings {
    /// Log-ins begun from one address. A whole hospital may share one.
    pub sign_in_per_minute: u32,
    /// Searches by one person.
    pub search_per_minute: u32,
    /// Tokens asked for, and wrong ones shown, from one address.
    pub token_per_minute: u32,
    /// Questions about certificates from one address. A log-in service may ask for each log-in.
    pub status_per_minute: u32,
}

struct Keyed<K: Clone + Hash + Eq>(RateLimiter<K, DefaultKeyedStateStore<K>, DefaultClock>);

impl<K: Clone + Hash + Eq> Keyed<K> {
    fn new(per_minute: u32) -> Self {
        let number = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
        Self(RateLimiter::keyed(Quota::per_minute(number)))
    }

    fn check(&self, key: &K) -> Result<(), Fault> {
        if self.0.len() > MANY {
            self.0.retain_recent();
        }
        self.0.check_key(key).map_err(|not_until| {
            let wait = not_until
                .wait_time_from(DefaultClock::default().now())
                .as_secs()
                + 1;
            Notice::TooMany { wait }.into()
        })
    }
}

/// The limits, with what has been used of them.
pub struct Limits {
    sign_ins: Keyed<Option<IpAddr>>,
    searches: Keyed<PersonId>,
    typed: Keyed<PersonId>,
    tokens: Keyed<Option<IpAddr>>,
    statuses: Keyed<Option<IpAddr>>,
    task_codes: Keyed<Option<IpAddr>>,
    all_task_codes: Keyed<()>,
    /// By requests a minute: every client is registered with its own number.
    clients: Mutex<BTreeMap<u32, Arc<Keyed<ClientId>>>>,
    is_behind_proxy: bool,
}

impl Limits {
    pub(crate) fn new(settings: LimitSettings, is_behind_proxy: bool) -> Self {
        Self {
            sign_ins: Keyed::new(settings.sign_in_per_minute),
            searches: Keyed::new(settings.search_per_minute),
            typed: Keyed::new(settings.search_per_minute.saturating_mul(LISTS_PER_SEARCH)),
            tokens: Keyed::new(settings.token_per_minute),
            statuses: Keyed::new(settings.status_per_minute),
            task_codes: Keyed::new(TASK_CODES),
            all_task_codes: Keyed::new(ALL_TASK_CODES),
            clients: Mutex::default(),
            is_behind_proxy,
        }
    }

    /// Counts a log-in begun from the request's address.
    ///
    /// # Errors
    /// Too many.
    pub fn sign_in(&self, request: &HttpRequest) -> Result<(), Fault> {
        self.sign_ins.check(&self.address(request))
    }

    /// Counts a search by this person.
    ///
    /// # Errors
    /// Too many.
    pub fn search(&self, person: PersonId) -> Result<(), Fault> {
        self.searches.check(&person)
    }

    /// Counts a list shown while this person types a name, apart from the searches.
    ///
    /// # Errors
    /// Too many.
    pub fn search_while_typing(&self, person: PersonId) -> Result<(), Fault> {
        self.typed.check(&person)
    }

    /// Counts a token asked for, or a wrong one shown, from the request's address.
    ///
    /// # Errors
    /// Too many.
    pub fn token(&self, request: &HttpRequest) -> Result<(), Fault> {
        self.tokens.check(&self.address(request))
    }

    /// Counts a question about a certificate from the request's address.
    ///
    /// # Errors
    /// Too many.
    pub fn status(&self, request: &HttpRequest) -> Result<(), Fault> {
        self.statuses.check(&self.address(request))
    }

    /// Counts a code of a card task that is tried from the request's address.
    ///
    /// # Errors
    /// Too many from there, or from everywhere.
    pub fn task_code(&self, request: &HttpRequest) -> Result<(), Fault> {
        self.task_codes.check(&self.address(request))?;
        self.all_task_codes.check(&())
    }

    /// Counts a request by a system client that has shown who it is.
    ///
    /// # Errors
    /// Too many.
    pub fn client(&self, client: ClientId, per_minute: u32) -> Result<(), Fault> {
        let limiter = {
            let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
            let new = || Arc::new(Keyed::new(per_minute));
            Arc::clone(clients.entry(per_minute).or_insert_with(new))
        };
        limiter.check(&client)
    }

    /// The address of the browser. Behind a proxy of ours the last one it added; what stands
    /// before it was sent by the browser and can be anything.
    fn address(&self, request: &HttpRequest) -> Option<IpAddr> {
        let forwarded = || {
            let header = request
                .headers()
                .get_all("x-forwarded-for")
                .last()?
                .to_str()
                .ok()?;
            header.rsplit(',').next()?.trim().parse().ok()
        };
        let peer = || request.peer_addr().map(|peer| peer.ip());
        let address = if self.is_behind_proxy {
            forwarded().or_else(peer)
        } else {
            peer()
        };
        address.map(network)
    }
}

/// One customer of an IPv6 network has at least a /64 to choose from.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let mask: u128 = !u128::from(u64::MAX);
            IpAddr::V6((address.to_bits() & mask).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;
    use uuid::Uuid;

    const SETTINGS: LimitSettings = LimitSettings {
        sign_in_per_minute: 2,
        search_per_minute: 2,
        token_per_minute: 2,
        status_per_minute: 2,
    };

    fn from(peer: &str) -> HttpRequest {
        TestRequest::default()
            .peer_addr(peer.parse().unwrap())
            .to_http_request()
    }

    #[test]
    fn the_third_log_in_from_an_address_waits_and_other_addresses_do_not() {
        let limits = Limits::new(SETTINGS, false);
        let one = from("192.0.2.1:1000");
        assert!(limits.sign_in(&one).is_ok() && limits.sign_in(&one).is_ok());
        let refused = limits.sign_in(&one).unwrap_err();
        assert!(
            matches!(refused, Fault::Notice(Notice::TooMany { wait: 1..=31 })),
            "{refused:?}"
        );
        assert!(limits.sign_in(&from("192.0.2.2:1000")).is_ok());
    }

    #[test]
    fn a_browser_cannot_choose_its_address() {
        let direct = Limits::new(SETTINGS, false);
        let forged = |n| {
            TestRequest::default()
                .peer_addr("192.0.2.1:1".parse().unwrap())
                .insert_header(("x-forwarded-for", format!("198.51.100.{n}, 203.0.113.9")))
                .to_http_request()
        };
        assert_eq!(
            direct.address(&forged(1)),
            Some("192.0.2.1".parse().unwrap())
        );
        let behind = Limits::new(SETTINGS, true);
        assert_eq!(behind.address(&forged(1)), behind.address(&forged(2)));
        assert_eq!(
            behind.address(&forged(1)),
            Some("203.0.113.9".parse().unwrap())
        );
    }

    #[test]
    fn the_addresses_of_one_ipv6_network_count_together() {
        assert_eq!(
            network("2001:db8::1".parse().unwrap()),
            network("2001:db8::2:1".parse().unwrap())
        );
        assert_ne!(
            network("2001:db8::1".parse().unwrap()),
            network("2001:db8:0:1::1".parse().unwrap())
        );
    }

    #[test]
    fn searches_are_counted_by_person() {
        let limits = Limits::new(SETTINGS, false);
        let (one, other) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        assert!(limits.search(one).is_ok() && limits.search(one).is_ok());
        assert!(limits.search(one).is_err());
        assert!(limits.search(other).is_ok());
    }

    #[test]
    fn requests_are_counted_by_client_each_with_its_own_number() {
        let limits = Limits::new(SETTINGS, false);
        let (slow, quick) = (ClientId(Uuid::from_u128(1)), ClientId(Uuid::from_u128(2)));
        assert!(limits.client(slow, 1).is_ok() && limits.client(slow, 1).is_err());
        let told: Vec<bool> = (0..4).map(|_| limits.client(quick, 3).is_ok()).collect();
        assert_eq!(told, [true, true, true, false]);
    }

    #[test]
    fn the_code_of_a_card_task_cannot_be_guessed_for_long_from_one_address() {
        let limits = Limits::new(SETTINGS, false);
        let one = from("192.0.2.1:1000");
        let tried = (0..=TASK_CODES).filter(|_| limits.task_code(&one).is_ok());
        assert_eq!(tried.count(), usize::try_from(TASK_CODES).unwrap());
        assert!(limits.task_code(&from("192.0.2.2:1000")).is_ok());
    }

    #[test]
    fn the_third_token_from_an_address_waits() {
        let limits = Limits::new(SETTINGS, false);
        let one = from("192.0.2.1:1000");
        assert!(limits.token(&one).is_ok() && limits.token(&one).is_ok());
        assert!(limits.token(&one).is_err());
        assert!(limits.sign_in(&one).is_ok(), "log-ins are counted apart");
    }
}
