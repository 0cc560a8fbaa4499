//! What a holder can do with the card in a reader: register it, fetch the certificate for signing,
//! test it, change a code.

use cards_app::card_tasks::TasksOfCard;
use cards_app::queries::CardSheet;
use cards_app::{App, Call, Failure, Link as Db};
use cards_domain::card::CardStage;
use cards_domain::card_task::TaskKind;
use cards_domain::offer::Offer;
use chrono::{DateTime, Utc};

use super::{change_code, fetch_signing, start, test_card};
use crate::card_tasks::{self, OfferForm, words};
use crate::components::{Button, Hidden, Link, LinkList};
use crate::text::Text;

/// What is known of a card's tasks.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    tasks: TasksOfCard,
    offers: Vec<Offer<TaskKind>>,
}

/// The section on the card's page.
pub(super) struct InReader {
    /// Since when the card is registered, or that it is not.
    pub(super) registered: Option<String>,
    /// The button that registers it.
    pub(super) register: Option<OfferForm>,
    /// Tasks that wait for the card program.
    pub(super) running: Vec<Link>,
    /// The pages.
    pub(super) ways: LinkList,
}

impl Known {
    /// Asks for a card that the caller has looked at.
    ///
    /// # Errors
    /// The store fails.
    pub(super) fn ask(
        app: &App,
        link: &mut Db,
        call: &Call,
        sheet: &CardSheet,
    ) -> Result<Self, Failure> {
        Ok(Self {
            tasks: app.tasks_of(link, sheet.card.id)?,
            offers: app.task_offers(link, call, sheet)?,
        })
    }

    #[cfg(test)]
    pub(super) fn of(tasks: TasksOfCard) -> Self {
        Self {
            tasks,
            offers: Vec::new(),
        }
    }

    fn may(&self, kind: TaskKind) -> bool {
        let mut offers = self.offers.iter();
        offers.any(|offer| offer.action == kind && offer.verdict.is_ok())
    }

    /// The section; none for a card that is in nobody's hand.
    pub(super) fn section(
        &self,
        t: Text,
        sheet: &CardSheet,
        hidden: Hidden,
        now: DateTime<Utc>,
    ) -> Option<InReader> {
        let is_active = match sheet.card.stage {
            CardStage::Active { .. } => true,
            CardStage::Sent { .. } | CardStage::UnlockedUnsigned { .. } => false,
            CardStage::Ordered | CardStage::Revoked { .. } | CardStage::Expired { .. } => {
                return None;
            }
        };
        let registered = self.registered(t, is_active);
        let running = self.tasks.running(now);
        let own = |kind: &TaskKind| !kind.needs_office();
        let running = running.filter(|task| own(&task.kind));
        Some(InReader {
            registered,
            register: self.register(t, sheet, hidden),
            running: running
                .map(|task| {
                    let label = t.reader_goes_on(words::title(t, task.kind));
                    Link::new(label, card_tasks::address(start::HOME, task.id))
                })
                .collect(),
            ways: ways(t, sheet, is_active),
        })
    }

    fn registered(&self, t: Text, is_active: bool) -> Option<String> {
        match self.tasks.registered_at {
            Some(at) => Some(t.reader_registered(t.day_of(at))),
            None => is_active.then(|| t.reader_not_registered()),
        }
    }

    fn register(&self, t: Text, sheet: &CardSheet, hidden: Hidden) -> Option<OfferForm> {
        self.may(TaskKind::Register).then(|| {
            let task = (sheet.card.id, TaskKind::Register);
            let button = Button::submit(t.task_register()).full();
            OfferForm::new(start::HOME, task, hidden, button)
        })
    }
}

fn ways(t: Text, sheet: &CardSheet, is_active: bool) -> LinkList {
    let test = Link::new(t.test_title(), test_card::address(sheet));
    if !is_active {
        return LinkList::new(vec![test]);
    }
    LinkList::new(vec![
        test,
        Link::new(t.task_fetch(), fetch_signing::address(sheet)),
        Link::new(t.reader_change_code(), change_code::address(sheet)),
    ])
}
