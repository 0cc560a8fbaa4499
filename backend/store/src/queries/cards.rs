//! Cards and orders with what stands around them.

use std::collections::HashMap;

use cards_domain::access::Scope;
use cards_domain::card::Card;
use cards_domain::chip_code::{ChipCode, CodeName, CodeStage};
use cards_domain::delivery::Delivery;
use cards_domain::ids::{CardId, OrderId, OrganisationId, PersonId, ReceiptId};
use cards_domain::order::Order;
use cards_domain::product::Product;
use cards_domain::puk_letter::PukLetter;
use cards_domain::revocation::Revocation;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, Jsonb, Uuid as SqlUuid};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::kept::card::CardRow;
use crate::kept::chip_code::ChipCodeRow;
use crate::kept::delivery::DeliveryRow;
use crate::kept::order::OrderRow;
use crate::kept::puk_letter::PukLetterRow;
use crate::kept::revocation::RevocationRow;
use crate::plain::{Office, OfficeRow, ProductRow};
use crate::schema::{card, card_order, delivery, office, organisation, product, receipt};

/// A card with product, office, order and sending.
#[derive(Clone, Debug)]
pub struct CardSheet {
    /// The card.
    pub card: Card,
    /// What it is.
    pub product: Product,
    /// The office at which it is activated.
    pub office: Office,
    /// The issuing organisation's name.
    pub organisation_name: String,
    /// The number of the order it was made for.
    pub order_number: String,
    /// Its sending.
    pub delivery: Option<Delivery>,
    /// The receipt that waits for a signature.
    pub receipt: Option<ReceiptId>,
    /// Its codes, letters and cases.
    pub parts: CardParts,
}

/// What belongs to a card beside its sending and receipt.
#[derive(Clone, Debug, Default)]
pub struct CardParts {
    /// What is known of the codes on the chip.
    pub codes: Vec<ChipCode>,
    /// Letters with its PUK, newest first.
    pub letters: Vec<PukLetter>,
    /// Cases of revocation, newest first.
    pub cases: Vec<Revocation>,
}

impl CardParts {
    /// What is known of one of the codes.
    #[must_use]
    pub fn code(&self, name: CodeName) -> Option<&ChipCode> {
        self.codes.iter().find(|code| code.name == name)
    }

    /// Whether a code of the holder's is locked: the card is *låst*, which is not *spärrat*.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.codes
            .iter()
            .any(|code| code.name != CodeName::Puk && code.stage == CodeStage::Locked)
    }

    /// Whether the code that opens the others is locked too.
    #[must_use]
    pub fn is_puk_locked(&self) -> bool {
        self.code(CodeName::Puk)
            .is_some_and(|code| code.stage == CodeStage::Locked)
    }

    /// The letter that is on its way.
    #[must_use]
    pub fn open_letter(&self) -> Option<&PukLetter> {
        self.letters.iter().find(|letter| letter.is_open())
    }

    /// The case that is not over.
    #[must_use]
    pub fn open_case(&self) -> Option<&Revocation> {
        self.cases.iter().find(|case| case.is_open())
    }
}

/// An order with product and office.
#[derive(Clone, Debug)]
pub struct OrderSheet {
    /// The order.
    pub order: Order,
    /// What is ordered.
    pub product: Product,
    /// The office at which the card will be activated.
    pub office: Office,
    /// The ordering organisation's name.
    pub organisation_name: String,
}

type CardQuery<'a> = card::BoxedQuery<'a, Pg>;

