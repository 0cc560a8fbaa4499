//! The questions that pages ask: scope applied, looks written down, and for every action yes, or
//! no because.

mod holder;
mod order_form;
mod person_page;
mod search;
mod start;

pub use cards_store::queries::{
    CardSheet, Clock, Event, Hit, OrderSheet, OrganisationSheet, PersonSheet, PostSheet, SearchFor,
    Waiting, Worklist, WorklistKind,
};
pub use holder::{HolderPage, ReceiptPage};
pub use order_form::{OrderForm, Orderer};
pub use person_page::{
    CardAndOffers, CardPage, OrderAndOffers, OrderPage, OrderVerdict, PersonPage,
};
pub use search::{SearchAnswer, understand};
pub use start::StartPage;
