//! What the rules of a card ask for, in as few statements as there are kinds of answers.

use std::collections::HashMap;

use cards_domain::access::Actor;
use cards_domain::calendar;
use cards_domain::card::{Card, CardFacts, CardRequest, CardStageName, SendingFacts};
use cards_domain::chip_code::CodeName;
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{
    CardId, ChipCodeId, DeliveryId, OfficeId, OrganisationId, PersonId, ProductId, PukLetterId,
    ReceiptId,
};
use cards_domain::lifecycle::Lifecycle;
use cards_domain::place::{OfficeFacts, PlaceFacts};
use cards_domain::product::Product;
use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use crate::error::{StoreError, unreadable};
use crate::plain::{OfficeRow, ProductRow, is_closed, offices_by_id, products_by_id};
use crate::schema::{
    card, card_order, chip_code, delivery, organisation, product, puk_letter, receipt,
};
use crate::tx::Tx;

/// A card, there or yet to be made, about which the rules ask.
pub(super) struct Asked {
    card: CardId,
    person: PersonId,
    organisation: OrganisationId,
    product: ProductId,
    office: OfficeId,
    /// `None` for a card that is yet to be made.
    stage: Option<CardStageName>,
}

impl Asked {
    pub(super) fn about(card: &Card) -> Self {
        Self {
            card: card.id,
            person: card.person,
            organisation: card.organisation,
            product: card.product,
            office: card.office,
            stage: Some(card.stage()),
        }
    }

    pub(super) fn to_begin(request: &CardRequest) -> Self {
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

/// What the rules are told about each of the cards; `None` where what it names is not there.
pub(super) fn card_facts(
    tx: &mut Tx<'_>,
    by: &Actor,
    asked: &[Asked],
    lengths: &DeadlineLengths,
) -> Result<Vec<Option<CardFacts>>, StoreError> {
    let people = tx.people(asked.iter().map(|asked| asked.person))?;
    let offices = offices_by_id(
        tx,
        asked.iter().map(|asked| asked.office).chain(by.office()),
    )?;
    let (parts, mut policies, mut products) = parts(tx, asked)?;
    if asked.iter().any(|asked| asked.stage.is_none()) {
        policies.extend(self::policies(tx, asked)?);
        products.extend(products_by_id(tx, asked.iter().map(|asked| asked.product))?);
    }
    let actives = actives(tx, asked)?;
    let today = calendar::business_day(tx.now);
    let facts = |asked: &Asked| {
        let person = people.get(&asked.person)?;
        let parts = parts.get(&asked.card).cloned().unwrap_or_default();
        Some(CardFacts {
            subject: person.subject(asked.person, vec![asked.organisation]),
            number: person.number.clone(),
            product: products.get(&asked.product)?.clone(),
            place: PlaceFacts {
                policy: policies.get(&asked.organisation)?.0,
                required: office(offices.get(&asked.office)?, today),
                issuer: policies.get(&asked.organisation)?.1,
                holder_organisations: person.organisations.clone(),
            },
            here: by
                .office()
                .and_then(|here| offices.get(&here))
                .map(|here| office(here, today)),
            delivery: parts.delivery,
            letter: parts.letter,
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

fn office(row: &OfficeRow, today: NaiveDate) -> OfficeFacts {
    OfficeFacts {
        id: OfficeId(row.id),
        name: row.name.clone(),
        organisation: OrganisationId(row.organisation_id),
        closed: is_closed(row.closed_on, row.opens_on, today),
        opens_again: row.opens_on.is_some(),
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
    delivery: Option<SendingFacts>,
    letter: Option<PukLetterId>,
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
        .inner_join(product::table.on(product::id.eq(card::product_id)))
        .left_join(
            receipt::table.on(receipt::card_id
                .eq(card::id)
                .and(receipt::stage.eq("pending"))),
        )
        .left_join(delivery::table.on(delivery::id.nullable().eq(card_order::delivery_id)))
        .left_join(
            puk_letter::table.on(puk_letter::card_id
                .eq(card::id)
                .and(puk_letter::stage.eq_any(["requested", "approved"]))),
        )
        .left_join(chip_code::table.on(chip_code::card_id.eq(card::id)))
        .filter(card::id.eq_any(ids))
        .order((card::id, chip_code::name))
        .select((
            card::id,
            card_order::stage,
            (delivery::id, delivery::method, delivery::stage).nullable(),
            puk_letter::id.nullable(),
            receipt::id.nullable(),
            chip_code::id.nullable(),
            chip_code::name.nullable(),
            (
                organisation::id,
                organisation::activation_place,
                organisation::issuer_id,
            ),
            ProductRow::as_select(),
        ))
        .load(tx.conn)?;
    let mut parts: HashMap<CardId, Parts> = HashMap::new();
    let mut policies = HashMap::new();
    let mut products = HashMap::new();
    for (card, order_stage, delivery, letter, receipt, code, name, policy, product) in rows {
        let product = product.read()?;
        products.insert(product.id, product);
        let (organisation, policy) = read_policy(policy)?;
        policies.insert(organisation, policy);
        let entry = parts.entry(CardId(card)).or_default();
        entry.delivery = delivery.map(sending).transpose()?;
        entry.letter = letter.map(PukLetterId);
        entry.order_open = crate::kept::order::is_open(&order_stage);
        entry.receipt = receipt.map(ReceiptId);
        if let (Some(code), Some(name)) = (code, name) {
            let name = name.parse().map_err(|_| unreadable("chip_code", "name"))?;
            entry.codes.push((ChipCodeId(code), name));
        }
    }
    Ok((parts, policies, products))
}

fn sending((id, method, stage): SendingRow) -> Result<SendingFacts, StoreError> {
    Ok(SendingFacts {
        id: DeliveryId(id),
        method: method
            .parse()
            .map_err(|_| unreadable("delivery", "method"))?,
        stage: stage.parse().map_err(|_| unreadable("delivery", "stage"))?,
    })
}

type PartsAndPolicies = (
    HashMap<CardId, Parts>,
    HashMap<OrganisationId, Policy>,
    HashMap<ProductId, Product>,
);
type PolicyRow = (Uuid, String, Uuid);
type SendingRow = (Uuid, String, String);
type PartRow = (
    Uuid,
    String,
    Option<SendingRow>,
    Option<Uuid>,
    Option<Uuid>,
    Option<Uuid>,
    Option<String>,
    PolicyRow,
    ProductRow,
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
