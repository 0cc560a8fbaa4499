//! What stands around a card: asked for by the rules of everything that belongs to one, and shown on
//! every page about one. One statement reads all of it.

use cards_domain::card::Card;
use cards_domain::certificate::Certificate;
use cards_domain::chip_code::{ChipCode, CodeName, CodeStage};
use cards_domain::delivery::Delivery;
use cards_domain::ids::{CardId, OfficeId, OrganisationId, PersonId, ReceiptId, RevocationId};
use cards_domain::person::Subject;
use cards_domain::place::ActivationPlace;
use cards_domain::product::Product;
use cards_domain::puk_letter::PukLetter;
use cards_domain::revocation::{Revocation, RevocationStage};
use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, Jsonb, Nullable, Uuid as SqlUuid};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::PersonFacts;
use super::card::CardRow;
use super::card_task::TaskTrace;
use super::certificate::CertificateRow;
use super::chip_code::ChipCodeRow;
use super::delivery::DeliveryRow;
use super::people::{IdentityRow, live_organisations};
use super::puk_letter::PukLetterRow;
use super::revocation::RevocationRow;
use crate::directory::AnswerRow;
use crate::error::{StoreError, unreadable};
use crate::plain::{Office, OfficeRow, ProductRow};
use crate::prepared::Part;
use crate::schema::{
    card, card_order, delivery, office, organisation, person, product, receipt, register_answer,
};
use crate::tx::Tx;

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
    /// Its codes, certificates, letters and cases.
    pub parts: CardParts,
}

/// What belongs to a card beside its sending and receipt: codes, certificates, letters, cases.
#[derive(Clone, Debug, Default)]
pub struct CardParts {
    /// What is known of the codes on the chip.
    pub codes: Vec<ChipCode>,
    /// The certificates on it, or once on it, oldest first.
    pub certificates: Vec<Certificate>,
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

    /// The codes of the holder's that are locked, the one for authentication first.
    pub fn locked_pins(&self) -> impl Iterator<Item = &ChipCode> {
        [CodeName::Pin1, CodeName::Pin2]
            .into_iter()
            .filter_map(|name| self.code(name))
            .filter(|code| code.stage == CodeStage::Locked)
    }

    /// The code that opening the card is about: the one that is locked, or the one for
    /// authentication where neither or both are.
    #[must_use]
    pub fn pin_to_open(&self) -> Option<&ChipCode> {
        let mut locked = self.locked_pins();
        locked.next().or_else(|| self.code(CodeName::Pin1))
    }

    /// Whether the code for authentication is locked: the card is *låst*, which is not *spärrat*.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.is_code_locked(CodeName::Pin1)
    }

    /// Whether the code for signing is locked: the card still logs in, and does not sign.
    #[must_use]
    pub fn is_signing_locked(&self) -> bool {
        self.is_code_locked(CodeName::Pin2)
    }

    /// Whether one of the holder's codes, or both, is to be opened.
    #[must_use]
    pub fn has_locked_pin(&self) -> bool {
        self.locked_pins().next().is_some()
    }

    /// Whether the code that opens the others is locked too.
    #[must_use]
    pub fn is_puk_locked(&self) -> bool {
        self.is_code_locked(CodeName::Puk)
    }

    fn is_code_locked(&self, name: CodeName) -> bool {
        let code = self.code(name);
        code.is_some_and(|code| code.stage == CodeStage::Locked)
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

/// Who serves an organisation, and where its cards may be activated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Policy {
    pub place: ActivationPlace,
    pub issuer: OrganisationId,
}

/// A card, its holder and its surroundings.
#[derive(Clone, Debug)]
pub(crate) struct Around {
    pub sheet: CardSheet,
    pub person: PersonFacts,
    pub order_open: bool,
    /// The day from which the wait for the post is counted.
    pub waited_from: Option<NaiveDate>,
    /// Other cards of the holder from the same issuer that are in use and not to be kept.
    pub beside: Vec<CardId>,
    /// Its tasks that are not over, and those in which it proved itself.
    pub tasks: Vec<TaskTrace>,
}

impl Around {
    /// The holder, judged in the issuing organisation and wherever they have a live post.
    pub(crate) fn subject(&self) -> Subject {
        let card = &self.sheet.card;
        let mut organisations = vec![card.organisation];
        let others = self.person.organisations.iter();
        organisations.extend(others.filter(|other| **other != card.organisation));
        self.person.subject(card.person, organisations)
    }

