//! Use cases: one gate for every change, the questions that pages ask, the errands that are done
//! afterwards. Knows neither HTTP nor SMTP nor SQL.
#![deny(clippy::wildcard_enum_match_arm)]

mod call;
pub mod card_log_in;
pub mod card_tasks;
pub mod certificates;
pub mod clients;
mod counter;
mod failure;
pub mod feed;
pub mod import;
mod ledger;
pub mod measures;
pub mod nightly;
pub mod photo;
pub mod ports;
pub mod queries;
pub mod register;
pub mod work;

use std::sync::Arc;

use cards_domain::deadline::DeadlineLengths;

pub use call::{AsRead, Call, Request};
pub use cards_store::journal::{Channel, Entry};
pub use cards_store::plain;
pub use cards_store::sessions;
pub use cards_store::{
    Db, DbSettings, Fingerprint, Lane, LaneUse, Link, Refused, Seal, StoreError,
};
pub use counter::Stopped;
pub use failure::Failure;
pub use ledger::{Ledger, NotLetIn, Which};

use crate::ports::{
    CardOffice, CertificateAuthority, Clock, Entropy, IdentityProvider, MailTexts, Mailer,
    Manufacturer, PopulationRegister,
};

/// The outside parties.
#[derive(Clone)]
pub struct Ports {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes ids and secrets.
    pub entropy: Arc<dyn Entropy>,
    /// Logs people in.
    pub identity: Arc<dyn IdentityProvider>,
    /// Looks people up.
    pub register: Arc<dyn PopulationRegister>,
    /// Makes cards.
    pub manufacturer: Arc<dyn Manufacturer>,
    /// Sends mail.
    pub mailer: Arc<dyn Mailer>,
    /// Writes mails.
    pub texts: Arc<dyn MailTexts>,
    /// Signs certificates; nothing is issued without it.
    pub authority: Option<Arc<dyn CertificateAuthority>>,
    /// Answers chips, and judges what they sign.
    pub card_office: Arc<dyn CardOffice>,
    /// The address of the holders' portal, for mails.
    pub mina_sidor: url::Url,
}

/// The application.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The gate.
    pub ledger: Ledger,
    /// The outside.
    pub ports: Ports,
    /// What the nightly run is told by the configuration.
    pub night: nightly::NightSettings,
    /// How directory feeds are read; without it only commands take them in.
    pub directory: Option<import::DirectorySettings>,
    /// What this process has done.
    pub counts: Arc<measures::Counts>,
    /// Where questions about certificates wait.
    statuses: Arc<certificates::StatusDesk>,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(db: Db, ports: Ports, lengths: DeadlineLengths) -> Self {
        Self {
            db,
            ledger: Ledger::new(lengths),
            ports,
            night: nightly::NightSettings::default(),
            directory: None,
            counts: Arc::default(),
            statuses: Arc::default(),
        }
    }

    /// With these ways of reading directory feeds.
    #[must_use]
    pub fn with_directory(mut self, directory: import::DirectorySettings) -> Self {
        self.directory = Some(directory);
        self
    }

    /// With these settings of the nightly run.
    #[must_use]
    pub fn with_night(mut self, night: nightly::NightSettings) -> Self {
        self.night = night;
        self
    }

    /// Does `work` with a connection, on a thread of the lane.
    ///
    /// # Errors
    /// What `work` answers, or that there is no room or no database.
    pub async fn run<T, F>(&self, lane: Lane, work: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: FnOnce(&App, &mut Link) -> Result<T, Failure> + Send + 'static,
    {
        let app = self.clone();
        self.db.run(lane, move |link| work(&app, link)).await?
    }
}
