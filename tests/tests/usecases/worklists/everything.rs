//! Nothing waits without standing in a list. What waits is told here from the stages of things
//! alone, each of them judged, so that a new stage has to be.

use std::collections::{BTreeMap, BTreeSet};

use cards_acceptance::World;
use cards_app::queries::WorklistKind;
use cards_domain::card::CardStageName;
use cards_domain::delivery::{DeliveryMethod, DeliveryStage};
use cards_domain::order::OrderStage;
use cards_domain::puk_letter::PukLetterStage;
use cards_domain::revocation::RevocationStage;
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text, Uuid as SqlUuid};
use strum::IntoEnumIterator as _;
use uuid::Uuid;

use super::{OneOfEach, holders, listed};

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    stage: String,
    /// Of a card, and of an order's card: whether it lies at the office.
    #[diesel(sql_type = Bool)]
    is_at_office: bool,
    /// Of an order: whether its thirty days are over.
    #[diesel(sql_type = Bool)]
    is_late: bool,
    #[diesel(sql_type = Nullable<Text>)]
    method: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    sending: Option<String>,
}

/// Every thing there is.
const THINGS: &str = "\
    SELECT 'card' AS kind, id, stage, custody = 'office' AS is_at_office, false AS is_late, \
      NULL AS method, NULL AS sending FROM card \
    UNION ALL SELECT 'order', o.id, o.stage, coalesce(c.custody = 'office', false), \
      coalesce($1::date - coalesce(o.photo_on, o.submitted_on) >= 30, false), o.method, v.stage \
    FROM card_order o LEFT JOIN delivery v ON v.id = o.delivery_id \
      LEFT JOIN card c ON c.id = o.card_id \
    UNION ALL SELECT 'case', id, stage, false, false, NULL, NULL FROM revocation \
    UNION ALL SELECT 'letter', id, stage, false, false, NULL, NULL FROM puk_letter";

fn card_waits(found: &Found) -> Option<WorklistKind> {
    match found.stage.parse::<CardStageName>().unwrap() {
        CardStageName::Sent if found.is_at_office => Some(WorklistKind::AtOffice),
        CardStageName::Sent => Some(WorklistKind::ToActivate),
        CardStageName::UnlockedUnsigned => Some(WorklistKind::Unsigned),
        CardStageName::Revoked | CardStageName::Expired if found.is_at_office => {
            Some(WorklistKind::ToCut)
        }
        // The order waits, not the card; or the holder has it; or it is over.
        CardStageName::Ordered
        | CardStageName::Active
        | CardStageName::Revoked
        | CardStageName::Expired => None,
    }
}

fn order_waits(found: &Found) -> Option<WorklistKind> {
    match found.stage.parse::<OrderStage>().unwrap() {
        OrderStage::AwaitingPrerequisites => Some(WorklistKind::AwaitingPrerequisites),
        OrderStage::AwaitingPhoto => Some(WorklistKind::AwaitingPhoto),
        OrderStage::ReadyToSend => Some(WorklistKind::ProductionFailed),
        OrderStage::SentToManufacturer | OrderStage::Produced => {
            found.is_late.then_some(WorklistKind::NotArrived)
        }
        OrderStage::Dispatched => sending_waits(found).then_some(WorklistKind::NotArrived),
        // A draft lives for one transaction only.
        OrderStage::Draft
        | OrderStage::Fulfilled
        | OrderStage::Cancelled
        | OrderStage::Rejected
        | OrderStage::ReplacedUndelivered
        | OrderStage::ActivationExpired => None,
    }
}

