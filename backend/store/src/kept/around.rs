//! What stands around a card: asked for by the rules of everything that belongs to one.

use std::collections::HashMap;

use cards_domain::card::CardStageName;
use cards_domain::ids::{CardId, OfficeId, OrganisationId, PersonId, ProductId, PukLetterId};
use cards_domain::person::Subject;
use cards_domain::product::CodeDelivery;
use cards_domain::values::{CardNumber, PersonNumber, ProductNumber};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Date, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::error::{StoreError, unreadable};
use crate::tx::Tx;

/// A card, its holder and its surroundings.
#[derive(Clone, Debug)]
pub(crate) struct Around {
    /// The holder, judged in the issuing organisation and wherever they have a live post.
    pub subject: Subject,
    /// The holder's number.
    pub person_number: PersonNumber,
    /// The organisations in which the holder has a live post.
    pub holder_organisations: Vec<OrganisationId>,
    /// The issuer.
    pub organisation: OrganisationId,
    pub stage: CardStageName,
    pub number: Option<CardNumber>,
    pub product: ProductId,
    pub product_number: Option<ProductNumber>,
    pub code_delivery: CodeDelivery,
    pub valid_to: Option<NaiveDate>,
    pub office: OfficeId,
    pub office_name: String,
    /// The day from which the wait for the post is counted.
    pub waited_from: Option<NaiveDate>,
    pub puk_locked: bool,
    /// A letter that was asked for because the card was locked, and not been sent.
    pub locked_letter: Option<PukLetterId>,
    /// A letter is on its way, at whatever stage.
    pub open_letter: bool,
    /// A case waits for its caller to be checked.
    pub reported: bool,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    person_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    organisation_id: Uuid,
    #[diesel(sql_type = Text)]
    stage: String,
    #[diesel(sql_type = Nullable<Text>)]
    number: Option<String>,
    #[diesel(sql_type = SqlUuid)]
    product_id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    product_number: Option<String>,
    #[diesel(sql_type = Text)]
    code_delivery: String,
    #[diesel(sql_type = Nullable<Date>)]
    valid_to: Option<NaiveDate>,
    #[diesel(sql_type = SqlUuid)]
    office_id: Uuid,
    #[diesel(sql_type = Text)]
    office_name: String,
    #[diesel(sql_type = Nullable<Date>)]
    waited_from: Option<NaiveDate>,
    #[diesel(sql_type = Bool)]
    puk_locked: bool,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    locked_letter: Option<Uuid>,
    #[diesel(sql_type = Bool)]
    open_letter: bool,
    #[diesel(sql_type = Bool)]
    reported: bool,
}

const AROUND: &str = "\
    SELECT c.id, c.person_id, c.organisation_id, c.stage, c.number, c.product_id, \
      c.product_number, p.code_delivery, c.valid_to, c.office_id, f.name AS office_name, \
      coalesce(o.photo_on, o.submitted_on) AS waited_from, \
      EXISTS (SELECT FROM chip_code k \
        WHERE k.card_id = c.id AND k.name = 'puk' AND k.stage = 'locked') AS puk_locked, \
      (SELECT l.id FROM puk_letter l WHERE l.card_id = c.id \
        AND l.stage IN ('requested', 'approved') AND l.reason = 'locked') AS locked_letter, \
      EXISTS (SELECT FROM puk_letter l WHERE l.card_id = c.id AND l.stage IN \
        ('requested', 'approved', 'printing', 'mailed', 'at_service_point')) AS open_letter, \
      EXISTS (SELECT FROM revocation r \
        WHERE r.card_id = c.id AND r.stage = 'reported') AS reported \
    FROM card c \
      JOIN card_order o ON o.id = c.order_id \
      JOIN product p ON p.id = c.product_id \
      JOIN office f ON f.id = c.office_id \
    WHERE c.id = ANY ($1)";

/// What stands around each of the cards, in one statement beside that of the persons.
pub(super) fn around(
    tx: &mut Tx<'_>,
    cards: impl Iterator<Item = CardId>,
) -> Result<HashMap<CardId, Around>, StoreError> {
    let cards: Vec<CardId> = cards.collect();
    let ids: Vec<Uuid> = cards
        .iter()
        .filter(|card| !tx.around.contains_key(card))
        .map(|card| card.0)
        .collect();
    if !ids.is_empty() {
        read(tx, ids)?;
    }
    Ok(cards
        .into_iter()
        .filter_map(|card| tx.around.get(&card).map(|around| (card, around.clone())))
        .collect())
}

fn read(tx: &mut Tx<'_>, ids: Vec<Uuid>) -> Result<(), StoreError> {
    let rows: Vec<Row> = diesel::sql_query(AROUND)
        .bind::<Array<SqlUuid>, _>(ids)
        .load(tx.conn)?;
    let people = tx.people(rows.iter().map(|row| PersonId(row.person_id)))?;
    for row in rows {
        let person = PersonId(row.person_id);
        let facts = people.get(&person).ok_or(unreadable("person", "id"))?;
        let card = CardId(row.id);
        let around = row.read(person, facts)?;
        tx.around.insert(card, around);
    }
    Ok(())
}

impl Row {
    fn read(self, person: PersonId, facts: &super::PersonFacts) -> Result<Around, StoreError> {
        let bad = |what| move |_| unreadable("card", what);
        let organisation = OrganisationId(self.organisation_id);
        let mut organisations = vec![organisation];
        organisations.extend(
            facts
                .organisations
                .iter()
                .filter(|other| **other != organisation),
        );
        Ok(Around {
            subject: facts.subject(person, organisations),
            person_number: facts.number.clone(),
            holder_organisations: facts.organisations.clone(),
            organisation,
            stage: self.stage.parse().map_err(bad("stage"))?,
            number: self
                .number
                .map(|number| number.parse())
                .transpose()
                .map_err(|_| unreadable("card", "number"))?,
            product: ProductId(self.product_id),
            product_number: self
                .product_number
                .map(|number| number.parse())
                .transpose()
                .map_err(|_| unreadable("card", "product_number"))?,
            code_delivery: self
                .code_delivery
                .parse()
                .map_err(|_| unreadable("product", "code_delivery"))?,
            valid_to: self.valid_to,
            office: OfficeId(self.office_id),
            office_name: self.office_name,
            waited_from: self.waited_from,
            puk_locked: self.puk_locked,
            locked_letter: self.locked_letter.map(PukLetterId),
            open_letter: self.open_letter,
            reported: self.reported,
        })
    }
}

/// The surroundings of one card, which must be there.
pub(super) fn of(all: &HashMap<CardId, Around>, card: CardId) -> Result<&Around, StoreError> {
    all.get(&card).ok_or(unreadable("card", "id"))
}
