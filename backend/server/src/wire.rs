//! Configuration → outside parties → application. The only place that knows which side of a port
//! is the real one and which is simulated.

mod authority;
mod manufacturer;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use cards_app::import::DirectorySettings;
use cards_app::ports::{CardOffice, Clock, Entropy, IdentityProvider, Mailer, PopulationRegister};
use cards_app::{App, Db, DbSettings, Lane, Ports, Seal};
use cards_domain::values::{HsaId, PersonName, PersonNumber};
use cards_gateways::Demonstration;
use cards_gateways::card_office::Office;
use cards_gateways::clock::{AdjustableClock, SystemClock};
use cards_gateways::demo_identity::{DemoIdentity, DemoIdentitySettings, Identity, LookUp};
use cards_gateways::directory::Ldif;
use cards_gateways::entropy::SystemEntropy;
use cards_gateways::mail::{Inbox, Smtp, SmtpLogIn, SmtpSecurity, SmtpSettings, Texts};
use cards_gateways::manufacturer::Simulator;
use cards_gateways::oidc::{Oidc, OidcSettings};
use cards_gateways::population_register::RegisterSimulator;
use secrecy::SecretString;
use url::Url;

use crate::Config;
use crate::config::{ConfigError, Environment, MailProtection, read_secret, secret};
use crate::demo::people::Cast;

pub use authority::Founded;
use manufacturer::{exchange, factory};

const KEY_LEN: usize = 32;

/// Something that keeps the system from being put together, for the operator.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A part does not start.
    #[error("{what}: {reason}")]
    Part {
        /// Which.
        what: &'static str,
        /// Why.
        reason: String,
    },
}

pub(crate) fn part<E: std::fmt::Display>(what: &'static str) -> impl FnOnce(E) -> WireError {
    move |error| WireError::Part {
        what,
        reason: error.to_string(),
    }
}

/// The running system.
pub struct System {
    /// The application.
    pub app: App,
    /// The requests that this process has answered.
    pub metrics: cards_http::metrics::Metrics,
    /// What only the demonstration has.
    pub demo: Option<Wired>,
}

/// The simulated parties.
#[derive(Clone)]
pub struct Wired {
    /// The identity provider.
    pub identity: Arc<DemoIdentity>,
    /// The mails.
    pub inbox: Arc<Inbox>,
    /// The manufacturer.
    pub factory: Arc<Simulator>,
    /// The clock that can be moved.
    pub clock: Arc<AdjustableClock>,
    /// The folder of the simulators.
    pub home: std::path::PathBuf,
}

impl System {
    /// Puts everything together. `stylesheet` is for the demonstration's log-in pages.
    ///
    /// # Errors
    /// What does not fit or start.
    pub fn build(config: &Config, stylesheet: &str) -> Result<Self, WireError> {
        Self::build_at(config, stylesheet, Arc::new(SystemClock))
    }

