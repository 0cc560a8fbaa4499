//! Readers of one's own: a private PC/SC daemon with virtual readers, beside whatever daemon the
//! machine runs. It is gone when this is dropped, and when the process that started it ends in any
//! other way.
//!
//! The daemon's socket has a fixed path under `/run`. The daemon therefore runs in a mount namespace
//! in which `/run` is a folder of this program's; clients are led there by `PCSCLITE_CSOCK_NAME`.

use crate::card::Card;
use crate::daemon::Daemon;
use crate::faults::Faults;
use crate::wire::{self, Inserted, Parting};
use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The driver of virtual readers (Debian's package `vsmartcard-vpcd`).
const DRIVER: &str = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";

/// Where the daemon has its socket when nothing hides the machine's own `/run`.
const COMMON_SOCKET: &str = "/run/pcscd/pcscd.comm";

/// How long the daemon may take to start.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often one looks whether the daemon has seen a card, which it does every 0.4 seconds.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// Runs the daemon until standard input ends: a pipe that only its starter holds.
const RUN: &str = r#"
[ -z "$1" ] || mount --bind "$1" /run || exit 97
pcscd --foreground --config "$2" &
daemon=$!
read -r nothing
kill "$daemon"
wait "$daemon"
"#;

/// Why there are no readers.
#[derive(Debug, thiserror::Error)]
pub enum ReaderError {
    /// A program or driver is missing.
    #[error("{0} is missing: install pcscd, vsmartcard-vpcd and opensc")]
    Missing(&'static str),
    /// The daemon did not start.
    #[error("the PC/SC daemon did not start:\n{0}")]
    NotStarted(String),
    /// There is another daemon, and this machine allows no namespaces.
    #[error(
        "this machine allows no mount namespaces, and another PC/SC daemon has {COMMON_SOCKET}"
    )]
    Taken,
    /// There is no such reader.
    #[error("there is no reader {0}")]
    NoReader(usize),
    /// There is a card in the reader.
    #[error("reader {0} holds a card")]
    Occupied(usize),
    /// The daemon does not see what is in the readers.
    #[error("the daemon does not see what is in the readers:\n{0}")]
    NotSeen(String),
    /// The system refused.
    #[error(transparent)]
    System(#[from] io::Error),
}

/// One copy of the driver: it serves two readers, on two ports in a row, and keeps what it knows of
/// them in one place, so a third and fourth need another copy of its file.
struct Driver {
    name: String,
    port: u16,
}

struct Reader {
    name: String,
    port: u16,
    last: Option<Parting>,
}

/// Virtual readers and the daemon that serves them.
pub struct Readers {
    folder: PathBuf,
    socket: PathBuf,
    daemon: Child,
    readers: Vec<Reader>,
    _alone: Option<File>,
}

impl Readers {
    /// Starts a daemon with so many readers, all empty. An odd number is made even. PC/SC has at
    /// most sixteen; OpenSC's PKCS#11 module sees the first four unless it is configured otherwise.
    ///
    /// # Errors
    /// What is missing, or what the daemon said.
    pub fn start(count: usize) -> Result<Self, ReaderError> {
        /// One at a time, so that two daemons never look for free ports together.
        static STARTING: Mutex<()> = Mutex::new(());
        if !Path::new(DRIVER).exists() {
            return Err(ReaderError::Missing("the driver of virtual readers"));
        }
        let _alone = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = own_folder()?;
        let own_run = folder.join("run");
        fs::create_dir(&own_run)?;
        let way = Way::find(&own_run);
        let (socket, alone) = way.socket(&own_run)?;
        let drivers = drivers(count.div_ceil(2))?;
        let config = folder.join("reader.conf");
        fs::write(&config, configuration(&folder, &drivers)?)?;
        fs::write(
            folder.join("opensc.conf"),
            "app default {\n\tframework pkcs15 {\n\t\tuse_file_caching = no;\n\t}\n}\n",
        )?;
        let daemon = way.run(&own_run, &config, &folder.join("pcscd.log"))?;
        let mut started = Self {
            folder,
            socket,
            daemon,
            readers: drivers.iter().flat_map(Driver::readers).collect(),
            _alone: alone,
        };
        started.wait_for_socket()?;
        Ok(started)
    }

    fn wait_for_socket(&mut self) -> Result<(), ReaderError> {
        let begun = Instant::now();
        while !self.socket.exists() {
            if begun.elapsed() > PATIENCE || self.daemon.try_wait()?.is_some() {
                let said = fs::read_to_string(self.folder.join("pcscd.log"));
                return Err(ReaderError::NotStarted(said.unwrap_or_default()));
            }
            pause(Duration::from_millis(20));
        }
        Ok(())
    }

    /// What a program needs in its environment to see these readers and no others.
    #[must_use]
    pub fn environment(&self) -> [(&'static str, PathBuf); 2] {
        [
            ("PCSCLITE_CSOCK_NAME", self.socket.clone()),
            ("OPENSC_CONF", self.folder.join("opensc.conf")),
        ]
    }

    /// The name of a reader as PC/SC tells it; they are counted from 0.
    ///
    /// # Errors
    /// When there is no such reader.
    pub fn name(&self, which: usize) -> Result<String, ReaderError> {
        let reader = self
            .readers
            .get(which)
            .ok_or(ReaderError::NoReader(which))?;
        Ok(reader.name.clone())
    }

    /// Puts a card into a reader and waits until the daemon tells everybody.
    ///
    /// # Errors
    /// When the reader holds a card, there is no such reader, or the daemon gives no power.
    pub fn insert(
        &mut self,
        which: usize,
        card: Card,
        faults: Faults,
    ) -> Result<Inserted, ReaderError> {
        let reader = self
            .readers
            .get(which)
            .ok_or(ReaderError::NoReader(which))?;
        if reader.is_occupied() {
            return Err(ReaderError::Occupied(which));
        }
        wait_for_driver(reader.port)?;
        // Of all readers: the driver confuses a card that comes with one that leaves at the same time.
        self.settle()?;
        let inserted = wire::insert(card, reader.port, faults)?;
        if let Some(reader) = self.readers.get_mut(which) {
            reader.last = Some(inserted.parting());
        }
        self.settle()?;
        Ok(inserted)
    }

    /// Waits until the daemon has seen what is in the readers and what is not: it looks every 0.4
    /// seconds. Worth it after a card was taken out, before a program looks for another.
    ///
    /// # Errors
    /// When it has not in ten seconds.
    pub fn settle(&self) -> Result<(), ReaderError> {
        let begun = Instant::now();
        let mut daemon = Daemon::call(&self.socket)?;
        loop {
            let told = daemon.readers()?;
            let right = |reader: &Reader| told.contains(&reader.as_told());
            if self.readers.iter().all(right) {
                return Ok(());
            }
            if begun.elapsed() > PATIENCE {
                return Err(ReaderError::NotSeen(format!("{told:?}")));
            }
            pause(LOOK_EVERY);
        }
    }
}

impl Reader {
    fn is_occupied(&self) -> bool {
        self.last.as_ref().is_some_and(|last| !last.is_over())
    }

    /// Its name and whether it holds a card, as the daemon is to tell it.
    fn as_told(&self) -> (String, bool) {
        (self.name.clone(), self.is_occupied())
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        // The end of its input ends the daemon; a daemon that is gone already is what is wanted.
        drop(self.daemon.stdin.take());
        let _ = self.daemon.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// How the daemon is kept apart from the machine's own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// In a user and mount namespace: any user may, where the system allows it.
    UserNamespace,
    /// In a mount namespace: root may.
    MountNamespace,
    /// Not at all: the only daemon of the machine.
    Alone,
}

impl Way {
    fn find(own_run: &Path) -> Self {
        let works = |way: &Self| {
            let mut trial = way.command("mount --bind \"$1\" /run");
            trial
                .arg(own_run)
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            trial.status().is_ok_and(|status| status.success())
        };
        let ways = [Self::UserNamespace, Self::MountNamespace];
        ways.into_iter().find(works).unwrap_or(Self::Alone)
    }

    /// A shell in the namespace; what is added to it are its parameters.
    fn command(self, script: &str) -> Command {
        let mut command = match self {
            Self::Alone => Command::new("sh"),
            Self::UserNamespace | Self::MountNamespace => {
                let mut command = Command::new("unshare");
                if self == Self::UserNamespace {
                    command.args(["--user", "--map-root-user"]);
                }
                command.args(["--mount", "sh"]);
                command
            }
        };
        command.args(["-c", script, "sh"]);
        command
    }

    /// The socket's path, and what keeps another test away from a path that is shared.
    fn socket(self, own_run: &Path) -> Result<(PathBuf, Option<File>), ReaderError> {
        if self != Self::Alone {
            return Ok((own_run.join("pcscd/pcscd.comm"), None));
        }
        let alone = File::create(std::env::temp_dir().join("kortkontor-pcscd.lock"))?;
        alone.lock()?;
        if Path::new(COMMON_SOCKET).exists() {
            return Err(ReaderError::Taken);
        }
        Ok((PathBuf::from(COMMON_SOCKET), Some(alone)))
    }

    fn run(self, own_run: &Path, config: &Path, log: &Path) -> Result<Child, ReaderError> {
        let log = File::create(log)?;
        let mut command = self.command(RUN);
        if self == Self::Alone {
            command.arg("");
        } else {
            command.arg(own_run);
        }
        command.arg(config).stdin(Stdio::piped());
        command.stdout(log.try_clone()?).stderr(log);
        Ok(command.spawn()?)
    }
}

/// A folder that no other process has, on a path short enough for a socket.
fn own_folder() -> io::Result<PathBuf> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let name = format!("kortkontor-readers-{}-{number}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    if folder.exists() {
        // Left by a process of the same number that was killed.
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir(&folder)?;
    Ok(folder)
}

impl Driver {
    fn readers(&self) -> [Reader; 2] {
        [0, 1].map(|slot| Reader {
            name: format!("{} 00 {slot:02X}", self.name),
            port: self.port + slot,
            last: None,
        })
    }
}

/// Drivers on pairs of ports that are free.
fn drivers(count: usize) -> io::Result<Vec<Driver>> {
    let mut held = Vec::new();
    let mut drivers = Vec::new();
    while drivers.len() < count {
        let first = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0))?;
        let port = first.local_addr()?.port();
        let second = TcpListener::bind((Ipv4Addr::UNSPECIFIED, port.saturating_add(1)));
        if second.is_ok() {
            drivers.push(Driver {
                name: format!("TEST reader {}", drivers.len() + 1),
                port,
            });
        }
        // Held until all are found, so that no two drivers get the same.
        held.push((first, second));
    }
    Ok(drivers)
}

/// What the daemon is told; beside it lie the copies of the driver.
fn configuration(folder: &Path, drivers: &[Driver]) -> io::Result<String> {
    let mut text = String::new();
    for Driver { name, port } in drivers {
        let copy = folder.join(format!("driver-{port}.so"));
        fs::copy(DRIVER, &copy)?;
        let copy = copy.display();
        text.push_str(&format!(
            "FRIENDLYNAME \"{name}\"\nDEVICENAME /dev/null:0x{port:04X}\nLIBPATH {copy}\nCHANNELID 0x{port:04X}\n\n"
        ));
    }
    Ok(text)
}

/// The driver opens its port a moment after the daemon opens its socket. Its port is taken once it
/// cannot be had; to knock would be to put a card in.
fn wait_for_driver(port: u16) -> io::Result<()> {
    let begun = Instant::now();
    while TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).is_ok() {
        if begun.elapsed() > PATIENCE {
            return Err(io::Error::new(
                io::ErrorKind::TimedOut,
                "the reader did not start",
            ));
        }
        pause(Duration::from_millis(20));
    }
    Ok(())
}

fn pause(time: Duration) {
    #[expect(
        clippy::disallowed_methods,
        reason = "the daemon looks at its readers by the clock and announces nothing"
    )]
    std::thread::sleep(time);
}
