//! Reports of imports as tables and facts.

use cards_app::feed::RejectionReason;
use cards_app::import::{Alteration, ImportReport, ImportSheet, PreviewSheet};

use super::ADDRESS;
use crate::components::{Cell, Column, Fact, Facts, Link, Table};
use crate::text::Text;

/// So many entries of a report are shown.
pub(super) const SHOWN: usize = 200;
/// So many unused attributes are named.
const NAMED: usize = 20;

pub(super) fn imports(t: Text, imports: &[ImportSheet]) -> Table {
    let columns = vec![
        Column::text(t.dir_when()),
        Column::text(t.dir_file()),
        Column::text(t.dir_by()),
        Column::number(t.dir_persons()),
        Column::number(t.dir_rejected_short()),
        Column::number(t.dir_waiting_short()),
        Column::number(t.dir_ended()),
    ];
    let rows = imports.iter().map(|sheet| {
        let (run, report) = (&sheet.run, &sheet.report);
        let address = format!("{ADDRESS}/inlasning/{}", run.id);
        vec![
            Cell::Code(t.day_and_clock(run.at)),
            Cell::Link(Link::new(run.file_name.clone(), address)),
            Cell::Text(by(t, sheet)),
            Cell::Number(report.persons.to_string()),
            Cell::Number(report.rejected.len().to_string()),
            Cell::Number(report.waiting.len().to_string()),
            Cell::Number(report.ended.to_string()),
        ]
    });
    Table::new(t.dir_imports(), columns, rows.collect()).headed_above()
}

/// Who took it in.
pub(super) fn by(t: Text, sheet: &ImportSheet) -> String {
    match (&sheet.by, sheet.run.by_person) {
        (Some(name), _) => name.clone(),
        (None, Some(_)) => t.dir_somebody(),
        (None, None) => t.dir_on_server(),
    }
}

pub(super) fn accepted(t: Text, report: &ImportReport) -> Facts {
    Facts::new(
        [
            (t.dir_organisations(), report.organisations),
            (t.dir_units(), report.units),
            (t.dir_persons(), report.persons),
            (t.dir_hsa_ids(), report.hsa_ids),
            (t.dir_assignments(), report.assignments),
        ]
        .into_iter()
        .map(|(name, count)| Fact::plain(name, count.to_string()))
        .collect(),
    )
}

/// What else it did, or would do.
pub(super) fn done(t: Text, report: &ImportReport, is_done: bool) -> Facts {
    let ended = if is_done {
        t.dir_ended()
    } else {
        t.dir_ending()
    };
    let mut facts = vec![
        Fact::plain(t.dir_changed(), report.changed.to_string()),
        Fact::plain(t.dir_people_changed(), report.people_changed.to_string()),
        Fact::plain(ended, report.ended.to_string()),
    ];
    let more = [
        (t.dir_came_in(), report.came_in),
        (t.dir_proposed(), report.proposed),
        (t.dir_without_number(), report.flaws.without_number),
        (t.dir_without_mail(), report.flaws.without_mail),
        (t.dir_without_code(), report.flaws.without_code),
        (t.dir_same_number(), report.flaws.same_number),
    ];
    let more = more.into_iter().filter(|(_, count)| *count > 0);
    facts.extend(more.map(|(name, count)| Fact::plain(name, count.to_string())));
    if !report.unknown_attributes.is_empty() {
        let names = report.unknown_attributes.keys().take(NAMED);
        let names = names.cloned().collect::<Vec<_>>().join(", ");
        let count = i64::try_from(report.unknown_attributes.len()).unwrap_or(i64::MAX);
        facts.push(Fact::plain(
            t.dir_unknown(),
            t.dir_unknown_list(count, names),
        ));
    }
    Facts::new(facts)
}

pub(super) fn rejected(t: Text, report: &ImportReport) -> Option<Table> {
    let count = report.rejected.len();
    let columns = vec![
        Column::number(t.dir_line()),
        Column::text(t.dir_dn()),
        Column::text(t.dir_attribute()),
        Column::text(t.dir_reason()),
    ];
    let rows = report.rejected.iter().take(SHOWN).map(|entry| {
        vec![
            Cell::Number(entry.line.to_string()),
            Cell::Text(entry.dn.clone()),
            Cell::Text(entry.attribute.clone().unwrap_or_default()),
            Cell::Text(why(t, &entry.reason)),
        ]
    });
    let caption = if count > SHOWN {
        t.dir_rejected_first(SHOWN, count)
    } else {
        t.dir_rejected_count(counted(count))
    };
    (count > 0).then(|| Table::new(caption, columns, rows.collect()))
}