    /// The case that waits for its caller to be checked.
    pub(crate) fn reported(&self) -> Option<RevocationId> {
        let mut cases = self.sheet.parts.cases.iter();
        let reported = cases.find(|case| case.stage == RevocationStage::Reported);
        reported.map(|case| case.id)
    }
}

/// Which cards or orders.
#[derive(Clone)]
pub(crate) enum Wanted {
    /// Those with these ids.
    Ids(Vec<Uuid>),
    /// Those of these persons.
    Of(Vec<PersonId>),
}

impl Tx<'_> {
    /// Reads what stands around those of the cards that are not known yet.
    pub(crate) fn see_cards(
        &mut self,
        cards: impl IntoIterator<Item = CardId>,
    ) -> Result<(), StoreError> {
        let ids: Vec<Uuid> = cards
            .into_iter()
            .filter(|card| !self.memory.cards.contains_key(card))
            .map(|card| card.0)
            .collect();
        if ids.is_empty() {
            return Ok(());
        }
        self.read_cards(&Wanted::Ids(ids))
    }

    /// What stands around each of the person's cards, newest first.
    pub(crate) fn cards_of(&mut self, person: PersonId) -> Result<Vec<&Around>, StoreError> {
        if !self.memory.every_card_of.contains(&person) {
            self.read_cards(&Wanted::Of(vec![person]))?;
            self.memory.every_card_of.insert(person);
        }
        let cards = self.memory.cards.values();
        let mut own: Vec<_> = cards
            .filter(|around| around.sheet.card.person == person)
            .collect();
        own.sort_by_key(|around| std::cmp::Reverse(around.sheet.card.id));
        Ok(own)
    }

    /// What stands around a card, once it has been read.
    pub(crate) fn around(&self, card: CardId) -> Option<&Around> {
        self.memory.cards.get(&card)
    }

    /// As [`Tx::around`], for a card that must be there.
    pub(crate) fn around_known(&self, card: CardId) -> Result<&Around, StoreError> {
        self.around(card).ok_or(unreadable("card", "id"))
    }

    fn read_cards(&mut self, wanted: &Wanted) -> Result<(), StoreError> {
        let today = cards_domain::calendar::business_day(self.now);
        let mut query = card::table
            .inner_join(card_order::table.on(card_order::id.eq(card::order_id)))
            .inner_join(product::table.on(product::id.eq(card::product_id)))
            .inner_join(office::table.on(office::id.eq(card::office_id)))
            .inner_join(organisation::table.on(organisation::id.eq(card::organisation_id)))
            .inner_join(person::table.on(person::id.eq(card::person_id)))
            .left_join(register_answer::table.on(register_answer::person_id.eq(person::id)))
            .left_join(delivery::table.on(delivery::id.nullable().eq(card_order::delivery_id)))
            .left_join(
                receipt::table.on(receipt::card_id
                    .eq(card::id)
                    .and(receipt::stage.eq("pending"))),
            )
            .select((
                CardRow::as_select(),
                (
                    card_order::number,
                    card_order::stage,
                    card_order::photo_on,
                    card_order::submitted_on,
                ),
                ProductRow::as_select(),
                OfficeRow::as_select(),
                (
                    organisation::name,
                    organisation::activation_place,
                    organisation::issuer_id,
                ),
                IdentityRow::as_select(),
                Option::<AnswerRow>::as_select(),
                live_organisations(today),
                Option::<DeliveryRow>::as_select(),
                receipt::id.nullable(),
                (
                    codes(),
                    certificates(),
                    letters(),
                    cases(),
                    tasks(),
                    beside(),
                    here(self.office),
                ),
            ))
            .into_boxed::<Pg>();
        query = match wanted.clone() {
            Wanted::Ids(ids) => query.filter(card::id.eq_any(ids)),
            Wanted::Of(people) => {
                query.filter(card::person_id.eq_any(people.into_iter().map(|person| person.0)))
            }
        };
        let rows: Vec<Joined> = query.load(self.conn)?;
        rows.into_iter().try_for_each(|row| self.take_in(row))
    }

    fn take_in(&mut self, row: Joined) -> Result<(), StoreError> {
        let (card, order, product, office, policy, who, answer, live, delivery, receipt, parts) =
            row;
        let (order_number, order_stage, photo_on, submitted_on) = order;
        let (organisation_name, place, issuer) = policy;
        let (codes, certificates, letters, cases, tasks, beside, here) = parts;
        let card = card.read(self.seal)?;
        let product = self.memory.keep_product(product)?;
        let office = self.memory.keep_office(office)?;
        self.memory.keep_policy(card.organisation, &place, issuer)?;
        if let Some(here) = here {
            let row = serde_json::from_value(here).map_err(|_| unreadable("office", "itself"))?;
            self.memory.keep_office(row)?;
        }
        let around = Around {
            person: self.keep_person((who, answer, live))?,
            order_open: super::order::is_open(&order_stage),
            waited_from: photo_on.or(submitted_on),
            beside: beside.into_iter().map(CardId).collect(),
            tasks: serde_json::from_value(tasks).map_err(|_| unreadable("card_task", "itself"))?,
            sheet: CardSheet {
                product,
                office,
                organisation_name,
                order_number,
                delivery: delivery.map(Delivery::try_from).transpose()?,
                receipt: receipt.map(ReceiptId),
                parts: CardParts {
                    codes: things::<ChipCodeRow, _>(codes)?,
                    certificates: things::<CertificateRow, _>(certificates)?,
                    letters: things::<PukLetterRow, _>(letters)?,
                    cases: things::<RevocationRow, _>(cases)?,
                },
                card,
            },
        };
        self.memory.cards.insert(around.sheet.card.id, around);
        Ok(())
    }
}

