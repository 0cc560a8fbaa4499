//! Ordering an ordinary card: for which organisation, which card, to which office, by which post.
//! One with a photo then waits until it is taken. The address comes from the population register and cannot be changed here.

mod view;

use std::str::FromStr;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use cards_app::queries::OrderForm;
use cards_app::{App, Call, Failure, Link as Db};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{OfficeId, OrderId, OrganisationId, PersonId, ProductId};
use cards_domain::order::{Order, OrderRequest};
use cards_domain::refusal::Refusal;
use cards_http::{Fault, IdAdminSession, SignedForm};
use serde::Deserialize;

use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::refusals;
use crate::text::Text;

pub(super) use view::{routine, view};

/// What the officer has chosen, as it was sent: an id that cannot be read counts as no answer.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Chosen {
    organisation: Option<String>,
    kort: Option<String>,
    kontor: Option<String>,
    satt: Option<String>,
    #[serde(default)]
    rutin: cards_http::Tick,
}

fn parsed<T: FromStr>(text: Option<&String>) -> Option<T> {
    text.and_then(|text| text.parse().ok())
}

/// The form, and for each organisation whether an order would be accepted.
pub(super) struct Offered {
    pub(super) form: OrderForm,
    pub(super) verdicts: Vec<(OrganisationId, Result<(), Refusal>)>,
}

pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<PersonId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (offered, moment) = ask(&app, move |app, link| offer(app, link, &call, id)).await?;
    let setting = Setting::new(&session, &request, moment);
    ok(&view(&setting, &offered, &Chosen::default(), &[], None))
}

/// What was asked for and what came of it.
enum Outcome {
    Ordered(OrderId),
    Incomplete(Vec<(&'static str, String)>),
    Refused(Refusal),
}

pub(super) async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<PersonId>,
    form: SignedForm<Chosen>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(Some(form.fingerprint)), *id);
    let (chosen, t) = (form.fields.clone(), crate::pages::text(session.language));
    let work = move |app: &App, link: &mut Db| {
        let outcome = place(app, link, &call, id, &chosen, t)?;
        Ok((offer(app, link, &call, id)?, outcome))
    };
    let ((offered, outcome), moment) = ask(&app, work).await?;
    let s = Setting::new(&session, &request, moment);
    match outcome {
        Outcome::Ordered(order) => Ok(see_other(format!("/id-admin/bestallning/{order}"))),
        Outcome::Incomplete(errors) => show_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &view(&s, &offered, &form.fields, &errors, None),
        ),
        Outcome::Refused(refusal) => {
            let errors = at_field(t, &refusal);
            let status = if errors.is_empty() {
                StatusCode::CONFLICT
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            let message = errors.is_empty().then_some(&refusal);
            show_with(status, &view(&s, &offered, &form.fields, &errors, message))
        }
    }
}

fn place(
    app: &App,
    link: &mut Db,
    call: &Call,
    person: PersonId,
    chosen: &Chosen,
    t: Text,
) -> Result<Outcome, Failure> {
    let request = match wanted(OrderId(link.new_id()), person, chosen, t) {
        Ok(request) => request,
        Err(errors) => return Ok(Outcome::Incomplete(errors)),
    };
    match app.place_order(link, call, &request) {
        Ok(order) => Ok(Outcome::Ordered(order.id)),
        Err(Failure::Refused(refusal)) => Ok(Outcome::Refused(refusal)),
        Err(Failure::NotFound) => not_offered(app, link, call, &request, t),
        Err(other) => Err(other),
    }
}

/// An office or an organisation that the form does not offer stands at its field, as one that was
/// not chosen does. That there is no such person is told as everywhere.
fn not_offered(
    app: &App,
    link: &mut Db,
    call: &Call,
    request: &OrderRequest,
    t: Text,
) -> Result<Outcome, Failure> {
    let form = app.order_form(link, call, request.person)?;
    let has_office = form.offices.iter().any(|one| one.id == request.office);
    let mut organisations = form.organisations.iter();
    let has_organisation = organisations.any(|one| one.id == request.organisation);
    let mut errors = Vec::new();
    if !has_organisation {
        errors.push(("organisation", t.choose_organisation()));
    }
    if !has_office {
        errors.push(("kontor", t.choose_office()));
    }
    if errors.is_empty() {
        return Err(Failure::NotFound);
    }
    Ok(Outcome::Incomplete(errors))
}

