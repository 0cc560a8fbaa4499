//! At the counter and at a visit: the card shows that its holder has chosen a code, and the officer's
//! step needs nobody's word for it. And the receipt, signed with the card.

use cards_app::card_tasks::TaskWish;
use cards_domain::card::{CardStageName, CodeProof, CounterCheck};
use cards_domain::card_task::{TaskKind, TaskStage};
use cards_domain::chip_code::{ChipCodeAction, CodeName, CodeStage, VisitCheck};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::refusal::Refusal;
use cards_domain::signature::SignatureKind;
use cards_testcard::{MasterKey, response};
use chrono::Duration;
use diesel::prelude::*;
use serde_json::json;

use super::kit::{Chip, Client, offer, site, stage, try_offer, wish};
use super::refusal;
use crate::locked::{act, code, locked_card};

#[test]
fn a_code_that_the_card_has_shown_needs_no_tick_by_the_officer_that_day() {
    let site = site();
    let world = &site.world;
    let (maja, karin) = (world.maja(), world.karin().call());
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let check = CounterCheck {
        code: None,
        ..world.check(&card, &maja)
    };
    assert_eq!(
        refusal(world.unlock(&karin, &card, &check)),
        Refusal::CodeNotChosen
    );
    let said = CounterCheck {
        code: Some(CodeProof::ShownByCard),
        ..check.clone()
    };
    assert_eq!(
        refusal(world.unlock(&karin, &card, &said)),
        Refusal::CodeNotChosen
    );

    let offered = offer(world, &karin, TaskKind::ChooseCode, &card);
    let client = Client::with(&site, &offered);
    let question = [1_u8, 2, 3, 4, 5, 6, 7, 8];
    let told = client.post(
        "card-challenge",
        &json!({ "challenge": "0102030405060708" }),
    );
    let number = card.number.as_ref().unwrap().as_str();
    let key = MasterKey::demonstration().of_card(number);
    let answer = cards_domain::card_task::hex(&response(&key, &question));
    assert_eq!(
        (told.status, &told.json),
        (200, &json!({ "response": answer }))
    );
    assert_eq!(client.prove(&Chip::of(world, &card)).status, 204);
    assert_eq!(stage(world, offered.id), TaskStage::Done);

    world.advance(Duration::days(1));
    let late = CounterCheck {
        signature: Some(world.signature(SignatureKind::ReauthenticatedSession)),
        ..check.clone()
    };
    assert_eq!(
        refusal(world.unlock(&karin, &card, &late)),
        Refusal::CodeNotChosen
    );
    world.advance(Duration::days(-1));
    let done = world.unlock(&karin, &card, &check).unwrap();
    assert_eq!(done.stage(), CardStageName::UnlockedUnsigned);
    assert_eq!(how_the_code_was_shown(world, &card), "shown_by_card");
    world.work();
}

fn how_the_code_was_shown(
    world: &cards_acceptance::World,
    card: &cards_domain::card::Card,
) -> String {
    #[derive(QueryableByName)]
    struct Told {
        #[diesel(sql_type = diesel::sql_types::Text)]
        code: String,
    }
    diesel::sql_query(
        "SELECT event->>'code' AS code FROM journal \
         WHERE subject_id = $1 AND action = 'unlock' AND outcome = 'done'",
    )
    .bind::<diesel::sql_types::Uuid, _>(card.id.0)
    .get_result::<Told>(&mut world.database.connect())
    .unwrap()
    .code
}

#[test]
fn the_office_answers_five_questions_of_a_chip_and_only_where_a_code_is_chosen() {
    let site = site();
    let world = &site.world;
    let (maja, karin) = (world.maja(), world.karin().call());
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let offered = offer(world, &karin, TaskKind::ChooseCode, &card);
    let client = Client::with(&site, &offered);
    let asked = json!({ "challenge": "ffffffffffffffff" });
    for _ in 0..5 {
        assert_eq!(client.post("card-challenge", &asked).status, 200);
    }
    let sixth = client.post("card-challenge", &asked);
    assert_eq!(sixth.code(), (422, "too_many_answers"));
    assert_eq!(world.lines(offered.id.0, "answer_chip", "done"), 5);
    assert_eq!(
        world.lines(offered.id.0, "answer_chip", "too_many_answers"),
        1
    );
    let test = offer(world, &karin, TaskKind::TestCard, &card);
    let client = Client::with(&site, &test);
    let refused = client.post("card-challenge", &asked);
    assert_eq!(refused.code(), (422, "visit_does_not_unlock"));
}

