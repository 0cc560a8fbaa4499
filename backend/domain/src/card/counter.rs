//! The rules of the counter: who may hand over which card where, what must have been seen, and
//! when it is too late.

use chrono::{DateTime, NaiveDate, Utc};

use super::decide::revoked;
use super::{
    Card, CardEvent, CardFacts, CardStage, CardStageName, CodeProof, CounterCheck, Custody,
    EndedBy, RevocationReason,
};
use crate::access::Actor;
use crate::calendar;
use crate::delivery::DeliveryMethod;
use crate::identity_check::{DocumentKind, IdentityCheckRecord};
use crate::lifecycle::Lifecycle;
use crate::product::CodeDelivery;
use crate::refusal::Refusal;
use crate::values::{CardNumber, reason};

/// A reason for an exception has at least so many characters: one word says nothing.
const SHORTEST_REASON: usize = 10;

/// The rules of the counter.
impl Card {
    /// The refusal that says where the card stands.
    #[must_use]
    pub fn stands(&self) -> Refusal {
        match self.stage() {
            CardStageName::Ordered => Refusal::CardNotSentYet,
            CardStageName::Sent => Refusal::CardNotActivated,
            CardStageName::UnlockedUnsigned => Refusal::ReceiptNotSigned,
            CardStageName::Active => Refusal::CardAlreadyActive,
            CardStageName::Revoked => Refusal::CardRevoked,
            CardStageName::Expired => Refusal::CardExpired,
        }
    }

    /// Whether an officer may unlock this card here and now, before anything is checked.
    ///
    /// # Errors
    /// The refusal that sends the holder or the officer where it can be done.
    pub fn may_be_unlocked_by(
        &self,
        by: &Actor,
        facts: &CardFacts,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let here = facts.here.as_ref().ok_or(Refusal::NoOffice)?;
        if !facts.place.may_except(here) {
            facts.place.allow(here)?;
        }
        self.second_person(by, facts)?;
        let today = calendar::business_day(now);
        if let Some(last_day) = self.last_day_to_activate(facts)
            && last_day < today
        {
            return Err(Refusal::ActivationTooLate { last_day });
        }
        match self.valid_to {
            Some(valid_to) if valid_to < today => Err(Refusal::CardExpired),
            _ => Ok(()),
        }
    }

    pub(super) fn unlock(
        &self,
        by: &Actor,
        check: &CounterCheck,
        facts: &CardFacts,
        now: DateTime<Utc>,
    ) -> Result<CardEvent, Refusal> {
        let identity = self.examine(by, check, facts, now)?;
        let delivery = facts.product.code_delivery;
        let is_chosen = delivery == CodeDelivery::ChosenAtActivation;
        let code = if is_chosen && shown_today(facts.code_shown, now) {
            // What the card has shown needs nobody's word.
            CodeProof::ShownByCard
        } else {
            proven(check.code, delivery)?
        };
        let signature = check.signature.clone().ok_or(Refusal::SignatureNeeded)?;
        Ok(CardEvent::Unlocked {
            identity,
            code,
            signature,
            exception: check.exception.clone(),
        })
    }

