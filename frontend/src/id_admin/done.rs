//! Activation, step 5: *kortet är aktivt*, and what is left to do at the counter.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::queries::{CardPage, CardSheet};
use cards_domain::access::{Function, Scope};
use cards_domain::card::{CardStage, RevocationReason};
use cards_domain::ids::CardId;
use cards_http::{Fault, IdAdminSession};

use super::activate::steps;
use super::{cards, parts, receipt};
use crate::components::{Button, CardPicture, Icon, Link, StateBadge, StepBar};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other};
use crate::states;
use crate::text::Text;

#[derive(Template)]
#[template(path = "id_admin/done.html")]
pub(super) struct DoneView {
    frame: Frame,
    t: Text,
    steps: StepBar,
    drawing: CardPicture,
    state: StateBadge,
    number: String,
    left: Vec<(Icon, String)>,
    back: Button,
    start: Link,
}

pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let work = move |app: &App, link: &mut cards_app::Link| {
        let page = app.card_page(link, &call, id)?;
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let (others, _) = link.cards_of(&scope, page.person.person)?;
        Ok((page, others))
    };
    let ((page, others), moment) = ask(&app, work).await?;
    if !matches!(page.card.sheet.card.stage, CardStage::Active { .. }) {
        let elsewhere = receipt::elsewhere(&page);
        return Ok(see_other(
            elsewhere.unwrap_or_else(|| cards::receipt_address(&page.card.sheet)),
        ));
    }
    ok(&view(
        &Setting::new(&session, &request, moment),
        &page,
        &others,
    ))
}

pub(super) fn view(s: &Setting, page: &CardPage, others: &[CardSheet]) -> DoneView {
    let t = s.t;
    let card = &page.card.sheet.card;
    let mut left = vec![(Icon::Person, t.give_the_card())];
    left.extend(
        replaced(page, others).map(|old| (Icon::Scissors, t.cut_the_old(parts::card_name(old)))),
    );
    DoneView {
        frame: s.frame(t.card_is_active()).focus(t.activate_the_card()),
        t,
        steps: steps(t, 5),
        drawing: crate::locked_card::picture(&page.card.sheet),
        state: states::card(&card.stage).badge(t).big(),
        number: parts::card_number(card),
        left,
        back: Button::link(t.back_to_the_person(), parts::person_address(&page.person)).large(),
        start: Link::new(t.next_visitor(), "/id-admin"),
    }
}

/// The cards that this one took the place of.
fn replaced<'a>(page: &CardPage, others: &'a [CardSheet]) -> impl Iterator<Item = &'a CardSheet> {
    let active_at = match page.card.sheet.card.stage {
        CardStage::Active { at } => Some(at),
        _ => None,
    };
    others.iter().filter(move |other| {
        matches!(other.card.stage, CardStage::Revoked { at, reason: RevocationReason::Superseded } if active_at.is_some_and(|active| at >= active))
    })
}
