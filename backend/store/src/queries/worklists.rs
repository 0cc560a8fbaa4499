//! What waits for somebody: counts, and the one that is nearest.

use cards_domain::access::Scope;
use cards_domain::card::Card;
use cards_domain::deadline::DeadlineRule;
use cards_domain::ids::{CardId, OfficeId, PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use strum::{EnumIter, IntoEnumIterator};
use uuid::Uuid;

use crate::db::Link;
use crate::error::StoreError;
use crate::kept::card::CardRow;
use crate::kept::people::IdentityRow;
use crate::schema::{card, deadline, person};

/// The kinds of work that wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter)]
pub enum WorklistKind {
    /// Unlocked cards without a receipt.
    Unsigned,
    /// Sent cards that have not been activated.
    ToActivate,
}

impl WorklistKind {
    fn stage(self) -> &'static str {
        match self {
            Self::Unsigned => "unlocked_unsigned",
            Self::ToActivate => "sent",
        }
    }

    /// The clock that runs for what waits.
    #[must_use]
    pub fn rule(self) -> DeadlineRule {
        match self {
            Self::Unsigned => DeadlineRule::ReceiptSignature,
            Self::ToActivate => DeadlineRule::Activation,
        }
    }
}

/// One list, as the start page shows it.
#[derive(Clone, Debug)]
pub struct Worklist {
    /// Of what.
    pub kind: WorklistKind,
    /// How many.
    pub count: i64,
    /// The one that comes first.
    pub nearest: Option<Waiting>,
}

/// A card that waits for somebody.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The card.
    pub card: CardId,
    /// Its short number.
    pub number: Option<String>,
    /// Whose.
    pub person: PersonId,
    /// The name; `None` for a protected person.
    pub name: Option<String>,
    /// The day that people are told.
    pub day: NaiveDate,
    /// When something happens if nobody does anything.
    pub acts_at: DateTime<Utc>,
}

impl Link {
    /// The lists for an office, or for all offices in the scope.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn worklists(
        &mut self,
        scope: &Scope,
        office: Option<OfficeId>,
    ) -> Result<Vec<Worklist>, StoreError> {
        WorklistKind::iter()
            .map(|kind| {
                let waiting = self.waiting(scope, office, kind, 200)?;
                let count = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
                Ok(Worklist {
                    kind,
                    count,
                    nearest: waiting.into_iter().next(),
                })
            })
            .collect()
    }

    /// What stands in one list, the nearest first.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn waiting(
        &mut self,
        scope: &Scope,
        office: Option<OfficeId>,
        kind: WorklistKind,
        limit: i64,
    ) -> Result<Vec<Waiting>, StoreError> {
        let organisations: Vec<Uuid> = scope.organisations().iter().map(|id| id.0).collect();
        let rule: &'static str = kind.rule().into();
        let mut query = card::table
            .inner_join(person::table.on(person::id.eq(card::person_id)))
            .inner_join(
                deadline::table.on(deadline::thing_id
                    .eq(card::id)
                    .and(deadline::stopped_at.is_null())
                    .and(deadline::rule.eq(rule))),
            )
            .filter(card::organisation_id.eq_any(organisations))
            .filter(card::stage.eq(kind.stage()))
            .order(deadline::acts_at)
            .limit(limit)
            .into_boxed();
        if let Some(office) = office {
            query = query.filter(card::office_id.eq(office.0));
        }
        if !scope.protected_too() {
            query = query.filter(person::protection.eq("none"));
        }
        let rows: Vec<(CardRow, IdentityRow, NaiveDate, DateTime<Utc>)> = query
            .select((
                CardRow::as_select(),
                IdentityRow::as_select(),
                deadline::day,
                deadline::acts_at,
            ))
            .load(&mut self.conn)?;
        rows.into_iter()
            .map(|(card, person, day, acts_at)| {
                let identity = person.read(self.seal())?;
                let card: Card = card.read(self.seal())?;
                Ok(Waiting {
                    card: card.id,
                    number: card.number.map(|number| number.short()),
                    person: card.person,
                    name: (!identity.protection.is_protected()).then(|| identity.name.full()),
                    day,
                    acts_at,
                })
            })
            .collect()
    }
}
