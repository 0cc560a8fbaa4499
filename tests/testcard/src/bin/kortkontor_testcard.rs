//! `kortkontor-testcard`: makes a test card, and puts it into a virtual reader until it is told to
//! stop.

use cards_testcard::{
    Card, CardFile, Family, Faults, KeyKind, Letter, MasterKey, Order, Pull, Purpose, Readers,
    card_of_chip, insert, personalise, response, stay,
};
use clap::{Parser, Subcommand, ValueEnum};
use std::error::Error;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A test card in a virtual reader. Nothing here is secret, and nothing may be.
#[derive(Parser)]
#[command(name = "kortkontor-testcard")]
struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Makes a card and writes its file.
    Make(Make),
    /// Serves a reader of its own until standard input ends: the card whose file stands in
    /// `FOLDER/wanted` is in it, none when that is empty.
    Stay {
        /// The folder; `environment` and `state` are written there.
        folder: PathBuf,
    },
    /// Puts a card into a reader until standard input ends, or the program named after `--` does.
    Insert(Insert),
    /// Tells what a card file holds, without its codes and keys.
    Show {
        /// The card's file.
        card: PathBuf,
    },
    /// Answers a card's challenge as the office does (demonstration key).
    Answer {
        /// The number printed on the card.
        card_number: String,
        /// The challenge, sixteen hexadecimal digits.
        challenge: String,
    },
}

