//! The counter, before the holder chooses a code and the officer signs, and the receipt on paper.

use cards_domain::access::{Function, Scope};
use cards_domain::card::{Card, CardAction, CardActionName, CounterCheck};
use cards_domain::ids::{CardId, PersonId, ReceiptId};
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::offer::Offered as _;
use cards_domain::person::Subject;
use cards_domain::receipt::{Receipt, ReceiptAction};
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::kept::Kept as _;
use cards_store::queries::{Event, LookedAt};

use crate::queries::CardPage;
use crate::{App, Call, Failure, Which};

/// What an officer stops at the counter because they are not sure who stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// A card would have been activated.
    Activation,
    /// A locked card would have been opened.
    Unlock,
}

impl Stopped {
    fn function(self) -> Function {
        match self {
            Self::Activation => Function::ActivateCard,
            Self::Unlock => Function::Unlock,
        }
    }
}

impl App {
    /// Whether what the officer has seen to holds so far. Nothing is changed, but a refusal is
    /// written down like that of the act itself: who tried another person's document must be
    /// found in the log.
    ///
    /// # Errors
    /// [`Failure::Refused`] with the first thing that does not hold.
    pub fn examine_card(
        &self,
        link: &mut Link,
        call: &Call,
        page: &CardPage,
        check: &CounterCheck,
    ) -> Result<(), Failure> {
        let (card, facts, now) = (&page.card.sheet.card, &page.facts, link.now());
        let action = CardAction::Unlock(check.clone());
        let verdict = card
            .permitted(&call.actor, &action, facts)
            .and_then(|()| card.could(&call.actor, CardActionName::Unlock, facts, now))
            .and_then(|()| card.examine(&call.actor, check, facts, now));
        match verdict {
            Ok(_) => Ok(()),
            Err(refusal) => {
                self.ledger
                    .note_refusal::<Card>(link, call, &action, (card, facts), &refusal)?;
                Err(refusal.into())
            }
        }
    }

    /// Writes down that the officer was not sure who stood at the counter, and stopped. Gives whose
    /// card it is.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a card that is not in scope, [`Failure::Refused`] for those who may
    /// not do what they would have stopped.
    pub fn doubt(
        &self,
        link: &mut Link,
        call: &Call,
        id: CardId,
        stopped: Stopped,
    ) -> Result<PersonId, Failure> {
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let at = LookedAt::Card(id);
        let person = self.ledger.look(link, call, at, Which::NewOnly)?;
        let card = link.card(&scope, id)?.ok_or(Failure::NotFound)?.card;
        let about = Subject {
            person: person.person,
            protected: person.protection.is_protected(),
            organisations: vec![card.organisation],
        };
        let function = stopped.function();
        self.ledger.doubted(link, call, (&about, &card), function)?;
        Ok(person.person)
    }

    /// The newest doubt about who a person is that an officer has stopped for, until a check of an
    /// identity document has held: for the next officer. Whoever asks has looked at the person.
    ///
    /// # Errors
    /// The store fails.
    pub fn open_doubt(&self, link: &mut Link, about: PersonId) -> Result<Option<Event>, Failure> {
        Ok(link.open_doubt(about)?)
    }

    /// Whether a receipt signed with ink could be registered here and now: by the rules of the
    /// receipt, and at an office where the card may be handed over, which keeps the paper. Nothing
    /// is changed; a refusal is written down.
    ///
    /// # Errors
    /// [`Failure::Refused`] with the first thing that does not hold.
    pub fn may_register_paper(
        &self,
        link: &mut Link,
        call: &Call,
        (page, receipt): (&CardPage, ReceiptId),
        action: &ReceiptAction,
    ) -> Result<(), Failure> {
        let receipt = link.read(|tx| Receipt::load(tx, &[receipt.0]).map_err(Failure::from))?;
        let facts = self.ledger.facts(link, &call.actor, &receipt)?;
        let (Some(receipt), Some(facts)) = (receipt.first(), facts.first()) else {
            return Err(Failure::NotFound);
        };
        let verdict = receipt
            .permitted(&call.actor, action, facts)
            .and_then(|()| receipt.decide(&call.actor, action, facts, link.now()))
            .and_then(|_| keeps_paper(page));
        match verdict {
            Ok(()) => Ok(()),
            Err(refusal) => {
                self.ledger.note_refusal::<Receipt>(
                    link,
                    call,
                    action,
                    (receipt, facts),
                    &refusal,
                )?;
                Err(refusal.into())
            }
        }
    }

    /// Registers a receipt signed with ink, as [`App::may_register_paper`] allows.
    ///
    /// # Errors
    /// As [`App::may_register_paper`] and [`crate::Ledger::act`].
    pub fn register_paper(
        &self,
        link: &mut Link,
        (look, call): (&Call, &Call),
        (page, receipt): (&CardPage, ReceiptId),
        action: &ReceiptAction,
    ) -> Result<Receipt, Failure> {
        self.may_register_paper(link, look, (page, receipt), action)?;
        self.ledger.act::<Receipt>(link, call, receipt.0, action)
    }
}

/// The paper is kept where the card is handed over.
fn keeps_paper(page: &CardPage) -> Result<(), Refusal> {
    let here = page.facts.here.as_ref().ok_or(Refusal::NoOffice)?;
    let place = &page.facts.place;
    // Where an exception may be made, the paper stays where the card was handed over.
    if place.may_except(here) {
        return Ok(());
    }
    place.allow(here)
}
