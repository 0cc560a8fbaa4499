//! A whole system for one test: database, clock, simulators, application. Who is in it and what is
//! done in it stand in modules of their own.

mod acts;
mod cast;
mod invariants;

use std::sync::Arc;

use cards_app::{App, Lane, Link};
use cards_server::{Config, System, demo};

use crate::clock::StillClock;
use crate::database::TestDatabase;

/// A whole system.
pub struct World {
    /// The system.
    pub system: Arc<System>,
    /// Its configuration.
    pub config: Config,
    /// Its clock.
    pub clock: Arc<StillClock>,
    /// Its database.
    pub database: TestDatabase,
    folder: Folder,
    /// Whether errands may be left when the test ends.
    pub may_leave_errands: bool,
}

/// A folder that is removed with the value.
struct Folder(std::path::PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The checkout's top folder.
#[must_use]
pub fn checkout() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn config(admin_url: &str, app_url: &str, folder: &std::path::Path, port: u16) -> Config {
    let text = serde_json::json!({
        "environment": "test",
        "data_dir": folder,
        "http": {
            "listen": format!("127.0.0.1:{port}"),
            "public_url": format!("http://127.0.0.1:{port}"),
            "workers": 1,
        },
        "database": { "admin_url": admin_url, "app_url": app_url, "threads": 4 },
        "demonstration": {
            "folder": checkout().join("ops/demo"),
            "produce_after_seconds": 0,
            "dispatch_after_seconds": 0,
        },
    });
    serde_json::from_value(text).unwrap()
}

fn folder() -> Folder {
    let path = std::env::temp_dir().join(format!("kk-{}-{}", std::process::id(), next()));
    std::fs::create_dir_all(&path).unwrap();
    // One key for the template and every clone of it.
    std::fs::write(path.join("sealing.key"), [7; 32]).unwrap();
    Folder(path)
}

fn next() -> u32 {
    static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
}

/// Fills the template with the demonstration's people.
pub(crate) fn fill(admin_url: &str, app_url: &str) {
    let folder = folder();
    let config = config(admin_url, app_url, &folder.0, 1);
    let system = System::build_at(&config, "", Arc::new(StillClock::start())).unwrap();
    demo::fill_without_orders(&system.app, &config.demonstration.folder).unwrap();
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// The demonstration's people and nothing under way.
    ///
    /// # Panics
    /// The system does not start.
    #[must_use]
    pub fn new() -> Self {
        Self::at_port(1)
    }

    /// As [`World::new`], to be served at `port`.
    ///
    /// # Panics
    /// The system does not start.
    #[must_use]
    pub fn at_port(port: u16) -> Self {
        Self::configured(port, |_, _| ())
    }

    /// As [`World::at_port`], with a configuration that `settle` has changed; it is given the
    /// world's folder.
    ///
    /// # Panics
    /// The system does not start.
    #[must_use]
    pub fn configured(port: u16, settle: impl FnOnce(&mut Config, &std::path::Path)) -> Self {
        Self::over(TestDatabase::filled(), port, settle)
    }

    /// A system with nobody in it, with a configuration that `settle` has changed.
    ///
    /// # Panics
    /// The system does not start.
    #[must_use]
    pub fn unfilled(settle: impl FnOnce(&mut Config, &std::path::Path)) -> Self {
        Self::over(TestDatabase::migrated(), 1, settle)
    }

    fn over(
        database: TestDatabase,
        port: u16,
        settle: impl FnOnce(&mut Config, &std::path::Path),
    ) -> Self {
        let folder = folder();
        let mut config = config(&database.admin_url(), &database.app_url(), &folder.0, port);
        settle(&mut config, &folder.0);
        let clock = Arc::new(StillClock::start());
        let stylesheet = cards_portal::assets::asset_url(cards_portal::assets::Asset::Css);
        let system = System::build_at(&config, stylesheet, clock.clone()).unwrap();
        let system = Arc::new(system);
        Self {
            system,
            config,
            clock,
            database,
            folder,
            may_leave_errands: false,
        }
    }

    /// The application.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.system.app
    }

    /// The folder of keys, exchanged files and mails.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        &self.folder.0
    }

    /// A connection.
    ///
    /// # Panics
    /// The database is gone.
    #[must_use]
    pub fn link(&self) -> Link {
        self.app().db.link(Lane::Short).unwrap()
    }
}
