//! Around certificates: how far the issuing of each has come, the authorities that sign, the lists
//! of revoked ones, and the nightly examination. What is done *to* a certificate goes through the
//! ledger like everything else; these rows only keep what has been signed.

mod checks;
mod issuance;
mod lists;
mod status;

use cards_domain::access::Loa;
use cards_domain::certificate::Profile;
use diesel::prelude::*;

pub use checks::{CheckRun, Examined, Finding};
pub use issuance::{Issuance, KeptFor, Prepared, Reservation, Signed, Underway};
pub use lists::{ListAge, ListRow, NewList, RevokedSerial, ShardName};
pub use status::SerialStatus;

use crate::db::Link;
use crate::error::StoreError;
use crate::schema::authority;

pub(crate) const REQUEST: &str = "issuance.request";
const BASIS: &str = "issuance.basis";
const TBS: &str = "issuance.tbs";
pub(crate) const DER: &str = "issuance.der";

/// An authority as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAuthority {
    /// Its name, as in addresses.
    pub name: String,
    /// What it issues, and at which level; `None` for a root.
    pub issues: Option<(Profile, Loa)>,
    /// Its own certificate (DER).
    pub certificate: Vec<u8>,
    /// How many lists it has.
    pub shards: i32,
}

impl Link {
    /// Keeps the authorities whose names are new. Gives the names of those that are kept with
    /// another certificate: a name stands for one key for ever.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn keep_authorities(
        &mut self,
        authorities: &[KeptAuthority],
    ) -> Result<Vec<String>, StoreError> {
        let names: Vec<&str> = authorities.iter().map(|one| one.name.as_str()).collect();
        let kept: Vec<(String, Vec<u8>, i32)> = authority::table
            .filter(authority::name.eq_any(names))
            .select((authority::name, authority::certificate, authority::shards))
            .load(&mut self.conn)?;
        let is_kept = |one: &&KeptAuthority| {
            let mut kept = kept.iter();
            kept.any(|kept| (&kept.0, &kept.1, kept.2) == (&one.name, &one.certificate, one.shards))
        };
        let now = self.now();
        let mut taken = Vec::new();
        // Once all are known nothing is written.
        for one in authorities.iter().filter(|one| !is_kept(one)) {
            let (profile, loa) = match one.issues {
                Some((profile, loa)) => (Some(<&str>::from(profile)), Some(<&str>::from(loa))),
                None => (None, None),
            };
            diesel::insert_into(authority::table)
                .values((
                    authority::name.eq(&one.name),
                    authority::profile.eq(profile),
                    authority::loa.eq(loa),
                    authority::certificate.eq(&one.certificate),
                    authority::shards.eq(one.shards),
                    authority::since.eq(now),
                ))
                .on_conflict_do_nothing()
                .execute(&mut self.conn)?;
            let kept: (Vec<u8>, i32) = authority::table
                .find(&one.name)
                .select((authority::certificate, authority::shards))
                .first(&mut self.conn)?;
            if kept != (one.certificate.clone(), one.shards) {
                taken.push(one.name.clone());
            }
        }
        Ok(taken)
    }

    /// The certificate of an authority (DER).
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn authority_certificate(&mut self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(authority::table
            .find(name)
            .select(authority::certificate)
            .first(&mut self.conn)
            .optional()?)
    }
}