    /// As [`System::build`], with the time told by `time`, for tests. In the demonstration it can
    /// be moved from there.
    ///
    /// # Errors
    /// What does not fit or start.
    pub fn build_at(
        config: &Config,
        stylesheet: &str,
        time: Arc<dyn Clock>,
    ) -> Result<Self, WireError> {
        std::fs::create_dir_all(&config.data_dir).map_err(part("data_dir"))?;
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy::new());
        if config.environment == Environment::Production {
            Self::real(config, time, entropy)
        } else {
            Self::simulated(config, time, entropy, stylesheet)
        }
    }

    fn real(
        config: &Config,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, WireError> {
        let db = open_db(config, Arc::clone(&clock), Arc::clone(&entropy))?;
        let identity = oidc(config, &clock, &entropy)?;
        let mailer = mailer(config)?.ok_or_else(|| missing("[mail]"))?;
        let manufacturer = Arc::new(exchange(config, Arc::clone(&clock))?);
        let ports = Ports {
            clock,
            entropy,
            identity,
            // The real register is a later delivery; until then nothing can be ordered.
            register: Arc::new(NoRegister),
            manufacturer,
            mailer,
            texts: Arc::new(Texts),
            authority: None,
            card_office: card_office(config, None)?,
            mina_sidor: mina_sidor(config)?,
        };
        Ok(Self {
            app: app(config, db, ports),
            metrics: cards_http::metrics::Metrics::default(),
            demo: None,
        })
    }

    fn simulated(
        config: &Config,
        time: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        stylesheet: &str,
    ) -> Result<Self, WireError> {
        let allowed = Demonstration::unless_production(config.environment.word())
            .map_err(part("environment"))?;
        let adjustable = Arc::new(AdjustableClock::over(allowed, time));
        let clock: Arc<dyn Clock> = adjustable.clone();
        let db = open_db(config, Arc::clone(&clock), Arc::clone(&entropy))?;
        let home = config.data_dir.join("demo");
        std::fs::create_dir_all(&home).map_err(part("data_dir"))?;

        let (manufacturer, factory) = factory(config, allowed, &home, &clock)?;
        let inbox = Inbox::open(allowed, &home.join("mails"), Arc::clone(&clock));
        let inbox = Arc::new(inbox.map_err(part("the mail inbox"))?);
        let mailer = mailer(config)?.unwrap_or_else(|| inbox.clone());
        let issuer = issuer(config)?;
        let client_secret = random_secret(&*entropy);
        let settings = DemoIdentitySettings {
            issuer: issuer.clone(),
            client_id: "kortkontor".to_owned(),
            client_secret: client_secret.clone(),
            redirect_uris: cards_http::sign_in::redirect_addresses(&config.http.public_url),
            audience: config.api_audience(),
            personas: Cast::read(&config.demonstration.folder)
                .map(|cast| cast.personas())
                .unwrap_or_default(),
            look_up: look_up(db.clone()),
            stylesheet: stylesheet.to_owned(),
        };
        let demo_identity =
            DemoIdentity::new(allowed, settings, Arc::clone(&clock), Arc::clone(&entropy));
        let demo_identity = Arc::new(demo_identity.map_err(part("the demonstration's log-in"))?);
        let identity = if config.oidc.is_some() {
            oidc(config, &clock, &entropy)?
        } else {
            own_provider(issuer, client_secret, &clock, &entropy)?
        };
        let ports = Ports {
            clock,
            entropy,
            identity,
            register: register(config, allowed, &home, &db)?,
            manufacturer,
            mailer,
            texts: Arc::new(Texts),
            authority: None,
            card_office: card_office(config, Some(allowed))?,
            mina_sidor: mina_sidor(config)?,
        };
        let demo = Wired {
            identity: demo_identity,
            inbox,
            factory,
            clock: adjustable,
            home,
        };
        Ok(Self {
            app: app(config, db, ports),
            metrics: cards_http::metrics::Metrics::default(),
            demo: Some(demo),
        })
    }
}

/// The application with what the configuration says of it.
fn app(config: &Config, db: Db, ports: Ports) -> App {
    App::new(db, ports, config.deadlines.clone())
        .with_night(config.nightly.clone())
        .with_directory(DirectorySettings {
            format: Arc::new(Ldif::new(config.directory.mapping.clone())),
            most_upload: config.directory.most_upload_mib.saturating_mul(1024 * 1024),
        })
}

fn missing(what: &'static str) -> WireError {
    WireError::Part {
        what,
        reason: "is missing in the configuration".to_owned(),
    }
}

/// A register that is not connected.
struct NoRegister;

impl PopulationRegister for NoRegister {
    fn look_up(
        &self,
        _: &PersonNumber,
    ) -> Result<Option<cards_app::ports::RegisterEntry>, cards_app::ports::GatewayError> {
        let text = "the population register is not connected".to_owned();
        Err(cards_app::ports::GatewayError::Retry(text))
    }
}

/// Opens the database with the application's role and the sealing key.
///
/// # Errors
/// The key cannot be read or the database cannot be reached.
pub fn open_db(
    config: &Config,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
) -> Result<Db, WireError> {
    let seal = Seal::new(&sealing_key(config, &*entropy)?).map_err(part("[sealing]"))?;
    let settings = DbSettings {
        url: config.app_url()?,
        threads: config.database.threads,
        waiting: config.database.waiting,
        statement_timeout: Duration::from_millis(config.database.statement_timeout_ms),
    };
    Db::open(&settings, clock, entropy, seal).map_err(part("the database"))
}

/// The sealing key; outside production one is made the first time.
fn sealing_key(config: &Config, entropy: &dyn Entropy) -> Result<Vec<u8>, WireError> {
    let path = config
        .sealing
        .key_file
        .clone()
        .unwrap_or_else(|| config.data_dir.join("sealing.key"));
    if !path.exists() && config.environment != Environment::Production {
        let mut key = [0; KEY_LEN];
        entropy.fill(&mut key);
        write_private(&path, &key).map_err(part("the sealing key"))?;
    }
    std::fs::read(&path).map_err(part("the sealing key"))
}

/// As [`write_private`], over what is there.
pub(crate) fn write_secret(path: &Path, content: &[u8]) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => write_private(path, content),
    }
}

fn write_private(path: &Path, content: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(content)
}

fn random_secret(entropy: &dyn Entropy) -> SecretString {
    let mut bytes = [0; KEY_LEN];
    entropy.fill(&mut bytes);
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    SecretString::from(text)
}

fn issuer(config: &Config) -> Result<Url, WireError> {
    config
        .http
        .public_url
        .join("/demo/idp")
        .map_err(part("[http] public_url"))
}

