//! Who acts: extractors that give a handler the session of its portal, or send the browser to the
//! log-in. A request reads its session once, however many extractors ask for it.

use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::{HeaderName, REFERER};
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use cards_app::ports::Entropy;
use cards_app::sessions::{Found, SessionEnd, SessionRow, SignatureUse, UsedSignature, idle_limit};
use cards_app::{App, Call, Failure, Fingerprint, Lane};
use cards_domain::access::{Actor, Holder, Loa, Officer};
use cards_domain::ids::PersonId;
use cards_domain::values::PersonName;
use chrono::{DateTime, Utc};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::cookies;
use crate::correlation::Correlation;
use crate::failure::{Fault, Notice};
use crate::language::Language;
use crate::portal::PortalName;
use crate::return_to::{ReturnTo, encoded};
use crate::signed_form::{CsrfKey, FormFields};
use crate::site::Site;

/// A future on the thread of its request.
pub(crate) type Local<T> = std::pin::Pin<Box<dyn Future<Output = Result<T, Fault>>>>;

/// A live session.
#[derive(Clone)]
pub struct Session {
    /// Who.
    pub person: PersonId,
    /// The person's name. Never into logs, mails or addresses.
    pub name: PersonName,
    /// How surely the log-in was made.
    pub loa: Loa,
    /// The person as the rules see them: with the appointments that are live now.
    pub actor: Actor,
    /// In which portal.
    pub portal: PortalName,
    /// The name of the office where the officer works.
    pub office: Option<String>,
    /// The language of pages.
    pub language: Language,
    /// When the session ends if it is not used.
    pub expires: DateTime<Utc>,
    /// The code of this request.
    pub correlation: String,
    pub(crate) csrf: CsrfKey,
    pub(crate) entropy: Arc<dyn Entropy>,
}

impl Session {
    /// The circumstances of a call: reads have no fingerprint, changes that of their form.
    #[must_use]
    pub fn call(&self, request: Option<Fingerprint>) -> Call {
        Call {
            actor: self.actor.clone(),
            channel: self.portal.channel(),
            correlation: self.correlation.clone(),
            request: request.map(Into::into),
        }
    }

    /// The circumstances of an act that is done with a signature of this person: the signature is
    /// used up with it, and the same signature again gets the first answer.
    #[must_use]
    pub fn signed(&self, id: Uuid, used: &UsedSignature, purpose: &'static str) -> Call {
        let sent = Fingerprint::of(id, used.signature.text_hash.as_bytes());
        self.call(Some(sent)).signed(SignatureUse {
            id,
            person: self.person,
            portal: self.portal.channel(),
            purpose,
        })
    }

    /// Hidden fields for one form on the page.
    #[must_use]
    pub fn form(&self) -> FormFields {
        FormFields::new(&self.csrf, &*self.entropy)
    }

    fn new(row: SessionRow, portal: PortalName, request: &HttpRequest, site: &Site) -> Self {
        let SessionRow {
            person,
            loa,
            name,
            language,
            appointments,
            office,
            expires,
            ..
        } = row;
        let actor = match portal {
            PortalName::MinaSidor => Actor::Holder(Holder { person, loa }),
            PortalName::IdAdmin | PortalName::Servicedesk => Actor::Officer(Officer {
                person,
                loa,
                appointments,
            }),
        };
        let own = Language::of_tag(&language).unwrap_or(Language::Sv);
        Self {
            person,
            name,
            loa,
            actor,
            portal,
            office,
            language: Language::asked(request).unwrap_or(own),
            expires,
            correlation: Correlation::of(request).0,
            csrf: CsrfKey(row.csrf_key),
            entropy: Arc::clone(&site.entropy),
        }
    }
}

/// The session that the browser had, and why it is over: for the page on which one logs in again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndedSession {
    /// Why.
    pub why: SessionEnd,
    /// How long a session of the portal may lie unused, in minutes.
    pub idle_minutes: i64,
}

impl EndedSession {
    fn new(why: SessionEnd, portal: PortalName) -> Self {
        Self {
            why,
            idle_minutes: idle_limit(portal.channel()).num_minutes(),
        }
    }

