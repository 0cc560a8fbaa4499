//! Logging in with the card itself. `GET /<portal>/logga-in/kort` gives the browser a secret and
//! sends it to an address of its own that asks for a client certificate; there
//! `GET /logga-in/kort` looks at what was shown and sends the browser back with a ticket, or with
//! the reason why not, to `GET /<portal>/inloggad/kort`. The address that asks for cards has no
//! other route and shows no page.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cards_app::card_log_in::{CardHolder, OnTheWay, ShownCertificate};
use cards_app::sessions::SessionToken;
use cards_app::{App, Failure, Lane, Link, NotLetIn};
use serde::Deserialize;

use crate::actor::{app, log_in as log_in_address, session_of, site};
use crate::arrivals::{Brought, Landed};
use crate::cookies;
use crate::correlation::Correlation;
use crate::failure::{Fault, Notice};
use crate::portal::PortalName;
use crate::return_to::ReturnTo;
use crate::sign_in::{Came, landed, open};

/// The path at which the card is shown.
const SHOWN_AT: &str = "/logga-in/kort";

/// Adds the routes of the three portals.
pub fn routes(config: &mut web::ServiceConfig) {
    for portal in PortalName::all() {
        let path = portal.path();
        config
            .route(&format!("{path}/logga-in/kort"), web::get().to(begin))
            .route(&format!("{path}/inloggad/kort"), web::get().to(arrive));
    }
}

/// Adds the one route of the address that asks for a card. The application must put a
/// [`ShownCertificate`] into the data of connections on which one was shown.
pub fn route_with_card(config: &mut web::ServiceConfig) {
    config.route("/logga-in/kort", web::get().to(show));
}

#[derive(Deserialize)]
struct Beginning {
    return_to: Option<String>,
}

async fn begin(request: HttpRequest, asked: web::Query<Beginning>) -> Result<HttpResponse, Fault> {
    let portal = PortalName::of_path(request.path()).ok_or(Notice::NotFound)?;
    let site = site(&request)?;
    let mut address = site.card_log_in().ok_or(Notice::NoSuchPage)?.clone();
    site.limits.sign_in(&request)?;
    let secret: [u8; 32] = site.random();
    let return_to = ReturnTo::within(portal, asked.return_to.as_deref());
    address.set_path(SHOWN_AT);
    address
        .query_pairs_mut()
        .append_pair("portal", short(portal))
        .append_pair("state", &text(&cookies::card_state(&secret)));
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, address.as_str()))
        .cookie(cookies::card(&site, portal, &secret, &return_to))
        .finish())
}

#[derive(Deserialize)]
struct Showing {
    #[serde(default)]
    portal: String,
    #[serde(default)]
    state: String,
}

/// Looks at the card. Whatever comes of it is told on the portal's own pages.
async fn show(request: HttpRequest, asked: web::Query<Showing>) -> Result<HttpResponse, Fault> {
    let site = site(&request)?;
    site.limits.sign_in(&request)?;
    let portal = PortalName::all().find(|portal| short(*portal) == asked.portal);
    let (Some(portal), Some(browser_hash)) = (portal, bytes(&asked.state)) else {
        return Ok(sent_to(site.address("/").as_str()));
    };
    let shown = request.conn_data::<ShownCertificate>().cloned();
    let to = OnTheWay {
        portal: portal.channel(),
        browser_hash,
    };
    let code = Correlation::of(&request).0;
    let judge = move |app: &App, link: &mut Link| app.show_card(link, shown.as_ref(), to, &code);
    let judged = app(&request)?.run(Lane::Short, judge).await?;
    let mut back = site.address(&format!("{}/inloggad/kort", portal.path()));
    {
        let mut query = back.query_pairs_mut();
        query.append_pair("state", &asked.state);
        match judged {
            Ok(ticket) => query.append_pair("biljett", &text(&ticket.0)),
            Err(why) => query.append_pair("hinder", why.into()),
        };
    }
    Ok(sent_to(back.as_str()))
}

#[derive(Deserialize)]
struct Arriving {
    #[serde(default)]
    state: String,
    biljett: Option<String>,
    hinder: Option<String>,
}

async fn arrive(request: HttpRequest, asked: web::Query<Arriving>) -> Result<HttpResponse, Fault> {
    let portal = PortalName::of_path(request.path()).ok_or(Notice::NotFound)?;
    let site = site(&request)?;
    if !site.has_card_log_in() {
        return Err(Notice::NoSuchPage.into());
    }
    let state = bytes(&asked.state);
    let begun = state.and_then(|state| {
        Some((
            state,
            cookies::card_begun_here(&site, portal, &state, &request)?,
        ))
    });
    if let Some(why) = asked.hinder.as_deref().and_then(|why| why.parse().ok()) {
        let return_to = begun.as_ref().map(|(_, return_to)| return_to);
        let log_in = log_in_address(portal, return_to);
        return Err(Notice::CardRefused { why, log_in }.into());
    }
    let gone = || Notice::AttemptGone {
        log_in: log_in_address(portal, None),
    };
    let (state, return_to) = begun.ok_or_else(gone)?;
    let ticket = asked.biljett.as_deref().and_then(bytes).ok_or_else(gone)?;
    let brought = Brought::new(portal, &asked.state, asked.biljett.as_deref());
    let entering = enter(request.clone(), portal, return_to, (ticket, state));
    let landed = site.arrivals.shared(brought, entering).await?;
    let mut answer = HttpResponse::SeeOther();
    answer.insert_header((LOCATION, landed.address));
    if let Some(token) = &landed.session {
        answer
            .cookie(cookies::session(&site, portal, token))
            .cookie(cookies::nobody_left(&site));
    }
    Ok(answer.finish())
}

/// What became of a ticket: nothing, when it was none any more.
type Entered = Option<Result<SessionToken, NotLetIn>>;

async fn enter(
    request: HttpRequest,
    portal: PortalName,
    return_to: ReturnTo,
    (ticket, browser_hash): ([u8; 32], [u8; 32]),
) -> Result<Landed, Fault> {
    let before = cookies::token(&*site(&request)?, portal, &request);
    let code = Correlation::of(&request).0;
    let to = OnTheWay {
        portal: portal.channel(),
        browser_hash,
    };
    let work = move |app: &App, link: &mut Link| -> Result<Entered, Failure> {
        match app.take_card_ticket(link, &ticket, to, &code)? {
            None => Ok(None),
            Some(Err(why)) => Ok(NotLetIn::by_card(why).map(Err)),
            Some(Ok(holder)) => {
                let came = came(&holder, before.as_deref());
                open(app, link, portal, &came, &code).map(Some)
            }
        }
    };
    match app(&request)?.run(Lane::Short, work).await? {
        Some(opened) => landed(portal, &return_to, opened),
        // A second click, or a step back: whoever is in comes to where the first one led.
        None if session_of(&request).await.is_ok() => Ok(Landed {
            address: return_to.as_str().to_owned(),
            session: None,
        }),
        None => Err(Notice::AttemptGone {
            log_in: log_in_address(portal, Some(&return_to)),
        }
        .into()),
    }
}

fn came<'a>(holder: &'a CardHolder, before: Option<&'a [u8]>) -> Came<'a> {
    Came {
        person: Some(holder.person),
        loa: holder.loa,
        evidence: &holder.evidence,
        before,
    }
}

/// The portal's name in addresses.
fn short(portal: PortalName) -> &'static str {
    portal.path().trim_start_matches('/')
}

fn text(bytes: &[u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn bytes(text: &str) -> Option<[u8; 32]> {
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

fn sent_to(address: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, address))
        .finish()
}
