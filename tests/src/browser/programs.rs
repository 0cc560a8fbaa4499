//! What the computer of a window opens for a link that browsers do not follow themselves: its
//! `xdg-open` writes the link down instead of starting a program.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Map, Value, json};

/// The setting behind the policy `AutoLaunchProtocolsFromOrigins`: the reader has let pages open the
/// card program once and for all. The question that stands there otherwise lies over the page.
const LET_IN: &str = "protocol_handler.policy.auto_launch_protocols_from_origins";

/// A folder with the computer's own `xdg-open`, removed with the value.
pub(super) struct Programs(PathBuf);

impl Programs {
    pub(super) fn new() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("kk-programs-{}-{number}", std::process::id());
        let programs = Self(std::env::temp_dir().join(name));
        std::fs::create_dir_all(&programs.0).unwrap();
        let open = programs.0.join("xdg-open");
        let script = format!(
            "#!/bin/sh\nprintf '%s\\n' \"$1\" >> '{}'\n",
            programs.list().display()
        );
        std::fs::write(&open, script).unwrap();
        std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o755)).unwrap();
        programs
    }

    fn list(&self) -> PathBuf {
        self.0.join("opened")
    }

    /// Where programs are looked for: here first.
    #[expect(
        clippy::disallowed_methods,
        reason = "a browser needs other programs, too"
    )]
    pub(super) fn path(&self) -> String {
        let rest = std::env::var("PATH").unwrap_or_default();
        format!("{}:{rest}", self.0.display())
    }

    /// What a window must be told beside the rest.
    pub(super) fn wish(&self, wanted: &mut Map<String, Value>) {
        let settings = &mut wanted["goog:chromeOptions"]["prefs"];
        settings[LET_IN] = json!([{ "protocol": "kortklient", "allowed_origins": ["*"] }]);
    }

    /// The links that were opened, in their order.
    pub(super) fn opened(&self) -> Vec<String> {
        let list = std::fs::read_to_string(self.list()).unwrap_or_default();
        list.lines().map(str::to_owned).collect()
    }
}

impl Drop for Programs {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
