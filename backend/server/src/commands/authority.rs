//! `kortkontor authority`: the ceremony of the certificate authorities.

use clap::Subcommand;

use super::{Done, say};
use crate::{Config, System};

/// What is done with the certificate authorities.
#[derive(Subcommand)]
pub enum What {
    /// Make the keys and certificates that are missing; what there is stays as it is.
    Found,
}

/// Does it.
pub fn run(config: &Config, what: &What) -> Done {
    let mut system = System::build(config, "")?;
    match what {
        What::Found => {
            for (name, common_name, not_after) in system.found_authority(config)? {
                let day = not_after.date_naive();
                say(&format!("{name:<20} {common_name:<44} valid to {day}"));
            }
            system.open_authority(config)?;
            let mut link = system.app.db.link(cards_app::Lane::Short)?;
            system.app.keep_authorities(&mut link)?;
            Ok(())
        }
    }
}
