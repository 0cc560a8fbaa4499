//! Taking a photo for an order, looking at one, and what lies beside a photo that was wrong.

use cards_domain::access::{Function, Scope};
use cards_domain::calendar;
use cards_domain::card::CardStage;
use cards_domain::ids::{CardId, OfficeId, OrderId, PhotoId};
use cards_domain::order::OrderActionName;
use cards_domain::photo::{Photo, PhotoRequest, PhotoSource, PhotoStage, Picture};
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::kept::{ApprovedPhoto, PictureSize};
use cards_store::queries::{LookedAt, Neighbours, OrderSheet, PersonSheet};
use chrono::{Duration, NaiveDate};

use super::CardPage;
use crate::{App, Call, Failure, Which};

/// Photos approved within this time of each other lay on the same desk.
const NEAR_MINUTES: i64 = 60;

/// A photo that has been approved, with what people are told about it.
pub type ShownPhoto = ApprovedPhoto;

/// The photo stored since an earlier order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPhoto {
    /// The photo.
    pub shown: ShownPhoto,
    /// The last day on which it may be printed again.
    pub last_day: NaiveDate,
    /// Whether it may be used for the order.
    pub verdict: Result<(), Refusal>,
}

/// The page on which a photo is taken.
#[derive(Clone, Debug)]
pub struct PhotoPage {
    /// For whom.
    pub person: PersonSheet,
    /// For which order.
    pub order: OrderSheet,
    /// Whether the reader may take one here.
    pub verdict: Result<(), Refusal>,
    /// The one that needs not be taken.
    pub stored: Option<StoredPhoto>,
    /// One that was taken and waits for the officer's eyes.
    pub undecided: Option<PhotoId>,
}

/// The page on which a photo is compared with the person.
#[derive(Clone, Debug)]
pub struct PhotoDecision {
    /// Who is said to be on it.
    pub person: PersonSheet,
    /// The order that waits for it, or has got it.
    pub order: OrderSheet,
    /// The photo, without its picture.
    pub photo: Photo,
    /// The name of the office where it was taken.
    pub office_name: String,
}

/// The office of a card that is activated elsewhere because it is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedOffice {
    /// Its name.
    pub name: String,
    /// The first day on which it was closed.
    pub closed_on: Option<NaiveDate>,
    /// The day it opens again, if it does.
    pub opens_on: Option<NaiveDate>,
    /// The name of the office that took over.
    pub successor: Option<String>,
}

/// What is left to do after a card with a wrong photo, name or number.
#[derive(Clone, Debug)]
pub struct Misprint {
    /// The card and its holder.
    pub page: CardPage,
    /// Orders whose photos may have been mixed up with this one's.
    pub neighbours: Neighbours,
}

impl App {
    /// The page on which a photo is taken for an order.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for an order that is not in scope.
    pub fn photo_page(
        &self,
        link: &mut Link,
        call: &Call,
        id: OrderId,
    ) -> Result<PhotoPage, Failure> {
        link.reading(call.actor.office(), |link| {
            let (person, order) = self.order_for_photo(link, call, id, Which::NewOnly)?;
            let verdict = self.could_photograph(link, call, &order)?;
            Ok(PhotoPage {
                verdict,
                stored: self.stored_photo(link, call, &order)?,
                undecided: link.undecided_photo(id)?,
                person,
                order,
            })
        })
    }

    /// The page on which a photo is compared with the person.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for an order that is not in scope, or a photo that was not taken for
    /// it.
    pub fn photo_decision(
        &self,
        link: &mut Link,
        call: &Call,
        (id, photo): (OrderId, PhotoId),
    ) -> Result<PhotoDecision, Failure> {
        let (person, order) = self.order_for_photo(link, call, id, Which::Every)?;
        let photo = link.photo(photo)?.filter(|photo| photo.order == id);
        let photo = photo.ok_or(Failure::NotFound)?;
        Ok(PhotoDecision {
            office_name: office_name(link, photo.office)?,
            person,
            order,
            photo,
        })
    }

