//! A served world, a card of its factory in a reader, and `kortklient` in front of it.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use cards_acceptance::Officer;
use cards_acceptance::site::Site;
use cards_acceptance::world::World;
use cards_app::Call;
use cards_app::card_tasks::TaskWish;
use cards_app::plain::AppointmentRecord;
use cards_domain::card::Card;
use cards_domain::card_task::{TaskKind, TaskStage};
use cards_server::demo::operator_call;
use cards_testcard::{CardFile, Faults, Inserted, Letter, Readers, card_of_chip};

/// What the holder chooses at the counter, and before the first certificate for signing.
pub const PIN1: &str = "802417";
pub const PIN2: &str = "593716";

/// A served world whose errands are done all the time.
pub struct Bench {
    pub site: Site,
    readers: Readers,
    worker: Option<JoinHandle<()>>,
    over: Arc<AtomicBool>,
}

/// What the program said.
#[derive(Debug)]
pub struct Ran {
    pub well: bool,
    pub text: String,
}

impl Bench {
    pub fn new() -> Self {
        // The card client looks at its own clock.
        let (site, _) = Site::taking_cards_today();
        let over = Arc::new(AtomicBool::new(false));
        let (system, is_over) = (Arc::clone(&site.world.system), Arc::clone(&over));
        let worker = std::thread::spawn(move || {
            while !is_over.load(Ordering::SeqCst) {
                let factory = &system.demo.as_ref().unwrap().factory;
                let made = factory.tick().unwrap();
                let done = system.app.work_once("card").unwrap();
                if made == 0 && done == 0 {
                    std::thread::park_timeout(Duration::from_millis(50));
                }
            }
        });
        Self {
            site,
            readers: Readers::start(2).unwrap(),
            worker: Some(worker),
            over,
        }
    }

    pub fn world(&self) -> &World {
        &self.site.world
    }

    /// What comes true while errands are done.
    pub fn until<T>(&self, what: &str, look: impl Fn() -> Option<T>) -> T {
        for _ in 0..400 {
            if let Some(found) = look() {
                return found;
            }
            std::thread::park_timeout(Duration::from_millis(50));
        }
        panic!("{what} does not come");
    }

    /// The appointment of an officer, who acts through the card client, too.
    pub fn appoint(&self, officer: &Officer) {
        let world = self.world();
        let mut link = world.link();
        let record = AppointmentRecord {
            id: link.new_id(),
            person: officer.person.id,
            role: officer.role,
            organisation: world.region(),
            office: officer.office,
            starts_at: link.now(),
            ends_at: None,
            approved_by: vec!["Provet".to_owned()],
            version: 0,
        };
        let call = operator_call(world.app());
        world.app().ledger.edit(&mut link, &call, &record).unwrap();
    }

    /// Puts the factory's card into the first reader, as it came by post: without a PIN.
    pub fn insert(&mut self, card: &Card) -> Inserted {
        let codes = Letter {
            pin1: "147258".to_owned(),
            pin2: "258369".to_owned(),
            puk: "36925814".to_owned(),
        };
        let made = card_of_chip(&self.world().chip_file(card), &codes, false).unwrap();
        let place = self.world().folder().join("in-the-reader.card");
        let made = made.kept_in(CardFile::take(&place).unwrap()).unwrap();
        self.readers.insert(0, made, Faults::default()).unwrap()
    }

    /// Offers a task, and lets the card client do it with these lines typed.
    pub fn does(&self, call: &Call, wish: TaskWish, typed: &[&str]) -> Ran {
        let world = self.world();
        let (kind, card) = (wish.kind, wish.card);
        let mut link = world.link();
        let offered = world.app().offer_task(&mut link, call, wish).unwrap();
        drop(link);
        let ran = self.client(&["fetch", &offered.code], typed);
        let mut link = world.link();
        let latest = link.latest_task(card, kind).unwrap().unwrap();
        assert_eq!(latest.id, offered.id);
        assert_eq!(latest.stage == TaskStage::Done, ran.well, "{ran:?}");
        ran
    }

    /// Runs `kortklient` beside the readers.
    pub fn client(&self, arguments: &[&str], typed: &[&str]) -> Ran {
        let mut command = Command::new(client_program());
        command
            .args(arguments)
            .args(["--language", "en", "--codes-from-stdin"])
            .envs(self.readers.environment())
            .env("KORTKLIENT_SERVER", self.site.tls_url.as_ref().unwrap())
            .env("KORTKLIENT_ROOT_CERTIFICATE", self.site.root_certificate())
            .env("HOME", self.world().folder())
            .env_remove("XDG_CONFIG_HOME")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        // A program that has ended reads nothing more.
        let _ = input.write_all((typed.join("\n") + "\n").as_bytes());
        drop(input);
        let output = child.wait_with_output().unwrap();
        let both = [output.stdout, output.stderr].concat();
        Ran {
            well: output.status.success(),
            text: String::from_utf8_lossy(&both).into_owned(),
        }
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

/// A task about a card and nothing else.
pub fn wish(kind: TaskKind, card: &Card) -> TaskWish {
    TaskWish {
        kind,
        card: card.id,
        language: "en".to_owned(),
        pair: None,
        text: None,
        check: None,
    }
}

/// The program that is built with the workspace, beside this test.
fn client_program() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let program = here.ancestors().nth(2).unwrap().join("kortklient");
    assert!(
        program.is_file(),
        "{} is missing: run `cargo build --package cards-card-client` first",
        program.display()
    );
    program
}
