//! The form in which an ordinary card is ordered.

use cards_domain::access::{Function, Scope};
use cards_domain::ids::{OfficeId, OrganisationId, PersonId};
use cards_domain::order::{Order, OrderRequest};
use cards_domain::product::Product;
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::directory::RegisterSnapshot;
use cards_store::plain::Office;
use cards_store::queries::{OrganisationSheet, PersonSheet};

use crate::{App, Call, Failure};

/// An organisation that may order for the person.
#[derive(Clone, Debug)]
pub struct Orderer {
    /// Which.
    pub id: OrganisationId,
    /// Its name, its local routine and whom to ask.
    pub sheet: OrganisationSheet,
}

/// What the form offers.
#[derive(Clone, Debug)]
pub struct OrderForm {
    /// For whom.
    pub person: PersonSheet,
    /// What the population register says, if it answers.
    pub register: Option<RegisterSnapshot>,
    /// The organisations in scope where the person works.
    pub organisations: Vec<Orderer>,
    /// The products that can be ordered without a photo.
    pub products: Vec<Product>,
    /// The officer's own office, then the others in the officer's branch.
    pub offices: Vec<Office>,
    /// The officer's own office.
    pub own_office: Option<OfficeId>,
}

impl App {
    /// Orders a card of what the form offers: no product that needs a photo, no office outside the
    /// officer's branch, whatever was sent.
    ///
    /// # Errors
    /// As [`crate::Ledger::begin`]; [`Failure::NotFound`] for an office that is not offered.
    pub fn place_order(
        &self,
        link: &mut Link,
        call: &Call,
        request: &OrderRequest,
    ) -> Result<Order, Failure> {
        let form = self.order_form(link, call, request.person)?;
        if !form
            .products
            .iter()
            .any(|product| product.id == request.product)
        {
            return Err(Failure::Refused(Refusal::ProductNotOrderable));
        }
        if !form
            .offices
            .iter()
            .any(|office| office.id == request.office)
        {
            return Err(Failure::NotFound);
        }
        self.ledger.begin::<Order>(link, call, request)
    }

    /// What the order form offers. Asks the population register first; when it does not answer,
    /// the form says so.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a person who is not in scope.
    pub fn order_form(
        &self,
        link: &mut Link,
        call: &Call,
        person: PersonId,
    ) -> Result<OrderForm, Failure> {
        match self.refresh_register(link, call, person) {
            Ok(()) | Err(Failure::Unavailable(_)) => {}
            Err(other) => return Err(other),
        }
        let scope = Scope::of(&call.actor, Function::OrderCard);
        let sheet = link.person(&scope, person)?.ok_or(Failure::NotFound)?;
        let mut organisations = Vec::new();
        for post in &sheet.posts {
            let known = organisations
                .iter()
                .any(|o: &Orderer| o.id == post.organisation);
            if known || !scope.organisations().contains(&post.organisation) {
                continue;
            }
            if let Some(sheet) = link.organisation(post.organisation)? {
                organisations.push(Orderer {
                    id: post.organisation,
                    sheet,
                });
            }
        }
        let own_office = call.actor.office();
        let mut offices = link.offices()?;
        // An officer may work at an office that another organisation runs.
        offices.retain(|office| {
            Some(office.id) == own_office || scope.organisations().contains(&office.organisation)
        });
        offices.sort_by_key(|office| Some(office.id) != own_office);
        let mut products = link.orderable_products()?;
        products.retain(|product| !product.has_photo);
        Ok(OrderForm {
            register: link.register_answer(person)?.map(|(answer, _)| answer),
            person: sheet,
            organisations,
            products,
            offices,
            own_office,
        })
    }
}