    /// The one that the request's cookie led to; `None` when it led to a live session or to
    /// nothing.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Option<Self> {
        request.extensions().get::<Self>().copied()
    }
}

/// What the request's cookie leads to, remembered for the length of the request.
type Remembered = Rc<OnceCell<Result<Session, Fault>>>;

/// The session of the portal that the request's path belongs to.
pub(crate) fn session_of(request: &HttpRequest) -> Local<Session> {
    let request = request.clone();
    Box::pin(async move {
        let known = request.extensions().get::<Remembered>().cloned();
        let cell = known.unwrap_or_else(|| {
            let cell = Remembered::default();
            request.extensions_mut().insert(Rc::clone(&cell));
            cell
        });
        cell.get_or_init(|| read(&request)).await.clone()
    })
}

/// The language of the session that the request has read, if it has read one.
pub(crate) fn remembered_language(request: &HttpRequest) -> Option<Language> {
    let cell = request.extensions().get::<Remembered>().cloned()?;
    let session = cell.get()?.as_ref().ok()?;
    Some(session.language)
}

async fn read(request: &HttpRequest) -> Result<Session, Fault> {
    let portal = PortalName::of_path(request.path()).ok_or(Notice::NotFound)?;
    let site = site(request)?;
    let Some(token) = cookies::token(&site, portal, request) else {
        return Err(logged_out(request, portal, None));
    };
    let row = match find(request, token, portal).await? {
        Found::Live(row) => *row,
        Found::Ended(end) => {
            let ended = EndedSession::new(end, portal);
            request.extensions_mut().insert(ended);
            return Err(logged_out(request, portal, Some(end)));
        }
        Found::Unknown => return Err(logged_out(request, portal, None)),
    };
    if row.loa < portal.required_loa() {
        return Err(Notice::AssuranceTooLow {
            log_in: log_in(portal, None),
        }
        .into());
    }
    // An appointment that ended a moment ago counts no more.
    if !portal.admits(&row.appointments) {
        return Err(Notice::NoAppointment(portal).into());
    }
    Ok(Session::new(row, portal, request, &site))
}

/// A page's script that follows something sends this header. Such a request uses no session, so that
/// one whose person has gone ends in its time. Whoever sends it otherwise only shortens the own session.
const FOLLOWS: HeaderName = HeaderName::from_static("x-follow");

async fn find(request: &HttpRequest, token: Vec<u8>, portal: PortalName) -> Result<Found, Fault> {
    let follows = *request.method() == Method::GET && request.headers().contains_key(&FOLLOWS);
    let work = move |_: &App, link: &mut cards_app::Link| {
        let found = if follows {
            link.look_at_session(&token, portal.channel())
        } else {
            link.read_session(&token, portal.channel())
        };
        found.map_err(Failure::from)
    };
    Ok(app(request)?.run(Lane::Short, work).await?)
}

pub(crate) fn site(request: &HttpRequest) -> Result<web::Data<Site>, Fault> {
    request
        .app_data::<web::Data<Site>>()
        .cloned()
        .ok_or_else(|| Notice::Broken.into())
}

pub(crate) fn app(request: &HttpRequest) -> Result<web::Data<App>, Fault> {
    request
        .app_data::<web::Data<App>>()
        .cloned()
        .ok_or_else(|| Notice::Broken.into())
}

/// Where to log in to come to `return_to`.
pub(crate) fn log_in(portal: PortalName, return_to: Option<&ReturnTo>) -> String {
    match return_to {
        Some(return_to) => {
            let address = encoded(return_to.as_str());
            format!("{}/logga-in?return_to={address}", portal.path())
        }
        None => format!("{}/logga-in", portal.path()),
    }
}

/// Whoever opens a page is sent to the log-in and back to it. Whoever sends a form is told: what
/// was typed is in the form still, one step back, and is not kept here.
fn logged_out(request: &HttpRequest, portal: PortalName, why: Option<SessionEnd>) -> Fault {
    let opens_page = matches!(*request.method(), Method::GET | Method::HEAD);
    let return_to = if opens_page {
        let wanted = request
            .uri()
            .path_and_query()
            .map(|address| address.as_str());
        ReturnTo::within(portal, wanted)
    } else {
        ReturnTo::within(portal, form_page(request).as_deref())
    };
    let log_in = log_in(portal, Some(&return_to));
    if opens_page {
        return Fault::Elsewhere(log_in);
    }
    let idle_minutes = idle_limit(portal.channel()).num_minutes();
    Notice::LoggedOut {
        why,
        idle_minutes,
        log_in,
    }
    .into()
}

