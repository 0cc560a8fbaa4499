//! The command line, in the language of whoever reads it. A code can never be given here.

use crate::code::CodeName;
use crate::task::Ticket;
use crate::task::place::{Link, SCHEME};
use crate::words::{Language, Words};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::ffi::OsString;
use std::path::PathBuf;

/// What to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// The interactive mode.
    Menu,
    /// *Läget*.
    Status,
    /// *Testa kortet*.
    Test,
    /// *Byt pin-kod*.
    ChangePin(Option<CodeName>),
    /// *Lås upp kortet*.
    Unlock(Option<CodeName>),
    /// *Hämta en uppgift*, with what fetches it when that was given.
    Fetch(Option<Ticket>),
}

/// What the command line asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arguments {
    /// What to do.
    pub action: Action,
    /// The PKCS#11 module; found by looking when it is not given.
    pub module: Option<PathBuf>,
    /// A piece of the reader's name.
    pub reader: Option<String>,
    /// Read codes from standard input.
    pub codes_from_stdin: bool,
    /// The server's address.
    pub server: Option<String>,
    /// The certificates by which it proves itself.
    pub root_certificate: Option<PathBuf>,
    /// The link that the program was opened with.
    pub link: Option<Link>,
}

/// A command line that leads to no action.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Instead {
    /// Help was asked for: this text.
    Help(String),
    /// It was not understood: this text.
    Wrong(String),
}

/// The language that the command line or the environment asks for, the command line first.
#[must_use]
pub fn language(arguments: &[OsString], environment: Option<&str>) -> Language {
    let texts: Vec<&str> = arguments.iter().filter_map(|one| one.to_str()).collect();
    let after = texts.windows(2).find_map(|pair| match pair {
        ["--language", tag] => Some(*tag),
        _ => None,
    });
    let joined = texts.iter().find_map(|one| one.strip_prefix("--language="));
    Language::of(after.or(joined).or(environment).unwrap_or_default())
}

/// Takes a command line apart; the first argument is the program.
///
/// # Errors
/// Help, or what was not understood.
pub fn parse(arguments: &[OsString], words: &Words) -> Result<Arguments, Instead> {
    let (arguments, link) = without_link(arguments);
    let link = match link {
        Some(text) => {
            Some(Link::parse(&text).ok_or_else(|| Instead::Wrong(words.text("wrong-link")))?)
        }
        None => None,
    };
    let matches = command(words)
        .try_get_matches_from(arguments)
        .map_err(|error| match error.kind() {
            ErrorKind::DisplayHelp => Instead::Help(error.to_string()),
            _ => Instead::Wrong(words.text("wrong-usage")),
        })?;
    let action = match (&link, action(&matches)) {
        (Some(link), Some(Action::Menu | Action::Fetch(None))) => {
            Action::Fetch(Some(link.ticket.clone()))
        }
        (None, Some(action)) => action,
        _ => return Err(Instead::Wrong(words.text("wrong-usage"))),
    };
    Ok(Arguments {
        action,
        link,
        server: matches.get_one::<String>("server").cloned(),
        root_certificate: matches.get_one::<PathBuf>("root-certificate").cloned(),
        module: matches.get_one::<PathBuf>("module").cloned(),
        reader: matches.get_one::<String>("reader").cloned(),
        codes_from_stdin: matches.get_flag("codes-from-stdin"),
    })
}

/// The system opens a link by starting the program with it as an argument.
fn without_link(arguments: &[OsString]) -> (Vec<OsString>, Option<String>) {
    let is_link = |one: &OsString| one.to_str().is_some_and(|text| text.starts_with(SCHEME));
    let (links, others): (Vec<_>, Vec<_>) = arguments.iter().cloned().partition(is_link);
    let link = links.first().and_then(|link| link.to_str());
    (others, link.map(str::to_owned))
}

/// `None` when a code for a task cannot be one.
fn action(matches: &ArgMatches) -> Option<Action> {
    let pin = |of: &ArgMatches| match of.get_one::<String>("pin").map(String::as_str) {
        Some("pin1") => Some(CodeName::Pin1),
        Some("pin2") => Some(CodeName::Pin2),
        _ => None,
    };
    Some(match matches.subcommand() {
        Some(("hamta" | "fetch", of)) => match of.get_one::<String>("code") {
            Some(typed) => Action::Fetch(Some(Ticket::code(typed)?)),
            None => Action::Fetch(None),
        },
        Some(("lage" | "status", _)) => Action::Status,
        Some(("testa" | "test", _)) => Action::Test,
        Some(("byt-kod" | "change-pin", of)) => Action::ChangePin(pin(of)),
        Some(("las-upp" | "unlock", of)) => Action::Unlock(pin(of)),
        _ => Action::Menu,
    })
}

