//! That a card is locked: said by the holder, written down at a desk. Before that the page tells a
//! locked card from a lost one; afterwards it tells how the card is opened.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::LockedPage;
use cards_app::{App, Fingerprint};
use cards_domain::chip_code::{ChipCodeAction, ChipCodeActionName, CodeName, CodeSource};
use cards_domain::ids::CardId;
use cards_domain::refusal::Refusal;
use cards_http::{Fault, Notice, PortalName, Session, SignedForm};

use super::codes::{self, WhichCode};
use super::ways::Ways;
use super::{badges, card_address, home, is_locked, locked_title, person_address, picture};
use crate::components::{
    Breadcrumbs, Button, CardPicture, Hidden, Icon, Link, Message, StateBadge,
};
use crate::desk::Desk;
use crate::id_admin::parts;
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::refusals;
use crate::text::Text;

#[derive(Template)]
#[template(path = "locked_card/state.html")]
pub(crate) struct StateView {
    frame: Frame,
    t: Text,
    path: Breadcrumbs,
    drawing: CardPicture,
    badges: Vec<StateBadge>,
    number: String,
    lead: String,
    refusal: Option<Message>,
    form: Option<FormView>,
    /// With what they stand under.
    ways: Option<(String, Ways)>,
    back: Link,
}

struct FormView {
    action: String,
    hidden: Hidden,
    /// How the two codes differ, where there are two.
    which: Option<String>,
    noted: String,
    lost: Message,
    buttons: Vec<Button>,
}

/// The question, or, for a card that is locked already, the ways to open it.
pub(crate) async fn show<D: Desk>(
    request: HttpRequest,
    session: D,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.locked_page(link, &call, id)).await?;
    if is_locked(&page) && session.portal == PortalName::IdAdmin {
        return Ok(see_other(format!("/id-admin/kort/{id}/las-upp")));
    }
    let s = Setting::new(&session, &request, moment);
    match refused(&page) {
        Some(refusal) => show_with(StatusCode::CONFLICT, &view(&s, &page, Some(&refusal))),
        None => ok(&view(&s, &page, None)),
    }
}

/// Why the card cannot be stated as locked; that it is locked already is no fault.
fn refused(page: &LockedPage) -> Option<Refusal> {
    if is_locked(page) {
        return None;
    }
    let card = &page.page.card;
    if card.codes.is_empty() {
        return Some(card.sheet.card.stands());
    }
    card.code_verdict(ChipCodeActionName::Lock).err()
}

pub(crate) fn view(s: &Setting, page: &LockedPage, refusal: Option<&Refusal>) -> StateView {
    let t = s.t;
    let sheet = &page.page.card.sheet;
    let is_locked = is_locked(page);
    let title = if is_locked {
        locked_title(t, sheet)
    } else {
        t.ul_state_title(parts::card_name(sheet))
    };
    let (means, ways) = super::locked_means(t, page);
    let back = super::back(s, &page.page.person);
    StateView {
        path: Breadcrumbs::new(t, vec![back.clone()], title.as_str()),
        frame: s.frame(title),
        t,
        drawing: picture(sheet),
        badges: badges(t, sheet),
        number: parts::card_number(&sheet.card),
        lead: means,
        refusal: refusal.map(|refusal| refusals::message(t, refusal).alert()),
        form: (refusal.is_none() && !is_locked).then(|| form(s, page)),
        ways: is_locked.then(|| (ways, Ways::new(s, page, true))),
        back,
    }
}

fn form(s: &Setting, page: &LockedPage) -> FormView {
    let t = s.t;
    let sheet = &page.page.card.sheet;
    let address = card_address(home(s), sheet);
    let buttons = codes::lock_buttons(t, &page.page.card, t.ul_state_button());
    let lost = Message::warning(t.ul_state_lost(), t.ul_state_lost_means())
        .with_icon(Icon::Ban)
        .link(Link::new(t.revoke_card(), format!("{address}/sparra")));
    FormView {
        action: format!("{address}/last"),
        hidden: s.hidden.clone(),
        which: codes::are_two(&page.page.card).then(|| t.codes_which()),
        noted: t.ul_state_noted(),
        lost,
        buttons: buttons.into_iter().map(Button::large).collect(),
    }
}

/// Writes down that a code of the holder's is locked.
pub(crate) async fn lock<D: Desk>(
    session: D,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<WhichCode>,
) -> Result<HttpResponse, Fault> {
    let id = *id;
    let source = CodeSource::Stated;
    let action = ChipCodeAction::Lock { source };
    let code = (id, form.fields.name());
    let done = act(&session, &app, code, action, form.fingerprint).await;
    let next = match session.portal {
        PortalName::IdAdmin => format!("/id-admin/kort/{id}/las-upp"),
        portal => format!("{}/kort/{id}/last", portal.path()),
    };
    match done {
        // Somebody else has said it before.
        Ok(_) | Err(Fault::Notice(Notice::Refused(Refusal::CodeLocked))) => Ok(see_other(next)),
        Err(fault) => Err(fault),
    }
}

/// Writes down that the holder has opened a code with the PUK.
pub(crate) async fn opened<D: Desk>(
    session: D,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<WhichCode>,
) -> Result<HttpResponse, Fault> {
    let (id, sent) = (*id, form.fingerprint);
    let action = ChipCodeAction::UnlockWithPuk;
    let code = (id, form.fields.name());
    let code = act(&session, &app, code, action, sent).await?;
    Ok(see_other(match session.portal {
        PortalName::IdAdmin => format!("/id-admin/kort/{id}/upplast"),
        PortalName::MinaSidor => format!("/mina-sidor/kort/{id}/last"),
        PortalName::Servicedesk => person_address(session.portal.path(), code.person),
    }))
}

/// Does something to one of the card's codes.
pub(crate) async fn act(
    session: &Session,
    app: &App,
    code: (CardId, CodeName),
    action: ChipCodeAction,
    sent: Fingerprint,
) -> Result<cards_domain::chip_code::ChipCode, Fault> {
    let call = session.call(Some(sent));
    let work =
        move |app: &App, link: &mut cards_app::Link| app.act_on_code(link, &call, code, &action);
    let (code, _) = ask(app, work).await?;
    Ok(code)
}