    fn order_for_photo(
        &self,
        link: &mut Link,
        call: &Call,
        id: OrderId,
        which: Which,
    ) -> Result<(PersonSheet, OrderSheet), Failure> {
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let at = LookedAt::Order(id);
        let person = self.ledger.look(link, call, at, which)?;
        let order = link.order(&scope, id)?.ok_or(Failure::NotFound)?;
        Ok((person, order))
    }

    fn could_photograph(
        &self,
        link: &mut Link,
        call: &Call,
        sheet: &OrderSheet,
    ) -> Result<Result<(), Refusal>, Failure> {
        let request = PhotoRequest {
            id: PhotoId(link.new_id()),
            order: sheet.order.id,
            person: sheet.order.person,
            source: PhotoSource::Desk,
            picture: Picture {
                jpeg: Vec::new(),
                thumbnail: Vec::new(),
            },
        };
        match self
            .ledger
            .could_begin::<Photo>(link, &call.actor, &request)
        {
            Ok(()) => Ok(Ok(())),
            Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
            Err(other) => Err(other),
        }
    }

    fn stored_photo(
        &self,
        link: &mut Link,
        call: &Call,
        sheet: &OrderSheet,
    ) -> Result<Option<StoredPhoto>, Failure> {
        let Some(photo) = link.approved_photo(sheet.order.person)? else {
            return Ok(None);
        };
        let order = std::slice::from_ref(&sheet.order);
        let offers = self.ledger.available(link, &call.actor, order)?;
        let mut offers = offers.into_iter().flatten();
        let verdict = offers
            .find(|offer| offer.action == OrderActionName::UseStoredPhoto)
            .map_or(Err(Refusal::NotYourRole), |offer| offer.verdict);
        let months = self.ledger.lengths().photo_months;
        Ok(Some(StoredPhoto {
            last_day: calendar::add_months(photo.photo.taken_on, months),
            shown: photo,
            verdict,
        }))
    }

    /// The picture of a photo of a person in scope, as JPEG. To see it is to look at the person;
    /// one that was rejected is shown to nobody.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a photo that does not exist or must not be known.
    pub fn picture(
        &self,
        link: &mut Link,
        call: &Call,
        id: PhotoId,
        size: PictureSize,
    ) -> Result<Vec<u8>, Failure> {
        let photo = link.photo(id)?.ok_or(Failure::NotFound)?;
        if photo.stage == PhotoStage::Rejected {
            return Err(Failure::NotFound);
        }
        let at = LookedAt::Person(photo.person);
        self.ledger.look(link, call, at, Which::NewOnly)?;
        link.picture(id, size)?.ok_or(Failure::NotFound)
    }

    /// The office that a card should be activated at, when it is closed and another stands in.
    pub(super) fn closed_office(
        link: &mut Link,
        page: &CardPage,
    ) -> Result<Option<ClosedOffice>, Failure> {
        let place = &page.facts.place;
        let stands_in = page
            .facts
            .here
            .as_ref()
            .is_some_and(|here| place.may_except(here) && place.allow(here).is_err());
        if !stands_in {
            return Ok(None);
        }
        let office = &page.card.sheet.office;
        let successor = match place.required.successor {
            Some(id) => Some(office_name(link, id)?),
            None => None,
        };
        Ok(Some(ClosedOffice {
            name: office.name.clone(),
            closed_on: office.closed_on,
            opens_on: office.opens_on,
            successor,
        }))
    }

    /// A card that was revoked because something on it was wrong, and what may be wrong with it.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a card that is not in scope.
    pub fn misprint(&self, link: &mut Link, call: &Call, id: CardId) -> Result<Misprint, Failure> {
        let page = self.card_page_again(link, call, id)?;
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let card = &page.card.sheet.card;
        let neighbours = match card.stage {
            CardStage::Revoked { .. } => {
                link.neighbours_of(&scope, card.order, Duration::minutes(NEAR_MINUTES))?
            }
            CardStage::Ordered
            | CardStage::Sent { .. }
            | CardStage::UnlockedUnsigned { .. }
            | CardStage::Active { .. }
            | CardStage::Expired { .. } => Neighbours::default(),
        };
        Ok(Misprint { page, neighbours })
    }
}

fn office_name(link: &mut Link, id: OfficeId) -> Result<String, Failure> {
    let office = link.office(id)?;
    Ok(office.map(|office| office.name).unwrap_or_default())
}
