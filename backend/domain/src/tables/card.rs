//! The card as a table.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::specimens::{self as given, at, day};
use super::{Tabled, Trial};
use crate::access::Actor;
use crate::card::{
    Card, CardAction, CardFacts, CardStage, CardStageName, CodeProof, CounterCheck, Custody,
    RevocationReason, SendingFacts,
};
use crate::delivery::{DeliveryMethod, DeliveryStage};
use crate::identity_check::{CheckStep, IdentityCheck};
use crate::ids::{CardId, ChipCodeId, DeliveryId, OrderId, ReceiptId};
use crate::order::MadeCard;
use crate::place::{OfficeFacts, PlaceFacts};
use crate::product::{CodeDelivery, Product};
use crate::signature::SignatureKind;

impl Tabled for Card {
    const FIRST: &'static [CardStageName] = &[CardStageName::Ordered];

    fn specimen(stage: CardStageName) -> Self {
        let made = stage != CardStageName::Ordered;
        let (stage, custody) = stage_and_custody(stage, at(given::sent_on()));
        Self {
            id: CardId(Uuid::from_u128(50)),
            person: given::HOLDER,
            order: OrderId(Uuid::from_u128(51)),
            organisation: given::ORGANISATION,
            product: given::PRODUCT,
            office: given::OFFICE,
            ordered_by: given::ORDERER,
            photographed_by: Some(given::PHOTOGRAPHED_BY),
            number: made.then(given::card_number),
            product_number: None,
            printed_name: made.then(|| "Test Testsson".to_owned()),
            valid_to: made.then(given::valid_to),
            custody,
            keep_until: None,
            stage,
            version: 1,
        }
    }

    fn trials() -> Vec<Trial<Self>> {
        let mut trials = on_the_way();
        trials.extend(unlock_by_place_and_time());
        trials.extend(unlock_by_exception());
        trials.extend(unlock_by_person());
        trials.extend(unlock_by_check());
        trials.extend(unlock_by_code());
        trials.extend(unlocked());
        trials.extend(the_end());
        trials
    }
}

fn stage_and_custody(stage: CardStageName, at: DateTime<Utc>) -> (CardStage, Custody) {
    match stage {
        CardStageName::Ordered => (CardStage::Ordered, Custody::Manufacturer),
        CardStageName::Sent => (CardStage::Sent { at }, Custody::Post),
        CardStageName::UnlockedUnsigned => (CardStage::UnlockedUnsigned { at }, Custody::Holder),
        CardStageName::Active => (CardStage::Active { at }, Custody::Holder),
        CardStageName::Revoked => {
            let reason = RevocationReason::Lost;
            (CardStage::Revoked { at, reason }, Custody::Unknown)
        }
        CardStageName::Expired => (CardStage::Expired { at }, Custody::Holder),
    }
}

pub(super) fn facts() -> CardFacts {
    CardFacts {
        subject: given::subject(),
        number: given::number(),
        product: given::product(),
        place: given::place(),
        here: Some(given::office()),
        delivery: None,
        letter: None,
        reported: None,
        order_open: true,
        receipt: None,
        codes: Vec::new(),
        certificates: Vec::new(),
        tasks: Vec::new(),
        code_shown: None,
        superseded: Vec::new(),
        lengths: given::lengths(),
        new_receipt: ReceiptId(Uuid::from_u128(52)),
        new_codes: [53, 54, 55].map(|id| ChipCodeId(Uuid::from_u128(id))),
    }
}

fn with_code_letter() -> CardFacts {
    CardFacts {
        product: Product {
            code_delivery: CodeDelivery::CodeLetter,
            ..given::product()
        },
        ..facts()
    }
}

fn check() -> CounterCheck {
    CounterCheck {
        identity: given::identity(),
        number_on_card: given::card_number(),
        printed_name_confirmed: true,
        face_compared: true,
        code: Some(CodeProof::ChosenInSoftware),
        signature: Some(given::signature(SignatureKind::ReauthenticatedSession)),
        exception: None,
    }
}

fn trial(by: Actor, action: CardAction) -> Trial<Card> {
    Trial::new(by, action, facts())
}

fn unlock(check: CounterCheck) -> Trial<Card> {
    trial(given::admin(), CardAction::Unlock(check))
}

