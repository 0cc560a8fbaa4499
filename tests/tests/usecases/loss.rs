//! A card that is lost, stolen or known: who may say so, what is revoked at once, and what must
//! still be done outside before the case is closed.

mod at_the_pages;
mod outside;
mod unverified;

use cards_acceptance::World;
use cards_acceptance::people::{Officer, Person};
use cards_app::queries::Told;
use cards_app::{Call, Failure, Fingerprint};
use cards_domain::access::{Actor, Holder, Loa, Role};
use cards_domain::card::{Card, CardStageName, RevocationReason};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::RevocationId;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::order::OrderStage;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::{Reporter, Revocation, RevocationAction, RevocationStage};

const REVOKED_MAIL: &str = "Ditt e-tjänstekort är spärrat";

/// Farid Nazari, at the servicedesk.
fn farid(world: &World) -> Officer {
    world.officer("SE2399000013-1006", Role::Servicedesk, None)
}

/// The holder, logged in at level 2.
fn at_level_two(person: &Person) -> Call {
    Call {
        actor: Actor::Holder(Holder {
            person: person.id,
            loa: Loa::Loa2,
        }),
        ..person.call()
    }
}

/// What somebody says, confirmed with the right digits.
fn told(card: &Card, reason: RevocationReason, reporter: Reporter) -> Told {
    Told {
        reason,
        reporter,
        last_four: card.number.as_ref().unwrap().last_four().to_owned(),
        wrong_in: None,
    }
}

fn tell(world: &World, by: &Call, card: &Card, told: &Told) -> Result<Revocation, Failure> {
    let mut link = world.link();
    world.app().report_loss(&mut link, by, card.id, told)
}

/// The holder says it.
fn tell_as_holder(world: &World, person: &Person, card: &Card) -> Revocation {
    let said = told(card, RevocationReason::Lost, Reporter::HolderLoggedIn);
    tell(world, &person.call(), card, &said).unwrap()
}

fn act(
    world: &World,
    by: &Call,
    case: &Revocation,
    action: &RevocationAction,
) -> Result<RevocationStage, Failure> {
    let ledger = &world.app().ledger;
    let done = ledger.act::<Revocation>(&mut world.link(), by, case.id.0, action);
    done.map(|case| case.stage)
}

/// The case as it stands.
fn case_now(world: &World, card: &Card, id: RevocationId) -> Revocation {
    let sheet = world.link().card_for_errand(card.id).unwrap().unwrap();
    let mut cases = sheet.parts.cases.into_iter();
    cases.find(|case| case.id == id).unwrap()
}

fn cases(world: &World, card: &Card) -> usize {
    let sheet = world.link().card_for_errand(card.id).unwrap().unwrap();
    sheet.parts.cases.len()
}

fn mails(world: &World, subject: &str) -> usize {
    let inbox = &world.system.demo.as_ref().unwrap().inbox;
    let mails = inbox.list(30).unwrap();
    let mails = mails.iter().filter(|mail| mail.mail.subject == subject);
    mails.count()
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, Failure>) -> Refusal {
    match answer {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// Proves: 3-32 4-8
#[test]
fn a_lost_card_is_revoked_at_once_for_ever_and_its_holder_gets_a_mail() {
    let world = World::new();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let case = tell_as_holder(&world, &maja, &card);
    assert_eq!(
        case.stage,
        RevocationStage::Closed,
        "nothing outside for 7xx"
    );
    assert_eq!(world.card(card.id).stage(), CardStageName::Revoked);
    world.work();
    assert_eq!(mails(&world, REVOKED_MAIL), 1);
    let again = told(&card, RevocationReason::Stolen, Reporter::HolderLoggedIn);
    let again = tell(&world, &maja.call(), &card, &again);
    assert_eq!(refusal(again), Refusal::CardRevoked);
    for action in [RevocationAction::Withdraw, world.execution(card.id)] {
        let by = world.karin().call();
        let found = act(&world, &by, &case, &action);
        assert_eq!(
            refusal(found),
            Refusal::CardRevoked,
            "found again is too late"
        );
    }
    assert_eq!(cases(&world, &card), 1);
    world.work();
}

/// Proves: 3-32
#[test]
fn example_11_a_card_lost_before_it_is_activated_is_revoked_at_level_two_and_its_order_ends() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let said = told(&card, RevocationReason::Stolen, Reporter::HolderLoggedIn);
    let case = tell(&world, &at_level_two(&maja), &card, &said).unwrap();
    assert_eq!(case.stage, RevocationStage::Closed);
    assert_eq!(world.card(card.id).stage(), CardStageName::Revoked);
    assert_eq!(world.order_now(card.order).stage, OrderStage::Cancelled);
    let check = world.check(&card, &maja);
    let late = world.unlock(&world.karin().call(), &card, &check);
    assert_eq!(refusal(late), Refusal::CardRevoked);
    world.work();
    assert_eq!(mails(&world, REVOKED_MAIL), 1);
}

#[test]
fn a_holder_reports_no_other_card_than_their_own() {
    let world = World::new();
    let card = world.active_card(&world.maja());
    let stranger = world.person("SE2399000013-1009");
    let said = told(&card, RevocationReason::Lost, Reporter::HolderLoggedIn);
    let answer = tell(&world, &stranger.call(), &card, &said);
    assert!(matches!(answer, Err(Failure::NotFound)), "{answer:?}");
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);
    let case = tell_as_holder(&world, &world.maja(), &card);
    let page = world
        .app()
        .case_page(&mut world.link(), &stranger.call(), case.id);
    assert!(matches!(page, Err(Failure::NotFound)));
    world.work();
}

