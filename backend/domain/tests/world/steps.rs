//! The steps that people, systems and time take in the world.

use cards_domain::access::{Actor, Loa, SystemActor};
use cards_domain::card::{Card, CardAction, RevocationReason};
use cards_domain::chip_code::{ChipCodeAction, CodeSource};
use cards_domain::delivery::{DeliveryAction, DeliveryMethod};
use cards_domain::order::{OrderAction, Told};
use cards_domain::photo::{PhotoAction, PhotoFault, PhotoSource};
use cards_domain::puk_letter::{LetterReason, LetterRejection, PukLetterAction};
use cards_domain::receipt::ReceiptAction;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::{ExternalStep, Reporter, RevocationAction, StepOutcomeName};
use cards_domain::signature::SignatureKind;
use chrono::Duration;

use super::given::OfficeState;
use super::{World, given};

/// One step. What names no thing is done to the last one that was made; `first` means the oldest.
#[derive(Clone, Debug)]
pub enum Step {
    Order {
        method: DeliveryMethod,
        missing: bool,
        /// In place of the last order.
        instead: Option<Told>,
    },
    CompletePrerequisites,
    TakePhoto(PhotoSource),
    ApprovePhoto {
        seen: bool,
    },
    RejectPhoto,
    UseStoredPhoto,
    Send,
    FailProduction,
    Produce {
        valid_days: u64,
        product: &'static str,
    },
    Dispatch,
    Cancel,
    Post(DeliveryAction),
    AtOffice(DeliveryAction),
    HolderSays {
        what: DeliveryAction,
        first: bool,
    },
    ReceiveAtOffice,
    ReceiveAnother,
    Unlock,
    /// An officer opens a case.
    Report {
        reason: RevocationReason,
        reporter: Reporter,
        first: bool,
    },
    HolderReports {
        reason: RevocationReason,
        loa: Loa,
    },
    MistypeReport,
    ExecuteReport,
    WithdrawReport,
    Record {
        step: ExternalStep,
        outcome: StepOutcomeName,
        by_holder: bool,
    },
    Destroy {
        first: bool,
    },
    LockCode {
        which: usize,
        by_holder: bool,
    },
    UnlockAtVisit(usize),
    UnlockWithPuk {
        which: usize,
        by_holder: bool,
    },
    AskForLetter {
        reason: LetterReason,
        by_holder: bool,
        identified: bool,
    },
    JudgeLetter {
        approve: bool,
    },
    CancelLetter {
        by_holder: bool,
    },
    LetterMoves(PukLetterAction),
    /// What comes next for the last order and its card.
    Onward(usize),
    /// What comes next for the last letter.
    LetterOnward(usize),
    Sign,
    SignOnPaper,
    RefuseToSign,
    Office(OfficeState),
    Employed(bool),
    Wait {
        hours: i64,
    },
    Night,
}

/// What became of a step; `None` when there was nothing to do it to.
pub type Outcome = Option<Result<(), Refusal>>;

impl World {
    pub fn take(&mut self, by: &Actor, step: &Step) -> Outcome {
        self.ordering(by, step)
            .or_else(|| self.photographing(by, step))
            .or_else(|| self.posting(by, step))
            .or_else(|| self.handing_over(by, step))
            .or_else(|| self.opening(by, step))
            .or_else(|| self.losing(by, step))
            .or_else(|| self.onward(by, step))
            .or_else(|| self.passing(step))
    }

    fn ordering(&mut self, by: &Actor, step: &Step) -> Outcome {
        match step {
            Step::Order {
                method,
                missing,
                instead,
            } => {
                self.prerequisites_missing = *missing;
                let ordered = match instead {
                    Some(told) => self.order_instead(by, *method, *told)?,
                    None => self.order(by, *method),
                };
                Some(ordered.map(drop))
            }
            Step::CompletePrerequisites => self.on_order(by, &OrderAction::CompletePrerequisites),
            Step::Send => self.on_order(by, &OrderAction::Send),
            Step::Cancel => self.on_order(by, &OrderAction::Cancel),
            _ => None,
        }
    }

    fn photographing(&mut self, by: &Actor, step: &Step) -> Outcome {
        match step {
            Step::TakePhoto(source) => self.take_photo(by, *source),
            Step::ApprovePhoto { seen } => {
                let mut approval = given::seen();
                approval.same_person = *seen;
                self.on_photo(by, &PhotoAction::Approve(approval))
            }
            Step::RejectPhoto => {
                let fault = PhotoFault::Quality;
                self.on_photo(by, &PhotoAction::Reject { fault })
            }
            Step::UseStoredPhoto => self.on_order(by, &OrderAction::UseStoredPhoto),
            _ => None,
        }
    }

