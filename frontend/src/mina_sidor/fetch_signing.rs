//! *Hämta certifikat för underskrift*: whether one needs it, what it takes, and the button.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cards_app::queries::CardSheet;
use cards_app::{App, Link as Db};
use cards_domain::card_task::TaskKind;
use cards_domain::refusal::Refusal;
use cards_http::{Fault, HolderSession};

use super::card::{own_card, parsed};
use super::{frame, start};
use crate::card_tasks::OfferForm;
use crate::certificates::{self, Pair};
use crate::components::{Button, Hidden, Icon, Link, Message, StateBadge};
use crate::layout::Frame;
use crate::open::card_test;
use crate::pages::{self, ask};
use crate::text::Text;
use crate::{causes, refusals, relying_systems};

/// Adds the page.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/mina-sidor/kort/{id}/underskrift", web::get().to(get));
}

/// The address of the page.
pub(super) fn address(sheet: &CardSheet) -> String {
    format!("{}/underskrift", start::card_address(sheet))
}

/// A system, and whether the certificate is needed in it.
struct System {
    name: &'static str,
    answer: StateBadge,
    about: String,
}

#[derive(Template)]
#[template(path = "mina_sidor/fetch_signing.html")]
pub(super) struct FetchPage {
    frame: Frame,
    t: Text,
    back: Link,
    message: Option<Message>,
    systems: Vec<System>,
    needs: Vec<(Icon, String)>,
    form: Option<OfferForm>,
    certificates: Vec<Pair>,
}

async fn get(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<String>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), parsed(&id)?);
    let work = move |app: &App, link: &mut Db| {
        let (_, sheet) = own_card(app, link, &call, id)?;
        let offers = app.task_offers(link, &call, &sheet)?;
        Ok((sheet, offers))
    };
    let ((sheet, offers), moment) = ask(&app, work).await?;
    let offer = offers.into_iter();
    let offer = offer.filter(|offer| offer.action == TaskKind::FetchSigning);
    let verdict = offer.map(|offer| offer.verdict).next();
    let verdict = verdict.unwrap_or(Err(Refusal::NotYourRole));
    let frame = frame::frame(&request, &session, moment);
    pages::ok(&view(frame, &sheet, &verdict, pages::fields(&session)))
}

/// The page of this card, which may have the certificate fetched or not.
pub(super) fn view(
    frame: Frame,
    sheet: &CardSheet,
    verdict: &Result<(), Refusal>,
    hidden: Hidden,
) -> FetchPage {
    let t = frame.texts();
    let systems = relying_systems::ALL.iter().map(|system| System {
        name: system.name,
        answer: system.answer(t),
        about: system.about(t),
    });
    FetchPage {
        frame: frame.titled(t.task_fetch()),
        t,
        back: super::card::back_to(t, sheet),
        message: verdict
            .as_ref()
            .err()
            .map(|refusal| message(t, sheet, refusal)),
        systems: systems.collect(),
        needs: vec![
            (Icon::Reader, t.test_need_reader()),
            (Icon::Gear, t.test_need_software()),
            (Icon::Card, t.test_need_client()),
            (Icon::Padlock, t.fetch_two_codes()),
        ],
        form: verdict.is_ok().then(|| {
            let button = Button::submit(t.fetch_button()).large().full();
            let task = (sheet.card.id, TaskKind::FetchSigning);
            OfferForm::new(start::HOME, task, hidden, button)
        }),
        certificates: certificates::pairs(t, start::HOME, sheet, &[]),
    }
}

/// Why it cannot be fetched, and what to do instead.
fn message(t: Text, sheet: &CardSheet, refusal: &Refusal) -> Message {
    match refusal {
        Refusal::NothingToFetch if certificates::can_sign(sheet) => {
            let test = Link::new(t.test_title(), super::test_card::address(sheet));
            Message::info(t.fetch_has(), t.fetch_has_means())
                .with_icon(Icon::Check)
                .link(test)
        }
        Refusal::NothingToFetch if !certificates::can_log_in(sheet) => {
            let (says, step) = causes::told(t, "S301");
            Message::neutral(says, step)
        }
        Refusal::AssuranceTooLow => {
            let here = address(sheet);
            let log_in = format!("/mina-sidor/logga-in?niva=loa3&return_to={here}");
            refusals::message(t, refusal).link(Link::new(t.ms_loa_button(), log_in))
        }
        other => refusals::message(t, other).link(Link::new(t.test_link(), card_test::ADDRESS)),
    }
}
