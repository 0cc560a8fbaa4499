//! Cards and orders with what stands around them.

use cards_domain::access::Scope;
use cards_domain::ids::{CardId, OrderId, OrganisationId, PersonId};

use crate::db::Link;
use crate::error::StoreError;
use crate::kept::{CardSheet, OrderSheet};

impl Link {
    /// A person's cards that are in `scope`, newest first, and how many others there are.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn cards_of(
        &mut self,
        scope: &Scope,
        person: PersonId,
    ) -> Result<(Vec<CardSheet>, usize), StoreError> {
        let sheets: Vec<CardSheet> = self.read(|tx| {
            let cards = tx.cards_of(person)?.into_iter();
            Ok::<_, StoreError>(cards.map(|around| around.sheet.clone()).collect())
        })?;
        let (mine, others): (Vec<_>, Vec<_>) = sheets
            .into_iter()
            .partition(|sheet| in_scope(scope, person, sheet.card.organisation));
        Ok((mine, others.len()))
    }

    /// One card, if it is in `scope`.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn card(&mut self, scope: &Scope, id: CardId) -> Result<Option<CardSheet>, StoreError> {
        let sheet = self.card_for_errand(id)?;
        Ok(sheet.filter(|sheet| in_scope(scope, sheet.card.person, sheet.card.organisation)))
    }

    /// One card for the system's own errands, which have no scope.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn card_for_errand(&mut self, id: CardId) -> Result<Option<CardSheet>, StoreError> {
        self.read(|tx| {
            tx.see_cards([id])?;
            Ok(tx.around(id).map(|around| around.sheet.clone()))
        })
    }

    /// A person's orders that are in `scope`, newest first.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn orders_of(
        &mut self,
        scope: &Scope,
        person: PersonId,
    ) -> Result<Vec<OrderSheet>, StoreError> {
        self.read(|tx| {
            tx.see_orders_of([person])?;
            let orders = tx.orders_read_of(person).into_iter();
            Ok(orders
                .map(|placed| &placed.sheet)
                .filter(|sheet| in_scope(scope, person, sheet.order.organisation))
                .cloned()
                .collect())
        })
    }

    /// One order, if it is in `scope`.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn order(&mut self, scope: &Scope, id: OrderId) -> Result<Option<OrderSheet>, StoreError> {
        let sheet = self.order_for_errand(id)?;
        Ok(sheet.filter(|sheet| in_scope(scope, sheet.order.person, sheet.order.organisation)))
    }

    /// One order for the system's own errands, which have no scope.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn order_for_errand(&mut self, id: OrderId) -> Result<Option<OrderSheet>, StoreError> {
        self.read(|tx| {
            tx.see_orders([id])?;
            Ok(tx.placed(id).map(|placed| placed.sheet.clone()))
        })
    }
}

fn in_scope(scope: &Scope, person: PersonId, organisation: OrganisationId) -> bool {
    match scope.own() {
        Some(own) => own == person,
        None => scope.organisations().contains(&organisation),
    }
}
