//! A person's page, a card's page and an order's page: what can be done, what cannot and why.

use cards_domain::access::{Function, Scope};
use cards_domain::card::{CardActionName, CardFacts, CardStageName};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{CardId, OrderId, OrganisationId, PersonId, PukLetterId};
use cards_domain::lifecycle::Lifecycle;
use cards_domain::offer::Offer;
use cards_domain::order::{OrderActionName, OrderRequest};
use cards_domain::product::CodeDelivery;
use cards_domain::puk_letter::{LetterReason, PukLetter, PukLetterRequest};
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::directory::RegisterSnapshot;
use cards_store::queries::{CardSheet, Clock, Event, LookedAt, OrderSheet, Outdated, PersonSheet};

use super::codes::CodeOffers;
use super::employment::{self, Employment};
use super::photo::{ClosedOffice, ShownPhoto};
use crate::{App, Call, Failure, Which};

/// How many events a page shows; a page of its own shows the rest.
const EVENTS: i64 = 6;

/// A card and what can be done with it.
#[derive(Clone, Debug)]
pub struct CardAndOffers {
    /// The card.
    pub sheet: CardSheet,
    /// Yes, or no because.
    pub offers: Vec<Offer<CardActionName>>,
    /// The same for each of the holder's codes, while the card is in use.
    pub codes: Vec<CodeOffers>,
    /// Whether a letter with the PUK could be asked for.
    pub letter: Option<Result<(), Refusal>>,
}

/// An order and what can be done with it.
#[derive(Clone, Debug)]
pub struct OrderAndOffers {
    /// The order.
    pub sheet: OrderSheet,
    /// Yes, or no because.
    pub offers: Vec<Offer<OrderActionName>>,
}

/// Whether a card may be ordered in an organisation's name.
pub type OrderVerdict = (OrganisationId, Result<(), Refusal>);

/// Everything on a person's page.
#[derive(Clone, Debug)]
pub struct PersonPage {
    /// Who.
    pub sheet: PersonSheet,
    /// The newest photo that was approved.
    pub photo: Option<ShownPhoto>,
    /// What the directory says of the work, for the employments in scope.
    pub employments: Vec<Employment>,
    /// What the population register last said.
    pub register: Option<RegisterSnapshot>,
    /// The cards in scope, newest first.
    pub cards: Vec<CardAndOffers>,
    /// How many cards other issuers have given the person.
    pub cards_of_others: usize,
    /// The orders in scope, newest first.
    pub orders: Vec<OrderAndOffers>,
    /// Orders that were sent before the name or number was changed.
    pub outdated: Vec<Outdated>,
    /// The clocks that run.
    pub clocks: Vec<Clock>,
    /// The last events.
    pub events: Vec<Event>,
    /// Whether a card may be ordered, for each organisation in scope where the person works.
    pub order: Vec<OrderVerdict>,
}

/// Everything on a card's page and in the activation.
#[derive(Clone, Debug)]
pub struct CardPage {
    /// Who holds it.
    pub person: PersonSheet,
    /// The card and what can be done with it.
    pub card: CardAndOffers,
    /// What the rules are told, for the page that asks for what is missing.
    pub facts: CardFacts,
    /// The photo that is printed on it.
    pub photo: Option<ShownPhoto>,
    /// Its office, when that is closed and another one may stand in.
    pub closed: Option<ClosedOffice>,
    /// The clocks that run for it.
    pub clocks: Vec<Clock>,
}

/// Everything on an order's page.
#[derive(Clone, Debug)]
pub struct OrderPage {
    /// For whom.
    pub person: PersonSheet,
    /// The order and what can be done with it.
    pub order: OrderAndOffers,
    /// The card, once it is being made.
    pub card: Option<CardSheet>,
    /// The clocks that run for it.
    pub clocks: Vec<Clock>,
}

impl App {
    /// A person's page. That it was opened is written down and the holder can see it.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a person who is not in scope.
    pub fn person_page(
        &self,
        link: &mut Link,
        call: &Call,
        id: PersonId,
    ) -> Result<PersonPage, Failure> {
        let at = LookedAt::Person(id);
        let sheet = self.ledger.look(link, call, at, Which::Every)?;
        link.reading(call.actor.office(), |link| {
            self.read_person(link, call, sheet)
        })
    }

    /// As [`App::person_page`], with everything of a protected person shown: that is written down
    /// as an act of its own, which the holder can see.
    ///
    /// # Errors
    /// As [`App::person_page`].
    pub fn revealed_person_page(
        &self,
        link: &mut Link,
        call: &Call,
        id: PersonId,
    ) -> Result<PersonPage, Failure> {
        let page = self.person_page(link, call, id)?;
        let at = (LookedAt::Person(id), Which::Every);
        self.ledger.reveal(link, call, &page.sheet, at)?;
        Ok(page)
    }

