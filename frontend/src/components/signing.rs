//! How somebody signs: with the card in a reader at this computer, or by a new log-in.

use strum::{EnumString, IntoStaticStr};

use super::{Choice, Choices};
use crate::text::Text;

/// A way to sign, as forms send it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
pub enum SigningWay {
    /// SITHS eID on this device: the card in its reader, through the card program.
    #[strum(serialize = "kort")]
    Card,
    /// A new log-in at the identity provider, which shows the text.
    #[strum(serialize = "legitimering")]
    LogIn,
}

impl SigningWay {
    /// The field that the form sends.
    pub const FIELD: &'static str = "med";

    /// The question, of which one answer is chosen. What cannot be chosen stands there too, with the
    /// reason: another device always, this device where the card cannot sign. `no_card` is why, in
    /// whole sentences; `chosen` is what is chosen already. Otherwise that is the card where it can.
    pub fn asked(t: Text, no_card: Option<String>, chosen: Option<Self>) -> Choices {
        let first = if no_card.is_some() {
            Self::LogIn
        } else {
            Self::Card
        };
        let can = |way: &Self| *way != Self::Card || no_card.is_none();
        let chosen = chosen.filter(can).unwrap_or(first);
        let card = match no_card {
            None => Self::Card.explained(t.sign_this_device(), t.sign_this_device_means()),
            Some(why) => Choice::rejected(t.sign_this_device(), why),
        };
        let rows = vec![
            card,
            Choice::rejected(t.sign_other_device(), t.sign_other_device_why()),
            Self::LogIn.explained(t.sign_log_in(), t.sign_log_in_means()),
        ];
        Choices::new(Self::FIELD, t.sign_how(), rows).chosen(<&str>::from(chosen))
    }

    fn explained(self, label: String, means: String) -> Choice {
        Choice::explained(<&str>::from(self), label, means)
    }
}
