//! Signatures: a text is signed by logging in anew, with the text's hash as nonce; the identity
//! provider's token is the evidence. A page asks with [`request`] in answer to a form; the browser
//! comes back to the page's own address with `?signature=<id>`, where [`waiting`] gives what was
//! signed; the act uses it up, see [`Session::signed`].

use actix_web::{HttpRequest, HttpResponse};
use cards_app::ports::LogIn;
use cards_app::sessions::{Attempt, NewSignature, UsedSignature};
use cards_app::{App, Failure, Lane, Link};
use cards_domain::access::Loa;
use serde_json::Value;
use uuid::Uuid;

use crate::actor::{Session, app, session_of, site};
use crate::arrivals::Landed;
use crate::failure::{Fault, Notice, Unsigned};
use crate::return_to::ReturnTo;
use crate::sign_in::{Departing, depart};

/// The name under which the page that asked finds the signature that was not made.
const UNSIGNED: &str = "utkast";

/// Nobody signs on a lower level.
const SIGNS: Loa = Loa::Loa3;

/// What is to be signed.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What the signature is for, such as `receipt`; it can be used for nothing else.
    pub purpose: &'static str,
    /// What the signer has read on the page, word for word.
    pub text: String,
    /// What is to be done once it is signed; comes back with the signature.
    pub payload: Value,
    /// The page that does it, inside the portal.
    pub return_to: String,
}

/// Keeps the text and sends the browser to the identity provider.
///
/// # Errors
/// The identity provider or the database is away.
pub async fn request(
    request: &HttpRequest,
    session: &Session,
    wanted: Wanted,
) -> Result<HttpResponse, Fault> {
    let (portal, person) = (session.portal, session.person);
    let return_to = ReturnTo::within(portal, Some(&wanted.return_to));
    let keep = move |_: &App, link: &mut Link| {
        let Wanted {
            purpose,
            text,
            payload,
            ..
        } = wanted;
        let channel = portal.channel();
        let new = NewSignature {
            person,
            portal: channel,
            purpose,
            text: &text,
            payload,
        };
        link.request_signature(&new).map_err(Failure::from)
    };
    let asked = app(request)?.run(Lane::Short, keep).await?;
    let departing = Departing {
        portal,
        loa: SIGNS,
        language: session.language,
        return_to,
        hint: site(request)?.sends_hints().then(|| person.to_string()),
        afresh: true,
        signature: Some((asked.id, asked.text_hash)),
    };
    depart(request, departing).await
}

/// A signature that waits to be used, without using it: the act does, see [`Session::signed`].
///
/// # Errors
/// [`Notice::SignatureGone`] when it is another person's, not made, too old or used.
pub async fn waiting(
    request: &HttpRequest,
    session: &Session,
    id: Uuid,
    purpose: &'static str,
) -> Result<UsedSignature, Fault> {
    let (person, channel) = (session.person, session.portal.channel());
    let look = move |_: &App, link: &mut Link| {
        link.waiting_signature(id, person, channel, purpose)
            .map_err(Failure::from)
    };
    let signature = app(request)?.run(Lane::Short, look).await?;
    signature.ok_or_else(|| Notice::SignatureGone.into())
}

/// The answers that a signature was asked for with, when it was not made: `id` came back to the page
/// under `?utkast=`. Nothing when they are too old, used or another person's, and the page begins
/// empty.
///
/// # Errors
/// The database is away.
pub async fn unsigned(
    request: &HttpRequest,
    session: &Session,
    id: Uuid,
    purpose: &'static str,
) -> Result<Option<Value>, Fault> {
    let (person, channel) = (session.person, session.portal.channel());
    let look = move |_: &App, link: &mut Link| {
        link.unsigned_payload(id, person, channel, purpose)
            .map_err(Failure::from)
    };
    Ok(app(request)?.run(Lane::Short, look).await?)
}

/// Whether the session's person has made the signature, used or not.
pub(crate) async fn is_made(
    request: &HttpRequest,
    session: &Session,
    id: Uuid,
) -> Result<bool, Fault> {
    let person = session.person;
    let look = move |_: &App, link: &mut Link| link.is_signed(id, person).map_err(Failure::from);
    app(request)?
        .run(Lane::Short, look)
        .await
        .map_err(Fault::from)
}

/// The page that goes on with the signature `id`.
pub(crate) fn forth_to(return_to: &ReturnTo, id: Uuid) -> String {
    return_to.with("signature", &id.to_string())
}

/// The page that asked for the signature `id`, which will find its answers again.
pub(crate) fn back_to(return_to: &ReturnTo, id: Uuid) -> String {
    return_to.with(UNSIGNED, &id.to_string())
}

/// The browser came back from signing.
pub(crate) async fn signed(
    request: &HttpRequest,
    id: Uuid,
    attempt: &Attempt,
    log_in: LogIn,
) -> Result<Landed, Fault> {
    let session = session_of(request).await?;
    let return_to = ReturnTo::within(session.portal, Some(&attempt.return_to));
    let back = back_to(&return_to, id);
    if log_in.loa < SIGNS {
        let why = Unsigned::TooLow(log_in.loa);
        return Err(Notice::NotSigned { why, back }.into());
    }
    let person = session.person;
    let mark = move |_: &App, link: &mut Link| {
        if link.find_log_in_person(log_in.number.as_ref(), &log_in.hsa_ids)? != Some(person) {
            return Ok(None);
        }
        let marked = link.mark_signed(id, person, log_in.at, &log_in.id_token)?;
        Ok::<_, Failure>(Some(marked))
    };
    match app(request)?.run(Lane::Short, mark).await? {
        None => Err(Notice::SignedByAnother { back }.into()),
        Some(false) => {
            let why = Unsigned::NotTrusted;
            Err(Notice::NotSigned { why, back }.into())
        }
        Some(true) => Ok(Landed {
            address: forth_to(&return_to, id),
            session: None,
        }),
    }
}
