//! A locked card: it is stated, opened at a visit or with the PUK, and the letter with the PUK.

mod at_the_pages;
mod letters;
mod signing_code;
pub mod visits;

use cards_acceptance::World;
use cards_acceptance::people::{Officer, Person};
use cards_app::{Call, Failure};
use cards_domain::access::Role;
use cards_domain::card::{Card, CardAction, CardStageName, CodeProof, RevocationReason};
use cards_domain::chip_code::{ChipCode, ChipCodeAction, CodeName, CodeSource, CodeStage};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::RevocationId;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::order::{Order, OrderRequest};
use cards_domain::refusal::Refusal;
use cards_domain::revocation::{Reporter, Revocation, RevocationRequest};
use diesel::connection::SimpleConnection;

/// Farid Nazari, at the servicedesk.
pub fn farid(world: &World) -> Officer {
    world.officer("SE2399000013-1006", Role::Servicedesk, None)
}

/// A code of a card as it stands.
pub fn code(world: &World, card: &Card, name: CodeName) -> ChipCode {
    let sheet = world.link().card_for_errand(card.id).unwrap().unwrap();
    sheet.parts.code(name).unwrap().clone()
}

/// Does something to a code of a card.
pub fn act(
    world: &World,
    by: &Call,
    (card, name): (&Card, CodeName),
    action: &ChipCodeAction,
) -> Result<CodeStage, Failure> {
    let mut link = world.link();
    let done = world
        .app()
        .act_on_code(&mut link, by, (card.id, name), action);
    done.map(|code| code.stage())
}

/// States that the code for authentication is locked.
pub fn lock(world: &World, by: &Call, card: &Card) -> Result<CodeStage, Failure> {
    let source = CodeSource::Stated;
    act(
        world,
        by,
        (card, CodeName::Pin1),
        &ChipCodeAction::Lock { source },
    )
}

/// States that it was opened with the PUK.
pub fn open_with_puk(world: &World, by: &Call, card: &Card) -> Result<CodeStage, Failure> {
    let action = ChipCodeAction::UnlockWithPuk;
    act(world, by, (card, CodeName::Pin1), &action)
}

/// An active card that was stated as locked.
pub fn locked_card(world: &World, person: &Person) -> Card {
    let card = world.active_card(person);
    lock(world, &world.karin().call(), &card).unwrap();
    card
}

/// Writes in the database what no page can, past its guards: older cards are not ordered any more.
pub fn sql(world: &World, text: &str) {
    let mut conn = world.database.connect();
    let text = format!("SET session_replication_role = replica; {text}");
    conn.batch_execute(&text).unwrap();
}

/// Revokes a card as Karin, with its holder at the counter.
pub fn revoke(world: &World, card: &Card) {
    let mut link = world.link();
    let last_four = card.number.as_ref().unwrap().last_four();
    let request = RevocationRequest {
        id: RevocationId(link.new_id()),
        card: card.id,
        person: card.person,
        reason: RevocationReason::Lost,
        reporter: Reporter::HolderInPerson,
        last_four: last_four.to_owned(),
        wrong_in: None,
    };
    let call = world.karin().call();
    let ledger = &world.app().ledger;
    ledger
        .begin::<Revocation>(&mut link, &call, &request)
        .unwrap();
}

/// A posted card of an older product, whose codes come in a letter.
pub fn old_card_sent(world: &World, person: &Person, number: &str) -> Card {
    sql(
        world,
        &format!(
            "UPDATE product SET orderable = true, has_photo = false WHERE number = '{number}'"
        ),
    );
    let mut link = world.link();
    let call = world.karin().call();
    let app = world.app();
    app.refresh_register(&mut link, &call, person.id).unwrap();
    let products = link.orderable_products().unwrap();
    let is_it = |of: Option<&str>| of == Some(number);
    let product = products
        .iter()
        .find(|product| is_it(product.number.as_ref().map(|number| number.as_str())));
    let request = OrderRequest {
        product: product.unwrap().id,
        ..world.order_request(person, DeliveryMethod::APost)
    };
    let order = app
        .ledger
        .begin::<Order>(&mut link, &call, &request)
        .unwrap();
    world.work();
    world.card(world.order_now(order.id).card.unwrap())
}

