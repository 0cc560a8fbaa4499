//! The holder's name, field by field, against the record.

use x509_parser::prelude::X509Certificate;

use super::{Finding, Record};
use crate::profile::SubjectField;

/// X.520's identifiers of the fields.
fn id(field: SubjectField) -> &'static str {
    match field {
        SubjectField::CommonName => "2.5.4.3",
        SubjectField::Surname => "2.5.4.4",
        SubjectField::SerialNumber => "2.5.4.5",
        SubjectField::Country => "2.5.4.6",
        SubjectField::Organisation => "2.5.4.10",
        SubjectField::Title => "2.5.4.12",
        SubjectField::GivenName => "2.5.4.42",
    }
}

fn finding(field: SubjectField) -> Finding {
    match field {
        SubjectField::CommonName | SubjectField::Surname | SubjectField::GivenName => {
            Finding::HolderName
        }
        SubjectField::SerialNumber => Finding::Identifier,
        SubjectField::Country => Finding::Country,
        SubjectField::Organisation => Finding::Organisation,
        SubjectField::Title => Finding::Title,
    }
}

/// What the record says of a field; none if the holder has none.
fn on_record(record: &Record<'_>, field: SubjectField) -> Option<String> {
    let holder = record.subject.fields();
    match field {
        SubjectField::Country => Some(record.profiles.country.clone()),
        SubjectField::Organisation => {
            let own = holder.organisation.as_ref();
            Some(own.unwrap_or(&record.profiles.organisation).clone())
        }
        SubjectField::CommonName => {
            let whole = [holder.given_name.as_str(), holder.surname.as_str()].join(" ");
            Some(whole.chars().take(64).collect())
        }
        SubjectField::Surname => Some(holder.surname.clone()),
        SubjectField::GivenName => Some(holder.given_name.clone()),
        SubjectField::Title => holder.title.clone(),
        SubjectField::SerialNumber => Some(holder.identifier.clone()),
    }
}

pub(super) fn subject(record: &Record<'_>, read: &X509Certificate<'_>, out: &mut Vec<Finding>) {
    let Ok(profile) = record.profiles.leaf(record.kind) else {
        out.push(Finding::SubjectFields);
        return;
    };
    let wanted: Vec<(SubjectField, String)> = profile
        .subject
        .iter()
        .filter_map(|field| Some((*field, on_record(record, *field)?)))
        .collect();
    let found: Vec<(String, String)> = read
        .subject()
        .iter_attributes()
        .map(|part| {
            let text = part.as_str().unwrap_or_default();
            (part.attr_type().to_id_string(), text.to_owned())
        })
        .collect();
    let ids = found.iter().map(|(id, _)| id.as_str());
    if !ids.eq(wanted.iter().map(|(field, _)| id(*field))) {
        out.push(Finding::SubjectFields);
    }
    for (field, text) in &wanted {
        let written = found.iter().find(|(of, _)| of == id(*field));
        let differs = written.is_some_and(|(_, written)| written != text);
        if differs && !out.contains(&finding(*field)) {
            out.push(finding(*field));
        }
    }
}
