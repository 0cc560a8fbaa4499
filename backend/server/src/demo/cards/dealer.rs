//! Who acts and by which means: officers, holders of the crowd, the factory and the clock.

use std::path::Path;

use cards_app::{Call, Channel, Failure, Fingerprint};
use cards_domain::access::{Actor, Role};
use cards_domain::card::{Card, CardAction, CodeProof, CounterCheck};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::identity_check::{CheckStep, DocumentKind, IdentityCheck};
use cards_domain::ids::{CardId, OfficeId, OrderId, OrganisationId, PersonId, PhotoId};
use cards_domain::order::{Order, OrderRequest, Replacement};
use cards_domain::photo::{Photo, PhotoAction, PhotoApproval, PhotoRequest, PhotoSource, Picture};
use cards_domain::product::{CodeDelivery, Product};
use cards_domain::receipt::{Receipt, ReceiptAction, TERMS_VERSION};
use cards_domain::signature::Signature;
use cards_domain::values::PersonNumber;
use cards_store::kept::{CardSheet, Kept, KeptBegin};
use cards_store::sessions::{NewSignature, SignatureUse};
use chrono::{Datelike as _, Days, TimeDelta};
use strum::IntoEnumIterator as _;

use super::super::people::Cast;
use super::super::{Stage, broken};
use super::who::{crowd, holder, officer, officers};
use crate::Wired;

/// Whose name the worker of the demonstration bears in the database.
const WORKER: &str = "demonstration";
/// Seconds that the factory takes at most for one step.
const STEP_SECONDS: i64 = 5;
/// Enough turns for every card under way to be made and posted.
const TURNS: usize = 10;
/// After so many turns without anything to do there is nothing left.
const IDLE_TURNS: usize = 3;
/// Whoever was born no later was of age at the oldest card.
const BORN_BY: i32 = 1995;
/// So many of the crowd are left alone: the generator hides its special cases at the beginning.
const HIDDEN: usize = 100;
/// What the signatures of the filling are for.
const PURPOSE: &str = "demonstration";

/// Everything that is needed to let cards come about.
pub(super) struct Dealer<'a> {
    pub stage: Stage<'a>,
    pub demo: &'a Wired,
    /// How far the clock is moved when it stands at now.
    now: TimeDelta,
    pub region: OrganisationId,
    pub office: OfficeId,
    /// The officer who orders.
    pub first: Actor,
    /// The officer of the same office who hands over.
    pub second: Actor,
    /// The servicedesk.
    pub desk: Actor,
    crowd: std::vec::IntoIter<String>,
    picture: Picture,
}

impl<'a> Dealer<'a> {
    pub fn new(
        mut stage: Stage<'a>,
        demo: &'a Wired,
        cast: &Cast,
        folder: &Path,
    ) -> Result<Self, Failure> {
        let (first, second) = officers(cast).ok_or(Failure::NotFound)?;
        let mut servicedesk = cast.person.iter();
        let desk = servicedesk.find(|one| one.roles.contains(&Role::Servicedesk));
        let desk = desk.ok_or(Failure::NotFound)?;
        let region = stage.organisation(&first.organisation)?;
        let file = std::fs::read(folder.join("portrait.png")).map_err(broken)?;
        let portrait = cards_app::photo::process(&file, None).map_err(broken)?;
        Ok(Self {
            now: demo.clock.offset(),
            office: stage.office_of(first).ok_or(Failure::NotFound)?,
            first: officer(&mut stage, first, region)?,
            second: officer(&mut stage, second, region)?,
            desk: officer(&mut stage, desk, region)?,
            crowd: crowd(folder, &first.organisation, HIDDEN)?.into_iter(),
            picture: Picture {
                jpeg: portrait.jpeg,
                thumbnail: portrait.thumbnail,
            },
            stage,
            demo,
            region,
        })
    }

    /// Moves the clock to so long before now.
    pub fn go_to(&self, before: TimeDelta) {
        self.demo.clock.set_offset(self.now - before);
    }

    /// A call through the door at which this actor stands.
    pub fn call(&self, actor: &Actor) -> Call {
        let channel = match actor {
            Actor::Holder(_) => Channel::MinaSidor,
            actor if *actor == self.desk => Channel::Servicedesk,
            Actor::Officer(_) | Actor::System(_) | Actor::Client(_) => Channel::IdAdmin,
        };
        Call {
            actor: actor.clone(),
            channel,
            correlation: self.stage.app.ports.entropy.id().to_string(),
            request: None,
        }
    }

    pub fn act<K: Kept>(
        &mut self,
        by: &Actor,
        thing: uuid::Uuid,
        action: &K::Action,
    ) -> Result<K, Failure> {
        let call = self.call(by);
        let ledger = &self.stage.app.ledger;
        ledger.act::<K>(&mut self.stage.link, &call, thing, action)
    }

