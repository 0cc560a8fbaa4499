//! The holder does not want to sign the receipt: the card is revoked at once and cut. Nobody is
//! pressed, and nothing is asked about why.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::CardPage;
use cards_app::{App, Failure, Link as Db};
use cards_domain::access::{Function, permit};
use cards_domain::card::{CardStage, RevocationReason};
use cards_domain::ids::CardId;
use cards_domain::receipt::{Receipt, ReceiptAction};
use cards_http::signed_form::NoFields;
use cards_http::{Fault, IdAdminSession, SignedForm};

use super::{cards, receipt};
use crate::components::{Button, Hidden, Icon, Link};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other};
use crate::text::Text;

#[derive(Template)]
#[template(path = "id_admin/receipt_refused.html")]
pub(super) struct RefuseView {
    frame: Frame,
    t: Text,
    losses: Vec<(Icon, String)>,
    action: String,
    hidden: Hidden,
    revoke: Button,
    back: Link,
}

pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.card_page_again(link, &call, id)).await?;
    let setting = Setting::new(&session, &request, moment);
    if let Some(elsewhere) = receipt::elsewhere(&page) {
        return Ok(see_other(elsewhere));
    }
    receipt::may_receive(&setting, &page)?;
    ok(&view(&setting, &page))
}

/// Where the page is.
pub(super) fn address(here: &str) -> String {
    format!("{here}/vagra")
}

pub(super) fn view(s: &Setting, page: &CardPage) -> RefuseView {
    let t = s.t;
    let here = cards::receipt_address(&page.card.sheet);
    RefuseView {
        frame: s.frame(t.refuse_title()).focus(t.activate_the_card()),
        t,
        losses: vec![
            (Icon::Ban, t.refuse_revoked()),
            (Icon::Card, t.leave_old_card()),
        ],
        action: address(&here),
        hidden: s.hidden.clone(),
        revoke: Button::submit(t.refuse_revoke()).large().irreversible(),
        back: Link::new(t.back_to_receipt(), here),
    }
}

pub(super) async fn send(
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<NoFields>,
) -> Result<HttpResponse, Fault> {
    let (look, call) = (session.call(None), session.call(Some(form.fingerprint)));
    let id = *id;
    let work = move |app: &App, link: &mut Db| {
        let page = app.card_page_again(link, &look, id)?;
        let Some(receipt) = page.card.sheet.receipt else {
            permit(
                &look.actor,
                Function::RecordPaperReceipt,
                &page.facts.subject,
            )?;
            return refused_before(&page);
        };
        app.ledger
            .act::<Receipt>(link, &call, receipt.0, &ReceiptAction::Refuse)
            .map(drop)
    };
    ask(&app, work).await?;
    Ok(see_other(format!("/id-admin/kort/{id}/makulera")))
}

/// A second click finds the card revoked for want of a receipt, which is what it asked for.
fn refused_before(page: &CardPage) -> Result<(), Failure> {
    let card = &page.card.sheet.card;
    match card.stage {
        CardStage::Revoked {
            reason: RevocationReason::ReceiptNotSigned,
            ..
        } => Ok(()),
        _ => Err(Failure::Refused(card.stands())),
    }
}
