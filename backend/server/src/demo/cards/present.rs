//! What is under way: letters in the post, cards at the office, losses, and all that waits for
//! somebody on the start page.

use std::path::Path;

use cards_app::Failure;
use cards_app::plain::OrganisationPolicy;
use cards_app::queries::Told as Loss;
use cards_domain::card::{Card, CardAction, RevocationReason};
use cards_domain::chip_code::{ChipCodeAction, CodeName, CodeSource};
use cards_domain::delivery::{Delivery, DeliveryAction, DeliveryMethod as By};
use cards_domain::order::{Order, OrderAction};
use cards_domain::puk_letter::{LetterReason, LetterRejection, PukLetter, PukLetterAction};
use cards_domain::revocation::{ExternalStep, Reporter, Revocation, RevocationAction, StepOutcome};
use cards_gateways::manufacturer::Simulator;
use chrono::TimeDelta;

use super::super::broken;
use super::super::people::Cast;
use super::dealer::Dealer;
use super::past::Old;
use super::who::{crowd, holder};

/// An employer who has not handed in the liability form and the receipt of the fee.
pub(super) const OWING: &str = "SE5599990024-0001";

/// From six weeks ago to last week: the post, and cards that came back.
pub(super) fn weeks_ago(dealer: &mut Dealer<'_>) -> Result<(), Failure> {
    dealer.go_to(TimeDelta::days(45));
    let _not_arrived = dealer.order("731", By::APost)?;
    let missing = dealer.order("731", By::APost)?;
    let late = dealer.order("731", By::APost)?;
    let lost = dealer.order("731", By::Rek)?;
    let returned = dealer.order("723", By::Rek)?;
    let stopped = dealer.order_only("723", By::Rek)?;
    dealer.work()?;

    dealer.go_to(TimeDelta::days(20));
    let unsigned = dealer.order("731", By::Rek)?;
    let lost_unsigned = dealer.order("731", By::APost)?;
    let damaged = dealer.order("731", By::ToOffice)?;
    let cut = dealer.order("731", By::ToOffice)?;
    dealer.work()?;
    let by = dealer.first.clone();
    dealer.act::<Order>(&by, stopped.id.0, &OrderAction::Cancel)?;
    receive(dealer, &returned)?;

    dealer.go_to(TimeDelta::days(10));
    dealer.run_night()?;
    told_of_letter(dealer, &missing, &DeliveryAction::ReportMissing)?;
    told_of_letter(dealer, &late, &DeliveryAction::ReportMissing)?;
    lose(dealer, &lost)?;
    dealer.unlock(&unsigned)?;
    dealer.unlock(&lost_unsigned)?;
    let in_person = (RevocationReason::Lost, Reporter::HolderInPerson);
    report(dealer, &lost_unsigned, &by, in_person)?;
    end_at_office(dealer, &damaged)?;
    let card = end_at_office(dealer, &cut)?;
    dealer.act::<Card>(&by, card.id.0, &CardAction::Destroy)?;
    dealer.run_errands()?;

    dealer.go_to(TimeDelta::days(7));
    told_of_letter(dealer, &late, &DeliveryAction::ReportLateArrival)
}

/// The holder tells what became of the letter.
fn told_of_letter(
    dealer: &mut Dealer<'_>,
    order: &Order,
    told: &DeliveryAction,
) -> Result<(), Failure> {
    let delivery = delivery(dealer, order)?;
    dealer.act::<Delivery>(&holder(order.person), delivery, told)?;
    dealer.run_errands()?;
    Ok(())
}

/// The post has answered that the letter is lost.
fn lose(dealer: &mut Dealer<'_>, order: &Order) -> Result<(), Failure> {
    let by = dealer.first.clone();
    let delivery = delivery(dealer, order)?;
    dealer.act::<Delivery>(&by, delivery, &DeliveryAction::Lose)?;
    Ok(())
}

