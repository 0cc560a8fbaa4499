//! When a task may be offered: a table of kinds, each judged by the rules of what it is about.

use chrono::{DateTime, Utc};

use super::{
    CODE_WAITS, CardTask, CardTaskEvent, CardTaskFacts, CardTaskRequest, LONGEST, TaskKind,
    TaskOwner, TaskStage, lacking_for_signing,
};
use crate::access::{Actor, Function, permit};
use crate::card::{CardActionName, CardStageName};
use crate::certificate::{CertificateStage, Usage};
use crate::chip_code::{ChipCodeActionName, VisitCheck};
use crate::ids::PairId;
use crate::lifecycle::{Begin, Lifecycle as _};
use crate::offer::Offered as _;
use crate::product::CodeDelivery;
use crate::refusal::Refusal;
use crate::unlock::unlock_ways;

impl Begin for CardTask {
    type Request = CardTaskRequest;
    const FUNCTION: Function = Function::UseCardReader;

    fn begin(
        by: &Actor,
        request: &CardTaskRequest,
        facts: &CardTaskFacts,
        now: DateTime<Utc>,
    ) -> Result<(Self, CardTaskEvent), Refusal> {
        let owner = TaskOwner::of(by).ok_or(Refusal::NotYourRole)?;
        request.kind.may_be_offered(by, facts, now)?;
        complete(request.kind, request.pair, request.text.as_deref(), facts)?;
        signed_check(by, request.check.as_ref(), facts, now)?;
        let task = Self {
            id: request.id,
            card: request.card,
            person: request.person,
            kind: request.kind,
            owner,
            language: request.language.clone(),
            pair: request.pair,
            text: request.text.clone(),
            check: request.check.clone(),
            challenge: request.challenge,
            codes: Some(super::TaskCodes {
                until: request.codes.until.min(now + CODE_WAITS),
                ..request.codes.clone()
            }),
            secret: None,
            client: None,
            offered_at: now,
            expires_at: now + LONGEST,
            proved_at: None,
            proved_with: None,
            answers: 0,
            cause: None,
            stage: TaskStage::Offered,
            since: now,
            version: 1,
        };
        let kind = request.kind;
        Ok((task, CardTaskEvent::Offered { kind }))
    }
}

impl TaskKind {
    /// Whether `by` may have it done with the card now.
    ///
    /// # Errors
    /// The refusal that says why not.
    pub fn may_be_offered(
        self,
        by: &Actor,
        facts: &CardTaskFacts,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let subject = &facts.about_card.subject;
        permit(by, Function::UseCardReader, subject)?;
        permit(by, self.function(), subject)?;
        match self {
            Self::Register => {
                in_use(facts)?;
                if facts.registered {
                    return Err(Refusal::AlreadyRegistered);
                }
                Ok(())
            }
            Self::FetchSigning => {
                in_use(facts)?;
                if lacking_for_signing(&facts.certificates).is_empty() {
                    return Err(Refusal::NothingToFetch);
                }
                Ok(())
            }
            Self::ChooseCode => choose_code(by, facts, now),
            Self::UnlockVisit => unlock_visit(by, facts, now),
            Self::SignReceipt => receipt_waits(facts),
            Self::DeleteCertificate => {
                in_use(facts)?;
                on_the_card(facts, None)
            }
            Self::TestCard => with_somebody(facts),
        }
    }
}

/// What the kind asks for beside the card.
pub(super) fn complete(
    kind: TaskKind,
    pair: Option<PairId>,
    text: Option<&str>,
    facts: &CardTaskFacts,
) -> Result<(), Refusal> {
    match kind {
        TaskKind::DeleteCertificate => {
            on_the_card(facts, Some(pair.ok_or(Refusal::CertificateNotThere)?))
        }
        // Nobody signs an empty page.
        TaskKind::SignReceipt if text.is_none_or(str::is_empty) => Err(Refusal::WrongTerms),
        TaskKind::Register
        | TaskKind::FetchSigning
        | TaskKind::ChooseCode
        | TaskKind::UnlockVisit
        | TaskKind::SignReceipt
        | TaskKind::TestCard => Ok(()),
    }
}

/// A check that comes with a task holds, but for the code that is to be chosen, and is signed:
/// nothing is left to be asked for when the card has shown the code.
pub(super) fn signed_check(
    by: &Actor,
    check: Option<&VisitCheck>,
    facts: &CardTaskFacts,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let Some(check) = check else {
        return Ok(());
    };
    let (code, about) = facts.code.as_ref().ok_or(Refusal::CodeNotSet)?;
    code.examine(by, check, about, now)?;
    match check.signature {
        Some(_) => Ok(()),
        None => Err(Refusal::SignatureNeeded),
    }
}

fn in_use(facts: &CardTaskFacts) -> Result<(), Refusal> {
    match facts.card.stage() {
        CardStageName::Active => Ok(()),
        CardStageName::Ordered
        | CardStageName::Sent
        | CardStageName::UnlockedUnsigned
        | CardStageName::Revoked
        | CardStageName::Expired => Err(facts.card.stands()),
    }
}

/// A card that has been posted and not come to its end can be tried by whoever has it.
fn with_somebody(facts: &CardTaskFacts) -> Result<(), Refusal> {
    match facts.card.stage() {
        CardStageName::Sent | CardStageName::UnlockedUnsigned | CardStageName::Active => Ok(()),
        CardStageName::Ordered | CardStageName::Revoked | CardStageName::Expired => {
            Err(facts.card.stands())
        }
    }
}

/// The rules of the counter hold, and the code is one that is chosen.
fn choose_code(by: &Actor, facts: &CardTaskFacts, now: DateTime<Utc>) -> Result<(), Refusal> {
    let about = &facts.about_card;
    facts.card.could(by, CardActionName::Unlock, about, now)?;
    let chosen = about.product.code_delivery == CodeDelivery::ChosenAtActivation
        && unlock_ways(facts.card.product_number.as_ref()).visit;
    if chosen {
        Ok(())
    } else {
        Err(Refusal::CodeComesByLetter)
    }
}

/// The rules of the visit hold.
fn unlock_visit(by: &Actor, facts: &CardTaskFacts, now: DateTime<Utc>) -> Result<(), Refusal> {
    let (code, about) = facts.code.as_ref().ok_or(Refusal::CodeNotSet)?;
    code.could(by, ChipCodeActionName::UnlockAtVisit, about, now)
}

fn receipt_waits(facts: &CardTaskFacts) -> Result<(), Refusal> {
    match facts.card.stage() {
        CardStageName::UnlockedUnsigned if facts.about_card.receipt.is_some() => Ok(()),
        CardStageName::Active => Err(Refusal::ReceiptSigned),
        CardStageName::UnlockedUnsigned => Err(Refusal::ReceiptEnded),
        CardStageName::Ordered
        | CardStageName::Sent
        | CardStageName::Revoked
        | CardStageName::Expired => Err(facts.card.stands()),
    }
}

/// A certificate for signing, of this pair or of any, is on the card.
pub(super) fn on_the_card(facts: &CardTaskFacts, pair: Option<PairId>) -> Result<(), Refusal> {
    let mut certificates = facts.certificates.iter();
    let there = certificates.any(|one| {
        one.usage == Usage::Signature
            && one.stage == CertificateStage::Active
            && pair.is_none_or(|pair| pair == one.pair)
    });
    if there {
        Ok(())
    } else {
        Err(Refusal::CertificateNotThere)
    }
}
