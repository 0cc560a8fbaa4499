//! Ordering anew in place of a card that did not come as it should. Source text S3: ordinary mail
//! after 30 days, without a new photo; the first card is revoked in the same moment.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::AnewPage;
use cards_app::{App, Call, Failure, Link as Db};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::OrderId;
use cards_domain::order::{OrderRequest, Replacement, Told};
use cards_domain::refusal::Refusal;
use cards_http::{Fault, IdAdminSession, SignedForm};
use serde::Deserialize;

use super::order_form::routine;
use super::parts::Tick;
use super::{order_rows, parts};
use crate::components::{
    Breadcrumbs, Button, Choice, Choices, ErrorSummary, Hidden, Link, Message,
};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::refusals;
use crate::text::Text;

/// What the officer has answered, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Answers {
    hant: Option<String>,
    satt: Option<String>,
    #[serde(default)]
    rutin: cards_http::Tick,
}

type Errors = Vec<(&'static str, String)>;

#[derive(Template)]
#[template(path = "id_admin/anew.html")]
pub(super) struct AnewView {
    frame: Frame,
    t: Text,
    path: Breadcrumbs,
    errors: ErrorSummary,
    refusal: Option<Message>,
    form: Option<FormView>,
    back: Link,
}

struct FormView {
    action: String,
    hidden: Hidden,
    told: Choices,
    methods: Choices,
    routine: Option<Message>,
    routine_read: Tick,
    consequences: Vec<String>,
    send: Button,
}

pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<OrderId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.anew_page(link, &call, id)).await?;
    let setting = Setting::new(&session, &request, moment);
    ok(&view(&setting, &page, &Answers::default(), &[], None))
}

enum Outcome {
    Ordered(OrderId),
    Incomplete(Errors),
    Refused(Refusal),
}

pub(super) async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<OrderId>,
    form: SignedForm<Answers>,
) -> Result<HttpResponse, Fault> {
    let (look, call, id) = (
        session.call(None),
        session.call(Some(form.fingerprint)),
        *id,
    );
    let (answers, t) = (form.fields.clone(), crate::pages::text(session.language));
    let work = move |app: &App, link: &mut Db| {
        let page = app.anew_page(link, &look, id)?;
        let outcome = place(app, link, &call, &page, &answers, t)?;
        // The page as it stands after what was tried.
        Ok((page, outcome))
    };
    let ((page, outcome), moment) = ask(&app, work).await?;
    let s = Setting::new(&session, &request, moment);
    match outcome {
        Outcome::Ordered(order) => Ok(see_other(format!("/id-admin/bestallning/{order}"))),
        Outcome::Incomplete(errors) => show_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &view(&s, &page, &form.fields, &errors, None),
        ),
        Outcome::Refused(refusal) => {
            let errors = at_field(t, &refusal);
            let status = if errors.is_empty() {
                StatusCode::CONFLICT
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            let message = errors.is_empty().then_some(&refusal);
            show_with(status, &view(&s, &page, &form.fields, &errors, message))
        }
    }
}

fn place(
    app: &App,
    link: &mut Db,
    call: &Call,
    page: &AnewPage,
    answers: &Answers,
    t: Text,
) -> Result<Outcome, Failure> {
    let told: Option<Told> = answers.hant.as_deref().and_then(|told| told.parse().ok());
    let method: Option<DeliveryMethod> = answers
        .satt
        .as_deref()
        .and_then(|method| method.parse().ok());
    let (Some(told), Some(method)) = (told, method) else {
        let missing = [
            ("hant", told.is_none(), t.choose_what_happened()),
            ("satt", method.is_none(), t.choose_method()),
            (
                "rutin",
                !answers.rutin.is_set(),
                refusals::sentence(t, &Refusal::RoutineNotConfirmed),
            ),
        ];
        let missing = missing.into_iter().filter(|(_, is_missing, _)| *is_missing);
        let errors = missing.map(|(field, _, text)| (field, text)).collect();
        return Ok(Outcome::Incomplete(errors));
    };
    let order = &page.order.order.sheet.order;
    let request = OrderRequest {
        id: OrderId(link.new_id()),
        person: order.person,
        organisation: order.organisation,
        product: order.product,
        office: order.office,
        method,
        routine_confirmed: answers.rutin.is_set(),
        replaces: Some(Replacement {
            order: order.id,
            told,
        }),
    };
    match app.place_order(link, call, &request) {
        Ok(order) => Ok(Outcome::Ordered(order.id)),
        Err(Failure::Refused(refusal)) => Ok(Outcome::Refused(refusal)),
        Err(other) => Err(other),
    }
}

