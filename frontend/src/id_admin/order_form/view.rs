//! How the order form looks: its questions, the workplace's routine, and the address that cannot be
//! changed.

use askama::Template;
use cards_app::queries::{OrderForm, Orderer};
use cards_domain::ids::PersonId;
use cards_domain::product::Product;
use cards_domain::refusal::Refusal;

use super::{Chosen, Offered, parsed};
use crate::components::{
    Breadcrumbs, Button, Choice, Choices, ErrorSummary, Hidden, Link, Message, Select,
};
use crate::id_admin::parts::{self, Tick};
use crate::layout::Frame;
use crate::pages::Setting;
use crate::refusals;
use crate::text::{Lang, Text};

#[derive(Template)]
#[template(path = "id_admin/order_form.html")]
pub(in crate::id_admin) struct OrderFormView {
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

pub(in crate::id_admin) fn view(
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
    let first = offered
        .verdicts
        .iter()
        .find_map(|(_, verdict)| verdict.clone().err());
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
    let error = |field: &str| {
        errors
            .iter()
            .find(|(at, _)| *at == field)
            .map(|(_, text)| text.clone())
    };
    let form = &offered.form;
    FormView {
        hidden: s.hidden.clone(),
        organisations: organisations(t, offered, chosen).error(error("organisation")),
        routines: form
            .organisations
            .iter()
            .map(|orderer| routine(t, orderer))
            .collect(),
        routine_read: Tick::new(
            "rutin",
            t.routine(),
            t.routine_read(),
            chosen.rutin.is_set(),
        )
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
            Some(refusal) => {
                Choice::rejected(&orderer.sheet.name, refusals::refusal_text(t, refusal).0)
            }
            None => Choice::answer(orderer.id.to_string(), &orderer.sheet.name),
        }
    });
    let open: Vec<_> = offered
        .verdicts
        .iter()
        .filter(|(_, verdict)| verdict.is_ok())
        .collect();
    let only = match open.as_slice() {
        [(id, _)] => Some(*id),
        _ => None,
    };
    let choices = Choices::new("organisation", t.for_which_organisation(), rows.collect());
    let choices = choices.hint(t.for_which_organisation_hint());
    match parsed(chosen.organisation.as_ref()).or(only) {
        Some(id) => choices.chosen(id.to_string()),
        None => choices,
    }
}

pub(in crate::id_admin) fn routine(t: Text, orderer: &Orderer) -> Message {
    let policy = &orderer.sheet.policy;
    let text = match t.lang() {
        Lang::Sv => policy.routine_sv.clone(),
        Lang::En => policy
            .routine_en
            .clone()
            .or_else(|| policy.routine_sv.clone()),
    };
    let message = Message::info(
        t.routine_at(&orderer.sheet.name),
        text.unwrap_or_else(|| t.routine_missing()),
    );
    let ask = [
        &policy.contact_name,
        &policy.contact_phone,
        &policy.contact_mail,
    ];
    let ask: Vec<&str> = ask.into_iter().filter_map(|part| part.as_deref()).collect();
    if ask.is_empty() {
        message
    } else {
        message.and(t.routine_ask(ask.join(", ")))
    }
}

fn products(t: Text, form: &OrderForm, chosen: &Chosen) -> Choices {
    let rows = form.products.iter().map(|product| {
        let hint = valid_at_most(t, product);
        let number = product.number.as_ref().map(|number| format!(" · {number}"));
        let label = format!("{}{}", product.name, number.unwrap_or_default());
        Choice::explained(product.id.to_string(), label, hint)
    });
    let only = match form.products.as_slice() {
        [product] => Some(product.id),
        _ => None,
    };
    let choices = Choices::new("kort", t.which_card(), rows.collect());
    match parsed(chosen.kort.as_ref()).or(only) {
        Some(id) => choices.chosen(id.to_string()),
        None => choices,
    }
}

fn valid_at_most(t: Text, product: &Product) -> String {
    let months = product.validity_months.to_string();
    match (product.has_photo, product.sis_marked) {
        (true, true) => t.valid_at_most_sis(months),
        (true, false) => t.valid_at_most_with_photo(months),
        (false, _) => t.valid_at_most(months),
    }
}

fn offices(t: Text, form: &OrderForm, chosen: &Chosen) -> Select {
    let offices = form
        .offices
        .iter()
        .map(|office| (office.id.to_string(), office.name.clone()));
    let rows = std::iter::once((String::new(), t.choose_office())).chain(offices);
    let select = Select::new("kontor", t.which_office(), rows).hint(t.which_office_hint());
    match parsed(chosen.kontor.as_ref()).or(form.own_office) {
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
    answer
        .and_then(|answer| answer.address.as_ref())
        .map(|address| address.lines())
        .unwrap_or_default()
}