fn sending_waits(found: &Found) -> bool {
    // One that lies at the office is found: it waits for its holder there.
    if found.is_at_office {
        return false;
    }
    let is_traced = found.method.as_deref() == Some(DeliveryMethod::Rek.into());
    let sending = found.sending.as_deref().unwrap();
    match sending.parse::<DeliveryStage>().unwrap() {
        DeliveryStage::ReturnedToSender | DeliveryStage::Lost | DeliveryStage::ReportedMissing => {
            true
        }
        DeliveryStage::Posted => found.is_late && !is_traced,
        // The post says where it is, or the holder has it: the card waits to be activated.
        DeliveryStage::Prepared
        | DeliveryStage::NoticeSent
        | DeliveryStage::AtServicePoint
        | DeliveryStage::Collected
        | DeliveryStage::AssumedDelivered
        | DeliveryStage::LateArrival => false,
    }
}

fn case_waits(found: &Found) -> Option<WorklistKind> {
    match found.stage.parse::<RevocationStage>().unwrap() {
        RevocationStage::Reported => Some(WorklistKind::Callback),
        RevocationStage::ExternalStepsPending => Some(WorklistKind::OpenSteps),
        RevocationStage::Closed | RevocationStage::Withdrawn => None,
    }
}

fn letter_waits(found: &Found) -> Option<WorklistKind> {
    match found.stage.parse::<PukLetterStage>().unwrap() {
        PukLetterStage::Requested => Some(WorklistKind::PukRequests),
        // The letter bureau, the post or the holder has it; or it is over.
        PukLetterStage::Approved
        | PukLetterStage::Printing
        | PukLetterStage::Mailed
        | PukLetterStage::AtServicePoint
        | PukLetterStage::Collected
        | PukLetterStage::Used
        | PukLetterStage::Rejected
        | PukLetterStage::Cancelled
        | PukLetterStage::ReturnedToSender
        | PukLetterStage::Failed
        | PukLetterStage::Closed => None,
    }
}

type Lists = BTreeMap<WorklistKind, BTreeSet<Uuid>>;

fn expected(world: &World) -> Lists {
    let today = cards_domain::calendar::business_day(world.app().db.now());
    let things: Vec<Found> = diesel::sql_query(THINGS)
        .bind::<diesel::sql_types::Date, _>(today)
        .load(&mut world.database.connect())
        .unwrap();
    let mut lists = Lists::new();
    for found in &things {
        let kind = match found.kind.as_str() {
            "card" => card_waits(found),
            "order" => order_waits(found),
            "case" => case_waits(found),
            _ => letter_waits(found),
        };
        if let Some(kind) = kind {
            lists.entry(kind).or_default().insert(found.id);
        }
    }
    lists
}

fn found(world: &World) -> Lists {
    let lists = listed(world, &world.karin().call()).into_iter();
    lists
        .filter(|(_, things)| !things.is_empty())
        .map(|(kind, things)| (kind, things.into_iter().collect()))
        .collect()
}

#[test]
fn nothing_waits_without_standing_in_a_list_today_or_when_the_thirty_days_are_over() {
    let mut world = World::new();
    world.may_leave_errands = true;
    let world = &world;
    let one = OneOfEach::make(world);
    let taken = WorklistKind::iter().count();
    let more = &holders(world, taken + 3)[taken..];
    let _letter = world.sent_card(&more[0], DeliveryMethod::APost);
    let _traced = world.sent_card(&more[1], DeliveryMethod::Rek);
    let _to_office = world.sent_card(&more[2], DeliveryMethod::ToOffice);
    // Elin's stands still at the manufacturer.
    let _still = world.order(&world.person("SE2399000013-1010"), DeliveryMethod::APost);
    let first = expected(world);
    assert_eq!(first.len(), one.things.len(), "one of every kind");
    assert_eq!(found(world), first);

    for days in [29, 1, 62] {
        world.advance(Duration::days(days));
        assert_eq!(found(world), expected(world), "{days} days later");
    }
    let missing = &expected(world)[&WorklistKind::NotArrived];
    // The lost one, two letters, the one to the office, and the one at the manufacturer.
    assert_eq!(missing.len(), 5, "{missing:?}");
}