/// The office of cards: with the key of the configuration, or in a demonstration with its own.
fn card_office(
    config: &Config,
    allowed: Option<Demonstration>,
) -> Result<Arc<dyn CardOffice>, WireError> {
    const KEY: &str = "[card_office] master_key_file";
    let office = match (&config.card_office.master_key_file, allowed) {
        (Some(file), _) => Office::with_key(&read_secret(KEY, file)?).map_err(part(KEY))?,
        (None, Some(allowed)) => Office::demonstration(allowed),
        (None, None) => Office::without_key(),
    };
    Ok(Arc::new(office))
}

fn mina_sidor(config: &Config) -> Result<Url, WireError> {
    config
        .http
        .public_url
        .join("/mina-sidor")
        .map_err(part("[http] public_url"))
}

fn oidc(
    config: &Config,
    clock: &Arc<dyn Clock>,
    entropy: &Arc<dyn Entropy>,
) -> Result<Arc<dyn IdentityProvider>, WireError> {
    let oidc = config.oidc.as_ref().ok_or_else(|| missing("[oidc]"))?;
    let settings = OidcSettings {
        issuer: oidc.issuer.clone(),
        client_id: oidc.client_id.clone(),
        client_secret: secret("[oidc] client_secret_file", &oidc.client_secret_file)?,
        timeout: Duration::from_secs(10),
    };
    let client = Oidc::new(settings, Arc::clone(clock), Arc::clone(entropy));
    Ok(Arc::new(client.map_err(part("[oidc]"))?))
}

/// The demonstration's provider, asked over HTTP like any other.
fn own_provider(
    issuer: Url,
    client_secret: SecretString,
    clock: &Arc<dyn Clock>,
    entropy: &Arc<dyn Entropy>,
) -> Result<Arc<dyn IdentityProvider>, WireError> {
    let settings = OidcSettings {
        issuer,
        client_id: "kortkontor".to_owned(),
        client_secret,
        timeout: Duration::from_secs(10),
    };
    let client = Oidc::new(settings, Arc::clone(clock), Arc::clone(entropy));
    Ok(Arc::new(
        client.map_err(part("the demonstration's log-in"))?,
    ))
}

fn mailer(config: &Config) -> Result<Option<Arc<dyn Mailer>>, WireError> {
    let Some(mail) = &config.mail else {
        return Ok(None);
    };
    let log_in = match (&mail.user, &mail.password_file) {
        (Some(user), Some(file)) => Some(SmtpLogIn {
            user: user.clone(),
            password: secret("[mail] password_file", file)?,
        }),
        _ => None,
    };
    let extra_root = mail
        .root_certificate_file
        .as_deref()
        .map(|path| read_secret("[mail] root_certificate_file", path).map(String::into_bytes))
        .transpose()?;
    let settings = SmtpSettings {
        host: mail.host.clone(),
        port: mail.port,
        security: match mail.protection {
            MailProtection::Starttls => SmtpSecurity::StartTls,
            MailProtection::Tls => SmtpSecurity::Tls,
            MailProtection::None => SmtpSecurity::None,
        },
        log_in,
        from: mail.from.clone(),
        timeout: Duration::from_secs(20),
        extra_root,
    };
    Ok(Some(Arc::new(Smtp::new(settings).map_err(part("[mail]"))?)))
}

/// The simulated register knows the demonstration's people; for anybody else in the directory it
/// invents an address, so that any feed can be used.
fn register(
    config: &Config,
    allowed: Demonstration,
    home: &Path,
    db: &Db,
) -> Result<Arc<dyn PopulationRegister>, WireError> {
    let file = config.demonstration.folder.join("register.csv");
    let db = db.clone();
    let name_of = move |number: &PersonNumber| -> Option<PersonName> {
        let mut link = db.link(Lane::Short).ok()?;
        let person = link.person_by_number(number).ok()??;
        link.person_for_errand(person).ok()?.map(|sheet| sheet.name)
    };
    let register = RegisterSimulator::open(allowed, &file, home)
        .map_err(part("the simulated population register"))?;
    Ok(Arc::new(register.inventing(Box::new(name_of))))
}

/// Anybody in the directory can be chosen at the demonstration's log-in.
fn look_up(db: Db) -> LookUp {
    Arc::new(move |text: &str| {
        let mut link = db.link(Lane::Short).ok()?;
        let person = if let Ok(hsa_id) = HsaId::parse_import(text) {
            link.person_by_hsa_id(&hsa_id.search_key()).ok()??
        } else if let Ok(id) = text.parse() {
            id
        } else {
            let today = cards_domain::calendar::business_day(link.now());
            let number = PersonNumber::parse_at(text, today).ok()?;
            link.person_by_number(&number).ok()??
        };
        let sheet = link.person_for_errand(person).ok()??;
        Some(Identity {
            name: sheet.name.full(),
            number: Some(sheet.number),
            hsa_ids: sheet.posts.into_iter().map(|post| post.hsa_id).collect(),
        })
    })
}
