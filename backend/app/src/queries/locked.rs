//! A locked card: what can be said of its codes, whether a visit opens it, and the letters with its
//! PUK.

use cards_domain::card::CardStageName;
use cards_domain::chip_code::{ChipCode, CodeName};
use cards_domain::ids::{CardId, PersonId, PukLetterId};
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::offer::Offer;
use cards_domain::puk_letter::{LetterReason, PukLetter, PukLetterActionName, PukLetterRequest};
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::directory::RegisterSnapshot;
use cards_store::kept::Kept as _;
use cards_store::queries::{CardSheet, Event, LookedAt, PersonSheet};

use super::HolderPage;
use super::card_page::{CardAndOffers, CardPage};
use super::codes::{CodeOffers, visible};
use crate::{App, Call, Failure, Which};

/// How many of a person's events are looked through for those of the card's codes.
const EVENTS: i64 = 30;

/// A card that is locked, or is to be stated so.
#[derive(Clone, Debug)]
pub struct LockedPage {
    /// The card, its holder and what can be done with the holder's codes.
    pub page: CardPage,
    /// What can be done with the code that opens the others, if it is kept track of.
    pub puk: Option<CodeOffers>,
    /// What has happened to the holder's codes, newest first.
    pub events: Vec<Event>,
}

/// The form in which a letter with the PUK is asked for.
#[derive(Clone, Debug)]
pub struct LetterForm {
    /// The card and its holder.
    pub page: CardPage,
    /// What the population register says, if it answers.
    pub register: Option<RegisterSnapshot>,
    /// The reasons that fit the card.
    pub reasons: Vec<LetterReason>,
    /// Whether a perfectly filled in form would be accepted.
    pub verdict: Result<(), Refusal>,
}

/// A letter and what can be done with it.
#[derive(Clone, Debug)]
pub struct LetterPage {
    /// Who gets it.
    pub person: PersonSheet,
    /// Which card it opens.
    pub card: CardSheet,
    /// The letter.
    pub letter: PukLetter,
    /// Who asked for it, where it was not the holder; no name where it is protected.
    pub requested_by: Option<String>,
    /// What can be done with it.
    pub offers: Vec<Offer<PukLetterActionName>>,
    /// What the population register last said.
    pub register: Option<RegisterSnapshot>,
}

/// A holder's own card, locked or about to be stated so.
#[derive(Clone, Debug)]
pub struct HolderLocked {
    /// The holder and everything of theirs.
    pub page: HolderPage,
    /// The card and what the holder can say of it.
    pub card: CardAndOffers,
}

impl App {
    /// A locked card's page, for officers and the servicedesk.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a card that is not in scope.
    pub fn locked_page(
        &self,
        link: &mut Link,
        call: &Call,
        id: CardId,
    ) -> Result<LockedPage, Failure> {
        link.reading(call.actor.office(), |link| self.read_locked(link, call, id))
    }

    fn read_locked(&self, link: &mut Link, call: &Call, id: CardId) -> Result<LockedPage, Failure> {
        let page = self.card_page_again(link, call, id)?;
        let puk = page.card.sheet.parts.code(CodeName::Puk);
        let puk: Vec<ChipCode> = puk.cloned().into_iter().collect();
        let offers = self.ledger.available(link, &call.actor, &puk)?.pop();
        let name = CodeName::Puk;
        let puk = offers.map(|offers| CodeOffers { name, offers });
        let mut events = link.events_of(page.person.person, true, EVENTS)?;
        events.retain(|event| event.entry.kind == "chip_code" && event.entry.action != "look");
        Ok(LockedPage { page, puk, events })
    }

    /// A holder's own card.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for somebody else's card.
    pub fn holder_locked(
        &self,
        link: &mut Link,
        call: &Call,
        id: CardId,
    ) -> Result<HolderLocked, Failure> {
        link.reading(None, |link| self.read_own_locked(link, call, id))
    }

    fn read_own_locked(
        &self,
        link: &mut Link,
        call: &Call,
        id: CardId,
    ) -> Result<HolderLocked, Failure> {
        let page = self.holder_page(link, call)?;
        let sheet = page.cards.iter().find(|sheet| sheet.card.id == id);
        let sheet = sheet.cloned().ok_or(Failure::NotFound)?;
        let card = self.card_offers(link, call, vec![sheet])?.pop();
        let card = card.ok_or(Failure::NotFound)?;
        Ok(HolderLocked { page, card })
    }

    /// The form for a letter. The population register is asked first, but only about somebody for
    /// whom a letter could be asked for; when it does not answer, the form says so.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a card that is not in scope.
    pub fn letter_form(
        &self,
        link: &mut Link,
        call: &Call,
        id: CardId,
    ) -> Result<LetterForm, Failure> {
        link.reading(call.actor.office(), |link| {
            self.read_letter_form(link, call, id)
        })
    }

