//! The published lists beside the records. Whoever reads lists has been told that what stands on them
//! is revoked, so that is what it becomes.

use std::collections::HashSet;

use cards_domain::access::SystemActor;
use cards_domain::card::RevocationReason;
use cards_domain::certificate::CertificateAction;
use cards_store::Link;
use cards_store::certificates::{Examined, Finding, ListRow, SerialStatus, ShardName};
use chrono::{DateTime, Days, NaiveDate, Utc};

use super::super::lists::DAYS_AFTER;
use super::Tally;
use crate::ports::CertificateAuthority;
use crate::{App, Failure};

/// What is wrong with a list.
#[derive(Default)]
struct Faults {
    /// What building it anew puts right.
    codes: Vec<String>,
    /// Serials on it that the records do not call revoked.
    not_revoked: Vec<String>,
}

impl App {
    /// A list that lacks a revoked certificate, that cannot be read or that is out of date is built
    /// anew. A certificate that stands on one and lives is revoked first; a serial that nobody has
    /// keeps its list as it is.
    pub(super) fn reconcile_lists(
        &self,
        link: &mut Link,
        authority: &dyn CertificateAuthority,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let now = link.now();
        for age in link.list_ages()? {
            let name = ShardName {
                authority: age.authority,
                shard: age.shard,
            };
            let Some(row) = link.list(&name)? else {
                continue;
            };
            let wanted = tally.revoked.remove(&name).unwrap_or_default();
            let faults = faults(link, authority, (&row, &wanted), now)?;
            let mut safe = true;
            for serial in &faults.not_revoked {
                let ended = self.end_listed(link, (&name, serial), tally)?;
                safe = safe && ended;
            }
            for code in faults.codes {
                let repaired = safe && self.build_list(link, &name).is_ok();
                tally.add(on_list(&name, &code, repaired));
            }
        }
        let missing: Vec<ShardName> = tally.revoked.keys().cloned().collect();
        for name in missing {
            let repaired = self.build_list(link, &name).is_ok();
            tally.add(on_list(&name, "there_is_no_list", repaired));
        }
        Ok(())
    }

    /// Revokes a certificate that lives and stands on a list. False: nobody has the serial.
    fn end_listed(
        &self,
        link: &mut Link,
        (name, serial): (&ShardName, &str),
        tally: &mut Tally,
    ) -> Result<bool, Failure> {
        let code = "listed_but_not_revoked";
        let Some(id) = link.certificate_with_serial(&name.authority, serial)? else {
            tally.add(on_list(name, code, false));
            return Ok(false);
        };
        let certificate = link.certificate_for_errand(id)?;
        let certificate = certificate.ok_or(Failure::NotFound)?;
        let reason = RevocationReason::IssuerDecision;
        let end = CertificateAction::EndWithCard { reason };
        // One that is over for another reason cannot be revoked, nor is it valid.
        let repaired = self.end(link, &certificate, (SystemActor::Ledger, &end))?;
        tally.add(Finding {
            certificate: Some(id),
            ..on_list(name, code, repaired)
        });
        Ok(true)
    }
}

fn faults(
    link: &mut Link,
    authority: &dyn CertificateAuthority,
    (row, wanted): (&ListRow, &HashSet<String>),
    now: DateTime<Utc>,
) -> Result<Faults, Failure> {
    let mut faults = Faults::default();
    if row.next_update <= now {
        faults.codes.push("list_out_of_date".to_owned());
    }
    let listed = match authority.read_list(&row.authority, &row.der) {
        Err(code) => {
            faults.codes.push(code);
            return Ok(faults);
        }
        Ok(listed) => HashSet::<String>::from_iter(listed),
    };
    if !wanted.is_subset(&listed) {
        faults.codes.push("revoked_but_not_listed".to_owned());
    }
    // What was revoked while the night went on, or whose last day is long past, is no fault.
    let others: Vec<String> = listed.difference(wanted).cloned().collect();
    let statuses = link.serial_statuses(&row.authority, &others)?;
    let is_revoked =
        |serial: &String| matches!(statuses.get(serial), Some(SerialStatus::Revoked { .. }));
    faults
        .not_revoked
        .extend(others.into_iter().filter(|serial| !is_revoked(serial)));
    Ok(faults)
}

/// A certificate leaves its list some days after its last one.
pub(super) fn note_revoked(one: &Examined, today: NaiveDate, tally: &mut Tally) {
    let leaves = today.checked_sub_days(Days::new(DAYS_AFTER));
    if leaves.is_some_and(|leaves| one.certificate.not_after < leaves) {
        return;
    }
    if let Some(reserved) = &one.issuance.reserved {
        let name = ShardName {
            authority: reserved.authority.clone(),
            shard: reserved.shard,
        };
        let serials = tally.revoked.entry(name).or_default();
        serials.insert(reserved.serial.clone());
    }
}

fn on_list(name: &ShardName, code: &str, repaired: bool) -> Finding {
    Finding {
        code: code.to_owned(),
        certificate: None,
        list: Some((name.authority.clone(), name.shard)),
        repaired,
    }
}
