//! Our own line icons on a 24 px grid. A page carries them once, as one inline sprite, and refers
//! to them; they are decoration, the word always stands beside.

use std::fmt;

use askama::filters::HtmlSafe;
use strum::{EnumIter, IntoEnumIterator, IntoStaticStr};

/// An icon. Writes itself as `<svg class="i"><use href="#i-…"/></svg>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[expect(missing_docs, reason = "each icon is named after what it draws")]
pub enum Icon {
    Search,
    Clock,
    Check,
    Cross,
    Dots,
    Camera,
    Box,
    Envelope,
    Arrows,
    CalendarCross,
    Calendar,
    Pen,
    Ban,
    Padlock,
    Return,
    Scissors,
    Warning,
    Info,
    Pin,
    Printer,
    Shield,
    Phone,
    Person,
    Eye,
    Card,
    Reader,
    Copy,
    Outside,
    Right,
    Left,
    Home,
    Gear,
}

impl Icon {
    /// The drawing: the inside of the sprite's symbol.
    #[expect(clippy::too_many_lines, reason = "one line per icon")]
    fn drawing(self) -> &'static str {
        match self {
            Self::Search => r#"<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/>"#,
            Self::Clock => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7.500V12l3 2"/>"#,
            Self::Check => r#"<path d="M5 12.500l4.5 4.500L19 7.5"/>"#,
            Self::Cross => r#"<path d="M6 6l12 12M18 6L6 18"/>"#,
            Self::Dots => r#"<path d="M6 12h.1M12 12h.1M18 12h.1" stroke-width="3"/>"#,
            Self::Camera => {
                r#"<path d="M4 8.500h3.500L9 6h6l1.5 2.500H20V19H4z"/><circle cx="12" cy="13.3" r="3.2"/>"#
            }
            Self::Box => {
                r#"<path d="M4 8l8-4 8 4v8.500l-8 4-8-4z"/><path d="M4 8l8 4 8-4M12 12v8.5"/>"#
            }
            Self::Envelope => {
                r#"<rect x="3.5" y="6" width="17" height="12.5" rx="2"/><path d="M4 7.500l8 6 8-6"/>"#
            }
            Self::Arrows => {
                r#"<path d="M19.5 8A8 8 0 004.5 10M4.5 16A8 8 0 0019.5 14M19.5 4v4h-4M4.5 20v-4h4"/>"#
            }
            Self::CalendarCross => {
                r#"<rect x="4" y="5.5" width="16" height="14.5" rx="2"/><path d="M4 10h16M8.5 3.500v4M15.5 3.500v4M10 13l4 4M14 13l-4 4"/>"#
            }
            Self::Calendar => {
                r#"<rect x="4" y="5.5" width="16" height="14.5" rx="2"/><path d="M4 10h16M8.5 3.500v4M15.5 3.500v4"/>"#
            }
            Self::Pen => r#"<path d="M4 20l1-4L16.5 4.500l3 3L8 19z"/><path d="M14 7l3 3"/>"#,
            Self::Ban => r#"<circle cx="12" cy="12" r="8.5"/><path d="M6 6l12 12"/>"#,
            Self::Padlock => {
                r#"<rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8 10.500V8a4 4 0 018 0v2.5"/>"#
            }
            Self::Return => r#"<path d="M9 6L4.5 10.5 9 15M5 10.500h9a5 5 0 010 10h-3"/>"#,
            Self::Scissors => {
                r#"<circle cx="6.5" cy="7" r="2.7"/><circle cx="6.5" cy="17" r="2.7"/><path d="M9 8.500L20 17M9 15.500L20 7"/>"#
            }
            Self::Warning => {
                r#"<path d="M12 4L2.8 19.500h18.400z"/><path d="M12 10v4.500M12 17v.1"/>"#
            }
            Self::Info => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.1"/>"#,
            Self::Pin => {
                r#"<path d="M12 21s6.5-6 6.5-11a6.5 6.5 0 00-13 0c0 5 6.5 11 6.5 11z"/><circle cx="12" cy="10" r="2.3"/>"#
            }
            Self::Printer => r#"<path d="M7 9V4h10v5M7 17H4V9h16v8h-3"/><path d="M7 14h10v6H7z"/>"#,
            Self::Shield => {
                r#"<path d="M12 3.500l7 2.500v5.500c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6z"/>"#
            }
            Self::Phone => {
                r#"<path d="M6 4h3.500l1.5 4-2 1.500a11 11 0 005.5 5.500l1.5-2 4 1.500V18a2 2 0 01-2 2A15 15 0 014 6a2 2 0 012-2z"/>"#
            }
            Self::Person => {
                r#"<circle cx="12" cy="8.5" r="3.8"/><path d="M4.5 20c.8-4 3.7-6 7.5-6s6.7 2 7.5 6"/>"#
            }
            Self::Eye => {
                r#"<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>"#
            }
            Self::Card => {
                r#"<rect x="3" y="5.5" width="18" height="13" rx="2"/><path d="M6.5 9.500h4V13h-4zM14 15h4"/>"#
            }
            Self::Reader => {
                r#"<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V4.500h8V11M10 7.500h2.5"/>"#
            }
            Self::Copy => {
                r#"<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.5 8.500v-2a2 2 0 00-2-2h-7a2 2 0 00-2 2v7a2 2 0 002 2h2"/>"#
            }
            Self::Outside => r#"<path d="M14 4.500h5.500V10M19 5l-8 8M17.5 14v5.500h-13v-13H10"/>"#,
            Self::Right => r#"<path d="M9 5.500l6.5 6.500L9 18.5"/>"#,
            Self::Left => r#"<path d="M15 5.500L8.5 12l6.5 6.5"/>"#,
            Self::Home => r#"<path d="M4 11.500L12 4.500l8 7M6 10v9.500h12V10"/>"#,
            Self::Gear => {
                r#"<circle cx="12" cy="12" r="3"/><path d="M12 3.500v3M12 17.500v3M3.5 12h3M17.5 12h3M6 6l2 2M16 16l2 2M18 6l-2 2M8 16l-2 2"/>"#
            }
        }
    }
}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name: &'static str = self.into();
        write!(
            f,
            r##"<svg class="i" aria-hidden="true"><use href="#i-{name}"/></svg>"##
        )
    }
}

impl HtmlSafe for Icon {}

/// All icons as symbols; every page carries it once, at the start of its body.
#[derive(Clone, Copy, Debug)]
pub struct Sprite;

impl fmt::Display for Sprite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(r#"<svg class="sprite" aria-hidden="true">"#)?;
        for icon in Icon::iter() {
            let name: &'static str = icon.into();
            write!(
                f,
                r#"<symbol id="i-{name}" viewBox="0 0 24 24">{}</symbol>"#,
                icon.drawing()
            )?;
        }
        f.write_str("</svg>")
    }
}

impl HtmlSafe for Sprite {}
