//! A photo beside the person: approved, or taken again. Approved, the order goes on by itself.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::{PhotoDecision, ShownPhoto};
use cards_app::{App, Failure};
use cards_domain::access::{Function, permit};
use cards_domain::ids::{OrderId, PhotoId};
use cards_domain::order::OrderStage;
use cards_domain::person::Subject;
use cards_domain::photo::{Photo, PhotoAction, PhotoApproval, PhotoFault, PhotoStage};
use cards_domain::refusal::Refusal;
use cards_http::{Fault, IdAdminSession, Notice, SignedForm};
use serde::Deserialize;
use strum::IntoEnumIterator;

use super::{picture_of, taken};
use crate::components::{
    Breadcrumbs, Button, ErrorSummary, Fact, Facts, Hidden, Link, Message, NextStep, PhotoFrame,
    Select, StateBadge,
};
use crate::id_admin::order_rows;
use crate::id_admin::parts::{self, Tick};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::text::Text;
use crate::{refusals, states};

const SEEN: &str = "handling";
const SAME: &str = "samma";
const FAULT: &str = "orsak";
const DECISION: &str = "beslut";
const APPROVE: &str = "godkann";
const AGAIN: &str = "ta-om";

/// What was ticked and which button was pressed.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::id_admin) struct Decided {
    beslut: Option<String>,
    #[serde(default)]
    handling: cards_http::Tick,
    #[serde(default)]
    samma: cards_http::Tick,
    orsak: Option<String>,
}

type Faults = Vec<(&'static str, String)>;

impl Decided {
    /// What the officer wants done, or what is missing and where.
    fn action(&self, t: Text) -> Result<PhotoAction, Faults> {
        if self.beslut.as_deref() == Some(AGAIN) {
            let fault = self.orsak.as_deref().and_then(|text| text.parse().ok());
            return fault
                .map(|fault: PhotoFault| PhotoAction::Reject { fault })
                .ok_or_else(|| vec![(FAULT, t.choose_photo_fault())]);
        }
        let seen = PhotoApproval {
            identity_seen: self.handling.is_set(),
            same_person: self.samma.is_set(),
        };
        let boxes = [
            (SEEN, seen.identity_seen, t.photo_tick_identity()),
            (SAME, seen.same_person, t.photo_tick_same()),
        ];
        let missing = boxes.into_iter().filter(|(_, is_ticked, _)| !is_ticked);
        let missing: Faults = missing.map(|(at, _, text)| (at, text)).collect();
        if missing.is_empty() {
            Ok(PhotoAction::Approve(seen))
        } else {
            Err(missing)
        }
    }
}

#[derive(Template)]
#[template(path = "id_admin/photo_decide.html")]
pub(in crate::id_admin) struct DecideView {
    frame: Frame,
    t: Text,
    path: Breadcrumbs,
    errors: ErrorSummary,
    refusal: Option<Message>,
    state: StateBadge,
    photo: Option<PhotoFrame>,
    form: Option<FormView>,
    next: Option<NextStep>,
    order: Link,
}

/// The two confirmations, or why it has to be taken again.
struct FormView {
    hidden: Hidden,
    action: String,
    seen: Tick,
    same: Tick,
    approve: Button,
    fault: Select,
    again: Button,
}

pub(in crate::id_admin) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    ids: web::Path<(OrderId, PhotoId)>,
) -> Result<HttpResponse, Fault> {
    let (call, ids) = (session.call(None), *ids);
    let (page, moment) = ask(&app, move |app, link| app.photo_decision(link, &call, ids)).await?;
    let setting = Setting::new(&session, &request, moment);
    may_decide(&setting, &page)?;
    ok(&view(&setting, &page, &Decided::default(), &[], None))
}

fn may_decide(s: &Setting, page: &PhotoDecision) -> Result<(), Fault> {
    let subject = Subject {
        person: page.person.person,
        protected: page.person.protection.is_protected(),
        organisations: vec![page.order.order.organisation],
    };
    permit(&s.actor, Function::ApprovePhoto, &subject).map_err(|no| Notice::Refused(no).into())
}

/// What came of the decision.
enum Outcome {
    Done(PhotoStage),
    Incomplete(Faults),
    Refused(Refusal),
}

pub(in crate::id_admin) async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    ids: web::Path<(OrderId, PhotoId)>,
    form: SignedForm<Decided>,
) -> Result<HttpResponse, Fault> {
    let (order, photo) = *ids;
    let (look, call) = (session.call(None), session.call(Some(form.fingerprint)));
    let t = crate::pages::text(session.language);
    let wanted = form.fields.action(t);
    let work = move |app: &App, link: &mut cards_app::Link| {
        let page = app.photo_decision(link, &look, (order, photo))?;
        let outcome = match wanted {
            Err(faults) => Outcome::Incomplete(faults),
            Ok(action) => match app.ledger.act::<Photo>(link, &call, photo.0, &action) {
                Ok(photo) => Outcome::Done(photo.stage),
                Err(Failure::Refused(refusal @ (Refusal::NotYourRole | Refusal::OwnCard))) => {
                    return Err(Failure::Refused(refusal));
                }
                Err(Failure::Refused(refusal)) => Outcome::Refused(refusal),
                Err(other) => return Err(other),
            },
        };
        Ok((page, outcome))
    };
    let ((page, outcome), moment) = ask(&app, work).await?;
    let s = Setting::new(&session, &request, moment);
    may_decide(&s, &page)?;
    let home = format!("/id-admin/bestallning/{order}/foto");
    match outcome {
        Outcome::Done(PhotoStage::Rejected) => Ok(see_other(home)),
        Outcome::Done(_) => Ok(see_other(format!("{home}/{photo}"))),
        Outcome::Incomplete(faults) => show_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &view(&s, &page, &form.fields, &faults, None),
        ),
        Outcome::Refused(refusal) => show_with(
            StatusCode::CONFLICT,
            &view(&s, &page, &form.fields, &[], Some(&refusal)),
        ),
    }
}

