//! A virtual reader beside the demonstration, and the cards of its factory that can lie in it:
//! `cargo xtask up --with-card` starts it, `cargo xtask card` says what is in it.

use crate::failure::{Failure, at, say, warn};
use crate::prepare::{Needs, prepare};
use crate::process::{self, Stop};
use crate::project::Project;
use crate::running::{Running, write_private};
use crate::server::build_with;
use serde::Deserialize;
use std::fs::File;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(50);
/// The codes of every card that is made here; on a card of 7xx only the PUK, until its holder
/// chooses.
const CODES: &str = "PIN1 147258, PIN2 258369, PUK 36925814";

/// What can be done with the reader.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Put the card with this number into the reader; another one is taken out
    Insert {
        /// The number on the card
        number: String,
        /// Its holder has chosen PIN1 and PIN2 already (a card of 7xx that is put in the first time)
        #[arg(long)]
        chosen: bool,
    },
    /// Take the card out
    Pull,
    /// Tell which cards there are
    List,
}

/// Does it, in the reader that `up --with-card` has started from this checkout.
pub fn card(project: &Project, command: &Command) -> Result<(), Failure> {
    let told = done(&project.state("up")?, command)?;
    told.iter().for_each(|line| say(line));
    Ok(())
}

/// Does it in the demonstration of that folder; gives what there is to tell.
fn done(state: &Path, command: &Command) -> Result<Vec<String>, Failure> {
    let reader = Reader::at(state);
    match command {
        Command::List => reader.list(),
        Command::Insert { number, chosen } => {
            reader.must_run(state)?;
            reader.make(number, *chosen)?;
            reader.wish(Some(number))?;
            Ok(vec![format!("Card {number} is in the reader.")])
        }
        Command::Pull => {
            reader.must_run(state)?;
            reader.wish(None)?;
            Ok(vec!["The reader is empty.".to_owned()])
        }
    }
}

/// The programs for cards, built.
#[derive(Clone)]
pub struct Programs {
    test_card: PathBuf,
    client: PathBuf,
}

impl Programs {
    /// Fetches what reader and client need, and builds both.
    pub fn ready(project: &Project, stop: &Stop) -> Result<Self, Failure> {
        let needs = Needs {
            cards: true,
            ..Needs::default()
        };
        prepare(project, needs, stop)?;
        warn("Building the card reader and kortklient ...");
        let built = |package: &str, binary: &str| {
            build_with(project, &["--package", package, "--bin", binary], stop)
        };
        Ok(Self {
            test_card: built("cards-testcard", "kortkontor-testcard")?,
            client: built("cards-card-client", "kortklient")?,
        })
    }
}

/// The card that has certificates from the start, as the demonstration tells of it.
#[derive(Deserialize)]
struct FirstCard {
    number: String,
    name: String,
}

/// The demonstration's reader: its folder holds what is wished for, what is in it, and the cards.
pub struct Reader {
    folder: PathBuf,
    /// The folder of the simulators.
    factory: PathBuf,
}

/// A reader that runs; it ends with its process.
pub struct Served {
    child: Child,
    reader: Reader,
    programs: Programs,
}

impl Reader {
    fn at(state: &Path) -> Self {
        Self {
            folder: state.join("card"),
            factory: state.join("data").join("demo"),
        }
    }

    /// Starts the reader, with the demonstration's first card in it.
    pub fn serve(state: &Path, programs: Programs, stop: &Stop) -> Result<Served, Failure> {
        let reader = Self::at(state);
        std::fs::create_dir_all(&reader.folder).map_err(at(&reader.folder))?;
        for old in ["environment", "state", "wanted", "testcard"] {
            let _absent = std::fs::remove_file(reader.folder.join(old));
        }
        let link = reader.folder.join("testcard");
        std::os::unix::fs::symlink(&programs.test_card, &link).map_err(at(&link))?;
        let child = reader.start(&programs.test_card)?;
        let mut served = Served {
            child,
            reader,
            programs,
        };
        served.wait_until_there(stop)?;
        Ok(served)
    }

    fn start(&self, program: &Path) -> Result<Child, Failure> {
        let path = self.folder.join("reader.log");
        let log = File::create(&path).map_err(at(&path))?;
        let other = log.try_clone().map_err(at(&path))?;
        // The reader ends with its standard input: when this command is killed, too.
        std::process::Command::new(program)
            .arg("stay")
            .arg(&self.folder)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(log)
            .stderr(other)
            .spawn()
            .map_err(at(program))
    }

    fn must_run(&self, state: &Path) -> Result<(), Failure> {
        let runs = Running::read(state).is_some() && self.folder.join("environment").is_file();
        if runs {
            return Ok(());
        }
        Err(Failure::said(
            "There is no reader: start one with `cargo xtask up --with-card`.",
        ))
    }

    fn card_file(&self, number: &str) -> PathBuf {
        self.folder.join(format!("{number}.card"))
    }

