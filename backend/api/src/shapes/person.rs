//! Persons.

use cards_app::queries::{Clock, Hit, Outdated, PersonPage, PersonSheet, PostSheet};
use cards_domain::calendar::DeadlineKind;
use cards_domain::deadline::DeadlineRule;
use cards_domain::person::Protection;
use cards_domain::values::{PersonName, PersonNumberKind, PostalAddress};
use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{at, on, on_if, verdict, word};
use crate::schema::{
    day, flag, id, list, moment, named, nullable, number, object, text, word as words,
};

fn name(name: &PersonName) -> Value {
    json!({
        "given": name.given(), "middle": name.middle(), "surname": name.surname(),
        "full": name.full(),
    })
}

fn post(post: &PostSheet) -> Value {
    json!({
        "hsa_id": post.hsa_id.as_str(),
        "organisation": super::reference(post.organisation, &post.organisation_name),
        "unit": post.unit_name,
        "title": post.title,
        "last_day": on_if(post.last_day),
    })
}

/// A person found. Of a protected person no more is told than in the portal's list.
pub(crate) fn hit(hit: &Hit) -> Value {
    let open = !hit.protection.is_protected();
    json!({
        "id": hit.person,
        "name": open.then(|| name(&hit.name)),
        "number": open.then(|| hit.number.as_str()),
        "protection": word(hit.protection),
        "posts": hit.posts.iter().map(post).collect::<Vec<_>>(),
    })
}

/// A person's sheet.
fn sheet(sheet: &PersonSheet) -> Value {
    json!({
        "id": sheet.person,
        "name": name(&sheet.name),
        "number": sheet.number.as_str(),
        "number_kind": word(sheet.number.kind()),
        "mail": sheet.mail,
        "language": sheet.language,
        "protection": word(sheet.protection),
        "test_person": sheet.test_person,
        "posts": sheet.posts.iter().map(post).collect::<Vec<_>>(),
    })
}

/// A clock that runs.
pub(crate) fn clock(clock: &Clock) -> Value {
    json!({
        "rule": word(clock.rule), "kind": word(clock.kind), "thing": clock.thing,
        "day": on(clock.day), "acts_at": at(clock.acts_at),
    })
}

/// A person with what stands on the page beside cards and orders.
pub(crate) fn page(page: &PersonPage) -> Value {
    let mut told = sheet(&page.sheet);
    let may_order = page.order.iter().map(|(organisation, may)| {
        json!({ "organisation": organisation, "order": verdict("order", may) })
    });
    let photo = page.photo.as_ref().map(|shown| {
        json!({ "id": shown.photo.id, "taken_on": on(shown.photo.taken_on), "office": shown.office_name })
    });
    let more = json!({
        "photo": photo,
        "register": page.register.as_ref().map(|answer| {
            register(answer.address.as_ref(), (answer.forwarded, answer.deceased_on))
        }),
        "outdated": page.outdated.iter().map(outdated).collect::<Vec<_>>(),
        "cards_of_others": page.cards_of_others,
        "clocks": page.clocks.iter().map(clock).collect::<Vec<_>>(),
        "may_order": may_order.collect::<Vec<_>>(),
    });
    if let (Some(told), Value::Object(more)) = (told.as_object_mut(), more) {
        told.extend(more);
    }
    told
}

/// What the population register has last answered.
fn register(
    address: Option<&PostalAddress>,
    (forwarded, deceased_on): (bool, Option<NaiveDate>),
) -> Value {
    // The address of a forwarding says where a protected person is looked for.
    let address = address.filter(|_| !forwarded);
    json!({
        "address": address.map(PostalAddress::lines),
        "forwarded": forwarded,
        "deceased_on": on_if(deceased_on),
    })
}

/// An order that was sent before the name or the number was changed.
fn outdated(one: &Outdated) -> Value {
    json!({ "order": one.order, "name": one.name, "number": one.number })
}

/// What is looked for: a name, a person's number, an HSA-id, a card's or an order's number, or a
/// Rek-id.
pub(crate) fn search() -> Value {
    object(&[("text", text())])
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    let name = object(&[
        ("given", nullable(&text())),
        ("middle", nullable(&text())),
        ("surname", text()),
        ("full", text()),
    ]);
    let post = object(&[
        ("hsa_id", text()),
        ("organisation", named("Reference")),
        ("unit", nullable(&text())),
        ("title", nullable(&text())),
        ("last_day", nullable(&day())),
    ]);
    let clock = object(&[
        ("rule", words::<DeadlineRule>()),
        ("kind", words::<DeadlineKind>()),
        ("thing", id()),
        ("day", day()),
        ("acts_at", moment()),
    ]);
    let hit = object(&[
        ("id", id()),
        ("name", nullable(&named("Name"))),
        ("number", nullable(&text())),
        ("protection", words::<Protection>()),
        ("posts", list(&named("Post"))),
    ]);
    vec![
        ("Clock", clock),
        ("Hit", hit),
        ("Name", name),
        ("Person", object(&[members(), page_members()].concat())),
        ("Post", post),
    ]
}

fn members() -> Vec<(&'static str, Value)> {
    vec![
        ("id", id()),
        ("name", named("Name")),
        ("number", text()),
        ("number_kind", words::<PersonNumberKind>()),
        ("mail", nullable(&text())),
        ("language", text()),
        ("protection", words::<Protection>()),
        ("test_person", flag()),
        ("posts", list(&named("Post"))),
    ]
}

fn page_members() -> Vec<(&'static str, Value)> {
    let photo = object(&[("id", id()), ("taken_on", day()), ("office", text())]);
    let may_order = object(&[("organisation", id()), ("order", named("Action"))]);
    let register = object(&[
        ("address", nullable(&list(&text()))),
        ("forwarded", flag()),
        ("deceased_on", nullable(&day())),
    ]);
    let outdated = object(&[("order", id()), ("name", flag()), ("number", flag())]);
    vec![
        ("register", nullable(&register)),
        ("outdated", list(&outdated)),
        ("photo", nullable(&photo)),
        ("cards_of_others", number()),
        ("clocks", list(&named("Clock"))),
        ("may_order", list(&may_order)),
    ]
}
