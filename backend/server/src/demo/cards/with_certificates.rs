//! One card of the demonstration that has certificates: it can be put into a virtual reader, and
//! its holder can log in with it.

use cards_app::{App, Failure};
use cards_domain::delivery::DeliveryMethod;
use chrono::TimeDelta;
use serde::Serialize;

use super::super::broken;
use super::super::people::Cast;
use super::dealer::Dealer;

/// How long ago it was made and activated, in days: after everything that is older has settled.
pub const DAYS_AGO: i64 = 2;
/// Where its number and its holder stand for whoever puts it into a reader, in the folder of the
/// simulators.
const FILE: &str = "card-with-certificates.json";

#[derive(Serialize)]
struct Told<'a> {
    number: &'a str,
    name: &'a str,
    hsa_id: &'a str,
}

/// Its holder gets it as everybody does: ordered by one officer, made and posted by the factory,
/// handed over by another officer, signed for.
pub(super) fn deal<'a>(
    dealer: &mut Dealer<'a>,
    issuing: &'a App,
    cast: &Cast,
) -> Result<(), Failure> {
    let member = cast.with_certificates().ok_or(Failure::NotFound)?;
    let before = std::mem::replace(&mut dealer.stage.app, issuing);
    dealer.go_to(TimeDelta::days(DAYS_AGO));
    issuing.keep_authorities(&mut dealer.stage.link)?;
    let person = dealer.stage.person(&member.hsa_id)?;
    let whose = (person, dealer.region);
    let order = dealer.order_for(whose, "731", DeliveryMethod::Rek, None)?;
    dealer.work()?;
    dealer.activate(&[&order])?;
    let number = dealer.card(&order)?.number.ok_or(Failure::NotFound)?;
    let told = Told {
        number: number.as_str(),
        name: &member.name,
        hsa_id: &member.hsa_id,
    };
    let text = serde_json::to_vec_pretty(&told).map_err(broken)?;
    std::fs::write(dealer.demo.home.join(FILE), text).map_err(broken)?;
    dealer.stage.app = before;
    Ok(())
}