    /// Makes the card of the factory's chip, unless it has been made: then it keeps its codes and
    /// whatever has been written to it.
    fn make(&self, number: &str, chosen: bool) -> Result<(), Failure> {
        let card = self.card_file(number);
        if card.is_file() {
            return Ok(());
        }
        let chip = self.factory.join("chips").join(format!("{number}.json"));
        if number.bytes().any(|byte| !byte.is_ascii_digit()) || !chip.is_file() {
            return Err(Failure::said(format!(
                "The demonstration's factory has made no card {number} with keys: \
                 `cargo xtask card list` tells which there are."
            )));
        }
        let mut make = std::process::Command::new(self.folder.join("testcard"));
        make.arg("make").arg(&card).arg("--from-chip").arg(&chip);
        if chosen {
            make.arg("--chosen");
        }
        let made = process::capture(&mut make)?;
        match made.status.success() {
            true => Ok(()),
            false => Err(Failure::said(String::from_utf8_lossy(&made.stderr).trim())),
        }
    }

    /// Says which card is to be in the reader, and waits until it is.
    fn wish(&self, number: Option<&str>) -> Result<(), Failure> {
        let (text, wanted) = match number {
            Some(number) => (
                self.card_file(number).to_string_lossy().into_owned(),
                format!("in {number}"),
            ),
            None => (String::new(), "empty".to_owned()),
        };
        write_private(&self.folder.join("wanted"), &text)?;
        let begun = Instant::now();
        loop {
            let state = self.state();
            if state == wanted {
                return Ok(());
            }
            if state.starts_with("failed") || begun.elapsed() > PATIENCE {
                return Err(Failure::said(format!("The reader says: {state}")));
            }
            std::thread::sleep(PAUSE);
        }
    }

    fn state(&self) -> String {
        std::fs::read_to_string(self.folder.join("state")).unwrap_or_default()
    }

    fn list(&self) -> Result<Vec<String>, Failure> {
        let folder = self.factory.join("chips");
        let mut numbers: Vec<String> = std::fs::read_dir(&folder)
            .map_err(|_| {
                Failure::said("The demonstration's factory has made no cards with keys yet.")
            })?
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name().to_string_lossy().into_owned();
                name.strip_suffix(".json").map(str::to_owned)
            })
            .filter(|number| !number.starts_with('.'))
            .collect();
        numbers.sort();
        let state = self.state();
        let place = |number: &String| {
            if state == format!("in {number}") {
                "in the reader"
            } else if self.card_file(number).is_file() {
                "has been in the reader"
            } else {
                ""
            }
        };
        let line = |number| format!("{number}  {}", place(number)).trim_end().to_owned();
        Ok(numbers.iter().map(line).collect())
    }

    fn first_card(&self) -> Option<FirstCard> {
        let path = self.factory.join("card-with-certificates.json");
        serde_json::from_slice(&std::fs::read(path).ok()?).ok()
    }
}

impl Served {
    fn wait_until_there(&mut self, stop: &Stop) -> Result<(), Failure> {
        let begun = Instant::now();
        while !self.reader.folder.join("state").is_file() {
            stop.check()?;
            if process::ended(&mut self.child)?.is_some() || begun.elapsed() > PATIENCE {
                let log = self.reader.folder.join("reader.log");
                let said = std::fs::read_to_string(log).unwrap_or_default();
                return Err(Failure::said(format!("No card reader: {}", said.trim())));
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Puts the first card in and writes the command that runs the client beside the reader. Gives
    /// what there is to tell.
    pub fn with_first_card(&self, state: &Path, tls_port: u16) -> Result<String, Failure> {
        let script = self.client_script(state, tls_port)?;
        let Some(card) = self.reader.first_card() else {
            return Ok(format!(
                "The reader is empty: this demonstration has no card with certificates from the \
                 start (begin anew with `--fresh`, or order one and `cargo xtask card insert NUMBER`).\n\
                 Card client: {}",
                script.display()
            ));
        };
        self.reader.make(&card.number, true)?;
        self.reader.wish(Some(&card.number))?;
        Ok(format!(
            "In the card reader: the card of {}, number {}.\n\
             Its codes, in this demonstration only: {CODES}.\n\
             Card client: {} (try `status`, `test`). Other cards: `cargo xtask card list`, \
             `insert NUMBER`, `pull`.",
            card.name,
            card.number,
            script.display()
        ))
    }

    fn client_script(&self, state: &Path, tls_port: u16) -> Result<PathBuf, Failure> {
        let path = state.join("kortklient");
        let root = state.join("data").join("tls").join("root.pem");
        let text = format!(
            "#!/bin/sh\n# Written by `cargo xtask up --with-card`: kortklient beside the virtual reader.\n\
             . '{}'\n\
             export KORTKLIENT_SERVER='https://127.0.0.1:{tls_port}'\n\
             export KORTKLIENT_ROOT_CERTIFICATE='{}'\n\
             exec '{}' \"$@\"\n",
            self.reader.folder.join("environment").display(),
            root.display(),
            self.programs.client.display()
        );
        let _absent = std::fs::remove_file(&path);
        let mut options = File::options();
        options.write(true).create_new(true).mode(0o755);
        let mut file = options.open(&path).map_err(at(&path))?;
        std::io::Write::write_all(&mut file, text.as_bytes()).map_err(at(&path))?;
        Ok(path)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        process::end(&mut self.child);
        let _absent = std::fs::remove_file(self.reader.folder.join("environment"));
    }
}

#[cfg(test)]
mod tests;