fn codes() -> Part<Jsonb> {
    Part::of(
        "coalesce((SELECT jsonb_agg(k ORDER BY k.name) FROM chip_code k \
         WHERE k.card_id = card.id), '[]'::jsonb)",
    )
}

fn certificates() -> Part<Jsonb> {
    Part::of(
        "coalesce((SELECT jsonb_agg(c ORDER BY c.id) FROM certificate c \
         WHERE c.card_id = card.id), '[]'::jsonb)",
    )
}

fn letters() -> Part<Jsonb> {
    Part::of(
        "coalesce((SELECT jsonb_agg(l ORDER BY l.id DESC) FROM puk_letter l \
         WHERE l.card_id = card.id), '[]'::jsonb)",
    )
}

fn cases() -> Part<Jsonb> {
    Part::of(
        "coalesce((SELECT jsonb_agg(r ORDER BY r.id DESC) FROM revocation r \
         WHERE r.card_id = card.id), '[]'::jsonb)",
    )
}

fn tasks() -> Part<Jsonb> {
    Part::of(
        "coalesce((SELECT jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, \
         'stage', t.stage, 'proved_at', t.proved_at) ORDER BY t.id) FROM card_task t \
         WHERE t.card_id = card.id AND (t.stage IN ('offered', 'begun') \
         OR t.proved_at IS NOT NULL)), '[]'::jsonb)",
    )
}

fn beside() -> Part<Array<SqlUuid>> {
    Part::of(
        "ARRAY(SELECT a.id FROM card a WHERE a.person_id = card.person_id \
         AND a.organisation_id = card.organisation_id AND a.id <> card.id \
         AND a.stage = 'active' AND a.keep_until IS NULL)",
    )
}

/// The office at which whoever asks stands.
fn here(office: Option<OfficeId>) -> Part<Nullable<Jsonb>> {
    let id = office.map(|office| office.0);
    Part::of("(SELECT to_jsonb(h) FROM office h WHERE h.id = ")
        .with::<Nullable<SqlUuid>, _>(id, ")")
}

/// Rows that travelled as JSON, as the things they are.
fn things<R, T>(rows: Value) -> Result<Vec<T>, StoreError>
where
    R: DeserializeOwned,
    T: TryFrom<R, Error = StoreError>,
{
    let rows: Vec<R> = serde_json::from_value(rows).map_err(|_| unreadable("card", "its parts"))?;
    rows.into_iter().map(T::try_from).collect()
}

type Joined = (
    CardRow,
    (String, String, Option<NaiveDate>, Option<NaiveDate>),
    ProductRow,
    OfficeRow,
    (String, String, Uuid),
    IdentityRow,
    Option<AnswerRow>,
    Vec<Uuid>,
    Option<DeliveryRow>,
    Option<Uuid>,
    (Value, Value, Value, Value, Value, Vec<Uuid>, Option<Value>),
);
