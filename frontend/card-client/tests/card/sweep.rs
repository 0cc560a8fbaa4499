//! A card that is pulled at every command of a task. A command that is pulled before it has its effect,
//! and one whose answer is lost, look the same to the computer; they differ on the card alone. So
//! every command is pulled before, and every one that changes the card also after: that is all there
//! is.

use crate::bench::{Bench, NEW, PIN1};
use crate::driver::{Line, Typed};
use crate::office::PretendOffice;
use cards_testcard::{Card, Exchange, Faults, MasterKey, Pull, response};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// So many daemons with two readers each: most of a run is waiting for them to notice a card.
const SIDE_BY_SIDE: usize = 6;

/// A task: how its card is made, and what must be true of card and office at the end.
#[derive(Clone, Copy)]
pub struct Flow {
    pub name: &'static str,
    pub kind: &'static str,
    pub number: &'static str,
    pub make: fn(&PretendOffice) -> Card,
    pub typed: Typed,
    pub done: fn(&Card, &PretendOffice),
    /// What must be true of a card that was pulled.
    pub holds: fn(&Card),
    /// Whether it is pulled at commands that only read, too: where another flow reads the same, it
    /// is not.
    pub at_reads: bool,
}

/// An office with the key to the demonstration's cards.
pub fn office(kind: &'static str, number: &'static str) -> Arc<PretendOffice> {
    let key = MasterKey::demonstration().of_card(number);
    let answer = move |question: &[u8]| response(&key, question);
    Arc::new(PretendOffice::new(kind, number, Box::new(answer)))
}

/// A place to run the flow at.
pub struct Seat {
    bench: Bench,
    line: Line,
    flow: Flow,
}

/// How somebody goes on after the card was pulled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Then {
    /// She puts it back, into another reader.
    SameRun,
    /// The program has ended; she comes with a new code.
    NextRun,
}

impl Seat {
    pub fn new(flow: Flow, number: usize) -> Self {
        Self {
            bench: Bench::new(&format!("{}-{number}", flow.name), 2),
            line: Line::open(),
            flow,
        }
    }

    /// Runs the flow without faults; what came over the wire.
    pub fn clean(&mut self) -> Vec<Exchange> {
        let office = office(self.flow.kind, self.flow.number);
        let card = (self.flow.make)(&office);
        self.line.connect(&office);
        let inserted = self.bench.insert(0, card);
        let ran = self.line.run(&self.bench, self.flow.typed).ends(&[]);
        ran.well().says(&["Rätt kort"]);
        let exchanges = inserted.exchanges();
        self.judge(inserted.take_out().unwrap(), &office);
        exchanges
    }

    fn judge(&self, mut card: Card, office: &PretendOffice) {
        card.power_on();
        (self.flow.done)(&card, office);
    }

    fn pulled(&mut self, pull: Pull, then: Then) {
        let office = office(self.flow.kind, self.flow.number);
        let card = (self.flow.make)(&office);
        self.line.connect(&office);
        let faults = Faults {
            pull: Some(pull),
            ..Faults::default()
        };
        let inserted = self.bench.readers.insert(0, card, faults).unwrap();
        let mut running = self.line.run(&self.bench, self.flow.typed);
        if then == Then::SameRun {
            running.says_or_ends("Sätt t");
            assert!(inserted.is_gone(), "{pull:?} never came");
        }
        let first = match then {
            Then::NextRun => Some(running.ends(&[])),
            Then::SameRun => {
                let card = inserted.take_out().unwrap();
                (self.flow.holds)(&card);
                let again = self.bench.insert(1, card);
                let ran = running.ends(&["", "", "", ""]);
                assert_eq!(ran.status, 0, "{pull:?} {then:?}\n{}", ran.text);
                self.judge(again.take_out().unwrap(), &office);
                return;
            }
        };
        assert!(inserted.is_gone(), "{pull:?} never came");
        let card = inserted.take_out().unwrap();
        (self.flow.holds)(&card);
        let mut text = first.map(|ran| ran.text).unwrap_or_default();
        let again = self.bench.insert(1, card);
        if !office.books().done {
            office.renew();
            let ran = self.line.run(&self.bench, self.typed_now()).ends(&["nej"]);
            text.push_str(&ran.text);
            assert_eq!(ran.status, 0, "{pull:?} {then:?}\n{text}");
        }
        self.judge(again.take_out().unwrap(), &office);
    }

    /// Whoever has chosen a code types that from then on.
    fn typed_now(&self) -> Typed {
        let chosen = |code: &str, old: &'static str| {
            if self.bench.is_right(1, code, NEW) {
                NEW
            } else {
                old
            }
        };
        match self.flow.kind {
            "choose_code" | "unlock_visit" => Typed {
                pin1: chosen("01", PIN1),
                ..self.flow.typed
            },
            _ => self.flow.typed,
        }
    }
}

/// What changes a card: files, keys, codes, tries, and what has been proved.
fn changes(exchange: &Exchange) -> bool {
    [0x20, 0x24, 0x2C, 0xE0, 0xD6, 0xE4, 0x46, 0x82].contains(&exchange.header[1])
}

fn points(exchanges: &[Exchange], at_reads: bool) -> Vec<(Pull, Then)> {
    let mut points = Vec::new();
    for (number, exchange) in (1_u32..).zip(exchanges) {
        if at_reads || changes(exchange) {
            points.push((Pull::Before(number), Then::NextRun));
        }
        if changes(exchange) {
            points.push((Pull::After(number), Then::NextRun));
            points.push((Pull::Before(number), Then::SameRun));
            points.push((Pull::After(number), Then::SameRun));
        }
    }
    points
}

/// Runs the flow whole, then once for each point.
pub fn everywhere(flow: Flow) {
    let exchanges = Seat::new(flow, 0).clean();
    let points = points(&exchanges, flow.at_reads);
    println!(
        "{}: {} commands, {} pulls",
        flow.name,
        exchanges.len(),
        points.len()
    );
    assert!(exchanges.iter().any(changes) && points.len() > 20);
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for number in 1..=SIDE_BY_SIDE {
            let (points, next) = (&points, &next);
            scope.spawn(move || {
                let mut seat = Seat::new(flow, number);
                while let Some((pull, then)) = points.get(next.fetch_add(1, Ordering::Relaxed)) {
                    seat.pulled(*pull, *then);
                }
            });
        }
    });
}