    /// Writes down that a page about a card shows the name on it, where its holder is protected.
    ///
    /// # Errors
    /// The store fails: then nothing is shown.
    pub fn reveal_on_card(
        &self,
        link: &mut Link,
        call: &Call,
        page: &CardPage,
    ) -> Result<(), Failure> {
        let at = LookedAt::Card(page.card.sheet.card.id);
        self.ledger
            .reveal(link, call, &page.person, (at, Which::NewOnly))
    }

    fn read_person(
        &self,
        link: &mut Link,
        call: &Call,
        sheet: PersonSheet,
    ) -> Result<PersonPage, Failure> {
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let id = sheet.person;
        let (cards, cards_of_others) = link.cards_of(&scope, id)?;
        let cards = self.card_offers(link, call, cards)?;
        let orders = link.orders_of(&scope, id)?;
        let orders = self.order_offers(link, call, orders)?;
        Ok(PersonPage {
            photo: link.approved_photo(id)?,
            employments: employment::of_person(link, &scope, &sheet)?,
            register: link.register_answer(id)?.map(|(answer, _)| answer),
            cards,
            cards_of_others,
            orders,
            outdated: link.sent_before_a_change(id)?,
            clocks: link.clocks_of(id)?,
            events: link.events_of(id, true, EVENTS)?,
            order: self.may_order(link, call, &scope, &sheet)?,
            sheet,
        })
    }

    /// A card's page.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a card that is not in scope.
    pub fn card_page(&self, link: &mut Link, call: &Call, id: CardId) -> Result<CardPage, Failure> {
        self.read_card(link, call, id, Which::Every)
    }

    fn read_card(
        &self,
        link: &mut Link,
        call: &Call,
        id: CardId,
        which: Which,
    ) -> Result<CardPage, Failure> {
        let person = self.ledger.look(link, call, LookedAt::Card(id), which)?;
        link.reading(call.actor.office(), |link| {
            self.read_card_of(link, call, (person, id))
        })
    }

    fn read_card_of(
        &self,
        link: &mut Link,
        call: &Call,
        (person, id): (PersonSheet, CardId),
    ) -> Result<CardPage, Failure> {
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let sheet = link.card(&scope, id)?.ok_or(Failure::NotFound)?;
        let things = std::slice::from_ref(&sheet.card);
        let facts = self.ledger.facts(link, &call.actor, things)?;
        let facts = facts.into_iter().next().ok_or(Failure::NotFound)?;
        let clocks = clocks_for(link, person.person, id.0)?;
        let card = self.card_offers(link, call, vec![sheet])?;
        let card = card.into_iter().next().ok_or(Failure::NotFound)?;
        let photo = link.photo_of_order(card.sheet.card.order)?;
        let mut page = CardPage {
            person,
            card,
            facts,
            photo,
            closed: None,
            clocks,
        };
        page.closed = Self::closed_office(link, &page)?;
        Ok(page)
    }

    /// As [`App::card_page`], for a page that reloads itself while the officer waits and for steps
    /// of the same act: within a few minutes they are one look, not six a minute.
    ///
    /// # Errors
    /// As [`App::card_page`].
    pub fn card_page_again(
        &self,
        link: &mut Link,
        call: &Call,
        id: CardId,
    ) -> Result<CardPage, Failure> {
        self.read_card(link, call, id, Which::NewOnly)
    }

    /// An order's page.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for an order that is not in scope.
    pub fn order_page(
        &self,
        link: &mut Link,
        call: &Call,
        id: OrderId,
    ) -> Result<OrderPage, Failure> {
        let at = LookedAt::Order(id);
        let person = self.ledger.look(link, call, at, Which::Every)?;
        link.reading(call.actor.office(), |link| {
            self.read_order(link, call, (person, id))
        })
    }

    fn read_order(
        &self,
        link: &mut Link,
        call: &Call,
        (person, id): (PersonSheet, OrderId),
    ) -> Result<OrderPage, Failure> {
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let sheet = link.order(&scope, id)?.ok_or(Failure::NotFound)?;
        let card = match sheet.order.card {
            Some(card) => link.card(&scope, card)?,
            None => None,
        };
        let clocks = clocks_for(link, person.person, id.0)?;
        let order = self
            .order_offers(link, call, vec![sheet])?
            .pop()
            .ok_or(Failure::NotFound)?;
        Ok(OrderPage {
            person,
            order,
            card,
            clocks,
        })
    }

    /// Every event about a person, newest first; for those who read the log also the person's
    /// log-ins.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a person who is not in scope.
    pub fn person_events(
        &self,
        link: &mut Link,
        call: &Call,
        id: PersonId,
    ) -> Result<(PersonSheet, Vec<Event>), Failure> {
        const ALL: i64 = 500;
        let at = LookedAt::Person(id);
        let sheet = self.ledger.look(link, call, at, Which::Every)?;
        let mut events = link.events_of(id, true, ALL)?;
        let reads_log = Scope::of(&call.actor, Function::ReadLog);
        if link.person(&reads_log, id)?.is_some() {
            events.extend(link.log_ins_of(id, ALL)?);
            events.sort_by_key(|event| std::cmp::Reverse(event.entry.at));
        }
        Ok((sheet, events))
    }

