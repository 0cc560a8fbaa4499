//! The new code is chosen in the card program, and the card itself shows that it is done. The officer
//! has signed the check before; the task takes it over, and the card is opened with it as soon as it
//! has shown the code.

use actix_web::{HttpRequest, HttpResponse};
use cards_app::card_tasks::TaskWish;
use cards_app::queries::CardSheet;
use cards_app::sessions::UsedSignature;
use cards_app::{App, Link as Db};
use cards_domain::card::shown_today;
use cards_domain::card_task::TaskKind;
use cards_domain::ids::CardId;
use cards_domain::unlock::unlock_ways;
use cards_http::{Fault, IdAdminSession};
use uuid::Uuid;

use super::{PURPOSE, draft_of};
use crate::card_tasks::{self, offer};
use crate::pages::ask;

/// Whether cards of the kind let an office set a new code.
pub(super) fn is_possible(sheet: &CardSheet) -> bool {
    unlock_ways(sheet.card.product_number.as_ref()).visit
}

/// The way to the task, as long as the card has shown nothing since it was locked; nothing when the
/// code was chosen otherwise, or has been shown.
pub(super) async fn begin(
    request: &HttpRequest,
    session: &IdAdminSession,
    app: &App,
    (id, signature): (CardId, Uuid),
    signed: &UsedSignature,
) -> Result<Option<HttpResponse>, Fault> {
    let Some(draft) = draft_of(signed, id).filter(|draft| draft.by_card) else {
        return Ok(None);
    };
    if is_shown(session, app, id).await? {
        return Ok(None);
    }
    let wish = TaskWish {
        kind: TaskKind::UnlockVisit,
        card: id,
        language: offer::tag(session.language).to_owned(),
        pair: None,
        text: None,
        check: Some(draft.check(Some(signed.signature.clone()))),
    };
    let call = session.signed(signature, signed, PURPOSE);
    let offered = offer::begin(app, call, wish).await?;
    Ok(Some(offer::to_page(request, "/id-admin", &offered, None)))
}

/// The page of the task that has taken over what the reader signed, as long as it runs.
pub(super) async fn running(
    session: &IdAdminSession,
    app: &App,
    id: CardId,
) -> Result<Option<String>, Fault> {
    let (call, reader) = (session.call(None), session.person);
    let work = move |app: &App, link: &mut Db| {
        app.locked_page(link, &call, id)?;
        let tasks = app.tasks_of(link, id)?;
        let mut running = tasks.running(link.now());
        let own = running.find(|task| task.check.is_some() && task.owner.person == reader);
        Ok(own.map(|task| card_tasks::address("/id-admin", task.id)))
    };
    Ok(ask(app, work).await?.0)
}

async fn is_shown(session: &IdAdminSession, app: &App, id: CardId) -> Result<bool, Fault> {
    let call = session.call(None);
    let work = move |app: &App, link: &mut Db| {
        let page = app.locked_page(link, &call, id)?;
        let Some(code) = page.page.card.sheet.parts.pin_to_open() else {
            return Ok(false);
        };
        let facts = app.code_facts(link, &call, code)?;
        let shown = facts.code_shown.filter(|at| *at > code.since);
        Ok(shown_today(shown, link.now()))
    };
    Ok(ask(app, work).await?.0)
}
