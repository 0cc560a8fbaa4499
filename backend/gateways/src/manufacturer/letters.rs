//! What lies in the post, for the demonstration's page.

use cards_domain::values::RekId;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::factory::{Stage, Work};

/// A letter with a card in it. Serialises what stands on its outside, which includes a name and an
/// address: for the demonstration's page only.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// The order it belongs to.
    pub order_number: String,
    /// Whether it is a registered letter.
    pub registered: bool,
    /// The id by which a registered letter is traced.
    pub rek_id: Option<RekId>,
    /// To whom.
    pub name: String,
    /// The lines of the address under the name; those of the office for a card that is fetched.
    pub address: Vec<String>,
    /// Whether it goes to a card office.
    pub to_office: bool,
    /// Whether a photo is printed on the card.
    pub with_photo: bool,
    /// When it was posted.
    pub posted_at: DateTime<Utc>,
    /// Where it ends up.
    pub fate: LetterFate,
}

/// Where a letter ends up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterFate {
    /// It arrives.
    Arrives,
    /// It is lost on the way, and nobody is told.
    Lost,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Letter({}, {:?})", self.order_number, self.fate)
    }
}

impl Letter {
    /// The letter of this job, if it has been posted.
    pub(super) fn of(work: &Work) -> Option<Self> {
        let Stage::Posted { at, rek_id, lost } = &work.stage else {
            return None;
        };
        Some(Self {
            order_number: work.job.order_number.clone(),
            registered: work.job.registered_mail,
            rek_id: rek_id.clone(),
            name: work.job.name.full(),
            address: match &work.job.to_office {
                Some(office) => vec![office.clone()],
                None => work.job.address.lines(),
            },
            to_office: work.job.to_office.is_some(),
            with_photo: work.job.photo.is_some(),
            posted_at: *at,
            fate: if *lost {
                LetterFate::Lost
            } else {
                LetterFate::Arrives
            },
        })
    }
}