fn on_the_way() -> Vec<Trial<Card>> {
    let receive = |number| trial(given::admin(), CardAction::ReceiveAtOffice { number });
    let made = MadeCard {
        number: given::card_number(),
        product_number: None,
        printed_name: "Test Testsson".to_owned(),
        valid_to: given::valid_to(),
    };
    vec![
        trial(given::ledger(), CardAction::Make(made)),
        trial(given::ledger(), CardAction::Dispatch),
        receive(given::card_number()),
        receive(given::another_card_number()).when("another card in hand"),
        receive(given::card_number())
            .when("twice")
            .on(lies_at_office),
        at_office(receive(given::card_number()), Some(given::other_office()))
            .when("at another office"),
        at_office(receive(given::card_number()), None).when("at no office"),
    ]
}

/// The officer is at this office.
fn at_office(trial: Trial<Card>, here: Option<OfficeFacts>) -> Trial<Card> {
    let facts = CardFacts {
        here,
        ..trial.facts
    };
    Trial { facts, ..trial }
}

fn unlock_by_place_and_time() -> Vec<Trial<Card>> {
    let at_office = |here| {
        let facts = CardFacts { here, ..facts() };
        Trial::new(given::admin(), CardAction::Unlock(check()), facts)
    };
    vec![
        unlock(check()).when("everything in order"),
        at_office(Some(given::other_office())).when("at another office"),
        at_office(None).when("at no office"),
        unlock(check())
            .when("on the last day")
            .at(at(day(2027, 1, 1))),
        unlock(check())
            .when("the day after the last day")
            .at(at(day(2027, 1, 2))),
        unlock(check()).when("validity is over").on(|card| Card {
            valid_to: Some(day(2026, 11, 1)),
            ..card
        }),
    ]
}

/// The card's own office is closed, and the officer is at another of the issuer.
fn closed(opens_again: bool, successor: bool, reason: Option<&str>) -> Trial<Card> {
    let required = OfficeFacts {
        closed: true,
        opens_again,
        successor: successor.then_some(given::OFFICE),
        ..given::office()
    };
    let facts = CardFacts {
        place: PlaceFacts {
            required,
            ..given::place()
        },
        here: Some(given::other_office()),
        ..facts()
    };
    let exception = reason.map(str::to_owned);
    let check = CounterCheck {
        exception,
        ..check()
    };
    Trial::new(given::admin(), CardAction::Unlock(check), facts)
}

fn unlock_by_exception() -> Vec<Trial<Card>> {
    let moved = Some("Innehavaren har flyttat");
    vec![
        closed(false, false, None).when("its office closed for good, no successor"),
        closed(false, true, None).when("its office closed for good, another took over"),
        closed(false, true, moved)
            .when("its office closed for good, another took over, with reason"),
        closed(true, false, None).when("its office closed for a time"),
        closed(true, false, Some("ok")).when("its office closed for a time, no real reason"),
        closed(true, false, moved).when("its office closed for a time, with reason"),
    ]
}

fn unlock_by_person() -> Vec<Trial<Card>> {
    let by = |by| trial(by, CardAction::Unlock(check()));
    let sent_to_office = |by| {
        let delivery = Some(SendingFacts {
            id: DeliveryId(Uuid::from_u128(56)),
            method: DeliveryMethod::ToOffice,
            stage: DeliveryStage::Posted,
        });
        let facts = CardFacts {
            delivery,
            ..facts()
        };
        Trial::new(by, CardAction::Unlock(check()), facts)
    };
    vec![
        by(given::holder_as_officer()).when("of one's own card"),
        by(given::servicedesk()).when("by the servicedesk"),
        by(given::who_ordered()).when("from the post, by who ordered"),
        by(given::who_ordered())
            .when("from the office, by who ordered")
            .on(lies_at_office),
        by(given::who_photographed())
            .when("from the office, by who took the photo")
            .on(lies_at_office),
        by(given::admin())
            .when("from the office, by another officer")
            .on(lies_at_office),
        sent_to_office(given::who_ordered()).when("sent to the office, by who ordered"),
        sent_to_office(given::admin()).when("sent to the office, by another officer"),
    ]
}

