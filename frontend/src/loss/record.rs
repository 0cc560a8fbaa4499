//! How a step outside ended or stands, as it is filled in: every step has its own small forms.

use std::collections::HashMap;

use cards_domain::calendar::written_day;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::{ExternalStep, NotApplicable, StepOutcome, StepOutcomeName};
use cards_domain::values::{FreeTextError, Reference};
use chrono::NaiveDate;
use serde::Deserialize;

use super::Faults;
use super::asked::Teller;
use crate::refusals;
use crate::text::Text;

/// The hidden fields that say which form it is.
pub(crate) const STEP: &str = "steg";
pub(crate) const KIND: &str = "utfall";
/// The visible fields of each step.
pub(crate) const BY_WHOM: &str = "vem";
pub(crate) const DAY: &str = "dag";
pub(crate) const REFERENCE: &str = "referens";
pub(crate) const BY: &str = "senast";
pub(crate) const WHY: &str = "skal";

/// What was filled in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Recorded(HashMap<String, String>);

/// Which of a step's forms was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It is done.
    Done,
    /// The holder will do it.
    WillDo,
    /// It does not apply.
    NotApplicable,
}

impl Kind {
    /// Its value in the form.
    pub(crate) fn value(self) -> &'static str {
        match self {
            Self::Done => "gjort",
            Self::WillDo => "senast",
            Self::NotApplicable => "galler-inte",
        }
    }
}

/// The name of a step's field, which is its id on the page.
pub(crate) fn field(step: ExternalStep, part: &str) -> String {
    format!("{}-{part}", <&str>::from(step))
}

impl Recorded {
    /// What stands in a step's field.
    pub(crate) fn text(&self, step: ExternalStep, part: &str) -> &str {
        self.plain(&field(step, part))
    }

    /// Whether this form of the step was sent.
    pub(crate) fn is_of(&self, step: ExternalStep, kind: Kind) -> bool {
        self.step() == Some(step) && self.plain(KIND) == kind.value()
    }

    fn plain(&self, name: &str) -> &str {
        self.0.get(name).map(|text| text.trim()).unwrap_or_default()
    }

    /// The step that the form is about; nothing for one that no page has sent.
    pub(crate) fn step(&self) -> Option<ExternalStep> {
        self.plain(STEP).parse().ok()
    }

    /// The outcome to write down.
    ///
    /// # Errors
    /// Every field that lacks or cannot be read.
    pub(crate) fn outcome(
        &self,
        t: Text,
        teller: Teller,
        step: ExternalStep,
        today: NaiveDate,
    ) -> Result<StepOutcome, Faults> {
        if self.plain(KIND) == Kind::WillDo.value() {
            let by = self.day(t, step, BY)?;
            return Ok(StepOutcome::HolderWillDo { by });
        }
        if self.plain(KIND) == Kind::NotApplicable.value() {
            let why = self.text(step, WHY).parse::<NotApplicable>();
            let why = why.map_err(|_| vec![(field(step, WHY), t.loss_choose_why())])?;
            return Ok(StepOutcome::NotApplicable { why });
        }
        self.done(t, teller, step, today)
    }

    fn done(
        &self,
        t: Text,
        teller: Teller,
        step: ExternalStep,
        today: NaiveDate,
    ) -> Result<StepOutcome, Faults> {
        let by_whom = self.by_whom(t, teller, step);
        let on = self.day(t, step, DAY);
        let reference = self.reference(t, step, today);
        match (by_whom, on, reference) {
            (Ok(StepOutcomeName::DoneByUs), Ok(on), Ok(reference)) => {
                Ok(StepOutcome::DoneByUs { on, reference })
            }
            (Ok(_), Ok(on), Ok(reference)) => Ok(StepOutcome::DoneByHolder { on, reference }),
            (by_whom, on, reference) => {
                let faults = [by_whom.err(), on.err(), reference.err()];
                Err(faults.into_iter().flatten().flatten().collect())
            }
        }
    }

    fn by_whom(
        &self,
        t: Text,
        teller: Teller,
        step: ExternalStep,
    ) -> Result<StepOutcomeName, Faults> {
        if teller == Teller::Holder {
            return Ok(StepOutcomeName::DoneByHolder);
        }
        let named = self.text(step, BY_WHOM).parse::<StepOutcomeName>().ok();
        let named = named.filter(|named| {
            matches!(
                named,
                StepOutcomeName::DoneByHolder | StepOutcomeName::DoneByUs
            )
        });
        named.ok_or_else(|| vec![(field(step, BY_WHOM), t.loss_choose_by_whom())])
    }

    fn day(&self, t: Text, step: ExternalStep, part: &str) -> Result<NaiveDate, Faults> {
        written_day(self.text(step, part))
            .ok_or_else(|| vec![(field(step, part), t.loss_write_a_date())])
    }

    /// A reference may be left out.
    fn reference(
        &self,
        t: Text,
        step: ExternalStep,
        today: NaiveDate,
    ) -> Result<Option<Reference>, Faults> {
        Reference::parse(self.text(step, REFERENCE), today).map_err(|error| {
            let said = match error {
                FreeTextError::TooLong => t.loss_reference_long(),
                FreeTextError::Unseen => t.unseen_characters(),
                FreeTextError::PersonsNumber => t.loss_reference_number(),
            };
            vec![(field(step, REFERENCE), said)]
        })
    }
}

/// The field that a refusal speaks of, if it is one that can be corrected there.
pub(crate) fn at_field(t: Text, step: ExternalStep, refusal: &Refusal) -> Option<Faults> {
    let part = match refusal {
        Refusal::DayInTheFuture | Refusal::DayTooEarly { .. } => DAY,
        Refusal::DayHasPassed => BY,
        _ => return None,
    };
    Some(vec![(field(step, part), refusals::sentence(t, refusal))])
}
