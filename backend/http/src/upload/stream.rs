//! A form with a large file: what was typed comes first, then the file a piece at a time, so that a
//! file of any size passes in the memory of one piece.

use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;

use super::{Parts, is_file};
use crate::actor::{Local, session_of, site};
use crate::failure::{Fault, Notice};
use crate::signed_form;

/// A connection that gives nothing for so long is taken to be dead.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Bytes that are thrown away at a time.
const DRAINED: usize = 256 * 1024;

/// A form with one large file that was sent from a page of the session, its fields read and the
/// file not yet. As [`super::SignedUpload`]; every field must stand before the file.
pub struct StreamedUpload<T> {
    /// What was typed.
    pub fields: T,
    /// The file; `None` when none was chosen.
    pub file: Option<StreamedFile>,
}

/// A file on its way in.
pub struct StreamedFile {
    name: String,
    /// `None` once it has been read to its end: it must not be asked again.
    field: Option<Field>,
    // Dropped, it would take the field's content with it.
    _multipart: Multipart,
    over: Vec<u8>,
}

impl StreamedFile {
    /// The file's name as the browser says it, without folders.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The next piece: `length` bytes, fewer for the last, none after it.
    ///
    /// # Errors
    /// The file broke off.
    pub async fn piece(&mut self, length: usize) -> Result<Vec<u8>, Fault> {
        while self.over.len() < length {
            let Some(field) = &mut self.field else {
                return Ok(std::mem::take(&mut self.over));
            };
            let chunk = tokio::time::timeout(LONGEST_PAUSE, field.next()).await;
            match chunk.map_err(|_| Notice::TooSlow)? {
                Some(chunk) => {
                    let chunk = chunk.map_err(|_| Notice::UnreadableForm)?;
                    self.over.extend_from_slice(&chunk);
                }
                None => self.field = None,
            }
        }
        let rest = self.over.split_off(length);
        Ok(std::mem::replace(&mut self.over, rest))
    }

    /// Reads on and throws away, so that the browser of somebody whose file is too long gets as far
    /// as reading the answer; no more than `most` bytes.
    pub async fn drain(&mut self, most: usize) {
        let mut read = 0;
        while read < most {
            match self.piece(DRAINED).await {
                Ok(piece) if !piece.is_empty() => read += piece.len(),
                _ => return,
            }
        }
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for StreamedUpload<T> {
    type Error = Fault;
    type Future = Local<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let session = session_of(&request).await?;
            if !signed_form::is_from_here(request.headers(), &site(&request)?.origin()) {
                return Err(Notice::ForeignForm.into());
            }
            if request.content_type() != "multipart/form-data" {
                return Err(Notice::UnreadableForm.into());
            }
            let multipart = Multipart::new(request.headers(), payload);
            let read = tokio::time::timeout(LONGEST_PAUSE, up_to_file(multipart)).await;
            let (parts, file) = read.map_err(|_| Notice::TooSlow)??;
            // Reads the token as well: nobody makes us read a file without it.
            let signed = parts.signed(request.path(), &session.csrf)?;
            Ok(Self {
                fields: signed.fields,
                file,
            })
        })
    }
}

async fn up_to_file(mut multipart: Multipart) -> Result<(Parts, Option<StreamedFile>), Fault> {
    let mut parts = Parts::default();
    while let Some(field) = multipart.next().await {
        let mut field = field.map_err(|_| Notice::UnreadableForm)?;
        if is_file(&field) {
            let name = file_name(&field);
            if name.is_empty() {
                return Ok((parts, None));
            }
            let file = StreamedFile {
                name,
                field: Some(field),
                _multipart: multipart,
                over: Vec::new(),
            };
            return Ok((parts, Some(file)));
        }
        let name = field.name().unwrap_or_default().to_owned();
        parts.add_text(name, &mut field).await?;
    }
    Ok((parts, None))
}

/// Some browsers send the whole path.
fn file_name(field: &Field) -> String {
    let name = field
        .content_disposition()
        .and_then(|disposition| disposition.get_filename())
        .unwrap_or_default();
    name.rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .to_owned()
}
