//! Questions that are answered together. Whoever asks while others are being answered waits, and is
//! then answered with everybody else who came meanwhile: under load one statement serves many, and
//! whoever is alone waits for nobody. Each answer is read after its question was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::oneshot;

use crate::db::{Db, Lane, Link, Place, Refused};
use crate::error::StoreError;

/// Most questions answered together.
const TOGETHER: usize = 64;
/// How many rounds of answering go on at once.
const ROUNDS: usize = 2;

/// Answers the questions, one each and in their order.
type Answering<Q, A> = dyn Fn(&mut Link, &[Q]) -> Vec<A> + Send + Sync;

/// The questions of one kind, in one lane.
pub struct Gathered<Q, A> {
    lane: Lane,
    answering: Box<Answering<Q, A>>,
    line: Mutex<Line<Q, A>>,
}

struct Line<Q, A> {
    waiting: VecDeque<Waiting<Q, A>>,
    rounds: usize,
}

struct Waiting<Q, A> {
    question: Q,
    to: oneshot::Sender<Result<A, Refused>>,
    came: Instant,
    place: Place,
}

impl<Q: Send + 'static, A: Send + 'static> Gathered<Q, A> {
    /// Questions that `answering` answers: one each and in their order.
    pub fn new(
        lane: Lane,
        answering: impl Fn(&mut Link, &[Q]) -> Vec<A> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self {
            lane,
            answering: Box::new(answering),
            line: Mutex::new(Line {
                waiting: VecDeque::new(),
                rounds: 0,
            }),
        })
    }

    /// The answer to a question.
    ///
    /// # Errors
    /// Too many wait in the lane, or the database cannot be reached.
    pub async fn ask(self: &Arc<Self>, db: &Db, question: Q) -> Result<A, Refused> {
        let (to, told) = oneshot::channel();
        let waiting = Waiting {
            question,
            to,
            came: Instant::now(),
            place: db.place(self.lane)?,
        };
        let begins = {
            let mut line = self.line();
            line.waiting.push_back(waiting);
            let begins = line.rounds < ROUNDS;
            line.rounds += usize::from(begins);
            begins
        };
        if begins {
            self.begin(db);
        }
        told.await.map_err(|_| Refused::BrokenOff)?
    }

    /// Lets a thread of the lane answer a round.
    fn begin(self: &Arc<Self>, db: &Db) {
        let round = Round(Arc::clone(self), db.clone());
        db.spawn(self.lane, move || round.go());
    }

    fn line(&self) -> MutexGuard<'_, Line<Q, A>> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, db: &Db) {
        let waiting: Vec<_> = {
            let mut line = self.line();
            let most = line.waiting.len().min(TOGETHER);
            line.waiting.drain(..most).collect()
        };
        if waiting.is_empty() {
            return;
        }
        let begun = Instant::now();
        let mut questions = Vec::with_capacity(waiting.len());
        let mut askers = Vec::with_capacity(waiting.len());
        for one in waiting {
            questions.push(one.question);
            askers.push((one.to, one.came, one.place));
        }
        let answers = db
            .link(self.lane)
            .map(|mut link| (self.answering)(&mut link, &questions));
        let mut answers = answers.map(Vec::into_iter);
        for (to, came, place) in askers {
            let answer = match &mut answers {
                Ok(answers) => answers.next().ok_or(Refused::BrokenOff),
                Err(_) => Err(Refused::Store(StoreError::Unreachable)),
            };
            place.done(came, begun);
            // Who has gone away meanwhile is told nothing.
            let _ = to.send(answer);
        }
    }
}

/// A round of answering. Those who came while it went on get the next one, behind whatever else waits
/// for a thread of the lane, also when this one was broken off.
struct Round<Q: Send + 'static, A: Send + 'static>(Arc<Gathered<Q, A>>, Db);

impl<Q: Send + 'static, A: Send + 'static> Round<Q, A> {
    fn go(self) {
        self.0.answer(&self.1);
    }
}

impl<Q: Send + 'static, A: Send + 'static> Drop for Round<Q, A> {
    fn drop(&mut self) {
        let goes_on = {
            let mut line = self.0.line();
            let goes_on = !line.waiting.is_empty();
            line.rounds -= usize::from(!goes_on);
            goes_on
        };
        if goes_on {
            self.0.begin(&self.1);
        }
    }
}
