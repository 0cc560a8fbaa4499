//! Certificates: issuing them, step by step and many at once; keeping the lists of revoked ones,
//! answering whether one is good, and examining everything every night. What is done to a certificate
//! goes through the ledger; the authority itself is a port.

mod ask;
mod check;
mod content;
mod hand_over;
mod issue;
mod lists;
mod status;

use std::sync::Arc;

use cards_domain::calendar::start_of_day;
use cards_store::Link;
use cards_store::certificates::KeptAuthority;
use chrono::{DateTime, Duration, NaiveDate, Utc};

use crate::ports::CertificateAuthority;
use crate::{App, Failure};

pub use cards_store::certificates::{CheckRun, Finding, ListAge};
pub use check::CheckPage;
pub use issue::Issuing;
pub use status::StatusDesk;

/// The last second of a day in Sweden: when a certificate for a card that is valid to that day ends.
#[must_use]
pub fn end_of(day: NaiveDate) -> DateTime<Utc> {
    start_of_day(day.succ_opt().unwrap_or(day)) - Duration::seconds(1)
}

impl App {
    /// The authority, where one is configured.
    ///
    /// # Errors
    /// [`Failure::Unavailable`]: errands wait until there is one.
    pub(crate) fn authority(&self) -> Result<Arc<dyn CertificateAuthority>, Failure> {
        let authority = self.ports.authority.clone();
        authority.ok_or_else(|| Failure::Unavailable("no certificate authority".to_owned()))
    }

    /// Keeps the public side of the authorities, the first time that they are seen.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when a name has stood for another key: then nothing may be signed
    /// with this one.
    pub fn keep_authorities(&self, link: &mut Link) -> Result<(), Failure> {
        let Some(authority) = &self.ports.authority else {
            return Ok(());
        };
        let kept: Vec<KeptAuthority> = authority
            .authorities()
            .into_iter()
            .map(|sheet| KeptAuthority {
                name: sheet.name,
                issues: sheet.issues,
                certificate: sheet.certificate,
                shards: sheet.shards.into(),
            })
            .collect();
        let taken = link.keep_authorities(&kept)?;
        if taken.is_empty() {
            return Ok(());
        }
        let names = taken.join(", ");
        let text = format!("other keys have been used under these names: {names}");
        Err(Failure::Unavailable(text))
    }

    /// An authority's own certificate (DER), for whoever builds a chain.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is no authority of the name.
    pub fn authority_certificate(&self, link: &mut Link, name: &str) -> Result<Vec<u8>, Failure> {
        link.authority_certificate(name)?.ok_or(Failure::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::end_of;

    #[test]
    fn a_certificate_ends_with_the_last_second_of_the_day_in_sweden() {
        let winter = end_of("2031-11-21".parse().unwrap());
        assert_eq!(winter.to_rfc3339(), "2031-11-21T22:59:59+00:00");
        let summer = end_of("2031-06-30".parse().unwrap());
        assert_eq!(summer.to_rfc3339(), "2031-06-30T21:59:59+00:00");
    }
}
