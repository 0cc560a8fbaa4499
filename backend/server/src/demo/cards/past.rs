//! Cards from years and months ago: older products, and what time has ended.

use cards_app::Failure;
use cards_domain::delivery::DeliveryMethod as By;
use cards_domain::order::{Order, Replacement, Told};
use cards_domain::receipt::{Receipt, ReceiptAction};
use chrono::TimeDelta;

use super::dealer::Dealer;

/// Cards of products that are not ordered any more, all of them active.
pub(super) struct Old {
    pub locked: Order,
    pub asked_letter: Order,
    pub approved_letter: Order,
    pub rejected_letter: Order,
    pub taken_back_letter: Order,
    pub lost: Order,
    pub lost_and_told: Order,
}

/// Five years and a month ago: a card whose validity is over today. Three years ago: cards that
/// are still in use.
pub(super) fn years_ago(dealer: &mut Dealer<'_>) -> Result<Old, Failure> {
    dealer.go_to(TimeDelta::days(1860));
    dealer.set_orderable("512", true, 1)?;
    dealer.set_orderable("641", true, 1)?;
    let over = dealer.order("512", By::Rek)?;
    dealer.work()?;
    dealer.activate(&[&over])?;

    dealer.go_to(TimeDelta::days(1000));
    let kept = dealer.order("512", By::Rek)?;
    let old = Old {
        locked: dealer.order("512", By::Rek)?,
        asked_letter: dealer.order("641", By::Rek)?,
        approved_letter: dealer.order("641", By::Rek)?,
        rejected_letter: dealer.order("641", By::APost)?,
        taken_back_letter: dealer.order("641", By::APost)?,
        lost: dealer.order("641", By::Rek)?,
        lost_and_told: dealer.order("512", By::APost)?,
    };
    dealer.work()?;
    dealer.activate(&[
        &kept,
        &old.locked,
        &old.asked_letter,
        &old.approved_letter,
        &old.rejected_letter,
        &old.taken_back_letter,
        &old.lost,
        &old.lost_and_told,
    ])?;
    dealer.set_orderable("512", false, 2)?;
    dealer.set_orderable("641", false, 2)?;
    Ok(old)
}

/// Four months ago: cards in use, one that nobody has fetched since, one that never came and was
/// ordered anew, and one whose holder did not want to sign.
pub(super) fn months_ago(dealer: &mut Dealer<'_>) -> Result<(), Failure> {
    dealer.go_to(TimeDelta::days(120));
    let _unclaimed = dealer.order("731", By::Rek)?;
    let never_came = dealer.order("731", By::APost)?;
    let unwilling = dealer.order("731", By::APost)?;
    let in_use = [
        dealer.order("723", By::Rek)?,
        dealer.order("752", By::Rek)?,
        dealer.order("731", By::APost)?,
    ];
    dealer.work()?;
    dealer.activate(&in_use.each_ref())?;
    refuse_receipt(dealer, &unwilling)?;

    dealer.go_to(TimeDelta::days(60));
    dealer.run_night()?;
    let replaces = Replacement {
        order: never_came.id,
        told: Told::NotArrived,
    };
    let whose = (never_came.person, never_came.organisation);
    let anew = dealer.order_for(whose, "731", By::Rek, Some(replaces))?;
    dealer.work()?;
    dealer.activate(&[&anew])
}

fn refuse_receipt(dealer: &mut Dealer<'_>, order: &Order) -> Result<(), Failure> {
    let by = dealer.second.clone();
    let card = dealer.unlock(order)?;
    let receipt = dealer.sheet(card.id)?.receipt.ok_or(Failure::NotFound)?;
    dealer.act::<Receipt>(&by, receipt.0, &ReceiptAction::Refuse)?;
    dealer.run_errands()?;
    Ok(())
}
