//! What the reader can do: buttons, links, and the one next step of a page.

use askama::Template;

use super::{Component, Icon, Tone, finished_html};
use crate::text::Text;

/// A plain link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What happens or what is shown.
    pub label: String,
    /// Address.
    pub href: String,
}

impl Link {
    /// A link with this label and address.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
        }
    }
}

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// Filled: the main act, one per view.
    #[default]
    Primary,
    /// Outlined: everything else.
    Secondary,
    /// Text only.
    Tertiary,
}

/// A button, or a link that looks like one. The label says what happens (*Spärra kortet*).
#[derive(Clone, Debug, Template)]
#[template(path = "components/button.html")]
pub struct Button {
    label: String,
    href: Option<String>,
    name_value: Option<(String, String)>,
    form: Option<String>,
    icon: Option<Icon>,
    variant: Variant,
    is_large: bool,
    is_full: bool,
    is_final: bool,
}

impl Button {
    /// A link to the page where the act is done.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            href: Some(href.into()),
            ..Self::submit(label)
        }
    }

    /// The submit button of the form it stands in.
    pub fn submit(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: None,
            name_value: None,
            form: None,
            icon: None,
            variant: Variant::Primary,
            is_large: false,
            is_full: false,
            is_final: false,
        }
    }

    /// Sends `name=value` when this button is the one pressed.
    #[must_use]
    pub fn sending(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.name_value = Some((name.into(), value.into()));
        self
    }

    /// Submits the form with this id although the button stands outside it.
    #[must_use]
    pub fn of_form(mut self, id: impl Into<String>) -> Self {
        self.form = Some(id.into());
        self
    }

    /// An icon after the label, such as [`Icon::Outside`] for a link that leaves the portal.
    #[must_use]
    pub fn with_icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Outlined.
    #[must_use]
    pub fn secondary(mut self) -> Self {
        self.variant = Variant::Secondary;
        self
    }

    /// Text only.
    #[must_use]
    pub fn tertiary(mut self) -> Self {
        self.variant = Variant::Tertiary;
        self
    }

    /// 52 px high: the page's main act.
    #[must_use]
    pub fn large(mut self) -> Self {
        self.is_large = true;
        self
    }

    /// As wide as its box: Mina sidor.
    #[must_use]
    pub fn full(mut self) -> Self {
        self.is_full = true;
        self
    }

    /// Red: only the last button of an act that cannot be undone.
    #[must_use]
    pub fn irreversible(mut self) -> Self {
        self.is_final = true;
        self
    }

    fn classes(&self) -> &'static str {
        match (self.is_large, self.is_full) {
            (false, false) => "ds-button",
            (true, false) => "ds-button lg",
            (false, true) => "ds-button full",
            (true, true) => "ds-button lg full",
        }
    }

    fn tone(&self) -> Tone {
        if self.is_final {
            Tone::Danger
        } else {
            Tone::Accent
        }
    }

    fn variant_name(&self) -> &'static str {
        match self.variant {
            Variant::Primary => "primary",
            Variant::Secondary => "secondary",
            Variant::Tertiary => "tertiary",
        }
    }
}

impl Component for Button {
    const NAME: &'static str = "Button";

    fn examples(_: Text) -> Vec<Self> {
        vec![
            Self::link("Aktivera kort …7738", "#b1").large(),
            Self::submit("Spara anteckning").secondary(),
            Self::link("Lämna vidare", "#b2").tertiary(),
            Self::link("Spåra hos Postnord", "#b3").with_icon(Icon::Outside),
            Self::submit("Spärra kortet")
                .large()
                .irreversible()
                .sending("steg", "2"),
            Self::link("Skicka frågan till Anders Holm", "#b4")
                .secondary()
                .full(),
        ]
    }
}

/// The one best act now, as a tinted panel near the top of the page.
#[derive(Clone, Debug, Template)]
#[template(path = "components/next_step.html")]
pub struct NextStep {
    title: String,
    text: String,
    action: Option<Button>,
}

impl NextStep {
    /// `title` says the act (*Nästa steg: …*), `text` what it leads to. One per page.
    pub fn new(title: impl Into<String>, text: impl Into<String>, action: Button) -> Self {
        Self {
            title: title.into(),
            text: text.into(),
            action: Some(action.large()),
        }
    }

    /// An act that somebody else is to do, or at another place: there is nothing to press here.
    pub fn words(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            text: text.into(),
            action: None,
        }
    }
}

impl Component for NextStep {
    const NAME: &'static str = "NextStep";

    fn examples(_: Text) -> Vec<Self> {
        vec![Self::new(
            "Nästa steg: aktivera det nya kortet",
            "Maja är bokad 10:00. När det nya kortet är aktivt spärras det gamla automatiskt, och \
             båda sista dagarna till höger är uppfyllda.",
            Button::link("Aktivera kort …7738", "#aktivera"),
        )]
    }
}

finished_html!(Button, NextStep);