    pub fn begin<K: KeptBegin>(&mut self, by: &Actor, request: &K::Request) -> Result<K, Failure> {
        let call = self.call(by);
        let ledger = &self.stage.app.ledger;
        ledger.begin::<K>(&mut self.stage.link, &call, request)
    }

    /// The next of the crowd who works in the region alone and whom the register can reach.
    pub fn next_holder(&mut self) -> Result<PersonId, Failure> {
        let organisation = self.region;
        while let Some(hsa_id) = self.crowd.next() {
            if let Some(person) = self.fit(&hsa_id, organisation)? {
                return Ok(person);
            }
        }
        Err(Failure::NotFound)
    }

    /// The person, if nothing stands in the way of a card in this organisation.
    pub fn fit(
        &mut self,
        hsa_id: &str,
        organisation: OrganisationId,
    ) -> Result<Option<PersonId>, Failure> {
        let person = self.stage.person(hsa_id)?;
        let Some(sheet) = self.stage.link.person_for_errand(person)? else {
            return Ok(None);
        };
        let is_adult = matches!(&sheet.number, PersonNumber::Personnummer(number)
            if number.birth_date().year() <= BORN_BY);
        let [post] = sheet.posts.as_slice() else {
            return Ok(None);
        };
        let is_at_work = post.organisation == organisation && post.last_day.is_none();
        if !is_adult || !is_at_work || sheet.protection.is_protected() {
            return Ok(None);
        }
        let call = self.call(&self.first);
        let app = self.stage.app;
        app.refresh_register(&mut self.stage.link, &call, person)?;
        let answer = self.stage.link.register_answer(person)?;
        let reaches = answer
            .is_some_and(|(answer, _)| answer.address.is_some() && answer.deceased_on.is_none());
        Ok(reaches.then_some(person))
    }

    fn product(&self, number: &str) -> Result<Product, Failure> {
        let mut products = self.stage.products.iter();
        let found = products.find(|one| {
            one.number
                .as_ref()
                .is_some_and(|own| own.as_str() == number)
        });
        found.cloned().ok_or(Failure::NotFound)
    }

    /// Takes a product into the range, or out of it. `version` is that which is replaced.
    pub fn set_orderable(
        &mut self,
        number: &str,
        orderable: bool,
        version: i64,
    ) -> Result<(), Failure> {
        let product = self.product(number)?;
        let product = Product {
            orderable,
            ..product
        };
        self.stage.keep_product(product, version)
    }

    /// An order for the next of the crowd; with its photo, where the product has one.
    pub fn order(&mut self, number: &str, method: DeliveryMethod) -> Result<Order, Failure> {
        let order = self.order_only(number, method)?;
        if self.product(number)?.has_photo {
            self.photograph(&order)?;
        }
        Ok(order)
    }

    /// An order for the next of the crowd; a photo is waited for, where the product has one.
    pub fn order_only(&mut self, number: &str, method: DeliveryMethod) -> Result<Order, Failure> {
        let person = self.next_holder()?;
        self.order_for((person, self.region), number, method, None)
    }

    pub fn order_for(
        &mut self,
        (person, organisation): (PersonId, OrganisationId),
        number: &str,
        method: DeliveryMethod,
        replaces: Option<Replacement>,
    ) -> Result<Order, Failure> {
        let by = self.first.clone();
        let call = self.call(&by);
        let app = self.stage.app;
        app.refresh_register(&mut self.stage.link, &call, person)?;
        let request = OrderRequest {
            id: OrderId(self.stage.link.new_id()),
            person,
            organisation,
            product: self.product(number)?.id,
            office: self.office,
            method,
            routine_confirmed: true,
            replaces,
        };
        self.begin::<Order>(&by, &request)
    }

    fn photograph(&mut self, order: &Order) -> Result<(), Failure> {
        let by = self.first.clone();
        let request = PhotoRequest {
            id: PhotoId(self.stage.link.new_id()),
            order: order.id,
            person: order.person,
            source: PhotoSource::Desk,
            picture: self.picture.clone(),
        };
        let photo = self.begin::<Photo>(&by, &request)?;
        let approve = PhotoAction::Approve(PhotoApproval {
            identity_seen: true,
            same_person: true,
        });
        self.act::<Photo>(&by, photo.id.0, &approve)?;
        Ok(())
    }

    /// Lets the factory and the errands go on until nothing is left to do.
    pub fn work(&self) -> Result<(), Failure> {
        let mut idle = 0;
        for _ in 0..TURNS {
            let did = self.work_a_step()?;
            idle = if did { 0 } else { idle + 1 };
            if idle == IDLE_TURNS {
                break;
            }
        }
        Ok(())
    }

