//! Ordering an ordinary card without photo: for which organisation, which card, to which office,
//! by which post. The address comes from the population register and cannot be changed here.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::{OrderForm, Orderer};
use cards_app::{App, Call, Failure, Link as Db};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{OfficeId, OrderId, OrganisationId, PersonId, ProductId};
use cards_domain::order::{Order, OrderRequest};
use cards_domain::refusal::Refusal;
use cards_http::{Fault, IdAdminSession, SignedForm};
use serde::Deserialize;

use super::parts::{self, Tick};
use crate::components::{
    Breadcrumbs, Button, Choice, Choices, ErrorSummary, Hidden, Link, Message, Select,
};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::refusals;
use crate::text::{Lang, Text};

/// What the officer has chosen.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Chosen {
    organisation: Option<OrganisationId>,
    kort: Option<ProductId>,
    kontor: Option<OfficeId>,
    satt: Option<String>,
    rutin: Option<String>,
}

/// The form, and for each organisation whether an order would be accepted.
pub(super) struct Offered {
    pub(super) form: OrderForm,
    pub(super) verdicts: Vec<(OrganisationId, Result<(), Refusal>)>,
}

#[derive(Template)]
#[template(path = "id_admin/order_form.html")]
pub(super) struct OrderFormView {
    frame: Frame,
    t: Text,
    path: Breadcrumbs,
    errors: ErrorSummary,
    refusal: Option<Message>,
    form: Option<FormView>,
    action: String,
    back: Link,
}

/// The form itself; left out when no order is possible.
struct FormView {
    hidden: Hidden,
    organisations: Choices,
    routines: Vec<Message>,
    routine_read: Tick,
    products: Choices,
    offices: Select,
    methods: Choices,
    address: Vec<String>,
    send: Button,
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
        Outcome::Incomplete(errors) => {
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&s, &offered, &form.fields, &errors, None))
        }
        Outcome::Refused(refusal) => {
            let errors = at_field(t, &refusal);
            let status = if errors.is_empty() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
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
    match app.ledger.begin::<Order>(link, call, &request) {
        Ok(order) => Ok(Outcome::Ordered(order.id)),
        Err(Failure::Refused(refusal)) => Ok(Outcome::Refused(refusal)),
        Err(other) => Err(other),
    }
}

