//! Listeners beside the plain one: with TLS of the server's own, and the one that asks for cards.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Config, Environment};

/// A listener with TLS. The same is served on it as without.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The address at which card clients find it; without it `https://` and where it listens.
    #[serde(default)]
    pub public_url: Option<Url>,
    /// File with its certificate and those above it (PEM).
    #[serde(default)]
    pub certificate_file: Option<PathBuf>,
    /// File with the key (PKCS#8, PEM).
    #[serde(default)]
    pub key_file: Option<PathBuf>,
}

/// The listener that asks browsers for a card. Nothing is served on it but the log-in with the card.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardLogIn {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The address that browsers see. No proxy can end its TLS: the card is shown to this server.
    pub public_url: Url,
    /// File with its certificate and those above it (PEM).
    #[serde(default)]
    pub certificate_file: Option<PathBuf>,
    /// File with the key (PKCS#8, PEM).
    #[serde(default)]
    pub key_file: Option<PathBuf>,
}

/// The certificate of a listener and its key. Outside production one for this machine is made in
/// `data_dir/tls` where none is named.
pub type CertificateFiles<'a> = (Option<&'a Path>, Option<&'a Path>);

impl Tls {
    /// Its certificate and key.
    #[must_use]
    pub fn files(&self) -> CertificateFiles<'_> {
        (self.certificate_file.as_deref(), self.key_file.as_deref())
    }
}

impl CardLogIn {
    /// Its certificate and key.
    #[must_use]
    pub fn files(&self) -> CertificateFiles<'_> {
        (self.certificate_file.as_deref(), self.key_file.as_deref())
    }
}

impl Config {
    /// The address at which card clients find the server.
    #[must_use]
    pub fn card_client_url(&self) -> Url {
        let Some(tls) = &self.http.tls else {
            return self.http.public_url.clone();
        };
        let own = || format!("https://{}", tls.listen).parse().ok();
        let named = tls.public_url.clone().or_else(own);
        named.unwrap_or_else(|| self.http.public_url.clone())
    }

    /// What is wrong with the listeners, for the operator.
    pub(super) fn unfit_listener(&self) -> Option<&'static str> {
        let tls = self.http.tls.as_ref().map(Tls::files);
        let card = self.http.card_log_in.as_ref();
        let mut files = tls.into_iter().chain(card.map(CardLogIn::files));
        let in_production = self.environment == Environment::Production;
        let are_fit = files.all(|files| match files {
            (Some(_), Some(_)) => true,
            (None, None) => !in_production,
            _ => false,
        });
        if !are_fit {
            return Some(
                "[http.tls], [http.card_log_in]: certificate_file and key_file go together, and \
                 production needs them",
            );
        }
        if self.http.tls.is_some() && self.http.is_behind_proxy {
            return Some(
                "[http.tls]: not with is_behind_proxy, for whoever comes here without the proxy could \
                 choose their address",
            );
        }
        let card = card?;
        if self.authority.is_none() {
            return Some("[http.card_log_in] needs [authority]: it knows whose cards are ours");
        }
        if card.public_url.scheme() != "https" {
            return Some("[http.card_log_in] public_url: a card is asked for over https only");
        }
        None
    }
}
