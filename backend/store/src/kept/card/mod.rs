//! Cards as rows.

mod facts;

use cards_domain::access::Actor;
use cards_domain::card::{Card, CardFacts, CardRequest, CardStage, CardStageName};
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{CardId, OfficeId, OrderId, OrganisationId, PersonId, ProductId};
use cards_domain::lifecycle::Lifecycle;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Serialize;
use uuid::Uuid;

use super::{Kept, KeptBegin, guard_table};
use crate::error::{StoreError, unreadable};
use crate::rows::{self, Row, optional_bytea};
use crate::schema::card;
use crate::seal::Seal;
use crate::tx::Tx;
use facts::{Asked, card_facts};

#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = card)]
pub(crate) struct CardRow {
    id: Uuid,
    person_id: Uuid,
    order_id: Uuid,
    organisation_id: Uuid,
    product_id: Uuid,
    office_id: Uuid,
    ordered_by: Uuid,
    photographed_by: Option<Uuid>,
    number: Option<String>,
    product_number: Option<String>,
    #[serde(serialize_with = "optional_bytea")]
    printed_name: Option<Vec<u8>>,
    valid_to: Option<NaiveDate>,
    custody: String,
    keep_until: Option<NaiveDate>,
    stage: String,
    since: Option<DateTime<Utc>>,
    reason: Option<String>,
    version: i64,
}

impl Row for CardRow {
    const TABLE: &'static str = "card";
    const CHANGES: &'static [&'static str] = &[
        "number",
        "product_number",
        "printed_name",
        "valid_to",
        "custody",
        "keep_until",
        "stage",
        "since",
        "reason",
    ];
}

impl CardRow {
    fn of(tx: &Tx<'_>, thing: &Card) -> Result<Self, StoreError> {
        let printed_name = thing
            .printed_name
            .as_ref()
            .map(|name| tx.seal.close(tx.entropy, "card.printed_name", name))
            .transpose()?;
        let (since, reason) = match &thing.stage {
            CardStage::Ordered => (None, None),
            CardStage::Sent { at }
            | CardStage::UnlockedUnsigned { at }
            | CardStage::Active { at }
            | CardStage::Expired { at } => (Some(*at), None),
            CardStage::Revoked { at, reason } => (Some(*at), Some(*reason)),
        };
        Ok(Self {
            id: thing.id.0,
            person_id: thing.person.0,
            order_id: thing.order.0,
            organisation_id: thing.organisation.0,
            product_id: thing.product.0,
            office_id: thing.office.0,
            ordered_by: thing.ordered_by.0,
            photographed_by: thing.photographed_by.map(|person| person.0),
            number: thing
                .number
                .as_ref()
                .map(|number| number.as_str().to_owned()),
            product_number: thing.product_number.as_ref().map(|n| n.as_str().to_owned()),
            printed_name,
            valid_to: thing.valid_to,
            custody: <&str>::from(thing.custody).to_owned(),
            keep_until: thing.keep_until,
            stage: <&str>::from(thing.stage()).to_owned(),
            since,
            reason: reason.map(|reason| <&str>::from(reason).to_owned()),
            version: thing.version,
        })
    }

    pub(crate) fn read(self, seal: &Seal) -> Result<Card, StoreError> {
        let stage = self.read_stage()?;
        let number = self.number.map(|n| n.parse()).transpose();
        let product_number = self.product_number.map(|n| n.parse()).transpose();
        let printed_name = self
            .printed_name
            .map(|name| seal.open("card.printed_name", &name))
            .transpose()?;
        Ok(Card {
            id: CardId(self.id),
            person: PersonId(self.person_id),
            order: OrderId(self.order_id),
            organisation: OrganisationId(self.organisation_id),
            product: ProductId(self.product_id),
            office: OfficeId(self.office_id),
            ordered_by: PersonId(self.ordered_by),
            photographed_by: self.photographed_by.map(PersonId),
            number: number.map_err(|_| unreadable("card", "number"))?,
            product_number: product_number.map_err(|_| unreadable("card", "product_number"))?,
            printed_name,
            valid_to: self.valid_to,
            custody: self
                .custody
                .parse()
                .map_err(|_| unreadable("card", "custody"))?,
            keep_until: self.keep_until,
            stage,
            version: self.version,
        })
    }

    fn read_stage(&self) -> Result<CardStage, StoreError> {
        use std::str::FromStr;
        let at = || self.since.ok_or(unreadable("card", "since"));
        let name = <CardStageName as strum::IntoEnumIterator>::iter()
            .find(|name| <&str>::from(*name) == self.stage)
            .ok_or(unreadable("card", "stage"))?;
        Ok(match name {
            CardStageName::Ordered => CardStage::Ordered,
            CardStageName::Sent => CardStage::Sent { at: at()? },
            CardStageName::UnlockedUnsigned => CardStage::UnlockedUnsigned { at: at()? },
            CardStageName::Active => CardStage::Active { at: at()? },
            CardStageName::Expired => CardStage::Expired { at: at()? },
            CardStageName::Revoked => CardStage::Revoked {
                at: at()?,
                reason: self
                    .reason
                    .as_deref()
                    .and_then(|reason| FromStr::from_str(reason).ok())
                    .ok_or(unreadable("card", "reason"))?,
            },
        })
    }
}

impl Kept for Card {
    fn guard(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<(), StoreError> {
        guard_table(tx, "card", ids)
    }

    fn load(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<Vec<Self>, StoreError> {
        tx.see_cards(ids.iter().copied().map(CardId))?;
        let known = ids.iter().filter_map(|id| tx.around(CardId(*id)));
        Ok(known.map(|around| around.sheet.card.clone()).collect())
    }

    fn facts(
        tx: &mut Tx<'_>,
        by: &Actor,
        things: &[Self],
        lengths: &DeadlineLengths,
    ) -> Result<Vec<CardFacts>, StoreError> {
        let asked: Vec<_> = things.iter().map(Asked::about).collect();
        card_facts(tx, by, &asked, lengths)?
            .into_iter()
            .map(|facts| facts.ok_or(unreadable("card", "a reference")))
            .collect()
    }

    fn save(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows = things
            .iter()
            .map(|thing| CardRow::of(tx, thing))
            .collect::<Result<Vec<_>, _>>()?;
        rows::save(tx.conn, &rows)?;
        tx.memory.cards_changed(things);
        Ok(())
    }
}

impl KeptBegin for Card {
    fn holder(request: &CardRequest) -> PersonId {
        request.person
    }

    fn facts_to_begin(
        tx: &mut Tx<'_>,
        by: &Actor,
        requests: &[CardRequest],
        lengths: &DeadlineLengths,
    ) -> Result<Vec<Option<CardFacts>>, StoreError> {
        let asked: Vec<_> = requests.iter().map(Asked::to_begin).collect();
        card_facts(tx, by, &asked, lengths)
    }

    fn insert(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows = things
            .iter()
            .map(|thing| CardRow::of(tx, thing))
            .collect::<Result<Vec<_>, _>>()?;
        rows::insert(tx.conn, &rows)?;
        tx.memory.cards_added(things);
        Ok(())
    }
}
