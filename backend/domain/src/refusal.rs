//! Every *no* that the rules can say. A refusal is a signpost: its code is stable, its text says
//! why and what to do instead, and the portals hold that text in every language.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, IntoStaticStr};

use crate::values::{ProductNumber, RekId};

/// Why something cannot be done.
#[derive(
    Clone, Debug, PartialEq, Eq, thiserror::Error, EnumDiscriminants, Serialize, Deserialize,
)]
#[strum_discriminants(name(RefusalCode), derive(EnumIter, IntoStaticStr, Hash))]
#[strum_discriminants(strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The stable code of a refusal.")]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("refused: {}", self.code())]
pub enum Refusal {
    // Who.
    /// Outside what the actor may see: answered exactly like what does not exist.
    OutOfScope,
    /// The function belongs to another role.
    NotYourRole,
    /// Officer and holder are the same person.
    OwnCard,
    /// The log-in was not sure enough.
    AssuranceTooLow,
    /// A card that lies at the office is activated by another officer than the one who ordered
    /// it or took the photo.
    SecondPersonNeeded,
    /// The act must be signed first.
    SignatureNeeded,

    // Card.
    /// The card is still at the manufacturer.
    CardNotSentYet,
    /// The card has not been activated.
    CardNotActivated,
    /// The card works but has not been signed for.
    ReceiptNotSigned,
    /// The card is active.
    CardAlreadyActive,
    /// The card is revoked, for ever.
    CardRevoked,
    /// The card's validity is over.
    CardExpired,
    /// The number on the card in hand is another card's.
    WrongCard,
    /// The card lies at the office already.
    CardAtOffice,
    /// The card has been cut through already.
    CardDestroyed,
    /// A card that can still come to use is not cut; it is revoked first.
    CardStillLives,
    /// The office that the card belongs to is closed: it may be activated here, with a reason.
    ExceptionReasonNeeded {
        /// The closed office.
        office: String,
    },
    /// The printed name was not confirmed.
    PrintedNameNotConfirmed,
    /// The face was not compared with photo and document.
    PhotoNotCompared,
    /// The code has not been chosen in the card software.
    CodeNotChosen,
    /// The code of the code letter has not been shown to work.
    CodeLetterNotProven,
    /// The card is activated at another office.
    WrongOffice {
        /// Where to go.
        office: String,
    },
    /// The officer works at no office.
    NoOffice,
    /// The last day to activate has passed.
    ActivationTooLate {
        /// The last day it was possible.
        last_day: NaiveDate,
    },
    /// The deadline has not come.
    NotDue {
        /// The day from which it may be done.
        from: NaiveDate,
    },

    // Identity document.
    /// The number on the document is not the holder's.
    DocumentOfAnotherPerson,
    /// The document is no longer valid.
    DocumentExpired {
        /// Its last day.
        on: NaiveDate,
    },
    /// The card that is handled is no proof of whose it is, even when it is SIS-marked.
    CardIsItsOwnProof,
    /// Not all seven steps were ticked.
    CheckIncomplete,

    // Order.
    /// The person has no live post in the ordering organisation.
    NoPost,
    /// The certificates of the card cannot carry the name: there is no given name, or a part of it
    /// is longer than 64 characters.
    NameNotForCertificate,
    /// An ordinary card needs a personnummer.
    NoPersonnummer,
    /// Younger than 18.
    TooYoung {
        /// The day the person may have an ordinary card.
        from: NaiveDate,
    },
    /// No registered address in Sweden.
    NoRegisteredAddress,
    /// The population register has not answered.
    RegisterSilent,
    /// The register says that the person is dead.
    Deceased,
    /// The local routine was not shown and confirmed.
    RoutineNotConfirmed,
    /// The product cannot be ordered.
    ProductNotOrderable,
    /// The product needs a photo, which this way of ordering does not have.
    PhotoNeeded,
    /// There is an order under way.
    AlreadyOrdered {
        /// Its number.
        order_number: String,
    },
    /// The order waits for agreement, form or payment.
    PrerequisitesMissing,
    /// The order has not been sent to the manufacturer.
    OrderNotSent,
    /// The order is at the manufacturer.
    OrderAtManufacturer,
    /// The card has been posted.
    OrderDispatched,
    /// The order is finished, one way or another.
    OrderEnded,
    /// The card went by ordinary mail and may be ordered again only from a day.
    UndeliveredTooSoon {
        /// That day.
        from: NaiveDate,
    },
    /// The card goes by registered mail and has not been posted: there is no number to trace it
    /// with yet.
    RekNotPostedYet {
        /// The day from which a new one may be ordered if it stays at the manufacturer.
        from: NaiveDate,
    },
    /// The card went by registered mail and can be traced.
    UndeliveredTraceable {
        /// With this number.
        rek_id: Option<RekId>,
    },

