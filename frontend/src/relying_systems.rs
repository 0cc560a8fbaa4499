//! The systems that people log in to with their cards, and whether one must have a certificate for
//! signing in them. It is data: a system that changes its way of signing changes here. Where nothing
//! is known for certain the answer is to ask the workplace, which has chosen the software.

use crate::components::{Icon, StateBadge, Tone};
use crate::text::Text;

/// Whether a certificate for signing is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// The system signs with the key for log-in (PIN1) where SITHS eID is used, and with the one for
    /// signing (PIN2) where older card software is (source texts S0 and S1).
    ByProgram,
    /// The card is used for log-in alone.
    LogInOnly,
    /// The sources say nothing of how one signs there.
    AskWorkplace,
}

/// A system.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RelyingSystem {
    /// What people call it.
    pub(crate) name: &'static str,
    /// Whether a certificate for signing is needed.
    pub(crate) need: Need,
    about: fn(&Text) -> String,
}

/// The systems that the source texts name, by name.
pub(crate) static ALL: [RelyingSystem; 7] = [
    // S4: registers are logged in to with the card.
    RelyingSystem {
        name: "Kvalitetsregister",
        need: Need::LogInOnly,
        about: Text::system_registers,
    },
    // S2: needs the higher level of security.
    RelyingSystem {
        name: "NLL",
        need: Need::AskWorkplace,
        about: Text::system_level,
    },
    RelyingSystem {
        name: "NPÖ",
        need: Need::AskWorkplace,
        about: Text::system_level,
    },
    RelyingSystem {
        name: "Pascal",
        need: Need::AskWorkplace,
        about: Text::system_level,
    },
    // S1: the card is needed, for doctors.
    RelyingSystem {
        name: "Rehabstöd",
        need: Need::AskWorkplace,
        about: Text::system_rehab,
    },
    // S0 and S2: PIN1 at log-in, the higher level.
    RelyingSystem {
        name: "TakeCare",
        need: Need::AskWorkplace,
        about: Text::system_takecare,
    },
    // S0: PIN1 with SITHS eID; S1: both certificates with Net iD.
    RelyingSystem {
        name: "Webcert",
        need: Need::ByProgram,
        about: Text::system_webcert,
    },
];

impl RelyingSystem {
    /// What is known of it.
    pub(crate) fn about(&self, t: Text) -> String {
        (self.about)(&t)
    }

    /// The answer to *Behöver jag det?*
    pub(crate) fn answer(&self, t: Text) -> StateBadge {
        let (tone, icon, word) = match self.need {
            Need::ByProgram => (Tone::Info, Icon::Info, t.need_by_program()),
            Need::LogInOnly => (Tone::Success, Icon::Check, t.need_log_in_only()),
            Need::AskWorkplace => (Tone::Neutral, Icon::Person, t.need_ask()),
        };
        StateBadge::new(tone, icon, word).outlined()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn the_systems_stand_by_name_and_each_has_an_answer_in_both_languages() {
        let names: Vec<&str> = ALL.iter().map(|system| system.name).collect();
        assert!(names.is_sorted(), "{names:?}");
        for system in &ALL {
            let [sv, en] = [Lang::Sv, Lang::En].map(|lang| system.about(Text::of(lang)));
            assert!(sv != en && !sv.is_empty(), "{}", system.name);
        }
    }

    #[test]
    fn webcert_says_which_code_and_that_it_depends_on_the_program() {
        let webcert = ALL.iter().find(|system| system.name == "Webcert").unwrap();
        assert_eq!(webcert.need, Need::ByProgram);
        let about = webcert.about(Text::of(Lang::Sv));
        assert!(about.contains("PIN1") && about.contains("PIN2"), "{about}");
    }
}