fn unlock_by_check() -> Vec<Trial<Card>> {
    let shown = |identity| {
        unlock(CounterCheck {
            identity,
            ..check()
        })
    };
    vec![
        unlock(CounterCheck {
            number_on_card: given::another_card_number(),
            ..check()
        })
        .when("another card in hand"),
        unlock(CounterCheck {
            printed_name_confirmed: false,
            ..check()
        })
        .when("printed name not read"),
        shown(IdentityCheck {
            number_on_document: given::another_number(),
            ..given::identity()
        })
        .when("document of another person"),
        shown(IdentityCheck {
            valid_to: day(2026, 11, 1),
            ..given::identity()
        })
        .when("document expired yesterday"),
        shown(IdentityCheck {
            valid_to: day(2026, 11, 2),
            ..given::identity()
        })
        .when("document expires today"),
        shown(IdentityCheck {
            steps: vec![CheckStep::AcceptedKind],
            ..given::identity()
        })
        .when("steps missing"),
        unlock(CounterCheck {
            face_compared: false,
            ..check()
        })
        .when("face not compared"),
        unlock(CounterCheck {
            signature: None,
            ..check()
        })
        .when("not signed by the officer"),
    ]
}

fn unlock_by_code() -> Vec<Trial<Card>> {
    let with = |code, facts| {
        let check = CounterCheck { code, ..check() };
        Trial::new(given::admin(), CardAction::Unlock(check), facts)
    };
    vec![
        with(None, facts()).when("no code chosen"),
        with(Some(CodeProof::LetterCodeWorks), facts()).when("code of a letter that it has not"),
        with(Some(CodeProof::LetterCodeWorks), with_code_letter())
            .when("code letter shown to work"),
        with(Some(CodeProof::ChosenInSoftware), with_code_letter())
            .when("code letter, yet a code chosen"),
        with(None, with_code_letter()).when("code letter not shown to work"),
    ]
}

fn unlocked() -> Vec<Trial<Card>> {
    vec![
        trial(given::ledger(), CardAction::ConfirmReceipt),
        trial(given::admin(), CardAction::ConfirmReceipt).when("by an officer, without receipt"),
    ]
}

fn the_end() -> Vec<Trial<Card>> {
    let revoke = |by, reason| trial(by, CardAction::Revoke { reason });
    let in_time = |by, action, last_day| {
        let after = last_day + chrono::Days::new(1);
        [
            trial(Actor::clone(&by), CardAction::clone(&action))
                .when("on the last day")
                .at(at(last_day)),
            trial(by, action).when("the day after").at(at(after)),
        ]
    };
    let mut trials = vec![
        revoke(given::ledger(), RevocationReason::Lost),
        revoke(given::admin(), RevocationReason::Lost).when("by an officer, without a case"),
        revoke(given::ledger(), RevocationReason::NotActivatedInTime)
            .when("for a reason that only the deadline gives"),
        trial(given::ledger(), CardAction::Supersede),
        trial(
            given::ledger(),
            CardAction::EndWithOrder {
                reason: RevocationReason::IssuerDecision,
            },
        ),
        trial(
            given::ledger(),
            CardAction::EndWithReceipt {
                reason: RevocationReason::ReceiptNotSigned,
            },
        ),
    ];
    trials.extend(in_time(
        given::scheduler(),
        CardAction::EndUnactivated,
        day(2027, 1, 1),
    ));
    trials.extend(in_time(
        given::scheduler(),
        CardAction::Expire,
        given::valid_to(),
    ));
    trials.push(trial(given::admin(), CardAction::Destroy));
    trials.push(
        trial(given::admin(), CardAction::Destroy)
            .when("twice")
            .on(|card| Card {
                custody: Custody::Destroyed,
                ..card
            }),
    );
    trials.extend(cut_elsewhere());
    trials
}

/// By an officer who is not where the card is kept.
fn cut_elsewhere() -> [Trial<Card>; 4] {
    let cut = |here| at_office(trial(given::admin(), CardAction::Destroy), here);
    [
        cut(None).when("at no office"),
        cut(Some(given::other_office())).when("at another office, from the holder"),
        cut(Some(given::other_office()))
            .when("at another office, though it lies at its own")
            .on(lies_at_office),
        cut(Some(given::office()))
            .when("where it lies")
            .on(lies_at_office),
    ]
}

fn lies_at_office(card: Card) -> Card {
    Card {
        custody: Custody::Office,
        ..card
    }
}