    pub(super) fn card_offers(
        &self,
        link: &mut Link,
        call: &Call,
        sheets: Vec<CardSheet>,
    ) -> Result<Vec<CardAndOffers>, Failure> {
        let things: Vec<_> = sheets.iter().map(|sheet| sheet.card.clone()).collect();
        let offers = self.ledger.available(link, &call.actor, &things)?;
        let codes = self.code_offers(link, call, &sheets)?;
        sheets
            .into_iter()
            .zip(offers.into_iter().zip(codes))
            .map(|(sheet, (offers, codes))| {
                let letter = self.may_ask_for_letter(link, call, &sheet)?;
                Ok(CardAndOffers {
                    sheet,
                    offers,
                    codes,
                    letter,
                })
            })
            .collect()
    }

    /// Whether a letter could be asked for, for cards that one could open: those in use, and those
    /// with a code letter that wait to be fetched.
    fn may_ask_for_letter(
        &self,
        link: &mut Link,
        call: &Call,
        sheet: &CardSheet,
    ) -> Result<Option<Result<(), Refusal>>, Failure> {
        let by_letter = sheet.product.code_delivery == CodeDelivery::CodeLetter;
        let (asks, reason) = match sheet.card.stage() {
            CardStageName::Active => (sheet.parts.has_locked_pin(), LetterReason::Locked),
            CardStageName::Sent => (by_letter, LetterReason::NeverReceived),
            CardStageName::Ordered
            | CardStageName::UnlockedUnsigned
            | CardStageName::Revoked
            | CardStageName::Expired => (false, LetterReason::Locked),
        };
        if !asks {
            return Ok(None);
        }
        let request = PukLetterRequest {
            id: PukLetterId(link.new_id()),
            card: sheet.card.id,
            person: sheet.card.person,
            reason,
            caller_identified: true,
        };
        match self
            .ledger
            .could_begin::<PukLetter>(link, &call.actor, &request)
        {
            Ok(()) => Ok(Some(Ok(()))),
            // The register is asked when the form is opened.
            Err(Failure::Refused(Refusal::RegisterSilent)) => Ok(Some(Ok(()))),
            Err(Failure::Refused(Refusal::NotYourRole | Refusal::OutOfScope))
            | Err(Failure::NotFound) => Ok(None),
            Err(Failure::Refused(refusal)) => Ok(Some(Err(refusal))),
            Err(other) => Err(other),
        }
    }

    fn order_offers(
        &self,
        link: &mut Link,
        call: &Call,
        sheets: Vec<OrderSheet>,
    ) -> Result<Vec<OrderAndOffers>, Failure> {
        let things: Vec<_> = sheets.iter().map(|sheet| sheet.order.clone()).collect();
        let offers = self.ledger.available(link, &call.actor, &things)?;
        Ok(sheets
            .into_iter()
            .zip(offers)
            .map(|(sheet, offers)| OrderAndOffers { sheet, offers })
            .collect())
    }

    /// Whether an order would be accepted if its form were filled in perfectly.
    fn may_order(
        &self,
        link: &mut Link,
        call: &Call,
        scope: &Scope,
        person: &PersonSheet,
    ) -> Result<Vec<OrderVerdict>, Failure> {
        let Some((product, office)) = link.first_of_the_range()? else {
            return Ok(Vec::new());
        };
        let mut organisations: Vec<_> = person.posts.iter().map(|post| post.organisation).collect();
        organisations.dedup();
        organisations.retain(|organisation| scope.organisations().contains(organisation));
        let mut verdicts = Vec::new();
        for organisation in organisations {
            let request = OrderRequest {
                id: OrderId(link.new_id()),
                person: person.person,
                organisation,
                product,
                office,
                method: DeliveryMethod::APost,
                routine_confirmed: true,
                replaces: None,
            };
            let verdict =
                self.ledger
                    .could_begin::<cards_domain::order::Order>(link, &call.actor, &request);
            match verdict {
                Ok(()) => verdicts.push((organisation, Ok(()))),
                // The register is asked when the form is opened.
                Err(Failure::Refused(Refusal::RegisterSilent)) => {
                    verdicts.push((organisation, Ok(())));
                }
                Err(Failure::Refused(refusal)) => verdicts.push((organisation, Err(refusal))),
                Err(other) => return Err(other),
            }
        }
        Ok(verdicts)
    }
}

fn clocks_for(link: &mut Link, person: PersonId, thing: uuid::Uuid) -> Result<Vec<Clock>, Failure> {
    let mut clocks = link.clocks_of(person)?;
    clocks.retain(|clock| clock.thing == thing);
    Ok(clocks)
}
