//! The codes on the chips of cards: what can be done with those of the holder's, and doing it.

use std::collections::HashMap;

use cards_domain::access::{Function, Scope};
use cards_domain::chip_code::{
    ChipCode, ChipCodeAction, ChipCodeActionName, ChipCodeFacts, CodeName, CodeStage, VisitCheck,
};
use cards_domain::ids::CardId;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::offer::Offer;
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::queries::CardSheet;

use super::CardAndOffers;
use crate::{App, Call, Failure};

/// A code of the holder's and what can be done with it.
#[derive(Clone, Debug)]
pub struct CodeOffers {
    /// Which code.
    pub name: CodeName,
    /// Yes, or no because.
    pub offers: Vec<Offer<ChipCodeActionName>>,
}

impl CodeOffers {
    /// Whether the action is open for this code.
    #[must_use]
    pub fn is_open(&self, action: ChipCodeActionName) -> bool {
        matches!(self.verdict(action), Some(Ok(())))
    }

    /// What the rules say of the action; none where nobody in the role expects it.
    #[must_use]
    pub fn verdict(&self, action: ChipCodeActionName) -> Option<&Result<(), Refusal>> {
        let mut offers = self.offers.iter();
        let offer = offers.find(|offer| offer.action == action);
        offer.map(|offer| &offer.verdict)
    }
}

impl CardAndOffers {
    /// The codes of the holder's for which the action is open.
    pub fn codes_open(&self, action: ChipCodeActionName) -> impl Iterator<Item = CodeName> {
        let codes = self.codes.iter();
        let open = codes.filter(move |code| code.is_open(action));
        open.map(|code| code.name)
    }

    /// Whether the action is open for any of the codes, and otherwise why not for the first.
    ///
    /// # Errors
    /// What the rules say; [`Refusal::NotYourRole`] for what is somebody else's.
    pub fn code_verdict(&self, action: ChipCodeActionName) -> Result<(), Refusal> {
        if self.codes_open(action).next().is_some() {
            return Ok(());
        }
        let mut verdicts = self.codes.iter().filter_map(|code| code.verdict(action));
        verdicts
            .next()
            .cloned()
            .unwrap_or(Err(Refusal::NotYourRole))
    }
}

impl App {
    /// What can be done with each of the holder's codes on each of the cards; nothing where none is in
    /// use.
    pub(super) fn code_offers(
        &self,
        link: &mut Link,
        call: &Call,
        sheets: &[CardSheet],
    ) -> Result<Vec<Vec<CodeOffers>>, Failure> {
        let codes: Vec<ChipCode> = sheets.iter().flat_map(pins_in_use).cloned().collect();
        let offers = self.ledger.available(link, &call.actor, &codes)?;
        let mut of_cards: HashMap<CardId, Vec<CodeOffers>> = HashMap::new();
        for (code, offers) in codes.into_iter().zip(offers) {
            let name = code.name;
            let of_card = of_cards.entry(code.card).or_default();
            of_card.push(CodeOffers { name, offers });
        }
        let own = |sheet: &CardSheet| of_cards.remove(&sheet.card.id).unwrap_or_default();
        Ok(sheets.iter().map(own).collect())
    }

    /// Does something to one of the codes of a card.
    ///
    /// # Errors
    /// As [`crate::Ledger::act`]; [`Refusal::CodeNotSet`] for a card without the code.
    pub fn act_on_code(
        &self,
        link: &mut Link,
        call: &Call,
        (card, name): (CardId, CodeName),
        action: &ChipCodeAction,
    ) -> Result<ChipCode, Failure> {
        let sheet = visible(link, call, card)?;
        let code = sheet.parts.code(name).ok_or(Refusal::CodeNotSet)?;
        self.ledger.act::<ChipCode>(link, call, code.id.0, action)
    }

    /// Opens the card at a visit: the code that is locked, and with it the other one if that is
    /// locked as well.
    ///
    /// # Errors
    /// As [`crate::Ledger::act`]; [`Refusal::CodeNotSet`] for a card without codes.
    pub fn open_at_visit(
        &self,
        link: &mut Link,
        call: &Call,
        card: CardId,
        check: VisitCheck,
    ) -> Result<ChipCode, Failure> {
        let sheet = visible(link, call, card)?;
        let code = sheet.parts.pin_to_open().ok_or(Refusal::CodeNotSet)?;
        let action = ChipCodeAction::UnlockAtVisit(check);
        self.ledger.act::<ChipCode>(link, call, code.id.0, &action)
    }

    /// What the rules would be told about a code.
    ///
    /// # Errors
    /// The store fails.
    pub fn code_facts(
        &self,
        link: &mut Link,
        call: &Call,
        code: &ChipCode,
    ) -> Result<ChipCodeFacts, Failure> {
        let things = std::slice::from_ref(code);
        let facts = self.ledger.facts(link, &call.actor, things)?;
        facts.into_iter().next().ok_or(Failure::NotFound)
    }

    /// Whether what the officer has seen to at a visit holds, before it is signed. Nothing is
    /// changed, but a refusal is written down like that of the act itself: who came with another
    /// person's document must be found in the log.
    ///
    /// # Errors
    /// [`Failure::Refused`] with the first thing that does not hold.
    pub fn examine_unlock(
        &self,
        link: &mut Link,
        call: &Call,
        (code, facts): (&ChipCode, &ChipCodeFacts),
        check: &VisitCheck,
    ) -> Result<(), Failure> {
        let action = ChipCodeAction::UnlockAtVisit(check.clone());
        match would_open(link, call, (code, facts), &action) {
            Ok(()) => Ok(()),
            Err(refusal) => {
                let thing = (code, facts);
                self.ledger
                    .note_refusal::<ChipCode>(link, call, &action, thing, &refusal)?;
                Err(refusal.into())
            }
        }
    }
}

/// The holder's codes that can be locked or opened; the one that opening is about comes first, since
/// its refusals say the most.
fn pins_in_use(sheet: &CardSheet) -> impl Iterator<Item = &ChipCode> {
    let first = sheet.parts.pin_to_open();
    let pins = [CodeName::Pin1, CodeName::Pin2]
        .into_iter()
        .filter_map(|name| sheet.parts.code(name));
    let others = pins.filter(move |code| first.is_none_or(|first| first.id != code.id));
    let all = first.into_iter().chain(others);
    all.filter(|code| matches!(code.stage, CodeStage::Ok | CodeStage::Locked))
}

/// Everything but the signature, which comes last.
fn would_open(
    link: &Link,
    call: &Call,
    (code, facts): (&ChipCode, &ChipCodeFacts),
    action: &ChipCodeAction,
) -> Result<(), Refusal> {
    code.permitted(&call.actor, action, facts)?;
    match code.decide(&call.actor, action, facts, link.now()) {
        Ok(_) | Err(Refusal::SignatureNeeded) => Ok(()),
        Err(refusal) => Err(refusal),
    }
}

/// A card that the caller may see.
pub(super) fn visible(link: &mut Link, call: &Call, card: CardId) -> Result<CardSheet, Failure> {
    let scope = Scope::of(&call.actor, Function::ViewPerson);
    link.card(&scope, card)?.ok_or(Failure::NotFound)
}
