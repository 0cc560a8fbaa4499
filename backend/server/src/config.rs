//! The typed configuration: a TOML file, then `KORTKONTOR__SECTION__KEY` from the environment,
//! with secrets in files of their own. Unknown keys are refused, and so is everything dangerous
//! when `environment = "production"`.

mod authority;
mod listeners;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use cards_app::nightly::NightSettings;
use cards_domain::deadline::DeadlineLengths;
use cards_gateways::directory::Mapping;
use figment::Figment;
use figment::providers::{Env, Format, Toml};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use url::Url;

pub use authority::Authority;
pub use listeners::{CardLogIn, CertificateFiles, Tls};

/// Where `cargo xtask up` writes the configuration of a checkout's demonstration.
pub const DEMONSTRATION_FILE: &str = ".run/up/kortkontor.toml";
const ENV_PREFIX: &str = "KORTKONTOR__";

/// Why the configuration cannot be used. The texts are for the operator.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file or a key in it cannot be read.
    #[error("the configuration cannot be read: {0}")]
    Unreadable(Box<figment::Error>),
    /// A secret's file cannot be read.
    #[error("{key}: the file {path} cannot be read ({reason})")]
    Secret {
        /// Which key names it.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// Values that do not fit together, or that production must not have.
    #[error("{0}")]
    Unfit(String),
}

/// Where this installation runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// Real people and real cards: nothing simulated.
    Production,
    /// Made-up people; simulators at every port.
    Demonstration,
    /// Automatic tests.
    Test,
}

impl Environment {
    /// The word in the file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Demonstration => "demonstration",
            Self::Test => "test",
        }
    }
}

/// The whole configuration.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where this installation runs.
    pub environment: Environment,
    /// Folder for keys, exchanged files and, in the demonstration, mails.
    pub data_dir: PathBuf,
    /// The web server.
    pub http: Http,
    /// The API.
    #[serde(default)]
    pub api: Api,
    /// The database.
    pub database: Database,
    /// The identity provider; without it the demonstration's own.
    #[serde(default)]
    pub oidc: Option<Oidc>,
    /// The mail server; without it the demonstration's inbox.
    #[serde(default)]
    pub mail: Option<Mail>,
    /// The sealing key; without it one is made in `data_dir`.
    #[serde(default)]
    pub sealing: Sealing,
    /// The card manufacturer.
    #[serde(default)]
    pub manufacturer: Manufacturer,
    /// The certificate authority; without it nothing is issued.
    #[serde(default)]
    pub authority: Option<Authority>,
    /// The office's key of cards; without it the demonstration's, and in production no chip is
    /// answered.
    #[serde(default)]
    pub card_office: CardOffice,
    /// Files of the demonstration.
    #[serde(default)]
    pub demonstration: Demonstration,
    /// Directory feeds.
    #[serde(default)]
    pub directory: Directory,
    /// The lengths of deadlines.
    #[serde(default)]
    pub deadlines: DeadlineLengths,
    /// The nightly run.
    #[serde(default)]
    pub nightly: NightSettings,
    /// Whom people call.
    #[serde(default)]
    pub contact: Contact,
}

/// The office's key of cards.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CardOffice {
    /// File with the master key that the keys of all cards are made from: at least 32 bytes, in
    /// hexadecimal digits.
    pub master_key_file: Option<PathBuf>,
}

/// Whom people call.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Contact {
    /// The servicedesk's telephone number, as it is read.
    pub servicedesk_phone: Option<String>,
}

/// The web server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The address that browsers use.
    pub public_url: Url,
    /// A proxy of ours stands in front and sets `X-Forwarded-For`.
    #[serde(default)]
    pub is_behind_proxy: bool,
    /// Threads that answer requests.
    #[serde(default = "two")]
    pub workers: usize,
    /// How many searches, and cards by number, one officer may ask for in a minute.
    #[serde(default = "sixty")]
    pub searches_per_minute: u32,
    /// How many questions about certificates one address may ask in a minute.
    #[serde(default = "many")]
    pub status_questions_per_minute: u32,
    /// Where monitoring reads measurements; never the public's listener. Without it the loopback's
    /// port 9464 in production, and `/metrics` beside the portals in a demonstration.
    #[serde(default)]
    pub metrics_listen: Option<SocketAddr>,
    /// TLS of the server's own, beside the plain listener.
    #[serde(default)]
    pub tls: Option<Tls>,
    /// Log-in with the card itself.
    #[serde(default)]
    pub card_log_in: Option<CardLogIn>,
}