    fn read_letter_form(
        &self,
        link: &mut Link,
        call: &Call,
        id: CardId,
    ) -> Result<LetterForm, Failure> {
        let page = self.card_page_again(link, call, id)?;
        let reasons = reasons(&page.card.sheet);
        let reason = reasons.first().copied().unwrap_or(LetterReason::Locked);
        let request = request(link, &page.card.sheet, reason, true);
        let verdict = self.ask_register_for_letter(link, call, &request)?;
        let register = link.register_answer(page.person.person)?;
        Ok(LetterForm {
            page,
            register: register.map(|(answer, _)| answer),
            reasons,
            verdict,
        })
    }

    /// Asks for a letter with the PUK of a card, after the population register has been asked.
    ///
    /// # Errors
    /// As [`crate::Ledger::begin`].
    pub fn ask_for_letter(
        &self,
        link: &mut Link,
        call: &Call,
        card: CardId,
        (reason, caller_identified): (LetterReason, bool),
    ) -> Result<PukLetter, Failure> {
        let sheet = visible(link, call, card)?;
        let perfect = request(link, &sheet, reason, true);
        // Whatever it says, the gate says it too, and writes it down.
        self.ask_register_for_letter(link, call, &perfect)?.ok();
        let request = request(link, &sheet, reason, caller_identified);
        self.ledger.begin::<PukLetter>(link, call, &request)
    }

    /// A letter's page.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a letter about a card that is not in scope.
    pub fn letter_page(
        &self,
        link: &mut Link,
        call: &Call,
        id: PukLetterId,
    ) -> Result<LetterPage, Failure> {
        link.reading(call.actor.office(), |link| self.read_letter(link, call, id))
    }

    fn read_letter(
        &self,
        link: &mut Link,
        call: &Call,
        id: PukLetterId,
    ) -> Result<LetterPage, Failure> {
        let letters = link.read(|tx| PukLetter::load(tx, &[id.0]).map_err(Failure::from))?;
        let letter = letters.into_iter().next().ok_or(Failure::NotFound)?;
        let at = LookedAt::Card(letter.card);
        let person = self.ledger.look(link, call, at, Which::NewOnly)?;
        let card = visible(link, call, letter.card)?;
        let things = std::slice::from_ref(&letter);
        let offers = self.ledger.available(link, &call.actor, things)?.pop();
        let register = link.register_answer(person.person)?;
        let by_holder = letter.requested_by == letter.person;
        let requested_by = if by_holder {
            None
        } else {
            link.name_of_actor(letter.requested_by)?
        };
        Ok(LetterPage {
            person,
            card,
            letter,
            requested_by,
            offers: offers.unwrap_or_default(),
            register: register.map(|(answer, _)| answer),
        })
    }

    /// Whether a letter could be asked for; the register's answer is renewed on the way.
    fn ask_register_for_letter(
        &self,
        link: &mut Link,
        call: &Call,
        request: &PukLetterRequest,
    ) -> Result<Result<(), Refusal>, Failure> {
        match self.could_ask(link, call, request)? {
            Ok(()) | Err(Refusal::RegisterSilent) => {
                self.renew_register(link, call, request.person)?;
                self.could_ask(link, call, request)
            }
            refused => Ok(refused),
        }
    }

    fn could_ask(
        &self,
        link: &mut Link,
        call: &Call,
        request: &PukLetterRequest,
    ) -> Result<Result<(), Refusal>, Failure> {
        let verdict = self
            .ledger
            .could_begin::<PukLetter>(link, &call.actor, request);
        match verdict {
            Ok(()) => Ok(Ok(())),
            Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
            Err(other) => Err(other),
        }
    }

    /// A register that does not answer leaves what it said before.
    fn renew_register(
        &self,
        link: &mut Link,
        call: &Call,
        person: PersonId,
    ) -> Result<(), Failure> {
        match self.refresh_register(link, call, person) {
            Ok(()) | Err(Failure::Unavailable(_)) => Ok(()),
            Err(other) => Err(other),
        }
    }
}

fn request(
    link: &Link,
    sheet: &CardSheet,
    reason: LetterReason,
    caller_identified: bool,
) -> PukLetterRequest {
    PukLetterRequest {
        id: PukLetterId(link.new_id()),
        card: sheet.card.id,
        person: sheet.card.person,
        reason,
        caller_identified,
    }
}

/// Why a letter could be asked for. A card that has not been fetched needs one only when its code
/// letter never came.
fn reasons(sheet: &CardSheet) -> Vec<LetterReason> {
    match sheet.card.stage() {
        CardStageName::Ordered | CardStageName::Sent => vec![LetterReason::NeverReceived],
        CardStageName::UnlockedUnsigned
        | CardStageName::Active
        | CardStageName::Revoked
        | CardStageName::Expired => {
            let locked = sheet.parts.has_locked_pin();
            let locked = locked.then_some(LetterReason::Locked);
            locked
                .into_iter()
                .chain([LetterReason::LostCodes])
                .collect()
        }
    }
}
