//! The tables of the nightly run's page.

use cards_app::nightly::{DueCard, NightCounts, NightPage, NightPart, NightRun, code_of};
use cards_domain::deadline::DeadlineRule;
use cards_domain::safety_stop::{Trip, Verdict};

use super::release_address;
use crate::components::{Cell, Column, Link, Table};
use crate::refusals::refusal_text;
use crate::text::Text;

/// Up to so many acts a night can be read through.
const READABLE: i64 = 50;

pub(super) fn organisations(t: Text, page: &NightPage) -> Table {
    let columns = vec![
        Column::text(t.organisation()),
        Column::number(t.night_activation()),
        Column::number(t.night_receipt()),
        Column::number(t.night_expiry()),
        Column::number(t.night_ask()),
        Column::text(t.night_stop()),
    ];
    let rows = page.report.organisations.iter().map(|part| {
        let mut row = vec![Cell::Text(part.name.clone())];
        row.extend(
            [
                DeadlineRule::Activation,
                DeadlineRule::ReceiptSignature,
                DeadlineRule::CardExpiry,
                DeadlineRule::Undelivered,
            ]
            .map(|rule| Cell::Number(count(part, rule).to_string())),
        );
        row.push(standing(t, page, part));
        row
    });
    Table::new(t.night_organisations(), columns, rows.collect())
}

/// What is done, and what would be if nothing held it back.
fn count(part: &NightPart, rule: DeadlineRule) -> u64 {
    let name: &'static str = rule.into();
    part.rules
        .get(name)
        .map_or(0, |counts| counts.goes + counts.held)
}

fn standing(t: Text, page: &NightPage, part: &NightPart) -> Cell {
    let why = match part.verdict {
        Verdict::Goes if page.report.in_all.goes() || part.revocations == 0 => {
            return Cell::Text(t.night_no_stop());
        }
        Verdict::Goes => return Cell::Text(t.night_too_many_in_all()),
        Verdict::Released(_) => return Cell::Text(t.night_is_released()),
        Verdict::Held(_) => return Cell::Text(t.night_is_held()),
        Verdict::Stops { why, .. } => because(t, why),
    };
    if page.may_release {
        let address = release_address(page.report.day, Some(part.organisation));
        let label = format!("{why}. {}", t.night_release_beforehand());
        Cell::Link(Link::new(label, address))
    } else {
        Cell::Text(why)
    }
}

fn because(t: Text, why: Trip) -> String {
    match why {
        Trip::TooMany => t.night_too_many(),
        Trip::TooGreatAPart => t.night_too_great_a_part(),
        Trip::TooManyInAll => t.night_too_many_in_all(),
    }
}

pub(super) fn first(t: Text, page: &NightPage) -> Table {
    let columns = [
        t.card_number(),
        t.name(),
        t.night_what(),
        t.night_day(),
        t.night_standing(),
    ];
    let rows = page.first.iter().map(|card| {
        let standing = if card.is_held {
            t.night_held()
        } else {
            t.night_goes()
        };
        let mut row = named(t, card);
        row.push(Cell::Code(last_day(t, card)));
        row.push(Cell::Text(standing));
        row
    });
    let count = i64::try_from(page.first.len()).unwrap_or(i64::MAX);
    Table::new(
        t.night_first_count(count),
        columns.into_iter().map(Column::text).collect(),
        rows.collect(),
    )
}

pub(super) fn left(t: Text, page: &NightPage) -> Table {
    let columns = [t.card_number(), t.name(), t.night_what(), t.night_why_not()];
    let rows = page.left.iter().map(|(card, refusal)| {
        let mut row = named(t, card);
        row.push(Cell::Text(refusal_text(t, refusal).0));
        row
    });
    Table::new(
        t.night_left(),
        columns.into_iter().map(Column::text).collect(),
        rows.collect(),
    )
}

/// Number, name and what happens. A protected person is neither named nor numbered for those who
/// may not open the page.
fn named(t: Text, card: &DueCard) -> Vec<Cell> {
    let name = card.name.clone().unwrap_or_else(|| t.protected_data());
    vec![
        Cell::Code(card.number.clone().unwrap_or_default()),
        if card.may_open {
            Cell::Link(Link::new(name, format!("/id-admin/person/{}", card.person)))
        } else {
            Cell::Text(name)
        },
        Cell::Text(what(t, card.rule)),
    ]
}

fn what(t: Text, rule: DeadlineRule) -> String {
    match rule {
        DeadlineRule::Activation => t.night_activation(),
        DeadlineRule::ReceiptSignature => t.night_receipt(),
        DeadlineRule::CardExpiry => t.night_expiry(),
        DeadlineRule::Undelivered | DeadlineRule::CallerCallback => t.night_ask(),
    }
}

fn last_day(t: Text, card: &DueCard) -> String {
    match card.rule {
        DeadlineRule::ReceiptSignature => t.day_and_clock(card.acts_at),
        DeadlineRule::Activation
        | DeadlineRule::CardExpiry
        | DeadlineRule::Undelivered
        | DeadlineRule::CallerCallback => t.day(card.day),
    }
}

pub(super) fn nights(t: Text, nights: &[NightRun]) -> Table {
    let columns = vec![
        Column::text(t.night_night()),
        Column::text(t.night_started()),
        Column::text(t.night_finished()),
        Column::number(t.night_done()),
        Column::number(t.night_refused()),
        Column::number(t.night_held_back()),
        Column::number(t.night_failed()),
    ];
    let rows = nights.iter().map(|night| {
        let NightCounts {
            done,
            refused,
            held,
            failed,
        } = &night.counts;
        let (done, refused): (i64, i64) = (done.values().sum(), refused.values().sum());
        let day = t.day(night.day);
        let acts = done + refused;
        vec![
            if (1..=READABLE).contains(&acts) {
                let address = format!("/id-admin/handelser/{}", code_of(night.day));
                Cell::Link(Link::new(day, address))
            } else {
                Cell::Code(day)
            },
            Cell::Code(t.day_and_clock(night.started_at)),
            Cell::Code(night.finished_at.map_or_else(
                || t.night_not_finished(),
                |finished| t.day_and_clock(finished),
            )),
            Cell::Number(done.to_string()),
            Cell::Number(refused.to_string()),
            Cell::Number(held.to_string()),
            Cell::Number(failed.to_string()),
        ]
    });
    Table::new(t.night_nights(), columns, rows.collect())
}
