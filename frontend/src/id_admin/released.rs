//! A safety stop that waits for nobody any more: who released it, when and why.

use askama::Template;

use crate::components::{Link, Message};
use crate::layout::Frame;
use crate::pages::Setting;
use crate::text::Text;

/// The page, for a night's stop and for a feed's.
#[derive(Template)]
#[template(path = "id_admin/released.html")]
pub(super) struct ReleasedView {
    frame: Frame,
    t: Text,
    message: Message,
    back: Link,
}

impl ReleasedView {
    /// `title` says what was stopped.
    pub(super) fn new(s: &Setting, title: String, message: Message, back: Link) -> Self {
        Self {
            frame: s.frame(title),
            t: s.t,
            message,
            back,
        }
    }
}
