//! The process that drives Chromium, and the commands that only it knows.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdout, Command as Process, Stdio};

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::programs::Programs;
use super::{Keys, Window};

const CHROMIUM: &str = "KORTKONTOR_CHROMIUM";
const CHROMEDRIVER: &str = "KORTKONTOR_CHROMEDRIVER";

/// Nothing that reaches out or asks questions.
const QUIET: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-default-apps",
    "--lang=sv",
];

/// A camera that shows a test picture and is let in without a question.
const CAMERA: [&str; 2] = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
];

/// A running driver, ended with the value.
pub(super) struct Driver {
    process: Child,
    pub(super) programs: Programs,
    // Kept open: the driver may say more.
    _said: BufReader<ChildStdout>,
    address: String,
}

impl Driver {
    /// Starts one on a free port.
    pub(super) fn start(keys: Option<&Keys>) -> Self {
        let programs = Programs::new();
        let mut process = Process::new(path(CHROMEDRIVER));
        process.env("PATH", programs.path());
        if let Some(keys) = keys {
            process.env("HOME", keys.home());
        }
        let mut process = process
            .arg("--port=0")
            // Names of files hold å, ä and ö; a machine may have no locale of its own.
            .env("LC_ALL", "C.UTF-8")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("chromedriver does not start: {error}"));
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let port = said
            .by_ref()
            .lines()
            .map_while(Result::ok)
            .find_map(|line| port(&line));
        let port = port.unwrap_or_else(|| panic!("chromedriver ended without a port"));
        Self {
            process,
            programs,
            _said: said,
            address: format!("http://127.0.0.1:{port}"),
        }
    }

    /// A window of its own profile.
    pub(super) async fn client(&self, window: Window, keys: Option<&Keys>) -> Client {
        let mut wanted = wanted(window);
        self.programs.wish(&mut wanted);
        if let Some(keys) = keys {
            keys.wish(&mut wanted);
        }
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wanted);
        builder
            .connect(&self.address)
            .await
            .unwrap_or_else(|error| panic!("no Chromium: {error}"))
    }

    /// Ends it.
    pub(super) fn stop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The driver names the port twice: as it was asked for, which is 0, and as it is.
fn port(line: &str) -> Option<u16> {
    line.split_once("successfully on port ")?
        .1
        .trim_end_matches('.')
        .trim()
        .parse()
        .ok()
}

fn wanted(window: Window) -> serde_json::Map<String, Value> {
    // 2 blocks, 1 allows.
    let script = if window.has_script { 1 } else { 2 };
    let mut args: Vec<String> = QUIET.iter().map(|flag| (*flag).to_owned()).collect();
    args.push(format!("--window-size={},900", window.width));
    if window.has_camera {
        args.extend(CAMERA.map(str::to_owned));
    }
    let wanted = json!({
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": path(CHROMIUM),
            "args": args,
            "prefs": {
                "intl.accept_languages": "sv",
                "profile.managed_default_content_settings.javascript": script,
            },
        },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    wanted.as_object().unwrap().clone()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test command says where they are"
)]
fn path(variable: &str) -> String {
    std::env::var(variable)
        .unwrap_or_else(|_| panic!("{variable} is not set: run the tests with `cargo xtask test`"))
}

/// A command beyond the standard.
#[derive(Debug)]
pub(super) struct Command {
    /// What stands after the session.
    pub(super) path: &'static str,
    /// As JSON.
    pub(super) body: String,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.path
        ))
    }

    fn method_and_body(&self, _: &Url) -> (reqwest::Method, Option<String>) {
        (reqwest::Method::POST, Some(self.body.clone()))
    }
}
