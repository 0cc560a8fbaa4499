//! Activation, step 3: the holder chooses the code in the card software. It is never typed here;
//! what is recorded is that it was done. The officer has just signed the check.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::CardPage;
use cards_app::sessions::UsedSignature;
use cards_app::{App, Link as Db};
use cards_domain::card::{Card, CardAction, CardStage, CodeProof};
use cards_domain::card_task::TaskKind;
use cards_domain::ids::CardId;
use cards_domain::product::CodeDelivery;
use cards_http::signing;
use cards_http::{Fault, IdAdminSession, Notice, SignedForm};
use serde::Deserialize;
use uuid::Uuid;

use super::activate::{PURPOSE, steps, verdict};
use super::draft::Draft;
use super::parts;
use crate::card_tasks::{OfferForm, offer};
use crate::components::{Button, Hidden, Icon, Link, Message, StepBar};
use crate::layout::Frame;
use crate::pages::{Setting, ask, fields, ok, see_other};
use crate::text::Text;

/// The signature that the browser came back with.
#[derive(Clone, Deserialize)]
pub(super) struct Signed {
    signature: Option<Uuid>,
    /// The one that was not made, for the form that asked for it.
    utkast: Option<Uuid>,
}

#[derive(Template)]
#[template(path = "id_admin/code.html")]
pub(super) struct CodeView {
    frame: Frame,
    t: Text,
    steps: StepBar,
    title: String,
    instructions: Vec<(Icon, String)>,
    action: String,
    hidden: Hidden,
    done: Button,
    by_card: Option<OfferForm>,
    stop: Link,
    warning: Message,
}

pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    signed: web::Query<Signed>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let work = move |app: &App, link: &mut Db| {
        let page = app.card_page_again(link, &call, id)?;
        let offers = app.task_offers(link, &call, &page.card.sheet)?;
        Ok((page, offers))
    };
    let ((page, offers), moment) = ask(&app, work).await?;
    let form = format!("/id-admin/kort/{id}/aktivera");
    let Some(signature) = signed.signature else {
        let unsigned = signed.utkast.map(|unsigned| format!("?utkast={unsigned}"));
        return Ok(see_other(form + &unsigned.unwrap_or_default()));
    };
    if let CardStage::UnlockedUnsigned { .. } | CardStage::Active { .. } =
        page.card.sheet.card.stage
    {
        return Ok(see_other(format!("/id-admin/kort/{id}/kvittens")));
    }
    verdict(&page).map_err(Notice::Refused)?;
    // Nobody chooses a code before a check of this very card has been signed.
    match signing::waiting(&request, &session, signature, PURPOSE).await {
        Ok(waiting) if read_draft(&waiting).is_some_and(|draft| draft.card == id) => {}
        Ok(_) | Err(Fault::Notice(Notice::SignatureGone)) => return Ok(see_other(form)),
        Err(fault) => return Err(fault),
    }
    let s = Setting::new(&session, &request, moment);
    let hidden = fields(&session).and(offer::CHECK, signature.to_string());
    let mut offers = offers.iter();
    let by_card = offers
        .any(|offer| offer.action == TaskKind::ChooseCode && offer.verdict.is_ok())
        .then(|| by_card(s.t, id, hidden));
    ok(&view(&s, &page, signature, by_card))
}

/// The holder chooses in the card program, and the card says so itself.
fn by_card(t: Text, id: CardId, hidden: Hidden) -> OfferForm {
    let button = Button::submit(t.code_by_card()).large();
    OfferForm::new("/id-admin", (id, TaskKind::ChooseCode), hidden, button)
}

