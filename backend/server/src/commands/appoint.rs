//! `kortkontor appoint`: the first officers of an empty installation, decided by two named persons.

use cards_app::plain::AppointmentRecord;
use cards_app::{Failure, Lane, Link};
use cards_domain::access::Role;
use cards_domain::ids::OfficeId;
use cards_domain::values::HsaId;
use clap::Args;

use super::{Done, say};
use crate::{Config, System, demo};

/// Appoints somebody in the directory.
#[derive(Args)]
pub struct Appoint {
    /// HSA-id of the person.
    #[arg(long)]
    person: String,
    /// As what, for instance `responsible_issuer` or `id_admin`.
    #[arg(long)]
    role: Role,
    /// HSA-id of the organisation.
    #[arg(long)]
    organisation: String,
    /// Name of the card office at which the person works.
    #[arg(long)]
    office: Option<String>,
    /// The two persons who have decided, by name; give the option twice.
    #[arg(long, required = true)]
    approved_by: Vec<String>,
}

impl Appoint {
    pub(super) fn run(self, config: &Config) -> Done {
        let mut names: Vec<String> = self
            .approved_by
            .iter()
            .map(|name| name.trim().to_lowercase())
            .collect();
        names.sort();
        names.dedup();
        if names.len() < 2 {
            return Err("two different persons must have decided: give --approved-by twice".into());
        }
        let system = System::build(config, "")?;
        let mut link = system.app.db.link(Lane::Short)?;
        let record = self.record(&mut link)?;
        system
            .app
            .ledger
            .edit(&mut link, &demo::operator_call(&system.app), &record)?;
        say(&format!(
            "appointed: {} as {}",
            self.person,
            <&str>::from(self.role)
        ));
        Ok(())
    }

    fn record(&self, link: &mut Link) -> Result<AppointmentRecord, Box<dyn std::error::Error>> {
        let person = HsaId::parse_import(&self.person)?;
        let organisation = HsaId::parse_import(&self.organisation)?;
        let office = self
            .office
            .as_deref()
            .map(|name| office(link, name))
            .transpose()?;
        Ok(AppointmentRecord {
            id: link.new_id(),
            person: link
                .person_by_hsa_id(&person.search_key())?
                .ok_or("nobody in the directory has that HSA-id")?,
            role: self.role,
            organisation: link
                .organisation_by_hsa_id(&organisation.search_key())?
                .ok_or("no organisation in the directory has that HSA-id")?,
            office,
            starts_at: link.now(),
            ends_at: None,
            approved_by: self.approved_by.clone(),
            version: 0,
        })
    }
}

fn office(link: &mut Link, name: &str) -> Result<OfficeId, Box<dyn std::error::Error>> {
    let offices = link.offices().map_err(Failure::from)?;
    let found = offices
        .iter()
        .find(|office| office.name.eq_ignore_ascii_case(name));
    let names: Vec<&str> = offices.iter().map(|office| office.name.as_str()).collect();
    Ok(found
        .ok_or_else(|| format!("there is no such office; there are: {}", names.join(", ")))?
        .id)
}
