//! Logging in and out: `GET /<portal>/logga-in`, `GET /<portal>/inloggad` (where the identity
//! provider sends the browser) and `POST /<portal>/logga-ut`.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use cards_app::ports::{LogIn, LogInRequest};
use cards_app::sessions::{Attempt, NewSession, SessionToken};
use cards_app::{App, Failure, Lane, Link, NotLetIn};
use cards_domain::access::Loa;
use cards_domain::ids::PersonId;
use serde::Deserialize;
use uuid::Uuid;

use crate::actor::{app, log_in as log_in_address, session_of, site};
use crate::arrivals::{Brought, Landed};
use crate::cookies::{self, Begun};
use crate::correlation::Correlation;
use crate::failure::{Fault, Notice, Unsigned};
use crate::language::Language;
use crate::portal::PortalName;
use crate::return_to::ReturnTo;
use crate::signed_form::{NoFields, SignedForm};
use crate::signing;

/// Adds the routes of the three portals.
pub fn routes(config: &mut web::ServiceConfig) {
    for portal in PortalName::all() {
        let path = portal.path();
        config
            .route(&format!("{path}/logga-in"), web::get().to(begin))
            .route(&format!("{path}/inloggad"), web::get().to(arrive))
            .route(&format!("{path}/logga-ut"), web::post().to(log_out));
    }
}

/// Where the identity provider may send browsers back to, for its settings.
#[must_use]
pub fn redirect_addresses(public_url: &url::Url) -> Vec<url::Url> {
    PortalName::all()
        .map(|portal| {
            let mut url = public_url.clone();
            url.set_path(&callback(portal));
            url
        })
        .collect()
}

fn callback(portal: PortalName) -> String {
    format!("{}/inloggad", portal.path())
}

#[derive(Deserialize)]
struct Beginning {
    return_to: Option<String>,
    /// `loa3` when a holder needs to log in more surely than the portal demands.
    niva: Option<String>,
    /// Whom the demonstration's provider is to expect.
    som: Option<String>,
}

async fn begin(request: HttpRequest, asked: web::Query<Beginning>) -> Result<HttpResponse, Fault> {
    let portal = PortalName::of_path(request.path()).ok_or(Notice::NotFound)?;
    let site = site(&request)?;
    site.limits.sign_in(&request)?;
    let needs_more = asked.niva.as_deref() == Some("loa3");
    let departing = Departing {
        portal,
        loa: if needs_more {
            Loa::Loa3
        } else {
            portal.required_loa()
        },
        language: Language::of(&request),
        return_to: ReturnTo::within(portal, asked.return_to.as_deref()),
        hint: asked.som.clone().filter(|_| site.sends_hints()),
        afresh: cookies::somebody_left(&site, &request),
        signature: None,
    };
    depart(&request, departing).await
}

/// A log-in or signature about to begin.
pub(crate) struct Departing {
    pub portal: PortalName,
    pub loa: Loa,
    pub language: Language,
    pub return_to: ReturnTo,
    pub hint: Option<String>,
    /// Whether the provider must ask who it is, also where it knows somebody on this screen.
    pub afresh: bool,
    /// The signature's id and the hash of its text.
    pub signature: Option<(Uuid, String)>,
}

pub(crate) async fn depart(
    request: &HttpRequest,
    departing: Departing,
) -> Result<HttpResponse, Fault> {
    let (site, app) = (site(request)?, app(request)?);
    let Departing {
        portal,
        loa,
        language,
        return_to,
        hint,
        afresh,
        signature,
    } = departing;
    let (signature, sign) = signature.unzip();
    let asked = LogInRequest {
        redirect_uri: site.address(&callback(portal)),
        loa,
        sign,
        afresh,
        language: language.tag().to_owned(),
        hint,
    };
    let departure = app
        .ports
        .identity
        .depart(&asked)
        .await
        .map_err(|error| Notice::of_log_in(&error, log_in_address(portal, Some(&return_to))))?;
    let state = departure.state.clone();
    let begun = Begun {
        return_to: return_to.clone(),
        signature,
    };
    let attempt = Attempt {
        portal: portal.channel(),
        nonce: departure.nonce,
        pkce_verifier: departure.pkce_verifier,
        return_to: return_to.as_str().to_owned(),
        signature,
    };
    let keep =
        move |_: &App, link: &mut Link| link.put_attempt(&state, &attempt).map_err(Failure::from);
    app.run(Lane::Short, keep).await?;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, departure.url.as_str()))
        .cookie(cookies::attempt(&site, portal, &departure.state, &begun))
        .finish())
}