/// More searches in a minute than this are no person's.
const MOST_SEARCHES: u32 = 600;

fn sixty() -> u32 {
    60
}

/// Five hundred a second: a log-in service may ask for each log-in of a whole region.
fn many() -> u32 {
    30_000
}

/// The API.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Api {
    /// What the identity provider calls the API in its access tokens; without it the API's own
    /// address.
    pub audience: Option<String>,
}

/// The database.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// The owner's or administrator's address, for `migrate` alone.
    #[serde(default)]
    pub admin_url: Option<String>,
    /// The application's address, with the role `kortkontor_app`.
    pub app_url: String,
    /// File with the password of `kortkontor_app`.
    #[serde(default)]
    pub app_password_file: Option<PathBuf>,
    /// Connections and threads per lane.
    #[serde(default = "four")]
    pub threads: usize,
    /// How many requests may wait before the rest get 503.
    #[serde(default = "hundred")]
    pub waiting: usize,
    /// Longest time of one statement, in milliseconds.
    #[serde(default = "ten_seconds")]
    pub statement_timeout_ms: u64,
}

/// An OIDC provider.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    /// The issuer's address.
    pub issuer: Url,
    /// Our name there.
    pub client_id: String,
    /// File with our secret there.
    pub client_secret_file: PathBuf,
}

/// A mail server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Its name.
    pub host: String,
    /// Its port.
    #[serde(default = "submission")]
    pub port: u16,
    /// How the line is protected.
    #[serde(default)]
    pub protection: MailProtection,
    /// The sender's address.
    pub from: String,
    /// The account, where the server wants one.
    #[serde(default)]
    pub user: Option<String>,
    /// File with the account's password.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// File with a root certificate (PEM) that is trusted beside the system's.
    #[serde(default)]
    pub root_certificate_file: Option<PathBuf>,
}

/// How the line to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailProtection {
    /// Plain at first, then TLS; refused without.
    #[default]
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// Nothing; only for a server on this machine.
    None,
}

/// The sealing key.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sealing {
    /// File with 32 random bytes.
    pub key_file: Option<PathBuf>,
}

/// The card manufacturer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Manufacturer {
    /// Folder with `outbox` and `inbox`; without it `data_dir/manufacturer`, with the simulator at
    /// the other end.
    pub exchange: Option<PathBuf>,
    /// File with our signing key (PKCS#8).
    pub signing_key_file: Option<PathBuf>,
    /// File with the manufacturer's public key.
    pub public_key_file: Option<PathBuf>,
}

/// What the demonstration is filled with.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Demonstration {
    /// Folder with the feed and what goes with it.
    pub folder: PathBuf,
    /// Seconds until the simulated manufacturer has made a card.
    pub produce_after_seconds: u32,
    /// Seconds until it has posted it.
    pub dispatch_after_seconds: u32,
}

impl Default for Demonstration {
    fn default() -> Self {
        Self {
            folder: PathBuf::from("ops/demo"),
            produce_after_seconds: 4,
            dispatch_after_seconds: 4,
        }
    }
}

/// Directory feeds.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Directory {
    /// The longest file that is taken from the page, in mebibytes.
    pub most_upload_mib: u64,
    /// Which attributes feed which fields.
    pub mapping: Mapping,
}

impl Default for Directory {
    fn default() -> Self {
        Self {
            most_upload_mib: 1024,
            mapping: Mapping::default(),
        }
    }
}

fn two() -> usize {
    2
}
fn four() -> usize {
    4
}
fn hundred() -> usize {
    100
}
fn ten_seconds() -> u64 {
    10_000
}
fn submission() -> u16 {
    587
}