/// What was asked for, or what is missing and where.
fn wanted(
    id: OrderId,
    person: PersonId,
    chosen: &Chosen,
    t: Text,
) -> Result<OrderRequest, Vec<(&'static str, String)>> {
    let organisation = parsed::<OrganisationId>(chosen.organisation.as_ref());
    let product = parsed::<ProductId>(chosen.kort.as_ref());
    let office = parsed::<OfficeId>(chosen.kontor.as_ref());
    let method = parsed::<DeliveryMethod>(chosen.satt.as_ref());
    let (Some(organisation), Some(product), Some(office), Some(method)) =
        (organisation, product, office, method)
    else {
        let missing = [
            (
                "organisation",
                organisation.is_none(),
                t.choose_organisation(),
            ),
            ("kort", product.is_none(), t.choose_card_kind()),
            ("kontor", office.is_none(), t.choose_office()),
            ("satt", method.is_none(), t.choose_method()),
            ("rutin", !chosen.rutin.is_set(), unread(t)),
        ];
        let missing = missing.into_iter().filter(|(_, is_missing, _)| *is_missing);
        return Err(missing.map(|(field, _, text)| (field, text)).collect());
    };
    Ok(OrderRequest {
        id,
        person,
        organisation,
        product,
        office,
        method,
        routine_confirmed: chosen.rutin.is_set(),
        replaces: None,
    })
}

/// What the rules will say of a routine that was not read, told together with what lacks.
fn unread(t: Text) -> String {
    refusals::sentence(t, &Refusal::RoutineNotConfirmed)
}

/// The place of a refusal that one answer can mend.
fn at_field(t: Text, refusal: &Refusal) -> Vec<(&'static str, String)> {
    let field = match refusal {
        Refusal::RoutineNotConfirmed => "rutin",
        Refusal::ProductNotOrderable | Refusal::PhotoNeeded => "kort",
        Refusal::NoPost => "organisation",
        _ => return Vec::new(),
    };
    vec![(field, refusals::sentence(t, refusal))]
}

/// The form, with the answer that a perfect order would get for each organisation.
fn offer(app: &App, link: &mut Db, call: &Call, person: PersonId) -> Result<Offered, Failure> {
    let form = app.order_form(link, call, person)?;
    let mut verdicts = Vec::new();
    if let (Some(product), Some(office)) = (form.products.first(), form.offices.first()) {
        for orderer in &form.organisations {
            let request = OrderRequest {
                id: OrderId(link.new_id()),
                person,
                organisation: orderer.id,
                product: product.id,
                office: office.id,
                method: DeliveryMethod::APost,
                routine_confirmed: true,
                replaces: None,
            };
            let verdict = match app.ledger.could_begin::<Order>(link, &call.actor, &request) {
                Ok(()) => Ok(()),
                Err(Failure::Refused(refusal)) => Err(refusal),
                Err(other) => return Err(other),
            };
            verdicts.push((orderer.id, verdict));
        }
    }
    Ok(Offered { form, verdicts })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::text::Lang;

    fn missing(chosen: &Chosen) -> Vec<&'static str> {
        let (id, person) = (OrderId(Uuid::nil()), PersonId(Uuid::nil()));
        let faults = wanted(id, person, chosen, Text::of(Lang::Sv))
            .err()
            .unwrap_or_default();
        faults.into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn every_question_without_an_answer_is_named_at_once() {
        assert_eq!(
            missing(&Chosen::default()),
            ["organisation", "kort", "kontor", "satt", "rutin"]
        );
    }

    #[test]
    fn an_empty_or_unknown_choice_is_no_answer_and_a_routine_alone_is_left_to_the_rules() {
        let id = Uuid::from_u128(1).to_string();
        let chosen = Chosen {
            organisation: Some(id.clone()),
            kort: Some(id),
            kontor: Some(String::new()),
            satt: Some("brevduva".into()),
            rutin: cards_http::Tick::default(),
        };
        assert_eq!(missing(&chosen), ["kontor", "satt", "rutin"]);
        let chosen = Chosen {
            kontor: Some(Uuid::from_u128(2).to_string()),
            satt: Some("rek".into()),
            ..chosen
        };
        assert!(missing(&chosen).is_empty());
    }

    #[test]
    fn a_routine_that_was_not_read_stands_at_its_box_and_a_dead_person_over_the_form() {
        let t = Text::of(Lang::Sv);
        assert_eq!(
            at_field(t, &Refusal::RoutineNotConfirmed)
                .first()
                .unwrap()
                .0,
            "rutin"
        );
        assert!(at_field(t, &Refusal::Deceased).is_empty());
    }
}