fn delivery(dealer: &mut Dealer<'_>, order: &Order) -> Result<uuid::Uuid, Failure> {
    let card = dealer.card(order)?;
    let delivery = dealer.sheet(card.id)?.delivery;
    Ok(delivery.ok_or(Failure::NotFound)?.id.0)
}

/// A card comes to the office, or comes back to it.
fn receive(dealer: &mut Dealer<'_>, order: &Order) -> Result<Card, Failure> {
    let by = dealer.first.clone();
    let card = dealer.card(order)?;
    let number = card.number.clone().ok_or(Failure::NotFound)?;
    dealer.act::<Card>(&by, card.id.0, &CardAction::ReceiveAtOffice { number })
}

/// A card that lies at the office turns out to be damaged.
fn end_at_office(dealer: &mut Dealer<'_>, order: &Order) -> Result<Card, Failure> {
    let by = dealer.first.clone();
    let card = receive(dealer, order)?;
    let reason = RevocationReason::CardDamaged;
    report(dealer, order, &by, (reason, Reporter::HolderInPerson))?;
    Ok(card)
}

fn report(
    dealer: &mut Dealer<'_>,
    order: &Order,
    by: &cards_domain::access::Actor,
    (reason, reporter): (RevocationReason, Reporter),
) -> Result<Revocation, Failure> {
    let card = dealer.card(order)?;
    let number = card.number.ok_or(Failure::NotFound)?;
    let told = Loss {
        reason,
        reporter,
        last_four: number.last_four().to_owned(),
        wrong_in: None,
    };
    let call = dealer.call(by);
    let app = dealer.stage.app;
    app.report_loss(&mut dealer.stage.link, &call, card.id, &told)
}

/// The last days: cards on their way, locked ones, letters with a PUK, losses.
pub(super) fn days_ago(dealer: &mut Dealer<'_>, old: &Old) -> Result<(), Failure> {
    dealer.go_to(TimeDelta::days(3));
    fail_next_card(dealer)?;
    dealer.order("731", By::APost)?;
    dealer.work()?;
    dealer.order("731", By::APost)?;
    dealer.order("731", By::Rek)?;
    dealer.order("723", By::ToOffice)?;
    dealer.work()?;
    lock(dealer, &old.locked)?;
    letters(dealer, old)?;
    losses(dealer, old)?;
    dealer.run_errands()?;
    Ok(())
}

fn fail_next_card(dealer: &Dealer<'_>) -> Result<(), Failure> {
    let file = Simulator::switches(&dealer.demo.home);
    let mut switches = file.read().map_err(broken)?;
    switches.fail_next = 1;
    file.write(&switches).map_err(broken)
}

/// The holder says that the card is locked.
fn lock(dealer: &mut Dealer<'_>, order: &Order) -> Result<(), Failure> {
    let card = dealer.card(order)?.id;
    let call = dealer.call(&holder(order.person));
    let action = ChipCodeAction::Lock {
        source: CodeSource::Stated,
    };
    let app = dealer.stage.app;
    app.act_on_code(
        &mut dealer.stage.link,
        &call,
        (card, CodeName::Pin1),
        &action,
    )?;
    Ok(())
}

/// The servicedesk asks for letters; somebody else decides.
fn letters(dealer: &mut Dealer<'_>, old: &Old) -> Result<(), Failure> {
    let by = dealer.second.clone();
    ask_for_letter(dealer, &old.asked_letter)?;
    let approved = ask_for_letter(dealer, &old.approved_letter)?;
    dealer.act::<PukLetter>(&by, approved, &PukLetterAction::Approve)?;
    let rejected = ask_for_letter(dealer, &old.rejected_letter)?;
    let why = LetterRejection::CallerUnsure;
    dealer.act::<PukLetter>(&by, rejected, &PukLetterAction::Reject { why })?;
    let taken_back = ask_for_letter(dealer, &old.taken_back_letter)?;
    dealer.act::<PukLetter>(&by, taken_back, &PukLetterAction::Cancel)?;
    Ok(())
}

