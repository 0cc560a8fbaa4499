//! A card that is lost, stolen or known, and every other revocation that a person asks for: the
//! pages on which it is told, and the case with what is left to do outside.

use cards_domain::access::{Actor, Function, Scope};
use cards_domain::calendar;
use cards_domain::card::RevocationReason;
use cards_domain::ids::{CardId, PersonId, RevocationId};
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::{
    ExternalStep, Reporter, Revocation, RevocationAction, RevocationFacts, RevocationRequest,
    StepOutcome, WrongIn,
};
use cards_store::Link;
use cards_store::kept::Kept as _;
use cards_store::queries::{
    CallBackNumbers, CardSheet, Clock, LookedAt, OrganisationSheet, PersonSheet,
};
use chrono::NaiveDate;

use crate::{App, Call, Failure, Which};

/// A card that somebody wants to revoke, and who can help.
#[derive(Clone, Debug)]
pub struct LossPage {
    /// Who holds it.
    pub person: PersonSheet,
    /// The card.
    pub card: CardSheet,
    /// The issuing organisation with its own ID administrator.
    pub organisation: Option<OrganisationSheet>,
    /// The numbers on which a caller is called back; none for the holder.
    pub numbers: Vec<CallBackNumbers>,
    /// Whether a loss that is told now would revoke the card.
    pub verdict: Result<(), Refusal>,
}

/// What somebody has told, to be written down.
#[derive(Clone, Debug)]
pub struct Told {
    /// Why.
    pub reason: RevocationReason,
    /// Who told, and how that is known.
    pub reporter: Reporter,
    /// The last four digits of the card's number, typed to confirm.
    pub last_four: String,
    /// Whose data were wrong, where the reason is that something on the card is.
    pub wrong_in: Option<WrongIn>,
}

/// A photo that may be printed on the next card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsablePhoto {
    /// When it was taken.
    pub taken_on: NaiveDate,
    /// The last day on which it may be used.
    pub last_day: NaiveDate,
}

/// A case and what can be done with it.
#[derive(Clone, Debug)]
pub struct CasePage {
    /// The card, its holder and who can help.
    pub loss: LossPage,
    /// The case.
    pub case: Revocation,
    /// Whether the reader may carry out the report.
    pub execute: Result<(), Refusal>,
    /// Whether the reader may take it back.
    pub withdraw: Result<(), Refusal>,
    /// Whether the reader may write down what is done outside.
    pub record: Result<(), Refusal>,
    /// The clock of the call back, while it runs.
    pub call_back: Option<Clock>,
    /// The photo that the next card may have.
    pub photo: Option<UsablePhoto>,
}

impl App {
    /// The page on which somebody tells that a card is to be revoked: an officer about a card in
    /// scope, a holder about one of their own.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for any other card.
    pub fn loss_page(&self, link: &mut Link, call: &Call, id: CardId) -> Result<LossPage, Failure> {
        link.reading(call.actor.office(), |link| self.read_loss(link, call, id))
    }

    fn read_loss(&self, link: &mut Link, call: &Call, id: CardId) -> Result<LossPage, Failure> {
        let (person, card) = self.seen(link, call, id)?;
        let numbers = match &call.actor {
            Actor::Officer(_) => {
                let scope = Scope::of(&call.actor, Function::ViewPerson);
                link.call_back_numbers(&scope, person.person)?
            }
            Actor::Holder(_) | Actor::Client(_) | Actor::System(_) => Vec::new(),
        };
        let verdict = self.could_revoke(link, call, &card)?;
        Ok(LossPage {
            organisation: link.organisation(card.card.organisation)?,
            numbers,
            verdict,
            person,
            card,
        })
    }

    /// Opens a case about a card. The card is revoked at once, unless the caller is not known.
    ///
    /// # Errors
    /// As [`crate::Ledger::begin`]; [`Failure::NotFound`] for a card that the caller may not see.
    pub fn report_loss(
        &self,
        link: &mut Link,
        call: &Call,
        card: CardId,
        told: &Told,
    ) -> Result<Revocation, Failure> {
        let (_, sheet) = self.seen(link, call, card)?;
        let request = RevocationRequest {
            id: RevocationId(link.new_id()),
            card,
            person: sheet.card.person,
            reason: told.reason,
            reporter: told.reporter,
            last_four: told.last_four.clone(),
            wrong_in: told.wrong_in,
        };
        self.ledger.begin::<Revocation>(link, call, &request)
    }

    /// A case.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for one about a card that the caller may not see.
    pub fn case_page(
        &self,
        link: &mut Link,
        call: &Call,
        id: RevocationId,
    ) -> Result<CasePage, Failure> {
        link.reading(call.actor.office(), |link| self.read_case(link, call, id))
    }

