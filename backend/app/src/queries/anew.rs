//! The page on which a card that did not come as it should is ordered anew.

use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::OrderId;
use cards_domain::order::{Order, OrderRequest, Replacement, Told};
use cards_domain::photo::KeptPhoto;
use cards_domain::refusal::Refusal;
use cards_store::Link;
use strum::IntoEnumIterator;

use super::{OrderForm, OrderPage};
use crate::{App, Call, Failure};

/// Everything on that page.
#[derive(Clone, Debug)]
pub struct AnewPage {
    /// The order whose card did not come.
    pub order: OrderPage,
    /// What an order form would ask: routine, address, products.
    pub form: OrderForm,
    /// For each thing that the holder may tell, whether a new card may be ordered now.
    pub told: Vec<(Told, Result<(), Refusal>)>,
    /// Two in a row did not come: the third goes where somebody signs for it.
    pub is_third: bool,
    /// The photo that will be printed again.
    pub photo: Option<KeptPhoto>,
}

impl App {
    /// The page on which an order is replaced.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for an order that is not in scope.
    pub fn anew_page(
        &self,
        link: &mut Link,
        call: &Call,
        id: OrderId,
    ) -> Result<AnewPage, Failure> {
        let order = self.order_page(link, call, id)?;
        link.reading(call.actor.office(), |link| {
            self.read_anew(link, call, order)
        })
    }

    fn read_anew(
        &self,
        link: &mut Link,
        call: &Call,
        order: OrderPage,
    ) -> Result<AnewPage, Failure> {
        let form = self.order_form(link, call, order.person.person)?;
        let told = Told::iter()
            .map(|told| Ok((told, self.may_replace(link, call, &order, told)?)))
            .collect::<Result<Vec<_>, Failure>>()?;
        Ok(AnewPage {
            is_third: order.order.sheet.order.replaces.is_some(),
            photo: link.kept_photo(order.person.person)?,
            order,
            form,
            told,
        })
    }

    fn may_replace(
        &self,
        link: &mut Link,
        call: &Call,
        page: &OrderPage,
        told: Told,
    ) -> Result<Result<(), Refusal>, Failure> {
        let order = &page.order.sheet.order;
        let request = OrderRequest {
            id: OrderId(link.new_id()),
            person: order.person,
            organisation: order.organisation,
            product: order.product,
            office: order.office,
            // Which way it goes is asked on the page; registered mail is never refused.
            method: DeliveryMethod::Rek,
            routine_confirmed: true,
            replaces: Some(Replacement {
                order: order.id,
                told,
            }),
        };
        match self
            .ledger
            .could_begin::<Order>(link, &call.actor, &request)
        {
            Ok(()) => Ok(Ok(())),
            Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
            Err(other) => Err(other),
        }
    }
}
