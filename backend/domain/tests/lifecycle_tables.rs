//! The lifecycles as people review them: a table each, the steps that the database allows, and
//! the diagrams in the README.
//!
//! After a change of the rules: read the difference, and accept it with
//! `INSTA_UPDATE=always cargo test -p cards-domain --test lifecycle_tables`.

use std::collections::BTreeSet;

use cards_domain::card::Card;
use cards_domain::card_task::CardTask;
use cards_domain::certificate::Certificate;
use cards_domain::chip_code::ChipCode;
use cards_domain::delivery::Delivery;
use cards_domain::lifecycle::ThingKind;
use cards_domain::order::{Order, OrderStage};
use cards_domain::photo::Photo;
use cards_domain::puk_letter::PukLetter;
use cards_domain::receipt::Receipt;
use cards_domain::revocation::Revocation;
use cards_domain::tables::{Tabled, all_steps, diagram_of, print_of, rows};
use strum::IntoEnumIterator;

const README: &str = include_str!("../README.md");

#[test]
fn every_lifecycle_prints_as_the_reviewed_table() {
    for kind in ThingKind::iter() {
        let name: &str = kind.into();
        insta::assert_snapshot!(name, print_of(kind));
    }
}

#[test]
fn the_steps_that_the_database_allows_are_the_reviewed_ones() {
    let lines: Vec<String> = all_steps()
        .into_iter()
        .map(|(kind, from, to)| format!("{} {from:?} -> {to:?}", <&str>::from(kind)))
        .collect();
    insta::assert_snapshot!("allowed_steps", lines.join("\n"));
}

#[test]
fn every_diagram_in_the_readme_is_the_one_that_the_rules_draw() {
    for kind in ThingKind::iter() {
        let name: &str = kind.into();
        let drawn = format!(
            "<!-- diagram: {name} -->\n```mermaid\n{}```\n<!-- end of diagram -->\n",
            diagram_of(kind)
        );
        assert!(
            README.contains(&drawn),
            "backend/domain/README.md must hold this block:\n{drawn}"
        );
    }
}

fn tries_every_action_at_every_stage<L: Tabled>() {
    let tried: BTreeSet<(&str, &str)> = rows::<L>()
        .iter()
        .map(|row| (row.from, row.action))
        .collect();
    let stages = L::Stage::iter().map(Into::<&str>::into);
    let all = stages
        .flat_map(|stage| L::ActionName::iter().map(move |action| (stage, action.into())))
        .collect();
    assert_eq!(tried, all);
}

#[test]
fn every_table_tries_every_action_at_every_stage() {
    tries_every_action_at_every_stage::<Order>();
    tries_every_action_at_every_stage::<Delivery>();
    tries_every_action_at_every_stage::<Card>();
    tries_every_action_at_every_stage::<ChipCode>();
    tries_every_action_at_every_stage::<Receipt>();
    tries_every_action_at_every_stage::<Certificate>();
    tries_every_action_at_every_stage::<PukLetter>();
    tries_every_action_at_every_stage::<Photo>();
    tries_every_action_at_every_stage::<Revocation>();
    tries_every_action_at_every_stage::<CardTask>();
}

fn every_action_succeeds_somewhere<L: Tabled>() {
    let done: BTreeSet<&str> = rows::<L>()
        .iter()
        .filter(|row| row.result.is_ok())
        .map(|row| row.action)
        .collect();
    let all: BTreeSet<&str> = L::ActionName::iter().map(Into::into).collect();
    assert_eq!(done, all, "an action that never succeeds is tried wrongly");
}

#[test]
fn every_action_succeeds_from_some_stage() {
    every_action_succeeds_somewhere::<Order>();
    every_action_succeeds_somewhere::<Delivery>();
    every_action_succeeds_somewhere::<Card>();
    every_action_succeeds_somewhere::<ChipCode>();
    every_action_succeeds_somewhere::<Receipt>();
    every_action_succeeds_somewhere::<Certificate>();
    every_action_succeeds_somewhere::<PukLetter>();
    every_action_succeeds_somewhere::<Photo>();
    every_action_succeeds_somewhere::<Revocation>();
    every_action_succeeds_somewhere::<CardTask>();
}

fn unreached<L: Tabled>() -> Vec<&'static str> {
    let steps = cards_domain::tables::steps::<L>();
    L::Stage::iter()
        .map(Into::<&str>::into)
        .filter(|stage| !steps.iter().any(|(_, to)| to == stage))
        .collect()
}

#[test]
fn every_stage_is_reached_but_the_issuers_refusal_of_an_order() {
    // No action refuses an order yet.
    let rejected: &str = OrderStage::Rejected.into();
    assert_eq!(unreached::<Order>(), [rejected]);
    assert_eq!(unreached::<Delivery>(), [""; 0]);
    assert_eq!(unreached::<Card>(), [""; 0]);
    assert_eq!(unreached::<ChipCode>(), [""; 0]);
    assert_eq!(unreached::<Receipt>(), [""; 0]);
    assert_eq!(unreached::<Certificate>(), [""; 0]);
    assert_eq!(unreached::<PukLetter>(), [""; 0]);
    assert_eq!(unreached::<Photo>(), [""; 0]);
    assert_eq!(unreached::<Revocation>(), [""; 0]);
    assert_eq!(unreached::<CardTask>(), [""; 0]);
}

#[test]
fn no_step_leads_out_of_a_revocation_or_another_end() {
    let ends = [
        (ThingKind::Card, ["revoked", "expired"].as_slice()),
        (
            ThingKind::CardOrder,
            &[
                "fulfilled",
                "cancelled",
                "rejected",
                "replaced_undelivered",
                "activation_expired",
            ],
        ),
        (
            ThingKind::Receipt,
            &["signed", "refused", "timed_out", "lapsed"],
        ),
        (ThingKind::ChipCode, &["gone"]),
        (
            ThingKind::Certificate,
            &["superseded", "revoked", "expired"],
        ),
        (
            ThingKind::PukLetter,
            &[
                "used",
                "rejected",
                "cancelled",
                "returned_to_sender",
                "failed",
                "closed",
            ],
        ),
        (ThingKind::Photo, &["approved", "rejected"]),
        (ThingKind::Revocation, &["closed", "withdrawn"]),
        (ThingKind::CardTask, &["done", "cancelled", "lapsed"]),
    ];
    let steps = all_steps();
    for (kind, stages) in ends {
        for stage in stages {
            let leads_out = steps.iter().find(|step| step.0 == kind && step.1 == *stage);
            assert_eq!(leads_out, None);
        }
    }
}