#[test]
fn the_servicedesk_revokes_a_loss_for_whom_it_has_called_back_and_gives_no_other_reason() {
    let world = World::new();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let desk = farid(&world).call();
    for (reason, reporter, expected) in [
        (
            RevocationReason::CardDamaged,
            Reporter::CalledBack,
            Refusal::NotYourRole,
        ),
        (
            RevocationReason::EmploymentEnded,
            Reporter::CalledBack,
            Refusal::NotYourRole,
        ),
        (
            RevocationReason::Lost,
            Reporter::HolderInPerson,
            Refusal::ReporterUnknown,
        ),
        (
            RevocationReason::Lost,
            Reporter::KnownManager,
            Refusal::ReporterUnknown,
        ),
    ] {
        let answer = tell(&world, &desk, &card, &told(&card, reason, reporter));
        assert_eq!(refusal(answer), expected, "{reason:?} {reporter:?}");
    }
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);
    let said = told(
        &card,
        RevocationReason::CodesCompromised,
        Reporter::CalledBack,
    );
    tell(&world, &desk, &card, &said).unwrap();
    assert_eq!(world.card(card.id).stage(), CardStageName::Revoked);
    world.work();
}

#[test]
fn r43_wrong_digits_revoke_nothing_and_stand_in_the_log() {
    let world = World::new();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let mut said = told(&card, RevocationReason::Lost, Reporter::HolderLoggedIn);
    said.last_four = "0000".to_owned();
    let answer = tell(&world, &maja.call(), &card, &said);
    assert_eq!(refusal(answer), Refusal::LastFourWrong);
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);
    assert_eq!(cases(&world, &card), 0);
    world.work();
    assert_eq!(mails(&world, REVOKED_MAIL), 0);
}

#[test]
fn two_clicks_are_one_case() {
    let world = World::new();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let said = told(&card, RevocationReason::Lost, Reporter::HolderLoggedIn);
    let key = uuid::Uuid::from_u128(43);
    let call = Call {
        request: Some(Fingerprint::of(key, b"the same form").into()),
        ..maja.call()
    };
    let first = tell(&world, &call, &card, &said).unwrap();
    let second = tell(&world, &call, &card, &said).unwrap();
    assert_eq!(first.id, second.id);
    assert_eq!(cases(&world, &card), 1);
    world.work();
    assert_eq!(mails(&world, REVOKED_MAIL), 1);
}

#[test]
fn nobody_is_written_to_when_the_holder_has_died() {
    let world = World::new();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let said = told(&card, RevocationReason::PersonDeceased, Reporter::Office);
    tell(&world, &world.karin().call(), &card, &said).unwrap();
    world.work();
    assert_eq!(world.card(card.id).stage(), CardStageName::Revoked);
    assert_eq!(mails(&world, REVOKED_MAIL), 0);
}