impl Config {
    /// Reads `file`, or that of the checkout's demonstration, and the environment.
    ///
    /// # Errors
    /// What is wrong, for the operator.
    pub fn read(file: Option<&Path>) -> Result<Self, ConfigError> {
        let file = file.unwrap_or(Path::new(DEMONSTRATION_FILE));
        let missing = !file.exists();
        let config = Figment::new()
            .merge(Toml::file(file))
            .merge(Env::prefixed(ENV_PREFIX).split("__"))
            .extract::<Self>();
        match config {
            Ok(config) => config.fit(),
            Err(_) if missing => Err(ConfigError::Unfit(format!(
                "there is no configuration: start a demonstration with `cargo xtask up`, or name a \
                 file with --config (looked for {})",
                file.display()
            ))),
            Err(error) => Err(ConfigError::Unreadable(Box::new(error))),
        }
    }

    /// The configuration, if its parts fit together.
    fn fit(self) -> Result<Self, ConfigError> {
        if let Some(sentence) = self.unfit_listener() {
            return Err(ConfigError::Unfit(sentence.to_owned()));
        }
        if self.environment != Environment::Production {
            return Ok(self);
        }
        let demands = [
            (
                self.oidc.is_some(),
                "[oidc]: the demonstration's own log-in is not for production",
            ),
            (
                self.mail.is_some(),
                "[mail]: the demonstration's inbox is not for production",
            ),
            (
                self.manufacturer.exchange.is_some() && self.manufacturer.public_key_file.is_some(),
                "[manufacturer]: exchange and public_key_file are needed in production",
            ),
            (
                self.authority
                    .as_ref()
                    .is_none_or(|authority| authority.profiles_file.is_some()),
                "[authority] profiles_file: the demonstration's DEV authorities are not for production",
            ),
            (
                self.sealing.key_file.is_some(),
                "[sealing] key_file: production makes no key of its own",
            ),
            (
                self.http.public_url.scheme() == "https",
                "[http] public_url: production is served over https",
            ),
            (
                self.http.metrics_listen != Some(self.http.listen),
                "[http] metrics_listen: measurements are not for the public listener",
            ),
            (
                self.http.searches_per_minute <= MOST_SEARCHES,
                "[http] searches_per_minute: at most 600 in production",
            ),
            (
                self.oidc
                    .as_ref()
                    .is_none_or(|oidc| oidc.issuer.scheme() == "https"),
                "[oidc] issuer: production asks over https",
            ),
            (
                self.mail
                    .as_ref()
                    .is_none_or(|mail| mail.protection != MailProtection::None),
                "[mail] protection: production sends no mail in the open",
            ),
        ];
        match demands.into_iter().find(|(met, _)| !met) {
            Some((_, sentence)) => Err(ConfigError::Unfit(sentence.to_owned())),
            None => Ok(self),
        }
    }

    /// Whom access tokens for the API must be meant for.
    #[must_use]
    pub fn api_audience(&self) -> String {
        let own = || {
            let address = self.http.public_url.as_str().trim_end_matches('/');
            format!("{address}/api/v1")
        };
        self.api.audience.clone().unwrap_or_else(own)
    }

    /// The application's address with its password.
    ///
    /// # Errors
    /// The password's file cannot be read.
    pub fn app_url(&self) -> Result<String, ConfigError> {
        let Some(password) = self.app_password()? else {
            return Ok(self.database.app_url.clone());
        };
        // Not every address of the database is one of the web: there may be several hosts.
        let url = &self.database.app_url;
        let sign = if url.contains('?') { '&' } else { '?' };
        let password: String = url::form_urlencoded::byte_serialize(password.as_bytes()).collect();
        Ok(format!("{url}{sign}password={password}"))
    }

    /// The password of the application's role.
    ///
    /// # Errors
    /// Its file cannot be read.
    pub fn app_password(&self) -> Result<Option<String>, ConfigError> {
        self.database
            .app_password_file
            .as_deref()
            .map(|path| read_secret("[database] app_password_file", path))
            .transpose()
    }
}

/// A secret from its file, without the line's end.
pub(crate) fn read_secret(key: &'static str, path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path)
        .map(|text| text.trim_end().to_owned())
        .map_err(|error| ConfigError::Secret {
            key,
            path: path.to_owned(),
            reason: error.to_string(),
        })
}

/// A secret that never shows itself.
pub(crate) fn secret(key: &'static str, path: &Path) -> Result<SecretString, ConfigError> {
    read_secret(key, path).map(SecretString::from)
}

#[cfg(test)]
mod tests;
