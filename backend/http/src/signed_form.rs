//! The one way to read a form: only from a page that the same person had in the same portal, once,
//! and not too long. A form outlives the log-in it was opened in, so that what somebody typed before
//! they were logged out can be sent after they are in again.

use actix_web::dev::Payload;
use actix_web::http::header::{HeaderMap, ORIGIN, REFERER};
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cards_app::Fingerprint;
use cards_app::ports::Entropy;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::actor::{Local, session_of, site};
use crate::body::{LONGEST_WAIT, read_body};
use crate::failure::{Fault, Notice};

/// No form is longer, in bytes. Photos come by [`crate::SignedUpload`].
const LONGEST: usize = 64 * 1024;
pub(crate) const CSRF: &str = "_csrf";
pub(crate) const KEY: &str = "_key";

/// A person's key for the forms of a portal; the same after every log-in.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct CsrfKey(pub(crate) Vec<u8>);

impl CsrfKey {
    /// The key under a mask that is new each time, so that a compressed page does not give it
    /// away bit by bit (BREACH).
    pub(crate) fn masked(&self, entropy: &dyn Entropy) -> String {
        let mut mask = vec![0; self.0.len()];
        entropy.fill(&mut mask);
        let hidden: Vec<u8> = xor(&mask, &self.0);
        URL_SAFE_NO_PAD.encode([mask, hidden].concat())
    }

    pub(crate) fn is_in(&self, token: &str) -> bool {
        let bytes = URL_SAFE_NO_PAD.decode(token).unwrap_or_default();
        let Some((mask, hidden)) = bytes.split_at_checked(self.0.len()) else {
            return false;
        };
        // Compared as hashes, so that the time it takes tells nothing.
        !self.0.is_empty() && Sha256::digest(xor(mask, hidden)) == Sha256::digest(&self.0)
    }
}

fn xor(one: &[u8], other: &[u8]) -> Vec<u8> {
    one.iter().zip(other).map(|(a, b)| a ^ b).collect()
}

/// The hidden fields of a form.
#[derive(Clone, PartialEq, Eq)]
pub struct FormFields {
    /// Shows that the form comes from a page that this person had in this portal.
    pub csrf: String,
    /// The idempotency key: sending the form twice does the thing once.
    pub key: Uuid,
}

impl FormFields {
    pub(crate) fn new(csrf: &CsrfKey, entropy: &dyn Entropy) -> Self {
        Self {
            csrf: csrf.masked(entropy),
            key: entropy.id(),
        }
    }

    /// Names and values, in the order they are written.
    #[must_use]
    pub fn pairs(&self) -> [(&'static str, String); 2] {
        [(CSRF, self.csrf.clone()), (KEY, self.key.to_string())]
    }
}

/// A form that was sent from a page that the session's person had in the portal. Fields may be repeated (`Vec`); unknown ones
/// are ignored. Make optional what a reader may leave out, and answer a form that is filled in
/// wrongly by showing it again with status 422.
pub struct SignedForm<T> {
    /// What was typed.
    pub fields: T,
    /// Recognises a repetition.
    pub fingerprint: Fingerprint,
}

impl<T> SignedForm<T> {
    /// The key of the form, to show it again under the same key.
    #[must_use]
    pub fn key(&self) -> Uuid {
        self.fingerprint.key
    }
}

/// A form with nothing but its button.
#[derive(serde::Deserialize)]
pub struct NoFields {}

impl<T: DeserializeOwned + 'static> FromRequest for SignedForm<T> {
    type Error = Fault;
    type Future = Local<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = web::Payload::from_request(&request, payload);
        Box::pin(async move {
            let session = session_of(&request).await?;
            if !is_from_here(request.headers(), &site(&request)?.origin()) {
                return Err(Notice::ForeignForm.into());
            }
            if request.content_type() != "application/x-www-form-urlencoded" {
                return Err(Notice::UnreadableForm.into());
            }
            let payload = payload.await.map_err(|_| Notice::UnreadableForm)?;
            let body = read_body(payload, LONGEST, LONGEST_WAIT).await?;
            read(request.path(), &body, &session.csrf)
        })
    }
}

pub(crate) fn read<T: DeserializeOwned>(
    path: &str,
    body: &[u8],
    csrf: &CsrfKey,
) -> Result<SignedForm<T>, Fault> {
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(body).into_owned().collect();
    let value = |name| {
        pairs
            .iter()
            .find(|(given, _)| given == name)
            .map(|(_, value)| &**value)
    };
    if !value(CSRF).is_some_and(|token| csrf.is_in(token)) {
        return Err(Notice::ForeignForm.into());
    }
    let key = value(KEY)
        .and_then(|key| key.parse().ok())
        .ok_or(Notice::UnreadableForm)?;
    let fields = serde_html_form::from_bytes(body).map_err(|_| Notice::UnreadableForm)?;
    Ok(SignedForm {
        fields,
        fingerprint: Fingerprint::of(key, &digested(path, &pairs)),
    })
}

/// What makes two requests the same: where they go and what they say, without the token, which
/// differs between two showings of the same form.
fn digested(path: &str, pairs: &[(String, String)]) -> Vec<u8> {
    let said = pairs.iter().filter(|(name, _)| name != CSRF && name != KEY);
    let mut text = url::form_urlencoded::Serializer::new(format!("{path}?"));
    text.extend_pairs(said);
    text.finish().into_bytes()
}

/// Whether the browser says that the form is ours. One that says nothing is no browser, and the
/// token guards against it all the same.
pub(crate) fn is_from_here(headers: &HeaderMap, origin: &str) -> bool {
    let text = |name: &str| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or_default())
    };
    let site_is_ours = text("sec-fetch-site").is_none_or(|site| site == "same-origin");
    let sender_is_ours = match (text(ORIGIN.as_str()), text(REFERER.as_str())) {
        (Some(sender), _) => sender == origin,
        (None, Some(page)) => {
            url::Url::parse(page).is_ok_and(|page| page.origin().ascii_serialization() == origin)
        }
        (None, None) => true,
    };
    site_is_ours && sender_is_ours
}

#[cfg(test)]
mod tests;
