//! The card with the wrong print is revoked: what is left to do at once, and which orders may have
//! been mixed up with it.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::queries::{Misprint, NearOrder};
use cards_domain::card::{CardActionName, CardStage, Custody, RevocationReason};
use cards_domain::ids::CardId;
use cards_http::{Fault, IdAdminSession};

use crate::components::{Button, CardPicture, Icon, Link, StateBadge, Task, TaskList, Tone};
use crate::id_admin::parts;
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other};
use crate::states;
use crate::text::Text;

#[derive(Template)]
#[template(path = "id_admin/photo_misprint_done.html")]
pub(in crate::id_admin) struct DoneView {
    frame: Frame,
    t: Text,
    drawing: CardPicture,
    state: StateBadge,
    number: String,
    tasks: TaskList,
    cut: Option<Button>,
    order: Button,
    neighbours: Option<NeighboursView>,
    back: Link,
}

/// Orders to look through.
struct NeighboursView {
    lead: String,
    rows: Vec<(Link, String, Option<String>)>,
    others: Option<String>,
}

pub(in crate::id_admin) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (misprint, moment) = ask(&app, move |app, link| app.misprint(link, &call, id)).await?;
    match reason(&misprint) {
        Some(reason) => ok(&view(
            &Setting::new(&session, &request, moment),
            &misprint,
            reason,
        )),
        None => Ok(see_other(parts::person_address(&misprint.page.person))),
    }
}

/// Why the card was revoked, if what was printed on it was wrong.
fn reason(misprint: &Misprint) -> Option<RevocationReason> {
    match misprint.page.card.sheet.card.stage {
        CardStage::Revoked { reason, .. }
            if matches!(
                reason,
                RevocationReason::WronglyIssued | RevocationReason::DataWrong
            ) =>
        {
            Some(reason)
        }
        CardStage::Revoked { .. }
        | CardStage::Ordered
        | CardStage::Sent { .. }
        | CardStage::UnlockedUnsigned { .. }
        | CardStage::Active { .. }
        | CardStage::Expired { .. } => None,
    }
}

pub(in crate::id_admin) fn view(
    s: &Setting,
    misprint: &Misprint,
    reason: RevocationReason,
) -> DoneView {
    let t = s.t;
    let page = &misprint.page;
    let card = &page.card.sheet.card;
    let home = parts::person_address(&page.person);
    let is_photo = reason == RevocationReason::WronglyIssued;
    let can_cut = page
        .card
        .offers
        .iter()
        .any(|offer| offer.action == CardActionName::Destroy && offer.is_open());
    DoneView {
        frame: s.frame(t.misprint_done()),
        t,
        drawing: crate::locked_card::picture(&page.card.sheet),
        state: states::card(&card.stage).badge(t).big(),
        number: parts::card_number(card),
        tasks: TaskList::new(tasks(t, misprint, is_photo)),
        cut: can_cut.then(|| {
            let to = format!("/id-admin/kort/{}/makulera", card.id);
            Button::link(t.card_is_cut(), to).secondary()
        }),
        order: Button::link(t.order_card(), format!("{home}/bestall")).large(),
        neighbours: is_photo.then(|| neighbours(t, misprint)),
        back: Link::new(t.back_to_the_person(), home),
    }
}

fn tasks(t: Text, misprint: &Misprint, is_photo: bool) -> Vec<Task> {
    let card = &misprint.page.card.sheet.card;
    let left = || StateBadge::new(Tone::Warning, Icon::Clock, t.misprint_left()).outlined();
    let cut = if card.custody == Custody::Destroyed {
        Task::done(t.misprint_is_cut(), t.misprint_task_cut_means())
    } else {
        Task::open(t.misprint_task_cut(), t.misprint_task_cut_means(), left())
    };
    let incident = if is_photo {
        t.misprint_incident_photo()
    } else {
        t.misprint_incident_name()
    };
    vec![
        cut,
        Task::open(t.misprint_task_anew(), t.misprint_task_anew_means(), left()),
        Task::open(t.misprint_task_incident(), incident, left()),
    ]
}

fn neighbours(t: Text, misprint: &Misprint) -> NeighboursView {
    let found = &misprint.neighbours;
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let lead = match (&misprint.page.photo, found.orders.is_empty()) {
        (_, true) => t.neighbours_none(),
        (Some(shown), false) => t.neighbours_lead(&shown.office_name),
        (None, false) => t.neighbours_lead(""),
    };
    NeighboursView {
        lead,
        rows: found.orders.iter().map(|near| row(t, near)).collect(),
        others: (found.others > 0).then(|| t.neighbours_others(count(found.others))),
    }
}

fn row(t: Text, near: &NearOrder) -> (Link, String, Option<String>) {
    let name = near.name.clone().unwrap_or_else(|| t.protected_data());
    (
        Link::new(
            t.order_is(&near.number),
            format!("/id-admin/bestallning/{}", near.order),
        ),
        t.neighbour_is(name, t.day_and_clock(near.approved_at)),
        near.same_photo.then(|| t.neighbour_same_photo()),
    )
}
