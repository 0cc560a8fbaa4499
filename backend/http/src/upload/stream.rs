//! A form with a large file: what was typed comes first, then the file a piece at a time, so that a
//! file of any size passes in the memory of one piece.

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use cards_domain::values::is_unseen;
use serde::de::DeserializeOwned;

use super::pieces::{LONGEST_PAUSE, Pieces};
use super::{Parts, opened};
use crate::actor::Local;
use crate::body::BodyFault;
use crate::failure::{Fault, Notice};

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
    content: Pieces<Field>,
    // Dropped, it would take the field's content with it.
    _multipart: Multipart,
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
        let piece = self.content.next(length).await;
        piece.map_err(|fault| match fault {
            BodyFault::TooSlow => Notice::TooSlow.into(),
            BodyFault::Broken | BodyFault::TooLarge => Notice::UnreadableForm.into(),
        })
    }

    /// Reads on and throws away, so that the browser of somebody whose file is too long gets as far
    /// as reading the answer; no more than `most` bytes.
    pub async fn drain(&mut self, most: usize) {
        self.content.drain(most).await;
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for StreamedUpload<T> {
    type Error = Fault;
    type Future = Local<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let (csrf, multipart) = opened(&request, payload).await?;
            let read = tokio::time::timeout(LONGEST_PAUSE, up_to_file(multipart)).await;
            let (parts, file) = read.map_err(|_| Notice::TooSlow)??;
            // Reads the token as well: nobody makes us read a file without it.
            let signed = parts.signed(request.path(), &csrf)?;
            Ok(Self {
                fields: signed.fields,
                file,
            })
        })
    }
}

async fn up_to_file(mut multipart: Multipart) -> Result<(Parts, Option<StreamedFile>), Fault> {
    let mut parts = Parts::default();
    let field = parts.up_to_file(&mut multipart).await?;
    let file = field.and_then(|field| {
        let name = file_name(&field);
        (!name.is_empty()).then_some(StreamedFile {
            name,
            content: Pieces::of(field),
            _multipart: multipart,
        })
    });
    Ok((parts, file))
}

/// Stands in a file's name for a character that nobody sees: two names that look alike are not one,
/// and none reads backwards, yet a file that was chosen is not taken for none.
const UNSEEN: char = '\u{fffd}';

fn file_name(field: &Field) -> String {
    let disposition = field.content_disposition();
    let name = disposition.and_then(|disposition| disposition.get_filename());
    shown_name(name.unwrap_or_default())
}

/// The name without folders, since some browsers send the whole path.
fn shown_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen = |letter| if is_unseen(letter) { UNSEEN } else { letter };
    name.chars().map(seen).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_is_without_folders_and_without_characters_that_nobody_sees() {
        assert_eq!(shown_name("C:\\filer\\katalog.ldif"), "katalog.ldif");
        assert_eq!(shown_name("/tmp/katalog.ldif"), "katalog.ldif");
        assert_eq!(shown_name("kat\u{202e}fdil.exe"), "kat\u{fffd}fdil.exe");
        assert_eq!(shown_name("\u{200b}"), "\u{fffd}", "chosen nonetheless");
        assert_eq!(shown_name(""), "", "none was chosen");
        assert_eq!(
            shown_name("Region Ö – augusti.ldif"),
            "Region Ö – augusti.ldif"
        );
    }
}