    fn read_case(
        &self,
        link: &mut Link,
        call: &Call,
        id: RevocationId,
    ) -> Result<CasePage, Failure> {
        let cases = link.read(|tx| Revocation::load(tx, &[id.0]).map_err(Failure::from))?;
        let case = cases.into_iter().next().ok_or(Failure::NotFound)?;
        let loss = self.loss_page(link, call, case.card)?;
        let facts = self
            .ledger
            .facts(link, &call.actor, std::slice::from_ref(&case))?;
        let facts = facts.into_iter().next().ok_or(Failure::NotFound)?;
        let could = |action| could(link, call, (&case, &facts), &action);
        Ok(CasePage {
            execute: could(execution(&loss)),
            withdraw: could(RevocationAction::Withdraw),
            record: could(any_record(link, &case)),
            call_back: clock(link, &case)?,
            photo: self.usable_photo(link, case.person)?,
            loss,
            case,
        })
    }

    /// The card and its holder, for whoever may see them. The steps of one act are one look.
    pub(crate) fn seen(
        &self,
        link: &mut Link,
        call: &Call,
        id: CardId,
    ) -> Result<(PersonSheet, CardSheet), Failure> {
        let own = Scope::of(&call.actor, Function::ViewOwn);
        let (person, card) = match &call.actor {
            Actor::Holder(holder) => (link.person(&own, holder.person)?, link.card(&own, id)?),
            Actor::Officer(_) => {
                let at = LookedAt::Card(id);
                let person = self.ledger.look(link, call, at, Which::NewOnly)?;
                let scope = Scope::of(&call.actor, Function::ViewPerson);
                (Some(person), link.card(&scope, id)?)
            }
            Actor::Client(_) | Actor::System(_) => (None, None),
        };
        person.zip(card).ok_or(Failure::NotFound)
    }

    /// Whether a loss, told by somebody who is known, would revoke the card now.
    fn could_revoke(
        &self,
        link: &mut Link,
        call: &Call,
        sheet: &CardSheet,
    ) -> Result<Result<(), Refusal>, Failure> {
        let number = sheet.card.number.as_ref();
        let request = RevocationRequest {
            id: RevocationId(link.new_id()),
            card: sheet.card.id,
            person: sheet.card.person,
            reason: RevocationReason::Lost,
            reporter: match &call.actor {
                Actor::Holder(_) => Reporter::HolderLoggedIn,
                Actor::Officer(_) | Actor::Client(_) | Actor::System(_) => Reporter::CalledBack,
            },
            last_four: number.map_or_else(String::new, |number| number.last_four().to_owned()),
            wrong_in: None,
        };
        match self
            .ledger
            .could_begin::<Revocation>(link, &call.actor, &request)
        {
            Ok(()) => Ok(Ok(())),
            Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
            Err(other) => Err(other),
        }
    }

    /// The newest photo, while it may still be printed.
    fn usable_photo(
        &self,
        link: &mut Link,
        person: PersonId,
    ) -> Result<Option<UsablePhoto>, Failure> {
        let today = calendar::business_day(link.now());
        let months = self.ledger.lengths().photo_months;
        let photo = link.kept_photo(person)?.map(|photo| UsablePhoto {
            taken_on: photo.taken_on,
            last_day: calendar::add_months(photo.taken_on, months),
        });
        Ok(photo.filter(|photo| photo.last_day >= today))
    }
}

/// What the rules say of one action.
fn could(
    link: &Link,
    call: &Call,
    (case, facts): (&Revocation, &RevocationFacts),
    action: &RevocationAction,
) -> Result<(), Refusal> {
    case.permitted(&call.actor, action, facts)?;
    case.decide(&call.actor, action, facts, link.now())
        .map(drop)
}

/// Carrying the report out, confirmed as whoever has the card's number would: the digits are asked
/// for when it is done.
fn execution(loss: &LossPage) -> RevocationAction {
    let number = loss.card.card.number.as_ref();
    let last_four = number.map_or_else(String::new, |number| number.last_four().to_owned());
    RevocationAction::Execute { last_four }
}

/// A record that nothing but the case itself could speak against.
fn any_record(link: &Link, case: &Revocation) -> RevocationAction {
    let step = case
        .steps
        .first()
        .map_or(ExternalStep::Telia, |own| own.step);
    let by = calendar::business_day(link.now());
    RevocationAction::Record {
        step,
        outcome: StepOutcome::HolderWillDo { by },
    }
}

fn clock(link: &mut Link, case: &Revocation) -> Result<Option<Clock>, Failure> {
    let clocks = link.clocks_of(case.person)?;
    Ok(clocks.into_iter().find(|clock| clock.thing == case.id.0))
}