pub(super) fn waiting(t: Text, report: &ImportReport) -> Option<Table> {
    let count = report.waiting.len();
    let rows = report.waiting.iter().take(SHOWN);
    let rows = rows.map(|dn| vec![Cell::Text(dn.clone())]).collect();
    let caption = if count > SHOWN {
        t.dir_waiting_first(SHOWN, count)
    } else {
        t.dir_waiting_count(counted(count))
    };
    (count > 0).then(|| Table::new(caption, vec![Column::text(t.dir_dn())], rows))
}

/// Who is new or would change, and how.
pub(super) fn changing(t: Text, sheet: &PreviewSheet) -> Option<Table> {
    let columns = vec![
        Column::text(t.name()),
        Column::text(t.dir_hsa_id()),
        Column::text(t.dir_what_changes()),
    ];
    let rows = sheet.changes.iter().map(|one| {
        let name = one.name.clone().unwrap_or_else(|| t.protected_data());
        let what = match (one.what, &one.before) {
            (Alteration::New, _) => t.dir_changes_new(),
            (Alteration::Name, Some(before)) => t.dir_changes_name(before),
            (Alteration::Name, None) => t.dir_changes_name_only(),
            (Alteration::Other, _) => t.dir_changes_other(),
        };
        vec![
            Cell::Text(name),
            Cell::Code(one.hsa_id.clone()),
            Cell::Text(what),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let (shown, all) = (rows.len(), sheet.report.people_changed);
    let caption = if shown < all {
        t.dir_changing_first(shown, all)
    } else {
        t.dir_changing()
    };
    (shown > 0).then(|| Table::new(caption, columns, rows))
}

pub(super) fn leaving(
    t: Text,
    caption: String,
    (first, hidden): (&[(String, Option<String>)], usize),
) -> Option<Table> {
    let columns = vec![Column::text(t.dir_hsa_id()), Column::text(t.name())];
    let rows = first.iter().map(|(hsa_id, name)| {
        let name = name.clone().unwrap_or_else(|| t.protected_data());
        vec![Cell::Code(hsa_id.clone()), Cell::Text(name)]
    });
    let more = (hidden > 0).then(|| {
        let count = t.dir_leaving_hidden(hidden);
        vec![Cell::Text("–".to_owned()), Cell::Text(count)]
    });
    let rows: Vec<_> = rows.chain(more).collect();
    (!rows.is_empty()).then(|| Table::new(caption, columns, rows))
}

/// A count that a text chooses its words by.
fn counted(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A code of a report in plain words; a code of a later version as it is.
fn why(t: Text, code: &str) -> String {
    use RejectionReason as R;
    let Ok(reason) = code.parse::<R>() else {
        return code.to_owned();
    };
    match reason {
        R::ChangeRecord => t.dir_why_change_record(),
        R::MalformedLine => t.dir_why_malformed_line(),
        R::MissingDn => t.dir_why_missing_dn(),
        R::MalformedDn => t.dir_why_malformed_dn(),
        R::MalformedBase64 => t.dir_why_malformed_base64(),
        R::NotText => t.dir_why_not_text(),
        R::ValueByReference => t.dir_why_value_by_reference(),
        R::EntryTooLarge => t.dir_why_entry_too_large(),
        R::UnknownObjectClass => t.dir_why_unknown_object_class(),
        R::MissingAttribute => t.dir_why_missing_attribute(),
        R::SeveralValues => t.dir_why_several_values(),
        R::MalformedHsaId => t.dir_why_malformed_hsa_id(),
        R::MalformedOrganisationNumber => t.dir_why_malformed_organisation_number(),
        R::MalformedPersonNumber => t.dir_why_malformed_person_number(),
        R::NoSuchDate => t.dir_why_no_such_date(),
        R::WrongCheckDigit => t.dir_why_wrong_check_digit(),
        R::BornInFuture => t.dir_why_born_in_future(),
        R::MalformedName => t.dir_why_malformed_name(),
        R::NameTooLong => t.dir_why_name_too_long(),
        R::MalformedDate => t.dir_why_malformed_date(),
        R::MalformedFlag => t.dir_why_malformed_flag(),
        R::MalformedMember => t.dir_why_malformed_member(),
        R::EndsBeforeStart => t.dir_why_ends_before_start(),
        R::DuplicateDn => t.dir_why_duplicate_dn(),
        R::DuplicateHsaId => t.dir_why_duplicate_hsa_id(),
        R::NumberDiffers => t.dir_why_number_differs(),
        R::BelongsElsewhere => t.dir_why_belongs_elsewhere(),
        R::Cycle => t.dir_why_cycle(),
        R::SharedPerson => t.dir_why_shared_person(),
        R::NotYours => t.dir_why_not_yours(),
    }
}
