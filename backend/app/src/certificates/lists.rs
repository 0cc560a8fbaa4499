//! The lists of revoked certificates. An errand that came with the revocation builds the list anew;
//! a tick of the worker builds those that are about to go out of date. Two that build the same list
//! at once give it the same number, and only one of them is kept: the other begins again.

use std::collections::BTreeMap;

use cards_domain::calendar::business_day;
use cards_domain::consequences::Errand;
use cards_store::certificates::{ListRow, NewList, RevokedSerial, ShardName};
use cards_store::outbox::Claimed;
use cards_store::{Link, StoreError};
use chrono::{DateTime, Days, Duration, Utc};

use crate::ports::{CertificateAuthority, ListOrder, ListedSerial};
use crate::work::give_up;
use crate::{App, Failure};

/// How often a list is begun again when somebody else was first.
const TRIES: usize = 5;
/// For how many days after its last one a revoked certificate stays on its list.
pub(super) const DAYS_AFTER: u64 = 7;
/// How many lists one tick builds.
const PER_TICK: usize = 256;

impl App {
    /// The errands of one round that tell of revocations: each list that one of them is about is
    /// built once. They had been committed before they were claimed, so a list that is begun now
    /// has every one of them.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub(crate) fn publish_revocations(
        &self,
        link: &mut Link,
        claimed: &[&Claimed],
    ) -> Result<(), Failure> {
        let mut lists: BTreeMap<ShardName, Vec<&Claimed>> = BTreeMap::new();
        for errand in claimed {
            if let Errand::PublishRevocation { certificate } = &errand.errand {
                match link.list_of(*certificate)? {
                    Some(list) => lists.entry(list).or_default().push(errand),
                    // Nothing can have been signed without a serial.
                    None => link.finish_errands(&[errand.id])?,
                }
            }
        }
        for (list, errands) in lists {
            let built = self.build_list(link, &list);
            let why = built.as_ref().err().map(ToString::to_string);
            for errand in errands {
                let outcome = match &why {
                    None => Ok(()),
                    Some(why) => Err(Failure::Unavailable(why.clone())),
                };
                Self::settle(link, errand, outcome)?;
            }
        }
        Ok(())
    }

    /// Builds the lists that are missing or have lived half their time. Gives how many.
    ///
    /// # Errors
    /// The database or the authority's key cannot be reached.
    pub fn keep_lists(&self, link: &mut Link) -> Result<usize, Failure> {
        let Some(authority) = &self.ports.authority else {
            return Ok(0);
        };
        let half = Duration::minutes(30 * i64::from(authority.list_hours()));
        let due = link.lists_due(link.now() + half, PER_TICK)?;
        for list in &due {
            self.build_list(link, list)?;
        }
        Ok(due.len())
    }

    /// Builds a list and publishes it.
    ///
    /// # Errors
    /// The database or the authority's key cannot be reached, or somebody else was first each time.
    pub(super) fn build_list(&self, link: &mut Link, list: &ShardName) -> Result<(), Failure> {
        let authority = self.authority()?;
        for _ in 0..TRIES {
            let before = link.list(list)?;
            let now = link.now();
            let today = business_day(now);
            let since = today.checked_sub_days(Days::new(DAYS_AFTER));
            let revoked = link.revoked_serials(list, since.unwrap_or(today))?;
            let new = built(&*authority, (list, before.as_ref()), &revoked, now)?;
            let changed = before.is_none_or(|before| before.entries != new.entries);
            match link.publish_list(&new, changed) {
                Err(StoreError::Conflict) => {}
                done => return Ok(done?),
            }
        }
        Err(Failure::Conflict)
    }

    /// A list as it is published (DER).
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is none.
    pub fn list(&self, link: &mut Link, authority: &str, shard: i32) -> Result<Vec<u8>, Failure> {
        let name = ShardName {
            authority: authority.to_owned(),
            shard,
        };
        let row = link.list(&name)?.ok_or(Failure::NotFound)?;
        Ok(row.der)
    }
}

fn built(
    authority: &dyn CertificateAuthority,
    (list, before): (&ShardName, Option<&ListRow>),
    revoked: &[RevokedSerial],
    now: DateTime<Utc>,
) -> Result<NewList, Failure> {
    let number = before.map_or(1, |before| before.number + 1);
    let next_update = now + Duration::hours(authority.list_hours().into());
    let listed: Vec<ListedSerial> = revoked
        .iter()
        .map(|revoked| ListedSerial {
            serial: revoked.serial.clone(),
            at: revoked.at,
            reason: revoked.reason.for_lists(),
        })
        .collect();
    let order = ListOrder {
        authority: &list.authority,
        shard: u16::try_from(list.shard).unwrap_or(0),
        number: u64::try_from(number).unwrap_or(1),
        this_update: now,
        next_update,
    };
    let der = authority.list(order, &listed);
    Ok(NewList {
        name: list.clone(),
        number,
        this_update: now,
        next_update,
        entries: i32::try_from(listed.len()).unwrap_or(i32::MAX),
        der: der.map_err(|error| give_up(&error))?,
    })
}
