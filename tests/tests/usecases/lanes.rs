//! The queues in front of the database: what they keep of somebody who has gone away, and who is
//! answered together with whom.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cards_acceptance::World;
use cards_app::{App, Lane, Refused};
use cards_store::Gathered;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

fn runtime() -> Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().unwrap()
}

async fn until(what: impl Fn() -> bool) {
    for _ in 0..1_000 {
        if what() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it does not come to that");
}

fn held(app: &App) -> usize {
    app.db.lane_use(Lane::Status).held
}

#[test]
fn who_goes_away_while_their_work_is_done_gives_the_place_back() {
    let world = World::new();
    let app = world.app().clone();
    let (go, wait) = channel::<()>();
    runtime().block_on(async {
        let work = app.run(Lane::Status, move |_, _| {
            let _ = wait.recv();
            Ok(())
        });
        let gone = tokio::time::timeout(Duration::from_millis(50), work).await;
        assert!(gone.is_err(), "the browser was closed");
        assert_eq!(held(&app), 1, "a thread is still at it");
        go.send(()).unwrap();
        until(|| held(&app) == 0).await;
    });
}

/// Doubles numbers; each round begins when the test says so.
struct Doubling {
    line: Arc<Gathered<u32, u32>>,
    rounds: Arc<Mutex<Vec<Vec<u32>>>>,
    go: Sender<()>,
}

const BREAKS: u32 = 666;

impl Doubling {
    fn new() -> Self {
        let rounds: Arc<Mutex<Vec<Vec<u32>>>> = Arc::default();
        let (go, wait): (_, Receiver<()>) = channel();
        let (seen, wait) = (Arc::clone(&rounds), Mutex::new(wait));
        let line = Gathered::new(Lane::Status, move |_, asked: &[u32]| {
            seen.lock().unwrap().push(asked.to_vec());
            let wait = wait.lock().unwrap_or_else(PoisonError::into_inner);
            wait.recv().unwrap();
            assert!(!asked.contains(&BREAKS), "broken by the test");
            asked.iter().map(|number| 2 * number).collect()
        });
        Self { line, rounds, go }
    }

    fn ask(&self, app: &App, number: u32) -> JoinHandle<Result<u32, Refused>> {
        let (line, db) = (Arc::clone(&self.line), app.db.clone());
        tokio::spawn(async move { line.ask(&db, number).await })
    }

    fn rounds(&self) -> usize {
        self.rounds.lock().unwrap().len()
    }
}

#[test]
fn who_comes_while_others_are_answered_is_answered_with_everybody_who_came_meanwhile() {
    let world = World::new();
    let app = world.app().clone();
    let doubling = Doubling::new();
    runtime().block_on(async {
        // Two rounds at once.
        let mut asked = vec![doubling.ask(&app, 1)];
        until(|| doubling.rounds() == 1).await;
        asked.push(doubling.ask(&app, 2));
        until(|| doubling.rounds() == 2).await;
        asked.extend((3..=20).map(|number| doubling.ask(&app, number)));
        until(|| held(&app) == 20).await;
        // One more round serves all the others.
        for _ in 0..3 {
            doubling.go.send(()).unwrap();
        }
        for (number, answer) in (1..).zip(asked) {
            assert_eq!(answer.await.unwrap().unwrap(), 2 * number);
        }
        until(|| held(&app) == 0).await;
    });
    let mut rounds = doubling.rounds.lock().unwrap().clone();
    rounds.iter_mut().for_each(|round| round.sort_unstable());
    assert_eq!(rounds, [vec![1], vec![2], (3..=20).collect()]);
}

#[test]
fn a_round_that_breaks_takes_nobody_with_it_who_came_after() {
    let world = World::new();
    let app = world.app().clone();
    let doubling = Doubling::new();
    runtime().block_on(async {
        let broken = doubling.ask(&app, BREAKS);
        until(|| doubling.rounds() == 1).await;
        let other = doubling.ask(&app, 1);
        until(|| doubling.rounds() == 2).await;
        let later = doubling.ask(&app, 2);
        until(|| held(&app) == 3).await;
        for _ in 0..3 {
            doubling.go.send(()).unwrap();
        }
        let broken = broken.await.unwrap();
        assert!(matches!(broken, Err(Refused::BrokenOff)), "{broken:?}");
        assert_eq!(other.await.unwrap().unwrap(), 2);
        assert_eq!(later.await.unwrap().unwrap(), 4);
        until(|| held(&app) == 0).await;
    });
}

#[test]
fn more_than_a_lane_has_room_for_are_turned_away() {
    let world = World::new();
    let app = world.app().clone();
    let doubling = Doubling::new();
    runtime().block_on(async {
        let asked: Vec<_> = (100..300)
            .map(|number| doubling.ask(&app, number))
            .collect();
        let turned_away = || app.db.lane_use(Lane::Status).turned_away;
        until(|| held(&app) + usize::try_from(turned_away()).unwrap() == 200).await;
        // Two more threads than may wait.
        assert_eq!(turned_away(), 70);
        for _ in 0..asked.len() {
            doubling.go.send(()).unwrap();
        }
        let mut answered = 0;
        for answer in asked {
            match answer.await.unwrap() {
                Ok(_) => answered += 1,
                Err(refused) => assert!(matches!(refused, Refused::Busy), "{refused:?}"),
            }
        }
        assert_eq!(answered, 130);
    });
}
