//! Requests that come with a card from the manufacturer: each becomes a certificate that is asked
//! for.

use cards_domain::access::SystemActor;
use cards_domain::certificate::{Certificate, CertificateRequest};
use cards_domain::ids::{CardId, CertificateId, PairId, PersonId};
use cards_store::Link;

use crate::ports::{KeyRequest, ManufacturerReport};
use crate::{App, Failure};

impl App {
    /// Begins a certificate for each of the keys that the manufacturer tells of. A report that
    /// comes twice finds its keys in use. A request that does not hold leaves the card without that
    /// certificate; the nightly examination tells of it.
    ///
    /// # Errors
    /// The database cannot be reached: then the report has not been taken care of.
    pub(crate) fn ask_for_certificates(
        &self,
        link: &mut Link,
        report: &ManufacturerReport,
    ) -> Result<(), Failure> {
        if report.requests.is_empty() {
            return Ok(());
        }
        let order = link.order_for_errand(report.order)?;
        let Some((card, person)) = order
            .map(|sheet| sheet.order)
            .and_then(|order| Some((order.card?, order.person)))
        else {
            return Ok(());
        };
        for asked in &report.requests {
            match self.ask_for_one(link, (card, person), asked) {
                Ok(()) => {}
                Err(failure @ (Failure::Refused(_) | Failure::NotFound | Failure::Broken(_))) => {
                    tracing::warn!(report = %report.id, %failure, "no certificate was asked for");
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(())
    }

    fn ask_for_one(
        &self,
        link: &mut Link,
        (card, person): (CardId, PersonId),
        asked: &KeyRequest,
    ) -> Result<(), Failure> {
        let request = self
            .authority()?
            .read_request(&asked.request)
            .map_err(|error| crate::work::give_up(&error))?;
        let request = CertificateRequest {
            id: CertificateId(link.new_id()),
            card,
            person,
            profile: asked.profile,
            usage: asked.usage,
            new_pair: PairId(link.new_id()),
            request,
        };
        let call = self.system_call(SystemActor::Manufacturer);
        self.ledger
            .begin::<Certificate>(link, &call, &request)
            .map(drop)
    }
}
