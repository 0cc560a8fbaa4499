//! Cards of the demonstration in every state. They come about as in an office: the demonstration's
//! own officers and holders act through the gate, its factory makes and posts the cards, its nights
//! run, while its clock is moved from five years ago to now.

mod dealer;
mod past;
mod present;
mod who;
mod with_certificates;

pub use with_certificates::DAYS_AGO;

use std::path::Path;

use cards_app::{App, Failure};
use cards_gateways::Demonstration;

use super::people::Cast;
use super::{Stage, Wired};
use dealer::Dealer;

/// The application that issues certificates, if there is one.
#[derive(Clone, Copy)]
pub(super) struct Issuing<'a>(pub Option<&'a App>);

/// Lets the cards come about. Whatever happens, the clock stands afterwards where it stood.
pub(super) fn deal<'a>(
    stage: Stage<'a>,
    (_, demo): (Demonstration, &Wired),
    (cast, folder): (&Cast, &Path),
    issuing: Issuing<'a>,
) -> Result<(), Failure> {
    let now = demo.clock.offset();
    let dealt = Dealer::new(stage, demo, cast, folder).and_then(|mut dealer| {
        let old = past::years_ago(&mut dealer)?;
        past::months_ago(&mut dealer)?;
        present::weeks_ago(&mut dealer)?;
        present::days_ago(&mut dealer, &old)?;
        present::owing(&mut dealer, folder)?;
        if let Some(app) = issuing.0 {
            with_certificates::deal(&mut dealer, app, cast)?;
        }
        present::minutes_ago(&mut dealer, cast)?;
        present::now(&mut dealer)
    });
    demo.clock.set_offset(now);
    dealt
}
