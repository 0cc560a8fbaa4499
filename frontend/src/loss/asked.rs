//! What is answered before a card is revoked: why, who says so, and whether any identity document is
//! left. It stands in the address between the two steps, so it holds codes and nothing personal.

use cards_app::queries::Told;
use cards_domain::card::RevocationReason;
use cards_domain::revocation::{Reporter, WrongIn};
use cards_http::PortalName;
use serde::Deserialize;

use super::Faults;
use crate::components::{Choice, Choices, Hidden};
use crate::text::Text;

/// Names of the fields, which are the ids of their places on the page.
pub(crate) const REASON: &str = "orsak";
pub(crate) const REPORTER: &str = "anmalare";
pub(crate) const HAS_ID: &str = "id";
pub(crate) const FOUR: &str = "fyra";
pub(crate) const PLACE: &str = "var";
/// The holder's answer for a letter that somebody has opened: the card counts as stolen.
pub(crate) const ENVELOPE: &str = "kuvert";
/// No identity document is left.
pub(crate) const NO_ID: &str = "nej";

/// Who is at the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Teller {
    /// An officer.
    Officer,
    /// The servicedesk, with a caller on the telephone.
    Servicedesk,
    /// The holder.
    Holder,
}

impl Teller {
    /// Whoever is logged in to this portal.
    pub(crate) fn of(portal: PortalName) -> Self {
        match portal {
            PortalName::IdAdmin => Self::Officer,
            PortalName::Servicedesk => Self::Servicedesk,
            PortalName::MinaSidor => Self::Holder,
        }
    }
}

/// The answers as they were sent; what cannot be read counts as no answer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub(crate) orsak: String,
    pub(crate) anmalare: String,
    pub(crate) id: String,
    pub(crate) fyra: String,
    pub(crate) var: String,
}

/// The answers, understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) reason: RevocationReason,
    pub(crate) reporter: Reporter,
}

impl Answer {
    /// Whether the card is revoked at once.
    pub(crate) fn executes(self) -> bool {
        self.reporter != Reporter::UnverifiedCaller
    }
}

impl Asked {
    /// The answers of the first step.
    ///
    /// # Errors
    /// Every question without an answer that this reader may give.
    pub(crate) fn read(&self, t: Text, teller: Teller, has_number: bool) -> Result<Answer, Faults> {
        let reason = reason(teller, &self.orsak);
        let reporter = reporter(teller, &self.anmalare, has_number);
        if let (Some(reason), Some(reporter)) = (reason, reporter) {
            return Ok(Answer { reason, reporter });
        }
        let choose = match teller {
            Teller::Holder => t.loss_my_choose(),
            Teller::Officer | Teller::Servicedesk => t.loss_choose_reason(),
        };
        let missing = [
            reason.is_none().then_some((REASON, choose)),
            reporter.is_none().then(|| (REPORTER, t.loss_choose_who())),
        ];
        let missing = missing.into_iter().flatten();
        Err(missing.map(|(at, text)| (at.to_owned(), text)).collect())
    }

    /// What is to be written down.
    pub(crate) fn told(&self, answer: Answer, wrong_in: Option<WrongIn>) -> Told {
        Told {
            reason: answer.reason,
            reporter: answer.reporter,
            last_four: self.fyra.trim().to_owned(),
            wrong_in,
        }
    }

    /// Whether no identity document is left.
    pub(crate) fn is_without_id(&self) -> bool {
        self.id == NO_ID
    }

    /// The answers as they stand in an address; nothing that is not one of the answers gets there.
    pub(crate) fn query(&self, teller: Teller) -> String {
        let reason = reason(teller, &self.orsak).map(|_| self.orsak.as_str());
        let reporter = self.anmalare.parse::<Reporter>().ok();
        let pairs = [
            (REASON, reason),
            (REPORTER, reporter.map(<&str>::from)),
            (HAS_ID, has_id_values().find(|value| *value == self.id)),
        ];
        let pairs = pairs
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", value?)));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// The answers of the first step, carried on in the form of the second.
    pub(crate) fn carried(&self, hidden: &Hidden) -> Hidden {
        hidden
            .clone()
            .and(REASON, self.orsak.as_str())
            .and(REPORTER, self.anmalare.as_str())
            .and(HAS_ID, self.id.as_str())
    }
}

fn has_id_values() -> impl Iterator<Item = &'static str> {
    ["ja", NO_ID, "vet-ej"].into_iter()
}

/// Whether any identity document is left. It may be left unanswered.
pub(crate) fn has_id(t: Text, teller: Teller, chosen: &str) -> Choices {
    let labels = [
        t.loss_has_id_yes(),
        t.loss_has_id_no(),
        t.loss_has_id_unknown(),
    ];
    let rows = has_id_values().zip(labels);
    let rows = rows.map(|(value, label)| Choice::answer(value, label));
    let (legend, hint) = match teller {
        Teller::Holder => (t.loss_my_has_id(), t.loss_my_has_id_hint()),
        Teller::Officer | Teller::Servicedesk => (t.loss_has_id(), t.loss_has_id_hint()),
    };
    // Whether somebody has a document they know themselves.
    let most = if teller == Teller::Holder { 2 } else { 3 };
    Choices::new(HAS_ID, legend, rows.take(most).collect())
        .hint(hint)
        .chosen(chosen)
}

fn reason(teller: Teller, value: &str) -> Option<RevocationReason> {
    let named = value.parse::<RevocationReason>().ok();
    match teller {
        Teller::Officer => named.filter(|reason| reason.is_for_people()),
        Teller::Servicedesk => named.filter(|reason| reason.is_loss()),
        Teller::Holder if value == ENVELOPE => Some(RevocationReason::Stolen),
        Teller::Holder => named.filter(|reason| reason.is_loss()),
    }
}

fn reporter(teller: Teller, value: &str, has_number: bool) -> Option<Reporter> {
    let named = value.parse::<Reporter>().ok();
    match teller {
        Teller::Holder => Some(Reporter::HolderLoggedIn),
        Teller::Officer => named.filter(|named| *named != Reporter::HolderLoggedIn),
        Teller::Servicedesk => {
            named.filter(|named| matches!(named, Reporter::CalledBack | Reporter::UnverifiedCaller))
        }
    }
    // Who is not in the directory cannot have been called back on its number.
    .filter(|named| has_number || *named != Reporter::CalledBack)
}