impl Link {
    /// A person's cards that are in `scope`, newest first, and how many others there are.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn cards_of(
        &mut self,
        scope: &Scope,
        person: PersonId,
    ) -> Result<(Vec<CardSheet>, usize), StoreError> {
        let sheets = self.card_sheets(&|query| query.filter(card::person_id.eq(person.0)))?;
        let (mine, others): (Vec<_>, Vec<_>) = sheets
            .into_iter()
            .partition(|sheet| in_scope(scope, person, sheet.card.organisation));
        Ok((mine, others.len()))
    }

    /// One card, if it is in `scope`.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn card(&mut self, scope: &Scope, id: CardId) -> Result<Option<CardSheet>, StoreError> {
        let sheet = self.card_for_errand(id)?;
        Ok(sheet.filter(|sheet| in_scope(scope, sheet.card.person, sheet.card.organisation)))
    }

    /// One card for the system's own errands, which have no scope.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn card_for_errand(&mut self, id: CardId) -> Result<Option<CardSheet>, StoreError> {
        Ok(self
            .card_sheets(&|query| query.filter(card::id.eq(id.0)))?
            .pop())
    }

    fn card_sheets(
        &mut self,
        which: &dyn for<'a> Fn(CardQuery<'a>) -> CardQuery<'a>,
    ) -> Result<Vec<CardSheet>, StoreError> {
        let rows: Vec<Joined> = card::table
            .inner_join(product::table.on(product::id.eq(card::product_id)))
            .inner_join(office::table.on(office::id.eq(card::office_id)))
            .inner_join(organisation::table.on(organisation::id.eq(card::organisation_id)))
            .inner_join(card_order::table.on(card_order::id.eq(card::order_id)))
            .left_join(delivery::table.on(delivery::card_id.eq(card::id)))
            .left_join(
                receipt::table.on(receipt::card_id
                    .eq(card::id)
                    .and(receipt::stage.eq("pending"))),
            )
            .filter(card::id.eq_any(which(card::table.into_boxed()).select(card::id)))
            .order(card::id.desc())
            .select((
                CardRow::as_select(),
                ProductRow::as_select(),
                OfficeRow::as_select(),
                organisation::name,
                card_order::number,
                Option::<DeliveryRow>::as_select(),
                receipt::id.nullable(),
            ))
            .load(&mut self.conn)?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.0.id()).collect();
        let mut parts = self.parts_of(&ids)?;
        rows.into_iter()
            .map(
                |(card, product, office, organisation_name, order_number, delivery, receipt)| {
                    Ok(CardSheet {
                        parts: parts.remove(&card.id()).unwrap_or_default(),
                        card: card.read(self.seal())?,
                        product: product.read()?,
                        office: office.read()?,
                        organisation_name,
                        order_number,
                        delivery: delivery.map(Delivery::try_from).transpose()?,
                        receipt: receipt.map(ReceiptId),
                    })
                },
            )
            .collect()
    }

    /// Codes, letters and cases of the cards, in one statement.
    fn parts_of(&mut self, cards: &[Uuid]) -> Result<HashMap<Uuid, CardParts>, StoreError> {
        if cards.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<PartsRow> = diesel::sql_query(
            "SELECT c.id, \
               coalesce((SELECT jsonb_agg(k ORDER BY k.name) FROM chip_code k \
                 WHERE k.card_id = c.id), '[]') AS codes, \
               coalesce((SELECT jsonb_agg(l ORDER BY l.id DESC) FROM puk_letter l \
                 WHERE l.card_id = c.id), '[]') AS letters, \
               coalesce((SELECT jsonb_agg(r ORDER BY r.id DESC) FROM revocation r \
                 WHERE r.card_id = c.id), '[]') AS cases \
             FROM card c WHERE c.id = ANY ($1)",
        )
        .bind::<Array<SqlUuid>, _>(cards)
        .load(&mut self.conn)?;
        rows.into_iter()
            .map(|row| {
                let parts = CardParts {
                    codes: things::<ChipCodeRow, _>(row.codes)?,
                    letters: things::<PukLetterRow, _>(row.letters)?,
                    cases: things::<RevocationRow, _>(row.cases)?,
                };
                Ok((row.id, parts))
            })
            .collect()
    }

    /// A person's orders that are in `scope`, newest first.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn orders_of(
        &mut self,
        scope: &Scope,
        person: PersonId,
    ) -> Result<Vec<OrderSheet>, StoreError> {
        let sheets = self.order_sheets(
            card_order::table
                .filter(card_order::person_id.eq(person.0))
                .into_boxed(),
        )?;
        Ok(sheets
            .into_iter()
            .filter(|sheet| in_scope(scope, person, sheet.order.organisation))
            .collect())
    }

    /// One order, if it is in `scope`.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn order(&mut self, scope: &Scope, id: OrderId) -> Result<Option<OrderSheet>, StoreError> {
        let sheet = self.order_for_errand(id)?;
        Ok(sheet.filter(|sheet| in_scope(scope, sheet.order.person, sheet.order.organisation)))
    }

    /// One order for the system's own errands, which have no scope.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn order_for_errand(&mut self, id: OrderId) -> Result<Option<OrderSheet>, StoreError> {
        let query = card_order::table
            .filter(card_order::id.eq(id.0))
            .into_boxed();
        Ok(self.order_sheets(query)?.pop())
    }

    fn order_sheets(
        &mut self,
        query: card_order::BoxedQuery<'_, Pg>,
    ) -> Result<Vec<OrderSheet>, StoreError> {
        let rows: Vec<(OrderRow, ProductRow, OfficeRow, String)> = card_order::table
            .inner_join(product::table.on(product::id.eq(card_order::product_id)))
            .inner_join(office::table.on(office::id.eq(card_order::office_id)))
            .inner_join(organisation::table.on(organisation::id.eq(card_order::organisation_id)))
            .filter(card_order::id.eq_any(query.select(card_order::id)))
            .order(card_order::id.desc())
            .select((
                OrderRow::as_select(),
                ProductRow::as_select(),
                OfficeRow::as_select(),
                organisation::name,
            ))
            .load(&mut self.conn)?;
        rows.into_iter()
            .map(|(order, product, office, organisation_name)| {
                Ok(OrderSheet {
                    order: order.read(self.seal())?,
                    product: product.read()?,
                    office: office.read()?,
                    organisation_name,
                })
            })
            .collect()
    }
}

#[derive(QueryableByName)]
struct PartsRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Jsonb)]
    codes: serde_json::Value,
    #[diesel(sql_type = Jsonb)]
    letters: serde_json::Value,
    #[diesel(sql_type = Jsonb)]
    cases: serde_json::Value,
}

/// Rows that travelled as JSON, as the things they are.
fn things<R, T>(rows: serde_json::Value) -> Result<Vec<T>, StoreError>
where
    R: DeserializeOwned,
    T: TryFrom<R, Error = StoreError>,
{
    let rows: Vec<R> = serde_json::from_value(rows).map_err(|_| unreadable("card", "its parts"))?;
    rows.into_iter().map(T::try_from).collect()
}

type Joined = (
    CardRow,
    ProductRow,
    OfficeRow,
    String,
    String,
    Option<DeliveryRow>,
    Option<Uuid>,
);

fn in_scope(scope: &Scope, person: PersonId, organisation: OrganisationId) -> bool {
    match scope.own() {
        Some(own) => own == person,
        None => scope.organisations().contains(&organisation),
    }
}
