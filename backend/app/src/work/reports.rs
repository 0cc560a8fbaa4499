//! The manufacturer's reports: each becomes an action on its order or on a certificate, in sets,
//! and is acknowledged once that has been committed. A report that comes twice is refused by the
//! stage of what it is about and acknowledged again.

use cards_domain::access::SystemActor;
use cards_domain::certificate::{Certificate, CertificateAction};
use cards_domain::order::{Order, OrderAction};
use cards_store::Link;
use uuid::Uuid;

use crate::ports::{ManufacturerNews, ManufacturerReport};
use crate::{App, Failure};

impl App {
    /// Takes care of the reports that are there. Gives how many.
    pub(super) fn take_reports(&self, link: &mut Link) -> Result<usize, Failure> {
        let reports = match self.ports.manufacturer.reports() {
            Ok(reports) => reports,
            Err(error) => {
                tracing::warn!(%error, "the manufacturer's reports cannot be read");
                return Ok(0);
            }
        };
        // One report at a time per order: two about the same order are two steps.
        let mut waiting: Vec<&ManufacturerReport> = reports.iter().collect();
        while !waiting.is_empty() {
            let (now, later) = first_of_each(&waiting);
            self.act_on_reports(link, &now)?;
            for report in now {
                self.ask_for_certificates(link, report)?;
                self.ports.manufacturer.acknowledge(report.id)?;
            }
            waiting = later;
        }
        Ok(reports.len())
    }

    fn act_on_reports(
        &self,
        link: &mut Link,
        reports: &[&ManufacturerReport],
    ) -> Result<(), Failure> {
        let call = self.system_call(SystemActor::Manufacturer);
        let (mut orders, mut certificates) = (Vec::new(), Vec::new());
        for report in reports {
            match action(report) {
                Act::Order(id, action) => orders.push((id, action)),
                Act::Certificate(id, action) => certificates.push((id, action)),
            }
        }
        let answers = self.ledger.act_many::<Order>(link, &call, &orders)?;
        let fitted = answers.iter().filter(|one| matches!(one, Some(Ok(_))));
        let mut unfit = orders.len() - fitted.count();
        let answers = self
            .ledger
            .act_many::<Certificate>(link, &call, &certificates)?;
        let fitted = answers.iter().filter(|one| matches!(one, Some(Ok(_))));
        unfit += certificates.len() - fitted.count();
        if unfit > 0 {
            tracing::warn!(unfit, "reports did not fit what they were about");
        }
        Ok(())
    }
}

type Reports<'a> = Vec<&'a ManufacturerReport>;

/// The first report about each order, and the rest.
fn first_of_each<'a>(reports: &[&'a ManufacturerReport]) -> (Reports<'a>, Reports<'a>) {
    let mut seen = std::collections::HashSet::new();
    reports
        .iter()
        .copied()
        .partition(|report| seen.insert(report.order))
}

/// What a report says has been done.
enum Act {
    Order(Uuid, OrderAction),
    Certificate(Uuid, CertificateAction),
}

fn action(report: &ManufacturerReport) -> Act {
    let of_order = |action| Act::Order(report.order.0, action);
    match &report.news {
        ManufacturerNews::Produced(made) => of_order(OrderAction::Produce(made.clone())),
        ManufacturerNews::Failed => of_order(OrderAction::FailProduction),
        ManufacturerNews::Dispatched { rek_id } => of_order(OrderAction::Dispatch {
            rek_id: rek_id.clone(),
        }),
        ManufacturerNews::Written {
            certificate,
            number,
        } => {
            let number = number.clone();
            Act::Certificate(certificate.0, CertificateAction::WriteToCard { number })
        }
    }
}
