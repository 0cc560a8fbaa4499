use super::*;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread::JoinHandle;

const NUMBER: &str = "9752269000001234567";
const OTHER: &str = "9752269000007654321";

/// The folder of a demonstration, removed with the value.
struct State(PathBuf);

impl State {
    /// With the chips of two cards.
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "kortkontor-card-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let state = Self(std::env::temp_dir().join(name));
        std::fs::create_dir_all(state.0.join("card")).unwrap();
        std::fs::create_dir_all(state.0.join("data/demo/chips")).unwrap();
        for number in [OTHER, NUMBER] {
            state.write(&format!("data/demo/chips/{number}.json"), "{}");
        }
        state
    }

    /// With a reader, as far as anybody can see, and this in place of `kortkontor-testcard`.
    fn with_reader(testcard: &str) -> Self {
        let state = Self::new();
        state.write("card/environment", "export PCSCLITE_CSOCK_NAME='/x'\n");
        state.program("card/testcard", testcard);
        let running = Running {
            pid: std::process::id(),
            port: 8080,
            socket: None,
            database_url: String::new(),
            server: None,
        };
        running.write(&state.0).unwrap();
        state
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }

    /// Written by a process of its own: while this one forks elsewhere, what it holds open for writing
    /// cannot be run.
    fn program(&self, name: &str, script: &str) -> PathBuf {
        let path = self.0.join(name);
        let mut write = std::process::Command::new("sh");
        write.args([
            "-c",
            "printf '#!/bin/sh\\n%s\\n' \"$2\" > \"$1\" && chmod 755 \"$1\"",
            "sh",
        ]);
        assert!(process::succeeds(write.arg(&path).arg(script)));
        path
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap_or_default()
    }

    fn insert(&self, number: &str, chosen: bool) -> Result<Vec<String>, Failure> {
        let number = number.to_owned();
        done(&self.0, &Command::Insert { number, chosen })
    }

    /// A reader with the first card as `up --with-card` has it, around this program.
    fn served(&self, testcard: PathBuf) -> Served {
        Served {
            child: process::start(std::process::Command::new("sleep").arg("60")).unwrap(),
            reader: Reader::at(&self.0),
            programs: Programs {
                test_card: testcard,
                client: "/built/kortklient".into(),
            },
        }
    }
}

impl Drop for State {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.0);
    }
}

/// Keeps what it is told to make, and with which words.
const MAKES: &str = r#"echo "$@" >> "$(dirname "$0")/made"; : > "$2""#;