fn ask_for_letter(dealer: &mut Dealer<'_>, order: &Order) -> Result<uuid::Uuid, Failure> {
    lock(dealer, order)?;
    let card = dealer.card(order)?.id;
    let call = dealer.call(&dealer.desk);
    let how = (LetterReason::Locked, true);
    let app = dealer.stage.app;
    let letter = app.ask_for_letter(&mut dealer.stage.link, &call, card, how)?;
    Ok(letter.id.0)
}

/// Two older cards are lost: of one Telia has been told. A third was only said to be lost, by
/// somebody on the telephone, and was found.
fn losses(dealer: &mut Dealer<'_>, old: &Old) -> Result<(), Failure> {
    let (first, desk) = (dealer.first.clone(), dealer.desk.clone());
    let in_person = (RevocationReason::Lost, Reporter::HolderInPerson);
    report(dealer, &old.lost, &first, in_person)?;
    let told = report(dealer, &old.lost_and_told, &first, in_person)?;
    let on = cards_domain::calendar::business_day(dealer.stage.link.now());
    let recorded = RevocationAction::Record {
        step: ExternalStep::Telia,
        outcome: StepOutcome::DoneByHolder {
            on,
            reference: None,
        },
    };
    dealer.act::<Revocation>(&first, told.id.0, &recorded)?;
    let by_telephone = (RevocationReason::Lost, Reporter::UnverifiedCaller);
    let found = report(dealer, &old.locked, &desk, by_telephone)?;
    dealer.act::<Revocation>(&first, found.id.0, &RevocationAction::Withdraw)?;
    Ok(())
}

/// The last half hour: what waits at the office, a card that is made and not posted, and the cards
/// of the named holders, which the factory has not begun.
pub(super) fn minutes_ago(dealer: &mut Dealer<'_>, cast: &Cast) -> Result<(), Failure> {
    dealer.go_to(TimeDelta::minutes(30));
    dealer.order_only("723", By::APost)?;
    let unsigned = dealer.order("731", By::Rek)?;
    let stranger = dealer.order("731", By::Rek)?;
    dealer.work()?;
    dealer.activate(&[&stranger])?;
    dealer.unlock(&unsigned)?;
    let desk = dealer.desk.clone();

    dealer.order("731", By::Rek)?;
    dealer.run_errands()?;
    dealer.work_a_step()?;
    dealer.work_a_step()?;
    let methods = [By::APost, By::Rek].into_iter().cycle();
    for (member, method) in cast.waiting_for_cards().zip(methods) {
        let person = dealer.stage.person(&member.hsa_id)?;
        dealer.order_for((person, dealer.region), "731", method, None)?;
    }
    dealer.run_errands()?;
    dealer.go_to(TimeDelta::minutes(5));
    let by_telephone = (RevocationReason::Lost, Reporter::UnverifiedCaller);
    report(dealer, &stranger, &desk, by_telephone)?;
    Ok(())
}

/// Today's run, and what is left to send.
pub(super) fn now(dealer: &mut Dealer<'_>) -> Result<(), Failure> {
    dealer.go_to(TimeDelta::zero());
    dealer.run_night()?;
    dealer.run_errands()?;
    Ok(())
}

/// An order of an organisation that owes an agreement, a form or a payment.
pub(super) fn owing(dealer: &mut Dealer<'_>, folder: &Path) -> Result<(), Failure> {
    let id = dealer.stage.organisation(OWING)?;
    let sheet = dealer.stage.link.organisation(id)?;
    let policy = OrganisationPolicy {
        prerequisites_missing: true,
        ..sheet.ok_or(Failure::NotFound)?.policy
    };
    let stage = &mut dealer.stage;
    stage
        .app
        .ledger
        .edit(&mut stage.link, &stage.call, &policy)?;
    for hsa_id in crowd(folder, OWING, 0)? {
        if let Some(person) = dealer.fit(&hsa_id, id)? {
            dealer.order_for((person, id), "731", By::APost, None)?;
            return Ok(());
        }
    }
    Err(Failure::NotFound)
}
