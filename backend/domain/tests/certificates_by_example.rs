//! Certificates as the sources describe them, one sentence each.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own example is wrong"
)]

use cards_domain::access::{Actor, Holder, Loa, SystemActor};
use cards_domain::card::{CardStageName, RevocationReason};
use cards_domain::certificate::{
    Certificate, CertificateAction, CertificateEvent, CertificateFacts, CertificateRequest,
    CertificateStage, CrlReason, Profile, SigningRequest, Usage,
};
use cards_domain::consequences::{Errand, FollowUp};
use cards_domain::ids::{CardId, CertificateId, OrganisationId, PairId, PersonId, ProductId};
use cards_domain::lifecycle::{Begin, Lifecycle};
use cards_domain::person::Subject;
use cards_domain::product::{CodeDelivery, Product};
use cards_domain::refusal::Refusal;
use cards_domain::values::CardNumber;
use chrono::{DateTime, NaiveDate, Utc};
use strum::IntoEnumIterator;
use uuid::Uuid;

const HOLDER: PersonId = PersonId(Uuid::from_u128(1));

fn now() -> DateTime<Utc> {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn last_day() -> NaiveDate {
    "2031-11-21".parse().unwrap()
}

fn number() -> CardNumber {
    CardNumber::parse("9752 0000 0001").unwrap()
}

fn product(code_delivery: CodeDelivery) -> Product {
    Product {
        id: ProductId(Uuid::from_u128(4)),
        number: None,
        name: "card".to_owned(),
        sis_marked: false,
        has_photo: false,
        validity_months: 60,
        pin_min: 6,
        pin_max: 8,
        code_delivery,
        orderable: true,
    }
}

fn facts(card: CardStageName) -> CertificateFacts {
    CertificateFacts {
        subject: Subject {
            person: HOLDER,
            protected: false,
            organisations: vec![OrganisationId(Uuid::from_u128(2))],
        },
        card,
        card_number: Some(number()),
        valid_to: Some(last_day()),
        product: product(CodeDelivery::ChosenAtActivation),
        key_known: false,
        pair: None,
        beside: Vec::new(),
    }
}

fn request(usage: Usage) -> CertificateRequest {
    CertificateRequest {
        id: CertificateId(Uuid::from_u128(7)),
        card: CardId(Uuid::from_u128(5)),
        person: HOLDER,
        profile: Profile::HsaId,
        usage,
        new_pair: PairId(Uuid::from_u128(8)),
        request: SigningRequest {
            der: vec![1],
            key: [1; 32],
        },
    }
}

fn manufacturer() -> Actor {
    Actor::System(SystemActor::Manufacturer)
}

fn holder() -> Actor {
    Actor::Holder(Holder {
        person: HOLDER,
        loa: Loa::Loa3,
    })
}

fn begun(by: &Actor, usage: Usage, facts: &CertificateFacts) -> Result<Certificate, Refusal> {
    Certificate::begin(by, &request(usage), facts, now()).map(|(certificate, _)| certificate)
}

fn on_the_card() -> Certificate {
    let ordered = facts(CardStageName::Ordered);
    Certificate {
        stage: CertificateStage::Active,
        ..begun(&manufacturer(), Usage::Authentication, &ordered).unwrap()
    }
}

fn revoke(reason: RevocationReason) -> CertificateAction {
    CertificateAction::Revoke {
        reason,
        last_four: "0001".to_owned(),
    }
}

#[test]
fn a_card_from_the_new_portal_is_made_with_the_pairs_for_log_in_and_none_for_signing() {
    let made = product(CodeDelivery::ChosenAtActivation).certificates_when_made();
    assert_eq!(
        made,
        [
            (Profile::HsaId, Usage::Authentication),
            (Profile::PersonId, Usage::Authentication)
        ]
    );
    let ordered = facts(CardStageName::Ordered);
    let refused = begun(&manufacturer(), Usage::Signature, &ordered);
    assert_eq!(refused, Err(Refusal::CertificateNotForProduct));
}

#[test]
fn an_older_card_is_made_with_all_four_and_a_reserve_card_with_none() {
    let count = |delivery| product(delivery).certificates_when_made().len();
    assert_eq!(count(CodeDelivery::CodeLetter), 4);
    assert_eq!(count(CodeDelivery::Envelope), 0);
}

#[test]
fn a_certificate_ends_on_exactly_the_last_day_of_its_card() {
    let ordered = facts(CardStageName::Ordered);
    let certificate = begun(&manufacturer(), Usage::Authentication, &ordered).unwrap();
    assert_eq!(certificate.not_after, last_day());
    let other_day = CertificateFacts {
        valid_to: last_day().succ_opt(),
        ..ordered
    };
    let issue = CertificateAction::Issue {
        authority: "person-hsa-id-3".to_owned(),
        serial: "5a".repeat(16),
    };
    let authority = Actor::System(SystemActor::Authority);
    let refused = certificate.decide(&authority, &issue, &other_day, now());
    assert_eq!(refused, Err(Refusal::WrongCard));
}

#[test]
fn a_holder_fetches_the_one_for_signing_only_to_an_active_card_with_a_signed_receipt() {
    let asked = |stage| begun(&holder(), Usage::Signature, &facts(stage)).map(|one| one.stage);
    assert_eq!(
        asked(CardStageName::Active),
        Ok(CertificateStage::Requested)
    );
    assert_eq!(
        asked(CardStageName::UnlockedUnsigned),
        Err(Refusal::ReceiptNotSigned)
    );
    assert_eq!(asked(CardStageName::Sent), Err(Refusal::CardNotActivated));
    assert_eq!(asked(CardStageName::Revoked), Err(Refusal::CardRevoked));
}

#[test]
fn a_key_gets_one_certificate() {
    let known = CertificateFacts {
        key_known: true,
        ..facts(CardStageName::Ordered)
    };
    let refused = begun(&manufacturer(), Usage::Authentication, &known);
    assert_eq!(refused, Err(Refusal::KeyInUse));
}

#[test]
fn who_revokes_one_of_a_pair_revokes_the_other_with_it_and_the_list_is_told() {
    let other = CertificateId(Uuid::from_u128(9));
    let facts = CertificateFacts {
        beside: vec![other],
        ..facts(CardStageName::Active)
    };
    let reason = RevocationReason::CodesCompromised;
    let certificate = on_the_card();
    let event = certificate
        .decide(&holder(), &revoke(reason), &facts, now())
        .unwrap();
    let after = certificate.evolve(&event, now());
    assert_eq!(after.stage, CertificateStage::Revoked);
    assert_eq!(after.reason, Some(reason));
    let follows = after.consequences(&event, &facts, now());
    let end = CertificateAction::EndWithPair { reason };
    assert_eq!(follows.follow_ups, [FollowUp::Certificate(other, end)]);
    let certificate = after.id;
    assert_eq!(follows.errands, [Errand::PublishRevocation { certificate }]);
}

#[test]
fn what_follows_the_card_or_the_pair_ends_nothing_else_in_turn() {
    let facts = CertificateFacts {
        beside: vec![CertificateId(Uuid::from_u128(9))],
        ..facts(CardStageName::Revoked)
    };
    let reason = RevocationReason::Stolen;
    let ledger = Actor::System(SystemActor::Ledger);
    for action in [
        CertificateAction::EndWithCard { reason },
        CertificateAction::EndWithPair { reason },
    ] {
        let event = on_the_card()
            .decide(&ledger, &action, &facts, now())
            .unwrap();
        let after = on_the_card().evolve(&event, now());
        assert_eq!(after.consequences(&event, &facts, now()).follow_ups, []);
    }
}

#[test]
fn a_lost_card_is_revoked_as_a_card_and_not_pair_by_pair() {
    let active = facts(CardStageName::Active);
    for reason in [RevocationReason::Lost, RevocationReason::Stolen] {
        let refused = on_the_card().decide(&holder(), &revoke(reason), &active, now());
        assert_eq!(refused, Err(Refusal::ReasonNotForPeople));
    }
}

#[test]
fn a_pair_is_not_revoked_by_one_click() {
    let unconfirmed = CertificateAction::Revoke {
        reason: RevocationReason::CodesCompromised,
        last_four: "0002".to_owned(),
    };
    let active = facts(CardStageName::Active);
    let refused = on_the_card().decide(&holder(), &unconfirmed, &active, now());
    assert_eq!(refused, Err(Refusal::LastFourWrong));
}

#[test]
fn nothing_leads_out_of_a_revocation() {
    let revoked = Certificate {
        stage: CertificateStage::Revoked,
        ..on_the_card()
    };
    let active = facts(CardStageName::Active);
    let number = number();
    for action in [
        CertificateAction::WriteToCard { number },
        CertificateAction::FetchBack,
        CertificateAction::Expire,
        revoke(RevocationReason::CodesCompromised),
    ] {
        let refused = revoked.decide(&holder(), &action, &active, now());
        assert_eq!(refused, Err(Refusal::CertificateEnded), "{action:?}");
    }
}

#[test]
fn a_certificate_is_written_to_its_own_card_and_to_no_other() {
    let issued = Certificate {
        stage: CertificateStage::Issued,
        ..on_the_card()
    };
    let write = |number| {
        let action = CertificateAction::WriteToCard { number };
        let ordered = facts(CardStageName::Ordered);
        let authority = Actor::System(SystemActor::Authority);
        issued.decide(&authority, &action, &ordered, now())
    };
    assert_eq!(write(number()), Ok(CertificateEvent::Written));
    let other = CardNumber::parse("9752 0000 0002").unwrap();
    assert_eq!(write(other), Err(Refusal::WrongCard));
}

#[test]
fn the_lists_say_why_in_the_words_of_the_standard_and_never_hold() {
    use RevocationReason as R;
    let told = |reasons: &[R], as_told| {
        for reason in reasons {
            assert_eq!(reason.for_lists(), as_told, "{reason:?}");
        }
    };
    told(
        &[R::Lost, R::Stolen, R::CodesCompromised],
        CrlReason::KeyCompromise,
    );
    told(
        &[R::NameChanged, R::DataWrong],
        CrlReason::AffiliationChanged,
    );
    told(
        &[
            R::CardDamaged,
            R::Superseded,
            R::ReplacedUndelivered,
            R::NotActivatedInTime,
            R::ReceiptNotSigned,
            R::WronglyIssued,
        ],
        CrlReason::Superseded,
    );
    told(
        &[
            R::EmploymentEnded,
            R::NotReturned,
            R::Returned,
            R::PersonDeceased,
        ],
        CrlReason::CessationOfOperation,
    );
    told(&[R::Misuse], CrlReason::PrivilegeWithdrawn);
    told(&[R::IssuerDecision], CrlReason::Unspecified);
    let words = CrlReason::iter().map(<&'static str>::from);
    assert!(words.into_iter().all(|word| !word.contains("hold")));
}