    fn posting(&mut self, by: &Actor, step: &Step) -> Outcome {
        let manufacturer = given::system(SystemActor::Manufacturer);
        match step {
            Step::FailProduction => self.on_order(&manufacturer, &OrderAction::FailProduction),
            Step::Produce {
                valid_days,
                product,
            } => self.produce(*valid_days, product),
            Step::Dispatch => self.dispatch(),
            Step::Post(action) => self.on_delivery(&manufacturer, false, action),
            Step::AtOffice(action) => self.on_delivery(by, false, action),
            Step::HolderSays { what, first } => {
                self.on_delivery(&given::holder_at(Loa::Loa2), *first, what)
            }
            _ => None,
        }
    }

    fn handing_over(&mut self, by: &Actor, step: &Step) -> Outcome {
        match step {
            Step::ReceiveAtOffice => {
                let number = self.cards.values().next_back()?.number.clone()?;
                self.on_card(by, false, &CardAction::ReceiveAtOffice { number })
            }
            Step::ReceiveAnother => {
                let number = given::card_number(0);
                self.on_card(by, false, &CardAction::ReceiveAtOffice { number })
            }
            Step::Unlock => {
                let unlocked = self.unlock(by);
                self.try_card();
                unlocked
            }
            Step::Sign => self.sign(&given::holder(), SignatureKind::ReauthenticatedSession),
            Step::SignOnPaper => self.sign(by, SignatureKind::Paper),
            Step::RefuseToSign => self.on_receipt(by, &ReceiptAction::Refuse),
            Step::Destroy { first } => self.on_card(by, *first, &CardAction::Destroy),
            _ => None,
        }
    }

    fn opening(&mut self, by: &Actor, step: &Step) -> Outcome {
        let source = CodeSource::Stated;
        match step {
            Step::LockCode { which, by_holder } => {
                let action = ChipCodeAction::Lock { source };
                self.on_code(&or_holder(by, *by_holder), *which, &action)
            }
            Step::UnlockWithPuk { which, by_holder } => {
                let action = ChipCodeAction::UnlockWithPuk;
                self.on_code(&or_holder(by, *by_holder), *which, &action)
            }
            Step::UnlockAtVisit(which) => {
                let number = self.cards.values().next_back()?.number.clone()?;
                let check = given::perfect_visit(&number, self.now);
                self.on_code(by, *which, &ChipCodeAction::UnlockAtVisit(check))
            }
            Step::AskForLetter {
                reason,
                by_holder,
                identified,
            } => {
                let card = self.cards.values().next_back()?.id;
                let by = or_holder(by, *by_holder);
                Some(self.ask_for_letter(&by, card, *reason, *identified))
            }
            Step::JudgeLetter { approve: true } => self.on_letter(by, &PukLetterAction::Approve),
            Step::JudgeLetter { approve: false } => {
                let why = LetterRejection::VisitInstead;
                self.on_letter(by, &PukLetterAction::Reject { why })
            }
            Step::CancelLetter { by_holder } => {
                self.on_letter(&or_holder(by, *by_holder), &PukLetterAction::Cancel)
            }
            Step::LetterMoves(action) => self.letter_moves(by, action),
            _ => None,
        }
    }

    fn losing(&mut self, by: &Actor, step: &Step) -> Outcome {
        match step {
            Step::Report {
                reason,
                reporter,
                first,
            } => {
                let card = self.card_at(*first)?.clone();
                Some(self.report(by, &card, *reason, *reporter))
            }
            Step::HolderReports { reason, loa } => {
                let card = self.card_at(false)?.clone();
                let reporter = Reporter::HolderLoggedIn;
                Some(self.report(&given::holder_at(*loa), &card, *reason, reporter))
            }
            Step::MistypeReport => {
                let card = Card {
                    number: Some(given::card_number(0)),
                    ..self.card_at(false)?.clone()
                };
                Some(self.report(by, &card, RevocationReason::Lost, Reporter::HolderInPerson))
            }
            Step::ExecuteReport => self.on_case(by, &self.execution()),
            Step::WithdrawReport => self.on_case(by, &RevocationAction::Withdraw),
            Step::Record {
                step,
                outcome,
                by_holder,
            } => {
                let (step, outcome) = (*step, self.step_outcome(*outcome));
                let action = RevocationAction::Record { step, outcome };
                self.on_case(&or_holder(by, *by_holder), &action)
            }
            _ => None,
        }
    }

    fn passing(&mut self, step: &Step) -> Outcome {
        match step {
            Step::Office(state) => self.office = *state,
            Step::Employed(employed) => self.employed = *employed,
            Step::Wait { hours } => self.now += Duration::hours(*hours),
            Step::Night => self.night(),
            _ => {}
        }
        None
    }
}

fn or_holder(by: &Actor, holder: bool) -> Actor {
    if holder {
        given::holder_at(Loa::Loa2)
    } else {
        by.clone()
    }
}
