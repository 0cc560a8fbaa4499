//! `kortklient`: what happens with the card in a reader, from a terminal.

use cards_card_client::arguments::{self, Action, Instead};
use cards_card_client::flows::{Desk, Outcome, Outside};
use cards_card_client::proof::CHALLENGE;
use cards_card_client::real::RealCards;
use cards_card_client::talk::{Talk, Terminal};
use cards_card_client::words::Words;
use std::ffi::OsString;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// The exit status of a command line that was not understood.
const WRONG_USAGE: u8 = 2;

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
    let cards = RealCards::new(arguments.module);
    let mut desk = Desk {
        port: &cards,
        talk: &mut terminal,
        words,
        outside: Outside {
            now: &now,
            challenge: &challenge,
        },
        reader: arguments.reader,
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
    }
}

/// The language of the environment, in the order that POSIX gives its variables.
fn locale() -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this program's own edge: the language is all that it reads from the environment"
    )]
    let found = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    found
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

fn challenge() -> Option<[u8; CHALLENGE]> {
    let mut bytes = [0; CHALLENGE];
    aws_lc_rs::rand::fill(&mut bytes).ok()?;
    Some(bytes)
}
