//! What each refusal says, and the lawful way instead where there is one: the same ways as on the
//! pages of the portals.

use cards_domain::refusal::RefusalCode;

use RefusalCode as C;

/// Nothing can be ordered instead of a card that still lives: the night ends it first.
const AFTER_THE_NIGHT: &str = "The next nightly run revokes the card; order a new one when that is \
    done. If the run has stopped, a responsible or deputy issuer releases the stop.";

/// Code, why, and the lawful way instead where there is one.
pub(super) const TOLD: &[(RefusalCode, &str, Option<&str>)] = &[
    (
        C::OutOfScope,
        "Outside what the actor may see: answered exactly like what does not exist.",
        None,
    ),
    (
        C::NotYourRole,
        "The function belongs to another role.",
        Some("Somebody with the role does it."),
    ),
    (
        C::OwnCard,
        "Officer and holder are the same person.",
        Some("Another officer does it."),
    ),
    (
        C::AssuranceTooLow,
        "The log-in was not sure enough.",
        Some("Log in on a higher level and ask again."),
    ),
    (
        C::SecondPersonNeeded,
        "A card that lies at the office is activated by another officer than the one who ordered it or took the photo.",
        Some("Another officer of the office activates the card."),
    ),
    (
        C::SignatureNeeded,
        "The act must be signed first.",
        Some("Have it signed first and send the signature along."),
    ),
    (
        C::CardNotSentYet,
        "The card is still at the manufacturer.",
        None,
    ),
    (
        C::CardNotActivated,
        "The card has not been activated.",
        None,
    ),
    (
        C::ReceiptNotSigned,
        "The card works but has not been signed for.",
        None,
    ),
    (C::CardAlreadyActive, "The card is active.", None),
    (
        C::CardRevoked,
        "The card is revoked, for ever.",
        Some("Order a new card."),
    ),
    (
        C::CardExpired,
        "The card's validity is over.",
        Some("Order a new card."),
    ),
    (
        C::WrongCard,
        "The number on the card in hand is another card's.",
        Some("Read the number on the card in hand again."),
    ),
    (
        C::CardAtOffice,
        "The card lies at the office already.",
        None,
    ),
    (
        C::CardDestroyed,
        "The card has been cut through already.",
        None,
    ),
    (
        C::CardStillLives,
        "A card that can still come to use is not cut; it is revoked first.",
        Some("Revoke the card first."),
    ),
    (
        C::ExceptionReasonNeeded,
        "The office that the card belongs to is closed: it may be activated here, with a reason.",
        Some("Give the reason."),
    ),
    (
        C::PrintedNameNotConfirmed,
        "The printed name was not confirmed.",
        None,
    ),
    (
        C::PhotoNotCompared,
        "The face was not compared with photo and document.",
        None,
    ),
    (
        C::CodeNotChosen,
        "The code has not been chosen in the card software.",
        Some("The holder chooses the code in the card software first."),
    ),
    (
        C::CodeLetterNotProven,
        "The code of the code letter has not been shown to work.",
        None,
    ),
    (
        C::WrongOffice,
        "The card is activated at another office.",
        Some("Go to the office that is named."),
    ),
    (C::NoOffice, "The officer works at no office.", None),
    (
        C::ActivationTooLate,
        "The last day to activate has passed.",
        Some(AFTER_THE_NIGHT),
    ),
    (
        C::NotDue,
        "The deadline has not come.",
        Some("Wait until the day that is named."),
    ),
    (
        C::DocumentOfAnotherPerson,
        "The number on the document is not the holder's.",
        None,
    ),
    (
        C::DocumentExpired,
        "The document is no longer valid.",
        Some("Show another identity document."),
    ),
    (
        C::CardIsItsOwnProof,
        "The card that is handled is no proof of whose it is, even when it is SIS-marked.",
        Some("Show another identity document."),
    ),
    (C::CheckIncomplete, "Not all seven steps were ticked.", None),
    (
        C::NoPost,
        "The person has no live post in the ordering organisation.",
        None,
    ),
    (
        C::NameNotForCertificate,
        "The certificates of the card cannot carry the person's name: there is no given name, or a \
         given name or surname is longer than 64 characters.",
        Some("Have the name in the directory corrected."),
    ),
    (
        C::NoPersonnummer,
        "An ordinary card needs a personnummer.",
        Some("A reserve card may be possible."),
    ),
    (C::TooYoung, "Younger than 18.", None),
    (
        C::NoRegisteredAddress,
        "No registered address in Sweden.",
        None,
    ),
    (
        C::RegisterSilent,
        "The population register has not answered.",
        Some("Try again when the population register answers."),
    ),
    (
        C::Deceased,
        "The register says that the person is dead.",
        None,
    ),
    (
        C::RoutineNotConfirmed,
        "The local routine was not shown and confirmed.",
        None,
    ),
    (
        C::ProductNotOrderable,
        "The product cannot be ordered.",
        Some("Choose a product that can be ordered."),
    ),
    (
        C::PhotoNeeded,
        "The product needs a photo, which this way of ordering does not have.",
        Some("Choose a product without photo, or take a photo at an office."),
    ),
    (
        C::AlreadyOrdered,
        "There is an order under way.",
        Some("Follow or cancel the order that is named."),
    ),
    (
        C::PrerequisitesMissing,
        "The order waits for agreement, form or payment.",
        None,
    ),
    (
        C::OrderNotSent,
        "The order has not been sent to the manufacturer.",
        None,
    ),
    (
        C::OrderAtManufacturer,
        "The order is at the manufacturer.",
        None,
    ),
    (
        C::OrderDispatched,
        "The card has been posted.",
        Some("Follow the sending, or revoke the card."),
    ),
    (
        C::OrderEnded,
        "The order is finished, one way or another.",
        None,
    ),
    (
        C::UndeliveredTooSoon,
        "The card went by ordinary mail and may be ordered again only from a day.",
        Some("Order again from the day that is named."),
    ),
    (
        C::RekNotPostedYet,
        "The card goes by registered mail and has not been posted, so there is no number to trace it with yet.",
        Some("Wait until it is posted, or order again from the day that is named."),
    ),
    (
        C::UndeliveredTraceable,
        "The card went by registered mail and can be traced.",
        Some("Trace the letter first."),
    ),
    (
        C::ThirdLetter,
        "After two cards in a row that did not come, the third goes by registered mail or to the office.",
        Some("Choose registered mail or delivery to the office."),
    ),
    (
        C::PhotoNotAwaited,
        "The order does not wait for a photo.",
        None,
    ),
    (
        C::PhotoNotConfirmed,
        "The officer has not said that the person was seen and is the one on the photo.",
        None,
    ),
    (
        C::PhotoDecided,
        "The photo has been approved or rejected already.",
        None,
    ),
    (
        C::NoStoredPhoto,
        "No photo of the person is kept.",
        Some("Take a photo."),
    ),
    (
        C::StoredPhotoTooOld,
        "The kept photo is too old to be printed again.",
        Some("Take a photo."),
    ),
    (
        C::ReasonNotForPeople,
        "The reason is not for this person to give.",
        None,
    ),
    (
        C::ReporterUnknown,
        "It must be said how the one who reports is known.",
        None,
    ),
    (
        C::LastFourWrong,
        "The last four digits are another card's.",
        Some("Read the last four digits of this card again."),
    ),
    (
        C::AlreadyReported,
        "The loss has been reported and waits for the caller to be checked.",
        Some("Call back the one who told, or let somebody who is known tell."),
    ),
    (C::NotRevokedYet, "Nothing has been revoked yet.", None),
    (C::CaseEnded, "The case is over.", None),
    (
        C::StepNotAsked,
        "The step is not asked for in this case.",
        None,
    ),
    (C::DayInTheFuture, "The day lies in the future.", None),
    (
        C::DayTooEarly,
        "The day lies before it can have been done.",
        None,
    ),
    (C::DayHasPassed, "The day has passed.", None),
    (C::NotPosted, "The letter has not been posted.", None),
    (C::DeliveryEnded, "The delivery is over.", None),
    (C::NotTraceable, "Ordinary mail cannot be traced.", None),
    (C::ReceiptSigned, "The receipt has been signed.", None),
    (
        C::ReceiptEnded,
        "The receipt has ended without a signature.",
        Some("The card is revoked; order a new one."),
    ),
    (
        C::ReceiptTooLate,
        "The time to sign is over; the card is about to be revoked.",
        Some(AFTER_THE_NIGHT),
    ),
    (
        C::WrongTerms,
        "Other terms than those in force were shown.",
        None,
    ),
    (C::CodeNotSet, "The code has not been set.", None),
    (C::CodeNotLocked, "The code is not locked.", None),
    (C::CodeLocked, "The code is locked.", None),
    (C::CodeGone, "The chip has no use any more.", None),
    (
        C::VisitDoesNotUnlock,
        "A visit does not unlock a card with this product number; only its PUK does.",
        Some("Order a letter with the PUK."),
    ),
    (
        C::PukLocked,
        "The PUK is locked too.",
        Some(
            "Open the card at a visit if its product number begins with 7; otherwise order a new card.",
        ),
    ),
    (
        C::CallerNotIdentified,
        "It is not certain who asks.",
        Some("Call back on a number in the directory."),
    ),
    (
        C::LetterNotThere,
        "The step does not belong to where the letter stands.",
        None,
    ),
    (C::LetterEnded, "The letter's journey is over.", None),
    (
        C::LetterAlreadyOpen,
        "There is an open letter for the card.",
        None,
    ),
    (
        C::NoLetterForReserve,
        "Reserve cards get no PUK letter.",
        Some("Hand out a new reserve card and revoke the old one."),
    ),
    (
        C::CertificateNotThere,
        "The step does not belong to where the certificate stands.",
        None,
    ),
    (C::CertificateEnded, "The certificate is final.", None),
    (
        C::KeyInUse,
        "The key has a certificate, or has been asked for one.",
        None,
    ),
    (
        C::CertificateNotForProduct,
        "Cards of the product have no such certificate, or not at this time.",
        None,
    ),
    (
        C::AlreadyRegistered,
        "The card has proved itself before.",
        None,
    ),
    (
        C::NothingToFetch,
        "The card has every certificate for signing that it can have.",
        None,
    ),
    (
        C::CodeComesByLetter,
        "The codes of such a card come by letter; they are not chosen at the counter.",
        Some("Let the holder show that the code of the letter works."),
    ),
    (
        C::TaskCodeGone,
        "The code or link is wrong, used or too old.",
        Some("Offer the task again."),
    ),
    (
        C::TaskNotBegun,
        "No card client has fetched the task.",
        None,
    ),
    (
        C::TaskOver,
        "The card task is done, called off or too old.",
        None,
    ),
    (C::ProofNeeded, "The card must prove itself first.", None),
    (
        C::ProofDoesNotHold,
        "What the card signed does not hold.",
        None,
    ),
    (
        C::TooManyAnswers,
        "So many questions of one chip are not answered within one task.",
        Some("Offer the task again."),
    ),
];