    /// Whether what the officer has seen to at the counter holds, before the holder chooses a code
    /// and the officer signs.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn examine(
        &self,
        by: &Actor,
        check: &CounterCheck,
        facts: &CardFacts,
        now: DateTime<Utc>,
    ) -> Result<IdentityCheckRecord, Refusal> {
        self.may_be_unlocked_by(by, facts, now)?;
        excepted(check, facts)?;
        if self.number.as_ref() != Some(&check.number_on_card) {
            return Err(Refusal::WrongCard);
        }
        if !check.printed_name_confirmed {
            return Err(Refusal::PrintedNameNotConfirmed);
        }
        // Another valid SIS-marked card of the holder is accepted.
        if check.identity.document == DocumentKind::SisCard
            && check.identity.document_last_four == check.number_on_card.last_four()
        {
            return Err(Refusal::CardIsItsOwnProof);
        }
        let identity = check
            .identity
            .hold(&facts.number, calendar::business_day(now))?;
        if check.face_compared {
            Ok(identity)
        } else {
            Err(Refusal::PhotoNotCompared)
        }
    }

    /// When the card lies at the office nobody but officers has had it, so the one who ordered it
    /// or took the photo must not be the one who hands it over. Otherwise the second party is the
    /// manufacturer and the post to the registered address.
    fn second_person(&self, by: &Actor, facts: &CardFacts) -> Result<(), Refusal> {
        let acting = by.person();
        let took_part =
            acting == Some(self.ordered_by) || (acting.is_some() && acting == self.photographed_by);
        let sent_here = facts
            .delivery
            .is_some_and(|sending| sending.method == DeliveryMethod::ToOffice);
        if (sent_here || self.custody == Custody::Office) && took_part {
            return Err(Refusal::SecondPersonNeeded);
        }
        Ok(())
    }

    /// The last day on which the card can be activated: so many months after it was posted.
    #[must_use]
    pub fn last_day_to_activate(&self, facts: &CardFacts) -> Option<NaiveDate> {
        match self.stage {
            CardStage::Sent { at } => Some(calendar::add_months(
                calendar::business_day(at),
                facts.lengths.activation_months,
            )),
            CardStage::Ordered
            | CardStage::UnlockedUnsigned { .. }
            | CardStage::Active { .. }
            | CardStage::Revoked { .. }
            | CardStage::Expired { .. } => None,
        }
    }

    pub(super) fn end_unactivated(
        &self,
        facts: &CardFacts,
        now: DateTime<Utc>,
    ) -> Result<CardEvent, Refusal> {
        match self.last_day_to_activate(facts) {
            Some(last_day) if calendar::business_day(now) > last_day => Ok(revoked(
                RevocationReason::NotActivatedInTime,
                EndedBy::Itself,
            )),
            Some(last_day) => Err(Refusal::NotDue {
                from: last_day.succ_opt().unwrap_or(last_day),
            }),
            None => Err(self.stands()),
        }
    }

    /// The card came back, or came to the office as it was to. Its number is read from the card in
    /// hand. What is written down is that it lies at its own office, so nobody elsewhere can.
    pub(super) fn receive(
        &self,
        number: &CardNumber,
        facts: &CardFacts,
    ) -> Result<CardEvent, Refusal> {
        let here = facts.here.as_ref().ok_or(Refusal::NoOffice)?;
        facts.place.keeps(here)?;
        if self.number.as_ref() != Some(number) {
            return Err(Refusal::WrongCard);
        }
        if self.custody == Custody::Office {
            return Err(Refusal::CardAtOffice);
        }
        Ok(CardEvent::ReceivedAtOffice)
    }

    /// A card is cut at an office. One that an office keeps is cut there: elsewhere nobody can have
    /// it in their hand.
    pub(super) fn destroy(&self, facts: &CardFacts) -> Result<CardEvent, Refusal> {
        if self.custody == Custody::Destroyed {
            return Err(Refusal::CardDestroyed);
        }
        let here = facts.here.as_ref().ok_or(Refusal::NoOffice)?;
        if self.custody == Custody::Office {
            facts.place.keeps(here)?;
        }
        Ok(CardEvent::Destroyed)
    }

    pub(super) fn expire(&self, now: DateTime<Utc>) -> Result<CardEvent, Refusal> {
        match self.valid_to {
            Some(valid_to) if calendar::business_day(now) > valid_to => Ok(CardEvent::Expired),
            Some(valid_to) => Err(Refusal::NotDue {
                from: valid_to.succ_opt().unwrap_or(valid_to),
            }),
            None => Err(self.stands()),
        }
    }
}

/// An office that is closed is stood in for by another of the issuer, with a reason that is kept.
fn excepted(check: &CounterCheck, facts: &CardFacts) -> Result<(), Refusal> {
    let here = facts.here.as_ref().ok_or(Refusal::NoOffice)?;
    // One that is cut, or that nobody can read, would not be the officer's.
    let given = reason(check.exception.as_deref().unwrap_or_default());
    let given = given.ok().flatten().unwrap_or_default();
    if facts.place.allow(here).is_ok() || given.chars().count() >= SHORTEST_REASON {
        return Ok(());
    }
    Err(Refusal::ExceptionReasonNeeded {
        office: facts.place.required.name.clone(),
    })
}

/// Products whose codes come by letter are not given a chosen code, and the other way round.
fn proven(code: Option<CodeProof>, delivery: CodeDelivery) -> Result<CodeProof, Refusal> {
    match (delivery, code) {
        (CodeDelivery::ChosenAtActivation, Some(CodeProof::ChosenInSoftware)) => {
            Ok(CodeProof::ChosenInSoftware)
        }
        (CodeDelivery::CodeLetter | CodeDelivery::Envelope, Some(CodeProof::LetterCodeWorks)) => {
            Ok(CodeProof::LetterCodeWorks)
        }
        // That the card has shown it is for the card to say.
        (
            CodeDelivery::ChosenAtActivation,
            None | Some(CodeProof::LetterCodeWorks | CodeProof::ShownByCard),
        ) => Err(Refusal::CodeNotChosen),
        (
            CodeDelivery::CodeLetter | CodeDelivery::Envelope,
            None | Some(CodeProof::ChosenInSoftware | CodeProof::ShownByCard),
        ) => Err(Refusal::CodeLetterNotProven),
    }
}

/// Whether the card has shown its code at this visit: one of another day is another visit.
#[must_use]
pub fn shown_today(shown: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    shown.is_some_and(|at| calendar::business_day(at) == calendar::business_day(now))
}
