//! The lists in the database's CHECKs are the enums of the rules, no more and no less.

use std::collections::{BTreeMap, BTreeSet};

use cards_acceptance::database::TestDatabase;
use cards_app::Channel;
use cards_domain::access::{Loa, Role};
use cards_domain::calendar::DeadlineKind;
use cards_domain::card::{CardStageName, Custody, RevocationReason};
use cards_domain::card_task::{TaskKind, TaskSide, TaskStage, TaskStepName};
use cards_domain::certificate::{CertificateStage, Profile, Usage};
use cards_domain::chip_code::{CodeName, CodeStage};
use cards_domain::deadline::DeadlineRule;
use cards_domain::delivery::{DeliveryMethod, DeliveryStage};
use cards_domain::order::OrderStage;
use cards_domain::person::Protection;
use cards_domain::photo::{PhotoSource, PhotoStage};
use cards_domain::place::ActivationPlace;
use cards_domain::product::CodeDelivery;
use cards_domain::puk_letter::{LetterReason, PukLetterStage};
use cards_domain::receipt::ReceiptStage;
use cards_domain::revocation::{Reporter, RevocationStage};
use cards_domain::values::PersonNumberKind;
use cards_http::PortalName;
use cards_store::directory::{Decision, ProposalKind, StopReason, WaitingKind};
use diesel::prelude::*;
use strum::IntoEnumIterator;

type Words = BTreeSet<String>;

fn words_of<E: IntoEnumIterator + Into<&'static str>>() -> Words {
    E::iter().map(|one| one.into().to_owned()).collect()
}

fn words(list: &[&str]) -> Words {
    list.iter().map(|word| (*word).to_owned()).collect()
}

/// `table.column` → the words it may hold by the rules.
fn by_the_rules() -> BTreeMap<&'static str, Words> {
    let portals: Words = PortalName::all()
        .map(|one| <&str>::from(one.channel()).to_owned())
        .collect();
    BTreeMap::from([
        ("appointment.role", words_of::<Role>()),
        ("card.custody", words_of::<Custody>()),
        ("card.reason", words_of::<RevocationReason>()),
        ("card.stage", words_of::<CardStageName>()),
        ("card_task.kind", words_of::<TaskKind>()),
        ("card_task.language", words(&["sv", "en"])),
        ("card_task.owner_loa", words_of::<Loa>()),
        ("card_task.owner_side", words_of::<TaskSide>()),
        ("card_task.stage", words_of::<TaskStage>()),
        ("card_task_step.step", words_of::<TaskStepName>()),
        ("card_order.method", words_of::<DeliveryMethod>()),
        ("card_order.stage", words_of::<OrderStage>()),
        ("authority.loa", words_of::<Loa>()),
        ("authority.profile", words_of::<Profile>()),
        ("certificate.loa", words_of::<Loa>()),
        ("certificate.profile", words_of::<Profile>()),
        ("certificate.reason", words_of::<RevocationReason>()),
        ("certificate.stage", words_of::<CertificateStage>()),
        ("certificate.usage", words_of::<Usage>()),
        ("chip_code.name", words_of::<CodeName>()),
        ("chip_code.stage", words_of::<CodeStage>()),
        ("deadline.arithmetic", words_of::<DeadlineKind>()),
        ("deadline.rule", words_of::<DeadlineRule>()),
        ("delivery.method", words_of::<DeliveryMethod>()),
        ("delivery.stage", words_of::<DeliveryStage>()),
        // The four kinds of actor are written out where the log is.
        (
            "journal.actor_kind",
            words(&["officer", "holder", "client", "system"]),
        ),
        ("journal.channel", words_of::<Channel>()),
        ("ending_stop.why", words_of::<StopReason>()),
        ("feed_waiting.kind", words_of::<WaitingKind>()),
        ("identity_proposal.decision", words_of::<Decision>()),
        ("identity_proposal.kind", words_of::<ProposalKind>()),
        ("card_log_in.portal", portals.clone()),
        ("login_attempt.portal", portals.clone()),
        (
            "organisation.activation_place",
            words_of::<ActivationPlace>(),
        ),
        ("person.language", words(&["sv", "en"])),
        ("person.number_kind", words_of::<PersonNumberKind>()),
        ("person.protection", words_of::<Protection>()),
        ("product.code_delivery", words_of::<CodeDelivery>()),
        ("photo.source", words_of::<PhotoSource>()),
        ("photo.stage", words_of::<PhotoStage>()),
        ("puk_letter.reason", words_of::<LetterReason>()),
        ("puk_letter.stage", words_of::<PukLetterStage>()),
        ("receipt.stage", words_of::<ReceiptStage>()),
        ("revocation.reason", words_of::<RevocationReason>()),
        ("revocation.reporter", words_of::<Reporter>()),
        ("revocation.stage", words_of::<RevocationStage>()),
        ("session.loa", words_of::<Loa>()),
        ("session.portal", portals.clone()),
        ("signature.portal", portals),
    ])
}

#[derive(QueryableByName)]
struct Check {
    #[diesel(sql_type = diesel::sql_types::Text)]
    place: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    definition: String,
}

/// The CHECKs of one column that list its words.
fn in_the_database() -> BTreeMap<String, Words> {
    let database = TestDatabase::filled();
    let checks: Vec<Check> = diesel::sql_query(
        "SELECT c.conrelid::regclass || '.' || a.attname AS place, \
                pg_get_constraintdef(c.oid) AS definition \
         FROM pg_constraint c \
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
         JOIN pg_class t ON t.oid = c.conrelid AND NOT t.relispartition \
         WHERE c.contype = 'c' AND cardinality(c.conkey) = 1 \
           AND pg_get_constraintdef(c.oid) LIKE '%= ANY (ARRAY[%'",
    )
    .load(&mut database.connect())
    .unwrap();
    checks
        .into_iter()
        .map(|check| (check.place, listed(&check.definition)))
        .collect()
}

/// `… ARRAY['draft'::text, 'awaiting_photo'::text] …`
fn listed(definition: &str) -> Words {
    definition
        .split('\'')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_list_in_a_check_is_the_enum_of_the_rules() {
    let (database, rules) = (in_the_database(), by_the_rules());
    let places: BTreeSet<&str> = database
        .keys()
        .map(String::as_str)
        .chain(rules.keys().copied())
        .collect();
    for place in places {
        assert_eq!(database.get(place), rules.get(place), "{place}");
    }
}
