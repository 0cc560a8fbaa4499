//! Keys with certificates for a window: a database of NSS in a home of its own, where Chromium looks
//! for them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Map, Value, json};

use crate::chip::ChipKey;

/// The setting behind the policy `AutoSelectCertificateForUrls`: every certificate that a server asks
/// for is shown without a question.
const ANY: &str = r#"{"pattern":"*","filter":{}}"#;

/// A home with keys, removed with the value.
pub struct Keys(PathBuf);

impl Keys {
    /// A home with these keys, or with none.
    ///
    /// # Panics
    /// `certutil`, `pk12util` or `openssl` is missing: run the tests with `cargo xtask test`.
    #[must_use]
    pub fn of(chip: Option<&ChipKey>) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let home = format!("kk-keys-{}-{number}", std::process::id());
        let keys = Self(std::env::temp_dir().join(home));
        let database = keys.0.join(".pki/nssdb");
        std::fs::create_dir_all(&database).unwrap();
        let database = format!("sql:{}", database.display());
        run("certutil", &["-N", "-d", &database, "--empty-password"]);
        if let Some(chip) = chip {
            let (pem, bundle) = (keys.file("card.pem"), keys.file("card.p12"));
            std::fs::write(&pem, chip.pem()).unwrap();
            let export = ["pkcs12", "-export", "-passout", "pass:x", "-name", "kort"];
            run(
                "openssl",
                &[&export[..], &["-in", &pem, "-out", &bundle]].concat(),
            );
            run(
                "pk12util",
                &["-i", &bundle, "-d", &database, "-W", "x", "-K", ""],
            );
        }
        keys
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    pub(super) fn home(&self) -> &Path {
        &self.0
    }

    /// What a window must be told beside the rest.
    pub(super) fn wish(&self, wanted: &mut Map<String, Value>) {
        wanted.insert("acceptInsecureCerts".to_owned(), json!(true));
        let settings = &mut wanted["goog:chromeOptions"]["prefs"];
        settings["profile.managed_auto_select_certificate_for_urls"] = json!([ANY]);
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn run(program: &str, arguments: &[&str]) {
    let done = Command::new(program).args(arguments).output();
    let done = done.unwrap_or_else(|error| panic!("{program}: {error}"));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{program} {arguments:?}: {said}");
}