/// What was asked for, or what is missing and where.
fn wanted(
    id: OrderId,
    person: PersonId,
    chosen: &Chosen,
    t: Text,
) -> Result<OrderRequest, Vec<(&'static str, String)>> {
    let method = chosen.satt.as_deref().and_then(|method| method.parse::<DeliveryMethod>().ok());
    let (Some(organisation), Some(product), Some(office), Some(method)) =
        (chosen.organisation, chosen.kort, chosen.kontor, method)
    else {
        let missing = [
            ("organisation", chosen.organisation.is_none(), t.choose_organisation()),
            ("kort", chosen.kort.is_none(), t.choose_card_kind()),
            ("kontor", chosen.kontor.is_none(), t.choose_office()),
            ("satt", method.is_none(), t.choose_method()),
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
        routine_confirmed: chosen.rutin.is_some(),
    })
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

pub(super) fn view(
    s: &Setting,
    offered: &Offered,
    chosen: &Chosen,
    errors: &[(&'static str, String)],
    refusal: Option<&Refusal>,
) -> OrderFormView {
    let t = s.t;
    let person = &offered.form.person;
    let refusal = refusal.cloned().or_else(|| impossible(offered));
    let is_possible = offered.verdicts.iter().any(|(_, verdict)| verdict.is_ok());
    let title = t.order_card_to(parts::shown_name(t, person));
    OrderFormView {
        path: Breadcrumbs::new(t, vec![parts::back_to(t, person)], t.order_card()),
        frame: s.frame(title),
        t,
        errors: ErrorSummary::new(t, errors.iter().cloned()),
        refusal: refusal.map(|refusal| message(t, person.person, &refusal)),
        form: is_possible.then(|| form(s, offered, chosen, errors)),
        action: format!("{}/bestall", parts::person_address(person)),
        back: parts::back_to(t, person),
    }
}

/// Why nobody here can order for the person.
fn impossible(offered: &Offered) -> Option<Refusal> {
    if offered.verdicts.iter().any(|(_, verdict)| verdict.is_ok()) {
        return None;
    }
    let first = offered.verdicts.iter().find_map(|(_, verdict)| verdict.clone().err());
    Some(first.unwrap_or(Refusal::NoPost))
}

fn message(t: Text, person: PersonId, refusal: &Refusal) -> Message {
    let message = refusals::message(t, refusal).alert();
    let way = match refusal {
        Refusal::RegisterSilent => {
            Link::new(t.try_again(), format!("/id-admin/person/{person}/bestall"))
        }
        _ => Link::new(t.back_to_the_person(), format!("/id-admin/person/{person}")),
    };
    message.link(way)
}

fn form(
    s: &Setting,
    offered: &Offered,
    chosen: &Chosen,
    errors: &[(&'static str, String)],
) -> FormView {
    let t = s.t;
    let error = |field: &str| errors.iter().find(|(at, _)| *at == field).map(|(_, text)| text.clone());
    let form = &offered.form;
    FormView {
        hidden: s.hidden.clone(),
        organisations: organisations(t, offered, chosen).error(error("organisation")),
        routines: form.organisations.iter().map(|orderer| routine(t, orderer)).collect(),
        routine_read: Tick::new("rutin", t.routine(), t.routine_read(), chosen.rutin.is_some())
            .error(error("rutin")),
        products: products(t, form, chosen).error(error("kort")),
        offices: offices(t, form, chosen).error(error("kontor")),
        methods: methods(t, chosen).error(error("satt")),
        address: address(t, form),
        send: Button::submit(t.order_the_card()).large(),
    }
}

fn organisations(t: Text, offered: &Offered, chosen: &Chosen) -> Choices {
    let rows = offered.form.organisations.iter().map(|orderer| {
        let refused = offered.verdicts.iter().find(|(id, _)| *id == orderer.id);
        match refused.and_then(|(_, verdict)| verdict.as_ref().err()) {
            Some(refusal) => Choice::rejected(&orderer.sheet.name, refusals::refusal_text(t, refusal).0),
            None => Choice::answer(orderer.id.to_string(), &orderer.sheet.name),
        }
    });
    let open: Vec<_> = offered.verdicts.iter().filter(|(_, verdict)| verdict.is_ok()).collect();
    let only = match open.as_slice() {
        [(id, _)] => Some(*id),
        _ => None,
    };
    let choices = Choices::new("organisation", t.for_which_organisation(), rows.collect());
    let choices = choices.hint(t.for_which_organisation_hint());
    match chosen.organisation.or(only) {
        Some(id) => choices.chosen(id.to_string()),
        None => choices,
    }
}

fn routine(t: Text, orderer: &Orderer) -> Message {
    let policy = &orderer.sheet.policy;
    let text = match t.lang() {
        Lang::Sv => policy.routine_sv.clone(),
        Lang::En => policy.routine_en.clone().or_else(|| policy.routine_sv.clone()),
    };
    let message = Message::info(
        t.routine_at(&orderer.sheet.name),
        text.unwrap_or_else(|| t.routine_missing()),
    );
    let ask = [&policy.contact_name, &policy.contact_phone, &policy.contact_mail];
    let ask: Vec<&str> = ask.into_iter().filter_map(|part| part.as_deref()).collect();
    if ask.is_empty() { message } else { message.and(t.routine_ask(ask.join(", "))) }
}

fn products(t: Text, form: &OrderForm, chosen: &Chosen) -> Choices {
    let rows = form.products.iter().map(|product| {
        let hint = t.valid_at_most(product.validity_months.to_string());
        let number = product.number.as_ref().map(|number| format!(" · {number}"));
        let label = format!("{}{}", product.name, number.unwrap_or_default());
        Choice::explained(product.id.to_string(), label, hint)
    });
    let only = match form.products.as_slice() {
        [product] => Some(product.id),
        _ => None,
    };
    let choices = Choices::new("kort", t.which_card(), rows.collect());
    match chosen.kort.or(only) {
        Some(id) => choices.chosen(id.to_string()),
        None => choices,
    }
}

fn offices(t: Text, form: &OrderForm, chosen: &Chosen) -> Select {
    let offices = form.offices.iter().map(|office| (office.id.to_string(), office.name.clone()));
    let rows = std::iter::once((String::new(), t.choose_office())).chain(offices);
    let select = Select::new("kontor", t.which_office(), rows).hint(t.which_office_hint());
    match chosen.kontor.or(form.own_office) {
        Some(id) => select.chosen(id.to_string()),
        None => select,
    }
}

fn methods(t: Text, chosen: &Chosen) -> Choices {
    let rows = vec![
        Choice::explained("a_post", t.method_a_post(), t.method_a_post_hint()),
        Choice::explained("rek", t.method_rek(), t.method_rek_hint()),
    ];
    let choices = Choices::new("satt", t.which_method(), rows);
    choices.chosen(chosen.satt.clone().unwrap_or_default())
}

/// Where the card goes. A protected person's address is the Tax Agency's forwarding, and is left
/// out all the same.
fn address(t: Text, form: &OrderForm) -> Vec<String> {
    if form.person.protection.is_protected() {
        return vec![t.address_forwarded()];
    }
    let answer = form.register.as_ref();
    answer.and_then(|answer| answer.address.as_ref()).map(|address| address.lines()).unwrap_or_default()
}
