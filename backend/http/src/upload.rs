//! Forms with a file: as sure as every other form, and never more in memory than a photo may be;
//! a large file passes in pieces ([`StreamedUpload`]).
//! Nothing is written to disk, and neither the file's name nor its claimed type is kept.

mod pieces;
mod raw;
mod stream;

use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use cards_app::{Fingerprint, photo};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub use raw::StreamedBody;
pub use stream::{StreamedFile, StreamedUpload};

use crate::actor::{Local, session_of, site};
use crate::failure::{Fault, Notice};
use crate::signed_form::{self, CSRF, CsrfKey};

/// No file is longer, in bytes.
pub const MOST_FILE_BYTES: usize = photo::MOST_BYTES;
/// Of a file that is too long so much is read and thrown away, in bytes, so that the browser gets
/// as far as reading the answer. One that is longer still is cut off.
const MOST_READ: usize = 4 * MOST_FILE_BYTES;
/// Names and values of all other fields together, in bytes.
const LONGEST_TEXT: usize = 16 * 1024;
/// What a field without content counts.
const LEAST_FIELD: usize = 32;
/// A telephone with a bad connection gets a photo through in this time.
const LONGEST_WAIT: Duration = Duration::from_mins(2);

/// What is wrong with the file itself; the page shows it at the field.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, strum::EnumIter, strum::IntoStaticStr,
)]
#[strum(serialize_all = "kebab-case")]
pub enum UploadFault {
    /// None was chosen, or it is empty.
    #[error("no file")]
    Missing,
    /// Longer than [`MOST_FILE_BYTES`].
    #[error("the file is too large")]
    TooLarge,
}

impl UploadFault {
    /// The status of the page that shows the form again.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::Missing => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        }
    }
}

/// A form with one file that was sent from a page of the session (`enctype="multipart/form-data"`).
/// As [`crate::SignedForm`]; the hidden fields must stand before the file, or the file is not read.
/// Make optional what stands after the file: of a much too large file nothing behind it is read.
pub struct SignedUpload<T> {
    /// What was typed.
    pub fields: T,
    /// The file's content, or what to show at its field.
    pub file: Result<Vec<u8>, UploadFault>,
    /// Recognises a repetition: of the same words with the same file.
    pub fingerprint: Fingerprint,
}

impl<T> SignedUpload<T> {
    /// The key of the form, to show it again under the same key.
    #[must_use]
    pub fn key(&self) -> Uuid {
        self.fingerprint.key
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for SignedUpload<T> {
    type Error = Fault;
    type Future = Local<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let (csrf, multipart) = opened(&request, payload).await?;
            let parts = tokio::time::timeout(LONGEST_WAIT, read(multipart, &csrf)).await;
            parts
                .map_err(|_| Notice::TooSlow)??
                .signed(request.path(), &csrf)
        })
    }
}

/// A form with a file that was sent from here in a session, nothing of it read yet, with the key that
/// its token must fit.
async fn opened(request: &HttpRequest, payload: Payload) -> Result<(CsrfKey, Multipart), Fault> {
    let session = session_of(request).await?;
    if !signed_form::is_from_here(request.headers(), &site(request)?.origin()) {
        return Err(Notice::ForeignForm.into());
    }
    if request.content_type() != "multipart/form-data" {
        return Err(Notice::UnreadableForm.into());
    }
    Ok((session.csrf, Multipart::new(request.headers(), payload)))
}

/// What has been read so far.
#[derive(Default)]
struct Parts {
    texts: Vec<(String, String)>,
    length: usize,
    file: Option<Result<Vec<u8>, UploadFault>>,
}

impl Parts {
    /// Nobody makes us read a file without showing that it comes from a page of the session.
    fn are_from(&self, csrf: &CsrfKey) -> bool {
        let token = self.texts.iter().find(|(name, _)| name == CSRF);
        token.is_some_and(|(_, token)| csrf.is_in(token))
    }

    /// Takes in what was typed, as far as the next file; none when nothing more comes.
    async fn up_to_file(&mut self, multipart: &mut Multipart) -> Result<Option<Field>, Fault> {
        while let Some(field) = multipart.next().await {
            let mut field = field.map_err(|_| Notice::UnreadableForm)?;
            if is_file(&field) {
                return Ok(Some(field));
            }
            let name = field.name().unwrap_or_default().to_owned();
            self.add_text(name, &mut field).await?;
        }
        Ok(None)
    }

    async fn add_text(&mut self, name: String, field: &mut Field) -> Result<(), Fault> {
        self.length += name.len() + LEAST_FIELD;
        let room = LONGEST_TEXT.saturating_sub(self.length);
        let (bytes, length) = content(field, room, room).await?;
        if length > room {
            return Err(Notice::UnreadableForm.into());
        }
        self.length += length;
        let text = String::from_utf8(bytes).map_err(|_| Notice::UnreadableForm)?;
        self.texts.push((name, text));
        Ok(())
    }

    fn signed<T: DeserializeOwned>(
        self,
        path: &str,
        csrf: &CsrfKey,
    ) -> Result<SignedUpload<T>, Fault> {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        let body = body.extend_pairs(&self.texts).finish();
        let form = signed_form::read(path, body.as_bytes(), csrf)?;
        let file = self.file.unwrap_or(Err(UploadFault::Missing));
        let mut said = form.fingerprint.body_hash;
        said.extend(file.iter().flat_map(Sha256::digest));
        Ok(SignedUpload {
            fields: form.fields,
            file,
            fingerprint: Fingerprint::of(form.fingerprint.key, &said),
        })
    }
}

async fn read(mut multipart: Multipart, csrf: &CsrfKey) -> Result<Parts, Fault> {
    let mut parts = Parts::default();
    while let Some(mut field) = parts.up_to_file(&mut multipart).await? {
        if !parts.are_from(csrf) {
            return Err(Notice::ForeignForm.into());
        }
        if parts.file.is_some() {
            return Err(Notice::UnreadableForm.into());
        }
        let (bytes, length) = content(&mut field, MOST_FILE_BYTES, MOST_READ).await?;
        parts.file = Some(judged(bytes, length));
        if length > MOST_READ {
            break;
        }
    }
    Ok(parts)
}

fn is_file(field: &Field) -> bool {
    field.content_disposition().is_some_and(|disposition| {
        disposition.get_filename().is_some() || disposition.get_filename_ext().is_some()
    })
}

fn judged(bytes: Vec<u8>, length: usize) -> Result<Vec<u8>, UploadFault> {
    match length {
        0 => Err(UploadFault::Missing),
        1..=MOST_FILE_BYTES => Ok(bytes),
        _ => Err(UploadFault::TooLarge),
    }
}

/// The content and its length. Of one longer than `kept` nothing is kept; reading stops once it is
/// longer than `most`.
async fn content(field: &mut Field, kept: usize, most: usize) -> Result<(Vec<u8>, usize), Fault> {
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(chunk) = field.next().await {
        let chunk = chunk.map_err(|_| Notice::UnreadableForm)?;
        length += chunk.len();
        if length > kept {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
        if length > most {
            break;
        }
    }
    Ok((bytes, length))
}

#[cfg(test)]
mod tests;