/// Path and query of the page whose form was sent.
fn form_page(request: &HttpRequest) -> Option<String> {
    let referer = request.headers().get(REFERER)?.to_str().ok()?;
    let url = url::Url::parse(referer).ok()?;
    let query = url
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    Some(format!("{}{query}", url.path()))
}

macro_rules! sessions {
    ($($(#[$doc:meta])* $name:ident => $portal:expr),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(pub Session);

        impl Deref for $name {
            type Target = Session;

            fn deref(&self) -> &Session {
                &self.0
            }
        }

        impl FromRequest for $name {
            type Error = Fault;
            type Future = Local<Self>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let session = session_of(request);
                Box::pin(async move {
                    let session = session.await?;
                    if session.portal == $portal {
                        Ok(Self(session))
                    } else {
                        Err(Notice::NotFound.into())
                    }
                })
            }
        }
    )+};
}

sessions! {
    /// A session in the officers' portal.
    IdAdminSession => PortalName::IdAdmin,
    /// A session in the holders' portal.
    HolderSession => PortalName::MinaSidor,
    /// A session on the servicedesk's pages.
    ServicedeskSession => PortalName::Servicedesk,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::site::tests::site;
    use actix_web::test::TestRequest;
    use uuid::Uuid;

    /// A request whose session has been read already.
    pub(crate) fn remember(request: &HttpRequest, key: [u8; 32]) {
        let site = site("https://kort.example.se");
        let row = SessionRow {
            person: PersonId(Uuid::from_u128(1)),
            portal: PortalName::MinaSidor.channel(),
            loa: Loa::Loa3,
            csrf_key: key.to_vec(),
            name: PersonName::new(Some("Maja"), None, "Lind").unwrap(),
            language: "sv".to_owned(),
            appointments: Vec::new(),
            office: None,
            expires: DateTime::UNIX_EPOCH,
        };
        let session = Session::new(row, PortalName::MinaSidor, request, &site);
        let cell: Remembered = Rc::new(OnceCell::new_with(Some(Ok(session))));
        request.extensions_mut().insert(cell);
    }

    async fn without_session(request: TestRequest) -> Fault {
        let request = request.app_data(web::Data::new(site("https://kort.example.se")));
        session_of(&request.to_http_request()).await.err().unwrap()
    }

    #[actix_web::test]
    async fn whoever_opens_a_page_without_session_comes_back_to_it_after_the_log_in() {
        let fault = without_session(TestRequest::get().uri("/id-admin/kort/1?flik=2")).await;
        let address = "/id-admin/logga-in?return_to=%2Fid-admin%2Fkort%2F1%3Fflik%3D2";
        assert_eq!(fault, Fault::Elsewhere(address.to_owned()));
    }

    #[actix_web::test]
    async fn whoever_sends_a_form_without_session_is_told_and_comes_back_to_the_form() {
        let request = TestRequest::post()
            .uri("/mina-sidor/kvittera")
            .insert_header((REFERER, "https://kort.example.se/mina-sidor/kort/1"));
        let Fault::Notice(Notice::LoggedOut {
            why: None,
            idle_minutes: 15,
            log_in,
        }) = without_session(request).await
        else {
            panic!("not told");
        };
        assert_eq!(
            log_in,
            "/mina-sidor/logga-in?return_to=%2Fmina-sidor%2Fkort%2F1"
        );
    }

    #[actix_web::test]
    async fn a_session_of_one_portal_is_none_in_a_handler_of_another() {
        let request = TestRequest::get().uri("/mina-sidor").to_http_request();
        remember(&request, [1; 32]);
        assert!(HolderSession::extract(&request).await.is_ok());
        let fault = IdAdminSession::extract(&request).await.err();
        assert_eq!(fault, Some(Notice::NotFound.into()));
    }
}
