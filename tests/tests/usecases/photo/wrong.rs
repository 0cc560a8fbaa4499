//! A face, a name, a number or a document that is not the holder's.

use cards_domain::card::CardStage;
use cards_domain::identity_check::DocumentKind;
use chrono::NaiveDate;

use super::*;

/// R1: two persons with almost the same name, born the same day.
#[test]
fn r1_a_namesakes_photo_is_on_her_own_page_alone() {
    let world = World::new();
    let (maja, other, karin) = (
        world.maja(),
        world.person("SE2399000013-1009"),
        world.karin(),
    );
    let order = photographed(&world, &karin, &maja, PhotoSource::Desk);
    let page = |person: &Person| {
        world
            .app()
            .person_page(&mut world.link(), &karin.call(), person.id)
            .unwrap()
    };
    assert_eq!(page(&maja).photo.map(|shown| shown.photo.id), order.photo);
    assert_eq!(page(&other).photo, None);
    let card = card_of(&world, order.id);
    let mut check = world.check(&card, &maja);
    check.identity.number_on_document = other.number.clone();
    refused(
        world.unlock(&karin.call(), &card, &check),
        &Refusal::DocumentOfAnotherPerson,
    );
}

/// R7: the photo on the card shows somebody else.
#[test]
fn r7_a_wrong_photo_revokes_lists_the_neighbours_and_is_not_used_again() {
    let world = World::new();
    let (maja, karin) = (world.maja(), world.karin());
    let (near, later) = (
        world.person("SE2399000013-1010"),
        world.person("SE2399000013-1011"),
    );
    let wrong = photographed(&world, &karin, &maja, PhotoSource::Desk);
    world.advance(Duration::minutes(50));
    let beside = photographed(&world, &karin, &near, PhotoSource::Desk);
    world.advance(Duration::minutes(20));
    let _ = photographed(&world, &karin, &later, PhotoSource::Desk);
    let card = card_of(&world, wrong.id);
    let case = revoked_as(&world, &card, RevocationReason::WronglyIssued, None);
    assert!(
        !case.is_open() && case.steps.is_empty(),
        "nothing is left outside"
    );
    assert!(matches!(
        world.card(card.id).stage,
        CardStage::Revoked {
            reason: RevocationReason::WronglyIssued,
            ..
        }
    ));
    let mut link = world.link();
    let misprint = world
        .app()
        .misprint(&mut link, &karin.call(), card.id)
        .unwrap();
    let listed: Vec<OrderId> = misprint
        .neighbours
        .orders
        .iter()
        .map(|one| one.order)
        .collect();
    assert_eq!((listed, misprint.neighbours.others), (vec![beside.id], 0));
    let anew = ordered(&world, &karin, &maja);
    let page = world
        .app()
        .photo_page(&mut link, &karin.call(), anew.id)
        .unwrap();
    assert_eq!(page.stored, None, "the wrong face is not offered again");
}

#[test]
fn r7_names_out_of_scope_are_counted_and_not_told() {
    let world = World::new();
    let (maja, karin) = (world.maja(), world.karin());
    let wrong = photographed(&world, &karin, &maja, PhotoSource::Desk);
    let elin = world.person("SE2399000013-1010");
    let _ = photographed(&world, &karin, &elin, PhotoSource::Desk);
    let mut conn = world.database.connect();
    // Behind the back of the triggers: nobody of the region orders in the municipality's name.
    diesel::sql_query("SET session_replication_role = replica")
        .execute(&mut conn)
        .unwrap();
    diesel::sql_query("UPDATE card_order SET organisation_id = $1 WHERE person_id = $2")
        .bind::<SqlUuid, _>(
            world
                .link()
                .organisation_by_hsa_id(cards_acceptance::people::MUNICIPALITY)
                .unwrap()
                .unwrap()
                .0,
        )
        .bind::<SqlUuid, _>(elin.id.0)
        .execute(&mut conn)
        .unwrap();
    let card = card_of(&world, wrong.id);
    revoked_as(&world, &card, RevocationReason::WronglyIssued, None);
    let found = world
        .app()
        .misprint(&mut world.link(), &karin.call(), card.id)
        .unwrap()
        .neighbours;
    assert_eq!((found.orders.len(), found.others), (0, 1));
}

/// R8: the name or the number on the card is wrong.
#[test]
fn r8_a_wrong_name_says_whose_data_were_wrong_and_a_new_card_is_ordered_at_once() {
    let world = World::new();
    let (maja, karin) = (world.maja(), world.karin());
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let mut check = world.check(&card, &maja);
    check.printed_name_confirmed = false;
    refused(
        world.unlock(&karin.call(), &card, &check),
        &Refusal::PrintedNameNotConfirmed,
    );
    let wrong_in = Some(WrongIn::Register);
    let case = revoked_as(&world, &card, RevocationReason::DataWrong, wrong_in);
    let told: Told = diesel::sql_query(
        "SELECT event->>'wrong_in' AS told FROM journal WHERE subject_id = $1 AND action = 'begin'",
    )
    .bind::<SqlUuid, _>(case.id.0)
    .get_result(&mut world.database.connect())
    .unwrap();
    assert_eq!(told.told, "register");
    let anew = world.order(&maja, DeliveryMethod::APost);
    assert_ne!(anew.id, card.order);
    world.work();
}

/// R9: the document has expired between photo and activation.
#[test]
fn r9_neither_a_document_that_has_expired_nor_the_card_itself_is_proof_and_another_one_is() {
    let world = World::new();
    let (maja, karin) = (world.maja(), world.karin());
    let order = photographed(&world, &karin, &maja, PhotoSource::Desk);
    world.advance(Duration::days(14));
    let card = card_of(&world, order.id);
    let mut check = world.check(&card, &maja);
    let on = NaiveDate::from_ymd_opt(2030, 1, 14).unwrap();
    check.identity.valid_to = on;
    refused(
        world.unlock(&karin.call(), &card, &check),
        &Refusal::DocumentExpired { on },
    );
    check.identity.document = DocumentKind::SisCard;
    check.identity.document_last_four = card.number.as_ref().unwrap().last_four().to_owned();
    check.identity.valid_to = NaiveDate::from_ymd_opt(2033, 5, 30).unwrap();
    refused(
        world.unlock(&karin.call(), &card, &check),
        &Refusal::CardIsItsOwnProof,
    );
    check.identity.document_last_four = "4417".to_owned();
    world.unlock(&karin.call(), &card, &check).unwrap();
    world.sign(&maja, &card).unwrap();
    world.work();
}