#[derive(Deserialize)]
struct Answered {
    #[serde(default)]
    state: String,
    code: Option<String>,
    error: Option<String>,
}

async fn arrive(
    request: HttpRequest,
    answered: web::Query<Answered>,
) -> Result<HttpResponse, Fault> {
    let portal = PortalName::of_path(request.path()).ok_or(Notice::NotFound)?;
    let site = site(&request)?;
    let begun = cookies::begun_here(&site, portal, &answered.state, &request);
    let begun = begun.ok_or_else(|| Notice::AttemptGone {
        log_in: log_in_address(portal, None),
    })?;
    let brought = Brought::new(portal, &answered.state, answered.code.as_deref());
    let exchange = land(request.clone(), portal, begun, answered.into_inner());
    let landed = site.arrivals.shared(brought, exchange).await?;
    let mut answer = HttpResponse::SeeOther();
    answer.insert_header((LOCATION, landed.address));
    if let Some(token) = &landed.session {
        answer
            .cookie(cookies::session(&site, portal, token))
            .cookie(cookies::nobody_left(&site));
    }
    Ok(answer.finish())
}

/// Exchanges what the identity provider gave: somebody is in, or has signed.
async fn land(
    request: HttpRequest,
    portal: PortalName,
    begun: Begun,
    answered: Answered,
) -> Result<Landed, Fault> {
    let Some(attempt) = attempt_of(&request, portal, answered.state).await? else {
        return arrived_before(&request, portal, &begun).await;
    };
    let return_to = ReturnTo::within(portal, Some(&attempt.return_to));
    let failed = |why: Unsigned, notice: Notice| match attempt.signature {
        Some(id) => Notice::NotSigned {
            why,
            back: signing::back_to(&return_to, id),
        },
        None => notice,
    };
    let again = log_in_address(portal, Some(&return_to));
    let (Some(code), None) = (&answered.code, &answered.error) else {
        let notice = Notice::LogInFailed { log_in: again };
        return Err(failed(Unsigned::BrokenOff, notice).into());
    };
    let redirect_uri = site(&request)?.address(&callback(portal));
    let who = app(&request)?
        .ports
        .identity
        .arrive(code, &redirect_uri, &attempt.nonce, &attempt.pkce_verifier)
        .await
        .map_err(|error| failed(Unsigned::of(&error), Notice::of_log_in(&error, again)))?;
    match attempt.signature {
        Some(id) => signing::signed(&request, id, &attempt, who).await,
        None => enter(&request, portal, &return_to, who).await,
    }
}

/// The attempt under this state, which can be taken once; none when it has been taken or is too old.
async fn attempt_of(
    request: &HttpRequest,
    portal: PortalName,
    state: String,
) -> Result<Option<Attempt>, Fault> {
    let take = move |_: &App, link: &mut Link| link.take_attempt(&state).map_err(Failure::from);
    let attempt = app(request)?.run(Lane::Short, take).await?;
    Ok(attempt.filter(|attempt| attempt.portal == portal.channel()))
}

/// A later click on the way back, or a step back to it: nothing is done once more, and whoever is
/// in comes to where the first arrival led.
async fn arrived_before(
    request: &HttpRequest,
    portal: PortalName,
    begun: &Begun,
) -> Result<Landed, Fault> {
    let gone = || Notice::AttemptGone {
        log_in: log_in_address(portal, Some(&begun.return_to)),
    };
    let session = session_of(request).await.map_err(|_| gone())?;
    let address = match begun.signature {
        Some(id) if signing::is_made(request, &session, id).await? => {
            signing::forth_to(&begun.return_to, id)
        }
        // It came too late to count.
        Some(_) => return Err(gone().into()),
        None => begun.return_to.as_str().to_owned(),
    };
    Ok(Landed {
        address,
        session: None,
    })
}

async fn enter(
    request: &HttpRequest,
    portal: PortalName,
    return_to: &ReturnTo,
    who: LogIn,
) -> Result<Landed, Fault> {
    let site = site(request)?;
    let before = cookies::token(&site, portal, request);
    let code = Correlation::of(request).0;
    let open = move |app: &App, link: &mut Link| {
        let known = link.find_log_in_person(who.number.as_ref(), &who.hsa_ids)?;
        let came = Came {
            person: known,
            loa: who.loa,
            evidence: &who.id_token,
            before: before.as_deref(),
        };
        open(app, link, portal, &came, &code)
    };
    let opened = app(request)?.run(Lane::Short, open).await?;
    landed(portal, return_to, opened)
}

