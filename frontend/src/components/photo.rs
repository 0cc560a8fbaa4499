//! Photos: the field that takes one, by file or by the camera in the page, and the frame that shows
//! one beside what it is compared with.

use askama::Template;
use cards_app::photo::{LEAST_HEIGHT, LEAST_WIDTH, MOST_BYTES, PhotoFault};
use cards_http::UploadFault;

use super::field::described_by;
use super::{Component, Facts, Icon, Photo, finished_html};
use crate::assets::{Asset, asset_url};
use crate::text::Text;

/// A field for one photo, in a form with `enctype="multipart/form-data"` that a
/// [`cards_http::SignedUpload`] reads. Its id is its name. A script adds a camera with an oval
/// guide; the page must then be sent with [`cards_http::CAMERA_ALLOWED`].
#[derive(Clone, Debug, Template)]
#[template(path = "components/photo_field.html")]
pub struct PhotoField {
    t: Text,
    name: String,
    label: String,
    hint: String,
    error: Option<String>,
}

impl PhotoField {
    /// A field with the hint that says what is accepted.
    pub fn new(t: Text, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            t,
            name: name.into(),
            label: label.into(),
            hint: t.photo_hint(megabytes()),
            error: None,
        }
    }

    /// Another hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What is wrong and what to do, if anything: [`photo_fault`] or [`upload_fault`].
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    fn described_by(&self) -> String {
        described_by(&self.name, true, self.error.is_some()).unwrap_or_default()
    }

    fn most_bytes(&self) -> usize {
        MOST_BYTES
    }

    fn too_large(&self) -> String {
        upload_fault(self.t, UploadFault::TooLarge)
    }

    fn script(&self) -> &'static str {
        asset_url(Asset::Camera)
    }
}

fn megabytes() -> usize {
    MOST_BYTES / (1024 * 1024)
}

/// What to say about a file that cannot become a photo: the reason and what to do.
#[must_use]
pub fn photo_fault(t: Text, fault: PhotoFault) -> String {
    match fault {
        PhotoFault::OtherFormat => t.photo_fault_other_format(),
        PhotoFault::TooLarge => t.photo_fault_too_large(megabytes()),
        PhotoFault::TooManyPixels => t.photo_fault_too_many_pixels(),
        PhotoFault::TooSmall => t.photo_fault_too_small(LEAST_WIDTH, LEAST_HEIGHT),
        PhotoFault::OddShape => t.photo_fault_odd_shape(),
        PhotoFault::BadCrop => t.photo_fault_bad_crop(),
        PhotoFault::Broken => t.photo_fault_broken(),
    }
}

/// What to say about a photo that was not sent, or not to its end.
#[must_use]
pub fn upload_fault(t: Text, fault: UploadFault) -> String {
    match fault {
        UploadFault::Missing => t.photo_fault_missing(),
        UploadFault::TooLarge => t.photo_fault_too_large(megabytes()),
    }
}

impl Component for PhotoField {
    const NAME: &'static str = "PhotoField";

    fn examples(t: Text) -> Vec<Self> {
        vec![
            Self::new(t, "exempel-foto", "Foto"),
            Self::new(t, "exempel-foto-fel", "Nytt foto")
                .error(Some(photo_fault(t, PhotoFault::TooSmall))),
        ]
    }
}

/// A photo, large, beside what it is compared with: the face at the counter, a name, a number.
#[derive(Clone, Debug, Template)]
#[template(path = "components/photo_frame.html")]
pub struct PhotoFrame {
    t: Text,
    photo: Photo,
    title: String,
    lines: Vec<String>,
    facts: Option<Facts>,
}

impl PhotoFrame {
    /// A photo and the words that say what to look at.
    pub fn new(t: Text, photo: Photo, title: impl Into<String>) -> Self {
        Self {
            t,
            photo,
            title: title.into(),
            lines: Vec::new(),
            facts: None,
        }
    }

    /// One more line of text.
    #[must_use]
    pub fn line(mut self, line: impl Into<String>) -> Self {
        self.lines.push(line.into());
        self
    }

    /// What is known of the person or the photo.
    #[must_use]
    pub fn facts(mut self, facts: Facts) -> Self {
        self.facts = Some(facts);
        self
    }
}

impl Component for PhotoFrame {
    const NAME: &'static str = "PhotoFrame";

    fn examples(t: Text) -> Vec<Self> {
        let taken = Photo::Taken {
            src: asset_url(Asset::Icon).to_owned(),
            alt: "Foto på Maja Lindqvist, taget 2026-11-04".to_owned(),
        };
        let title = "Jämför fotot med personen framför dig";
        vec![
            Self::new(t, taken, title)
                .line("Titta på avståndet mellan ögonen, på öronen och på munnen.")
                .facts(Facts::examples(t).remove(0)),
            Self::new(t, Photo::Missing, "Foto på kortet"),
            Self::new(t, Photo::Protected, "Skyddade personuppgifter"),
        ]
    }
}

finished_html!(PhotoField, PhotoFrame);

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::text::Lang;

    #[test]
    fn every_fault_has_a_sentence_of_its_own_in_both_languages() {
        use strum::IntoEnumIterator as _;
        for lang in [Lang::Sv, Lang::En] {
            let t = Text::of(lang);
            let said: BTreeSet<String> =
                PhotoFault::iter().map(|one| photo_fault(t, one)).collect();
            assert_eq!(said.len(), PhotoFault::iter().count());
            assert!(said.contains(&upload_fault(t, UploadFault::TooLarge)));
            assert!(!said.contains(&upload_fault(t, UploadFault::Missing)));
        }
    }

    #[test]
    fn the_field_works_without_script_and_its_camera_stays_hidden() {
        let html = PhotoField::new(Text::of(Lang::Sv), "foto", "Foto").to_string();
        assert!(
            html.contains(r#"type="file" id="foto" name="foto""#),
            "{html}"
        );
        assert!(html.contains(r#"accept="image/jpeg,image/png""#));
        // With `capture` phones hide the gallery.
        assert!(!html.contains("capture="), "{html}");
        assert!(html.contains(r#"aria-describedby="foto-hint""#) && !html.contains("aria-invalid"));
        assert!(html.contains("data-camera hidden>") && html.contains("högst 8 MB"));
        assert!(html.contains(asset_url(Asset::Camera)));
    }

    #[test]
    fn a_protected_persons_frame_shows_no_photo() {
        let html = PhotoFrame::new(Text::of(Lang::Sv), Photo::Protected, "x").to_string();
        assert!(!html.contains("<img") && html.contains("#i-shield"));
    }
}
