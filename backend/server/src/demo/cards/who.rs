//! The persons of the filling: officers of one card office, and holders of the crowd.

use std::path::Path;

use cards_app::Failure;
use cards_domain::access::{Actor, Appointment, Holder, Loa, Officer, Role};
use cards_domain::ids::{AppointmentId, OrganisationId, PersonId};

use super::super::people::{Cast, Member};
use super::super::{Stage, broken};

/// Employed before this day, in the feed's form of days: before the oldest card.
const LONG_AGO: &str = "2020";

/// The first officer of a card office, and another one of the same office.
pub(super) fn officers(cast: &Cast) -> Option<(&Member, &Member)> {
    let mut admins = cast
        .person
        .iter()
        .filter(|member| member.roles.contains(&Role::IdAdmin));
    let first = admins.next()?;
    let second = admins.find(|other| other.office == first.office)?;
    Some((first, second))
}

pub(super) fn officer(
    stage: &mut Stage<'_>,
    member: &Member,
    region: OrganisationId,
) -> Result<Actor, Failure> {
    let mut branch = vec![region];
    branch.push(stage.organisation(super::present::OWING)?);
    let appointments = member.roles.iter().map(|role| Appointment {
        id: AppointmentId(stage.link.new_id()),
        role: *role,
        branch: branch.clone(),
        office: stage.office_of(member),
    });
    let appointments = appointments.collect();
    Ok(Actor::Officer(Officer {
        person: stage.person(&member.hsa_id)?,
        loa: Loa::Loa3,
        appointments,
    }))
}

/// The person as holder.
pub(super) fn holder(person: PersonId) -> Actor {
    let loa = Loa::Loa3;
    Actor::Holder(Holder { person, loa })
}

/// The HSA-ids of those in the feed who work in the organisation and can not be logged in as by
/// name, in the feed's order.
pub(super) fn crowd(
    folder: &Path,
    organisation: &str,
    skipped: usize,
) -> Result<Vec<String>, Failure> {
    let feed = std::fs::read_to_string(folder.join("directory.ldif")).map_err(broken)?;
    let stem = organisation.split('-').next().unwrap_or_default();
    let prefix = format!("{stem}-E");
    let of_entry = |entry: &str, name: &str| {
        let mut lines = entry.lines();
        lines.find_map(|line| line.strip_prefix(name).map(|value| value.trim().to_owned()))
    };
    // Whoever began later could not have had the cards from years ago.
    let has_long_worked =
        |entry: &&str| of_entry(entry, "hsaStartDate: ").is_none_or(|day| day.as_str() < LONG_AGO);
    let ids = feed
        .split("\n\n")
        .filter(has_long_worked)
        .filter_map(|entry| of_entry(entry, "hsaIdentity: "))
        .filter(|id| id.starts_with(&prefix));
    Ok(ids.skip(skipped).collect())
}
