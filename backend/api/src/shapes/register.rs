//! Products, offices, organisations.

use cards_app::plain::Office;
use cards_app::queries::OrganisationSheet;
use cards_domain::ids::OrganisationId;
use cards_domain::place::ActivationPlace;
use cards_domain::product::{CodeDelivery, Product};
use serde_json::{Value, json};

use super::{on_if, word};
use crate::schema::{day, flag, id, list, nullable, number, object, open, text, word as words};

pub(crate) fn product(product: &Product) -> Value {
    json!({
        "id": product.id,
        "number": product.number.as_ref().map(|number| number.as_str()),
        "name": product.name,
        "sis_marked": product.sis_marked,
        "has_photo": product.has_photo,
        "validity_months": product.validity_months,
        "pin_min": product.pin_min,
        "pin_max": product.pin_max,
        "code_delivery": word(product.code_delivery),
        "orderable": product.orderable,
    })
}

pub(crate) fn office(office: &Office) -> Value {
    json!({
        "id": office.id,
        "version": office.version,
        "organisation": office.organisation,
        "name": office.name,
        "address": office.address,
        "floor": office.floor,
        "phone": office.phone,
        "hours": office.hours,
        "services": office.services,
        "closed_on": on_if(office.closed_on),
        "opens_on": on_if(office.opens_on),
        "successor": office.successor,
    })
}

pub(crate) fn organisation(id: OrganisationId, sheet: &OrganisationSheet) -> Value {
    let policy = &sheet.policy;
    json!({
        "id": id,
        "version": policy.version,
        "name": sheet.name,
        "hsa_id": sheet.hsa_id,
        "issuer": policy.issuer,
        "activation_place": word(policy.activation_place),
        "prerequisites_missing": policy.prerequisites_missing,
        "routine_sv": policy.routine_sv,
        "routine_en": policy.routine_en,
        "contact_name": policy.contact_name,
        "contact_phone": policy.contact_phone,
        "contact_mail": policy.contact_mail,
    })
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    let product = object(&[
        ("id", id()),
        ("number", nullable(&text())),
        ("name", text()),
        ("sis_marked", flag()),
        ("has_photo", flag()),
        ("validity_months", number()),
        ("pin_min", number()),
        ("pin_max", number()),
        ("code_delivery", words::<CodeDelivery>()),
        ("orderable", flag()),
    ]);
    let office = object(&[
        ("id", id()),
        ("version", number()),
        ("organisation", id()),
        ("name", text()),
        ("address", text()),
        ("floor", nullable(&text())),
        ("phone", nullable(&text())),
        ("hours", open()),
        ("services", list(&text())),
        ("closed_on", nullable(&day())),
        ("opens_on", nullable(&day())),
        ("successor", nullable(&id())),
    ]);
    vec![
        ("Office", office),
        ("Organisation", object(&organisation_members())),
        ("Product", product),
    ]
}

fn organisation_members() -> Vec<(&'static str, Value)> {
    vec![
        ("id", id()),
        ("version", number()),
        ("name", text()),
        ("hsa_id", text()),
        ("issuer", id()),
        ("activation_place", words::<ActivationPlace>()),
        ("prerequisites_missing", flag()),
        ("routine_sv", nullable(&text())),
        ("routine_en", nullable(&text())),
        ("contact_name", nullable(&text())),
        ("contact_phone", nullable(&text())),
        ("contact_mail", nullable(&text())),
    ]
}
