//! Cards as rows, and what the rules of a card ask for.

use std::collections::HashMap;

use cards_domain::access::Actor;
use cards_domain::card::{Card, CardFacts, CardRequest, CardStage, CardStageName};
use cards_domain::chip_code::CodeName;
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{
    CardId, ChipCodeId, DeliveryId, OfficeId, OrderId, OrganisationId, PersonId, ProductId,
    ReceiptId,
};
use cards_domain::lifecycle::Lifecycle;
use cards_domain::place::{OfficeFacts, PlaceFacts};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Serialize;
use uuid::Uuid;

use super::{Kept, KeptBegin, guard_table, in_order};
use crate::error::{StoreError, unreadable};
use crate::plain::{OfficeRow, offices_by_id, products_by_id};
use crate::rows::{self, Row, optional_bytea};
use crate::schema::{card, card_order, chip_code, organisation, receipt};
use crate::seal::Seal;
use crate::tx::Tx;

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
        let rows: Vec<CardRow> = card::table
            .filter(card::id.eq_any(ids))
            .select(CardRow::as_select())
            .load(tx.conn)?;
        let things = rows
            .into_iter()
            .map(|row| row.read(tx.seal))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(in_order(ids, things, |thing| thing.id.0))
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
        rows::save(tx.conn, &rows)
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
        rows::insert(tx.conn, &rows)
    }
}

struct Asked {
    card: CardId,
    person: PersonId,
    organisation: OrganisationId,
    product: ProductId,
    office: OfficeId,
    /// `None` for a card that is yet to be made.
    stage: Option<CardStageName>,
}

impl Asked {
    fn about(card: &Card) -> Self {
        Self {
            card: card.id,
            person: card.person,
            organisation: card.organisation,
            product: card.product,
            office: card.office,
            stage: Some(card.stage()),
        }
    }

    fn to_begin(request: &CardRequest) -> Self {
        Self {
            card: request.id,
            person: request.person,
            organisation: request.organisation,
            product: request.product,
            office: request.office,
            stage: None,
        }
    }
}

fn card_facts(
    tx: &mut Tx<'_>,
    by: &Actor,
    asked: &[Asked],
    lengths: &DeadlineLengths,
) -> Result<Vec<Option<CardFacts>>, StoreError> {
    let people = tx.people(asked.iter().map(|asked| asked.person))?;
    let products = products_by_id(tx, asked.iter().map(|asked| asked.product))?;
    let offices = offices_by_id(
        tx,
        asked.iter().map(|asked| asked.office).chain(by.office()),
    )?;
    let (parts, mut policies) = parts(tx, asked)?;
    if asked.iter().any(|asked| asked.stage.is_none()) {
        policies.extend(self::policies(tx, asked)?);
    }
    let actives = actives(tx, asked)?;
    let facts = |asked: &Asked| {
        let person = people.get(&asked.person)?;
        let parts = parts.get(&asked.card).cloned().unwrap_or_default();
        Some(CardFacts {
            subject: person.subject(asked.person, vec![asked.organisation]),
            number: person.number.clone(),
            product: products.get(&asked.product)?.clone(),
            place: PlaceFacts {
                policy: policies.get(&asked.organisation)?.0,
                required: office(offices.get(&asked.office)?),
                issuer: policies.get(&asked.organisation)?.1,
                holder_organisations: person.organisations.clone(),
            },
            here: by.office().and_then(|here| offices.get(&here)).map(office),
            delivery: parts.delivery,
            order_open: parts.order_open,
            receipt: parts.receipt,
            codes: parts.codes,
            superseded: actives
                .iter()
                .filter(|(id, person, organisation)| {
                    *person == asked.person
                        && *organisation == asked.organisation
                        && *id != asked.card
                })
                .map(|(id, _, _)| *id)
                .collect(),
            lengths: lengths.clone(),
            new_receipt: ReceiptId(tx.new_id()),
            new_codes: [
                ChipCodeId(tx.new_id()),
                ChipCodeId(tx.new_id()),
                ChipCodeId(tx.new_id()),
            ],
        })
    };
    Ok(asked.iter().map(facts).collect())
}

fn office(row: &OfficeRow) -> OfficeFacts {
    OfficeFacts {
        id: OfficeId(row.id),
        name: row.name.clone(),
        organisation: OrganisationId(row.organisation_id),
        closed: row.closed_on.is_some(),
        successor: row.successor_id.map(OfficeId),
    }
}