    /// After two cards in a row that did not come, the third goes by registered mail or to the
    /// office.
    ThirdLetter,

    // Photo.
    /// The order does not wait for a photo.
    PhotoNotAwaited,
    /// The officer has not said that the person was seen and is the one on the photo.
    PhotoNotConfirmed,
    /// The photo has been approved or rejected already.
    PhotoDecided,
    /// No photo of the person is kept.
    NoStoredPhoto,
    /// The kept photo is too old to be printed again.
    StoredPhotoTooOld {
        /// The last day on which it could be used.
        last_day: NaiveDate,
    },

    // Revocation.
    /// The reason is not for this person to give.
    ReasonNotForPeople,
    /// It must be said how the one who reports is known.
    ReporterUnknown,
    /// The last four digits are another card's.
    LastFourWrong,
    /// The loss has been reported and waits for the caller to be checked.
    AlreadyReported,
    /// Nothing has been revoked yet.
    NotRevokedYet,
    /// The case is over.
    CaseEnded,
    /// The step is not asked for in this case.
    StepNotAsked,
    /// The day lies in the future.
    DayInTheFuture,
    /// The day lies before it can have been done.
    DayTooEarly {
        /// The first day on which it can have been.
        from: NaiveDate,
    },
    /// The day has passed.
    DayHasPassed,

    // Delivery, receipt, codes, letters, certificates.
    /// The letter has not been posted.
    NotPosted,
    /// The delivery is over.
    DeliveryEnded,
    /// Ordinary mail cannot be traced.
    NotTraceable,
    /// The receipt has been signed.
    ReceiptSigned,
    /// The receipt has ended without a signature.
    ReceiptEnded,
    /// The time to sign is over; the card is about to be revoked.
    ReceiptTooLate {
        /// The day on which it ended.
        on: NaiveDate,
    },
    /// Other terms than those in force were shown.
    WrongTerms,
    /// The code has not been set.
    CodeNotSet,
    /// The code is not locked.
    CodeNotLocked,
    /// The code is locked.
    CodeLocked,
    /// The chip has no use any more.
    CodeGone,
    /// A visit does not unlock a card with this product number; only its PUK does.
    VisitDoesNotUnlock {
        /// The number, if the card has one.
        product_number: Option<ProductNumber>,
    },
    /// The PUK is locked too.
    PukLocked,
    /// It is not certain who asks.
    CallerNotIdentified,
    /// The step does not belong to where the letter stands.
    LetterNotThere,
    /// The letter's journey is over.
    LetterEnded,
    /// There is an open letter for the card.
    LetterAlreadyOpen,
    /// Reserve cards get no PUK letter.
    NoLetterForReserve,
    /// The step does not belong to where the certificate stands.
    CertificateNotThere,
    /// The certificate is final.
    CertificateEnded,
    /// The key has a certificate, or has been asked for one.
    KeyInUse,
    /// Cards of the product have no such certificate, or not at this time.
    CertificateNotForProduct,

    // Card tasks.
    /// The card has proved itself before.
    AlreadyRegistered,
    /// The card has every certificate for signing that it can have.
    NothingToFetch,
    /// The codes of such a card come by letter; they are not chosen at the counter.
    CodeComesByLetter,
    /// The code or link is wrong, used or too old.
    TaskCodeGone,
    /// No card client has fetched the task.
    TaskNotBegun,
    /// The task is done, called off or too old.
    TaskOver,
    /// The card must prove itself first.
    ProofNeeded,
    /// What the card signed does not hold.
    ProofDoesNotHold,
    /// So many questions of one chip are not answered within one task.
    TooManyAnswers,
}

impl Refusal {
    /// The stable code, `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        RefusalCode::from(self).into()
    }
}
