//! Opens the certificate authority. Only the processes that sign or answer do: the web server, the
//! worker and the ceremony.

use std::sync::Arc;

use cards_app::Lane;
use cards_gateways::authority::{Authorities, Token, demonstration_profiles, fit_for_production};
use cards_pki::key::Vault as _;
use cards_pki::profile::{Profiles, ROOT};
use figment::Figment;
use figment::providers::{Format as _, Toml};

use super::{System, WireError, part};
use crate::Config;
use crate::config::{Authority, Environment, secret};

const SECTION: &str = "[authority]";

impl System {
    /// Opens the authority of the configuration and lets the application use it. Without the
    /// section nothing is issued, and the log says so.
    ///
    /// # Errors
    /// The token cannot be opened, the profiles do not hold together, or production has not been
    /// founded yet.
    pub fn open_authority(&mut self, config: &Config) -> Result<(), WireError> {
        let Some(section) = &config.authority else {
            tracing::warn!("there is no [authority] in the configuration: nothing is issued");
            return Ok(());
        };
        let authorities = self.found(config, section, config.environment.word() != PRODUCTION)?;
        self.app.ports.authority = Some(Arc::new(authorities));
        Ok(())
    }

    /// The ceremony: makes the keys and certificates that are missing. Gives name, common name and
    /// last day of each authority.
    ///
    /// # Errors
    /// As [`System::open_authority`]; the section is missing.
    pub fn found_authority(&self, config: &Config) -> Result<Vec<Founded>, WireError> {
        let section = config.authority.as_ref();
        let section = section.ok_or_else(|| super::missing(SECTION))?;
        Ok(self.found(config, section, true)?.told())
    }

    /// `may_make`: what is missing is founded. In production only the ceremony may.
    fn found(
        &self,
        config: &Config,
        section: &Authority,
        may_make: bool,
    ) -> Result<Authorities, WireError> {
        let profiles = profiles(config, section)?;
        let entropy = Arc::clone(&self.app.ports.entropy);
        let found = || {
            // Not before it is our turn: what the others have made meanwhile would begin after it.
            let now = self.app.ports.clock.now();
            let token = token(config, section)?;
            if !may_make && token.certificates(ROOT).map_err(part(SECTION))?.is_empty() {
                return Err(WireError::Part {
                    what: SECTION,
                    reason: "nothing has been founded: run `kortkontor authority found`".to_owned(),
                });
            }
            Authorities::found(profiles, Box::new(token), now, entropy).map_err(part(SECTION))
        };
        // Two that make what is missing at the same time would make two tokens of one label, or two
        // keys of one name.
        let mut link = self.app.db.link(Lane::Long).map_err(part(SECTION))?;
        link.alone("ceremony", found).map_err(part(SECTION))?
    }
}

const PRODUCTION: &str = "production";

/// Name, common name and last day of an authority.
pub type Founded = (String, String, chrono::DateTime<chrono::Utc>);

fn token(config: &Config, section: &Authority) -> Result<Token, WireError> {
    let pin = secret("[authority] pin_file", &section.pin_file)?;
    let label = &section.token_label;
    match &section.so_pin_file {
        Some(file) if config.environment != Environment::Production => {
            let so_pin = secret("[authority] so_pin_file", file)?;
            Token::create(&section.module, label, &so_pin, pin)
        }
        Some(_) | None => Token::open(&section.module, label, pin),
    }
    .map_err(part(SECTION))
}

/// The profiles of the installation. Those of the demonstration are not for production.
fn profiles(config: &Config, section: &Authority) -> Result<Profiles, WireError> {
    let base = match &section.base_url {
        Some(url) => url.to_string(),
        None => {
            let public = config.http.public_url.as_str().trim_end_matches('/');
            format!("{public}{}", cards_http::pki::PKI_PATH)
        }
    };
    let mut profiles = match &section.profiles_file {
        None => demonstration_profiles(&base),
        Some(file) => Figment::from(Toml::file_exact(file))
            .extract()
            .map_err(part("[authority] profiles_file"))?,
    };
    base.trim_end_matches('/')
        .clone_into(&mut profiles.base_url);
    if config.environment == Environment::Production {
        return fit_for_production(profiles).map_err(part(SECTION));
    }
    Ok(profiles)
}
