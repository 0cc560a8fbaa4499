//! A run of a task in a process of its own: the flows with the real readers, and an office at the other
//! end of a line in the clear. The program itself speaks TLS alone, so it cannot be used for this.

use crate::bench::{Bench, NEW, PIN1, PIN2};
use crate::office::{CODE, PretendOffice};
use crate::task::{Call, Office, Reply, Ticket, Wire, WireFault};
use cards_card_client::code::{Code, CodeName};
use cards_card_client::flows::{Desk, Outcome, Outside};
use cards_card_client::real::RealCards;
use cards_card_client::talk::Talk;
use cards_card_client::words::{Language, Words};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use zeroize::Zeroizing;

/// A person may wait longer for a card than a test has to.
const MOST_PAUSE: Duration = Duration::from_millis(20);

const PORT: &str = "KORTKLIENT_TEST_OFFICE";
const TYPED: &str = "KORTKLIENT_TEST_CODES";

/// The codes that the person at the computer types.
#[derive(Clone, Copy)]
pub struct Typed {
    pub pin1: &'static str,
    pub pin2: &'static str,
}

/// What the maker of the card has told her.
pub const LETTER: Typed = Typed {
    pin1: PIN1,
    pin2: PIN2,
};

/// An office that processes can call. Which office it is changes from run to run.
pub struct Line {
    port: u16,
    office: Arc<Mutex<Option<Arc<PretendOffice>>>>,
}

impl Line {
    pub fn open() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let office: Arc<Mutex<Option<Arc<PretendOffice>>>> = Arc::default();
        let heard = Arc::clone(&office);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let office = heard.lock().unwrap().clone();
                // Whoever called and was killed is not answered.
                let _ = stream.map(|stream| answered(&stream, &office.unwrap()));
            }
        });
        Self { port, office }
    }

    pub fn connect(&self, office: &Arc<PretendOffice>) {
        *self.office.lock().unwrap() = Some(Arc::clone(office));
    }

    /// A run; its output and, through its input, answers.
    pub fn run(&self, bench: &Bench, typed: Typed) -> crate::bench::Running {
        let own = std::env::current_exe().unwrap();
        let mut command = bench.command(own.to_str().unwrap());
        command
            .args(["driver::one_run", "--exact", "--ignored", "--nocapture"])
            .env(PORT, self.port.to_string())
            .env(TYPED, format!("{} {}", typed.pin1, typed.pin2))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        crate::bench::Running::start(command)
    }
}

fn answered(mut stream: &TcpStream, office: &PretendOffice) -> std::io::Result<()> {
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    let call: Value = serde_json::from_str(&line)?;
    let body = call["body"].as_str().map(str::as_bytes);
    let path = call["path"].as_str().unwrap_or_default();
    let (status, said) = office.answer(path, call["bearer"].as_str(), body);
    writeln!(
        stream,
        "{}",
        json!({ "status": status, "body": said.to_string() })
    )
}

struct Clear(u16);

impl Clear {
    fn asked(&self, line: &Value) -> std::io::Result<Value> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.0))?;
        writeln!(stream, "{line}")?;
        let mut said = String::new();
        stream.read_to_string(&mut said)?;
        Ok(serde_json::from_str(&said)?)
    }
}

impl Wire for Clear {
    fn send(&self, call: &Call<'_>) -> Result<Reply, WireFault> {
        let body = call
            .body
            .clone()
            .map(|body| String::from_utf8(body).unwrap());
        let bearer = call.bearer.map(|secret| secret.expose_secret().to_owned());
        let line = json!({ "path": call.path, "bearer": bearer, "body": body });
        let said = self.asked(&line).map_err(|_| WireFault::NoContact)?;
        let status = said["status"]
            .as_u64()
            .and_then(|status| status.try_into().ok());
        let body = said["body"]
            .as_str()
            .unwrap_or_default()
            .as_bytes()
            .to_vec();
        Ok(Reply {
            status: status.unwrap(),
            body,
        })
    }
}

/// Somebody who knows her codes, and answers other questions through standard input.
struct Person {
    pin1: String,
    pin2: String,
}

impl Talk for Person {
    fn say(&mut self, line: &str) {
        println!("{line}");
    }

    fn ask(&mut self, question: &str) -> Option<String> {
        println!("{question}");
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line).unwrap();
        (read > 0).then(|| line.trim().to_owned())
    }

    fn ask_code(&mut self, question: &str, _: &Words) -> Option<Code> {
        println!("{question}");
        let new = question.contains("en gång till") || question.contains("Skriv en ny");
        let typed = match (
            new,
            question.contains(&Words::of(Language::Swedish).text(CodeName::Pin1.key())),
        ) {
            (true, _) => NEW.to_owned(),
            (false, true) => self.pin1.clone(),
            (false, false) => self.pin2.clone(),
        };
        Some(Code::typed(&Zeroizing::new(typed)))
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a program of its own, where nothing else waits"
)]
fn pause(time: Duration) {
    std::thread::sleep(time.min(MOST_PAUSE));
}

fn variable(name: &str) -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "how one process of a test tells the other"
    )]
    std::env::var(name).unwrap()
}

#[test]
#[ignore = "the other tests run it, each time in a process of its own"]
fn one_run() {
    let typed = variable(TYPED);
    let (pin1, pin2) = typed.split_once(' ').unwrap();
    let mut person = Person {
        pin1: pin1.into(),
        pin2: pin2.into(),
    };
    let wire = Clear(variable(PORT).parse().unwrap());
    let cards = RealCards::new(None);
    let now = || 1_800_000_000;
    let mut desk = Desk {
        port: &cards,
        talk: &mut person,
        words: Words::of(Language::Swedish),
        outside: Outside {
            now: &now,
            challenge: &|| Some([7; 32]),
            pause: &pause,
        },
        reader: None,
        office: Ok(Office {
            wire: &wire,
            host: "127.0.0.1",
            known: true,
        }),
    };
    let outcome = desk.fetch_task(Ticket::code(CODE));
    std::process::exit(i32::from(outcome != Outcome::Well));
}