/// The same, fetched with the code letter and signed for.
pub fn old_card_active(world: &World, person: &Person, number: &str) -> Card {
    let card = old_card_sent(world, person, number);
    let mut check = world.check(&card, person);
    check.code = Some(CodeProof::LetterCodeWorks);
    let action = CardAction::Unlock(check);
    let mut link = world.link();
    let call = world.karin().call();
    let ledger = &world.app().ledger;
    ledger
        .act::<Card>(&mut link, &call, card.id.0, &action)
        .unwrap();
    world.sign(person, &card).unwrap();
    world.work();
    world.card(card.id)
}

/// The same, stated as locked.
pub fn old_card_locked(world: &World, person: &Person, number: &str) -> Card {
    let card = old_card_active(world, person, number);
    lock(world, &world.karin().call(), &card).unwrap();
    world.card(card.id)
}

/// The refusal that was met.
pub fn refusal<T: std::fmt::Debug>(answer: Result<T, Failure>) -> Refusal {
    match answer {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// Proves: 3-22
#[test]
fn holder_officer_and_servicedesk_each_state_that_a_card_is_locked_and_it_is_not_revoked() {
    let world = World::new();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let callers = [maja.call(), world.karin().call(), farid(&world).call()];
    for (so_far, by) in callers.iter().enumerate() {
        assert_eq!(lock(&world, by, &card).unwrap(), CodeStage::Locked);
        let stated = code(&world, &card, CodeName::Pin1);
        let times = i64::try_from(so_far).unwrap() + 1;
        assert_eq!(world.lines(stated.id.0, "lock", "done"), times);
        let stage = world.card(card.id).stage();
        assert_eq!(stage, CardStageName::Active, "låst is not spärrat");
        assert_eq!(open_with_puk(&world, by, &card).unwrap(), CodeStage::Ok);
    }
    let stranger = world.person("SE2399000013-1009");
    let answer = lock(&world, &stranger.call(), &card);
    assert!(matches!(answer, Err(Failure::NotFound)), "{answer:?}");
    world.work();
}

#[test]
fn a_card_that_is_locked_is_not_locked_once_more_and_one_that_works_is_not_opened() {
    let world = World::new();
    let maja = world.maja();
    let card = locked_card(&world, &maja);
    let karin = world.karin().call();
    assert_eq!(refusal(lock(&world, &karin, &card)), Refusal::CodeLocked);
    open_with_puk(&world, &maja.call(), &card).unwrap();
    let again = open_with_puk(&world, &maja.call(), &card);
    assert_eq!(refusal(again), Refusal::CodeNotLocked);
    world.work();
}

#[test]
fn a_card_with_a_locked_puk_is_not_opened_with_it_and_only_a_711_is_opened_at_a_visit() {
    let world = World::new();
    let (maja, elin) = (world.maja(), world.person("SE2399000013-1010"));
    let karin = world.karin();
    let (new, old) = (
        locked_card(&world, &maja),
        old_card_locked(&world, &elin, "641"),
    );
    let source = CodeSource::Stated;
    for card in [&new, &old] {
        let puk = (card, CodeName::Puk);
        let action = ChipCodeAction::Lock { source };
        let stage = act(&world, &karin.call(), puk, &action).unwrap();
        assert_eq!(stage, CodeStage::Locked);
        let opened = open_with_puk(&world, &karin.call(), card);
        assert_eq!(refusal(opened), Refusal::PukLocked);
        let letter = letters::ask_for(&world, &karin.call(), card, true);
        assert_eq!(refusal(letter), Refusal::PukLocked, "it would open nothing");
    }
    let opened = visits::open(&world, &karin, &new, &visits::check(&world, &new, &maja));
    assert_eq!(opened.unwrap(), CodeStage::Ok);
    let opened = visits::open(&world, &karin, &old, &visits::check(&world, &old, &elin));
    assert!(matches!(
        refusal(opened),
        Refusal::VisitDoesNotUnlock { .. }
    ));
    world.work();
}
