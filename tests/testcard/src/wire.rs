//! A card in a reader: a thread that speaks with the driver of the virtual reader, does what the
//! faults ask, and writes down what it saw.

use crate::apdu::Status;
use crate::card::{ATR, Card};
use crate::faults::{Exchange, Faults, Pull};
use std::io;
use std::net::{Ipv4Addr, Shutdown, TcpStream};
use std::os::linux::net::TcpStreamExt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long the daemon may take to give a card power, or to hear that the card is gone.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Default)]
struct Seen {
    exchanges: Vec<Exchange>,
    powered: bool,
    gone: bool,
}

/// What the thread and the test both look at.
#[derive(Default)]
struct Watch {
    seen: Mutex<Seen>,
    news: Condvar,
}

impl Watch {
    fn look(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut self.look());
        self.news.notify_all();
    }

    fn part(&self) {
        self.tell(|seen| seen.gone = true);
    }

    /// Waits until something holds; says whether it does.
    fn wait(&self, patience: Duration, holds: impl Fn(&Seen) -> bool) -> bool {
        let waiting = self
            .news
            .wait_timeout_while(self.look(), patience, |seen| !holds(seen));
        let (seen, _) = waiting.unwrap_or_else(PoisonError::into_inner);
        holds(&seen)
    }
}

/// The card as the driver of the reader meets it.
struct Plugged {
    card: Card,
    faults: Faults,
    stream: TcpStream,
    watch: Arc<Watch>,
    count: u32,
}

impl Plugged {
    /// The contacts are broken: neither side hears the other any more. It is known here before a
    /// program can hear of it.
    fn cut(&self) {
        self.watch.part();
        // A connection that is closed already is what is wanted.
        let _ = self.stream.shutdown(Shutdown::Both);
    }

    /// The driver sends a command in two pieces, and its system holds the second back until the
    /// first is acknowledged, which takes 40 ms unless it is asked for at once.
    fn hurry(&self) -> bool {
        self.stream.set_quickack(true).is_ok()
    }

    fn pulled(&self) -> bool {
        self.watch.look().gone
    }

    fn note(&self, message: &[u8], status: Option<Status>) {
        let header = message.first_chunk::<4>().copied().unwrap_or_default();
        let exchange = Exchange {
            header,
            sent: message.len(),
            status,
        };
        self.watch.tell(|seen| seen.exchanges.push(exchange));
    }
}

impl vpicc::VSmartCard for Plugged {
    fn atr(&self) -> &[u8] {
        ATR
    }

    fn power_on(&mut self) {
        self.card.power_on();
        self.watch.tell(|seen| seen.powered = true);
    }

    fn power_off(&mut self) {
        self.card.power_on();
    }

    fn reset(&mut self) {
        self.card.power_on();
    }

    fn execute(&mut self, message: &[u8]) -> Vec<u8> {
        self.count += 1;
        if !self.faults.slow.is_zero() {
            // A card that is pulled while it thinks has not done what it was asked.
            self.watch.wait(self.faults.slow, |seen| seen.gone);
        }
        if self.faults.pull == Some(Pull::Before(self.count)) {
            self.cut();
        }
        if self.pulled() {
            self.note(message, None);
            return Vec::new();
        }
        let (answer, status) = self.card.execute(message);
        self.note(message, Some(status));
        if self.faults.pull == Some(Pull::After(self.count)) {
            self.cut();
        }
        answer
    }
}

/// Whether a card has left its reader, for whoever puts in the next one.
pub(crate) struct Parting(Arc<Watch>);

impl Parting {
    /// Whether the card has left.
    pub(crate) fn is_over(&self) -> bool {
        self.0.look().gone
    }
}

/// A card that lies in a reader. Dropping it takes the card out.
pub struct Inserted {
    stream: TcpStream,
    thread: Option<JoinHandle<Card>>,
    watch: Arc<Watch>,
}

/// Puts a card into the virtual reader that listens on a port of this machine, and waits until it
/// has power.
///
/// # Errors
/// When nobody listens there, or the card gets no power in ten seconds.
pub fn insert(mut card: Card, port: u16, faults: Faults) -> io::Result<Inserted> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_nodelay(true)?;
    card.set_full(faults.full);
    card.power_on();
    let watch = Arc::new(Watch::default());
    let mut plugged = Plugged {
        card,
        faults,
        stream: stream.try_clone()?,
        watch: Arc::clone(&watch),
        count: 0,
    };
    let mut connection = vpicc::Connection::from(stream.try_clone()?);
    let thread = thread::spawn(move || {
        // It ends when either side closes, and that is how a card leaves a reader.
        while plugged.hurry() && connection.poll(&mut plugged).is_ok() {}
        plugged.cut();
        plugged.card.set_full(false);
        plugged.card
    });
    let inserted = Inserted {
        stream,
        thread: Some(thread),
        watch,
    };
    if inserted
        .watch
        .wait(PATIENCE, |seen| seen.powered || seen.gone)
    {
        Ok(inserted)
    } else {
        Err(io::Error::new(
            io::ErrorKind::TimedOut,
            "the card got no power",
        ))
    }
}

impl Inserted {
    /// Takes the card out, at once. A command that is being performed is performed, but its answer
    /// is lost.
    #[must_use]
    pub fn take_out(mut self) -> Option<Card> {
        self.close()
    }

    /// Whether the card has left the reader, by a fault or because the reader is gone.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.watch.look().gone
    }

    /// Waits until the card has left the reader; says whether it has.
    #[must_use]
    pub fn wait_until_gone(&self, patience: Duration) -> bool {
        self.watch.wait(patience, |seen| seen.gone)
    }

    /// The commands since the card was put in, in their order.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.watch.look().exchanges.clone()
    }

    pub(crate) fn parting(&self) -> Parting {
        Parting(Arc::clone(&self.watch))
    }

    fn close(&mut self) -> Option<Card> {
        self.watch.part();
        // A connection that is closed already is what is wanted.
        let _ = self.stream.shutdown(Shutdown::Both);
        self.thread.take()?.join().ok()
    }
}

impl Drop for Inserted {
    fn drop(&mut self) {
        self.close();
    }
}
