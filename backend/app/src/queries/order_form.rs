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
    /// The products that can be ordered.
    pub products: Vec<Product>,
    /// The officer's own office, then the others in the officer's branch.
    pub offices: Vec<Office>,
    /// The officer's own office.
    pub own_office: Option<OfficeId>,
}

impl App {
    /// Orders a card of what the form offers: no product that is out of the range, no office outside
    /// the officer's branch, whatever was sent.
    ///
    /// # Errors
    /// As [`crate::Ledger::begin`]; [`Failure::NotFound`] for an office that is not offered.
    pub fn place_order(
        &self,
        link: &mut Link,
        call: &Call,
        request: &OrderRequest,
    ) -> Result<Order, Failure> {
        let form = match self.order_form(link, call, request.person) {
            // The gate says the same, and writes it down.
            Err(Failure::Refused(Refusal::NotYourRole)) => {
                return self.ledger.begin::<Order>(link, call, request);
            }
            form => form?,
        };
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
    /// [`Failure::NotFound`] for a person who is not in scope, [`Refusal::NotYourRole`] for one whom
    /// the actor may see but not order for.
    pub fn order_form(
        &self,
        link: &mut Link,
        call: &Call,
        person: PersonId,
    ) -> Result<OrderForm, Failure> {
        let scope = Scope::of(&call.actor, Function::OrderCard);
        let Some(sheet) = link.person(&scope, person)? else {
            let visible = Scope::of(&call.actor, Function::ViewPerson);
            let is_visible = link.person(&visible, person)?.is_some();
            let refused = Failure::Refused(Refusal::NotYourRole);
            return Err(if is_visible {
                refused
            } else {
                Failure::NotFound
            });
        };
        match self.refresh_register(link, call, person) {
            Ok(()) | Err(Failure::Unavailable(_)) => {}
            Err(other) => return Err(other),
        }
        let mut ids: Vec<OrganisationId> = Vec::new();
        for post in &sheet.posts {
            let in_scope = scope.organisations().contains(&post.organisation);
            if in_scope && !ids.contains(&post.organisation) {
                ids.push(post.organisation);
            }
        }
        let organisations = link.organisations(&ids)?.into_iter();
        let organisations = organisations.map(|(id, sheet)| Orderer { id, sheet });
        let own_office = call.actor.office();
        let mut offices = link.offices()?;
        // An officer may work at an office that another organisation runs.
        offices.retain(|office| {
            Some(office.id) == own_office || scope.organisations().contains(&office.organisation)
        });
        offices.sort_by_key(|office| Some(office.id) != own_office);
        Ok(OrderForm {
            register: link.register_answer(person)?.map(|(answer, _)| answer),
            person: sheet,
            organisations: organisations.collect(),
            products: link.orderable_products()?,
            offices,
            own_office,
        })
    }
}
