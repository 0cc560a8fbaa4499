//! What the rules of a card ask for.

use cards_domain::access::Actor;
use cards_domain::calendar;
use cards_domain::card::{Card, CardFacts, CardRequest, CardStageName, SendingFacts};
use cards_domain::card_task::TaskKind;
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{
    CardId, ChipCodeId, OfficeId, OrganisationId, PersonId, ProductId, ReceiptId,
};
use cards_domain::lifecycle::Lifecycle;
use cards_domain::place::{OfficeFacts, PlaceFacts};
use cards_domain::puk_letter::PukLetterStage;
use chrono::NaiveDate;

use super::super::around::Around;
use super::super::card_task::TaskTrace;
use super::super::certificate::living;
use crate::error::StoreError;
use crate::plain::Office;
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
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let there = asked.iter().filter(|asked| asked.stage.is_some());
    tx.see_cards(there.map(|asked| asked.card))?;
    tx.people(asked.iter().map(|asked| asked.person))?;
    tx.products(asked.iter().map(|asked| asked.product))?;
    let offices = asked.iter().map(|asked| asked.office);
    tx.offices(offices.chain(by.office()))?;
    tx.policies(asked.iter().map(|asked| asked.organisation))?;
    Ok(asked
        .iter()
        .map(|asked| facts_of(tx, by, asked, lengths))
        .collect())
}

fn facts_of(
    tx: &Tx<'_>,
    by: &Actor,
    asked: &Asked,
    lengths: &DeadlineLengths,
) -> Option<CardFacts> {
    let today = calendar::business_day(tx.now);
    let person = tx.memory.people.get(&asked.person)?;
    let policy = tx.memory.policies.get(&asked.organisation)?;
    let around = tx.around(asked.card);
    let here = by.office().and_then(|here| tx.memory.offices.get(&here));
    Some(CardFacts {
        subject: person.subject(asked.person, vec![asked.organisation]),
        number: person.number.clone(),
        product: tx.memory.products.get(&asked.product)?.clone(),
        place: PlaceFacts {
            policy: policy.place,
            required: office(tx.memory.offices.get(&asked.office)?, today),
            issuer: policy.issuer,
            holder_organisations: person.organisations.clone(),
        },
        here: here.map(|here| office(here, today)),
        delivery: around.and_then(sending),
        letter: around.and_then(unsent_letter),
        reported: around.and_then(Around::reported),
        order_open: around.is_some_and(|around| around.order_open),
        receipt: around.and_then(|around| around.sheet.receipt),
        codes: around.map(codes).unwrap_or_default(),
        certificates: around
            .map(|around| living(around).map(|certificate| certificate.id).collect())
            .unwrap_or_default(),
        tasks: around
            .map(|around| TaskTrace::living(&around.tasks))
            .unwrap_or_default(),
        code_shown: around.and_then(|around| TaskTrace::shown(&around.tasks, TaskKind::ChooseCode)),
        superseded: around
            // Only a card that is about to become active takes the place of others.
            .filter(|_| asked.stage == Some(CardStageName::UnlockedUnsigned))
            .map(|around| around.beside.clone())
            .unwrap_or_default(),
        lengths: lengths.clone(),
        new_receipt: ReceiptId(tx.new_id()),
        new_codes: [
            ChipCodeId(tx.new_id()),
            ChipCodeId(tx.new_id()),
            ChipCodeId(tx.new_id()),
        ],
    })
}

fn sending(around: &Around) -> Option<SendingFacts> {
    let delivery = around.sheet.delivery.as_ref()?;
    Some(SendingFacts {
        id: delivery.id,
        method: delivery.method,
        stage: delivery.stage,
    })
}

fn unsent_letter(around: &Around) -> Option<cards_domain::ids::PukLetterId> {
    let mut letters = around.sheet.parts.letters.iter();
    let unsent = letters.find(|letter| {
        matches!(
            letter.stage,
            PukLetterStage::Requested | PukLetterStage::Approved
        )
    });
    unsent.map(|letter| letter.id)
}

fn codes(around: &Around) -> Vec<(ChipCodeId, cards_domain::chip_code::CodeName)> {
    let codes = around.sheet.parts.codes.iter();
    codes.map(|code| (code.id, code.name)).collect()
}

fn office(row: &Office, today: NaiveDate) -> OfficeFacts {
    OfficeFacts {
        id: row.id,
        name: row.name.clone(),
        organisation: row.organisation,
        closed: row.is_closed(today),
        opens_again: row.opens_on.is_some(),
        successor: row.successor,
    }
}