/// The place of a refusal that one answer can mend.
fn at_field(t: Text, refusal: &Refusal) -> Errors {
    let field = match refusal {
        Refusal::RoutineNotConfirmed => "rutin",
        Refusal::ThirdLetter => "satt",
        Refusal::UndeliveredTooSoon { .. }
        | Refusal::RekNotPostedYet { .. }
        | Refusal::UndeliveredTraceable { .. }
        | Refusal::DeliveryEnded
        | Refusal::OrderAtManufacturer => "hant",
        _ => return Vec::new(),
    };
    vec![(field, refusals::sentence(t, refusal))]
}

pub(super) fn view(
    s: &Setting,
    page: &AnewPage,
    answers: &Answers,
    errors: &[(&'static str, String)],
    refusal: Option<&Refusal>,
) -> AnewView {
    let t = s.t;
    let order = &page.order.order.sheet.order;
    let is_possible = page.told.iter().any(|(_, verdict)| verdict.is_ok());
    // Where nothing is possible, the ordinary answer tells why.
    let never = page
        .told
        .iter()
        .find_map(|(_, verdict)| verdict.as_ref().err())
        .filter(|_| !is_possible);
    let title = t.anew_title(&order.number);
    let back = Link::new(t.order_is(&order.number), order_rows::address(order));
    AnewView {
        path: Breadcrumbs::new(
            t,
            vec![parts::back_to(t, &page.order.person), back.clone()],
            t.order_anew(),
        ),
        frame: s.frame(title),
        t,
        errors: ErrorSummary::new(t, errors.iter().cloned()),
        refusal: refusal
            .or(never)
            .map(|refusal| refusals::message(t, refusal).alert()),
        form: is_possible.then(|| form(s, page, answers, errors)),
        back,
    }
}

fn form(
    s: &Setting,
    page: &AnewPage,
    answers: &Answers,
    errors: &[(&'static str, String)],
) -> FormView {
    let t = s.t;
    let error = |field: &str| {
        let mut found = errors.iter().filter(|(at, _)| *at == field);
        found.next().map(|(_, text)| text.clone())
    };
    let order = &page.order.order.sheet.order;
    let orderer = page
        .form
        .organisations
        .iter()
        .find(|orderer| orderer.id == order.organisation);
    FormView {
        action: format!("{}/bestall-nytt", order_rows::address(order)),
        hidden: s.hidden.clone(),
        told: told(t, page, answers).error(error("hant")),
        methods: methods(t, page, answers).error(error("satt")),
        routine: orderer.map(|orderer| routine(t, orderer)),
        routine_read: Tick::new(
            "rutin",
            t.routine(),
            t.routine_read(),
            answers.rutin.is_set(),
        )
        .error(error("rutin")),
        consequences: consequences(t, page),
        send: Button::submit(t.order_new_card()).large(),
    }
}

fn told(t: Text, page: &AnewPage, answers: &Answers) -> Choices {
    let rows = page.told.iter().map(|(told, verdict)| {
        let value: &'static str = told.into();
        let label = match told {
            Told::NotArrived => t.anew_not_arrived(),
            Told::EnvelopeOpened => t.anew_envelope_opened(),
            Told::CardDamaged => t.anew_card_damaged(),
        };
        match verdict {
            Ok(()) => Choice::answer(value, label),
            Err(refusal) => Choice::rejected(label, refusals::sentence(t, refusal)),
        }
    });
    let open: Vec<_> = page
        .told
        .iter()
        .filter(|(_, verdict)| verdict.is_ok())
        .collect();
    let only = match open.as_slice() {
        [(told, _)] => Some(<&str>::from(told).to_owned()),
        _ => None,
    };
    let choices = Choices::new("hant", t.what_happened(), rows.collect());
    match answers.hant.clone().or(only) {
        Some(chosen) => choices.chosen(chosen),
        None => choices,
    }
}

/// After two in a row the ordinary letter is shown as what it is: not accepted.
fn methods(t: Text, page: &AnewPage, answers: &Answers) -> Choices {
    let rek = Choice::explained("rek", t.method_rek(), t.method_rek_hint());
    let rows = if page.is_third {
        vec![
            rek,
            Choice::explained("to_office", t.method_to_office(), t.method_to_office_hint()),
            Choice::rejected(
                t.method_a_post(),
                refusals::sentence(t, &Refusal::ThirdLetter),
            ),
        ]
    } else {
        vec![
            Choice::explained("a_post", t.method_a_post(), t.method_a_post_hint()),
            rek,
        ]
    };
    Choices::new("satt", t.which_method(), rows).chosen(answers.satt.clone().unwrap_or_default())
}

/// What the click does, said before it is made.
fn consequences(t: Text, page: &AnewPage) -> Vec<String> {
    let order = &page.order.order;
    let photo = match (&page.photo, order.sheet.product.has_photo) {
        (Some(photo), true) => Some(t.anew_stored_photo(t.day(photo.taken_on))),
        (None, true) => Some(t.anew_new_photo()),
        (_, false) => None,
    };
    [Some(t.anew_revokes()), photo, Some(t.anew_cut())]
        .into_iter()
        .flatten()
        .collect()
}
