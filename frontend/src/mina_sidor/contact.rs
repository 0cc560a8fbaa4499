//! Whom to ask: the contact persons of the holder's organisations first, then the card offices,
//! then the servicedesk.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::plain::Office;
use cards_app::queries::{HolderPage, OrganisationSheet};
use cards_app::{App, Call, Failure};
use cards_domain::ids::{OfficeId, OrganisationId};
use cards_http::{Fault, HolderSession};
use chrono::{DateTime, Utc};

use super::frame;
use super::office::{OfficeView, tel};
use crate::components::Link;
use crate::layout::Frame;
use crate::open::{Configured, Servicedesk};
use crate::pages::{self, ask};
use crate::text::Text;

/// An organisation's contact person.
struct Contact {
    title: String,
    name: Option<String>,
    phone: Option<Link>,
    mail: Option<Link>,
    missing: String,
}

#[derive(Template)]
#[template(path = "mina_sidor/contact.html")]
pub(super) struct ContactPage {
    frame: Frame,
    t: Text,
    back: Link,
    contacts: Vec<Contact>,
    offices: Vec<OfficeView>,
    servicedesk: Servicedesk,
}

/// `GET /mina-sidor/kontakt`.
///
/// # Errors
/// The database is away.
pub async fn get(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
    phone: Configured,
) -> Result<HttpResponse, Fault> {
    let call = session.call(None);
    let ((organisations, offices), moment) =
        ask(&app, move |app, link| around(app, link, &call)).await?;
    let frame = frame::frame(&request, &session, moment);
    let servicedesk = Servicedesk::configured(frame.texts(), &phone);
    let view = view(frame, &organisations, &offices, moment.now, servicedesk);
    pages::ok(&view)
}

fn around(
    app: &App,
    link: &mut cards_app::Link,
    call: &Call,
) -> Result<(Vec<OrganisationSheet>, Vec<Office>), Failure> {
    let page = app.holder_page(link, call)?;
    let mut sheets = Vec::new();
    for id in organisations_of(&page) {
        sheets.extend(link.organisation(id)?);
    }
    let ids: Vec<OfficeId> = page.cards.iter().map(|sheet| sheet.office.id).collect();
    let mut offices = link.offices()?;
    // Whoever has no card yet may need any of them.
    offices.retain(|office| ids.is_empty() || ids.contains(&office.id));
    Ok((sheets, offices))
}

/// The organisations of the holder's cards, orders and posts, each once, in that order.
fn organisations_of(page: &HolderPage) -> Vec<OrganisationId> {
    let cards = page.cards.iter().map(|sheet| sheet.card.organisation);
    let orders = page.orders.iter().map(|sheet| sheet.order.organisation);
    let posts = page.person.posts.iter().map(|post| post.organisation);
    let mut all = Vec::new();
    for id in cards.chain(orders).chain(posts) {
        if !all.contains(&id) {
            all.push(id);
        }
    }
    all
}

/// The page of these organisations and offices.
pub(super) fn view(
    frame: Frame,
    organisations: &[OrganisationSheet],
    offices: &[Office],
    now: DateTime<Utc>,
    servicedesk: Servicedesk,
) -> ContactPage {
    let t = frame.texts();
    ContactPage {
        frame: frame.titled(t.ms_contact_title()),
        t,
        back: Link::new(t.ms_back(), "/mina-sidor"),
        contacts: organisations
            .iter()
            .map(|sheet| contact(t, sheet))
            .collect(),
        offices: offices
            .iter()
            .map(|office| OfficeView::new(t, office, now))
            .collect(),
        servicedesk,
    }
}

fn contact(t: Text, sheet: &OrganisationSheet) -> Contact {
    let policy = &sheet.policy;
    Contact {
        title: t.ms_contact_person(&sheet.name),
        name: policy.contact_name.clone(),
        phone: policy
            .contact_phone
            .as_ref()
            .map(|phone| Link::new(phone, tel(phone))),
        mail: policy
            .contact_mail
            .as_ref()
            .map(|mail| Link::new(mail, format!("mailto:{mail}"))),
        missing: t.ms_contact_missing(&sheet.name),
    }
}
