//! A reason in an officer's own words: kept as it was written, or told what is wrong with it. It is
//! never cut, so the field has no length of its own that a browser would cut a pasted text to.

use cards_domain::values::{FreeTextError, LONGEST_REASON, reason};

use crate::text::Text;

/// What was typed as a reason.
#[derive(Clone, Debug)]
pub(crate) struct Reason {
    typed: String,
    read: Result<Option<String>, FreeTextError>,
}

impl Reason {
    /// Reads what was typed, if anything was.
    pub(crate) fn of(typed: Option<&str>) -> Self {
        let typed = typed.unwrap_or_default();
        Self {
            typed: typed.to_owned(),
            read: reason(typed),
        }
    }

    /// The reason, if it can be kept.
    pub(crate) fn given(&self) -> Option<&str> {
        self.read.as_ref().ok()?.as_deref()
    }

    /// What was typed and what is wrong with it, to show the form again; `missing` where nothing
    /// was typed.
    pub(crate) fn wrong(&self, t: Text, missing: String) -> (&str, String) {
        let said = match self.read {
            Ok(_) => missing,
            Err(FreeTextError::TooLong) => {
                t.reason_too_long(LONGEST_REASON, self.typed.trim().chars().count())
            }
            Err(FreeTextError::Unseen | FreeTextError::PersonsNumber) => t.unseen_characters(),
        };
        (&self.typed, said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn a_reason_that_is_too_long_is_told_so_and_kept_whole() {
        let t = Text::of(Lang::Sv);
        let long = "å".repeat(LONGEST_REASON + 1);
        let reason = Reason::of(Some(&long));
        assert_eq!(reason.given(), None);
        let (typed, said) = reason.wrong(t, "saknas".to_owned());
        assert_eq!(typed, long);
        assert!(said.contains("500") && said.contains("501"), "{said}");
        let right = Reason::of(Some(&"å".repeat(LONGEST_REASON)));
        assert_eq!(right.given().map(|text| text.chars().count()), Some(500));
    }

    #[test]
    fn what_nobody_sees_is_refused_and_nothing_at_all_is_missing() {
        let t = Text::of(Lang::Sv);
        let turned = Reason::of(Some("Enligt beslut \u{202e}4711"));
        assert_eq!(turned.given(), None);
        assert_eq!(
            turned.wrong(t, "saknas".to_owned()).1,
            t.unseen_characters()
        );
        for nothing in [None, Some(""), Some(" \r\n ")] {
            let reason = Reason::of(nothing);
            assert_eq!(reason.given(), None);
            assert_eq!(reason.wrong(t, "saknas".to_owned()).1, "saknas");
        }
    }
}
