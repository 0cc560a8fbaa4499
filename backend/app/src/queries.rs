//! The questions that pages ask: scope applied, looks written down, and for every action yes, or
//! no because.

mod anew;
mod api;
mod card_page;
mod card_status;
mod case;
mod certificates;
mod coded;
mod codes;
mod employment;
mod holder;
mod locked;
mod log;
mod order_form;
mod order_page;
mod person_page;
mod photo;
mod search;
mod start;

pub use anew::AnewPage;
pub use api::EventPage;
pub use card_page::{CardAndOffers, CardPage};
pub use cards_store::kept::PictureSize;
pub use cards_store::queries::{
    AssignmentSheet, COUNTED, CallBackNumbers, CardParts, CardSheet, Clock, DayOfLooks,
    EmploymentSheet, Event, Found, Hit, LogPlace, LookedAt, NearOrder, Neighbours, NumberedCard,
    OrderSheet, OrganisationSheet, Outdated, PersonSheet, PostSheet, SearchFor, ThingName, Waiting,
    WaitingAfter, Worklist, WorklistKind, WorkplaceSheet,
};
pub use case::{CasePage, LossPage, Told, UsablePhoto};
pub use certificates::{CertificatesPage, PairPage};
pub use coded::Coded;
pub use codes::CodeOffers;
pub use employment::{Employment, OwnEmployments};
pub use holder::{HolderPage, ReceiptPage};
pub use locked::{HolderLocked, LetterForm, LetterPage, LockedPage};
pub use log::{LogAsked, LogPage};
pub use order_form::{OrderForm, Orderer};
pub use order_page::{OrderAndOffers, OrderPage};
pub use person_page::{OrderVerdict, PersonPage};
pub use photo::{ClosedOffice, Misprint, PhotoDecision, PhotoPage, ShownPhoto, StoredPhoto};
pub use search::{SearchAnswer, understand};
pub use start::StartPage;
