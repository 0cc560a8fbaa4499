//! A card's page and the activation: what can be done, what cannot and why.

use cards_domain::access::{Function, Scope};
use cards_domain::card::{CardActionName, CardFacts, CardStageName};
use cards_domain::ids::{CardId, PersonId, PukLetterId};
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::offer::Offer;
use cards_domain::product::CodeDelivery;
use cards_domain::puk_letter::{LetterReason, PukLetter, PukLetterRequest};
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::queries::{CardSheet, Clock, LookedAt, PersonSheet};

use super::codes::CodeOffers;
use super::photo::{ClosedOffice, ShownPhoto};
use crate::{App, Call, Failure, Which};

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

impl App {
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
}

/// The clocks that run for one of a person's things.
pub(super) fn clocks_for(
    link: &mut Link,
    person: PersonId,
    thing: uuid::Uuid,
) -> Result<Vec<Clock>, Failure> {
    let mut clocks = link.clocks_of(person)?;
    clocks.retain(|clock| clock.thing == thing);
    Ok(clocks)
}
