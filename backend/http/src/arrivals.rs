//! The same arrival from the identity provider twice at once: somebody clicks twice, or the browser
//! asks again before it has an answer. What the provider gave can be exchanged once, so the second
//! waits for the first and gets the same answer; the browser has thrown away what the first was told.
//!
//! This holds within one process. Where the two come to different ones, the second is told to log in
//! again, which the provider does without asking.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cards_app::sessions::SessionToken;
use sha2::{Digest as _, Sha256};
use tokio::sync::watch;

use crate::failure::{Fault, Notice};
use crate::portal::PortalName;

/// Where an arrival leads, and the session that it opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Landed {
    pub address: String,
    /// None where somebody has signed, or was in before.
    pub session: Option<SessionToken>,
}

/// Everything that the browser brought, hashed: nobody shares an answer who has not brought the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Brought([u8; 32]);

impl Brought {
    pub(crate) fn new(portal: PortalName, state: &str, code: Option<&str>) -> Self {
        let code = code.unwrap_or_default();
        let text = format!("{}\n{state}\n{code}", portal.path());
        Self(Sha256::digest(text).into())
    }
}

type Answer = Result<Landed, Fault>;
type UnderWay = HashMap<Brought, watch::Receiver<Option<Answer>>>;

/// The arrivals that are being exchanged.
#[derive(Clone, Default)]
pub(crate) struct Arrivals(Arc<Mutex<UnderWay>>);

impl Arrivals {
    /// Does `exchange`, or waits for whoever does it for the same arrival. Once begun it goes on, also
    /// when the browser has left the request that began it: the code is spent by then.
    pub(crate) async fn shared(
        &self,
        brought: Brought,
        exchange: impl Future<Output = Answer> + 'static,
    ) -> Answer {
        let (first, mut answer) = self.join(brought);
        if let Some(first) = first {
            let ending = Ending(self.clone(), brought);
            actix_web::rt::spawn(async move {
                let answer = exchange.await;
                drop(ending);
                first.send_replace(Some(answer));
            });
        }
        let answer = answer.wait_for(Option::is_some).await;
        answer
            .ok()
            .and_then(|answer| answer.clone())
            .unwrap_or_else(|| Err(Notice::Broken.into()))
    }

    /// The answer to wait for; with it the place where to give it, for the first who asks.
    fn join(
        &self,
        brought: Brought,
    ) -> (
        Option<watch::Sender<Option<Answer>>>,
        watch::Receiver<Option<Answer>>,
    ) {
        let mut under_way = self.under_way();
        if let Some(answer) = under_way.get(&brought) {
            return (None, answer.clone());
        }
        let (first, answer) = watch::channel(None);
        under_way.insert(brought, answer.clone());
        (Some(first), answer)
    }

    fn under_way(&self) -> MutexGuard<'_, UnderWay> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets an arrival however its exchange ends.
struct Ending(Arrivals, Brought);

impl Drop for Ending {
    fn drop(&mut self) {
        self.0.under_way().remove(&self.1);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use super::*;

    fn brought(code: &str) -> Brought {
        Brought::new(PortalName::IdAdmin, "state", Some(code))
    }

    fn landed(number: u8) -> Answer {
        Ok(Landed {
            address: "/id-admin".to_owned(),
            session: Some(SessionToken([number; 32])),
        })
    }

    /// An exchange that takes a while, and counts how often it is begun.
    fn slow(begun: &Rc<Cell<u8>>) -> impl Future<Output = Answer> + use<> {
        let begun = Rc::clone(begun);
        async move {
            begun.set(begun.get() + 1);
            actix_web::rt::time::sleep(std::time::Duration::from_millis(30)).await;
            landed(begun.get())
        }
    }

    #[actix_web::test]
    async fn who_arrives_twice_at_once_gets_one_answer_and_the_code_is_exchanged_once() {
        let (arrivals, begun) = (Arrivals::default(), Rc::new(Cell::new(0)));
        let one = arrivals.shared(brought("a"), slow(&begun));
        let two = arrivals.shared(brought("a"), slow(&begun));
        let (one, two) = futures_util::future::join(one, two).await;
        assert_eq!((one, two, begun.get()), (landed(1), landed(1), 1));
        assert!(arrivals.under_way().is_empty(), "nothing is kept");
        let later = arrivals.shared(brought("a"), slow(&begun)).await;
        assert_eq!(later, landed(2), "what is over is not answered from here");
    }

    #[actix_web::test]
    async fn who_brings_something_else_shares_nothing() {
        let (arrivals, begun) = (Arrivals::default(), Rc::new(Cell::new(0)));
        let one = arrivals.shared(brought("a"), slow(&begun));
        let two = arrivals.shared(brought("b"), slow(&begun));
        futures_util::future::join(one, two).await.0.unwrap();
        assert_eq!(begun.get(), 2);
        let of_another_portal = Brought::new(PortalName::MinaSidor, "state", Some("a"));
        assert_ne!(brought("a"), of_another_portal);
    }

    #[actix_web::test]
    async fn the_second_is_answered_when_the_browser_has_left_the_first() {
        let (arrivals, begun) = (Arrivals::default(), Rc::new(Cell::new(0)));
        let first = arrivals.shared(brought("a"), slow(&begun));
        let left = std::time::Duration::from_millis(5);
        assert!(actix_web::rt::time::timeout(left, first).await.is_err());
        let second = arrivals.shared(brought("a"), slow(&begun)).await;
        assert_eq!((second, begun.get()), (landed(1), 1));
    }

    #[actix_web::test]
    async fn an_exchange_that_breaks_down_keeps_nobody_waiting() {
        let arrivals = Arrivals::default();
        let broken = arrivals.shared(brought("a"), async { panic!("on purpose") });
        assert_eq!(broken.await, Err(Notice::Broken.into()));
        assert!(arrivals.under_way().is_empty());
    }
}