    /// One step of the factory, and what it reports. Gives whether there was anything to do.
    pub fn work_a_step(&self) -> Result<bool, Failure> {
        self.demo.clock.advance(TimeDelta::seconds(STEP_SECONDS));
        let made = self.demo.factory.tick().map_err(broken)?;
        Ok(self.run_errands()? > 0 || made > 0)
    }

    /// The errands alone, while the factory stands still.
    pub fn run_errands(&self) -> Result<usize, Failure> {
        self.stage.app.work_once(WORKER)
    }

    pub fn run_night(&mut self) -> Result<(), Failure> {
        let app = self.stage.app;
        app.run_night(&mut self.stage.link, WORKER, false)?;
        self.run_errands()?;
        Ok(())
    }

    pub fn sheet(&mut self, id: CardId) -> Result<CardSheet, Failure> {
        let sheet = self.stage.link.card_for_errand(id)?;
        sheet.ok_or(Failure::NotFound)
    }

    /// The card of an order, once it has been sent to the factory.
    pub fn card(&mut self, order: &Order) -> Result<Card, Failure> {
        let sheet = self.stage.link.order_for_errand(order.id)?;
        let card = sheet.and_then(|sheet| sheet.order.card);
        Ok(self.sheet(card.ok_or(Failure::NotFound)?)?.card)
    }

    /// The cards of the orders are handed over and signed for.
    pub fn activate(&mut self, orders: &[&Order]) -> Result<(), Failure> {
        for order in orders {
            let card = self.unlock(order)?;
            self.sign(&card)?;
        }
        self.run_errands()?;
        Ok(())
    }

    /// Step one at the counter, by another officer than the one who ordered.
    pub fn unlock(&mut self, order: &Order) -> Result<Card, Failure> {
        let by = self.second.clone();
        let card = self.card(order)?;
        let (call, signature) = self.signed(&by)?;
        let check = CardAction::Unlock(self.check(&card, signature)?);
        let ledger = &self.stage.app.ledger;
        ledger.act::<Card>(&mut self.stage.link, &call, card.id.0, &check)
    }

    fn check(&mut self, card: &Card, signature: Signature) -> Result<CounterCheck, Failure> {
        let holder = self.stage.link.person_for_errand(card.person)?;
        let today = cards_domain::calendar::business_day(self.stage.link.now());
        let sheet = self.sheet(card.id)?;
        let code = match sheet.product.code_delivery {
            CodeDelivery::ChosenAtActivation => CodeProof::ChosenInSoftware,
            CodeDelivery::CodeLetter | CodeDelivery::Envelope => CodeProof::LetterCodeWorks,
        };
        Ok(CounterCheck {
            identity: IdentityCheck {
                document: DocumentKind::DrivingLicence,
                document_last_four: "4417".to_owned(),
                valid_to: today + Days::new(1000),
                number_on_document: holder.ok_or(Failure::NotFound)?.number,
                steps: CheckStep::iter().collect(),
            },
            number_on_card: card.number.clone().ok_or(Failure::NotFound)?,
            printed_name_confirmed: true,
            face_compared: true,
            code: Some(code),
            signature: Some(signature),
            exception: None,
        })
    }

    /// Step two: the holder signs.
    fn sign(&mut self, card: &Card) -> Result<(), Failure> {
        let holder = holder(card.person);
        let receipt = self.sheet(card.id)?.receipt.ok_or(Failure::NotFound)?;
        let (call, signature) = self.signed(&holder)?;
        let sign = ReceiptAction::Sign {
            terms_version: TERMS_VERSION.to_owned(),
            signature,
        };
        let ledger = &self.stage.app.ledger;
        ledger.act::<Receipt>(&mut self.stage.link, &call, receipt.0, &sign)?;
        Ok(())
    }

    /// A signature that is asked for and made at once, and the call that uses it up. No log-in
    /// stands behind it, and its evidence says so.
    fn signed(&mut self, by: &Actor) -> Result<(Call, Signature), Failure> {
        let person = by.person().ok_or(Failure::NotFound)?;
        let mut call = self.call(by);
        let portal = call.channel;
        let link = &mut self.stage.link;
        let asked = link.request_signature(&NewSignature {
            person,
            portal,
            purpose: PURPOSE,
            text: "Påhittad underskrift i demonstrationen",
            payload: serde_json::Value::Null,
        })?;
        let now = link.now();
        link.mark_signed(asked.id, person, now, "demonstration")?;
        let made = link.waiting_signature(asked.id, person, portal, PURPOSE)?;
        let signature = made.ok_or(Failure::NotFound)?.signature;
        let sent = Fingerprint::of(asked.id, signature.text_hash.as_bytes());
        call.request = Some(sent.into());
        let used = SignatureUse {
            id: asked.id,
            person,
            portal,
            purpose: PURPOSE,
        };
        Ok((call.signed(used), signature))
    }
}
