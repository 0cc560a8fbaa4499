//! `kortkontor migrate`.

use cards_app::ports::Clock as _;
use cards_gateways::clock::SystemClock;
use cards_store::{MigrateSettings, migrate};

use super::{Done, say};
use crate::Config;

pub(super) fn run(config: &Config) -> Done {
    let admin_url = config
        .database
        .admin_url
        .clone()
        .ok_or("[database] admin_url is needed to migrate: a connection that may make roles")?;
    let settings = MigrateSettings {
        admin_url,
        app_password: config.app_password()?,
        now: SystemClock.now(),
    };
    for name in migrate(&settings)? {
        say(&format!("migrated: {name}"));
    }
    Ok(())
}
