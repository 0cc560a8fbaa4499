//! What is done in a world: orders, cards and their way to their holder, time that passes, and the
//! lines that all of it leaves.

use cards_app::Call;
use cards_domain::card::{Card, CardAction, CodeProof, CounterCheck};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::identity_check::{CheckStep, DocumentKind, IdentityCheck};
use cards_domain::ids::{CardId, OrderId};
use cards_domain::order::{Order, OrderRequest};
use cards_domain::receipt::{Receipt, ReceiptAction, TERMS_VERSION};
use cards_domain::revocation::RevocationAction;
use cards_domain::signature::{Signature, SignatureKind};
use chrono::{Duration, NaiveDate};
use diesel::prelude::*;
use strum::IntoEnumIterator as _;
use uuid::Uuid;

use super::World;
use crate::people::Person;

impl World {
    /// An order of a card without photo.
    ///
    /// # Panics
    /// There is no such product.
    #[must_use]
    pub fn order_request(&self, person: &Person, method: DeliveryMethod) -> OrderRequest {
        let mut link = self.link();
        let products = link.orderable_products().unwrap();
        OrderRequest {
            id: OrderId(link.new_id()),
            person: person.id,
            organisation: self.region(),
            product: products
                .iter()
                .find(|product| !product.has_photo)
                .unwrap()
                .id,
            office: self.office("Björkvallen").id,
            method,
            routine_confirmed: true,
            replaces: None,
        }
    }

    /// Orders a card as Karin.
    ///
    /// # Panics
    /// The gate says no.
    #[must_use]
    pub fn order(&self, person: &Person, method: DeliveryMethod) -> Order {
        let mut link = self.link();
        let call = self.karin().call();
        self.app()
            .refresh_register(&mut link, &call, person.id)
            .unwrap();
        let request = self.order_request(person, method);
        self.app()
            .ledger
            .begin::<Order>(&mut link, &call, &request)
            .unwrap()
    }

    /// Lets the manufacturer and the worker go on until nothing is left to do.
    ///
    /// # Panics
    /// Work cannot be done.
    pub fn work(&self) {
        let demo = self.system.demo.as_ref().unwrap();
        for _ in 0..20 {
            let made = demo.factory.tick().unwrap();
            let done = self.app().work_once("test").unwrap();
            if made == 0 && done == 0 {
                return;
            }
        }
        panic!("the work has no end");
    }

    /// A card that has been posted.
    ///
    /// # Panics
    /// The gate says no.
    #[must_use]
    pub fn sent_card(&self, person: &Person, method: DeliveryMethod) -> Card {
        let order = self.order(person, method);
        self.work();
        let sheet = self.link().order_for_errand(order.id).unwrap().unwrap();
        self.card(sheet.order.card.unwrap())
    }

    /// A card as it stands.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn card(&self, id: CardId) -> Card {
        self.link().card_for_errand(id).unwrap().unwrap().card
    }

    /// An order as it stands.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn order_now(&self, id: OrderId) -> Order {
        self.link().order_for_errand(id).unwrap().unwrap().order
    }

    /// A counter check that holds.
    ///
    /// # Panics
    /// The card has no number.
    #[must_use]
    pub fn check(&self, card: &Card, person: &Person) -> CounterCheck {
        CounterCheck {
            identity: IdentityCheck {
                document: DocumentKind::Passport,
                document_last_four: "4417".to_owned(),
                valid_to: NaiveDate::from_ymd_opt(2033, 5, 30).unwrap(),
                number_on_document: person.number.clone(),
                steps: CheckStep::iter().collect(),
            },
            number_on_card: card.number.clone().unwrap(),
            printed_name_confirmed: true,
            face_compared: true,
            code: Some(CodeProof::ChosenInSoftware),
            signature: Some(self.signature(SignatureKind::ReauthenticatedSession)),
            exception: None,
        }
    }

    /// Carrying out a report about a card, confirmed with the card's last four digits.
    #[must_use]
    pub fn execution(&self, card: CardId) -> RevocationAction {
        let number = self.card(card).number.unwrap();
        RevocationAction::Execute {
            last_four: number.last_four().to_owned(),
        }
    }

    /// A signature made now.
    #[must_use]
    pub fn signature(&self, kind: SignatureKind) -> Signature {
        let at = self.app().db.now();
        Signature {
            kind,
            at,
            text_hash: "00".repeat(32),
            evidence: None,
        }
    }

    /// Unlocks a sent card as `by`.
    ///
    /// # Errors
    /// The gate says no.
    pub fn unlock(
        &self,
        by: &Call,
        card: &Card,
        check: &CounterCheck,
    ) -> Result<Card, cards_app::Failure> {
        let action = CardAction::Unlock(check.clone());
        self.app()
            .ledger
            .act::<Card>(&mut self.link(), by, card.id.0, &action)
    }

    /// Signs the pending receipt of a card as its holder.
    ///
    /// # Errors
    /// The gate says no.
    ///
    /// # Panics
    /// No receipt is pending.
    pub fn sign(&self, person: &Person, card: &Card) -> Result<Receipt, cards_app::Failure> {
        let mut link = self.link();
        let sheet = link.card_for_errand(card.id).unwrap().unwrap();
        let action = ReceiptAction::Sign {
            terms_version: TERMS_VERSION.to_owned(),
            signature: self.signature(SignatureKind::ReauthenticatedSession),
        };
        let receipt = sheet.receipt.unwrap();
        self.app()
            .ledger
            .act::<Receipt>(&mut link, &person.call(), receipt.0, &action)
    }

    /// A card that is active.
    ///
    /// # Panics
    /// The gate says no.
    #[must_use]
    pub fn active_card(&self, person: &Person) -> Card {
        let card = self.sent_card(person, DeliveryMethod::APost);
        let check = self.check(&card, person);
        self.unlock(&self.karin().call(), &card, &check).unwrap();
        self.sign(person, &card).unwrap();
        self.work();
        self.card(card.id)
    }

    /// Moves the clock.
    pub fn advance(&self, step: Duration) {
        self.clock.advance(step);
    }

    /// How many lines the log has with this action on this thing and this outcome.
    ///
    /// # Panics
    /// The database is gone.
    #[must_use]
    pub fn lines(&self, subject: Uuid, action: &str, outcome: &str) -> i64 {
        use diesel::sql_types::{BigInt, Text, Uuid as SqlUuid};
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            count: i64,
        }
        diesel::sql_query(
            "SELECT count(*) AS count FROM journal WHERE subject_id = $1 AND action = $2 AND outcome = $3",
        )
        .bind::<SqlUuid, _>(subject)
        .bind::<Text, _>(action)
        .bind::<Text, _>(outcome)
        .get_result::<Count>(&mut self.database.connect())
        .unwrap()
        .count
    }
}
