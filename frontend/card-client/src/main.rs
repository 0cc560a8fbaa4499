//! `kortklient`: what happens with the card in a reader, from a terminal.

use cards_card_client::arguments::{self, Action, Arguments, Instead};
use cards_card_client::cause::Cause;
use cards_card_client::flows::{Desk, Outcome, Outside};
use cards_card_client::proof::CHALLENGE;
use cards_card_client::real::RealCards;
use cards_card_client::talk::{Talk, Terminal};
use cards_card_client::task::{Https, Office, Settings, place::place};
use cards_card_client::words::Words;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The exit status of a command line that was not understood.
const WRONG_USAGE: u8 = 2;

/// The file with this computer's settings.
const SETTINGS: &str = "kortklient.toml";

fn main() -> ExitCode {
    let given: Vec<OsString> = std::env::args_os().collect();
    let language = arguments::language(&given, locale().as_deref());
    let words = Words::of(language);
    let mut terminal = Terminal {
        codes_from_stdin: false,
    };
    let arguments = match arguments::parse(&given, &words) {
        Ok(arguments) => arguments,
        Err(Instead::Help(text)) => {
            terminal.say(text.trim_end());
            return ExitCode::SUCCESS;
        }
        Err(Instead::Wrong(text)) => {
            terminal.say(&text);
            return ExitCode::from(WRONG_USAGE);
        }
    };
    terminal.codes_from_stdin = arguments.codes_from_stdin;
    let server = reach(&arguments);
    let office = match &server {
        Ok(server) => Ok(server.office()),
        Err(cause) => Err(*cause),
    };
    let cards = RealCards::new(arguments.module);
    let mut desk = Desk {
        port: &cards,
        talk: &mut terminal,
        words,
        outside: Outside {
            now: &now,
            challenge: &challenge,
            pause: &pause,
        },
        reader: arguments.reader,
        office,
    };
    match done(&mut desk, arguments.action) {
        Outcome::Well => ExitCode::SUCCESS,
        Outcome::NotWell => ExitCode::FAILURE,
    }
}

fn done(desk: &mut Desk<'_>, action: Action) -> Outcome {
    match action {
        Action::Menu => desk.menu(),
        Action::Status => desk.status(),
        Action::Test => desk.test(),
        Action::ChangePin(pin) => desk.change_pin(pin),
        Action::Unlock(pin) => desk.unlock(pin),
        Action::Fetch(ticket) => desk.fetch_task(ticket),
    }
}

/// The server that tasks come from.
struct Reached {
    wire: Https,
    host: String,
    known: bool,
}

impl Reached {
    fn office(&self) -> Office<'_> {
        Office {
            wire: &self.wire,
            host: &self.host,
            known: self.known,
        }
    }
}

/// The command line goes before the environment, and that before the file.
fn reach(arguments: &Arguments) -> Result<Reached, Cause> {
    let settings = settings()?;
    let set = arguments
        .server
        .clone()
        .or_else(|| variable("KORTKLIENT_SERVER"))
        .or(settings.server);
    let place = place(set.as_deref(), arguments.link.as_ref())?;
    let root = arguments.root_certificate.clone();
    let roots = root
        .or_else(|| variable("KORTKLIENT_ROOT_CERTIFICATE").map(PathBuf::from))
        .or(settings.root_certificate)
        .map(std::fs::read)
        .transpose()
        .map_err(|_| Cause::BadServer)?;
    let host = place.server.host();
    let known = place.known;
    let wire = Https::to(place.server, roots.as_deref()).ok_or(Cause::BadServer)?;
    Ok(Reached { wire, host, known })
}

/// This computer's settings; none when there is no file.
fn settings() -> Result<Settings, Cause> {
    let folder = variable("XDG_CONFIG_HOME")
        .or_else(|| variable("APPDATA"))
        .map(PathBuf::from)
        .or_else(|| variable("HOME").map(|home| PathBuf::from(home).join(".config")));
    let Some(path) = folder.map(|folder| folder.join(SETTINGS)) else {
        return Ok(Settings::default());
    };
    match std::fs::read_to_string(path) {
        Ok(text) => Settings::read(&text).ok_or(Cause::BadServer),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Settings::default()),
        Err(_) => Err(Cause::BadServer),
    }
}

/// The language of the environment, in the order that POSIX gives its variables.
fn locale() -> Option<String> {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(variable)
}

fn variable(name: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this program's own edge: the language and where tasks come from"
    )]
    let found = std::env::var(name);
    found.ok().filter(|value| !value.is_empty())
}

fn now() -> i64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "this program's own edge: the flows are handed the time"
    )]
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since
        .ok()
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .unwrap_or_default()
}

fn pause(time: Duration) {
    #[expect(
        clippy::disallowed_methods,
        reason = "this program's own edge: a person waits at a terminal, no request does"
    )]
    std::thread::sleep(time);
}

fn challenge() -> Option<[u8; CHALLENGE]> {
    let mut bytes = [0; CHALLENGE];
    aws_lc_rs::rand::fill(&mut bytes).ok()?;
    Some(bytes)
}
