//! A box to tick in a form. A browser sends a box's value when it is ticked and nothing when it is
//! not; whatever else is sent is no tick, however it came about.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};

/// What our boxes send when they are ticked.
pub const TICKED: &str = "ja";

/// Whether a box was ticked. Fields of this kind need `#[serde(default)]`: a box that is not ticked
/// sends nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tick(bool);

impl Tick {
    /// What was sent under a box's name, if anything was.
    #[must_use]
    pub fn of(sent: Option<&str>) -> Self {
        Self(sent == Some(TICKED))
    }

    /// Whether the box was ticked.
    #[must_use]
    pub fn is_set(self) -> bool {
        self.0
    }
}

impl<'de> Deserialize<'de> for Tick {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let sent = Cow::<'de, str>::deserialize(deserializer)?;
        Ok(Self::of(Some(&sent)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Form {
        #[serde(default)]
        rutin: Tick,
    }

    #[test]
    fn only_the_value_that_our_boxes_send_is_a_tick() {
        let table = [
            ("rutin=ja", true),
            ("", false),
            ("rutin=", false),
            ("rutin=nej", false),
            ("rutin=on", false),
            ("rutin=true", false),
            ("rutin=JA", false),
            ("rutin=ja+", false),
            ("rutin=0", false),
        ];
        for (sent, ticked) in table {
            let form: Form = serde_html_form::from_bytes(sent.as_bytes()).unwrap();
            assert_eq!(form.rutin.is_set(), ticked, "{sent}");
        }
        assert!(Tick::of(Some("ja")).is_set() && !Tick::of(None).is_set());
    }
}
