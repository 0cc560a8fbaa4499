//! The certificates of one card.

use std::ops::Deref;

use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::{CardSheet, CertificatesPage};
use cards_app::{App, Call, Failure, Link as Db};
use cards_domain::access::Actor;
use cards_domain::card_task::TaskKind;
use cards_domain::ids::CardId;
use cards_http::{Fault, HolderSession, IdAdminSession, Session};

use super::{Pair, pairs, remove};
use crate::components::{Empty, Link};
use crate::id_admin::parts;
use crate::layout::Frame;
use crate::mina_sidor;
use crate::pages::{Setting, ask, ok};
use crate::text::Text;

/// A session of whoever reads certificates.
pub(crate) trait Reader: FromRequest + Deref<Target = Session> + 'static {
    /// Where the portal begins.
    const HOME: &'static str;

    /// The page as the portal frames it.
    fn framed(s: &Setting, title: String, path: &str) -> Frame;

    /// The way back to the card.
    fn back(t: Text, card: &CardSheet) -> Link;
}

impl Reader for IdAdminSession {
    const HOME: &'static str = "/id-admin";

    fn framed(s: &Setting, title: String, _: &str) -> Frame {
        s.frame(title)
    }

    fn back(t: Text, card: &CardSheet) -> Link {
        let to = format!("/id-admin/person/{}", card.card.person);
        Link::new(t.certs_back_to_person(), to)
    }
}

impl Reader for HolderSession {
    const HOME: &'static str = "/mina-sidor";

    fn framed(s: &Setting, title: String, path: &str) -> Frame {
        mina_sidor::dressed(s.frame(title), path)
    }

    fn back(t: Text, card: &CardSheet) -> Link {
        let number = card.card.number.as_ref();
        let number = number.map(|number| number.short()).unwrap_or_default();
        let to = format!("/mina-sidor/kort/{}", card.card.id);
        Link::new(t.ms_open_card(number), to)
    }
}

#[derive(Template)]
#[template(path = "certificates/page.html")]
struct PageOfHolder {
    frame: Frame,
    t: Text,
    back: Link,
    number: String,
    certificates: Vec<Pair>,
    none: Option<Empty>,
}

#[derive(Template)]
#[template(path = "certificates/page_desk.html")]
struct PageOfOfficer {
    frame: Frame,
    t: Text,
    back: Link,
    number: String,
    certificates: Vec<Pair>,
    none: Option<Empty>,
}

/// `GET …/kort/{id}/certifikat`.
pub(super) async fn show<S: Reader>(
    request: HttpRequest,
    session: S,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let work = move |app: &App, link: &mut Db| {
        let page = app.certificates_page(link, &call, id)?;
        let may_remove = match call.actor {
            Actor::Holder(_) => may_remove(app, link, &call, &page)?,
            Actor::Officer(_) | Actor::Client(_) | Actor::System(_) => false,
        };
        Ok((page, may_remove))
    };
    let ((page, may_remove), moment) = ask(&app, work).await?;
    let s = Setting::new(&session, &request, moment);
    if S::HOME == HolderSession::HOME {
        let mut view = of_holder::<S>(&s, &page, request.path());
        if may_remove {
            offer_to_remove(s.t, &mut view.certificates);
        }
        ok(&view)
    } else {
        ok(&of_officer::<S>(&s, &page, request.path()))
    }
}

fn of_holder<S: Reader>(s: &Setting, page: &CertificatesPage, path: &str) -> PageOfHolder {
    let t = s.t;
    PageOfHolder {
        frame: S::framed(s, t.certs_title(), path),
        t,
        back: S::back(t, &page.card),
        number: parts::card_number(&page.card.card),
        certificates: pairs(t, S::HOME, &page.card, &page.revocable),
        none: none(t, page),
    }
}

fn of_officer<S: Reader>(s: &Setting, page: &CertificatesPage, path: &str) -> PageOfOfficer {
    let t = s.t;
    PageOfOfficer {
        frame: S::framed(s, t.certs_title(), path),
        t,
        back: S::back(t, &page.card),
        number: parts::card_number(&page.card.card),
        certificates: pairs(t, S::HOME, &page.card, &page.revocable),
        none: none(t, page),
    }
}

fn may_remove(
    app: &App,
    link: &mut Db,
    call: &Call,
    page: &CertificatesPage,
) -> Result<bool, Failure> {
    let offers = app.task_offers(link, call, &page.card)?;
    let mut offers = offers.iter();
    Ok(offers.any(|offer| offer.action == TaskKind::DeleteCertificate && offer.verdict.is_ok()))
}

/// Only holders have what is on their cards removed.
fn offer_to_remove(t: Text, pairs: &mut [Pair]) {
    for pair in pairs {
        let signing = pair.signing.map(remove::page_of);
        pair.remove = signing.map(|page| Link::new(t.remove_link(), page));
    }
}

fn none(t: Text, page: &CertificatesPage) -> Option<Empty> {
    let has_none = page.card.parts.certificates.is_empty();
    has_none.then(|| Empty::new(t.certs_none(), t.certs_none_means()))
}
