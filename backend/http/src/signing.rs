//! Signatures: a text is signed by logging in anew, with the text's hash as nonce; the identity
//! provider's token is the evidence. A page asks with [`request`] in answer to a form; the browser
//! comes back to the page's own address with `?signature=<id>`, where it calls [`used`].

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse};
use cards_app::ports::LogIn;
use cards_app::sessions::{Attempt, NewSignature, UsedSignature};
use cards_app::{App, Failure, Fingerprint, Lane, Link};
use cards_domain::access::Loa;
use serde_json::Value;
use uuid::Uuid;

use crate::actor::{Session, app, session_of, site};
use crate::failure::{Fault, Notice};
use crate::return_to::ReturnTo;
use crate::sign_in::{Departing, depart};

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

/// A signature that waits to be used, without using it: for a page that goes on from it, and for
/// an act that uses it only once it has succeeded.
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

/// A signature that `session`'s person has just made, for this purpose. It cannot be had again.
/// Answer with a redirect, so that reloading the page asks for nothing.
///
/// # Errors
/// The signature was used, is too old, or another person's.
pub async fn used(
    request: &HttpRequest,
    session: &Session,
    id: Uuid,
    purpose: &'static str,
) -> Result<UsedSignature, Fault> {
    let (person, channel) = (session.person, session.portal.channel());
    let take = move |_: &App, link: &mut Link| {
        link.use_signature(id, person, channel, purpose)
            .map_err(Failure::from)
    };
    let signature = app(request)?.run(Lane::Short, take).await?;
    signature.ok_or_else(|| Notice::SignatureGone.into())
}

/// The fingerprint of the act that a signature is used for.
#[must_use]
pub fn fingerprint(id: Uuid, signature: &UsedSignature) -> Fingerprint {
    Fingerprint::of(id, signature.signature.text_hash.as_bytes())
}

/// The browser came back from signing.
pub(crate) async fn signed(
    request: &HttpRequest,
    id: Uuid,
    attempt: &Attempt,
    log_in: LogIn,
) -> Result<HttpResponse, Fault> {
    let session = session_of(request).await?;
    let return_to = ReturnTo::within(session.portal, Some(&attempt.return_to));
    let back = return_to.as_str().to_owned();
    if log_in.loa < SIGNS {
        return Err(Notice::NotSigned { back }.into());
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
        Some(false) => Err(Notice::NotSigned { back }.into()),
        Some(true) => {
            let address = return_to.with("signature", &id.to_string());
            Ok(HttpResponse::SeeOther()
                .insert_header((LOCATION, address))
                .finish())
        }
    }
}