#[test]
fn what_an_officer_may_no_longer_do_their_card_client_may_not_do_either() {
    let site = site();
    let world = &site.world;
    let (maja, karin) = (world.maja(), world.karin());
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let offered = offer(world, &karin.call(), TaskKind::ChooseCode, &card);
    let client = Client::with(&site, &offered);
    let ended = format!(
        "UPDATE appointment SET ends_at = starts_at + interval '1 second' WHERE person_id = '{}'",
        karin.person.id
    );
    crate::locked::sql(world, &ended);
    world.advance(Duration::seconds(2));
    let asked = json!({ "challenge": "ffffffffffffffff" });
    assert_eq!(
        client.post("card-challenge", &asked).code(),
        (401, "no_such_task")
    );
    assert_eq!(
        client.prove(&Chip::of(world, &card)).code(),
        (401, "no_such_task")
    );
    assert_eq!(stage(world, offered.id), TaskStage::Begun);
}

#[test]
fn a_locked_card_is_opened_at_a_visit_with_the_code_that_the_card_has_shown() {
    let site = site();
    let world = &site.world;
    let (maja, karin) = (world.maja(), world.karin().call());
    let card = locked_card(world, &maja);
    let counter = world.check(&card, &maja);
    let check = VisitCheck {
        identity: counter.identity,
        number_on_card: counter.number_on_card,
        code_chosen: false,
        signature: counter.signature,
    };
    let open = || {
        let action = ChipCodeAction::UnlockAtVisit(check.clone());
        act(world, &karin, (&card, CodeName::Pin1), &action)
    };
    assert_eq!(refusal(open()), Refusal::CodeNotChosen);
    world.advance(Duration::minutes(1));
    let offered = offer(world, &karin, TaskKind::UnlockVisit, &card);
    let client = Client::with(&site, &offered);
    let asked = json!({ "challenge": "0000000000000001" });
    assert_eq!(client.post("card-challenge", &asked).status, 200);
    assert_eq!(client.prove(&Chip::of(world, &card)).status, 204);
    assert_eq!(code(world, &card, CodeName::Pin1).stage, CodeStage::Locked);
    assert_eq!(open().unwrap(), CodeStage::Ok);
    let again = try_offer(world, &karin, wish(TaskKind::UnlockVisit, &card));
    assert_eq!(refusal(again), Refusal::CodeNotLocked);
}

#[test]
fn the_receipt_is_signed_with_the_card_over_the_text_that_the_holder_has_read() {
    let site = site();
    let world = &site.world;
    let (maja, karin) = (world.maja(), world.karin().call());
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let check = world.check(&card, &maja);
    world.unlock(&karin, &card, &check).unwrap();
    let text = "Jag har tagit emot kortet och godtar villkoren.";
    let without = try_offer(world, &maja.call(), wish(TaskKind::SignReceipt, &card));
    assert_eq!(refusal(without), Refusal::WrongTerms);
    let wanted = TaskWish {
        text: Some(text.to_owned()),
        ..wish(TaskKind::SignReceipt, &card)
    };
    let offered = try_offer(world, &maja.call(), wanted).unwrap();
    let client = Client::with(&site, &offered);
    assert_eq!(client.sheet["text"], text);
    let chip = Chip::of(world, &card);
    let bare = client.text().replace(text, "");
    let tried = client.post("proof", &chip.proof(&bare));
    assert_eq!(tried.code(), (422, "proof_does_not_hold"));
    assert_eq!(client.prove(&chip).status, 204);
    world.work();
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);
    assert_eq!(stage(world, offered.id), TaskStage::Done);
    let kept = signature_of(world, &card);
    assert_eq!(kept["kind"], "card_signature");
    assert!(kept["evidence"].is_string());
}

fn signature_of(
    world: &cards_acceptance::World,
    card: &cards_domain::card::Card,
) -> serde_json::Value {
    #[derive(QueryableByName)]
    struct Told {
        #[diesel(sql_type = diesel::sql_types::Jsonb)]
        signature: serde_json::Value,
    }
    diesel::sql_query("SELECT signature FROM receipt WHERE card_id = $1")
        .bind::<diesel::sql_types::Uuid, _>(card.id.0)
        .get_result::<Told>(&mut world.database.connect())
        .unwrap()
        .signature
}
