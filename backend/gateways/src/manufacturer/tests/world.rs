//! Both sides over one folder, with a clock that the tests move.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cards_app::ports::{CardJob, Clock, Manufacturer, ManufacturerNews, ManufacturerReport};
use cards_domain::ids::{OrderId, ProductId};
use cards_domain::order::MadeCard;
use cards_domain::values::{PersonName, PersonNumber, PostalAddress, ProductNumber};
use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use crate::Demonstration;
use crate::clock::AdjustableClock;
use crate::manufacturer::{
    FileExchange, Folders, OwnKey, Pace, Simulator, SimulatorParts, Switches,
};
use crate::test_folder::TestFolder;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> DateTime<Utc> {
        "2026-11-20T12:00:00Z".parse().unwrap()
    }
}

pub(super) struct World {
    folder: TestFolder,
    pub clock: AdjustableClock,
    pub exchange: FileExchange,
    pub factory: Simulator,
}

impl World {
    pub fn new() -> Self {
        let folder = TestFolder::new();
        let clock = AdjustableClock::over(demonstration(), Arc::new(Noon));
        let exchange = exchange(folder.path(), &clock);
        let factory = factory(folder.path(), &clock);
        Self {
            folder,
            clock,
            exchange,
            factory,
        }
    }

    /// Both sides stop and start.
    pub fn restart(&mut self) {
        self.exchange = exchange(self.folder.path(), &self.clock);
        self.factory = factory(self.folder.path(), &self.clock);
    }

    pub fn submit(&self, batch: u128, jobs: &[CardJob]) {
        self.exchange.submit(Uuid::from_u128(batch), jobs).unwrap();
    }

    /// Long enough for a card to be made, and then to be posted; a turn of the factory after each.
    pub fn make_and_post(&self) {
        self.factory.tick().unwrap();
        for _ in 0..2 {
            self.clock.advance(Duration::hours(1));
            self.factory.tick().unwrap();
        }
    }

    pub fn reports(&self) -> Vec<ManufacturerReport> {
        self.exchange.reports().unwrap()
    }

    pub fn switch(&self, switches: Switches) {
        self.switch_file().write(&switches).unwrap();
    }

    pub fn switches(&self) -> Switches {
        self.switch_file().read().unwrap()
    }

    fn switch_file(&self) -> crate::switches::SwitchFile<Switches> {
        Simulator::switches(&self.path("factory"))
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    /// The names of the files in a folder, in alphabetical order, the folders in it left out.
    pub fn names(&self, below: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(below)) else {
            return Vec::new();
        };
        let files = entries.map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().unwrap().is_file());
        let mut names: Vec<String> = files
            .map(|entry| entry.file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

pub(super) fn demonstration() -> Demonstration {
    Demonstration::unless_production("test").unwrap()
}

pub(super) fn keys(folder: &Path, name: &str) -> OwnKey {
    OwnKey::load_or_make(&folder.join("keys"), name).unwrap()
}

fn exchange(folder: &Path, clock: &AdjustableClock) -> FileExchange {
    let own = keys(folder, "office");
    let theirs = keys(folder, "factory").public().unwrap();
    FileExchange::open(
        Folders::within(folder),
        own,
        theirs,
        Arc::new(clock.clone()),
    )
    .unwrap()
}

fn factory(folder: &Path, clock: &AdjustableClock) -> Simulator {
    let parts = SimulatorParts {
        folders: Folders::within(folder),
        home: folder.join("factory"),
        own: keys(folder, "factory"),
        theirs: keys(folder, "office").public().unwrap(),
        clock: Arc::new(clock.clone()),
        pace: Pace {
            produce_after: Duration::hours(1),
            dispatch_after: Duration::hours(1),
        },
    };
    Simulator::open(demonstration(), parts).unwrap()
}

pub(super) fn job(number: u128, registered_mail: bool) -> CardJob {
    CardJob {
        job: Uuid::from_u128(number),
        order: OrderId(Uuid::from_u128(1000 + number)),
        order_number: format!("B-{number}"),
        product: ProductId(Uuid::from_u128(1)),
        product_number: ProductNumber::parse("723").ok(),
        validity_months: 60,
        name: PersonName::new(Some("Maja Katarina"), None, "Lindqvist-Hermansson").unwrap(),
        person_number: PersonNumber::parse("197403129807").unwrap(),
        organisation: "Region Mälarvik".to_owned(),
        photo: None,
        registered_mail,
        to_office: None,
        address: PostalAddress::new(None, "Dungatan 41", "99122", "Björkvallen").unwrap(),
        keys: Vec::new(),
    }
}

/// What stands for a photo: bytes that are not text.
pub(super) const PHOTO: [u8; 5] = [0xFF, 0xD8, 0xFF, 0x00, 0xD9];

/// A card with photo that goes to the card office.
pub(super) fn job_to_office(number: u128) -> CardJob {
    CardJob {
        photo: Some(PHOTO.to_vec()),
        to_office: Some("Kortkontoret Björkvallen, Sjukhusvägen 4".to_owned()),
        ..job(number, false)
    }
}

pub(super) fn made(report: &ManufacturerReport) -> Option<&MadeCard> {
    match &report.news {
        ManufacturerNews::Produced(made) => Some(made),
        _ => None,
    }
}