/// Where whoever came is sent, or why they are not let in.
pub(crate) fn landed(
    portal: PortalName,
    return_to: &ReturnTo,
    opened: Result<SessionToken, NotLetIn>,
) -> Result<Landed, Fault> {
    let why = match opened {
        Ok(token) => {
            return Ok(Landed {
                address: return_to.as_str().to_owned(),
                session: Some(token),
            });
        }
        Err(why) => why,
    };
    if let Some(why) = why.card() {
        let log_in = log_in_address(portal, Some(return_to));
        return Err(Notice::CardRefused { why, log_in }.into());
    }
    Err(match why {
        NotLetIn::NoAppointment => Notice::NoAppointment(portal),
        NotLetIn::LevelTooLow => Notice::AssuranceTooLow {
            log_in: log_in_address(portal, Some(return_to)),
        },
        NotLetIn::UnknownPerson
        | NotLetIn::UnknownCertificate
        | NotLetIn::NotForLogIn
        | NotLetIn::CertificateRevoked
        | NotLetIn::CertificateExpired
        | NotLetIn::CardNotActive => Notice::UnknownPerson {
            log_in: log_in_address(portal, None),
        },
    }
    .into())
}

/// Somebody at the door.
pub(crate) struct Came<'a> {
    /// Who, if the directory knows.
    pub person: Option<PersonId>,
    /// How surely.
    pub loa: Loa,
    /// What they showed.
    pub evidence: &'a str,
    /// The token of the portal's session that the browser had.
    pub before: Option<&'a [u8]>,
}

/// A session for whoever may come in. Whoever may not leaves a line in the log.
pub(crate) fn open(
    app: &App,
    link: &mut Link,
    portal: PortalName,
    came: &Came<'_>,
    code: &str,
) -> Result<Result<SessionToken, NotLetIn>, Failure> {
    let channel = portal.channel();
    let person = match may_enter(link, portal, came)? {
        Ok(person) => person,
        Err(why) => {
            let whom = (channel, came.person, came.loa);
            app.ledger.not_let_in(link, whom, why, code)?;
            return Ok(Err(why));
        }
    };
    let new = NewSession {
        portal: channel,
        person,
        loa: came.loa,
        id_token: came.evidence,
        replaces: came.before,
    };
    app.ledger.log_in(link, &new, code).map(Ok)
}

fn may_enter(
    link: &mut Link,
    portal: PortalName,
    came: &Came<'_>,
) -> Result<Result<PersonId, NotLetIn>, Failure> {
    if came.loa < portal.required_loa() {
        return Ok(Err(NotLetIn::LevelTooLow));
    }
    let Some(person) = came.person else {
        return Ok(Err(NotLetIn::UnknownPerson));
    };
    if portal.admits(&link.appointments_of(person)?) {
        Ok(Ok(person))
    } else {
        Ok(Err(NotLetIn::NoAppointment))
    }
}

async fn log_out(
    request: HttpRequest,
    form: Result<SignedForm<NoFields>, Fault>,
) -> Result<HttpResponse, Fault> {
    let portal = PortalName::of_path(request.path()).ok_or(Notice::NotFound)?;
    let site = site(&request)?;
    match form {
        // Whoever is logged out already has what they want.
        Ok(_) | Err(Fault::Notice(Notice::LoggedOut { .. } | Notice::NoAppointment(_))) => {}
        Err(fault) => return Err(fault),
    }
    if let Some(token) = cookies::token(&site, portal, &request) {
        let code = Correlation::of(&request).0;
        let end = move |app: &App, link: &mut Link| {
            app.ledger.log_out(link, &token, portal.channel(), &code)
        };
        app(&request)?.run(Lane::Short, end).await?;
    }
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, portal.path()))
        .cookie(cookies::no_session(&site, portal))
        .cookie(cookies::left(&site))
        .finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identity_provider_sends_browsers_back_to_each_portal() {
        let public = "https://kort.example.se/".parse().unwrap();
        let addresses: Vec<String> = redirect_addresses(&public)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            addresses,
            [
                "https://kort.example.se/id-admin/inloggad",
                "https://kort.example.se/mina-sidor/inloggad",
                "https://kort.example.se/servicedesk/inloggad",
            ]
        );
    }
}
