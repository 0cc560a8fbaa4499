//! How this server is reached from outside.

use std::sync::Arc;

use actix_web::http::header::HeaderValue;
use cards_app::ports::Entropy;
use url::Url;

use crate::api_person::Bearers;
use crate::arrivals::Arrivals;
use crate::headers;
use crate::rate_limit::{LimitSettings, Limits};

/// What the configuration says.
#[derive(Clone, Debug)]
pub struct SiteSettings {
    /// The address that browsers see, such as `https://kort.example.se`.
    pub public_url: Url,
    /// The identity provider's address; forms may end there.
    pub identity_provider: Url,
    /// Tell the identity provider whom we expect. Only the demonstration's can use it.
    pub sends_hints: bool,
    /// Whom access tokens for the API must be meant for.
    pub api_audience: String,
    /// The address that asks for a card, such as `https://kort-in.example.se`. Without it nobody logs
    /// in with the card.
    pub card_log_in: Option<Url>,
    /// The address at which the card client finds this server. Over TLS wherever there is any.
    pub card_client: Url,
    /// A proxy of ours stands in front and sets `X-Forwarded-For`.
    pub is_behind_proxy: bool,
    /// How often somebody may try.
    pub limits: LimitSettings,
}

/// How this server is reached, and what belongs to that.
pub struct Site {
    settings: SiteSettings,
    policy: Option<HeaderValue>,
    pub(crate) entropy: Arc<dyn Entropy>,
    /// How often somebody may try.
    pub limits: Limits,
    /// Access tokens that held a moment ago.
    pub(crate) bearers: Bearers,
    /// Log-ins and signatures that come back from the identity provider just now.
    pub(crate) arrivals: Arrivals,
}

impl Site {
    /// The site of a configuration.
    #[must_use]
    pub fn new(settings: SiteSettings, entropy: Arc<dyn Entropy>) -> Self {
        let limits = Limits::new(settings.limits, settings.is_behind_proxy);
        let identity = settings.identity_provider.origin().ascii_serialization();
        Self {
            policy: HeaderValue::from_str(&headers::policy(&identity)).ok(),
            settings,
            entropy,
            limits,
            bearers: Bearers::default(),
            arrivals: Arrivals::default(),
        }
    }

    /// Whether browsers come by https. Only then can cookies be bound to it.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.settings.public_url.scheme() == "https"
    }

    /// Scheme, host and port, as browsers send it in `Origin`.
    #[must_use]
    pub fn origin(&self) -> String {
        self.settings.public_url.origin().ascii_serialization()
    }

    /// What pages may do, as every answer says it.
    pub(crate) const fn policy(&self) -> Option<&HeaderValue> {
        self.policy.as_ref()
    }

    /// Whether people log in at the demonstration's own provider.
    #[must_use]
    pub fn has_own_provider(&self) -> bool {
        self.settings.sends_hints
    }

    /// Whether people can log in with the card itself.
    #[must_use]
    pub fn has_card_log_in(&self) -> bool {
        self.settings.card_log_in.is_some()
    }

    pub(crate) fn card_log_in(&self) -> Option<&Url> {
        self.settings.card_log_in.as_ref()
    }

    /// The address at which the card client finds this server, without a slash at the end.
    #[must_use]
    pub fn card_client_address(&self) -> &str {
        self.settings.card_client.as_str().trim_end_matches('/')
    }

    pub(crate) fn api_audience(&self) -> &str {
        &self.settings.api_audience
    }

    pub(crate) fn sends_hints(&self) -> bool {
        self.settings.sends_hints
    }

    /// The full address of a path.
    pub(crate) fn address(&self, path: &str) -> Url {
        let mut url = self.settings.public_url.clone();
        url.set_path(path);
        url
    }

    /// `N` unguessable bytes.
    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use uuid::Uuid;

    /// Counts instead of rolling dice.
    pub(crate) struct Counting(std::sync::atomic::AtomicU8);

    impl Entropy for Counting {
        fn id(&self) -> Uuid {
            Uuid::from_u128(
                self.0
                    .fetch_add(1, std::sync::atomic::Ordering::Relaxed)
                    .into(),
            )
        }
        fn fill(&self, bytes: &mut [u8]) {
            for byte in bytes {
                *byte = self.0.fetch_add(7, std::sync::atomic::Ordering::Relaxed);
            }
        }
    }

    pub(crate) fn site(public_url: &str) -> Site {
        let settings = SiteSettings {
            public_url: public_url.parse().unwrap(),
            identity_provider: "https://idp.example.se/oidc".parse().unwrap(),
            sends_hints: false,
            api_audience: format!("{public_url}/api/v1"),
            card_log_in: Some("https://kort-in.example.se".parse().unwrap()),
            card_client: public_url.parse().unwrap(),
            is_behind_proxy: false,
            limits: LimitSettings {
                sign_in_per_minute: 3,
                search_per_minute: 2,
                token_per_minute: 2,
                status_per_minute: 2,
            },
        };
        Site::new(
            settings,
            Arc::new(Counting(std::sync::atomic::AtomicU8::new(1))),
        )
    }

    #[test]
    fn the_origin_is_what_a_browser_sends() {
        assert_eq!(
            site("https://kort.example.se/").origin(),
            "https://kort.example.se"
        );
        assert_eq!(
            site("http://127.0.0.1:8080").origin(),
            "http://127.0.0.1:8080"
        );
    }
}
