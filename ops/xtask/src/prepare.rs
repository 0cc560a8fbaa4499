//! What the machine lacks, found by looking and fetched by apt, npm and rustup. Nothing is
//! fetched when nothing is missing, so a second run costs a moment.

use crate::failure::{Failure, warn};
use crate::process::{self, Stop};
use crate::project::{Project, on_path};
use crate::{apt, binaries, lock, node, token};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a command is going to need beyond what every build needs.
#[derive(Clone, Copy, Default)]
pub struct Needs {
    /// A PostgreSQL server of our own.
    pub server: bool,
    /// A browser that tests can drive.
    pub browser: bool,
    /// Virtual card readers, middleware for cards, and a token in software.
    pub cards: bool,
    /// A token in software for the keys of certificate authorities.
    pub token: bool,
    /// The formatter and the linter.
    pub checks: bool,
}

/// Programs that the tests are told about; a path is absent when the program is not needed.
pub struct Tools {
    /// Chromium or a browser of its kind.
    pub chromium: Option<PathBuf>,
    /// The program that drives the browser.
    pub chromedriver: Option<PathBuf>,
    /// Node 22.
    pub node: Option<PathBuf>,
}

struct Part {
    packages: &'static [&'static str],
    way_out: &'static str,
    present: fn() -> bool,
}

const SERVER: Part = Part {
    packages: &["postgresql"],
    way_out: "PostgreSQL 15 or later is missing: install its server programs, or name their folder in PG_BIN, or name a running server in DATABASE_URL.",
    present: || binaries::find(None).is_some(),
};
const LIBPQ: Part = Part {
    packages: &["gcc", "libc6-dev", "libpq-dev"],
    way_out: "A C compiler that can link libpq is missing: install gcc and libpq-dev.",
    present: libpq_links,
};
const NODE: Part = Part {
    packages: &["nodejs", "npm"],
    way_out: "npm is missing: install Node 18 or later together with npm.",
    present: || on_path(&["npm"]).is_some() && on_path(&["node"]).is_some(),
};
const BROWSER: Part = Part {
    packages: &["chromium", "chromium-driver"],
    way_out: "A browser for the tests is missing: install chromium and chromium-driver, or name them in KORTKONTOR_CHROMIUM and KORTKONTOR_CHROMEDRIVER.",
    present: || chromium().is_some() && chromedriver().is_some(),
};

const BROWSER_KEYS: Part = Part {
    packages: &["libnss3-tools"],
    way_out: "The programs that give a browser the key of a card are missing: install libnss3-tools.",
    present: || on_path(&["certutil"]).is_some() && on_path(&["pk12util"]).is_some(),
};

const CERTIFICATES: Part = Part {
    packages: &["openssl"],
    way_out: "The program that makes the tests' certificates is missing: install openssl.",
    present: || on_path(&["openssl"]).is_some(),
};

const CARD_READERS: Part = Part {
    packages: &["pcscd", "vsmartcard-vpcd", "opensc"],
    way_out: "Virtual card readers for the tests are missing: install pcscd, vsmartcard-vpcd and opensc (Debian 12 or later).",
    present: || {
        Path::new("/usr/lib/pcsc/drivers/serial/libifdvpcd.so").exists()
            && Path::new("/usr/sbin/pcscd").exists()
            && on_path(&["pkcs11-tool"]).is_some()
    },
};
const CARD_LIBRARY: Part = Part {
    packages: &["libpcsclite-dev", "pkg-config"],
    way_out: "The library for card readers cannot be linked: install libpcsclite-dev and pkg-config.",
    present: || process::succeeds(Command::new("pkg-config").args(["--exists", "libpcsclite"])),
};
const TOKEN: Part = Part {
    packages: &["softhsm2"],
    way_out: "The token in software that holds the keys of certificate authorities is missing: install softhsm2.",
    present: || token::module().is_some(),
};

/// Fetches what is missing and tells where the tools are.
///
/// # Errors
/// One sentence that names the way out.
pub fn prepare(project: &Project, needs: Needs, stop: &Stop) -> Result<Tools, Failure> {
    let _alone = lock::take(&project.state("")?.join("prepare.lock"), stop)?;
    let mut parts = vec![LIBPQ, NODE];
    parts.extend(needs.server.then_some(SERVER));
    parts.extend(
        needs
            .browser
            .then_some([BROWSER, BROWSER_KEYS, CERTIFICATES])
            .into_iter()
            .flatten(),
    );
    parts.extend(
        needs
            .cards
            .then_some([CARD_READERS, CARD_LIBRARY, TOKEN])
            .into_iter()
            .flatten(),
    );
    parts.extend(needs.token.then_some(TOKEN));
    let missing: Vec<Part> = parts.into_iter().filter(|part| !(part.present)()).collect();
    if !missing.is_empty() {
        let packages: Vec<&str> = missing
            .iter()
            .flat_map(|part| part.packages)
            .copied()
            .collect();
        apt::install(&packages, stop)?;
        if let Some(part) = missing.iter().find(|part| !(part.present)()) {
            return Err(Failure::said(part.way_out));
        }
    }
    if needs.checks {
        components(project, stop)?;
    }
    node::packages(project, stop)?;
    Ok(Tools {
        chromium: needs.browser.then(chromium).flatten(),
        chromedriver: needs.browser.then(chromedriver).flatten(),
        node: node::program(project),
    })
}

/// Only a link tells: the library may lie anywhere the compiler looks, or lack its headers.
fn libpq_links() -> bool {
    let line =
        "printf '#include <stddef.h>\\nint main(void){return 0;}' | cc -x c - -lpq -o /dev/null";
    process::succeeds(Command::new("sh").args(["-c", line]))
}

fn chromium() -> Option<PathBuf> {
    named("KORTKONTOR_CHROMIUM")
        .or_else(|| on_path(&["chromium", "chromium-browser", "google-chrome"]))
}

fn chromedriver() -> Option<PathBuf> {
    named("KORTKONTOR_CHROMEDRIVER").or_else(|| on_path(&["chromedriver"]))
}

fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.is_file())
}

fn components(project: &Project, stop: &Stop) -> Result<(), Failure> {
    let works = |tool: &str| process::succeeds(project.cargo().args([tool, "--version"]));
    if works("fmt") && works("clippy") {
        return Ok(());
    }
    warn("Fetching rustfmt and clippy ...");
    process::must(
        project
            .program("rustup")
            .args(["component", "add", "rustfmt", "clippy"]),
        stop,
        "rustfmt or clippy is missing: run `rustup component add rustfmt clippy` and start again.",
    )
}