#[derive(clap::Args)]
struct Make {
    /// Where the card is kept; what is there is replaced.
    card: PathBuf,
    /// The number printed on it, 9-20 digits.
    #[arg(long, required_unless_present = "from_chip")]
    number: Option<String>,
    /// Make it of a chip of the demonstration's factory: number, family, keys and certificates.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["number", "family", "label", "without_key"])]
    from_chip: Option<PathBuf>,
    /// The holder has chosen PIN1 and PIN2 (on a card of 7xx that is made of a chip).
    #[arg(long, requires = "from_chip")]
    chosen: bool,
    /// How its codes work.
    #[arg(long, value_enum, default_value = "letter")]
    family: FamilyName,
    /// PIN1 (not on a card of 7xx).
    #[arg(long, default_value = "147258")]
    pin1: String,
    /// PIN2 (not on a card of 7xx).
    #[arg(long, default_value = "258369")]
    pin2: String,
    /// PUK.
    #[arg(long, default_value = "36925814")]
    puk: String,
    /// What it calls itself: begins with TEST or DEV.
    #[arg(long, default_value = "TEST e-id kort")]
    label: String,
    /// Leave out the key for legitimering.
    #[arg(long)]
    without_key: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum FamilyName {
    /// 7xx: no PIN until activation, an officer can open it.
    Seven,
    /// Codes in a letter, only the PUK opens it.
    Letter,
    /// A reserve card.
    Reserve,
}

#[derive(clap::Args)]
struct Insert {
    /// The card's file.
    card: PathBuf,
    /// The port of a virtual reader that runs already; without it, a private reader is started.
    #[arg(long)]
    port: Option<u16>,
    /// Pull it before this command, counted from 1.
    #[arg(long, conflicts_with = "pull_after")]
    pull_before: Option<u32>,
    /// Pull it after this command took effect, before its answer.
    #[arg(long)]
    pull_after: Option<u32>,
    /// Every command takes so many milliseconds longer.
    #[arg(long, default_value_t = 0)]
    slow: u64,
    /// The memory is full.
    #[arg(long)]
    full: bool,
    /// A program to run beside the reader; when it ends, the card is taken out.
    #[arg(last = true)]
    run: Vec<String>,
}

impl Insert {
    fn faults(&self) -> Faults {
        let before = self.pull_before.map(Pull::Before);
        Faults {
            pull: before.or(self.pull_after.map(Pull::After)),
            slow: Duration::from_millis(self.slow),
            full: self.full,
        }
    }
}

fn main() -> ExitCode {
    let done = match Arguments::parse().action {
        Action::Make(make) => made(&make),
        Action::Stay { folder } => stayed(&folder),
        Action::Insert(insert) => inserted(&insert),
        Action::Show { card } => shown(&card),
        Action::Answer {
            card_number,
            challenge,
        } => answered(&card_number, &challenge),
    };
    match done {
        Ok(text) => {
            say(&text);
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

/// A reader that has gone away is no failure of the card.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn made(make: &Make) -> Result<String, Box<dyn Error>> {
    let family = match make.family {
        FamilyName::Seven => Family::Seven,
        FamilyName::Letter => Family::Letter,
        FamilyName::Reserve => Family::Reserve,
    };
    let codes = Letter {
        pin1: make.pin1.clone(),
        pin2: make.pin2.clone(),
        puk: make.puk.clone(),
    };
    let place = CardFile::take(&make.card)?;
    let (Some(number), None) = (&make.number, &make.from_chip) else {
        let chip = make.from_chip.as_deref().unwrap_or(&make.card);
        card_of_chip(chip, &codes, make.chosen)?.kept_in(place)?;
        return Ok(format!("{} made", make.card.display()));
    };
    let mut order = Order::new(family, number, codes);
    order.label.clone_from(&make.label);
    let mut card = personalise(&order)?.kept_in(place)?;
    if !make.without_key {
        card.add_key(Purpose::Authentication, KeyKind::P256, &[1])?;
    }
    Ok(format!("{} made", make.card.display()))
}

fn inserted(wanted: &Insert) -> Result<String, Box<dyn Error>> {
    let card = Card::open(CardFile::take(&wanted.card)?)?;
    let Some(port) = wanted.port else {
        return in_private_reader(card, wanted);
    };
    let inserted = insert(card, port, wanted.faults())?;
    say("the card is in");
    wait_for_end(wanted, &[])?;
    Ok(format!("{} commands", inserted.exchanges().len()))
}

fn stayed(folder: &Path) -> Result<String, Box<dyn Error>> {
    let ended = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&ended);
    std::thread::spawn(move || {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        told.store(true, Ordering::SeqCst);
    });
    stay(folder, &|| ended.load(Ordering::SeqCst))?;
    Ok("the reader is gone".to_owned())
}

fn in_private_reader(card: Card, wanted: &Insert) -> Result<String, Box<dyn Error>> {
    let mut readers = Readers::start(1)?;
    let inserted = readers.insert(0, card, wanted.faults())?;
    let environment = readers.environment();
    for (name, value) in &environment {
        say(&format!("export {name}={}", value.display()));
    }
    wait_for_end(wanted, &environment)?;
    Ok(format!("{} commands", inserted.exchanges().len()))
}

fn wait_for_end(wanted: &Insert, environment: &[(&str, PathBuf)]) -> Result<(), Box<dyn Error>> {
    if let [program, arguments @ ..] = wanted.run.as_slice() {
        let mut command = Command::new(program);
        command.args(arguments).envs(environment.iter().cloned());
        let status = command.status()?;
        say(&format!("{program}: {status}"));
    } else {
        std::io::stdin().read_to_end(&mut Vec::new())?;
    }
    Ok(())
}

fn shown(path: &Path) -> Result<String, Box<dyn Error>> {
    let card = Card::open(CardFile::take(path)?)?;
    let [pin1, pin2, puk] = card.tries_left();
    let files: Vec<String> = card.files().iter().map(|id| format!("{id:04X}")).collect();
    Ok(format!(
        "card number {} ({:?})\ntries left: PIN1 {pin1}, PIN2 {pin2}, PUK {puk}\nfree {} bytes\nfiles {}",
        card.card_number(),
        card.family(),
        card.free(),
        files.join(" ")
    ))
}

fn answered(card_number: &str, challenge: &str) -> Result<String, Box<dyn Error>> {
    let challenge = (0..challenge.len())
        .step_by(2)
        .map(|start| {
            let pair = challenge.get(start..start + 2).unwrap_or_default();
            u8::from_str_radix(pair, 16)
        })
        .collect::<Result<Vec<u8>, _>>()?;
    let key = MasterKey::demonstration().of_card(card_number);
    let answer = response(&key, &challenge);
    Ok(answer.iter().map(|byte| format!("{byte:02X}")).collect())
}
