//! How somebody signs: with the card in a reader at this computer, or by a new log-in.

use askama::Template;
use strum::{EnumIter, EnumString, IntoStaticStr};

use super::{Choice, Choices, Component, finished_html};
use crate::text::Text;

/// A way to sign, as forms send it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, EnumString, IntoStaticStr)]
pub enum SigningWay {
    /// SITHS eID on this device: the card in its reader, through the card program.
    #[strum(serialize = "kort")]
    Card,
    /// A new log-in at the identity provider, which shows the text.
    #[strum(serialize = "legitimering")]
    LogIn,
}

/// The ways to sign, of which one is chosen. What cannot be chosen stands there too, with the reason:
/// another device always, this device where the card cannot sign.
#[derive(Clone, Debug, Template)]
#[template(path = "components/signing_ways.html")]
pub struct SigningWays {
    choices: Choices,
}

impl SigningWays {
    /// The field that the form sends: a [`SigningWay`].
    pub const FIELD: &'static str = "med";

    /// The question. `no_card` is why the card cannot sign, in whole sentences, if it cannot; `chosen`
    /// is what is chosen already. Otherwise that is the card where it can sign.
    pub fn new(t: Text, no_card: Option<String>, chosen: Option<SigningWay>) -> Self {
        let first = if no_card.is_some() {
            SigningWay::LogIn
        } else {
            SigningWay::Card
        };
        let can = |way: &SigningWay| *way != SigningWay::Card || no_card.is_none();
        let chosen = chosen.filter(can).unwrap_or(first);
        Self::named(t, Self::FIELD, no_card).chosen(chosen)
    }

    /// What is wrong and what to do, if anything.
    #[must_use]
    pub fn error(self, error: Option<String>) -> Self {
        Self {
            choices: self.choices.error(error),
        }
    }

    fn named(t: Text, name: &str, no_card: Option<String>) -> Self {
        let card = match no_card {
            None => explained(
                SigningWay::Card,
                t.sign_this_device(),
                t.sign_this_device_means(),
            ),
            Some(why) => Choice::rejected(t.sign_this_device(), why),
        };
        let rows = vec![
            card,
            Choice::rejected(t.sign_other_device(), t.sign_other_device_why()),
            explained(SigningWay::LogIn, t.sign_log_in(), t.sign_log_in_means()),
        ];
        Self {
            choices: Choices::new(name, t.sign_how(), rows),
        }
    }

    fn chosen(self, way: SigningWay) -> Self {
        Self {
            choices: self.choices.chosen(<&str>::from(way)),
        }
    }
}

fn explained(way: SigningWay, label: String, means: String) -> Choice {
    Choice::explained(<&str>::from(way), label, means)
}

impl Component for SigningWays {
    const NAME: &'static str = "SigningWays";

    fn examples(t: Text) -> Vec<Self> {
        let why = t.refusal_own_card();
        vec![
            Self::named(t, "exempel-skriv-under", None).chosen(SigningWay::Card),
            Self::named(t, "exempel-utan-kort", Some(why))
                .chosen(SigningWay::LogIn)
                .error(Some(t.sign_choose())),
        ]
    }
}

finished_html!(SigningWays);