/// Does what is wished for, as the reader does, until it is dropped.
struct Played {
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Played {
    fn new(state: &State, answer: fn(&str) -> String) -> Self {
        let (folder, over) = (state.0.join("card"), Arc::new(AtomicBool::new(false)));
        let is_over = Arc::clone(&over);
        let thread = std::thread::spawn(move || {
            while !is_over.load(Ordering::SeqCst) {
                if let Ok(wanted) = std::fs::read_to_string(folder.join("wanted")) {
                    std::fs::write(folder.join("state"), answer(&wanted)).unwrap();
                }
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        Self {
            over,
            thread: Some(thread),
        }
    }

    /// One that takes every card.
    fn well(state: &State) -> Self {
        Self::new(state, |wanted| match Path::new(wanted).file_stem() {
            Some(number) => format!("in {}", number.to_string_lossy()),
            None => "empty".to_owned(),
        })
    }
}

impl Drop for Played {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        self.thread.take().unwrap().join().unwrap();
    }
}

fn said(ended: Result<impl Sized, Failure>) -> String {
    match ended {
        Err(Failure::Said(sentence)) => sentence,
        Err(Failure::Stopped) => panic!("nobody stopped it"),
        Ok(_) => panic!("it was done"),
    }
}

#[test]
fn without_a_reader_nothing_is_put_in_or_taken_out_and_the_sentence_says_how_to_start_one() {
    let wanted = "There is no reader: start one with `cargo xtask up --with-card`.";
    let without = State::new();
    assert_eq!(said(without.insert(NUMBER, false)), wanted);
    assert_eq!(said(done(&without.0, &Command::Pull)), wanted);
    // What a killed `up` left behind is no reader, nor is one whose `up` serves without cards.
    let left_behind = State::with_reader(MAKES);
    crate::running::forget(&left_behind.0);
    assert_eq!(said(left_behind.insert(NUMBER, false)), wanted);
    let no_card = State::with_reader(MAKES);
    std::fs::remove_file(no_card.0.join("card/environment")).unwrap();
    assert_eq!(said(done(&no_card.0, &Command::Pull)), wanted);
    assert_eq!(no_card.text("card/wanted"), "");
}

#[test]
fn a_card_is_put_in_and_keeps_what_was_written_to_it_when_it_is_put_in_again() {
    let state = State::with_reader(MAKES);
    let _reader = Played::well(&state);
    let told = state.insert(NUMBER, true).unwrap();
    assert_eq!(told, [format!("Card {NUMBER} is in the reader.")]);
    let card = state.0.join(format!("card/{NUMBER}.card"));
    let chip = state.0.join(format!("data/demo/chips/{NUMBER}.json"));
    let made = format!(
        "make {} --from-chip {} --chosen\n",
        card.display(),
        chip.display()
    );
    assert_eq!(state.text("card/made"), made);
    let told = done(&state.0, &Command::Pull).unwrap();
    assert_eq!(told, ["The reader is empty."]);
    assert_eq!(state.text("card/wanted"), "");
    state.write(&format!("card/{NUMBER}.card"), "with a new PIN");
    state.insert(NUMBER, false).unwrap();
    assert_eq!(state.text("card/made"), made, "it was made once");
    assert_eq!(state.text(&format!("card/{NUMBER}.card")), "with a new PIN");
}

#[test]
fn only_the_number_of_a_card_that_was_made_leads_to_a_file() {
    let state = State::with_reader(MAKES);
    state.write("data/demo/x.json", "{}");
    for number in ["../x", "9752000000000000", "", ".", "9752 2690"] {
        let sentence = said(state.insert(number, false));
        assert!(sentence.contains("`cargo xtask card list`"), "{sentence}");
    }
    assert_eq!(state.text("card/made"), "");
    assert_eq!(state.text("card/wanted"), "", "nothing was wished for");
}

#[test]
fn a_card_that_cannot_be_made_or_read_is_told_in_the_words_of_the_program() {
    let state = State::with_reader("echo 'this is not a chip' >&2; exit 1");
    assert_eq!(said(state.insert(NUMBER, false)), "this is not a chip");
    assert_eq!(state.text("card/wanted"), "");
    let state = State::with_reader(MAKES);
    let _reader = Played::new(&state, |_| "failed: the card's file is broken".to_owned());
    let wanted = "The reader says: failed: the card's file is broken";
    assert_eq!(said(state.insert(NUMBER, false)), wanted);
}

#[test]
fn the_list_tells_which_cards_there_are_and_which_is_in_the_reader() {
    let state = State::new();
    let list = || done(&state.0, &Command::List);
    assert_eq!(list().unwrap(), [NUMBER, OTHER]);
    state.write("data/demo/chips/.9752.json", "half written");
    state.write("data/demo/chips/readme.txt", "");
    for number in [NUMBER, OTHER] {
        state.write(&format!("card/{number}.card"), "");
    }
    state.write("card/state", &format!("in {OTHER}"));
    let wanted = [
        format!("{NUMBER}  has been in the reader"),
        format!("{OTHER}  in the reader"),
    ];
    assert_eq!(list().unwrap(), wanted);
    std::fs::remove_dir_all(state.0.join("data")).unwrap();
    let sentence = said(list());
    assert!(sentence.contains("has made no cards"), "{sentence}");
}

#[test]
fn the_first_card_is_in_the_reader_with_its_codes_told_and_a_client_beside_it() {
    let state = State::with_reader(MAKES);
    let name = r#"{"number":"9752269000001234567","name":"Åsa Öberg","hsa_id":"SE1-1"}"#;
    state.write("data/demo/card-with-certificates.json", name);
    let _reader = Played::well(&state);
    let served = state.served(state.0.join("card/testcard"));
    let told = served.with_first_card(&state.0, 8443).unwrap();
    for part in [
        "the card of Åsa Öberg",
        NUMBER,
        CODES,
        "cargo xtask card list",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(state.text("card/made").trim_end().ends_with("--chosen"));
    assert!(
        state
            .text("card/wanted")
            .ends_with(&format!("{NUMBER}.card"))
    );
    let script = state.text("kortklient");
    let environment = state.0.join("card/environment");
    for part in [
        format!(". '{}'", environment.display()),
        "KORTKLIENT_SERVER='https://127.0.0.1:8443'".to_owned(),
        state.0.join("data/tls/root.pem").display().to_string(),
        "exec '/built/kortklient' \"$@\"".to_owned(),
    ] {
        assert!(script.contains(&part), "{part}: {script}");
    }
    let mode = std::fs::metadata(state.0.join("kortklient")).unwrap();
    assert_eq!(mode.permissions().mode() & 0o777, 0o755);
    drop(served);
    assert!(
        !environment.exists(),
        "no shell is told of a reader that is gone"
    );
}

#[test]
fn a_demonstration_without_such_a_card_says_so_and_leaves_the_reader_empty() {
    let state = State::with_reader(MAKES);
    let served = state.served(state.0.join("card/testcard"));
    let told = served.with_first_card(&state.0, 8443).unwrap();
    assert!(
        told.contains("The reader is empty") && told.contains("--fresh"),
        "{told}"
    );
    assert_eq!(state.text("card/made") + &state.text("card/wanted"), "");
}

#[test]
fn a_reader_that_does_not_start_says_why() {
    let state = State::new();
    let programs = Programs {
        test_card: state.program("broken", "echo 'pcscd is missing' >&2; exit 1"),
        client: PathBuf::new(),
    };
    let served = Reader::serve(&state.0, programs, &Stop::never());
    assert_eq!(said(served), "No card reader: pcscd is missing");
}