pub(in crate::id_admin) fn view(
    s: &Setting,
    page: &PhotoDecision,
    decided: &Decided,
    faults: &[(&'static str, String)],
    refusal: Option<&Refusal>,
) -> DecideView {
    let t = s.t;
    let order = &page.order.order;
    let (title, form, next) = match page.photo.stage {
        PhotoStage::Captured => (
            t.photo_compare_title(),
            Some(form(s, page, decided, faults)),
            None,
        ),
        PhotoStage::Approved => (t.photo_is_approved(), None, Some(onward(t, page))),
        PhotoStage::Rejected => (t.photo_is_rejected(), None, Some(again(t, page))),
    };
    let to_order = Link::new(t.order_is(&order.number), order_rows::address(order));
    DecideView {
        path: Breadcrumbs::new(
            t,
            vec![parts::back_to(t, &page.person), to_order.clone()],
            &title,
        ),
        frame: s.frame(title),
        t,
        errors: ErrorSummary::new(t, faults.iter().cloned()),
        refusal: refusal.map(|refusal| refusals::message(t, refusal).alert()),
        state: states::photo(page.photo.stage).badge(t).big(),
        photo: (page.photo.stage != PhotoStage::Rejected).then(|| frame(t, page)),
        form,
        next,
        order: to_order,
    }
}

/// The photo beside the name and the number.
fn frame(t: Text, page: &PhotoDecision) -> PhotoFrame {
    let sheet = &page.person;
    let shown = ShownPhoto {
        photo: page.photo.as_kept(),
        office_name: page.office_name.clone(),
    };
    let mut facts = Vec::new();
    if !sheet.protection.is_protected() {
        facts.push(Fact::plain(t.number(), sheet.number.to_string()));
    }
    facts.push(Fact::plain(t.unit(), parts::work(&sheet.posts)));
    let frame = PhotoFrame::new(t, picture_of(t, sheet, &shown), parts::shown_name(t, sheet));
    let frame = frame.facts(Facts::new(facts)).line(taken(t, &shown));
    match page.photo.stage {
        PhotoStage::Captured => frame.line(t.photo_compare_how()),
        PhotoStage::Approved | PhotoStage::Rejected => frame,
    }
}

fn form(
    s: &Setting,
    page: &PhotoDecision,
    decided: &Decided,
    faults: &[(&'static str, String)],
) -> FormView {
    let t = s.t;
    let error = |field: &str| {
        let fault = faults.iter().find(|(at, _)| *at == field);
        fault.map(|(_, text)| text.clone())
    };
    let rows = std::iter::once((String::new(), t.choose_photo_fault())).chain(
        PhotoFault::iter().map(|fault| {
            let name: &str = fault.into();
            (name.to_owned(), capital(&states::photo_fault(t, fault)))
        }),
    );
    let home = order_rows::address(&page.order.order);
    FormView {
        hidden: s.hidden.clone(),
        action: format!("{home}/foto/{}", page.photo.id),
        seen: Tick::new(
            SEEN,
            t.photo_identity_question(),
            t.photo_identity_seen(),
            decided.handling.is_set(),
        )
        .error(error(SEEN)),
        same: Tick::new(
            SAME,
            t.photo_same_question(),
            t.photo_same_person(),
            decided.samma.is_set(),
        )
        .error(error(SAME)),
        approve: Button::submit(t.photo_approve())
            .sending(DECISION, APPROVE)
            .large(),
        fault: Select::new(FAULT, t.photo_fault_question(), rows)
            .chosen(decided.orsak.clone().unwrap_or_default())
            .error(error(FAULT)),
        again: Button::submit(t.photo_again())
            .sending(DECISION, AGAIN)
            .secondary(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The order goes on by itself; what is left is to say so.
fn onward(t: Text, page: &PhotoDecision) -> NextStep {
    let order = &page.order.order;
    let means = match order.stage {
        OrderStage::AwaitingPhoto | OrderStage::ReadyToSend | OrderStage::AwaitingPrerequisites => {
            t.photo_approved_waits()
        }
        OrderStage::Draft
        | OrderStage::SentToManufacturer
        | OrderStage::Produced
        | OrderStage::Dispatched
        | OrderStage::Fulfilled => t.photo_approved_means(&page.order.office.name),
        OrderStage::Cancelled
        | OrderStage::Rejected
        | OrderStage::ReplacedUndelivered
        | OrderStage::ActivationExpired => t.photo_approved_order_over(),
    };
    let go = Button::link(t.back_to_the_person(), parts::person_address(&page.person));
    NextStep::new(t.photo_nothing_left(), means, go)
}

fn again(t: Text, page: &PhotoDecision) -> NextStep {
    let to = format!("{}/foto", order_rows::address(&page.order.order));
    NextStep::new(
        t.next_photo(),
        t.next_photo_means(),
        Button::link(t.take_photo(), to),
    )
}
