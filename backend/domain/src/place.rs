//! Where a card may be activated. Source text S3: at the office where the photo was taken;
//! organisations may have a wider policy.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use crate::ids::{OfficeId, OrganisationId};
use crate::refusal::Refusal;

/// Which offices an organisation lets activate its cards.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ActivationPlace {
    /// Only the office where the printed photo was taken; without photo, the one in the order.
    #[default]
    SameOfficeAsPhoto,
    /// Any office of the issuer.
    AnyOfficeOfIssuer,
    /// Any office of the holder's own organisation.
    OwnOrganisation,
}

/// An office, as the place rule sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeFacts {
    /// Which one.
    pub id: OfficeId,
    /// Its name, for the refusal that sends somebody there.
    pub name: String,
    /// Which organisation runs it.
    pub organisation: OrganisationId,
    /// Whether it is closed today, for good or for a time.
    pub closed: bool,
    /// Whether it will open again.
    pub opens_again: bool,
    /// Which office took over when it closed.
    pub successor: Option<OfficeId>,
}

/// What the place rule needs to know about one card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceFacts {
    /// The policy of the issuing organisation.
    pub policy: ActivationPlace,
    /// The office of the photo, or the one named in the order.
    pub required: OfficeFacts,
    /// The organisation that issued the card.
    pub issuer: OrganisationId,
    /// The organisations in which the holder has a live post.
    pub holder_organisations: Vec<OrganisationId>,
}

impl PlaceFacts {
    /// Whether a card may be activated at `here`.
    ///
    /// An office that has closed for good is replaced by its successor, or, without one, by any
    /// office of the issuer.
    ///
    /// # Errors
    /// [`Refusal::WrongOffice`] with the name of the office to go to.
    pub fn allow(&self, here: &OfficeFacts) -> Result<(), Refusal> {
        let same = here.id == self.required.id;
        let of_issuer = here.organisation == self.issuer;
        let allowed = match self.policy {
            ActivationPlace::SameOfficeAsPhoto => same || self.took_over(here),
            ActivationPlace::AnyOfficeOfIssuer => same || of_issuer,
            ActivationPlace::OwnOrganisation => {
                same || self.holder_organisations.contains(&here.organisation)
            }
        };
        if allowed && !here.closed {
            Ok(())
        } else {
            Err(self.go_to_its_own())
        }
    }

    /// Whether the card is kept at `here`: at its own office or, when that is closed, at one that
    /// stands in for it. How widely cards may be activated does not matter: the holder is told to
    /// fetch it at its own office, and whoever is responsible there knows where it lies.
    ///
    /// # Errors
    /// [`Refusal::WrongOffice`] with the name of the office that keeps it.
    pub fn keeps(&self, here: &OfficeFacts) -> Result<(), Refusal> {
        let stands_in = self.took_over(here) && !here.closed;
        if here.id == self.required.id || stands_in || self.may_except(here) {
            Ok(())
        } else {
            Err(self.go_to_its_own())
        }
    }

    /// Whether the card's office has closed for good and `here` has come in its place.
    fn took_over(&self, here: &OfficeFacts) -> bool {
        let of_issuer = here.organisation == self.issuer;
        let successor = self.required.successor;
        self.required.closed
            && !self.required.opens_again
            && successor.map_or(of_issuer, |successor| successor == here.id)
    }

    fn go_to_its_own(&self) -> Refusal {
        Refusal::WrongOffice {
            office: self.required.name.clone(),
        }
    }

    /// Whether an officer at `here` may make an exception, with a reason that is kept: the office
    /// that the card belongs to is closed, and `here` is another of the issuer.
    #[must_use]
    pub fn may_except(&self, here: &OfficeFacts) -> bool {
        self.required.closed && !here.closed && here.organisation == self.issuer
    }
}