type Policy = (cards_domain::place::ActivationPlace, OrganisationId);

fn policies(
    tx: &mut Tx<'_>,
    asked: &[Asked],
) -> Result<HashMap<OrganisationId, Policy>, StoreError> {
    let ids: Vec<Uuid> = asked.iter().map(|asked| asked.organisation.0).collect();
    let rows: Vec<PolicyRow> = organisation::table
        .filter(organisation::id.eq_any(ids))
        .select((
            organisation::id,
            organisation::activation_place,
            organisation::issuer_id,
        ))
        .load(tx.conn)?;
    rows.into_iter().map(read_policy).collect()
}

fn read_policy(row: PolicyRow) -> Result<(OrganisationId, Policy), StoreError> {
    let (id, place, issuer) = row;
    let place = place
        .parse()
        .map_err(|_| unreadable("organisation", "activation_place"))?;
    Ok((OrganisationId(id), (place, OrganisationId(issuer))))
}

#[derive(Clone, Default)]
struct Parts {
    delivery: Option<DeliveryId>,
    order_open: bool,
    receipt: Option<ReceiptId>,
    codes: Vec<(ChipCodeId, CodeName)>,
}

/// Order, sending, pending receipt, codes and issuer's policy of each card, in one statement.
fn parts(tx: &mut Tx<'_>, asked: &[Asked]) -> Result<PartsAndPolicies, StoreError> {
    let ids: Vec<Uuid> = asked.iter().map(|asked| asked.card.0).collect();
    let rows: Vec<PartRow> = card::table
        .inner_join(card_order::table.on(card_order::id.eq(card::order_id)))
        .inner_join(organisation::table.on(organisation::id.eq(card::organisation_id)))
        .left_join(
            receipt::table.on(receipt::card_id
                .eq(card::id)
                .and(receipt::stage.eq("pending"))),
        )
        .left_join(chip_code::table.on(chip_code::card_id.eq(card::id)))
        .filter(card::id.eq_any(ids))
        .order((card::id, chip_code::name))
        .select((
            card::id,
            card_order::stage,
            card_order::delivery_id,
            receipt::id.nullable(),
            chip_code::id.nullable(),
            chip_code::name.nullable(),
            (
                organisation::id,
                organisation::activation_place,
                organisation::issuer_id,
            ),
        ))
        .load(tx.conn)?;
    let mut parts: HashMap<CardId, Parts> = HashMap::new();
    let mut policies = HashMap::new();
    for (card, order_stage, delivery, receipt, code, name, policy) in rows {
        let (organisation, policy) = read_policy(policy)?;
        policies.insert(organisation, policy);
        let entry = parts.entry(CardId(card)).or_default();
        entry.delivery = delivery.map(DeliveryId);
        entry.order_open = super::order::is_open(&order_stage);
        entry.receipt = receipt.map(ReceiptId);
        if let (Some(code), Some(name)) = (code, name) {
            let name = name.parse().map_err(|_| unreadable("chip_code", "name"))?;
            entry.codes.push((ChipCodeId(code), name));
        }
    }
    Ok((parts, policies))
}

type PartsAndPolicies = (HashMap<CardId, Parts>, HashMap<OrganisationId, Policy>);
type PolicyRow = (Uuid, String, Uuid);
type PartRow = (
    Uuid,
    String,
    Option<Uuid>,
    Option<Uuid>,
    Option<Uuid>,
    Option<String>,
    PolicyRow,
);

/// The active cards of the same holders that may not be kept beside a new one. Only a card that is
/// about to become active asks for them.
fn actives(
    tx: &mut Tx<'_>,
    asked: &[Asked],
) -> Result<Vec<(CardId, PersonId, OrganisationId)>, StoreError> {
    let people: Vec<Uuid> = asked
        .iter()
        .filter(|asked| asked.stage == Some(CardStageName::UnlockedUnsigned))
        .map(|asked| asked.person.0)
        .collect();
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, Uuid, Uuid)> = card::table
        .filter(card::person_id.eq_any(people))
        .filter(card::stage.eq("active").and(card::keep_until.is_null()))
        .select((card::id, card::person_id, card::organisation_id))
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, person, organisation)| {
            (CardId(id), PersonId(person), OrganisationId(organisation))
        })
        .collect())
}