fn command(words: &Words) -> Command {
    let said = |key: &str| words.text(key);
    let option =
        |name: &'static str, key: &str| Arg::new(name).long(name).global(true).help(said(key));
    let pin = Arg::new("pin")
        .value_parser(["pin1", "pin2"])
        .hide_possible_values(true)
        .help(said("help-pin"));
    let names = match words.language() {
        Language::Swedish => [
            ("lage", "status"),
            ("testa", "test"),
            ("byt-kod", "change-pin"),
            ("las-upp", "unlock"),
            ("hamta", "fetch"),
        ],
        Language::English => [
            ("status", "lage"),
            ("test", "testa"),
            ("change-pin", "byt-kod"),
            ("unlock", "las-upp"),
            ("fetch", "hamta"),
        ],
    };
    let code = Arg::new("code").help(said("help-code"));
    let [status, test, change, unlock, fetch] =
        names.map(|(name, other)| plain(name, words).alias(other));
    plain("kortklient", words)
        .about(said("help-about"))
        .subcommand(status.about(said("help-status")))
        .subcommand(test.about(said("help-test")))
        .subcommand(change.about(said("help-change")).arg(pin.clone()))
        .subcommand(unlock.about(said("help-unlock")).arg(pin))
        .subcommand(fetch.about(said("help-fetch")).arg(code))
        .arg(
            option("language", "help-language")
                .value_parser(["sv", "en"])
                .hide_possible_values(true),
        )
        .arg(option("module", "help-module").value_parser(clap::value_parser!(PathBuf)))
        .arg(option("reader", "help-reader"))
        .arg(option("server", "help-server"))
        .arg(option("root-certificate", "help-root").value_parser(clap::value_parser!(PathBuf)))
        .arg(option("codes-from-stdin", "help-codes-from-stdin").action(ArgAction::SetTrue))
}

/// A command whose own headings are in the language.
fn plain(name: &'static str, words: &Words) -> Command {
    let said = |key: &str| words.text(key);
    let (usage, commands, options) = (
        said("help-usage"),
        said("help-commands"),
        said("help-options"),
    );
    let template = if name == "kortklient" {
        format!(
            "{{about}}\n\n{usage}: {{usage}}\n\n{commands}:\n{{subcommands}}\n\n{options}:\n{{options}}"
        )
    } else {
        format!("{{about}}\n\n{usage}: {{usage}}\n\n{{positionals}}\n\n{options}:\n{{options}}")
    };
    Command::new(name)
        .help_template(template)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(said("help-help")),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Arguments, Instead> {
        let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        parse(&arguments, &Words::of(language(&arguments, None)))
    }

    #[test]
    fn commands_have_a_name_in_each_language_whichever_is_spoken() {
        for language in ["sv", "en"] {
            let of = |name: &str| {
                parsed(&format!("kortklient --language {language} {name}"))
                    .unwrap()
                    .action
            };
            assert_eq!((of("lage"), of("status")), (Action::Status, Action::Status));
            assert_eq!((of("testa"), of("test")), (Action::Test, Action::Test));
            let change = Action::ChangePin(Some(CodeName::Pin2));
            assert_eq!(
                (of("byt-kod pin2"), of("change-pin pin2")),
                (change.clone(), change)
            );
            let fetch = Action::Fetch(Ticket::code("K7QFM2P1"));
            assert_eq!(
                (of("hamta k7qf-m2pl"), of("fetch K7QFM2P1")),
                (fetch.clone(), fetch)
            );
            assert_eq!(
                (of("las-upp"), of("unlock")),
                (Action::Unlock(None), Action::Unlock(None))
            );
        }
        assert_eq!(parsed("kortklient").unwrap().action, Action::Menu);
    }

    #[test]
    fn a_link_is_the_only_argument_that_a_browser_gives() {
        let token = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP-";
        let link = format!("kortklient:?server=https%3A%2F%2Fa.example&token={token}");
        let read = parsed(&format!("kortklient {link}")).unwrap();
        assert_eq!(read.action, Action::Fetch(Ticket::token(token)));
        assert_eq!(read.link.unwrap().server, "https://a.example");
        for wrong in ["kortklient kortklient:?token=x", "kortklient hamta K7QF"] {
            assert!(matches!(parsed(wrong), Err(Instead::Wrong(_))), "{wrong}");
        }
        let both = parsed(&format!("kortklient byt-kod {link}"));
        assert!(matches!(both, Err(Instead::Wrong(_))));
    }

    #[test]
    fn a_code_cannot_be_given_as_an_argument() {
        for line in [
            "kortklient byt-kod 147258",
            "kortklient byt-kod pin1 147258",
            "kortklient --pin 147258",
            "kortklient las-upp --puk 36925814",
        ] {
            let Err(Instead::Wrong(said)) = parsed(line) else {
                panic!("{line}");
            };
            assert!(!said.contains("147258") && !said.contains("36925814"));
        }
    }

    #[test]
    fn help_is_in_the_language_that_was_asked_for() {
        let help = |line: &str| match parsed(line) {
            Err(Instead::Help(text)) => text,
            other => panic!("{other:?}"),
        };
        let swedish = help("kortklient --help");
        assert!(
            swedish.contains("Kommandon:") && swedish.contains("byt-kod"),
            "{swedish}"
        );
        assert!(
            !swedish.contains("Usage") && !swedish.contains("Print"),
            "{swedish}"
        );
        let english = help("kortklient --language=en unlock --help");
        assert!(
            english.contains("Usage") && english.contains("Unlock the card"),
            "{english}"
        );
    }

    #[test]
    fn the_command_line_goes_before_the_environment() {
        let line = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(
            language(&line("kortklient"), Some("en_GB.UTF-8")),
            Language::English
        );
        assert_eq!(
            language(&line("kortklient --language sv"), Some("en")),
            Language::Swedish
        );
        assert_eq!(
            language(&line("kortklient lage --language=en"), None),
            Language::English
        );
    }
}