pub(super) fn view(
    s: &Setting,
    page: &CardPage,
    signature: Uuid,
    by_card: Option<OfferForm>,
) -> CodeView {
    let t = s.t;
    let sheet = &page.card.sheet;
    let is_chosen = sheet.product.code_delivery == CodeDelivery::ChosenAtActivation;
    let title = if is_chosen {
        t.code_title()
    } else {
        t.code_letter_title()
    };
    let label = if is_chosen {
        t.code_is_chosen()
    } else {
        t.code_letter_works()
    };
    CodeView {
        frame: s.frame(&title).focus(t.activate_the_card()),
        t,
        steps: steps(t, 3),
        title,
        instructions: instructions(t, page, is_chosen),
        action: format!("/id-admin/kort/{}/aktivera/kod", sheet.card.id),
        hidden: s.hidden.clone().and("signature", signature.to_string()),
        done: if by_card.is_some() {
            Button::submit(label).secondary()
        } else {
            Button::submit(label).large()
        },
        by_card,
        stop: Link::new(t.stop_activation(), parts::person_address(&page.person)),
        warning: Message::warning(t.do_not_let_go(), t.do_not_let_go_means()).with_icon(Icon::Pen),
    }
}

fn instructions(t: Text, page: &CardPage, is_chosen: bool) -> Vec<(Icon, String)> {
    let product = &page.card.sheet.product;
    let last = if is_chosen {
        t.code_choose(product.pin_min.to_string(), product.pin_max.to_string())
    } else {
        t.code_try_the_letter()
    };
    vec![
        (
            Icon::Reader,
            t.code_put_in_reader(parts::card_name(&page.card.sheet)),
        ),
        (Icon::Eye, t.code_look_away()),
        (Icon::Padlock, last),
        (Icon::Ban, t.code_never_here()),
    ]
}

pub(super) async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<Signed>,
) -> Result<HttpResponse, Fault> {
    let id = *id;
    let next = see_other(format!("/id-admin/kort/{id}/kvittens?vanta=1"));
    let signature = form.fields.signature.ok_or(Notice::UnreadableForm)?;
    // The signature is used once the act is done: a refusal leaves it, and of two clicks the second
    // meets the first one's outcome by the key.
    match signing::waiting(&request, &session, signature, PURPOSE).await {
        Ok(waiting) => {
            unlock(&session, &app, id, signature, &waiting).await?;
            Ok(next)
        }
        // The form was sent twice: the first time has done it.
        Err(Fault::Notice(Notice::SignatureGone)) if is_unlocked(&session, &app, id).await? => {
            Ok(next)
        }
        Err(fault) => Err(fault),
    }
}

async fn unlock(
    session: &IdAdminSession,
    app: &App,
    id: CardId,
    signature: Uuid,
    used: &UsedSignature,
) -> Result<(), Fault> {
    let draft = read_draft(used).ok_or(Notice::SignatureGone)?;
    if draft.card != id {
        return Err(Notice::SignatureGone.into());
    }
    let (look, call) = (session.call(None), session.signed(signature, used, PURPOSE));
    let proof = used.signature.clone();
    ask(app, move |app, link| {
        let page = app.card_page_again(link, &look, id)?;
        let code = proof_of(page.card.sheet.product.code_delivery);
        let check = CardAction::Unlock(draft.check(Some(code), Some(proof)));
        app.ledger.act::<Card>(link, &call, id.0, &check)
    })
    .await?;
    Ok(())
}

fn read_draft(signed: &UsedSignature) -> Option<Draft> {
    serde_json::from_value(signed.payload.clone()).ok()
}

/// What the button has said, by how the product's codes reach the holder.
fn proof_of(delivery: CodeDelivery) -> CodeProof {
    match delivery {
        CodeDelivery::ChosenAtActivation => CodeProof::ChosenInSoftware,
        CodeDelivery::CodeLetter | CodeDelivery::Envelope => CodeProof::LetterCodeWorks,
    }
}

async fn is_unlocked(session: &IdAdminSession, app: &App, id: CardId) -> Result<bool, Fault> {
    let call = session.call(None);
    let (page, _) = ask(app, move |app, link| app.card_page_again(link, &call, id)).await?;
    let stage = &page.card.sheet.card.stage;
    Ok(matches!(
        stage,
        CardStage::UnlockedUnsigned { .. } | CardStage::Active { .. }
    ))
}
